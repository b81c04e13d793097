"""No value in the plan's year, as the plan's file says it."""

from __future__ import annotations

from pathlib import Path

from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, problems_of, spoilt, write

NONE = (f"{ROW}.baseline", {"text": "―", "first_known": True})
MORE = (f"{ROW}.target", {"text": "現状値から増加", "kind": "above_baseline"})


def test_the_plan_says_it(tmp_path: Path):
    plan = load_catalogue(write(tmp_path, spoilt(NONE, MORE)))
    assert next(plan.indicators()).baseline.is_first_known


def test_there_is_no_other_then(tmp_path: Path):
    (problem,) = problems_of(write(tmp_path, spoilt((f"{ROW}.baseline.first_known", True))))
    assert problem.startswith(f"{ROW}.baseline.first_known: 現状値に数量があるか、")


def test_the_year_before_needs_none(tmp_path: Path):
    previous = (f"{ROW}.target", {"text": "前年度実績から増加", "kind": "above_previous"})
    (problem,) = problems_of(write(tmp_path, spoilt(NONE, previous)))
    assert problem.startswith(f"{ROW}.baseline.first_known: ")
