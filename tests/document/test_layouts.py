"""The KPI tables of plans that lay out their own columns, in both editions."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from kpireport.document.blocks import ItemList, SamplePage, Table
from kpireport.document.content_widths import Share, proportions
from kpireport.document.kpi_columns import plan_columns, result_columns
from kpireport.document.kpi_tables import compose_kpi_table, compose_result_table
from kpireport.document.marks import key_of_marks_and_bars
from kpireport.document.reviews import Review
from kpireport.document.rules import compose_rules
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.layouts import Details
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import scheme_from_settings
from tests.documents import real_catalogue
from tests.review_reports import (
    FIGURES,
    PLAN,
    actuals_of,
    cell_text,
    read_plan,
    row_text,
    shown,
    small_document,
    small_review,
)

WIDE = [
    "number",
    "plan",
    {"column": "indicator", "header": "成果指標\n（年度末）"},
    "unit",
    "past",
    "baseline",
    "actuals",
    "target",
    "rate",
    "mark",
    "definition",
    "department",
    "details.委員会",
]
LAYOUTS: dict[str, list[Any]] = {
    "as wide as can be": WIDE,
    "without the plan": [each for each in WIDE if each != "plan"],
    "the plan in front": ["plan", "indicator", "unit", "actuals", "baseline"],
    "the plan at the end": ["indicator", "baseline", "target", "plan"],
    "the baseline at the left": ["baseline", "plan", "indicator", "mark"],
    "one column": ["indicator"],
}


def plan_data(review: Sequence[Any] = (), plan: Sequence[Any] = ()) -> dict[str, Any]:
    """The small plan with texts beside its first indicators, and laid out."""
    data = copy.deepcopy(PLAN)
    data["layout"] = {"review": list(review) or None, "plan": list(plan) or None}
    data["labels"] = {**data["labels"], "past": "前回値", "past_note": "平成27年度"}
    share, two = data["goals"][0]["plans"][0]["indicators"][:2]
    share |= {
        "number": "1",
        "unit": "％",
        "past": "96.1",
        "definition": "申込者のうち入所した人の割合",
        "departments": ["保育課", "企画課"],
        "details": {"委員会": "文教"},
        "baseline": {"text": "97.2", "quantities": [{"value": 97.2}]},
        "target": {"text": "100", "kind": "at_least", "quantities": [{"value": 100}]},
    }
    two |= {"number": "2"}
    return data


def plan_with(review: Sequence[Any] = (), plan: Sequence[Any] = ()) -> Catalogue:
    return read_plan(plan_data(review, plan))


def review_with(*columns: Any, year: int = 2021, **figures: tuple[str, str, str]) -> Review:
    actuals = actuals_of(year, {**FIGURES, **figures})
    return small_review(year, plan=plan_with(columns), actuals=actuals)


def table_of(review: Review, goal: int = 0) -> Table:
    found = review.catalogue.goals[goal]
    (table,) = compose_result_table(review, found, found.plans, is_open=True)
    return table


def rows_of(table: Table) -> list[str]:
    return [row_text(row) for row in (*table.header_rows, *table.rows)]


def assert_filled(table: Table) -> None:
    """Every place of the table is taken by one cell."""
    covered: set[tuple[int, int]] = set()
    rows = (*table.header_rows, *table.rows)
    for number, row in enumerate(rows):
        column = 0
        for each in row.cells:
            while (number, column) in covered:
                column += 1
            own = {
                (number + down, column + right)
                for down in range(each.rowspan)
                for right in range(each.colspan)
            }
            assert covered.isdisjoint(own)
            covered |= own
    assert covered == {(r, c) for r in range(len(rows)) for c in range(len(table.columns))}
    assert all(cell.colspan and cell.rowspan for row in rows for cell in row.cells)


@pytest.mark.parametrize("columns", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("year", [2020, 2022])
def test_cells_fill_the_table_in_any_order(columns: list[Any], year: int):
    review = review_with(*columns, year=year)
    for goal in range(len(review.catalogue.goals)):
        table = table_of(review, goal)
        assert_filled(table)
        assert len(table.columns) == len(result_columns(review).all)
        assert all(width > 0 for width in table.columns)


@pytest.mark.parametrize("columns", LAYOUTS.values(), ids=LAYOUTS)
def test_cells_fill_the_plan_table_in_any_order(columns: list[Any]):
    own = [each for each in columns if each not in ("actuals", "rate", "mark")]
    catalogue = plan_with(plan=own)
    for goal in catalogue.goals:
        (table,) = compose_kpi_table(catalogue, goal, goal.plans)
        assert_filled(table)
        assert len(table.columns) == len(own)


def test_the_columns_stand_in_the_order_and_under_the_headings_of_the_layout():
    table = table_of(review_with(*WIDE))
    head, lower, first, *_ = rows_of(table)
    assert head == "番号 | 戦略計画 | 重要業績評価指標"
    assert lower == (
        "成果指標 / （年度末） | 単位 | 前回値 / 平成27年度 | 現状値 / 令和元年度末"
        " | 令和２年度 / 実績 | 令和３年度 / 実績 | 目標値 / 令和4年度末"
        " | 推移 / 進捗率 | 評価 | 定義・計算方法 | 所管課 | 委員会"
    )
    assert first.startswith(
        "1 | 計画１ / 居場所 | 受入率 | ％ | 96.1 | 97.2 | 97.9 | 98.6 | 100 | 推移3 / 50.0％"
    )
    assert first.endswith(" | 申込者のうち入所した人の割合 | 保育課、企画課 | 文教")


def test_without_a_column_the_plans_name_is_a_row_across():
    table = table_of(review_with("indicator", "unit", "actuals"))
    first, second = table.rows[:2]
    assert row_text(first) == "計画１　居場所"
    assert first.cells[0].colspan == len(table.columns)
    assert first.keep_with_next
    assert first.headings
    assert row_text(second).startswith("受入率〔保育課、企画課〕 | ％ | 97.9 | 98.6")


def test_notes_stand_below_what_they_explain_beside_the_plan():
    review = review_with("number", "plan", "indicator", "mark")
    rows = table_of(review).rows
    (at,) = [number for number, row in enumerate(rows) if "開院のとき" in row_text(row)]
    empty, note = rows[at].cells
    assert (cell_text(empty), empty.colspan) == ("", 1)
    assert note.colspan == 2  # the plan's cell reaches down beside it


def test_notes_and_groups_have_their_words_where_the_plan_stands_last():
    table = table_of(review_with("indicator", "mark", "plan"))
    (note,) = [row for row in table.rows if "開院のとき" in row_text(row)]
    (group,) = [row for row in table.rows if "病床の確保" in row_text(row)]
    assert [row.cells[0].colspan for row in (note, group)] == [2, 2]


def test_a_sample_without_a_column_to_point_at_has_no_callouts():
    document = small_document(review=review_with("plan", "indicator"))
    lists = [each for each in document.blocks() if isinstance(each, ItemList)]
    assert all(each.items for each in lists)


def test_what_no_column_shows_has_no_note():
    review = review_with("plan", "indicator", "actuals")
    assert not any("開院のとき" in row for row in rows_of(table_of(review)))


@pytest.mark.parametrize(
    ("reported", "printed"),
    [("9％", "9"), ("９％", "9"), ("98.6％（速報値）", "98.6（速報値）"), ("―", "―")],
)
def test_actuals_have_no_unit_beside_its_column(reported: str, printed: str):
    review = review_with("indicator", "unit", "actuals", share=("97％", reported, ""))
    row = next(row for row in table_of(review).rows if "受入率" in row_text(row))
    assert cell_text(row.cells[-1]) == printed


def test_other_tables_have_the_unit_at_the_values():
    review = review_with("indicator", "unit", "actuals")
    assert review.target_text("share") == "100％"
    assert review.baseline_text("share") == "97.2％"
    assert review.actual_text("share", FiscalYear(2021)) == "98.6％"


def test_values_have_their_unit_where_no_column_has_it():
    row = next(
        r for r in table_of(review_with("indicator", "target")).rows if "受入" in row_text(r)
    )
    assert row_text(row).endswith("100％")


def test_departments_are_said_once():
    text = "\n".join(rows_of(table_of(review_with("plan", "indicator", "department"))))
    assert "〔保育課" not in text
    assert "保育課、企画課" in text


def test_the_samples_callouts_point_at_the_columns_that_there_are():
    document = small_document(review=review_with("indicator", "target", "mark"))
    (sample,) = (each for each in document.blocks() if isinstance(each, SamplePage))
    assert [(each.mark, each.column) for each in sample.callouts] == [("①", 1), ("②", 2)]
    assert "進捗率" not in sample.alternative_text


@pytest.mark.parametrize(
    "columns", [[], ["plan", "indicator", "unit", "baseline", "target", "definition"]]
)
def test_targets_of_years_stand_right_before_the_target(columns: list[str]):
    data = plan_data(plan=columns)
    share = data["goals"][0]["plans"][0]["indicators"][0]
    share["yearly_targets"] = [{"fiscal_year": 2021, "text": "98.5"}]
    catalogue = read_plan(data)
    goal = catalogue.goals[0]
    (table,) = compose_kpi_table(catalogue, goal, goal.plans)
    assert_filled(table)
    assert "目標値 / 令和３年度 | 目標値 / 令和4年度末" in rows_of(table)[1]
    assert "| 97.2 | 98.5 | 100" in rows_of(table)[2]


def test_a_years_target_has_its_unit_unless_the_unit_has_a_column():
    for columns, words in ((["unit"], "目標 98.5 / "), ([], "目標 98.5％ / ")):
        data = plan_data(["plan", "indicator", *columns, "baseline", "actuals", "target"])
        share = data["goals"][0]["plans"][0]["indicators"][0]
        share["yearly_targets"] = [{"fiscal_year": 2021, "text": "98.5"}]
        plan = read_plan(data)
        review = small_review(2021, plan=plan, actuals=actuals_of(2021, FIGURES))
        (target,) = next(iter(plan.indicators())).yearly_targets
        _, lower, first, *_ = rows_of(table_of(review))
        assert "令和３年度 / 目標・実績" in lower
        assert words in first
        assert (str(target.quantities[0].value), target.quantities[0].unit) == ("98.5", "％")


@pytest.mark.parametrize(
    ("columns", "is_said"),
    [(["actuals"], True), (["actuals", "yearly_targets"], False), (["years"], True)],
)
def test_the_next_years_target_is_said_once(columns: list[str], is_said: bool):
    """Below the target, or in a column of its own; ``years`` show none that is to come."""
    data = plan_data(["plan", "indicator", *columns, "target"])
    share = data["goals"][0]["plans"][0]["indicators"][0]
    share["target"]["deadline"] = 2024
    share["yearly_targets"] = [{"fiscal_year": 2022, "text": "98.5"}]
    review = small_review(2021, plan=read_plan(data), actuals=actuals_of(2021, FIGURES))
    row = next(row for row in table_of(review).rows if "受入率" in row_text(row))

    assert ("（令和４年度 98.5％）" in cell_text(row.cells[-1])) is is_said
    assert row_text(row).count("98.5") == 1
    told = shown(compose_rules(review))
    assert any("次に定めのある年度" in each for each in told) is is_said


@pytest.mark.parametrize(("columns", "has_bars"), [([], True), (["rate"], True), (["mark"], False)])
def test_the_foot_speaks_of_bars_where_there_are_any(columns: list[str], has_bars: bool):
    layout = ["plan", "indicator", "actuals", *columns] if columns else []
    assert ("棒の縦線" in key_of_marks_and_bars(review_with(*layout))) is has_bars


@pytest.mark.parametrize(
    ("unit", "typed", "printed"),
    [("千ｔ", "2,462", "2,462"), ("千人", "12千人", "12"), ("百万円", "300百万円", "300")],
)
def test_units_with_a_scale_stand_in_their_column_alone(unit: str, typed: str, printed: str):
    data = plan_data(["indicator", "unit", "actuals"])
    share = data["goals"][0]["plans"][0]["indicators"][0]
    share |= {"unit": unit}
    share["baseline"] = {"text": "2,415", "quantities": [{"value": 2415}]}
    share["target"] = {"text": "2,700", "kind": "at_least", "quantities": [{"value": 2700}]}
    actuals = actuals_of(2021, {**FIGURES, "share": ("2,420", typed, "")})
    review = small_review(2021, plan=read_plan(data), actuals=actuals)
    row = next(row for row in table_of(review).rows if "受入率" in row_text(row))

    assert cell_text(row.cells[-1]) == printed


BY_RATE = """
scheme = "own"
marks = [{ symbol = "A", level = "on_track" }, { symbol = "B", level = "late" }]
of = "%s"
bands = [{ from = 90, mark = "A" }, { mark = "B" }]
"""


@pytest.mark.parametrize(
    ("of", "name", "rate"),
    [
        # 91.6 → 96.9, of 100 ％: 5.3 of 8.4, and 96.9 of 100
        ("target", "達成率", "96.9％"),
        ("progress", "進捗率", "63.1％"),
    ],
)
def test_the_rate_beside_the_marks_is_the_one_they_follow_from(of: str, name: str, rate: str):
    scheme = scheme_from_settings(tomllib.loads(BY_RATE % of))
    data = plan_data(["indicator", "actuals", "rate", {"column": "mark", "header": "判定"}])
    share = data["goals"][0]["plans"][0]["indicators"][0]
    share["baseline"] = {"text": "91.6％", "quantities": [{"value": 91.6, "unit": "％"}]}
    share["target"] = {"text": "100％", "kind": "at_least"}
    share["target"]["quantities"] = [{"value": 100, "unit": "％"}]
    figures = {**FIGURES, "share": ("93.0％", "96.9％", "")}
    review = small_review(
        2021, scheme, plan=read_plan(data), actuals=actuals_of(2021, figures, overrides=())
    )
    table = table_of(review)
    row = next(row for row in table.rows if "受入率" in row_text(row))

    assert any(name in row_text(head) for head in table.header_rows)
    assert rate in cell_text(row.cells[-2])
    assert "棒の縦線" not in key_of_marks_and_bars(review)  # no rule asks for the year's share
    words = "\n".join(shown(compose_rules(review)))
    assert f"「{name}」欄：" in words
    assert "「判定」欄：" in words


def test_a_wide_layout_lies_and_a_narrow_one_stands():
    assert review_with(*WIDE).is_landscape
    assert not review_with("plan", "indicator", "actuals", "mark").is_landscape


def test_without_a_layout_the_columns_are_the_originals():
    columns = plan_columns(real_catalogue())
    assert [(each.key, each.width) for each in columns.all] == [
        ("plan", 20),
        ("indicator", 34),
        ("baseline", 23),
        ("target", 23),
    ]
    assert {each.details for each in real_catalogue().indicators()} == {Details()}


def test_stated_widths_are_per_cent_and_content_shares_what_is_left():
    shares = [_share(40, 9), _share(None, 5), _share(None, 15)]
    assert list(proportions(shares)) == [4000, 1500, 4500]


def test_stated_widths_that_leave_nothing_are_proportions():
    shares = [_share(80, 20), _share(40, 10), _share(None, 5)]
    assert list(proportions(shares)) == [8000, 4000, 2000]


def _share(stated: int | None, needed: float) -> Share:
    return Share(None if stated is None else Decimal(stated), needed)


def test_several_past_values_have_a_column_each_under_their_own_names():
    data = plan_data(plan=["indicator", "past", "baseline"])
    pasts = [{"label": "H22", "text": "90.1"}, {"label": "H27", "text": "96.1"}]
    data["goals"][0]["plans"][0]["indicators"][0]["past"] = pasts
    catalogue = read_plan(data)
    goal = catalogue.goals[0]
    (table,) = compose_kpi_table(catalogue, goal, goal.plans)
    assert_filled(table)
    assert rows_of(table)[1:4] == [
        "指標 | H22 | H27 | 現状値 / 令和元年度末",
        "計画１　居場所",
        "受入率 | 90.1 | 96.1 | 97.2",
    ]


def test_of_what_time_values_are_stands_at_the_name_or_in_a_column():
    for columns, words in (
        (["indicator", "unit", "baseline"], "受入率 / （暦年）{} | ％ | 97.2"),
        (["indicator", "period", "unit", "baseline"], "受入率{} | 暦年 | ％ | 97.2"),
    ):
        data = plan_data(plan=columns, review=columns)
        data["goals"][0]["plans"][0]["indicators"][0]["period"] = "暦年"
        plan = read_plan(data)
        (table,) = compose_kpi_table(plan, plan.goals[0], plan.goals[0].plans)
        review = small_review(2021, plan=plan, actuals=actuals_of(2021, FIGURES))
        assert words.format("") in rows_of(table)
        assert words.format("〔保育課、企画課〕") in rows_of(table_of(review))


@pytest.mark.parametrize(
    ("indicators", "above"), [("指標名", 0), ("指標", 0), ("指標の名称", 0), ("成果指標", 1)]
)
def test_the_word_of_a_column_is_not_said_again_above_all(indicators: str, above: int) -> None:
    labels = {**PLAN["labels"], "indicators": indicators, "indicator": "指標名"}
    plan = read_plan({**PLAN, "labels": labels})
    columns = (*plan_columns(plan).rows, *result_columns(small_review(plan=plan)).rows)
    named = [each for each in columns if each.key == "indicator"]
    assert [len(each.above) for each in named] == [above, above]
