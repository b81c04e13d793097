"""The looks of a template as a theme: what the writer reckons with when it fills pages.

Comes in: a base document that someone restyled. Goes out: the theme with the sizes,
lines and spaces that its styles really have, and its page. Indents stay the theme's
own, in ems. A line whose height Word takes from the font is estimated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kpireport.document.styles import CellStyle, TableStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import MAIN
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.package import Base, SectionModel, parse
from kpireport.writers.docx.style_markup import SHADES
from kpireport.writers.docx.style_sheet import StyleSheet
from kpireport.writers.docx.styles import styles_part
from kpireport.writers.docx.units import PAGE_SLACK
from kpireport.writers.theme import DEFAULT_THEME, Align, CellLook, PageLook, TextLook, Theme

_NAMESPACES = {"w": MAIN}
_NATURAL_LINE = 1.3  # of the size: what Word gives a line of most Japanese fonts
_SINGLE = 240  # w:line of single spacing where its rule is "auto" (17.3.1.33)
_ALIGNS = {align.value: align for align in Align} | {"start": Align.LEFT, "end": Align.RIGHT}


def theme_of_template(base: bytes) -> Theme:
    """Return our theme with the sizes and the page of a base document."""
    return theme_of(Base.read(base), DEFAULT_THEME)


def theme_of(base: Base, theme: Theme) -> Theme:
    """Return ``theme`` with the sizes and the page that ``base`` has."""
    sheet = StyleSheet.of(base.styles)
    ours = StyleSheet.of(parse(styles_part(theme).encode()))

    def look(style: WordStyle, usual: TextLook) -> TextLook:
        return _look(sheet, ours, style, usual)

    return replace(
        theme,
        page=page_of(base.unnumbered),
        text={style: look(names.text_style(style), usual) for style, usual in theme.text.items()},
        heading={
            style: look(names.heading_style(style, 1), usual)
            for style, usual in theme.heading.items()
        },
        contents={
            level: look(names.contents_style(level), usual)
            for level, usual in theme.contents.items()
        },
        cell=dict(theme.cell) | _fills(sheet, theme.cell, base.shade),
        page_number=look(names.FOOTER, theme.page_number),
        notice=look(names.HEADER, theme.notice),
        note_mark_rise=(sheet.number(names.NOTE_MARK, "w:rPr/w:position") or 0.0) / 2,
    )


_FILLED = {
    CellStyle.HEADER: (names.table_style(TableStyle.KPI), "firstRow"),
    CellStyle.DENSE_HEADER: (names.table_style(TableStyle.KPI, dense=True), "firstRow"),
    CellStyle.BAND_LABEL: (names.table_style(TableStyle.BAND), "firstCol"),
}


def _fills(
    sheet: StyleSheet, cells: Mapping[CellStyle, CellLook], theme_shade: str
) -> dict[CellStyle, CellLook]:
    """Return the shades of header cells: those among other cells are shaded one by one."""
    fills = {}
    for cell, (style, part) in _FILLED.items():
        path = f"w:tblStylePr[@w:type='{part}']/w:tcPr/w:shd"
        fill = sheet.value(style, path, "fill") or ""
        if sheet.value(style, path, "themeFill") == SHADES:
            fill = theme_shade or fill
        fills[cell] = replace(cells[cell], fill="" if fill == "auto" else fill)
    return fills


def page_of(section: SectionModel) -> PageLook:
    """Return a section's page; the side margins are their mean."""
    width, height = section.size(landscape=False)
    top, bottom = section.margin("top"), section.margin("bottom")
    return PageLook(
        width=width / 20,
        height=height / 20,
        margin_top=top / 20,
        margin_bottom=bottom / 20 + PAGE_SLACK,
        margin_x=(width - section.text_width(landscape=False)) / 40,
    )


def _look(sheet: StyleSheet, ours: StyleSheet, style: WordStyle, usual: TextLook) -> TextLook:
    """Return the look of a style; ``usual`` where the sheet says what ``ours`` does."""
    half_points = sheet.number(style, "w:rPr/w:sz")
    size = usual.size if half_points is None else half_points / 2
    if half_points == ours.number(style, "w:rPr/w:sz"):
        size = usual.size
    return replace(
        usual,
        size=size,
        leading=_leading(sheet, ours, style, usual, size),
        align=_ALIGNS.get(sheet.value(style, "w:pPr/w:jc") or "", usual.align),
        space_before=_space(sheet, ours, style, "before", usual.space_before),
        space_after=_space(sheet, ours, style, "after", usual.space_after),
    )


def _leading(
    sheet: StyleSheet, ours: StyleSheet, style: WordStyle, usual: TextLook, size: float
) -> float:
    """Return the height of a line; one that nobody changed grows with the size."""
    path = "w:pPr/w:spacing"
    line = sheet.number(style, path, "line")
    if line == ours.number(style, path, "line"):
        return usual.leading * size / usual.size
    if line is not None and sheet.value(style, path, "lineRule") in ("exact", "atLeast"):
        return line / 20
    return size * _NATURAL_LINE * (line or _SINGLE) / _SINGLE


def _space(sheet: StyleSheet, ours: StyleSheet, style: WordStyle, side: str, usual: float) -> float:
    twips = sheet.number(style, "w:pPr/w:spacing", side)
    unchanged = twips == ours.number(style, "w:pPr/w:spacing", side)
    return usual if unchanged or twips is None else twips / 20
