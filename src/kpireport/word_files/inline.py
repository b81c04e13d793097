"""The words of a paragraph: runs, fields, frames within it, and signs for what is no text.

Comes in: paragraphs, one after the other, for fields may reach over several. Goes out:
their texts, in which every marked text is one sign; and those texts apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.sources.rich_text import Standing, standing
from kpireport.word_files.appearance import Styles, unkept_of_run
from kpireport.word_files.element_signs import sign_of
from kpireport.word_files.fields import Field, counted_name, with_pages_as_one
from kpireport.word_files.frames import (
    Marked,
    Pieces,
    Region,
    region_of_bookmark,
    shows_placeholder,
    tagged_region,
)
from kpireport.word_files.opening import W
from kpireport.word_files.signs import NOTE, PICTURE, for_people, named_sign, without_signs

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PASSED = ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "txbxContent")
_NO_TEXT = {f"{MC}Fallback", *(f"{W}{name}" for name in _PASSED)}
_CHARACTERS = {
    f"{W}t": "",
    f"{W}br": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}drawing": PICTURE,
    f"{W}pict": PICTURE,
    f"{W}object": PICTURE,
    f"{W}footnoteReference": NOTE,
    f"{W}endnoteReference": NOTE,
}
_FIELD, _LINK = "フィールド（日付など）", "リンク"


@dataclass(slots=True)
class InlineReader:
    """Reads the paragraphs of a body in their order.

    Attributes:
        styles: what the styles say.
        marked: the marked texts that were found.
        number: what the last paragraph that was read calls the table below it, if it does.
    """

    styles: Styles
    marked: list[Marked] = field(default_factory=list)
    number: str = ""
    _fields: list[Field] = field(default_factory=list)
    _is_heading: bool = False  # it tells the list of headings more than it shows

    def text(self, paragraph: Element, region: Region | None) -> str:
        """Return a paragraph's text; a marked text within it is its sign."""
        self.number = ""
        self._is_heading = self.styles.level(paragraph) > 0
        pieces = Pieces(region)
        self._inline(paragraph, pieces)
        if pieces.region is not region and pieces.region is not None:
            self.marked.append(pieces.region.marked())
        return with_pages_as_one("".join(pieces.texts))

    def _inline(self, parent: Element, pieces: Pieces) -> None:
        for child in parent:
            if child.tag in _NO_TEXT:
                self._instruct(child)
            elif sign := sign_of(child):
                self._add(sign, pieces)
            elif child.tag in _CHARACTERS:
                self._character(child, pieces)
            elif child.tag in self._followed:
                self._followed[child.tag](child, pieces)
            else:
                self._inline(child, pieces)

    @property
    def _followed(self) -> Mapping[str, Callable[[Element, Pieces], None]]:
        """What is done about elements that are more than their content."""
        return {
            f"{W}r": self._run,
            f"{W}sdt": self._control,
            f"{W}bookmarkStart": self._begin_bookmarked,
            f"{W}bookmarkEnd": self._end_bookmarked,
            f"{W}fldChar": self._field,
            f"{W}fldSimple": self._simple_field,
            f"{W}hyperlink": self._hyperlink,
        }

    def _add(self, sign: str, pieces: Pieces) -> None:
        """Take a sign, where no field hides it."""
        if not any(each.hides for each in self._fields):
            pieces.add(sign)

    def _character(self, element: Element, pieces: Pieces) -> None:
        if any(each.hides for each in self._fields):
            self._fields[-1].result += element.text or ""
        elif element.tag == f"{W}t":
            pieces.add(without_signs(element.text or ""))
        elif element.get(f"{W}clear", "none") != "none":
            return  # the end of a line that the writer has chosen
        elif element.get(f"{W}type", "textWrapping") == "textWrapping":  # no break of the page
            pieces.add(_CHARACTERS[element.tag])

    def _run(self, run: Element, pieces: Pieces) -> None:
        looks = self.styles.looks
        if looks.is_hidden(run):
            pieces.add(self._sign("隠し文字", run))
            return
        font = looks.font(run)
        fill = looks.behind(run) if font.colour is not None else None
        found = standing(font, fill, pieces.before)
        if pieces.region is not None and found is not Standing.MEANT:
            pieces.pass_over(found, self._alone(run))
        elif found is Standing.STRUCK:
            pieces.add(self._sign("取り消し線", run))
        elif found is Standing.UNSEEN and not self._is_heading:
            pieces.add(self._sign("背景と同じ色の文字", run))
        else:
            pieces.lose(*unkept_of_run(run))
            self._inline(run, pieces)

    def _alone(self, run: Element) -> str:
        """Return what a run holds that is no part of the text that it stands in."""
        pieces = Pieces(None)
        self._inline(run, pieces)
        return "".join(pieces.texts)

    def _sign(self, name: str, run: Element) -> str:
        text = self._alone(run)
        return named_sign(name, text) if text.strip() else text

    def _hyperlink(self, element: Element, pieces: Pieces) -> None:
        pieces.lose(_LINK)
        self._inline(element, pieces)

    # --- frames ----------------------------------------------------------------------

    def _control(self, control: Element, pieces: Pieces) -> None:
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        region = tagged_region(control)
        if region is None or pieces.region is not None:
            self._inline(content, pieces)
            return
        pieces.open(region)
        if not shows_placeholder(control):
            self._inline(content, pieces)
        self.marked.append(pieces.close())

    def _begin_bookmarked(self, element: Element, pieces: Pieces) -> None:
        """Begin a marked text that lost its control."""
        region = region_of_bookmark(element)
        if region and pieces.region is None:
            pieces.open(region, element.get(f"{W}id", ""))

    def _end_bookmarked(self, element: Element, pieces: Pieces) -> None:
        if pieces.bookmark and element.get(f"{W}id") == pieces.bookmark:
            self.marked.append(pieces.close())

    # --- fields ----------------------------------------------------------------------

    def _instruct(self, element: Element) -> None:
        """Take what a field is to show."""
        if element.tag == f"{W}instrText" and self._fields and not self._fields[-1].has_result:
            self._fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Element, pieces: Pieces) -> None:
        """Read a field in one element (17.16.19)."""
        self._fields.append(Field(element.get(f"{W}instr", "")))
        self._begin_result(self._fields[-1], pieces)
        self._inline(element, pieces)
        self._end_result(self._fields.pop())

    def _field(self, element: Element, pieces: Pieces) -> None:
        """Follow a field from its beginning to its end (17.16.18)."""
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(Field())
            case "separate" if self._fields:
                self._begin_result(self._fields[-1], pieces)
            case "end" if self._fields:
                if not self._fields[-1].has_result:  # Word works it out when it is opened
                    self._begin_result(self._fields[-1], pieces)
                self._end_result(self._fields.pop())

    def _begin_result(self, found: Field, pieces: Pieces) -> None:
        """Show that a result follows; of one that is no text there is only the sign."""
        found.label = for_people("".join(pieces.texts))
        name = counted_name(found.instruction)
        if name is None:
            pieces.lose(*_unkept_field(found.instruction))
        elif name and not any(each.hides for each in self._fields[:-1]):
            pieces.add(named_sign(name))
        found.has_result = True

    def _end_result(self, found: Field) -> None:
        self.number = self.number or found.numbered


def _unkept_field(instruction: str) -> Iterator[str]:
    """Name a field among marked words; references to chapters are our own."""
    if not instruction.lstrip().startswith("REF "):
        yield _FIELD
