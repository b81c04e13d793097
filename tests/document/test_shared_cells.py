"""Cells that say the same are one object in the tables; what may differ stays its own."""

from __future__ import annotations

from decimal import Decimal

from kpireport.document.blocks import Bar, Cell, Paragraph, Table
from kpireport.document.columns import Column, compose_table, rows_of
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.document.table_cells import shared, value_cell
from kpireport.document.texts import paragraph


def _table(*items: str) -> Table:
    columns = [
        Column("name", 60, "名称", value_cell),
        Column("unit", 0, "単位", lambda _: value_cell("人")),
    ]
    return compose_table(columns, rows_of(columns, items), "表")


def test_equal_cells_of_a_table_and_of_another_are_one() -> None:
    first, second = _table("保育所", "学童"), _table("保育所")
    (nursery, persons), (_, more_persons) = (row.cells for row in first.rows)
    assert persons is more_persons
    assert nursery is second.rows[0].cells[0]
    assert persons is second.rows[0].cells[1]
    assert first.header_rows[0].cells[0] is second.header_rows[0].cells[0]


def test_cells_that_look_or_reach_otherwise_are_others() -> None:
    usual = shared(value_cell("5人"))
    wide = shared(Cell(usual.content, usual.style, colspan=2))
    assert wide is not usual
    assert wide.colspan == 2
    assert shared(Cell(usual.content, CellStyle.PROSE)).style is CellStyle.PROSE


def test_numbers_that_are_equal_keep_how_they_are_written() -> None:
    short, long = (Cell((Bar(Decimal(each)),), CellStyle.DENSE) for each in ("0.5", "0.50"))
    assert short == long
    assert shared(short) is short
    assert shared(long) is long


def test_texts_of_the_inputs_are_not_kept() -> None:
    def made() -> Cell:
        words: tuple[Paragraph, ...] = (paragraph("増やす", TextStyle.COMMENT, "issues:p1:2021"),)
        return Cell(words, CellStyle.PROSE)

    first, second = made(), made()
    assert shared(first) is first
    assert shared(second) is second
