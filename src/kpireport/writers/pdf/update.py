"""Further objects behind a finished PDF: an incremental update (ISO 32000-1, 7.5.6).

Comes in: a PDF and objects in PDF syntax. Goes out: the PDF with these objects behind
it, packed in compressed object streams (7.5.7) and listed in a cross-reference stream
(7.5.8). An object is compressed soon after it is known, so that some 100,000 of them
never stand in memory as text, nor does a library read them all again.
"""

from __future__ import annotations

import hashlib
import zlib
from io import BytesIO
from struct import Struct

COMPRESSION = 5  # of zlib's levels: half of the time of the usual sixth, and 1 % more bytes

_OBJECTS_PER_STREAM = 200
_ROW = Struct(">BIH")  # of the cross-references (7.5.8.3): a type, an offset or number, an index


class Update:
    """Objects that come behind the file ``pdf``, numbered on from its own."""

    def __init__(self, pdf: bytes) -> None:
        """Begin behind ``pdf``, whose cross-references are a stream."""
        import pikepdf  # noqa: PLC0415 -- layout alone has no file to open

        with pikepdf.open(BytesIO(pdf)) as opened:
            self._size = self._next = int(opened.trailer.Size)
            self._root = opened.Root.objgen[0]
            self._info = opened.trailer.Info.objgen[0]
            self._identifier = bytes(opened.trailer.ID[0])
        self._previous = int(pdf[pdf.rindex(b"startxref") :].split()[1])
        self._file = BytesIO()
        self._digest = hashlib.md5(usedforsecurity=False)
        self._write(pdf)
        self._waiting: list[tuple[int, bytes]] = []
        self._own: dict[int, bytes] = {}  # rows of the file's own objects in a new state
        self._rows = bytearray()  # of all others, from the first new number on

    def reserve(self) -> int:
        """Return the number of an object that is put later."""
        number, self._next = self._next, self._next + 1
        self._rows += bytes(_ROW.size)
        return number

    def add(self, body: str) -> int:
        """Add an object and return its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put(self, number: int, body: str | bytes) -> None:
        """Write an object that was reserved, or a new state of one of the file's own."""
        self._waiting.append((number, body.encode("ascii") if isinstance(body, str) else body))
        if len(self._waiting) == _OBJECTS_PER_STREAM:
            self._pack()

    def finish(self) -> bytes:
        """Return the file with everything that was put."""
        if self._waiting:
            self._pack()
        own = self.reserve()
        self._enter(own, 1, self._file.tell(), 0)
        changed = sorted(self._own)
        rows = b"".join((*(self._own[number] for number in changed), self._rows))
        index = " ".join(f"{number} 1" for number in changed)
        dictionary = (
            f"/Type /XRef /Size {self._next} /Prev {self._previous}"
            f" /Root {self._root} 0 R /Info {self._info} 0 R"
            f" /ID [<{self._identifier.hex()}> <{self._digest.hexdigest()}>]"
            f" /W [1 4 2]"
            f" /Index [{index} {self._size} {self._next - self._size}]"
        )
        start = self._file.tell()
        self._write_stream(own, dictionary, rows)
        self._write(f"startxref\n{start}\n%%EOF\n".encode("ascii"))
        return self._file.getvalue()

    def _enter(self, number: int, kind: int, second: int, third: int) -> None:
        """Note where an object is."""
        if number < self._size:
            self._own[number] = _ROW.pack(kind, second, third)
        else:
            _ROW.pack_into(self._rows, (number - self._size) * _ROW.size, kind, second, third)

    def _pack(self) -> None:
        """Write the waiting objects as one object stream."""
        number = self.reserve()
        offsets: list[str] = []
        bodies: list[bytes] = []
        position = 0
        for index, (each, body) in enumerate(self._waiting):
            self._enter(each, 2, number, index)
            offsets.append(f"{each} {position}")
            bodies.append(body)
            position += len(body) + 1
        head = f"{' '.join(offsets)}\n".encode("ascii")
        self._enter(number, 1, self._file.tell(), 0)
        self._write_stream(
            number,
            f"/Type /ObjStm /N {len(bodies)} /First {len(head)}",
            head + b"\n".join(bodies),
        )
        self._waiting.clear()

    def _write_stream(self, number: int, dictionary: str, content: bytes) -> None:
        packed = zlib.compress(content, COMPRESSION)
        head = f"{number} 0 obj\n<< {dictionary} /Filter /FlateDecode /Length {len(packed)} >>\n"
        self._write(b"".join((head.encode("ascii"), b"stream\n", packed, b"\nendstream\nendobj\n")))

    def _write(self, part: bytes) -> None:
        self._file.write(part)
        self._digest.update(part)
