"""The charts of a goal's most telling indicators, in one strip below its table.

Comes in: a review and a goal. Goes out: at most four charts. Which they are is set by staff,
or by a rule that 表の見方 states: whose mark changed, then what is late, then what moved most;
the last alone where there are no marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kpireport.document.blocks import Caption, Figure, FigureGrid
from kpireport.document.captions import figure_caption
from kpireport.document.charts import LineChart, describe_chart
from kpireport.document.indicator_charts import compose_course, course_values, has_course
from kpireport.document.reviews import Review
from kpireport.document.texts import goal_number
from kpireport.domain.catalogue import Goal, Measure, Plan
from kpireport.domain.settings import MOST_MAIN_CHARTS, ChartScope
from kpireport.evaluation.schemes import LATENESS

_PORTRAIT_CHARTS, _LANDSCAPE_CHARTS = 3, MOST_MAIN_CHARTS  # side by side


def compose_main_charts(review: Review, goal: Goal) -> tuple[FigureGrid, ...]:
    """Return a goal's strip of charts; nothing where none is wanted or none tells anything."""
    if review.charts is not ChartScope.MAIN:
        return ()
    name = f"{goal_number(review.catalogue.labels, goal)}の主な{review.words.indicator}の推移"
    return _strip(review, _chosen(review, goal), figure_caption(f"goal-{goal.id}", name))


def compose_plan_charts(review: Review, goal: Goal, plan: Plan) -> tuple[FigureGrid, ...]:
    """Return the charts of one plan: of its most telling indicators, or of all if so wanted."""
    if review.charts is ChartScope.NONE:
        return ()
    is_main = review.charts is ChartScope.MAIN
    shown = _chosen(review, replace(goal, plans=(plan,))) if is_main else plan.indicators()
    name = f"{plan.short}の{'主な' if is_main else ''}{review.words.indicator}の推移"
    return _strip(review, shown, figure_caption(f"plan-{plan.id}", name))


def _strip(review: Review, shown: Iterable[Measure], caption: Caption) -> tuple[FigureGrid, ...]:
    charts = _courses(review, shown)
    return (_grid(review, charts, caption),) if charts else ()


def compose_all_charts(review: Review) -> Iterator[FigureGrid]:
    """Yield the charts of all that has a course, goal by goal, for 資料編."""
    labels = review.catalogue.labels
    for goal in review.catalogue.goals:
        charts = _courses(review, (*goal.numeric_targets, *goal.indicators()))
        name = f"{goal_number(labels, goal)}の{review.words.indicator}の推移"
        if charts:
            yield _grid(review, charts, figure_caption(f"all-{goal.id}", name))


def _courses(review: Review, measures: Iterable[Measure]) -> tuple[LineChart, ...]:
    return tuple(chart for each in measures if (chart := compose_course(review, each)))


def _grid(review: Review, charts: Sequence[LineChart], caption: Caption) -> FigureGrid:
    figures = tuple(Figure(chart, describe_chart(chart)) for chart in charts)
    beside = charts_beside(review)
    is_square = beside < len(charts) == MOST_MAIN_CHARTS  # two by two, rather than three and one
    columns = 2 if is_square else min(beside, max(2, len(charts)))  # few of them are broader
    return FigureGrid(figures, columns, caption=caption)


def charts_beside(review: Review) -> int:
    """Return how many charts stand side by side; as many does the rule choose of a goal."""
    return _LANDSCAPE_CHARTS if review.is_landscape else _PORTRAIT_CHARTS


def _chosen(review: Review, goal: Goal) -> Sequence[Measure]:
    """Return the goal's indicators that are charted, in printed order."""
    own = [each for each in goal.indicators() if has_course(review, each)]
    named = [each for each in own if each.id in review.main_charts]
    if named:
        return named[:MOST_MAIN_CHARTS]
    ranked = sorted(own, key=lambda each: _rank(review, each))
    first = {each.id for each in ranked[: charts_beside(review)]}
    return [each for each in own if each.id in first]


def _rank(review: Review, measure: Measure) -> tuple[bool, bool, float]:
    """Return what sorts the most telling first."""
    change = -_relative_change(review, measure)
    if not review.marks:
        return True, True, change
    now = review.judgement(measure)
    before = review.evaluation.get(measure.id, now.fiscal_year.previous)
    is_changed = before is not None and before.mark != now.mark
    return not is_changed, now.mark.level not in LATENESS, change


def _relative_change(review: Review, measure: Measure) -> float:
    """Return how far the last value is from the one before, in parts of that."""
    *_, before, after = course_values(review, measure)
    return float(abs(after - before) / abs(before)) if before else float(after != before)
