"""Bands from a report's settings: ``bands = [{ from = 80, mark = "A" }, …]`` of a measured rate.

Comes in: the settings' table and the marks. Goes out: the bands from the best down, or what
is wrong with them: gaps, overlaps, what is out of order, each with its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from kpireport.evaluation.bands import CHANGES_OF, Band, Measured, ladder_of
from kpireport.evaluation.schemes import Mark, MarkLevel, Rung
from kpireport.evaluation.setting_values import (
    SettingsLog,
    enum_of,
    list_of,
    number_of,
    shown,
    table_of,
)
from kpireport.quickly import dataclass

BANDS, OF, UNIT = "bands", "of", "unit"
BAND_KEYS = (OF, BANDS, UNIT)

_LOWER, _UPPER = ("from", "above"), ("below", "to")
_MOST = 1000
_UNITS = ("percent", "points")


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a band; ``is_in`` where the number itself belongs to it."""

    number: Fraction
    is_in: bool


@dataclass(frozen=True, slots=True)
class _Written:
    place: str
    mark: str
    lower: _End | None
    upper: _End | None


def measured_of(settings: Mapping[str, object], log: SettingsLog) -> Measured:
    """What the bands are of, noted where nothing can be."""
    if OF not in settings:
        words = "、".join(Measured)
        log.add(
            BANDS, f"何の率の帯かを示す {OF} がありません。", f"{OF} を書いてください：{words}。"
        )
    return enum_of(Measured, settings.get(OF, Measured.TARGET), OF, log)


def refuse_without_bands(settings: Mapping[str, object], log: SettingsLog) -> None:
    """Note the keys that say nothing without bands."""
    for key in (OF, UNIT):
        if key in settings:
            log.add(
                key, f"{BANDS} がないので、使われません。", f"{BANDS} を書くか、消してください。"
            )


def band_ladder(
    settings: Mapping[str, object], measured: Measured, marks: Sequence[Mark], log: SettingsLog
) -> tuple[Rung, ...]:
    """The ladder of the bands."""
    in_points = _in_points(settings, measured, log)
    faults = len(log.problems)
    entries = enumerate(list_of(settings[BANDS], BANDS, log))
    is_rate = measured not in CHANGES_OF
    written = [
        _band(entry, f"{BANDS}[{index}]", marks, log, is_rate=is_rate) for index, entry in entries
    ]
    if len(log.problems) == faults:
        _check_ends(written, log)
    unjudged = [mark.key for mark in marks if mark.level is MarkLevel.NOT_APPLICABLE][-1]
    bands = [
        Band(each.mark, each.lower.number, is_strict=not each.lower.is_in)
        if each.lower
        else Band(each.mark)
        for each in written
    ]
    return ladder_of(measured, bands, unjudged, in_points=in_points)


def find_key(written: object, marks: Sequence[Mark]) -> str:
    """The key of the mark that a person names by it or by the symbol; empty for none."""
    keys = [mark.key for mark in marks]
    if isinstance(written, str) and written not in keys:
        return next((mark.key for mark in marks if mark.symbol == written), "")
    return written if isinstance(written, str) else ""


def mark_of(
    table: Mapping[str, object], place: str, marks: Sequence[Mark], log: SettingsLog
) -> str:
    """The key of the mark that a step names; the first stands in."""
    log.require(place, table, ("mark",))
    written = table.get("mark", marks[0].key)
    found = find_key(written, marks)
    if not found:
        log.add(
            f"{place}.mark",
            f"{shown(written)}は選べません。",
            f"次のどれかを書いてください：{'、'.join(mark.key for mark in marks)}。",
        )
    return found or marks[0].key


def _in_points(settings: Mapping[str, object], measured: Measured, log: SettingsLog) -> bool:
    unit = settings.get(UNIT, _UNITS[0])
    if unit not in _UNITS:
        listed = "、".join(_UNITS)
        log.add(UNIT, f"{shown(unit)}は選べません。", f"次のどれかを書いてください：{listed}。")
    elif unit == _UNITS[1] and measured not in CHANGES_OF:
        log.add(
            UNIT,
            f"{OF} が {measured} の帯は、率（％）の帯です。",
            f"{UNIT} を消すか、{OF} を {'、'.join(sorted(CHANGES_OF))} のどれかにしてください。",
        )
    return unit == _UNITS[1]


def _band(
    entry: object, place: str, marks: Sequence[Mark], log: SettingsLog, *, is_rate: bool
) -> _Written:
    table = table_of(entry, place, log)
    log.refuse_unknown(place, table, (*_LOWER, *_UPPER, "mark"))
    mark = mark_of(table, place, marks, log)
    lower = _end(table, place, _LOWER, log, is_rate=is_rate)
    return _Written(place, mark, lower, _end(table, place, _UPPER, log, is_rate=is_rate))


def _end(
    table: Mapping[str, object],
    place: str,
    keys: tuple[str, str],
    log: SettingsLog,
    *,
    is_rate: bool,
) -> _End | None:
    """One end of a band: of ``keys``, the one of which the number depends on the side."""
    given = [key for key in keys if key in table]
    if len(given) > 1:
        log.add(
            place,
            f"{given[0]} と {given[1]} の両方があります。",
            "どちらか一方だけを書いてください（from は以上、above は超える、below は未満、"
            "to は以下）。",
        )
    if not given:
        return None
    key = given[0]
    number = _number(table[key], f"{place}.{key}", log, is_rate=is_rate)
    return _End(number / 100, is_in=key in ("from", "to"))


def _number(value: object, place: str, log: SettingsLog, *, is_rate: bool) -> Fraction:
    number = number_of(value, -_MOST, _MOST)
    if number is not None and not (is_rate and 0 < abs(number) < 1):
        return number
    log.add(
        place,
        f"{shown(value)}は境目（％）として使えません。",
        f"-{_MOST} から {_MOST} までの数を、60％なら 60 と書いてください。",
    )
    return Fraction(0)


def _check_ends(bands: Sequence[_Written], log: SettingsLog) -> None:
    """Note gaps and overlaps between bands, and bands that are out of order."""
    if not bands:
        log.add(BANDS, "帯がありません。", f"{BANDS} に、よいものから並べてください。")
        return
    first, last = bands[0], bands[-1]
    if first.upper:
        _add_gap(first.place, f"{_shown(first.upper)}より上", log)
    if last.lower:
        _add_gap(last.place, f"{_shown(last.lower)}より下", log)
    for above, below in pairwise(bands):
        _check_pair(above, below, log)


def _check_pair(above: _Written, below: _Written, log: SettingsLog) -> None:
    start, end = above.lower, below.upper
    if start is None:
        log.add(
            below.place,
            f"上の帯（{above.place}）に下の端がないので、決して届きません。",
            f"{above.place} に from か above を書いてください。帯は、よいものから並べます。",
        )
        return
    if below.lower and (below.lower.number, below.lower.is_in) >= (start.number, False):
        is_same = below.lower.number == start.number
        if not (is_same and below.lower.is_in and not start.is_in):
            log.add(
                below.place,
                f"上の帯（{above.place}）の{_shown(start)}より下から始まっていません。",
                "帯を、よいものから（数の大きいものから）並べてください。",
            )
            return
    if end is None or (end.number == start.number and end.is_in != start.is_in):
        return
    is_gap = end.number < start.number or (end.number == start.number and not end.is_in)
    if is_gap:
        _add_gap(below.place, _reach(end, start), log)
    else:
        log.add(
            below.place,
            f"上の帯（{above.place}）と、{_reach(start, end)}が重なっています。",
            "上の端（below、to）を消すか、上の帯の下の端に合わせてください。",
        )


def _add_gap(place: str, where: str, log: SettingsLog) -> None:
    log.add(
        place,
        f"{where}が、どの帯にも入りません。",
        "いちばん上の帯は上の端を、いちばん下の帯は下の端を書かず、間の帯は端を合わせてください。",
    )


def _reach(start: _End, end: _End) -> str:
    if start.number == end.number:
        return f"ちょうど{_shown(start)}のところ"
    return f"{_shown(start)}から{_shown(end)}まで"


def _shown(end: _End) -> str:
    number = end.number * 100
    return f"{float(number):g}％"
