"""An earlier year's actuals that were changed after they had been kept are told of."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from kpireport.archiving import archive
from kpireport.reports import Report
from tests.review_reports import FIGURES, small_rows, write_review


def _told(report: Path) -> list[str]:
    warnings = Report.open(report).inspected().findings.warnings
    return [each.what for each in warnings if "保存した版" in each.what]


def test_values_that_were_changed_are_told_and_how_they_become_corrections(tmp_path: Path):
    before = write_review(tmp_path, 2020, rows=small_rows(2020, FIGURES))
    archive(before)
    later = [each for each in small_rows(2021, FIGURES) if each[2] == 2021]
    now = write_review(tmp_path, 2021, rows=later)
    assert _told(now) == []

    workbook = load_workbook(before / "actuals.xlsx")
    for cells in workbook["実績"].iter_rows():
        if cells[0].value == "share":
            cells[3].value = "97.5％"
    workbook.save(before / "actuals.xlsx")
    [told] = _told(now)
    assert "（share　令和２年度：「97.9％」 → 「97.5％」）" in told
