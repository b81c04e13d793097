"""Headings of a plan as levels: a label, a title, how far out it stands.

Comes in: the text of a heading, a band or a cell. Goes out: its label and title apart, and
its rank among the levels. Labels are kept as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpireport.domain.numerals import fold_width
from kpireport.plan_documents.joining import lines_of, one_line, without_continued
from kpireport.plan_documents.vocabulary import (
    BAND_TEXTS,
    CAPTIONS,
    GOAL_RANK,
    RANK_OF_WORD,
    squeezed,
)
from kpireport.quickly import dataclass

_DIGITS = r"[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}"
_ROMAN = r"[Ⅰ-Ⅻⅰ-ⅻ]|[IVXＩＶＸ]{1,4}(?![A-Za-zＡ-Ｚａ-ｚ])"
_ONE = rf"(?:{_DIGITS}|{_ROMAN}|[①-⑳⑴-⒇]|[A-ZＡ-Ｚ](?![A-Za-zＡ-Ｚａ-ｚ]))"
_DASH = r"[-－‐–—―−ー.．・の]"
_NUMBER = rf"{_ONE}(?:{_DASH}{_ONE})*"
_WORD = "|".join(
    r"\s*".join(map(re.escape, word)) for word in sorted(RANK_OF_WORD, key=len, reverse=True)
)
_COUNTED = re.compile(
    r"(?:年|か所|箇所|カ所|ヶ所|件|人|つの?|％|%|回|本|月|日|次|期|億|万|千|割|位)"
)
_ALSO_COUNTED = frozenset(
    ("計画", "事業", "取組", "目標", "方向", "項", "部", "戦略", "施策", "柱")
)
_CHAPTER = re.compile(
    rf"(?P<label>第\s*(?:{_DIGITS})\s*(?P<word>[章編節部項]))(?P<rest>.*)", re.DOTALL
)
_WORDED = re.compile(
    rf"(?P<label>(?P<word>{_WORD})\s*[-－（(]?\s*(?P<number>{_NUMBER})[)）]?)(?P<rest>.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(
    rf"(?P<label>[(（](?:{_DIGITS}|{_ROMAN}|[ア-ン])[)）]|[①-⑳⑴-⒇]|[Ⅰ-Ⅻ](?:{_DASH}(?:{_ONE}))*"
    rf"|(?:[0-9０-９]{{1,2}}|[A-ZＡ-Ｚ])(?:{_DASH}[0-9０-９]{{1,2}})+"
    rf"|(?:{_DIGITS}|[A-ZＡ-Ｚア-ン])(?=[.．、:：\s]))(?P<rest>.*)",
    re.DOTALL,
)
_UNPARTED = re.compile(r"(?P<label>[0-9０-９]{1,2})(?P<rest>[^\s0-9０-９.,．，].*)", re.DOTALL)
_PARTING = re.compile(r"^[\s:：.．、,，・)）」】\]]+")
_FRAME = re.compile(r"^[【《〈<＜\[■◆●◎○□▼▶]+\s*|\s*[】》〉>＞\]]+$")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        label: ``基本目標１``, ``Ⅰ``, ``１－１``; empty where it has none.
        title: the rest of it.
        word: what it is called by itself: ``基本目標``; empty where it does not say.
        number: the label without that word.
        rank: the less, the further out.
    """

    label: str
    title: str
    word: str = ""
    number: str = ""
    rank: int = 0

    @property
    def is_ranked(self) -> bool:
        """Whether its own words tell its rank."""
        return bool(self.word) or self.label.startswith("第")

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return squeezed(self.label), squeezed(self.title)


def heading_of(text: str, rank: int = 0, *, is_numbered: bool = False) -> Heading:
    """Part a heading, a band or a name into its label and title.

    Args:
        text: its text; layout's line breaks are joined.
        rank: its rank where its label tells none.
        is_numbered: a number that nothing parts from the title is its label, whatever it counts.
    """
    lines = [without_continued(each) for each in lines_of(text)]
    plain = _FRAME.sub("", "\n".join(filter(None, lines)))
    for pattern in (_CHAPTER, _WORDED, _NUMBERED):
        if (match := pattern.match(plain)) and not _is_counted(match):
            return _parted(match, rank)
    if is_numbered and (match := _UNPARTED.match(plain)):
        return _parted(match, rank)
    return Heading("", one_line(plain), rank=rank)


def are_numbered(texts: Iterable[str]) -> bool:
    """Whether names begin with numbers that go up by one, though nothing parts them: １安全."""
    found = [_UNPARTED.match(one_line(each)) for each in dict.fromkeys(texts)]
    numbers = [int(fold_width(each["label"])) for each in found if each]
    return (
        len(numbers) > 1
        and len(numbers) == len(found)
        and (numbers == [*range(numbers[0], numbers[0] + len(numbers))])
    )


def _is_counted(match: re.Match[str]) -> bool:
    """Whether the number counts something: 計画10年 is no label."""
    word = match.groupdict().get("word") or ""
    return word in _ALSO_COUNTED and bool(_COUNTED.match(match["rest"]))


def _parted(match: re.Match[str], rank: int) -> Heading:
    label = one_line(match["label"]).strip()
    title = one_line(_FRAME.sub("", _PARTING.sub("", match["rest"])))
    groups = match.groupdict()
    word = re.sub(r"\s", "", groups.get("word") or "")
    number = one_line(groups.get("number") or "") or label
    own = RANK_OF_WORD.get(word) or _rank_of_number(label)
    return Heading(label, title, word if groups.get("number") else "", number, own or rank)


def _rank_of_number(label: str) -> int:
    """The rank of a number alone: ``Ⅰ`` and ``１`` outside, ``１－１`` within, ``(1)`` below."""
    plain = fold_width(label)
    if re.match(r"第", label):
        return RANK_OF_WORD.get(label[-1], 10)
    if re.match(r"[①-⑳]", label):
        return 45
    if re.match(r"[(⑴-⒇]", plain) or re.match(r"[⑴-⒇]", label):
        return 43
    return GOAL_RANK + 2 + 10 * len(re.findall(_DASH, label))


def is_heading(text: str, level: int, *, is_large: bool) -> bool:
    """Whether a text between tables is a heading."""
    plain = one_line(text)
    if len(plain) > _LONGEST or re.search(r"[。．]$|[。].", plain):
        return False
    if is_framed(plain):
        return True
    heading = heading_of(plain)
    if heading.label and len(heading.title) < 2 and not heading.word:
        return False
    if level > 0:
        return True
    return (bool(heading.label and heading.is_ranked) and len(plain) <= _LONGEST // 2) or is_large


def is_framed(text: str) -> bool:
    """Whether a text is set off by its signs: 【数値目標】, ■基本的方向."""
    plain = text.strip()
    if not _FRAME.search(plain) or len(plain) > 30:
        return False
    words = _FRAME.sub("", plain)
    return bool(re.fullmatch(r"[【《〈<＜].*[】》〉>＞]", plain)) or bool(
        re.search(CAPTIONS, squeezed(words)) or re.fullmatch(BAND_TEXTS, squeezed(words))
    )


def is_caption(heading: Heading) -> bool:
    """Whether a heading merely tells what the table below it is."""
    words = squeezed(heading.title)
    return bool(re.search(CAPTIONS, words)) and not heading.word
