"""What the handbook's pictures show, and how it comes about.

Comes in: the samples. Goes out: built reports and handed-out sheets in a folder, and of
each picture the words that stand in it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias, assert_never

import pdfplumber
from openpyxl import load_workbook

from kpireport.cli import main as kpireport
from tools.handbook.sessions import ROOT, copy_samples

_MERMAID = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)

# what is run for the pictures, in order
COMMANDS = (
    "build reports/plan",
    "build reports/2021",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a built PDF on which some words stand, the ``occurrence``-th such page."""

    name: str
    file: str
    words: str
    occurrence: int = 1
    dots: int = 80  # per inch

    def number(self, place: Path) -> int:
        """Return the page's number, from 1.

        Raises:
            ValueError: there is no such page any more.
        """
        pages = page_texts(place / self.file)
        found = [number for number, text in enumerate(pages, start=1) if self.words in text]
        if len(found) < self.occurrence:
            raise ValueError(f"{self.file}: {self.words} does not stand on that many pages")
        return found[self.occurrence - 1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed page of a workbook; ``sheet`` is the one that it shows."""

    name: str
    file: str
    sheet: str
    page: int
    dots: int = 80


@dataclass(frozen=True, slots=True)
class Diagram:
    """The diagram of a Markdown file."""

    name: str
    file: str

    def source(self) -> str:
        """Return what the diagram is drawn from."""
        found = _MERMAID.search((ROOT / self.file).read_text(encoding="utf-8"))
        if found is None:
            raise ValueError(f"{self.file} has no diagram")
        return found[1]


Picture: TypeAlias = Page | Sheet | Diagram

_REVIEW = "reports/2021/out/review-2021.pdf"
PICTURES: tuple[Picture, ...] = (
    Page("plan-goal.png", "reports/plan/out/plan.pdf", "Ⅰ基本目標", occurrence=2, dots=90),
    Page("review-summary.png", _REVIEW, "総括令和"),
    Page("review-rules.png", _REVIEW, "評価の基準は、次のとおりです"),
    Page("review-table.png", _REVIEW, "戦略計画重要業績評価指標", occurrence=2),
    Page("review-charts.png", _REVIEW, "ねりっこクラブの実施0"),
    Diagram("architecture.svg", "CONTRIBUTING.md"),
)


def set_up(place: Path) -> None:
    """Make below ``place`` all that the pictures show."""
    copy_samples(place)
    for command in COMMANDS:
        with chdir(place), redirect_stdout(io.StringIO()) as said, redirect_stderr(said):
            status = kpireport(command.split())
        if status != 0:
            raise RuntimeError(f"kpireport {command}: {status}\n{said.getvalue()}")


def text_shown(picture: Picture, place: Path) -> Iterator[str]:
    """Yield the words that a picture shows."""
    match picture:
        case Page():
            yield page_texts(place / picture.file)[picture.number(place) - 1]
        case Sheet():
            sheet = load_workbook(place / picture.file)[picture.sheet]
            yield from (str(cell) for row in sheet.values for cell in row if cell is not None)
        case Diagram():
            yield picture.source()
        case _:
            assert_never(picture)


@cache
def page_texts(pdf: Path) -> tuple[str, ...]:
    """Return the characters of each page in the order in which they are drawn."""
    with pdfplumber.open(pdf) as document:
        return tuple("".join(char["text"] for char in page.chars) for page in document.pages)
