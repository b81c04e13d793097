"""What was read from a printed text that is another now: it is read anew.

Comes in: a row as it was, and as it is. Goes out: its columns that say what was read from the
texts as they were, and nothing else. What somebody wrote or chose stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.flattening import FlatSheet, flatten
from kpireport.plan_books.measures import measure_of
from kpireport.plan_books.proposals import Proposals
from kpireport.plan_books.proposing import readers_of
from kpireport.plan_books.rows import BookRow, Object, item_at

_PRINTED = (of.BASELINE, of.TARGET, of.UNIT)

Stale = tuple[str, int, str]
"""A cell whose text is none of somebody's: the sheet, the row's number, the column's title."""


def stale_titles(
    before: BookRow, after: BookRow, columns: tuple[PlanColumn, ...], reader: Proposals
) -> set[str]:
    """The columns that say what was read from a row's texts before these were changed.

    Args:
        before: the row as it was.
        after: as it is.
        columns: the sheet's.
        reader: who read it as it was.
    """
    if all(before.text(each) == after.text(each) for each in _PRINTED):
        return set()
    untouched = {
        each.title: each
        for each in columns
        if each.path[:1] in (("baseline",), ("target",))
        and each.title not in _PRINTED
        and before.text(each.title)
        and before.text(each.title) == after.text(each.title)
    }
    found = set(_read(before, untouched, columns, reader))
    if of.KIND in untouched and of.KIND not in found:  # chosen: what is read depends on it
        del untouched[of.KIND]
        found |= set(_read(before, untouched, columns, reader))
    return found


def _read(
    row: BookRow,
    untouched: Mapping[str, PlanColumn],
    columns: tuple[PlanColumn, ...],
    reader: Proposals,
) -> Iterator[str]:
    """Yield those of the columns whose texts are read from the rest of the row."""
    texts = {title: text for title, text in row.texts.items() if title not in untouched}
    reading = reader.read(measure_of(BookRow(texts), columns))
    for title, column in untouched.items():
        read = item_at(reading.entry, column.path) if column.path in reading.filled else None
        if read is not None and column.notation.write(read) == row.text(title):
            yield title


def without_stale(
    sheets: Mapping[str, FlatSheet], known: Object
) -> tuple[dict[str, FlatSheet], tuple[Stale, ...]]:
    """The sheets of a workbook without what was read from texts that are others now.

    Args:
        sheets: those that were read, by their names.
        known: the plan's file as it is so far.

    Returns:
        The sheets; the cells that were emptied.
    """
    stale: list[Stale] = []
    made = dict(sheets)
    readers = readers_of(known)
    for was in flatten(known):
        now = sheets.get(was.sheet.name)
        if now is None or was.sheet not in of.MEASURED:
            continue
        before = {row.text(of.ID): row for row in was.rows}
        rows = []
        for row in now.rows:
            old = before.get(row.text(of.ID))
            titles = stale_titles(old, row, was.columns, readers[was.sheet.name]) if old else set()
            texts = {title: text for title, text in row.texts.items() if title not in titles}
            rows.append(replace(row, texts=texts))
            stale += [(was.sheet.name, row.number, title) for title in sorted(titles)]
        made[was.sheet.name] = replace(now, rows=tuple(rows))
    return made, tuple(stale)
