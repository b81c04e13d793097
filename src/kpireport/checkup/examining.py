"""Everything is looked at, one after the other."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kpireport.checkup.folders import Around, look_at_folder, look_at_reports
from kpireport.checkup.machine import (
    look_at_clock,
    look_at_console,
    look_at_working_folder,
    newest_of,
)
from kpireport.checkup.points import Checkup, Point
from kpireport.checkup.programs import (
    look_at_fonts,
    look_at_java,
    look_at_libraries,
    look_at_versions,
)
from kpireport.findings import require_folder


def examine(
    folder: Path | str | None = None,
    *,
    now: dt.datetime,
    encoding: str = "",
    language: str = "",
) -> Checkup:
    """Look at whatever may keep this computer from making reports; change nothing.

    What is told has no name in it that people gave: it can be sent to a stranger. Whether
    folders can be written to is found out by making a small file, which is removed again.

    Args:
        folder: a report's folder, or one that has reports below it; ``None`` for the
            computer alone.
        now: what its clock says, with its zone.
        encoding: that of the console; empty where there is none.
        language: the locale; empty for none.

    Raises:
        InputError: the folder is not there, or is a file.
    """
    around = _around(Path(folder)) if folder is not None else None
    points = (*_of_machine(around, now, encoding, language), *_of_folder(around))
    return Checkup(points, now)


def _around(folder: Path) -> Around:
    require_folder(folder, "報告書のフォルダーか、その上のフォルダーを指定してください。")
    return Around.of(folder)


def _of_machine(
    around: Around | None, now: dt.datetime, encoding: str, language: str
) -> Iterator[Point]:
    yield look_at_versions()
    yield look_at_libraries()
    yield look_at_fonts()
    yield look_at_java()
    if encoding:
        yield look_at_console(encoding, language)
    yield look_at_clock(now, newest_of(around.files) if around else None)
    yield look_at_working_folder(Path(tempfile.gettempdir()))


def _of_folder(around: Around | None) -> Iterator[Point]:
    if around is not None:
        yield from look_at_folder(around)
        yield from look_at_reports(around)
