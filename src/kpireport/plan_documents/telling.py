"""Columns that somebody tells (``--columns``).

Comes in: words as they are typed. Goes out: what columns of which tables are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kpireport.domain.numerals import fold_width
from kpireport.errors import CellError
from kpireport.messages import did_you_mean, quoted
from kpireport.plan_documents.captions import Assigned
from kpireport.plan_documents.times import year_in
from kpireport.plan_documents.vocabulary import Role, role_of_whole, squeezed
from kpireport.quickly import dataclass

_TABLE = re.compile(r"表\s*([0-9]+)\s*[:：]\s*(.*)", re.DOTALL)
_COLUMN = re.compile(r"列\s*([0-9]+)")
_TOLD = "指定のとおり"
_MANY = (Role.SECTION, Role.ACTUAL, Role.YEARLY, Role.PAST, Role.DETAIL, Role.LEFT)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says that a column is.

    Attributes:
        table: by its order from 1; 0 for all.
        column: from 0; ``None`` where ``header`` names it.
        header: its header.
        role: what it is.
        year: of its figures.
    """

    table: int
    column: int | None
    header: str
    role: Role
    year: int | None


def read_told(texts: Iterable[str]) -> tuple[Told, ...]:
    """Read what is told of columns: ``列1=指標,列3=現状値``, ``表2:施策名=戦略計画``.

    Raises:
        CellError: it cannot be read.
    """
    return tuple(
        _told(int(table), part)
        for text in texts
        for table, rest in [_of_table(fold_width(text))]
        for part in re.split(r"[,、;]", rest)
        if part.strip()
    )


def _of_table(text: str) -> tuple[str, str]:
    match = _TABLE.fullmatch(text.strip())
    return (match[1], match[2]) if match else ("0", text)


def _told(table: int, text: str) -> Told:
    which, sign, word = text.partition("=")
    if not sign or not which.strip() or not word.strip():
        what = f"{quoted(text)}は、列の指定として読めません。"
        raise CellError(
            what, "「列1=指標,列3=現状値」か「表2:施策名=戦略計画」のように書いてください。"
        )
    column = _COLUMN.fullmatch(which.strip())
    role, year = _role(word.strip()), year_in(word)
    return Told(table, int(column[1]) - 1 if column else None, squeezed(which), role, year)


def _role(word: str) -> Role:
    plain = squeezed(word)
    for role in Role:
        if plain == squeezed(role.value):
            return role
    if year_in(word) is not None and plain.endswith("目標値"):
        return Role.YEARLY
    if found := role_of_whole(plain):
        return found
    remedy = did_you_mean(word, [each.value for each in Role])
    raise CellError(f"{quoted(word)}という列はありません。", remedy)


def tables_told(told: Sequence[Told]) -> frozenset[int]:
    """The tables that are named with columns by their numbers: they need no header."""
    return frozenset(each.table for each in told if each.table and each.column is not None)


def as_told(
    columns: Sequence[Assigned], table: int, told: Sequence[Told]
) -> tuple[tuple[Assigned, ...], frozenset[Told]]:
    """The columns of a table as somebody tells them, and what of it was used."""
    settled, used = list(columns), set()
    for each in told:
        if each.table not in (0, table):
            continue
        for at, column in enumerate(settled):
            if _is_meant(each, column):
                used.add(each)
                settled = _with_role(settled, at, each)
    return tuple(settled), frozenset(used)


def _is_meant(told: Told, column: Assigned) -> bool:
    if told.column is not None:
        return column.index == told.column
    return told.header in (
        squeezed(column.caption.shown),
        *(squeezed(each) for each in column.caption.texts),
    )


def _with_role(columns: list[Assigned], at: int, told: Told) -> list[Assigned]:
    return [
        _as_meant(each, told) if index == at else _beside(each, told)
        for index, each in enumerate(columns)
    ]


def _as_meant(column: Assigned, told: Told) -> Assigned:
    year = told.year if told.year is not None else column.year
    return replace(column, role=told.role, why=_TOLD, year=year, is_sure=True)


def _beside(column: Assigned, told: Told) -> Assigned:
    """A column that was taken for what another is told to be: a text of its own."""
    if column.role is not told.role or told.role in _MANY or column.why == _TOLD:
        return column
    why = "同じ役の列が指定されたので、欄にしました"
    return replace(column, role=Role.DETAIL, why=why, is_sure=False)
