"""The words of a Word file, as a reader of the page has them, and the marked texts in it.

Comes in: the parts of a .docx, as we wrote it or as Word or LibreOffice saved it. Goes
out: paragraphs and tables of plain text, in which every marked text (the inputs' own
words, see :mod:`kpireport.writers.docx.controls`) is one sign; and those texts apart.

Tracked changes (17.13.5) are read as accepted. What a program works out anew is no text:
results of fields such as page numbers, the contents. Elements of no account (proofing,
revision ids, smart tags, custom XML) are looked through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.document.goals import CONTINUED
from kpireport.document.sources import source_sum
from kpireport.finished.word_file import W, WordFile

PICTURE = "\ufffc"  # OBJECT REPLACEMENT CHARACTER
NOTE = "\ue002"  # a footnote's mark
_BEGIN, _END = "\ue000", "\ue001"  # around a marked text's sign: no text of a document has them
SIGN = re.compile(f"{_BEGIN}([0-9a-f]*){_END}")

_SIGNS = re.compile(f"[{_BEGIN}{_END}{NOTE}{PICTURE}]")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PASSED = ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "rt", "txbxContent")
_NO_TEXT = {f"{_MC}Fallback", *(f"{W}{name}" for name in _PASSED)}
_CHARACTERS = {
    f"{W}t": "",
    f"{W}br": "\n",
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}drawing": PICTURE,
    f"{W}pict": PICTURE,
    f"{W}object": PICTURE,
    f"{W}footnoteReference": NOTE,
    f"{W}endnoteReference": NOTE,
}
_WORKED_OUT = ("TOC", "PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES", "SEQ", "TC", "DATE", "TIME")
_CAPTION = re.compile(r"\s*REF (?:figure|table)_")  # a reference to a number that is counted
_TAG = re.compile(r"kpi:(.+)#([0-9a-f]{8})")
_MARK = re.compile(r"kpi_([pr])_([0-9a-f]{16})_([0-9a-f]{8})_\d+")
_ORIGIN = re.compile(r"kpireport_([0-9a-f]{8})_([0-9a-f]{16})")
_SUM = re.compile(r"[0-9a-f]{16}")
_EMPHASIS = ("b", "i", "u", "strike", "dstrike", "highlight", "em", "vertAlign")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text: the sums of its source and of its text when it was written, its words.

    Attributes:
        is_formatted: somebody set words apart, in bold type or otherwise.
        has_table: there is a table among the words.
    """

    source: str
    written: str
    paragraphs: tuple[str, ...]
    is_formatted: bool
    has_table: bool

    @property
    def text(self) -> str:
        """The paragraphs, each on a line of its own."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside of tables.

    Attributes:
        text: its words.
        level: of a heading, from 1; 0 for other paragraphs.
        pictures: the alternative texts of the pictures in it.
    """

    text: str
    level: int = field(default=0, compare=False)
    pictures: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's texts by row and cell, the columns where the cells begin, and its title.

    ``continues`` tells of each cell whether it only continues the one above.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[int, ...], ...]
    header_rows: int
    continues: tuple[tuple[bool, ...], ...] = field(default=(), compare=False)


Item: TypeAlias = Line | Grid


@dataclass(frozen=True, slots=True)
class Remark:
    """A reviewer's comment, and the paragraph that it is on."""

    author: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Words:
    """All that a Word file says.

    Attributes:
        title, fixed: what tells which document it is; empty where that was lost.
        items: the body.
        marked: the marked texts, in reading order.
        margins: the texts of headers and footers, each once.
        remarks: the reviewers' comments.
        tracked: how many tracked changes there are.
    """

    title: str
    fixed: str
    items: tuple[Item, ...]
    marked: tuple[Marked, ...]
    margins: tuple[str, ...]
    remarks: tuple[Remark, ...]
    tracked: int


def read_words(file: WordFile) -> Words:
    """Return the words of a Word file."""
    body = file.document.find(f"{W}body")
    reader = _Reader(levels=_outline_levels(file.styles))
    items = tuple(reader.container(body))
    origin = next(filter(None, (_ORIGIN.fullmatch(name) for name in _bookmarks(body))), None)
    margins = dict.fromkeys(
        text for root in file.headers if (text := _plain_text(root).replace(PICTURE, ""))
    )
    return Words(
        title=origin[1] if origin else "",
        fixed=origin[2] if origin else "",
        items=items,
        marked=tuple(reader.marked),
        margins=tuple(sorted(margins)),
        remarks=tuple(_remarks(file)),
        tracked=sum(1 for each in body.iter(*_TRACKED) if not _is_of_no_account(each)),
    )


_TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


def with_marked(words: Words) -> tuple[Item, ...]:
    """Return the body with the marked texts where their signs are."""
    texts: dict[str, list[str]] = {}
    for each in reversed(words.marked):
        texts.setdefault(each.source, []).append(each.text)

    def spelled(text: str) -> str:
        return SIGN.sub(lambda sign: texts[sign[1]].pop() if texts.get(sign[1]) else "", text)

    items: list[Item] = []
    for item in words.items:
        if isinstance(item, Line):
            items.append(replace(item, text=spelled(item.text)))
        else:
            rows = tuple(tuple(map(spelled, row)) for row in item.rows)
            items.append(replace(item, rows=rows))
    return tuple(items)


def _is_of_no_account(change: Element) -> bool:
    """Tell whether a tracked change has no content: Word leaves such behind."""
    return len(change) == 0 and change.getparent().tag not in (f"{W}rPr", f"{W}trPr")


def _bookmarks(element: Element) -> Iterator[str]:
    for each in element.iter(f"{W}bookmarkStart"):
        yield each.get(f"{W}name", "")


def _plain_text(root: Element) -> str:
    reader = _Reader()
    return "\n".join(item.text for item in reader.container(root) if isinstance(item, Line))


# --- the body --------------------------------------------------------------------


@dataclass(slots=True)
class _Region:
    """The marked text that is being read."""

    source: str
    written: str
    lines: list[str] = field(default_factory=list)
    is_formatted: bool = False
    has_table: bool = False

    def marked(self) -> Marked:
        lines = tuple(self.lines)
        return Marked(self.source, self.written, lines, self.is_formatted, self.has_table)


@dataclass(slots=True)
class _Reader:
    """Walks a body; fields may reach over paragraphs, so their state is kept here."""

    levels: Mapping[str, int] = field(default_factory=dict)  # of the styles of headings
    marked: list[Marked] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    def container(self, parent: Element) -> Iterator[Item]:
        """Yield the paragraphs and tables of a body, a cell or a header."""
        state = _Container()
        for child, region in _blocks(parent, None):
            if child.tag == f"{W}tbl":
                if region is not None:
                    region.has_table = True
                    continue
                yield from self._closed(state)
                yield self._grid(child)
                continue
            yield from self._paragraph(child, region, state)
        yield from self._closed(state)

    def _paragraph(
        self, child: Element, region: _Region | None, state: _Container
    ) -> Iterator[Item]:
        """Read a paragraph into its region, or yield it.

        Without its control (a program may have dropped it) a marked text reaches from
        the paragraph with its bookmark to the next paragraph with another one.
        """
        marks = [] if region else [m for n in _bookmarks(child) if (m := _MARK.fullmatch(n))]
        mark = next((each for each in marks if each[1] == "p"), None)
        if region is None and (mark or any(_bookmarks(child))):
            if not (mark and state.region and state.region.source == mark[2]):
                yield from self._closed(state)
                state.region = _Region(mark[2], mark[3]) if mark else None
                state.is_bookmarked = bool(mark)
        elif region is not None or not state.is_bookmarked:
            if region is not state.region:
                yield from self._closed(state)
            state.region = region
        text = state.carried + self._text(child, state.region)
        boxes = list(self._boxes(child))
        if _is_mark_deleted(child):
            state.carried = text
            return
        state.carried = ""
        if state.region is not None:
            state.region.lines.append(text)
        elif text.strip():
            yield Line(text, _level(child, self.levels), tuple(_pictures(child)))
        yield from boxes

    def _closed(self, state: _Container) -> Iterator[Item]:
        """Yield the sign of a marked text whose end was reached."""
        if state.carried and state.region is None:
            yield Line(state.carried)
        elif state.carried and state.region:
            state.region.lines.append(state.carried)
        if state.region is not None:
            self.marked.append(state.region.marked())
            yield Line(f"{_BEGIN}{state.region.source}{_END}")
        state.region, state.carried, state.is_bookmarked = None, "", False

    def _boxes(self, paragraph: Element) -> Iterator[Item]:
        """Yield the words in text boxes, as paragraphs of their own."""
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(each.tag == f"{_MC}Fallback" for each in box.iterancestors()):
                yield from self.container(box)

    # --- tables -----------------------------------------------------------------

    def _grid(self, table: Element) -> Grid:
        rows, columns, continues, headers = [], [], [], 0
        above: dict[int, str] = {}  # by column, the last text that is not a name over again
        for row in _rows(table):
            texts, begins, merged, column = [], [], [], 0
            for cell in _cells(row):
                text = self._cell(cell)
                goes_on = text == f"{above.get(column)}{CONTINUED}"
                if goes_on:
                    text = ""  # of a page's beginning, and no text of the document
                above[column] = text or above.get(column, "")
                texts.append(text)
                begins.append(column)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                goes_on |= merge is not None and merge.get(f"{W}val") != "restart"
                merged.append(goes_on)
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                column += _number(span.get(f"{W}val")) if span is not None else 1
            rows.append(tuple(texts))
            columns.append(tuple(begins))
            continues.append(tuple(merged))
            headers += row.find(f"{W}trPr/{W}tblHeader") is not None
        caption = table.find(f"{W}tblPr/{W}tblCaption")
        title = caption.get(f"{W}val", "") if caption is not None else ""
        return Grid(title, tuple(rows), tuple(columns), headers, tuple(continues))

    def _cell(self, cell: Element) -> str:
        texts = []
        for item in self.container(cell):
            if isinstance(item, Line):
                texts.append(item.text)
            else:
                texts += ["\n".join(filter(None, row)) for row in item.rows]
        return "\n".join(texts)

    # --- paragraphs -------------------------------------------------------------

    def _text(self, paragraph: Element, region: _Region | None) -> str:
        """Return a paragraph's text; a marked text within it is its sign."""
        pieces = _Pieces(region)
        self._inline(paragraph, pieces)
        if pieces.region is not region and pieces.region is not None:
            self.marked.append(pieces.region.marked())
        return "".join(pieces.texts)

    def _inline(self, parent: Element, pieces: _Pieces) -> None:
        for child in parent:
            if child.tag in _NO_TEXT:
                self._instruct(child)
            elif child.tag in _CHARACTERS:
                self._character(child, pieces)
            elif child.tag in self._followed:
                self._followed[child.tag](child, pieces)
            else:
                self._inline(child, pieces)

    @property
    def _followed(self) -> Mapping[str, Callable[[Element, _Pieces], None]]:
        """What is done about elements within a paragraph that are more than their content."""
        return {
            f"{W}r": self._run,
            f"{W}sdt": self._inline_control,
            f"{W}bookmarkStart": self._begin_bookmarked,
            f"{W}bookmarkEnd": self._end_bookmarked,
            f"{W}fldChar": self._field,
            f"{W}fldSimple": self._simple_field,
        }

    def _begin_bookmarked(self, element: Element, pieces: _Pieces) -> None:
        """Begin a marked text that lost its control."""
        mark = _MARK.fullmatch(element.get(f"{W}name", ""))
        if mark and mark[1] == "r" and pieces.region is None:
            pieces.open(_Region(mark[2], mark[3]), element.get(f"{W}id", ""))

    def _end_bookmarked(self, element: Element, pieces: _Pieces) -> None:
        if pieces.bookmark and element.get(f"{W}id") == pieces.bookmark:
            self.marked.append(pieces.close())

    def _simple_field(self, element: Element, pieces: _Pieces) -> None:
        if not _is_worked_out(element.get(f"{W}instr", "")):
            self._inline(element, pieces)

    def _run(self, run: Element, pieces: _Pieces) -> None:
        if pieces.region is not None and _is_emphasized(run):
            pieces.region.is_formatted = True
        self._inline(run, pieces)

    def _character(self, element: Element, pieces: _Pieces) -> None:
        if any(each.hides for each in self._fields):
            return
        if element.tag == f"{W}t":
            pieces.add(_SIGNS.sub("", element.text or ""))
        elif element.get(f"{W}type", "textWrapping") == "textWrapping":  # no break of the page
            pieces.add(_CHARACTERS[element.tag])

    def _inline_control(self, control: Element, pieces: _Pieces) -> None:
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        found = _tagged(control)
        if found is None or pieces.region is not None:
            self._inline(content, pieces)
            return
        region = _Region(*found)
        pieces.open(region)
        if not _shows_placeholder(control):
            self._inline(content, pieces)
        self.marked.append(pieces.close())

    def _instruct(self, element: Element) -> None:
        """Take what a field is to show."""
        if element.tag == f"{W}instrText" and self._fields and not self._fields[-1].has_result:
            self._fields[-1].instruction += element.text or ""

    def _field(self, element: Element, _: _Pieces) -> None:
        """Follow a field from its beginning to its end (17.16.18)."""
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].has_result = True
            case "end" if self._fields:
                self._fields.pop()


@dataclass(slots=True)
class _Field:
    """A field that is being read."""

    instruction: str = ""
    has_result: bool = False

    @property
    def hides(self) -> bool:
        """Whether its result is no text."""
        return _is_worked_out(self.instruction)


@dataclass(slots=True)
class _Container:
    """How far a container is read: the open region, and text whose paragraph mark is deleted."""

    region: _Region | None = None
    carried: str = ""
    is_bookmarked: bool = False


class _Pieces:
    """A paragraph's text while it is read; a region within it is one sign."""

    def __init__(self, region: _Region | None) -> None:
        self.region = region
        self.bookmark = ""
        self._is_own = False
        self.texts: list[str] = []

    def open(self, region: _Region, bookmark: str = "") -> None:
        """Begin a marked text; ``bookmark`` ends it where no control does."""
        self.bookmark = bookmark
        region.lines.append("")
        self.texts.append(f"{_BEGIN}{region.source}{_END}")
        self.region, self._is_own = region, True

    def close(self) -> Marked:
        """End the marked text, and return it."""
        assert self.region is not None  # noqa: S101 - it was opened
        marked = self.region.marked()
        self.region, self._is_own = None, False
        return marked

    def add(self, text: str) -> None:
        """Take some text."""
        if self._is_own and self.region is not None:
            self.region.lines[-1] += text
        else:
            self.texts.append(text)


def _blocks(parent: Element, region: _Region | None) -> Iterator[tuple[Element, _Region | None]]:
    """Yield the paragraphs and tables below ``parent``, each with its control's region."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child, region
        elif child.tag == f"{W}sdt":
            yield from _controlled(child, region)
        elif child.tag in _BLOCK_WRAPPERS:
            yield from _blocks(child, region)


_BLOCK_WRAPPERS = {f"{W}{name}" for name in ("ins", "moveTo", "customXml", "smartTag")}


def _controlled(
    control: Element, region: _Region | None
) -> Iterator[tuple[Element, _Region | None]]:
    content = control.find(f"{W}sdtContent")
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    is_contents = gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
    if content is None or is_contents:
        return
    found = _tagged(control) or (_bookmarked(content) if gallery is not None else None)
    inner = _Region(*found) if found and region is None else region
    if found and _shows_placeholder(control):
        paragraph = etree.Element(f"{W}p")
        yield paragraph, inner
        return
    yield from _blocks(content, inner)


def _tagged(control: Element) -> tuple[str, str] | None:
    """Return the sums of the source and of the text that a control's tag tells."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    found = None if tag is None else _TAG.fullmatch(tag.get(f"{W}val", ""))
    if found is None:
        return None
    source = found[1]
    return (source if _SUM.fullmatch(source) else source_sum(source)), found[2]


def _bookmarked(content: Element) -> tuple[str, str] | None:
    """Return the same from the bookmark in a control that lost its tag."""
    marks = (_MARK.fullmatch(name) for name in _bookmarks(content))
    return next(((mark[2], mark[3]) for mark in marks if mark and mark[1] == "p"), None)


def _shows_placeholder(control: Element) -> bool:
    """Tell whether Word shows its own words because the control was emptied."""
    return _is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr"))


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _is_mark_deleted(paragraph: Element) -> bool:
    """Tell whether the paragraph runs on into the next once changes are accepted."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(
        properties.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )


def _is_emphasized(run: Element) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    found = {name: properties.find(f"{W}{name}") for name in _EMPHASIS}
    align = found.pop("vertAlign")
    raised = align is not None and align.get(f"{W}val") != "baseline"
    return raised or any(_is_on(each) for each in found.values())


def _rows(table: Element) -> Iterator[Element]:
    for row in _inside(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _cells(row: Element) -> Iterator[Element]:
    for cell in _inside(row, f"{W}tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield cell


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Yield children of a kind, those in controls and custom XML too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _inside(child, tag)


def _is_worked_out(instruction: str) -> bool:
    if _CAPTION.match(instruction):
        return True
    return instruction.strip().partition(" ")[0].upper() in _WORKED_OUT


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 1


def _outline_levels(styles: Element | None) -> dict[str, int]:
    """Return the levels of headings (17.3.1.20), from 1, by the ids of their styles."""
    if styles is None:
        return {}
    own, based = {}, {}
    for style in styles.iter(f"{W}style"):
        id_ = style.get(f"{W}styleId", "")
        level = style.find(f"{W}pPr/{W}outlineLvl")
        base = style.find(f"{W}basedOn")
        based[id_] = base.get(f"{W}val", "") if base is not None else ""
        if level is not None:
            own[id_] = _heading_level(level)
    return {id_: level for id_ in based if (level := _inherited(id_, own, based))}


def _inherited(id_: str, own: Mapping[str, int], based: Mapping[str, str]) -> int:
    for _ in range(len(based)):
        if id_ in own or id_ not in based:
            break
        id_ = based[id_]
    return own.get(id_, 0)


def _heading_level(level: Element) -> int:
    """Return 1 to 9; 0 for body text, which is level 9 to Word."""
    value = level.get(f"{W}val", "")
    return int(value) + 1 if len(value) == 1 and value in "012345678" else 0


def _level(paragraph: Element, levels: Mapping[str, int]) -> int:
    direct = paragraph.find(f"{W}pPr/{W}outlineLvl")
    if direct is not None:
        return _heading_level(direct)
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return levels.get(style.get(f"{W}val", ""), 0) if style is not None else 0


def _pictures(paragraph: Element) -> Iterator[str]:
    """Yield the alternative texts of a paragraph's drawings (20.4.2.5)."""
    for drawing in paragraph.iter(f"{W}drawing"):
        if not any(each.tag == f"{_MC}Fallback" for each in drawing.iterancestors()):
            properties = next(drawing.iter(f"{_WP}docPr"), None)
            yield properties.get("descr", "") if properties is not None else ""


# --- beside the body -------------------------------------------------------------


def _remarks(file: WordFile) -> Iterator[Remark]:
    """Yield the reviewers' comments (17.13.4) with the paragraphs that they are on."""
    if file.comments is None:
        return
    about = {
        each.get(f"{W}id"): next(each.iterancestors(f"{W}p"), None)
        for each in file.document.iter(f"{W}commentReference")
    }
    for comment in file.comments.iter(f"{W}comment"):
        paragraph = about.get(comment.get(f"{W}id"))
        text = "" if paragraph is None else _reader_text(paragraph)
        yield Remark(comment.get(f"{W}author", ""), _plain_text(comment), text)


def _reader_text(paragraph: Element) -> str:
    parent = etree.Element(f"{W}body")
    parent.append(deepcopy(paragraph))
    reader = _Reader()
    text = "\n".join(item.text for item in reader.container(parent) if isinstance(item, Line))
    texts = iter(reader.marked)
    return SIGN.sub(lambda _: next(texts).text, text)
