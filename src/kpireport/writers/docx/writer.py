"""The Word file of a document: its body, section by section, and its package.

Comes in: a document of final text, a theme, a base document. Goes out: the
bytes of a .docx. The body is streamed into the package; what the body makes
necessary elsewhere (lists, properties of the file) is written after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from kpireport.document.blocks import (
    Block,
    Cover,
    Document,
    Heading,
    ItemList,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    SamplePage,
    Span,
    Table,
    TextStyle,
)
from kpireport.writers.docx import names
from kpireport.writers.docx.base import BASE_FILE, make_base
from kpireport.writers.docx.bookmarks import Bookmarks
from kpireport.writers.docx.markup import (
    DECLARATION,
    MAIN,
    NOTHING,
    RELATIONSHIPS,
    Xml,
    element,
    text,
)
from kpireport.writers.docx.numbering import Numbering
from kpireport.writers.docx.package import (
    CORE_PROPERTIES,
    DOCUMENT,
    NUMBERING,
    Base,
    write_package,
)
from kpireport.writers.docx.paragraphs import Direct, TextWriter, WordParagraph, box_indent
from kpireport.writers.docx.sample import sample_pieces
from kpireport.writers.docx.tables import gap, table_pieces
from kpireport.writers.docx.units import twips
from kpireport.writers.theme import DEFAULT_THEME, Theme

_AFTER_SAMPLE = 12.0


def write_docx(
    document: Document, *, theme: Theme = DEFAULT_THEME, base: bytes | None = None
) -> bytes:
    """Return ``document`` as a Word file; the same document gives the same bytes.

    Args:
        document: the document, final in every word.
        theme: the looks; they give cells their shade and padding, lists their room.
        base: a base document restyled in Word; without one, ours for ``theme``.

    Raises:
        OutputError: ``base`` lacks a style or a part, or a text has a character
            that no XML file can carry.
    """
    read = Base.read(base or _own_base(theme))
    writer = TextWriter(read, theme, Numbering(read.parts[NUMBERING]), Bookmarks())
    return write_package(_parts(document, writer))


def _own_base(theme: Theme) -> bytes:
    """Return the shipped base document, or one made for another theme."""
    return BASE_FILE.read_bytes() if theme is DEFAULT_THEME else make_base(theme)


def _parts(document: Document, writer: TextWriter) -> Iterator[tuple[str, Iterable[Xml | bytes]]]:
    """Yield the package's parts: what the base has, then what the document makes of it."""
    for name, data in writer.base.parts.items():
        if name not in (DOCUMENT, NUMBERING, CORE_PROPERTIES):
            yield name, (data,)
    yield CORE_PROPERTIES, (_core_properties(document.metadata),)
    yield DOCUMENT, _document(document, writer)
    yield NUMBERING, (writer.numbering.part(),)  # asked for only now that the body is written


def _core_properties(metadata: Metadata) -> Xml:
    """``docProps/core.xml`` (ECMA-376-2, 11): dated as the document is, not as it was built."""
    date = {"xsi:type": "dcterms:W3CDTF"}
    day = text(f"{metadata.date.isoformat()}T00:00:00Z")
    author = text(metadata.author)
    properties = (
        element("dc:title", text(metadata.title)),
        element("dc:subject", text(metadata.subject)),
        element("dc:creator", author),
        element("cp:keywords", text(", ".join(metadata.keywords))),
        element("cp:lastModifiedBy", author),
        element("cp:revision", text("1")),
        element("dcterms:created", day, attributes=date),
        element("dcterms:modified", day, attributes=date),
        element("dc:language", text(metadata.language)),
    )
    root = element("cp:coreProperties", *properties, attributes=_CORE_NAMESPACES)
    return Xml(DECLARATION + root)


_CORE_NAMESPACES = {
    "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def _document(document: Document, writer: TextWriter) -> Iterator[Xml]:
    """Yield ``word/document.xml`` (17.2.3); the last section's properties close the body."""
    yield Xml(f'{DECLARATION}<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}"><w:body>')
    first_numbered = next((s for s in document.sections if s.numbered), None)
    last = len(document.sections) - 1
    for number, section in enumerate(document.sections):
        model = writer.base.numbered if section.numbered else writer.base.unnumbered
        flow = _Flow(
            writer,
            model.text_width(landscape=section.landscape),
            model.text_height(landscape=section.landscape),
        )
        for block in section.blocks:
            yield from flow.write(block)
        restart = section is first_numbered
        properties = model.xml(landscape=section.landscape, restart=restart)
        yield from flow.end(properties, is_last=number == last)
    yield Xml("</w:body></w:document>")


@dataclass(slots=True)
class _Flow:
    """Writes the blocks of one section, whose pages have ``width`` by ``height`` twips for text.

    The last paragraph is held back: it may have to carry the section's end.
    ``_space`` is the room that a table just written asks for below it.
    """

    writer: TextWriter
    width: int
    height: int
    _held: WordParagraph | None = None
    _space: float | None = None
    _is_begun: bool = False
    _breaks_page: bool = False

    def write(self, block: Block) -> Iterator[Xml]:
        """Yield the markup of ``block``, as far as it can be known yet."""
        writer, theme = self.writer, self.writer.theme
        match block:
            case Paragraph() | ItemList():
                yield from self._paragraphs(writer.blocks((block,), self.width))
            case Note():
                yield from self._paragraphs(writer.note(block))
            case Heading():
                yield from self._paragraphs((writer.heading(block, self.width),))
            case Cover():
                yield from self._paragraphs(_cover(block, writer, self.width))
            case Table():
                pieces = table_pieces(block, writer, self.width, self.height)
                yield from self._table(pieces, theme.table[block.style].space_after)
            case SamplePage():
                yield from self._table(sample_pieces(block, writer, self.width), _AFTER_SAMPLE)
            case PageBreak():
                self._breaks_page = self._is_begun  # a section begins on a new page anyway
            case _:
                assert_never(block)

    def _paragraphs(self, paragraphs: Iterable[WordParagraph]) -> Iterator[Xml]:
        for paragraph in paragraphs:
            yield from self._release()
            self._held = replace(paragraph, direct=self._placed(paragraph.direct))
            self._is_begun, self._breaks_page, self._space = True, False, None

    def _placed(self, direct: Direct) -> Direct:
        """Add what the place asks for: a new page, or the space below a table."""
        if self._breaks_page:
            return replace(direct, page_break_before=True)
        return direct if self._space is None else replace(direct, space_before=twips(self._space))

    def _table(self, pieces: Iterable[Xml], space: float) -> Iterator[Xml]:
        yield from self._release()
        if self._space is not None or self._breaks_page:
            yield gap(self.writer, direct=Direct(page_break_before=self._breaks_page))
        yield from pieces
        self._is_begun, self._breaks_page, self._space = True, False, space

    def _release(self) -> Iterator[Xml]:
        if self._held:
            yield self._held.xml()
        self._held = None

    def end(self, section: Xml, *, is_last: bool) -> Iterator[Xml]:
        """Yield the section's end: in its last paragraph, or after it in the last section.

        Word wants a paragraph after a table, and one to carry the section.
        """
        last = self._held or self.writer.plain(names.TABLE_GAP)
        yield last.xml(NOTHING if is_last else section)
        if is_last:
            yield section


def _cover(cover: Cover, writer: TextWriter, width: int) -> Iterator[WordParagraph]:
    """Yield the cover: label and committee, the title as one paragraph, date, issuer."""
    if cover.council_label:
        look = writer.theme.text[TextStyle.COVER_LABEL]
        usual = writer.base.unnumbered.text_width(landscape=False)
        indent = box_indent(cover.council_label, look, width, usual, at_right=True)
        style = names.text_style(TextStyle.COVER_LABEL)
        yield writer.plain(style, cover.council_label, Direct(indent=indent))
    lines = (
        (cover.committee, TextStyle.COVER_COMMITTEE),
        ("\n".join(cover.title), TextStyle.COVER_TITLE),
        (cover.date, TextStyle.COVER_DATE),
        (cover.issuer, TextStyle.COVER_ISSUER),
    )
    for string, text_style in lines:
        if string:
            yield writer.paragraph(Paragraph((Span(string),), text_style), width)
