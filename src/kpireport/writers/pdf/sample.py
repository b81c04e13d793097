"""The reduced sample page of 表の見方, with its callouts.

Comes in: a sample block. Goes out: one item of the reduced tables in a frame,
the callouts' marks set above the columns that they point at.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpireport.document.blocks import SamplePage, Span
from kpireport.document.styles import HeadingStyle
from kpireport.writers.pdf.grid import column_edges
from kpireport.writers.pdf.items import PieceItem, Placed, SampleItem, StripItem, set_box
from kpireport.writers.pdf.strips import lines_to_strips
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.tables import TableLayout
from kpireport.writers.pdf.typeset import Typesetter, set_lines
from kpireport.writers.theme import Align, TextLook, Theme, Typeface
from kpireport.writers.widths import fit_columns, sample_width

_MARGIN = 14.0
_MARK = TextLook(Typeface.GOTHIC, 13, 17, bold=True, align=Align.CENTER)


def lay_sample(
    sample: SamplePage, theme: Theme, size: tuple[float, float], parent: Element
) -> SampleItem:
    """Return the sample reduced by the theme's scale, within the width and height ``size``.

    What a page does not hold is left out: composition sends no more than fits.

    The figure's parts belong to no structure of their own: the alternative
    text tells what the figure shows, its text can still be searched and copied.
    """
    reduced = theme.reduced(theme.sample_scale)
    typesetter = Typesetter(reduced)
    inner, height = sample_width(sample, theme, size[0]), size[1] - 2 * _MARGIN
    placed: list[Placed] = []
    top = _MARGIN
    loose = Element("NonStruct", None)
    if sample.numeral:
        look = reduced.heading[HeadingStyle.BOXED]
        numeral = set_box(sample.numeral, look, loose, theme.accent)
        placed.append(Placed(numeral, _MARGIN, top))
        top += numeral.strip.height + look.space_after
    for number, table in enumerate(sample.tables):
        if number == len(sample.tables) - 1:
            edges = column_edges(fit_columns(table, reduced, inner), inner)
            placed.extend(_place_marks(sample, edges, top, loose))
            top += _MARK.leading if sample.callouts else 0
        layout = TableLayout(table, typesetter, inner, height, loose, "sample")
        piece = layout.next_piece(height - top, fresh_page=True)
        if piece is not None:
            frame_look = reduced.table[table.style]
            placed.append(Placed(PieceItem(piece, frame_look), _MARGIN, top))
            top += piece.height + frame_look.space_after / 2
    frame = (inner + 2 * _MARGIN, top + _MARGIN / 2)
    figure = Element("Figure", parent, alternative=sample.alternative_text)
    return SampleItem(figure, placed, frame, 0.75, theme.accent)


def _place_marks(
    sample: SamplePage, edges: Sequence[float], top: float, owner: Element
) -> list[Placed]:
    """Set each callout's mark over the middle of its column, whose ``edges`` are known."""
    marks: list[Placed] = []
    for callout in sample.callouts:
        left, right = edges[callout.column], edges[callout.column + 1]
        lines = set_lines((Span(callout.mark),), _MARK, right - left)
        strip = lines_to_strips(lines, _MARK)[0]
        marks.append(Placed(StripItem(strip, (owner,)), _MARGIN + left, top))
    return marks
