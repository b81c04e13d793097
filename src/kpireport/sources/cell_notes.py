"""What people put over the cells of a sheet: notes, pictures and shapes.

Comes in: an opened workbook and a sheet's part. Goes out: the notes by their cells, and
whether something is drawn over the cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from kpireport.sources.cells import LONGEST_TEXT, parse_cell_name
from kpireport.sources.packages import Package
from kpireport.sources.rich_text import TextCollector, typed_text
from kpireport.sources.workbook_parts import Silent

_MOST_NOTES = 50_000


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
