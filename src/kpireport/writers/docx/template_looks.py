"""The looks of a template as a theme: what the writer reckons with when it fills pages.

Comes in: a base document that someone restyled. Goes out: the theme with the sizes,
lines and spaces that its styles really have, and its page. Indents stay the theme's
own, in ems. A line whose height Word takes from the font is estimated.

Then the other way: lengths of the styles that followed from sizes and page, and that
nobody changed, are made to follow the new ones (the box around a numeral, the tab at
the right margin of 目次, a first line of one character).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from kpireport.document.blocks import CellStyle, TableStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import MAIN
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.package import Base, SectionModel, parse, qualified
from kpireport.writers.docx.styles import styles_part
from kpireport.writers.docx.units import PAGE_SLACK
from kpireport.writers.theme import DEFAULT_THEME, Align, CellLook, PageLook, TextLook, Theme

_NAMESPACES = {"w": MAIN}
_NATURAL_LINE = 1.3  # of the size: what Word gives a line of most Japanese fonts
_SINGLE = 240  # w:line of single spacing where its rule is "auto" (17.3.1.33)
_ALIGNS = {align.value: align for align in Align} | {"start": Align.LEFT, "end": Align.RIGHT}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A style sheet, asked for what a style has, be it its own or inherited."""

    styles: Mapping[str, Element]
    ids: Mapping[str, str]
    defaults: Element | None

    @classmethod
    def of(cls, root: Element) -> _Sheet:
        styles = root.findall("w:style", _NAMESPACES)
        by_id = {style.get(qualified("w:styleId")): style for style in styles}
        ids = {
            style.find("w:name", _NAMESPACES).get(qualified("w:val")).casefold(): style_id
            for style_id, style in by_id.items()
        }
        return cls(by_id, ids, root.find("w:docDefaults", _NAMESPACES))

    def style(self, style: WordStyle) -> Element | None:
        return self.styles.get(self.ids.get(style.name.casefold(), ""))

    def value(self, style: WordStyle, path: str, attribute: str = "val") -> str | None:
        """Return ``path``'s attribute of the style, or of the nearest that it is based on."""
        for element in self._chain(style):
            found = element.find(path, _NAMESPACES)
            value = None if found is None else found.get(qualified(f"w:{attribute}"))
            if value is not None:
                return str(value)
        return None

    def number(self, style: WordStyle, path: str, attribute: str = "val") -> float | None:
        value = self.value(style, path, attribute)
        try:
            return None if value is None else float(value)
        except ValueError:  # 12pt: a measure with its unit, which Word does not write
            return None

    def _chain(self, style: WordStyle) -> Iterator[Element]:
        """Yield the style, those below it, and the defaults; a ring of styles ends."""
        seen: set[str] = set()
        style_id = self.ids.get(style.name.casefold(), "")
        while style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            element = self.styles[style_id]
            yield element
            based_on = element.find("w:basedOn", _NAMESPACES)
            style_id = "" if based_on is None else based_on.get(qualified("w:val"), "")
        if self.defaults is not None:
            for kind in ("w:rPrDefault", "w:pPrDefault"):
                yield from self.defaults.findall(kind, _NAMESPACES)


def theme_of_template(base: bytes) -> Theme:
    """Return our theme with the sizes and the page of a base document."""
    return theme_of(Base.read(base), DEFAULT_THEME)


def theme_of(base: Base, theme: Theme) -> Theme:
    """Return ``theme`` with the sizes and the page that ``base`` has."""
    sheet = _Sheet.of(base.styles)
    ours = _Sheet.of(parse(styles_part(theme).encode()))

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
        cell=dict(theme.cell) | _fills(sheet, theme.cell),
        page_number=look(names.FOOTER, theme.page_number),
        notice=look(names.HEADER, theme.notice),
    )


_FILLED = {
    CellStyle.HEADER: (names.table_style(TableStyle.KPI), "firstRow"),
    CellStyle.DENSE_HEADER: (names.table_style(TableStyle.KPI, dense=True), "firstRow"),
    CellStyle.BAND_LABEL: (names.table_style(TableStyle.BAND), "firstCol"),
}


def _fills(sheet: _Sheet, cells: Mapping[CellStyle, CellLook]) -> dict[CellStyle, CellLook]:
    """Return the shades of header cells: those among other cells are shaded one by one."""
    fills = {}
    for cell, (style, part) in _FILLED.items():
        path = f"w:tblStylePr[@w:type='{part}']/w:tcPr/w:shd"
        fill = sheet.value(style, path, "fill") or ""
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


def _look(sheet: _Sheet, ours: _Sheet, style: WordStyle, usual: TextLook) -> TextLook:
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


def _leading(sheet: _Sheet, ours: _Sheet, style: WordStyle, usual: TextLook, size: float) -> float:
    """Return the height of a line; one that nobody changed grows with the size."""
    path = "w:pPr/w:spacing"
    line = sheet.number(style, path, "line")
    if line == ours.number(style, path, "line"):
        return usual.leading * size / usual.size
    if line is not None and sheet.value(style, path, "lineRule") in ("exact", "atLeast"):
        return line / 20
    return size * _NATURAL_LINE * (line or _SINGLE) / _SINGLE


def _space(sheet: _Sheet, ours: _Sheet, style: WordStyle, side: str, usual: float) -> float:
    twips = sheet.number(style, "w:pPr/w:spacing", side)
    unchanged = twips == ours.number(style, "w:pPr/w:spacing", side)
    return usual if unchanged or twips is None else twips / 20


# --- lengths that follow from sizes and page ---------------------------------------

_FOLLOWING = {
    "w:pPr/w:ind": ("left", "right", "firstLine", "hanging"),
    "w:pPr/w:spacing": ("before", "line"),
    "w:pPr/w:tabs/w:tab": ("pos",),
}


def fit_styles(base: Base, usual: Theme) -> None:
    """Make the lengths in the styles of ``base`` follow its sizes and page.

    Those alone that are still what our base document for ``usual`` has: whoever
    changed one meant it.
    """
    theme = theme_of(base, usual)
    sheet = _Sheet.of(base.styles)
    ours = _Sheet.of(parse(styles_part(usual).encode()))
    on_cover = _Sheet.of(parse(styles_part(theme).encode()))
    numbered = replace(theme, page=page_of(base.numbered))
    in_text = _Sheet.of(parse(styles_part(numbered).encode()))
    for style_id, before in ours.styles.items():
        style = WordStyle(style_id, before.find("w:name", _NAMESPACES).get(qualified("w:val")))
        fresh = on_cover if style_id in _BEFORE_NUMBERS else in_text
        mine, after = sheet.style(style), fresh.style(style)
        if mine is not None and after is not None:
            _follow(mine, before, after)


_BEFORE_NUMBERS = frozenset(
    (
        *(names.contents_style(level).id for level in names.HEADING_LEVELS),
        *(names.text_style(style).id for style in TextStyle if style.value.startswith("cover.")),
    )
)
"""The styles of 目次 and the cover, which stand on pages without a number."""


def _follow(mine: Element, before: Element, after: Element) -> None:
    """Set the lengths of ``mine`` that are as ``before`` to what they are ``after``."""
    for path, attributes in _FOLLOWING.items():
        elements = [element.find(path, _NAMESPACES) for element in (mine, before, after)]
        if None in elements:
            continue
        for attribute in map(qualified, (f"w:{name}" for name in attributes)):
            own, old, new = (element.get(attribute) for element in elements)
            if own is not None and own == old and new is not None:
                elements[0].set(attribute, new)
