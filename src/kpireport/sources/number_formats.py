"""What a workbook's number formats show: a percentage, a day, decimals, a unit.

Comes in: a format's number and code (ECMA-376 Part 1, 18.8.30 and 18.8.31). Goes out:
how a stored number is to be understood, as the person saw it who typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache


class Shown(Enum):
    """What a format makes of the number that is stored."""

    NUMBER = auto()
    PERCENTAGE = auto()
    DAY = auto()
    MONTH = auto()
    TIME = auto()
    SCALED = auto()  # in thousands or millions: shown and stored number differ


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format; ``decimals`` is ``None`` where all digits are shown."""

    shown: Shown = Shown.NUMBER
    decimals: int | None = None
    suffix: str = ""


GENERAL = NumberFormat()

_ERA_DAY, _WESTERN_DAY, _MONTH = "ggge年m月d日", "yyyy年m月d日", "yyyy年m月"
# Formats that a workbook uses by number alone, those of Japanese Excel included.
# fmt: off
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "m/d/yy h:mm",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "h:mm", 47: "mm:ss",
    27: _ERA_DAY, 28: _ERA_DAY, 29: _ERA_DAY, 30: "m/d/yy", 31: _WESTERN_DAY,
    32: "h時mm分", 33: "h時mm分ss秒", 34: _MONTH, 35: "m月d日", 36: _ERA_DAY,
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 48: "0.0E+0",
    50: _ERA_DAY, 51: _ERA_DAY, 52: _MONTH, 53: "m月d日", 54: _ERA_DAY,
    55: _MONTH, 56: "m月d日", 57: _ERA_DAY, 58: _ERA_DAY,
}
# fmt: on

_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_SPACING = re.compile(r"_.|\*.|\[[^\]]*\]")
_DIGIT_PLACES = re.compile(r"[0#?][0#?,.]*")


@cache
def number_format(id_: int, code: str | None) -> NumberFormat:
    """Understand a format by its number and, for those of the workbook's own, its code."""
    code = _BUILT_IN.get(id_) if code is None else code
    if code is None or code.lower() in {"general", "g/標準", "@", ""}:
        return GENERAL
    section = _first_section(code)
    bare = _SPACING.sub("", _LITERAL.sub("", section))
    if "general" in bare.lower() or "g/標準" in bare.lower():
        return NumberFormat(suffix=_suffix(section))
    if "%" in bare:
        return NumberFormat(Shown.PERCENTAGE, _decimals(bare))
    if shown := _time_shown(bare):
        return NumberFormat(shown)
    if re.search(r"[0#?],+(?![0#?,])", bare):
        return NumberFormat(Shown.SCALED)
    if "/" in bare or re.search(r"E[+-]", bare, re.IGNORECASE):
        return GENERAL
    return NumberFormat(Shown.NUMBER, _decimals(bare), _suffix(section))


def _first_section(code: str) -> str:
    """The section for positive numbers: up to the first ; outside a literal."""
    match = re.match(r'(?:"[^"]*"|\\.|[^;])*', code)
    return match[0] if match else code


def _time_shown(bare: str) -> Shown | None:
    if _DIGIT_PLACES.search(bare):
        return None
    fields = {char for char in bare.lower() if char in "gyemdhs"}
    if "d" in fields:
        return Shown.DAY
    if fields & {"h", "s"}:
        return Shown.TIME
    return Shown.MONTH if fields else None


def _decimals(bare: str) -> int:
    places = _DIGIT_PLACES.search(bare)
    _, _, fraction = (places[0] if places else "").partition(".")
    return sum(char in "0#?" for char in fraction)


def _suffix(section: str) -> str:
    """The words after the number: ``校`` of ``0"校"``, of ``#,##0校`` and of ``G/標準"校"``."""
    plain = _LITERAL.sub(lambda match: match[1] or match[2] or "", section)
    plain = re.sub(r"general|g/標準", "0", plain, flags=re.IGNORECASE)
    end = max((match.end() for match in _DIGIT_PLACES.finditer(plain)), default=0)
    return _SPACING.sub("", plain[end:]).strip() if end else ""
