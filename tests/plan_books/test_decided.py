"""What a workbook says otherwise of a decided plan, in the plan's own order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kpireport.plan_books.decided import changes_between

PLAN: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "catalogue.json").read_text(encoding="utf-8")
)


def test_new_rows_are_told_in_the_order_in_which_they_stand() -> None:
    plan = PLAN["goals"][0]["plans"][0]
    ids = [f"new-{number}" for number in (3, 1, 4, 2, 6, 5)]
    more = [{**plan["indicators"][0], "id": id_, "name": id_} for id_ in ids]
    longer = {**plan, "indicators": [*plan["indicators"], *more]}
    goal = {**PLAN["goals"][0], "plans": [longer, *PLAN["goals"][0]["plans"][1:]]}
    told = list(changes_between(PLAN, {**PLAN, "goals": [goal, *PLAN["goals"][1:]]}))
    assert [(each.id, each.item, each.after) for each in told] == [
        (id_, "行", "あり") for id_ in ids
    ]


def test_a_row_that_was_moved_is_told_with_both_places() -> None:
    first, second, *rest = PLAN["goals"][0]["plans"]
    moved = first["indicators"][-1]
    plans = [
        {**first, "indicators": first["indicators"][:-1]},
        {**second, "indicators": [*second["indicators"], moved]},
        *rest,
    ]
    goal = {**PLAN["goals"][0], "plans": plans}
    (told,) = changes_between(PLAN, {**PLAN, "goals": [goal, *PLAN["goals"][1:]]})
    assert (told.id, told.item, told.before, told.after) == (
        *(moved["id"], "置く所"),
        *(first["id"], second["id"]),
    )
