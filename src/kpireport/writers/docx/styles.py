"""The style sheet of the base document: one Word style per semantic style.

Comes in: the theme. Goes out: ``word/styles.xml`` (ECMA-376-1, 17.7). Changing
one style in Word changes the document; the writer adds direct formatting only
for what no style can know, such as the room a text is distributed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kpireport.document.blocks import CellStyle, HeadingStyle, TableStyle, TextStyle
from kpireport.writers.columns import usual_cell
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, paragraph_properties, part, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.units import BOX_RULE, box_margins, eighths, half_points, twips
from kpireport.writers.theme import (
    MINIMUM_SIZE,
    Align,
    CellLook,
    PageLook,
    TableLook,
    TextLook,
    Theme,
    Typeface,
)

_GAP_LINE = 1.0  # height of the paragraph that Word needs between two tables
_NOTE_MARK_SCALE = 0.7
_NOTE_MARK_RISE = 0.35
_FRAME_RULE = 0.75
FRAME_PADDING = 14.0
_SAMPLE_MARKS = TextLook(Typeface.GOTHIC, 13, 17, bold=True, space_before=4)

COVER_LABEL_GAP = 6.0  # below the council's label

# Where the cover's parts begin, as shares of the text area's height
_COVER_PLACES = {
    TextStyle.COVER_TITLE: 0.27,
    TextStyle.COVER_NOTICE: 0.55,
    TextStyle.COVER_DATE: 0.76,
    TextStyle.COVER_ISSUER: 0.83,
}
_USUAL_TITLE_LINES = 2


def styles_part(theme: Theme) -> Xml:
    """Return the whole style sheet."""
    return part(
        "styles",
        _defaults(theme),
        *_normal_styles(),
        *_text_styles(theme),
        *_heading_styles(theme),
        *_helper_styles(theme),
        *_character_styles(theme),
        *_table_styles(theme),
        *_sample_styles(theme, theme.reduced(theme.sample_scale)),
    )


def _defaults(theme: Theme) -> Xml:
    """``w:docDefaults``: language, prose fonts, Japanese line breaking (17.7.5)."""
    prose = theme.text[TextStyle.BODY]
    characters = w(
        "rPr",
        fonts(prose.typeface),
        *_size(prose.size),
        # none for Latin letters: with ja-JP LibreOffice cuts numbers, English is not written
        w("lang", eastAsia="ja-JP", bidi="ar-SA"),
    )
    paragraphs = paragraph_properties(
        w("kinsoku"),  # 禁則処理 (17.3.1.16)
        w("wordWrap"),  # words and numbers unbroken (17.3.1.45)
        w("overflowPunct", val=0),  # no hanging punctuation: lines end as in the PDF (17.3.1.21)
        w("snapToGrid", val=0),
    )
    return w("docDefaults", w("rPrDefault", characters), w("pPrDefault", paragraphs))


def _normal_styles() -> Iterator[Xml]:
    """Yield the four styles that every Word document has by default."""
    yield _style(names.NORMAL, "paragraph", w("qFormat"), default=True)
    yield _style(names.DEFAULT_CHARACTER, "character", w("semiHidden"), default=True)
    no_cell_margins = w("tblCellMar", *(_margin(side, 0) for side in _SIDES))
    yield _style(
        names.NORMAL_TABLE,
        "table",
        w("semiHidden"),
        w("tblPr", w("tblInd", w=0, type="dxa"), no_cell_margins),
        default=True,
    )
    yield _style(names.NO_LIST, "numbering", w("semiHidden"), default=True)


def _text_styles(theme: Theme) -> Iterator[Xml]:
    for text_style, look in theme.text.items():
        name = names.text_style(text_style)
        if text_style is TextStyle.COVER_LABEL:
            label = replace(look, space_after=COVER_LABEL_GAP)
            yield _boxed_style(name, label, text_width(theme.page), "000000", at_right=True)
        elif text_style in _COVER_PLACES:
            space = usual_cover_space(text_style, theme)
            yield _paragraph_style(name, replace(look, space_before=space))
        elif text_style in (TextStyle.NOTE, TextStyle.TABLE_NOTE):
            room = twips(look.label_em * look.size)
            yield _paragraph_style(name, look, indent=w("ind", left=room, right=0, hanging=room))
        else:
            spacing = _NO_LATIN_SPACE if text_style in names.IN_TABLES else ()
            yield _paragraph_style(name, look, *spacing)


def usual_cover_space(style: TextStyle, theme: Theme) -> float:
    """Return the space above a part of a cover with a title of two lines, in points."""
    height = text_height(theme.page)
    above = {
        TextStyle.COVER_NOTICE: (TextStyle.COVER_TITLE, _USUAL_TITLE_LINES),
        TextStyle.COVER_DATE: (TextStyle.COVER_TITLE, _USUAL_TITLE_LINES),
        TextStyle.COVER_ISSUER: (TextStyle.COVER_DATE, 1),
    }.get(style)
    if above is None:
        return cover_space(style, 0, height)
    part, lines = above
    end = _COVER_PLACES[part] * height + lines * theme.text[part].leading
    return cover_space(style, end, height)


def cover_space(style: TextStyle, top: float, height: float) -> float:
    """Return the space between ``top`` and a part's place in a text area ``height`` high."""
    return max(0.0, _COVER_PLACES.get(style, 0.0) * height - top)


# The quarter em between Japanese and Latin or digits (17.3.1.2, 17.3.1.3) is Word's habit in
# prose; in cells it would part １６ from 園
_NO_LATIN_SPACE = (w("autoSpaceDE", val=0), w("autoSpaceDN", val=0))


def _heading_styles(theme: Theme) -> Iterator[Xml]:
    """Yield the headings: per level Word's own ``heading n``, other looks based on it."""
    for level in names.HEADING_LEVELS:
        outline = w("outlineLvl", val=level - 1)
        for style in theme.heading:
            own = WordStyle(f"Heading{level}", f"heading {level}")
            yield _heading_style(theme, style, names.heading_style(style, level), own, outline)
    for style in theme.heading:
        yield _heading_style(theme, style, names.heading_style(style, 1, is_listed=False))


def _heading_style(
    theme: Theme,
    style: HeadingStyle,
    name: WordStyle,
    based_on: WordStyle = names.NORMAL,
    outline: Xml = NOTHING,
) -> Xml:
    if name == based_on:
        based_on = names.NORMAL
    look = theme.heading[style]
    if style is HeadingStyle.BOXED:
        width = text_width(theme.page)
        return _boxed_style(name, look, width, theme.accent, outline, based_on=based_on)
    return _paragraph_style(name, look, outline, based_on=based_on)


def _boxed_style(
    name: WordStyle,
    look: TextLook,
    width: int,
    color: str,
    *more: Xml,
    at_right: bool = False,
    based_on: WordStyle = names.NORMAL,
) -> Xml:
    """Return the style of a word in a narrow box at a margin (``w:pBdr``, 17.3.1.24).

    A paragraph's border spans the text's ``width``, so an indent of all but the
    box's width makes the box.
    """
    rule = _rule(BOX_RULE, color)
    box = w("pBdr", *(w(side, **rule) for side in _SIDES))
    near, far = box_margins("", look.size, width)
    left, right = (far, near) if at_right else (near, far)
    indent = w("ind", left=left, right=right)
    return _paragraph_style(name, look, box, *more, indent=indent, based_on=based_on)


def _rule(points: float, color: str) -> dict[str, str | int]:
    """The attributes of a plain border (``CT_Border``)."""
    return {"val": "single", "sz": eighths(points), "space": 0, "color": color}


def text_width(page: PageLook) -> int:
    """Return the width between the margins of a portrait page, in twips."""
    return twips(page.width - 2 * page.margin_x)


def text_height(page: PageLook) -> float:
    """Return the height between the margins of a portrait page, in points."""
    return page.height - page.margin_top - page.margin_bottom


def _helper_styles(theme: Theme) -> Iterator[Xml]:
    yield _paragraph_style(names.HEADER, theme.notice, grows=True)
    yield _paragraph_style(names.FOOTER, theme.page_number, grows=True)
    yield _gap_style(names.TABLE_GAP, theme.table[TableStyle.BAND].space_after)
    yield _figure_style(theme)
    bar = TextLook(
        Typeface.GOTHIC, MINIMUM_SIZE, theme.bar.height + theme.bar.space_after, align=Align.CENTER
    )
    yield _paragraph_style(names.TABLE_BAR, bar)
    for level, look in theme.contents.items():
        tab = dotted_tab(text_width(theme.page))
        yield _paragraph_style(names.contents_style(level), look, tab)


def dotted_tab(position: int) -> Xml:
    """``w:tabs`` (17.3.1.38): what follows the tab ends at ``position`` twips, dots before it."""
    return w("tabs", w("tab", val="right", leader="dot", pos=position))


def _figure_style(theme: Theme) -> Xml:
    """Return the style of a row of charts: its line is as high as they are."""
    spacing = w(
        "spacing", before=0, after=twips(theme.chart.space_after), line=240, lineRule="auto"
    )
    properties = paragraph_properties(spacing, w("ind", left=0, right=0), w("jc", val="left"))
    characters = character_properties(TextLook(Typeface.GOTHIC, _GAP_LINE, _GAP_LINE))
    return _style(
        names.FIGURE, "paragraph", w("qFormat"), properties, characters, based_on=names.NORMAL
    )


def _gap_style(name: WordStyle, space: float) -> Xml:
    """Return the style of the paragraph between two tables: a hair's line and a space."""
    look = TextLook(Typeface.GOTHIC, _GAP_LINE, _GAP_LINE, space_after=space - _GAP_LINE)
    return _paragraph_style(name, look)


def _character_styles(theme: Theme) -> Iterator[Xml]:
    yield _style(names.STRONG, "character", w("qFormat"), w("rPr", w("b"), w("bCs")))
    # small and raised by hand: w:vertAlign would print the mark at 6 pt
    size = max(MINIMUM_SIZE, theme.text[TextStyle.BODY].size * _NOTE_MARK_SCALE)
    mark = w("rPr", note_mark_position(theme), *_size(size))
    yield _style(names.NOTE_MARK, "character", w("qFormat"), mark)


def note_mark_position(theme: Theme) -> Xml:
    """``w:position`` (17.3.2.24) of a note's mark.

    The writer repeats it on every mark: LibreOffice takes it from a style for a
    superscript, and prints the mark at half its size.
    """
    return w("position", val=half_points(theme.text[TextStyle.BODY].size * _NOTE_MARK_RISE))


def _table_styles(theme: Theme, *, sample: bool = False) -> Iterator[Xml]:
    for style, look in theme.table.items():
        for dense in (False, True):
            cell = usual_cell(theme, dense=dense)
            # Word and LibreOffice add a row's rule to its height
            x, y = cell.padding_x, cell.padding_y - look.rule / 2
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
    properties = (shade(cell.fill), pad_sides(cell, usual))
    return w("tblStylePr", w("tcPr", *properties), type=part) if any(properties) else NOTHING


def shade(fill: str) -> Xml:
    """``w:shd`` (17.4.32): a plain background; nothing where ``fill`` is empty."""
    return w("shd", val="clear", color="auto", fill=fill) if fill else NOTHING


def pad_sides(cell: CellLook, usual: CellLook) -> Xml:
    """``w:tcMar`` (17.4.42): the space between text and the rules beside it, if not as usual."""
    if cell.padding_x == usual.padding_x:
        return NOTHING
    width = twips(cell.padding_x)
    return w("tcMar", _margin("left", width), _margin("right", width))


_SIDES = ("top", "left", "bottom", "right")


def _table_style(
    name: WordStyle, look: TableLook, padding: Mapping[str, float], *cells: Xml
) -> Xml:
    """Return a table's style: its rules, its cells' padding, and what ``cells`` says of them."""
    rule = _rule(look.rule, look.rule_color)
    properties = w(
        "tblPr",
        w("tblBorders", *(w(side, **rule) for side in (*_SIDES, "insideH", "insideV"))),
        w("tblCellMar", *(_margin(side, twips(padding[side])) for side in _SIDES)),
    )
    return _style(name, "table", w("qFormat"), properties, *cells, based_on=names.NORMAL_TABLE)


def _margin(side: str, width: int) -> Xml:
    return w(side, w=width, type="dxa")


def _sample_styles(theme: Theme, reduced: Theme) -> Iterator[Xml]:
    """Yield the reduced twins, each based on its full-size style: it follows a change of font."""
    for style in names.IN_TABLES:
        full, twin = names.text_style(style), names.text_style(style, sample=True)
        yield _paragraph_style(twin, reduced.text[style], based_on=full)
    numeral = reduced.heading[HeadingStyle.BOXED]
    inner = round(text_width(theme.page) * theme.sample_scale)
    yield _boxed_style(names.SAMPLE_NUMERAL, numeral, inner, theme.accent)
    yield _paragraph_style(names.SAMPLE_MARKS, _SAMPLE_MARKS)
    yield _gap_style(names.SAMPLE_GAP, reduced.table[TableStyle.BAND].space_after / 2)
    yield _gap_style(names.SAMPLE_END, _GAP_LINE)
    yield from _table_styles(reduced, sample=True)
    frame = TableLook(rule=_FRAME_RULE, rule_color=theme.accent)
    sides = dict.fromkeys(_SIDES, FRAME_PADDING) | {"bottom": FRAME_PADDING / 2}
    yield _table_style(names.SAMPLE_FRAME, frame, sides)


def _paragraph_style(
    name: WordStyle,
    look: TextLook,
    *more: Xml,
    indent: Xml | None = None,
    based_on: WordStyle = names.NORMAL,
    grows: bool = False,
) -> Xml:
    """Return the paragraph style of ``look``, whose indent ``indent`` replaces if given."""
    properties = paragraph_properties(
        w("keepNext") if look.keep_with_next else NOTHING,
        _line_spacing(look, grows=grows),
        indent or _indent(look),
        w("jc", val=look.align.value),
        *more,
    )
    characters = character_properties(look)
    return _style(name, "paragraph", w("qFormat"), properties, characters, based_on=based_on)


def _line_spacing(look: TextLook, *, grows: bool = False) -> Xml:
    """Exact lines (17.3.1.33), so that Word fills its pages as the PDF does.

    Those that grow with what stands in them do not cut off a crest in a page header.
    """
    rule = "atLeast" if grows else "exact"
    return w(
        "spacing",
        before=twips(look.space_before),
        after=twips(look.space_after),
        line=twips(look.leading),
        lineRule=rule,
    )


def _indent(look: TextLook) -> Xml:
    left = (look.indent_em + look.label_em) * look.size
    return w("ind", left=twips(left), right=0, firstLine=twips(look.first_line_em * look.size))


def character_properties(look: TextLook) -> Xml:
    """Return ``w:rPr`` of ``look`` (17.3.2.28), its children in the schema's order."""
    bold = (w("b"), w("bCs")) if look.bold else (w("b", val=0), w("bCs", val=0))
    return w("rPr", fonts(look.typeface), *bold, _color(look.color), *_size(look.size))


def fonts(typeface: Typeface) -> Xml:
    """Name the font for Latin and for Japanese text alike (``w:rFonts``, 17.3.2.26)."""
    family = typeface.value
    return w("rFonts", hint="eastAsia", ascii=family, hAnsi=family, eastAsia=family, cs=family)


def _color(color: str) -> Xml:
    return NOTHING if color == "000000" else w("color", val=color)


def _size(points: float) -> tuple[Xml, Xml]:
    return w("sz", val=half_points(points)), w("szCs", val=half_points(points))


def _style(
    name: WordStyle,
    kind: str,
    *properties: Xml,
    based_on: WordStyle | None = None,
    default: bool = False,
) -> Xml:
    """Return ``w:style`` (17.7.4.17)."""
    attributes: dict[str, str | int] = {"type": kind, "styleId": name.id}
    if default:
        attributes["default"] = 1
    custom = {} if name in _BUILT_IN else {"customStyle": 1}
    base = w("basedOn", val=based_on.id) if based_on else NOTHING
    return w("style", w("name", val=name.name), base, *properties, **attributes, **custom)


_BUILT_IN = frozenset(
    {
        names.NORMAL,
        names.NORMAL_TABLE,
        names.DEFAULT_CHARACTER,
        names.NO_LIST,
        names.HEADER,
        names.FOOTER,
        names.STRONG,
        names.text_style(TextStyle.BODY),
        names.text_style(TextStyle.COVER_TITLE),
        names.text_style(TextStyle.CAPTION),
        names.heading_style(HeadingStyle.CHAPTER, 1, is_listed=False),
        *(WordStyle(f"Heading{level}", f"heading {level}") for level in names.HEADING_LEVELS),
        *(names.contents_style(level) for level in names.HEADING_LEVELS),
    }
)
