"""Making a review takes time in proportion to the rows: no row asks the whole plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from kpireport.document import indicator_charts, kpi_columns
from kpireport.document.blocks import CellBlock, Document, FigureGrid, Sparkline, Table
from kpireport.document.laid_out import KpiColumns
from kpireport.document.plan_notes import Footnotes
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


@pytest.mark.parametrize("scope", [ChartScope.MAIN, ChartScope.ALL])
def test_each_course_is_found_once_and_drawn_where_it_is_shown(scope, monkeypatch):
    found, drawn = (_counting(monkeypatch, name) for name in ("_find_course", "_compose_chart"))
    review = replace(_review(_goals(FEW)), charts=scope)
    document = small_document(2022, review=review, charts=scope)
    shown = sum(len(each.figures) for each in document.blocks() if isinstance(each, FigureGrid))
    assert len(found) >= FEW
    assert 1 < len(drawn) <= shown
    assert {*found.values(), *drawn.values()} == {1}


def test_rows_alone_draw_no_chart(monkeypatch):
    drawn = _counting(monkeypatch, "_compose_chart")
    review = replace(_review(_goals(FEW)), charts=ChartScope.NONE)
    document = small_document(2022, review=review)
    assert any(isinstance(each, Sparkline) for each in _parts(document))
    assert not drawn


def test_columns_of_tables_without_footnotes_are_found_once(monkeypatch):
    made = Counter[int]()
    find = kpi_columns._result_columns

    def counted(review: Review, signed: Footnotes | None) -> KpiColumns:
        made[id(review)] += 1
        return find(review, signed)

    monkeypatch.setattr(kpi_columns, "_result_columns", counted)
    small_document(2022, review=_review(_goals(FEW)))
    assert {*made.values()} == {1}


def _counting(monkeypatch: pytest.MonkeyPatch, name: str) -> Counter[tuple[int, str]]:
    """Count how often a maker is asked of each review and row."""
    made = Counter[tuple[int, str]]()  # 表の見方 has a review of its own, without marks of notes
    make = getattr(indicator_charts, name)

    def counted(review: Review, measure: Measure) -> object:
        made[id(review), measure.id] += 1
        return make(review, measure)

    monkeypatch.setattr(indicator_charts, name, counted)
    return made


def _parts(document: Document) -> Iterator[CellBlock]:
    tables = (block for block in document.blocks() if isinstance(block, Table))
    return (
        part for each in tables for row in each.rows for cell in row.cells for part in cell.content
    )
