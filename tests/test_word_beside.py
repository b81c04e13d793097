"""The Word file made by a process of its own: the same bytes, and nothing left of it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpireport.batches.orders import Wish, build_there
from kpireport.cli import building, main
from kpireport.cli.environment import cores
from kpireport.conductor import build
from kpireport.domain.settings import DocumentKind
from kpireport.errors import KpiReportError
from kpireport.stages import word_beside
from kpireport.writers.docx.base import BASE_FILE
from tests.reports import files_in, write_report
from tests.review_reports import OUTPUTS, write_review

DATA = '[output]\nname = "実績"\nformats = ["docx", "html", "xlsx", "pdf"]\n'


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Note the processes that are begun."""
    processes = []
    begin = word_beside._begun

    def noted() -> subprocess.Popen[bytes] | None:
        process = begin()
        if process:
            processes.append(process)
        return process

    monkeypatch.setattr(word_beside, "_begun", noted)
    return processes


def refuse_word(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Have this process make no Word file; the other knows nothing of that."""

    def refuse(*_: object, **__: object) -> bytes:
        raise error

    monkeypatch.setattr("kpireport.writers.docx.write_docx", refuse)


def edit_settings(report: Path, old: str, new: str) -> None:
    path = report / "report.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def with_data(report: Path) -> None:
    edit_settings(report, '[output]\nname = "実績"\n', DATA)


def in_template(report: Path) -> None:
    (report / "様式.docx").write_bytes(BASE_FILE.read_bytes())
    edit_settings(report, "[output]", '[docx]\ntemplate = "様式.docx"\n\n[output]')


def with_fonts(report: Path) -> None:
    edit_settings(report, "[output]", "[docx]\nembed_fonts = true\n\n[output]")


def with_native_charts(report: Path) -> None:
    edit_settings(report, "[output]", '[docx]\ncharts = "native"\n\n[output]')


@pytest.mark.parametrize(
    ("change", "wish"),
    [
        (with_data, {}),
        (in_template, {}),
        (with_fonts, {}),
        (with_native_charts, {}),
        (lambda _: None, {"document": DocumentKind.SHEETS}),
    ],
)
def test_both_processes_make_what_one_makes(
    change: Callable[[Path], None],
    wish: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = write_review(tmp_path)
    change(report)
    written = build(report, **wish)
    before = files_in(report)
    for name in before.keys() & {".kpireport/charts.cache"}:
        (report / name).unlink()
    for path in written:
        path.unlink()

    refuse_word(monkeypatch, AssertionError("it was not made beside"))
    told: list[tuple[int, int]] = []
    again = build(
        report, cores=2, progress=lambda done, total, _: told.append((done, total)), **wish
    )
    assert again == written
    assert files_in(report) == before
    assert told == [(done, len(written) + 2) for done in range(len(written) + 3)]


def test_charts_that_were_kept_are_not_drawn_again(
    tmp_path: Path, begun: list[subprocess.Popen[bytes]]
) -> None:
    report = write_review(tmp_path)
    build(report)
    before = files_in(report)
    build(report, cores=2)
    assert files_in(report) == before
    assert len(begun) == 1


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "import sys; sys.stdin.buffer.read(100000); raise SystemExit(1)",
        "print('no file')",
        "import pickle, sys; pickle.dump(b'no file', sys.stdout.buffer)",
        "import pickle, sys; sys.stdout.buffer.write(pickle.dumps(b'x' * 999)[:500])",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_what_it_could_not_make_is_made_here(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_review(tmp_path)
    build(report)
    before = files_in(report)
    monkeypatch.setattr(word_beside, "_COMMAND", ("-c", program))
    build(report, cores=2)
    assert files_in(report) == before


def test_where_no_process_can_be_begun_one_does_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_review(tmp_path)
    build(report)
    before = files_in(report)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    build(report, cores=2)
    assert files_in(report) == before


def test_what_is_wrong_is_told_as_by_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: list[subprocess.Popen[bytes]]
) -> None:
    report = write_review(tmp_path)
    build(report)
    before = files_in(report)
    monkeypatch.setattr(word_beside, "_COMMAND", ("-c", "raise SystemExit(1)"))
    refuse_word(monkeypatch, KpiReportError("図の書体にない文字があります"))
    with pytest.raises(KpiReportError, match="図の書体にない"):
        build(report, cores=2)
    assert files_in(report) == before
    assert begun[0].returncode is not None


@pytest.mark.parametrize("step", range(4))
def test_an_interrupt_leaves_no_process_and_the_last_files(
    step: int, tmp_path: Path, begun: list[subprocess.Popen[bytes]]
) -> None:
    report = write_review(tmp_path)
    build(report)
    edit_settings(report, "[output]", '[cover]\ncommittee = "別の会議"\n\n[output]')
    before = files_in(report)

    def interrupt(done: int, _total: int, _what: str) -> None:
        if done == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(report, cores=2, progress=interrupt)
    assert files_in(report) == before
    assert begun[0].returncode is not None


@pytest.mark.parametrize("said", [[], [sys.path], [sys.path, (False, (700, 10, 10))]])
def test_it_ends_with_whoever_began_it(said: list[object]) -> None:
    process = word_beside._begun()
    assert process is not None
    answer, _ = process.communicate(b"".join(map(pickle.dumps, said)))
    assert process.returncode != 0
    assert not answer


def test_an_interrupt_at_the_console_does_not_reach_it() -> None:
    process = word_beside._begun()
    assert process is not None
    assert os.getpgid(process.pid) != os.getpgid(0)
    process.communicate(b"")


@pytest.mark.parametrize(
    ("formats", "wish"),
    [
        ('["docx"]', {"cores": 2}),
        ('["pdf", "html"]', {"cores": 2}),
        ('["docx", "pdf"]', {"cores": 2, "document": DocumentKind.DIGEST}),
        ('["docx", "pdf"]', {"cores": 1}),
        ('["docx", "pdf"]', {}),
    ],
)
def test_none_is_begun_where_it_would_not_pay(
    formats: str, wish: dict[str, Any], tmp_path: Path, begun: list[subprocess.Popen[bytes]]
) -> None:
    report = write_review(tmp_path)
    edit_settings(
        report, '[output]\nname = "実績"\n', f'[output]\nname = "実績"\nformats = {formats}\n'
    )
    assert build(report, **wish)
    assert not begun


def test_none_is_begun_for_a_plan(tmp_path: Path, begun: list[subprocess.Popen[bytes]]) -> None:
    build(write_report(tmp_path), cores=2)
    assert not begun


def test_one_of_many_reports_is_made_by_one_process(
    tmp_path: Path, begun: list[subprocess.Popen[bytes]]
) -> None:
    assert build_there(write_review(tmp_path), Wish()).written
    assert not begun


@pytest.mark.parametrize("number", [1, 2])
def test_the_command_uses_the_cores_that_there_are(
    number: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: list[subprocess.Popen[bytes]],
) -> None:
    report = write_review(tmp_path)
    monkeypatch.setattr(building, "cores", lambda: number)
    assert main(["build", "--quiet", str(report)]) == 0
    assert set(OUTPUTS) <= files_in(report).keys()
    assert len(begun) == number - 1


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be left to others")
def test_cores_that_are_left_to_others_do_not_count() -> None:
    allowed = os.sched_getaffinity(0)
    assert cores() == len(allowed)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
