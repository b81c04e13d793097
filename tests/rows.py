"""Tables whose rows have headings: nothing is printed for them, everything leads to them."""

from __future__ import annotations

from dataclasses import replace

from kpireport.document.blocks import (
    Contents,
    Document,
    Heading,
    HeadingStyle,
    Paragraph,
    Span,
    Table,
    TextStyle,
)
from tests.documents import document, kpi_table

ROWS = 9  # of a plan
PLANS = tuple(f"計画{number}" for number in "１２３４５")


def row_headings() -> tuple[Heading, ...]:
    return tuple(
        Heading(f"p{number}", 2, plan, HeadingStyle.ROW, f"{plan}　名前")
        for number, plan in enumerate(PLANS, start=1)
    )


def headed_table() -> Table:
    """A table over several pages whose plans begin with rows that have headings."""
    table = kpi_table(*((plan, ROWS) for plan in PLANS), lines=2)
    headings = row_headings()
    rows = (
        replace(row, heading=None if at % ROWS else headings[at // ROWS])
        for at, row in enumerate(table.rows)
    )
    return replace(table, rows=tuple(rows))


def headed_document() -> Document:
    """Contents, a text that refers to the last plan, and the table."""
    reference = Paragraph((Span("計画５を参照", target="p5"),), TextStyle.BODY)
    return document(Contents(2), reference, headed_table())
