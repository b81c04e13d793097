"""What a comparison found, as frozen facts.

Comes in: from the comparing modules. Goes out: to whoever shows it; every word is for staff.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from enum import StrEnum
from pathlib import Path

from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.quickly import dataclass


class DifferenceKind(StrEnum):
    """What happened to a thing (種類)."""

    ADDED = "追加"  # there is such a thing only in the second
    REMOVED = "削除"  # there is such a thing only in the first
    MOVED = "移動"  # it stands under another plan, or in another order
    CHANGED = "変更"  # it says something else
    NOTATION = "表記"  # it says the same in other characters: ８か所 and 8か所
    CORRECTED = "訂正"  # the value of a year that was reported before
    PROGRESSED = "推移"  # the same thing a year later
    COMPUTED = "連動"  # a rate or mark that follows from something else


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same.

    Attributes:
        kind: what happened to it.
        place: where it stands, from the outside in: goal, plan; or chapter, table.
        id: its id in the plan, empty where it has none.
        name: what it is called: an indicator, a row of a table; empty for the place itself.
        item: which of its facts: 目標値, 令和３年度の実績; a column of a table.
        old: the text in the first; ``None`` where there is none.
        new: the text in the second; ``None`` where there is none.
    """

    kind: DifferenceKind
    place: tuple[str, ...]
    id: str
    name: str
    item: str
    old: str | None
    new: str | None


class Basis(StrEnum):
    """What was compared (比べたもの)."""

    REPORT = "報告書の入力（計画、実績、評価、設定）"
    CATALOGUE = "計画の内容"
    WORD = "Word の文書の文と表"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: where it is, what it is in words, and the date of a report."""

    path: Path
    title: str
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class MarkTally:
    """How many indicators have a mark (評価) in the first and in the second."""

    mark: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two reports, plans or documents.

    Attributes:
        old: the first (前).
        new: the second (後).
        basis: what was compared.
        differences: in the order of reading, those of one place together.
        notes: what staff should know of the comparison itself.
        marks: how many indicators have each mark, where both sides have them.
        words: what the second plan calls its parts and years.
    """

    old: Side
    new: Side
    basis: Basis
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()
    marks: tuple[MarkTally, ...] = ()
    words: Words = USUAL_WORDS

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def counts(self) -> tuple[tuple[DifferenceKind, int], ...]:
        """Return how many differences there are of each kind that occurs."""
        counted = Counter(each.kind for each in self.differences)
        return tuple((kind, counted[kind]) for kind in DifferenceKind if kind in counted)
