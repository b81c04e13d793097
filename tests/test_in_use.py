"""What runs from an environment is found as long as it lives, and no longer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kpireport import in_use
from kpireport.cli import main
from kpireport.in_use import marked, running

# marks the environment that it is told of until its standard input ends
_RUNS = """
import sys
from pathlib import Path
from kpireport.in_use import marked
with marked(sys.argv[2], Path(sys.argv[1])):
    print("runs", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment as an install leaves it."""
    (tmp_path / in_use.FOLDER).mkdir()
    return tmp_path


@contextmanager
def process(environment: Path, what: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _RUNS, str(environment), what]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "runs\n"
        yield process


def marks(environment: Path) -> list[Path]:
    return list((environment / in_use.FOLDER).iterdir())


def test_what_runs_is_found_until_it_ends(environment: Path) -> None:
    with process(environment, "kpireport open みどり市") as first:
        with process(environment, "kpireport build"):
            assert sorted(running(environment)) == ["kpireport build", "kpireport open みどり市"]
        assert running(environment) == ("kpireport open みどり市",)
        first.communicate("")
        assert not marks(environment)


def test_a_mark_that_a_killed_process_left_is_held_by_nobody(environment: Path) -> None:
    with process(environment, "kpireport open") as killed:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert len(marks(environment)) == 1
    assert running(environment) == ()
    assert not marks(environment)


def test_on_windows_what_is_open_cannot_be_removed(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    def in_use_by_another(*_: object, **__: object) -> None:
        raise PermissionError

    with marked("kpireport open", environment):
        with monkeypatch.context() as held:
            held.setattr(Path, "unlink", in_use_by_another)
            assert running(environment) == ("kpireport open",)
        # by no lock that is known of elsewhere alone
        assert running(environment) == ()


def test_a_mark_of_somebody_else_keeps_nobody_out(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (environment / in_use.FOLDER / "0").write_text("left", encoding="utf-8")

    def not_allowed(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", not_allowed)
    monkeypatch.setattr(Path, "unlink", not_allowed)
    assert running(environment) == ()


def test_where_no_install_made_the_folder_nothing_is_written(tmp_path: Path) -> None:
    with marked("kpireport open", tmp_path):
        assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to_keeps_nobody_from_work(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError

    monkeypatch.setattr(os, "open", full)
    with marked("kpireport open", environment):
        assert running(environment) == ()


def test_every_command_is_marked_with_what_was_typed_and_where(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, ...]] = []
    monkeypatch.setattr(sys, "prefix", str(environment))
    monkeypatch.setattr("kpireport.cli.commands.say", lambda *_: seen.append(running(environment)))

    assert main(["--version"]) == 0
    assert seen == [(f"kpireport --version（実行した場所: {Path.cwd()}）",)]
    assert not marks(environment)


def test_whoever_asks_is_told_what_runs_and_how_to_end_it(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "prefix", str(environment))
    assert in_use.main() == 0
    assert capsys.readouterr().out == ""

    with marked("kpireport open \x1b[2Jみどり市", environment):
        assert in_use.main() == in_use.IN_USE
    told = capsys.readouterr().out
    assert "  動いているもの: kpireport open �[2Jみどり市\n" in told
    assert "「終了する」を押し" in told
