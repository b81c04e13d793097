"""Images of charts that are kept from one build to the next: what is the same is not made again.

Comes in: charts, and what was kept, as bytes that anything may have happened to. Goes out: their
images, and what to keep for the next time.

Images are known by what is drawn of their chart, so that whatever shapes it counts. What was kept
begins with a sum over itself and over all that makes images of what is drawn: damaged, or made by
another version, it is as if there were nothing. No more than some are kept; those that were not
used for longest go first.
"""

from __future__ import annotations

import hashlib
import sysconfig
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from struct import Struct
from typing import TypeAlias

from PIL import features

from kpireport.document.charts import Chart
from kpireport.writers import charts
from kpireport.writers.charts.chart_drawings import draw_chart
from kpireport.writers.charts.drawing import Recording
from kpireport.writers.charts.images import ChartImages
from kpireport.writers.fonts import font_file
from kpireport.writers.theme import Typeface

MOST = 512  # charts: more than a review of a large plan has
LARGEST = 32 * 2**20  # bytes

_PACKAGES = ("matplotlib", "numpy", "pillow")
_HEAD = Struct("<32sII")  # of each chart: what it is known by, the lengths of its images
_SUM = 32  # bytes of a SHA-256

_Kept: TypeAlias = dict[bytes, ChartImages]


class KeptImages:
    """Images of charts: as they were kept, or made now."""

    def __init__(self, kept: bytes = b"") -> None:
        """Begin with what :meth:`packed` once gave, or with nothing."""
        self._before: _Kept = dict(_unpacked(kept))
        self._used: _Kept = {}
        self._room = LARGEST - _SUM
        self._has_new = False

    def images(self, chart: Chart, size: tuple[float, float], accent: str) -> ChartImages:
        """Return the images of ``chart`` in ``size`` points, as :func:`chart_images` would.

        Raises:
            MissingGlyphError: a character that the font lacks.
        """
        drawn = draw_chart(chart, size, accent=accent)
        key = _key(drawn)
        if key in self._used:
            return self._used[key]
        found = self._before.pop(key, None)
        made = found or charts.images_of(drawn)
        self._has_new |= self._use(key, made) and found is None
        return made

    @property
    def is_full(self) -> bool:
        """Whether it keeps no more of what is made now."""
        return len(self._used) >= MOST or self._room <= 0

    def packed(self) -> bytes | None:
        """Return what to keep for the next time; ``None`` where all of it was kept already."""
        if not self._has_new:
            return None
        earlier: _Kept = {}
        room = self._room
        for key, each in reversed(self._before.items()):  # what was used last comes last
            room -= _length(each)
            if room < 0 or len(self._used) + len(earlier) >= MOST:
                break
            earlier[key] = each
        entries = chain(reversed(earlier.items()), self._used.items())
        body = b"".join(
            _HEAD.pack(key, len(each.svg), len(each.png)) + each.svg + each.png
            for key, each in entries
        )
        return _sum(body) + body

    def _use(self, key: bytes, made: ChartImages) -> bool:
        """Keep images that are used now, if there is room for them; tell whether there was."""
        if self.is_full or _length(made) > self._room:
            return False
        self._used[key] = made
        self._room -= _length(made)
        return True


def _key(drawn: Recording) -> bytes:
    return hashlib.sha256(repr(drawn).encode()).digest()


def _length(each: ChartImages) -> int:
    return _HEAD.size + len(each.svg) + len(each.png)


def _unpacked(kept: bytes) -> Iterator[tuple[bytes, ChartImages]]:
    """Yield what was packed, by its keys; nothing of what is not whole and ours."""
    if not kept or len(kept) > LARGEST or kept[:_SUM] != _sum(kept[_SUM:]):
        return
    at = _SUM
    while at + _HEAD.size <= len(kept):
        key, svg, png = _HEAD.unpack_from(kept, at)
        begin = at + _HEAD.size
        at = begin + svg + png
        yield key, ChartImages(kept[begin : begin + svg], kept[begin + svg : at])


def _sum(body: bytes) -> bytes:
    digest = hashlib.sha256(_makers())
    digest.update(body)
    return digest.digest()


@cache
def _makers() -> bytes:
    """Return a sum over all that makes images of what is drawn: programs, libraries, fonts."""
    said: Mapping[str, str] = {
        "system": sysconfig.get_platform(),
        "zlib": str(features.version("zlib")),
        **{package: version(package) for package in _PACKAGES},
    }
    fonts = (font_file(Typeface.GOTHIC, bold=bold) for bold in (False, True))
    digest = hashlib.sha256(repr(said).encode())
    for path in (*sorted(Path(__file__).parent.glob("*.py")), *filter(None, fonts)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()
