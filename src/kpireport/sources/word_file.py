"""A municipality's own Word document (様式), opened with care: the parts of its package.

Comes in: the path of what should be a .docx or .dotx. Goes out: its parts by name, or
one :class:`~kpireport.errors.InputError` with the reason. It came by mail or from a
shared folder: another kind of file, one that is locked, damaged, carries macros or is
made to fill the memory is refused here. What the parts mean is the Word writer's.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import printable
from kpireport.sources.whole_file import read_whole

_LARGEST_FILE = 20 * 2**20
_LARGEST_CONTENT = 64 * 2**20  # of all parts, unpacked
_MOST_PARTS = 2_000
_CHUNK = 2**16

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB] 2.2
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPES = {
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}.main+xml"
    for kind in ("document", "template")
}
_WITH_MACROS = "macroEnabled"
_STRICT = b"http://purl.oclc.org/ooxml/"

_SAVE_AS = "Wordで開き、「名前を付けて保存」で「Word 文書（*.docx）」を選んで保存してください。"
_SHRINK = "大きな画像を縮めるか消して、保存し直してください。"
_SAVE_AGAIN = "Wordで開けるかを確かめ、保存し直すか、もう一度送ってもらってください。"
NO_DOCUMENT = "Wordの文書（.docx）ではありません。"


def read_word_file(path: Path) -> dict[str, bytes]:
    """Return the parts of a Word document or template.

    Raises:
        InputError: there is no such file, or it cannot be used.
    """
    log = Findings(path)
    data = _read(path, log)
    refuse_other_kinds(data, log, save_as=_SAVE_AS, save_again=_SAVE_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _unpack(archive, log)
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, OSError):
        log.fail("", "ファイルが壊れています。", _SAVE_AGAIN)
    except (NotImplementedError, RuntimeError):  # compression or encryption
        log.fail("", "読めない圧縮か暗号の使われたファイルです。", _SAVE_AS)
    _check_types(parts, log)
    _check_xml(parts, log)
    return parts


def _read(path: Path, log: Findings) -> bytes:
    try:
        return read_whole(path, _LARGEST_FILE, shrink=_SHRINK, program="Word")
    except CellError as error:
        log.fail("", error.what, error.remedy)


def refuse_other_kinds(data: bytes, log: Findings, *, save_as: str, save_again: str) -> None:
    """Refuse what is no package at all: an empty, a locked, an old or a foreign file.

    ``save_as`` and ``save_again`` are the remedies.

    Raises:
        InputError: the file is of another kind.
    """
    if not data:
        log.fail("", "ファイルが空です。", save_again)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            log.fail(
                "",
                "パスワードで保護されています。",
                "Wordで開き、「ファイル」→「情報」→「文書の保護」→「パスワードを使用して暗号化」で"
                "パスワードを消して、保存し直してください。",
            )
        log.fail("", "古い形式（.doc）の文書です。拡張子を変えても読めません。", save_as)
    if not data.startswith(b"PK"):
        log.fail("", NO_DOCUMENT, save_as)


def _unpack(archive: zipfile.ZipFile, log: Findings) -> dict[str, bytes]:
    """Return what the archive holds; the sizes that it declares are not trusted."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_PARTS:
        _refuse_size(log)
    parts: dict[str, bytes] = {}
    left = _LARGEST_CONTENT
    for entry in entries:
        pieces = []
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    _refuse_size(log)
                pieces.append(piece)
        parts[entry.filename] = b"".join(pieces)
    return parts


def _refuse_size(log: Findings) -> None:
    log.fail(
        "",
        f"中身が大きすぎます（広げると {_LARGEST_CONTENT // 2**20} MB を超えます）。",
        "本文や大きな画像を消し、書式とヘッダー・フッターだけを残して保存し直してください。",
    )


def _check_types(parts: dict[str, bytes], log: Findings) -> None:
    """Refuse a package of another program, and one with macros."""
    if _CONTENT_TYPES not in parts or "_rels/.rels" not in parts:
        log.fail("", NO_DOCUMENT, _SAVE_AS)
    _check_part(_CONTENT_TYPES, parts[_CONTENT_TYPES], log)
    types = {
        child.get("ContentType", "")
        for child in etree.fromstring(parts[_CONTENT_TYPES], _careful_parser())
    }
    if any(_WITH_MACROS in kind for kind in types):
        log.fail("", "マクロの入った文書（.docm・.dotm）です。", _SAVE_AS)
    if not types & _MAIN_TYPES:
        log.fail("", NO_DOCUMENT, _SAVE_AS)


def _check_xml(parts: dict[str, bytes], log: Findings) -> None:
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            _check_part(name, data, log)


def _check_part(name: str, data: bytes, log: Findings) -> None:
    """Refuse what is no XML, a document type (no Word file has one), and Strict Open XML."""
    try:
        root = etree.fromstring(data, _careful_parser())
    except etree.XMLSyntaxError:
        log.fail("", f"ファイルが壊れています（{printable(name)}）。", _SAVE_AGAIN)
    if root.getroottree().docinfo.doctype:
        log.fail("", "Wordの文書には使われない宣言（DOCTYPE）があります。", _SAVE_AS)
    if _STRICT in data and any(
        uri.encode().startswith(_STRICT) for uri in root.nsmap.values() if uri
    ):
        log.fail("", "「完全 Open XML ドキュメント」の形式で保存されています。", _SAVE_AS)


def _careful_parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
