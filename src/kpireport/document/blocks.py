"""The format-neutral document: blocks of final text.

Comes in: composed by :mod:`kpireport.document` from the plan and its results.
Goes out: to the writers. Every visible string is final here (era dates, ``―``,
``87.5％``, marks), so that Word and PDF cannot disagree. Styles are semantic
names; fonts, points and colours belong to :mod:`kpireport.writers.theme`.
Widths are proportions of the text width. Page numbers are the writers'.

The block kinds form a closed union, dispatched by ``match`` with
``assert_never``: a kind that a writer does not know is a type error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from kpireport.document.charts import Chart
from kpireport.document.styles import CellStyle, HeadingStyle, SpanStyle, TableStyle, TextStyle
from kpireport.quickly import quickly_made

CONTINUED = "（続き）"
TO_PAGE = "～"
"""Between the first and the last page of several."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Span:
    """A run of text.

    ``spoken`` is what a reader pronounces instead of the printed text (達成 for ◎);
    ``target`` is the ``id`` of the block that the span refers to; ``source`` is as a
    paragraph's. One that ``is_page`` has no text of its own: it shows the printed number of
    the page that its target is on; where ``until`` is the ``id`` of a block on a further page,
    the pages from the one to the other. One that ``is_excerpt`` is taken from a text that
    stands elsewhere and may be edited there: it follows that.
    """

    text: str
    style: SpanStyle = SpanStyle.PLAIN
    spoken: str | None = None
    target: str | None = None
    source: str = ""
    is_page: bool = False
    until: str = ""
    is_excerpt: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Paragraph:
    r"""One paragraph; ``\n`` inside a span is a forced line break.

    ``source`` names the text of the inputs that stands here word for word, and may
    therefore be edited here (:mod:`kpireport.document.sources`); paragraphs of one source
    that follow each other are that text together. ``is_unwritten`` tells that there is no
    text yet, and what is printed only keeps its place.
    """

    spans: tuple[Span, ...]
    style: TextStyle
    source: str = ""
    is_unwritten: bool = False

    @property
    def text(self) -> str:
        """The paragraph's printed text."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a table or figure (図表番号): ``図３　計画１の指標の推移``.

    ``kind`` and ``number`` are counted through the document; spans whose target is ``id``
    refer to them. The composition numbers all captions when it is done
    (:mod:`kpireport.document.captions`).
    """

    id: str
    kind: CaptionKind
    text: str
    number: str = ""

    @property
    def reference(self) -> str:
        """How other places call it: ``図３``."""
        return f"{self.kind}{self.number}"

    @property
    def printed(self) -> str:
        """The whole line."""
        return f"{self.reference}　{self.text}"

    @property
    def continued(self) -> str:
        """What stands above the rest on a further page: ``表４（続き）``."""
        return f"{self.reference}{CONTINUED}"


class CaptionKind(StrEnum):
    """What is counted; the value is its word."""

    FIGURE = "図"
    TABLE = "表"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``outline`` is its name in bookmarks and contents where it differs.

    One that is not listed (目次 itself) stands in the bookmarks alone. ``status`` stands
    behind its name in the contents (``◎１ △１ ×２``).

    ``level`` is 1 for a chapter; ``id`` is unique in the document. One that is ``is_apart``
    may follow other chapters on a page, and stands well below what is above it there.
    """

    id: str
    level: int
    text: str
    style: HeadingStyle
    outline: str | None = None
    is_listed: bool = True
    status: str = ""
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """A label (・ ● ⑴ ①) and what it labels."""

    label: str
    content: tuple[CellBlock, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of labelled items; ``style`` sets the room for the labels."""

    items: tuple[ListItem, ...]
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Note:
    """A ※ note: ``label`` is its mark, referred to by spans whose target is ``id``."""

    id: str
    label: str
    content: tuple[Paragraph, ...]

    @property
    def style(self) -> TextStyle:
        """The label's style: that of the first paragraph."""
        return self.content[0].style if self.content else TextStyle.NOTE


class Clip(StrEnum):
    """Past which end of its bar a number lies."""

    BELOW = "below"
    BEYOND = "beyond"


@quickly_made
@dataclass(frozen=True, slots=True)
class Bar:
    """A bar filled to ``share`` of its length, 0 to 1: decoration beside a number.

    ``tick`` is where along it the year's share of the target is (年度の目安), 0 to 1;
    ``clipped`` sets an arrow at the end that the number lies past.
    """

    share: Decimal
    tick: Decimal | None = None
    clipped: Clip | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Sparkline:
    """The course of a number, as small as a line of text: decoration beside the numbers.

    ``values`` are by year, ``None`` for a gap; ``limit`` is the target or the reference.
    """

    values: tuple[Decimal | None, ...]
    limit: Decimal | None = None


CellBlock: TypeAlias = Paragraph | ItemList | Bar | Sparkline


class HeaderScope(StrEnum):
    """Which cells a header cell heads (ISO 32000-1, 14.8.5.7, Scope)."""

    ROW = "Row"
    COLUMN = "Column"
    BOTH = "Both"


@quickly_made
@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``scope`` makes it a header cell.

    ``continued`` stands in its place where its row span is carried over to a further page
    （続き）; the same again where that is empty.
    """

    content: tuple[CellBlock, ...]
    style: CellStyle
    colspan: int = 1
    rowspan: int = 1
    scope: HeaderScope | None = None
    continued: tuple[CellBlock, ...] = ()


@quickly_made
@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in this row, left to right; spans from above are not repeated.

    ``keep_with_next`` keeps the row on a page with the next one, the last row with the
    block below the table. ``headings`` are what begins here for the contents, the bookmarks
    and what refers to them, outermost first; the cells print their texts. ``id`` is what refers
    to the row alone, empty where nothing does.
    """

    cells: tuple[Cell, ...]
    keep_with_next: bool = False
    headings: tuple[Heading, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with spans; ``columns`` are proportions, ``header_rows`` repeat on every page.

    ``title`` and ``description`` are for readers who do not see the page
    (``w:tblCaption``, ``w:tblDescription``; PDF ``Summary``).
    """

    style: TableStyle
    columns: tuple[int, ...]
    header_rows: tuple[Row, ...]
    rows: tuple[Row, ...]
    title: str
    description: str
    caption: Caption | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page, top to bottom: label and committee, title lines, year, date, issuer."""

    title: tuple[str, ...]
    date: str
    issuer: str
    council_label: str = ""
    committee: str = ""
    notices: tuple[str, ...] = ()
    year: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """目次: the chapters and sections that follow, with their page numbers.

    Headings of levels 1 to ``depth`` are listed by their outline names.
    """

    depth: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart; ``alternative_text`` states its data and its finding."""

    chart: Chart
    alternative_text: str


@dataclass(frozen=True, slots=True)
class FigureGrid:
    """Charts side by side in ``columns`` of equal width, row by row (small multiples).

    ``keep_with_next`` keeps the last row on a page with the block below. Line charts that are
    the page's own matter are ``is_large``.
    """

    figures: tuple[Figure, ...]
    columns: int
    keep_with_next: bool = False
    caption: Caption | None = None
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class SampleCallout:
    """A circled mark set above the ``column``-th column of the sample's last table."""

    mark: str
    column: int


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A reduced goal page inside a frame (表の見方): a picture made of real text.

    ``numeral`` stands in the box that a BOXED heading has; it is no heading here. Empty where
    the page has no such box.
    """

    numeral: str
    tables: tuple[Table, ...]
    callouts: tuple[SampleCallout, ...]
    alternative_text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = (
    Cover
    | Contents
    | Heading
    | Paragraph
    | ItemList
    | Note
    | Table
    | FigureGrid
    | SamplePage
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What catalogues and readers of the file are told about it."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    date: dt.date
    language: str = "ja-JP"


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages; ``numbered`` pages count from 1 at the first numbered section.

    ``notices`` stand at the top of every page (見本：数値は架空, 作成中); the cover
    says them as text. ``head`` is the running head at the other side of the top (柱: the
    goal's name), ``foot`` the key of the marks beside the page number.
    """

    blocks: tuple[Block, ...]
    numbered: bool = True
    landscape: bool = False
    notices: tuple[str, ...] = ()
    head: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document, final in every word.

    ``source_names`` are what texts that may be edited are called, by their sources.
    """

    metadata: DocumentMetadata
    sections: tuple[Section, ...]
    source_names: Mapping[str, str] = field(default_factory=dict, hash=False)

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks in reading order, sections joined."""
        for section in self.sections:
            yield from section.blocks

    def headings(self) -> Iterator[Heading]:
        """Yield all headings in reading order, those of rows among them."""
        for block in self.blocks():
            yield from headings_of(block)


def headings_of(block: Block) -> Iterator[Heading]:
    """Yield the heading that a block is, or those of a table's rows."""
    if isinstance(block, Heading):
        yield block
    elif isinstance(block, Table):
        yield from (each for row in block.rows for each in row.headings)
