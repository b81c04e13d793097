"""Documents made by hand, as readers of files make them: for tests of what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

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


def objects(understood: Understood, kind: str = "indicators") -> list[dict[str, Any]]:
    """The objects of a kind."""
    return cast("list[dict[str, Any]]", [*understood.rows(kind)])


def goals(understood: Understood) -> list[dict[str, Any]]:
    """The goals."""
    return cast("list[dict[str, Any]]", understood.goals)


def rows(understood: Understood) -> list[tuple[str, str, str]]:
    """The indicators: name, baseline, target."""
    return [
        (each["name"], each.get("baseline", {}).get("text", ""), each["target"]["text"])
        for each in objects(understood)
        if "indicators" not in each
    ]


def doubts(understood: Understood) -> str:
    """All that a person has to look at."""
    return "\n".join(text for note in understood.notes.values() for text in note.doubts)


def roles(understood: Understood) -> list[str]:
    """What the columns of the first table were taken for."""
    return [each.role.value for each in understood.tables[0].columns]
