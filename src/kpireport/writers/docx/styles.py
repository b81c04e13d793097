"""The style sheet of the base document: one Word style per semantic style.

Comes in: the theme. Goes out: ``word/styles.xml`` (ECMA-376-1, 17.7). Changing
one style in Word changes the document: what a style has in common with the one that
it is based on, it leaves to that one, and the writer adds direct formatting only
for what no style can know, such as the room a text is distributed in.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.styles import HeadingStyle, TableStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import NOTHING, Xml, paragraph_properties, part, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.style_looks import (
    NamedLook,
    fonts,
    growing,
    size,
    style_look,
)
from kpireport.writers.docx.style_markup import style_element
from kpireport.writers.docx.table_styles import normal_table, sample_frame, table_styles
from kpireport.writers.docx.text_styles import (
    base_of_text,
    boxed,
    dotted_tab,
    heading_styles,
    normal,
    text_style,
    text_width,
    unlisted_heading,
)
from kpireport.writers.docx.units import half_points, twips
from kpireport.writers.theme import MINIMUM_SIZE, Align, TextLook, Theme, Typeface

_GAP_LINE = 1.0  # height of the paragraph that Word needs between two tables
_NOTE_MARK_SCALE = 0.7
_SAMPLE_MARKS = TextLook(Typeface.GOTHIC, 13, 17, bold=True, space_before=4)


def styles_part(theme: Theme) -> Xml:
    """Return the whole style sheet."""
    return part(
        "styles",
        _defaults(theme),
        _latent(),
        *_normal_styles(),
        *(
            _based(text_style(theme, each), base_of_text(theme, each), following=_after(each))
            for each in theme.text
        ),
        # who goes on after a heading writes text, not a heading that 目次 would list
        *(_based(*each, following=_PROSE) for each in heading_styles(theme)),
        *_helper_styles(theme),
        *_character_styles(theme),
        *table_styles(theme),
        *_sample_styles(theme, theme.reduced(theme.sample_scale)),
    )


def _defaults(theme: Theme) -> Xml:
    """``w:docDefaults``: language, prose fonts, Japanese line breaking (17.7.5)."""
    prose = theme.text[TextStyle.BODY]
    characters = w(
        "rPr",
        w("rFonts", **fonts(prose.typeface)),
        *size(prose.size),
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


def _latent() -> Xml:
    """``w:latentStyles`` (17.7.4.5): Word's own styles that the sheet has not are not listed."""
    return w(
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )


def _after(style: TextStyle) -> WordStyle | None:
    return _PROSE if style is TextStyle.CAPTION else None


_PROSE = names.text_style(TextStyle.BODY)


def _normal_styles() -> Iterator[Xml]:
    """Yield the four styles that every Word document has by default."""
    yield style_element(names.NORMAL, "paragraph", default=True)
    yield style_element(names.DEFAULT_CHARACTER, "character", default=True, hidden=True)
    yield normal_table()
    yield style_element(names.NO_LIST, "numbering", default=True, hidden=True)


def _based(
    style: NamedLook,
    base: NamedLook,
    *,
    following: WordStyle | None = None,
    hidden: bool = False,
) -> Xml:
    """Return a paragraph style: what it has beyond ``base``, on which it is based."""
    properties = style.look.beyond(base.look)
    return style_element(
        style.name,
        "paragraph",
        *properties,
        based_on=base.name,
        following=following,
        hidden=hidden,
    )


def _helper_styles(theme: Theme) -> Iterator[Xml]:
    plain = normal(theme)
    header, footer = style_look(theme.notice), style_look(theme.page_number)
    yield _based(NamedLook(names.HEADER, growing(header)), plain)
    yield _based(NamedLook(names.FOOTER, growing(footer)), plain)
    yield _gap_style(theme, names.TABLE_GAP, theme.table[TableStyle.BAND].space_after)
    yield _figure_style(theme)
    bar = TextLook(
        Typeface.GOTHIC, MINIMUM_SIZE, theme.bar.height + theme.bar.space_after, align=Align.CENTER
    )
    yield _based(NamedLook(names.TABLE_BAR, style_look(bar)), plain)
    for level, look in theme.contents.items():
        line = style_look(look, dotted_tab(text_width(theme.page)))
        yield _based(NamedLook(names.contents_style(level), line), plain)


def _figure_style(theme: Theme) -> Xml:
    """Return the style of a row of charts: its line is as high as they are."""
    look = style_look(TextLook(Typeface.GOTHIC, _GAP_LINE, _GAP_LINE))
    after = twips(theme.chart.space_after)
    as_high = look.with_paragraph(
        spacing={"before": 0, "after": after, "line": 240, "lineRule": "auto"}
    )
    return _based(NamedLook(names.FIGURE, as_high), normal(theme))


def _gap_style(theme: Theme, name: WordStyle, space: float, *, hidden: bool = False) -> Xml:
    """Return the style of the paragraph between two tables: a hair's line and a space."""
    look = TextLook(Typeface.GOTHIC, _GAP_LINE, _GAP_LINE, space_after=space - _GAP_LINE)
    return _based(NamedLook(name, style_look(look)), normal(theme), hidden=hidden)


def _character_styles(theme: Theme) -> Iterator[Xml]:
    yield style_element(names.STRONG, "character", w("rPr", w("b"), w("bCs")))
    # small and raised by hand: w:vertAlign would print the mark at 6 pt
    points = max(MINIMUM_SIZE, theme.text[TextStyle.BODY].size * _NOTE_MARK_SCALE)
    # what the list of headings says beyond the page (ナビゲーション ウィンドウ): Word leaves
    # hidden text out of it, so this has no width and no colour instead
    unseen = w("rPr", w("color", val="FFFFFF"), w("w", val=1), w("sz", val=2), w("szCs", val=2))
    yield style_element(names.UNSEEN, "character", unseen, hidden=True)
    mark = w("rPr", note_mark_position(theme), *size(points))
    yield style_element(names.NOTE_MARK, "character", mark)


def note_mark_position(theme: Theme) -> Xml:
    """``w:position`` (17.3.2.24) of a note's mark.

    The writer repeats on every mark what the base document's style says: LibreOffice
    takes it from a style for a superscript, and prints the mark at half its size.
    """
    rise = theme.note_mark_rise
    return w("position", val=half_points(rise)) if rise else NOTHING


def _sample_styles(theme: Theme, reduced: Theme) -> Iterator[Xml]:
    """Yield the reduced twins, each based on its full-size style: it follows a change of font."""
    for style in names.IN_TABLES:
        twin = text_style(reduced, style, sample=True)
        yield _based(twin, text_style(theme, style), hidden=True)
    inner = round(text_width(theme.page) * theme.sample_scale)
    look = reduced.heading[HeadingStyle.BOXED]
    numeral = boxed(names.SAMPLE_NUMERAL, look, inner, theme.accent)
    yield _based(numeral, unlisted_heading(theme, HeadingStyle.BOXED), hidden=True)
    marks = NamedLook(names.SAMPLE_MARKS, style_look(_SAMPLE_MARKS))
    yield _based(marks, normal(theme), hidden=True)
    half = reduced.table[TableStyle.BAND].space_after / 2
    yield _gap_style(theme, names.SAMPLE_GAP, half, hidden=True)
    yield _gap_style(theme, names.SAMPLE_END, _GAP_LINE, hidden=True)
    yield from table_styles(reduced, sample=True)
    yield sample_frame(theme)
