"""Making a review takes time in proportion to the rows: no row asks the whole plan."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pytest

from kpireport.document import indicator_charts
from kpireport.document.charts import LineChart
from kpireport.document.reviews import Review
from kpireport.domain.actuals import Actuals, PlanComment
from kpireport.domain.catalogue import Measure
from kpireport.domain.settings import ChartScope
from kpireport.domain.years import FiscalYear
from tests.counting import calls
from tests.layered import PLAN
from tests.review_reports import actuals_of, read_plan, small_document, small_review

FEW, MANY = 15, 120
_SAID = [
    {"key": "issues", "label": "課題"},
    {"key": "next", "label": "今後", "choices": ["継続", "終了"]},
]


def _goals(count: int) -> list[Any]:
    """A goal, a section of each level and a plan for each indicator."""
    return [_goal(number, [_plan(number)]) for number in range(count)]


def _one_goal(count: int) -> list[Any]:
    """All in one goal and one section, which one comment is on."""
    return [_goal(0, list(map(_plan, range(count))))]


def _goal(number: int, plans: list[Any]) -> dict[str, Any]:
    fields = [{"id": f"f{number}", "label": "", "title": f"分野{number}", "plans": plans}]
    sections = [{"id": f"s{number}", "label": "", "title": f"施策{number}", "sections": fields}]
    goal = {**PLAN["goals"][1], "id": f"g{number}", "numeral": f"{number}", "title": f"目{number}"}
    return {**goal, "sections": sections}


def _plan(number: int) -> dict[str, Any]:
    row = {
        "id": f"i{number}",
        "name": f"指標{number}の数",
        "baseline": _cell(5),
        "target": {**_cell(40), "kind": "at_least"},
    }
    return {"id": f"p{number}", "label": f"{number}", "title": f"計画{number}", "indicators": [row]}


def _cell(value: int) -> dict[str, Any]:
    return {"text": f"{value}人", "quantities": [{"value": value, "unit": "人"}]}


def _review(goals: list[Any]) -> Review:
    plan = read_plan({**PLAN, "goals": goals, "comments": _SAID})
    figures = {each.id: ("1人", "2人", "1人") for each in plan.indicators()}
    year, texts = FiscalYear(2022), {"next": "継続", "issues": "指標1の数は人手のため少ない。"}
    known = actuals_of(2022, figures, ())
    said = (PlanComment.of("s0", year, texts),)
    return small_review(2022, plan=plan, actuals=Actuals(known.entries, said))


@pytest.mark.parametrize("goals", [_goals, _one_goal])
def test_a_review_grows_with_its_rows(goals):
    few, many = (
        calls(partial(small_document, review=_review(goals(count)))) for count in (FEW, MANY)
    )
    assert many < MANY / FEW * few * 1.1


def test_each_chart_is_composed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counter[tuple[int, str]]()  # 表の見方 has a review of its own, without marks of notes

    def counted(review: Review, measure: Measure) -> LineChart | None:
        made[id(review), measure.id] += 1
        return compose(review, measure)

    compose = indicator_charts._compose_chart
    monkeypatch.setattr(indicator_charts, "_compose_chart", counted)
    for scope in (ChartScope.MAIN, ChartScope.ALL):
        made.clear()
        small_document(2022, review=small_review(2022, charts=scope))
        assert len(made) > 1
        assert set(made.values()) == {1}
