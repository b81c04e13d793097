"""Where the text of a Word file stands on its paper: the sections' widths and margins.

Comes in: the body. Goes out: for each section (17.6) how wide its paper is, and where its text
begins; and where a table's columns begin, as shares of that.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.sources.packages import whole_number
from kpireport.word_files.opening import W

_A4 = (11_906, 16_838)  # twentieths of a point
_PICTURE_PAGE = 0.6  # of the paper's width and height: more is no figure among words
_EMU = 635  # to a twentieth of a point
_ENDS_NO_PAGE = frozenset({"continuous", "nextColumn"})


@dataclass(frozen=True, slots=True)
class _Section:
    """A section's paper and its margins, in twentieths of a point."""

    width: int = _A4[0]
    height: int = _A4[1]
    left: int = 0
    right: int = 0
    has_columns: bool = False
    begins_page: bool = True


@dataclass(slots=True)
class Sections:
    """The sections of a document; each ends with the paragraph that has its properties."""

    _sections: Sequence[_Section] = ()
    _now: int = 0

    @classmethod
    def of(cls, body: Element) -> Sections:
        """Read the sections of a body (17.6.17, 17.6.18)."""
        return cls([_section(each) for each in body.iter(f"{W}sectPr")])

    @property
    def _current(self) -> _Section:
        return self._sections[self._now] if self._now < len(self._sections) else _Section()

    def end(self) -> bool:
        """Go on to the next section; tell whether it begins a page."""
        self._now += 1
        return self._current.begins_page

    def lefts(self, table: Element, begins: Sequence[int], widths: Sequence[int]) -> list[float]:
        """Return where a table's columns begin, from 0 to 1; nothing where nobody knows.

        Args:
            table: it stands in the body itself.
            begins: its columns, as columns of its grid.
            widths: of the grid's columns.
        """
        section = self._current
        if section.has_columns or not widths or len(widths) < max(begins, default=0):
            return []
        left = self._left(table, sum(widths))
        places = (left + sum(widths[:begin]) for begin in begins)
        return [round(min(max(place / section.width, 0.0), 1.0), 3) for place in places]

    def _left(self, table: Element, width: int) -> int:
        """Return where a table begins on the paper."""
        section = self._current
        properties = table.find(f"{W}tblPr")
        if properties is None:
            return section.left
        floats = properties.find(f"{W}tblpPr")
        if floats is not None:
            at = _signed(floats.get(f"{W}tblpX"))
            return at if floats.get(f"{W}horzAnchor") == "page" else section.left + at
        align = properties.find(f"{W}jc")
        free = section.width - section.left - section.right - width
        match "" if align is None else align.get(f"{W}val"):
            case "center":
                return section.left + free // 2
            case "right" | "end":
                return section.left + free
        indent = properties.find(f"{W}tblInd")
        return section.left + (0 if indent is None else _signed(indent.get(f"{W}w")))

    def is_page(self, width: int, height: int) -> bool:
        """Tell whether a picture of that size (in EMU) fills a page, as a scan does."""
        section = self._current
        return (
            width / _EMU >= section.width * _PICTURE_PAGE
            and height / _EMU >= section.height * _PICTURE_PAGE
        )


def _section(properties: Element) -> _Section:
    size, margin = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
    columns, kind = properties.find(f"{W}cols"), properties.find(f"{W}type")
    width = height = left = right = 0
    if size is not None:
        width, height = (whole_number(size.get(f"{W}{name}")) for name in ("w", "h"))
    if margin is not None:
        left, right = (whole_number(margin.get(f"{W}{name}")) for name in ("left", "right"))
    return _Section(
        width=width or _A4[0],
        height=height or _A4[1],
        left=left,
        right=right,
        has_columns=columns is not None and whole_number(columns.get(f"{W}num"), 1) > 1,
        begins_page=kind is None or kind.get(f"{W}val") not in _ENDS_NO_PAGE,
    )


def _signed(text: str | None) -> int:
    number = whole_number((text or "").removeprefix("-"))
    return -number if (text or "").startswith("-") else number
