"""Tables whose rows have headings: nothing is printed for them, everything leads to them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kpireport.document.blocks import (
    Bar,
    Cell,
    Clip,
    Contents,
    Document,
    Heading,
    Paragraph,
    Row,
    Section,
    Span,
    Sparkline,
    Table,
)
from kpireport.document.styles import CellStyle, HeadingStyle, TableStyle, TextStyle
from tests.documents import METADATA, document, heading, kpi_table

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
        replace(row, headings=() if at % ROWS else (headings[at // ROWS],))
        for at, row in enumerate(table.rows)
    )
    return replace(table, rows=tuple(rows))


def headed_document() -> Document:
    """Contents, a text that refers to the last plan, and the table."""
    reference = Paragraph((Span("計画５を参照", target="p5"),), TextStyle.BODY)
    return document(Contents(2), reference, headed_table())


def crowded_document() -> Document:
    """All that may stand in rows and at the edges of pages, upright and on its side."""
    headings = (replace(each, status="◎１ △１ ×２") for each in row_headings())
    plans = [Row(_crowded_cells(each.id), headings=(each,)) for each in headings]
    table = Table(TableStyle.KPI, (3, 1, 1), (), tuple(plans), "表", "説明")
    blocks = (heading("h", "章"), Contents(2), table)
    upright = Section(blocks, notices=("見本", "作成中"), head="柱", foot="◎ 達成")
    tall = kpi_table(*((plan, ROWS) for plan in PLANS), lines=2)
    wide = Section((heading("i", "次の章"), tall), landscape=True, head="次の柱")
    return Document(METADATA, (upright, wide))


def _crowded_cells(target: str) -> tuple[Cell, ...]:
    page = Span("", target=target, is_page=True)
    text = Paragraph((Span("名前", target=target), Span("　"), page), TextStyle.DENSE_TEXT)
    bars = (Bar(Decimal(1), Decimal("0.6"), Clip.BEYOND), Bar(Decimal(0), None, Clip.BELOW))
    course = Sparkline((Decimal(1), None, Decimal(3), Decimal(2)), Decimal(2))
    contents = ((text,), bars, (course,))
    return tuple(Cell(content, CellStyle.DENSE) for content in contents)
