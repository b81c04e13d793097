"""The readings of a plan's printed values, for all of its rows.

Comes in: the values of a plan's file, from whatever rows. Goes out: the same with what their
texts say, and what is asked (要確認).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kpireport.findings import Findings
from kpireport.messages import about
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.growing import Grown, Origin
from kpireport.plan_books.measures import measure_of
from kpireport.plan_books.notations import NO, NONE
from kpireport.plan_books.parts import TARGETS, all_brought, id_of, measures, name_of, parts
from kpireport.plan_books.proposals import Proposals, Reading
from kpireport.plan_books.revised_values import changes_read
from kpireport.plan_books.revision_rows import columns_of
from kpireport.plan_books.rows import BookRow, Object, item_at

ASKED = "要確認："
"""Begins what is asked of a person, among what is wrong."""


def readers_of(raw: Object) -> dict[str, Proposals]:
    """Who reads the rows of each sheet, by its name: targets of different sheets are due apart."""
    target = item_at(raw, ("years", "target"))
    numeric = item_at(raw, ("years", "numeric_target")) or target
    baseline = item_at(raw, ("years", "baseline"))
    entries = list(measures(raw))
    due = {each.name: numeric if each is of.TARGETS else target for each in of.MEASURED}
    return {
        name: Proposals(
            entries,
            year if isinstance(year, int) else None,
            baseline_year=baseline if isinstance(baseline, int) else None,
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
        _take(entry, origin, reading, log)
        yield origin, reading
    for change, read in changes_read(grown.raw, _revisable(grown.raw, readers)):
        origin = grown.origins.get(id(change))
        if origin and read:
            _take(change, origin, read, log)
            yield origin, read


def _take(entry: Object, origin: Origin, reading: Reading, log: Findings) -> None:
    """Take a reading into the object of a row; note what it asks and tells."""
    entry.update(reading.entry)
    named = log.about(about(name_of(entry), id_of(entry)))
    for doubt in reading.doubts:
        named.add(origin.row.place(doubt.title), f"{ASKED}{doubt.what}", doubt.remedy)
    for notice in reading.notices:
        named.warn(origin.row.place(notice.title), notice.what, notice.remedy)
    _leave_open(entry, {each.title for each in reading.doubts})


def _revisable(
    raw: Object, readers: Mapping[str, Proposals]
) -> dict[str, tuple[Object, Proposals]]:
    """What revisions can change, by ids, with who reads it."""
    known = {
        each.id: (each.entry, readers[(of.TARGETS if each.kind == TARGETS else of.INDICATORS).name])
        for each in parts(raw)
        if each.is_measure
    }
    for entry in all_brought(raw):
        known.setdefault(id_of(entry), (entry, readers[of.BROUGHT.name]))
    return known


def _leave_open(entry: Object, doubts: set[str]) -> None:
    """Let the checks pass over what is asked or missed: they would complain of it once more."""
    target = entry.get("target")
    is_open = bool(doubts & {of.KIND, of.QUANTITY, *of.QUANTITY_TITLES.values()})
    if isinstance(target, dict) and (is_open or "text" not in target):
        target["kind"] = "state"
        target.pop("quantities", None)


def settled(sheets: Iterable[FlatSheet], raw: Object) -> Iterator[FlatSheet]:
    """Yield the sheets of a plan's file, those of measures such that nothing is read into them.

    A plan's file may leave out what its texts could be read as. That is decided: its workbook
    says that there is none, and must not bring it back.
    """
    readers = readers_of(raw)
    for sheet in sheets:
        if sheet.sheet is of.REVISIONS:
            yield _settled_changes(sheet, raw, readers)
            continue
        reader = readers.get(sheet.sheet.name)
        if reader is None:
            yield sheet
            continue
        rows = (_settled(row, sheet.columns, reader) for row in sheet.rows)
        yield FlatSheet(sheet.sheet, sheet.columns, tuple(rows))


def _settled_changes(sheet: FlatSheet, raw: Object, readers: Mapping[str, Proposals]) -> FlatSheet:
    known = _revisable(raw, readers)
    rows = [
        _said(row, columns_of(change.get("change")), reading) if reading else row
        for row, (change, reading) in zip(sheet.rows, changes_read(raw, known), strict=True)
    ]
    return FlatSheet(sheet.sheet, sheet.columns, tuple(rows))


def _settled(row: BookRow, columns: tuple[PlanColumn, ...], reader: Proposals) -> BookRow:
    return _said(row, columns, reader.read(measure_of(row, columns)))


def _said(row: BookRow, columns: tuple[PlanColumn, ...], reading: Reading) -> BookRow:
    """The row, such that nothing more is read into it or asked."""
    texts = {each.title: NONE for each in columns if each.path in reading.filled}
    for doubt in reading.doubts:  # the kind is never open: a plan's file has it
        texts[doubt.title] = NO if doubt.title == of.CUMULATIVE else NONE
    return replace(row, texts={**row.texts, **texts})
