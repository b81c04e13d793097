"""A font's tables, each read at once.

ReportLab reads them number by number, some 70,000 numbers for one of the bundled fonts: three
times as long, and a good part of what a short document takes.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from struct import Struct, iter_unpack, unpack_from
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

from kpireport.quickly import dataclass

_RANGES = 12  # the format of a cmap's subtable that lists ranges of characters (OpenType, cmap)
_UNICODE = (3, 10)  # the platform and the encoding of the one that has all of Unicode
_ENTRY, _HEAD = Struct(">HHL"), Struct(">HxxLxxxxL")
_SPACE, _NO_BREAK_SPACE = 0x20, 0xA0


class Font(TTFont):  # type: ignore[misc]
    """ReportLab's font, with a face that is read faster."""

    def __init__(self, name: str, file: str) -> None:
        """Read the font ``file``, as ReportLab would read it, and give it ``name``.

        Raises:
            ValueError: the font is not such as the bundled ones: its characters are no ranges
                in 32 bits, or its glyphs' places are told in 16.
        """
        # as TTFont does, which names the class of its face itself
        self.fontName = name
        self.face = _Face(file)
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = True
        self.shapable = False


class _Face(TTFontFace):  # type: ignore[misc]
    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - ReportLab's names
        """Read what ReportLab reads: the short tables by its own code, the long ones at once."""
        super().extractInfo(0)
        if not charInfo:
            return
        if unpack_from(">H", self.get_table("head"), 50) != (1,):
            raise ValueError(f"{self.filename}: its glyphs' places are not told in 32 bits")
        self.hmetrics = metrics = self._metrics()
        # most glyphs are as wide as many others, and share the number
        scaled = {advance: self._pdfScale(advance) for advance in set(metrics.advances)}
        self.defaultWidth = scaled[metrics.advances[0]]
        self.charToGlyph = glyphs = self._glyphs()
        advances = metrics.advances
        self.charWidths = {char: scaled[advances[glyph]] for char, glyph in glyphs.items()}
        self.glyphPos = _numbers("I", self.get_table("loca"))

    def _metrics(self) -> _Metrics:
        """Return each glyph's advance and left side bearing, in the font's units."""
        table = self.get_table("hmtx")
        (full,) = unpack_from(">H", self.get_table("hhea"), 34)
        pairs, bearings = _numbers("H", table[: 4 * full]), _numbers("H", table[4 * full :])
        # the others have bearings alone, and advance as the last of these does
        advances = pairs[::2] + array("H", (pairs[-2],)) * len(bearings)
        return _Metrics(advances, pairs[1::2] + bearings)

    def _glyphs(self) -> dict[int, int]:
        """Return the glyph of each character, by their codes."""
        table = self.get_table("cmap")
        (subtables,) = unpack_from(">H", table, 2)
        for index in range(subtables):
            *kind, begin = _ENTRY.unpack_from(table, 4 + index * _ENTRY.size)
            if tuple(kind) == _UNICODE:
                break
        else:
            raise ValueError(f"{self.filename}: no characters of all of Unicode")
        form, length, _ = _HEAD.unpack_from(table, begin)
        if form != _RANGES:
            raise ValueError(f"{self.filename}: its characters are not listed as ranges")
        ranges = iter_unpack(">LLL", table[begin + _HEAD.size : begin + length])
        glyphs = {
            char: glyph + char - first
            for first, last, glyph in ranges
            for char in range(first, last + 1)
        }
        glyphs[_NO_BREAK_SPACE] = glyphs[_SPACE]
        return glyphs


@dataclass(frozen=True, slots=True)
class _Metrics(Sequence[tuple[int, int]]):
    """The advance and the left side bearing of each glyph."""

    advances: array[int]
    bearings: array[int]

    def __len__(self) -> int:
        return len(self.advances)

    def __getitem__(self, glyph: Any) -> Any:  # noqa: ANN401 - nobody asks for several
        return self.advances[glyph], self.bearings[glyph]


def _numbers(code: str, table: bytes) -> array[int]:
    """Return the numbers of a table, unsigned and the highest byte first."""
    numbers = array(code, table)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
