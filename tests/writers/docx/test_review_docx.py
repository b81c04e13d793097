"""The sample reviews as Word: read back, they say what their blocks say, on the PDF's pages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kpireport.document.blocks import Bar, Document, FigureGrid, Heading, Table
from kpireport.domain.settings import Orientation
from kpireport.writers.docx import write_docx
from tests.review_reports import (
    DRAFT_NOTICE,
    SAMPLE_NOTICE,
    SAMPLE_YEARS,
    sample_document,
    sample_file,
    small_document,
    small_plan,
    small_review,
)
from tests.tools import convert_all, run_tool
from tests.writers.docx.expected import comparable, expected_content
from tests.writers.docx.reader import (
    R,
    Read,
    ReadParagraph,
    ReadPicture,
    ReadTable,
    W,
    files,
    parts,
    read_docx,
    text,
    value,
)
from tests.writers.docx.test_tools import problems
from tests.writers.pdf.test_review_pdf import printed_pages

NUMERALS = tuple("ⅠⅡⅢⅣⅤⅥ")  # of the samples' goals
YEARS = pytest.mark.parametrize("year", SAMPLE_YEARS)


@cache
def read(year: int) -> tuple[Read, ...]:
    return tuple(read_docx(sample_file(year, "docx")))


def pictures_in(content: tuple[Read, ...]) -> list[ReadPicture]:
    found: list[ReadPicture] = []
    for each in content:
        if isinstance(each, ReadParagraph):
            found.extend(each.pictures)
        else:
            for row in each.rows:
                for cell in row:
                    found.extend(pictures_in(cell.content))
    return found


@YEARS
def test_it_reads_as_its_blocks_with_the_pdfs_page_numbers(year: int):
    document = sample_document(year)
    expected = expected_content(document, printed_pages(year))
    assert comparable(read(year)) == expected
    assert sum(isinstance(each, ReadTable) for each in expected) > 15
    entries = [e for e in expected if isinstance(e, ReadParagraph) and e.style.startswith("toc")]
    assert len(entries) > 30
    assert all(page.isdecimal() for entry in entries for page in entry.pages)


@YEARS
def test_charts_are_pictures_with_words_and_bars_are_decoration(year: int):
    document = sample_document(year)
    charts = [
        figure
        for block in document.blocks()
        if isinstance(block, FigureGrid)
        for figure in block.figures
    ]
    pictures = pictures_in(read(year))
    told = [picture for picture in pictures if not picture.is_decorative]
    assert [each.alternative_text for each in told] == [each.alternative_text for each in charts]
    assert all(len(each.files) == 2 for each in told)  # PNG and SVG
    assert len({each.files for each in told}) == len(told)
    stored = files(sample_file(year, "docx")).keys()
    assert {name for each in pictures for name in each.files} <= stored
    assert len({each.number for each in pictures}) == len(pictures)
    assert len(pictures) - len(told) >= bars_in(document)  # those of the sample page beside them


def bars_in(document: Document) -> int:
    return sum(
        isinstance(content, Bar)
        for block in document.blocks()
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for content in cell.content
    )


def headers_of(data: bytes) -> list[str]:
    """The text of each section's header, in order."""
    roots = parts(data)
    targets = {each.get("Id"): each.get("Target") for each in roots["word/_rels/document.xml.rels"]}
    found = []
    for section in roots["word/document.xml"].iter(f"{W}sectPr"):
        headers = [
            roots[f"word/{targets[reference.get(f'{R}id')]}"]
            for reference in section.findall(f"{W}headerReference")
        ]
        found.append("／".join(text(each) for header in headers for each in header.iter(f"{W}p")))
    return found


def test_the_notice_is_in_every_header_but_the_covers_beside_the_goals_name():
    goals = [f"{each.numeral}　{each.title}\t" for each in small_plan().goals]
    heads = ["", "", *goals, ""]  # the result, what else stands before the goals; 資料編
    made = write_docx(small_document(2021, is_sample=True))
    assert headers_of(made) == ["", *(f"{head}{SAMPLE_NOTICE}" for head in heads)]


@YEARS
def test_the_samples_say_so_on_every_page_but_the_cover(year: int):
    cover, *others = headers_of(sample_file(year, "docx"))
    assert not cover
    assert len(others) == 9  # the result, what else stands before the goals, six goals, 資料編
    assert all(header.endswith(SAMPLE_NOTICE) for header in others)


def test_a_drafts_headers_say_so():
    _, *others = headers_of(write_docx(small_document(2021, is_draft=True, is_sample=True)))
    assert all(header.endswith(f"{DRAFT_NOTICE}／{SAMPLE_NOTICE}") for header in others)


def test_a_final_review_of_real_figures_has_no_notice():
    goals = [f"{each.numeral}　{each.title}" for each in small_plan().goals]
    assert headers_of(write_docx(small_document(2021))) == ["", "", "", *goals, ""]


@pytest.mark.parametrize("is_asked", [False, True])
def test_the_tables_lie_on_their_side_where_that_is_asked_for(*, is_asked: bool):
    asked = Orientation.LANDSCAPE if is_asked else Orientation.AUTO
    made = write_docx(small_document(review=small_review(orientation=asked)))
    root = parts(made)["word/document.xml"]
    _cover, _front, *others = (value(each, "pgSz", "orient") for each in root.iter(f"{W}sectPr"))
    assert set(others) == {"landscape" if is_asked else ""}


# --- outside judges --------------------------------------------------------------


@pytest.mark.tools
@YEARS
def test_the_open_xml_sdk_finds_nothing_wrong(year: int, tmp_path: Path):
    path = tmp_path / "review.docx"
    path.write_bytes(sample_file(year, "docx"))
    assert problems(path) == []


@pytest.mark.tools
@YEARS
def test_printed_from_word_the_chapters_begin_on_the_pdfs_pages(year: int):
    """By LibreOffice, which breaks a line here and there otherwise than the PDF does."""
    expected = {id_: int(page) for id_, page in printed_pages(year).items()}
    found = starts_by_libreoffice(year)
    chapters = [
        block.id
        for block in sample_document(year).blocks()
        if isinstance(block, Heading) and block.level == 1
    ]
    assert found == {id_: expected[id_] for id_ in chapters}


@cache
def printed_samples() -> dict[int, list[str]]:
    """The text of each page of every sample as LibreOffice, started once, prints it."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{year}.docx" for year in SAMPLE_YEARS]
        for year, path in zip(SAMPLE_YEARS, paths, strict=True):
            path.write_bytes(sample_file(year, "docx"))
        return {
            int(pdf.stem): run_tool("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
            for pdf in convert_all(paths, Path(folder))
        }


def starts_by_libreoffice(year: int) -> dict[str, int]:
    """The pages that the chapters' headings are printed on."""
    headings = {
        block.text: block.id
        for block in sample_document(year).blocks()
        if isinstance(block, Heading) and block.level == 1
    }
    starts: dict[str, int] = {}
    for page in printed_samples()[year][1:]:
        head, *lines = [line.strip() for line in page.splitlines() if line.strip()]
        number = re.fullmatch(r"\d+", lines[-1])
        assert number, lines
        assert head.endswith(SAMPLE_NOTICE)
        found = [line for line in lines if line in headings and line not in NUMERALS]
        # a goal's title is beside its numeral, too small to be seen
        found += [lines[0][:1]] if lines[0][:1] == head[:1] in NUMERALS else []
        for title in found:
            starts.setdefault(headings[title], int(number[0]))
    return starts
