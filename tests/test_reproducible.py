"""The same inputs make the same bytes: in another process, folder, locale, time zone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.documents import ROOT
from tests.reports import files_in
from tests.review_reports import HERE, SAMPLES, Command, built_samples, copy_samples, run_commands

EPOCH = "1661958000"
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",  # its date is another than everybody's
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "ar_SA.UTF-8",
    "PYTHONHASHSEED": "4294967295",
    "PYTHONUTF8": "1",
    "COLUMNS": "40",
    "MPLBACKEND": "Agg",
}
ARCHIVED = ("plan", "2019")


@cache
def elsewhere() -> dict[str, bytes]:
    """What is made under other conditions than the samples were: the last of them first."""
    with TemporaryDirectory(prefix="別の 場所 ") as folder:
        place = Path(folder) / "深い" / "所"
        place.mkdir(parents=True)
        copy_samples(place)
        commands: list[Command] = [
            ("build", Path("reports") / name, {}) for name in reversed(SAMPLES)
        ]
        run_commands([*commands, *archiving(Path("reports"))], place, ELSEWHERE, 0o077)
        return files_in(place / "reports")


@cache
def archived_here() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        copy_samples(Path(folder))
        run_commands(archiving(Path(folder) / "reports"), Path("/"), HERE)
        return files_in(Path(folder) / "reports")


def archiving(reports: Path) -> list[Command]:
    """With a date of its own for the archives: both ways are tried."""
    return [("archive", reports / name, {"SOURCE_DATE_EPOCH": EPOCH}) for name in ARCHIVED]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("extension", ["docx", "pdf"])
def test_a_build_makes_the_same_bytes(name: str, extension: str) -> None:
    file = f"{'plan' if name == 'plan' else f'review-{name}'}.{extension}"
    assert elsewhere()[f"{name}/out/{file}"] == built_samples()[file]


@pytest.mark.parametrize("report", ARCHIVED)
def test_an_archive_is_the_same_in_every_file(report: str) -> None:
    one, other = (
        {path: content for path, content in files.items() if path.startswith(f"{report}/archive/")}
        for files in (archived_here(), elsewhere())
    )
    assert len(one) >= 7
    assert one == other


def test_another_date_makes_other_bytes() -> None:
    files = elsewhere()
    for path in ("2019/{}/review-2019.docx", "plan/{}/plan.docx"):
        assert files[path.format("out")] != files[path.format("archive")]


def test_no_folder_of_the_machine_is_in_the_files() -> None:
    for files in (built_samples(), archived_here(), elsewhere()):
        for path, content in files.items():
            assert b"/tmp/" not in content, path
            assert str(ROOT).encode() not in content, path
