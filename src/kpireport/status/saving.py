"""A board's files: where they may be written, and what they hold.

Comes in: a board and the names of files. Goes out: their contents, to be written
together. A file that is there already is replaced only if it is a board's: a mistyped
name must not cost anybody their workbook.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kpireport.errors import CellError
from kpireport.files import NewFile, write_files
from kpireport.findings import Findings
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.packages import open_package
from kpireport.status.boards import Board
from kpireport.status.pages import GENERATOR, write_page
from kpireport.status.reminders import reminders_text
from kpireport.status.words import BOARD_PROPERTY, SIGNATURE
from kpireport.status.workbooks import write_workbook

_PROPERTIES = "docProps/custom.xml"
_HEAD = 4_096  # bytes: our pages and texts tell at once what they are


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: its name for people, its extensions, its content, how it is known."""

    name: str
    extensions: tuple[str, ...]
    write: Callable[[Board], bytes]
    is_ours: Callable[[Path], bool]


@dataclass(frozen=True, slots=True)
class Targets:
    """Where a board is to be written; ``None`` for not at all.

    Attributes:
        page: an HTML file.
        workbook: an Excel workbook.
        reminders: a text file with the mails.
    """

    page: Path | None = None
    workbook: Path | None = None
    reminders: Path | None = None

    @property
    def are_any(self) -> bool:
        """Whether anything is to be written."""
        return bool(self._wanted())

    def check(self) -> None:
        """Refuse names that the files cannot have, before any work is done.

        Raises:
            InputError: a name is of another kind of file, or a file that is not a board's
                is there already.
        """
        found = Findings()
        for kind, path in self._wanted():
            _check(kind, path, found.of(path))
        found.settle()

    def files(self, board: Board) -> tuple[NewFile, ...]:
        """Return the finished files."""
        return tuple(NewFile(path, kind.write(board)) for kind, path in self._wanted())

    def _wanted(self) -> list[tuple[_Kind, Path]]:
        pairs = ((_PAGE, self.page), (_WORKBOOK, self.workbook), (_REMINDERS, self.reminders))
        return [(kind, path) for kind, path in pairs if path is not None]


def save_board(
    board: Board,
    *,
    page: Path | str | None = None,
    workbook: Path | str | None = None,
    reminders: Path | str | None = None,
) -> tuple[Path, ...]:
    """Write a board as files, all of them or none; ``None`` for not as that.

    Args:
        board: of a year's report.
        page: a page for a browser (.html).
        workbook: a workbook (.xlsx), whose ticks ``accept`` takes.
        reminders: the mails to those who have not reported (.txt).

    Raises:
        InputError: a name is of another kind of file, or a file that is not a board's is there
            already.
        OutputError: a file cannot be written; none is.
    """
    paths = (None if each is None else Path(each) for each in (page, workbook, reminders))
    targets = Targets(*paths)
    targets.check()
    files = targets.files(board)
    write_files(files)
    return tuple(each.path for each in files)


def _check(kind: _Kind, path: Path, log: Findings) -> None:
    if path.suffix.lower() not in kind.extensions:
        log.add(
            "",
            f"{kind.name}の名前ではありません。",
            f"「状況{kind.extensions[0]}」のように、{kind.extensions[0]} で終わる名前を"
            "指定してください。",
        )
        return
    if not os.path.lexists(path) or path.is_dir():  # a folder is refused when it is written
        return
    try:
        if not kind.is_ours(path):
            log.add(
                "",
                "報告の状況として作ったものではないファイルが、もうあります。上書きはしません。",
                "別の名前を指定してください。",
            )
    except OSError as error:
        log.add("", *unreadable(error))


# --- the kinds -------------------------------------------------------------------


def _is_page(path: Path) -> bool:
    return GENERATOR.encode() in _head(path)


def _is_reminders(path: Path) -> bool:
    first_line = _head(path).partition(b"\n")[0]
    return SIGNATURE.encode() in first_line


def _head(path: Path) -> bytes:
    return read_ordinary(path)[:_HEAD]


def is_board(path: Path) -> bool:
    """Whether a workbook says of itself that it is a board; saved anew by Excel it still does."""
    names = _PropertyNames()
    try:
        with open_package(path, WORKBOOK) as package:
            if _PROPERTIES in package:
                package.parse(_PROPERTIES, names)
    except CellError:  # whatever it is, it is none of ours
        return False
    return BOARD_PROPERTY in names.found


class _PropertyNames:
    """Collects the names of custom properties (22.3.2.2)."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self.found.add(attributes.get("name", ""))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, data: str) -> None:
        """Nothing to do."""


def _reminders(board: Board) -> bytes:
    # the editors of Windows know UTF-8 by its mark, and break lines at both characters
    return reminders_text(board).replace("\n", "\r\n").encode("utf-8-sig")


_PAGE = _Kind("HTML のファイル（.html）", (".html", ".htm"), write_page, _is_page)
_WORKBOOK = _Kind("Excel のブック（.xlsx）", (".xlsx",), write_workbook, is_board)
_REMINDERS = _Kind("テキストファイル（.txt）", (".txt",), _reminders, _is_reminders)
