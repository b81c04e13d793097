"""What a reader sees in a paragraph that has no plain text of its own, as signs.

Comes in: an element. Goes out: the sign of a symbol, an equation, a reading above words, or
of a part that Word takes from elsewhere. Other elements are none of these.
"""

from __future__ import annotations

from lxml.etree import _Element as Element

from kpireport.word_files.opening import W
from kpireport.word_files.signs import PICTURE, named_sign
from kpireport.word_files.structure import M

_NAMED = {
    f"{W}contentPart": PICTURE,
    f"{W}pgNum": named_sign("ページ番号"),
    f"{W}altChunk": named_sign("取り込んだファイル"),
    f"{W}subDoc": named_sign("取り込んだファイル"),
    **{
        f"{W}{part}{length}": named_sign("日付")
        for part in ("day", "month", "year")
        for length in ("Short", "Long")
    },
}
_PRIVATE = range(0xE000, 0xF900)  # characters that only their font tells
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol")
_SURROGATES = range(0xD800, 0xE000)
_FIRST_PRINTED = 0x20


def sign_of(element: Element) -> str:
    """Return the sign of what has no plain text, empty of anything else."""
    if element.tag == f"{W}sym":
        return _symbol(element)
    if element.tag in (f"{M}oMath", f"{M}oMathPara"):
        return named_sign("数式", "".join(each.text or "" for each in element.iter(f"{M}t")))
    if element.tag == f"{W}rt":
        return named_sign("ふりがな", "".join(each.text or "" for each in element.iter(f"{W}t")))
    return _NAMED.get(element.tag, "")


def _symbol(element: Element) -> str:
    """Return a symbol (17.3.3.30): a character, where it is the same in any font."""
    font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
    try:
        number = int(code, 16)
    except ValueError:
        number = 0
    is_drawn = font.lower().startswith(_SYMBOL_FONTS) or number in _PRIVATE
    if is_drawn or number in _SURROGATES or not _FIRST_PRINTED <= number <= 0xFFFF:
        return named_sign("記号", f"{font} {code}")
    return chr(number)
