"""A folder and its reports: rights, names, lengths, open files, settings, templates."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kpireport
from kpireport.checkup import Checkup, examine, folders
from kpireport.cli import main
from kpireport.errors import InputError, Problem, Severity
from tests.reports import files_in
from tests.review_reports import write_review

NOW = dt.datetime.fromisoformat(kpireport.__released__).replace(tzinfo=dt.UTC) + dt.timedelta(3650)


def examined(folder: Path) -> Checkup:
    return examine(folder, now=NOW)


def found_of(folder: Path) -> tuple[Problem, ...]:
    found = examined(folder)
    return (*found.errors, *found.warnings)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "みどり市"
    write_review(folder, 2021, review="draft = true\n")
    return folder


def test_nothing_is_wrong_with_a_sound_folder_and_nothing_changes(town: Path) -> None:
    before = files_in(town)
    found = examined(town)
    assert not found.errors
    assert found.verdict == "直すところはありません。"
    assert "報告書 1（2021）: 書けます" in str(found)
    assert files_in(town) == before


def test_a_computer_is_examined_without_a_folder() -> None:
    subjects = [each.subject for each in examine(now=NOW).points]
    assert "書体" in subjects
    assert "フォルダー" not in subjects


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="フォルダーがありません"):
        examined(tmp_path / "nothing")
    (tmp_path / "a file").write_bytes(b"")
    with pytest.raises(InputError, match="フォルダーではなくファイルです"):
        examined(tmp_path / "a file")


def test_a_folder_without_reports_is_told(tmp_path: Path) -> None:
    (tmp_path / "report.toml").mkdir()  # that is none
    (problem,) = found_of(tmp_path)
    assert (problem.file, problem.severity) == ("報告書", Severity.WARNING)
    assert "report.toml" in problem.what


@pytest.mark.parametrize(
    ("name", "place"), [("actuals.xlsx", "実績のブック"), ("catalogue.json", "計画のファイル")]
)
def test_inputs_that_are_not_there_are_to_be_mended(name: str, place: str, town: Path) -> None:
    next(town.rglob(name)).unlink()
    (problem,) = examined(town).errors
    assert (problem.file, problem.place) == ("報告書 1（2021）", place)
    assert "ありません" in problem.what


def test_where_nothing_can_be_written_is_to_be_mended(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (town / "2021" / "out").mkdir()

    def full(path: Path, target: Path) -> Path:
        if path.parent.name == "out":
            raise OSError(errno.EROFS, "read-only", str(path))
        return rename(path, target)

    rename = Path.replace
    monkeypatch.setattr(Path, "replace", full)
    (problem,) = examined(town).errors
    assert (problem.file, problem.place) == ("報告書 1（2021）", "出来上がりのフォルダー")
    assert "読み取り専用" in problem.what
    assert not any((town / "2021" / "out").iterdir())


def test_a_full_disk_is_told_once_of_each_report(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = ("ディスクの空きが足りません。", "空きを増やしてください。")
    monkeypatch.setattr(folders, "why_unwritable", lambda folder: full)
    (problem,) = examined(town).errors
    assert problem.place.startswith("報告書のフォルダー、出来上がりのフォルダー")
    assert problem.what == full[0]


def test_a_folder_for_results_that_is_a_file_is_to_be_mended(town: Path) -> None:
    (town / "2021" / "out").write_bytes(b"")
    assert "出来上がりのフォルダー" in [each.place for each in examined(town).errors]


def test_inputs_that_nobody_may_write_to_are_told(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as Windows has it of a workbook that is open; whoever runs as root may write to anything
    def only_read(mode: str, path: Path) -> bool:
        return mode == "rb" or path.name != "actuals.xlsx"

    monkeypatch.setattr(folders, "_may", only_read)
    (problem,) = found_of(town)
    assert (problem.place, problem.severity) == ("実績のブック", Severity.WARNING)


def test_inputs_that_nobody_may_read_are_to_be_mended(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_may", lambda mode, path: path.name != "actuals.xlsx")
    (problem,) = examined(town).errors
    assert problem.place == "実績のブック"
    assert "読めません" in problem.what


def test_folders_that_nobody_may_look_into_are_counted(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (town / "秘書課").mkdir()

    def refusing(path: str | Path) -> Any:
        if Path(path).name == "秘書課":
            raise PermissionError(errno.EACCES, "denied", str(path))
        return scan(path)

    scan = os.scandir
    monkeypatch.setattr(os, "scandir", refusing)
    (problem,) = found_of(town)
    assert "開けないフォルダーが、1個あります" in problem.what
    assert [each.paths for each in examined(town).spots] == [(town / "秘書課",)]


@pytest.mark.parametrize(
    ("written", "place", "what"),
    [
        ("= broken [", "report.toml: 99行目", "項目として読めません。"),
        ("x = 秘書課", "report.toml", "設定 report.toml に、直すところが1か所あります。"),
        ('"みどり市" = 1', "report.toml", "設定 report.toml に、直すところが1か所あります。"),
    ],
)
def test_what_is_wrong_with_settings_is_told_where_it_quotes_nothing(
    written: str, place: str, what: str, town: Path
) -> None:
    settings = town / "2021" / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n{written}\n", encoding="utf-8")
    line = text.count("\n") + 2
    (problem,) = examined(town).errors
    told = (problem.place.replace(f"{line}行目1文字目", "99行目"), problem.what)
    assert told == (place, what)
    assert "秘書課" not in str(problem)


@pytest.mark.parametrize(
    ("version", "what"), [("99", "この kpireport（版 2 まで）より新しい"), ("0", "書式の版が0です")]
)
def test_settings_of_another_format_are_told(version: str, what: str, town: Path) -> None:
    settings = town / "2021" / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"format = {version}\n{text.replace('format = 2', '')}", encoding="utf-8")
    (problem,) = examined(town).errors
    assert problem.place == "report.toml: format"
    assert what in problem.what


def test_a_template_that_cannot_be_used_is_told(town: Path) -> None:
    (town / "2021" / "みどり市.docx").write_bytes(b"no Word file")
    with (town / "2021" / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[docx]\ntemplate = "みどり市.docx"\n')
    (problem,) = examined(town).errors
    assert problem.place == "Word の様式"
    shutil.copy(kpireport.BASE_FILE, town / "2021" / "みどり市.docx")
    assert "様式は使えます" in str(examined(town))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("~$actuals.xlsx", "actuals.xlsx"),
        (".~lock.actuals.xlsx#", "actuals.xlsx"),
        ("~$みどり市の案.docx", "Word のファイル"),
        ("~$みどり市.xlsx", "Excel のブック"),
        ("~$みどり市", "ほかのファイル"),
    ],
)
def test_open_files_are_told_without_their_names(town: Path, name: str, told: str) -> None:
    (town / "2021" / name).write_bytes(b"")
    (problem,) = found_of(town)
    assert (problem.place, problem.severity) == (told, Severity.WARNING)
    assert [each.paths for each in examined(town).spots] == [(town / "2021" / name,)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a:b.txt", "Windows で使えない名前（:）が、1個あります。"),
        ("終わり.", "（初めか終わりの空白や「.」）が、1個あります。"),
        ("con.txt", "（CON：Windows の装置の名前）が、1個あります。"),
        ("あ" * 81, "（長すぎるもの）が、1個あります。"),
        ("か\u3099くぶ.txt", "（Mac のもの）が、1個あります。"),
        ("𠮷田.txt", "U+20BB7"),
    ],
)
def test_names_that_do_not_travel_are_told(town: Path, name: str, words: str) -> None:
    (town / name).write_bytes(b"")
    (problem,) = found_of(town)
    assert words in problem.what
    assert name not in str(problem)
    assert [(each.what, each.paths) for each in examined(town).spots] == [
        (problem.what, (town / name,))
    ]


@pytest.mark.parametrize(
    ("ending", "length", "words"),
    [
        (".xlsx", 219, "Excel で開けません"),
        (".xlsx", 218, ""),
        (".txt", 260, "Windows で開けません"),
        (".txt", 259, ""),
    ],
)
def test_paths_that_are_too_long_for_programs(
    tmp_path: Path, ending: str, length: int, words: str
) -> None:
    at = tmp_path
    while len(str(at)) < length - 120:
        at = at / ("x" * 60)
    at.mkdir(parents=True)
    name = "y" * (length - len(str(at)) - 1 - len(ending)) + ending
    (at / name).write_bytes(b"")
    told = [each for each in found_of(tmp_path) if each.file == "場所の長さ"]
    assert len(told) == bool(words)
    assert all(words in each.what for each in told)


def test_what_is_told_has_no_name_that_people_gave(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = town / "2021" / "秘書課だけの案"
    private.mkdir()
    for name in ("~$秘書課.docx", "秘書課:案.txt", "秘書課 .txt"):
        (private / name).write_bytes(b"")
    (town / "2021" / "out").write_bytes(b"")
    shutil.copytree(town / "2021", town / "秘書課")
    text = str(examined(town))
    assert "直すところが" in text
    for each in ("秘書課", "みどり市", str(town), *town.parts[1:], "受入率"):
        assert each not in text


def test_the_command_tells_it_and_writes_it_where_asked(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kpireport.cli.doctor.now", lambda: NOW)
    assert main(["doctor", str(town), "--output", "点検.txt"]) == 0
    printed = capsys.readouterr().out
    assert "直すところはありません。" in printed
    first, blank, *between, above, last = printed.splitlines()
    assert (first, last) == (
        "――――― 詳しい人に送れる文：ここから ―――――",
        "――――― 詳しい人に送れる文：ここまで ―――――",
    )
    assert blank == above == ""
    assert Path("点検.txt").read_text("utf-8-sig").splitlines() == between
    (town / "2021" / "out").write_bytes(b"")
    assert main(["doctor", str(town)]) == 1
    capsys.readouterr()
    assert main(["doctor", str(town), "--output", "点検.txt"]) == 2
    assert "もうあります" in capsys.readouterr().err
    assert main(["doctor", "nothing"]) == 2
    assert main(["doctor", "--output", "点検.pdf"]) == 2
    assert "テキストファイル（.txt）の名前ではありません" in capsys.readouterr().err


def test_the_command_says_how_to_look_closer(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (town / "2021" / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write('"秘書課" = 1\n')
    (town / "CON.txt").write_bytes(b"")
    assert main(["doctor", str(town)]) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith("■ あなただけに（名前や場所が入っています。送らないでください）")
    assert f"\n  kpireport check {town / '2021'}\n" in printed.err
    assert f"が、1個あります。\n  {town / 'CON.txt'}\n" in printed.err
    assert str(town) not in printed.out  # which may be sent


def test_names_are_shown_before_the_text_to_be_sent_and_none_after_it(town: Path) -> None:
    (town / "CON.txt").write_bytes(b"")
    said = subprocess.run(
        [sys.executable, "-m", "kpireport", "doctor", town, "-o", town / "点検.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    ).stdout
    before, _, rest = said.partition("――――― 詳しい人に送れる文：ここから ―――――")
    assert str(town / "CON.txt") in before
    assert str(town) not in rest


def test_a_console_without_japanese_is_told_so_in_what_it_can_show(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="latin-1", errors="backslashreplace")
    monkeypatch.setattr("sys.stdout", console)
    assert main(["doctor"]) == 1
    assert "LANG=C.UTF-8" in capsys.readouterr().err
