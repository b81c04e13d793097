"""Where a Japanese text may break into lines, and how well a reader would like each break.

Comes in: final text. Goes out: its breaks, each at a cost. What is allowed comes from ICU
(JIS X 4051, JLREQ: no 、。）」ー or small kana at a line's start, no （「 at its end, numbers
and Latin words unbroken); where phrases (文節) end comes from BudouX.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from itertools import accumulate, pairwise

import budoux
from icu4py.breakers import LineBreaker, WordBreaker

INSIDE_A_PHRASE = 1.0  # the cost of a line that ends there

_AT_A_WORD = 0.5  # … between parts that ICU's dictionary tells apart
_AT_AN_ENDING = 2.0  # … in kana that it tells apart: 子育てし and やすい
_AT_AN_AFFIX = 1.8  # … between 再 and 開発, 薬局 and 数: dearer than one line more
_AT_A_GUESS = 3.0  # … where BudouX sees the end of a phrase, and ICU a word
_AT_A_LOANWORD = 3.0  # … between タブレット and パソコン: dearer than one line more
_BEFORE_A_PARTICLE = 2.6  # … between 予防 and の, オンライン and による
_INSIDE_A_NAME = 11.0  # … between おおむね and 達成 behind their mark
INSIDE_A_WORD = 12.0  # … in 薬局, in パソコン
_INSIDE_A_WHOLE = 14.0  # … in 令和３年度末, in やや遅れ behind its mark
_INSIDE_A_DATE = 1.4  # … behind its year or its month
_INSIDE_BRACKETS = 1.4
_BEFORE_A_LABEL = 0.6  # … between 数値目標 and （Ⅳ）
_BEFORE_THE_NAMED = 0.6  # … between 計画１ and 「…」, what it labels

_STRICT = "ja@lb=strict"
_WORDS = "ja@lb=strict;lw=phrase"

_OPENING, _CLOSING = "（「『【〈《［｛〔(", "）」』】〉》］｝〕)"
_BLANKS = " \u3000"
_ENDING = f"、。，．：；！？{_BLANKS}"
_ERA = "明治|大正|昭和|平成|令和"
_DATE = re.compile(
    rf"(?P<year>(?P<era>{_ERA}|[MTSHR])?[\d元]+年(?:度末?)?)(?:[\d]+月(?:[\d]+日)?)?"
)
_PREFIXES = frozenset("再各新全非未無副超多低高総諸約第毎年延おご")
_SUFFIXES = frozenset(
    "者員師士児的性型化等数率量額費比度年月日時分期回件人名方別用向付内外前後上下中間"
    "先元毎課係部局室署所庁区市町村県都府国省園校館院店場会団体隊車社法制券証書物品線道路駅"
    "家親子病機器具案業産材源点面層帯図表項類系種症式論学込済"
)
_SURE = "にをと"  # where BudouX sees the end of a phrase behind them
_PARTICLES = frozenset("のをにはがでとへもや") | {"から", "まで", "より", "による", "により"}
_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]")
_KANA = re.compile("[ぁ-ん]")
_TWO_KANA = re.compile("[ぁ-ん]{2}")
_LETTER = re.compile("[A-ZＡ-Ｚ]")
_LONGEST_NAME = 8  # characters, of what a mark is called
_NAME = re.compile(rf"[ \u3000](?P<name>[^\W\d]{{2,{_LONGEST_NAME}}})(?!\w)")
_SIGNS = "＋－−±"
_MARKS = "◎○●△▲▽▼×✕✓―"
_UP_TO = "～〜"
_COUNTED = "か[所国月年村]|[カヶケヵ箇][所国月年村]"
_NAMED = (
    "ポイント|パーセント|(?:キロ|センチ|ミリ|平方|立方|平方キロ)?メートル|(?:キロ|ミリ)?グラム|"
    "(?:ミリ|キロ)?リットル|(?:キロ|メガ|ギガ)?ワット時?|(?:キロ)?カロリー|ヘクタール|デシベル"
)
_SCALES = "十百千万億兆"
_MONEY = f"[{_SCALES}]+[円人]"
_LATIN = "A-Za-zＡ-Ｚａ-ｚ㎡㎥"
_AFTER_NUMBER = (
    f"{_COUNTED}|{_NAMED}|アール|トン|ドル|世帯|歳[代児]|事業所|施設|団体|地区|路線|指標|人[日泊]|[年日週時分]間|年度|時間|"
    f"[人台本枚戸件回組冊]分(?![担野別類析割配])|"
    f"[{_LATIN}]+[²³2-3２３]?(?:/[{_LATIN}]+)?"
)
_PARTS = re.compile(  # 1億2,000万円: the number, and the unit behind it
    rf"(?P<number>\d+(?:[,，.．]\d+)*(?:[{_SCALES}]+\d+(?:[,，.．]\d+)*)*)"
    rf"(?P<unit> ?(?:[{_SCALES}]*(?:{_AFTER_NUMBER}|\w)?))"
    rf"|{_MONEY}|{_NAMED}"
    r"|(?<=[\u3400-\u9fff])[かカヶケヵ箇]所"  # 実施か所数
    r"|(?<![\u3400-\u9fff])[小中高][1-6１-６](?!\d)"  # 中３
)
_LOANWORDS = re.compile("[ァ-ヺー]{2,}")


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: after ``end`` characters, at a ``cost``.

    One that ``tears`` is in a word, or parts it from its affix, or an era from its year.
    """

    end: int
    cost: float
    tears: bool = False


class Breaking(Enum):
    """How the lines of a text are chosen."""

    FILLED = auto()
    """Prose: each line is as full as can be."""
    RAGGED = auto()
    """Prose that is not justified: as filled, but no last line is the mere end of a phrase."""
    BALANCED = auto()
    """Between phrases."""
    NARROW = auto()
    """Between phrases, or the words of a compound in katakana that is wider than the column."""


@lru_cache(maxsize=65536)
def find_breaks(text: str, breaking: Breaking) -> tuple[Break, ...]:
    """Return the breaks that ``text`` allows, its end included at no cost.

    Prose fills its lines whatever a break costs: there all cost nothing.
    No break separates a number from the counter behind it (``16園``, ``６か所``), or parts
    a unit (``千円``, ``ポイント``); a bracket or a ※ may always begin a line.
    """
    allowed = {end for _, end in LineBreaker(text, _STRICT).segments()} | _bracket_starts(text)
    units = _inside_units(text)
    wholes = set(_inside_wholes(text))
    ends = [end for end in sorted(allowed) if end not in units and not _is_torn(text, end)]
    if breaking is Breaking.FILLED or len(ends) == 1:
        return tuple(Break(end, 0.0) for end in ends if end not in wholes)
    dates = [found.span() for found in _DATE.finditer(text)]
    inside_dates = {at for start, end in dates for at in range(start + 1, end)}
    segments = {each for _, each in LineBreaker(text, _WORDS).segments()}
    words = sorted(segments.union(end for _, end in dates))
    phrases = set(accumulate(map(len, _parser().parse(text))))
    joined = set(_joined_words(text, words, phrases))
    affixes = set(_affixes(text, words, joined))
    loanwords = _loanword_ends(text, whole=breaking is Breaking.BALANCED)
    particles = _particle_starts(text)
    depths = _bracket_depths(text)
    at_words = frozenset(words)
    found = []
    for end in ends:
        if end in wholes:
            is_between = end in at_words and end not in affixes | joined
            inside = _INSIDE_A_NAME if is_between else _INSIDE_A_WHOLE
        elif end in inside_dates:
            inside = _INSIDE_A_DATE
        elif end in loanwords and end not in at_words:
            is_between = bool(_LOANWORDS.match(text, end))
            inside = _AT_A_LOANWORD if is_between else _BEFORE_A_PARTICLE
        elif end in particles and end not in at_words and end not in phrases:
            inside = _BEFORE_A_PARTICLE
        elif end not in at_words or end in joined:
            # phrases are guessed, and end in words now and then
            sure = _BEFORE_A_PARTICLE if text[end - 1] in _SURE else _AT_A_GUESS
            inside = sure if end in phrases else INSIDE_A_WORD
        elif end in affixes:
            inside = _AT_AN_AFFIX
        elif end in phrases:
            inside = 0.0
        else:
            inside = _AT_AN_ENDING if _TWO_KANA.match(text, end - 1) else _AT_A_WORD
        cost = _cost(text, end, inside)
        brackets = _INSIDE_BRACKETS if depths[end - 1] and end < len(text) else 0.0
        tears = cost >= _AT_AN_AFFIX and end not in loanwords
        found.append(Break(end, cost + brackets, tears))
    return tuple(found)


def _inside_wholes(text: str) -> Iterator[int]:
    """Yield the places in what is read as one: an era with its year, a mark's name.

    >>> text = "△ やや遅れ（令和３年度末）"
    >>> sorted(_inside_wholes(text))
    [3, 4, 5, 8, 9, 10, 11, 12]
    """
    for found in _DATE.finditer(text):
        yield from range(found.start() + 1, found.end("year"))
    for found in _NAME.finditer(text):
        if _is_lone_sign(text, found.start() - 1):
            yield from range(found.start("name") + 1, found.end("name"))


def _loanword_ends(text: str, *, whole: bool = False) -> set[int]:
    """Return where the words end that a run of katakana is made of, or the ``whole`` of it.

    >>> sorted(_loanword_ends("タブレットパソコンの配備"))
    [5, 9]
    """
    if whole:
        return {run.end() for run in _LOANWORDS.finditer(text)}
    ends: set[int] = set()
    for run in _LOANWORDS.finditer(text):
        last = run.start()
        for _, end in WordBreaker(run[0], "ja").segments():
            at = run.start() + end
            if at - last > 1 and run.end() - at != 1:  # コ is no word
                ends.add(at)
                last = at
    return ends


def _particle_starts(text: str) -> set[int]:
    """Return where particles begin; those behind kana end what is one word with it (まち|だと)."""
    starts: set[int] = set()
    is_free = True
    for start, end in pairwise((0, *(end for _, end in WordBreaker(text, "ja").segments()))):
        is_particle = text[start:end] in _PARTICLES
        if is_particle and (is_free or text[start] in "のをはが"):
            starts.add(start)
        is_free = is_particle or not _KANA.match(text, end - 1)
    return starts


def _joined_words(text: str, words: Sequence[int], phrases: Collection[int]) -> Iterator[int]:
    """Yield the places behind a letter that begins a word ICU does not know (協働, 安心)."""
    last = -1
    for start, end in pairwise((0, *words)):
        begin = end - len(text[start:end].lstrip(_OPENING))
        is_one = end - begin == 1 and start != last and end < len(text) and end not in phrases
        if not is_one or not all(map(_KANJI.match, text[begin : end + 1])):
            continue
        if text[begin] not in _SUFFIXES and text[begin] not in _PREFIXES:
            yield end
            last = end


def _affixes(text: str, words: Sequence[int], joined: Collection[int]) -> Iterator[int]:
    """Yield the places behind a one-letter prefix (再開発) and before a suffix (薬局数)."""
    for start, end in pairwise((0, *words)):
        if len(text[start:end].rstrip(_CLOSING)) != 1:
            continue
        if text[start] in _PREFIXES:
            yield end
        elif end in joined:
            continue  # 協 begins 協働
        elif start and _KANJI.match(text[start]) and _KANJI.match(text[start - 1]):
            yield start


def places_of_need(text: str) -> frozenset[int]:
    """Return the best places where there is no other: before a unit, behind an era.

    >>> sorted(places_of_need("150,000千円、令和３年度末"))
    [7, 12]
    """
    eras = {found.end("era") for found in _DATE.finditer(text) if found["era"]}
    units = (each.start("unit") for each in _PARTS.finditer(text) if each["number"])
    return frozenset(eras.union(each for each in units if text[each : each + 1] != "年"))


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
    if before in _MARKS and after in _MARKS:
        return True  # △△○, of several years
    if before in _SIGNS and after.isdecimal():
        return True
    if (before in _UP_TO and after.isdecimal()) or (after in _UP_TO and before.isdecimal()):
        return True  # 20～60歳代
    return before == "※" or after in "％%" or (before.isdecimal() and after.isalpha())


def _is_lone_sign(text: str, at: int) -> bool:
    """Tell whether a sign or a letter stands at ``at`` by itself, a mark or between values."""
    if at < 0 or text[at] in _BLANKS + "、。，．" + _CLOSING:
        return False
    if text[at] == "→" or (text[at].isalnum() and not _LETTER.match(text[at])):
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
    if text[end - 2 : end] == "→ ":
        return INSIDE_A_PHRASE
    if before in _BLANKS and after in _OPENING:
        return _BEFORE_THE_NAMED
    if after in _OPENING and text[end + 2 : end + 3] in tuple(_CLOSING):
        return _BEFORE_A_LABEL
    if after in _OPENING + "※" or before in _ENDING:
        return 0.0
    return inside
