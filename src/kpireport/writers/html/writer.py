"""Blocks → one page: parts, what stands around them, the bytes.

The only module of this package that knows all its stages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import html

from kpireport.document.blocks import Block, Contents, Cover, Document, Heading, Section
from kpireport.writers.html.blocks import BlockMaker
from kpireport.writers.html.contents import contents_list
from kpireport.writers.html.elements import classes, make, on_lines
from kpireport.writers.html.style import style_of
from kpireport.writers.pages import written
from kpireport.writers.theme import DEFAULT_THEME, Theme

SIGNATURE = "kpireport build"
_MAIN = "main-text"  # what the skip link leads to


@dataclass(frozen=True, slots=True)
class HtmlPart:
    """A run of the page: a chapter, or what stands before the first of a section.

    ``id`` is that of its ``section`` element, ``markup`` the whole of it in UTF-8.
    """

    id: str
    markup: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of its markup: another where anything in it is another."""
        return hashlib.sha256(self.markup).hexdigest()


def write_html(document: Document, *, theme: Theme = DEFAULT_THEME) -> bytes:
    """Return ``document`` as a page for the web that needs no other file, in UTF-8.

    The same document gives the same bytes.

    Args:
        document: the document, final in every word.
        theme: the looks.

    Raises:
        KpiReportError: a chart has a character that no font draws.
    """
    parts = (element for _, element in _parts(document, theme))
    main = make("main", *on_lines(parts), id=_MAIN, tabindex="-1")
    style = style_of(theme, notices_of(document))
    return written(
        (*_head(document), make("style", style)),
        ("\n", *on_lines((_banner(document), main))),
        language=document.metadata.language.partition("-")[0],
    )


def html_parts(document: Document, *, theme: Theme = DEFAULT_THEME) -> tuple[HtmlPart, ...]:
    """Return the parts of the page's ``main`` in their order, as :func:`write_html` has them.

    Who shows a page and makes it again replaces the parts alone whose ``digest`` is another.
    """
    return tuple(
        HtmlPart(identifier, html.tostring(element, encoding="utf-8", with_tail=False))
        for identifier, element in _parts(document, theme)
    )


def _head(document: Document) -> Iterator[html.HtmlElement]:
    about = document.metadata
    yield make("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield make("title", about.title)
    yield make("meta", name="generator", content=SIGNATURE)
    said = {
        "author": about.author,
        "description": about.subject,
        "keywords": ", ".join(about.keywords),
        "dcterms.date": about.date.isoformat(),
    }
    yield from (make("meta", name=name, content=text) for name, text in said.items() if text)


def _banner(document: Document) -> html.HtmlElement:
    """Return what stands above the page: the way past it, and what must be known everywhere."""
    notices = notices_of(document)
    skip = make("a", "本文へ", href=f"#{_MAIN}", class_="skip")
    banner = make("header", skip, class_="banner")
    if notices:
        banner.append(make("p", "　".join(notices), class_="notices"))
    return banner


def notices_of(document: Document) -> tuple[str, ...]:
    """Return the notices of all pages, each once."""
    return tuple(dict.fromkeys(each for section in document.sections for each in section.notices))


def _parts(document: Document, theme: Theme) -> Iterator[tuple[str, html.HtmlElement]]:
    maker = BlockMaker(document, theme)
    outline = _outline(document)
    for number, section in enumerate(document.sections, start=1):
        runs = list(_runs(section.blocks))
        for place, run in enumerate(runs, start=1):
            if outline is not None and not isinstance(run[0], Cover):
                yield "part-outline", outline
                outline = None
            own = run[0].id if isinstance(run[0], Heading) else f"{number}-{place}"
            elements = [
                each for block in run for each in maker.make(block, width_of(section, theme))
            ]
            if place == len(runs) and section.foot:
                elements.append(make("p", section.foot, class_="foot"))
            look = classes("begins" if place == 1 else "", "lying" if section.landscape else "")
            element = make("section", *on_lines(elements), id=f"part-{own}", class_=look)
            yield f"part-{own}", element


def _runs(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of each chapter, and those before the first of the section."""
    run: list[Block] = []
    for block in blocks:
        if run and isinstance(block, Heading) and block.level == 1:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _outline(document: Document) -> html.HtmlElement | None:
    """Return the headings as links where several chapters have no contents of their own.

    They are what a PDF has as bookmarks.
    """
    headings = tuple(document.headings())
    chapters = [each for each in headings if each.level == 1]
    if len(chapters) < 2 or any(isinstance(each, Contents) for each in document.blocks()):
        return None
    title = make("p", "目次", class_="outline-title")
    return make(
        "nav",
        title,
        contents_list(headings),
        id="part-outline",
        class_="contents",
        aria_label="目次",
    )


def width_of(section: Section, theme: Theme) -> float:
    """Return the width of a section's text in print, in points."""
    page = theme.page
    return (page.height if section.landscape else page.width) - 2 * page.margin_x
