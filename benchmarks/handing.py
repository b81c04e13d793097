"""Write what the peers are handed, in plain words and numbers: ``handing.py FILE INDICATORS``.

With ``--charts``, the charts of all indicators too.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import tables
from workload import table_document

from kpireport.document.blocks import (
    Cell,
    Document,
    FigureGrid,
    Heading,
    Paragraph,
    Row,
    Table,
)
from kpireport.document.charts import LineChart


def handed(document: Document) -> tuple[tables.Table, ...]:
    """Return the tables and charts of a document of tables in plain words and numbers."""
    found: list[tables.Table] = []
    heading = ""
    for block in document.blocks():
        match block:
            case Heading():
                heading = block.text
            case Table():
                header, rows = _rows(block.header_rows), _rows(block.rows)
                found.append(tables.Table(heading, block.columns, header, rows))
            case FigureGrid():
                charts = (*found[-1].charts, *_charts(block))
                found[-1] = replace(found[-1], charts=charts)
            case _:
                pass  # a page break: each peer begins a page with each table
    return tuple(found)


def _rows(rows: tuple[Row, ...]) -> tables.Rows:
    return tuple(
        tuple(tables.Cell(_text(cell), cell.colspan, cell.rowspan) for cell in row.cells)
        for row in rows
    )


def _text(cell: Cell) -> str:
    return "\n".join(block.text for block in cell.content if isinstance(block, Paragraph))


def _charts(grid: FigureGrid) -> Iterator[tables.Chart]:
    for figure in grid.figures:
        chart = figure.chart
        if isinstance(chart, LineChart):
            yield tables.Chart(
                chart.title,
                chart.unit,
                tuple(point.label for point in chart.points),
                tuple(None if p.value is None else float(p.value) for p in chart.points),
                None if chart.limit is None else float(chart.limit.value),
            )


def main() -> None:
    """Write the file that the command line names."""
    file, indicators, *charts = sys.argv[1:]
    document = table_document(int(indicators), charts=bool(charts))
    Path(file).write_bytes(pickle.dumps(handed(document)))


if __name__ == "__main__":
    main()
