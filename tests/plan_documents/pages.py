"""Pages drawn as other programs draw them, to read tables from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kpireport.findings import Findings
from kpireport.plan_documents.pdf_tables import read_pdf_tables
from kpireport.plan_documents.tables import SourceDocument, SourceTable, SourceText

FONTS = Path(__file__).parents[2] / "fonts"
WIDTH, HEIGHT = 595.0, 842.0


@cache
def _register_fonts() -> None:
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"BIZUDGothic-{name}.ttf"))


class Pages:
    """Draws in points from the upper left corner."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        _register_fonts()
        self.height = height
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=(width, height), invariant=1)

    def text(
        self, x: float, y: float, said: str, *, size: float = 10, font: str = "Regular"
    ) -> None:
        """Write a line whose characters' upper left corner is there."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y - 0.88 * size, said)

    def lines(
        self, x: float, y: float, said: str, *, size: float = 10, font: str = "Regular"
    ) -> None:
        for number, line in enumerate(said.split("\n")):
            self.text(x, y + number * 1.2 * size, line, size=size, font=font)

    def across(self, y: float, begin: float, end: float, *, thick: float = 0.5) -> None:
        self.canvas.setLineWidth(thick)
        self.canvas.line(begin, self.height - y, end, self.height - y)

    def upright(self, x: float, begin: float, end: float, *, thick: float = 0.5) -> None:
        self.canvas.setLineWidth(thick)
        self.canvas.line(x, self.height - begin, x, self.height - end)

    def fill(self, left: float, top: float, right: float, bottom: float, gray: float = 0.0) -> None:
        self.canvas.setFillGray(gray)
        self.canvas.rect(left, self.height - bottom, right - left, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(self, lefts: Sequence[float], tops: Sequence[float]) -> None:
        """Draw all rules."""
        for y in tops:
            self.across(y, lefts[0], lefts[-1])
        for x in lefts:
            self.upright(x, tops[0], tops[-1])

    def cells(
        self, lefts: Sequence[float], tops: Sequence[float], rows: Iterable[Sequence[str]]
    ) -> None:
        """Write texts into cells."""
        for y, row in zip(tops, rows, strict=False):
            for x, said in zip(lefts, row, strict=False):
                self.lines(x + 3, y + 3, said)

    def next_page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self._file.getvalue()

    def read(self, folder: Path) -> SourceDocument:
        return read(self.data(), folder)


def read(data: bytes, folder: Path) -> SourceDocument:
    path = folder / "計画.pdf"
    path.write_bytes(data)
    return read_pdf_tables(path, Findings(path))


def only_table(document: SourceDocument) -> SourceTable:
    (table,) = document.tables()
    return table


def rows(table: SourceTable) -> list[list[str]]:
    """What each place says; those that a cell reaches over say it again."""
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def texts(document: SourceDocument) -> list[str]:
    """What stands in no table."""
    return [each.text for each in document.parts if isinstance(each, SourceText)]
