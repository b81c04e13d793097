"""A workbook as a package of XML parts (OPC): opened with care, read in bounded space.

Comes in: the path or the bytes of what should be an .xlsx. Goes out: its parts, streamed into
handlers. Files come by mail and USB stick, from forty places: one that is another
kind of file, locked, damaged or made to fill the memory is refused with the reason.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from kpireport.errors import CellError
from kpireport.messages import printable
from kpireport.sources.whole_file import read_whole

_LARGEST_FILE = 20 * 2**20
_LARGEST_CONTENT = 64 * 2**20  # of the parts that are read, unpacked
_CHUNK = 2**16
_MOST_PARTS = 10_000  # a workbook has some dozens

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB] 2.2
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_SAVE_AS = "Excelで開き、「名前を付けて保存」で「Excelブック（*.xlsx）」を選んで保存してください。"
_SHRINK = "画像や関係のないシートを消して、保存し直してください。"
_SEND_AGAIN = "Excelで開けるかを確かめ、保存し直すか、もう一度送ってもらってください。"


class Handler(Protocol):
    """Is told the elements of a part as they come; names are without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some of the text between."""


class Package:
    """The parts of one opened workbook."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._left = _LARGEST_CONTENT

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def parts_below(self, folder: str) -> list[str]:
        """Return the names of the parts in a folder of the package, in its own order."""
        return [name for name in self._archive.namelist() if name.startswith(f"{folder}/")]

    def parse(self, part: str, handler: Handler) -> None:
        """Stream an XML part into ``handler``.

        Raises:
            CellError: the part is missing, damaged, too large, or declares a document
                type: no workbook does, and entities come that way.
        """
        if part not in self._names:
            raise CellError(f"ブックの中の {printable(part)} がありません。", _SEND_AGAIN)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = lambda name, attributes: handler.start(
            _local(name), _without_namespaces(attributes)
        )
        parser.EndElementHandler = lambda name: handler.end(_local(name))
        parser.CharacterDataHandler = handler.text
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    self._spend(len(chunk))
                    parser.Parse(chunk, False)  # noqa: FBT003 - the parser's own signature
            parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise CellError(
                f"ファイルが壊れています（{printable(part)}）。", _SEND_AGAIN
            ) from error
        except (NotImplementedError, RuntimeError) as error:  # compression or encryption
            raise CellError("読めない圧縮か暗号の使われたファイルです。", _SAVE_AS) from error

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise CellError(
                f"ブックの中身が大きすぎます（{_LARGEST_CONTENT // 2**20} MB を超えます）。",
                "表の下や右の使っていない行・列を削除して、保存し直してください。",
            )


@contextmanager
def open_package(source: Path | bytes) -> Iterator[Package]:
    """Open a workbook: the file of that name, or what was read from one.

    Raises:
        CellError: there is no such file, or it is not an .xlsx that can be read.
    """
    data = source if isinstance(source, bytes) else read_package(source)
    _refuse_other_kinds(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_too_many_parts(archive)
            package = Package(archive)
            _refuse_other_packages(package)
            yield package
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise CellError("ファイルが壊れています。", _SEND_AGAIN) from error


def read_package(path: Path) -> bytes:
    """Return the bytes of a file that may be a workbook.

    Raises:
        CellError: there is no such file, or it is too large for one.
    """
    return read_whole(path, _LARGEST_FILE, shrink=_SHRINK)


def _refuse_other_kinds(data: bytes) -> None:
    if not data:
        raise CellError("ファイルが空です。", _SEND_AGAIN)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise CellError(
                "パスワードで保護されています。",
                "Excelで開き、「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」で"
                "パスワードを消して、保存し直してください。",
            )
        raise CellError("古い形式（.xls）のブックです。拡張子を変えても読めません。", _SAVE_AS)
    if not data.startswith(b"PK"):
        raise CellError("Excelのブック（.xlsx）ではありません。", _SAVE_AS)


def _refuse_other_packages(package: Package) -> None:
    if "xl/workbook.bin" in package:
        raise CellError("バイナリブック（.xlsb）です。", _SAVE_AS)
    if "_rels/.rels" not in package:
        raise CellError("Excelのブック（.xlsx）ではありません。", _SAVE_AS)


def _refuse_too_many_parts(archive: zipfile.ZipFile) -> None:
    if len(archive.filelist) > _MOST_PARTS:
        raise CellError(
            f"ブックの中の部品が多すぎます（{_MOST_PARTS:,}を超えます）。",
            _SAVE_AS,
        )


def refuse_more_than(most: int, count: int, what: str) -> None:
    """Refuse a workbook with more of something than any has: it was made to fill the memory.

    Raises:
        CellError: ``count`` is greater than ``most``.
    """
    if count > most:
        raise CellError(
            f"{what}が多すぎます（{most:,}を超えます）。",
            "表の下や右の使っていない行・列を削除して、保存し直してください。",
        )


def _refuse_document_type(*_: object) -> None:
    raise CellError("ファイルに、ブックには使われない宣言（DOCTYPE）があります。", _SAVE_AS)


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _without_namespaces(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes by their local names; most have no namespace, and there are many."""
    for key in attributes:
        if " " in key:
            return {_local(each): value for each, value in attributes.items()}
    return attributes
