"""The reduced page of 表の見方: one framed cell with a page of small tables in it.

Comes in: the sample's tables and callouts. Goes out: a Word table of one cell,
whose tables and texts carry the reduced twins of the styles; its numeral is no
heading, so that it does not show among the document's chapters.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.blocks import SamplePage, Table
from kpireport.document.styles import HeadingStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import Xml, join, paragraph_properties, text, w
from kpireport.writers.docx.paragraphs import Direct, TextWriter, box_indent
from kpireport.writers.docx.table_styles import FRAME_PADDING
from kpireport.writers.docx.tables import (
    TABLE_ENDS,
    TableWriter,
    gap,
    keep_row_whole,
    table_begins,
)
from kpireport.writers.docx.units import split_width, twips
from kpireport.writers.widths import fit_columns, sample_width


def sample_pieces(sample: SamplePage, writer: TextWriter, width: int) -> Iterator[Xml]:
    """Yield the framed sample, centred in ``width`` twips."""
    reduced = writer.reduced()
    inner = round(sample_width(sample, writer.theme, width))
    outer = inner + 2 * twips(FRAME_PADDING)
    yield table_begins(
        writer.style_id(names.SAMPLE_FRAME),
        (outer,),
        description=sample.alternative_text,
        centred=True,
    )
    yield Xml(f"<w:tr>{w('trPr', keep_row_whole())}<w:tc>")
    yield w("tcPr", w("tcW", w=outer, type="dxa"))
    if sample.numeral:
        yield _numeral(sample.numeral, reduced, inner, writer.theme.sample_scale)
    yield from _tables(sample, reduced, inner)
    yield gap(writer, names.SAMPLE_END)  # a cell must end with a paragraph (17.4.65)
    yield Xml("</w:tc></w:tr>")
    yield TABLE_ENDS


def _numeral(numeral: str, reduced: TextWriter, width: int, scale: float) -> Xml:
    look = reduced.theme.heading[HeadingStyle.BOXED]
    usual = round(reduced.base.numbered.text_width(landscape=False) * scale)
    direct = Direct(indent=box_indent(numeral, look, width, usual))
    return reduced.plain(names.SAMPLE_NUMERAL, numeral, direct).xml()


def _tables(sample: SamplePage, reduced: TextWriter, width: int) -> Iterator[Xml]:
    """Yield the tables, the callouts' marks over the columns of the last."""
    tables = TableWriter(reduced)
    for number, table in enumerate(sample.tables, start=1):
        if number == len(sample.tables) and sample.callouts:
            yield _marks(sample, table, reduced, width)
        elif number > 1:
            yield gap(reduced, names.SAMPLE_GAP)
        # the whole sample is one row, which no page end cuts
        yield from tables.pieces(table, width, page_height=0)


def _marks(sample: SamplePage, table: Table, reduced: TextWriter, width: int) -> Xml:
    """Return the line of marks, each at a tab stop over the middle of its column (17.3.1.38)."""
    widths = split_width(width, fit_columns(table, reduced.theme, width / 20))
    centres = [sum(widths[:column]) + widths[column] // 2 for column in range(len(widths))]
    callouts = sorted(sample.callouts, key=lambda callout: callout.column)
    tabs = w("tabs", *(w("tab", val="center", pos=centres[mark.column]) for mark in callouts))
    style = w("pStyle", val=reduced.style_id(names.SAMPLE_MARKS))
    runs = (w("r", w("tab"), w("t", text(mark.mark))) for mark in callouts)
    return w("p", paragraph_properties(style, tabs), join(runs))
