"""Installs kpireport into the user's own folder, without a network, beside what is there.

Comes in: the folder that was carried over, which may be read-only. Goes out: an environment
in one of two places of ``KPIREPORT_HOME``; the other keeps what was there before. Which of
them is in use stands in a file of the home, which is replaced at the very end: whatever fails
before leaves the old kpireport as it was. Plans and reports are never in here. Where the home is
not the usual one, a note in the usual one (``KPIREPORT_NOTE``) tells whoever starts kpireport.

The home may be a folder that others use, too. An environment bears a mark, the folder
:data:`MARK`: made first, taken away last. What does not bear it is somebody else's, whatever its
name, and stays as it is; files of the home bear kpireport's name.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

PLACES = ("a", "b")
CURRENT = "kpireport-current.txt"
LOG = "kpireport-install-log.txt"
_FRESH = f"{CURRENT}.new"
FILES = (CURRENT, _FRESH, LOG)  # all that an install makes in a home beside the places
MARK = "in-use"  # where what runs leaves its marks, too: kpireport.in_use
SUMS = "SHA256SUMS"
_READ = ("setup", "wheels")  # the folders that an install reads: nothing unlisted may be there
_ON_WINDOWS = os.name == "nt"
_PR_SET_PDEATHSIG = 1  # of linux/prctl.h


class RefusedError(Exception):
    """Why nothing was installed, and what to do."""


def main() -> int:
    """Install, and say what happens."""
    # not resolve(): it makes of the letter of a mapped drive the name of the share behind it
    bundle = Path(__file__).absolute().parents[1]
    home, note = Path(os.environ["KPIREPORT_HOME"]), Path(os.environ["KPIREPORT_NOTE"])
    try:
        install(bundle, home, note)
    except RefusedError as refused:
        _say("", "導入できませんでした。", f"  → {refused}", _what_stands(home))
        return 1
    except OSError as error:
        _say("", "導入できませんでした。", *_in_words(error), _what_stands(home))
        return 1
    except KeyboardInterrupt:
        _say("", "導入を中止しました。", _what_stands(home))
        return 1
    return 0


def install(bundle: Path, home: Path, note: Path) -> None:
    """Install what the folder carries.

    Args:
        bundle: the folder.
        home: where kpireport is to live.
        note: the file that tells of a home that is not the note's own folder.

    Raises:
        RefusedError: the folder is not whole, the place is in use or somebody else's, or pip fails.
        OSError: the disk is full, or may not be written to.
    """
    about: dict[str, Any] = json.loads((bundle / "setup/folder.json").read_text(encoding="utf-8"))
    _say(f"kpireport {about['version']} を導入します。数分かかります。", f"  導入先: {home}")
    check_home(home, note)
    refuse_what_others_made(home)
    refuse_while_running(home, about["in_use"])
    _say("[1/4] ファイルがそろっているかを確かめています。")
    check_sums(bundle)
    work = work_folder(Path.home())
    place, was_there = free_place(home), home.exists()
    _say("[2/4] 場所を用意しています。")
    clear(place)
    try:
        python = _make_environment(place, home / LOG)
        _say("[3/4] 部品を入れています。")
        _fill(python, bundle, home / LOG)
        _say("[4/4] 動くことを確かめています。")
        _run((python, "-I", "-m", "kpireport", "--version"), home / LOG)
        launchers = _give_launchers(bundle, work, about["launchers"])
        leave_note(home, note)
        _switch(home, place.name)
    except BaseException as error:
        if current_place(home) != place.name:
            _remove(place)
            with suppress(OSError):
                if not isinstance(error, RefusedError):  # whose words name the log
                    (home / LOG).unlink(missing_ok=True)
                if not was_there:
                    home.rmdir()
        raise
    _say("", "導入しました。", f"  仕事のフォルダー: {work}", how_to_begin(launchers[0]))


def how_to_begin(launcher: Path) -> str:
    """Return what to do with a launcher, to be pasted where it is typed."""
    if _ON_WINDOWS:
        return f"  始めるとき: そのフォルダーの「{launcher.name}」をダブルクリックします。"
    return f"  始めるとき: sh {shlex.quote(str(launcher))}"


def check_sums(bundle: Path) -> None:
    """Hold every file against its sum, and look for files that are not listed.

    Raises:
        RefusedError: one is absent or another, or there is one too many.
    """
    listed = dict(_listed(bundle))
    wrong = [name for name, digest in listed.items() if _sha256(bundle / name) != digest]
    read = (path for folder in _READ for path in sorted((bundle / folder).rglob("*")))
    names = (path.relative_to(bundle).as_posix() for path in read if not path.is_dir())
    unlisted = [name for name in names if name not in listed]
    reasons = [
        f"{what}ファイルが{len(found)}個あります（{_some(found)}）。"
        for what, found in (("足りないか、元のとおりでない", wrong), ("元にない", unlisted))
        if found
    ]
    if reasons:
        raise RefusedError(
            f"{''.join(reasons)}ZIP を別の場所に展開し直すか、フォルダーごと写し直してください。"
        )


def check_home(home: Path, note: Path) -> None:
    """See to it that whoever starts kpireport can be told where it is.

    Raises:
        RefusedError: ``KPIREPORT_HOME`` is relative, or has characters that a console lacks.
    """
    if not home.is_absolute():
        raise RefusedError(
            f"環境変数 KPIREPORT_HOME（{home}）が、フォルダーの途中から始まっています。"
            f"{'ドライブ（C: など）' if _ON_WINDOWS else '「/」'}から始まる名前にしてください。"
        )
    try:
        if home != note.parent:
            _noted(home)
    except UnicodeEncodeError as error:
        raise RefusedError(
            f"環境変数 KPIREPORT_HOME（{home}）に、コマンドの窓で使えない文字があります。"
            "別の名前のフォルダーにしてください。"
        ) from error


def refuse_what_others_made(home: Path) -> None:
    """Refuse a home that has something where an install, now or later, would put its own.

    Raises:
        RefusedError: somebody else's folder or file bears the name of a place.
    """
    names = (name for place in PLACES for name in (home / place, _away(home / place)))
    if found := [str(each) for each in names if os.path.lexists(each) and not _is_free(each)]:
        raise RefusedError(
            f"kpireport が作ったのではないものが、入れるところにあります（{'、'.join(found)}）。"
            "消さずに、そのままにしてあります。名前を変えるか、環境変数 KPIREPORT_HOME を、"
            "ほかのフォルダー（空のもの、まだないもの）にして、もう一度実行してください。"
        )


def refuse_while_running(home: Path, status: int) -> None:
    """Have each place asked, by its own kpireport, whether anything runs from there.

    It says itself what runs, on the console.

    Args:
        home: where kpireport lives.
        status: the exit status for yes.

    Raises:
        RefusedError: something does.
    """
    for place in filter(is_own, (home / name for name in PLACES)):
        question = (_python_of(place), "-I", "-m", "kpireport.in_use")
        try:
            asked = subprocess.run(
                question, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
            )
        except OSError:  # nothing is installed, or its Python is gone: nothing runs from there
            continue
        if asked.returncode == status:
            raise RefusedError("動いている kpireport を終えてから、もう一度実行してください。")


def leave_note(home: Path, note: Path) -> None:
    """Tell where kpireport is, where nobody would look for it; else take the note away."""
    if home == note.parent:
        note.unlink(missing_ok=True)
    else:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(_noted(home))


def free_place(home: Path) -> Path:
    """Return the place that is not in use."""
    used = current_place(home)
    return next(home / name for name in PLACES if name != used)


def current_place(home: Path) -> str:
    """Return the name of the place in use; empty where nothing is installed."""
    try:
        return (home / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def is_own(folder: Path) -> bool:
    """Whether an install made a folder, as its mark says."""
    return not folder.is_symlink() and (folder / MARK).is_dir()


def clear(place: Path) -> None:
    """Take away what an earlier install left in a place, whole or not.

    Raises:
        RefusedError: a file there is open: Windows does not rename the folder then.
    """
    away = _away(place)
    _remove(away)
    if not is_own(place):
        return
    try:
        place.rename(away)
    except OSError as error:
        raise RefusedError(
            "ほかのプログラムが、kpireport のフォルダーのファイルを開いています。"
            "kpireport の画面と窓を閉じてから、もう一度実行してください。"
        ) from error
    _remove(away)


def _away(place: Path) -> Path:
    """Return what a place is called while it is taken away."""
    return place.with_name(f"{place.name}.removed")


def _is_free(path: Path) -> bool:
    """Whether an install may have it: its own, or a folder with nothing in it."""
    return is_own(path) or (path.is_dir() and not path.is_symlink() and not any(path.iterdir()))


def _remove(folder: Path) -> None:
    """Remove a folder that an install made, its mark last: what is left of it can be removed."""
    if not is_own(folder):
        return
    for each in folder.iterdir():
        if each.is_dir() and not each.is_symlink():
            if each.name != MARK:
                shutil.rmtree(each, ignore_errors=True)
        else:
            with suppress(OSError):
                each.unlink()
    if [each.name for each in folder.iterdir()] == [MARK]:
        shutil.rmtree(folder, ignore_errors=True)


def work_folder(user: Path) -> Path:
    """Return where people's plans and reports are, unless they have them elsewhere."""
    documents = user / "Documents"
    return (documents if _ON_WINDOWS and documents.is_dir() else user) / "kpireport"


def _make_environment(place: Path, log: Path) -> Path:
    (place / MARK).mkdir(parents=True)
    log.write_text("", encoding="utf-8")
    _run((sys.executable, "-I", "-m", "venv", place), log)
    return _python_of(place)


def _python_of(place: Path) -> Path:
    return place / ("Scripts/python.exe" if _ON_WINDOWS else "bin/python")


def _noted(home: Path) -> bytes:
    """Return the note's line, in the encoding that the scripts read it in.

    Raises:
        UnicodeEncodeError: that lacks a character of the name.
    """
    return f"{home}\r\n".encode("oem") if _ON_WINDOWS else os.fsencode(f"{home}\n")


def _fill(python: Path, bundle: Path, log: Path) -> None:
    """Install exactly what is listed, each file with its sum."""
    _run(
        (
            *(python, "-I", "-m", "pip", "--isolated", "--disable-pip-version-check"),
            *("install", "--no-index", "--no-deps", "--no-cache-dir", "--only-binary=:all:"),
            *("--find-links", bundle / "wheels", "--require-hashes"),
            *("--requirement", bundle / "setup/wheels.txt", "--no-warn-script-location"),
        ),
        log,
        # pip reads a machine's configuration even when it is isolated
        {**os.environ, "PIP_CONFIG_FILE": os.devnull},
    )


def _run(
    command: tuple[str | Path, ...], log: Path, environment: Mapping[str, str] | None = None
) -> None:
    with (
        log.open("ab") as stream,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env=environment,
            process_group=None if _ON_WINDOWS else 0,
            preexec_fn=None if _ON_WINDOWS else _end_with_this_one,  # noqa: PLW1509 - one thread
        ) as process,
    ):
        try:
            status = process.wait()
        except BaseException:
            _kill(process)
            raise
    if status:
        raise RefusedError(
            "空き容量を確かめて、もう一度実行してください。"
            f"それでも同じときは、次の記録を情報政策課に見せてください: {log}"
        )


def _end_with_this_one() -> None:
    """Have Linux end a program when this one is killed: nobody would see it write on."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started, which would go on writing."""
    if sys.platform == "win32":  # Ctrl+C in a console ends them all there
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _switch(home: Path, place: str) -> None:
    """Make a place the one in use, in one step."""
    fresh = home / _FRESH
    fresh.write_text(f"{place}\n", encoding="utf-8")
    fresh.replace(home / CURRENT)


def _give_launchers(bundle: Path, work: Path, names: list[str]) -> list[Path]:
    """Put what people double-click where their work is: the share may not always be there."""
    work.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(bundle / name, work / name)
    return [work / name for name in names]


def _listed(bundle: Path) -> Iterator[tuple[str, str]]:
    for line in (bundle / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        yield name, digest


def _some(names: list[str]) -> str:
    return "、".join(names[:5]) + ("など" if len(names) > 5 else "")


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _in_words(error: OSError) -> tuple[str, str]:
    """Return what the system refused, and what to do."""
    where = error.filename or ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            what, remedy = "ディスクの空きが足りません。", "500 MB ほど空けてください。"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            what = f"書き込めません（権利がないか、ほかのプログラムが開いています）: {where}"
            remedy = (
                "そこを開いているものを閉じるか、書き込む権利を確かめてください。"
                "導入先は、環境変数 KPIREPORT_HOME で、書き込めるフォルダーに変えられます。"
            )
        case errno.EEXIST | errno.ENOTDIR:
            what = f"同じ名前のファイルがあるので、フォルダーを作れません: {where}"
            remedy = "そのファイルの名前を変えるか、KPIREPORT_HOME をほかの名前にしてください。"
        case _:
            what = f"読み書きできません（{error.strerror}）: {where}"
            remedy = "続くときは、この文を情報政策課に見せてください。"
    return f"  {what}", f"  → {remedy}その後で、もう一度実行してください。"


def _what_stands(home: Path) -> str:
    with suppress(OSError):
        if current_place(home):
            return "前に導入した kpireport は、元のまま使えます。"
        if (home / LOG).exists():
            return "導入の記録のほかは、何も変わっていません。"
    return "何も変わっていません。"


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 - a program for people


def _start() -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for name in ("SIGTERM", "SIGHUP"):  # of which Windows has no second: ended tidily, as by Ctrl+C
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    sys.exit(main())


if __name__ == "__main__":
    _start()
