"""A row of the plan's workbook as the fields of a form.

Comes in: a sheet's columns and a row's texts; what is wrong, at its columns. Goes out: fields:
what a column is titled, explained by, chosen from is said once, in the columns of
:mod:`kpireport.plan_books.columns`, so that form and workbook are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from kpireport.errors import Problem
from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.line_notations import AsNamed, AsTexts, AsYearly
from kpireport.plan_books.notations import (
    NO,
    AsChoice,
    AsFlag,
    AsLines,
    Notation,
)
from kpireport.plan_books.plan_rows import PlanRows
from kpireport.plan_books.rows import BookRow
from kpireport.quickly import dataclass

_UNTYPED = (of.ID, of.DOUBT, of.ORIGIN, of.REST)
"""Columns that nobody types in: given, of a document's reading, of no column."""

_WIDE = 40.0  # characters: names and sentences, which may have more than a line has room for
_LONG = 60.0
_ROOM = 24  # characters of half width, in a line as browsers have it
_READ = tuple(of.QUANTITY_TITLES.values())
_READ_AS = "印刷の文字から読み取る"


class Control(StrEnum):
    """What a field is typed or chosen with."""

    LINE = "line"
    WIDE = "wide"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    Attributes:
        title: its label, and its name in the form.
        value: what stands in it.
        help: how it is filled in, with an example.
        control: what it is typed or chosen with.
        options: what a choice has beside nothing, or is offered while a line is typed: values,
            each with its words.
        empty: what nothing stands for in a choice.
        wrong: what is wrong with it.
        now: what the file has by now, if that is another; ``None`` else.
        label: its label, where that is not its title.
        is_required: nothing cannot be chosen.
    """

    title: str
    value: str
    help: str
    control: Control
    options: tuple[tuple[str, str], ...] = ()
    empty: str = ""
    wrong: tuple[Problem, ...] = ()
    now: str | None = None
    label: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that stand together; those of a group that is folded are rarely needed."""

    title: str
    explains: str
    fields: tuple[Field, ...]
    is_folded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something in it is to be seen at once."""
        return not self.is_folded or any(each.value or each.wrong for each in self.fields)


def typed_columns(columns: Iterable[PlanColumn]) -> tuple[PlanColumn, ...]:
    """The columns that people type in."""
    return tuple(each for each in columns if each.title not in _UNTYPED)


def field_of(
    column: PlanColumn,
    row: BookRow,
    rows: PlanRows,
    *,
    wrong: Mapping[str, Sequence[Problem]] | None = None,
    now: BookRow | None = None,
) -> Field:
    """The field of a column.

    Args:
        column: the column.
        row: what stands in the form.
        rows: the plan, whose rows may be named.
        wrong: what is wrong, by titles.
        now: what the file has by now, where that may be another.
    """
    value = row.text(column.title)
    latest = None if now is None else now.text(column.title)
    example = f"例：{column.example}" if column.example else ""
    options = _options(column, rows)
    control = _control(column, value, options)
    if control is Control.CHOICE and value and value not in options:
        options = (*options, value)  # what stands there must not be lost
    return Field(
        column.title,
        value,
        "　".join(filter(None, (column.explains, example))),
        control,
        tuple((each, each) for each in options),
        _READ_AS if column.title == of.KIND else "",
        tuple((wrong or {}).get(column.title, ())),
        None if latest == value else latest,
    )


def groups_of(flat: FlatSheet, fields: Sequence[Field]) -> tuple[FieldGroup, ...]:
    """The fields in groups: what is always written, what was read, what is rarely needed."""
    if flat.sheet not in of.MEASURED:
        return (FieldGroup("", "", tuple(fields)),)
    titles = [each.title for each in fields]
    last = titles.index(of.IN_CHARGE) + 1
    return (
        FieldGroup("", "", tuple(fields[:last])),
        FieldGroup(
            "読み取った数",
            "印刷の文字から読み取った数と単位です。評価はこの数でします。違うときだけ直してください。",
            tuple(each for each in fields[last:] if each.title in _READ),
        ),
        FieldGroup(
            "要るときだけ書くもの",
            "",
            tuple(each for each in fields[last:] if each.title not in _READ),
            is_folded=True,
        ),
    )


def names_in(rows: PlanRows, sheet: str) -> tuple[str, ...]:
    """How cells name the rows of a sheet."""
    flat = rows.sheet(sheet)
    if flat is None:
        return ()
    title = flat.sheet.naming.title
    titles = (of.NUMBER, of.NAME) if title == of.NAME else (title,)
    names = ("　".join(filter(None, map(row.text, titles))) for row in flat.rows)
    return tuple(dict.fromkeys(filter(None, names)))


def _options(column: PlanColumn, rows: PlanRows) -> tuple[str, ...]:
    match column.notation:
        case AsChoice(words):
            return tuple(words.values())
        case AsFlag(yes):
            return (yes, NO)
    if not column.names_of:
        return ()
    sections = names_in(rows, of.SECTIONS.name) if column.title == of.ABOVE else ()
    return (*names_in(rows, column.names_of), *sections)


def _control(column: PlanColumn, value: str, options: tuple[str, ...]) -> Control:
    is_choice: bool = isinstance(column.notation, AsChoice | AsFlag)
    if is_choice:
        return Control.CHOICE
    if "\n" in value or _has_lines(column.notation) or (column.width >= _LONG and not options):
        return Control.TEXT
    return Control.WIDE if column.width >= _WIDE or 2 * len(value) > _ROOM else Control.LINE


def _has_lines(notation: Notation) -> bool:
    match notation:
        case AsLines(sign):
            return sign == "\n"
        case AsTexts() | AsNamed() | AsYearly():
            return True
    return False
