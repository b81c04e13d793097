"""Tables made of columns: widths, headers and cells from one place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpireport.document.blocks import Cell, Row
from kpireport.document.columns import (
    REST,
    Column,
    across,
    beside,
    compose_table,
    header_rows,
    position,
    row_of,
    rows_of,
    under,
)
from kpireport.document.table_cells import header_cell, text_cell, value_cell

NAME: Column[str] = Column("name", REST, "名称", text_cell)
SIZE: Column[str] = Column("size", 12, "長さ\n文字", lambda text: value_cell(str(len(text))))
FIRST: Column[str] = Column("first", 8, header_cell("頭", "一字"), lambda text: value_cell(text[0]))


def said(cell: Cell) -> str:
    return "／".join(each.text for each in cell.content)  # type: ignore[union-attr]


def lines(rows: tuple[Row, ...]) -> list[str]:
    return [" | ".join(said(cell) for cell in row.cells) for row in rows]


def test_widths_header_and_cells_come_from_the_columns():
    columns = (NAME, SIZE, FIRST)
    table = compose_table(columns, rows_of(columns, ("甲乙", "丙")), "題")
    assert table.columns == (80, 12, 8)
    assert lines(table.header_rows) == ["名称 | 長さ／文字 | 頭／一字"]
    assert lines(table.rows) == ["甲乙 | 2 | 甲", "丙 | 1 | 丙"]
    assert table.description == "名称、長さ、頭"


def test_columns_that_are_called_alike_are_named_once():
    columns = (NAME, *(replace(SIZE, key=f"{n}", called="長さなど") for n in range(3)), FIRST)
    assert compose_table(columns, (), "題").description == "名称、長さなど、頭"


def test_what_stands_above_columns_is_one_cell_and_the_others_reach_up():
    upper, lower = header_rows((NAME, *under(header_cell("文字"), (SIZE, FIRST))))
    assert [(said(cell), cell.colspan, cell.rowspan) for cell in upper.cells] == [
        ("名称", 1, 2),
        ("文字", 2, 1),
    ]
    assert lines((lower,)) == ["長さ／文字 | 頭／一字"]


def test_one_column_under_a_header_does_not_make_that_reach_down():
    upper, lower = header_rows((NAME, *under(header_cell("文字"), (SIZE,))))
    assert [cell.rowspan for cell in upper.cells] == [2, 1]
    assert lines((lower,)) == ["長さ／文字"]


def test_a_cell_beside_rows_comes_first_and_once():
    rows = tuple(beside(NAME, "並", tuple(rows_of((SIZE,), ("一", "二二")))))
    assert lines(rows) == ["並 | 1", "2"]
    assert rows[0].cells[0].rowspan == 2
    assert not tuple(beside(NAME, "並", ()))


def test_a_cell_takes_the_place_of_all_columns_and_none_leaves_its_place_to_one_above():
    assert across((NAME, SIZE, FIRST), text_cell("全")).colspan == 3
    shared = replace(SIZE, cell=lambda _: None)
    assert lines((row_of((NAME, shared, FIRST), "甲乙"),)) == ["甲乙 | 甲"]


def test_a_column_is_found_by_its_key():
    assert position((NAME, SIZE, FIRST), "first") == 2
    with pytest.raises(ValueError, match="other"):
        position((NAME, SIZE), "other")
