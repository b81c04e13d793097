"""The commands of the staff's year as people run them: what they print, what they return."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.cli import main
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
    assert printed.out.endswith("\n4課の分があります。各課に配ってください。\n")

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
