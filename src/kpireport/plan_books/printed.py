"""Numbers of printed values that no rule reads for certain: what they might be.

Comes in: the text of a value. Goes out: whether it has a number at all, those that it may
mean, for a person to choose from, and the time that it begins with. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kpireport.domain.numerals import fold_width
from kpireport.domain.units import UNITS, canonical_unit
from kpireport.domain.values import Value, parse_in_unit
from kpireport.domain.years import FiscalYear, parse_period, parse_year_like

_MOST_CANDIDATES = 4
_YEAR = (
    r"(?:明治|大正|昭和|平成|令和|[MTSHR])\s*(?:元|[0-9]{1,2})(?![0-9.])|(?:19|20)[0-9]{2}(?=年)"
)
_TIME = re.compile(
    rf"(?:{_YEAR})年?(?:度末?)?(?:[0-9]{{1,2}}月(?:末|[0-9]{{1,2}}日)?)?(?:現在|時点)?"
)
YEARS_IN_TEXTS = re.compile(_TIME.pattern.replace("(?=年)", ""))
"""Years with their months and days, wherever they stand; read one by one."""
_TIME_FIRST = re.compile(
    rf"\s*\(?(?P<time>{_TIME.pattern})\)?(?:(?<=[度末在点)])|\s*:|\s)\s*"
    r"(?P<rest>[^0-9\s]{0,3}[0-9].*)",
    re.DOTALL,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)|※.*")
_BESIDE = re.compile(r"\(([^()]+)\)")
_NUMBER = r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_PART = re.compile(
    r"(?P<label>[^0-9\s/、,。・:;~〜\-()+]{0,12})[\s:]*"
    rf"(?P<number>{_NUMBER})\s*(?P<unit>[^0-9\s/、,。~〜\-:()+]{{0,8}}?)"
    r"(?=以上|以下|以内|未満|を?超|を?上回|を?下回|程度|[からよりまでとにへ]|増|減|中|$|[0-9\s/、,。・~〜\-()])"
)
_NOT_COUNTED = re.compile(
    r"[0-9]+\s*[:/]\s*[0-9]+|[0-9]+分の[0-9]+|[0-9]+\S{1,3}に[0-9]+"
)  # ratios, fractions, hours
_CLOCK = re.compile(r"(?P<most>[0-9]+)(?P<unit>時間|分)(?P<rest>[0-9]{1,2})(?P<below>分|秒)")
_KANJI_NUMBER = re.compile(
    rf"約?[〇一二三四五六七八九十百千]+(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"
    r"(?:以上|以下|以内|程度)?|(?:過?半数|半減|倍増)(?:以上|以下)?"
)
_JOINING = ("中", "から", "より", "と", "に", "又は", "または", "及び", "および")
_ABOUT = ("約", "およそ", "おおむね", "概ね")


def read_printed(text: str, unit: str, units: Iterable[str]) -> Value:
    """Read a value, the time that it begins with too (令和５年度 45.2％, R5：100人)."""
    units = tuple(units)
    value = parse_in_unit(text, unit, units=units)
    first = _TIME_FIRST.fullmatch(fold_width(text))
    if value.quantities or first is None:
        return value
    try:
        period = parse_period(first["time"])
    except ValueError:
        period = None
    inner = parse_in_unit(first["rest"], unit, units=units)
    if not inner.quantities or inner.period not in (None, period):
        return value
    return replace(inner, text=text, period=period)


def time_before(text: str) -> str:
    """The time that a text begins with before its number, as it is written; empty for none."""
    first = _TIME_FIRST.fullmatch(fold_width(text))
    return text.strip(" 　（(")[: len(first["time"])] if first else ""


def year_beside(text: str) -> tuple[str, int | None]:
    """A year beside a value that may be a fiscal or another one (R5), and its number."""
    plain = fold_width(text)
    words = [match[1].strip() for match in _BESIDE.finditer(plain)]
    if first := _TIME_FIRST.fullmatch(plain):
        words.append(first["time"])
    for each in words:
        try:
            return each, parse_year_like(each, FiscalYear(1).of_calendar).year
        except ValueError:
            continue
    return "", None


def without_times(text: str) -> str:
    """The text in half width, without years and what stands in brackets or behind ※."""
    return _TIME.sub(" ", _IN_BRACKETS.sub(" ", fold_width(text)))


def has_number(text: str) -> bool:
    """Whether a number stands in a text that is no year: in digits, or all of it in words."""
    plain = without_times(text)
    return bool(re.search(r"[0-9]", plain) or _KANJI_NUMBER.fullmatch(plain.strip()))


def candidates(text: str) -> tuple[str, ...]:
    """The numbers that a text may mean, as the workbook writes quantities; none for ratios.

    >>> candidates("男性 40.1%／女性 38.2%")
    ('男性：40.1％／女性：38.2％', '女性：38.2％／男性：40.1％')
    >>> candidates("20～30件"), candidates("8分30秒"), candidates("1：2")
    (('20件', '30件'), ('8.5分', '510秒'), ())
    """
    plain = _TIME.sub(" ", re.sub("※.*", "", fold_width(text))).strip()
    plain = re.sub("(?<=[0-9])-(?=[0-9])", "~", plain)
    plain = re.sub(rf"[¥￥]\s*({_NUMBER})", r"\1円", plain)
    if clock := _CLOCK.fullmatch(plain):
        return _of_clock(clock)
    if _NOT_COUNTED.search(plain):
        return ()
    parts = [_part(match) for match in _PART.finditer(plain)]
    last_unit = next((unit for _, _, unit in reversed(parts) if unit), "")
    parts = [(label, number, unit or last_unit) for label, number, unit in parts]
    labels = [label for label, _, _ in parts]
    if len(parts) > 1 and len(set(labels)) == len(parts) and all(labels[1:]):
        told = [
            f"{label}：{number}{unit}" if label else f"{number}{unit}"
            for label, number, unit in parts
        ]
        joined = ["／".join(told)]
        if labels[0]:
            joined.append("／".join((*told[1:], told[0])))
        return tuple(joined)
    singles = dict.fromkeys(f"{number}{unit}" for _, number, unit in parts)
    return tuple(singles)[:_MOST_CANDIDATES]


def _part(match: re.Match[str]) -> tuple[str, str, str]:
    label = match["label"]
    about = next((each for each in _ABOUT if label.endswith(each)), "")
    label = label.removesuffix(about)
    label = "" if label in _JOINING else label
    return label, f"{'約' if about else ''}{match['number']}", canonical_unit(match["unit"])


def _of_clock(clock: re.Match[str]) -> tuple[str, ...]:
    most, rest = int(clock["most"]), int(clock["rest"])
    smaller = f"{most * 60 + rest:,}{clock['below']}"
    whole = Decimal(most * 60 + rest) / 60
    is_exact = whole == round(whole, 2)
    return (f"{round(whole, 2).normalize():f}{clock['unit']}", smaller) if is_exact else (smaller,)
