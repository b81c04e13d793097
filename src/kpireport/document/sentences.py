"""Single sentences of what departments wrote, and whether one of them is a reason.

Comes in: their texts. Goes out: sentences, clauses, how well each says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum

from kpireport.document.pieces import pieces_of

_SENTENCE = re.compile(r"[^。\n]+。?")
_CLAUSE = re.compile(r"[^、，。]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")

_CAUSE = re.compile(
    # what joins a cause to its effect; ための tells a purpose, 国から a direction
    r"により|によって|ため(?!の)|に伴|を受けて|余儀な|(?:こと|[るいたき]|減少|増加|不足)から"
    r"|によるもの|影響|要因|原因|理由|背景"
)
_HINDRANCE = re.compile(
    # what is wanting
    r"不足|足り[なまず]|が(?:な[いくか]|ありません|いない|いません)|少な[いくか]"
    # what is hard
    r"|困難|難し|難航|苦労|苦慮|高騰|課題|妨げ|支障"
    # what takes or loses time
    r"|時間[をが](?:要|か)|年を要|遅れ|遅延|滞|延期|延び|延長|先送|中断|中止|休止|見合わせ|見送|控え|制限"
)
_DENIED = re.compile(r"[はも](?:特に)?(?:ありません|な(?:い|く|かった)|見られ|生じていません|解消)")
_RESULT = re.compile(
    # how far one got, against what was to be: that is in the table already
    r"(?:目標|現状値|基準値|前年度?|計画値).*(?:届|達|上回|下回|及[ばび]|差|満た|水準|同)"
    r"|届[かきい]|達し|至[っらり]|とどま|横ばい"
)
_DECLINE = re.compile(r"減[りっ少]|下が[りっ]|低下|下回")
_UNDONE = re.compile(r"ません|ない|なかった|.{2}ず$|残って")
_CONCEDES = re.compile(r"(?:です|ます|した|いる|ある)が$")
_TOPIC = re.compile(r"[はも]$")
_COUNTS = re.compile(r"除く|除いた|含む|含めた|割合|計上")
_ADDS = re.compile(r"(?:また(?=、)|一方で?|なお|さらに|加えて|しかし|そのほか|その他|このほか)、?")
_BULLETS = "・○●◎■◆-－ 　"
_REFERS = re.compile(r"(?:このため|そのため|これにより|これに伴い|この結果|その結果)")
_OWN_TOPIC = re.compile(r"([^、。]*?(?:(?<![でにとら])は|(?<=[一-鿿ァ-ヶー])も))")
_SAYS_WHY = re.compile(r"要因|原因|理由|背景|これ|その")


class Grounds(IntEnum):
    """How well a sentence says why something is behind."""

    NONE = 0
    WEAK = 1
    """It says what is not done, or what came before the result."""
    STRONG = 2
    """It names a cause or a hindrance."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    return (found[0].strip() for found in _SENTENCE.finditer(text))


def clauses(sentence: str) -> tuple[str, ...]:
    """Return what stands between the commas of a sentence."""
    return tuple(found[0].strip() for found in _CLAUSE.finditer(sentence))


def grounds_in(sentence: str, printed: Iterable[str] = ()) -> Grounds:
    """Return how well a sentence says why something is behind.

    A word that joins a cause to its effect, or names a hindrance, says it; a hindrance in a
    clause that compares with the target does not (``目標の達成が課題です``), nor one that is
    denied. Else a sentence is a weak reason by what stands in it before the result, or by
    what it says is not done. What is printed beside it is no reason.

    Args:
        sentence: the sentence.
        printed: what is printed beside it, the actual and the target: a clause that has their
            numbers, or half of their words, tells the result.
    """
    parts = [each for each in clauses(sentence) if not _DENIED.search(each)]
    for part in parts:
        if _CAUSE.search(part) or (_HINDRANCE.search(part) and not _RESULT.search(part)):
            return Grounds.STRONG
    shown = tuple(printed)
    results = [_tells_result(each, shown) for each in parts]
    new = [
        not (is_result or _TOPIC.search(part) or _CONCEDES.search(part))
        for part, is_result in zip(parts, results, strict=True)
    ]
    if any(each and _UNDONE.search(part) for part, each in zip(parts, new, strict=True)):
        return Grounds.WEAK
    ends_badly = bool(parts) and (results[-1] or bool(_DECLINE.search(parts[-1])))
    return Grounds.WEAK if ends_badly and any(new[:-1]) else Grounds.NONE


def says_what_counts(sentence: str) -> bool:
    """Return whether a sentence explains how a figure is counted: ``…を除く。``."""
    return bool(_COUNTS.search(sentence))


def goes_on(sentence: str) -> bool:
    """Return whether a sentence may speak of what the one before it does.

    ``また`` turns to something else, and so does a topic of its own (``避難所は``, ``人材も``),
    unless that is the reason itself (``要因は``).
    """
    if _ADDS.match(sentence):
        return False
    topic = own_topic(sentence)
    return not topic or bool(_SAYS_WHY.search(topic))


def without_link(sentence: str) -> str:
    """Return a sentence without its bullet, and what ties it to another one: ``また、``."""
    start = sentence.lstrip(_BULLETS)
    found = _ADDS.match(start)
    return start[found.end() :] if found else start


def refers_back(sentence: str) -> bool:
    """Return whether the reason of what a sentence tells stands before it: ``そのため、``."""
    return bool(_REFERS.match(sentence))


def own_topic(sentence: str) -> str:
    """Return the topic that a sentence begins with, empty where it has none: ``避難所は``."""
    found = _OWN_TOPIC.match(sentence)
    return found[1] if found else ""


def _tells_result(clause: str, printed: Iterable[str]) -> bool:
    if _RESULT.search(clause):
        return True
    numbers = _numbers(clause)
    return any(numbers & _numbers(each) or _has_half(clause, each) for each in printed)


def _has_half(clause: str, printed: str) -> bool:
    """Return whether half of what is printed is half of what a clause says."""
    said = sum(len(each) for each in pieces_of(printed, clause))
    return 0 < max(_letters(printed), _letters(clause)) <= 2 * said


def _letters(text: str) -> int:
    return sum(each.isalpha() for each in text)


def _numbers(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    return set(_NUMBER.findall(plain))
