"""Documents made by hand, as readers of files make them: for tests of what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from kpireport.plan_documents.tables import SourceCell, SourceDocument, SourceTable, SourceText
from kpireport.plan_documents.telling import read_told
from kpireport.plan_documents.understanding import Understood, understand

Value: TypeAlias = str | tuple[str, int, int] | None
"""A cell's text, or that with its rows and columns; ``None`` where another reaches."""


def table(*rows: Sequence[Value], page: int = 0, number: int = 1) -> SourceTable:
    """A table of texts; ``None`` stands where a cell reaches from above or from the left."""
    cells = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                text, down, right = value if isinstance(value, tuple) else (value, 1, 1)
                cells.append(SourceCell(text, row, column, down, right))
    return SourceTable(tuple(cells), len(rows), len(rows[0]), page, number)


def heading(text: str, level: int = 1) -> SourceText:
    """A heading."""
    return SourceText(text, level=level, is_large=True)


def read(*parts: SourceTable | SourceText, columns: Sequence[str] = ()) -> Understood:
    """What a document of these parts means."""
    return understand(SourceDocument(parts), "文書", read_told(columns))


def rows(understood: Understood) -> list[tuple[str, str, str]]:
    """The indicators: name, baseline, target."""
    return [
        (str(each["name"]), _text(each, "baseline"), _text(each, "target"))
        for each in understood.rows("indicators")
        if "indicators" not in each
    ]


def _text(entry: dict[str, object], key: str) -> str:  # type: ignore[misc]
    below = entry.get(key)
    return str(below.get("text", "")) if isinstance(below, dict) else ""


def doubts(understood: Understood) -> str:
    """All that a person has to look at."""
    return "\n".join(text for note in understood.notes.values() for text in note.doubts)


def roles(understood: Understood) -> list[str]:
    """What the columns of the first table were taken for."""
    return [each.role.value for each in understood.tables[0].columns]
