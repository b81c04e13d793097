"""Comparisons as lists of short texts."""

from __future__ import annotations

from pathlib import Path

from kpireport.comparing import Comparison, DifferenceKind, compare

Told = tuple[str, str, str, str | None, str | None]


def told(comparison: Comparison, *, computed: bool = True) -> list[Told]:
    """The differences: kind, id, item, old, new; what follows from others only if asked for."""
    return [
        (str(each.kind), each.id, each.item, each.old, each.new)
        for each in comparison.differences
        if computed or each.kind is not DifferenceKind.COMPUTED
    ]


def differences(old: Path, new: Path, *, computed: bool = True) -> list[Told]:
    return told(compare(old, new), computed=computed)
