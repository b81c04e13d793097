"""Blocks of text → Word paragraphs (ECMA-376-1, 17.3).

Comes in: paragraphs, lists, notes, headings. Goes out: :class:`WordParagraph`,
a paragraph whose last properties (a page break before it, the section that it
ends) its surroundings may still add.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from typing import NamedTuple, assert_never

from kpireport.document.blocks import (
    TO_PAGE,
    Bar,
    Caption,
    CellBlock,
    Heading,
    ItemList,
    Note,
    Paragraph,
    Span,
    Sparkline,
)
from kpireport.document.styles import HeadingStyle, SpanStyle, TextStyle
from kpireport.quickly import dataclass
from kpireport.writers.breaks import Breaking
from kpireport.writers.cell_pictures import lay_bar
from kpireport.writers.docx import names
from kpireport.writers.docx.bookmarks import Bookmarks
from kpireport.writers.docx.controls import Controls
from kpireport.writers.docx.fields import page_of, reference, sequence
from kpireport.writers.docx.line_ends import LINE_ENDS, is_edited, with_line_ends
from kpireport.writers.docx.markup import NOTHING, Xml, element, join, paragraph_properties, text, w
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.numbering import Numbering
from kpireport.writers.docx.package import Base
from kpireport.writers.docx.pictures import Pictures
from kpireport.writers.docx.styles import note_mark_position
from kpireport.writers.docx.units import box_margins, spread_margin, twips
from kpireport.writers.theme import Align, TextLook, Theme
from kpireport.writers.widths import page_targets


class Indent(NamedTuple):
    """``w:ind`` in twips (17.3.1.12); ``hanging`` is for a label before the text."""

    left: int = 0
    right: int = 0
    first_line: int = 0
    hanging: int = 0

    def xml(self) -> Xml:
        """Return the element."""
        first = {"hanging": self.hanging} if self.hanging else {"firstLine": self.first_line}
        return w("ind", left=self.left, right=self.right, **first)


class Direct(NamedTuple):
    """Direct formatting: only what a style cannot know; ``None`` is as the style says."""

    keep_next: bool | None = None
    page_break_before: bool = False
    number: int | None = None
    space_before: int | None = None
    indent: Indent | None = None
    tabs: Xml = NOTHING
    line: int | None = None
    """The exact height of its lines."""

    def spacing(self) -> Xml:
        """``w:spacing`` (17.3.1.33) beyond the style's."""
        said: dict[str, str | int] = {}
        if self.space_before is not None:
            said["before"] = self.space_before
        if self.line is not None:
            said |= {"line": self.line, "lineRule": "exact"}
        return w("spacing", **said) if said else NOTHING


PLAIN = Direct()
KEEP_NEXT = Direct(keep_next=True)

_KEEPS = {None: NOTHING, True: w("keepNext"), False: w("keepNext", val=0)}  # 17.3.1.15


class WordParagraph(NamedTuple):
    """A paragraph that is not yet written: its style's id, its runs, its direct formatting.

    ``source`` is its block's.
    """

    style: str
    content: Xml
    direct: Direct = PLAIN
    source: str = ""

    def xml(self, section: Xml = NOTHING) -> Xml:
        """Return ``w:p``; ``section`` is the ``w:sectPr`` of the section that it ends."""
        return Xml(f"{self.begins(section)}{self.content}</w:p>")

    def begins(self, section: Xml = NOTHING) -> Xml:
        """Return what stands before its content."""
        return Xml(f"<w:p>{_properties(self.style, self.direct, section)}")

    def kept(self, *, keep_next: bool | None) -> WordParagraph:
        """Return the paragraph on a page with what follows it, or not, or as its style says."""
        return self._replace(direct=self.direct._replace(keep_next=keep_next))


@lru_cache(maxsize=4096)
def _properties(style: str, direct: Direct, section: Xml) -> Xml:
    return paragraph_properties(
        w("pStyle", val=style),
        _KEEPS[direct.keep_next],
        w("pageBreakBefore") if direct.page_break_before else NOTHING,
        _numbered(direct.number) if direct.number is not None else NOTHING,
        direct.tabs,
        direct.spacing(),
        direct.indent.xml() if direct.indent else NOTHING,
        section,
    )


def _numbered(number: int) -> Xml:
    """``w:numPr`` (17.3.1.19): the paragraph is an item of the list ``number``."""
    return w("numPr", w("ilvl", val=0), w("numId", val=number))


@dataclass(frozen=True, slots=True)
class TextWriter:
    """Writes text in the styles of a base document; ``sample`` in their reduced twins."""

    base: Base
    theme: Theme
    numbering: Numbering
    bookmarks: Bookmarks
    pictures: Pictures
    controls: Controls
    sample: bool = False
    breaks_lines: bool = True
    """The fonts are ours, so the lines of texts that nobody edits end where the PDF's do."""
    theme_shade: str = ""
    """The theme's colour of header cells."""
    page_numbers: Mapping[str, str] = field(default_factory=dict)
    """The printed pages of what is listed or referred to, by the blocks' ids."""
    """These are another program's pages: Word is to work them out anew."""
    _known: dict[tuple[tuple[Span, ...], TextStyle, bool, int, int], WordParagraph] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Most paragraphs of cells stand in many: what is alike is set once, whoever's it is."""

    def reduced(self) -> TextWriter:
        """Return the writer of the sample page's text."""
        return replace(self, theme=self.theme.reduced(self.theme.sample_scale), sample=True)

    def style_id(self, style: WordStyle) -> str:
        """Return the base document's id of ``style``."""
        return self.base.style_id(style)

    def plain(self, style: WordStyle, string: str = "", direct: Direct = PLAIN) -> WordParagraph:
        """Return a paragraph of one plain text in a style of the writer's own."""
        return WordParagraph(self.style_id(style), run(string) if string else NOTHING, direct)

    def blocks(
        self, blocks: Sequence[CellBlock], width: int, direct: Direct = PLAIN, left: int = 0
    ) -> Iterator[WordParagraph]:
        """Yield the paragraphs of ``blocks``, ``left`` twips from the edge of ``width``."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield self.paragraph(block, width, direct, left)
                case ItemList():
                    yield from self._list(block, width, direct, left)
                case Bar():
                    yield self._bar(block, width - left, direct)
                case Sparkline():
                    look = self.theme.spark
                    picture = self.pictures.spark(block, width - left)
                    line = twips(look.height + look.space_after)
                    yield self._pictured(picture, direct._replace(line=line))
                case _:
                    assert_never(block)

    def paragraph(
        self, paragraph: Paragraph, width: int, direct: Direct = PLAIN, left: int = 0
    ) -> WordParagraph:
        """Return one paragraph.

        ``left`` is where its text is to begin; where that is not what its style
        says (prose inside a list), an indent says so.
        """
        spans, source = paragraph.spans, paragraph.source
        key = (spans, paragraph.style, bool(source), width, left)
        known = self._known.get(key)
        if known is None:
            known = self._set(paragraph, width, left)
            if not any(span.source for span in spans):
                self._known[key] = known
        indent = known.direct.indent
        direct = direct if indent is None else direct._replace(indent=indent)
        return WordParagraph(known.style, known.content, direct, source)

    def _set(self, paragraph: Paragraph, width: int, left: int) -> WordParagraph:
        look = self.theme.text[paragraph.style]
        if look.align is Align.DISTRIBUTE:
            indent = _spread_indent(paragraph.text, look, width)
        else:
            indent = _shifted_indent(look, left)
        style = names.text_style(paragraph.style, sample=self.sample)
        is_short = look.breaking is not Breaking.FILLED or paragraph.style in names.IN_TABLES
        if self.breaks_lines and is_short:
            paragraph = with_line_ends(paragraph, look, (width - left) / 20)
        runs = self._runs(paragraph.spans)
        direct = Direct(indent=indent) if indent else PLAIN
        return WordParagraph(self.style_id(style), runs, direct, paragraph.source)

    def _bar(self, bar: Bar, width: int, direct: Direct) -> WordParagraph:
        bullet = lay_bar(bar, width / 20, self.theme.bar)
        if bullet.height > self.theme.bar.height:  # than the line of its style has room for
            direct = direct._replace(line=twips(bullet.height + bullet.space_after))
        return self._pictured(self.pictures.bar(bar, width), direct)

    def _pictured(self, picture: Xml, direct: Direct) -> WordParagraph:
        return WordParagraph(self.style_id(names.TABLE_BAR), picture, direct)

    def _list(
        self, block: ItemList, width: int, direct: Direct, left: int
    ) -> Iterator[WordParagraph]:
        """Yield a list's paragraphs; an item's first carries the label (17.9).

        A list that its style keeps together does not stay with what follows it.
        """
        if not block.items:
            return
        look = self.theme.text[block.style]
        *others, last = self._items(block, look, width, direct, left)
        yield from others
        is_kept = look.keep_with_next and not direct.keep_next
        yield last.kept(keep_next=False) if is_kept else last

    def _items(
        self, block: ItemList, look: TextLook, width: int, direct: Direct, left: int
    ) -> Iterator[WordParagraph]:
        room = twips(look.label_em * look.size)
        labels = [item.label for item in block.items]
        numbers = self.numbering.list_numbers(
            labels, left=left + room, room=room, em=twips(look.size)
        )
        for item, number in zip(block.items, numbers, strict=True):
            content = _begun_with_text(item.content, block.style)
            first, *others = self.blocks(content, width, direct, left + room)
            yield first._replace(direct=first.direct._replace(number=number, indent=None))
            yield from others

    def note(self, note: Note) -> Iterator[WordParagraph]:
        """Yield a note's paragraphs: the label hangs before the first, a tab after it."""
        parts = note.content or (Paragraph((), note.style),)
        look = self.theme.text[note.style]
        room = twips(look.label_em * look.size)
        label = self.bookmarks.around(note.id, run(note.label))
        first, *others = (self.paragraph(part, 0, left=room) for part in parts)
        yield first._replace(content=join((label, w("r", w("tab")), first.content)))
        for other in others:
            yield other._replace(direct=other.direct._replace(indent=Indent(left=room)))

    def heading(self, heading: Heading, width: int, entry: Xml = NOTHING) -> WordParagraph:
        """Return a heading, bookmarked so that contents and links find it.

        ``entry`` is the field with its line in the contents, where it has one.
        """
        style = names.heading_style(heading.style, heading.level, is_listed=heading.is_listed)
        content = self.bookmarks.around(heading.id, run(heading.text))
        further = self._unseen((heading.outline or "").removeprefix(heading.text))
        paragraph = WordParagraph(self.style_id(style), join((entry, content, further)))
        if heading.style is not HeadingStyle.BOXED:
            return paragraph
        look = self.theme.heading[heading.style]
        usual = self.base.numbered.text_width(landscape=False)
        indent = box_indent(heading.text, look, width, usual)
        return paragraph._replace(direct=Direct(indent=indent))

    def _unseen(self, string: str) -> Xml:
        """Return what the list of headings has to say of one beyond what the page says."""
        style = w("rPr", w("rStyle", val=self.style_id(names.UNSEEN)))
        return run(string.replace("\n", ""), style) if string else NOTHING

    def caption(self, caption: Caption) -> WordParagraph:
        """Return a caption, whose number Word counts; what refers to it repeats the bookmark."""
        number = sequence(caption.kind, caption.number, run(caption.number))
        label = self.bookmarks.around(caption.id, join((run(caption.kind), number)))
        style = names.text_style(TextStyle.CAPTION)
        return WordParagraph(self.style_id(style), join((label, run(f"\u3000{caption.text}"))))

    def _runs(self, spans: Sequence[Span]) -> Xml:
        return join(self._span(span) for span in spans if span.text or span.is_page)

    def _span(self, span: Span) -> Xml:
        """Return a run, within what leads to the block that it refers to.

        Where it says what the block says, it is a field that follows a change of it. A
        note's mark is not: LibreOffice prints a raised field at half its size.
        """
        if span.is_page and span.target:
            before = run(span.text) if span.text else NOTHING  # where a line ends
            targets = page_targets(span.target, span.until, self.page_numbers)
            first, *others = (self.linked(self.page_of(each), each) for each in targets)
            return join((before, first, *(join((run(TO_PAGE), each)) for each in others)))
        written = run(span.text, self._character_style(span.style))
        written = self.controls.runs(span.source, written)
        if not span.target:
            return written
        is_same = self.bookmarks.texts.get(span.target) == span.text
        if is_same and span.style is not SpanStyle.NOTE_MARK:
            return reference(self.bookmarks.name(span.target), written)
        return self.linked(written, span.target)

    def _character_style(self, style: SpanStyle) -> Xml:
        match style:
            case SpanStyle.PLAIN:
                return NOTHING
            case SpanStyle.STRONG:
                return w("rPr", w("rStyle", val=self.style_id(names.STRONG)))
            case SpanStyle.NOTE_MARK:
                mark = w("rStyle", val=self.style_id(names.NOTE_MARK))
                return w("rPr", mark, note_mark_position(self.theme))
            case _:
                assert_never(style)

    def page_of(self, target: str) -> Xml:
        """Return the field with the number of the page that ``target`` is on."""
        return page_of(self.bookmarks.name(target), self.page_numbers.get(target, ""))

    def linked(self, runs: Xml, target: str) -> Xml:
        """``w:hyperlink`` to a bookmark of this document (17.16.22)."""
        attributes = {"w:anchor": self.bookmarks.name(target), "w:history": "1"}
        return element("w:hyperlink", runs, attributes=attributes)


def is_repeatable(block: CellBlock) -> bool:
    """Tell whether a block is written alike wherever it stands.

    Lists and texts that may be edited have numbers of their own each time.
    """
    if isinstance(block, Paragraph):
        return not is_edited(block)
    return not isinstance(block, ItemList)


def run(string: str, properties: Xml = NOTHING) -> Xml:
    """``w:r`` (17.3.2.25); a line break in the text becomes ``w:br``, a tab ``w:tab``."""
    content = text(string)
    if "\n" in content:
        content = Xml(content.replace("\n", f"{_TEXT_ENDS}<w:br/>{_TEXT_BEGINS}"))
    if LINE_ENDS in content:
        content = Xml(content.replace(LINE_ENDS, _LINE_ENDS))
    if "\t" in content:
        content = Xml(content.replace("\t", f"{_TEXT_ENDS}<w:tab/>{_TEXT_BEGINS}"))
    return Xml(f"<w:r>{properties}{_TEXT_BEGINS}{content}{_TEXT_ENDS}</w:r>")


_TEXT_BEGINS, _TEXT_ENDS = '<w:t xml:space="preserve">', "</w:t>"
_LINE_ENDS = f'{_TEXT_ENDS}<w:br w:type="textWrapping" w:clear="all"/>{_TEXT_BEGINS}'


def without_line_ends(content: Xml) -> Xml:
    """Return runs whose lines end where Word has them end."""
    return Xml(content.replace(_LINE_ENDS, ""))


def _begun_with_text(content: Sequence[CellBlock], style: TextStyle) -> Sequence[CellBlock]:
    """Return an item's content begun by a paragraph: a label needs one to stand on."""
    return (
        content
        if isinstance(next(iter(content), None), Paragraph)
        else (Paragraph((), style), *content)
    )


def _spread_indent(string: str, look: TextLook, width: int) -> Indent | None:
    """Return the indent that keeps a distributed word (均等割付) readable as a word."""
    margin = spread_margin(string.split("\n"), look.size, width)
    return Indent(left=margin, right=margin) if margin else None


def _shifted_indent(look: TextLook, left: int) -> Indent | None:
    """Return the indent of a text that begins elsewhere than its style says."""
    if left == twips(look.label_em * look.size):
        return None
    return Indent(
        left=left + twips(look.indent_em * look.size),
        first_line=twips(look.first_line_em * look.size),
    )


def box_indent(
    string: str, look: TextLook, width: int, usual_width: int, *, at_right: bool = False
) -> Indent | None:
    """Return the indent that makes the box of a word, where its style's is not the right one.

    The style knows the usual text width and a box for a character or two.
    """
    margins = box_margins(string, look.size, width)
    if margins == box_margins("", look.size, usual_width):
        return None
    near, far = margins
    return Indent(left=far, right=near) if at_right else Indent(left=near, right=far)
