"""The commands of the staff's year as people run them: what they print, what they return."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.cli import main
from kpireport.cli.common import UNREPORTED
from tests.collection.handing_out import fill_in, report_with


def test_sheets_names_every_file_and_what_became_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = report_with(tmp_path)
    path = report / "sheets" / "令和３年度実績_保育課.xlsx"

    assert main(["sheets", str(report)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith(f"作成しました: {path}\n")
    assert "\n4課の分があります。各課に配ってください。\n" in printed.out
    assert (report / "inbox").is_dir()

    assert main(["sheets", str(report)]) == 0
    assert "前に作ったものと同じなので、そのままです" in capsys.readouterr().out

    fill_in(path, {"share": {"実績": 98.6}})
    assert main(["sheets", str(report)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"{path}\n  前に作ったものがあり、今の内容と違います。" in printed.err

    assert main(["sheets", str(report), "-d", "保育課", "--renew"]) == 0
    kept = path.with_name("令和３年度実績_保育課（前の版）.xlsx")
    assert capsys.readouterr().out.startswith(f"作り直しました: {path}\n  前のもの: {kept}\n")


def test_sheets_can_be_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["sheets", str(report_with(tmp_path)), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_sheets_of_a_plan_edition_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = report_with(tmp_path)
    settings = report / "report.toml"
    text = settings.read_text(encoding="utf-8").partition("[review]")[0]
    output = '[output]\nname = "計画"\n'
    settings.write_text(text.replace('"review"', '"plan"') + output, encoding="utf-8")

    assert main(["sheets", str(report)]) == 2
    assert "実績版（review）の設定ではありません" in capsys.readouterr().err


def test_new_says_what_was_made_and_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    report_with(tmp_path / "reports")
    monkeypatch.chdir(tmp_path)

    assert main(["new", "令和４年度"]) == 0
    printed = capsys.readouterr()
    folder = Path("reports") / "2022"
    assert printed.err == ""
    assert printed.out.startswith(f"引き継いだもの: {Path('reports') / '2021'}\n")
    assert f"作成しました: {folder / 'report.toml'}\n" in printed.out
    assert "確かめてください: 各課の回答期限（[collection] の deadline）" in printed.out
    assert f"3. kpireport sheets {folder} " in printed.out

    assert main(["new", "2022"]) == 1
    assert "もうあります。上書きはしません。" in capsys.readouterr().err


def test_new_looks_where_it_is_told_or_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    report_with(tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")

    assert main(["new", "2022"]) == 0
    assert main(["new", "2023", "--folder", str(tmp_path / "here"), "--from", "2021"]) == 0
    assert {path.name for path in (tmp_path / "here").iterdir() if path.is_dir()} == {
        *("2021", "2022", "2023")
    }
    capsys.readouterr()
    assert main(["new", "2023", "--folder", str(tmp_path)]) == 2
    assert "計画のファイル（catalogue.json）から始めて" in capsys.readouterr().err


def test_a_first_year_makes_the_folder_of_the_years_and_says_what_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    plan = report_with(tmp_path / "elsewhere").parent / "catalogue.json"
    monkeypatch.chdir(tmp_path)

    assert main(["new", "2020", "--catalogue", str(plan)]) == 0
    assert (tmp_path / "reports" / "2020" / "report.toml").is_file()
    told = capsys.readouterr().out
    assert "確かめてください: 各課の回答期限（[collection] の deadline）" in told
    assert "確かめてください: 表紙の資料番号と会議の名前（[cover] の" in told


def test_a_first_year_joins_the_years_that_are_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    report_with(tmp_path)
    monkeypatch.chdir(tmp_path)

    assert main(["new", "2020", "--catalogue", "catalogue.json"]) == 0
    assert (tmp_path / "2020" / "report.toml").is_file()


def test_new_starts_a_first_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    report_with(tmp_path)
    monkeypatch.chdir(tmp_path)
    arguments = ["new", "2020", "--folder", "新しい", "--catalogue", "catalogue.json"]

    assert main(arguments) == 0
    assert "引き継いだもの: catalogue.json" in capsys.readouterr().out
    assert main(["check", str(Path("新しい") / "2020")]) == UNREPORTED  # and nothing is wrong
