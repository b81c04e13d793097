"""The finished sample reviews as their readers find them, PDF beside Word.

What the two files themselves say is compared: the sums with the marks that they sum up, the
index of departments with the goals' tables, Word with PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from kpireport.document.blocks import TO_PAGE, Row, Table
from kpireport.document.place_labels import measure_labels
from kpireport.document.reviews import actual_text
from kpireport.domain.catalogue import (
    Catalogue,
    Goal,
    IndicatorGroup,
    Measure,
    NumericTarget,
)
from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue
from tests.documents import ROOT
from tests.review_reports import (
    SAMPLE_YEARS,
    built_samples,
    chapter,
    row_text,
    sample_document,
    sample_file,
)
from tests.test_samples import sample
from tests.writers.docx.reader import Read, ReadParagraph, W, has, parts, text, value
from tests.writers.docx.test_review_docx import pictures_in
from tests.writers.docx.test_review_docx import read as read_word
from tests.writers.pdf.reader import Node
from tests.writers.pdf.test_review_pdf import Said, said_by
from tests.writers.pdf.test_review_pdf import read as read_pdf

YEARS = pytest.mark.parametrize("year", SAMPLE_YEARS)
NAMES = ("plan", *(f"review-{year}" for year in SAMPLE_YEARS))
FILES = {f"{name}.{extension}" for name in NAMES for extension in ("docx", "pdf")}
FILES |= {f"review-{year}.xlsx" for year in SAMPLE_YEARS}
SYMBOLS = "◎○△×―…"
PLANS, INDICATORS, NUMERIC_TARGETS = 21, 96, 17
MOST_PAGES = 32
CONTINUED = "（続き）"
SURVEY = "（区民意識意向調査）"


def plain(text: str) -> str:
    """The text without blanks and line breaks, which readers of PDF treat freely."""
    return "".join(text.split())


# --- what the PDF says -----------------------------------------------------------


def chapters(year: int) -> dict[str, Node]:
    """The PDF's chapters by their headings."""
    return {
        heading.text: chapter
        for chapter in read_pdf(year).tree.children
        for heading in chapter.find_all("H1")
    }


def rows_of(table: Node) -> list[list[Node]]:
    return [row.children for row in table.find_all("TR")]


def table_with(chapter: Node, *heads: str) -> list[list[str]]:
    """The rows below the head of the one table that has these words in its head."""
    tables = (
        [[plain(cell.text) for cell in row] for row in rows_of(table)]
        for table in chapter.find_all("Table")
    )
    (found,) = (rows for rows in tables if set(heads) <= set(rows[0]))
    return found[1:]


def judged(chapter: Node, *, numeric: bool) -> list[tuple[str, str]]:
    """Each indicator of a goal, or each of its numeric targets, with the year's mark in its row."""
    band, *tables = (
        table
        for table in chapter.find_all("Table")
        if any(plain(row[-1].text) == "評価" for row in rows_of(table))
    )
    return [found for table in ([band] if numeric else tables) for found in _marks(table)]


# the marks of the years before, the year's own, the sign of a note on it
MARK = re.compile(rf"[{SYMBOLS}]*([{SYMBOLS}])(?:＊[0-9０-９]+)?")


def _marks(table: Node) -> Iterator[tuple[str, str]]:
    for row in rows_of(table):
        mark = MARK.fullmatch(plain(row[-1].text))
        if mark and len(row) > 2:
            names = [plain(cell.text) for cell in row if cell.tag == "TH"]
            yield re.sub("〔[^〔〕]+〕", "", names[-1]), mark[1]


def goals(year: int) -> list[Node]:
    return [chapters(year)[goal.numeral] for goal in plan().goals]


def plan() -> Catalogue:
    return load_catalogue(ROOT / "catalogue.json")


def measures(goal: Goal) -> tuple[Measure, ...]:
    return (*goal.numeric_targets, *goal.indicators())


# --- the sums --------------------------------------------------------------------


@YEARS
def test_the_sums_are_of_the_marks_in_the_goals_tables(year: int) -> None:
    indicators = [counts(judged(goal, numeric=False)) for goal in goals(year)]
    numeric = [counts(judged(goal, numeric=True)) for goal in goals(year)]
    assert sum(sum_of(indicators)) == INDICATORS
    assert sum(sum_of(numeric)) == NUMERIC_TARGETS

    years, by_goal = bars(year)
    assert by_goal == indicators
    assert years[-1] == sum_of(indicators)
    assert {sum(each) for each in years} == {INDICATORS}
    assert len(years) == SAMPLE_YEARS.index(year) + 1


def bars(year: int) -> list[list[list[int]]]:
    """The counts of the years and of the goals, as the charts of the first page are told."""
    figures = [plain(each.alternative) for each in front(year).find_all("Figure")]
    pattern = re.compile(r"は(\d+)指標のうち([^（]+)")
    found: list[list[list[int]]] = []
    for figure in figures:
        found.append([])
        for total, listed in pattern.findall(figure):
            said = dict(re.findall(rf"([{SYMBOLS}])[^0-9、]*(\d+)", listed))
            found[-1].append([int(said.get(symbol, 0)) for symbol in SYMBOLS])
            assert sum(found[-1][-1]) == int(total)
    return found


def front(year: int) -> Node:
    """The page after the cover."""
    return next(iter(chapters(year).values()))


@YEARS
def test_the_contents_say_the_same_of_every_plan(year: int) -> None:
    listed = [said.text for said in said_by(read_pdf(year).tree) if said.tag == "TOCI"]
    plans = [line for line in listed if line.startswith("計画")]
    assert len(plans) == PLANS
    found = [0] * len(SYMBOLS)
    for line in plans:
        marks = re.findall(rf"([{SYMBOLS}])([0-9０-９]+?)(?=[{SYMBOLS}]|[0-9]+$)", line)
        for symbol, number in marks:
            found[SYMBOLS.index(symbol)] += int(number)
    assert found == sum_of(counts(judged(goal, numeric=False)) for goal in goals(year))


@YEARS
def test_the_first_sentence_says_the_same_sums(year: int) -> None:
    """In the last year those that reached their target, before it also those on their way."""
    sentence, total = (
        first_sentence(year),
        sum_of(counts(judged(goal, numeric=False)) for goal in goals(year)),
    )
    is_last = year == SAMPLE_YEARS[-1]
    number = total[0] if is_last else total[0] + total[1]
    judged_ones = sum(total[:4])
    said = re.search(r"96指標のうち評価した(\d+)指標では、(\d+)指標（([0-9.]+)％）", sentence)
    assert said is not None
    assert (int(said[1]), int(said[2])) == (judged_ones, number)
    assert float(said[3]) == round(number / judged_ones * 100, 1)
    late = re.search(r"「やや遅れ」「遅れ」は合わせて(\d+)指標", sentence)
    assert late is not None
    assert int(late[1]) == total[2] + total[3]


def first_sentence(year: int) -> str:
    return plain(next(front(year).find_all("P")).text)


def counts(marks: Iterable[tuple[str, str]]) -> list[int]:
    found = Counter(mark for _, mark in marks)
    return [found[symbol] for symbol in SYMBOLS]


def sum_of(each: Iterable[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*each, strict=True)]


# --- who is responsible ----------------------------------------------------------


@YEARS
def test_the_index_of_departments_has_the_marks_of_the_goals_tables(year: int) -> None:
    listed = table_with(chapters(year)["資料編"], "所管課", "評価と指標", "頁")
    entries = [
        (name, mark)
        for row in listed
        for mark, name in re.findall(rf"([{SYMBOLS}])([^{SYMBOLS}]+)", row[-2])
    ]
    names = groups() | {SURVEY: ""}
    expected = {
        (_told(name, names), mark)
        for goal in goals(year)
        for numeric in (True, False)
        for name, mark in judged(goal, numeric=numeric)
    }
    assert set(entries) == expected
    owners = sum(len(each.departments) for each in plan().measures())
    assert len(entries) == owners
    assert len(listed) >= len({each for m in plan().measures() for each in m.departments})
    pages = [page for row in listed for page in row[-1].split(TO_PAGE)]
    assert all(page.isdecimal() for page in pages)


def groups() -> dict[str, str]:
    """The names of what stands below the name of a group, with that."""
    return {
        plain(each.name): plain(row.name + each.name)
        for place in plan().plans()
        for row in place.rows
        if isinstance(row, IndicatorGroup)
        for each in row.indicators
    }


def _told(name: str, names: dict[str, str]) -> str:
    """A name as lists tell it: with its group's, without the survey that all are from."""
    return names.get(name, name.removesuffix(SURVEY))


# --- the charts ------------------------------------------------------------------


@YEARS
def test_a_goals_charts_are_a_few_of_its_own_and_none_twice(year: int) -> None:
    """In the first year there are two numbers at most, and so no chart."""
    for goal, found in zip(plan().goals, goals(year), strict=True):
        texts = [figure.alternative for figure in found.find_all("Figure")]
        titles = [plain(text.partition("。")[0]) for text in texts]
        names = [_told(plain(each.name), groups()) for each in goal.indicators()]
        assert len(titles) == (0 if year == SAMPLE_YEARS[0] else 3)
        assert titles == [name for name in names if name in titles]
        assert all(re.search(r"\d", text) and text.endswith("。") for text in texts)


# --- Word beside PDF -------------------------------------------------------------


@YEARS
def test_word_and_pdf_say_the_same_in_the_same_order(year: int) -> None:
    word = "".join(map(plain, words_of(read_word(year))))
    pdf = "".join(in_full(said, year) for said in said_by(read_pdf(year).tree))
    assert len(pdf) > 20_000
    assert sentences(word) == sentences(pdf)


def in_full(said: Said, year: int) -> str:
    """What is said, a heading that is shortened in the contents in its full length."""
    cut = re.match(r"(.+)…(?![0-9０-９])", said.text) if said.tag == "TOCI" else None
    if cut is None:
        return said.text
    names = [plain(each.outline or each.text) for each in sample_document(year).headings()]
    (name,) = (each for each in names if each.startswith(cut[1]))
    return name + said.text[cut.end() :]


def words_of(content: Iterable[Read]) -> Iterator[str]:
    """All that a reader of the Word file hears, a frame's and a picture's description too."""
    for each in content:
        if isinstance(each, ReadParagraph):
            # a goal's title beside its numeral is for the list of headings alone
            is_goal = each.level == 1 and each.text[:1] in {*"ⅠⅡⅢⅣⅤⅥ"}
            yield each.label + (each.text[:1] if is_goal else each.text)
            yield from (picture.alternative_text for picture in pictures_in((each,)))
        elif each.description and not each.title:  # the sample page, told as a picture
            yield each.description
        else:
            for row in each.rows:
                for cell in row:
                    if not cell.text.endswith(CONTINUED):  # said again; in the PDF an artifact
                        yield from words_of(cell.content)


def sentences(text: str) -> list[str]:
    """In pieces, so that a failure shows the one that differs."""
    return re.split(r"(?<=[。：）])", text)


@YEARS
def test_no_text_of_the_word_file_is_tiny(year: int) -> None:
    """As in the PDF: 8 points at least, 9 in the rows of tables but for notes in headers."""
    data = parts(sample_file(year, "docx"))
    sheet = data["word/styles.xml"]
    styles = {each.get(f"{W}styleId"): each for each in sheet.iter(f"{W}style")}
    styles[""] = sheet.find(f"{W}docDefaults/{W}rPrDefault")  # below all others
    root = data["word/document.xml"]
    assert not list(root.iter(f"{W}sz"))  # styles alone say how large letters are
    rows = [row for row in root.find(f"{W}body").iterfind(f"{W}tbl/{W}tr") if is_of_usual_size(row)]
    assert len(rows) > 2 * (INDICATORS + NUMERIC_TARGETS)
    assert min(points(each, styles) for each in written(root)) >= 8
    told = [each for row in rows for each in written(row)]
    small = {value(each, "pPr/pStyle") for each in told if points(each, styles) < 9}
    assert small == {"DenseHeaderNote"}


def written(element: Any) -> Iterator[Any]:
    """The paragraphs below it that have letters; others hold charts or space."""
    return (each for each in element.iter(f"{W}p") if text(each).strip())


def is_of_usual_size(row: Any) -> bool:
    """Whether it is no frame of the sample page, which is small."""
    return next(row.iter(f"{W}tbl"), None) is None


def points(paragraph: Any, styles: dict[str, Any]) -> float:
    style = styles[value(paragraph, "pPr/pStyle")]
    while not has(style, "rPr/sz"):
        style = styles[value(style, "basedOn")]
    return int(value(style, "rPr/sz")) / 2


# --- the whole -------------------------------------------------------------------


@YEARS
def test_the_plan_is_reported_whole(year: int) -> None:
    """Every indicator and numeric target once, in the order of the plan."""
    assert [
        name
        for goal in goals(year)
        for numeric in (True, False)
        for name, _ in judged(goal, numeric=numeric)
    ] == [
        plain(each.name).removesuffix(SURVEY if isinstance(each, NumericTarget) else "")
        for goal in plan().goals
        for each in measures(goal)
    ]


@YEARS
def test_every_actual_of_the_year_stands_once_in_its_goal_and_at_most_once_more(year: int) -> None:
    """Beside its goal's table, in that of what is behind; 資料編 is not counted."""
    actuals, _ = sample(year)
    document, late = sample_document(year), list[list[str]]()
    for block in chapter(document, "behind"):
        if isinstance(block, Table) and block.caption and block.caption.id == "table-late":
            late.extend(map(cells_of, block.rows))
    labels, told = measure_labels(plan()), groups()
    reported = 0
    for goal in plan().goals:
        tables = [b for b in chapter(document, f"goal-{goal.id}") if isinstance(b, Table)]
        rows = [cells_of(row) for table in tables for row in table.rows]
        for each in measures(goal):
            entry = actuals.find(each.id, FiscalYear(year))
            if entry is None or not entry.is_reported:
                continue
            reported += 1
            name = plain(each.name)
            own = {name, name.removesuffix(SURVEY)}
            listed = {plain(labels[each.id]) + _told(name, told)}
            actual = plain(actual_text(entry))
            alike = sum(plain(m.name) in own | {name + SURVEY} for m in measures(goal))
            found = sum(bool(own & {*row[:2]}) and actual in row for row in rows)
            assert found == alike, each.id  # a survey's result may be an indicator, too
            assert sum(bool(listed & {*row[:1]}) and actual in row for row in late) <= 1, each.id
    assert reported > INDICATORS


def cells_of(row: Row) -> list[str]:
    """The first paragraphs of a row's cells, without departments and signs of notes."""
    lines = (text.split(" / ")[0] for text in row_text(row).split(" | "))
    return [re.sub("〔.+〕|＊[0-9０-９]+|⏎", "", plain(line)) for line in lines]


@YEARS
def test_the_review_is_no_longer_than_a_council_reads(year: int) -> None:
    assert len(read_pdf(year).pages) <= MOST_PAGES


@pytest.mark.parametrize(
    ("year", "name", "when"),
    [
        (2019, "令和元年度", "計画期間の初年度である令和元年度末に、"),
        (2020, "令和２年度", "計画期間の２年目である令和２年度末に、"),
        (2021, "令和３年度", "計画の目標年度である令和３年度末に、"),
    ],
)
def test_first_middle_and_last_year_are_named_as_people_do(year: int, name: str, when: str) -> None:
    lines = [said.text for said in said_by(read_pdf(year).tree)]
    assert f"{name}実績報告書" in lines
    assert any(line.startswith(when) for line in lines)
    assert first_sentence(year).startswith(when)
    text = "\n".join(lines)
    for odd in ("令和１年", "令和1年", "平成31年度", "None", "、、", "。。", "（）", "「」"):
        assert odd not in text


def test_a_build_makes_these_files_and_no_others() -> None:
    assert built_samples().keys() == FILES
