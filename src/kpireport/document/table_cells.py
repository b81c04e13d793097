"""Makers of table cells that every chapter uses.

Comes in: texts. Goes out: cells, ample as in the decided plan or dense as in tables of
many columns.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from kpireport.document.blocks import CONTINUED, Cell, HeaderScope, Paragraph, Span
from kpireport.document.changes import Changes, Spot
from kpireport.document.styles import CellStyle, SpanStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.domain.catalogue import Indicator, IndicatorGroup, Measure, period_of, unit_of
from kpireport.domain.places import Place
from kpireport.domain.units import with_unit
from kpireport.domain.values import parse_value
from kpireport.quickly import dataclass

NOTHING = "―"


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of a table's texts and cells."""

    header: TextStyle
    header_note: TextStyle
    label: TextStyle
    text: TextStyle
    subtext: TextStyle
    value: TextStyle
    header_cell: CellStyle
    plan_cell: CellStyle
    group_cell: CellStyle
    name_cell: CellStyle
    value_cell: CellStyle


AMPLE = Look(
    header=TextStyle.TABLE_HEADER,
    header_note=TextStyle.TABLE_HEADER_NOTE,
    label=TextStyle.TABLE_LABEL,
    text=TextStyle.TABLE_TEXT,
    subtext=TextStyle.TABLE_SUBTEXT,
    value=TextStyle.TABLE_VALUE,
    header_cell=CellStyle.HEADER,
    plan_cell=CellStyle.PLAN,
    group_cell=CellStyle.GROUP,
    name_cell=CellStyle.TEXT,
    value_cell=CellStyle.VALUE,
)
"""Of the plan edition's tables."""

DENSE = Look(
    header=TextStyle.DENSE_HEADER,
    header_note=TextStyle.DENSE_HEADER_NOTE,
    label=TextStyle.DENSE_LABEL,
    text=TextStyle.DENSE_TEXT,
    subtext=TextStyle.DENSE_SUBTEXT,
    value=TextStyle.DENSE_VALUE,
    header_cell=CellStyle.DENSE_HEADER,
    plan_cell=CellStyle.DENSE,
    group_cell=CellStyle.DENSE,
    name_cell=CellStyle.DENSE,
    value_cell=CellStyle.DENSE,
)
"""Of all others."""


def shared(cell: Cell) -> Cell:
    """Return a cell that is the same as ``cell``: the very one that equal cells share.

    Most cells of a long table say what others do, and writers know by the cell itself what
    they have made of it. Texts of the inputs stand once; numbers of bars and sparklines that
    are equal may be written differently: such cells are their own.
    """
    for part in cell.content:
        if not isinstance(part, Paragraph) or part.source:
            return cell
    return _first_of(cell)


@lru_cache(maxsize=8192)
def _first_of(cell: Cell) -> Cell:
    return cell


def header_cell(*lines: str, look: Look = DENSE) -> Cell:
    """Return a column's header: its name, and smaller what explains it; empty lines are none."""
    name, *notes = (line for line in lines if line)
    return Cell(
        (paragraph(name, look.header), *(paragraph(note, look.header_note) for note in notes)),
        look.header_cell,
        scope=HeaderScope.COLUMN,
    )


def note_lines(note: str) -> tuple[str, ...]:
    """Return the note below a column's name in the lines that narrow columns want.

    >>> note_lines("原則：平成30年度末")
    ('原則：', '平成30年度末')
    """
    head, colon, rest = note.partition("：")
    return (f"{head}{colon}", rest) if rest else (note,)


def name_cell(text: str, look: Look = DENSE) -> Cell:
    """Return a cell that names its row."""
    return Cell((paragraph(text, look.text),), look.name_cell, scope=HeaderScope.ROW)


def value_cell(text: str, look: Look = DENSE, *, sign: str = "") -> Cell:
    """Return a cell with a value; ``sign`` is a note's, at its end."""
    return Cell((value_paragraph(text, look, sign=sign),), look.value_cell)


def value_paragraph(text: str, look: Look = DENSE, *, sign: str = "") -> Paragraph:
    """Return what a cell with a value says; ``sign`` is a note's, at its end."""
    value = paragraph(text, look.value)
    if sign:
        return replace(value, spans=(*value.spans, Span(sign, SpanStyle.NOTE_MARK)))
    return value


def marked_cell(changes: Changes, text: str, id_: str, spot: str, look: Look = DENSE) -> Cell:
    """Return a cell with a value, with the marks of what was changed in it."""
    return Cell((changes.marked(text, look.value, id_, spot),), look.value_cell)


def text_cell(text: str, source: str = "") -> Cell:
    """Return a cell with words; ``source`` is whose they are."""
    return Cell((paragraph(text, TextStyle.DENSE_TEXT, source),), CellStyle.DENSE)


def with_continued(text: Paragraph) -> Paragraph:
    """Return what stands in place of a text that is carried over to a further page."""
    return replace(text, spans=(*text.spans, Span(CONTINUED)))


def band_label(label: str, note: str = "", look: Look = AMPLE) -> Cell:
    """Return the cell at the left of a band that names its rows."""
    note_style = TextStyle.BAND_LABEL_NOTE if look is AMPLE else look.header_note
    lines = [paragraph(line, TextStyle.BAND_LABEL) for line in label.split("\n")]
    if note:
        lines.append(paragraph(note, note_style))
    return Cell(tuple(lines), CellStyle.BAND_LABEL, scope=HeaderScope.ROW)


@dataclass(frozen=True, slots=True)
class PlanCells:
    """Makers of the cells of the plan's own words, with the marks of what was changed in them.

    ``has_units`` is whether values have the unit that their indicator states apart: where no
    column of the table has it. ``has_periods`` likewise, of what time they are (暦年).
    ``former`` are the cells that have what was first decided below what was revised.
    """

    changes: Changes
    look: Look = DENSE
    has_units: bool = False
    has_periods: bool = True
    former: frozenset[Spot] = frozenset()

    def place(self, place: Place) -> Cell:
        """The label and name of a plan, or of what plans stand in."""
        title = self.changes.marked(place.title, self.look.text, place.id, Spot.NAME)
        style, scope = self.look.plan_cell, HeaderScope.ROW
        if not place.label:
            return Cell((title,), style, scope=scope, continued=(with_continued(title),))
        label = paragraph(place.label, self.look.label)
        again = with_continued(title) if self.look is AMPLE else with_continued(label)
        continued = (label, again) if self.look is AMPLE else (again,)
        return Cell((label, title), style, scope=scope, continued=continued)

    def place_across(self, place: Place) -> Cell:
        """The same on one line, above its rows; shaded where it has more than rows below it."""
        title = self.changes.marked(place.title, self.look.text, place.id, Spot.NAME)
        label = (Span(f"{place.label}　"),) if place.label else ()
        style = self.look.header_cell if place.below else self.look.group_cell
        whole = replace(title, spans=(*label, *title.spans))
        return Cell((whole,), style, scope=HeaderScope.ROW)

    def group(self, group: IndicatorGroup) -> Cell:
        """The name of a group of indicators."""
        name = self.changes.marked(group.name, self.look.text, group.id, Spot.NAME)
        return Cell((name,), self.look.group_cell, scope=HeaderScope.ROW)

    def name(self, measure: Measure, *, name: str = "", is_part: bool = False) -> Cell:
        """What is measured, as the plan or another ``name`` calls it; indented in a group."""
        style = self.look.subtext if is_part else self.look.text
        text = self.changes.marked(name or measure.name, style, measure.id, Spot.NAME)
        period = period_of(measure) if self.has_periods else ""
        below = (paragraph(f"（{period}）", style),) if period else ()
        return Cell((text, *below), self.look.name_cell, scope=HeaderScope.ROW)

    def baseline(self, measure: Measure, *, rowspan: int = 1) -> Cell:
        """現状値; below it when it is of, where that is its own and not in its text."""
        text, style = self._counted(measure, measure.baseline.text), self.look.value
        when = self._when(measure)
        below = (paragraph(f"（{when}）", style),) if when else ()
        own = self.changes.marked(text, style, measure.id, Spot.BASELINE)
        former = self._former(measure, Spot.BASELINE)
        return Cell((own, *below, *former), self.look.value_cell, rowspan=rowspan)

    def _when(self, measure: Measure) -> str:
        """When an indicator's baseline is of, if nothing else says so."""
        baseline = measure.baseline
        if not isinstance(measure, Indicator) or self.changes.brings_baseline(measure.id):
            return ""
        if baseline.as_of:
            return "" if baseline.as_of in baseline.text else baseline.as_of
        if baseline.year is None or parse_value(baseline.text).period is not None:
            return ""
        return self.changes.words.year_name(baseline.year, self.changes.numerals)

    def target(self, measure: Measure) -> Cell:
        """目標値."""
        text, style = self._counted(measure, measure.target.text), self.look.value
        own = self.changes.marked(text, style, measure.id, Spot.TARGET)
        return Cell((own, *self._former(measure, Spot.TARGET)), self.look.value_cell)

    def _former(self, measure: Measure, spot: Spot) -> tuple[Paragraph, ...]:
        """What was first decided, where it is shown and says something else."""
        was = self.changes.former(measure.id, spot) if spot in self.former else None
        if was is None:
            return ()
        before, now = (
            each.baseline.text if spot is Spot.BASELINE else each.target.text
            for each in (was, measure)
        )
        text = f"（改定前）{self._counted(was, before)}"
        return (paragraph(text, self.look.value),) if before != now else ()

    def _counted(self, measure: Measure, text: str) -> str:
        return with_unit(text, unit_of(measure)) if self.has_units else text
