"""Real Word numbering for the lists of a document (``word/numbering.xml``, 17.9).

Comes in: the labels of each list as composed (``・``, ``●``, ``⑴``, ``①``). Goes out:
the ``w:num`` that prints them. A run of circled numbers becomes a counting
list that Word renumbers when an item is added; any other label is printed as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from kpireport.document.ems import natural_width
from kpireport.quickly import dataclass
from kpireport.writers.docx.markup import MAIN, Xml, join, w
from kpireport.writers.docx.package import parse, serialized

# ⑴ has a number format too (decimalEnclosedParen), but LibreOffice prints a bare 1 for it
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Label:
    """How a list's items are labelled; ``left`` and ``room`` as in :meth:`list_numbers`."""

    template: str
    number_format: str
    start: int
    left: int
    room: int
    suffix: str


class Numbering:
    """The lists of the base document and, after them, those that a document asks for."""

    def __init__(self, root: Element) -> None:
        """Begin with ``root``, the base document's ``word/numbering.xml``."""
        self._root = root
        self._next_abstract = 1 + _highest(self._root, "w:abstractNum", "w:abstractNumId")
        self._next_num = 1 + _highest(self._root, "w:num", "w:numId")
        self._abstracts: list[Xml] = []
        self._nums: list[Xml] = []
        self._literals: dict[_Label, int] = {}

    def list_numbers(
        self, labels: Sequence[str], *, left: int, room: int, em: int
    ) -> tuple[int, ...]:
        """Return the ``w:numId`` of each item of a list.

        ``left`` is where the items' text begins, ``room`` the width before it that
        is kept for the label, ``em`` the size of the text, all in twips.
        """
        # a tab after a label that fills its room would jump to the next tab stop
        fills = em * max(map(natural_width, labels)) >= room
        place = (left, room, "nothing" if fills else "tab")
        first = _CIRCLED.find(labels[0])
        if labels[0] and _CIRCLED[max(first, 0) :].startswith("".join(labels)):
            # a list of its own: it counts from its own start
            number = self._define(_Label("%1", "decimalEnclosedCircle", first + 1, *place))
            return (number,) * len(labels)
        return tuple(self._literal(label, place) for label in labels)

    def _literal(self, text: str, place: tuple[int, int, str]) -> int:
        """Return the number of the list that prints ``text`` as it is.

        A bullet is a single character; for LibreOffice the first of a longer text.
        """
        label = _Label(text, "bullet" if len(text) == 1 else "none", 1, *place)
        if label not in self._literals:
            self._literals[label] = self._define(label)
        return self._literals[label]

    def _define(self, label: _Label) -> int:
        """Define ``label`` and return the number of the list that prints it (17.9.15)."""
        abstract = self._next_abstract + len(self._abstracts)
        number = self._next_num + len(self._nums)
        self._abstracts.append(_abstract(abstract, label))
        self._nums.append(w("num", w("abstractNumId", val=abstract), numId=number))
        return number

    def part(self) -> bytes:
        """Return the whole part; the schema wants all ``w:abstractNum`` before any ``w:num``."""
        first_num = self._root.find(qn("w:num"))
        place = len(self._root) if first_num is None else self._root.index(first_num)
        self._root[place:place] = _elements(self._abstracts)
        self._root.extend(_elements(self._nums))
        return serialized(self._root)


def _highest(root: Element, name: str, attribute: str) -> int:
    """Return the highest id in use; 0 if none is (a ``w:numId`` of 0 means no list)."""
    return max((int(child.get(qn(attribute))) for child in root.iter(qn(name))), default=0)


def _elements(pieces: Sequence[Xml]) -> list[Element]:
    return list(parse(f'<w:numbering xmlns:w="{MAIN}">{join(pieces)}</w:numbering>'.encode()))


def _abstract(number: int, label: _Label) -> Xml:
    """``w:abstractNum`` (17.9.1) of a single level, hanging its label before the text."""
    return w(
        "abstractNum",
        w("multiLevelType", val="singleLevel"),
        w(
            "lvl",
            w("start", val=label.start),
            w("numFmt", val=label.number_format),
            w("suff", val=label.suffix),
            w("lvlText", val=label.template),
            w("lvlJc", val="left"),
            w("pPr", w("ind", left=label.left, hanging=label.room)),
            ilvl=0,
        ),
        abstractNumId=number,
    )
