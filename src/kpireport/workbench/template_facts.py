"""What a Word template (様式) sets, as far as the program reckons with it; a page laid out by it.

Comes in: a report, a template. Goes out: paper, margins, sizes and fonts in words; a picture of
one page with tables, laid out in the template's sizes with our own fonts: Word alone knows how
its own look.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from kpireport.document.blocks import (
    Block,
    Contents,
    Document,
    Heading,
    Section,
    Span,
    Table,
)
from kpireport.document.styles import HeadingStyle, TextStyle
from kpireport.errors import Problem
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.writers.theme import DEFAULT_THEME, MILLIMETRE, TextLook, Theme

_BLOCKS = 8  # that fill a page
_SCALE = 1.5  # pixels for each point
_A_PAGE = "12"  # in the place of a page's number
_STYLES = (
    ("本文", TextStyle.BODY),
    ("表の見出し", TextStyle.TABLE_HEADER),
    ("表の文", TextStyle.TABLE_TEXT),
    ("列の多い表の文", TextStyle.DENSE_TEXT),
)
_HEADINGS = (("章の見出し", HeadingStyle.CHAPTER), ("節の見出し", HeadingStyle.PLAIN))


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What a template sets, each with its name, and what its office should know of it."""

    page: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    notices: tuple[Problem, ...]


def template_facts(report: Report, template: Path | None) -> TemplateFacts:
    """Return what a template sets; ``None`` for ours.

    Raises:
        InputError: it cannot be used as a template.
    """
    theme, notices = _theme(report, template)
    return TemplateFacts(tuple(_page(theme)), tuple(_texts(theme)), notices)


def template_page(report: Report, template: Path | None) -> bytes:
    """Return a page with tables as a picture (PNG), laid out by a template.

    Raises:
        InputError: it cannot be used as a template, or the report cannot be built.
    """
    from pypdfium2 import PdfDocument

    from kpireport.writers.pdf import lay_out, paint

    theme, _ = _theme(report, template)
    with PdfDocument(paint(lay_out(_excerpt(report.document), theme=theme))) as pdf:
        picture = pdf[0].render(scale=_SCALE).to_pil()
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def _theme(report: Report, template: Path | None) -> tuple[Theme, tuple[Problem, ...]]:
    from kpireport.writers.docx.template_looks import theme_of_template

    if template is None:
        return DEFAULT_THEME, ()
    with_it = Report(report.settings, report.folder).in_template(template)
    base = with_it.base
    with_it.findings.settle()
    assert base is not None  # noqa: S101 -- else there was an error
    return theme_of_template(base), with_it.findings.warnings


def _excerpt(document: Document) -> Document:
    """Return of a document what fills a page: a chapter's beginning with its first tables."""
    for section in document.sections:
        starts = [at for at, each in enumerate(section.blocks) if isinstance(each, Heading)]
        for start in starts:
            blocks = section.blocks[start : start + _BLOCKS]
            if sum(isinstance(each, Table) for each in blocks) > 1:
                return _alone(document, replace(section, blocks=blocks))
    return _alone(document, *islice(document.sections, 1))


def _alone(document: Document, *sections: Section) -> Document:
    """Return a document of some sections, which refer to nothing that is left out with the rest."""
    kept = (
        replace(each, blocks=tuple(_unlinked(block) for block in each.blocks if _is_whole(block)))
        for each in sections
    )
    return replace(document, sections=tuple(kept))


def _is_whole(block: Block) -> bool:
    return not isinstance(block, Contents)


def _unlinked(part: Any) -> Any:  # noqa: ANN401 -- blocks of every kind, and what they hold
    """Return a block, or a part of one, without its links to other blocks and their pages."""
    if isinstance(part, tuple):
        return tuple(map(_unlinked, part))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    if isinstance(part, Span):
        text = _A_PAGE if part.is_page else part.text
        return replace(part, text=text, target=None, is_page=False, until="")
    return replace(
        part, **{each.name: _unlinked(getattr(part, each.name)) for each in fields(part)}
    )


def _page(theme: Theme) -> Iterator[tuple[str, str]]:
    page = theme.page
    yield "用紙（縦のページ）", f"{_mm(page.width)}×{_mm(page.height)} mm"
    yield "上の余白", f"{_mm(page.margin_top)} mm"
    yield "下の余白", f"{_mm(page.margin_bottom)} mm"
    yield "左右の余白", f"{_mm(page.margin_x)} mm"


def _texts(theme: Theme) -> Iterator[tuple[str, str]]:
    for name, heading in _HEADINGS:
        yield name, _look(theme.heading[heading])
    for name, style in _STYLES:
        yield name, _look(theme.text[style])
    yield "ページ番号", _look(theme.page_number)


def _look(look: TextLook) -> str:
    return f"{look.size:g} ポイント、行の高さ {look.leading:.3g} ポイント"


def _mm(points: float) -> str:
    return f"{points / MILLIMETRE:.0f}"
