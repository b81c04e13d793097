"""Columns have room for their longest number, in both writers alike."""

from __future__ import annotations

import pytest

from kpireport.document.blocks import Cell, Row, Table
from kpireport.document.styles import CellStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.theme import DEFAULT_THEME
from kpireport.writers.widths import LETTER_GAP, fit_columns, gap_places, natural_width

WIDTH = 480.0
PADDING = 2 * DEFAULT_THEME.cell[CellStyle.DENSE].padding_x
SIZE = DEFAULT_THEME.text[TextStyle.DENSE_VALUE].size


def cell(text: str, *, colspan: int = 1, rowspan: int = 1) -> Cell:
    content = (paragraph(text, TextStyle.DENSE_VALUE),)
    return Cell(content, CellStyle.DENSE, colspan=colspan, rowspan=rowspan)


def table(columns: tuple[int, ...], *rows: tuple[Cell, ...]) -> Table:
    return Table(TableStyle.KPI, columns, (), tuple(map(Row, rows)), "表", "説明")


def widths(made: Table) -> list[float]:
    columns = fit_columns(made, DEFAULT_THEME, WIDTH)
    return [WIDTH * part / sum(columns) for part in columns]


def test_proportions_stand_where_every_number_has_room():
    made = table((70, 15, 15), (cell("指標"), cell("1,648人"), cell("実施に向けた検討を継続")))
    assert fit_columns(made, DEFAULT_THEME, WIDTH) == (70, 15, 15)


@pytest.mark.parametrize(
    "number", ["101,234,500円", "123,456億円", "−1,198,432人", "（345,600,000,000円）"]
)
def test_a_narrow_column_takes_what_its_number_needs(number):
    found = widths(table((80, 10, 10), (cell("指標"), cell(number), cell("―"))))
    bare = number.strip("（）")
    assert found[1] >= natural_width(bare) * SIZE + PADDING
    gaps = LETTER_GAP * len(list(gap_places(number)))  # LibreOffice parts digits from letters
    assert found[1] < (natural_width(bare) + gaps) * SIZE + PADDING + 2  # and no more
    assert found[0] < 0.8 * WIDTH
    assert sum(found) == pytest.approx(WIDTH)


@pytest.mark.parametrize("text", ["令和元年度", "令和４年度", "（平成30年度調査結果）"])
def test_a_year_of_an_era_has_room_as_a_number_has(text):
    found = widths(table((90, 5, 5), (cell("指標"), cell(text), cell("―"))))
    whole = text.removesuffix("調査結果）")
    assert found[1] >= natural_width(whole) * SIZE + PADDING
    assert found[1] < (natural_width(whole) + 2 * LETTER_GAP) * SIZE + PADDING + 2


def test_gaps_are_between_letters_and_digits_alone():
    places = list(gap_places("約1,200人（115床）％1・A級１0"))
    assert places == [0, 5, 10, 16, 18]


def test_a_column_with_a_long_number_gives_nothing_away():
    long = "1,234,567,890人"
    found = widths(table((60, 20, 20), (cell("指標"), cell(long), cell(long * 2))))
    for width in found[1:]:
        assert width >= natural_width(long) * SIZE + PADDING


def test_cells_below_a_span_count_in_their_own_column():
    rows = ((cell("計画", rowspan=2), cell("指標"), cell("―")), (cell("指標"), cell("1,234,567件")))
    found = widths(table((45, 45, 10), *rows))
    assert found[2] >= natural_width("1,234,567件") * SIZE + PADDING
    assert found[0] == pytest.approx(found[1], abs=0.2)


def test_a_cell_over_several_columns_claims_nothing():
    made = table((90, 5, 5), (cell("指標"), cell("1,234,567,890人", colspan=2)))
    assert fit_columns(made, DEFAULT_THEME, WIDTH) == (90, 5, 5)


def test_where_no_room_is_left_the_columns_share_it():
    long = "1,234,567,890,123,456,789,012,345,678,901人"
    found = widths(table((40, 30, 30), *[(cell(long), cell(long), cell(long))]))
    assert found == pytest.approx([0.4 * WIDTH, 0.3 * WIDTH, 0.3 * WIDTH])
