"""Where a Japanese text may break into lines, and how well a reader would like each break.

Comes in: final text. Goes out: its breaks, each at a cost. What is allowed comes from ICU
(JIS X 4051, JLREQ: no 、。）」ー or small kana at a line's start, no （「 at its end, numbers
and Latin words unbroken); where phrases (文節) end comes from BudouX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise

import budoux
from icu4py.breakers import LineBreaker

INSIDE_A_PHRASE = 1.0  # the cost of a line that ends there

_AT_A_WORD = 0.5  # … between parts that ICU's dictionary tells apart
_AT_AN_AFFIX = 1.8  # … between 再 and 開発, 薬局 and 数: dearer than one line more
_INSIDE_A_WORD = 3.0  # … in 薬局, in katakana
_INSIDE_AN_ERA = 5.0  # … in 令和, between an era and its year
_INSIDE_A_DATE = 1.4  # … behind its year or its month
_INSIDE_BRACKETS = 1.4
_BEFORE_THE_NAMED = 0.8  # … between 計画１ and 「…」, what it labels

_STRICT = "ja@lb=strict"
_WORDS = "ja@lb=strict;lw=phrase"

_OPENING, _CLOSING = "（「『【〈《［｛(", "）」』】〉》］｝)"
_BLANKS = " \u3000"
_ENDING = f"、。，．：；！？{_BLANKS}"
_YEAR = re.compile(r"[\d元]{1,4}年")
_DATE = re.compile(r"(?:[明大昭平令][治正和成]|[MTSHR])?[\d元]+年(?:度|[\d]+月(?:[\d]+日)?)?")
_PREFIXES = frozenset("再各新全非未無副超多低高総諸約第毎年延おご")
_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]")
_LETTER = re.compile("[A-ZＡ-Ｚ]")
_SIGNS = "＋－−±"
_COUNTED = "か[所国月年村]|[カヶケヵ箇][所国月年村]"
_NAMED = (
    "ポイント|パーセント|(?:キロ|センチ|ミリ|平方|立方|平方キロ)?メートル|(?:キロ|ミリ)?グラム|"
    "(?:ミリ|キロ)?リットル|(?:キロ|メガ|ギガ)?ワット時?|(?:キロ)?カロリー|ヘクタール|デシベル"
)
_SCALES = "十百千万億兆"
_MONEY = f"[{_SCALES}]+[円人]"
_LATIN = "A-Za-zＡ-Ｚａ-ｚ㎡㎥"
_AFTER_NUMBER = (
    f"{_COUNTED}|{_NAMED}|アール|トン|ドル|世帯|人[日泊]|[年日週時分]間|年度|時間|"
    f"[人台本枚戸件回組冊]分(?![担野別類析割配])|"
    f"[{_LATIN}]+[²³2-3２３]?(?:/[{_LATIN}]+)?"
)
_PARTS = re.compile(  # 1億2,000万円: the number, and the unit behind it
    rf"(?P<number>\d+(?:[,，.．]\d+)*(?:[{_SCALES}]+\d+(?:[,，.．]\d+)*)*)"
    rf"(?P<unit> ?(?:[{_SCALES}]*(?:{_AFTER_NUMBER}|\w)?))"
    rf"|{_MONEY}|{_NAMED}"
    r"|(?<=[\u3400-\u9fff])[かカヶケヵ箇]所"  # 実施か所数
)
_KATAKANA = frozenset(map(chr, (*range(0x30A1, 0x30FB), 0x30FC)))


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: after ``end`` characters, at a ``cost``.

    One that ``tears`` is in a word, or parts it from its affix, or an era from its year.
    """

    end: int
    cost: float
    tears: bool = False


@lru_cache(maxsize=65536)
def find_breaks(text: str, *, weighed: bool = True) -> tuple[Break, ...]:
    """Return the breaks that ``text`` allows, its end included at no cost.

    Prose fills its lines whatever a break costs: without ``weighed`` all cost nothing.
    No break separates a number from the counter behind it (``16園``, ``６か所``), or parts
    a unit (``千円``, ``ポイント``); a bracket or a ※ may always begin a line.
    """
    allowed = {end for _, end in LineBreaker(text, _STRICT).segments()} | _bracket_starts(text)
    units = _inside_units(text)
    ends = [end for end in sorted(allowed) if end not in units and not _is_torn(text, end)]
    if not weighed:
        return tuple(Break(end, 0.0) for end in ends)
    words = [end for _, end in LineBreaker(text, _WORDS).segments()]
    words = sorted({*words, *(found.end() for found in _DATE.finditer(text))})
    phrases = set(accumulate(map(len, _parser().parse(text))))
    affixes = set(_affixes(text, words))
    dates = set(_inner_places(_DATE, text))
    depths = _bracket_depths(text)
    found = []
    for end in ends:
        if end in dates:
            inside = _INSIDE_A_DATE if text[end - 1] in "年月" else _INSIDE_AN_ERA
        elif end not in words:
            inside = _INSIDE_A_WORD  # phrases are guessed, and end in words now and then
        elif end in affixes:
            inside = _AT_AN_AFFIX
        else:
            inside = 0.0 if end in phrases else _AT_A_WORD
        cost = _cost(text, end, inside)
        brackets = _INSIDE_BRACKETS if depths[end - 1] and end < len(text) else 0.0
        found.append(Break(end, cost + brackets, tears=cost >= _AT_AN_AFFIX))
    return tuple(found)


def _affixes(text: str, words: Sequence[int]) -> Iterator[int]:
    """Yield the places behind a one-letter prefix (再開発) and before a suffix (薬局数)."""
    for start, end in pairwise((0, *words)):
        if len(text[start:end].rstrip(_CLOSING)) != 1:
            continue
        if text[start] in _PREFIXES:
            yield end
        elif start and _KANJI.match(text[start]) and _KANJI.match(text[start - 1]):
            yield start


def _inner_places(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    for found in pattern.finditer(text):
        yield from range(found.start() + 1, found.end())


def unit_starts(text: str) -> frozenset[int]:
    """Return where the units behind numbers begin: the best places where there is no other.

    >>> sorted(unit_starts("150,000千円"))
    [7]
    """
    found = (each.start("unit") for each in _PARTS.finditer(text) if each["number"])
    return frozenset(found)


def _inside_units(text: str) -> set[int]:
    """Return the places that would tear a number from its unit, or a unit in two."""
    return {at for each in _PARTS.finditer(text) for at in range(each.start() + 1, each.end())}


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def _bracket_starts(text: str) -> set[int]:
    return {
        at
        for at in range(1, len(text))
        if text[at] in _OPENING + "※" and text[at - 1] not in _OPENING
    }


def _is_torn(text: str, end: int) -> bool:
    """Tell whether a break at ``end`` tears a number or a sign from what belongs to it."""
    if end == len(text):
        return False
    before, after = text[end - 1], text[end]
    if before == " " and _is_lone_sign(text, end - 2):
        return True  # ◎ 達成, A 達成, ＜ 90％
    if before in _SIGNS and after.isdecimal():
        return True
    return before == "※" or after in "％%" or (before.isdecimal() and after.isalpha())


def _is_lone_sign(text: str, at: int) -> bool:
    """Tell whether a sign or a letter stands at ``at`` by itself, a mark or between values."""
    if at < 0 or text[at] in _BLANKS + "、。，．" + _CLOSING:
        return False
    if text[at].isalnum() and not _LETTER.match(text[at]):
        return False
    return at == 0 or text[at - 1] in _BLANKS + "、。" + _OPENING


def _bracket_depths(text: str) -> list[int]:
    """Return how many brackets are open behind each character."""
    depths, depth = [], 0
    for char in text:
        depth += (char in _OPENING) - (char in _CLOSING)
        depths.append(max(depth, 0))
    return depths


def _cost(text: str, end: int, inside: float) -> float:
    """Return a break's cost brackets aside, given how much it tears of a phrase."""
    if end == len(text):
        return 0.0
    before, after = text[end - 1], text[end]
    if before in _BLANKS and after in _OPENING:
        return _BEFORE_THE_NAMED
    if after in _OPENING and text[end + 2 : end + 3] in tuple(_CLOSING):
        return INSIDE_A_PHRASE  # 数値目標（Ⅳ）
    if after in _OPENING + "※" or before in _ENDING:
        return 0.0
    if before in _KATAKANA and after in _KATAKANA:
        return _INSIDE_A_WORD if inside else INSIDE_A_PHRASE / 2
    if (before.isalpha() and _YEAR.match(text, end)) or text.startswith("元年", end - 1):
        return _INSIDE_AN_ERA  # 平成30年, 令和元年
    return inside
