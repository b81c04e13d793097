"""Painting: every mark on a page is an element's content or an artifact.

Comes in: placed runs, fills and rules. Goes out: page content in which each
operator stands inside one marked-content sequence (ISO 32000-1, 14.6; PDF/UA-1,
7.1): either numbered content of a structure element or ``Artifact``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kpireport.document.blocks import TO_PAGE
from kpireport.writers.pdf.cell_pictures import drawn, rgb
from kpireport.writers.pdf.strips import Run, Strip
from kpireport.writers.pdf.structure import (
    Destination,
    Element,
    Link,
    MarkedContent,
    pdf_text,
)
from kpireport.writers.pdf.typeset import text_width
from kpireport.writers.widths import page_targets


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle; ``y`` is its lower edge, ``color`` RGB in hex."""

    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(slots=True)
class Painter:
    """Paints pages on a canvas; coordinates are points from the page's lower left."""

    canvas: Canvas
    page_numbers: Mapping[str, str] = field(default_factory=dict)  # printed, by headings' ids
    page: int = 0
    destinations: dict[str, Destination] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)
    _next_mcid: int = 0
    _owner: Element | None = None  # of the open marked-content sequence
    _is_marked: bool = False
    _figure: Element | None = None
    _artifact: str = "/Artifact BMC"
    _font: tuple[str, float] = ("", 0.0)

    # pages

    def end_page(self, size: tuple[float, float]) -> None:
        """Hand the page's content to the canvas and begin the next page."""
        self._close()
        self.canvas.setPageSize(size)
        self.canvas.addLiteral("\n".join(self._parts))
        self.canvas.showPage()
        self._parts.clear()
        self.page += 1
        self._next_mcid = 0
        self._font = ("", 0.0)

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
            element.join()
            element.children.append(MarkedContent(self.page, self._next_mcid))
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
            run = self._numbered(placed.run) if placed.run.is_page else placed.run
            element = elements[placed.part] if elements else None
            left = x + placed.shift + run.x
            if element is not None and run.target:
                self._linked_run(run, element, left, top, strip)
            elif element is not None and (run.is_distributed or run.spoken):
                self._worded_run(run, element, left, top - strip.baseline)
            else:
                self._mark(element)
                self._text(run, left, top - strip.baseline)

    def _numbered(self, run: Run) -> Run:
        """Return a page's number in the middle of the room that was kept for it."""
        targets = page_targets(run.target, run.until, self.page_numbers)
        number = TO_PAGE.join(self.page_numbers.get(each, "") for each in targets)
        width = text_width(number, run.font, run.size)
        return replace(run, text=number, x=run.x + (run.width - width) / 2, width=width)

    def _linked_run(self, run: Run, parent: Element, x: float, top: float, strip: Strip) -> None:
        """Paint a reference to another block as an active link (PDF/UA-1, 7.18.5)."""
        parent.join()
        link = Element("Link", Element("Reference", parent))
        self._mark(link)
        self._text(run, x, top - strip.baseline)
        rectangle = (x, top - strip.height, x + run.width, top)
        goal = f"{run.text}ページ" if run.is_page else run.text
        self.link(link, rectangle, run.target, f"{goal}へ移動")

    def link(
        self,
        element: Element,
        rectangle: tuple[float, float, float, float],
        target: str,
        description: str,
    ) -> None:
        """Make the painted content of a Link element active within ``rectangle``."""
        element.children.append(Link(self.page, rectangle, target, description))
        self._close()  # what follows in its parent is a new piece of content

    def _worded_run(self, run: Run, parent: Element, x: float, y: float) -> None:
        """Paint spread letters as one word, or a symbol with the word it stands for."""
        parent.join()
        actual_text = run.text if run.is_distributed else ""
        self._mark(Element("Span", parent, expansion=run.spoken), actual_text)
        self._text(run, x, y)
        self._close()

    def run(self, run: Run, x: float, baseline: float, element: Element | None) -> None:
        """Paint a run at its baseline."""
        self._mark(element)
        self._text(run, x, baseline)

    def _text(self, run: Run, x: float, y: float) -> None:
        if not run.text:
            return
        self._parts.append(f"BT 1 0 0 1 {x:.3f} {y + run.rise:.3f} Tm {self._show(run)} ET")

    def _show(self, run: Run) -> str:
        """Return the operators that show a run's text in its font."""
        document = self.canvas._doc  # noqa: SLF001 - how ReportLab's dynamic fonts are asked
        operators: list[str] = []
        if run.spacing:
            operators.append(f"{run.spacing:.4f} Tc")
        for subset, codes in run.font.splitString(run.text, document):
            name = run.font.getSubsetInternalName(subset, document)
            if self._font != (name, run.size):
                operators.append(f"{name} {run.size:g} Tf")
                self._font = (name, run.size)
            operators.append(f"<{codes.hex()}> Tj")
        if run.spacing:
            operators.append("0 Tc")
        return " ".join(operators)

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
        self._parts.extend(
            f"{rule.x1:.3f} {rule.y1:.3f} m {rule.x2:.3f} {rule.y2:.3f} l" for rule in rules
        )
        if rules:
            self._parts.append("S")
        self._parts.append("Q")

    def leader(self, x1: float, x2: float, y: float) -> None:
        """Paint a dotted line as decoration."""
        self._mark(None)
        self._parts.append(f"q 0.6 w 1 J [0 3] 0 d {x1:.3f} {y:.3f} m {x2:.3f} {y:.3f} l S Q")

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


def make_canvas(stream: object, font: TTFont, title: str) -> Canvas:
    """Return an empty canvas in whose files no standard-14 font is named.

    PDF/A forbids fonts that are not embedded; ReportLab begins each page with
    its initial font.
    """
    canvas = Canvas(
        stream,
        pageCompression=0,  # pikepdf compresses once, in the end
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=font.fontName,
    )
    canvas.setTitle(title)
    return canvas
