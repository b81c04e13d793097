"""The structure tree: what a reader hears, in which order (ISO 32000-1, 14.7 and 14.8).

Comes in: elements made by the layout and filled by the painter with marked
content. Goes out: the tree's objects, in an update behind the drawn pages. Written as
text because a table of 10,000 rows has some 100,000 elements.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import accumulate, groupby
from operator import itemgetter

from kpireport.quickly import dataclass
from kpireport.writers.pdf.update import Update


@dataclass(slots=True)
class Link:
    """An internal link's active area; ``target`` is the id of the block it goes to.

    Area and description may be set when the pages' numbers are known.
    """

    page: int
    rectangle: tuple[float, float, float, float]
    target: str
    description: str


@dataclass(slots=True, eq=False)
class Element:
    """A structure element; it joins its parent when the first of its content is painted.

    ``attributes`` are the entries of its attribute object, in PDF syntax. ``place`` is where it
    stands in the tree, once it has joined.
    """

    tag: str
    parent: Element | None
    attributes: str = ""
    alternative: str = ""
    expansion: str = ""
    identifier: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a block stands: page index and the height of its top in points."""

    page: int
    top: float


_LOOSE = -1  # the place of what belongs to no tree
_PAGE_BITS, _CONTENT, _LINK = 24, (1 << 24) - 1, 1 << 60


class Structure:
    """The tree as it grows: elements that have joined it, and their kids in order.

    An element's text, its kids and its content are kept as bytes and numbers: a page's elements
    are forgotten with the page, and some 300,000 of them stand in few megabytes.
    """

    def __init__(self, document: Element) -> None:
        """Begin with ``document``, the root element."""
        self.tags: list[str] = []
        self.links: list[Link] = []
        self.identifiers: list[tuple[str, int]] = []  # with the element
        self._entries = bytearray()  # of all elements, one behind the other
        self._ends = array("I", (0,))
        self._parents = array("I")  # of each kid, in the order in which they came
        self._kids = array("q")  # an element, negative; a link; or a page and its content's number
        self._add(document)

    def join(self, element: Element) -> int:
        """Make ``element`` the last child of its parent, once, and return its place."""
        if element.place is not None:
            return element.place
        if element.parent is None:
            element.place = _LOOSE
            return _LOOSE
        parent = self.join(element.parent)
        if parent == _LOOSE:
            element.place = _LOOSE
            return _LOOSE
        place = self._add(element)
        self._parents.append(parent)
        self._kids.append(-place)
        return place

    def mark(self, element: Element, page: int, number: int) -> None:
        """Add marked content: of each page in the order of its ``number``, from 0."""
        place = self.join(element)
        if place != _LOOSE:
            self._parents.append(place)
            self._kids.append(page << _PAGE_BITS | number)

    def link(self, element: Element, link: Link) -> None:
        """Make the content of a Link element active."""
        place = self.join(element)
        if place != _LOOSE:
            self._parents.append(place)
            self._kids.append(_LINK | len(self.links))
            self.links.append(link)

    def _add(self, element: Element) -> int:
        place = element.place = len(self.tags)
        self.tags.append(element.tag)
        if element.identifier:
            self.identifiers.append((element.identifier, place))
        self._entries += _entries(element).encode("ascii")
        self._ends.append(len(self._entries))
        return place

    def entries(self, place: int) -> str:
        """Return the entries of an element that do not depend on its place in the file."""
        return self._entries[self._ends[place] : self._ends[place + 1]].decode("ascii")

    def grouped(self) -> tuple[array[int], array[int]]:
        """Return the kids, element by element, and where those of each element begin."""
        counts = array("I", bytes(4 * len(self.tags)))
        for parent in self._parents:
            counts[parent] += 1
        begins = array("I", accumulate(counts, initial=0))
        free = begins[:]
        kids = array("q", bytes(8 * len(self._kids)))
        for parent, kid in zip(self._parents, self._kids, strict=True):
            kids[free[parent]] = kid
            free[parent] += 1
        return kids, begins

    def content(self) -> Iterator[tuple[int, int]]:
        """Yield the page and the element of all marked content, in the order of both."""
        for parent, kid in zip(self._parents, self._kids, strict=True):
            if 0 <= kid < _LINK:
                yield kid >> _PAGE_BITS, parent


@dataclass(frozen=True, slots=True)
class Tree:
    """The written structure: object numbers for the catalogue and the pages.

    ``annotations`` lists each page's link annotations; page ``i`` has the
    parent-tree key ``i``.
    """

    root: int
    annotations: tuple[tuple[int, ...], ...]


def write_structure(
    update: Update,
    structure: Structure,
    pages: Sequence[int],
    destinations: dict[str, Destination],
    language: str,
) -> Tree:
    """Put the structure tree into ``update`` and return where its parts are.

    ``pages`` are the page objects' numbers in order; ``destinations`` resolve the links'
    targets.
    """
    return _TreeWriter(update, structure, tuple(pages), destinations).write(language)


@dataclass(slots=True)
class _TreeWriter:
    update: Update
    structure: Structure
    pages: tuple[int, ...]
    destinations: dict[str, Destination]
    numbers: array[int] = field(init=False)  # of the elements, by their places
    link_owners: list[tuple[int, int]] = field(default_factory=list)  # key, element
    annotations: list[list[int]] = field(init=False)  # of each page

    def __post_init__(self) -> None:
        self.numbers = array("I", bytes(4 * len(self.structure.tags)))
        self.annotations = [[] for _ in self.pages]

    def write(self, language: str) -> Tree:
        root = self.update.reserve()
        self._write_elements(root)
        self.update.put(
            root,
            f"<< /Type /StructTreeRoot /K {self.numbers[0]} 0 R /Lang {pdf_text(language)}"
            f" /ParentTree {self._write_parent_tree()} 0 R"
            f" /ParentTreeNextKey {len(self.pages) + len(self.link_owners)}"
            f" /IDTree {self._write_id_tree()} 0 R >>",
        )
        return Tree(root, tuple(tuple(numbers) for numbers in self.annotations))

    def _write_elements(self, root: int) -> None:
        """Write all elements; iteratively, for a long document nests and spreads wide."""
        update, numbers = self.update, self.numbers
        kids, begins = self.structure.grouped()
        numbers[0] = update.reserve()
        waiting = [(0, root)]
        while waiting:
            place, parent = waiting.pop()
            own = numbers[place]
            page: int | None = None  # of its first content, whose numbers alone stand for it
            said: list[str] = []
            below: list[tuple[int, int]] = []
            for kid in kids[begins[place] : begins[place + 1]]:
                if kid < 0:
                    number = numbers[-kid] = update.reserve()
                    below.append((-kid, own))
                    said.append(f"{number} 0 R")
                elif kid & _LINK:
                    said.append(self._write_link(self.structure.links[kid ^ _LINK], own))
                else:
                    at, content = kid >> _PAGE_BITS, kid & _CONTENT
                    page = at if page is None else page
                    said.append(str(content) if at == page else self._reference(at, content))
            below.reverse()  # the first child is the next to be written
            waiting.extend(below)
            update.put(own, self._element(place, parent, page, " ".join(said)))

    def _reference(self, page: int, content: int) -> str:
        """Return content of another page than an element's usual one (14.7.4.2)."""
        return f"<< /Type /MCR /Pg {self.pages[page]} 0 R /MCID {content} >>"

    def _write_link(self, link: Link, own: int) -> str:
        annotation = self._write_annotation(link)
        self.link_owners.append((len(self.pages) + len(self.link_owners), own))
        self.annotations[link.page].append(annotation)
        return f"<< /Type /OBJR /Pg {self.pages[link.page]} 0 R /Obj {annotation} 0 R >>"

    def _write_annotation(self, link: Link) -> int:
        """Write a link; PDF/A asks for the Print flag, PDF/UA for Contents (7.18.5)."""
        target = self.destinations[link.target]
        rectangle = " ".join(f"{value:.2f}" for value in link.rectangle)
        return self.update.add(
            f"<< /Type /Annot /Subtype /Link /Rect [{rectangle}] /F 4 /Border [0 0 0]"
            f" /Dest [{self.pages[target.page]} 0 R /XYZ null {target.top:.2f} null]"
            f" /Contents {pdf_text(link.description)} /P {self.pages[link.page]} 0 R"
            f" /StructParent {len(self.pages) + len(self.link_owners)} >>"
        )

    def _element(self, place: int, parent: int, page: int | None, kids: str) -> str:
        """Return a structure element (14.7.2); ``page`` holds its numbered content."""
        usual = "" if page is None else f" /Pg {self.pages[page]} 0 R"
        below = f" /K [{kids}]" if kids else ""
        tag, entries = self.structure.tags[place], self.structure.entries(place)
        return f"<< /S /{tag} /P {parent} 0 R{usual}{below}{entries} >>"

    def _write_parent_tree(self) -> int:
        """Write content and annotations → their elements (14.7.4.4)."""
        owners = [""] * len(self.pages)
        for page, content in groupby(self.structure.content(), key=itemgetter(0)):
            owners[page] = " ".join(f"{self.numbers[place]} 0 R" for _, place in content)
        leaves = [f"{key} {self.update.add(f'[{each}]')} 0 R" for key, each in enumerate(owners)]
        leaves.extend(f"{key} {own} 0 R" for key, own in self.link_owners)
        return self.update.add(f"<< /Nums [{' '.join(leaves)}] >>")

    def _write_id_tree(self) -> int:
        """Write ids → elements; a name tree is sorted and names its limits (7.9.6)."""
        leaves: list[str] = []
        for batch in _batches(sorted(self.structure.identifiers), 256):
            names = " ".join(f"({name}) {self.numbers[place]} 0 R" for name, place in batch)
            limits = f"({batch[0][0]}) ({batch[-1][0]})"
            leaves.append(f"{self.update.add(f'<< /Limits [{limits}] /Names [{names}] >>')} 0 R")
        return self.update.add(f"<< /Kids [{' '.join(leaves)}] >>" if leaves else "<< /Names [] >>")


def _entries(element: Element) -> str:
    """Return the entries of an element that its place in the file does not change."""
    entries = ""
    if element.attributes:
        entries += f" /A << {element.attributes} >>"
    if element.alternative:
        entries += f" /Alt {pdf_text(element.alternative)}"
    if element.expansion:  # what a symbol means (14.9.5)
        entries += f" /E {pdf_text(element.expansion)}"
    if element.identifier:
        entries += f" /ID ({element.identifier})"
    return entries


def _batches(items: Sequence[tuple[str, int]], size: int) -> Iterator[Sequence[tuple[str, int]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def pdf_text(text: str) -> str:
    """Return ``text`` as a PDF text string in UTF-16BE (7.9.2.2), hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
