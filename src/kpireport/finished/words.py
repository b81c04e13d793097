"""The words of a Word file, as a reader of the page has them, and the marked texts in it.

Comes in: the parts of a .docx, as we wrote it or as Word or LibreOffice saved it. Goes
out: paragraphs and tables of plain text, in which every marked text (the inputs' own
words, see :mod:`kpireport.writers.docx.controls`) is one sign; and those texts apart.

What a reader sees without its being plain text is a sign: pictures, symbols, equations,
hidden words, tables among marked words (see :mod:`kpireport.finished.signs`). Tracked
changes (17.13.5) are read as accepted. What a program works out anew is no text but a sign:
results of fields such as page numbers; the contents are passed over. Elements of no
account (proofing, revision ids, smart tags, custom XML) are looked through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.document.table_cells import CONTINUED
from kpireport.finished.appearance import Styles, unkept_of_paragraph, unkept_of_run
from kpireport.finished.fields import Field, counted_name
from kpireport.finished.signs import (
    NOTE,
    PICTURE,
    SIGN,
    marked_sign,
    thing,
    without_signs,
)
from kpireport.finished.structure import (
    MARK,
    Marked,
    Region,
    blocks,
    bookmarks,
    row_cells,
    shows_placeholder,
    table_rows,
    tagged,
)
from kpireport.finished.things import sign_of
from kpireport.finished.word_file import W, WordFile

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PASSED = ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "txbxContent")
_NO_TEXT = {f"{_MC}Fallback", *(f"{W}{name}" for name in _PASSED)}
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
_SHOWN_ROWS = 3  # of a table that is only named
_ORIGIN = re.compile(r"kpireport_([0-9a-f]{8})_([0-9a-f]{16})")


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
    styles = Styles.of(file.styles)
    reader = _Reader(styles)
    items = tuple(reader.container(body))
    origin = next(filter(None, (_ORIGIN.fullmatch(name) for name in bookmarks(body))), None)
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


def _unkept_field(instruction: str) -> Iterator[str]:
    """Name a field among marked words; references to chapters are our own."""
    if not instruction.lstrip().startswith("REF "):
        yield _FIELD


def _plain_text(root: Element) -> str:
    return "\n".join(
        item.text if isinstance(item, Line) else _shown(item) for item in _Reader().container(root)
    )


def _shown(grid: Grid) -> str:
    """Return the beginning of a table on one line."""
    begins = ("｜".join(row).replace("\n", " ") for row in grid.rows[:_SHOWN_ROWS])
    return "／".join(begins) + ("…" if len(grid.rows) > _SHOWN_ROWS else "")


# --- the body --------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    """Walks a body; fields may reach over paragraphs, so their state is kept here."""

    styles: Styles = field(default_factory=Styles)
    marked: list[Marked] = field(default_factory=list)
    _fields: list[Field] = field(default_factory=list)

    def container(self, parent: Element) -> Iterator[Item]:
        """Yield the paragraphs and tables of a body, a cell or a header."""
        state = _Container()
        for child, region in blocks(parent, None):
            if child.tag == f"{W}tbl":
                if region is not None:
                    region.lines.append(thing("表", _shown(self._grid(child))))
                    continue
                yield from self._closed(state)
                yield self._grid(child)
                continue
            yield from self._paragraph(child, region, state)
        yield from self._closed(state)

    def _paragraph(
        self, child: Element, region: Region | None, state: _Container
    ) -> Iterator[Item]:
        """Read a paragraph into its region, or yield it.

        Without its control (a program may have dropped it) a marked text reaches from
        the paragraph with its bookmark to the next paragraph with another one.
        """
        marks = [] if region else [m for n in bookmarks(child) if (m := MARK.fullmatch(n))]
        mark = next((each for each in marks if each[1] == "p"), None)
        if region is None and (mark or any(bookmarks(child))):
            if not (mark and state.region and state.region.source == mark[2]):
                yield from self._closed(state)
                state.region = Region(mark[2], mark[3]) if mark else None
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
            state.region.unkept += unkept_of_paragraph(child)
            state.region.lines.append(text)
        elif text.strip():
            yield Line(text, self.styles.level(child), tuple(_pictures(child)))
        yield from boxes

    def _closed(self, state: _Container) -> Iterator[Item]:
        """Yield the sign of a marked text whose end was reached."""
        if state.carried and state.region is None:
            yield Line(state.carried)
        elif state.carried and state.region:
            state.region.lines.append(state.carried)
        if state.region is not None:
            self.marked.append(state.region.marked())
            yield Line(marked_sign(state.region.source))
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
        for row in table_rows(table):
            texts, begins, merged, column = [], [], [], 0
            for cell in row_cells(row):
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

    def _text(self, paragraph: Element, region: Region | None) -> str:
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
            elif sign := sign_of(child):
                self._add(sign, pieces)
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
            f"{W}hyperlink": self._hyperlink,
        }

    def _begin_bookmarked(self, element: Element, pieces: _Pieces) -> None:
        """Begin a marked text that lost its control."""
        mark = MARK.fullmatch(element.get(f"{W}name", ""))
        if mark and mark[1] == "r" and pieces.region is None:
            pieces.open(Region(mark[2], mark[3]), element.get(f"{W}id", ""))

    def _end_bookmarked(self, element: Element, pieces: _Pieces) -> None:
        if pieces.bookmark and element.get(f"{W}id") == pieces.bookmark:
            self.marked.append(pieces.close())

    def _simple_field(self, element: Element, pieces: _Pieces) -> None:
        name = counted_name(element.get(f"{W}instr", ""))
        if name is None:
            pieces.lose(*_unkept_field(element.get(f"{W}instr", "")))
            self._inline(element, pieces)
        elif name:
            self._add(thing(name), pieces)

    def _hyperlink(self, element: Element, pieces: _Pieces) -> None:
        pieces.lose(_LINK)
        self._inline(element, pieces)

    def _run(self, run: Element, pieces: _Pieces) -> None:
        if not self.styles.hides(run):
            pieces.lose(*unkept_of_run(run))
            self._inline(run, pieces)
            return
        hidden = _Pieces(None)
        self._inline(run, hidden)
        if text := "".join(hidden.texts):
            pieces.add(thing("隠し文字", text))

    def _add(self, sign: str, pieces: _Pieces) -> None:
        """Take a sign, where no field hides it."""
        if not any(each.hides for each in self._fields):
            pieces.add(sign)

    def _character(self, element: Element, pieces: _Pieces) -> None:
        if any(each.hides for each in self._fields):
            return
        if element.tag == f"{W}t":
            pieces.add(without_signs(element.text or ""))
        elif element.get(f"{W}type", "textWrapping") == "textWrapping":  # no break of the page
            pieces.add(_CHARACTERS[element.tag])

    def _inline_control(self, control: Element, pieces: _Pieces) -> None:
        content = control.find(f"{W}sdtContent")
        if content is None:
            return
        found = tagged(control)
        if found is None or pieces.region is not None:
            self._inline(content, pieces)
            return
        region = Region(*found)
        pieces.open(region)
        if not shows_placeholder(control):
            self._inline(content, pieces)
        self.marked.append(pieces.close())

    def _instruct(self, element: Element) -> None:
        """Take what a field is to show."""
        if element.tag == f"{W}instrText" and self._fields and not self._fields[-1].has_result:
            self._fields[-1].instruction += element.text or ""

    def _field(self, element: Element, pieces: _Pieces) -> None:
        """Follow a field from its beginning to its end (17.16.18)."""
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(Field())
            case "separate" if self._fields:
                self._begin_result(self._fields[-1], pieces)
            case "end" if self._fields:
                if not self._fields[-1].has_result:  # Word works it out when it is opened
                    self._begin_result(self._fields[-1], pieces)
                self._fields.pop()

    def _begin_result(self, found: Field, pieces: _Pieces) -> None:
        """Show that a result follows; of one that is no text there is only the sign."""
        name = counted_name(found.instruction)
        if name is None:
            pieces.lose(*_unkept_field(found.instruction))
        elif name and not any(each.hides for each in self._fields[:-1]):
            pieces.add(thing(name))
        found.has_result = True


@dataclass(slots=True)
class _Container:
    """How far a container is read: the open region, and text whose paragraph mark is deleted."""

    region: Region | None = None
    carried: str = ""
    is_bookmarked: bool = False


class _Pieces:
    """A paragraph's text while it is read; a region within it is one sign."""

    def __init__(self, region: Region | None) -> None:
        self.region = region
        self.bookmark = ""
        self._is_own = False
        self.texts: list[str] = []

    def open(self, region: Region, bookmark: str = "") -> None:
        """Begin a marked text; ``bookmark`` ends it where no control does."""
        self.bookmark = bookmark
        region.lines.append("")
        self.texts.append(marked_sign(region.source))
        self.region, self._is_own = region, True

    def close(self) -> Marked:
        """End the marked text, and return it."""
        assert self.region is not None  # noqa: S101 - it was opened
        marked = self.region.marked()
        self.region, self._is_own = None, False
        return marked

    def lose(self, *names: str) -> None:
        """Note what plain text cannot keep of a marked text."""
        if self.region is not None:
            self.region.unkept += names

    def add(self, text: str) -> None:
        """Take some text."""
        if self._is_own and self.region is not None:
            self.region.lines[-1] += text
        else:
            self.texts.append(text)


def _is_mark_deleted(paragraph: Element) -> bool:
    """Tell whether the paragraph runs on into the next once changes are accepted."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and any(
        properties.find(f"{W}{name}") is not None for name in ("del", "moveFrom")
    )


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 1


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
