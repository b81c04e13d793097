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

GENERATOR = f'<meta name="generator" content="{SIGNATURE}">'
"""Stands in the head of every page, which tells that it is one of ours."""

_STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font-family: "BIZ UDPGothic", "BIZ UDPゴシック", "Yu Gothic", Meiryo, sans-serif;
  line-height: 1.5; color: #1a1a1a; background: #fff; margin: 1.5rem auto; padding: 0 1rem;
  max-width: 80rem; }
h1 { font-size: 1.5rem; margin: 0 0 0.5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; border-bottom: 2px solid #2f5d50; }
p { margin: 0.15rem 0; }
a { color: #1d4a8f; }
nav ul { padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; font-size: 0.85rem; padding-bottom: 0.25rem; }
th, td { border: 1px solid #767676; padding: 0.25rem 0.5rem; vertical-align: top;
  text-align: left; overflow-wrap: anywhere; white-space: pre-line; }
thead th { background: #e4ece9; vertical-align: bottom; }
.wide { width: 100%; table-layout: fixed; }
tbody th, tfoot th { font-weight: normal; }
tfoot { border-top: 3px double #1a1a1a; }
.short { white-space: pre; }
.wide .short { white-space: pre-line; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.open > :first-child { border-left: 5px solid #1a1a1a; }
tbody .open th, .open > :first-child { font-weight: bold; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 9pt; }
  nav { display: none; }
  .table { overflow: visible; }
  table { font-size: 8pt; width: 100%; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; } /* else it would stand on every page */
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""

_WIDEST = 120  # half widths, of a table that is as wide as its words
_SHORT = 12  # half widths: columns so narrow are not broken


def write_page(board: Board) -> bytes:
    """Return the board as an HTML page in UTF-8."""
    title = heading(board)
    root = tag.HTML(
        tag.HEAD(
            tag.META(charset="utf-8"),
            tag.META(name="viewport", content="width=device-width, initial-scale=1"),
            tag.META(name="generator", content=SIGNATURE),
            tag.TITLE(f"{title}（{board.title}）"),
            tag.STYLE(_STYLE),
        ),
        tag.BODY(tag.MAIN(tag.H1(title), *_facts(board), *_sections(board))),
        lang="ja",
    )
    written = html.tostring(root, doctype="<!DOCTYPE html>", encoding="utf-8")
    return bytes(written) + b"\n"


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
