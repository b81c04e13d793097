"""The fields in a template's headers and footers (ECMA-376-1, 17.16), held to an allow-list.

Comes in: a part's text, its elements sifted. Goes out: the same with the fields alone that
print what the document itself knows: a page's number, a heading. Others reach for files and
programs (``INCLUDETEXT``, ``DDE``), or say what was true of the template (``DATE``,
``FILENAME``): they are taken out with what they printed last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from kpireport.quickly import dataclass

_PLAIN = ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "EQ", "ADVANCE", "SYMBOL")
_WITH_FIELDS_WITHIN = ("=", "IF")  # a page's number less the cover's
_LINK = "HYPERLINK"
_KEYWORD = re.compile(r"\s*(=|[A-Za-z]{1,20})")
_STORY = qn("w:txbxContent")
_RUN = qn("w:r")
_SIMPLE, _CHAR, _INSTRUCTION = qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")


def sift_fields(root: Element) -> list[str]:
    """Take the fields out that are not allowed, and return what they are called."""
    dropped: list[str] = []
    for story in (root, *root.iter(_STORY)):
        _Story(dropped).sift(list(_elements(story)))
    for mark in root.iter(_SIMPLE, _CHAR):
        mark.attrib.pop(qn("w:dirty"), None)  # Word would ask whether to work it out anew
    return dropped


def _elements(parent: Element) -> Iterator[Element]:
    """Yield what a story has, text boxes aside: they are stories of their own."""
    for child in parent:
        yield child
        if child.tag != _STORY:
            yield from _elements(child)


@dataclass(slots=True)
class _Field:
    """A field between its marks: what it is told, and the elements that it takes up."""

    instruction: str = ""
    has_result: bool = False
    has_fields_within: bool = False
    """In its instruction, which is then not what it seems."""
    marks: list[Element] = field(default_factory=list)
    within: list[Element] = field(default_factory=list)
    """What stands in its instruction beside that, as fields do."""
    result: list[Element] = field(default_factory=list)


class _Story:
    """Sifts the fields of one story; those within others are done before them."""

    def __init__(self, dropped: list[str]) -> None:
        self._dropped = dropped
        self._open: list[_Field] = []

    def sift(self, elements: list[Element]) -> None:
        for element in elements:
            if element.tag == _SIMPLE:
                self._simple(element)
            elif element.getparent() is not None and element.getparent().tag == _RUN:
                self._in_run(element)
        for left in self._open:  # without an end
            self._tell(left.instruction)
            _remove(left.marks)

    def _simple(self, element: Element) -> None:
        instruction = element.get(qn("w:instr"), "")
        if not _is_allowed(instruction, has_fields_within=False):
            self._tell(instruction)
            if _keyword(instruction) == _LINK:
                for child in list(element):
                    element.addprevious(child)
            _remove([element])

    def _in_run(self, element: Element) -> None:
        kind = element.get(qn("w:fldCharType")) if element.tag == _CHAR else ""
        if kind == "begin":
            if self._open and not self._open[-1].has_result:
                self._open[-1].has_fields_within = True
            self._open.append(_Field())
        if not self._open:
            if element.tag in (_CHAR, _INSTRUCTION):
                _remove([element])
            return
        self._take(self._open[-1], element)
        if kind == "end":
            self._end(self._open.pop())

    @staticmethod
    def _take(current: _Field, element: Element) -> None:
        if element.tag == _INSTRUCTION and not current.has_result:
            current.instruction += element.text or ""
        if element.tag in (_CHAR, _INSTRUCTION):
            current.has_result |= element.get(qn("w:fldCharType")) == "separate"
            current.marks.append(element)
        elif element.tag != qn("w:rPr"):
            (current.result if current.has_result else current.within).append(element)

    def _end(self, ended: _Field) -> None:
        if not _is_allowed(ended.instruction, has_fields_within=ended.has_fields_within):
            self._tell(ended.instruction)
            keeps_words = _keyword(ended.instruction) == _LINK
            _remove([*ended.marks, *ended.within, *(() if keeps_words else ended.result)])
        if self._open:
            outer = self._open[-1]
            place = outer.result if outer.has_result else outer.within
            place.extend((*ended.marks, *ended.within, *ended.result))

    def _tell(self, instruction: str) -> None:
        self._dropped.append(f"フィールド {_keyword(instruction)}".rstrip())


def _keyword(instruction: str) -> str:
    found = _KEYWORD.match(instruction)
    return found[1].upper() if found else ""


def _is_allowed(instruction: str, *, has_fields_within: bool) -> bool:
    keyword = _keyword(instruction)
    return keyword in _WITH_FIELDS_WITHIN or (keyword in _PLAIN and not has_fields_within)


def _remove(elements: list[Element]) -> None:
    for element in elements:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
