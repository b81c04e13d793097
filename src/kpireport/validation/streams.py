"""How large a PDF is when it is unpacked: found out before anything else is done with it.

Comes in: the bytes of what should be a PDF. Goes out: whether its streams stay within
bounds. A small file may hold gigabytes, which the readers of PDF unpack at once, cross
references and metadata too. So every stream is unpacked here piece by piece, and counted.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"(?<!end)stream\r?\n")  # ISO 32000-1, 7.3.8.1
_CHUNK = 2**16
_MOST_FILTERS = 4  # one after the other (7.4.1)


def is_within(data: bytes, *, each: int, together: int) -> bool:
    """Tell whether each stream, and all together, have so many bytes at most.

    What is packed otherwise than by Flate grows less, and is left to the validator's limits.
    What has to be read for it counts too: it may be much, and nothing come of it.
    """
    for found in _STREAM.finditer(data):
        left = most = min(each, together)
        for count in _counts(data, found.end()):
            left -= count
            if left < 0:
                return False
        together -= most - left
    return True


def is_small(packed: bytes, most: int) -> bool:
    """Tell whether what is packed so has ``most`` bytes at most."""
    if len(packed) > most:
        return False
    for count in _counts(packed, 0):
        most -= count
        if most < 0:
            return False
    return True


def _counts(data: bytes, start: int) -> Iterator[int]:
    """Yield the sizes of what is read of a stream, and of what comes of it, bit by bit."""
    if not _is_packed(data[start : start + 2]):
        return
    filter_ = _Filter(_MOST_FILTERS)
    try:
        for place in range(start, len(data), _CHUNK):
            piece = data[place : place + _CHUNK]
            yield len(piece)
            yield from filter_.unpacked(piece)
            if filter_.is_done:
                return
    except zlib.error:  # it is damaged, or was no such stream
        return


class _Filter:
    """A Flate filter, and those after it where its result is packed again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._unpacker = zlib.decompressobj()
        self._next: _Filter | None = None
        self._is_begun = False

    @property
    def is_done(self) -> bool:
        """Whether the packed data ended."""
        return self._unpacker.eof

    def unpacked(self, data: bytes) -> Iterator[int]:
        """Yield the sizes of what comes of some more data."""
        while data and not self.is_done:
            piece = self._unpacker.decompress(data, _CHUNK)
            data = self._unpacker.unconsumed_tail
            yield len(piece)
            if piece and not self._is_begun:
                self._is_begun = True
                self._next = _Filter(self._most - 1) if self._goes_on(piece) else None
            if self._next is not None:
                yield from self._next.unpacked(piece)

    def _goes_on(self, piece: bytes) -> bool:
        return self._most > 1 and _is_packed(piece[:2])


def _is_packed(beginning: bytes) -> bool:
    """Whether data begins as zlib's format does (RFC 1950, 2.2)."""
    method = beginning[0] & 15 if beginning else 0
    return method == zlib.DEFLATED and int.from_bytes(beginning) % 31 == 0
