"""``python -m tools.offline`` says what it is to make, and what is missing for that."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tools.offline.making import main
from tools.offline.targets import CARRIED


def test_a_system_that_there_is_no_folder_for_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([CARRIED[0].name, "windows-arm"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("windows-arm: ")
    for target in CARRIED:
        assert target.name in said


def test_what_is_not_installed_is_told_with_the_command_that_installs_it() -> None:
    program = """
import runpy, sys
sys.modules["cyclonedx"] = None
runpy.run_module("tools.offline", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("cyclonedx")
    assert "make offline" in done.stderr
    assert "Traceback" not in done.stderr
