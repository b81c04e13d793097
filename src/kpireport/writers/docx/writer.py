"""The Word file of a document: its body, section by section, and its package.

Comes in: a document of final text, a theme, a base document. Goes out: the
bytes of a .docx. The body is streamed into the package; what the body makes
necessary elsewhere (lists, properties of the file) is written after it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import assert_never

from docx.opc.part import Part

from kpireport.document.blocks import (
    Block,
    Caption,
    Contents,
    Cover,
    Document,
    FigureGrid,
    Heading,
    ItemList,
    Note,
    PageBreak,
    Paragraph,
    SamplePage,
    Table,
)
from kpireport.document.captions import captions_of
from kpireport.document.notes import with_notes
from kpireport.document.styles import TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.base import BASE_FILE, make_base
from kpireport.writers.docx.bookmarks import Bookmarks
from kpireport.writers.docx.contents import ContentsWriter, is_printed
from kpireport.writers.docx.controls import Controls, origin
from kpireport.writers.docx.cover import cover_paragraphs
from kpireport.writers.docx.figures import Draw, add_charts, figure_paragraphs
from kpireport.writers.docx.fonts import embed_bundled
from kpireport.writers.docx.grid import NO_BREAKS
from kpireport.writers.docx.headers import PageEdges
from kpireport.writers.docx.markup import (
    DECLARATION,
    MAIN,
    NOTHING,
    RELATIONSHIPS,
    Xml,
)
from kpireport.writers.docx.numbering import Numbering
from kpireport.writers.docx.package import Base, write_package
from kpireport.writers.docx.paragraphs import (
    PLAIN,
    Direct,
    TextWriter,
    WordParagraph,
    without_line_ends,
)
from kpireport.writers.docx.pictures import NAMESPACES, Pictures
from kpireport.writers.docx.properties import describe
from kpireport.writers.docx.relations import Relations
from kpireport.writers.docx.sample import sample_pieces
from kpireport.writers.docx.tables import TableWriter, gap
from kpireport.writers.docx.template_looks import theme_of
from kpireport.writers.docx.units import twips
from kpireport.writers.theme import DEFAULT_THEME, TextLook, Theme

_AFTER_SAMPLE = 12.0


_NO_PAGES: Mapping[str, str] = MappingProxyType({})


def write_docx(
    document: Document,
    *,
    theme: Theme = DEFAULT_THEME,
    base: bytes | None = None,
    page_numbers: Mapping[str, str] = _NO_PAGES,
    page_begins: Collection[str] = (),
    row_breaks: Sequence[Mapping[int, float]] = (),
    moment: dt.datetime | None = None,
    embed_fonts: bool = False,
    native_charts: bool = False,
    draw: Draw | None = None,
) -> bytes:
    """Return ``document`` as a Word file; the same document gives the same bytes.

    Args:
        document: the document, final in every word.
        theme: the looks; they give cells their shade and padding, lists their room.
        base: a base document restyled in Word, whose sizes and page then count for more
            than the theme's; without one, ours for ``theme``.
        page_numbers: the headings' ids and the pages that they are printed on, for the
            contents; Word works out missing ones when it opens the file.
        page_begins: the ids of the headings that begin a page, though the page before is
            expected to have room for them.
        row_breaks: for each table, the rows below its header that are expected to begin a
            page, counted from 0, with how many points the page before lacks for them: they
            begin one in Word too where it has no room before.
        moment: when the file says that it was made, with its time zone; without one,
            the document's day.
        embed_fonts: the file carries the bundled fonts that its styles name.
        native_charts: Word draws the charts, and staff can edit their data, instead of
            images that look alike in every program.
        draw: makes these images, of a chart, its size in points and the accent (RGB in hex);
            without it they are drawn one by one as the file is written.

    Raises:
        OutputError: ``base`` lacks a style or a part, or a text has a character
            that no XML file can carry.
        KpiReportError: a chart that is drawn has a character that no font draws.
    """
    package = _Package(
        document,
        theme,
        base,
        page_numbers,
        page_begins,
        row_breaks,
        embed_fonts=embed_fonts,
        native_charts=native_charts,
        draw=draw,
    )
    describe(package.base.document, document, moment)
    return package.written()


def _own_base(theme: Theme) -> bytes:
    """Return the shipped base document, or one made for another theme."""
    return BASE_FILE.read_bytes() if theme is DEFAULT_THEME else make_base(theme)


class _Package:
    """The parts of one file, and what is written in them."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        base: bytes | None,
        page_numbers: Mapping[str, str],
        page_begins: Collection[str],
        row_breaks: Sequence[Mapping[int, float]],
        *,
        embed_fonts: bool,
        native_charts: bool,
        draw: Draw | None,
    ) -> None:
        self.document = document
        self.page_begins = page_begins
        self.row_breaks = row_breaks
        self.base = Base.read(base or _own_base(theme))
        if base:
            theme = theme_of(self.base, theme)
        if embed_fonts:
            embed_bundled(self.base)
        relations = Relations(self.base.document)
        self.edges = PageEdges(self.base, relations, document.sections, theme)
        headings = list(document.headings())
        captions = [each for block in document.blocks() for each in captions_of(block)]
        bookmarks = Bookmarks(
            {heading.id: heading.text for heading in headings if is_printed(heading)}
            | {caption.id: caption.reference for caption in captions}
        )
        self.writer = TextWriter(
            self.base,
            theme,
            Numbering(self.base.document.part.numbering_part.element),
            bookmarks,
            Pictures(relations, theme),
            Controls.of(document, bookmarks),
            breaks_lines=not base,
            theme_shade=self.base.shade,
            page_numbers=page_numbers,
        )
        is_wanted = any(isinstance(block, Contents) for block in document.blocks())
        self.contents = ContentsWriter(self.writer, headings, is_wanted)
        self.tables = TableWriter(self.writer, self.contents.entry)
        add_charts(document, self.base, self.writer.pictures, draw=draw, native=native_charts)

    def written(self) -> bytes:
        """Return the file: the body first, then what it relates to, the lists among that."""
        main = self.base.document.part
        streams: dict[Part, Iterable[Xml | bytes]] = {
            main: map(self.writer.pictures.numbered, self._body()),
            main.numbering_part: self._numbering(),
        }
        return write_package(main.package, streams)

    def _numbering(self) -> Iterator[bytes]:
        yield self.writer.numbering.part()

    def _body(self) -> Iterator[Xml]:
        """Yield ``word/document.xml`` (17.2.3); the last section's properties close the body."""
        yield _BODY_BEGINS
        yield origin(self.document, self.writer.bookmarks)
        if self.base.template:
            yield self.writer.bookmarks.around(self.base.template, NOTHING)
        sections = self.document.sections
        first_numbered = next((section for section in sections if section.numbered), None)
        last = len(sections) - 1
        row_breaks = iter(self.row_breaks)
        for number, section in enumerate(sections):
            model = self.base.section(numbered=section.numbered)
            flow = _Flow(
                self.writer,
                self.contents,
                self.tables,
                model.text_width(landscape=section.landscape),
                model.text_height(landscape=section.landscape),
                self.page_begins,
                row_breaks,
            )
            for block, notes in with_notes(section.blocks):
                yield from flow.write(block, notes)
            properties = model.xml(
                landscape=section.landscape,
                restart=section is first_numbered,
                edges=self.edges.of_sections[number],
            )
            yield from flow.end(properties, is_last=number == last)
        yield Xml("</w:body></w:document>")


def _with_end(paragraphs: Iterable[WordParagraph]) -> Iterator[WordParagraph]:
    """Yield a block's paragraphs, the last two on one page where it has several (a list)."""
    made = list(paragraphs)
    for to_go, each in zip(range(len(made) - 1, -1, -1), made, strict=True):
        yield each.kept(keep_next=True) if to_go == 1 else each


_NAMESPACES = {"xmlns:w": MAIN, "xmlns:r": RELATIONSHIPS} | NAMESPACES
_BODY_BEGINS = Xml(
    f"{DECLARATION}<w:document "
    + " ".join(f'{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    + "><w:body>"
)


@dataclass(slots=True)
class _Flow:
    """Writes the blocks of one section, whose pages have ``width`` by ``height`` twips for text.

    ``page_begins`` are the headings that begin a page, ``row_breaks`` those of the tables to
    come.

    The last paragraph is held back: it may have to carry the section's end. With it are
    those before it that are one text of the inputs with it.
    ``_space`` is the room that a table just written asks for below it; ``_keeps`` tells
    that it stays on a page with what follows.
    """

    writer: TextWriter
    contents: ContentsWriter
    tables: TableWriter
    width: int
    height: int
    page_begins: Collection[str]
    row_breaks: Iterator[Mapping[int, float]]
    _held: list[WordParagraph] = field(default_factory=list)
    _space: float | None = None
    _is_begun: bool = False
    _breaks_page: bool = False
    _keeps: bool = False

    def write(self, block: Block, notes: Sequence[Note] = ()) -> Iterator[Xml]:
        """Yield the markup of ``block`` and of the ``notes`` below it, as far as it is known."""
        writer, theme = self.writer, self.writer.theme
        match block:
            case Paragraph() | ItemList():
                paragraphs = _with_end(writer.blocks((block,), self.width))
                yield from self._paragraphs(paragraphs, theme.text[block.style])
            case Note():
                yield from self._note(block)
            case Heading():
                yield from self._heading(block)
            case Cover():
                yield from self._paragraphs(
                    cover_paragraphs(block, writer, self.width, self.height)
                )
            case Table():
                yield from self._noted_table(block, notes)
            case SamplePage():
                yield from self._table(sample_pieces(block, writer, self.width), _AFTER_SAMPLE)
            case FigureGrid():
                yield from self._caption(block.caption)
                yield from self._paragraphs(figure_paragraphs(block, writer, self.width))
            case Contents():
                yield from self._contents(block)
            case PageBreak():
                self._breaks_page = self._is_begun  # a section begins on a new page anyway
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> Iterator[Xml]:
        if heading.id in self.page_begins:
            self._breaks_page = self._is_begun
        paragraph = self.writer.heading(heading, self.width, self.contents.entry(heading))
        if heading.is_apart and self._is_begun and not self._breaks_page:
            self._space = max(self._space or 0.0, self.writer.theme.chapter_gap)
        yield from self._paragraphs((paragraph,), self.writer.theme.heading[heading.style])

    def _noted_table(self, block: Table, notes: Sequence[Note]) -> Iterator[Xml]:
        yield from self._caption(block.caption)
        breaks, are_noted = next(self.row_breaks, NO_BREAKS), bool(notes)
        pieces = self.tables.pieces(block, self.width, self.height, breaks, are_noted=are_noted)
        yield from self._table(pieces, self.writer.theme.table[block.style].space_after)
        self._keeps = bool(block.rows) and block.rows[-1].keep_with_next
        for number, note in enumerate(notes, start=1):
            yield from self._note(note, keep_next=number < len(notes))

    def _caption(self, caption: Caption | None) -> Iterator[Xml]:
        if caption is not None:
            look = self.writer.theme.text[TextStyle.CAPTION]
            yield from self._paragraphs((self.writer.caption(caption),), look)

    def _note(self, note: Note, *, keep_next: bool = False) -> Iterator[Xml]:
        yield from self._paragraphs(
            (each.kept(keep_next=keep_next or None) for each in self.writer.note(note)),
            self.writer.theme.text[note.style],
        )

    def _paragraphs(
        self, paragraphs: Iterable[WordParagraph], look: TextLook | None = None
    ) -> Iterator[Xml]:
        """Write paragraphs, of which the first looks like ``look``."""
        before = look.space_before if look else 0.0
        for paragraph in paragraphs:
            if not (paragraph.source and self._held_source == paragraph.source):
                yield from self._release()
            placed = paragraph._replace(direct=self._placed(paragraph.direct, before))
            self._held.append(placed)
            self._is_begun, self._breaks_page, self._space = True, False, None

    def _placed(self, direct: Direct, before: float = 0.0) -> Direct:
        """Add what the place asks for: a new page, or the space below a table.

        Of that and the space ``before`` the paragraph, the larger is right, as it is
        between two paragraphs.
        """
        if self._breaks_page:
            # Word leaves the space out where a page ends by itself, not after a break
            space = 0 if before else direct.space_before
            return direct._replace(page_break_before=True, space_before=space)
        if self._space is None or self._space <= before:
            return direct
        return direct._replace(space_before=twips(self._space))

    def _contents(self, contents: Contents) -> Iterator[Xml]:
        yield from self._release()
        yield from self.contents.pieces(contents, self.width, self._placed(PLAIN))
        self._is_begun, self._breaks_page, self._space = True, False, None

    def _table(self, pieces: Iterable[Xml], space: float) -> Iterator[Xml]:
        yield from self._release()
        if self._space is not None or self._breaks_page:
            place = Direct(page_break_before=self._breaks_page, keep_next=self._keeps or None)
            yield gap(self.writer, direct=place)
        yield from pieces
        self._is_begun, self._breaks_page, self._space = True, False, space
        self._keeps = False

    def _release(self) -> Iterator[Xml]:
        yield from self.writer.controls.paragraphs(self._held)
        self._held = []

    @property
    def _held_source(self) -> str:
        return self._held[-1].source if self._held else ""

    def end(self, section: Xml, *, is_last: bool) -> Iterator[Xml]:
        """Yield the section's end: in its last paragraph, or after it in the last section.

        Word wants a paragraph after a table, and one to carry the section.
        """
        if self._held_source:  # the section's end is not to be edited
            yield from self._release()
        last = self._held[-1] if self._held else self.writer.plain(names.TABLE_GAP)
        # in a section's last paragraph LibreOffice saves the ends of lines as line breaks
        last = last._replace(content=without_line_ends(last.content))
        yield last.xml(NOTHING if is_last else section)
        if is_last:
            yield section
