"""The sheet 計画コメント of a department's workbook: a row for each plan or section of its own.

Comes in: what the department is asked for, the comments that there are. Goes out: the
sheet as data, last year's words beside each cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpireport.collection.assignments import AskedPlace, Assignment, place_title
from kpireport.collection.contributions import consists_of
from kpireport.collection.forms import WORDS, earlier_title, shown_title
from kpireport.collection.value_sheet import SheetFacts, input_cell
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.sources.actuals_forms import ID, PLAN, YEAR, InputColumn, InputKind
from kpireport.writers.xlsx.book import Cell, CellLook, Row, Sheet

_NOTE = "戦略計画ごとに、太い枠の中へ書いてください。文のまま報告書に載ります。"
_NOTE_OF_EARLIER = "左は前の年度の文です（写して直すこともできます）。"
_NOTE_OF_OTHERS = "ほかの課も書く計画は、この課の分だけを書いてください。"
_NOTE_OF_NONE = "この課に書いていただく戦略計画のコメントはありません。"
_LINES = 6  # room that invites some sentences
_ROOM = {1: 138.0, 2: 168.0}  # for the inputs, alone or each beside what was said before
_CHOICE_WIDTH, _LEAST_TEXT = 12.0, 18.0


def comment_sheet(assignment: Assignment, common: SheetFacts) -> Sheet:
    """Compose the sheet of one department."""
    last = _last_commented(assignment, common)
    columns = tuple(_columns(common.comments.inputs, last))
    plans = assignment.plans if columns else ()
    titles = (
        ID,
        shown_title(PLAN, common.comment_words),
        *(title for title, _ in columns),
        shown_title(YEAR, common.words),
    )
    year = format_fiscal_year(common.fiscal_year)
    note = common.comment_words.put_into(_note(plans, last))
    widths = (7.0, 18.0, *(width for _, width in columns), 7.0)
    return Sheet(
        name=WORDS,
        widths=widths,
        rows=(
            Row((Cell(f"{year}　{WORDS}　{assignment.department}", CellLook.TITLE),)),
            Row((Cell(note, CellLook.NOTE, span=len(titles)),)),
            Row(tuple(Cell(title, CellLook.HEADER) for title in titles), lines=2),
            *(_row(each, assignment.department, common, last) for each in plans),
        ),
        title_rows=3,
        title_columns=2,
        is_locked=True,
        header=common.header,
    )


def _columns(inputs: Sequence[InputColumn], last: FiscalYear | None) -> Iterator[tuple[str, float]]:
    """The titles and widths of the inputs, each after what was said in it before."""
    choices = sum(each.kind is InputKind.CHOICE for each in inputs)
    cells = 2 if last else 1
    room = _ROOM[cells] - choices * cells * _CHOICE_WIDTH
    width = max(room / (cells * max(len(inputs) - choices, 1)), _LEAST_TEXT)
    for column in inputs:
        its = _CHOICE_WIDTH if column.kind is InputKind.CHOICE else width
        if last:
            yield earlier_title(last, column.title), its
        yield column.title, its


def _note(plans: Sequence[AskedPlace], last: FiscalYear | None) -> str:
    if not plans:
        return _NOTE_OF_NONE
    others = any(each.others for each in plans)
    return _NOTE + (_NOTE_OF_EARLIER if last else "") + (_NOTE_OF_OTHERS if others else "")


def _row(asked: AskedPlace, department: str, common: SheetFacts, last: FiscalYear | None) -> Row:
    plan = asked.place
    before = common.actuals.find_comment(plan.id, last) if last else None
    given = common.actuals.find_comment(plan.id, common.fiscal_year)
    others = f"\n（{'、'.join(asked.others)}も記入）" if asked.others else ""
    cells = [Cell(plan.id, CellLook.MUTED), Cell(f"{place_title(plan)}{others}")]
    for column in common.comments.inputs:
        if last:
            cells.append(Cell(column.text(before) or None))
        taken = common.taken.get((plan.id, column.title), {})
        cells.append(
            input_cell(column, _own_words(column.text(given), department, taken), common.words)
        )
    cells.append(Cell(common.fiscal_year.year, CellLook.MUTED, number_format="0"))
    return Row(tuple(cells), lines=_LINES)


def _own_words(cell: str, department: str, taken: Mapping[str, str]) -> str:
    """What a department is handed of a cell: its own part, if nobody edited it by hand."""
    return taken.get(department, "") if taken and consists_of(cell, taken) else cell


def _last_commented(assignment: Assignment, common: SheetFacts) -> FiscalYear | None:
    """The latest earlier year in which one of the department's plans was commented on."""
    for year in reversed(common.earlier):
        if any(common.actuals.find_comment(each.place.id, year) for each in assignment.plans):
            return year
    return None
