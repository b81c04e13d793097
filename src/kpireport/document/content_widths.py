"""How wide the columns of a laid out table are: as stated, or by what stands in them.

Comes in: columns, each with its stated proportion or none, and items of its rows. Goes
out: proportions that keep short values whole and give long texts more, but not all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kpireport.document.blocks import Cell, Paragraph
from kpireport.document.ems import natural_width
from kpireport.quickly import dataclass

_FINENESS = 100  # of proportions, in one per cent
_MOST_STATED = 95  # per cent, that leave something for others
_SHORT, _LONG = 8.0, 48.0  # in ems: what is kept on one line; what needs no more room for more
_HEADER = 6.0  # in ems, of a heading's words on one line
_AROUND = 1.2  # in ems, of padding
_OF_LONG = 0.4  # of a long text's length, what its column is wider than a short one's


@dataclass(frozen=True, slots=True)
class Share:
    """A column's stated per cent, ``None`` for none, and what its cells need in ems."""

    stated: Decimal | None
    needed: float


def proportions(shares: Sequence[Share]) -> Iterator[int]:
    """Yield the columns' proportions: those without a stated one share what is left of 100.

    Where the stated ones leave nothing, they are as wide beside the stated ones as their cells
    want to be beside the cells of these.
    """
    stated = float(sum(each.stated for each in shares if each.stated is not None))
    needed = sum(each.needed for each in shares if each.stated is None)
    if stated < _MOST_STATED:
        per_em = (100 - stated) / needed if needed else 0.0
    else:
        per_em = stated / sum(each.needed for each in shares if each.stated is not None)
    for each in shares:
        width = each.needed * per_em if each.stated is None else float(each.stated)
        yield max(1, round(_FINENESS * width))


def needed_by(header: Cell, cells: Iterable[Cell | None]) -> float:
    """Return in ems how wide a column is to be for its heading and its cells."""
    head = max((min(natural_width(line), _HEADER) for line in _lines(header)), default=0.0)
    texts = [_lines(cell) for cell in cells if cell is not None]
    longest = max((natural_width(line) for lines in texts for line in lines), default=0.0)
    if longest <= _SHORT:
        return max(head, longest) + _AROUND
    wholes = sorted(sum(map(natural_width, lines)) for lines in texts)
    usual = wholes[len(wholes) * 4 // 5]  # a few longer ones may take more lines
    return max(head, _SHORT + _OF_LONG * min(usual, _LONG)) + _AROUND


def _lines(cell: Cell) -> list[str]:
    paragraphs = (each.text for each in cell.content if isinstance(each, Paragraph))
    return [line for text in paragraphs for line in text.split("\n")]
