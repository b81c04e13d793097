"""Texts whose runs have looks of their own (ECMA-376 Part 1, 18.4): what of them counts.

Comes in: the elements of a string item, as they are read; or a run of a Word file, as it
looks. Goes out: the text that a person means. Struck-out words (見え消し) are withdrawn,
words in the colour of what is behind them nobody sees, and a raised or lowered run after a
number is the mark of a note, no digit: ``8²か所`` is 8 and a note. Each of these is kept
apart, so that it can be told. A raised or lowered run after a Latin letter belongs to a unit
(``m²``, ``CO₂``) and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum, auto

from kpireport.domain.names import composed
from kpireport.messages import quoted
from kpireport.quickly import dataclass

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Font:
    """What of a font matters to what its text means (18.8.22).

    ``colour`` is comparable with that of a fill, and ``None`` where none is said.
    """

    is_struck: bool = False
    is_moved: bool = False  # raised or lowered (vertAlign, 18.4.14)
    colour: str | None = None


PLAIN_FONT = Font()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text; ``font`` is ``None`` where it is the cell's."""

    text: str
    font: Font | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What stands in a cell and is not its value, by why."""

    struck: str = ""
    note_mark: str = ""
    unseen: str = ""

    def __bool__(self) -> bool:
        return bool(self.struck or self.note_mark or self.unseen)

    def told(self, background: str) -> Iterator[str]:
        """Yield sentences on what was passed over; ``background`` is what words stand on."""
        if self.struck:
            yield f"取り消し線の付いた{quoted(self.struck)}は、使いません。"
        if self.note_mark:
            yield f"上付きか下付きの{quoted(self.note_mark)}は、注の印とみて、使いません。"
        if self.unseen:
            yield f"{background}と同じ色で見えない{quoted(self.unseen)}は、使いません。"


NOTHING_PASSED = PassedOver()


class Standing(Enum):
    """What a run is to the text that it is in."""

    MEANT = auto()
    STRUCK = auto()
    NOTE_MARK = auto()
    UNSEEN = auto()


def standing(font: Font, fill: str | None, before: str) -> Standing:
    """Return what a run of such a font is, behind the text that counts ``before`` it.

    ``fill`` is the colour behind it, as :attr:`Font.colour`; ``None`` where nobody knows.
    """
    if font.is_struck:
        return Standing.STRUCK
    if font.colour is not None and font.colour == fill:
        return Standing.UNSEEN
    if font.is_moved and _is_note_mark(before):
        return Standing.NOTE_MARK
    return Standing.MEANT


def what_counts(runs: Sequence[Run], cell: Font, fill: str) -> tuple[str, PassedOver]:
    """Return the text that is left, and what was passed over.

    Args:
        runs: the text's pieces in order.
        cell: the cell's own font.
        fill: the colour behind the text, as :attr:`Font.colour`.
    """
    plain = replace(cell, is_moved=False) if cell.is_moved else cell
    if len(runs) == 1 and standing(runs[0].font or plain, fill, "") is Standing.MEANT:
        return composed(runs[0].text), NOTHING_PASSED  # as nearly every text
    texts = dict.fromkeys(Standing, "")
    for run in runs:
        font = run.font or plain  # all of it moved: no mark beside it
        texts[standing(font, fill, texts[Standing.MEANT])] += run.text
    return composed(texts[Standing.MEANT]), passed_over(texts)


def passed_over(texts: Mapping[Standing, str]) -> PassedOver:
    """Return what of a text does not count, given what there is of each standing."""
    others = (Standing.STRUCK, Standing.NOTE_MARK, Standing.UNSEEN)
    if not any(texts.get(each) for each in others):
        return NOTHING_PASSED
    return PassedOver(*(composed(texts.get(each, "")).strip() for each in others))


def _is_note_mark(before: str) -> bool:
    """Whether a raised or lowered run is no part of the word that it stands behind."""
    last = before[-1:]
    return bool(last) and not (last.isascii() and last.isalpha())


@dataclass(slots=True)
class TextCollector:
    """The runs of one string item: readings (rPh, 18.4.6) left out."""

    _runs: list[Run] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _font: FontReader | None = None
    _in_text: bool = False
    _in_reading: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a run, its looks, its text or a reading."""
        match name:
            case "rPh":
                self._in_reading = True
            case "rPr":
                self._font = FontReader()
            case "t":
                self._in_text = not self._in_reading
            case _ if self._font is not None:
                self._font.take(name, attributes)

    def end(self, name: str) -> None:
        """End a run, its text or a reading."""
        match name:
            case "rPh":
                self._in_reading = False
            case "t":
                self._in_text = False
            case "r":
                self._close_run()

    def text(self, data: str) -> None:
        """Take text."""
        if self._in_text:
            self._parts.append(data)

    def take(self) -> tuple[Run, ...]:
        """Return the item's runs, and begin another."""
        self._close_run()
        runs = tuple(self._runs)
        self._runs.clear()
        return runs

    def _close_run(self) -> None:
        if self._parts:
            font = self._font.font() if self._font else None
            self._runs.append(Run("".join(self._parts), font))
            self._parts.clear()
        self._font = None


@dataclass(slots=True)
class FontReader:
    """Reads what a font's elements say (``rPr``, 18.4.7; ``font``, 18.8.22)."""

    _is_struck: bool = False
    _is_moved: bool = False
    _colour: str | None = None

    def take(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element of the font."""
        match name:
            case "strike":
                self._is_struck = attributes.get("val", "1") not in {"0", "false", "off"}
            case "vertAlign":
                self._is_moved = attributes.get("val") in {"superscript", "subscript"}
            case "color":
                self._colour = colour_of(attributes)

    def font(self) -> Font:
        """The font that was read."""
        return Font(self._is_struck, self._is_moved, self._colour)


_INDEXED = {"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF"}  # 18.8.27
_THEME = {"0": "FFFFFF", "1": "000000"}  # lt1 and dk1: Excel counts them in this order
WHITE = "FFFFFF"


def colour_of(attributes: dict[str, str]) -> str | None:
    """A colour as it can be compared (18.8.19); ``None`` where it is the system's own."""
    if len(rgb := attributes.get("rgb", "")) in {6, 8}:
        return rgb[-6:].upper()
    theme, tint = attributes.get("theme"), attributes.get("tint", "0")
    if theme is not None:
        is_plain = tint.strip("0.-") == ""
        return _THEME.get(theme, f"theme {theme}") if is_plain else f"theme {theme} {tint}"
    return _INDEXED.get(attributes.get("indexed", ""))


def typed_text(text: str) -> str:
    """A string as typed: escaped characters restored (22.9.2.19), line ends made one."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
