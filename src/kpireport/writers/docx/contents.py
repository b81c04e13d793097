r"""目次: a contents field whose lines stand filled in, and that Word can update.

Comes in: the document's headings and the pages that they are printed on. Goes out:
a ``TOC`` field (17.16.5.68) in its content control, one paragraph per line: title,
dots, page number, the whole a link to the heading.

Updated, the field takes its lines from the headings' styles. Where the contents say
more than the page (a goal's numeral in its box, its name in 目次), headings of that
style have their lines in ``TC`` fields instead. The field lists the styles by name
(``\t``) rather than by outline levels (``\o``, ``\u``): LibreOffice would list the
bare numerals too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from kpireport.document.blocks import Contents, Heading
from kpireport.document.styles import HeadingStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.fields import FIELD_ENDS, contents_entry, field_begins
from kpireport.writers.docx.markup import NOTHING, Xml, join, w
from kpireport.writers.docx.paragraphs import (
    PLAIN,
    Direct,
    TextWriter,
    WordParagraph,
    run,
)
from kpireport.writers.docx.text_styles import dotted_tab
from kpireport.writers.docx.units import twips


class _Kind(NamedTuple):
    """What has a style of its own."""

    style: HeadingStyle
    level: int


@dataclass(slots=True)
class ContentsWriter:
    """Writes the contents of a document."""

    writer: TextWriter
    headings: Sequence[Heading]
    is_wanted: bool
    """The document has contents."""
    _titled: Set[_Kind] = field(init=False)
    """The kinds of headings whose lines are not their text."""

    def __post_init__(self) -> None:
        listed = (heading for heading in self.headings if heading.is_listed)
        self._titled = {
            _kind(heading)
            for heading in listed
            if heading.status or _title(heading) != heading.text or not is_printed(heading)
        }

    def entry(self, heading: Heading) -> Xml:
        """Return the field that gives ``heading`` its line, if its style does not."""
        if self.is_wanted and heading.is_listed and _kind(heading) in self._titled:
            return contents_entry(_line_text(heading), heading.level)
        return NOTHING

    def pieces(self, contents: Contents, width: int, direct: Direct = PLAIN) -> Iterator[Xml]:
        """Yield the contents for a text ``width`` in twips; ``direct`` is for the first line."""
        lines = [self._line(heading) for heading in self._listed(contents)]
        if not lines:
            return
        listed = list(self._listed(contents))
        first, last = lines[0], lines[-1]
        begins = field_begins(self._instruction(contents))
        yield _BEGINS
        for heading, line in zip(listed, lines, strict=True):
            content = join(
                (
                    begins if line is first else NOTHING,
                    line.content,
                    FIELD_ENDS if line is last else NOTHING,
                )
            )
            tabs = self._tabs(heading, width)
            placed = (direct if line is first else PLAIN)._replace(tabs=tabs)
            yield WordParagraph(line.style, content, placed).xml()
        yield _ENDS

    def _instruction(self, contents: Contents) -> str:
        """Return ``TOC`` with the styles to list: those in use, and Word's own headings."""
        levels = [level for level in names.HEADING_LEVELS if level <= contents.depth]
        own = dict.fromkeys(_Kind(names.own_heading(level), level) for level in levels)
        kinds = own | dict.fromkeys(_kind(heading) for heading in self._listed(contents))
        styles = (
            f"{name},{kind.level}"
            for kind in kinds
            if kind not in self._titled
            for name in names.field_names(*kind)
        )
        return f'TOC \\h \\z \\t "{",".join(styles)}" \\f C'

    def _listed(self, contents: Contents) -> Iterator[Heading]:
        for heading in self.headings:
            if heading.is_listed and heading.level <= contents.depth:
                yield heading

    def _line(self, heading: Heading) -> WordParagraph:
        """Return a line, all of it a link (17.16.22), without the contents field around it."""
        parts = filter(None, (_title(heading), heading.status))
        number = self.writer.page_of(heading.id)
        runs = join((*(join((run(part), _TAB)) for part in parts), number))
        link = self.writer.linked(runs, heading.id)
        style = names.contents_style(self._level(heading))
        return WordParagraph(self.writer.style_id(style), link)

    def _level(self, heading: Heading) -> int:
        return min(heading.level, max(self.writer.theme.contents))

    def _tabs(self, heading: Heading, width: int) -> Xml:
        """Return the tab at the right margin, where it is not the style's.

        A status has one before it, at which the dots end.
        """
        usual = self.writer.base.unnumbered.text_width(landscape=False)
        if heading.status:
            look = self.writer.theme.contents[self._level(heading)]
            return dotted_tab(width - twips(_NUMBER_EM * look.size), width, without=usual)
        return NOTHING if width == usual else dotted_tab(width, without=usual)


def is_printed(heading: Heading) -> bool:
    """Tell whether a heading has a paragraph of its own; one of a row has not."""
    return heading.style is not HeadingStyle.ROW


def _kind(heading: Heading) -> _Kind:
    return _Kind(heading.style, heading.level)


def _line_text(heading: Heading) -> str:
    """Return the whole line: an updated field knows no tab but the one before the number."""
    return "\u3000".join(filter(None, (_title(heading), heading.status)))


def _title(heading: Heading) -> str:
    """Return what the contents say for ``heading``, in one line."""
    return (heading.outline or heading.text).replace("\n", "")


_TAB = w("r", w("tab"))
_NUMBER_EM = 2.5  # room for a page number behind a status

_BEGINS = Xml(
    "<w:sdt>"
    + w(
        "sdtPr",
        w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique")),
    )
    + "<w:sdtContent>"
)
_ENDS = Xml("</w:sdtContent></w:sdt>")
