"""The last taking-in undone: whole files as they were, and nothing that anybody changed since."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kpireport.cli import main
from kpireport.collection import collecting, last_taking, undo_collect, undoing
from kpireport.collection.undoing import BEFORE
from kpireport.errors import InputError, OutputError
from kpireport.files import GoneFile, NewFile, write_files
from tests.collection.answering import HOIKU, KIKAKU, Asked, asked, by_hand
from tests.reports import files_in

FIRST = {"share": {"実績": 98.6}}


def without_before(report: Path) -> dict[str, bytes]:
    return {str(name): data for name, data in files_in(report).items() if BEFORE not in str(name)}


def taken(folder: Path) -> tuple[Asked, dict[str, bytes]]:
    """A second taking-in after a first, and what was there between them."""
    case = asked(folder)
    case.answer(HOIKU, FIRST)
    case.collect()
    case.answer(KIKAKU, {"most": {"実績": 20.9}})
    before = without_before(case.report)
    case.collect()
    return case, before


def test_the_last_step_is_undone_and_no_further(tmp_path: Path) -> None:
    case, before = taken(tmp_path)
    last = last_taking(case.report)
    assert last is not None
    assert (last.books, last.cells, last.changed) == (("企画課.xlsx",), 1, ())
    undone = undo_collect(case.report)
    assert files_in(case.report) == before
    assert case.workbook in undone.restored
    assert [each.name.partition("-")[2] for each in undone.removed] == ["企画課.xlsx"]
    assert last_taking(case.report) is None
    with pytest.raises(InputError, match="元に戻せる取り込みがありません"):
        undo_collect(case.report)
    assert case.collect().is_complete
    assert (case.text("share"), case.text("most")) == ("98.6％", "20.9％")


def test_the_first_step_is_undone_to_nothing(tmp_path: Path) -> None:
    case = asked(tmp_path)
    case.answer(HOIKU, FIRST)
    before = files_in(case.report)
    case.collect()
    undo_collect(case.report)
    assert files_in(case.report) == before


def test_a_run_without_news_keeps_the_step_before_it(tmp_path: Path) -> None:
    case, before = taken(tmp_path)
    assert not case.collect().written
    undo_collect(case.report)
    assert files_in(case.report) == before


def test_what_was_changed_since_stays_and_all_of_it_is_told(tmp_path: Path) -> None:
    case, _ = taken(tmp_path)
    by_hand(case.workbook, "two", "コメント", "手で書いた")
    register = case.report / "received" / "register.json"
    register.write_bytes(register.read_bytes() + b" ")
    before = files_in(case.report)
    last = last_taking(case.report)
    assert last is not None
    assert {each.name for each in last.changed} == {"actuals.xlsx", "register.json"}
    with pytest.raises(InputError) as caught:
        undo_collect(case.report)
    assert {Path(each.file).name for each in caught.value.problems} == {
        "actuals.xlsx",
        "register.json",
    }
    assert files_in(case.report) == before


def test_what_was_there_can_be_taken_out_by_hand(tmp_path: Path) -> None:
    case, before = taken(tmp_path)
    with zipfile.ZipFile(case.report / "received" / BEFORE) as kept:
        assert kept.read("actuals.xlsx") == before["actuals.xlsx"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"\x00" * 100, b"{}"],
)
def test_a_damaged_file_of_what_was_there_is_told(tmp_path: Path, content: bytes) -> None:
    case, _ = taken(tmp_path)
    (case.report / "received" / BEFORE).write_bytes(content)
    before = files_in(case.report)
    with pytest.raises(InputError, match="控えが壊れている"):
        undo_collect(case.report)
    assert files_in(case.report) == before


def test_names_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    case, _ = taken(tmp_path)
    place = case.report / "received" / BEFORE
    with zipfile.ZipFile(place) as kept:
        files = {name: kept.read(name) for name in kept.namelist()}
    files["undo.json"] = files["undo.json"].replace(b'"register.json"', b'"../report.toml"')
    with zipfile.ZipFile(place, "w") as kept:
        for name, data in files.items():
            kept.writestr(name, data)
    before = files_in(case.report)
    with pytest.raises(InputError, match="控えが壊れている"):
        undo_collect(case.report)
    assert files_in(case.report) == before


@pytest.mark.parametrize("done", range(6))
def test_killed_on_the_way_it_is_undone_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    """What write_files would leave without its cleaning up: only some files are put back."""
    case, before = taken(tmp_path)

    def killed(new: list[NewFile | GoneFile]) -> None:
        write_files(new[:done])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(undoing, "write_files", killed)
        with pytest.raises(KeyboardInterrupt):
            undo_collect(case.report)
    if last_taking(case.report) is not None:
        undo_collect(case.report)
    assert without_before(case.report) == before


@pytest.mark.parametrize("done", range(5))
def test_what_a_killed_run_had_written_is_undone_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    case = asked(tmp_path)
    case.answer(HOIKU, FIRST)
    case.collect()
    before = without_before(case.report)
    case.answer(KIKAKU, {"most": {"実績": 20.9}})

    def killed(new: list[NewFile | GoneFile]) -> None:
        write_files(new[:done])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collecting, "write_files", killed)
        with pytest.raises(KeyboardInterrupt):
            case.collect()
    case.collect()
    assert case.text("most") == "20.9％"
    undo_collect(case.report)
    inbox = without_before(case.report)
    assert {name: data for name, data in inbox.items() if name != "inbox/企画課.xlsx"} == before


def test_a_file_that_resists_leaves_all_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = taken(tmp_path)
    before = files_in(case.report)
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if target == case.workbook:
            raise PermissionError(13, "no")
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(OutputError):
            undo_collect(case.report)
    assert files_in(case.report) == before


def test_the_command_says_what_was_put_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, before = taken(tmp_path)
    assert main(["collect", str(case.report), "--undo", "--dry-run"]) == 2
    assert "ほかの指定と一緒には使えません" in capsys.readouterr().err
    assert main(["collect", str(case.report), "--undo"]) == 0
    said = capsys.readouterr().out
    assert f"取り込む前に戻したもの: {case.workbook}" in said
    assert files_in(case.report) == before
    assert main(["collect", str(case.report), "--undo"]) == 2


def test_a_trial_that_is_not_true_any_more_is_not_taken(tmp_path: Path) -> None:
    case = asked(tmp_path)
    case.answer(HOIKU, FIRST)
    shown = case.collect(dry_run=True)
    case.answer(HOIKU, {"share": {"実績": 99.9}})
    before = files_in(case.report)
    with pytest.raises(OutputError, match="調べた後に"):
        case.collect(as_shown=shown)
    assert files_in(case.report) == before
    assert case.collect(as_shown=case.collect(dry_run=True)).is_complete
    assert case.text("share") == "99.9％"
