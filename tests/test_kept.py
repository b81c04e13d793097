"""What is kept between tests is what would be made now, or is made anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import kept as keeping
from tests.kept import ROOT, kept, sources_hash


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keeping, "_folder", lambda: tmp_path)
    return tmp_path


def test_it_is_made_once(folder: Path) -> None:
    calls: list[str] = []

    def make() -> list[str]:
        calls.append("made")
        return [*calls]

    assert [kept("a", make), kept("a", make)] == [["made"], ["made"]]
    assert len(calls) == 1
    kept("b", make)
    kept("a", make, b"another input")
    assert len(calls) == 3
    assert not [path for path in folder.iterdir() if path.suffix not in ("", ".lock")]


def test_a_failure_is_not_kept() -> None:
    with pytest.raises(ZeroDivisionError):
        kept("a", lambda: 1 // 0)
    assert kept("a", lambda: 1) == 1


def test_two_processes_make_it_once(folder: Path) -> None:
    program = f"""
import time
from pathlib import Path
from tests import kept
kept._folder = lambda: Path({str(folder)!r})
def make():
    time.sleep(0.3)
    with (Path({str(folder)!r}) / "calls.txt").open("a") as stream:
        stream.write("made ")
kept.kept("a", make)
"""
    started = [subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) for _ in range(2)]
    assert [each.wait() for each in started] == [0, 0]
    assert (folder / "calls.txt").read_text() == "made "


@pytest.mark.parametrize(
    "path",
    [
        *(
            "src/kpireport/py.typed",
            "src/kpireport/conductor.py",
            "fonts/OFL.txt",
            "catalogue.json",
        ),
        *("reports/2019/report.toml", "tests/review_reports.py", "tools/make.py"),
    ],
)
def test_a_changed_new_or_absent_source_changes_the_hash(path: str, tmp_path: Path) -> None:
    for each in ("src/kpireport/conductor.py", "fonts/f.ttf", "reports/2019/report.toml"):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text("before")
    (tmp_path / "catalogue.json").write_text("before")
    hashes = {sources_hash(tmp_path)}
    for text in ("one", "two"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
        hashes.add(sources_hash(tmp_path))
    assert len(hashes) == 3


def test_what_a_build_writes_changes_nothing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "reports/2019", tmp_path / "reports/2019", dirs_exist_ok=True)
    (tmp_path / "catalogue.json").write_text("{}")
    before = sources_hash(tmp_path)
    (tmp_path / "reports/2019/out").mkdir(exist_ok=True)
    (tmp_path / "reports/2019/out/more.pdf").write_bytes(b"")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_more.py").write_text("")
    assert sources_hash(tmp_path) == before
