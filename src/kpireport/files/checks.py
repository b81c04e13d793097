"""What is refused before anything is written: a name, a file that somebody has open or changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kpireport.errors import OutputError
from kpireport.files.explaining import explain, explained, refusal
from kpireport.files.parts import beside, remove
from kpireport.findings import refuse
from kpireport.ordinary_files import read_ordinary

_MOVE_OR_CHOOSE = "前のものを別の場所に移すか、別の名前か場所を指定してください。"


def check_absent(path: Path, remedy: str = _MOVE_OR_CHOOSE) -> None:
    """Refuse a target that there is already and that nobody asked to replace.

    Raises:
        OutputError: there is something of that name.
    """
    if os.path.lexists(path):
        raise refusal(path, "同じ名前のものが、もうあります。上書きはしません。", remedy)


def is_open(path: Path) -> bool:
    """Whether somebody has a workbook open in Excel, which keeps a file beside it for as long."""
    return _lock_of(path).exists()


def _lock_of(path: Path) -> Path:
    return path.with_name(f"~${path.name}")


def check_closed(path: Path) -> None:
    """Refuse to replace a workbook that somebody has open: they would write over it.

    Raises:
        OutputError: it is open.
    """
    if is_open(path):
        what = "Excel で開かれているため、書き込めません。何も書き込んでいません。"
        remedy = (
            "保存して閉じ、もう一度試してください。"
            f"だれも開いていなければ、{_lock_of(path).name} を消してください。"
        )
        raise refusal(path, what, remedy)


_KINDS = {
    ".docx": "Word のファイル",
    ".html": "HTML のファイル",
    ".json": "計画のファイル",
    ".txt": "テキストファイル",
    ".xlsx": "Excel のブック",
}


def check_ending(path: Path, like: str) -> None:
    """Refuse the name of a file to come that tells of another kind than it will be.

    Args:
        path: the name.
        like: an example of a right one, with the ending that it has to have.

    Raises:
        InputError: it ends otherwise.
    """
    ending = Path(like).suffix
    if path.suffix.lower() != ending:
        refuse(
            path,
            f"{_KINDS[ending]}（{ending}）の名前ではありません。",
            f"「{like}」のように、{ending} で終わる名前を指定してください。",
        )


def check_new(path: Path, like: str) -> None:
    """Refuse the name of a new file that has another ending, or that there is already.

    Args:
        path: the name.
        like: an example of a right one.

    Raises:
        InputError: it ends otherwise.
        OutputError: there is something of that name.
    """
    check_ending(path, like)
    check_absent(path, "別の名前を指定するか、前のものを別の場所に移してください。")


def check_writable(paths: Iterable[Path]) -> None:
    """Refuse at once, before any work is done, targets that could not be replaced.

    On Windows this finds a document that is still open in Word.

    Raises:
        OutputError: a target exists and cannot be written to.
    """
    for path in paths:
        with explained(path), suppress(FileNotFoundError), path.open("r+b"):
            pass


def why_unwritable(folder: Path) -> tuple[str, str] | None:
    """What keeps files from being made in a folder, and how to mend it; ``None`` for nothing.

    A file is made there, renamed and removed, as whatever is written is.
    """
    probe, renamed = beside(folder / "probe"), beside(folder / "probe")
    try:
        with probe.open("xb") as stream:
            stream.write(b"kpireport")
        probe.replace(renamed)
        renamed.unlink()
    except OSError as error:
        return explain(probe, error)
    finally:
        remove(probe)
        remove(renamed)
    return None


def is_same_file(path: Path, data: bytes) -> bool:
    """Whether a file is there that has just these bytes."""
    try:
        return path.stat().st_size == len(data) and read_ordinary(path) == data
    except OSError:
        return False


def check_unchanged(path: Path, data: bytes) -> None:
    """Refuse a file that somebody has saved since it was read; for one that is not replaced.

    Raises:
        OutputError: it has other bytes, or is gone.
    """
    if not is_same_file(path, data):
        raise changed_meanwhile(path)


def changed_meanwhile(path: Path) -> OutputError:
    """Return the error that somebody has saved a file since it was read."""
    return refusal(
        path,
        "調べている間に、ほかの人が書き換えました。",
        "開いている人がいないことを確かめて、もう一度試してください。",
    )
