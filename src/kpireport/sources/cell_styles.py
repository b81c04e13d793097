"""The looks of a workbook's cells (ECMA-376 Part 1, 18.8), as far as they tell what is meant.

Comes in: the part with the styles, as it is read. Goes out: for each cell's style its
number format, its font and the colour behind it.
"""

from __future__ import annotations

from kpireport.quickly import dataclass
from kpireport.sources.number_formats import GENERAL, NumberFormat, number_format
from kpireport.sources.packages import whole_number
from kpireport.sources.rich_text import PLAIN_FONT, WHITE, Font, FontReader, colour_of
from kpireport.sources.workbook_parts import Silent, refuse_more_than

_LONGEST_CODE = 1_000  # characters; Excel takes some 200
_MOST_STYLES = 100_000  # Excel has 65,490


@dataclass(frozen=True, slots=True)
class CellLook:
    """What of a cell's style matters: its number format, its font, the colour behind.

    ``is_bold`` says nothing of what a text means, but much of what a cell is to its table.
    """

    number_format: NumberFormat = GENERAL
    font: Font = PLAIN_FONT
    fill: str = WHITE
    is_bold: bool = False


_PLAIN = CellLook()


class CellStyles(Silent):
    """The looks of cells: number formats, fonts and fills (18.8.10, 18.8.31).

    Attributes:
        reformats: whether a conditional format, by its number, changes the number format.
    """

    def __init__(self) -> None:
        self.reformats: list[bool] = []
        self._codes: dict[int, str] = {}
        self._fonts: list[tuple[Font, bool]] = []
        self._fills: list[str] = []
        self._xfs: list[tuple[int, int, int]] = []
        self._looks: dict[int, CellLook] = {}
        self._part = ""
        self._font: FontReader | None = None
        self._is_bold = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take formats and the styles that use them."""
        if name in {"numFmts", "fonts", "fills", "cellXfs", "dxfs"}:
            self._part = name
            return
        match self._part, name:
            case "numFmts", "numFmt":
                code = attributes.get("formatCode", "")
                refuse_more_than(_LONGEST_CODE, len(code), "表示形式の文字")
                self._codes[whole_number(attributes.get("numFmtId"))] = code
            case "fonts", _:
                self._take_font(name, attributes)
            case "cellXfs", _:
                self._take_style(name, attributes)
            case "fills", "fill":
                self._fills.append(WHITE)
            case "fills", "fgColor" if self._fills:
                self._fills[-1] = colour_of(attributes) or WHITE
            case "dxfs", "dxf":
                self.reformats.append(False)
                refuse_more_than(_MOST_STYLES, len(self.reformats), "条件付き書式")
            case "dxfs", "numFmt" if self.reformats:
                self.reformats[-1] = True

    def _take_font(self, name: str, attributes: dict[str, str]) -> None:
        """Take a font, or what is said of it (18.8.22)."""
        if name == "font":
            self._font, self._is_bold = FontReader(), False
        elif name == "b":
            self._is_bold = attributes.get("val", "1") not in {"0", "false", "off"}
        elif self._font is not None:
            self._font.take(name, attributes)

    def _take_style(self, name: str, attributes: dict[str, str]) -> None:
        """Take a cell's style (18.8.45)."""
        if name == "xf":
            ids = (attributes.get(each) for each in ("numFmtId", "fontId", "fillId"))
            numbers = [whole_number(each) for each in ids]
            self._xfs.append((numbers[0], numbers[1], numbers[2]))
            refuse_more_than(_MOST_STYLES, len(self._xfs), "セルの書式")

    def end(self, name: str) -> None:
        """Leave a list of looks, or a font."""
        if name == self._part:
            self._part = ""
        elif name == "font" and self._font is not None:
            self._fonts.append((self._font.font(), self._is_bold))
            self._font = None
            refuse_more_than(_MOST_STYLES, len(self._fonts), "フォント")

    def look_of(self, style: str | None) -> CellLook:
        """The look of a cell's style."""
        index = whole_number(style)
        if index >= len(self._xfs):
            return _PLAIN
        if index not in self._looks:
            format_id, font, fill = self._xfs[index]
            its_font, is_bold = (
                self._fonts[font] if font < len(self._fonts) else (PLAIN_FONT, False)
            )
            self._looks[index] = CellLook(
                number_format(format_id, self._codes.get(format_id)),
                its_font,
                self._fills[fill] if fill < len(self._fills) else WHITE,
                is_bold=is_bold,
            )
        return self._looks[index]
