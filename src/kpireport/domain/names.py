"""Names and values that are printed on several lines, where there is one line for them."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile(r"(?<!\s)\s*\n\s*")  # looked for where blanks begin: once, not at each
_OPENING = "（「『【〈《［｛("


def in_one_line(text: str) -> str:
    r"""Return ``text`` on one line; what stood on lines of its own is still told apart.

    >>> in_one_line("街かどケアカフェ\n常設型"), in_one_line("受入率\n（4月1日現在）")
    ('街かどケアカフェ　常設型', '受入率（4月1日現在）')
    """

    def joint(match: re.Match[str]) -> str:
        is_apart = text[match.end() : match.end() + 1] not in _OPENING
        return "\u3000" if is_apart else ""

    return _LINE_END.sub(joint, text)


def labelled(label: str, title: str) -> str:
    """The number and name of a goal, section or plan: ``計画１　居場所``; some have no number."""
    return f"{label}　{title}" if label else title


_NAME_OF = re.compile(r"の?(?:名称|名前|名)$")


def without_name(word: str) -> str:
    """What a header of names is of, as sentences and titles call it.

    >>> without_name("指標名"), without_name("評価指標の名称"), without_name("名称")
    ('指標', '評価指標', '名称')
    """
    return _NAME_OF.sub("", word.strip()) or word


def repeats_word(above: str, word: str) -> bool:
    """Whether what stands above columns says no more than one of them: 指標 above 指標名.

    >>> repeats_word("指標名", "指標名"), repeats_word("成果指標", "指標")
    (True, False)
    """
    one, other = (without_name(re.sub(r"\s", "", each)) for each in (above, word))
    return one == other


_DECOMPOSED = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]{1,8}")
_SOFT_HYPHEN = "\u00ad"


def composed(text: str) -> str:
    r"""The text with each letter and its marks as one character, without soft hyphens.

    Macs, and copies from PDFs, part カ and its ゛; what looks the same is then no longer
    the same, and fonts draw the mark beside the letter. Only these are put together:
    Unicode's NFC would also turn 﨑 and the compatibility forms of 神 and 隆, which names
    are really written with, into other characters.

    >>> composed("カ\u3099イト\u3099"), composed("\ufa19")
    ('ガイド', '\\ufa19')
    """
    if text.isascii():
        return text
    return _DECOMPOSED.sub(_joined, text.replace(_SOFT_HYPHEN, ""))


def _joined(match: re.Match[str]) -> str:
    base = match[0][0]
    if unicodedata.normalize("NFC", base) != base:
        return match[0]
    return unicodedata.normalize("NFC", match[0])
