"""A board as one HTML page to send round: it needs no other file, no script, no colour.

Comes in: a board. Goes out: the page's bytes, the same for the same board. Texts are
escaped by lxml. Tables have captions and the scope of their headers; what is open is told
by words and by bold type; printed on A4 the headers are repeated on each page.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import builder as tag

from kpireport.status.boards import Board
from kpireport.status.grids import (
    Column,
    Datum,
    Grid,
    Line,
    department_grid,
    mark_grid,
    measure_grid,
    missing_grid,
    problem_grid,
)
from kpireport.status.words import SIGNATURE, facts, heading
from kpireport.writers.pages import generator, page

GENERATOR = generator(SIGNATURE)
"""Stands in the head of every page, which tells that it is one of ours."""

_WIDEST = 120  # half widths, of a table that is as wide as its words
_SHORT = 12  # half widths: columns so narrow are not broken


def write_page(board: Board) -> bytes:
    """Return the board as an HTML page in UTF-8."""
    title = heading(board)
    body = (tag.H1(title), *_facts(board), *_sections(board))
    return page(f"{title}（{board.title}）", SIGNATURE, body)


def _facts(board: Board) -> Iterator[html.HtmlElement]:
    yield from (tag.P(fact) for fact in facts(board))
    if board.contact:
        yield tag.P(f"照会先　{board.contact}")


def _sections(board: Board) -> Iterator[html.HtmlElement]:
    grids = {
        "departments": department_grid(board),
        "missing": missing_grid(board),
        "problems": problem_grid(board),
        "marks": mark_grid(board),
        "measures": measure_grid(board),
    }
    shown = {id_: grid for id_, grid in grids.items() if grid is not None and grid.lines}
    links = (tag.LI(tag.A(grid.title, href=f"#{id_}")) for id_, grid in shown.items())
    yield tag.E.nav(tag.UL(*links), {"aria-label": "このページの内容"})
    for id_, grid in shown.items():
        yield tag.E.section(
            tag.H2(grid.title, id=f"{id_}-title"),
            tag.DIV(_table(grid, f"{id_}-title"), {"class": "table"}),
            {"id": id_, "aria-labelledby": f"{id_}-title"},
        )


def _table(grid: Grid, title_id: str) -> html.HtmlElement:
    titles = (tag.TH(column.title, _attributes(column, scope="col")) for column in grid.columns)
    return tag.TABLE(
        *([tag.CAPTION(grid.note)] if grid.note else []),
        *_widths(grid),
        tag.THEAD(tag.TR(*titles)),
        tag.TBODY(*(_row(grid, line) for line in grid.lines)),
        *([tag.TFOOT(_row(grid, grid.total))] if grid.total else []),
        {"aria-labelledby": title_id, **({"class": "wide"} if _is_wide(grid) else {})},
    )


def _is_wide(grid: Grid) -> bool:
    return sum(column.width for column in grid.columns) > _WIDEST


def _widths(grid: Grid) -> Iterator[html.HtmlElement]:
    """The shares of the columns of a table that needs all the width there is."""
    if _is_wide(grid):
        all_of_it = sum(column.width for column in grid.columns)
        shares = (f"width: {column.width / all_of_it:.1%}" for column in grid.columns)
        yield tag.COLGROUP(*(tag.COL(style=share) for share in shares))


def _row(grid: Grid, line: Line) -> html.HtmlElement:
    return tag.TR(
        *(
            _cell(column, datum, is_name=at == grid.names)
            for at, (column, datum) in enumerate(zip(grid.columns, line.data, strict=True))
        ),
        {"class": "open"} if line.is_open else {},
    )


def _cell(column: Column, datum: Datum, *, is_name: bool) -> html.HtmlElement:
    text = f"{datum:,}" if isinstance(datum, int) else datum
    if is_name:
        return tag.TH(text, _attributes(column, scope="row"))
    return tag.TD(text, _attributes(column))


def _attributes(column: Column, **others: str) -> dict[str, str]:
    names = []
    if column.is_number:
        names.append("number")
    elif column.width <= _SHORT:
        names.append("short")
    return {**others, **({"class": " ".join(names)} if names else {})}
