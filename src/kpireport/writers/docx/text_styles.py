"""The styles of text and headings, and which of them is based on which.

Comes in: the theme. Goes out: the whole looks of the styles, by name, so that each can
be held against the one that it is based on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.markup import Xml, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.style_looks import NamedLook, plain_look, style_look
from kpireport.writers.docx.style_markup import ACCENT, SIDES, plain_rule
from kpireport.writers.docx.units import BOX_RULE, box_margins, twips
from kpireport.writers.theme import PageLook, TextLook, Theme

COVER_LABEL_GAP = 6.0  # below the council's label

_BASED_ON = MappingProxyType(
    {
        TextStyle.NOTE: TextStyle.BODY,
        TextStyle.LIST_ITEM: TextStyle.BODY,
        TextStyle.CALLOUT: TextStyle.BODY,
        TextStyle.TABLE_LABEL: TextStyle.TABLE_TEXT,
        TextStyle.TABLE_SUBTEXT: TextStyle.TABLE_TEXT,
        TextStyle.TABLE_VALUE: TextStyle.TABLE_TEXT,
        TextStyle.TABLE_NOTE: TextStyle.TABLE_TEXT,
        TextStyle.COMMENT: TextStyle.TABLE_TEXT,
        TextStyle.DENSE_TEXT: TextStyle.TABLE_TEXT,
        TextStyle.DENSE_LABEL: TextStyle.DENSE_TEXT,
        TextStyle.DENSE_SUBTEXT: TextStyle.DENSE_TEXT,
        TextStyle.DENSE_VALUE: TextStyle.DENSE_TEXT,
        TextStyle.DENSE_MARK: TextStyle.DENSE_TEXT,
        TextStyle.DENSE_COUNT: TextStyle.DENSE_TEXT,
        TextStyle.BAND_PROSE: TextStyle.TABLE_TEXT,
        TextStyle.BAND_TITLE: TextStyle.BAND_PROSE,
        TextStyle.BAND_TARGET: TextStyle.BAND_PROSE,
        TextStyle.BAND_ITEM: TextStyle.BAND_PROSE,
        TextStyle.BAND_PART: TextStyle.BAND_PROSE,
        TextStyle.TABLE_HEADER_NOTE: TextStyle.TABLE_HEADER,
        TextStyle.DENSE_HEADER: TextStyle.TABLE_HEADER,
        TextStyle.DENSE_HEADER_NOTE: TextStyle.DENSE_HEADER,
        TextStyle.BAND_LABEL: TextStyle.TABLE_HEADER,
        TextStyle.BAND_LABEL_NOTE: TextStyle.BAND_LABEL,
    }
)
"""What a text's style is based on; one that is not in here, on Normal (標準)."""

# Where the cover's parts begin, as shares of the text area's height
_COVER_PLACES = {
    TextStyle.COVER_TITLE: 0.27,
    TextStyle.COVER_YEAR: 0.40,
    TextStyle.COVER_NOTICE: 0.55,
    TextStyle.COVER_DATE: 0.76,
    TextStyle.COVER_ISSUER: 0.83,
}
_USUAL_TITLE_LINES = 2

_HIGHEST_LEVEL = 1  # of headings; those that 目次 does not list are of its look
_NO_LEVEL = 9  # w:outlineLvl of text (17.3.1.20)


def normal(theme: Theme) -> NamedLook:
    """Return Normal, which says nothing itself: it has the document's defaults."""
    prose = theme.text[TextStyle.BODY]
    return NamedLook(names.NORMAL, plain_look(prose.typeface, prose.size))


def text_style(theme: Theme, style: TextStyle, *, sample: bool = False) -> NamedLook:
    """Return a text's style, or its reduced twin, whose theme is a reduced one."""
    look = theme.text[style]
    name = names.text_style(style, sample=sample)
    if style is TextStyle.COVER_LABEL:
        label = replace(look, space_after=COVER_LABEL_GAP)
        return boxed(name, label, text_width(theme.page), "000000", at_right=True)
    if style in _COVER_PLACES:
        return NamedLook(
            name, style_look(replace(look, space_before=usual_cover_space(style, theme)))
        )
    if style in (TextStyle.NOTE, TextStyle.TABLE_NOTE):
        room = twips(look.label_em * look.size)
        hanging: dict[str, str | int] = {"left": room, "right": 0, "hanging": room}
        return NamedLook(name, style_look(look).with_paragraph(ind=hanging))
    # the quarter em would part １６ from 園 in cells
    return NamedLook(name, style_look(look, latin_space=style not in names.IN_TABLES))


def base_of_text(theme: Theme, style: TextStyle) -> NamedLook:
    """Return what the style of a text is based on."""
    if style in _BASED_ON:
        return text_style(theme, _BASED_ON[style])
    return normal(theme)


def heading_styles(theme: Theme) -> Iterator[tuple[NamedLook, NamedLook]]:
    """Yield the headings, each with its base.

    Per level, Word's own ``heading n`` is based on Normal and other looks on it. A heading
    that 目次 does not list is based on one that looks alike.
    """
    for level in names.HEADING_LEVELS:
        own = heading_style(theme, names.own_heading(level), level)
        yield own, normal(theme)
        for style in theme.heading:
            if not names.is_own_heading(style, level):
                yield heading_style(theme, style, level), own
    for style in theme.heading:
        yield unlisted_heading(theme, style), heading_style(theme, style, _level_of(style))


def heading_style(theme: Theme, style: HeadingStyle, level: int) -> NamedLook:
    """Return the style of a heading that 目次 lists."""
    return _heading(theme, style, names.heading_style(style, level), level - 1)


def unlisted_heading(theme: Theme, style: HeadingStyle) -> NamedLook:
    """Return the style of a heading that 目次 does not list: it has no level in the outline."""
    name = names.heading_style(style, _HIGHEST_LEVEL, is_listed=False)
    return _heading(theme, style, name, _NO_LEVEL)


def _level_of(style: HeadingStyle) -> int:
    """Return the level whose own heading has this look; the highest where none has."""
    own = (level for level in names.HEADING_LEVELS if names.is_own_heading(style, level))
    return next(own, _HIGHEST_LEVEL)


def _heading(theme: Theme, style: HeadingStyle, name: WordStyle, outline: int) -> NamedLook:
    look = theme.heading[style]
    if style is HeadingStyle.BOXED:
        made = boxed(name, look, text_width(theme.page), theme.accent)
    else:
        made = NamedLook(name, style_look(look))
    return replace(made, look=made.look.with_paragraph(outlineLvl={"val": outline}))


def boxed(
    name: WordStyle,
    look: TextLook,
    width: int,
    color: str,
    *,
    at_right: bool = False,
) -> NamedLook:
    """Return the style of a word in a narrow box at a margin (``w:pBdr``, 17.3.1.24).

    A paragraph's border spans the text's ``width``, so an indent of all but the
    box's width makes the box.
    """
    rule = plain_rule(BOX_RULE, color, "" if at_right else ACCENT)
    box = w("pBdr", *(w(side, **rule) for side in SIDES))
    near, far = box_margins("", look.size, width)
    left, right = (far, near) if at_right else (near, far)
    indent: dict[str, str | int] = {"left": left, "right": right, "firstLine": 0}
    return NamedLook(name, style_look(look, box).with_paragraph(ind=indent))


def usual_cover_space(style: TextStyle, theme: Theme) -> float:
    """Return the space above a part of a cover with a title of two lines, in points."""
    height = text_height(theme.page)
    above = {
        TextStyle.COVER_YEAR: (TextStyle.COVER_TITLE, _USUAL_TITLE_LINES),
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


def text_width(page: PageLook) -> int:
    """Return the width between the margins of a portrait page, in twips."""
    return twips(page.width - 2 * page.margin_x)


def text_height(page: PageLook) -> float:
    """Return the height between the margins of a portrait page, in points."""
    return page.height - page.margin_top - page.margin_bottom


def dotted_tab(position: int, *further: int, without: int | None = None) -> Xml:
    """``w:tabs`` (17.3.1.38): what follows the tab ends at ``position`` twips, dots before it.

    What follows ``further`` tabs ends at theirs, nothing before it. The style's own tab is
    taken away where it is in another place, ``without`` it.
    """
    stops = {position: w("tab", val="right", leader="dot", pos=position)}
    stops |= {each: w("tab", val="right", pos=each) for each in further}
    if without is not None and without not in stops:
        stops[without] = w("tab", val="clear", pos=without)
    return w("tabs", *(stops[each] for each in sorted(stops)))
