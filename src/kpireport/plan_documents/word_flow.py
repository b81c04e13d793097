"""The walk through a Word file's body: its paragraphs and tables in their order.

Comes in: the body. Goes out: the parts of a
:class:`~kpireport.plan_documents.tables.SourceDocument`. Text boxes stand where they are
hung on; one that floats over a table's cells is none of their words, and stands before the
table. The texts of notes follow what they are notes to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import groupby
from typing import TypeAlias

from lxml.etree import _Element as Element

from kpireport.errors import CellError
from kpireport.plan_documents.sizes import MOST_ROWS, refuse_large
from kpireport.plan_documents.tables import (
    SourceDocument,
    SourcePart,
    SourceTable,
    SourceText,
)
from kpireport.plan_documents.word_grids import GridCell, lay_out
from kpireport.plan_documents.word_pages import Pages
from kpireport.plan_documents.word_paragraphs import Paragraph, ParagraphReader
from kpireport.plan_documents.word_sections import Sections
from kpireport.plan_documents.word_tabs import AlignedLine, aligned_pieces, aligned_table
from kpireport.quickly import dataclass
from kpireport.sources.package_kinds import PLAN_DOCUMENT
from kpireport.sources.packages import whole_number
from kpireport.word_files.opening import W
from kpireport.word_files.structure import blocks, row_cells, table_rows

_USUAL_SIZE = 21  # half points, where a file says nothing
_DEEPEST = 12  # tables and boxes within each other
_WORDS = tuple(f"{W}{name}" for name in ("t", "sym", "drawing", "pict", "object"))
_PICTURES = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(slots=True)
class _Text:
    """A paragraph between tables, until it is known what size most text has."""

    text: SourceText
    sizes: Mapping[int, int]
    lines: tuple[AlignedLine, ...] = ()


_Part: TypeAlias = SourceTable | _Text


@dataclass(slots=True)
class _Cell:
    """A cell that was read: its lines, and what in it is a part of its own."""

    lines: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    inner: list[_Part] = field(default_factory=list)
    floating: list[_Part] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The rows of a table that were read: their pages, what stands around the table."""

    rows: list[list[GridCell]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    before: list[_Part] = field(default_factory=list)
    behind: list[_Part] = field(default_factory=list)


class Flow:
    """Reads a body into parts."""

    def __init__(
        self,
        reader: ParagraphReader,
        pages: Pages,
        sections: Sections,
        notes: Mapping[str, Element],
    ) -> None:
        """Begin.

        Args:
            reader: reads the paragraphs.
            pages: where the reader is.
            sections: those of the body.
            notes: the parts of footnotes and endnotes, by their kind.
        """
        self._reader = reader
        self._pages = pages
        self._sections = sections
        self._notes = {
            (kind, each.get(f"{W}id", "")): each
            for kind, root in notes.items()
            for each in root.iter(f"{W}{kind}")
        }
        self._parts: list[_Part] = []
        self._sizes = Counter[int]()
        self._depth = 0
        self._page_pictures: set[str] = set()

    def read(self, body: Element) -> None:
        """Read a body.

        Raises:
            CellError: it was made to fill the memory.
        """
        self._page_pictures = set(self._pictures_of_pages(body))
        self._parts += self._read(body, is_body=True)

    def document(self) -> SourceDocument:
        """Return what was read."""
        return SourceDocument(
            parts=tuple(self._finished()),
            pages=self._pages.told,
            has_pictures_of_pages=self._is_scan(),
        )

    def _is_scan(self) -> bool:
        """Tell whether there are pages that are pictures; a cover has one behind its words."""
        if not any(map(_has_words, self._parts)):
            return self._reader.aside.pictures > 0
        has_tables = any(isinstance(each, SourceTable) for each in self._parts)
        return "inline" in self._page_pictures or bool(self._page_pictures and not has_tables)

    def _pictures_of_pages(self, body: Element) -> Iterator[str]:
        """Yield how the pictures that fill a page stand on it: ``inline`` or ``anchor``."""
        for extent in body.iter(f"{_DRAWING}extent"):
            frame = extent.getparent()
            if frame is not None and next(frame.iter(_PICTURES), None) is not None:
                size = (whole_number(extent.get(name)) for name in ("cx", "cy"))
                if self._sections.is_page(*size):
                    yield frame.tag.rpartition("}")[2]

    # --- paragraphs ------------------------------------------------------------------

    def _read(self, parent: Element, *, is_body: bool = False) -> Iterator[_Part]:
        """Yield the parts of a body, a box or a frame."""
        self._enter()
        carried: list[str] = []
        for child, _ in blocks(parent, None):
            if child.tag == f"{W}tbl":
                yield from self._table(child, is_in_body=is_body)
            else:
                paragraph = self._paragraph(child)
                carried.append(paragraph.text)
                if not paragraph.goes_on:
                    paragraph.text = "".join(carried)
                    carried.clear()
                    yield from self._text(paragraph)
                for box in (*paragraph.boxes, *paragraph.floating):
                    yield from self._read(box)
                if is_body and child.find(f"{W}pPr/{W}sectPr") is not None and self._sections.end():
                    self._pages.break_here()
            yield from self._met_notes()
        if carried:
            yield from self._text(Paragraph("".join(carried), self._pages.told))
        self._depth -= 1

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            what = f"表や枠が、{_DEEPEST}段より深く入れ子になっています。"
            raise CellError(what, PLAN_DOCUMENT.lighten)

    def _paragraph(self, element: Element, *, is_in_cell: bool = False) -> Paragraph:
        paragraph = self._reader.read(element, is_in_cell=is_in_cell)
        self._sizes.update(paragraph.sizes)
        return paragraph

    def _text(self, paragraph: Paragraph) -> Iterator[_Text]:
        text = paragraph.text.replace("\t", " ").strip()
        if text:
            found = SourceText(text, paragraph.page, paragraph.level, paragraph.is_bold)
            yield _Text(found, paragraph.sizes, _aligned_lines(paragraph))

    def _met_notes(self) -> Iterator[_Text]:
        """Yield the texts of the notes that were referred to (17.11)."""
        while self._reader.notes:
            kind, id_, mark = self._reader.notes.popleft()
            note = self._notes.get((kind, id_))
            if note is None:
                continue
            page = self._pages.told
            lines = self._cell(note).lines
            text = " ".join(filter(None, (mark, "\n".join(lines).strip())))
            yield _Text(SourceText(text, page), {})

    # --- tables ----------------------------------------------------------------------

    def _table(self, table: Element, *, is_in_body: bool = False) -> Iterator[_Part]:
        """Yield a table, what floats over it before, what is in its cells behind it."""
        only = _only_cell(table)
        if only is not None:
            yield from self._read(only)
            return
        yield from self._laid_out(table, is_in_body=is_in_body)

    def _laid_out(self, table: Element, *, is_in_body: bool) -> list[_Part]:
        self._enter()
        read = _Rows()
        for row in table_rows(table):
            self._add_row(row, read)
        self._depth -= 1
        if not any(read.rows):
            return read.before  # all of it was deleted
        widths = _widths(table)
        cells, begins = lay_out(read.rows, widths)
        lefts = self._sections.lefts(table, begins, widths) if is_in_body else []
        found = SourceTable(
            cells=cells,
            rows=len(read.rows),
            columns=len(begins),
            page=read.pages[0],
            row_pages=tuple(read.pages) if read.pages[0] else (),
            lefts=tuple(lefts),
        )
        is_frame = bool(read.behind) and not _has_words(found)  # it only holds other tables
        return [*read.before, *(() if is_frame else (found,)), *read.behind]

    def _add_row(self, row: Element, read: _Rows) -> None:
        """Read a row of a table after those that were read."""
        cells, first = [], None
        for cell, content in self._row(row):
            cells.append(cell)
            first = first or next((each for each in content.paragraphs if each.text), None)
            read.before += content.floating
            read.behind += content.inner
        read.rows.append(cells)
        read.pages.append(self._pages.told if first is None else first.page)
        if len(read.rows) > MOST_ROWS:
            refuse_large(len(read.rows), 1, PLAN_DOCUMENT)

    def _row(self, row: Element) -> Iterator[tuple[GridCell, _Cell]]:
        """Yield a row's cells; they begin on the same page."""
        column = _skipped(row, "gridBefore")
        start, last = self._pages.state(), self._pages.state()
        previous: GridCell | None = None
        for cell in row_cells(row):
            properties = cell.find(f"{W}tcPr")
            columns = max(1, _number(properties, "gridSpan", 1))
            refuse_large(1, column + columns, PLAN_DOCUMENT)
            if previous is not None and _goes_on(properties, "hMerge"):
                previous.columns += columns
                column += columns
                continue
            self._pages.back_to(start)
            goes_on = _goes_on(properties, "vMerge")
            read = _Cell() if goes_on and _is_empty(cell) else self._cell(cell)
            last = max(last, self._pages.state())
            previous = GridCell(
                text="\n".join(read.lines),
                column=column,
                columns=columns,
                goes_on=goes_on,
                is_bold=_are_bold(read.paragraphs),
                indent=next((each.indent for each in read.paragraphs if each.sizes), 0.0),
            )
            column += columns
            yield previous, read
        self._pages.back_to(last)

    def _cell(self, cell: Element) -> _Cell:
        """Read a cell, a note or a box as lines."""
        self._enter()
        read, carried = _Cell(), list[str]()
        for child, _ in blocks(cell, None):
            if child.tag == f"{W}tbl":
                self._inner(child, read)
                continue
            paragraph = self._paragraph(child, is_in_cell=True)
            carried.append(paragraph.text.strip("\t").replace("\t", "\n"))
            if not paragraph.goes_on:
                read.lines.append("".join(carried))
                carried.clear()
            read.paragraphs.append(paragraph)
            for box in paragraph.boxes:
                inner = self._cell(box)
                read.lines += inner.lines
                read.inner += inner.inner
                read.floating += inner.floating
            for box in paragraph.floating:
                read.floating += self._read(box)
        if carried:
            read.lines.append("".join(carried))
        self._depth -= 1
        return read

    def _inner(self, table: Element, read: _Cell) -> None:
        """Read a table within a cell: as lines of it, or as one of its own."""
        found = self._laid_out(table, is_in_body=False)
        if len(found) == 1 and isinstance(found[0], SourceTable):
            inner = found[0]
            if 1 in (inner.rows, inner.columns):
                read.lines += (each.text for each in inner.cells if each.text)
                return
        read.inner += found

    # --- the parts as they go out ----------------------------------------------------

    def _finished(self) -> Iterator[SourcePart]:
        """Yield the parts, tables with their numbers, texts with how large they are."""
        usual = max(self._sizes, key=lambda size: (self._sizes[size], -size), default=0)
        numbers = Counter[int]()
        for part in _with_aligned(self._parts):
            if isinstance(part, _Text):
                sizes = part.sizes
                is_large = bool(sizes) and min(sizes) > usual
                yield replace(part.text, is_large=part.text.is_large or is_large)
            else:
                numbers[part.page] += 1
                yield replace(part, number=numbers[part.page])


def _aligned_lines(paragraph: Paragraph) -> tuple[AlignedLine, ...]:
    """Return the lines of a paragraph; none of one whose words do not stand apart."""
    usual = max(paragraph.sizes, key=lambda size: paragraph.sizes[size], default=0)
    parted = [
        aligned_pieces(
            line, indent=paragraph.indent, size=(usual or _USUAL_SIZE) / 2, stops=paragraph.stops
        )
        for line in paragraph.text.split("\n")
    ]
    if paragraph.level or any(len(each) < 2 for each in parted):
        return ()
    return tuple(AlignedLine(each, paragraph.page, paragraph.is_bold) for each in parted)


def _with_aligned(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield parts, paragraphs that tabs make a table of as that."""
    for lines, group in groupby(parts, lambda part: isinstance(part, _Text) and bool(part.lines)):
        found = list(group)
        texts = [each for each in found if isinstance(each, _Text)] if lines else []
        table = aligned_table([line for each in texts for line in each.lines])
        yield from found if table is None else [table]


def _has_words(part: _Part) -> bool:
    if isinstance(part, _Text):
        return True
    return any(each.text for each in part.cells)


def _is_empty(cell: Element) -> bool:
    return next(cell.iter(*_WORDS), None) is None


def _only_cell(table: Element) -> Element | None:
    """Return the only cell of a table that is a frame around its text."""
    rows = list(table_rows(table))
    cells = list(row_cells(rows[0])) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def _are_bold(paragraphs: Iterable[Paragraph]) -> bool:
    written = [each for each in paragraphs if each.sizes]
    return bool(written) and all(each.is_bold for each in written)


def _widths(table: Element) -> list[int]:
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        return []
    return [whole_number(each.get(f"{W}w")) for each in grid.iterfind(f"{W}gridCol")]


def _skipped(row: Element, name: str) -> int:
    properties = row.find(f"{W}trPr")
    return 0 if properties is None else _number(properties, name, 0)


def _number(properties: Element | None, name: str, default: int) -> int:
    return whole_number(_text(properties, name), default)


def _text(properties: Element | None, name: str) -> str:
    found = None if properties is None else properties.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _goes_on(properties: Element | None, name: str) -> bool:
    """Tell whether a cell is the one above or before it, going on (17.4.84, 17.4.22)."""
    if properties is None:
        return False
    found = properties.find(f"{W}{name}")
    if found is not None:
        return bool(found.get(f"{W}val", "continue") == "continue")
    tracked = properties.find(f"{W}cellMerge") if name == "vMerge" else None
    return tracked is not None and tracked.get(f"{W}vMerge") == "cont"
