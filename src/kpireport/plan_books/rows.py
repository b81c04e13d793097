"""A row of a sheet of the plan's workbook, and the object of the plan's file that it is.

Comes in: an object and the sheet's columns, or a row's texts. Goes out: the other of the two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from decimal import Decimal

from kpireport.errors import CellError
from kpireport.plan_books.columns import REST, PlanColumn
from kpireport.plan_books.patches import merged, patch_between
from kpireport.quickly import dataclass
from kpireport.sources.catalogue_text import in_one_line
from kpireport.sources.json_file import Json

Object = dict[str, Json]
Fault = Callable[[str, CellError], None]
"""Told of a cell that cannot be read: its column's title, what is wrong."""


@dataclass(frozen=True, slots=True)
class BookRow:
    """The texts of a row by the columns' titles, and where it stands in the workbook.

    Attributes:
        texts: those that are not empty.
        number: the row's number in the sheet, from 1; 0 where it is in none yet.
        place: the cell of a column, by its title, as a message names it.
        cell: its row and column, from 1; ``None`` where there is no such column.
        fault: told of what cannot be read.
    """

    texts: Mapping[str, str]
    number: int = 0
    place: Callable[[str], str] = field(default=str, compare=False)
    cell: Callable[[str], tuple[int, int] | None] = field(default=lambda _: None, compare=False)
    fault: Fault = field(default=lambda _title, _error: None, compare=False)

    def text(self, title: str) -> str:
        """What the column says; empty where that is nothing."""
        return self.texts.get(title, "")


def row_of(
    entry: Object, columns: Iterable[PlanColumn], links: Mapping[str, str] | None = None
) -> BookRow:
    """The row of an object.

    Args:
        entry: the object, without what stands in other sheets.
        columns: the sheet's.
        links: texts of the columns that are no items, such as what the row stands in.
    """
    columns = tuple(columns)
    texts = {title: text for title, text in (links or {}).items() if text}
    for column in columns:
        value = item_at(entry, column.path) if column.path else None
        if value is not None and (text := _kept(column, value)):
            texts[column.title] = text
    if rest := patch_between(_said(columns, texts), entry):
        texts[REST] = in_one_line(rest)
    return BookRow(texts)


def _kept(column: PlanColumn, value: Json) -> str:
    """The cell's text, if the same comes back from it; empty otherwise."""
    text = column.notation.write(value)
    if text != text.strip():
        return ""
    try:
        return text if text and column.notation.read(text) == value else ""
    except CellError:
        return ""


def entry_of(row: BookRow, columns: Iterable[PlanColumn]) -> Object:
    """The object of a row; what cannot be read is told and left out."""
    said = _said(tuple(columns), row.texts, row.fault)
    rest = row.text(REST)
    return merged(said, _read_rest(rest, row.fault)) if rest else said


def _said(
    columns: tuple[PlanColumn, ...], texts: Mapping[str, str], fault: Fault = lambda *_: None
) -> Object:
    """The object that a row's own columns say."""
    entry: Object = {}
    for column in columns:
        text = texts.get(column.title, "")
        if not column.path or not text:
            continue
        try:
            put(entry, column.path, column.notation.read(text))
        except CellError as error:
            fault(column.title, error)
    return entry


def _read_rest(text: str, fault: Fault) -> Object:
    try:
        value = json.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        value = None
    if isinstance(value, dict):
        return value
    what = "ほかの列にない項目として読めません。"
    fault(REST, CellError(what, "書き出したときの文字に戻すか、消してください。"))
    return {}


def item_at(entry: Object, path: tuple[str, ...]) -> Json:
    """The item at a path; ``None`` where there is none."""
    value: Json = entry
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def put(entry: Object, path: tuple[str, ...], value: Json) -> None:
    """Set the item at a path."""
    *outer, last = path
    for step in outer:
        below = entry.setdefault(step, {})
        if not isinstance(below, dict):
            below = entry[step] = {}
        entry = below
    entry[last] = value
