"""A folder of one's own: what is made in it can be checked, built and reported on at once."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpireport import build, import_plan, load_settings, start_year
from kpireport.cli import main
from kpireport.collection.first_folder import begin_folder, start_folder
from kpireport.errors import InputError, OutputError
from tests.plan_books.books import taken, write_plan
from tests.reports import write_report

MOMENT = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)


def test_what_is_made_can_be_checked_built_and_reported_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "みどり市"
    files = start_folder(folder, as_json=True, moment=MOMENT).files
    assert all(path.is_file() for path in files)
    assert main(["check", str(folder / "reports" / "plan")]) == 0
    assert main(["build", "--quiet", str(folder / "reports" / "plan")]) == 0
    assert (folder / "reports" / "plan" / "out" / "plan.pdf").is_file()
    monkeypatch.chdir(folder)
    assert main(["new", "2024"]) == 0  # of the plan that the plan edition is of
    assert main(["check", "reports/2024"]) == 1  # nobody has reported


def test_nothing_is_written_where_something_is(tmp_path: Path):
    (tmp_path / "みどり市").mkdir()
    with pytest.raises(OutputError):
        start_folder(tmp_path / "みどり市", moment=MOMENT)
    assert list((tmp_path / "みどり市").iterdir()) == []


def test_a_filled_workbook_begins_a_folder_that_has_no_plan(tmp_path: Path):
    found = taken(write_plan(tmp_path / "計画.xlsx"))
    files = begin_folder(found, tmp_path / "みどり市", moment=MOMENT)
    assert [each.name for each in files] == ["catalogue.json", "計画.xlsx", "report.toml"]
    build(tmp_path / "みどり市" / "reports" / "plan")
    before = [each.read_bytes() for each in files]
    with pytest.raises(OutputError):
        begin_folder(found, tmp_path / "みどり市", moment=MOMENT)
    assert [each.read_bytes() for each in files] == before


def test_a_folder_for_both_editions_comes_of_a_workbook(tmp_path: Path):
    folder = start_folder(tmp_path / "みどり市", moment=MOMENT).folder
    with pytest.raises(InputError) as caught:
        start_year("令和６年度", folder / "reports")
    assert "計画のブックを取り込んで作ります" in str(caught.value)

    import_plan(write_plan(folder / "計画.xlsx"), folder / "catalogue.json")
    build(folder / "reports/plan")
    review = load_settings(start_year("令和６年度", folder / "reports").folder)

    assert review.catalogue == folder / "catalogue.json"
    assert review.review is not None
    assert not review.review.is_sample
    assert (folder / "reports/2024/actuals.xlsx").is_file()


def test_a_folder_begins_with_the_document_that_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    report = write_report(tmp_path / "前")
    build(report)
    document = next((report / "out").glob("*.docx"))
    monkeypatch.chdir(tmp_path)

    assert main(["init", "みどり市", "--from", str(document), "--columns", "列9=備考"]) == 0

    said = capsys.readouterr()
    assert "列の読み方" in said.out
    assert "列の指定の「列9」にあたる列がありません" in said.err
    assert "置けなかったもの" in load_workbook("みどり市/計画.xlsx").sheetnames
    assert load_settings("みどり市/reports/plan").review is None


def test_the_plans_edition_is_dated_as_its_folder(tmp_path: Path):
    start_folder(tmp_path / "みどり市", moment=MOMENT)

    settings = tmp_path / "みどり市/reports/plan/report.toml"

    assert load_settings(settings.parent).date == MOMENT.date()
    assert "「令和６年４月１日」とも書けます" in settings.read_text(encoding="utf-8")


def test_what_comes_next_is_told_as_it_is_typed_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    main(["init", "企画 課/みどり市"])
    write_plan(tmp_path / "企画 課/みどり市/計画.xlsx")
    first, *_ = _told(capsys)
    assert main(shlex.split(first)) == 0

    after = _told(capsys)

    assert [each.split()[0] for each in after] == ["check", "build", "plan", "new"]
    assert [main(shlex.split(each)) for each in after] == [0, 0, 0, 0]
    assert (tmp_path / "企画 課/みどり市/reports/2024/report.toml").is_file()


def test_a_plan_of_no_folder_begins_its_years_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    write_plan(tmp_path / "計画.xlsx")
    assert main(["plan", "import", "計画.xlsx", "計画.json"]) == 0

    after = _told(capsys)

    assert after == ["plan proof 計画.xlsx 計画.json", "new 2024 --catalogue 計画.json"]
    assert [main(shlex.split(each)) for each in after] == [0, 0]


def _told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The commands that the numbered steps on the console tell to type."""
    return re.findall(r"^  [0-9][.] kpireport (.+?) {4}", capsys.readouterr().out, re.MULTILINE)
