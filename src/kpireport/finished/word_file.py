"""A Word file (.docx) that somebody edited, opened with care.

Comes in: the path of what should be a .docx. Goes out: the roots of its parts. Files come
back by mail and from shared folders: one that is another kind of file, locked, damaged or
made to fill the memory is refused with the reason.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import printable
from kpireport.sources.whole_file import read_whole
from kpireport.sources.word_file import NO_DOCUMENT, refuse_other_kinds

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARTS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

_LARGEST_FILE = 100 * 2**20  # pictures may be pasted into it
_LARGEST_CONTENT = 256 * 2**20  # of the parts that are read, unpacked

_SAVE_AS = "Wordで開き、「名前を付けて保存」で「Word文書（*.docx）」を選んで保存してください。"
_SHRINK = "貼り付けた画像を消して、保存し直してください。"
_SAVE_AGAIN = "Wordで開けるかを確かめ、保存し直してください。"


@dataclass(frozen=True, slots=True)
class WordFile:
    """The roots of the parts that have words: the body, and others by what they are."""

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
    log = Findings(path)
    return parse_word(_read(path, log), log)


def parse_word(data: bytes, log: Findings) -> WordFile:
    """Return the parts of the Word file in ``data``.

    Raises:
        InputError: it is not a .docx that can be read.
    """
    refuse_other_kinds(data, log, save_as=_SAVE_AS, save_again=_SAVE_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Parts(archive, log).word_file()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, UnicodeDecodeError):
        log.fail("", "ファイルが壊れています。", _SAVE_AGAIN)
    except (NotImplementedError, RuntimeError):  # compression or encryption
        log.fail("", "読めない圧縮か暗号の使われたファイルです。", _SAVE_AS)


def _read(path: Path, log: Findings) -> bytes:
    try:
        return read_whole(path, _LARGEST_FILE, shrink=_SHRINK, program="Word")
    except CellError as error:
        log.fail("", error.what, error.remedy)


class _Parts:
    """The parts of an opened package; what is unpacked is counted."""

    def __init__(self, archive: zipfile.ZipFile, log: Findings) -> None:
        self._archive = archive
        self._log = log
        self._names = set(archive.namelist())
        self._left = _LARGEST_CONTENT

    def word_file(self) -> WordFile:
        """Return the parts with words (ECMA-376-1, 11.3)."""
        main = next(iter(self._related("", "officeDocument")), "")
        if not main:
            self._fail(NO_DOCUMENT, _SAVE_AS)
        document = self._root(main)
        if document.tag == f"{_STRICT}document":
            self._fail("「厳密な Open XML」の形式で保存されています。", _SAVE_AS)
        if document.tag != f"{W}document" or document.find(f"{W}body") is None:
            self._fail(NO_DOCUMENT, _SAVE_AS)
        headers = (*self._related(main, "header"), *self._related(main, "footer"))
        comments = next(iter(self._related(main, "comments")), "")
        styles = next(iter(self._related(main, "styles")), "")
        return WordFile(
            document=document,
            headers=tuple(map(self._root, headers)),
            comments=self._root(comments) if comments else None,
            styles=self._root(styles) if styles else None,
            charts=tuple(self._charts(main, document)),
        )

    def _charts(self, main: str, document: Element) -> Iterator[ChartPart]:
        """Yield the charts in the order in which the body shows them (21.2.2.26)."""
        parts = self._by_id(main, "chart")
        for shown in document.iter(f"{_CHARTS}chart"):
            part = parts.get(shown.get(f"{_RELATIONS}id", ""))
            if part:
                books = self._related(part, "package")
                data = self._bytes(books[0]) if books else b""
                yield ChartPart(self._root(part), data)

    def _related(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the parts of a kind that ``part`` names, each once."""
        return tuple(dict.fromkeys(self._by_id(part, kind).values()))

    def _by_id(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts of a kind that ``part`` names (OPC, ECMA-376-2, 9.3), by their ids."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return {}
        found = {}
        for each in self._root(relations):
            if (
                each.get("Type", "").rpartition("/")[2] == kind
                and each.get("TargetMode") != "External"
            ):
                target = posixpath.join("/", folder, each.get("Target", ""))
                found[each.get("Id", "")] = posixpath.normpath(target).lstrip("/")
        return found

    def _bytes(self, part: str) -> bytes:
        if part not in self._names:
            self._fail(f"文書の中の {printable(part)} がありません。", _SAVE_AGAIN)
        with self._archive.open(part) as stream:
            data = stream.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            self._fail(
                f"文書の中身が大きすぎます（{_LARGEST_CONTENT // 2**20} MB を超えます）。",
                "kpireport build で作り直した文書に、直すところを書き写してください。",
            )
        return data

    def _root(self, part: str) -> Element:
        data = self._bytes(part)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            self._fail(f"ファイルが壊れています（{printable(part)}）。", _SAVE_AGAIN)
        if root.getroottree().docinfo.doctype:
            self._fail("ファイルに、文書には使われない宣言（DOCTYPE）があります。", _SAVE_AS)
        return root

    def _fail(self, what: str, remedy: str) -> NoReturn:
        self._log.fail("", what, remedy)
