"""計画: its goals, plans and indicators, and what each value was read as.

The cells are those of the plan's workbook: page and workbook say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from starlette.responses import Response

from kpireport.domain.names import in_one_line
from kpireport.domain.target_kinds import KindFacts, TargetKind
from kpireport.domain.years import FiscalYear, format_date, format_fiscal_year
from kpireport.plan_books import columns as of
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.notations import NONE
from kpireport.plan_books.parts import (
    TARGETS,
    Part,
    changes,
    full_name,
    id_of,
    parts,
)
from kpireport.plan_books.plan_rows import PlanRows
from kpireport.plan_books.rows import BookRow
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, UnknownAddressError
from kpireport.workbench.row_forms import typed_columns

_LEVELS = (of.GOALS, of.SECTIONS, of.PLANS, of.GROUPS)
OVERVIEW = (of.BASICS, *_LEVELS, of.INDICATORS, of.TARGETS)
"""The sheets whose rows the overview itself has."""

KINDS: tuple[KindFacts, ...] = tuple(each.facts for each in TargetKind)
_YEARLY = "yearly_targets"
_OF_YEAR = "の目標値"  # after the year, in the titles of the columns of yearly targets
_STATE = of.KINDS.words[str(TargetKind.STATE)]

# --- all of it ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator or numeric target, with what its values were read as.

    ``yearly`` has its targets of years before the last, each with its year.
    """

    sheet: str
    id: str
    name: str
    baseline: str
    target: str
    read: str
    kind: str
    deadline: str
    departments: str
    is_revised: bool
    yearly: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Block:
    """A goal, a level, a plan or a group, with the lines directly in it.

    Attributes:
        sheet: that its row is of.
        id: its own.
        title: its number and name.
        depth: 0 for a goal.
        lines: of it.
    """

    sheet: str
    id: str
    title: str
    depth: int
    departments: str
    lines: list[Line] = field(default_factory=list)


def overview(asked: Asked) -> Response:
    """Show a plan's goals, plans and indicators."""
    rows = asked.plan
    blocks = tuple(_blocks(rows))
    goals = tuple((each.id, each.title) for each in blocks if each.sheet == of.GOALS.name)
    goal, words = asked.query("goal"), asked.query("words")
    shown = tuple(_only(blocks, goal, words))
    basics = rows.row(of.BASICS.name, 1)
    return asked.page(
        "plan.html",
        name=asked.name,
        title=title_of(rows),
        blocks=shown,
        goals=goals,
        goal=goal,
        words=words,
        all=sum(len(each.lines) for each in blocks),
        count=sum(len(each.lines) for each in shown),
        basics=tuple(
            (each.title, basics.text(each.title))
            for each in typed_columns(of.BASICS.columns)
            if basics.text(each.title)
        ),
        kinds=KINDS,
        further=tuple(each for each in rows.sheets if each.sheet not in OVERVIEW),
        revisions=rows.plan.catalogue.revisions,
        date_words=format_date,
        year_words=format_fiscal_year,
    )


def title_of(rows: PlanRows) -> str:
    """What a plan calls itself."""
    return in_one_line("".join(rows.plan.entries.cover.title))


def _blocks(rows: PlanRows) -> Iterator[Block]:
    known = {
        row.text(of.ID): (flat, row)
        for flat in rows.sheets
        if flat.sheet in (*_LEVELS, of.INDICATORS, of.TARGETS)
        for row in flat.rows
    }
    revised = {id_of(change) for _, change in changes(rows.raw)}
    due = {sheet: _due(rows, sheet) for sheet in (of.INDICATORS.name, of.TARGETS.name)}
    block, depths = Block("", "", "", 0, ""), {"": -1}
    for part in parts(rows.raw):
        flat, row = known[part.id]
        sheet = flat.sheet.name
        if part.is_measure:
            if (part.place, part.kind == TARGETS) != (block.id, block.sheet == of.GOALS.name):
                # below a group comes the plan's next row: the plan goes on
                yield block
                block = _continued(part)
            block.lines.append(_line(flat, row, due[sheet], is_revised=part.id in revised))
            continue
        if block.id:
            yield block
        depths[part.id] = depths[part.place] + 1
        departments = row.text(of.IN_CHARGE)
        block = Block(sheet, part.id, full_name(part.entry), depths[part.id], departments)
    if block.id:
        yield block


def _continued(part: Part) -> Block:
    """The block of a row that stands behind another block in the same plan."""
    above = part.above
    sheet = of.GOALS.name if part.kind == TARGETS else of.PLANS.name
    title = f"{full_name(above.entry)}（つづき）" if above else ""
    return Block(sheet, above.id if above else "", title, 2, "")


def _due(rows: PlanRows, sheet: str) -> str:
    """When a target of a sheet is due unless it says otherwise."""
    years = rows.plan.catalogue.years
    return format_fiscal_year(years.numeric_target if sheet == of.TARGETS.name else years.target)


def _line(flat: FlatSheet, row: BookRow, due: str, *, is_revised: bool) -> Line:
    own = row.text("期限")
    kind = row.text(of.KIND)
    numbers = [row.text(title) for title in of.QUANTITY_TITLES.values()]
    read = "文字（状態）" if kind == _STATE else " → ".join(each or NONE for each in numbers)
    return Line(
        flat.sheet.name,
        row.text(of.ID),
        row.text(of.NAME),
        row.text(of.BASELINE),
        row.text(of.TARGET),
        read,
        kind,
        format_fiscal_year(FiscalYear(int(own))) if own.isdecimal() else due,
        row.text(of.IN_CHARGE),
        is_revised,
        tuple(
            (each.title.removesuffix(_OF_YEAR), in_one_line(row.text(each.title)))
            for each in flat.columns
            if each.path[:1] == (_YEARLY,) and row.text(each.title)
        ),
    )


def _only(blocks: Sequence[Block], goal: str, words: str) -> Iterator[Block]:
    """Yield the blocks of a goal, and their lines that have some words."""
    current = ""
    for block in blocks:
        if block.sheet == of.GOALS.name:
            current = block.id
        if goal not in ("", current):
            continue
        if not words:
            yield block
            continue
        lines = [each for each in block.lines if _has(each, words)]
        if lines or words in block.title:
            lines = block.lines if words in block.title else lines
            yield Block(block.sheet, block.id, block.title, block.depth, block.departments, lines)


def _has(line: Line, words: str) -> bool:
    return any(words in each for each in (line.id, line.name, line.departments, line.target))


def sheet(asked: Asked) -> Response:
    """Show the rows of a sheet that the overview does not have."""
    rows = asked.plan
    flat = sheet_of(rows, asked.query("sheet"))
    columns = tuple(
        each
        for each in flat.columns
        if each.title != of.REST and any(row.text(each.title) for row in flat.rows)
    )
    return asked.page(
        "plan_sheet.html",
        name=asked.name,
        title=title_of(rows),
        flat=flat,
        columns=columns,
        lines=tuple(enumerate(flat.rows, 1)),
    )


def sheet_of(rows: PlanRows, name: str) -> FlatSheet:
    """The sheet of a name.

    Raises:
        UnknownAddressError: there is none.
    """
    found = rows.sheet(name)
    if found is None:
        raise UnknownAddressError
    return found
