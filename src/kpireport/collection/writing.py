"""The report's workbook with the answers in it, tried before anything is written.

Comes in: edits by row. Goes out: the workbook's new bytes, which read back as exactly the
answers. A number is written as a number where the cell shows it as the department saw it,
else in words: the format belongs to the cell, and cells keep theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kpireport.collection.assignments import place_title
from kpireport.collection.expected import ReportFolder
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.fresh_book import height_of
from kpireport.collection.matters import RowEdit
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.places import commented
from kpireport.editing.cells import CellValue, with_cells
from kpireport.errors import CellError, OutputError
from kpireport.findings import Findings
from kpireport.sources.actuals import ReadActuals
from kpireport.sources.actuals_cells import amount_of
from kpireport.sources.actuals_forms import (
    DEPARTMENT,
    ID,
    NAME,
    PLAN,
    VALUE,
    YEAR,
    InputKind,
    actuals_form,
    comment_form,
    form_of,
)
from kpireport.sources.cells import Number

_Facts = dict[tuple[str, str, int], Actual | PlanComment]


@dataclass(frozen=True, slots=True)
class Written:
    """The workbook's new bytes, what is read from them, and edits that it cannot take."""

    data: bytes
    read: ReadActuals
    refused: tuple[RowEdit, ...] = ()


def rewritten(report: ReportFolder, edits: Sequence[RowEdit]) -> Written:
    """Put the edits into the workbook.

    Raises:
        InputError: its sheets are written in a way that cannot be changed.
        OutputError: the result would not say what it has to, whatever the reason.
    """
    left, in_words = list(edits), set[str]()
    while left:
        data = _with_edits(report, left, in_words)
        read = _read(report, data)
        wrong = _unlike(report, left, read)
        if not wrong and not read.findings.errors:
            break
        if not wrong:
            raise OutputError(
                f"{report.own.path} に回答を書き込むと、ほかの行が正しく読めなくなります。"
                "書き込んでいません。表示された回答を、手で書き写してください。"
            )
        left = [each for each in left if each.id not in wrong & in_words]
        in_words |= wrong
    else:
        data, read = report.own.data, _own(report)
    written = set(map(id, left))
    return Written(data, read, tuple(each for each in edits if id(each) not in written))


def _with_edits(report: ReportFolder, edits: Sequence[RowEdit], in_words: Collection[str]) -> bytes:
    own, data = report.own, report.own.data
    for sheet in (VALUES, WORDS):
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
    report: ReportFolder, sheet: str, edits: Sequence[RowEdit], in_words: Collection[str]
) -> dict[tuple[int, int], CellValue]:
    """The new contents by row and column; new rows stand below the others, in printed order."""
    table = report.own.tables[sheet]
    order = {id_: number for number, id_ in enumerate(_ids_in_order(report, sheet))}
    last = max(table.sheet.rows, default=table.title_row)
    new_rows: dict[str, int] = {}
    cells: dict[tuple[int, int], CellValue] = {}
    amounts = _amounts(report, sheet)
    for edit in sorted(edits, key=lambda each: order[each.id]):
        record = report.own.row(sheet, edit.id)
        if record is None and edit.id not in new_rows:
            new_rows[edit.id] = row = last + len(new_rows) + 1
            for title, value in _new_row(report, edit).items():
                if title in table.columns:
                    cells[row, table.columns[title]] = value
        row = record.row if record else new_rows[edit.id]
        for title, text in edit.texts.items():
            cells[row, table.columns[title]] = _content(edit, title, text, in_words, amounts)
        if record and record.content(DEPARTMENT) is None and DEPARTMENT in table.columns:
            cells[row, table.columns[DEPARTMENT]] = edit.answer.department
    return cells


def _amounts(report: ReportFolder, sheet: str) -> frozenset[str]:
    """The titles of the columns that hold amounts."""
    inputs = report.expected.values.inputs if sheet == VALUES else ()
    return frozenset(each.title for each in inputs if each.kind is InputKind.AMOUNT)


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
    plan = report.expected.plan
    form = actuals_form(plan.answers) if sheet == VALUES else comment_form(plan.comments)
    return {row: height_of(cells, form) for row, cells in texts.items()}


def _ids_in_order(report: ReportFolder, sheet: str) -> Iterator[str]:
    catalogue = report.expected.plan
    if sheet == VALUES:
        yield from (measure.id for measure in catalogue.measures())
    else:
        yield from (place.id for place in commented(catalogue))


def _new_row(report: ReportFolder, edit: RowEdit) -> dict[str, CellValue]:
    catalogue, year = report.expected.plan, Decimal(report.expected.fiscal_year.year)
    if edit.sheet == VALUES:
        measure = next(each for each in catalogue.measures() if each.id == edit.id)
        return {ID: edit.id, NAME: measure.name, YEAR: year, DEPARTMENT: edit.answer.department}
    place = next(each for each in commented(catalogue) if each.id == edit.id)
    return {ID: edit.id, PLAN: place_title(place), YEAR: year}


def _content(
    edit: RowEdit, title: str, text: str, in_words: Collection[str], amounts: Collection[str]
) -> CellValue:
    """What a cell is to hold: a number as a number, where that reads back the same."""
    if title != VALUE or not text:
        number = amount_of(text) if title in amounts and edit.id not in in_words else None
        return (text or None) if number is None else number
    content = edit.actual.record.content(VALUE)
    if isinstance(content, Number) and edit.id not in in_words:
        return content.value.scaleb(-2) if content.is_percentage else content.value
    return content.strip() if isinstance(content, str) else text


# --- read back -------------------------------------------------------------------


def _read(report: ReportFolder, data: bytes) -> ReadActuals:
    return report.inputs.read_with(report.own.path, data)


def _own(report: ReportFolder) -> ReadActuals:
    """What the workbook says as it is."""
    read = report.inputs.read
    assert read is not None  # noqa: S101 - it is a review's
    return read


def _unlike(report: ReportFolder, edits: Sequence[RowEdit], read: ReadActuals) -> set[str]:
    """Find the ids whose facts are not what they were, or what they are to be."""
    wanted = _facts(_own(report))
    year, plan = report.expected.fiscal_year, report.expected.plan
    for edit in edits:
        key = (edit.sheet, edit.id, year.year)
        empty = Actual if edit.sheet == VALUES else PlanComment
        wanted[key] = _edited(wanted.get(key, empty(edit.id, year)), edit, plan)
    got = _facts(read)
    return {key[1] for key in {*wanted, *got} if wanted.get(key) != got.get(key)}


def _facts(read: ReadActuals) -> _Facts:
    facts: _Facts = {
        (VALUES, each.measure_id, each.fiscal_year.year): replace(each, department="")
        for each in read.actuals.entries
    }
    for comment in read.actuals.comments:
        facts[WORDS, comment.plan_id, comment.fiscal_year.year] = comment
    return facts


def _edited(fact: Actual | PlanComment, edit: RowEdit, plan: Catalogue) -> Actual | PlanComment:
    """The fact with what the edited cells are to say."""
    columns = [each for each in form_of(fact, plan).inputs if each.title in edit.texts]
    if isinstance(fact, PlanComment):
        # of a plan's words, an answer is only a part of what is to stand there
        return fact.saying({each.field: edit.texts[each.title] for each in columns})
    answer = edit.answer.found.fact
    own = [each for each in columns if not each.answer]
    contents: dict[str, Any] = {each.field: each.content(answer) for each in own}
    said = {each.answer: each.text(answer) for each in columns if each.answer}
    return replace(fact, **contents).answering(said)
