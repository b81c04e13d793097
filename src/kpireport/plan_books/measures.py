"""Rows of indicators and numeric targets, with the columns of a plan's own.

Comes in: the objects of measures, or rows. Goes out: the other of the two. A plan may have a
target for each year, and texts that no other plan has: each is a column beside the usual ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import pairwise

from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import CellError
from kpireport.plan_books.columns import DOUBT, ORIGIN, REST, PlanColumn, PlanSheet
from kpireport.plan_books.notations import AsYear
from kpireport.plan_books.rows import BookRow, Object, entry_of, row_of
from kpireport.sources.json_file import Json
from kpireport.sources.titled_tables import plain_title

_YEARLY, _DETAILS = "yearly_targets", "details"
_YEARLY_TITLE = re.compile(r"(.+年度?)の目標値")
_DETAIL = "欄："


def measure_columns(
    sheet: PlanSheet, entries: Iterable[Object], *, calendar: bool = False
) -> tuple[PlanColumn, ...]:
    """The sheet's columns, those that its measures need besides before the last ones."""
    years: set[str] = set()
    details: dict[str, None] = {}
    for entry in entries:
        if isinstance(below := entry.get(_DETAILS), dict):
            details |= dict.fromkeys(filter(_can_be_title, below))
        if (yearly := _by_year(entry.get(_YEARLY))) is not None:
            years |= set(yearly)
    kind = FiscalYear(1).of_calendar if calendar else FiscalYear(1)
    own = (
        *(
            _yearly(format_fiscal_year(FiscalYear(int(year)).of_kind(kind)), year)
            for year in sorted(years)
        ),
        *(PlanColumn(f"{_DETAIL}{name}", (_DETAILS, name), width=20) for name in details),
    )
    return _with_own(sheet, own)


def _can_be_title(name: str) -> bool:
    """Whether a column that is titled so is found again: nothing of it counts as a remark."""
    return plain_title(name) == name


def columns_titled(sheet: PlanSheet, titles: Iterable[str]) -> tuple[PlanColumn, ...]:
    """The sheet's columns, those that its titles name besides before the last ones.

    Titles that name the same (2025年度 and 令和７年度) are one column: whoever finds two such
    columns tells it.
    """
    own: dict[tuple[str, ...], PlanColumn] = {}
    for title in titles:
        if path := _path_of(title):
            known = own.get(path)
            others = (*known.others, title) if known else ()
            own[path] = PlanColumn(known.title if known else title, path, others=others)
    return _with_own(sheet, tuple(own.values()))


def _path_of(title: str) -> tuple[str, str] | None:
    """The item that a title of a plan's own names; ``None`` where it names none."""
    if title.startswith(_DETAIL):
        name = title.removeprefix(_DETAIL).strip()
        return (_DETAILS, name) if name else None
    if match := _YEARLY_TITLE.fullmatch(plain_title(title)):
        with suppress(CellError):  # 最終年度の目標値: no column of ours
            return _YEARLY, str(AsYear().read(match[1]))
    return None


def _yearly(words: str, year: str) -> PlanColumn:
    return PlanColumn(f"{words}の目標値", (_YEARLY, year), width=14)


def _with_own(sheet: PlanSheet, own: tuple[PlanColumn, ...]) -> tuple[PlanColumn, ...]:
    last = next(
        index for index, each in enumerate(sheet.columns) if each.title in (DOUBT, ORIGIN, REST)
    )
    return (*sheet.columns[:last], *own, *sheet.columns[last:])


# --- rows ------------------------------------------------------------------------


def measure_row(
    entry: Object, columns: tuple[PlanColumn, ...], links: Mapping[str, str]
) -> BookRow:
    """The row of a measure."""
    yearly = _by_year(entry.get(_YEARLY))
    return row_of(entry if yearly is None else {**entry, _YEARLY: yearly}, columns, links)


def measure_of(row: BookRow, columns: tuple[PlanColumn, ...]) -> Object:
    """The measure of a row."""
    entry = entry_of(row, columns)
    yearly = entry.get(_YEARLY)
    if isinstance(yearly, dict) and all(map(str.isdecimal, yearly)):
        entry[_YEARLY] = [
            {"fiscal_year": int(year), "text": text} for year, text in sorted(yearly.items())
        ]
    if entry:  # so that each of the two is missed apart
        for cell in ("baseline", "target"):
            entry.setdefault(cell, {})
    return entry


def _by_year(targets: Json) -> dict[str, Json] | None:
    """The texts of yearly targets by year; ``None`` where they say more, or not in order."""
    if not isinstance(targets, list):
        return None
    pairs = []
    for each in targets:
        if not isinstance(each, dict) or set(each) != {"fiscal_year", "text"}:
            return None
        pairs.append((str(each["fiscal_year"]), each["text"]))
    in_order = all(before < after for (before, _), (after, _) in pairwise(pairs))
    return dict(pairs) if in_order and pairs else None
