"""How each semantic style looks: fonts, points, colours, paddings.

Shared by the writers: Word and PDF break lines and pages alike, and a screen looks like them.
Lengths are points (1/72 inch) unless a name says ``em`` (multiples of the size).
Sizes follow the conventions for public documents: prose 10.5 pt or more,
tables 9 pt or more, notes in their headers 8 pt, nothing under that.
Nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from kpireport.document.styles import CellStyle, HeadingStyle, TableStyle, TextStyle
from kpireport.quickly import dataclass
from kpireport.writers.breaks import Breaking

MILLIMETRE = 72 / 25.4
MINIMUM_SIZE = 8.0
LARGEST_GAP = 0.34  # of a page, that may stay empty to keep a plan's rows together
LARGEST_DENSE_GAP = 0.15  # … in a table of many columns, which has more rows
DISTRIBUTION_LIMIT = 1.8  # a distributed word spreads to this multiple of its width at most


class Typeface(StrEnum):
    """The bundled families; the value is the family name in Word."""

    GOTHIC = "BIZ UDGothic"
    MINCHO = "BIZ UDMincho"


class Align(StrEnum):
    """Where a paragraph's lines stand; the value is OOXML's ``w:jc``."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "both"
    DISTRIBUTE = "distribute"  # 均等割付


class VerticalAlign(StrEnum):
    """Where a cell's content stands; the value is OOXML's ``w:vAlign``."""

    TOP = "top"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class TextLook:
    """The look of a paragraph; ``label_em`` is the room for the label of a list's item."""

    typeface: Typeface
    size: float
    leading: float
    bold: bool = False
    align: Align = Align.LEFT
    color: str = "000000"
    first_line_em: float = 0.0
    indent_em: float = 0.0
    label_em: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False
    breaking: Breaking = Breaking.FILLED
    letter_gaps: bool = False  # lines have room for what LibreOffice sets before digits


@dataclass(frozen=True, slots=True)
class CellLook:
    """The look of a cell; ``fill`` is RGB in hex, empty for none."""

    fill: str = ""
    vertical: VerticalAlign = VerticalAlign.CENTER
    padding_x: float = 4.5
    padding_y: float = 3.5


@dataclass(frozen=True, slots=True)
class TableLook:
    """The look of a table: all its rules, and the space below it."""

    rule: float = 0.5
    rule_color: str = "404040"
    space_after: float = 12.0


@dataclass(frozen=True, slots=True)
class PageLook:
    """Portrait A4 (ISO 216) and its margins; landscape swaps width and height."""

    width: float = 210 * MILLIMETRE
    height: float = 297 * MILLIMETRE
    margin_top: float = 16 * MILLIMETRE
    margin_bottom: float = 17 * MILLIMETRE
    margin_x: float = 20 * MILLIMETRE
    page_number_baseline: float = 10 * MILLIMETRE


@dataclass(frozen=True, slots=True)
class ChartLook:
    """The room that charts take; line charts are equally high in every grid, or in all large."""

    gap: float = 10.0
    space_after: float = 6.0
    line_height: float = 98.0
    large_height: float = 185.0


@dataclass(frozen=True, slots=True)
class BarLook:
    """A bar in a cell: its height, its share of the cell's width, the space below it.

    A tick across it is ``overhang`` longer at both ends, an arrow at its end ``arrow`` long.
    """

    height: float = 5.0
    width: float = 0.85
    space_after: float = 4.0
    rule: float = 0.5
    overhang: float = 1.5
    tick: float = 1.0
    arrow: float = 3.2


@dataclass(frozen=True, slots=True)
class SparkLook:
    """A sparkline in a cell: its height, its share of the cell's width, the space below it.

    ``line`` and ``limit`` are the widths of its lines, ``dot`` the last point's diameter,
    ``dashes`` the limit's lengths on and off.
    """

    height: float = 11.0
    width: float = 0.94
    space_after: float = 2.0
    line: float = 1.0
    dot: float = 3.2
    limit: float = 0.6
    limit_color: str = "404040"
    dashes: tuple[float, float] = (2.0, 1.4)


@dataclass(frozen=True, slots=True)
class ScreenLook:
    """The page for the web: its fonts, and what paper does not have.

    ``text_size`` is what is one ``rem`` there, in points of the print; other lengths are
    ``rem``: the ``widest`` text, and the ``narrowest`` that a phone has room for. Texts have a
    contrast of 7 to 1 and more, borders of what is focused 3 to 1 (WCAG 2.2, 1.4.6, 1.4.11).
    """

    fonts: tuple[str, ...] = (
        *("BIZ UDPGothic", "BIZ UDGothic", "Hiragino Sans", "Hiragino Kaku Gothic ProN"),
        *("Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic", "Meiryo"),
    )
    text_size: float = 10.5
    widest: float = 64.0
    widest_lying: float = 76.0
    widest_prose: float = 46.0
    narrowest: float = 26.0
    ink: str = "1A1A1A"
    quiet: str = "404040"
    link: str = "0B4A8F"
    focus: str = "000000"
    focus_ring: str = "FFD43D"
    target: str = "FFF3BF"
    notice: str = "FFF3BF"


@dataclass(frozen=True, slots=True)
class Theme:
    """The complete style table."""

    page: PageLook
    text: Mapping[TextStyle, TextLook]
    heading: Mapping[HeadingStyle, TextLook]
    cell: Mapping[CellStyle, CellLook]
    table: Mapping[TableStyle, TableLook]
    page_number: TextLook
    notice: TextLook  # at the top of every page, at the right
    head: TextLook  # 柱, at its left
    foot: TextLook  # the key of marks above the page number
    contents: Mapping[int, TextLook]  # the lines of 目次 by level
    chart: ChartLook
    accent: str  # the box around a goal's numeral, the callouts
    sample_scale: float
    chapter_gap: float = 20.0  # above a chapter that does not begin a page
    bar: BarLook = BarLook()
    spark: SparkLook = SparkLook()
    note_mark_rise: float = 3.5  # of the marks of notes, in Word
    screen: ScreenLook = ScreenLook()

    def reduced(self, scale: float) -> Theme:
        """Return this theme scaled for the sample page, no text under 8 pt."""

        def text(look: TextLook) -> TextLook:
            size = max(MINIMUM_SIZE, look.size * scale)
            return replace(
                look,
                size=size,
                leading=look.leading * size / look.size,
                space_before=look.space_before * scale,
                space_after=look.space_after * scale,
            )

        def cell(look: CellLook) -> CellLook:
            return replace(look, padding_x=look.padding_x * scale, padding_y=look.padding_y * scale)

        def table(look: TableLook) -> TableLook:
            return replace(look, rule=look.rule * scale, space_after=look.space_after * scale)

        return replace(
            self,
            text={style: text(look) for style, look in self.text.items()},
            heading={style: text(look) for style, look in self.heading.items()},
            cell={style: cell(look) for style, look in self.cell.items()},
            table={style: table(look) for style, look in self.table.items()},
        )


def _gothic(size: float, leading: float, **rest: object) -> TextLook:
    return TextLook(Typeface.GOTHIC, size, leading, **rest)  # type: ignore[arg-type]


def _mincho(size: float, leading: float, **rest: object) -> TextLook:
    return TextLook(Typeface.MINCHO, size, leading, **rest)  # type: ignore[arg-type]


_BALANCED, _NARROW = Breaking.BALANCED, Breaking.NARROW
_SHADE = "E3EDE3"  # a light green that stays lighter than 10 % grey on a copier

DEFAULT_THEME = Theme(
    page=PageLook(),
    text={
        TextStyle.BODY: _mincho(10.5, 20, align=Align.JUSTIFY, first_line_em=1, space_after=4),
        TextStyle.NOTE: _mincho(10.5, 17, space_before=6, label_em=2.5),
        TextStyle.TABLE_NOTE: _gothic(9, 13, space_before=1.5, label_em=2.5),
        TextStyle.LIST_ITEM: _mincho(10.5, 20, align=Align.JUSTIFY, space_after=3, label_em=1.5),
        TextStyle.CALLOUT: _mincho(10.5, 16, label_em=2, keep_with_next=True),
        TextStyle.MASTHEAD: _gothic(11, 16, align=Align.CENTER, space_after=4, breaking=_BALANCED),
        TextStyle.COVER_LABEL: _gothic(14, 20, align=Align.CENTER),
        TextStyle.COVER_COMMITTEE: _gothic(10.5, 16, align=Align.RIGHT),
        TextStyle.COVER_TITLE: _gothic(16, 28, bold=True, align=Align.CENTER, breaking=_BALANCED),
        TextStyle.COVER_YEAR: _gothic(26, 40, bold=True, align=Align.CENTER, breaking=_BALANCED),
        TextStyle.COVER_DATE: _gothic(14, 24, align=Align.CENTER),
        TextStyle.COVER_ISSUER: _gothic(18, 30, align=Align.DISTRIBUTE),
        TextStyle.BAND_LABEL: _gothic(10.5, 15, align=Align.DISTRIBUTE),
        TextStyle.BAND_LABEL_NOTE: _gothic(9, 13, align=Align.CENTER),
        TextStyle.BAND_TITLE: _gothic(11, 15, bold=True, breaking=_BALANCED),
        TextStyle.BAND_PROSE: _gothic(10.5, 15, align=Align.JUSTIFY, first_line_em=1),
        TextStyle.BAND_TARGET: _gothic(10.5, 15, label_em=2, breaking=_BALANCED),
        TextStyle.BAND_ITEM: _gothic(10.5, 15, label_em=1, breaking=_BALANCED),
        TextStyle.BAND_PART: _gothic(10.5, 15, label_em=2),
        TextStyle.TABLE_HEADER: _gothic(10, 13, align=Align.DISTRIBUTE),
        TextStyle.TABLE_HEADER_NOTE: _gothic(9, 12, align=Align.CENTER),
        TextStyle.TABLE_LABEL: _gothic(10, 13),
        TextStyle.TABLE_TEXT: _gothic(10, 13, breaking=_BALANCED),
        TextStyle.TABLE_SUBTEXT: _gothic(10, 13, indent_em=1, breaking=_BALANCED),
        TextStyle.TABLE_VALUE: _gothic(10, 13, align=Align.CENTER, breaking=_BALANCED),
        TextStyle.DENSE_HEADER: _gothic(9, 12, align=Align.CENTER, breaking=_NARROW),
        TextStyle.DENSE_HEADER_NOTE: _gothic(8, 11, align=Align.CENTER, breaking=_NARROW),
        TextStyle.DENSE_LABEL: _gothic(9, 12),
        TextStyle.DENSE_TEXT: _gothic(9, 12, breaking=_NARROW),
        TextStyle.DENSE_SUBTEXT: _gothic(9, 12, indent_em=1, breaking=_NARROW),
        TextStyle.DENSE_VALUE: _gothic(9, 12, align=Align.CENTER, breaking=_NARROW),
        TextStyle.DENSE_MARK: _gothic(12, 14, bold=True, align=Align.CENTER),
        TextStyle.DENSE_COUNT: _gothic(9, 12, align=Align.RIGHT),
        TextStyle.CAPTION: _gothic(
            9.5, 12.5, bold=True, space_before=5, space_after=1.5, keep_with_next=True
        ),
        TextStyle.COMMENT: _gothic(
            9.5, 13.5, first_line_em=1, letter_gaps=True, breaking=Breaking.RAGGED
        ),
        TextStyle.COVER_NOTICE: _gothic(12, 20, bold=True, align=Align.CENTER),
    },
    heading={
        HeadingStyle.CHAPTER: _gothic(
            16, 26, bold=True, align=Align.CENTER, space_after=8, keep_with_next=True
        ),
        HeadingStyle.BOXED: _gothic(
            14, 22, bold=True, align=Align.CENTER, space_after=8, keep_with_next=True
        ),
        HeadingStyle.PLAIN: _gothic(13, 20, bold=True, space_after=6, keep_with_next=True),
        HeadingStyle.SECTION: _gothic(
            12, 18, bold=True, space_before=12, space_after=5, keep_with_next=True
        ),
        HeadingStyle.SUBSECTION: _gothic(
            10.5, 16, bold=True, space_before=8, space_after=3, keep_with_next=True
        ),
        HeadingStyle.PLACE: _gothic(10.5, 15, bold=True, keep_with_next=True),
    },
    cell={
        CellStyle.HEADER: CellLook(fill=_SHADE, padding_x=2),
        CellStyle.BAND_LABEL: CellLook(fill=_SHADE, padding_y=5),
        CellStyle.PLAN: CellLook(),
        CellStyle.GROUP: CellLook(),
        CellStyle.TEXT: CellLook(),
        CellStyle.VALUE: CellLook(),
        CellStyle.PROSE: CellLook(vertical=VerticalAlign.TOP),
        CellStyle.DENSE_HEADER: CellLook(fill=_SHADE, padding_x=2, padding_y=3),
        CellStyle.DENSE: CellLook(padding_x=2.5, padding_y=2.2),
        CellStyle.DENSE_COUNT: CellLook(padding_x=7, padding_y=2.2),
    },
    table={
        TableStyle.BAND: TableLook(),
        TableStyle.KPI: TableLook(),
        TableStyle.SUMMARY: TableLook(space_after=8),
    },
    page_number=_gothic(10, 12, align=Align.CENTER),
    notice=_gothic(9, 12, bold=True, align=Align.RIGHT),
    head=_gothic(9, 12),
    foot=_gothic(8, 10, align=Align.CENTER, space_before=7.5, space_after=1.5),
    contents={
        1: _gothic(10.5, 18, bold=True),
        2: _gothic(10.5, 15.5, indent_em=1.5),
    },
    chart=ChartLook(),
    accent="2F5D46",
    sample_scale=0.8,
)
"""The looks of the documents without a theme of one's own."""
