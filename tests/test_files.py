"""Files are written whole or not at all, whatever happens on the way."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kpireport.errors import OutputError
from kpireport.files import (
    GoneFile,
    NewFile,
    check_writable,
    parts,
    working_folder,
    write_files,
    write_new_folder,
)
from tests import warm

NOBODY = 65534


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of ``folder``, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def refuse(error: int) -> Callable[..., None]:
    """Return a stand-in for a system call that fails with ``error``."""

    def refused(*_arguments: object) -> None:
        raise OSError(error, os.strerror(error))

    return refused


@contextmanager
def without_privileges() -> Iterator[None]:
    """Run as a user whom permissions bind, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_writes_all_files_and_makes_their_folders(tmp_path: Path) -> None:
    write_files([NewFile(tmp_path / "a/b/報告.pdf", b"1"), NewFile(tmp_path / "報告.docx", b"2")])

    assert (tmp_path / "a/b/報告.pdf").read_bytes() == b"1"
    assert (tmp_path / "報告.docx").read_bytes() == b"2"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "報告.docx", "報告.pdf"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write_files([NewFile(tmp_path / "new", b"")])

    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "shared"
    target.write_bytes(b"old")
    target.chmod(0o664)
    write_files([NewFile(target, b"new")])

    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o664


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("real")
    write_files([NewFile(link, b"new")])

    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_a_failure_while_writing_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    monkeypatch.setattr(os, "fsync", refuse(error))
    with pytest.raises(OutputError):
        write_files([NewFile(tmp_path / "a", b"new a"), NewFile(tmp_path / "b", b"new b")])

    assert contents(tmp_path) == {"a": b"old a"}


@pytest.mark.parametrize("stop", [PermissionError(errno.EACCES, "open"), KeyboardInterrupt()])
def test_a_target_that_resists_undoes_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    os.utime(tmp_path / "a", (1, 1))
    replace = Path.replace

    def resist(self: Path, target: Path) -> Path:
        if target.name == "c":
            raise stop
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", resist)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_files([NewFile(tmp_path / name, b"new") for name in ("a", "b", "c")])

    assert contents(tmp_path) == {"a": b"old a", "c": b"old c"}
    assert (tmp_path / "a").stat().st_mtime == 1


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_killed_process_leaves_the_last_good_files(tmp_path: Path, moment: str) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    program = f"""
import os, pathlib, signal
from kpireport.files import NewFile, write_files
owner = os if {moment!r} == "fsync" else pathlib.Path
setattr(owner, {moment!r}, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
folder = pathlib.Path({str(tmp_path)!r})
write_files([NewFile(folder / "a", b"new"), NewFile(folder / "b", b"new")])
"""
    assert warm.run("-c", program) == -signal.SIGKILL
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == b"old"


def test_what_a_killed_process_left_is_removed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leftover = tmp_path / ".kpireport-0123456789abcdef.part"
    leftover.write_bytes(b"half")
    write_files([NewFile(tmp_path / "a", b"1")])
    assert leftover.exists(), "it may still be a colleague's"

    monkeypatch.setattr(parts, "_ABANDONED_AFTER", 0)
    (tmp_path / "other.part").write_bytes(b"not ours")
    write_files([NewFile(tmp_path / "b", b"2")])
    assert contents(tmp_path) == {"a": b"1", "b": b"2", "other.part": b"not ours"}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errno.EACCES, "開かれているか"),
        (errno.EROFS, "読み取り専用"),
        (errno.ENOSPC, "空きが足りません"),
        (errno.EIO, "もう一度試して"),
    ],
    ids=["EACCES", "EROFS", "ENOSPC", "EIO"],
)
def test_a_refusal_names_the_file_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, words: str
) -> None:
    target = tmp_path / "報告.docx"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refuse(error))
    with pytest.raises(OutputError) as caught:
        write_files([NewFile(target, b"new")])

    assert str(target) in str(caught.value)
    assert words in str(caught.value)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="同じ名前のフォルダー"):
        write_files([NewFile(tmp_path / "a", b"")])
    with pytest.raises(OutputError, match="同じ名前のフォルダー"):
        check_writable([tmp_path / "a"])


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OutputError, match="同じ名前のファイル"):
        write_files([NewFile(tmp_path / "a" / "b", b"")])


def test_a_name_that_is_too_long_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="長すぎます"):
        write_files([NewFile(tmp_path / ("あ" * 300), b"")])


def test_a_folder_that_is_shut_is_named(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    with without_privileges(), pytest.raises(OutputError, match="書き込む権限"):
        write_files([NewFile(public_folder / "a", b"")])


def test_a_protected_target_is_found_before_the_work(public_folder: Path) -> None:
    target = public_folder / "報告.docx"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with without_privileges(), pytest.raises(OutputError, match="読み取り専用なら解除"):
        check_writable([public_folder / "missing.pdf", target])
    assert target.read_bytes() == b"old"


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user can look into; pytest's own are private."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_an_unusual_failure_is_told_in_japanese_with_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refuse(errno.EIO))
    with pytest.raises(OutputError) as caught:
        write_files([NewFile(tmp_path / "報告.pdf", b"1")])
    assert f"書き込めません（システムのエラー番号 {errno.EIO}）。" in str(caught.value)
    assert os.strerror(errno.EIO) not in str(caught.value)
    assert contents(tmp_path) == {}


# --- new folders -----------------------------------------------------------------


def test_writes_a_new_folder_with_folders_in_it(tmp_path: Path) -> None:
    target = tmp_path / "a" / "保存"
    write_new_folder(target, {"一.txt": b"1", "b/c/二.txt": b"2"})
    assert (target / "b/c/二.txt").read_bytes() == b"2"
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == ["一.txt", "二.txt"]
    assert [path.name for path in target.parent.iterdir()] == ["保存"]


@pytest.mark.parametrize("kind", ["file", "folder", "empty folder", "broken link"])
def test_a_new_folder_replaces_nothing(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "保存"
    if kind == "file":
        target.write_bytes(b"1")
    elif kind == "broken link":
        target.symlink_to("nowhere")
    else:
        target.mkdir()
        if kind == "folder":
            (target / "x").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError, match="もうあります"):
        write_new_folder(target, {"y": b""})
    assert sorted(tmp_path.rglob("*")) == before


def test_an_interrupt_leaves_no_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_new_folder(tmp_path / "保存", {"x": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_files_go_with_those_that_are_written(tmp_path: Path) -> None:
    for name in ("gone", "changed"):
        (tmp_path / name).write_bytes(b"old")
    write_files([GoneFile(tmp_path / "gone", b"old"), NewFile(tmp_path / "changed", b"new")])
    assert contents(tmp_path) == {"changed": b"new"}


@pytest.mark.parametrize("held", [b"another", b"old"])
def test_files_that_were_to_go_are_there_again_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bytes
) -> None:
    for name in ("gone", "changed"):
        (tmp_path / name).write_bytes(b"old")
    before = contents(tmp_path)
    wanted: list[NewFile | GoneFile] = [
        GoneFile(tmp_path / "gone", held),
        NewFile(tmp_path / "changed", b"new"),
    ]
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if target.name == "changed":
            raise OSError(errno.EACCES, "no")
        return real(path, target)

    with monkeypatch.context() as patch:
        if held == b"old":
            patch.setattr(Path, "replace", replace)
        with pytest.raises(OutputError):
            write_files(wanted)
    assert contents(tmp_path) == before


def test_what_has_changed_since_it_was_read_is_not_replaced(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"new")
    files = [NewFile(second, b"b"), NewFile(first, b"a", before=b"old")]
    with pytest.raises(OutputError, match="ほかの人が書き換えました"):
        write_files(files)
    assert (first.read_bytes(), second.exists()) == (b"new", False)
    write_files([NewFile(first, b"a", before=b"new")])
    assert first.read_bytes() == b"a"
    with pytest.raises(OutputError, match="ほかの人が書き換えました"):
        write_files([NewFile(second, b"b", before=b"gone")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


def test_working_folders_of_killed_runs_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    killed = tmp_path / f"kpireport-{int(ended.stdout)}-abc"
    running = tmp_path / f"kpireport-{os.getppid()}-abc"
    old, young = tmp_path / "kpireport-abcdefgh", tmp_path / "kpireport-hgfedcba"
    others = tmp_path / "someone-1-abc"
    for each in (killed, running, old, young, others):
        (each / "in").mkdir(parents=True)
    os.utime(old, (0, 0))
    with working_folder() as folder:
        assert folder.parent == tmp_path
        assert not killed.exists()
        assert not old.exists()
    assert sorted(tmp_path.iterdir()) == sorted([running, young, others])
