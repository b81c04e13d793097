"""Years' targets and actuals side by side, or on lines of their own, as a plan lays them out."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from kpireport.document.blocks import HeaderScope, Paragraph, SamplePage
from kpireport.document.kpi_columns import result_columns
from kpireport.document.kpi_tables import compose_kpi_table
from kpireport.document.reviews import Review
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.writers.theme import DEFAULT_THEME
from kpireport.writers.widths import fit_columns
from tests.document.test_layouts import assert_filled, rows_of, table_of
from tests.document.test_yearly_targets import FIGURES, _plan
from tests.review_reports import actuals_of, read_plan, small_document, small_review

AROUND = ["plan", "indicator", "baseline"]


def review_with(*columns: Any, year: int = 2021) -> Review:
    data = copy.deepcopy(_plan())
    data["layout"] = {"review": list(columns)}
    actuals = actuals_of(year, FIGURES, ())
    return small_review(year, plan=read_plan(data), actuals=actuals)


def test_targets_and_actuals_stand_below_their_year():
    review = review_with(*AROUND, "years", "target", "mark")
    table = table_of(review)
    assert_filled(table)
    first, years, parts, windows, courses, *_ = rows_of(table)
    assert first == "戦略計画 | 重要業績評価指標"
    assert years.startswith("指標 | 現状値 / 令和元年度末 | 令和２年度 | 令和３年度 | 目標値")
    assert parts == "目標 | 実績 | 目標 | 実績"
    assert "| 10か所 | 20か所 | 18か所 | 30か所 | 25か所 | 50か所 |" in windows
    assert "| 年間100人 | ― | 年間110人 | ― | 年間120人 | 年間180人" in courses


def test_targets_and_actuals_stand_on_two_lines_that_the_others_reach_over():
    review = review_with(*AROUND, {"column": "years", "show": "two_lines"}, "target", "mark")
    table = table_of(review)
    assert_filled(table)
    _, heads, first, second, third, fourth, *_ = rows_of(table)
    assert "| 区分 | 令和２年度 | 令和３年度 |" in heads
    assert "| 10か所 | 目標 | 20か所 | 30か所 | 50か所 |" in first
    assert second == "実績 | 18か所 | 25か所"
    assert "| 目標 | ― | ― | 年間180人" in third
    assert fourth == "実績 | 年間110人 | 年間120人"
    rows = table.rows
    assert [each.rowspan for each in rows[0].cells] == [4, 2, 2, 1, 1, 1, 2, 2]
    assert rows[0].keep_with_next


def test_what_a_line_is_stands_on_one_line_however_many_the_years_are():
    words = {"target": "見込量", "actual": "実績値", "rate": "達成率"}
    lines: dict[str, Any] = {"of": ["target", "actual", "rate"], "show": "two_lines"}
    table = table_of(review_with(*AROUND, {"column": "years", **lines, "words": words}))
    narrow = replace(table, columns=(20, 20, 10, 1, *(25,) * (len(table.columns) - 4)))
    width = 480.0
    columns = fit_columns(narrow, DEFAULT_THEME, width)
    size = DEFAULT_THEME.text[TextStyle.DENSE_VALUE].size
    padding = 2 * DEFAULT_THEME.cell[CellStyle.DENSE].padding_x
    assert width * columns[3] / sum(columns) >= 3 * size + padding
    label = table.rows[0].cells[3]
    (named,) = label.content
    assert isinstance(named, Paragraph)
    assert (named.text, label.scope) == ("見込量", HeaderScope.ROW)


def test_years_to_come_have_their_targets_and_a_third_line_has_the_rate():
    words = {"target": "見込量", "rate": "率"}
    lines: dict[str, Any] = {"of": ["target", "actual", "rate"], "show": "two_lines"}
    column = {"column": "years", **lines, "to_come": True, "words": words, "last": 1}
    table = table_of(review_with("indicator", column))
    assert_filled(table)
    _, heads, _, first, second, third, *_ = rows_of(table)
    assert heads == "指標 | 区分 | 令和３年度 | 令和４年度 | 令和５年度"
    assert first == "窓口 | 見込量 | 30か所 | 40か所 | 50か所"
    assert second == "実績 | 25か所 |  | "
    assert third == "率 | 83.3％ |  | "


def test_the_years_are_chosen_and_the_reports_own_is_always_shown():
    for stated in ({"years": [2020, 2022]}, {"last": 2}):
        keys = [each.key for each in result_columns(_third(stated)).all]
        assert "actual-2022" in keys
    assert _keys({"years": [2020]}) == ["actual-2020", "actual-2022"]
    assert _keys({"last": 1}) == ["actual-2022"]
    assert _keys({}) == ["actual-2020", "actual-2021", "actual-2022"]


def _third(stated: dict[str, Any]) -> Review:
    return review_with("indicator", {"column": "actuals", **stated}, year=2022)


def _keys(stated: dict[str, Any]) -> list[str]:
    return [each.key for each in result_columns(_third(stated)).rows if each.key != "indicator"]


def test_targets_of_years_have_columns_where_the_layout_has_their_place():
    review = review_with("indicator", {"column": "yearly_targets", "years": [2021]}, "actuals")
    heads, _, first = rows_of(table_of(review))[1:4]
    assert heads == "指標 | 令和３年度 / 目標 | 令和２年度 / 実績 | 令和３年度 / 実績"
    assert first == "窓口 | 30か所 | 18か所 | 25か所"


def test_the_plan_edition_has_targets_of_years_where_its_layout_has_them():
    data = copy.deepcopy(_plan())
    columns = ["indicator", "target", {"column": "yearly_targets", "years": [2020, 2022]}]
    data["layout"] = {"plan": columns}
    catalogue = read_plan(data)
    goal = catalogue.goals[0]
    (table,) = compose_kpi_table(catalogue, goal, goal.plans)
    assert_filled(table)
    assert rows_of(table)[1:5] == [
        "指標 | 目標値 / 令和4年度末 | 目標値 / 令和２年度 | 目標値 / 令和４年度",
        "計画１　居場所",
        "窓口 | 50か所 | 20か所 | 40か所",
        "受講者 | 年間180人 | ― | 年間160人",
    ]


@pytest.mark.parametrize("show", ["side_by_side", "two_lines"])
def test_the_sample_points_at_the_first_year(show: str):
    review = review_with("indicator", {"column": "years", "show": show}, "target")
    (sample,) = (
        each for each in small_document(review=review).blocks() if isinstance(each, SamplePage)
    )
    assert [each.column for each in sample.callouts] == (
        [2, 5] if show == "side_by_side" else [2, 4]
    )
