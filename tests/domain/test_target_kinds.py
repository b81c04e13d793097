"""What a kind of target is: one row of facts for each."""

from __future__ import annotations

from kpireport.domain.target_kinds import HeldAgainst, TargetKind


def summary(kind: TargetKind) -> str:
    facts = kind.facts
    flags = {
        "upward": facts.upward,
        "keeps": facts.keeps,
        "from 0": facts.counts_from_zero,
        "may pile up": facts.may_pile_up,
    }
    return " ".join(
        (f"{kind}: {facts.held_against}", *(name for name, is_so in flags.items() if is_so))
    )


def test_the_table_of_facts():
    assert [summary(kind) for kind in TargetKind if kind is not TargetKind.STATE] == [
        "at_least: number upward may pile up",
        "at_most: number",
        "keep_at_least: number upward keeps",
        "above_baseline: baseline upward",
        "below_baseline: baseline",
        "above_previous: previous upward",
        "below_previous: previous",
        "new_count: number upward from 0 may pile up",
        "none: nothing upward",
    ]
    assert TargetKind.STATE.facts.held_against is HeldAgainst.WORDS


def test_every_kind_is_called_something_of_its_own():
    for words in (
        [kind.facts.meaning for kind in TargetKind],
        [kind.facts.in_short for kind in TargetKind],
    ):
        assert all(words)
        assert len({*words}) == len(words)
