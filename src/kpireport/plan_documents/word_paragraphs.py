"""A paragraph of a Word file, as it stands on the page.

Comes in: paragraphs in the order of the file. Goes out: the text of each with what Word sets
before it (:mod:`~kpireport.plan_documents.word_numbering`), how it looks, the boxes that hang
on it. Tracked changes (17.13.5) are read as accepted, fields as their last result; readings
(ルビ) are left out. What is hidden or struck out is no text of the plan, and is kept apart to
be told.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from lxml.etree import _Element as Element

from kpireport.plan_documents.word_numbering import Numbering
from kpireport.plan_documents.word_numerals import circled
from kpireport.plan_documents.word_pages import Pages
from kpireport.plan_documents.word_symbols import in_plain_characters, is_symbol_font, symbol
from kpireport.quickly import dataclass
from kpireport.sources.packages import whole_number
from kpireport.sources.rich_text import Font, Standing, standing
from kpireport.word_files.appearance import Styles
from kpireport.word_files.frames import shows_placeholder
from kpireport.word_files.looks import Look, is_on
from kpireport.word_files.opening import W
from kpireport.word_files.structure import M

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_RUN, _TEXT = f"{W}r", f"{W}t"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_BOX = f"{W}txbxContent"
_PASSED = frozenset(
    f"{W}{name}"
    for name in ("delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt")
)
_CHANGES = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_OF_RUNS = frozenset(f"{W}{name}" for name in ("br", "sym", "instrText", "fldChar"))
_DRAWN = tuple(f"{W}{name}" for name in ("drawing", "pict", "object"))
_NO_WORDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "TC", "XE", "INDEX", "RD"})
_LONGEST = 1_000  # characters of a field's instruction
_DEEPEST = 20  # fields within fields
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # where lines may break, and may not
_ENCLOSED = re.compile(r"\\o\\ac\((?:[^,()]*),([^()]*)\)")  # 囲い文字
_WITH_READING = re.compile(r"\\o\\a[a-z]\(\\s\\up[^(]*\([^()]*\),([^()]*)\)")  # ルビ
_ON = frozenset({"1", "true", "on"})


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        text: its words.
        page: where they begin; 0 where the file does not say.
        level: of a heading, from 1; 0 for others, and in cells.
        sizes: how many characters it has of each size, in half points.
        bold: how many of its characters are bold.
        boxes: text boxes that stand in it like words.
        floating: those that stand anywhere on the page.
        goes_on: its end was deleted: the next one belongs to it.
        indent: how far its first line stands in, in points.
        stops: where its tabs lead, in points.
    """

    text: str = ""
    page: int = 0
    level: int = 0
    sizes: dict[int, int] = field(default_factory=dict)
    bold: int = 0
    boxes: list[Element] = field(default_factory=list)
    floating: list[Element] = field(default_factory=list)
    goes_on: bool = False
    indent: float = 0.0
    stops: tuple[float, ...] = ()

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        return bool(self.sizes) and self.bold == sum(self.sizes.values())


@dataclass(slots=True)
class Aside:
    """What was met and is no text of the document, to be told once.

    Attributes:
        changes: tracked changes, read as accepted.
        hidden, struck, unseen: words that were left out.
        pictures: how many pictures there are.
        objects: tables and the like of other programs, and diagrams, whose words are elsewhere.
    """

    changes: int = 0
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0


@dataclass(slots=True)
class _Field:
    """A field that is being read (17.16.18)."""

    instruction: str = ""
    has_result: bool = False

    @property
    def hides(self) -> bool:
        """Whether what it shows is no text: a page's number, a table of contents."""
        return not self.has_result or self.name in _NO_WORDS

    @property
    def name(self) -> str:
        """What it is to show."""
        return self.instruction.strip().partition(" ")[0].upper()

    def shown(self) -> str:
        """What its instruction shows by itself: a character in a circle, one with a reading."""
        if self.name != "EQ":
            return ""
        if found := _ENCLOSED.search(self.instruction):
            return circled(found[1].strip())
        found = _WITH_READING.search(self.instruction)
        return found[1] if found else ""


class ParagraphReader:
    """Reads paragraphs in their order; fields, numbers and pages go on from one to the next.

    Attributes:
        aside: what was met and is no text.
        notes: the kinds, ids and marks of the notes that were referred to for the first time
            since somebody took them.
    """

    def __init__(self, styles: Styles, numbering: Numbering, pages: Pages) -> None:
        self.aside = Aside()
        self.notes: deque[tuple[str, str, str]] = deque()
        self._styles = styles
        self._numbering = numbering
        self._pages = pages
        self._fields: list[_Field] = []
        self._looks: dict[object, tuple[Look, str]] = {}
        self._style = ""
        self._read = Paragraph()
        self._pieces: list[str] = []
        self._is_in_cell = False
        self._notes_met: dict[tuple[str, str], int] = {}
        self._followed: Mapping[str, Callable[[Element], None]] = {
            f"{W}sdt": self._control,
            f"{W}ruby": self._ruby,
            f"{W}lastRenderedPageBreak": self._noted_page,
            f"{W}fldSimple": self._simple_field,
            f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note,
            f"{M}oMath": self._equation,
            f"{M}oMathPara": self._equation,
            f"{_MC}AlternateContent": self._alternatives,
            f"{W}altChunk": self._foreign,
            **dict.fromkeys(_CHANGES, self._changed),
            **dict.fromkeys(_DRAWN, self._drawn),
        }

    def read(self, paragraph: Element, *, is_in_cell: bool = False) -> Paragraph:
        """Read the next paragraph."""
        self._is_in_cell = is_in_cell
        properties = paragraph.find(f"{W}pPr")
        self._style = ""
        if properties is not None:
            style = properties.find(f"{W}pStyle")
            self._style = "" if style is None else style.get(f"{W}val", "")
            if is_on(properties.find(f"{W}pageBreakBefore")):
                self._pages.break_here()
        self._read, self._pieces = Paragraph(page=self._pages.told), []
        label = self._numbering.label(paragraph)
        if label:
            self._add(label, Look())
        self._walk(paragraph)
        read = self._read
        read.text = "".join(self._pieces)
        read.level = 0 if is_in_cell else self._styles.level(paragraph)
        read.indent = self._styles.indent(paragraph) / 20
        read.stops = tuple(_stops(properties))
        read.goes_on = _is_mark_deleted(properties)
        return read

    def _walk(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag not in _PASSED:
                self._followed.get(tag, self._walk)(child)

    # --- words -----------------------------------------------------------------------

    def _run(self, run: Element) -> None:
        look, font = self._look(run)
        found = self._standing(run, look)
        if found is Standing.MEANT:
            self._content(run, look, font)
            return
        before, self._pieces = self._pieces, []
        read, self._read = self._read, Paragraph()
        self._content(run, look, font)
        text = "".join(self._pieces)
        read.boxes += self._read.boxes
        read.floating += self._read.floating
        self._pieces, self._read = before, read
        if found is Standing.NOTE_MARK:
            self._add(f"※{text}" if text[:1].isdecimal() else text, look)
        elif text.strip():
            apart = self.aside.struck if found is Standing.STRUCK else self.aside.unseen
            (self.aside.hidden if look.is_hidden else apart).append(text.strip())

    def _standing(self, run: Element, look: Look) -> Standing:
        """Tell what a run is to its paragraph."""
        if look.is_hidden:
            return Standing.UNSEEN
        # outside of cells words stand on pictures and shapes, whose colours nobody knows
        colour = look.colour if self._is_in_cell and look.colour != "auto" else None
        if not (look.is_struck or look.is_moved or colour):
            return Standing.MEANT
        is_moved = bool(look.is_moved) and self._styles.looks.font(run).is_moved
        fill = self._styles.looks.behind(run, look) if colour else None
        before = next((each for each in reversed(self._pieces) if each), "")
        return standing(Font(bool(look.is_struck), is_moved, colour), fill, before)

    def _content(self, run: Element, look: Look, font: str) -> None:
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                words = _UNSEEN.sub("", child.text or "")
                self._add(in_plain_characters(words, font) if font else words, look)
            elif tag in _CHARACTERS:
                self._add(_CHARACTERS[tag], look)
            elif tag in _OF_RUNS:
                self._of_run(child, look)
            elif tag not in _PASSED:
                self._followed.get(tag, self._walk)(child)

    def _of_run(self, element: Element, look: Look) -> None:
        """Read what stands in runs alone, and is no plain text."""
        match element.tag.rpartition("}")[2]:
            case "br":
                self._break(element, look)
            case "sym":
                self._add(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")), look)
            case "instrText":
                self._instruct(element.text or "")
            case "fldChar":
                self._field(element, look)

    def _add(self, text: str, look: Look) -> None:
        """Take some words, where no field hides them."""
        if not text or any(each.hides for each in self._fields):
            return
        if not self._pieces:
            self._read.page = self._pages.told
        self._pieces.append(text)
        count = sum(map(len, text.split()))
        if count > 0:
            self._pages.wrote()
            size = look.size or 0
            self._read.sizes[size] = self._read.sizes.get(size, 0) + count
            self._read.bold += count if look.is_bold else 0

    def _look(self, run: Element) -> tuple[Look, str]:
        """Return a run's look and its font of signs, if it is one; thousands share a few."""
        first = run[0] if len(run) else run
        properties = first if first.tag == f"{W}rPr" else ()
        key = (self._style, *((each.tag, *each.items()) for each in properties))
        found = self._looks.get(key)
        if found is None:
            fonts = run.find(f"{W}rPr/{W}rFonts")
            font = "" if fonts is None else fonts.get(f"{W}ascii", "")
            look = self._styles.looks.look(run)
            found = self._looks[key] = (look, font if is_symbol_font(font) else "")
        return found

    def _break(self, element: Element, look: Look) -> None:
        kind = element.get(f"{W}type", "textWrapping")
        if kind == "page":
            self._pages.break_here()
        elif kind == "textWrapping" and element.get(f"{W}clear", "none") == "none":
            self._add("\n", look)  # one that clears is the end of a full line, set by a program

    def _noted_page(self, _: Element) -> None:
        self._pages.noted()

    def _ruby(self, element: Element) -> None:
        """Read the words below a reading (17.3.3.25)."""
        for base in element.iterfind(f"{W}rubyBase"):
            self._walk(base)

    def _equation(self, element: Element) -> None:
        self._add("".join(each.text or "" for each in element.iter(f"{M}t")), Look())

    # --- frames within the text ------------------------------------------------------

    def _control(self, element: Element) -> None:
        """Read a control's content (17.5.2), unless it only says what to write there."""
        content = element.find(f"{W}sdtContent")
        if content is not None and not shows_placeholder(element):
            self._walk(content)

    def _changed(self, element: Element) -> None:
        """Read what was inserted, pass over what was deleted."""
        self.aside.changes += len(element) > 0
        if element.tag in (f"{W}ins", f"{W}moveTo"):
            self._walk(element)

    def _alternatives(self, element: Element) -> None:
        """Read the first of what programs may choose from (MC, 7.5)."""
        chosen = element.find(f"{_MC}Choice")
        chosen = element.find(f"{_MC}Fallback") if chosen is None else chosen
        if chosen is not None:
            self._walk(chosen)

    def _drawn(self, element: Element) -> None:
        """Take the text boxes of a drawing; count pictures."""
        boxes = list(_boxes(element))
        for each in element.iter(_WORD_ART):
            self._add(each.get("string", ""), Look())
        if boxes:
            pass  # its words are read
        elif element.tag == f"{W}object" or next(element.iter(_DIAGRAM), None) is not None:
            self.aside.objects += 1
        else:
            self.aside.pictures += 1
        is_floating = element.find(f"{_WP}anchor") is not None or _is_placed(element)
        (self._read.floating if is_floating else self._read.boxes).extend(boxes)

    def _foreign(self, _: Element) -> None:
        """Count a file that Word takes in when it opens this one (17.17.2.1)."""
        self.aside.objects += 1

    # --- notes and fields ------------------------------------------------------------

    def _note(self, element: Element) -> None:
        """Set a note's mark (17.11.14), and remember whose it is."""
        if any(each.hides for each in self._fields):
            return
        kind = element.tag.rpartition("}")[2].removesuffix("Reference")
        note = (kind, element.get(f"{W}id", ""))
        is_new = note not in self._notes_met
        number = self._notes_met.setdefault(note, len(self._notes_met) + 1)
        mark = "" if element.get(f"{W}customMarkFollows") in _ON else f"※{number}"
        self._add(mark, Look())
        if is_new:
            self.notes.append((*note, mark))

    def _instruct(self, text: str) -> None:
        if self._fields and not self._fields[-1].has_result:
            self._fields[-1].instruction = (self._fields[-1].instruction + text)[:_LONGEST]

    def _field(self, element: Element, look: Look) -> None:
        """Follow a field from its beginning to its end."""
        match element.get(f"{W}fldCharType"):
            case "begin" if len(self._fields) < _DEEPEST:
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].has_result = True
            case "end" if self._fields:
                ended = self._fields.pop()
                if not ended.has_result:
                    self._add(ended.shown(), look)

    def _simple_field(self, element: Element) -> None:
        """Read a field in one element (17.16.19)."""
        self._fields.append(_Field(element.get(f"{W}instr", ""), has_result=True))
        self._walk(element)
        self._fields.pop()


def _boxes(element: Element) -> list[Element]:
    """Return the text boxes in a drawing, without those in them and in what is not chosen."""
    found: list[Element] = []
    left = [element]
    while left:
        each = left.pop()
        if each.tag == _BOX:
            found.append(each)
        elif each.tag == f"{_MC}AlternateContent":
            chosen = each.find(f"{_MC}Choice")
            chosen = each.find(f"{_MC}Fallback") if chosen is None else chosen
            left += [] if chosen is None else [chosen]
        else:
            left += reversed(each)
    return found


def _is_placed(element: Element) -> bool:
    """Tell whether an older shape (VML) stands at a place of its own."""
    return any("position:absolute" in each.get("style", "") for each in element)


def _stops(properties: Element | None) -> Iterator[float]:
    """Yield where a paragraph's tabs lead, from the left (17.3.1.38)."""
    tabs = () if properties is None else properties.iterfind(f"{W}tabs/{W}tab")
    places = (whole_number(each.get(f"{W}pos")) for each in tabs if each.get(f"{W}val") != "clear")
    yield from (place / 20 for place in sorted(places))


def _is_mark_deleted(properties: Element | None) -> bool:
    mark = None if properties is None else properties.find(f"{W}rPr")
    return mark is not None and any(
        mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )
