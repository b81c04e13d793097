"""What belongs together stands on one page: charts, the comment below them, explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kpireport.document.blocks import (
    Block,
    Document,
    Figure,
    FigureGrid,
    Heading,
    ItemList,
    ListItem,
    Note,
    Row,
    Table,
)
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.document.texts import bullets, paragraph
from kpireport.writers.pdf.charts import ChartItem
from kpireport.writers.pdf.figures import FigureRow
from kpireport.writers.pdf.items import BoxItem, PieceItem, Placed, StripItem
from kpireport.writers.pdf.writer import lay_out
from kpireport.writers.theme import LARGEST_GAP
from tests.documents import document, heading, kpi_table
from tests.writers.charts.samples import line_chart

CHART = Figure(line_chart("1 2 3"), "推移")
PROSE = paragraph("文", TextStyle.BODY)


def kept(table: Table, *, with_next: bool) -> Table:
    """Return ``table`` with its rows kept together, the last with what follows or not."""
    *others, last = table.rows
    rows: list[Row] = [replace(row, keep_with_next=True) for row in others]
    return replace(table, rows=(*rows, replace(last, keep_with_next=with_next)))


def pages(*blocks: Block, before: int) -> list[list[str]]:
    """Return what stands on each page below ``before`` lines of prose, told by its kind."""
    laid: Document = document(*[PROSE] * before, heading("p", "計画", level=2), *blocks)
    return [[_kind(item) for item in page.items] for page in lay_out(laid).pages]


def _kind(placed: Placed) -> str:
    match placed.item:
        case FigureRow(charts=charts):
            assert all(isinstance(chart, ChartItem) for chart in charts)
            return f"charts {len(charts)}"
        case PieceItem(piece=piece):
            return f"table {len(piece.cells)}"
        case BoxItem():
            return "box"
        case StripItem(elements=elements):
            return "heading" if elements[0].tag == "H2" else "line"
    raise AssertionError(placed)


def page_of(kinds: Sequence[Sequence[str]], kind: str) -> int:
    return next(number for number, page in enumerate(kinds) if kind in page)


COMMENT = kept(kpi_table(("課題", 3)), with_next=True)
EXPLANATIONS = kpi_table(("説明", 9))
COMMENT_KIND, EXPLANATIONS_KIND = "table 6", "table 12"


@pytest.mark.parametrize("before", range(38))
def test_charts_comment_and_explanations_stand_on_one_page(before):
    grid = FigureGrid((CHART,) * 2, columns=3, keep_with_next=True)
    found = pages(grid, COMMENT, EXPLANATIONS, before=before)
    page = page_of(found, "heading")
    assert {"charts 2", COMMENT_KIND} <= set(found[page])
    # of the explanations at least the beginning
    assert sum(kind.startswith("table") for kind in found[page]) > 1


@pytest.mark.parametrize("before", range(0, 38, 3))
def test_two_rows_of_charts_stand_on_one_page(before):
    grid = FigureGrid((CHART,) * 5, columns=3)
    found = pages(grid, kept(COMMENT, with_next=False), before=before)
    assert page_of(found, "heading") == page_of(found, "charts 3") == page_of(found, "charts 2")


def test_of_many_rows_of_charts_neither_the_first_nor_the_last_stands_alone():
    grid = FigureGrid((CHART,) * 11, columns=2)
    for before in range(0, 38, 3):
        rows = [
            sum(kind.startswith("charts") for kind in page) for page in pages(grid, before=before)
        ]
        rows = [count for count in rows if count]
        assert sum(rows) == 6
        assert min(rows[0], rows[-1]) > 1


def test_a_grid_without_more_to_say_may_end_a_page():
    grid = FigureGrid((CHART,) * 2, columns=3)
    places = [
        (page_of(found, "charts 2"), page_of(found, EXPLANATIONS_KIND))
        for number in range(24, 34)
        if (found := pages(grid, EXPLANATIONS, before=number))
    ]
    assert (0, 1) in places


def test_what_fits_on_no_page_is_not_kept():
    tall = FigureGrid((CHART,) * 12, columns=1, keep_with_next=True)
    long_comment = kept(kpi_table(("課題", 60)), with_next=False)
    found = pages(tall, long_comment, before=5)
    assert found[0].count("charts 1") >= 3  # nothing is pushed off the first page
    assert sum(page.count("charts 1") for page in found) == 12


BAND = kept(kpi_table(("目標", 2)), with_next=True)
BOX = Heading("g", 1, "Ⅰ", HeadingStyle.BOXED, is_apart=True)


def chain(*blocks: Block, before: int) -> list[list[str]]:
    laid = document(*[PROSE] * before, *blocks)
    return [[_kind(item) for item in page.items] for page in lay_out(laid).pages]


@pytest.mark.parametrize("before", range(38))
@pytest.mark.parametrize("rows", [3, 30])
def test_a_goals_box_and_band_stand_with_their_tables_first_rows(before: int, rows: int) -> None:
    table = kpi_table(("甲", rows))
    found = chain(BOX, BAND, table, before=before)
    page = page_of(found, "box")
    at = found[page].index("box")
    assert found[page][at + 1] == "table 5"  # the band: its label, its rows, its header
    assert len(found[page]) > at + 2, "the table is overleaf"


def test_a_table_begins_below_its_heading_where_a_third_of_the_page_would_be_empty() -> None:
    """Though its rows are to stay together: two of them do."""
    table = kept(kpi_table(("甲", 26)), with_next=False)
    room = {}
    for before in range(38):
        laid = document(*[PROSE] * before, heading("p", "計画", level=2), table)
        first, *_ = lay_out(laid).pages
        room[before] = first.room / first.height
    assert max(room.values()) < LARGEST_GAP + 0.05  # and a line of prose
    assert max(room.values()) > LARGEST_GAP / 2  # smaller gaps are left for its sake


@pytest.mark.parametrize("before", range(38))
def test_a_few_first_rows_are_not_parted_for_the_room_that_is_left(before: int) -> None:
    band = kept(kpi_table(("目標", 12)), with_next=True)
    table = kept(kpi_table(("甲", 6)), with_next=False)
    found = chain(BOX, band, table, before=before)
    page = found[page_of(found, "box")]
    assert page[page.index("box") + 1 :] == ["table 15", "table 9"]


@pytest.mark.parametrize("before", range(38))
def test_headings_of_all_levels_stand_with_what_they_head(before: int) -> None:
    """The spaces above the lower ones count."""
    heads = [
        Heading("a", 1, "資料編", HeadingStyle.CHAPTER, is_apart=True),
        Heading("b", 2, "修正", HeadingStyle.SECTION),
        Heading("c", 3, "一覧", HeadingStyle.SUBSECTION),
    ]
    laid = lay_out(document(*[PROSE] * before, *heads, PROSE))
    pages = [
        number
        for number, page in enumerate(laid.pages)
        for mark, _ in page.bookmarks
        if mark.id in "abc"
    ]
    assert len(set(pages)) == 1
    last = laid.pages[pages[0]].items[-1].item
    assert isinstance(last, StripItem)
    assert last.strip.runs[0].run.text == "文"


def callouts(count: int) -> ItemList:
    style = TextStyle.CALLOUT
    return ItemList(tuple(ListItem("①", (paragraph("欄", style),)) for _ in range(count)), style)


def test_explanations_of_a_sample_do_not_wait_for_the_heading_below_them() -> None:
    places = set()
    for before in range(20, 38):
        laid = lay_out(document(*[PROSE] * before, callouts(5), heading("p", "次"), PROSE))
        begins = [
            number
            for number, page in enumerate(laid.pages)
            for mark, _ in page.bookmarks
            if mark.id == "p"
        ]
        lines = [len(page.items) for page in laid.pages]
        places.add((begins[0], lines[0] - before > 5))
    assert (1, True) in places  # all of them on the first page, the heading overleaf


@pytest.mark.parametrize("before", range(30, 38))
def test_the_last_item_of_a_list_stands_on_no_page_alone(before: int) -> None:
    listed = bullets("・", ["項目"] * 12, TextStyle.BAND_ITEM)
    counts = [len(page.items) for page in lay_out(document(*[PROSE] * before, listed)).pages]
    assert counts[-1] != 1


def notes(count: int) -> list[Note]:
    return [
        Note(f"n{number}", f"注{number}", (paragraph("変更", TextStyle.TABLE_NOTE),))
        for number in range(count)
    ]


@pytest.mark.parametrize("before", range(38))
def test_headings_that_leave_room_before_their_page_are_told(before):
    """Word has to be told: its lines are a little lower, and would find the room."""
    charts = FigureGrid((CHART,) * 2, columns=1)
    laid = lay_out(document(*[PROSE] * before, heading("p", "計画", level=2), charts))
    page = next(page for page in laid.pages if any(mark.id == "p" for mark, _ in page.bookmarks))
    begins = page is not laid.pages[0]
    room = laid.pages[0].room if begins else 0.0
    assert ("p" in laid.page_begins) == (begins and room >= 0.04 * page.height)


@pytest.mark.parametrize("rows", range(2, 60, 3))
def test_no_page_begins_with_notes(rows):
    """At least the table's last row stands above them."""
    for before in range(0, 38, 4):
        found = pages(kpi_table(("甲", rows)), *notes(4), before=before)
        assert found[-1][0] in ("heading", "line") or found[-1][0].startswith("table")
        assert found[-1][-5].startswith("table")
        assert found[-1][-4:] == ["line"] * 4


def test_notes_that_fill_a_page_go_on_over_pages_below_a_row():
    found = pages(kpi_table(("甲", 30)), *notes(80), before=0)
    without = pages(kpi_table(("甲", 30)), before=0)
    lines = sum(page.count("line") for page in found)
    assert lines - sum(page.count("line") for page in without) == 80
    assert found[0][-2:] == ["line"] * 2  # below the table, on its page
    assert len(found) == 3
