"""The plan's workbook, measured: written, taken for a new plan and for one that there is.

::

    python benchmarks/plan_books.py 1000 4000     CPU seconds for so many indicators

The plan is the real one's indicators, repeated under further ids, without revisions.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kpireport.plan_books.taking import plan_workbook, take_plan

ROOT = Path(__file__).resolve().parents[1]
MOMENT = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
_IN_A_PLAN, _IN_A_GOAL = 10, 10
_LEFT_OUT = ("how_to_read", "revisions", "levels", "layout")


def main() -> None:
    """Print a line for each number of indicators that the command line names."""
    for indicators in map(int, sys.argv[1:] or ("1000", "4000")):
        with tempfile.TemporaryDirectory() as folder:
            print(indicators, *_measured(Path(folder), indicators), sep="\t")


def _measured(folder: Path, indicators: int) -> list[str]:
    catalogue, book = folder / "catalogue.json", folder / "計画.xlsx"
    catalogue.write_text(json.dumps(_plan(indicators), ensure_ascii=False), encoding="utf-8")
    return [
        _timed("export", lambda: book.write_bytes(plan_workbook(catalogue, MOMENT))),
        _timed("import, new", lambda: take_plan(book, folder / "none.json").text),
        _timed("import, again", lambda: take_plan(book, catalogue).decided_changes()),
    ]


def _timed(what: str, run: Callable[[], object]) -> str:
    begun = time.process_time()
    run()
    return f"{what} {time.process_time() - begun:.2f} s"


def _plan(indicators: int) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    rows = itertools.cycle(
        row
        for goal in plan["goals"]
        for each in goal["plans"]
        for row in each["indicators"]
        if "indicators" not in row and "shared_with" not in row["baseline"]
    )
    numbered = ({**row, "id": f"i{number}"} for number, row in enumerate(rows))
    plans = [
        {
            "id": f"p{number}",
            "label": f"計画{number}",
            "title": f"計画の名前{number}",
            "indicators": list(itertools.islice(numbered, _IN_A_PLAN)),
        }
        for number in range(indicators // _IN_A_PLAN)
    ]
    plan["goals"] = [
        {"id": f"g{at}", "numeral": f"{at}", "title": f"目標{at}", "plans": plans[at : at + 10]}
        for at in range(0, len(plans), _IN_A_GOAL)
    ]
    return {key: value for key, value in plan.items() if key not in _LEFT_OUT}


if __name__ == "__main__":
    main()
