"""Charts: an indicator's course, which are charted in their goal, how they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from kpireport.document.blocks import Block, FigureGrid, Table
from kpireport.document.charts import ChartLimit, LimitKind, LineChart, describe_chart
from kpireport.document.indicator_charts import compose_chart, compose_course
from kpireport.document.reviews import Review
from kpireport.domain.settings import ChartScope, Orientation
from tests.review_reports import (
    FIGURES,
    PLAN,
    actuals_of,
    cell,
    chapter,
    charts_of,
    indicator,
    part,
    read_plan,
    shown,
    small_document,
    small_review,
)

FIRST, MIDDLE, LAST = 2020, 2021, 2022


# --- a chart ---------------------------------------------------------------------


def chart(id_: str, year: int = LAST) -> LineChart | None:
    review = small_review(year)
    measures = review.catalogue.measures()
    return compose_chart(review, next(each for each in measures if each.id == id_))


@pytest.mark.parametrize(
    ("id_", "points", "limit", "is_count"),
    [
        ("share", "97.2 97.9 98.6 99.9", ("100", "目標 100％", "at_least"), False),
        ("two", "165 171 176 181", ("181", "目標 181所", "at_least"), True),
        ("most", "20.5 21.0 20.9 22.0", ("21.9", "目標 21.9％以下", "at_most"), False),
        ("keep", "226 190 179 210", ("200", "目標 200人", "at_least"), True),
        ("bed-a", "342 342 342 400", ("457", "目標 457床（R5）", "at_least"), True),
        ("new", "- - １ ２", ("3", "目標 ３か所", "at_least"), True),
        ("calls", "6,402 6,402 6,500 6,300", ("6402", "現状値 6,402件", "above", "増加"), True),
        ("crime", "1,200 1,300 1,200 1,100", ("1200", "現状値 1,200件", "below", "減少"), True),
        ("visits", "- 10,000 12,000 11,000", None, True),
        ("fresh", "- ５ 未報告 18", ("20", "目標 20％", "at_least"), False),
        ("survey", "62.1 63.4 調査なし 62.1", ("62.1", "現状値 62.1％", "above", "上昇"), False),
    ],
)
def test_a_chart(id_: str, points: str, limit: tuple[str, ...] | None, is_count: bool):
    found = chart(id_)
    assert found is not None
    assert [point.label for point in found.points] == ["R1", "R2", "R3", "R4"]
    assert [point.spoken for point in found.points] == [
        "令和元年度",
        "令和２年度",
        "令和３年度",
        "令和４年度",
    ]
    assert [point.text or "-" for point in found.points] == points.split()
    gaps = [each in ("-", "未報告", "調査なし") for each in points.split()]
    assert [point.value is None for point in found.points] == gaps
    expected = None
    if limit:
        number, label, kind, *wanted = limit
        expected = ChartLimit(Decimal(number), label, LimitKind(kind), wanted="".join(wanted))
    assert (found.limit, found.is_count) == (expected, is_count)


def test_a_chart_counts_in_the_scale_that_all_values_are_written_in():
    written = indicator(
        "output",
        "総生産",
        cell("3,456億円", (3456, "億円", "")),
        cell("3,600億円", (3600, "億円", ""), kind="at_least"),
    )
    place = {**PLAN["goals"][0]["plans"][0], "indicators": [written]}
    goal = {**PLAN["goals"][0], "plans": [place]}
    plan = read_plan({**PLAN, "goals": [goal]})
    (measure,) = plan.indicators()
    charts = []
    for last in ("3,512億円", "351,200,000,000円"):
        known = actuals_of(MIDDLE, {"output": ("3,460億円", last, "")})
        charts.append(compose_chart(small_review(MIDDLE, plan=plan, actuals=known), measure))
    scaled, plain = charts
    assert scaled is not None
    assert plain is not None
    assert (scaled.unit, [point.text for point in scaled.points]) == (
        "億円",
        ["3,456", "3,460", "3,512"],
    )
    assert scaled.limit == ChartLimit(Decimal(3600), "目標 3,600億円", LimitKind.AT_LEAST)
    assert (plain.unit, plain.points[-1].text) == ("円", "351,200,000,000")


@pytest.mark.parametrize("id_", ["tablets", "boards"])
def test_an_indicator_without_numbers_has_no_chart(id_: str):
    assert chart(id_) is None


def test_a_new_thing_has_no_chart_before_its_first_number():
    assert chart("new", FIRST) is None
    assert chart("new", MIDDLE) is not None


def test_a_number_of_another_action_is_no_point():
    figures = {**FIGURES, "new": ("２か所選定", "１か所移転", "２か所移転")}
    review = small_review(LAST, actuals=actuals_of(LAST, figures))
    measure = next(each for each in review.catalogue.indicators() if each.id == "new")
    found = compose_chart(review, measure)
    assert found is not None
    assert [point.text for point in found.points] == ["", "", "１", "２"]


def test_a_count_with_a_fraction_has_an_axis_with_fractions():
    figures = {**FIGURES, "two": ("171.5所", "176所", "181所")}
    review = small_review(LAST, actuals=actuals_of(LAST, figures))
    measure = next(each for each in review.catalogue.indicators() if each.id == "two")
    found = compose_chart(review, measure)
    assert found is not None
    assert not found.is_count


def test_a_chart_without_a_report_says_so_as_the_table_does():
    found = chart("fresh")
    assert found is not None
    assert describe_chart(found) == (
        "加入率。令和元年度は数値なし、令和２年度は５％、令和３年度は未報告、令和４年度は18％。"
        "令和４年度は目標20％に達していない。"
    )


def test_a_chart_is_told_with_its_units():
    lines = [line for line in shown(chapter(small_document(LAST), "goal-g1")) if "図 " in line]
    assert lines[0] == (
        "図 認定率（年度末）。令和元年度は20.5％、令和２年度は21.0％、令和３年度は20.9％、"
        "令和４年度は22.0％。令和４年度は目標21.9％以下を満たしていない。"
    )


def test_a_targets_own_deadline_stands_at_its_line():
    """病床 are due in 令和５年度, a year after the plan."""
    found = chart("bed-a")
    assert found is not None
    assert found.limit is not None
    assert found.limit.label == "目標 457床（R5）"
    assert "目標457床（R5）に達していない。" in describe_chart(found)


# --- a course --------------------------------------------------------------------


def course(id_: str, year: int) -> LineChart | None:
    review = small_review(year)
    return compose_course(review, review.measures[id_])


@pytest.mark.parametrize(
    ("id_", "years"),
    [
        ("share", (MIDDLE, LAST)),  # a baseline and the actuals of two years
        ("survey", (LAST,)),  # none of 2021
        ("visits", (LAST,)),  # no baseline
        ("new", ()),  # none before 2021
        ("fresh", ()),
        ("tablets", ()),
    ],
)
def test_two_numbers_are_no_course(id_: str, years: Sequence[int]):
    assert [year for year in (FIRST, MIDDLE, LAST) if course(id_, year)] == list(years)


# --- which are charted -----------------------------------------------------------


def titles(year: int, goal: str = "g1", **options: Any) -> list[str]:
    return charts_of(charted(small_review(year, **options), goal))


def charted(review: Review, goal: str = "g1") -> Sequence[Block]:
    year = review.evaluation.fiscal_year.year
    return chapter(small_document(year, review=review), f"goal-{goal}")


def test_whose_mark_changed_then_what_is_late_then_what_moved_most():
    """Of 2021 the marks of 就労者数 and of both hospitals changed, 受入率 is late."""
    assert titles(MIDDLE) == ["就労者数", "病床の確保　東病院", "病床の確保　西病院"]
    figures: Mapping[str, Sequence[str]] = {
        "share": ("97.9％", "98.6％"),  # △△, +0.7 %
        "two": ("171所", "176所"),  # ○○, +2.9 %
        "most": ("21.0％", "20.9％"),  # ◎◎, −0.5 %
        "keep": ("年間190人", "年間179人"),  # △×
        "bed-a": ("380床", "410床"),  # ○○, +7.9 %
        "bed-b": ("420床", "445床"),  # △△, +6.0 %
    }
    review = small_review(MIDDLE, actuals=actuals_of(MIDDLE, figures, ()))
    # changed: 就労者数; late: 西病院 moved more than 受入率; in the order of the plan
    assert charts_of(charted(review)) == ["受入率", "就労者数", "病床の確保　西病院"]
    wide = small_review(
        MIDDLE, actuals=actuals_of(MIDDLE, figures, ()), orientation=Orientation.LANDSCAPE
    )
    assert charts_of(charted(wide)) == [
        *("受入率", "就労者数", "病床の確保　東病院", "病床の確保　西病院"),
    ]


def test_those_that_staff_name_in_the_order_of_the_plan():
    assert titles(MIDDLE, main_charts=("bed-b", "share")) == ["受入率", "病床の確保　西病院"]
    # of the other goal none is named: there the rule chooses
    assert titles(MIDDLE, "g2", main_charts=("share",)) == ["相談件数", "犯罪件数"]
    # what has no course cannot be charted
    assert titles(MIDDLE, main_charts=("tablets", "share")) == ["受入率"]


def test_four_that_staff_name_stand_two_by_two_on_a_portrait_page():
    figures: Mapping[str, Sequence[str]] = {**FIGURES, "keep": ("年間100人", "年間200人")}
    review = small_review(
        MIDDLE,
        actuals=actuals_of(MIDDLE, figures, ()),
        main_charts=("share", "keep", "bed-a", "bed-b"),
    )
    (grid,) = (block for block in charted(review) if isinstance(block, FigureGrid))
    assert len(grid.figures) == 4
    assert grid.columns == 2


def test_no_strip_where_nothing_has_a_course():
    for goal in ("g1", "g2"):
        blocks = charted(small_review(FIRST), goal)
        assert not any(isinstance(block, FigureGrid) for block in blocks)
        (*_, table) = (block for block in blocks if isinstance(block, Table))
        assert not table.rows[-1].keep_with_next


def test_one_strip_below_the_table_which_is_kept_with_it():
    (*_, table, grid) = charted(small_review(MIDDLE))
    assert isinstance(table, Table)
    assert isinstance(grid, FigureGrid)
    assert table.rows[-1].keep_with_next
    assert grid.caption is not None
    assert grid.caption.printed == "図３　基本目標Ⅰの主な指標の推移"
    assert grid.columns == 3


def appended(scope: ChartScope, year: int = LAST) -> tuple[list[str], list[str]]:
    """The charts of the goals, and those of the appendix."""
    document = small_document(year, review=small_review(year, charts=scope), charts=scope)
    goals = [*chapter(document, "goal-g1"), *chapter(document, "goal-g2")]
    return charts_of(goals), charts_of(chapter(document, "appendix"))


def test_none_prints_none_and_all_prints_each_once_in_the_appendix():
    assert appended(ChartScope.NONE) == ([], [])
    goals, found = appended(ChartScope.ALL)
    assert goals == []
    assert found == [
        *("満足度", "受入率", "保育所", "認定率（年度末）", "就労者数"),
        *("病床の確保　東病院", "病床の確保　西病院", "相談件数", "犯罪件数", "閲覧数"),
    ]
    main, others = appended(ChartScope.MAIN)
    assert len(main) == 6
    assert others == []


def test_rows_have_their_sparklines_whatever_is_charted():
    for scope in ChartScope:
        document = small_document(LAST, review=small_review(LAST, charts=scope), charts=scope)
        rows = [line for line in shown(document.blocks()) if line.startswith("相談件数 |")]
        assert len(rows) == 1
        assert "| 推移4 / ― |" in rows[0]


# --- how they are explained ------------------------------------------------------


def words(year: int, **options: Any) -> list[str]:
    document = small_document(year, review=small_review(year, **options))
    return shown(part(chapter(document, "how-to-read"), "charts"))


RULE = (
    "・ 基本目標ごとの図は、指標のうち、前年度から評価が変わったもの、遅れているもの、"
    "値の変化が大きいものの順に、３つまで選んでいます。"
)
SMALL = (
    "・ 表の中の小さな折れ線は、現状値から令和３年度までの推移です。"
    "破線は目標値または現状値で、上下の幅は折れ線ごとに違います。"
)
NONE = "・ 現状値と合わせて３年度分の数値がそろわないものは、推移の図を示しません。"


def test_charts_are_explained_as_they_are_drawn():
    assert words(MIDDLE) == [
        RULE,
        "・ 白い点は現状値、黒い点は各年度の実績です。R1は令和元年度、R3は令和３年度です。",
        "・ 破線は目標値、点線は現状値で、矢印は目指す向きを示します。",
        "・ 縦の軸の下に波の印があるものは、０からの目盛りの一部を省いています。",
        "・ 斜線の帯は、目標値を満たさない側を示します。",
        "・ 数値のない年度には、「―」、「未報告」か「調査なし」を示しています。",
        SMALL,
        NONE,
    ]


def test_what_is_not_drawn_is_not_explained():
    assert words(FIRST) == []
    assert words(MIDDLE, charts=ChartScope.NONE) == [SMALL, NONE]


def test_the_rule_is_said_where_it_chose():
    assert RULE not in words(MIDDLE, main_charts=("share",))
    assert RULE not in words(MIDDLE, charts=ChartScope.ALL)
    assert RULE.replace("３つ", "４つ") in words(MIDDLE, orientation=Orientation.LANDSCAPE)
