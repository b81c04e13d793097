"""What the sheets of a workbook say against one another is told, each at its cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from kpireport.errors import Problem, Severity
from tests.plan_books.books import (
    GOALS,
    MOMENT,
    PLANS,
    ROWS,
    TITLE_ROW,
    Rows,
    basics,
    put,
    taken,
    write_plan,
)

_LISTED: Rows = [{"課の名前": "保育課"}, {"課の名前": "企画課"}]


def told(path: Path) -> tuple[Problem, ...]:
    return taken(path).findings.problems


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_plan(tmp_path / "計画.xlsx", 課=_LISTED)


def test_a_department_that_the_list_lacks_is_asked_once_with_the_like_of_it(book: Path) -> None:
    assert told(book) == ()
    put(book, "指標", 5, {"所管課": "保育か"})
    put(book, "指標", 6, {"所管課": "企画課、保育か"})
    put(book, "戦略計画", 5, {"所管課": "総務課"})
    columns = openpyxl.load_workbook(book)["指標"][TITLE_ROW]
    letter = next(each.column_letter for each in columns if each.value == "所管課")
    by_place = {each.place: each for each in told(book)}
    assert set(by_place) == {f"指標!{letter}5", "戦略計画!E5"}
    asked = by_place[f"指標!{letter}5"]
    assert asked.what == "要確認：「保育か」が、シート「課」にありません（ほかに1か所）。"
    assert "「保育課」" in asked.remedy
    assert asked.severity is Severity.ERROR


def test_no_list_of_departments_is_no_contradiction(tmp_path: Path) -> None:
    assert told(write_plan(tmp_path / "計画.xlsx")) == ()


def test_a_department_that_a_revision_brings_is_asked_too(book: Path) -> None:
    put(
        book,
        "改定",
        5,
        {
            "改定の記号": "r1",
            "改定の名称": "改定",
            "決定日": "令和７年３月25日",
            "適用年度": "2025",
            "変更の種類": "所管課",
            "どれを": "p01-01",
            "改めた後": "子育て課",
            "理由": "組織改正",
        },
    )
    (asked,) = told(book)
    assert asked.place.startswith("改定!")
    assert "「子育て課」" in asked.what


def test_a_unit_that_no_table_of_the_plan_shows_is_told_at_its_first_cell(tmp_path: Path) -> None:
    rows = [
        ROWS[0],
        {**ROWS[1], "単位": "人", "現状値": "12", "目標値": "０"},
        {**ROWS[2], "単位": "か所"},
    ]
    book = write_plan(tmp_path / "計画.xlsx", rows)
    (notice,) = told(book)
    assert notice.what == "「単位」は、計画版の表には印刷されません。"
    assert notice.place[-1] == "6"
    assert notice.severity is Severity.WARNING
    for number, column in enumerate(("指標", "単位", "現状値", "目標値"), 5):
        put(book, "表の列", number, {"版": "計画版", "列": column})
    assert told(book) == ()


@pytest.mark.parametrize(
    ("title", "text", "is_told"),
    [
        ("見出し：目標値", "令和11年度目標", True),
        ("見出し：目標値の注", "（令和11年度末）", True),
        ("見出し：目標値の注", "令和10年度末", False),
        ("見出し：目標値の注", "2028年度", False),
        ("見出し：現状値", "基準値（令和４年度）", True),
        ("見出し：現状値の注", "令和６年４月１日現在", False),
        ("見出し：現状値の注", "令和５年", False),
        ("見出し：現状値の注", "令和４～５年度平均", False),
        ("見出し：目標値", "めざす値", False),
    ],
)
def test_words_above_a_column_that_name_another_year_are_told(
    book: Path, title: str, text: str, is_told: bool
) -> None:
    basics(book, {title: text})
    found = told(book)
    assert len(found) == is_told
    if is_told:
        assert text in found[0].what
        assert found[0].place.startswith("基本情報!B")
        assert "年度」（令和" in found[0].what


def test_a_number_that_its_cell_shows_without_commas_stays_so_and_is_told(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "現状値": 14760, "目標値": "15,000人", "現状値の数量": "14,760人"}]
    book = write_plan(tmp_path / "計画.xlsx", rows, 基本目標=[*GOALS], 戦略計画=[*PLANS])
    workbook = openpyxl.load_workbook(book)
    cell = next(each for each in workbook["指標"][TITLE_ROW + 1] if each.value == 14760)
    cell.number_format = "General"
    workbook.save(book)
    plan = taken(book)
    (notice,) = plan.findings.problems
    assert notice.what == "「14760」は、桁の区切りのない数です。このまま印刷します。"
    assert "「14,760」" in notice.remedy
    assert '"text": "14760"' in plan.text
    cell.number_format = "#,##0"
    workbook.save(book)
    assert '"text": "14,760"' in taken(book).text


def test_a_column_titled_anew_is_asked_for_what_stands_in_it_would_be_lost(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    cell = next(each for each in workbook["指標"][TITLE_ROW] if each.value == "所管課")
    cell.value = "担当課"
    workbook.save(book)
    words = "要確認：「担当課」の列に文字があり、「所管課」の列にありません。"
    plan = taken(book)
    assert [each.what for each in plan.findings.errors] == [words]
    copy = book.with_name("指摘.xlsx")
    copy.write_bytes(plan.marked(MOMENT))
    assert [each.what for each in taken(copy).findings.errors] == [words]
    cell.value = "担当課（メモ）"
    workbook.save(book)
    assert taken(book).findings.errors == ()


def test_a_row_of_a_sum_is_told_once_as_what_it_is(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx", [*ROWS, {"名称": "小計", "現状値": "362人"}])
    (problem,) = told(book)
    assert problem.what == "「小計」は、指標ではなく、計の行のようです。"


def test_a_copied_row_is_told_at_both_cells_each_by_its_own_name(tmp_path: Path) -> None:
    rows = [{"記号": "p01-01", **ROWS[0]}, {"記号": "p01-01", **ROWS[1]}]
    first, second = told(write_plan(tmp_path / "計画.xlsx", rows))
    assert (first.place, second.place) == ("指標!A5", "指標!A6")
    assert "待機児童数" not in first.about
    assert "指標!A6" in first.what
    assert first.remedy.startswith("後から加えた行の記号を消してください。")


def test_a_goal_without_plans_is_told_where_its_plans_are_written(tmp_path: Path) -> None:
    goals: Rows = [*GOALS, {"番号": "Ⅱ", "名称": "にぎわいのあるまち"}]
    (problem,) = told(write_plan(tmp_path / "計画.xlsx", 基本目標=goals))
    assert problem.place == "基本目標!6行目"
    assert problem.what == "この下に、シート「戦略計画」の行がありません。"


def test_merged_cells_are_told_among_the_rows_that_they_are_in(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "目標の種類": "増やす"}, ROWS[1], {**ROWS[2], "目標の種類": "増やす"}]
    book = write_plan(tmp_path / "計画.xlsx", rows)
    workbook = openpyxl.load_workbook(book)
    workbook["指標"].merge_cells("B6:B7")
    workbook.save(book)
    assert [each.place[-1] for each in taken(book).findings.errors] == ["5", "7", "7"]
    assert taken(book).findings.errors[1].place == "指標!B6:B7"
