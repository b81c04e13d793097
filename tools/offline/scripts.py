"""What people double-click or type, written for a system from the templates.

Comes in: a system. Goes out: the bytes of scripts by their Japanese names.

Scripts for Windows are ASCII up to their messages. ``cmd`` reads a script in the console's
code page, which it does not tell: in code page 932 the second byte of a character may be
a pipe or a backslash, in UTF-8 no byte of one ever is. So the messages are UTF-8, they are nothing
but ``echo`` lines, and ``chcp 65001`` stands before them; where a console shows them wrongly
nevertheless, nothing is done wrongly. All longer words are Python's (``carried/``), which
writes to a console of Windows as Unicode, whatever its code page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from kpireport.in_use import IN_USE
from tools.offline.carried.install import CURRENT, FILES, MARK
from tools.offline.targets import PYTHONS, WINDOWS, Target

TEMPLATES = Path(__file__).with_name("templates")
OLDEST_GLIBC = "2.28"
SCRIPTS = {
    "導入": "install",
    "開く": "open",
    "手引": "handbook",
    "コマンド": "console",
    "取り外す": "remove",
}
LAUNCHERS = ("開く", "手引", "コマンド", "取り外す")
"""Those that an install puts where the work is, the first one to begin with."""


def templates() -> Environment:
    """Return what fills templates in; a name that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html",)),
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def file_name(title: str, target: Target) -> str:
    """Return what a script is called."""
    return f"{title}{_ending(target)}"


def scripts(target: Target) -> Mapping[str, bytes]:
    """Return the scripts by name."""
    folder = "windows" if target is WINDOWS else "linux"
    filler = templates()
    words = {
        "pythons": PYTHONS,
        "glibc": OLDEST_GLIBC,
        "in_use": IN_USE,
        "mark": MARK,
        "current": CURRENT,
        "files": FILES,
        "launchers": [file_name(title, target) for title in LAUNCHERS],
    }
    return {
        file_name(title, target): _bytes(
            filler.get_template(f"{folder}/{name}{_ending(target)}").render(words), target
        )
        for title, name in SCRIPTS.items()
    }


def _ending(target: Target) -> str:
    return ".cmd" if target is WINDOWS else ".sh"


def _bytes(text: str, target: Target) -> bytes:
    return (text.replace("\n", "\r\n") if target is WINDOWS else text).encode()
