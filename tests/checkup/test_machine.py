"""The computer: its clock, its console, its disk."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

import kpireport
from kpireport.checkup.machine import look_at_clock, look_at_console, look_at_working_folder
from kpireport.errors import Severity

RELEASED = dt.datetime.fromisoformat(kpireport.__released__).replace(tzinfo=dt.UTC)
Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_consoles_that_show_japanese(encoding: str) -> None:
    point = look_at_console(encoding, "ja_JP")
    assert point.found == f"{encoding}、ja_JP"
    assert not point.problems


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "latin-1", "no-such-code"])
def test_a_console_that_shows_no_japanese_is_to_be_mended(encoding: str) -> None:
    (problem,) = look_at_console(encoding, "").problems
    assert problem.severity is Severity.ERROR
    assert encoding in problem.what


def test_a_clock_before_the_release_is_wrong() -> None:
    (problem,) = look_at_clock(RELEASED - dt.timedelta(days=1)).problems
    assert problem.severity is Severity.ERROR
    assert kpireport.__released__ in problem.what
    assert not look_at_clock(RELEASED).problems


def test_files_of_tomorrow_make_the_clock_doubtful() -> None:
    now = RELEASED + dt.timedelta(days=30)
    later = (now + dt.timedelta(days=2)).timestamp()
    (problem,) = look_at_clock(now, later).problems
    assert problem.severity is Severity.WARNING
    assert not look_at_clock(now, now.timestamp()).problems


@pytest.mark.parametrize(
    ("megabytes", "severity"), [(10, Severity.ERROR), (500, Severity.WARNING), (5000, None)]
)
def test_a_disk_that_is_full_or_soon_will_be(
    megabytes: int,
    severity: Severity | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, megabytes * 2**20))
    found = look_at_working_folder(tmp_path).problems
    assert [each.severity for each in found] == [severity] * bool(severity)


def test_a_working_folder_that_is_not_there_is_to_be_mended(tmp_path: Path) -> None:
    point = look_at_working_folder(tmp_path / "nothing")
    assert point.found.startswith("書けません")
    assert [each.severity for each in point.problems] == [Severity.ERROR]
