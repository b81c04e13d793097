"""A table for any console: without lines that a Japanese one would draw at double width.

Comes in: a :class:`~kpireport.status.grids.Grid`. Goes out: plain text.
"""

from __future__ import annotations

import io

from rich.box import Box
from rich.console import Console
from rich.table import Table

from kpireport.status.grids import Datum, Grid

_WIDTH = 80
_UNDERLINED = Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)


def grid_text(grid: Grid) -> str:
    """Return a table of final texts in 80 columns; its widest texts are folded."""
    table = Table(box=_UNDERLINED, padding=0, show_edge=False, show_footer=grid.total is not None)
    totals = grid.total.data if grid.total else ("",) * len(grid.columns)
    for column, total in zip(grid.columns, totals, strict=True):
        table.add_column(
            column.title,
            footer=_shown(total),
            justify="right" if column.is_number else "left",
            overflow="fold",
        )
    for line in grid.lines:
        table.add_row(*map(_shown, line.data))
    stream = io.StringIO()
    Console(file=stream, width=_WIDTH, markup=False, emoji=False, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def _shown(datum: Datum) -> str:
    if isinstance(datum, str):
        return datum
    return f"{datum:,}" if datum else "-"
