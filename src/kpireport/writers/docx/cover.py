"""The cover: its lines at their places on the page, as paragraphs with space above them.

Comes in: a cover and the height of its text area. Goes out: paragraphs in the cover's
styles. The styles know the space above each line of a usual cover; where a label, a
third line of the title or a notice takes some of it, the paragraph says what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpireport.document.blocks import Cover, Paragraph, Span
from kpireport.document.styles import TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.paragraphs import Direct, TextWriter, WordParagraph, box_indent
from kpireport.writers.docx.text_styles import COVER_LABEL_GAP, cover_space, usual_cover_space
from kpireport.writers.docx.units import twips
from kpireport.writers.theme import Theme


class _Part(NamedTuple):
    """The lines of one style."""

    lines: Sequence[str]
    style: TextStyle

    def height(self, theme: Theme) -> float:
        """Return how high the lines are, in points."""
        return len(self.lines) * theme.text[self.style].leading


def cover_paragraphs(
    cover: Cover, writer: TextWriter, width: int, height: int
) -> Iterator[WordParagraph]:
    """Yield the cover in a text area of ``width`` by ``height`` twips, a paragraph per part."""
    top = 0.0
    if cover.council_label:
        yield _label(cover.council_label, writer, width)
        top += writer.theme.text[TextStyle.COVER_LABEL].leading + COVER_LABEL_GAP
    for part in _parts(cover):
        space = cover_space(part.style, top, height / 20)
        yield _placed(part, space, writer, width)
        top += space + part.height(writer.theme)


def _parts(cover: Cover) -> Iterator[_Part]:
    parts = (
        _Part((cover.committee,), TextStyle.COVER_COMMITTEE),
        _Part(cover.title, TextStyle.COVER_TITLE),
        _Part((cover.year,), TextStyle.COVER_YEAR),
        _Part(cover.notices, TextStyle.COVER_NOTICE),
        _Part((cover.date,), TextStyle.COVER_DATE),
        _Part((cover.issuer,), TextStyle.COVER_ISSUER),
    )
    return (part for part in parts if any(part.lines))


def _label(label: str, writer: TextWriter, width: int) -> WordParagraph:
    look = writer.theme.text[TextStyle.COVER_LABEL]
    usual = writer.base.unnumbered.text_width(landscape=False)
    indent = box_indent(label, look, width, usual, at_right=True)
    return writer.plain(names.text_style(TextStyle.COVER_LABEL), label, Direct(indent=indent))


def _placed(part: _Part, space: float, writer: TextWriter, width: int) -> WordParagraph:
    """Return the part with ``space`` points above it, said where its style does not."""
    paragraph = writer.paragraph(Paragraph((Span("\n".join(part.lines)),), part.style), width)
    if twips(space) == twips(usual_cover_space(part.style, writer.theme)):
        return paragraph
    return paragraph._replace(direct=paragraph.direct._replace(space_before=twips(space)))
