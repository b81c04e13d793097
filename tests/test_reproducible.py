"""The same inputs make the same bytes: in another process, folder, locale, time zone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.documents import ROOT
from tests.reports import files_in
from tests.review_reports import copy_samples

EPOCH = "1661958000"
HERE = {"TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "0", "HOME": "/nonexistent"}
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",  # its date is another than everybody's
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "ar_SA.UTF-8",
    "PYTHONHASHSEED": "4294967295",
    "PYTHONUTF8": "1",
    "COLUMNS": "40",
    "MPLBACKEND": "Agg",
}
PLAN, REVIEW = "reports/plan", "reports/2019"
BUILDS = {"plan": PLAN, "review-2019": REVIEW}


def copy_inputs(folder: Path) -> None:
    copy_samples(folder)
    (folder / PLAN).mkdir()
    shutil.copy(ROOT / PLAN / "report.toml", folder / PLAN)


def run(folder: Path, conditions: dict[str, str], *, relative: bool, umask: str) -> None:
    """Build the plan and a review, then archive both, each by a process of its own."""
    base, cwd = (Path(), folder) if relative else (folder, Path("/"))
    environment = {name: os.environ[name] for name in ("PATH",)} | {"PYTHONPATH": str(ROOT / "src")}
    for command in ("build", "archive"):
        for report in BUILDS.values():
            # a date of its own for the archives: both ways are tried
            epoch = {"SOURCE_DATE_EPOCH": EPOCH} if command == "archive" else {}
            program = f'umask {umask}; exec "$0" -m kpireport {command} --quiet "$1"'
            subprocess.run(
                ["/bin/sh", "-c", program, sys.executable, str(base / report)],
                cwd=cwd,
                env=environment | conditions | epoch,
                check=True,
                stderr=subprocess.DEVNULL,
            )


@cache
def made() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What was made under both conditions."""
    with TemporaryDirectory() as one, TemporaryDirectory(prefix="別の 場所 ") as two:
        folders = (Path(one), Path(two) / "深い" / "所")
        folders[1].mkdir(parents=True)
        for folder in folders:
            copy_inputs(folder)
        run(folders[0], HERE, relative=False, umask="022")
        run(folders[1], ELSEWHERE, relative=True, umask="077")
        return files_in(folders[0] / "reports"), files_in(folders[1] / "reports")


@pytest.mark.parametrize("name", BUILDS)
@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_a_build_makes_the_same_bytes(name: str, extension: str) -> None:
    one, other = made()
    path = f"{BUILDS[name].removeprefix('reports/')}/out/{name}.{extension}"
    assert one[path] == other[path]


@pytest.mark.parametrize("report", BUILDS.values())
def test_an_archive_is_the_same_in_every_file(report: str) -> None:
    folder = f"{report.removeprefix('reports/')}/archive/"
    one, other = (
        {path: content for path, content in files.items() if path.startswith(folder)}
        for files in made()
    )
    assert len(one) >= 7
    assert one == other


def test_another_date_makes_other_bytes() -> None:
    files, _ = made()
    for path in ("2019/{}/review-2019.docx", "plan/{}/plan.docx"):
        assert files[path.format("out")] != files[path.format("archive")]


def test_no_folder_of_the_machine_is_in_the_files() -> None:
    for files in made():
        for path, content in files.items():
            assert b"/tmp/" not in content, path
            assert str(ROOT).encode() not in content, path
