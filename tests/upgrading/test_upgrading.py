"""Files of an older kpireport brought to today's formats; those of a later one refused."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kpireport.cli import main
from kpireport.collection.register import REGISTER
from kpireport.errors import InputError, OutputError
from kpireport.sources.formats import SINCE, FileKind, fault_of_version, newest
from kpireport.sources.settings import load_settings
from kpireport.upgrading import planned, upgrade
from kpireport.upgrading.migrations import MIGRATIONS
from tests.reports import files_in
from tests.review_reports import with_yearly_targets, write_review

COPY = "新しい形にする前.zip"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of version 1, which names no way of judging."""
    write_review(tmp_path / "みどり市", 2021, review="draft = true\n", evaluation="")
    return tmp_path / "みどり市" / "2021"


def settings_of(report: Path) -> dict[str, object]:
    return tomllib.loads((report / "report.toml").read_text("utf-8-sig"))


def test_a_migration_leads_to_every_version() -> None:
    led = {(each.kind, each.to) for each in MIGRATIONS}
    assert led == {(kind, to) for kind in FileKind for to in range(2, newest(kind) + 1)}
    assert set(SINCE) == set(FileKind)


def test_nothing_is_written_before_it_is_wanted(report: Path) -> None:
    before = files_in(report)
    (found,) = upgrade(report).files
    assert [each.place for each in found.changes] == ["format", "evaluation.scheme"]
    assert (found.version, found.to, found.since) == (1, 2, "0.2.0")
    assert files_in(report) == before


def test_what_is_not_changed_keeps_its_bytes_and_the_old_is_kept(report: Path) -> None:
    file = report / "report.toml"
    text = file.read_text("utf-8")
    file.write_bytes(("\ufeff# みどり市\n\n# 版\n" + text).replace("\n", "\r\n").encode())
    before = file.read_bytes()
    found = upgrade(report, apply=True)
    after = file.read_bytes()
    assert found.copy == report / COPY
    with zipfile.ZipFile(report / COPY) as kept:
        assert {each: kept.read(each) for each in kept.namelist()} == {"report.toml": before}
    remark = "# この設定の書式の版。書き換えません。\r\nformat = 2\r\n\r\n"
    assert remark.encode() in after
    rest = after.decode().replace(remark, "").replace('scheme = "linear"\r\n', "")
    assert rest == before.decode()
    load_settings(report)


def test_a_second_copy_does_not_take_the_place_of_the_first(report: Path) -> None:
    (report / COPY).write_bytes(b"")
    assert upgrade(report, apply=True).copy == report / "新しい形にする前（2）.zip"
    assert (report / COPY).read_bytes() == b""
    assert upgrade(report, apply=True).copy is None


def test_what_is_below_a_table_of_its_own_stays_there(report: Path) -> None:
    with (report / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[evaluation.thresholds.approach]\nbehind = 70 # ％\n")
    upgrade(report, apply=True)
    assert settings_of(report)["evaluation"] == {
        "scheme": "linear",
        "thresholds": {"approach": {"behind": 70}},
    }
    assert "behind = 70 # ％" in (report / "report.toml").read_text("utf-8")


def test_which_target_was_held_against_is_written_where_it_was_open(report: Path) -> None:
    _say_years(report.parent / "catalogue.json")
    upgrade(report, apply=True)
    assert settings_of(report)["evaluation"] == {"scheme": "linear", "against": "final"}


def test_nothing_is_added_to_ways_that_leave_nothing_open(report: Path) -> None:
    _say_years(report.parent / "catalogue.json")
    file = report / "report.toml"
    text = file.read_text("utf-8").replace("[evaluation]", '[evaluation]\nscheme = "none"')
    file.write_text(text, encoding="utf-8")
    upgrade(report, apply=True)
    assert settings_of(report)["evaluation"] == {"scheme": "none"}


def test_all_reports_below_a_folder_are_upgraded_but_what_is_kept(report: Path) -> None:
    town = report.parent
    shutil.copytree(report, town / "2021" / "archive" / "inputs")
    shutil.copytree(report, town / ".hidden")
    write_review(town, 2020, evaluation="")
    found = upgrade(town, apply=True)
    assert [each.path.parent for each in found.files] == [town / "2020", town / "2021"]
    assert "format" not in settings_of(town / "2021" / "archive" / "inputs")
    with zipfile.ZipFile(town / COPY) as kept:
        assert kept.namelist() == ["2020/report.toml", "2021/report.toml"]


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="この中にありません"):
        upgrade(tmp_path)


def test_somebody_who_saves_meanwhile_loses_nothing(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpireport.upgrading import writing

    found = planned(report)
    with (report / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write("# いま書いた\n")
    before = files_in(report)
    with pytest.raises(OutputError, match="ほかの人が書き換えました"):
        writing.written(found)
    assert files_in(report) == before


def test_settings_that_would_mean_something_else_are_not_written(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpireport.upgrading.migrations._USUAL", "tama")
    with pytest.raises(OutputError, match="同じ意味のまま"):
        upgrade(report, apply=True)


# --- later versions --------------------------------------------------------------


@pytest.mark.parametrize("kind", FileKind)
def test_a_later_version_names_itself_and_what_is_read(kind: FileKind) -> None:
    later = newest(kind) + 1
    fault = fault_of_version(kind, later)
    assert fault is not None
    assert str(kind) in fault[0]
    assert f"版 {later} を読める" in fault[1]
    assert fault_of_version(kind, None) is None
    assert all(fault_of_version(kind, each) is None for each in range(1, later))


@pytest.mark.parametrize("written", ['"2"', "0", "-1", "true", "1.5"])
def test_what_is_no_version_is_told(report: Path, written: str) -> None:
    file = report / "report.toml"
    file.write_text(f"format = {written}\n{file.read_text('utf-8')}", encoding="utf-8")
    with pytest.raises(InputError, match="1 か 2 と書いてください") as caught:
        load_settings(report)
    assert [each.place for each in caught.value.problems] == ["format"]


def test_all_files_of_later_versions_are_told_at_once(report: Path) -> None:
    plan = report.parent / "catalogue.json"
    plan.write_text(json.dumps(json.loads(plan.read_text("utf-8")) | {"format": 9}))
    _say_version(report / "actuals.xlsx", "7")
    (report / "received").mkdir()
    (report / "received" / REGISTER).write_text('{"format": 8, "news": []}')
    before = files_in(report)
    with pytest.raises(InputError) as caught:
        upgrade(report, apply=True)
    told = {Path(each.file).name: each.what for each in caught.value.problems}
    assert told.keys() == {"catalogue.json", "actuals.xlsx", REGISTER}
    assert all("より新しいものです" in each for each in told.values())
    assert files_in(report) == before


def test_settings_of_a_later_version_are_refused(report: Path) -> None:
    file = report / "report.toml"
    file.write_text(f"format = 3\nnew = 1\n{file.read_text('utf-8')}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        upgrade(report)
    (problem,) = caught.value.problems
    assert problem.place == "format"
    assert "新しい kpireport" in problem.remedy


def test_the_second_version_says_how_it_is_judged(report: Path) -> None:
    file = report / "report.toml"
    file.write_text(f"format = 2\n{file.read_text('utf-8')}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_settings(report)
    assert [each.place for each in caught.value.problems] == ["evaluation.scheme"]


def _say_years(plan: Path) -> None:
    """Give a plan targets of a year before the last."""
    raw = with_yearly_targets(json.loads(plan.read_text("utf-8")), {"visits": "110人"})
    plan.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def _say_version(book: Path, version: str) -> None:
    """Put another version into a workbook's properties, as a later program would write it."""
    import openpyxl
    from openpyxl.packaging.custom import StringProperty

    opened = openpyxl.load_workbook(book)
    if "kpireport-format" in opened.custom_doc_props.names:
        del opened.custom_doc_props["kpireport-format"]
    opened.custom_doc_props.append(StringProperty(name="kpireport-format", value=version))
    opened.save(book)


# --- the command -----------------------------------------------------------------


def test_the_command_shows_and_then_writes(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["upgrade", str(report)]) == 0
    told = capsys.readouterr().out
    assert "版 1 → 2、kpireport 0.2.0 から" in told
    assert 'scheme = "linear"' in told
    assert "--apply を付けて" in told
    assert "format" not in settings_of(report)
    assert main(["upgrade", str(report), "--apply"]) == 0
    assert COPY in capsys.readouterr().out
    assert settings_of(report)["format"] == 2
    assert main(["upgrade", str(report)]) == 0
    assert "全て、いまの書式です" in capsys.readouterr().out


def test_one_that_cannot_be_read_hides_no_other(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("2020", "2022"):
        (report.parent / name).mkdir()
        (report.parent / name / "report.toml").write_text("= broken [", encoding="utf-8")
    before = files_in(report.parent)

    assert main(["upgrade", str(report.parent), "--apply"]) == 2

    told = capsys.readouterr()
    assert f"{report / 'report.toml'}（版 1 → 2" in told.out
    assert told.err.startswith("入力に直すところが2か所あります。")
    assert all(f"{report.parent / name / 'report.toml'}: " in told.err for name in ("2020", "2022"))
    assert "\n何も書き込んでいません。\n  → " in told.err
    assert files_in(report.parent) == before
    with pytest.raises(InputError, match="項目として読めません"):
        upgrade(report.parent, apply=True)
    assert files_in(report.parent) == before


@pytest.mark.parametrize("command", ["check", "build"])
def test_what_should_not_stay_is_told_once(
    command: str, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([command, str(report)])
    told = capsys.readouterr().err
    assert told.count("前の書き方（kpireport 0.2.0 から") == 1
    assert told.count("kpireport upgrade") == 1
    upgrade(report, apply=True)
    main([command, str(report)])
    assert "前の書き方" not in capsys.readouterr().err


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="フォルダーがありません"):
        planned(tmp_path / "nothing")
    (tmp_path / "a file").write_bytes(b"")
    with pytest.raises(InputError, match="フォルダーではなくファイルです"):
        planned(tmp_path / "a file")
    with pytest.raises(InputError, match=r"report\.toml のあるフォルダー"):
        planned(tmp_path)


def test_a_folder_that_cannot_be_looked_into_is_no_folder_without_reports(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (report.parent / "閉じた").mkdir()
    scan = os.scandir

    def refusing(path: str | Path) -> Any:
        if Path(path).name == "閉じた":
            raise PermissionError(errno.EACCES, "denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    (problem,) = planned(report.parent).problems
    assert problem.file.endswith("閉じた")
    assert problem.what == "フォルダーを開けません。"
