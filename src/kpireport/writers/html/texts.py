"""Paragraphs, lists and notes → elements, with the links between them.

Comes in: blocks of text. Goes out: elements of HTML. A single paragraph in a cell or an item
is that element's own text, as in the PDF's structure tree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from typing import assert_never

from lxml import html

from kpireport.document.blocks import (
    Bar,
    CellBlock,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    Span,
    Sparkline,
)
from kpireport.document.styles import SpanStyle
from kpireport.quickly import dataclass
from kpireport.writers.html.elements import Content, classes, make
from kpireport.writers.html.pictures import draw_bar, draw_spark
from kpireport.writers.theme import Theme

PAGE_LINK = "参照"
"""What leads to where something stands, in the place of its page's number."""


@dataclass(slots=True)
class TextMaker:
    """Makes the elements of texts; ``notes`` are the ids of those that can be referred to.

    ``referred`` has what refers first to each of them by now.

    One that ``is_picture`` makes what readers are told of by words elsewhere: there is nothing
    to hear and nowhere to go in it.
    """

    theme: Theme
    notes: Collection[str] = ()
    is_picture: bool = False
    referred: dict[str, str] = field(default_factory=dict)  # note → id of what refers first

    def content(self, blocks: Sequence[CellBlock], width: float) -> tuple[str, list[Content]]:
        """Return the content of an element that holds ``blocks``, and the classes that it needs.

        Args:
            blocks: what it holds.
            width: the room for pictures, in points.
        """
        texts = [block for block in blocks if not isinstance(block, Bar | Sparkline)]
        alone = texts[0] if len(texts) == 1 else None
        style = classes(alone.style) if isinstance(alone, Paragraph) else ""
        content: list[Content] = []
        for block in blocks:
            match block:
                case Paragraph():
                    content += self.spans(block) if block is alone else [self.paragraph(block)]
                case ItemList():
                    content.append(self.item_list(block, width))
                case Bar():
                    content.append(draw_bar(block, width, self.theme))
                case Sparkline():
                    content.append(draw_spark(block, width, self.theme))
                case _:
                    assert_never(block)
        return style, content

    def paragraph(self, block: Paragraph) -> html.HtmlElement:
        """Return a paragraph of its own."""
        return make("p", *self.spans(block), class_=classes(block.style))

    def item_list(self, block: ItemList, width: float) -> html.HtmlElement:
        """Return a list; its labels are text (⑴, ・), for they are the document's own."""
        items = (self._item(item, width) for item in block.items)
        # a list without markers of its own is none to some readers, unless it says so
        return make("ul", *items, class_=classes("items", block.style), role="list")

    def _item(self, item: ListItem, width: float) -> html.HtmlElement:
        style, content = self.content(item.content, width)
        label = make("span", item.label, class_="label")
        return make("li", label, make("div", *content, class_=style))

    def note(self, note: Note) -> html.HtmlElement:
        """Return a note, whose label leads back to what refers to it first."""
        back = self.referred.get(note.id)
        label: Content = note.label
        if back:
            name = f"{note.label}の付いたところへ戻る"
            label = make("a", note.label, href=f"#{back}", role="doc-backlink", aria_label=name)
        return make(
            "div",
            make("span", label, class_="label"),
            make("div", *(self.paragraph(each) for each in note.content)),
            class_=classes("footnote", note.style),
            role="doc-footnote",
            id=note.id,
        )

    def spans(self, block: Paragraph) -> list[Content]:
        """Return a paragraph's text."""
        return [part for span in block.spans for part in self._span(span)]

    def _span(self, span: Span) -> Iterator[Content]:
        text = PAGE_LINK if span.is_page else span.text
        content: list[Content] = list(with_breaks(text))
        if span.target and not self.is_picture:
            content = [self._link(span.target, content, "go" if span.is_page else "")]
        elif span.spoken is not None and not self.is_picture:
            content = [_spoken(span.spoken, content)]
        match span.style:
            case SpanStyle.PLAIN:
                yield from content
            case SpanStyle.STRONG:
                yield make("strong", *content)
            case SpanStyle.NOTE_MARK:
                yield make("sup", *content)
            case _:
                assert_never(span.style)

    def _link(self, target: str, content: Sequence[Content], look: str) -> html.HtmlElement:
        if target not in self.notes:
            return make("a", *content, href=f"#{target}", class_=look)
        identifier = None
        if target not in self.referred:
            identifier = self.referred[target] = f"{target}-from"
        return make("a", *content, href=f"#{target}", role="doc-noteref", id=identifier)


def _spoken(word: str, content: Sequence[Content]) -> html.HtmlElement:
    """Return what is heard as a ``word``, or not at all where that is blank."""
    if not word.strip():
        return make("span", *content, aria_hidden="true")
    return make("span", *content, role="img", aria_label=word)


def with_breaks(text: str) -> Iterator[Content]:
    """Yield ``text`` with its forced line breaks."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield make("br")
        if line:
            yield line
