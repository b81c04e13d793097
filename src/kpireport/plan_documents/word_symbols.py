"""Symbols of Word files that only their font tells, as characters of any font.

Comes in: a font's name and a character in it. Goes out: the character of Unicode that looks
so. Wingdings and Symbol number their signs by themselves (Wingdings' ``l`` is ●); Word writes
them as symbols (17.3.3.30), or as plain letters of that font, from U+F000 on or without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

UNKNOWN = "〓"
"""What stands for a character that nobody knows: printers' turned type (げた)."""

_PRIVATE = range(0xF000, 0xF100)
_FIRST_PRINTED, _LAST = 0x20, 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆",
    0x75: "◆", 0x76: "❖", 0x77: "◆", 0x7C: "✿", 0x8B: "⓿", 0x80: "⓪", 0x9E: "・", 0x9F: "●",
    0xA0: "■", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "■", 0xA8: "□",
    0xAB: "★", 0xB6: "☆", 0xD8: "➢", 0xDB: "←", 0xDC: "→", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨",
    0xF1: "⇧", 0xF2: "⇩", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + place: chr(ord("①") + place) for place in range(10)},
    **{0x8C + place: chr(ord("❶") + place) for place in range(10)},
}  # fmt: skip
_SYMBOL = {
    0xA3: "≦", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB3: "≧", 0xB4: "×", 0xB7: "・", 0xB8: "÷", 0xB9: "≠", 0xBB: "≒", 0xDE: "⇒",
    0x2D: "−", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6D: "μ", 0x70: "π",
    **{code: chr(code) for code in (*range(0x20, 0x2D), *range(0x2E, 0x40))},
}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {"wingdings": _WINGDINGS, "symbol": _SYMBOL, "webdings": {}, "wingdings 2": {}}
)


def is_symbol_font(font: str) -> bool:
    """Tell whether a font numbers its signs by itself."""
    return font.lower().startswith(("wingdings", "webdings")) or font.lower() == "symbol"


def symbol(font: str, code: str) -> str:
    """Return the character that a symbol shows; :data:`UNKNOWN` where nobody knows.

    Args:
        font: what it is set in.
        code: its number in that font, in hexadecimal digits.

    >>> symbol("Wingdings", "F06C"), symbol("ＭＳ 明朝", "2460")
    ('●', '①')
    """
    try:
        number = int(code, 16) if len(code) <= len("10FFFF") else -1
    except ValueError:
        return UNKNOWN
    return _character(font, number)


def in_plain_characters(text: str, font: str) -> str:
    """Return text that is set in a font of symbols as what it shows."""
    return "".join(_typed(text, font))


def _typed(text: str, font: str) -> Iterator[str]:
    for char in text:
        is_sign = ord(char) < 0x100 or ord(char) in _PRIVATE  # others fall back to other fonts
        yield char if char.isspace() or not is_sign else _character(font, ord(char))


def _character(font: str, number: int) -> str:
    if is_symbol_font(font) or number in _PRIVATE:
        known = _FONTS.get(font.lower(), {})
        return known.get(number - _PRIVATE.start if number in _PRIVATE else number, UNKNOWN)
    if not _FIRST_PRINTED <= number <= _LAST or number in _SURROGATES:
        return UNKNOWN
    return chr(number)
