"""What a body is read into: paragraphs and tables of plain text.

Comes in: nothing. Goes out: the types.
"""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from kpireport.quickly import dataclass
from kpireport.word_files.signs import for_people

_SHOWN_ROWS = 3  # of a table that is only named


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside of tables.

    Attributes:
        text: its words.
        level: of a heading, from 1; 0 for other paragraphs.
        pictures: the alternative texts of the pictures in it.
    """

    text: str
    level: int = field(default=0, compare=False)
    pictures: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's texts by row and cell, the columns where the cells begin, and its title.

    Attributes:
        title: what it is called; nobody sees it on the page.
        rows: its texts.
        columns: of each row, where its cells begin.
        header_rows: how many rows are headings.
        continues: tells of each cell whether it only continues the one above.
        number: what its caption calls it (表４), empty where it has none.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[int, ...], ...]
    header_rows: int
    continues: tuple[tuple[bool, ...], ...] = field(default=(), compare=False)
    number: str = field(default="", compare=False)

    def shown(self) -> str:
        """Return the beginning of the table on one line."""
        begins = (row_text(row) for row in self.rows[:_SHOWN_ROWS])
        return "／".join(begins) + ("…" if len(self.rows) > _SHOWN_ROWS else "")


Item: TypeAlias = Line | Grid


def row_text(row: tuple[str, ...]) -> str:
    """Return a table's row on one line."""
    return "｜".join(for_people(text).replace("\n", " ") for text in row)
