"""Whether the columns that the plan lays out have room on their pages.

Comes in: a composed document and its columns. Goes out: what does not fit, by how many
millimetres, and what to leave out: cells that nobody can read are no table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpireport.document.blocks import Document, Section, Table
from kpireport.document.columns import AnyColumn
from kpireport.document.kpi_columns import plan_columns, result_columns
from kpireport.document.styles import TableStyle
from kpireport.domain.layouts import ANSWERS, DETAIL_WORDS, OWN, LayoutName
from kpireport.domain.settings import Edition
from kpireport.findings import Findings
from kpireport.writers.theme import DEFAULT_THEME, MILLIMETRE
from kpireport.writers.widths import least_widths

if TYPE_CHECKING:
    from kpireport.document.reviews import Review
    from kpireport.domain.catalogue import Catalogue

_OF_YEAR = re.compile(r"(?:actual|target|rate)-([0-9]{4})")
_BESIDES = (
    *DETAIL_WORDS,
    LayoutName.DEPARTMENT,
    LayoutName.PAST,
    LayoutName.BASELINE_YEAR,
    LayoutName.DEADLINE,
    LayoutName.RATE,
    LayoutName.REASON,
)
"""What a table can do without, besides texts and answers of the plan's own."""
_EARLIER = "mark-"
_EARLIER_NAME = f"「前の年度までの評価」（{LayoutName.EARLIER_MARKS}）"
"""Named as one: by their years, they would be taken for the columns of actuals."""


def note_too_wide(
    document: Document,
    edition: Edition,
    catalogue: Catalogue,
    review: Review | None,
    log: Findings,
) -> None:
    """Note in the plan's file the layout whose table is wider than its page.

    Args:
        document: the edition, composed.
        edition: which it is.
        catalogue: the plan that the edition shows.
        review: what editions with actuals are composed from; ``None`` for the plan edition.
        log: of the plan's file.
    """
    layout = catalogue.columns.plan if review is None else catalogue.columns.review
    if not layout and (review is None or not catalogue.answers):
        return
    columns = _columns(edition, catalogue, review)
    needed = [0.0] * len(columns)
    is_lying = False
    for section in document.sections:
        for table in _tables(section):
            needed = list(map(max, needed, least_widths(table, DEFAULT_THEME)))
            is_lying = section.landscape
    too_much = sum(needed) - _room(landscape=is_lying)
    if too_much > 0:
        log.add(
            _cause(catalogue, "plan" if review is None else "review"),
            f"{edition.words}の表が、{'横' if is_lying else '縦'}の用紙に"
            f" {_millimetres(too_much)}mm 入りきりません。",
            _remedy(columns, needed, too_much, is_lying=is_lying),
        )


def _cause(catalogue: Catalogue, edition: str) -> str:
    """Return the item of the plan's file that asks for the columns of an edition."""
    if getattr(catalogue.layouts, edition):
        return f"layout.{edition}"
    return "answers" if catalogue.levels.are_usual else "levels"


def _columns(edition: Edition, catalogue: Catalogue, review: Review | None) -> Sequence[AnyColumn]:
    if review is None:
        return plan_columns(catalogue).all
    columns = result_columns(review)
    return columns.without_levels().all if edition is Edition.SHEETS else columns.all


def _tables(section: Section) -> list[Table]:
    tables = (each for each in section.blocks if isinstance(each, Table))
    return [each for each in tables if each.style is TableStyle.KPI]


def _room(*, landscape: bool) -> float:
    page = DEFAULT_THEME.page
    return (page.height if landscape else page.width) - 2 * page.margin_x


def _millimetres(points: float) -> int:
    return max(1, -int(-points // MILLIMETRE))


def what_to_drop(
    columns: Sequence[AnyColumn], needed: Sequence[float], too_much: float
) -> tuple[tuple[str, ...], float]:
    """Return the columns to leave out, the widest first, and how much is lacking still.

    Args:
        columns: of the table.
        needed: in points, how wide each has to be.
        too_much: in points, by how much the table is wider than its page.
    """
    spare = dict[str, float]()
    for column, width in zip(columns, needed, strict=True):
        if column.key in _BESIDES or column.key.startswith((OWN, ANSWERS, _EARLIER)):
            name = _EARLIER_NAME if column.key.startswith(_EARLIER) else f"「{column.name}」"
            spare[name] = spare.get(name, 0.0) + width
    left, names = too_much, list[str]()
    for name, width in sorted(spare.items(), key=lambda each: -each[1]):
        if left > 0:
            names.append(name)
            left -= width
    return tuple(names), left


def _remedy(
    columns: Sequence[AnyColumn], needed: Sequence[float], too_much: float, *, is_lying: bool
) -> str:
    turned = "" if is_lying else '用紙を横にする（orientation = "landscape"）か、'
    names, left = what_to_drop(columns, needed, too_much)
    fewer = fewer_years(columns, needed, too_much)
    if not names:
        return f"{turned}{fewer or '列を減らしてください。'}"
    if left > 0 and fewer:
        return f"{turned}{fewer}"
    more = "。それでも足りないので、ほかの列も減らしてください。" if left > 0 else "。"
    instead = f"または、{fewer}" if fewer else ""
    return f"{turned}{'と'.join(names)}の列を除いてください{more}{instead}"


def fewer_years(columns: Sequence[AnyColumn], needed: Sequence[float], too_much: float) -> str:
    """Say how many years have room, the oldest left out; empty where not even one has."""
    widths = dict[str, float]()
    for column, width in zip(columns, needed, strict=True):
        if of_year := _OF_YEAR.fullmatch(column.key):
            widths[of_year[1]] = widths.get(of_year[1], 0.0) + width
    left = too_much
    for count, year in enumerate(sorted(widths), start=1):
        left -= widths[year]
        if left <= 0 and (last := len(widths) - count):
            return f'示す年度を減らしてください（年度ごとの列に "last": {last} と書きます）。'
    return ""
