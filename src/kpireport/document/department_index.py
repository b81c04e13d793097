"""Who is responsible for what: every indicator by department, with its mark and its page.

Comes in: a review. Goes out: a table, a department's plans one below the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpireport.document.blocks import Block, Cell, HeaderScope, Paragraph, Row, Span
from kpireport.document.captions import table_caption
from kpireport.document.columns import REST, Column, beside, compose_table, rows_of
from kpireport.document.review_cells import PAGE, page_cell
from kpireport.document.reviews import Review
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.document.table_cells import value_cell, with_continued
from kpireport.document.texts import paragraph, row_id
from kpireport.domain.catalogue import Measure
from kpireport.quickly import dataclass

_BETWEEN = "　"  # indicators in a cell
_PAGES_WIDTH = 7  # 11～12


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a department has in one place: its indicators in a plan, or a goal's numeric targets."""

    label: str
    measures: Sequence[Measure]

    def page(self) -> Cell:
        """Return the page that it is on, or the first and the last of several."""
        first, last = self.measures[0].id, self.measures[-1].id
        return page_cell(row_id(first), row_id(last) if len(self.measures) > 1 else "")


def compose_department_index(review: Review) -> tuple[Block, ...]:
    """Return the index; nothing where the plan names no departments."""
    labels = review.catalogue.labels
    department: Column[str] = Column("department", 15, "所管課", _department_cell)
    marked, and_marks = ("評価と", "と評価") if review.marks else ("", "")
    columns: tuple[Column[_Entry], ...] = (
        Column("plan", 11, labels.plan, lambda each: value_cell(each.label)),
        Column("indicators", REST, f"{marked}{labels.indicator}", lambda each: _cell(review, each)),
        Column("page", _PAGES_WIDTH, PAGE, _Entry.page),
    )
    rows = tuple(_rows(review, department, columns))
    if not rows:
        return ()
    caption = table_caption("departments", f"所管課ごとの{review.words.indicator}{and_marks}")
    return (compose_table((department, *columns), rows, caption.text, caption=caption),)


def _rows(
    review: Review, department: Column[str], columns: Sequence[Column[_Entry]]
) -> Iterator[Row]:
    found: dict[str, dict[str, list[Measure]]] = {}
    for measure in review.catalogue.measures():
        for each in measure.departments:
            place = review.places[measure.id]
            found.setdefault(each, {}).setdefault(place, []).append(measure)
    for name, places in found.items():
        entries = (
            _Entry(review.plan_label(measures[0].id), measures) for measures in places.values()
        )
        yield from beside(department, name, tuple(rows_of(columns, entries)))


def _department_cell(name: str) -> Cell:
    text = paragraph(name, TextStyle.DENSE_TEXT)
    return Cell((text,), CellStyle.DENSE, scope=HeaderScope.ROW, continued=(with_continued(text),))


def _cell(review: Review, entry: _Entry) -> Cell:
    spans: list[Span] = []
    for measure in entry.measures:
        mark = review.judgement(measure).mark
        spans.append(Span(_BETWEEN if spans else ""))
        if review.marks:
            spans.append(Span(mark.symbol, spoken=f"{mark.word}："))
        space = " " if review.marks else ""
        spans.append(Span(f"{space}{review.names[measure.id]}"))
    return Cell((Paragraph(tuple(spans), TextStyle.DENSE_TEXT),), CellStyle.DENSE)
