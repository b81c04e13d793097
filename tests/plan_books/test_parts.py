"""The parts of a plan's file: in the document's order, each with what it stands in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kpireport.plan_books.parts import all_brought, measures, parts

TARGET: dict[str, Any] = {"id": "g1-01"}
PLAN: dict[str, Any] = {
    "id": "p1",
    "indicators": [
        {"id": "p1-01"},
        {"id": "p1-02", "indicators": [{"id": "p1-03"}]},
        {"id": "p1-04"},
    ],
}
RAW: dict[str, Any] = {
    "goals": [
        {
            "id": "g1",
            "directions": [{"paragraphs": ["文"]}],
            "plans": [PLAN],
            "sections": [{"id": "s1", "plans": [{"id": "p0", "indicators": []}]}],
            "numeric_targets": [TARGET],
        },
        {"id": "g2"},
    ],
    "revisions": [
        {
            "changes": [
                {"change": "add", "indicator": {"id": "n1"}},
                {"change": "split", "into": [{"id": "n2"}, {"id": "n3"}]},
                {"change": "end"},
            ]
        }
    ],
}


def test_parts_come_in_the_documents_order_with_what_they_stand_in() -> None:
    assert [(each.kind, each.id, each.place) for each in parts(RAW)] == [
        ("goals", "g1", ""),
        ("numeric_targets", "g1-01", "g1"),
        ("sections", "s1", "g1"),
        ("plans", "p0", "s1"),
        ("plans", "p1", "g1"),
        ("indicators", "p1-01", "p1"),
        ("indicators", "p1-02", "p1"),
        ("indicators", "p1-03", "p1-02"),
        ("indicators", "p1-04", "p1"),
        ("goals", "g2", ""),
    ]


def test_headings_are_no_measures_and_what_revisions_bring_are() -> None:
    assert [each["id"] for each in measures(RAW)] == [
        *("g1-01", "p1-01", "p1-03", "p1-04"),
        *("n1", "n2", "n3"),
    ]


def test_what_is_no_list_and_no_object_is_passed_over() -> None:
    odd: dict[str, Any] = {
        "goals": [1, {"id": 5, "plans": {"id": "p1"}, "sections": [None]}],
        "revisions": "r1",
    }
    assert [(each.kind, each.id) for each in parts(odd)] == [("goals", "")]
    assert list(all_brought(odd)) == []


def test_the_shipped_plan_has_all_of_its_measures() -> None:
    text = (Path(__file__).parents[2] / "catalogue.json").read_text(encoding="utf-8")
    assert len(list(measures(json.loads(text)))) == text.count('"baseline": {')
