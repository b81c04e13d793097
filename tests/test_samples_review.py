"""The finished sample reviews as their readers find them, PDF beside Word.

Only what the two files themselves say is compared: the sums with the marks that they
sum up, the charts with the actuals, the reasons with the judgements, Word with PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from kpireport.domain.catalogue import (
    Catalogue,
    Goal,
    Measure,
    NumericTarget,
)
from kpireport.sources.catalogue import load_catalogue
from tests.documents import ROOT
from tests.review_reports import SAMPLE_YEARS, built_samples, sample_file
from tests.test_samples import sample
from tests.writers.docx.reader import Read, ReadParagraph, W, has, parts, text, value
from tests.writers.docx.test_review_docx import pictures_in
from tests.writers.docx.test_review_docx import read as read_word
from tests.writers.pdf.reader import Node
from tests.writers.pdf.test_review_pdf import read as read_pdf
from tests.writers.pdf.test_review_pdf import said_by

YEARS = pytest.mark.parametrize("year", SAMPLE_YEARS)
NAMES = ("plan", *(f"review-{year}" for year in SAMPLE_YEARS))
FILES = {f"{name}.{extension}" for name in NAMES for extension in ("docx", "pdf")}
SYMBOLS = "◎○△×―…"
OVERRIDDEN = "＊"
INDICATORS, NUMERIC_TARGETS = 96, 17
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
    """Each indicator of a goal, or each of its numeric targets, with the mark in its row."""
    band, *tables = (
        table
        for table in chapter.find_all("Table")
        if any(plain(row[-1].text) == "評価" for row in rows_of(table))
    )
    return [found for table in ([band] if numeric else tables) for found in _marks(table)]


def _marks(table: Node) -> Iterator[tuple[str, str]]:
    for row in rows_of(table):
        mark = plain(row[-1].text)
        if mark.removesuffix(OVERRIDDEN) in tuple(SYMBOLS):
            names = [plain(cell.text) for cell in row if cell.tag == "TH"]
            yield names[-1], mark


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
    expected = [*indicators, sum_of(indicators), sum_of(numeric)]
    assert sum(expected[-2]) == INDICATORS
    assert sum(expected[-1]) == NUMERIC_TARGETS

    overview = chapters(year)["総括"]
    rows = table_with(overview, "基本目標", "◎達成", "合計")
    assert [[int(cell) for cell in row[1:]] for row in rows] == [
        [*each, sum(each)] for each in expected
    ]
    assert [row[0] for row in rows[-2:]] == ["合計", "（参考）数値目標"]


@YEARS
def test_the_first_sentence_says_the_same_sums(year: int) -> None:
    overview = chapters(year)["総括"]
    sentence = plain(next(overview.find_all("P")).text)
    said = {mark: int(number) for mark, number in re.findall(r"「(.)[^」]+」が(\d+)指標", sentence)}
    total = sum_of(counts(judged(goal, numeric=False)) for goal in goals(year))
    assert said == {mark: number for mark, number in zip(SYMBOLS, total, strict=True) if number}


def counts(marks: Iterable[tuple[str, str]]) -> list[int]:
    found = Counter(mark.removesuffix(OVERRIDDEN) for _, mark in marks)
    return [found[symbol] for symbol in SYMBOLS]


def sum_of(each: Iterable[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*each, strict=True)]


# --- the reasons -----------------------------------------------------------------


@YEARS
def test_every_judgement_is_listed_once_with_its_reason(year: int) -> None:
    """In the order of the goals' tables, each with the mark that stands there."""
    listed = table_with(chapters(year)["資料編"], "評価の理由")
    assert [(name, mark) for _, name, _, mark in listed] == [
        each
        for goal in goals(year)
        for numeric in (True, False)
        for each in judged(goal, numeric=numeric)
    ]
    assert len(listed) == INDICATORS + NUMERIC_TARGETS
    for _, name, reason, mark in listed:
        assert reason, name
        assert ("を修正：" in reason) == mark.endswith(OVERRIDDEN), name
        assert reason.startswith("報告がない") == mark.startswith("…"), name


# --- the charts ------------------------------------------------------------------


@YEARS
def test_what_was_reported_in_numbers_has_a_chart_and_nothing_else_has(year: int) -> None:
    """The survey that all numeric targets come from stands above their charts, once."""
    texts = [figure.alternative for goal in goals(year) for figure in goal.find_all("Figure")]
    expected = list(measured(year))
    titles = [plain(text.partition("。")[0]) for text in texts]
    assert titles == [
        plain(each.name).removesuffix(SURVEY if isinstance(each, NumericTarget) else "")
        for each in expected
    ]
    headings = [plain(each.text) for goal in goals(year) for each in goal.find_all("H2")]
    assert headings.count(f"数値目標の推移{SURVEY}") == len(goals(year))
    assert 60 < len(expected) < INDICATORS + NUMERIC_TARGETS
    assert all(re.search(r"\d", text) and text.endswith("。") for text in texts)


def measured(year: int) -> Iterator[Measure]:
    """What has a chart, in the plan's order: a number of any year of what the target counts.

    A state has none, and １か所 of 基本協定締結 is no number on the way to 導入２か所.
    """
    actuals, _ = sample(year)
    for goal in plan().goals:
        for each in measures(goal):
            values = (entry.value for entry in actuals.entries if entry.measure_id == each.id)
            if not each.target.is_state and any(
                value.quantities and value.action in each.target.text for value in values if value
            ):
                yield each


# --- Word beside PDF -------------------------------------------------------------


@YEARS
def test_word_and_pdf_say_the_same_in_the_same_order(year: int) -> None:
    word = "".join(map(plain, words_of(read_word(year))))
    pdf = "".join(said.text for said in said_by(read_pdf(year).tree))
    assert len(pdf) > 20_000
    assert sentences(word) == sentences(pdf)


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
    """As in the PDF: 8 points at least, 9 in the rows of tables."""
    data = parts(sample_file(year, "docx"))
    sheet = data["word/styles.xml"]
    styles = {each.get(f"{W}styleId"): each for each in sheet.iter(f"{W}style")}
    styles[""] = sheet.find(f"{W}docDefaults/{W}rPrDefault")  # below all others
    root = data["word/document.xml"]
    assert not list(root.iter(f"{W}sz"))  # styles alone say how large letters are
    rows = [row for row in root.find(f"{W}body").iterfind(f"{W}tbl/{W}tr") if is_of_usual_size(row)]
    assert len(rows) > 2 * (INDICATORS + NUMERIC_TARGETS)
    assert min(points(each, styles) for each in written(root)) >= 8
    assert min(points(each, styles) for row in rows for each in written(row)) >= 9


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
    """Every plan's label and every indicator, once in the table of all years."""
    listed = table_with(chapters(year)["資料編"], "戦略計画", "指標", "目標値（原則：令和3年度末）")
    labels = {
        each.id: place.label
        for goal in plan().goals
        for place in goal.plans
        for each in place.indicators()
    }
    expected = [
        (plain(labels.get(each.id, f"数値目標（{goal.numeral}）")), plain(each.name))
        for goal in plan().goals
        for each in measures(goal)
    ]
    assert [(row[0], row[1]) for row in listed] == expected
    assert len({label for label, _ in expected}) == len(plan().goals) + 21


@pytest.mark.parametrize(
    ("year", "name"), [(2019, "令和元年度"), (2020, "令和２年度"), (2021, "令和３年度")]
)
def test_first_middle_and_last_year_are_named_as_people_do(year: int, name: str) -> None:
    lines = [said.text for said in said_by(read_pdf(year).tree)]
    assert any(line.endswith(f"{name}実績報告書") for line in lines)
    assert any(line.startswith(f"{name}末における重要業績評価指標") for line in lines)
    text = "\n".join(lines)
    for odd in ("令和１年", "令和1年", "平成31年度", "None", "、、", "。。", "（）", "「」"):
        assert odd not in text


def test_a_build_makes_these_files_and_no_others() -> None:
    assert built_samples().keys() == FILES
