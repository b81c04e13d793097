"""Painting: every mark on a page is an element's content or an artifact.

Comes in: placed runs, fills and rules. Goes out: page content in which each
operator stands inside one marked-content sequence (ISO 32000-1, 14.6; PDF/UA-1,
7.1): either numbered content of a structure element or ``Artifact``.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import lru_cache
from itertools import chain, groupby
from typing import Literal, TypeAlias

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFPage, PDFStream, PDFZCompress
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kpireport.document.blocks import TO_PAGE
from kpireport.quickly import dataclass
from kpireport.writers.pdf.cell_pictures import drawn, rgb
from kpireport.writers.pdf.strips import Run, Strip
from kpireport.writers.pdf.structure import (
    Destination,
    Element,
    Link,
    Structure,
    pdf_text,
)
from kpireport.writers.pdf.typeset import text_width
from kpireport.writers.pdf.update import COMPRESSION
from kpireport.writers.widths import page_targets

_Part: TypeAlias = str | Callable[[], str]  # operators, or what returns them in the end

_CONTENT = "% content"  # stands for a page's content in the canvas

_KEPT_TEXTS = 10_000  # of a document, whose operators are known: the same words come again

Rule: TypeAlias = tuple[float, float, float, float]
"""A straight line from one point, x and y, to another."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle; ``y`` is its lower edge, ``color`` RGB in hex."""

    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """What shows a text: ``operators`` that come after ``first``, where that is not so already.

    Both ``first`` and ``last`` select a subset of the font in a size.
    """

    first: str
    operators: str
    last: str


@dataclass(slots=True)
class Painter:
    """Paints pages on a canvas; coordinates are points from the page's lower left."""

    canvas: Canvas
    structure: Structure
    page: int = 0
    destinations: dict[str, Destination] = field(default_factory=dict)
    _parts: list[_Part] = field(default_factory=list)
    _unfinished: list[tuple[PDFPage, list[_Part]]] = field(default_factory=list)
    _next_mcid: int = 0
    _owner: Element | None = None  # of the open marked-content sequence
    _is_marked: bool = False
    _figure: Element | None = None
    _artifact: str = "/Artifact BMC"
    _page_numbers: Mapping[str, str] = field(default_factory=dict)
    _font: str = ""  # what has selected it
    _shown: Callable[[str, TTFont, float], _Shown] = field(init=False)

    def __post_init__(self) -> None:
        self._shown = lru_cache(maxsize=_KEPT_TEXTS)(self._show)

    # pages

    def end_page(self, size: tuple[float, float]) -> None:
        """Hand the page's content to the canvas and begin the next page."""
        self._close()
        self.canvas.setPageSize(size)
        self.canvas.addLiteral(_CONTENT)
        self.canvas.showPage()
        page = self.canvas._doc.Pages[-1]  # noqa: SLF001 - the canvas has no name for it
        if all(isinstance(part, str) for part in self._parts):
            _set_content(page, self._parts)
        else:
            self._unfinished.append((page, list(_joined(self._parts))))
        self._parts = []
        self.page += 1
        self._next_mcid = 0
        self._font = ""

    def finish(self, page_numbers: Mapping[str, str]) -> bytes:
        """Return the drawn pages as a file, with the printed ``page_numbers`` of blocks by ids.

        The canvas is given up: its pages would stand in memory twice.
        """
        self._page_numbers = page_numbers
        while self._unfinished:  # each page's text is let go as it is compressed
            _set_content(*self._unfinished.pop())
        drawn: bytes = self.canvas.getpdfdata()
        del self.canvas
        return drawn

    def anchor(self, identifier: str, top: float) -> None:
        """Note that the block ``identifier`` begins at the height ``top`` of this page."""
        self.destinations.setdefault(identifier, Destination(self.page, top))

    # marked content

    def _mark(self, element: Element | None, actual_text: str = "") -> None:
        """Continue or begin the content of ``element``; ``None`` is an artifact.

        ``actual_text`` is what the content says where its glyphs do not tell (14.9.4).
        """
        if self._figure is not None:
            element = self._figure
        if self._is_marked and self._owner is element:
            return
        self._close()
        if element is None:
            self._parts.append(self._artifact)
        else:
            self.structure.mark(element, self.page, self._next_mcid)
            entries = f"/MCID {self._next_mcid}"
            if actual_text:
                entries += f" /ActualText {pdf_text(actual_text)}"
            self._parts.append(f"/{element.tag} << {entries} >> BDC")
            self._next_mcid += 1
        self._owner, self._is_marked = element, True

    def _close(self) -> None:
        if self._is_marked:
            self._parts.append("EMC")
            self._is_marked = False

    @contextmanager
    def figure(self, element: Element) -> Iterator[None]:
        """Paint everything inside as the content of one figure."""
        self._figure = element
        try:
            yield
        finally:
            self._close()
            self._figure = None

    @contextmanager
    def pagination(self, kind: Literal["Header", "Footer"]) -> Iterator[None]:
        """Paint everything inside as a running header or footer (PDF/UA-1, 7.8).

        Table 330 of ISO 32000-1, 14.8.2.2, has the entries.
        """
        self._close()
        usual = self._artifact
        self._artifact = f"/Artifact << /Type /Pagination /Subtype /{kind} >> BDC"
        try:
            yield
        finally:
            self._close()
            self._artifact = usual

    # text

    def strip(self, strip: Strip, elements: Sequence[Element], x: float, top: float) -> None:
        """Paint a line of text whose upper left corner is at ``x``, ``top``.

        ``elements`` are those of the content that it is part of; without any it is an artifact.
        """
        if strip.anchor:
            self.anchor(strip.anchor, top)
        if strip.picture is not None:
            self.operators(drawn(strip.picture, x, top))
        for placed in strip.runs:
            run = placed.run
            element = elements[placed.part] if elements else None
            left = x + placed.shift
            if element is not None and run.target:
                self._linked_run(run, element, left, top, strip)
            elif element is not None and (run.is_distributed or run.spoken):
                self._worded_run(run, element, left + run.x, top - strip.baseline)
            elif run.is_page:
                self._mark(element)
                self._page_number(run, left, top, strip)
            else:
                self._mark(element)
                self._text(run, left + run.x, top - strip.baseline)

    def _page_number(
        self, run: Run, x: float, top: float, strip: Strip, link: Link | None = None
    ) -> None:
        """Paint the number of the page of the run's target; ``link`` goes there."""

        def write() -> str:
            number = self._numbered(run)
            left = x + number.x
            if link is not None:
                link.rectangle = (left, top - strip.height, left + number.width, top)
                link.description = f"{number.text}ページへ移動"
            return self.text(number, left, top - strip.baseline)

        self.later(run.font, run.size, write)

    def _numbered(self, run: Run) -> Run:
        """Return a page's number in the middle of the room that was kept for it."""
        targets = page_targets(run.target, run.until, self._page_numbers)
        number = TO_PAGE.join(self._page_numbers.get(each, "") for each in targets)
        width = text_width(number, run.font, run.size)
        return replace(run, text=number, x=run.x + (run.width - width) / 2, width=width)

    def _linked_run(self, run: Run, parent: Element, x: float, top: float, strip: Strip) -> None:
        """Paint a reference to another block as an active link (PDF/UA-1, 7.18.5)."""
        element = Element("Link", Element("Reference", parent))
        self._mark(element)
        left = x + run.x
        link = Link(
            self.page,
            (left, top - strip.height, left + run.width, top),
            run.target,
            f"{run.text}へ移動",
        )
        if run.is_page:
            self._page_number(run, x, top, strip, link)
        else:
            self._text(run, left, top - strip.baseline)
        self.link(element, link)

    def link(self, element: Element, link: Link) -> None:
        """Make the painted content of a Link element active."""
        self.structure.link(element, link)
        self._close()  # what follows in its parent is a new piece of content

    def _worded_run(self, run: Run, parent: Element, x: float, y: float) -> None:
        """Paint spread letters as one word, or a symbol with the word it stands for."""
        actual_text = run.text if run.is_distributed else ""
        self._mark(Element("Span", parent, expansion=run.spoken), actual_text)
        self._text(run, x, y)
        self._close()

    def run(self, run: Run, x: float, baseline: float, element: Element | None) -> None:
        """Paint a run at its baseline."""
        self._mark(element)
        self._text(run, x, baseline)

    def number(
        self, font: TTFont, size: float, element: Element | None, write: Callable[[], str]
    ) -> None:
        """Paint a page's number, as :meth:`later`, as content of ``element``."""
        self._mark(element)
        self.later(font, size, write)

    def later(self, font: TTFont, size: float, write: Callable[[], str]) -> None:
        """Leave a gap that ``write`` fills when all pages are laid out: it returns :meth:`text`.

        That ends in a digit of ``font`` in ``size``, or there is none.
        """
        before, after = self._font, self._shown("0", font, size).last

        def written() -> str:
            self._font = before
            return write() or after

        self._parts.append(written)
        self._font = after

    def _text(self, run: Run, x: float, y: float) -> None:
        if run.text:
            self._parts.append(self.text(run, x, y))

    def text(self, run: Run, x: float, y: float) -> str:
        """Return the operators that show a run at its baseline; none for one without text."""
        if not run.text:
            return ""
        shown = self._shown(run.text, run.font, run.size)
        operators = shown.operators
        if self._font != shown.first:
            operators = f"{shown.first} {operators}"
        self._font = shown.last
        if run.spacing:
            operators = f"{run.spacing:.4f} Tc {operators} 0 Tc"
        return f"BT 1 0 0 1 {x:.3f} {y + run.rise:.3f} Tm {operators} ET"

    def _show(self, text: str, font: TTFont, size: float) -> _Shown:
        """Return the operators that show ``text``."""
        document = self.canvas._doc  # noqa: SLF001 - how ReportLab's dynamic fonts are asked
        operators: list[str] = []
        for subset, codes in font.splitString(text, document):
            name = font.getSubsetInternalName(subset, document)
            operators.append(f"{name} {size:g} Tf")
            operators.append(f"<{codes.hex()}> Tj")
        first, last = operators[0], operators[-2]
        return _Shown(first, " ".join(operators[1:]), last)

    # shapes

    def shapes(
        self, fills: Sequence[Fill], rules: Sequence[Rule], width: float, color: str
    ) -> None:
        """Paint decoration: fills first, then rules of ``width`` points."""
        self._mark(None)
        self._parts.append("q")
        for fill in fills:
            self._parts.append(
                f"{rgb(fill.color)} rg"
                f" {fill.x:.3f} {fill.y:.3f} {fill.width:.3f} {fill.height:.3f} re f"
            )
        self._parts.append(f"{rgb(color)} RG {width:.3f} w 2 J")
        said = {value: f"{value:.3f}" for value in {*chain.from_iterable(rules)}}
        self._parts.extend(
            f"{said[x1]} {said[y1]} m {said[x2]} {said[y2]} l" for x1, y1, x2, y2 in rules
        )
        if rules:
            self._parts.append("S")
        self._parts.append("Q")

    def leader(self, x1: float, end: Callable[[], float], y: float) -> None:
        """Paint a dotted line as decoration, to an end that is known when all pages are."""

        def write() -> str:
            x2 = end()
            if x1 >= x2:
                return ""
            return f"q 0.6 w 1 J [0 3] 0 d {x1:.3f} {y:.3f} m {x2:.3f} {y:.3f} l S Q"

        self._mark(None)
        self._parts.append(write)

    def operators(self, operators: str) -> None:
        """Paint ready-made operators: the open figure's content, decoration outside of one.

        They leave the graphics state as they found it, but for the fill colour of
        the text that follows.
        """
        self._mark(None)
        self._parts.append(operators)

    def frame(
        self, x: float, y: float, size: tuple[float, float], width: float, color: str
    ) -> None:
        """Paint a rectangle's outline as decoration; ``x``, ``y`` is its lower left."""
        self._mark(None)
        self._parts.append(
            f"q {rgb(color)} RG {width:.3f} w {x:.3f} {y:.3f} {size[0]:.3f} {size[1]:.3f} re S Q"
        )


def _joined(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield the parts, those that are known as few as they may be."""
    for is_known, group in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_known:
            yield "\n".join(_written(group))
        else:
            yield from group


def _written(parts: Iterable[_Part]) -> Iterator[str]:
    return (part if isinstance(part, str) else part() for part in parts)


def _set_content(page: PDFPage, parts: Iterable[_Part]) -> None:
    """Give a page its content, compressed, so that few pages stand in memory as text."""
    content = page.stream.replace(_CONTENT, "\n".join(_written(parts)))
    filters = PDFDictionary({"Filter": PDFName(PDFZCompress.pdfname)})
    page.Contents = PDFStream(filters, zlib.compress(content.encode("ascii"), COMPRESSION))
    page.stream = ""


def make_canvas(font: TTFont, title: str) -> Canvas:
    """Return an empty canvas in whose files no standard-14 font is named.

    PDF/A forbids fonts that are not embedded; ReportLab begins each page with
    its initial font.
    """
    canvas = Canvas(
        None,  # no file: the painter returns what was drawn
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=font.fontName,
    )
    canvas.setTitle(title)
    return canvas
