"""A font's tables, each read at once.

ReportLab reads them number by number, some 70,000 numbers for one of the bundled fonts: three
times as long, and a good part of what a short document takes.
"""

from __future__ import annotations

from struct import Struct, iter_unpack, unpack, unpack_from
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

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
        metrics = self._metrics()
        widths = [self._pdfScale(advance) for advance, _ in metrics]
        glyphs = self._glyphs()
        self.hmetrics = metrics
        self.defaultWidth = widths[0]
        self.charToGlyph = glyphs
        self.charWidths = {char: widths[glyph] for char, glyph in glyphs.items()}
        self.glyphPos = unpack(f">{self.numGlyphs + 1}L", self.get_table("loca"))

    def _metrics(self) -> list[tuple[int, int]]:
        """Return each glyph's advance and left side bearing, in the font's units."""
        table = self.get_table("hmtx")
        (full,) = unpack_from(">H", self.get_table("hhea"), 34)
        metrics = list(iter_unpack(">HH", table[: 4 * full]))
        last, _ = metrics[-1]  # the others have bearings alone, and advance as it does
        return metrics + [(last, bearing) for (bearing,) in iter_unpack(">H", table[4 * full :])]

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
