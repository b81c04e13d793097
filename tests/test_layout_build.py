"""Reports of a plan that lays out its own columns, built: both formats say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest

from kpireport.cli import main
from kpireport.document.columns import Column
from kpireport.stages.table_widths import fewer_years
from tests.document.test_layouts import WIDE, plan_data
from tests.reports import SETTINGS, files_in
from tests.review_reports import OUTPUTS, write_review

OWN = [each for each in WIDE if each not in ("actuals", "rate", "mark")]
HEADINGS = ["番号", "単位", "定義・計算方法", "所管課", "委員会"]


def write_plan(folder: Path, columns: list[Any]) -> Path:
    report = folder / "plan"
    report.mkdir()
    (report / "report.toml").write_text(SETTINGS, encoding="utf-8")
    text = json.dumps(plan_data(plan=columns), ensure_ascii=False)
    (report / "catalogue.json").write_text(text, encoding="utf-8")
    return report


def pdf_cells(path: Path) -> set[str]:
    """The texts of the cells of all tables, without the ends of their lines."""
    with pdfplumber.open(path) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return {_plain(cell or "") for table in tables for row in table for cell in row}


def word_cells(path: Path) -> set[str]:
    tables = docx.Document(str(path)).tables
    return {_plain(cell.text) for table in tables for row in table.rows for cell in row.cells}


def _plain(text: str) -> str:
    return "".join(text.split())


def assert_laid_out(report: Path, outputs: tuple[str, ...], *values: str) -> None:
    assert main(["build", str(report)]) == 0
    word, pdf = (report / each for each in outputs)
    for cells in (pdf_cells(pdf), word_cells(word)):
        assert {*HEADINGS, *values} <= cells


def test_the_review_has_the_columns_of_the_layout_in_both_formats(tmp_path: Path):
    report = write_review(tmp_path, plan=plan_data(WIDE))
    values = ("97.2", "97.9", "98.6", "100", "申込者のうち入所した人の割合", "文教")
    assert_laid_out(report, OUTPUTS, *values)


def test_the_plan_has_the_columns_of_the_layout_in_both_formats(tmp_path: Path):
    report = write_plan(tmp_path, OWN)
    assert_laid_out(report, ("out/計画.docx", "out/計画.pdf"), "97.2", "96.1", "保育課、企画課")


def test_a_plan_without_its_column_stands_above_its_rows(tmp_path: Path):
    report = write_plan(tmp_path, [each for each in OWN if each != "plan"])
    assert_laid_out(report, ("out/計画.docx", "out/計画.pdf"), "計画１居場所", "計画４検討中")


def test_a_table_wider_than_its_page_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write_review(tmp_path, plan=plan_data(WIDE), review='orientation = "portrait"')
    before = files_in(report)
    assert main(["build", str(report)]) == 2
    told = capsys.readouterr().err
    assert "catalogue.json: layout.review" in told
    assert "実績版の表が、縦の用紙に" in told
    assert "mm 入りきりません。" in told
    assert '用紙を横にする（orientation = "landscape"）か、' in told
    assert "「定義・計算方法」" in told
    assert files_in(report) == before


@pytest.mark.parametrize(
    ("too_much", "told"), [(10, '"last": 3'), (21, '"last": 2'), (60, '"last": 1'), (61, "")]
)
def test_too_many_years_are_told_how_many_have_room(too_much: float, told: str):
    keys = [f"{part}-{year}" for year in range(2019, 2023) for part in ("target", "actual")]
    columns: list[Column[None]] = [
        Column(key, 1, key, lambda _: None) for key in ("plan", *keys, "mark")
    ]
    remedy = fewer_years(columns, [90, *[10] * 8, 5], too_much)
    assert told in remedy
    assert bool(told) == bool(remedy)


def test_a_faulty_layout_is_refused_with_all_its_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = write_plan(tmp_path, ["indicater", "rate", {"column": "target", "width": 0}])
    before = files_in(report)
    assert main(["build", str(report)]) == 2
    told = capsys.readouterr().err
    for place in ("layout.plan[0]", "layout.plan[1]", "layout.plan[2].width", "layout.plan\n"):
        assert f"catalogue.json: {place}" in told
    assert "もしかして 「indicator」" in told
    assert files_in(report) == before
