"""The same tables written the obvious way with the libraries alone, for comparison.

They leave out nearly everything that the product does: no spans, no tags, no line
breaking, no styles. What they cost is a floor that a careful writer is compared with.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape

import docx
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate

from kpireport.document import blocks
from kpireport.writers.fonts import font_directory

_FONT = "BIZUDGothic-Regular"


def naive_docx(document: blocks.Document) -> bytes:
    """Return the document's tables by python-docx, cell by cell."""
    word = docx.Document()
    for table in _tables(document):
        rows = _texts(table)
        grid = word.add_table(rows=len(rows), cols=len(table.columns))
        for r, texts in enumerate(rows):
            for c, text in enumerate(texts):
                grid.cell(r, c).text = text
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def naive_pdf(document: blocks.Document) -> bytes:
    """Return the document's tables by ReportLab's platypus, a Paragraph in each cell."""
    pdfmetrics.registerFont(TTFont(_FONT, str(font_directory() / f"{_FONT}.ttf")))
    style = ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=12, wordWrap="CJK")
    story: list[object] = []
    for table in _tables(document):
        cells = [[Paragraph(escape(text), style) for text in row] for row in _texts(table)]
        story += [LongTable(cells, colWidths=[480 / len(table.columns)] * len(table.columns))]
        story += [PageBreak()]
    stream = io.BytesIO()
    SimpleDocTemplate(stream).build(story)
    return stream.getvalue()


def _tables(document: blocks.Document) -> Iterator[blocks.Table]:
    return (block for block in document.blocks() if isinstance(block, blocks.Table))


def _texts(table: blocks.Table) -> list[list[str]]:
    """Return the texts of the table's cells, row by row, each padded to the table's width."""
    width = len(table.columns)
    rows = ([_text(cell) for cell in row.cells] for row in (*table.header_rows, *table.rows))
    return [(row + [""] * width)[:width] for row in rows]


def _text(cell: blocks.Cell) -> str:
    return "\n".join(block.text for block in cell.content if isinstance(block, blocks.Paragraph))
