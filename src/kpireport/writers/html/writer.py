"""Blocks → one page: parts, what stands around them, the bytes.

The only module of this package that knows all its stages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import field

from lxml import html

from kpireport.document.blocks import Block, Contents, Cover, Document, Heading, Section
from kpireport.quickly import dataclass
from kpireport.writers.html.blocks import BlockMaker, Standing
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

    ``id`` is that of its ``section`` element, ``markup`` the whole of it in UTF-8; ``origin``
    is what it was made of.
    """

    id: str
    markup: bytes
    origin: _Origin = field(compare=False, repr=False)

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
    maker = BlockMaker(document, theme)
    parts = (_element(run, maker) for run in _runs(document, theme))
    main = make("main", *on_lines(parts), id=_MAIN, tabindex="-1")
    style = style_of(theme, notices_of(document))
    return written(
        (*_head(document), make("style", style)),
        ("\n", *on_lines((_banner(document), main))),
        language=document.metadata.language.partition("-")[0],
    )


def html_parts(
    document: Document, *, theme: Theme = DEFAULT_THEME, before: Iterable[HtmlPart] = ()
) -> tuple[HtmlPart, ...]:
    """Return the parts of the page's ``main`` in their order, as :func:`write_html` has them.

    Who shows a page and makes it again replaces the parts alone whose ``digest`` is another.

    Args:
        document: the document, final in every word.
        theme: the looks.
        before: parts as they were made last, of this document or another: of the same blocks
            in the same place they are returned themselves.
    """
    known, maker = {each.id: each for each in before}, BlockMaker(document, theme)
    return tuple(_part(run, maker, known.get(run.id)) for run in _runs(document, theme))


def _part(run: _Run, maker: BlockMaker, known: HtmlPart | None) -> HtmlPart:
    begun, asked = maker.standing, len(maker.names.log)
    if (
        known is not None
        and (known.origin.begun, known.origin.run) == (begun, run)
        and maker.names.give_again(known.origin.names)
    ):
        maker.pass_over(known.origin.left)
        return known
    markup = html.tostring(_element(run, maker), encoding="utf-8", with_tail=False)
    names = tuple(maker.names.log[asked:])
    return HtmlPart(run.id, markup, _Origin(run, begun, maker.standing, names))


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


@dataclass(frozen=True, slots=True)
class _Run:
    """What a part is made of: its id, its blocks, and what is said around them.

    ``outline`` are the headings that it lists, ``width`` is that of the text in points.
    """

    id: str
    blocks: tuple[Block, ...] = ()
    outline: tuple[Heading, ...] = ()
    width: float = 0
    look: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a part was made of, and what it left to those after it: how the maker stood then.

    ``names`` are the regions that were named, as they were asked for and given.
    """

    run: _Run
    begun: Standing
    left: Standing
    names: tuple[tuple[str, str], ...]


def _element(run: _Run, maker: BlockMaker) -> html.HtmlElement:
    if not run.blocks:
        title = make("p", "目次", class_="outline-title")
        listed, look = contents_list(run.outline), "contents"
        return make("nav", title, listed, id=run.id, class_=look, aria_label="目次")
    elements = [each for block in run.blocks for each in maker.make(block, run.width)]
    if run.foot:
        elements.append(make("p", run.foot, class_="foot"))
    return make("section", *on_lines(elements), id=run.id, class_=run.look)


def _runs(document: Document, theme: Theme) -> Iterator[_Run]:
    """Yield what the parts are made of, in their order."""
    outline, headings = _outline(document), tuple(document.headings())
    for number, section in enumerate(document.sections, start=1):
        chapters = list(_chapters(section.blocks))
        for place, blocks in enumerate(chapters, start=1):
            if outline and not isinstance(blocks[0], Cover):
                yield _Run("part-outline", outline=outline)
                outline = ()
            own = blocks[0].id if isinstance(blocks[0], Heading) else f"{number}-{place}"
            yield _Run(
                f"part-{own}",
                blocks,
                headings if any(isinstance(each, Contents) for each in blocks) else (),
                width_of(section, theme),
                classes("begins" if place == 1 else "", "lying" if section.landscape else ""),
                section.foot if place == len(chapters) else "",
            )


def _chapters(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks of each chapter, and those before the first of the section."""
    run: list[Block] = []
    for block in blocks:
        if run and isinstance(block, Heading) and block.level == 1:
            yield tuple(run)
            run = []
        run.append(block)
    if run:
        yield tuple(run)


def _outline(document: Document) -> tuple[Heading, ...]:
    """Return the headings to be listed where several chapters have no contents of their own.

    They are what a PDF has as bookmarks.
    """
    headings = tuple(document.headings())
    chapters = [each for each in headings if each.level == 1]
    if len(chapters) < 2 or any(isinstance(each, Contents) for each in document.blocks()):
        return ()
    return headings


def width_of(section: Section, theme: Theme) -> float:
    """Return the width of a section's text in print, in points."""
    page = theme.page
    return (page.height if section.landscape else page.width) - 2 * page.margin_x
