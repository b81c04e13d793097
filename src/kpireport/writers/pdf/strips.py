"""Set text: runs on lines, and which element of the structure each belongs to.

Content knows the elements that it asks for by number alone, so that equal cells share
theirs: whoever owns it has them made when it is painted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.ttfonts import TTFont

from kpireport.writers.pdf.cell_pictures import CellPicture
from kpireport.writers.pdf.structure import Element
from kpireport.writers.theme import TextLook

_ASCENT = 0.88  # the ideographic em box above the baseline (JLREQ; BIZ UD's own ascent)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font and size; ``x`` counts from the strip's left edge, in points."""

    text: str
    font: TTFont
    size: float
    x: float
    width: float
    spacing: float = 0.0  # between characters (Tc)
    rise: float = 0.0
    target: str = ""  # the id of the block that it links to
    spoken: str = ""  # what a reader pronounces instead
    is_distributed: bool = False
    is_page: bool = False  # the text is room for the number of its target's page
    until: str = ""  # the id of the block on the last of several pages


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """A run, the number of the element that owns it, and its shift to the right."""

    run: Run
    part: int
    shift: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One line: ``before`` is the space above, dropped at a page's top."""

    height: float
    baseline: float
    runs: tuple[PlacedRun, ...]
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False
    anchor: str = ""  # the id of the block that begins here
    picture: CellPicture | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An element that content asks for below another: 0 is its owner, 1 its first part."""

    tag: str
    parent: int
    attributes: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Lines, and the parts that their runs are numbered by; how high they stand in a cell."""

    strips: tuple[Strip, ...]
    parts: tuple[Part, ...]
    height: float

    def elements(self, owner: Element) -> list[Element]:
        """Return new elements for the parts, behind their ``owner``."""
        made = [owner]
        for part in self.parts:
            parent = made[part.parent]
            made.append(
                Element(part.tag, parent, attributes=part.attributes, identifier=part.identifier)
            )
        return made


def lines_to_strips(
    lines: Sequence[tuple[Run, ...]], look: TextLook, part: int = 0, shift: float = 0.0
) -> list[Strip]:
    """Return the strips of a paragraph's lines, which all belong to one element.

    No first or last line stands alone on a page.
    """
    baseline = (look.leading - look.size) / 2 + _ASCENT * look.size
    last = len(lines) - 1
    return [
        Strip(
            look.leading,
            baseline,
            tuple(PlacedRun(run, part, shift) for run in line),
            before=0.0 if at else look.space_before,
            after=look.space_after if at == last else 0.0,
            keep_with_next=look.keep_with_next or (at in (0, last - 1) and at != last),
        )
        for at, line in enumerate(lines)
    ]


def strips_height(strips: Sequence[Strip]) -> float:
    """Return the height of strips set one below the other."""
    return sum(strip.height for strip in strips) + sum(strip.before for strip in strips[1:])
