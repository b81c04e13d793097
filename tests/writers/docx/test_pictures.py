"""Charts and bars: images that are there, fit, and say what they show."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from PIL import Image

from kpireport.document.blocks import Bar, Cell, Document, FigureGrid, Row, Section, Table
from kpireport.document.styles import CellStyle, TableStyle
from kpireport.writers.docx import write_docx
from kpireport.writers.theme import DEFAULT_THEME
from tests.documents import METADATA, document, real_plan
from tests.writers.docx.reader import (
    Read,
    ReadParagraph,
    ReadPicture,
    ReadTable,
    files,
    parts,
    read_docx,
)
from tests.writers.docx.reviews import grid, line_chart, review_docx, stacked_bars

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TEXT_WIDTH, LANDSCAPE_WIDTH = 9638 / 20, 14570 / 20  # points


def pictures(content: list[Read]) -> Iterator[ReadPicture]:
    for part in content:
        if isinstance(part, ReadTable):
            for row in part.rows:
                for cell in row:
                    yield from pictures(list(cell.content))
        else:
            yield from part.pictures


def bars(*shares: str) -> bytes:
    cells = tuple(Cell((Bar(Decimal(share)),), CellStyle.DENSE) for share in shares)
    rows = tuple(Row((cell,)) for cell in cells)
    return write_docx(document(Table(TableStyle.KPI, (1,), (), rows, "表", "説明")))


def filled(png: bytes) -> float:
    """Return the share of a bar's frame that is dark along its middle."""
    image = Image.open(io.BytesIO(png)).convert("L")
    middle = [image.getpixel((x, image.height // 2)) for x in range(image.width)]
    dark = [x for x, shade in enumerate(middle) if shade != 255]
    left, right = dark[0], dark[-1] + 1
    white = [x for x in range(left, right) if middle[x] == 255]
    return ((white[0] if white else right) - left) / (right - left)


@pytest.mark.parametrize(
    ("share", "expected"),
    [("0.333", 0.33), ("0.5", 0.5), ("1", 1), ("1.7", 1), ("0.999", 0.99), ("0.25", 0.25)],
)
def test_a_bar_is_as_full_as_its_share(share: str, expected: float):
    data = bars(share)
    [bar] = pictures(read_docx(data))
    assert filled(files(data)[bar.files[0]]) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(("share", "is_empty"), [("0", True), ("-0.4", True), ("0.001", False)])
def test_only_nothing_is_empty(share: str, is_empty: bool):
    data = bars(share)
    [bar] = pictures(read_docx(data))
    frame = DEFAULT_THEME.bar.rule / bar.size[0]
    assert (filled(files(data)[bar.files[0]]) <= 1.2 * frame) == is_empty


def test_a_bar_is_dark_on_white_and_nothing_else():
    data = bars("0.5")
    [bar] = pictures(read_docx(data))
    image = Image.open(io.BytesIO(files(data)[bar.files[0]])).convert("RGB")
    found = {color for _, color in image.getcolors() or ()}
    assert found == {(255, 255, 255), tuple(bytes.fromhex(DEFAULT_THEME.accent))}
    assert min(image.convert("L").tobytes()) < 128, "dark enough for a copier"


def test_equal_shares_are_one_image():
    data = bars("0.5", "0.25", "0.50", "0.5000")
    found = list(pictures(read_docx(data)))
    assert len({bar.files for bar in found}) == 2
    assert len([name for name in files(data) if name.startswith("word/media/")]) == 2


def test_bars_are_decoration_and_charts_are_not():
    for picture in pictures(read_docx(review_docx())):
        assert picture.is_decorative == (not picture.alternative_text)
        assert picture.is_decorative == (len(picture.files) == 1)


def test_pictures_are_numbered_without_repetition():
    numbers = [picture.number for picture in pictures(read_docx(review_docx()))]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > 0


def test_every_picture_is_in_the_file_and_of_a_declared_type():
    data = review_docx()
    names = {name for picture in pictures(read_docx(data)) for name in picture.files}
    assert names == {name for name in files(data) if name.startswith("word/media/")}
    declared = {
        item.get("Extension") for item in parts(data)["[Content_Types].xml"].iter(f"{TYPES}Default")
    }
    assert {name.rpartition(".")[2] for name in names} == {"png", "svg"} <= declared


def test_a_chart_is_vectors_with_a_picture_of_300_dots_per_inch():
    data = write_docx(document(grid((line_chart("一"),), 2)))
    [chart] = pictures(read_docx(data))
    png, svg = (files(data)[name] for name in chart.files)
    assert b"<svg" in svg
    assert b"<image" not in svg
    width, height = Image.open(io.BytesIO(png)).size
    assert width == pytest.approx(chart.size[0] * 300 / 72, abs=1)
    assert height == pytest.approx(chart.size[1] * 300 / 72, abs=1)


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("landscape", [False, True])
def test_a_row_of_charts_is_no_wider_than_the_text(columns: int, landscape: bool):
    charts = [line_chart(f"図{number}") for number in range(columns + 1)]
    section = Section((grid(charts, columns),), landscape=landscape)
    data = write_docx(Document(METADATA, (section,)))
    rows = [part for part in read_docx(data) if isinstance(part, ReadParagraph) and part.pictures]
    assert [len(row.pictures) for row in rows] == [columns, 1]
    widths = {picture.size[0] for picture in pictures(read_docx(data))}
    assert len(widths) == 1
    width, room = widths.pop(), LANDSCAPE_WIDTH if landscape else TEXT_WIDTH
    element = next(parts(data)["word/document.xml"].iter(f"{W}p"))
    stops = [int(tab.get(f"{W}pos")) / 20 for tab in element.iter(f"{W}tab") if tab.get(f"{W}pos")]
    assert len(stops) == columns - 1
    lefts = [0.0, *stops]
    assert lefts[-1] + width <= room
    assert lefts[-1] + width > room - 0.7  # cut to half points
    for left, following in pairwise(lefts):
        assert left + width + DEFAULT_THEME.chart.gap - 0.2 < following


def test_charts_of_a_row_are_equally_high():
    data = write_docx(document(grid((stacked_bars(), line_chart("線")), 2)))
    assert len({picture.size for picture in pictures(read_docx(data))}) == 1


def test_a_document_without_pictures_has_none():
    assert not [name for name in files(write_docx(real_plan())) if "media" in name]


def test_a_base_with_pictures_of_its_own_keeps_them():
    """A finished report may be the next one's base."""
    earlier = review_docx()
    later = write_docx(document(FigureGrid((), 1), grid((line_chart("新"),), 1)), base=earlier)
    names = list(files(later))
    assert len(names) == len(set(names))
    [chart] = pictures(read_docx(later))
    assert not set(chart.files) & set(files(earlier))
    relations = parts(later)["word/_rels/document.xml.rels"]
    ids = [relation.get("Id") for relation in relations]
    assert len(ids) == len(set(ids))
