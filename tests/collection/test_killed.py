"""A collection that fails or is killed on the way: the previous state, or the new one."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kpireport import files
from kpireport.cli import main
from kpireport.collection import collecting, hand_out
from kpireport.collection.writing import rewritten
from kpireport.errors import OutputError
from kpireport.ordinary_files import read_bounded
from tests import warm
from tests.collection.answering import HOIKU, KIKAKU, Asked, asked, by_hand, put
from tests.reports import files_in

BOTH: dict[str, dict[str, Any]] = {
    "share": {"実績": 98.6},
    "two": {"実績": "176所（定員15,300人）"},
}


def corrected(folder: Path) -> Asked:
    """A case with a first collection, and a correction and another's answer to be taken."""
    case = asked(folder)
    path = case.answer(HOIKU, BOTH)
    case.collect()
    path.unlink()
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "訂正.xlsx")
    case.answer(KIKAKU, {"most": {"実績": 20.9}})
    return case


@pytest.mark.parametrize("number", range(7))
def test_a_file_that_resists_leaves_all_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    case = corrected(tmp_path)
    before = files_in(case.report)
    replaced = 0
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        nonlocal replaced
        replaced += 1
        if replaced == number + 1:
            raise PermissionError(13, "no")
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        if number < 6:
            with pytest.raises(OutputError):
                case.collect()
            assert files_in(case.report) == before
        else:
            case.collect()
    assert case.collect().is_complete
    assert (case.text("share"), case.text("most")) == ("99.1％", "20.9％")


@pytest.mark.parametrize("done", range(7))
def test_a_kill_between_two_files_leaves_nothing_that_looks_like_somebodys_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
):
    """What write_files would leave without its cleaning up: only some files are replaced."""
    case = corrected(tmp_path)

    def killed(new: list[files.NewFile]) -> None:
        files.write_files(new[:done])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collecting, "write_files", killed)
        with pytest.raises(KeyboardInterrupt):
            case.collect()
    collected = case.collect()
    assert collected.is_complete
    assert (case.text("share"), case.text("most")) == ("99.1％", "20.9％")
    assert case.collect().written == ()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL here")
def test_killed_at_any_moment(tmp_path: Path):
    case = corrected(tmp_path)
    for wait in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3):
        running = warm.start("-m", "kpireport", "collect", case.report)
        time.sleep(wait)
        running.kill()
        running.wait()
        assert case.text("share") in ("98.6％", "99.1％")
    assert case.collect().is_complete
    assert (case.text("share"), case.text("most")) == ("99.1％", "20.9％")


def test_what_killed_runs_left_is_removed_though_nothing_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    case = corrected(tmp_path)
    case.collect()
    left = [case.report / ".kpireport-1.part", case.report / "received" / ".kpireport-2.part"]
    for path in left:
        path.write_bytes(b"")
    before = files_in(case.report)
    case.collect()
    assert files_in(case.report) == before  # it may be a colleague's
    monkeypatch.setattr(files.parts, "_ABANDONED_AFTER", -1.0)
    assert case.collect().written == ()
    assert not any(path.exists() for path in left)
    assert not list(case.report.glob("**/*.part"))


def test_a_workbook_that_is_open_in_excel_is_told_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    case = corrected(tmp_path)
    real = Path.open

    def locked(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if path == case.workbook and mode == "r+b":
            raise PermissionError(13, "Permission denied")
        return real(path, mode, *arguments, **options)

    before = files_in(case.report)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", locked)
        assert main(["collect", str(case.report)]) == 1
    told = capsys.readouterr().err
    assert "ファイルが開かれているか、書き込みが禁止されています" in told
    assert "Excel などで開いていれば閉じ" in told
    assert files_in(case.report) == before


def test_a_workbook_that_somebody_saves_meanwhile_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    case = corrected(tmp_path)
    real = rewritten

    def slow(*arguments: Any) -> Any:
        written = real(*arguments)
        by_hand(case.workbook, "most", "コメント", "今書いた")
        return written

    monkeypatch.setattr(collecting, "rewritten", slow)
    with pytest.raises(OutputError, match="ほかの人が書き換えました"):
        case.collect()
    fact = case.fact("most")
    assert fact is not None
    assert fact.comment == "今書いた"


@pytest.mark.parametrize("moment", ["before it is copied", "after it is copied"])
def test_a_save_while_the_files_are_written_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
):
    case = corrected(tmp_path)
    real = shutil.copy2

    def slow(source: Path, target: Path) -> Any:
        if source != case.workbook:
            return real(source, target)
        if moment.startswith("before"):
            by_hand(case.workbook, "most", "コメント", "今書いた")
        copied = real(source, target)
        if moment.startswith("after"):
            by_hand(case.workbook, "most", "コメント", "今書いた")
        return copied

    register = (case.report / "received" / "register.json").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copy2", slow)
        with pytest.raises(OutputError, match="ほかの人が書き換えました"):
            case.collect()
    fact = case.fact("most")
    assert fact is not None
    assert fact.comment == "今書いた"
    assert (case.report / "received" / "register.json").read_bytes() == register


def test_the_reports_workbook_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    case = corrected(tmp_path)
    real = read_bounded
    read: list[Path] = []

    def counted(path: Path, *arguments: Any) -> Any:
        read.append(path)
        return real(path, *arguments)

    monkeypatch.setattr("kpireport.sources.whole_file.read_bounded", counted)
    case.collect()
    assert read.count(case.workbook) == 1
    assert not any("kpireport-" in str(path) for path in read)


def test_a_sheet_that_was_kept_is_not_kept_twice(tmp_path: Path):
    """What a run leaves that is killed between the spare copy and the new sheet."""
    case = asked(tmp_path)
    path = case.handed[HOIKU]
    put(path, "share", "実績", 98.6)
    spare = path.with_name(f"{path.stem}（前の版）.xlsx")
    spare.write_bytes(path.read_bytes())
    (renewed,) = hand_out(case.report, output=path.parent, departments=[HOIKU], renew=True)
    assert renewed.kept == spare
    assert [each.name for each in path.parent.glob("*前の版*")] == [spare.name]
    put(path, "share", "実績", 97.0)
    (renewed,) = hand_out(case.report, output=path.parent, departments=[HOIKU], renew=True)
    assert renewed.kept is not None
    assert renewed.kept.name.endswith("（前の版）（2）.xlsx")
