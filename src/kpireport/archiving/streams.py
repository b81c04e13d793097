"""Content inside a PDF or a Word file that somebody may have changed, unpacked in bounded space.

Comes in: the bytes of a file. Goes out: a PDF's attachments, the content of a stream,
the parts of a Word file; what cannot be had is said to be so, and fills no memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from itertools import islice

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from kpireport.errors import CellError
from kpireport.sources.package_kinds import PackageKind
from kpireport.sources.packages import Package, open_package

LARGEST = 256 * 2**20
_MOST_ATTACHMENTS = 1_000


def attachments_of(pdf: pikepdf.Pdf) -> Mapping[str, frozenset[bytes | None]]:
    """Return what is attached under each name; ``None`` stands for what cannot be unpacked.

    A sound file has one content for a name, wherever it is named: among the embedded
    files and among the associated ones, in the entry for Unicode names and in the other.
    """
    found: dict[str, set[bytes | None]] = {}
    for name, file in islice(_specifications(pdf), _MOST_ATTACHMENTS):
        contents = found.setdefault(name, set())
        embedded = file.get("/EF")
        streams = list(embedded.values()) if isinstance(embedded, Dictionary) else []
        contents.update(stream_content(each) for each in streams)
        if not streams:
            contents.add(None)
    return {name: frozenset(contents) for name, contents in found.items()}


def _specifications(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Dictionary]]:
    names = pdf.Root.get("/Names", Dictionary())
    if "/EmbeddedFiles" in names:
        for key, file in pikepdf.NameTree(names.EmbeddedFiles).items():
            if isinstance(file, Dictionary):
                yield str(key), file
                yield str(file.get("/UF", "")), file
    for file in pdf.Root.get("/AF", ()):
        if isinstance(file, Dictionary):
            yield str(file.get("/UF", "")), file


def stream_content(stream: Object) -> bytes | None:
    """Return a stream's content where it can be had in bounded space."""
    if not isinstance(stream, Stream):
        return None
    raw = bytes(stream.get_raw_stream_buffer())
    if "/Filter" not in stream:
        return raw
    if stream.Filter != Name.FlateDecode or "/DecodeParms" in stream:
        return None
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(raw, LARGEST)
    except zlib.error:
        return None
    return content if unpacker.eof else None


def package_parts(data: bytes, kind: PackageKind) -> dict[str, bytes | None]:
    """Return the parts of a Word file or a workbook; ``None`` for one that cannot be unpacked.

    Raises:
        CellError: it is no package at all.
    """
    with open_package(data, kind) as package:
        return {name: _part(package, name) for name in package.names}


def _part(package: Package, name: str) -> bytes | None:
    try:
        return package.read(name)
    except CellError:
        return None
