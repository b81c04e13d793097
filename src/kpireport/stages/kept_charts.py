"""The images of a report's charts from its last build, in its folder.

Comes in: a report folder, packed images. Goes out: the same, the next time. Nobody needs the
file: where it is missing or not to be read all charts are drawn, and where it cannot be written
they are next time too. No input, it is not kept in archives, and goes nowhere with the inputs.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kpireport.errors import OutputError
from kpireport.files import NewFile, write_files
from kpireport.ordinary_files import read_ordinary

CHARTS_FILE = Path(".kpireport", "charts.cache")
_LARGEST = 64 * 2**20  # bytes; who packs them keeps less


def kept_charts(folder: Path) -> bytes:
    """Return what the last build kept; nothing where that cannot be read."""
    try:
        return read_ordinary(folder / CHARTS_FILE, _LARGEST)
    except OSError:
        return b""


def keep_charts(folder: Path, images: bytes) -> None:
    """Keep packed images for the next build, where the folder can be written to."""
    with suppress(OutputError, OSError):
        write_files([NewFile(folder / CHARTS_FILE, images)])
