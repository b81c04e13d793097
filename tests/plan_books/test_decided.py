"""What a workbook says otherwise of a decided plan, in the plan's own order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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


def _with_first(**items: Any) -> dict[str, Any]:
    """The plan with other items of its first indicator; ``None`` for none."""
    goal, plan = PLAN["goals"][0], PLAN["goals"][0]["plans"][0]
    first = {**plan["indicators"][0], **items}
    first = {key: value for key, value in first.items() if value is not None}
    plan = {**plan, "indicators": [first, *plan["indicators"][1:]]}
    goal = {**goal, "plans": [plan, *goal["plans"][1:]]}
    return {**PLAN, "goals": [goal, *PLAN["goals"][1:]]}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"departments": None}, {"departments": ["保育課"]}, []),
        ({"departments": []}, {"departments": ["保育課"]}, []),
        ({"remarks": None}, {"remarks": "隔年で調査"}, []),
        ({"details": {"財源": "国"}}, {"details": {"財源": "国", "根拠": "条例"}}, []),
        ({"details": {"財源": "国"}}, {"details": {"財源": "県"}}, ["欄の文"]),
        ({"departments": ["学務課"]}, {"departments": ["保育課"]}, ["所管課"]),
        ({"departments": ["学務課"]}, {"departments": None}, ["所管課"]),
        ({"remarks": "毎年調査"}, {"remarks": "隔年で調査"}, ["備考"]),
    ],
)
def test_a_blank_that_is_filled_in_changes_nothing_decided(
    before: dict[str, Any], after: dict[str, Any], told: list[str]
) -> None:
    found = changes_between(_with_first(**before), _with_first(**after))
    assert [each.item for each in found] == told
