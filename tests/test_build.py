"""A build makes all files of a report, or leaves those of the last one."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

import kpireport
from kpireport.conductor import Contents, build, check
from kpireport.errors import InputError, OutputError
from tests import warm
from tests.reports import OUTPUTS, files_in, write_report

STEPS = 5  # of a build with two outputs, the end included


def run_build(report: Path, *, before: str = "", progress: str = "None") -> int:
    """Build in a process of its own, after ``before``; return the exit status."""
    program = (
        "import os, signal, sys\nfrom kpireport.conductor import build\n"
        f"{before}\nbuild(sys.argv[1], progress={progress})"
    )
    return warm.run("-c", program, report)


def test_builds_word_and_pdf(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    inputs = files_in(report)
    written = build(report)

    assert written == tuple(report / name for name in OUTPUTS)
    word, pdf = (path.read_bytes() for path in written)
    assert word.startswith(b"PK")
    assert pdf.startswith(b"%PDF-1.7")
    assert files_in(report).keys() == {*inputs, *OUTPUTS}


def test_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    build(write_report(tmp_path), progress=lambda *step: told.append(step))

    assert [(done, total) for done, total, _ in told] == [(n, 4) for n in range(STEPS)]
    assert [what for _, _, what in told[1:3]] == [
        "計画.docx を作っています",
        "計画.pdf を作っています",
    ]


def test_the_same_input_makes_the_same_bytes_anywhere(tmp_path: Path) -> None:
    reports = [write_report(tmp_path / name) for name in ("一つ目", "二つ目")]
    for seed, report in enumerate(reports):
        program = "import sys; from kpireport import build; build(sys.argv[1])"
        env = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run([sys.executable, "-c", program, report], env=env, check=True)

    assert files_in(reports[0]) == files_in(reports[1])


@pytest.mark.parametrize(
    ("moment", "pdf_date", "word_date"),
    [
        (None, "D:20200401000000+09'00'", "2020-04-01T00:00:00Z"),
        (dt.datetime.fromtimestamp(0, dt.UTC), "D:19700101090000+09'00'", "1970-01-01T00:00:00Z"),
        (
            dt.datetime(2021, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=9))),
            "D:20210101000000+09'00'",
            "2020-12-31T15:00:00Z",
        ),
    ],
)
def test_the_files_bear_the_reports_date_or_the_moment(
    moment: dt.datetime | None, pdf_date: str, word_date: str, tmp_path: Path
) -> None:
    word, pdf = build(write_report(tmp_path), moment=moment)
    with pikepdf.open(pdf) as opened:
        assert str(opened.docinfo["/CreationDate"]) == str(opened.docinfo["/ModDate"]) == pdf_date
    with ZipFile(word) as package:
        core = package.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core.count(word_date) == 2


def test_a_moment_needs_its_time_zone(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        build(write_report(tmp_path), moment=dt.datetime(2020, 4, 1))  # noqa: DTZ001


def test_a_faulty_input_leaves_the_last_files(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    build(report)
    write_report(report, ("goals[0].title", 1), ("goals[1].numeral", None))
    before = files_in(report)
    with pytest.raises(InputError) as caught:
        build(report)

    assert [problem.place for problem in caught.value.problems] == [
        "goals[0].title",
        "goals[1].numeral",
    ]
    assert files_in(report) == before


def test_a_failing_writer_leaves_the_last_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_report(tmp_path)
    build(report)
    write_report(report, ("goals[0].title", "別の題名"))
    before = files_in(report)

    def fail(_laid_out: object, **_options: object) -> bytes:
        raise RuntimeError("a defect of the writer")

    monkeypatch.setattr("kpireport.writers.pdf.paint", fail)
    with pytest.raises(RuntimeError, match="a defect"):
        build(report)

    assert files_in(report) == before


@pytest.mark.parametrize("step", range(STEPS))
def test_a_killed_build_leaves_the_last_files(tmp_path: Path, step: int) -> None:
    report = write_report(tmp_path)
    build(report)
    last = files_in(report)
    write_report(report, ("goals[0].title", "別の題名"))
    kill = f"lambda done, *_: done == {step} and os.kill(os.getpid(), signal.SIGKILL)"

    assert run_build(report, progress=kill) == -signal.SIGKILL
    left = files_in(report)
    is_done = step == STEPS - 1
    assert left.keys() == last.keys()
    assert all((left[name] != last[name]) == is_done for name in OUTPUTS)


def test_a_build_killed_between_two_files_leaves_each_whole(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    build(report)
    last = files_in(report)
    write_report(report, ("goals[0].title", "別の題名"))
    kill_at_second = """
from pathlib import Path
rename, names = Path.replace, []
def replace(self, target):
    names.append(target)
    if len(names) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.replace = replace
"""
    assert run_build(report, before=kill_at_second) == -signal.SIGKILL
    killed = files_in(report)
    build(report)
    new = files_in(report)

    word, pdf = OUTPUTS
    assert killed[word] == new[word] != last[word]
    assert killed[pdf] == last[pdf] != new[pdf]


def test_a_character_without_a_glyph_is_refused(tmp_path: Path) -> None:
    report = write_report(tmp_path, ("goals[0].title", "𠮷野の里"))
    for stage in (build, check):
        with pytest.raises(InputError, match="「𠮷」（U\\+20BB7）"):
            stage(report)
    assert not (report / "out").exists()


def test_a_target_that_cannot_be_replaced_stops_before_the_work(tmp_path: Path) -> None:
    report = write_report(tmp_path, ("goals[0].title", 1))
    (report / OUTPUTS[0]).mkdir(parents=True)
    with pytest.raises(OutputError, match=r"計画\.docx"):
        build(report)


def test_check_counts_and_writes_nothing(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    before = files_in(report)

    assert check(report) == Contents(goals=2, plans=2, numeric_targets=1, indicators=3)
    assert files_in(report) == before


def test_the_package_offers_each_stage(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    catalogue = kpireport.load_catalogue(report / "catalogue.json")
    document = kpireport.compose_plan(catalogue, build_metadata(catalogue))

    assert kpireport.write_docx(document).startswith(b"PK")
    assert kpireport.write_pdf(document).startswith(b"%PDF")


def build_metadata(catalogue: kpireport.Catalogue) -> kpireport.DocumentMetadata:
    return kpireport.DocumentMetadata("題名", catalogue.issuer, "", (), dt.date(2020, 4, 1))
