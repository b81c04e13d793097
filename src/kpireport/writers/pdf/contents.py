"""目次: entries of title, leader, status and page number, each an active link.

Comes in: the document's headings. Goes out: one item per line. The page numbers
are known after all pages are laid out; an item looks its own up when painted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kpireport.document.blocks import Contents, Heading, Span
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.painter import Painter
from kpireport.writers.pdf.strips import Run
from kpireport.writers.pdf.structure import Element, Link
from kpireport.writers.pdf.typeset import set_lines, text_width
from kpireport.writers.theme import TextLook, Theme

_NUMBER_EM = 2.5  # room for a page number
_BASELINE = 0.72  # of the line's height


@dataclass(frozen=True, slots=True)
class EntryItem:
    """An entry of the contents; ``numbers`` maps the headings' ids to printed pages.

    ``titles`` are its title's lines, the leader follows the last. Its ``status`` ends before
    the room of the number, as that of all entries does.
    """

    heading: Heading
    titles: Sequence[Run]
    status: Run
    look: TextLook
    width: float
    element: Element
    numbers: Mapping[str, str]

    @property
    def height(self) -> float:
        """In points."""
        return len(self.titles) * self.look.leading

    def paint(self, painter: Painter, x: float, top: float) -> None:
        """Paint title and number as a link, the leader as decoration."""
        element = Element("Link", Element("Reference", self.element))
        for line, title in enumerate(self.titles):
            baseline = top - (line + _BASELINE) * self.look.leading
            painter.run(title, x + title.x, baseline, element)
        last, right = self.titles[-1], x + self.width
        status = right - _NUMBER_EM * self.look.size - self.status.width
        link = Link(painter.page, (x, top - self.height, right, top), self.heading.id, "")

        def leader_end() -> float:
            end = status if self.status.text else right - self._number_run().width
            return end - self.look.size / 2

        def number() -> str:
            run = self._number_run()
            whole = "".join(each.text for each in self.titles)
            said = filter(None, (whole, self.status.text, f"{run.text}ページ"))
            link.description = " ".join(said)
            return painter.text(run, right - run.width, baseline)

        painter.leader(x + last.x + last.width + self.look.size / 2, leader_end, baseline + 1)
        if self.status.text:
            painter.run(self.status, status, baseline, element)
        painter.number(last.font, last.size, element, number)
        painter.link(element, link)

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
    """Yield the entries of the contents for a text ``width`` in points.

    The sections of a chapter are a list within the list (ISO 32000-1, 14.8.4.3, Table 333).
    """
    lists: dict[int, Element] = {}
    for heading in headings:
        if heading.level > contents.depth or not heading.is_listed:
            continue
        look = theme.contents[min(heading.level, max(theme.contents))]
        status = _set(heading.status, look)
        room = width - (status.width + look.size if heading.status else 0.0)
        text = Span(heading.outline or heading.text)
        lines = set_lines((text,), look, room - _NUMBER_EM * look.size)
        entry = Element("TOCI", _list_of(heading.level, lists, parent))
        yield EntryItem(heading, [run for run, *_ in lines], status, look, width, entry, numbers)


def _list_of(level: int, lists: dict[int, Element], parent: Element) -> Element:
    """Return the list that an entry of ``level`` stands in: the open one, or a new one.

    ``lists`` are the open ones by level; those of deeper levels are closed.
    """
    for deeper in [each for each in lists if each > level]:
        del lists[deeper]
    if level not in lists:
        lists[level] = Element("TOC", lists[max(lists)] if lists else parent)
    return lists[level]
