"""The report's workbook with edited rows in it, tried before anything is written.

Comes in: edits by row: answers that are taken, what a person types. Goes out: the workbook's
new bytes, which read back as exactly what is meant. A number is written as a number where the
cell shows it as it was meant, else in words: the format belongs to the cell, and cells keep
theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from kpireport.collection.assignments import place_title
from kpireport.collection.expected import ReportFolder
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.fresh_book import height_of
from kpireport.collection.matters import Texts
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.catalogue import Catalogue, Goal, Plan, Section
from kpireport.domain.corrections import meaning_of
from kpireport.domain.places import all_places, commented
from kpireport.domain.years import FiscalYear
from kpireport.editing.cells import CellValue, with_cells
from kpireport.errors import CellError, OutputError
from kpireport.findings import Findings
from kpireport.quickly import dataclass
from kpireport.sources.actuals import ReadActuals
from kpireport.sources.actuals_cells import amount_of
from kpireport.sources.actuals_forms import (
    DEPARTMENT,
    ID,
    NAME,
    OVERRIDES,
    PLAN,
    VALUE,
    YEAR,
    Fact,
    InputForm,
    InputKind,
    actuals_form,
    comment_form,
)
from kpireport.sources.cells import Number
from kpireport.sources.titled_tables import Record
from kpireport.sources.workbook import OpenedBooks

_Facts = dict[tuple[str, str, int], Fact]


class Edit(Protocol):
    """What cells of a row are to say."""

    @property
    def sheet(self) -> str:
        """The workbook's sheet."""

    @property
    def id(self) -> str:
        """The row's measure or plan."""

    @property
    def texts(self) -> Texts:
        """What the edited cells are to say, by their titles."""

    @property
    def record(self) -> Record:
        """A row that says it."""

    @property
    def department(self) -> str:
        """Who says it; empty where that is not known."""

    def edited(self, fact: Fact, plan: Catalogue) -> Fact | None:
        """Return what the row is to say, which says ``fact`` now; ``None`` for nothing."""


_Edit = TypeVar("_Edit", bound=Edit)


@dataclass(frozen=True, slots=True)
class Written(Generic[_Edit]):
    """The workbook's new bytes, what is read from them, and edits that it cannot take.

    ``books`` has the bytes as they were opened.
    """

    data: bytes
    read: ReadActuals
    books: OpenedBooks
    refused: tuple[_Edit, ...] = ()


def rewritten(report: ReportFolder, edits: Sequence[_Edit]) -> Written[_Edit]:
    """Put the edits into the workbook.

    What is wrong with other rows stays so, and keeps no edit out.

    Raises:
        InputError: its sheets are written in a way that cannot be changed.
        OutputError: the result would not say what it has to, whatever the reason.
    """
    left, in_words = list(edits), set[str]()
    known = {*_faults(_own(report))}
    while left:
        data = _with_edits(report, left, in_words)
        books = report.inputs.books.with_data(report.own.path, data)
        read = report.inputs.read_with(report.own.path, books=books)
        wrong = _unlike(report, left, read)
        spoilt = {*_faults(read)} - known
        if not wrong and not spoilt:
            break
        if not wrong:
            raise OutputError(
                f"{report.own.path} に書き込むと、ほかの行が正しく読めなくなります。"
                "書き込んでいません。表示されたものを、手で書き写してください。"
            )
        left = [each for each in left if each.id not in wrong & in_words]
        in_words |= wrong
    else:
        data, read, books = report.own.data, _own(report), report.inputs.books
    written = set(map(id, left))
    refused = tuple(each for each in edits if id(each) not in written)
    return Written(data, read, books, refused)


def _with_edits(report: ReportFolder, edits: Sequence[Edit], in_words: Collection[str]) -> bytes:
    own, data = report.own, report.own.data
    for sheet in own.tables:
        its = [each for each in edits if each.sheet == sheet]
        values = _cells(report, sheet, its, in_words)
        if values:
            try:
                data = with_cells(
                    data,
                    own.parts[sheet],
                    values,
                    below=own.tables[sheet].title_row,
                    styles=own.styles_part,
                    heights=_heights(report, sheet, values),
                )
            except CellError as error:
                Findings(own.path).fail(sheet, error.what, error.remedy)
    return data


# --- which cells get what --------------------------------------------------------


def _cells(
    report: ReportFolder, sheet: str, edits: Sequence[Edit], in_words: Collection[str]
) -> dict[tuple[int, int], CellValue]:
    """The new contents by row and column; new rows stand below the others, in printed order."""
    table = report.own.tables[sheet]
    order = {id_: number for number, id_ in enumerate(_ids_in_order(report, sheet))}
    free = _free_rows(report, sheet)
    new_rows: dict[str, int] = {}
    cells: dict[tuple[int, int], CellValue] = {}
    amounts = _amounts(report, sheet)
    for edit in sorted(edits, key=lambda each: order[each.id]):
        record = report.own.row(sheet, edit.id)
        if record is None and edit.id not in new_rows:
            new_rows[edit.id] = row = next(free)
            for title, value in new_row(report, edit).items():
                if title in table.columns:
                    cells[row, table.columns[title]] = value
        row = record.row if record else new_rows[edit.id]
        for title, text in edit.texts.items():
            cells[row, table.columns[title]] = _content(edit, title, text, in_words, amounts)
        if record and record.content(DEPARTMENT) is None and DEPARTMENT in table.columns:
            cells[row, table.columns[DEPARTMENT]] = edit.department or None
    return cells


def _free_rows(report: ReportFolder, sheet: str) -> Iterator[int]:
    """Yield the rows for what has none: those that wait for it, then those below all others."""
    if sheet == OVERRIDES.name:
        yield from (each.row for each in report.own.spare)
    table = report.own.tables[sheet]
    row = max(table.sheet.rows, default=table.title_row)
    while True:
        row += 1
        yield row


def first_free_row(report: ReportFolder, sheet: str) -> int:
    """Return the row that the next one of a sheet goes into."""
    return next(_free_rows(report, sheet))


def _amounts(report: ReportFolder, sheet: str) -> frozenset[str]:
    """The titles of the columns that hold amounts."""
    inputs = form_of_sheet(report, sheet).inputs
    return frozenset(each.title for each in inputs if each.kind is InputKind.AMOUNT)


def form_of_sheet(report: ReportFolder, sheet: str) -> InputForm:
    """Return a sheet of the report's own workbook, with all its columns."""
    plan = report.expected.plan
    forms = (actuals_form(plan.answers), comment_form(plan.comments), OVERRIDES)
    return next(each for each in forms if each.name == sheet)


def _heights(
    report: ReportFolder, sheet: str, values: Mapping[tuple[int, int], CellValue]
) -> dict[int, float]:
    """How high rows have to be for what they are going to say, in points."""
    table = report.own.tables[sheet]
    texts: dict[int, dict[str, str]] = {row: {} for row, _ in values}
    for record in table.records():
        if record.row in texts:
            texts[record.row].update({title: record.shown(title) for title in table.columns})
    titles = {column: title for title, column in table.columns.items()}
    for (row, column), value in values.items():
        texts[row][titles[column]] = "" if value is None else str(value)
    form = form_of_sheet(report, sheet)
    return {row: height_of(cells, form) for row, cells in texts.items()}


def _ids_in_order(report: ReportFolder, sheet: str) -> Iterator[str]:
    catalogue = report.expected.plan
    if sheet == VALUES:
        yield from (measure.id for measure in catalogue.measures())
    elif sheet == WORDS:
        yield from (place.id for place in commented(catalogue))
    else:
        yield from (measure.id for measure in catalogue.measures())
        yield from (place.id for place in all_places(catalogue))


def new_row(report: ReportFolder, edit: Edit) -> dict[str, CellValue]:
    """Return what a row has that is not there yet, beside what is edited, by title."""
    catalogue, year = report.expected.plan, Decimal(report.expected.fiscal_year.year)
    if edit.sheet == WORDS:
        place = next(each for each in commented(catalogue) if each.id == edit.id)
        return {ID: edit.id, PLAN: place_title(place), YEAR: year}
    names = (*catalogue.measures(), *(each.unit for each in all_places(catalogue)))
    about = next(each for each in names if each.id == edit.id)
    name = about.title if isinstance(about, Goal | Section | Plan) else about.name
    row: dict[str, CellValue] = {ID: edit.id, NAME: name, YEAR: year}
    return {**row, DEPARTMENT: edit.department or None} if edit.sheet == VALUES else row


def _content(
    edit: Edit, title: str, text: str, in_words: Collection[str], amounts: Collection[str]
) -> CellValue:
    """What a cell is to hold: a number as a number, where that reads back the same."""
    if title != VALUE or not text:
        number = amount_of(text) if title in amounts and edit.id not in in_words else None
        return (text or None) if number is None else number
    content = edit.record.content(VALUE)
    if isinstance(content, Number) and edit.id not in in_words:
        return content.value.scaleb(-2) if content.is_percentage else content.value
    return content.strip() if isinstance(content, str) else text


# --- read back -------------------------------------------------------------------


def _faults(read: ReadActuals) -> Iterator[tuple[str, str]]:
    """The places of what cannot be used."""
    return ((each.file, each.place) for each in read.findings.errors)


def _own(report: ReportFolder) -> ReadActuals:
    """What the workbook says as it is."""
    read = report.inputs.read
    assert read is not None  # noqa: S101 - it is a review's
    return read


def _unlike(report: ReportFolder, edits: Sequence[Edit], read: ReadActuals) -> set[str]:
    """Find the ids whose facts are not what they were, or what they are to be."""
    wanted, got = _facts(_own(report)), _facts(read)
    file = Findings(report.own.path).file
    elsewhere = {
        (VALUES, each.fact.measure_id, each.fact.fiscal_year.year)
        for each in read.found
        if isinstance(each.fact, Actual) and each.file != file
    }
    year, plan = report.expected.fiscal_year, report.expected.plan
    for edit in edits:
        key = (edit.sheet, edit.id, year.year)
        said = edit.edited(wanted.get(key) or _nothing_said(edit, year), plan)
        wanted.pop(key, None)
        if key in elsewhere and (not isinstance(said, Actual) or meaning_of(said) is None):
            wanted[key] = got[key]  # nothing is corrected: it is as an earlier report has it
        elif said is not None:
            wanted[key] = said
    return {key[1] for key in {*wanted, *got} if wanted.get(key) != got.get(key)}


def _nothing_said(edit: Edit, year: FiscalYear) -> Fact:
    """What a row says that is not there."""
    if edit.sheet == VALUES:
        return Actual(edit.id, year)
    return PlanComment(edit.id, year) if edit.sheet == WORDS else Override(edit.id, year, "", "")


def _facts(read: ReadActuals) -> _Facts:
    facts: _Facts = {
        (VALUES, each.measure_id, each.fiscal_year.year): replace(each, department="")
        for each in read.actuals.entries
    }
    for comment in read.actuals.comments:
        facts[WORDS, comment.plan_id, comment.fiscal_year.year] = comment
    for override in read.actuals.overrides:
        facts[OVERRIDES.name, override.measure_id, override.fiscal_year.year] = override
    return facts
