"""The styles of tables: their rules, their padding, and how cells look by their place.

Comes in: the theme. Goes out: ``w:style`` (ECMA-376-1, 17.7.6), and for whoever writes
cells, what a table's style makes of them, so that a cell says only what is not that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kpireport.document.styles import CellStyle, TableStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.style_markup import (
    ACCENT,
    RULES,
    SHADES,
    SIDES,
    plain_rule,
    style_element,
)
from kpireport.writers.docx.units import twips
from kpireport.writers.theme import CellLook, TableLook, Theme
from kpireport.writers.widths import usual_cell

_FOR_RULES = 0.5  # points
_FRAME_RULE = 0.75
FRAME_PADDING = 14.0


def normal_table() -> Xml:
    """Return the style of tables that no other is said of: without padding."""
    no_cell_margins = w("tblCellMar", *(_margin(side, 0) for side in SIDES))
    return style_element(
        names.NORMAL_TABLE,
        "table",
        w("tblPr", w("tblInd", w=0, type="dxa"), no_cell_margins),
        default=True,
        hidden=True,
    )


def table_styles(theme: Theme, *, sample: bool = False) -> Iterator[Xml]:
    """Yield the styles of ``theme``; ``sample`` are those of the reduced page."""
    for style, look in theme.table.items():
        for dense in (False, True):
            cell = usual_cell(theme, dense=dense)
            # Word and LibreOffice add a row's rule to its height
            x, y = side_padding(cell), cell.padding_y - look.rule / 2
            name = names.table_style(style, dense=dense, sample=sample)
            padding = {"top": y, "left": x, "bottom": y, "right": x}
            yield _table_style(
                name,
                look,
                padding,
                w("tcPr", w("vAlign", val=cell.vertical.value)),
                _part_style("firstRow", header_cell(theme, dense=dense), cell),
                _part_style("firstCol", label_cell(theme, style, dense=dense), cell),
            )


def sample_frame(theme: Theme) -> Xml:
    """Return the style of the table of one cell around the reduced page."""
    frame = TableLook(rule=_FRAME_RULE, rule_color=theme.accent)
    sides = dict.fromkeys(SIDES, FRAME_PADDING) | {"bottom": FRAME_PADDING / 2}
    return _table_style(names.SAMPLE_FRAME, frame, sides)


def header_cell(theme: Theme, *, dense: bool) -> CellLook:
    """Return the look that a table's style gives the cells of its header rows."""
    return theme.cell[CellStyle.DENSE_HEADER if dense else CellStyle.HEADER]


def label_cell(theme: Theme, style: TableStyle, *, dense: bool) -> CellLook:
    """Return the look that a table's style gives its first column: 目標表 has its labels there."""
    if style is TableStyle.BAND:
        return replace(usual_cell(theme, dense=dense), fill=theme.cell[CellStyle.BAND_LABEL].fill)
    return usual_cell(theme, dense=dense)


def _part_style(part: str, cell: CellLook, usual: CellLook) -> Xml:
    """``w:tblStylePr`` (17.7.6.6): the cells of a part of the table, if they are not as usual."""
    properties = (shade(cell.fill, SHADES), pad_sides(cell, usual))
    return w("tblStylePr", w("tcPr", *properties), type=part) if any(properties) else NOTHING


def shade(fill: str, themed: str = "") -> Xml:
    """``w:shd`` (17.4.32): a plain background; nothing where ``fill`` is empty.

    ``themed`` is the name of the colour in the theme, where it is one of these.
    """
    if not fill:
        return NOTHING
    theme = {"themeFill": themed} if themed else {}
    return w("shd", val="clear", color="auto", fill=fill, **theme)


def side_padding(cell: CellLook) -> float:
    """Return in points the space left and right of a cell's text.

    LibreOffice takes the rules from the room between, so that a line which fills it would
    leave its last letter behind.
    """
    return cell.padding_x - _FOR_RULES


def pad_sides(cell: CellLook, usual: CellLook) -> Xml:
    """``w:tcMar`` (17.4.42): the space between text and the rules beside it, if not as usual."""
    if cell.padding_x == usual.padding_x:
        return NOTHING
    width = twips(side_padding(cell))
    return w("tcMar", _margin("left", width), _margin("right", width))


def _table_style(
    name: WordStyle, look: TableLook, padding: Mapping[str, float], *cells: Xml
) -> Xml:
    """Return a table's style: its rules, its cells' padding, and what ``cells`` says of them."""
    is_frame = name == names.SAMPLE_FRAME
    rule = plain_rule(look.rule, look.rule_color, ACCENT if is_frame else RULES)
    properties = w(
        "tblPr",
        w("tblBorders", *(w(side, **rule) for side in (*SIDES, "insideH", "insideV"))),
        w("tblCellMar", *(_margin(side, twips(padding[side])) for side in SIDES)),
    )
    return style_element(
        name,
        "table",
        properties,
        *cells,
        based_on=names.NORMAL_TABLE,
        hidden=name.id.startswith("Sample"),
    )


def _margin(side: str, width: int) -> Xml:
    return w(side, w=width, type="dxa")
