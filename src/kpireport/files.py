"""Writing results to disk: every file whole, or the last good one left as it was.

Comes in: the finished bytes of one or several files. Goes out: the files, replaced
together, or a new folder of them. All new content is first written beside its target
and flushed to the disk; only when every file is there are the targets renamed over,
one after the other. Whatever fails on the way puts back what was replaced and removes
what was begun, and says in Japanese what to do. A process killed on the way leaves
whole files too, and perhaps a ``.part`` file or folder, which a later build removes.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kpireport.errors import OutputError, Problem
from kpireport.findings import refuse
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass

_PREFIX, _SUFFIX = ".kpireport-", ".part"
_WORKING = "kpireport-"
_ABANDONED_WORK_AFTER = 24 * 3600.0  # seconds; no run takes a day
_ABANDONED_AFTER = 60.0  # seconds; writing takes far less, so the writer is gone


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write: where, its whole content, what it has to hold ``before``, if anything."""

    path: Path
    content: bytes
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class GoneFile:
    """A file to remove: where, and what it has to hold ``before``."""

    path: Path
    before: bytes


@dataclass(frozen=True, slots=True)
class _Replacement:
    """A target, its new content beside it, and a copy of its old content if it has any.

    ``new`` is ``None`` where the target is to go. ``state`` is what the target was when it was
    copied, where nobody may change it meanwhile.
    """

    target: Path
    new: Path | None
    old: Path | None
    state: tuple[int, ...] | None = None


def write_files(files: Sequence[NewFile | GoneFile]) -> None:
    """Write and remove all ``files``, in their order, or none of them.

    Missing folders are made. A file that exists keeps its permissions; a symbolic
    link stays one, and what it points at is replaced. What somebody saves into a file that
    has to hold something before stays: then nothing is written.

    Raises:
        OutputError: a file cannot be written; all files are as they were before.
    """
    staged: list[_Replacement] = []
    try:
        for file in files:
            with _explained(file.path):
                _stage(file, staged)
                _check_unchanged(file, staged)
        _replace_all(staged)
    finally:
        for replacement in staged:
            for path in (replacement.new, replacement.old):
                if path:
                    _remove(path)
    last_in_folder = {each.target.parent: each.target for each in staged if each.new}
    for folder, target in last_in_folder.items():
        _flush_folder(folder)
        _remove_abandoned(folder, fresh=target)


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder that is not there yet, complete or not at all.

    Args:
        folder: where; the folders above it are made.
        files: the contents by their paths below it, with ``/`` between folders.

    Raises:
        OutputError: there is something of that name, or it cannot be written.
    """
    check_absent(folder)
    with _explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = _beside(folder)
        try:
            for name, content in files.items():
                _write_flushed(new / name, content)
            new.rename(folder)
        except BaseException:  # an interrupt, too, must leave nothing behind
            shutil.rmtree(new, ignore_errors=True)
            raise
    _flush_folder(folder.parent)
    _remove_abandoned(folder.parent, fresh=folder)


_MOVE_OR_CHOOSE = "前のものを別の場所に移すか、別の名前か場所を指定してください。"


def check_absent(path: Path, remedy: str = _MOVE_OR_CHOOSE) -> None:
    """Refuse a target that there is already and that nobody asked to replace.

    Raises:
        OutputError: there is something of that name.
    """
    if os.path.lexists(path):
        raise OutputError(
            str(
                Problem(
                    str(path),
                    "",
                    "同じ名前のものが、もうあります。上書きはしません。",
                    remedy,
                )
            )
        )


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
        raise OutputError(str(Problem(str(path), "", what, remedy)))


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
        with _explained(path), suppress(FileNotFoundError), path.open("r+b"):
            pass


def why_unwritable(folder: Path) -> tuple[str, str] | None:
    """What keeps files from being made in a folder, and how to mend it; ``None`` for nothing.

    A file is made there, renamed and removed, as whatever is written is.
    """
    probe, renamed = _beside(folder / "probe"), _beside(folder / "probe")
    try:
        with probe.open("xb") as stream:
            stream.write(b"kpireport")
        probe.replace(renamed)
        renamed.unlink()
    except OSError as error:
        return _explain(probe, error)
    finally:
        _remove(probe)
        _remove(renamed)
    return None


def remove_abandoned(folders: Iterable[Path]) -> None:
    """Remove what killed runs left in ``folders``, where nothing new is to be written.

    Only :func:`write_files` knows how late it is on a folder's disk; here a file is made
    for that and removed again, if there is anything to remove.
    """
    for folder in folders:
        with suppress(OSError):
            if any(folder.glob(f"{_PREFIX}*{_SUFFIX}")):
                probe = _beside(folder / "probe")
                _write_flushed(probe, b"")
                try:
                    _remove_abandoned(folder, fresh=probe)
                finally:
                    _remove(probe)


def is_same_file(path: Path, data: bytes) -> bool:
    """Whether a file is there that has just these bytes."""
    try:
        return path.stat().st_size == len(data) and read_ordinary(path) == data
    except OSError:
        return False


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for working files, removed at the end; what killed runs left is removed first.

    Raises:
        OSError: there is no room for one.
    """
    place = Path(tempfile.gettempdir())
    for leftover in place.glob(f"{_WORKING}*"):
        with suppress(OSError):
            if _is_abandoned(leftover):
                shutil.rmtree(leftover)
    with tempfile.TemporaryDirectory(prefix=f"{_WORKING}{os.getpid()}-") as folder:
        yield Path(folder)


def _is_abandoned(folder: Path) -> bool:
    """Whether a working folder is ours, and whoever made it is gone."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        return False
    process = folder.name.removeprefix(_WORKING).partition("-")[0]
    if process.isdecimal() and os.name == "posix":  # elsewhere, asking would end the process
        try:
            os.kill(int(process), 0)
        except (ProcessLookupError, OverflowError):
            return True
        except PermissionError:  # it is another user's now
            return True
        return False
    return time.time() - status.st_mtime > _ABANDONED_WORK_AFTER


def _stage(file: NewFile | GoneFile, staged: list[_Replacement]) -> None:
    """Write the new content beside its target, and keep a copy of the old content there."""
    target = file.path.resolve() if file.path.is_symlink() else file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    exists = target.exists()
    if exists and not target.is_file():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    state = _state(target) if file.before is not None else None
    old = _beside(target) if exists else None
    new = _beside(target) if isinstance(file, NewFile) else None
    staged.append(_Replacement(target, new, old, state))
    if new and isinstance(file, NewFile):
        _write_flushed(new, file.content)
    if old:
        shutil.copy2(target, old)
        if new:
            shutil.copymode(target, new)


def _check_unchanged(file: NewFile | GoneFile, staged: list[_Replacement]) -> None:
    """Refuse a file that does not hold any more what its new content was made from.

    The copy is compared, not the file, which may change again: it is told by its state.
    """
    if file.before is None:
        return
    copy = staged[-1].old
    if copy is None or read_ordinary(copy) != file.before:
        raise _changed_meanwhile(file.path)


def check_unchanged(path: Path, data: bytes) -> None:
    """Refuse a file that somebody has saved since it was read; for one that is not replaced.

    Raises:
        OutputError: it has other bytes, or is gone.
    """
    if not is_same_file(path, data):
        raise _changed_meanwhile(path)


def _check_state(replacement: _Replacement) -> None:
    if replacement.state not in (None, _state(replacement.target)):
        raise _changed_meanwhile(replacement.target)


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells a file from what it becomes once somebody saves it; ``None`` for none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def _changed_meanwhile(path: Path) -> OutputError:
    problem = Problem(
        str(path),
        "",
        "調べている間に、ほかの人が書き換えました。",
        "開いている人がいないことを確かめて、もう一度試してください。",
    )
    return OutputError(str(problem))


def _write_flushed(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, down to the disk; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _replace_all(staged: Sequence[_Replacement]) -> None:
    """Rename the new files over their targets; undo what is done if one resists."""
    begun: list[_Replacement] = []
    try:
        for replacement in staged:
            begun.append(replacement)
            with _explained(replacement.target):
                _check_state(replacement)
                if replacement.new:
                    replacement.new.replace(replacement.target)
                else:
                    replacement.target.unlink()
    except BaseException:  # an interrupt, too, must not leave a new file beside an old one
        for replacement in reversed(begun):
            _restore(replacement)
        raise


def _restore(replacement: _Replacement) -> None:
    if replacement.new and replacement.new.exists():  # not renamed: its target is untouched
        return
    if not replacement.new and replacement.target.exists():  # it was not removed
        return
    with suppress(OSError):  # the failure that led here is the one to report
        if replacement.old:
            replacement.old.replace(replacement.target)
        else:
            replacement.target.unlink()


def _beside(target: Path) -> Path:
    """Return a new name in the target's folder: renaming never crosses a file system."""
    return target.with_name(f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}")


def _remove_abandoned(folder: Path, *, fresh: Path) -> None:
    """Remove what killed builds left in ``folder``, judged against a ``fresh`` file there.

    Both times come from the file system: on a shared folder the clocks of server
    and desktop may differ. What is young may belong to a colleague's build.
    """
    now = fresh.stat().st_ctime
    for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if now - leftover.stat().st_ctime <= _ABANDONED_AFTER:
                continue
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make the renames last through a power cut, where the system can (not on Windows)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write ``path`` into words for staff."""
    try:
        yield
    except OSError as error:
        what, remedy = _explain(path, error)
        raise OutputError(str(Problem(str(path), "", what, remedy))) from error


def _explain(path: Path, error: OSError) -> tuple[str, str]:
    """Return what went wrong in writing ``path``, and how to mend it."""
    if os.path.isdir(path):  # noqa: PTH112 -- unlike Path's, it answers for any name
        return (
            "同じ名前のフォルダーがあるため、ファイルを書き込めません。",
            "フォルダーの名前を変えるか、別の出力先を指定してください。",
        )
    if error.errno in (errno.EACCES, errno.EPERM) and path.exists():
        how = f"{_program_of(path)} などで開いていれば閉じ、読み取り専用なら解除して"
        return (
            "ファイルが開かれているか、書き込みが禁止されています。",
            f"{how}、もう一度試してください。",
        )
    if error.errno in _EXPLANATIONS:
        return _EXPLANATIONS[error.errno]
    return (
        "書き込めません" + (f"（システムのエラー番号 {error.errno}）。" if error.errno else "。"),
        "出力先のフォルダーが使えることを確かめて、もう一度試してください。",
    )


def _program_of(path: Path) -> str:
    """Return the program that has most likely opened a file."""
    return _PROGRAMS.get(path.suffix.lower(), "ほかのプログラム")


_PROGRAMS = {
    ".docx": "Word",
    ".pdf": "PDFの閲覧ソフト",
    **dict.fromkeys((".xlsx", ".xlsm", ".csv"), "Excel"),
}
_NOT_ALLOWED = (
    "出力先のフォルダーに書き込む権限がありません。",
    "書き込めるフォルダーを指定するか、フォルダーの管理者に権限を依頼してください。",
)
_NO_SPACE = (
    "ディスクの空きが足りません。",
    "不要なファイルを片付けて空きを増やし、もう一度試してください。",
)
_FOLDER_IS_FILE = (
    "出力先のフォルダーと同じ名前のファイルがあります。",
    "そのファイルの名前を変えるか、別の出力先を指定してください。",
)
_EXPLANATIONS = {
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: (
        "出力先が読み取り専用のため、書き込めません。",
        "書き込めるフォルダーを指定してください。",
    ),
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EEXIST: _FOLDER_IS_FILE,
    errno.ENOTDIR: _FOLDER_IS_FILE,
    errno.ENAMETOOLONG: (
        "ファイルかフォルダーの名前が長すぎます。",
        "出力する名前を短くしてください。",
    ),
}
