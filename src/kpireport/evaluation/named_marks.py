"""Marks that a report's settings name by symbol or word, with what is wrong noted.

Comes in: what is written, the marks that there are. Goes out: marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpireport.evaluation.schemes import Mark, find_mark
from kpireport.evaluation.setting_values import SettingsLog, shown

SHARE_OF = "share_of"
"""The key of the marks whose share is told."""


def mark_named(
    written: object, place: str, marks: tuple[Mark, ...], log: SettingsLog
) -> Mark | None:
    """The mark that settings name; ``None`` for none of them, which is noted."""
    mark = find_mark(marks, written) if isinstance(written, str) and written.strip() else None
    if mark is None:
        listed = "、".join(each.label for each in marks)
        log.add(
            place,
            f"{shown(written)}という評価はありません。",
            f"次のどれかを、記号か言葉で書いてください：{listed}。",
        )
    return mark


def marks_named(
    written: object, place: str, marks: Iterable[Mark], log: SettingsLog
) -> Iterator[Mark]:
    """Yield the marks of a list; each that is none, or stands there twice, is noted."""
    known, found = tuple(marks), []
    if not isinstance(written, list | tuple):
        log.add(place, "評価の並びではありません。", '["A", "B"] のように書いてください。')
        return
    for number, each in enumerate(written):
        mark = mark_named(each, f"{place}[{number}]", known, log)
        if mark in found:
            log.add(f"{place}[{number}]", f"{shown(each)}が２度あります。", "１つにしてください。")
        elif mark:
            found.append(mark)
            yield mark


def upper_of(
    settings: Mapping[str, object],
    marks: Iterable[Mark],
    log: SettingsLog,
    usual: Sequence[str] = (),
) -> tuple[str, ...]:
    """The keys of the marks of indicators whose share is told, as given, or else as usual."""
    judged = [mark for mark in marks if mark.level.is_judgement]
    return tuple(
        mark.key for mark in marks_named(settings.get(SHARE_OF, usual), SHARE_OF, judged, log)
    )
