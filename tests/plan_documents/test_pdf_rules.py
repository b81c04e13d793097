"""Tables by their rules, however these are drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kpireport.plan_documents.tables import SourceCell
from tests.plan_documents.pages import Pages, only_table, rows, texts

LEFTS = (50.0, 200.0, 300.0, 400.0)
TOPS = (100.0, 125.0, 150.0, 175.0)
TEXTS = [
    ["指標", "現状値", "目標値"],
    ["保育所の整備", "165所", "181所"],
    ["園の認定", "16園", "25園"],
]


def drawn() -> Pages:
    pages = Pages()
    pages.cells(LEFTS, TOPS, TEXTS)
    return pages


def test_ruled_table(tmp_path):
    pages = drawn()
    pages.grid(LEFTS, TOPS)

    table = only_table(pages.read(tmp_path))

    assert rows(table) == TEXTS
    assert (table.rows, table.columns, table.page, table.number) == (3, 3, 1, 1)
    assert table.lefts == tuple(round(each / 595, 4) for each in LEFTS[:-1])
    assert not table.doubts


def test_sides_are_not_drawn(tmp_path):
    pages = drawn()
    for y in TOPS:
        pages.across(y, LEFTS[0], LEFTS[-1])
    for x in LEFTS[1:-1]:
        pages.upright(x, TOPS[0], TOPS[-1])

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_top_and_bottom_are_not_drawn(tmp_path):
    pages = drawn()
    for y in TOPS[1:-1]:
        pages.across(y, LEFTS[0], LEFTS[-1])
    for x in LEFTS:
        pages.upright(x, TOPS[0], TOPS[-1])

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_dashed_rules(tmp_path):
    pages = drawn()
    pages.canvas.setDash(2, 2)
    pages.grid(LEFTS, TOPS)

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_dashes_that_are_drawn_one_by_one(tmp_path):
    pages = drawn()
    for y in TOPS:
        for step in range(100):
            pages.across(y, 50 + 3.5 * step, 52 + 3.5 * step)
    for x in LEFTS:
        for step in range(25):
            pages.fill(x - 0.2, 100 + 3 * step, x + 0.2, 102 + 3 * step)

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_doubled_rules(tmp_path):
    pages = drawn()
    pages.grid(LEFTS, TOPS)
    pages.grid([each + 2 for each in LEFTS], [each + 2 for each in TOPS])

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


@pytest.mark.parametrize("thick", [0.2, 1.0, 2.5])
def test_rules_that_are_filled_areas(tmp_path, thick):
    pages = drawn()
    for y in TOPS:
        pages.fill(LEFTS[0], y - thick / 2, LEFTS[-1], y + thick / 2)
    for x in LEFTS:
        pages.fill(x - thick / 2, TOPS[0], x + thick / 2, TOPS[-1])

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_each_cell_has_its_own_frame(tmp_path):
    pages = drawn()
    for top, bottom in pairwise(TOPS):
        for left, right in pairwise(LEFTS):
            pages.canvas.rect(left, pages.height - bottom, right - left, bottom - top)

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_cells_that_reach_over_others(tmp_path):
    pages = Pages()
    pages.text(60, 110, "計画１")
    pages.text(210, 103, "重要業績評価指標")
    pages.cells(LEFTS[1:], TOPS[1:], [["165所", "181所"], ["16園", "25園"]])
    for y, begin in zip(TOPS, (50.0, 200.0, 200.0, 50.0), strict=True):
        pages.across(y, begin, 400)
    for x in (50.0, 200.0, 400.0):
        pages.upright(x, 100, 175)
    pages.upright(300, 125, 175)

    table = only_table(pages.read(tmp_path))

    assert [(c.text, c.row, c.column, c.rows, c.columns) for c in table.cells] == [
        ("計画１", 0, 0, 3, 1),
        ("重要業績評価指標", 0, 1, 1, 2),
        ("165所", 1, 1, 1, 1),
        ("181所", 1, 2, 1, 1),
        ("16園", 2, 1, 1, 1),
        ("25園", 2, 2, 1, 1),
    ]


def test_rules_that_miss_each_other_a_little(tmp_path):
    """Tables that were put together of two have columns that differ by a hair."""
    pages = drawn()
    pages.grid(LEFTS, TOPS[:3])
    pages.grid([50, 204, 297, 402], TOPS[2:])

    table = only_table(pages.read(tmp_path))

    assert rows(table) == TEXTS
    assert table.columns == 3


def test_line_through_a_cell_is_no_border(tmp_path):
    """An underline, and a slanted line that says that there is no value."""
    pages = drawn()
    pages.grid(LEFTS, TOPS)
    pages.across(138, 203, 230)
    pages.canvas.line(300, pages.height - 150, 400, pages.height - 175)

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_shade_behind_words_is_no_cell(tmp_path):
    pages = Pages()
    pages.grid(LEFTS, TOPS)
    pages.fill(203, 127, 240, 141, gray=0.8)
    pages.cells(LEFTS, TOPS, TEXTS)

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_cells_by_their_shades_alone(tmp_path):
    pages = Pages()
    for top, bottom in pairwise(TOPS):
        for left, right in pairwise(LEFTS):
            pages.fill(left + 0.8, top + 0.8, right - 0.8, bottom - 0.8, gray=0.9)
    pages.cells(LEFTS, TOPS, TEXTS)

    table = only_table(pages.read(tmp_path))

    assert rows(table) == TEXTS
    assert not table.doubts


def test_white_areas_are_not_seen(tmp_path):
    pages = Pages()
    pages.fill(40, 110, 500, 160, gray=1)
    pages.text(50, 120, "本文です。")

    assert list(pages.read(tmp_path).tables()) == []


def test_rules_between_rows_alone(tmp_path):
    pages = drawn()
    for y in TOPS:
        pages.across(y, LEFTS[0], LEFTS[-1])

    table = only_table(pages.read(tmp_path))

    assert rows(table) == TEXTS
    assert table.doubts


def test_rules_below_the_header_and_at_the_ends(tmp_path):
    pages = drawn()
    for y in (TOPS[0], TOPS[1], TOPS[-1]):
        pages.across(y, LEFTS[0], LEFTS[-1], thick=1)

    assert rows(only_table(pages.read(tmp_path))) == TEXTS


def test_every_other_row_is_shaded(tmp_path):
    pages = Pages()
    for top, bottom in ((100, 125), (150, 175)):
        pages.fill(50, top, 400, bottom, gray=0.9)
    pages.cells(LEFTS, TOPS, TEXTS)

    table = only_table(pages.read(tmp_path))

    assert rows(table) == TEXTS
    assert table.doubts


def test_tables_beside_and_below_each_other(tmp_path):
    pages = Pages()
    for left, top, word in ((50, 100, "甲"), (320, 100, "乙"), (50, 300, "丙")):
        lefts, tops = (left, left + 100.0, left + 200.0), (top, top + 25.0, top + 50.0)
        pages.grid(lefts, tops)
        pages.cells(lefts, tops, [[f"{word}１", "値"], [f"{word}２", "値"]])

    tables = list(pages.read(tmp_path).tables())

    assert [(t.number, rows(t)[0][0]) for t in tables] == [(1, "甲１"), (2, "乙１"), (3, "丙１")]


def test_table_goes_on_over_a_page(tmp_path):
    pages = drawn()
    pages.grid(LEFTS, TOPS)
    pages.next_page()
    pages.cells(LEFTS, TOPS, TEXTS)
    pages.grid(LEFTS, TOPS)

    first, second = pages.read(tmp_path).tables()

    assert (first.page, second.page) == (1, 2)
    assert first.lefts == second.lefts


def test_box_around_text_is_text(tmp_path):
    pages = Pages()
    pages.canvas.rect(50, 600, 300, 100)
    pages.text(60, 160, "枠の中の文です。")

    document = pages.read(tmp_path)

    assert not list(document.tables())
    assert texts(document) == ["枠の中の文です。"]


def test_bold_cells(tmp_path):
    pages = Pages()
    pages.grid(LEFTS[:3], TOPS[:3])
    pages.cells(LEFTS[:3], TOPS[1:3], [["園の認定", "16園"]])
    pages.text(53, 103, "指標", font="Bold")
    pages.text(203, 103, "現状値")

    cells = only_table(pages.read(tmp_path)).cells

    assert [cell.is_bold for cell in cells] == [True, False, False, False]
    assert isinstance(cells[0], SourceCell)


# --- over pages ---------------------------------------------------------------------------


def _with_rest(*, is_bold: bool, rest: str) -> Pages:
    """A table over two pages; on the second, what is below the header is parted by no rule."""
    pages = Pages()
    font = "Bold" if is_bold else "Regular"
    for rules in (TOPS, (100, 145, 175)):
        pages.grid(LEFTS, rules)
        for x, word in zip(LEFTS, TEXTS[0], strict=False):
            pages.text(x + 3, 103, word, font=font)
        if rules is TOPS:
            pages.cells(LEFTS, TOPS[1:], TEXTS[1:])
            pages.next_page()
    pages.text(LEFTS[2] + 3, 125, rest, font=font)
    pages.cells(LEFTS, (150,), [["学校の改修", "3校", "5校"]])
    return pages


def test_a_header_is_parted_from_the_rest_of_a_row_below_it(tmp_path):
    _, second = _with_rest(is_bold=False, rest="（累計）を含む").read(tmp_path).tables()
    assert second.rows == 2, "what is in brackets is a remark on the header"

    _, second = _with_rest(is_bold=False, rest="以上とする").read(tmp_path).tables()
    assert rows(second) == [TEXTS[0], ["", "", "以上とする"], ["学校の改修", "3校", "5校"]]
    assert second.place(2) == "2ページ 表1 3行目"


def test_a_header_of_several_lines_is_whole(tmp_path):
    _, second = _with_rest(is_bold=True, rest="令和３年度").read(tmp_path).tables()
    assert second.rows == 2


def test_rules_that_part_some_columns_alone(tmp_path):
    """No upright rules; the first column's cells go on where the others' rows are parted."""
    pages = Pages()
    for y, begin in ((100, 50), (125, 50), (160, 150), (195, 50), (230, 50)):
        pages.across(y, begin, 500)
    said = [
        ["施策", "指標", "目標値"],
        ["災害に強い\nまちづくり", "防災訓練の参加者数", "2,000人"],
        ["", "自主防災組織の\n組織率", "80.0％"],
        ["安全な\n暮らし", "消防団員の充足率", "95.0％"],
    ]
    pages.cells((50, 150, 300), (100, 125, 160, 195), said)

    table = only_table(pages.read(tmp_path))

    said[2][0] = said[1][0]
    assert rows(table) == said
    assert table.doubts
