"""What an install and a removal may take away: what an install made, whole or not, alone."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import ROOT
from tests.offline.small import home, run_script, search_path, small_folder, started
from tools.offline.carried import install


def environment_of(home: Path, name: str) -> Path:
    """What an install has made, as far as removals look at it."""
    place = home / name
    for folder in (install.MARK, "bin", "lib/python"):
        (place / folder).mkdir(parents=True)
        (place / folder / "file").write_bytes(b"")
    (place / "pyvenv.cfg").write_bytes(b"")
    return place


@pytest.mark.parametrize("name", ["a", "b", "a.removed", "b.removed"])
def test_what_others_made_is_named_and_left_as_it_is(name: str, user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    lives = tmp_path / "共通 アプリ"
    others = lives / name / "大事.txt"
    others.parent.mkdir(parents=True)
    others.write_bytes(b"theirs")

    done = run_script(folder / "導入.sh", user, KPIREPORT_HOME=str(lives))
    assert done.returncode == 1
    assert f"（{others.parent}）" in done.stdout
    assert "KPIREPORT_HOME を" in done.stdout
    assert done.stdout.endswith("何も変わっていません。\n")
    removed = run_script(folder / "取り外す.sh", user, KPIREPORT_HOME=str(lives))
    assert "取り外すものはありません" in removed.stdout
    assert sorted(lives.rglob("*")) == [others.parent, others]
    assert not (user / "kpireport").exists()


@pytest.mark.parametrize("kind", ["file", "link", "link to an environment", "link to nothing"])
def test_no_file_and_no_link_is_an_environment(kind: str, tmp_path: Path) -> None:
    place, real = tmp_path / "home/a", tmp_path / "real"
    place.parent.mkdir()
    match kind:
        case "file":
            place.write_bytes(b"theirs")
        case "link":
            real.mkdir()
        case "link to an environment":
            (real / install.MARK).mkdir(parents=True)
    if kind != "file":
        place.symlink_to(real)
    with pytest.raises(install.RefusedError, match="kpireport が作ったのではない"):
        install.refuse_what_others_made(place.parent)


def test_what_is_nobodys_or_its_own_is_taken(tmp_path: Path) -> None:
    install.refuse_what_others_made(tmp_path / "absent")
    (tmp_path / "a").mkdir()  # with nothing in it
    (tmp_path / "b" / install.MARK).mkdir(parents=True)
    (tmp_path / "メモ").mkdir()
    install.refuse_what_others_made(tmp_path)


def test_a_removal_leaves_what_came_from_others(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    lives = tmp_path / "共通 アプリ"
    assert run_script(folder / "導入.sh", user, KPIREPORT_HOME=str(lives)).returncode == 0
    others = [lives / name for name in ("b/大事.txt", "a.removed/x/大事.txt", "current.txt")]
    for each in others:
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(b"theirs")

    removed = run_script(user / "kpireport/取り外す.sh", user)
    assert removed.returncode == 0
    assert f"{lives} には、kpireport が入れたのではないファイルがあるので" in removed.stdout
    assert sorted(path for path in lives.rglob("*") if path.is_file()) == sorted(others)
    assert not home(user).exists()


def stopped_install(folder: Path, user: Path, number: int, step: str) -> str:
    """Install, have a signal sent at a step, and return what was said after it."""
    with started(folder / "導入.sh", user) as process:
        assert process.stdout is not None
        while not process.stdout.readline().startswith(step):
            pass
        process.send_signal(number)
        return process.stdout.read()


@pytest.mark.parametrize(
    ("number", "step"),
    [(signal.SIGINT, "[2/4]"), (signal.SIGTERM, "[3/4]"), (signal.SIGHUP, "[2/4]")],
)
def test_an_install_that_is_stopped_leaves_nothing(
    number: int, step: str, user: Path, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    said = stopped_install(folder, user, number, step)
    assert said.endswith("\n導入を中止しました。\n何も変わっていません。\n")
    assert not home(user).exists()
    assert not (user / "kpireport").exists()


WRITES = """
import time
stream = open({!r}, "w")
print("begun", file=stream, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("number", "wrapped"),
    [
        (signal.SIGKILL, ()),
        # with what the program has started itself, as venv does
        (signal.SIGINT, ("sh", "-c", '"$0" "$@" & wait')),
    ],
)
def test_what_an_install_started_does_not_go_on_writing(
    number: int, wrapped: tuple[str, ...], user: Path
) -> None:
    user.mkdir()
    pipe = user / "pipe"
    os.mkfifo(pipe)
    command = (*wrapped, sys.executable, "-c", WRITES.format(str(pipe)))
    log = user / "log"
    runs = f"from {install.__name__} import _run, Path\n_run({command!r}, Path({str(log)!r}))"
    program = (sys.executable, "-c", runs)
    with subprocess.Popen(program, cwd=ROOT, stderr=subprocess.DEVNULL) as one, pipe.open() as held:
        assert held.readline() == "begun\n"
        one.send_signal(number)
        ended, _, _ = select.select([held], [], [], 30)
        assert ended  # nobody has the other end any more
        assert held.read() == ""


def test_what_an_install_left_that_was_killed_is_removed(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    environment_of(home(user), "a")
    for name in (f"{install.CURRENT}.new", install.LOG):
        (home(user) / name).write_bytes(b"")

    removed = run_script(folder / "取り外す.sh", user)
    assert removed.returncode == 0
    assert "取り外しました。" in removed.stdout
    assert not home(user).exists()


def test_an_install_works_over_one_that_was_killed(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    for name in ("a", "a.removed"):
        environment_of(home(user), name)
    assert run_script(folder / "導入.sh", user).returncode == 0
    assert sorted(path.name for path in home(user).iterdir()) == ["a", install.CURRENT, install.LOG]
    assert run_script(folder / "手引.sh", user).stdout == "asked for handbook of 1.0\n"


@pytest.mark.parametrize("goes_wrong", [OSError, KeyboardInterrupt])
def test_the_mark_is_the_first_to_come(
    goes_wrong: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried, lives = small_folder(tmp_path / "carried", "1.0"), tmp_path / "home"
    marked = []

    def stopped(*_: object) -> None:
        marked.append(install.is_own(lives / "a"))
        raise goes_wrong

    monkeypatch.setattr(install, "_run", stopped)
    with pytest.raises(goes_wrong):
        install.install(carried, lives, tmp_path / "home.txt")
    assert marked == [True]
    assert not lives.exists()


def test_what_an_update_took_away_by_half_goes_with_a_removal(user: Path, tmp_path: Path) -> None:
    folder = small_folder(tmp_path / "kpireport", "1.0")
    for name in ("b", "a.removed"):
        environment_of(home(user), name)
    (home(user) / install.CURRENT).write_text("b\n", encoding="utf-8")

    # where something cannot be deleted, the mark stays for whoever tries again
    commands = tmp_path / "commands"
    commands.mkdir()
    (commands / "rm").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (commands / "rm").chmod(0o755)
    path = f"{commands}:{search_path(user)}"
    refused = run_script(folder / "取り外す.sh", user, path=path)
    assert refused.returncode == 1
    assert f"消せないファイルが残りました: {home(user)}/b\n  → " in refused.stdout
    assert install.is_own(home(user) / "b")

    assert run_script(folder / "取り外す.sh", user).returncode == 0
    assert not home(user).exists()


def test_the_mark_is_the_last_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = environment_of(tmp_path, "a")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)  # as where a file is held
        install.clear(place)
    left = tmp_path / "a.removed"
    assert sorted(path.name for path in left.iterdir()) == ["bin", install.MARK, "lib"]
    install.clear(place)
    assert not left.exists()


def test_what_is_open_is_not_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = environment_of(tmp_path, "b")

    def in_use(*_: object) -> None:
        raise PermissionError  # as Windows does while a file there is open

    monkeypatch.setattr(Path, "rename", in_use)
    with pytest.raises(install.RefusedError, match="画面と窓を閉じて"):
        install.clear(place)
    assert place.is_dir()
