"""Packages of XML parts (OPC, ECMA-376-2), Excel's and Word's: opened with care.

Comes in: the path or the bytes of what should be one, and its kind. Goes out: its parts,
streamed into handlers, as trees or as bytes, and what they refer to. Files come by mail
and USB stick, from forty places: one that is another kind of file, locked, damaged or
made to fill the memory is refused with the reason. Sizes that a file declares are not
trusted: what is unpacked is counted.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NoReturn, Protocol
from xml.parsers import expat

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.errors import CellError
from kpireport.messages import printable
from kpireport.sources.package_kinds import PackageKind
from kpireport.sources.whole_file import read_whole, refuse_large

_CHUNK = 2**16
_MOST_ENTRIES = 200_000  # of the zip file and of those within it: each takes memory when opened
_MOST_ELEMENTS = 2_000_000  # of all trees: some 6,000 indicators' review
_DEEPEST = 256  # elements within elements, as in lxml
_MOST_DIGITS = 10  # of a row, a style, a string's number
_LONGEST_TAG = 2**20  # bytes; of a comment or an attribute too

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB] 2.2
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
# [MS-OFFCRYPTO] 2.2: rights management, as sensitivity labels apply it
_RIGHTS_MANAGED = "DRMEncryptedDataSpace".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ECMA-376-2, annex C
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError)

_RELATIONS = "_rels/.rels"
_BEGINNINGS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe<\x00", b"\xfe\xff\x00<")  # UTF-8, UTF-16
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1")


class Handler(Protocol):
    """Is told the elements of a part as they come; names are without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some of the text between."""


@contextmanager
def open_package(source: Path | bytes, kind: PackageKind) -> Iterator[Package]:
    """Open a package: the file of that name, or what was read from one.

    Raises:
        CellError: there is no such file, or it is no package that can be read.
    """
    data = source if isinstance(source, bytes) else read_package(source, kind)
    if len(data) > kind.largest_file:
        refuse_large(kind.largest_file, kind.shrink)
    _refuse_other_files(data, kind)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(archive, kind)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise CellError("ファイルが壊れています。", kind.save_again) from error


def read_package(path: Path, kind: PackageKind) -> bytes:
    """Return the bytes of a file that may be a package of that kind.

    Raises:
        CellError: there is no such file, or it is too large for one.
    """
    return read_whole(path, kind.largest_file, shrink=kind.shrink, program=kind.program)


def _refuse_other_files(data: bytes, kind: PackageKind) -> None:
    if not data:
        raise CellError("ファイルが空です。", kind.save_again)
    if data.startswith(OLE):
        if _RIGHTS_MANAGED in data:
            raise CellError(
                "秘密度ラベルか閲覧の制限（IRM）で暗号化されています。",
                f"{kind.program}で開き、ラベルの暗号化かアクセスの制限を外して保存し直すか、"
                "外したものを送ってもらってください。",
            )
        if _ENCRYPTED in data:
            raise CellError(
                "パスワードで保護されています。",
                f"{kind.program}で開き、「ファイル」→「情報」→「{kind.noun}の保護」→"
                "「パスワードを使用して暗号化」でパスワードを消して、保存し直してください。",
            )
        what = f"古い形式（{kind.older}）の{kind.noun}です。拡張子を変えても読めません。"
        raise CellError(what, kind.save_as)
    if not data.startswith(b"PK"):
        raise CellError(kind.is_another, kind.save_as)
    _refuse_many_parts(data.count(_ENTRY), _MOST_ENTRIES, kind)


def _refuse_many_parts(count: int, most: int, kind: PackageKind) -> None:
    if count > most:
        what = f"{kind.noun}の中の部品が多すぎます（{most:,}を超えます）。"
        raise CellError(what, kind.save_as)


class Package:
    """The parts of one opened package; names of parts are the same in any case (6.3.5).

    Attributes:
        names: of all parts, as they are stored.
    """

    def __init__(self, archive: zipfile.ZipFile, kind: PackageKind) -> None:
        """Take what was opened.

        Raises:
            CellError: it has too many parts, two of one name, or is of another kind.
        """
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _refuse_many_parts(len(entries), kind.most_parts, kind)
        self._archive = archive
        self._kind = kind
        self._entries = {entry.filename.lower(): entry for entry in entries}
        if len(self._entries) < len(entries):  # which of two is meant, each program guesses
            self.refuse("ファイルが壊れています（同じ名前の部品があります）。", kind.save_again)
        self._left = kind.largest_content
        self._elements = 0
        self._relations: dict[str, _Relations] = {}
        self.names = tuple(entry.filename for entry in self._entries.values())
        for part, what in kind.relatives:
            if part in self:
                raise CellError(what, kind.save_as)
        if _RELATIONS not in self:
            raise CellError(kind.is_another, kind.save_as)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def parts_below(self, folder: str) -> list[str]:
        """Return the names of the parts in a folder of the package, in its own order."""
        return [name for name in self.names if name.lower().startswith(f"{folder.lower()}/")]

    # --- what parts refer to ---------------------------------------------------------

    def main_part(self) -> str:
        """Return the part that the package is about (15.2.6: ``officeDocument``).

        Raises:
            CellError: there is none.
        """
        return self.related("", "officeDocument") or self.refuse(
            self._kind.is_another, self._kind.save_as
        )

    def related(self, part: str, kind: str) -> str:
        """Return the first part of a kind that ``part`` names, empty for none.

        ``part`` is empty for the package itself; the kind is the last word of its type.
        """
        return next(iter(self.all_related(part, kind).values()), "")

    def all_related(self, part: str, kind: str = "") -> Mapping[str, str]:
        """Return the parts that ``part`` names (9.3), of a kind or all, by their ids."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self:
            return {}
        if relations not in self._relations:
            self._relations[relations] = found = _Relations(self._kind)
            self.parse(relations, found)
        return {
            id_: self._resolved(folder, target)
            for id_, (its_kind, target) in self._relations[relations].found.items()
            if kind in ("", its_kind)
        }

    def _resolved(self, folder: str, target: str) -> str:
        """Return the name of the part that ``target`` is, seen from ``folder``, as stored."""
        name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        entry = self._entries.get(name.lower())
        return entry.filename if entry else name

    # --- what parts hold -------------------------------------------------------------

    def read(self, part: str) -> bytes:
        """Return what a part holds.

        Raises:
            CellError: it is missing, damaged or too large.
        """
        return b"".join(self._chunks(part))

    def root(self, part: str) -> Element:
        """Return the root of an XML part, without comments and instructions.

        Raises:
            CellError: it is missing, damaged or too large, or declares a document type.
        """
        return self.parsed(part, self._chunks(part))

    def parsed(self, part: str, chunks: Iterable[bytes]) -> Element:
        """Return the root of a part whose bytes were read; see :meth:`root`."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            for chunk in self._xml(part, chunks):
                self._elements += chunk.count(b"<") - chunk.count(b"</")
                if self._elements > _MOST_ELEMENTS:
                    self._refuse_size(f"要素が{_MOST_ELEMENTS // 10_000}万を超えます")
                parser.feed(chunk)
            root = parser.close()
        except etree.XMLSyntaxError as error:
            self._refuse_damage(part, error)
        if root.getroottree().docinfo.doctype:
            self._refuse_document_type()
        return root

    def parse(self, part: str, handler: Handler) -> None:
        """Stream an XML part into ``handler``.

        Raises:
            CellError: the part is missing, damaged, too large, or declares a document
                type: no file of these has one, and entities come that way.
        """
        parser = self._parser(handler)
        fed = 0
        try:
            for chunk in self._xml(part, self._chunks(part)):
                parser.Parse(chunk, False)  # noqa: FBT003 - the parser's own signature
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG:  # looked at again each time
                    self._refuse_size("長すぎる要素があります")
            parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, _TooDeepError) as error:
            self._refuse_damage(part, error)

    def _parser(self, handler: Handler) -> expat.XMLParserType:
        """Return a parser that tells ``handler``, and gives up where a part is too deep."""
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise _TooDeepError
            handler.start(_local(name), _without_namespaces(attributes))

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            handler.end(_local(name))

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = handler.text
        return parser

    def _xml(self, part: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what is in UTF-8 or UTF-16, as all parts have to be (9.1.2)."""
        begun = False
        for chunk in chunks:
            if not begun:
                begun = True
                declared = _DECLARED.match(chunk.removeprefix(_BEGINNINGS[1]))
                is_unknown = declared and declared[1].lower() not in _ENCODINGS
                if is_unknown or not chunk.lstrip().startswith(_BEGINNINGS):
                    self._refuse_damage(part)
            yield chunk

    def _chunks(self, part: str) -> Iterator[bytes]:
        entry = self._entries.get(part.lower())
        if entry is None:
            self.refuse(
                f"{self._kind.noun}の中の {printable(part)} がありません。", self._kind.save_again
            )
        if entry.compress_type not in _COMPRESSIONS:
            self._refuse_compression()
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        self._refuse_size()
                    yield chunk
        except (NotImplementedError, RuntimeError) as error:  # it is encrypted
            self._refuse_compression(error)
        except _DAMAGE as error:
            self._refuse_damage(part, error)

    # --- what is wrong ---------------------------------------------------------------

    def refuse(self, what: str, remedy: str) -> NoReturn:
        """Refuse the package.

        Raises:
            CellError: always.
        """
        raise CellError(what, remedy)

    def _refuse_damage(self, part: str, cause: Exception | None = None) -> NoReturn:
        what = f"ファイルが壊れています（{printable(part)}）。"
        raise CellError(what, self._kind.save_again) from cause

    def _refuse_compression(self, cause: Exception | None = None) -> NoReturn:
        what = "読めない圧縮か暗号の使われたファイルです。"
        raise CellError(what, self._kind.save_as) from cause

    def _refuse_size(self, beyond: str = "") -> NoReturn:
        beyond = beyond or f"{self._kind.largest_content // 2**20} MB を超えます"
        self.refuse(f"{self._kind.noun}の中身が大きすぎます（{beyond}）。", self._kind.lighten)

    def _refuse_document_type(self, *_: object) -> NoReturn:
        self.refuse(
            f"ファイルに、{self._kind.noun}には使われない宣言（DOCTYPE）があります。",
            self._kind.save_as,
        )


class _TooDeepError(Exception):
    """Elements stand within elements beyond any use."""


class _Relations:
    """A part's relationships within the package (9.3): kinds and targets by their ids."""

    def __init__(self, kind: PackageKind) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        self._kind = kind

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))
            _refuse_many_parts(len(self.found), self._kind.most_parts, self._kind)

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, data: str) -> None:
        """Nothing to do."""


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _without_namespaces(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes by their local names; most have no namespace, and there are many."""
    for key in attributes:
        if " " in key:
            return {_local(each): value for each, value in attributes.items()}
    return attributes


def whole_number(text: str | None, default: int = 0) -> int:
    """Return a number of an attribute; what is none, or longer than any is, is the default."""
    is_one = text is not None and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if text is not None and is_one else default
