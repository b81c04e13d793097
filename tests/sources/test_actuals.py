"""Actuals as departments hand them in: what is read from which cell."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpireport.domain.actuals import Actual, Override, ReportedState
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.sources.actuals import load_actuals, unreported_problems
from kpireport.sources.catalogue import load_catalogue
from tests.said import said
from tests.sources.workbooks import (
    COMMENT_TITLES,
    OVERRIDE_TITLES,
    TITLES,
    YEAR,
    actual_of,
    book,
    load,
    plan,
    problems_of,
    row,
    save,
)

ROOT = Path(__file__).parents[2]


def numbers(actual: Actual) -> list[str]:
    assert actual.value is not None
    return [f"{each.prefix}{each.value}{each.unit}" for each in actual.value.quantities]


# --- values ----------------------------------------------------------------------

# id, cell, number format, printed text, what it means
NUMBERS: list[tuple[str, Any, str, str, list[str]]] = [
    ("i1", 7, "General", "７か所", ["7か所"]),
    ("i1", 12, "General", "12か所", ["12か所"]),
    ("i1", 7.0, "0.0", "7.0か所", ["7.0か所"]),
    ("i1", 7, '0"か所"', "7か所", ["7か所"]),
    ("i1", 7, '0"ヶ所"', "7ヶ所", ["7か所"]),
    ("i1", 7, '#,##0_ ;[Red]\\-#,##0\\ "円"', "７か所", ["7か所"]),
    ("yearly", 1655, "#,##0", "年間1,655人", ["年間1655人"]),
    ("share", 0.979, "0.0%", "97.9％", ["97.9％"]),
    ("share", 0.979, "0%", "98％", ["97.9％"]),
    ("share", 0.98, "0.0%", "98.0％", ["98.0％"]),
    ("share", 0.9996, "0.0%", "99.96％", ["99.96％"]),
    ("share", 1, "0%", "100％", ["100％"]),
    ("share", 97.9, "General", "97.9％", ["97.9％"]),
    ("share", 97.9, "0.00", "97.90％", ["97.90％"]),
    ("share", 0.07 * 14, "0.0%", "98.0％", ["98.0％"]),
    ("share", 97 + 0.1 + 0.2, "General", "97.3％", ["97.3％"]),
    ("n1", 0.634, "0.0%", "63.4％", ["63.4％"]),
    ("new", 2, "General", "２か所", ["2か所"]),
    ("new", 0, "General", "０か所", ["0か所"]),
    ("i1", "７か所", "@", "７か所", ["7か所"]),
    ("i1", " 7 ヶ所\n", "@", "7 ヶ所", ["7か所"]),
    ("i1", "７", "@", "７か所", ["7か所"]),
    ("yearly", "1,655", "@", "年間1,655人", ["年間1655人"]),
    ("yearly", "約1,700", "@", "年間約1,700人", ["年間1700人"]),
    ("yearly", "1,655人", "@", "1,655人", ["年間1655人"]),
    ("yearly", "１，６５５名", "@", "１，６５５人", ["年間1655人"]),
    ("share", "９７．９％", "@", "９７．９％", ["97.9％"]),
    ("share", "97.9％（R3.4.1現在）", "@", "97.9％（R3.4.1現在）", ["97.9％"]),
    ("two", "170所（定員15,000人）", "@", "170所（定員15,000人）", ["170所", "定員15000人"]),
    ("two", "170所（15,000人）", "@", "170所（15,000人）", ["170所", "定員15000人"]),
    ("two", "170所", "@", "170所", ["170所"]),
    ("two", 170, "General", "170所", ["170所"]),
    ("new", "２か所移転", "@", "２か所移転", ["2か所"]),
    ("new", "―", "@", "―", []),
    ("visits", "12,345件", "@", "12,345件", ["12345件"]),
    ("visits", 12345, '#,##0"件"', "12,345件", ["12345件"]),
    ("share", "対象外", "@", "対象外", []),
]


@pytest.mark.parametrize(("id_", "cell", "number_format", "text", "meaning"), NUMBERS)
def test_a_number(
    tmp_path: Path, id_: str, cell: Any, number_format: str, text: str, meaning: list[str]
):
    actual = actual_of(tmp_path, id_, cell, number_format=number_format)
    assert actual.value is not None
    assert (actual.value.text, numbers(actual)) == (text, meaning)


def test_zero_none_yet_and_not_reported_are_three_things(tmp_path: Path):
    cells = [row("new", 0), row("i1", reason="集計中"), row("i2"), row("visits", "―")]
    actuals, _ = load(save(book(cells), tmp_path))
    zero, explained, silent, none_yet = actuals.entries
    assert zero.value is not None
    assert zero.value.quantities == (Quantity(Decimal(0), "か所"),)
    assert none_yet.value is not None
    assert none_yet.value.is_none_yet
    assert (explained.is_reported, explained.reason) == (False, "集計中")
    assert (silent.is_reported, silent.reason) == (False, "")


def test_half_width_numerals_if_the_settings_say_so(tmp_path: Path):
    path = save(book([row("i1", 7)]), tmp_path)
    actuals, _ = load(path, numerals=NumeralStyle.HALF)
    assert actuals.entries[0].value is not None
    assert actuals.entries[0].value.text == "7か所"


STATES: list[tuple[Any, str, str]] = [
    ("試行を開始", "General", "試行を開始"),
    ("40校で実施", "General", "40校で実施"),
    (dt.date(2021, 4, 1), "yyyy/m/d", "令和３年４月１日"),
    (dt.date(2019, 4, 30), '[$-411]ggge"年"m"月"d"日"', "平成31年４月30日"),
    (dt.datetime.fromisoformat("2021-12-10T09:30"), "yyyy/m/d h:mm", "令和３年12月10日"),
    (dt.date(2021, 4, 1), 'yyyy"年"m"月"', "令和３年４月"),
    (dt.date(2021, 4, 1), "mmm-yy", "令和３年４月"),
    (0.45, "0%", "45％"),
    (20, '0"校"', "20校"),
]


@pytest.mark.parametrize(("cell", "number_format", "text"), STATES)
def test_a_state(tmp_path: Path, cell: Any, number_format: str, text: str):
    actual = actual_of(tmp_path, "state", cell, state="実施中", number_format=number_format)
    assert actual.value is not None
    assert (actual.value.text, actual.state) == (text, ReportedState.UNDERWAY)


def test_a_state_needs_no_words(tmp_path: Path):
    actual = actual_of(tmp_path, "state", None, state="達成")
    assert (actual.value, actual.state, actual.is_reported) == (None, ReportedState.DONE, True)


YEARS = [2021, "2021", "2021年度", "令和３年度", "R3", "令3", "令和３年度末", "Ｒ３"]


@pytest.mark.parametrize("written", YEARS)
def test_a_year(tmp_path: Path, written: Any):
    assert actual_of(tmp_path, "i1", 7, year=written).fiscal_year == YEAR


def test_everything_beside_the_value(tmp_path: Path):
    actual = actual_of(
        tmp_path, "ｉ１", 7, name="指標 i1", comment=" 一行目\r\n二行目 ", department="企画課"
    )
    assert (actual.measure_id, actual.comment, actual.department) == (
        "i1",
        "一行目\n二行目",
        "企画課",
    )


# --- sheets ----------------------------------------------------------------------


def test_comments_and_overrides(tmp_path: Path):
    workbook = book(
        comments=[["p1", "計画の名", 2021, "取り組んだ。", "課題がある。", None]],
        overrides=[["i1", "指標i1", "R2", "○", "理由。"]],
    )
    actuals, warnings = load(save(workbook, tmp_path))
    assert actuals.comments == (said("p1", YEAR, "取り組んだ。", "課題がある。", ""),)
    assert actuals.overrides == (Override("i1", FiscalYear(2020), "○", "理由。"),)
    assert warnings == ()


def test_columns_and_sheets_in_any_order_with_others_between(tmp_path: Path):
    workbook = book()
    sheet = workbook["実績"]
    sheet.delete_rows(1)
    for each in (
        ["令和３年度 実績報告", None, None, None],
        [],
        ["所属", "前年度", "実 績\n（単位付き）", "年度", "メモ", "指標名", "ID", "進捗", "備考"],
        ["企画課", "６か所", "７か所", 2021, "=1/0", "指標i1", "i1", None, "順調"],
    ):
        sheet.append(each)
    workbook.move_sheet("実績", 2)
    workbook.create_sheet("メモ", 0).append(["関係のないシート"])
    actuals, warnings = load(save(workbook, tmp_path))
    (actual,) = actuals.entries
    assert (actual.measure_id, actual.department, actual.comment) == ("i1", "企画課", "順調")
    assert numbers(actual) == ["7か所"]
    assert warnings == ()


def test_rows_prepared_and_rows_between_are_passed_over(tmp_path: Path):
    cells = [
        [None, "計画１　見出しの行"],
        row("gr", name="まとまり"),  # the plan's own heading row
        row("i1", 7),
        [],
        row("i1", year=2022),  # for next year
    ]
    actuals, warnings = load(save(book(cells), tmp_path))
    assert [each.measure_id for each in actuals.entries] == ["i1"]
    assert warnings == ()


# --- several reports -------------------------------------------------------------


def test_earlier_years_come_from_earlier_reports_and_from_the_same(tmp_path: Path):
    now = save(book([row("i1", 8), row("i2", 7, year=2020), row("i2", 8)]), tmp_path / "2021")
    before = save(book([row("i1", 7, year=2020)]), tmp_path / "2020")
    actuals, _ = load(now, before)
    assert {(each.measure_id, each.fiscal_year.year) for each in actuals.entries} == {
        ("i1", 2020),
        ("i1", 2021),
        ("i2", 2020),
        ("i2", 2021),
    }


def test_the_same_value_may_stand_in_two_reports(tmp_path: Path):
    now = save(book([row("i1", 7, year=2020)]), tmp_path / "2021")
    before = save(book([row("i1", "７ヶ所", year=2020)]), tmp_path / "2020")
    actuals, _ = load(now, before)
    assert [each.value.text for each in actuals.entries if each.value] == ["７か所"]


@pytest.mark.parametrize("late_first", [True, False])
def test_a_late_value_takes_the_place_of_its_excuse(tmp_path: Path, late_first: bool):
    late = save(book([row("i1", 7, year=2020)]), tmp_path / "a")
    excuse = save(book([row("i1", year=2020, reason="集計中")]), tmp_path / "b")
    actuals, _ = load(*((late, excuse) if late_first else (excuse, late)))
    found = actuals.find("i1", FiscalYear(2020))
    assert found is not None
    assert numbers(found) == ["7か所"]


# --- CSV -------------------------------------------------------------------------

ROWS = [
    ",".join(TITLES),
    "i1,指標i1,2021,７か所,,,髙い評価,企画課",
    'share,,令和３年度,97.9%,,,"改行の\nある、""引用""",',
]


@pytest.mark.parametrize(
    ("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp932", "\r\n")]
)
def test_csv_of_the_actuals_alone(tmp_path: Path, encoding: str, end: str):
    path = tmp_path / "実績.CSV"
    path.write_bytes(end.join(ROWS).encode(encoding))
    actuals, warnings = load(path)
    first, second = actuals.entries
    assert (numbers(first), first.comment, first.department) == (["7か所"], "髙い評価", "企画課")
    assert (numbers(second), second.comment) == (["97.9％"], '改行の\nある、"引用"')
    assert warnings == ()


def test_a_folder_of_csv_files_one_per_sheet(tmp_path: Path):
    for name, lines in {
        "実績": ROWS,
        "計画コメント": [",".join(COMMENT_TITLES), "p1,,2021,取組。,,"],
        "評価の修正": [",".join(OVERRIDE_TITLES), "i1,,2021,○,理由。"],
    }.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    actuals, _ = load(tmp_path)
    assert (len(actuals.entries), len(actuals.comments), len(actuals.overrides)) == (2, 1, 1)


# --- what comes back is what was put in ------------------------------------------

_TEXT = st.text("あいう漢字。、（）ABC12 \n=+-@_x000D_&<>\"'𠮷", max_size=40).map(str.strip)
_PLACES = st.integers(0, 10**12)
_SHARES = st.decimals(0, 100, places=2, allow_nan=False).filter(lambda share: share > 1)


@st.composite
def _entry(draw: st.DrawFn, id_: str) -> tuple[list[Any], Actual]:
    comment, department = draw(_TEXT), draw(_TEXT).replace("\n", "")
    # a department of its own, for names that are alike are taken for one
    department = department and f"{id_}課{department}"
    value: Any
    if id_ == "share":
        number = draw(_SHARES)
        value, unit = f"{number}％", "％"
    else:
        number = Decimal(draw(_PLACES))
        value, unit = draw(st.sampled_from([int(number), f"{number:,}か所"])), "か所"
    cells = row(id_, value, comment=comment, department=department)
    expected = Actual(id_, YEAR, comment=comment, department=department)
    return [*cells, Quantity(number, unit)], expected


@settings(max_examples=60, deadline=None)
@given(data=st.data(), seed=st.randoms(use_true_random=False))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, seed: random.Random
):
    entries = [data.draw(_entry(id_)) for id_ in ("i1", "i2", "share")]
    order = list(range(len(TITLES)))
    seed.shuffle(order)
    workbook = book()
    sheet = workbook["実績"]
    sheet.delete_rows(1)
    for cells in (list(TITLES), *(cells for cells, _ in entries)):
        # openpyxl would take text with = for a formula; Excel's users type an apostrophe
        sheet.append([cells[index] for index in order])
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":
                cell.data_type = "s"
    actuals, _ = load(save(workbook, tmp_path_factory.mktemp("book")))
    for (cells, expected), found in zip(entries, actuals.entries, strict=True):
        assert found.value is not None
        assert found.value.quantities == (cells[-1],)
        assert (found.measure_id, found.fiscal_year) == (expected.measure_id, YEAR)
        assert (found.comment, found.department) == (expected.comment, expected.department)


# --- final builds ----------------------------------------------------------------


def test_a_final_build_lists_what_is_not_reported_by_department(tmp_path: Path):
    cells = [
        row("i1", department="保育課"),
        row("i2", department="学務課"),
        row("i3", year=2020, department="保育課"),
        row("share", reason="集計中"),
        row("two", "170所"),
        row("yearly", year=2020, department="学務課"),
        row("state", state="準備"),
        row("new", "―"),
        row("n1", department="企画課"),  # a survey was announced, and there is no result
    ]
    actuals, _ = load(save(book(cells), tmp_path))
    problems = unreported_problems(actuals, plan(), YEAR, "actuals.xlsx")
    assert [each.what for each in problems] == [
        "企画課：令和３年度の未報告が1件あります（n1 満足度）。",
        "保育課：令和３年度の未報告が2件あります（i1 指標i1、i3 指標i3）。",
        "学務課：令和３年度の未報告が2件あります（i2 指標i2、yearly 指標yearly）。",
        "所管課の記入なし：令和３年度の未報告が1件あります（visits 指標visits）。",
    ]
    assert {(each.file, each.place) for each in problems} == {("actuals.xlsx", "実績")}


def test_a_survey_that_was_not_held_is_not_missing(tmp_path: Path):
    actuals, _ = load(save(book([row("i1", 7)]), tmp_path))
    problems = unreported_problems(actuals, plan(), YEAR, "actuals.xlsx")
    assert "n1" not in problems[0].what


# --- the samples -----------------------------------------------------------------


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_the_samples_can_be_final(year: int):
    catalogue = load_catalogue(ROOT / "catalogue.json")
    path, *earlier = [ROOT / f"reports/{each}/actuals.xlsx" for each in range(year, 2018, -1)]
    actuals, _ = load_actuals(path, catalogue, FiscalYear(year), earlier=earlier)
    assert unreported_problems(actuals, catalogue, FiscalYear(year), path) == ()


def test_a_problem_free_book_has_no_warnings(tmp_path: Path):
    assert problems_of(save(book([row("i1", 7)]), tmp_path)) == []
