"""Looks of cells whose text begins like a formula (ECMA-376 Part 1, 18.8.45, quotePrefix).

Comes in: the styles of a workbook. Goes out: the same with twins of some cell formats that
say that what the cell has is text, whatever it begins with: else ``-3人`` becomes a formula
once somebody edits it in Excel.
"""

from __future__ import annotations

import re
from dataclasses import field

from kpireport.quickly import dataclass
from kpireport.sources.packages import whole_number

_FORMATS = re.compile(rb"(<(\w+:)?cellXfs\b[^>]*>)(.*?)(</(?:\w+:)?cellXfs>)", re.DOTALL)
_FORMAT = re.compile(rb"<(\w+:)?xf\b[^>]*?(?:/>|>.*?</(?:\w+:)?xf>)", re.DOTALL)
_COUNT = re.compile(rb"(\scount=[\"'])[0-9]+")
_QUOTED = re.compile(rb"(\squotePrefix=[\"'])[^\"']*")


@dataclass(slots=True)
class QuotedFormats:
    """Finds the twin of a cell format, and makes it where there is none.

    ``styles`` are the part's bytes, with the twins that have been asked for.
    """

    styles: bytes
    _twins: dict[str, str] = field(default_factory=dict)

    def twin(self, style: str) -> str:
        """Return the style of cells that look the same and are text; the same if there is none.

        Args:
            style: the cell's style (``s``), its place among the cell formats; empty is 0.
        """
        if style not in self._twins:
            self._twins[style] = self._find_or_add(style)
        return self._twins[style]

    def _find_or_add(self, style: str) -> str:
        found = _FORMATS.search(self.styles)
        if found is None:
            return style
        formats = [each.group() for each in _FORMAT.finditer(found[3])]
        number = whole_number(style)
        if number >= len(formats):
            return style
        quoted = _quoted(formats[number])
        if quoted in formats:
            return str(formats.index(quoted))
        opening = _COUNT.sub(rb"\g<1>" + str(len(formats) + 1).encode(), found[1])
        made = opening + found[3] + quoted + found[4]
        self.styles = self.styles[: found.start()] + made + self.styles[found.end() :]
        return str(len(formats))


def _quoted(format_: bytes) -> bytes:
    if _QUOTED.search(format_):
        return _QUOTED.sub(rb"\g<1>1", format_, count=1)
    return re.sub(rb"^<((?:\w+:)?xf)\b", rb'<\1 quotePrefix="1"', format_)
