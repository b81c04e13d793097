"""What people put over the cells of a sheet: notes, pictures and shapes.

Comes in: an opened workbook and a sheet's part. Goes out: the notes by their cells,
whether something is drawn over the cells, and the words of shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from kpireport.sources.cells import LONGEST_TEXT, parse_cell_name
from kpireport.sources.packages import Package, whole_number
from kpireport.sources.rich_text import TextCollector, typed_text
from kpireport.sources.workbook_parts import Silent

_MOST_NOTES = _MOST_SHAPES = 50_000
_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"})


class OverCells(TypedDict):
    """What lies over a sheet's cells."""

    notes: Mapping[tuple[int, int], str]
    has_pictures: bool


def beside_cells(package: Package, part: str) -> OverCells:
    """What people put over the cells of a sheet: notes (18.7), pictures and shapes (20.5)."""
    notes = _Notes()
    for comments in package.all_related(part, "comments").values():
        package.parse(comments, notes)
    drawn = package.all_related(part, "drawing").values()
    return {"notes": notes.texts, "has_pictures": any(each in package for each in drawn)}


def shape_texts(package: Package, part: str) -> tuple[tuple[int, str], ...]:
    """The words of the shapes over a sheet (20.5.2.29), each with the row that it begins at.

    Raises:
        CellError: the part that has them is damaged or too large.
    """
    shapes = _Shapes()
    for drawing in package.all_related(part, "drawing").values():
        if drawing in package:
            package.parse(drawing, shapes)
    return tuple(sorted(shapes.texts, key=lambda each: each[0]))


class _Shapes(Silent):
    """The paragraphs (DrawingML's, 21.1.2.2.6) of shapes, and where the shapes are anchored."""

    def __init__(self) -> None:
        self.texts: list[tuple[int, str]] = []
        self._row = ""
        self._has_row = False
        self._words: list[str] = []
        self._open = ""
        self._fallbacks = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """Begin an anchor, its row, or words."""
        if name in _ANCHORS:
            self._row, self._has_row, self._words = "", False, []
        elif name == "to":
            self._has_row = True  # the first of two is where it begins
        elif name == "Fallback":  # for programs that do not know what stands before it
            self._fallbacks += 1
        elif name == "br":
            self._words.append("\n")
        self._open = name

    def end(self, name: str) -> None:
        """End a paragraph or an anchor."""
        self._open = ""
        if name == "p":
            self._words.append("\n")
        elif name == "Fallback":
            self._fallbacks -= 1
        elif name in _ANCHORS:
            text = "".join(self._words)[:LONGEST_TEXT].strip()
            if text and len(self.texts) < _MOST_SHAPES:
                self.texts.append((whole_number(self._row.strip()) + 1, text))

    def text(self, data: str) -> None:
        """Take words, or the first row of an anchor."""
        if self._open == "t" and not self._fallbacks:
            self._words.append(data)
        elif self._open == "row" and not self._has_row:
            self._row += data


class _Notes(Silent):
    """The notes (comments, 18.7.3) by the cells that they are about."""

    def __init__(self) -> None:
        self.texts: dict[tuple[int, int], str] = {}
        self._at: tuple[int, int] | None = None
        self._collector = TextCollector()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a note or a part of one."""
        if name == "comment":
            self._at = parse_cell_name(attributes.get("ref", ""))
        self._collector.start(name, attributes)

    def end(self, name: str) -> None:
        """End a note or a part of one."""
        self._collector.end(name)
        if name == "comment":
            text = "".join(run.text for run in self._collector.take())
            if self._at is not None and len(self.texts) < _MOST_NOTES:
                self.texts[self._at] = typed_text(text[:LONGEST_TEXT]).strip()

    def text(self, data: str) -> None:
        """Take text."""
        self._collector.text(data)
