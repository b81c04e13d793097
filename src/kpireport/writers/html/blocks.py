"""Blocks → elements, one by one.

Comes in: a block and where it stands. Goes out: its elements. What the blocks of a document
have in common (which notes are referred to, how many tables there were) is kept by the maker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from typing import assert_never

from lxml import html

from kpireport.document.blocks import (
    Block,
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
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.quickly import dataclass
from kpireport.writers.html.charts import draw_figures
from kpireport.writers.html.contents import contents_list
from kpireport.writers.html.elements import Names, classes, fill, make, scrolled
from kpireport.writers.html.tables import TableMaker
from kpireport.writers.html.texts import TextMaker
from kpireport.writers.theme import Theme


@dataclass(frozen=True, slots=True)
class Standing:
    """What the making of a block depends on beside the block, and names of regions.

    Attributes:
        theme: the looks.
        notes: the ids of the document's notes.
        top_level: of a chapter's heading.
        tables: how many there were before.
        referred: what refers first to each note, by the note.
    """

    theme: Theme
    notes: Collection[str]
    top_level: int
    tables: int
    referred: Mapping[str, str]


@dataclass(slots=True)
class BlockMaker:
    """Makes the elements of a document's blocks, in reading order."""

    document: Document
    theme: Theme
    names: Names = field(default_factory=Names)
    _texts: TextMaker = field(init=False)
    _headings: tuple[Heading, ...] = field(init=False)
    _top_level: int = field(init=False)  # of a chapter's heading
    _tables: int = 0

    def __post_init__(self) -> None:
        blocks = tuple(self.document.blocks())
        notes = {block.id for block in blocks if isinstance(block, Note)}
        self._texts = TextMaker(self.theme, notes)
        self._headings = tuple(self.document.headings())
        # the cover's title is the page's own heading
        self._top_level = 2 if any(isinstance(block, Cover) for block in blocks) else 1

    @property
    def standing(self) -> Standing:
        """What the blocks to come depend on beside themselves."""
        texts = self._texts
        return Standing(self.theme, texts.notes, self._top_level, self._tables, {**texts.referred})

    def pass_over(self, standing: Standing) -> None:
        """Go on behind blocks that were made already, which left that."""
        self._tables = standing.tables
        self._texts.referred = {**standing.referred}

    def make(self, block: Block, width: float) -> Iterator[html.HtmlElement]:
        """Yield the elements of a block that stands in a text of ``width`` points."""
        match block:
            case Cover() | Contents() | Heading():
                yield self._leading(block)
            case Paragraph() | ItemList() | Note():
                yield self._text(block, width)
            case Table():
                yield self._table(block, width)
            case FigureGrid():
                yield draw_figures(block, self.theme, width, self.names)
            case SamplePage():
                yield self._sample(block, width)
            case PageBreak():
                yield make("div", class_="break")
            case _:
                assert_never(block)

    def _leading(self, block: Cover | Contents | Heading) -> html.HtmlElement:
        match block:
            case Cover():
                return self._cover(block)
            case Contents():
                return self._contents(block)
            case Heading():
                return self._heading(block)
            case _:
                assert_never(block)

    def _text(self, block: Paragraph | ItemList | Note, width: float) -> html.HtmlElement:
        match block:
            case Paragraph():
                return self._texts.paragraph(block)
            case ItemList():
                return self._texts.item_list(block, width)
            case Note():
                return self._texts.note(block)
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> html.HtmlElement:
        """Return a heading; one that is a numeral alone is heard by its whole name (Ⅰ　…)."""
        return make(
            f"h{heading.level + self._top_level - 1}",
            heading.text,
            id=heading.id,
            class_=classes(f"heading-{heading.style}"),
            aria_label=heading.outline if heading.style is HeadingStyle.BOXED else None,
        )

    def _cover(self, cover: Cover) -> html.HtmlElement:
        title = make("h1", *_lines("span", TextStyle.COVER_TITLE, *cover.title))
        fill(title, _lines("span", TextStyle.COVER_YEAR, cover.year))
        return make(
            "div",
            *_lines("p", TextStyle.COVER_LABEL, cover.council_label),
            *_lines("p", TextStyle.COVER_COMMITTEE, cover.committee),
            title,
            *_lines("p", TextStyle.COVER_NOTICE, *cover.notices),
            *_lines("p", TextStyle.COVER_DATE, cover.date),
            *_lines("p", TextStyle.COVER_ISSUER, cover.issuer),
            class_="cover",
        )

    def _contents(self, block: Contents) -> html.HtmlElement:
        listed = [each for each in self._headings if each.is_listed and each.level <= block.depth]
        return make("nav", contents_list(listed), class_="contents", aria_label="目次")

    def _table(self, block: Table, width: float) -> html.HtmlElement:
        self._tables += 1
        name = f"t{self._tables}"
        return TableMaker(block, self.theme, self._texts, width, name, self.names).make()

    def _sample(self, block: SamplePage, width: float) -> html.HtmlElement:
        """Return the sample: a picture made of text, which its alternative text tells of."""
        texts = TextMaker(self.theme, is_picture=True)
        makers = [
            TableMaker(each, self.theme, texts, width, "", self.names) for each in block.tables
        ]
        marks = _marks(block, len(block.tables[-1].columns)) if block.callouts else ()
        tables = [each.picture() for each in makers[:-1]]
        tables += [each.picture(marks) for each in makers[-1:]]
        if block.numeral:
            tables.insert(0, make("p", block.numeral, class_="heading-boxed"))
        shown = make("div", *tables, class_="page", aria_hidden="true")
        told = make("div", shown, role="img", aria_label=block.alternative_text)
        whole = scrolled(told, self.names.unique("表の見本"))
        whole.set("class", "sample scrolled")
        return whole


def _lines(tag: str, style: TextStyle, *lines: str) -> Iterator[html.HtmlElement]:
    return (make(tag, text, class_=classes(style)) for text in lines if text)


def _marks(sample: SamplePage, columns: int) -> list[html.HtmlElement]:
    """Return the cells above the sample's last table, with the callouts' marks."""
    texts = dict.fromkeys(range(columns), "")
    for callout in sample.callouts:
        texts[callout.column] += callout.mark
    return [make("td", text, class_="mark") for text in texts.values()]
