"""The specimen sheet: every style of the base document under its name as Word shows it.

Comes in: the theme. Goes out: the body's paragraphs and tables. Lines with a box stand
apart, for Word draws one box around alike ones that follow each other; a style of lines
that have no text is named above such a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpireport.document.styles import TableStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import Xml, paragraph_properties, text, w
from kpireport.writers.docx.names import WordStyle, shown_name
from kpireport.writers.docx.tables import TABLE_ENDS, repeat_as_header, table_begins
from kpireport.writers.docx.text_styles import text_width
from kpireport.writers.theme import Theme

_COLUMNS = 3
_TEXTLESS = (names.TABLE_GAP, names.FIGURE, names.TABLE_BAR, names.SAMPLE_GAP, names.SAMPLE_END)
_BODY = names.text_style(TextStyle.BODY)


def cover_lines() -> list[WordStyle]:
    """Return the styles of the cover."""
    styles = (names.text_style(style) for style in TextStyle)
    return [style for style in styles if style.id.startswith(("Cover", "Title"))]


def body_pieces(theme: Theme) -> Iterator[Xml]:
    """Yield a line for each style of text, then the tables."""
    for style in _text_styles(theme):
        yield line(style)
        if "Boxed" in style.id or style == names.SAMPLE_NUMERAL:
            yield line(names.TABLE_GAP, "")
    for style in _TEXTLESS:
        yield line(_BODY, f"{shown_name(style)}（文字のない段落のスタイルです）")
        yield line(style, "")
    for style in (names.STRONG, names.NOTE_MARK, names.UNSEEN):
        run = w("r", w("rPr", w("rStyle", val=style.id)), w("t", text(shown_name(style))))
        yield w("p", paragraph_properties(w("pStyle", val=_BODY.id)), run)
    for sample in (False, True):
        for table in TableStyle:
            for dense in (False, True):
                yield from _table(theme, table, dense=dense, sample=sample)
    yield from _frame(theme)


def _text_styles(theme: Theme) -> Iterator[WordStyle]:
    cover = cover_lines()
    for level in names.HEADING_LEVELS:
        yield from (names.heading_style(style, level) for style in theme.heading)
    yield from (names.heading_style(style, 1, is_listed=False) for style in theme.heading)
    yield from (names.contents_style(level) for level in theme.contents)
    yield from (each for style in TextStyle if (each := names.text_style(style)) not in cover)
    yield from (names.text_style(style, sample=True) for style in names.IN_TABLES)
    yield from (names.SAMPLE_NUMERAL, names.SAMPLE_MARKS, names.HEADER, names.FOOTER)


def line(style: WordStyle, words: str | None = None, *more: Xml) -> Xml:
    """Return a paragraph in ``style`` that says its name, or other ``words``."""
    properties = paragraph_properties(w("pStyle", val=style.id), *more)
    shown = shown_name(style) if words is None else words
    return w("p", properties, *((w("r", w("t", text(shown))),) if shown else ()))


def _table(theme: Theme, table: TableStyle, *, dense: bool, sample: bool) -> Iterator[Xml]:
    """Yield a table of two rows under the name of its style, as the document's are made."""
    style = names.table_style(table, dense=dense, sample=sample)
    header, plain = TextStyle.TABLE_HEADER, TextStyle.TABLE_TEXT
    if dense:
        header, plain = TextStyle.DENSE_HEADER, TextStyle.DENSE_TEXT
    label = TextStyle.BAND_LABEL if table is TableStyle.BAND else plain
    rows = ((header,) * _COLUMNS, (label, *(plain,) * (_COLUMNS - 1)))
    yield line(_BODY, shown_name(style))
    yield table_begins(
        style.id,
        _widths(theme),
        description=shown_name(style),
        has_header_row=True,
        has_header_column=True,
    )
    for number, styles in enumerate(rows):
        first = () if number else (w("trPr", repeat_as_header()),)
        cells = _cells(theme, (names.text_style(each, sample=sample) for each in styles))
        yield w("tr", *first, *cells)
    yield TABLE_ENDS


def _cells(theme: Theme, styles: Iterable[WordStyle]) -> Iterator[Xml]:
    for style, width in zip(styles, _widths(theme), strict=True):
        yield w("tc", w("tcPr", w("tcW", w=width, type="dxa")), line(style))


def _widths(theme: Theme) -> tuple[int, ...]:
    return (text_width(theme.page) // _COLUMNS,) * _COLUMNS


def _frame(theme: Theme) -> Iterator[Xml]:
    style, width = names.SAMPLE_FRAME, text_width(theme.page)
    yield line(_BODY, shown_name(style))
    yield table_begins(style.id, (width,), description=shown_name(style))
    yield w("tr", w("tc", w("tcPr", w("tcW", w=width, type="dxa")), line(_BODY)))
    yield TABLE_ENDS
    yield line(names.TABLE_GAP, "")
