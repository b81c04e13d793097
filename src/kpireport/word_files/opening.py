"""A Word file (.docx) that somebody edited: the parts of it that have words.

Comes in: the path of what should be a .docx, or what was read from it. Goes out: the roots
of its parts. What a program drops when it saves the file is none of them: a header that no
section shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.sources.package_kinds import EDITED_WORD
from kpireport.sources.packages import Package
from kpireport.sources.word_file import open_word_package, refuse_strict

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True, slots=True)
class WordFile:
    """The roots of the parts that have words: the body, and others by what they are.

    ``headers`` are the headers and footers that a section refers to.
    """

    document: Element
    headers: tuple[Element, ...]
    comments: Element | None
    styles: Element | None = None
    charts: tuple[ChartPart, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart that Word draws: its part, and the workbook in it, empty where it has none."""

    root: Element
    workbook: bytes


def open_word(path: Path) -> WordFile:
    """Open a Word file.

    Raises:
        InputError: there is no such file, or it is not a .docx that can be read.
    """
    return _opened(path, None)


def parse_word(data: bytes, file: Path | str) -> WordFile:
    """Return the parts of the Word file in ``data``; ``file`` is what messages call it.

    Raises:
        InputError: it is not a .docx that can be read.
    """
    return _opened(file, data)


def _opened(file: Path | str, data: bytes | None) -> WordFile:
    with open_word_package(file, EDITED_WORD, data) as package:
        main = package.main_part()
        document = package.root(main)
        refuse_strict(document)
        if document.tag != f"{W}document" or document.find(f"{W}body") is None:
            package.refuse(EDITED_WORD.is_another, EDITED_WORD.save_as)
        return WordFile(
            document=document,
            headers=tuple(map(package.root, _headers(package, main, document))),
            comments=_only(package, main, "comments"),
            styles=_only(package, main, "styles"),
            charts=tuple(_charts(package, main, document)),
        )


def _headers(package: Package, main: str, document: Element) -> dict[str, None]:
    """Return the headers and footers that a section refers to (17.10.5), each once."""
    parts = package.all_related(main)
    shown = document.iter(f"{W}headerReference", f"{W}footerReference")
    found = (parts.get(each.get(f"{_RELATIONS}id", "")) for each in shown)
    return dict.fromkeys(part for part in found if part)


def _only(package: Package, main: str, kind: str) -> Element | None:
    part = package.related(main, kind)
    return package.root(part) if part else None


def _charts(package: Package, main: str, document: Element) -> Iterator[ChartPart]:
    """Yield the charts in the order in which the body shows them (21.2.2.26)."""
    parts = package.all_related(main, "chart")
    for shown in document.iter(f"{_CHARTS}chart"):
        if part := parts.get(shown.get(f"{_RELATIONS}id", "")):
            book = package.related(part, "package")
            yield ChartPart(package.root(part), package.read(book) if book else b"")
