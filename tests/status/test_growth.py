"""Making a board takes time in proportion to the rows: no row asks the whole plan."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kpireport.reports import Report
from kpireport.status import board_of
from tests.counting import calls
from tests.review_reports import PLAN, cell, indicator, write_review

FEW, MANY = 15, 120


def _inspected(folder: Path, count: int) -> Report:
    """A report of so many indicators, each with an actual."""
    goal, ids = PLAN["goals"][0], [f"i{number}" for number in range(count)]
    target = {**cell("20件", (20, "件", "")), "kind": "at_least"}
    rows = [indicator(id_, f"{id_}の数", cell("5件", (5, "件", "")), target) for id_ in ids]
    plans = [{**goal["plans"][0], "indicators": rows}]
    plan = {**PLAN, "goals": [{**goal, "numeric_targets": [], "plans": plans}]}
    actuals = [[id_, None, 2021, "7件", None, None, None, "企画課"] for id_ in ids]
    return Report.open(write_review(folder, plan=plan, rows=actuals)).inspected()


def test_a_board_grows_with_its_rows(tmp_path: Path) -> None:
    few, many = (
        calls(partial(board_of, _inspected(tmp_path / str(count), count))) for count in (FEW, MANY)
    )
    assert many < MANY / FEW * few * 1.1
