"""Number formats (ECMA-376-1, 18.8.31) that write values as they are printed.

Comes in: values with their printed texts. Goes out: the format that writes the most of
them so. A label with a format, unlike one with a text, follows when staff edit the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import product

from kpireport.quickly import dataclass

_MINUS = "−"
_TO_FULL_WIDTH = {ord(half): ord(half) - ord("0") + ord("０") for half in "0123456789"}
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """Grouped figures with ``least`` to ``most`` decimals, and ``unit`` after them.

    ``is_mixed``: numbers of one digit are full-width (公文書の１桁).
    """

    least: int = 0
    most: int = 0
    is_mixed: bool = False
    unit: str = ""
    minus: str = _MINUS

    @property
    def code(self) -> str:
        """The format as a workbook and a chart have it."""
        decimals = "0" * self.least + "#" * (self.most - self.least)
        figures = "#,##0" + (f".{decimals}" if decimals else "")
        unit = f'"{self.unit}"' if self.unit else ""
        if self.is_mixed:
            return f"[<10][DBNum3][$-411]0{unit};{figures}{unit}"
        return f'{figures}{unit};"{self.minus}"{figures}{unit}'

    def write(self, value: Decimal) -> str:
        """Return ``value`` as the format writes it."""
        figures = f"{abs(value):,.{self.most}f}"
        optional = self.most - self.least
        if optional:
            kept, spare = figures[:-optional], figures[-optional:]
            figures = kept + spare.rstrip("0")
        if self.is_mixed and len(figures) == 1:
            figures = figures.translate(_TO_FULL_WIDTH)
        return f"{self.minus if value < 0 else ''}{figures}{self.unit}"


def printed_format(
    printed: Sequence[tuple[Decimal, str]], unit: str, minus: str = _MINUS
) -> NumberFormat:
    """Return the format that writes the most of the ``printed`` values as their texts."""
    most = max((_places(value) for value, _ in printed), default=0)
    decimals = [
        (least, places)
        for least, places in product(range(most + 1), repeat=2)
        if least <= places and (least or not places)  # Excel would leave the point: 5.
    ]
    may_mix = all(value >= 0 for value, _ in printed)
    formats = [
        NumberFormat(least, places, is_mixed, written, minus)
        for least, places in decimals
        for is_mixed in ((False, True) if may_mix and not places else (False,))
        for written in {"", unit if '"' not in unit else ""}
    ]
    return max(formats, key=lambda each: _rank(each, printed))


def axis_format(ticks: Iterable[Decimal], minus: str = _MINUS) -> str:
    """Return the format of an axis: all ticks with the decimals that one needs; zero is ``0``."""
    places = max(_places(tick.normalize()) for tick in ticks)
    figures = "#,##0" + ("." + "0" * places if places else "")
    return f'{figures};"{minus}"{figures};0'


def _rank(
    candidate: NumberFormat, printed: Sequence[tuple[Decimal, str]]
) -> tuple[int, bool, int, str]:
    """Put first what writes more of the texts; of equals the plainest."""
    hits = sum(candidate.write(value) == text for value, text in printed)
    return hits, not candidate.is_mixed, -candidate.most, candidate.code


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(_MOST_PLACES, max(0, -exponent)) if isinstance(exponent, int) else 0
