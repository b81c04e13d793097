"""Schemes without rules from a report's settings: marks that people choose, and none.

Comes in: the settings' ``[evaluation]`` table. Goes out: the scheme, or what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpireport.evaluation.marks_of_people import (
    GIVEN,
    NONE,
    UNMARKED,
    VALUES_ONLY,
    scheme_of_people,
)
from kpireport.evaluation.named_marks import SHARE_OF, upper_of
from kpireport.evaluation.schemes import ByPeople, Mark, MarkLevel, Scheme
from kpireport.evaluation.setting_values import SettingsLog, one_of, shown, text_of
from kpireport.evaluation.usual_marks import NOT_APPLICABLE, UNREPORTED


def values_only(settings: Mapping[str, object], log: SettingsLog) -> Scheme:
    """The scheme of a report of values alone, which has nothing to be set."""
    for key in settings:
        if key != "scheme":
            log.add(
                key,
                f'評価のない報告書（scheme = "{NONE}"）には使いません。',
                f"この項目を消してください。評価を付けるなら、scheme を変えてください（所管課などが"
                f'選ぶ評価は "{GIVEN}"）。',
            )
    log.settle()
    return VALUES_ONLY


def given_scheme(settings: Mapping[str, object], log: SettingsLog) -> Scheme:
    """The scheme of the marks that are listed, for people to choose from."""
    log.refuse_unknown("", settings, ("scheme", "given_by", "rates", "marks", SHARE_OF))
    usual = ByPeople()
    who = text_of(settings.get("given_by", usual.who), "given_by", log)
    has_rates = settings.get("rates", usual.has_rates)
    if not isinstance(has_rates, bool):
        log.add("rates", f"{shown(has_rates)}は選べません。", "true か false を書いてください。")
    marks = _marks(settings, log)
    upper = upper_of(settings, marks, log)
    log.settle()
    scheme = scheme_of_people(marks, ByPeople(who, has_rates=bool(has_rates)))
    return replace(scheme, upper=upper)


_LEAST_MARKS = 2
_EXAMPLE = '{ symbol = "A", word = "順調", level = "on_track" }'
_GIVEN_LEVELS = tuple(each for each in MarkLevel if each is not MarkLevel.UNREPORTED)


def _marks(settings: Mapping[str, object], log: SettingsLog) -> tuple[Mark, ...]:
    entries = settings.get("marks", [])
    if not isinstance(entries, list | tuple) or len(entries) < _LEAST_MARKS:
        log.add(
            "marks",
            f"選ぶ評価が、{_LEAST_MARKS}つ以上並んでいません。",
            f"marks = [ {_EXAMPLE}, … ] のように、評価を、よいものから並べてください。",
        )
        entries = entries if isinstance(entries, list | tuple) else ()
    return marks_of(entries, log, "marks", levels=_GIVEN_LEVELS)


def marks_of(
    entries: Sequence[object],
    log: SettingsLog,
    place: str,
    *,
    levels: tuple[MarkLevel, ...],
    keys: str = "mark",
) -> tuple[Mark, ...]:
    """The marks of a list, best first; none that a person could not tell from another.

    Args:
        entries: as the settings have them.
        log: is told what is wrong.
        place: where they stand.
        levels: those that they may be of.
        keys: what their keys begin with.
    """
    marks = [
        _mark(entry, f"{place}[{number}]", f"{keys}-{number + 1}", levels, log)
        for number, entry in enumerate(entries)
    ]
    found = [mark for mark in marks if mark]
    has_own = any(mark.level is MarkLevel.NOT_APPLICABLE for mark in found)
    ours = (UNMARKED, UNREPORTED) if has_own else (NOT_APPLICABLE, UNMARKED, UNREPORTED)
    for number, mark in enumerate(marks):
        for other in (*ours, *filter(None, marks[:number])):
            if mark and mark.may_be_taken_for(other):
                _add_alike(f"{place}[{number}]", mark, other, log, is_ours=other in ours)
    return tuple(found)


def _add_alike(place: str, mark: Mark, other: Mark, log: SettingsLog, *, is_ours: bool) -> None:
    why = f"{other.label}は、評価の付いていないものに使います。" if is_ours else ""
    log.add(
        place,
        f"{other.label} と {mark.label} は、記号か言葉が同じで見分けがつきません。{why}",
        "symbol と word を、ほかと違うものにしてください。",
    )


def _mark(
    entry: object, place: str, key: str, levels: tuple[MarkLevel, ...], log: SettingsLog
) -> Mark | None:
    if not isinstance(entry, Mapping):
        log.add(place, "評価になっていません。", f"{_EXAMPLE} のように書いてください。")
        return None
    known = len(log.problems)
    log.refuse_unknown(place, entry, ("symbol", "word", "level"))
    log.require(place, entry, ("symbol",))
    symbol = text_of(entry["symbol"], f"{place}.symbol", log) if "symbol" in entry else ""
    word = text_of(entry.get("word", symbol or "―"), f"{place}.word", log)
    level = one_of(levels, entry.get("level", MarkLevel.ON_TRACK), f"{place}.level", log)
    if len(log.problems) > known:
        return None
    return Mark(key, symbol.strip(), word.strip(), MarkLevel(level))
