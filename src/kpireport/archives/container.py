"""An archive as a folder or as a zip file: written the same each time, read without trust.

Comes in: files by their paths, or the path of what should be an archive. Goes out:
the bytes of a zip file, or the files. An archive comes from anywhere, perhaps after
decades: a path that climbs out, a link, a file blown up to fill the memory are refused.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from kpireport.archives.manifest import LETTER, MANIFEST, SUMS, is_of_later_format, maker_of
from kpireport.errors import CellError
from kpireport.findings import refuse
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_bounded, read_ordinary
from kpireport.quickly import dataclass

_MOST_FILES = 1_000
_LARGEST = 256 * 2**20  # of all files, unpacked
_LONGEST_PATH = 1_000
_CHUNK = 2**20
_UNIX = 3
_REGULAR_FILE = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED = 0x1
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_EARLIEST = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - a zip entry's time has no zone
_LATEST = dt.datetime(2107, 12, 31)  # noqa: DTZ001
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\:]")


@dataclass(frozen=True, slots=True)
class Kept:
    """What an archive holds, by paths with ``/``.

    Attributes:
        files: the contents.
        damaged: the paths of what cannot be unpacked.
        container: the zip file as a whole, ``None`` for a folder.
    """

    files: Mapping[str, bytes]
    damaged: frozenset[str] = frozenset()
    container: bytes | None = None


def zip_bytes(files: Mapping[str, bytes], moment: dt.datetime) -> bytes:
    """Return a zip file of ``files``, the same for the same ones.

    They are stored as they are: the large ones are compressed in themselves, and no
    version of a compressor shapes the result.
    """
    time = min(max(moment.replace(tzinfo=None), _EARLIEST), _LATEST)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, time.timetuple()[:6])
            entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def read_archive(path: Path) -> Kept:
    """Read the files of an archive.

    Raises:
        InputError: there is none at ``path``, or it may not be what an archive is.
    """
    with _explained(path):
        if path.is_dir():
            return Kept(dict(_folder_files(path)))
        data = read_bounded(path, _LARGEST)
    if data is None:
        _refuse_size(path)
    try:
        with _open_zip(data) as archive:
            kept = _without_wrapper(_zip_files(path, archive))
            return replace(kept, container=data)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError):
        refuse(
            path,
            "保存したフォルダーでも、読める ZIP ファイルでもありません。",
            "報告書を保存したフォルダーか ZIP ファイルを指定してください。",
        )


def refuse_other_folders(kept: Kept, path: Path) -> None:
    """Refuse what has no list, or one that is of a later form than can be read.

    Raises:
        InputError: it is no archive, or one of a later kpireport.
    """
    if not {MANIFEST, SUMS} & {*kept.files, *kept.damaged}:
        refuse(
            path,
            f"目録（{MANIFEST}）がありません。保存した報告書ではないようです。",
            f"{LETTER} と {MANIFEST} のあるフォルダーか、その ZIP ファイルを指定してください。",
        )
    if is_of_later_format(manifest := kept.files.get(MANIFEST, b"")):
        maker = maker_of(manifest)
        newer = f"kpireport {maker} か、それより新しい " if maker else "新しい "
        refuse(
            path,
            "この kpireport より新しい版で保存されたものです。",
            f"{newer}kpireport を使うか、{LETTER} の手順で確かめてください。",
            place=MANIFEST,
        )


def _folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files below a folder; links and devices are refused, not followed."""
    room, number = _LARGEST, 0
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        for name in (*folders, *sorted(names)):
            path = Path(parent, name)
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode):
                continue
            if not stat.S_ISREG(mode):
                _refuse_link(path)
            number += 1
            room -= path.stat().st_size
            if number > _MOST_FILES or room < 0:
                _refuse_size(folder)
            yield path.relative_to(folder).as_posix(), read_ordinary(path)


def _raise(error: OSError) -> NoReturn:
    raise error


def _open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip file; names without a mark are UTF-8 from macOS, else from Windows in Japan."""
    try:
        return zipfile.ZipFile(io.BytesIO(data), metadata_encoding="utf-8")
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(data), metadata_encoding="cp932")


def _zip_files(path: Path, archive: zipfile.ZipFile) -> Kept:
    files: dict[str, bytes] = {}
    damaged: set[str] = set()
    room = _LARGEST
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > _LARGEST:
        _refuse_size(path)  # more than is declared is counted below
    for entry in entries:
        _check_entry(path, entry, {*files, *damaged})
        try:
            content = _unpack(archive, entry, room)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            damaged.add(entry.filename)
            continue
        room -= len(content)
        if room < 0:
            _refuse_size(path)
        files[entry.filename] = content
    return Kept(files, frozenset(damaged))


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """Return an entry's content, or one byte more than there is room for."""
    if entry.compress_type not in _COMPRESSIONS:  # a damaged one of LZMA may ask for gigabytes
        raise NotImplementedError
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while size <= room and (chunk := stream.read(min(_CHUNK, room + 1 - size))):
            parts.append(chunk)
            size += len(chunk)
    return b"".join(parts)


def _check_entry(path: Path, entry: zipfile.ZipInfo, known: set[str]) -> None:
    """Refuse an entry that is no plain file below the archive's own folder."""
    name = entry.filename
    parts = name.split("/")
    is_outside = any(part in ("", ".", "..") for part in parts) or _CONTROL.search(name)
    if is_outside or len(name) > _LONGEST_PATH or name in known:
        refuse(
            path,
            f"ZIP の中に、安全でないか重なったファイル名があります（{name[:80]!a}）。",
            "元の保存場所から、写し直してください。",
        )
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.create_system == _UNIX and kind not in (0, stat.S_IFREG):
        _refuse_link(path / name)
    if entry.flag_bits & _ENCRYPTED:
        refuse(
            path,
            "ZIP にパスワードがかかっています。",
            "パスワードのない ZIP にするか、フォルダーに展開して指定してください。",
        )


def _without_wrapper(kept: Kept) -> Kept:
    """Take away the one folder that all is in, as zip programs put it around what they pack."""
    names = (*kept.files, *kept.damaged)
    wrappers = {name.partition("/")[0] + "/" for name in names}
    if len(wrappers) != 1:
        return kept
    (wrapper,) = wrappers
    if not {wrapper + MANIFEST, wrapper + SUMS} & set(names):
        return kept
    return Kept(
        {name.removeprefix(wrapper): content for name, content in kept.files.items()},
        frozenset(name.removeprefix(wrapper) for name in kept.damaged),
    )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        refuse(
            path,
            "保存したフォルダーも ZIP ファイルもありません。",
            "フォルダーかファイルの名前を確かめてください。",
        )
    except CellError:
        _refuse_link(path)
    except OSError as error:
        refuse(path, *unreadable(error))


def _refuse_link(path: Path) -> NoReturn:
    refuse(
        path,
        "ふつうのファイルではないもの（リンクなど）があります。",
        "保存したものにリンクは含まれません。元の保存場所から、写し直してください。",
    )


def _refuse_size(path: Path) -> NoReturn:
    refuse(
        path,
        f"大きすぎます（{_MOST_FILES:,}ファイル、{_LARGEST // 2**20} MB までです）。",
        "保存したものかどうかを確かめてください。",
    )
