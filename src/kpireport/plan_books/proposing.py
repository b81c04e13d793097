"""The readings of a plan's printed values, for all of its rows.

Comes in: the values of a plan's file, from whatever rows. Goes out: the same with what their
texts say, and what is asked (要確認).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kpireport.findings import Findings
from kpireport.messages import about
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.growing import Grown, Origin
from kpireport.plan_books.measures import measure_of
from kpireport.plan_books.notations import NO, NONE
from kpireport.plan_books.parts import measures
from kpireport.plan_books.proposals import Proposals, Reading
from kpireport.plan_books.rows import BookRow, Object, item_at

ASKED = "要確認："
"""Begins what is asked of a person, among what is wrong."""


def readers_of(raw: Object) -> dict[str, Proposals]:
    """Who reads the rows of each sheet, by its name: targets of different sheets are due apart."""
    target = item_at(raw, ("years", "target"))
    numeric = item_at(raw, ("years", "numeric_target")) or target
    entries = list(measures(raw))
    due = {each.name: numeric if each is of.TARGETS else target for each in of.MEASURED}
    return {
        name: Proposals(
            entries,
            year if isinstance(year, int) else None,
            is_calendar=item_at(raw, ("years", "kind")) == "calendar",
        )
        for name, year in due.items()
    }


def propose(grown: Grown, log: Findings) -> Iterator[tuple[Origin, Reading]]:
    """Fill the rows with what their texts say; yield what was read, note what is asked."""
    readers = readers_of(grown.raw)
    for entry in list(measures(grown.raw)):
        origin = grown.origins.get(id(entry))
        if origin is None or origin.sheet.name not in readers:
            continue
        reading = readers[origin.sheet.name].read(entry)
        entry.update(reading.entry)
        named = log.about(about(str(entry.get("name", "")), str(entry.get("id", ""))))
        for doubt in reading.doubts:
            named.add(origin.row.place(doubt.title), f"{ASKED}{doubt.what}", doubt.remedy)
        _leave_open(entry, {each.title for each in reading.doubts})
        yield origin, reading


def _leave_open(entry: Object, doubts: set[str]) -> None:
    """Let the checks pass over what is asked or missed: they would complain of it once more."""
    target = entry.get("target")
    if isinstance(target, dict) and (of.KIND in doubts or "text" not in target):
        target["kind"] = "state"
        target.pop("quantities", None)


def settled(sheets: Iterable[FlatSheet], raw: Object) -> Iterator[FlatSheet]:
    """Yield the sheets of a plan's file, those of measures such that nothing is read into them.

    A plan's file may leave out what its texts could be read as. That is decided: its workbook
    says that there is none, and must not bring it back.
    """
    readers = readers_of(raw)
    for sheet in sheets:
        reader = readers.get(sheet.sheet.name)
        if reader is None:
            yield sheet
            continue
        rows = (_settled(row, sheet.columns, reader) for row in sheet.rows)
        yield FlatSheet(sheet.sheet, sheet.columns, tuple(rows))


def _settled(row: BookRow, columns: tuple[PlanColumn, ...], reader: Proposals) -> BookRow:
    reading = reader.read(measure_of(row, columns))
    texts = {each.title: NONE for each in columns if each.path in reading.filled}
    if any(each.title == of.CUMULATIVE for each in reading.doubts):
        texts[of.CUMULATIVE] = NO
    return replace(row, texts={**row.texts, **texts})
