"""Whether the columns that the plan lays out have room on their pages.

Comes in: a composed document and its columns. Goes out: what does not fit, by how many
millimetres, and what to leave out: cells that nobody can read are no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpireport.document.blocks import Document, Section, Table
from kpireport.document.columns import AnyColumn
from kpireport.document.kpi_columns import plan_columns, result_columns
from kpireport.document.styles import TableStyle
from kpireport.domain.layouts import ANSWERS, DETAIL_WORDS, OWN, LayoutName
from kpireport.findings import Findings
from kpireport.writers.theme import DEFAULT_THEME, MILLIMETRE
from kpireport.writers.widths import least_widths

if TYPE_CHECKING:
    from kpireport.document.reviews import Review
    from kpireport.domain.catalogue import Catalogue

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


def note_too_wide(
    document: Document, catalogue: Catalogue, review: Review | None, log: Findings
) -> None:
    """Note in the plan's file the layout whose table is wider than its page.

    Args:
        document: the edition, composed.
        catalogue: the plan that the edition shows.
        review: what the review edition is composed from; ``None`` for the plan edition.
        log: of the plan's file.
    """
    layout = catalogue.columns.plan if review is None else catalogue.columns.review
    if not layout and (review is None or not catalogue.answers):
        return
    columns = plan_columns(catalogue).all if review is None else result_columns(review).all
    needed = [0.0] * len(columns)
    is_lying = False
    for section in document.sections:
        for table in _tables(section):
            needed = list(map(max, needed, least_widths(table, DEFAULT_THEME)))
            is_lying = section.landscape
    too_much = sum(needed) - _room(landscape=is_lying)
    if too_much > 0:
        edition, place = ("計画版", "plan") if review is None else ("実績版", "review")
        log.add(
            _cause(catalogue, place),
            f"{edition}の表が、{'横' if is_lying else '縦'}の用紙に"
            f" {_millimetres(too_much)}mm 入りきりません。",
            _remedy(columns, needed, too_much, is_lying=is_lying),
        )


def _cause(catalogue: Catalogue, edition: str) -> str:
    """Return the item of the plan's file that asks for the columns of an edition."""
    if getattr(catalogue.layouts, edition):
        return f"layout.{edition}"
    return "answers" if catalogue.levels.are_usual else "levels"


def _tables(section: Section) -> list[Table]:
    tables = (each for each in section.blocks if isinstance(each, Table))
    return [each for each in tables if each.style is TableStyle.KPI]


def _room(*, landscape: bool) -> float:
    page = DEFAULT_THEME.page
    return (page.height if landscape else page.width) - 2 * page.margin_x


def _millimetres(points: float) -> int:
    return max(1, -int(-points // MILLIMETRE))


def _remedy(
    columns: Sequence[AnyColumn], needed: Sequence[float], too_much: float, *, is_lying: bool
) -> str:
    """Say which columns to leave out: as few as will do, the widest first."""
    turned = "" if is_lying else '用紙を横にする（orientation = "landscape"）か、'
    spare = [
        (width, column.name)
        for column, width in zip(columns, needed, strict=True)
        if column.key in _BESIDES or column.key.startswith((OWN, ANSWERS, "mark-"))
    ]
    left, names = too_much, list[str]()
    for width, name in sorted(spare, key=lambda each: -each[0]):
        if left > 0:
            names.append(f"「{name}」")
            left -= width
    if not names:
        return f"{turned}列を減らしてください。"
    more = "。それでも足りないので、ほかの列も減らしてください。" if left > 0 else "。"
    return f"{turned}{'と'.join(names)}の列を除いてください{more}"
