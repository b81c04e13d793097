"""Warm processes do as cold ones: streams, arguments, statuses, signals."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from tests import warm


@pytest.mark.parametrize(
    ("program", "status"),
    [
        ("pass", 0),
        ("import sys; sys.exit(3)", 3),
        ("import sys; sys.exit('words')", 1),
        ("1 / 0", 1),
        ("import os; os._exit(4)", 4),
    ],
)
def test_the_status_is_the_programs(program: str, status: int) -> None:
    assert warm.run("-c", program) == status


def test_it_has_arguments_streams_folder_and_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KPIREPORT_TEST", "値")
    (tmp_path / "in").write_text("聞いた\n", encoding="utf-8")
    program = (
        "import os, sys\n"
        "print(sys.argv[1:], input(), os.getcwd(), os.environ['KPIREPORT_TEST'])\n"
        "print('誤り', file=sys.stderr)"
    )
    with (
        (tmp_path / "in").open("rb") as stdin,
        (tmp_path / "out").open("wb") as stdout,
        (tmp_path / "err").open("wb") as stderr,
    ):
        assert warm.run("-c", program, "甲", stdin=stdin, stdout=stdout, stderr=stderr) == 0
    printed = (tmp_path / "out").read_text(encoding="utf-8")
    assert printed == f"['甲'] 聞いた {tmp_path} 値\n"
    assert (tmp_path / "err").read_text(encoding="utf-8") == "誤り\n"


def test_the_command_runs_as_a_module(tmp_path: Path) -> None:
    with (tmp_path / "err").open("wb") as stderr:
        assert warm.run("-m", "kpireport", "check", tmp_path / "none", stderr=stderr) == 2
    assert "ファイルがありません" in (tmp_path / "err").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL here")
def test_it_can_be_killed_and_the_next_knows_nothing_of_it() -> None:
    running = warm.start("-c", "import os, time; os.kept = 1; time.sleep(60)")
    time.sleep(0.05)
    running.kill()
    assert running.wait() == -signal.SIGKILL
    assert warm.run("-c", "import os, sys; sys.exit(hasattr(os, 'kept'))") == 0


@pytest.mark.skipif(not warm.CAN_FORK, reason="each starts cold")
def test_the_product_is_loaded_and_no_test_is() -> None:
    program = "import sys; sys.exit(not {'kpireport.conductor', 'reportlab'} <= {*sys.modules})"
    assert warm.run("-c", program) == 0
    assert warm.run("-c", "import sys; sys.exit('pytest' in sys.modules)") == 0
