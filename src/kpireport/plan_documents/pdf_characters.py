"""The characters of a PDF as people mean them.

Comes in: a character's code as the file says it. Goes out: the text that it stands for. Fonts
map to look-alikes: radicals (⽅ for 方), the upright forms of brackets (︵ for （).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_UPRIGHT_FORMS = dict(
    zip(
        "︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄︰︱︲︳︐︑︒︓︔︕︖︗︘︙",
        "（）｛｝〔〕【】《》〈〉「」『』：―－＿，、。：；！？〖〗…",
        strict=True,
    )
)
_RADICALS = range(0x2E80, 0x2FE0)  # CJK and Kangxi radicals
_LIGATURES = range(0xFB00, 0xFB07)
_SURROGATES = range(0xD800, 0xE000)
_NO_CHARACTERS = (0xFFFE, 0xFFFF)
_SOFT_HYPHEN = 0xAD


@lru_cache(maxsize=65_536)
def plain(code: int) -> str:
    """The text that a character stands for; empty for white space and what is no character."""
    if code in _SURROGATES or code in _NO_CHARACTERS or code == _SOFT_HYPHEN or code > 0x10FFFF:
        return ""
    char = chr(code)
    if char in _UPRIGHT_FORMS:
        return _UPRIGHT_FORMS[char]
    if code in _RADICALS or code in _LIGATURES:
        return unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp"):
        return ""
    return char


@lru_cache(maxsize=65_536)
def is_wide(char: str) -> bool:
    """Whether a character takes a full square: Japanese ones do."""
    return unicodedata.east_asian_width(char[0]) in ("W", "F", "A")
