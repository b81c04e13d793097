"""Tables over pages: what stays together, what is repeated, and that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from math import inf

import pikepdf
import pytest
from hypothesis import given, settings

from kpireport.document.blocks import Cell, Row, Table
from kpireport.document.styles import CellStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.pdf.strips import Strip
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.tables import Piece, TableLayout
from kpireport.writers.pdf.typeset import Typesetter
from kpireport.writers.pdf.writer import write_pdf
from kpireport.writers.theme import DEFAULT_THEME, LARGEST_GAP
from tests.documents import kpi_table, real_plan, tables

WIDTH, PAGE = 480.0, 700.0


def pieces(table: Table, first_room: float = PAGE) -> list[Piece]:
    """Fill pages with a table; the first may be begun already."""
    layout = TableLayout(
        table, Typesetter(DEFAULT_THEME), WIDTH, PAGE, Element("Document", None), "t"
    )
    found: list[Piece] = []
    room, fresh = first_room, first_room == PAGE
    while not layout.is_finished:
        piece = layout.next_piece(room, fresh_page=fresh)
        assert piece is None or piece.height <= room + 0.1
        if piece is None:
            assert not fresh, "a fresh page must take something"
        else:
            found.append(piece)
        room, fresh = PAGE, True
    return found


def text(strips: Sequence[Strip]) -> str:
    return "".join(placed.run.text for strip in strips for placed in strip.runs)


def column(piece: Piece, index: int, *, repeated: bool | None = None) -> list[str]:
    """Return the texts of a piece's body cells in one column, header and blanks left out."""
    return [
        text(cell.strips)
        for cell in piece.cells
        if cell.cell.column == index
        and cell.cell.cell.style is not CellStyle.HEADER
        and repeated in (None, cell.is_repeated)
    ]


@pytest.mark.parametrize("more", [0.5, 12.0])
def test_a_table_tells_how_much_a_page_lacked_for_the_plan_that_the_next_begins_with(
    more: float,
) -> None:
    table = kpi_table(("甲", 12), ("乙", 6))
    (whole,) = pieces(table)
    layout = TableLayout(
        table, Typesetter(DEFAULT_THEME), WIDTH, PAGE, Element("Document", None), "t"
    )
    assert layout.next_piece(whole.height - more, fresh_page=True) is not None
    assert layout.breaks == {0: inf, 12: pytest.approx(more)}
    assert layout.next_piece(PAGE, fresh_page=True) is not None
    assert layout.is_finished


def test_plans_that_fit_stay_whole() -> None:
    # the page has room for some 33 rows: for the first plan and a part of the second
    first, second = pieces(kpi_table(("甲", 25), ("乙", 12)))
    assert column(first, 1) == [f"指標甲-{number}" for number in range(25)]
    assert column(second, 0) == ["乙"]
    assert len(column(second, 1)) == 12


def test_a_plan_is_split_rather_than_leave_a_third_of_the_page_empty() -> None:
    first, second = pieces(kpi_table(("甲", 10), ("乙", 26)))
    assert column(first, 0) == ["甲", "乙"]
    assert column(second, 0) == ["乙（続き）"]
    assert column(second, 0, repeated=True) == ["乙（続き）"]


def test_the_header_counts_to_what_a_table_leaves_empty_that_moves() -> None:
    """Of a page with room for a third and the header, a plan's beginning makes use."""
    table = kpi_table(("甲", 20))
    header = pieces(kpi_table(("甲", 1)))[0].height / 2
    first, second = pieces(table, PAGE * LARGEST_GAP + header / 2)
    assert column(first, 0) == ["甲"]
    assert column(second, 0) == ["甲（続き）"]
    assert column(pieces(table, PAGE * LARGEST_GAP)[0], 1) == [f"指標甲-{n}" for n in range(20)]


def test_a_table_tells_that_its_first_row_begins_a_page() -> None:
    for room, breaks in ((PAGE * LARGEST_GAP, [0]), (PAGE * 0.6, [])):
        layout = TableLayout(
            kpi_table(("甲", 20)),
            Typesetter(DEFAULT_THEME),
            WIDTH,
            PAGE,
            Element("Document", None),
            "t",
        )
        if layout.next_piece(room, fresh_page=False) is None:
            layout.next_piece(PAGE, fresh_page=True)
        assert layout.is_finished
        assert list(layout.breaks) == breaks


def test_the_header_is_repeated_as_an_artifact() -> None:
    first, *others = pieces(kpi_table(("甲", 80)))
    assert len(others) >= 2
    headers = [
        [cell.is_repeated for cell in piece.cells if cell.cell.cell.style is CellStyle.HEADER]
        for piece in (first, *others)
    ]
    assert headers == [[False, False], *[[True, True]] * len(others)]


def test_no_row_of_a_plan_is_left_alone() -> None:
    for rows in range(30, 75):
        counts = [len(column(piece, 1)) for piece in pieces(kpi_table(("甲", rows)))]
        assert sum(counts) == rows
        assert min(counts) > 1, f"{rows} rows over pages as {counts}"


@pytest.mark.parametrize("before", range(20, 40))
@pytest.mark.parametrize("above", [1, 2, 4])
def test_no_single_last_row_goes_on_a_page_of_its_own(before: int, above: int) -> None:
    """What stands above it goes along: a plan of a few rows."""
    found = pieces(kpi_table(("甲", before), ("乙", above), ("丙", 1)))
    assert len(column(found[-1], 1)) > 1


def test_a_heading_row_stays_with_its_first_sub_row() -> None:
    for before in range(20, 35):
        table = kpi_table(("甲", before), ("乙", 40))
        kept = [
            Row(row.cells, keep_with_next=index == before + 2)
            for index, row in enumerate(table.rows)
        ]
        found = pieces(Table(TableStyle.KPI, (20, 80), table.header_rows, tuple(kept), "", ""))
        last_rows = [column(piece, 1)[-1] for piece in found]
        assert "指標乙-2" not in last_rows[:-1]


def test_a_row_taller_than_a_page_is_cut_between_lines() -> None:
    found = pieces(kpi_table(("甲", 3), lines=80))
    assert len(found) > 4
    shown = "".join("".join(column(piece, 1)) for piece in found)
    assert shown == "".join(f"指標甲-{number}" + "二行目" * 79 for number in range(3))


@pytest.mark.parametrize("room", range(120, 700, 20))
def test_a_cut_row_goes_on_overleaf_and_never_below_itself(room: int) -> None:
    """Its cells would have a rule through them in the middle of a page."""
    *rows, last = kpi_table(("甲", 8)).rows
    comment = paragraph("\n".join(["課題"] * 25), TextStyle.TABLE_TEXT)
    last = Row((Cell((comment,), CellStyle.TEXT),))
    kept = [Row(row.cells, keep_with_next=number == 6) for number, row in enumerate(rows)]
    table = kpi_table(("甲", 8))
    for piece in pieces(replace(table, rows=(*kept, last)), first_room=room):
        shown = [cell.cell.row for cell in piece.cells if cell.cell.column == 1 and cell.strips]
        shown = shown[1:]  # below the header
        assert len(shown) == len(set(shown))


def test_a_name_longer_than_its_rows_gets_room_on_both_pages() -> None:
    name = "とても長い名前の戦略計画" * 6
    found = pieces(kpi_table((name, 40)))
    assert column(found[0], 0) == [name]
    for piece in found[1:]:
        assert column(piece, 0) == [f"{name}（続き）"]


def test_a_name_longer_than_a_page_goes_on() -> None:
    name = "名前" * 800
    found = pieces(kpi_table((name, 2)))
    assert len(found) > 1
    assert "".join("".join(column(piece, 0, repeated=False)) for piece in found) == name


def test_a_table_moves_to_the_next_page_when_its_first_plan_has_no_room() -> None:
    (only,) = pieces(kpi_table(("甲", 10)), first_room=150)
    assert len(column(only, 1)) == 10


def test_a_table_with_a_header_taller_than_a_page_comes_to_an_end() -> None:
    header = Cell((paragraph("見出し" * 900, TextStyle.TABLE_TEXT),), CellStyle.TEXT)
    rows = [Cell((paragraph(text, TextStyle.TABLE_TEXT),), CellStyle.TEXT) for text in "甲乙"]
    table = Table(
        TableStyle.KPI, (1,), (Row((header,)),), tuple(Row((each,)) for each in rows), "", ""
    )
    found = pieces(table)  # each fits its page
    assert len(found) > 1
    shown = "".join("".join(column(piece, 0, repeated=False)) for piece in found)
    assert shown == "見出し" * 900 + "甲乙"
    assert not any(cell.is_repeated for piece in found for cell in piece.cells)
    for piece in found:
        _assert_tiled(piece)


def test_pages_below_a_tall_header_begin_with_rows_that_are_counted_without_it() -> None:
    header = Cell((paragraph("見出し" * 850, TextStyle.TABLE_TEXT),), CellStyle.HEADER)
    rows = [
        Cell((paragraph("行" + "\n行" * 9, TextStyle.TABLE_TEXT),), CellStyle.TEXT)
        for _ in range(12)
    ]
    table = Table(
        TableStyle.KPI, (1,), (Row((header,)),), tuple(Row((each,)) for each in rows), "", ""
    )
    layout = TableLayout(
        table, Typesetter(DEFAULT_THEME), WIDTH, PAGE, Element("Document", None), "t"
    )
    counts = []
    while not layout.is_finished:
        piece = layout.next_piece(PAGE, fresh_page=True)
        assert piece is not None
        counts.append(sum(cell.cell.cell is row for cell in piece.cells for row in rows))
    begins = [sum(counts[:page]) for page in range(len(counts))]
    assert len(counts) > 3
    assert list(layout.breaks) == [0, *(row for row in begins[1:] if row)]


def test_an_empty_cell_is_a_cell() -> None:
    empty = Cell((paragraph("", TextStyle.TABLE_TEXT),), CellStyle.TEXT)
    full = Cell((paragraph("値", TextStyle.TABLE_TEXT),), CellStyle.TEXT)
    (piece,) = pieces(Table(TableStyle.KPI, (1, 1), (), (Row((empty, full)),), "", ""))
    first, second = (cell.height for cell in piece.cells)
    assert first == second > 0


@settings(max_examples=60, deadline=None)
@given(tables())
def test_every_text_is_shown_once_and_cells_do_not_overlap(table: Table) -> None:
    found = pieces(table)
    shown = sorted(
        "".join(text(cell.strips) for piece in found for cell in piece.cells if owns(cell, source))
        for source in body_cells(table)
    )
    assert shown == sorted(expected_text(cell) for cell in body_cells(table))
    for piece in found:
        _assert_tiled(piece)


def owns(placed: object, source: Cell) -> bool:
    return placed.cell.cell is source and not placed.is_repeated  # type: ignore[attr-defined]


def body_cells(table: Table) -> Iterator[Cell]:
    for row in table.rows:
        yield from row.cells


def expected_text(cell: Cell) -> str:
    """Return the texts of a cell's blocks."""
    from kpireport.document.walk import block_texts

    return "".join(text for block in cell.content for text in block_texts(block))


def _assert_tiled(piece: Piece) -> None:
    """The cells of a piece cover its area exactly."""
    area = sum(cell.height * cell.cell.width for cell in piece.cells)
    assert area == pytest.approx(piece.height * WIDTH, rel=1e-6)


def test_an_edge_that_cells_share_is_drawn_once_whatever_the_last_bit_of_its_place() -> None:
    with pikepdf.open(BytesIO(write_pdf(real_plan()))) as pdf:
        for page in pdf.pages:
            content = page.Contents.read_bytes().decode("latin-1")
            edges = re.findall(r"[\d.]+ [\d.]+ m [\d.]+ [\d.]+ l", content)
            assert len(edges) == len(set(edges))
