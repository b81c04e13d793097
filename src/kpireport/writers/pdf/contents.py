"""目次: lines of title, leader, status and page number, each an active link.

Comes in: the document's headings. Goes out: one item per line. The page numbers
are known after all pages are laid out; an item looks its own up when painted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpireport.document.blocks import Contents, Heading
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.painter import Painter
from kpireport.writers.pdf.structure import Element
from kpireport.writers.pdf.typeset import Run, set_in_one_line, text_width
from kpireport.writers.theme import TextLook, Theme

_NUMBER_EM = 2.5  # room for a page number
_BASELINE = 0.72  # of the line's height


@dataclass(frozen=True, slots=True)
class EntryItem:
    """One line of the contents; ``numbers`` maps the headings' ids to printed pages.

    Its ``status`` ends before the room of the number, as that of all lines does.
    """

    heading: Heading
    title: Run
    status: Run
    look: TextLook
    width: float
    element: Element
    numbers: Mapping[str, str]

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint title and number as a link, the leader as decoration."""
        baseline = top - _BASELINE * self.look.leading
        number = self._number_run()
        link = Element("Link", Element("Reference", self.element))
        painter.run(self.title, x + self.title.x, baseline, link)
        left = x + self.title.x + self.title.width + self.look.size / 2
        end = x + self.width - number.width
        if self.status.text:
            end = x + self.width - _NUMBER_EM * self.look.size - self.status.width
        right = end - self.look.size / 2
        if left < right:
            painter.leader(left, right, baseline + 1)
        if self.status.text:
            painter.run(self.status, end, baseline, link)
        painter.run(number, x + self.width - number.width, baseline, link)
        box = (x, top - self.look.leading, x + self.width, top)
        said = filter(None, (self.title.text, self.status.text, f"{number.text}ページ"))
        painter.link(link, box, self.heading.id, " ".join(said))

    def _number_run(self) -> Run:
        return _set(self.numbers.get(self.heading.id, ""), self.look)


def _set(text: str, look: TextLook) -> Run:
    font = load_font(look.typeface, bold=look.bold)
    return Run(text, font, look.size, 0.0, text_width(text, font, look.size))


def make_entries(
    contents: Contents,
    headings: Sequence[Heading],
    numbers: Mapping[str, str],
    theme: Theme,
    width: float,
    parent: Element,
) -> Iterator[EntryItem]:
    """Yield the lines of the contents for a text ``width`` in points.

    The sections of a chapter are a list within the list (ISO 32000-1, 14.8.4.3, Table 333).
    """
    lists: dict[int, Element] = {}
    for heading in headings:
        if heading.level > contents.depth or not heading.is_listed:
            continue
        look = theme.contents[heading.level]
        status = _set(heading.status, look)
        room = width - (status.width + look.size if heading.status else 0.0)
        title, *_ = set_in_one_line(
            heading.outline or heading.text, look, room - _NUMBER_EM * look.size
        )
        entry = Element("TOCI", _list_of(heading.level, lists, parent))
        yield EntryItem(heading, title, status, look, width, entry, numbers)


def _list_of(level: int, lists: dict[int, Element], parent: Element) -> Element:
    """Return the list that an entry of ``level`` stands in: the open one, or a new one.

    ``lists`` are the open ones by level; those of deeper levels are closed.
    """
    for deeper in [each for each in lists if each > level]:
        del lists[deeper]
    if level not in lists:
        lists[level] = Element("TOC", lists[max(lists)] if lists else parent)
    return lists[level]
