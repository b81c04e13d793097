"""What a workbook's number formats show: a percentage, a day, decimals, words around the digits.

Comes in: a format's number and code (ECMA-376 Part 1, 18.8.30 and 18.8.31), and the number
that a cell stores. Goes out: how that number is to be understood, as the person saw it who
typed it. Where a format shows something else than the number that is stored, and nobody
can tell which of the two was meant, it is unclear: the cell is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field, replace
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from operator import eq, ge, gt, le, lt, ne
from types import MappingProxyType

from kpireport.quickly import dataclass


class Shown(Enum):
    """What a format makes of the number that is stored."""

    NUMBER = auto()
    PERCENTAGE = auto()
    DAY = auto()
    MONTH = auto()
    TIME = auto()
    ELAPSED = auto()  # hours, minutes or seconds in all: days times ``per_day``
    SCALED = auto()  # in thousands or millions: shown and stored number differ
    UNCLEAR = auto()  # no digits, or words among them


@dataclass(frozen=True, slots=True)
class Section:
    """What one section of a format shows.

    Attributes:
        shown: what it makes of the number.
        decimals: digits after the point; ``None`` for all there are.
        prefix: the words before the digits, without a sign.
        suffix: the words after them.
        sign: what is written before the digits: 1 for ＋, −1 for −, ▲ or △, 0 for neither.
        per_day: for elapsed time, how many of its unit make a day.
        is_grouped: it shows thousands apart.
    """

    shown: Shown = Shown.NUMBER
    decimals: int | None = None
    prefix: str = ""
    suffix: str = ""
    sign: int = 0
    per_day: int = 1
    is_grouped: bool = False


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format: its sections, each with the numbers that it is for (18.8.31)."""

    code: str = ""
    sections: tuple[tuple[Callable[[Decimal], bool], Section], ...] = ()
    _has_negatives: bool = field(default=False)

    def of(self, value: Decimal) -> Section:
        """The section that shows ``value``; ``sign`` is the one that a person sees."""
        for place, (is_for, section) in enumerate(self.sections):
            if is_for(value):
                is_own = self._has_negatives and place == 1
                return section if is_own or value >= 0 else _with_minus(section)
        return Section() if value >= 0 else Section(sign=-1)


GENERAL = NumberFormat()

_ERA_DAY, _WESTERN_DAY, _MONTH = "ggge年m月d日", "yyyy年m月d日", "yyyy年m月"
# Formats that a workbook uses by number alone, those of Japanese Excel included.
# fmt: off
_BUILT_IN = MappingProxyType({
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "m/d/yy h:mm",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss", 27: _ERA_DAY, 28: _ERA_DAY, 29: _ERA_DAY, 30: "m/d/yy", 31: _WESTERN_DAY,
    32: "h時mm分", 33: "h時mm分ss秒", 34: _MONTH, 35: "m月d日", 36: _ERA_DAY,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 48: "0.0E+0",
    50: _ERA_DAY, 51: _ERA_DAY, 52: _MONTH, 53: "m月d日", 54: _ERA_DAY,
    55: _MONTH, 56: "m月d日", 57: _ERA_DAY, 58: _ERA_DAY,
})
# fmt: on

_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
_COMPARED = MappingProxyType({"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne})
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_PER_DAY = MappingProxyType({"h": 24, "m": 24 * 60, "s": 24 * 60 * 60})

# a literal, a space, a filler, a colour or a currency, digits, anything else
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<digits>[0#?](?:[0#?,.]*[0#?.])?|general|g/標準)(?P<scaled>,*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_FRACTION_OR_POWER = re.compile("(?<![gG])/|E[+-]", re.IGNORECASE)
_MINUS, _PLUS = frozenset("-−－‐▲△"), frozenset("+＋")
_YEN = frozenset("¥￥\\")


@cache
def number_format(id_: int, code: str | None) -> NumberFormat:
    """Understand a format by its number and, for those of the workbook's own, its code."""
    code = _BUILT_IN.get(id_) if code is None else code
    if code is None or code.lower() in {"general", "g/標準", "@", ""}:
        return GENERAL
    codes = _split(code)[:3]
    conditions = [_CONDITION.search(_unquoted(each)) for each in codes]
    by_sign = _tests_of_signs(len(codes))
    tests = [_test(each) for each in conditions] if any(conditions) else by_sign
    sections = tuple(zip(tests, map(_section, codes), strict=True))
    return NumberFormat(code, sections, not any(conditions) and len(codes) > 1)


def _split(code: str) -> list[str]:
    """The sections of a format: parted by ; outside of literals."""
    sections = [""]
    for piece in re.finditer(r'"[^"]*"|\\.|;|[^;"\\]+|["\\]', code):
        if piece[0] == ";":
            sections.append("")
        else:
            sections[-1] += piece[0]
    return sections


def _unquoted(section: str) -> str:
    return re.sub(r'"[^"]*"|\\.', "", section)


def _test(condition: re.Match[str] | None) -> Callable[[Decimal], bool]:
    if condition is None:
        return lambda _: True
    compare, bound = _COMPARED[condition[1]], Decimal(condition[2])
    return lambda value: bool(compare(value, bound))


def _tests_of_signs(sections: int) -> list[Callable[[Decimal], bool]]:
    """For positive numbers, negative ones, zero; a section that is not there is the first."""
    if sections == 1:
        return [lambda _: True]
    if sections == 2:
        return [lambda value: value >= 0, lambda value: value < 0]
    return [lambda value: value > 0, lambda value: value < 0, lambda _: True]


def _with_minus(section: Section) -> Section:
    """What a section shows of a negative number that it was not made for: − before it all."""
    if section.sign:
        return Section(Shown.UNCLEAR)
    return replace(section, sign=-1)


def _section(section: str) -> Section:
    tokens = list(_TOKEN.finditer(section))
    bare = "".join(each["digits"] or each["other"] or "" for each in tokens)
    if not any(each["digits"] for each in tokens):
        return _without_digits(section, bare, tokens)
    before, after, is_torn = _around_digits(tokens)
    if _FRACTION_OR_POWER.search(bare):
        return Section()
    if is_torn:
        return Section(Shown.UNCLEAR)
    sign, prefix = _signed(before)
    suffix = after.strip()
    if prefix in _YEN:
        prefix, suffix = "", suffix or "円"
    if prefix in {"(", "（"} and suffix.endswith((")", "）")) and not sign:
        sign, prefix, suffix = -1, "", suffix[:-1]
    decimals = _decimals(tokens)
    is_grouped = any("," in (each["digits"] or "") for each in tokens)
    if any(each["other"] in {"%", "％"} for each in tokens):
        rest = suffix.removeprefix("%").removeprefix("％").strip()
        return Section(Shown.PERCENTAGE, decimals, prefix, rest, sign, is_grouped=is_grouped)
    if any(each["scaled"] for each in tokens):
        return Section(Shown.SCALED)
    return Section(Shown.NUMBER, decimals, prefix, suffix, sign, is_grouped=is_grouped)


def _around_digits(tokens: list[re.Match[str]]) -> tuple[str, str, bool]:
    """The words before and after the digits, and whether there are some among them."""
    places = [place for place, each in enumerate(tokens) if each["digits"]]
    first, last = places[0], places[-1]
    between = "".join(map(_words, tokens[first + 1 : last]))
    before, after = ("".join(map(_words, part)) for part in (tokens[:first], tokens[last + 1 :]))
    return before, after, bool(between.strip(", "))


def _words(token: re.Match[str]) -> str:
    if token["digits"]:
        return ""
    return token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""


def _signed(before: str) -> tuple[int, str]:
    """The sign that the words before the digits end or begin with, and the rest of them."""
    words = before.strip()
    for place in (-1, 0):
        if words and words[place] in _MINUS | _PLUS:
            rest = words[:-1] if place else words[1:]
            return -1 if words[place] in _MINUS else 1, rest.strip()
    return 0, words


def _decimals(tokens: list[re.Match[str]]) -> int | None:
    digits = "".join(each["digits"] for each in tokens if each["digits"])
    if not re.search("[0#?]", digits):
        return None  # G/標準: all there are
    _, _, fraction = digits.partition(".")
    return sum(char in "0#?" for char in fraction)


def _without_digits(section: str, bare: str, tokens: list[re.Match[str]]) -> Section:
    """Days, times, elapsed time; anything else shows words alone, or nothing."""
    fields = {char for char in bare.lower() if char in "gyemdhs"}
    elapsed = _ELAPSED.search(_unquoted(section))
    if elapsed and not fields:
        return _elapsed(elapsed[1][0].lower(), tokens)
    if elapsed:
        return Section(Shown.TIME)
    if "d" in fields:
        return Section(Shown.DAY)
    if fields & {"h", "s"}:
        return Section(Shown.TIME)
    return Section(Shown.MONTH if fields else Shown.UNCLEAR)


def _elapsed(unit: str, tokens: list[re.Match[str]]) -> Section:
    at = next(place for place, each in enumerate(tokens) if _ELAPSED.fullmatch(each[0]))
    before = "".join(map(_words, tokens[:at]))
    after = "".join(map(_words, tokens[at + 1 :]))
    sign, prefix = _signed(before)
    return Section(Shown.ELAPSED, 0, prefix, after.strip(), sign, _PER_DAY[unit])
