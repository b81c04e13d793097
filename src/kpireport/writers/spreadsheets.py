"""What all workbooks that are written have in common, whoever writes them.

Comes in: a stream to write to, texts and numbers. Goes out: a workbook of XlsxWriter in
which a text is a text, whatever it begins with, and numbers and texts as Excel holds them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook

LONGEST_TEXT = 32_767  # characters in a cell (Excel specifications and limits)

_FORMULA_SIGNS = tuple("=+-@＝＋－＠\t")  # Japanese Excel narrows the full-width ones
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CUT = "…（以下は長すぎるため省略）"
# XML 1.0 (2.2, Char) has no place for these; the line feed and the tab are a text's own
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def new_workbook(stream: IO[bytes]) -> Workbook:
    """Return XlsxWriter's workbook, which writes itself into ``stream`` when it is closed."""
    return Workbook(stream, _OPTIONS)


def is_like_formula(text: str) -> bool:
    """Whether Excel would take the text for a formula once somebody edits its cell.

    Such a cell's format has to have ``quote_prefix``.
    """
    return text.startswith(_FORMULA_SIGNS)


def plain_number(value: Decimal | int) -> int | float:
    """Return ``value`` as a workbook and a chart's cache hold it."""
    return int(value) if value == int(value) else float(value)


def cell_text(text: str) -> str:
    """Return ``text`` as a cell can hold it: no longer than that, without what XML lacks."""
    return shortened(_NOT_IN_XML.sub("\ufffd", text), LONGEST_TEXT, _CUT)


def shortened(text: str, most: int, ellipsis: str = "…") -> str:
    """Return the text cut to ``most`` UTF-16 code units, in which Excel counts."""
    if 2 * len(text) <= most or units(text) <= most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - units(ellipsis))]
    return kept.decode("utf-16-le", "ignore") + ellipsis


def units(text: str) -> int:
    """Return how many UTF-16 code units a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
