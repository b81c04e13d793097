"""What a target can ask for (目標の種類), and what each kind is: one table of facts.

A kind of target is a row here and nothing more: whoever needs to know something of a kind
asks its facts. What is asked for outside is what a target is held against, a closed set:
who tells those apart does it by ``match``, so that the type checker names who has to learn
a new one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from kpireport.quickly import dataclass


class TargetKind(StrEnum):
    """What a target asks for (目標の種類); the value is how the plan's file writes it."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    KEEP_AT_LEAST = "keep_at_least"
    ABOVE_BASELINE = "above_baseline"
    BELOW_BASELINE = "below_baseline"
    ABOVE_PREVIOUS = "above_previous"
    BELOW_PREVIOUS = "below_previous"
    STATE = "state"
    NEW_COUNT = "new_count"
    NONE = "none"

    @property
    def facts(self) -> KindFacts:
        """What this kind is."""
        return _FACTS[self]


class HeldAgainst(StrEnum):
    """What the actuals of a target are held against."""

    NUMBER = "number"  # the target's own
    BASELINE = "baseline"  # 現状値
    PREVIOUS = "previous"  # 前年度の実績
    WORDS = "words"  # no number at all: a state is reached or not
    NOTHING = "nothing"  # no target is set: the actuals are printed, not judged


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What a kind of target is.

    Attributes:
        meaning: what it asks for, as the handbook and the file's schema say it.
        example: from the baseline to such a target, as the schema shows it; may be empty.
        in_short: what it asks for in a cell, as a list of differences says it.
        held_against: what the actuals are held against.
        upward: whether more is better; of no matter for words.
        keeps: whether the number is to be held, though the baseline is beyond it.
        counts_from_zero: whether new things are counted; the baseline is none of them.
        may_pile_up: whether a count of such a kind may be one that never falls (累計).
    """

    meaning: str
    example: str
    in_short: str
    held_against: HeldAgainst
    upward: bool = True
    keeps: bool = False
    counts_from_zero: bool = False
    may_pile_up: bool = False


def _facts(kind: TargetKind) -> KindFacts:  # noqa: C901 a flat list
    """Return the table's row: a kind without one is an error of types."""
    match kind:
        case TargetKind.AT_LEAST:
            words = "目標値以上にする", "６か所 → ８か所", "目標値以上にする"
            return KindFacts(*words, HeldAgainst.NUMBER, may_pile_up=True)
        case TargetKind.AT_MOST:
            words = "目標値以下にする", "21.9％以下", "目標値以下にする"
            return KindFacts(*words, HeldAgainst.NUMBER, upward=False)
        case TargetKind.KEEP_AT_LEAST:
            words = "現状値は目標値を上回っているが、目標値以上を保つ", "", "目標値以上を保つ"
            return KindFacts(*words, HeldAgainst.NUMBER, keeps=True)
        case TargetKind.ABOVE_BASELINE:
            words = "現状値から増やす・上げる", "現状値から増加", "現状値から増やす"
            return KindFacts(*words, HeldAgainst.BASELINE)
        case TargetKind.BELOW_BASELINE:
            words = "現状値から減らす・下げる", "現状値から減少", "現状値から減らす"
            return KindFacts(*words, HeldAgainst.BASELINE, upward=False)
        case TargetKind.ABOVE_PREVIOUS:
            words = "前年度の実績から増やす", "前年度実績から増加", "前年度の実績から増やす"
            return KindFacts(*words, HeldAgainst.PREVIOUS)
        case TargetKind.BELOW_PREVIOUS:
            words = "前年度の実績から減らす", "前年度実績から減少", "前年度の実績から減らす"
            return KindFacts(*words, HeldAgainst.PREVIOUS, upward=False)
        case TargetKind.STATE:
            words = "数でなく状態", "検討 → 運用開始、充実、増員", "状態になる"
            return KindFacts(*words, HeldAgainst.WORDS)
        case TargetKind.NEW_COUNT:
            words = "0から数える新しいものの数", "― → ８か所、検討 → ７か所", "0から数える"
            return KindFacts(*words, HeldAgainst.NUMBER, counts_from_zero=True, may_pile_up=True)
        case TargetKind.NONE:
            words = "目標を定めない。実績を示すだけで評価しない", "設定しない、―", "目標を定めない"
            return KindFacts(*words, HeldAgainst.NOTHING)
        case _:
            assert_never(kind)


_FACTS = {kind: _facts(kind) for kind in TargetKind}
