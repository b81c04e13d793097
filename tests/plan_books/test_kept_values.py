"""A target in words that keeps the baseline has the baseline's number, once somebody says how."""

from __future__ import annotations

import pytest

from kpireport.plan_books.proposals import Proposals
from kpireport.plan_books.rows import Object, item_at


def _entry(target: str, kind: str | None) -> Object:
    entry: Object = {"name": "通いの場の数", "baseline": {"text": "18か所"}}
    return {**entry, "target": {"text": target, **({"kind": kind} if kind else {})}}


@pytest.mark.parametrize("kind", ["keep_at_least", "at_most"])
@pytest.mark.parametrize("words", ["現状維持", "現状値を維持", "維持"])
def test_the_baselines_number_is_the_targets(words: str, kind: str) -> None:
    entry = _entry(words, kind)
    read = Proposals([entry], 2028).read(entry)
    assert item_at(read.entry, ("target", "quantities")) == [{"value": 18, "unit": "か所"}]


@pytest.mark.parametrize("kind", [None, "state"])
def test_before_somebody_says_so_it_has_none(kind: str | None) -> None:
    entry = _entry("現状維持", kind)
    read = Proposals([entry], 2028).read(entry)
    assert item_at(read.entry, ("target", "quantities")) is None
    assert len(read.doubts) == (kind is None)


def test_a_number_of_its_own_stands() -> None:
    entry = _entry("20か所を維持", "keep_at_least")
    read = Proposals([entry], 2028).read(entry)
    assert item_at(read.entry, ("target", "quantities")) == [{"value": 20, "unit": "か所"}]
