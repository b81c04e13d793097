"""The pages of the folder: to be read first, for the information section, the licences.

Comes in: the parts, a system, a date. Goes out: the bytes of pages by their names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from kpireport import __version__
from tools.offline.carried.install import CURRENT, LOG, MARK
from tools.offline.parts import Part
from tools.offline.scripts import LAUNCHERS, OLDEST_GLIBC, file_name, templates
from tools.offline.targets import PYTHONS, WINDOWS, Target

PAGES = {
    "はじめに.html": "first.html",
    "情報政策課の方へ.html": "information-section.html",
    "ライセンス.html": "licences.html",
}


def pages(parts: Sequence[Part], target: Target, made: dt.datetime) -> Mapping[str, bytes]:
    """Return the pages by name."""
    filler = templates()
    wheels = [wheel for part in parts for wheel in part.wheels]
    words = {
        "version": __version__,
        "made": made.date(),
        "parts": parts,
        "wheels": len(wheels),
        "megabytes": round(sum(each.path.stat().st_size for each in wheels) / 1e6),
        "pythons": PYTHONS,
        "glibc": OLDEST_GLIBC,
        "current": CURRENT,
        "log": LOG,
        "mark": MARK,
        "is_windows": target is WINDOWS,
        "install": file_name("導入", target),
        "launchers": [file_name(title, target) for title in LAUNCHERS],
    }
    return {
        name: (filler.get_template(f"pages/{file}").render(words)).encode()
        for name, file in PAGES.items()
    }
