"""Tables of plans whose rows, notes below them and all, are to stay on one page."""

from __future__ import annotations

from dataclasses import replace

from kpireport.document.blocks import Cell, Row, Table
from kpireport.document.styles import CellStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from tests.documents import kpi_table


def kept_plans(*counts: int, lines: int = 1) -> Table:
    """Return plans of so many rows each, and a row of notes in two cells below each plan."""
    rows: list[Row] = []
    for number, count in enumerate(counts):
        plan = kpi_table((f"計画{number}", count), lines=lines)
        rows.extend(replace(row, keep_with_next=True) for row in plan.rows)
        rows.append(Row((_note(f"取組{number}"), _note(f"課題{number}"))))
    return replace(kpi_table(("計画", 1)), columns=(20, 80), rows=tuple(rows))


def _note(text: str) -> Cell:
    return Cell((paragraph(f"{text}\n二行目", TextStyle.TABLE_TEXT),), CellStyle.PROSE)


def band(rows: int, *, keeps: bool = True) -> Table:
    """Return a goal's band that is to stay with what is below it."""
    table = kpi_table(("目標", rows))
    kept = tuple(replace(row, keep_with_next=keeps) for row in table.rows)
    return replace(table, style=TableStyle.BAND, header_rows=(), rows=kept)
