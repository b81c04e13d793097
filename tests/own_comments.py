"""Reports of plans with comment columns of their own: two texts and a choice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from kpireport.reports import Report

COLUMNS: list[dict[str, Any]] = [
    {"key": "results", "label": "事業の成果"},
    {"key": "issues", "label": "現状と課題"},
    {"key": "policy", "label": "今後の方針", "choices": ["発展", "継続", "中止"]},
]


def with_own_columns(
    report: Path,
    rows: Sequence[Sequence[Any]] | None = None,
    columns: Sequence[dict[str, Any]] = COLUMNS,
) -> Path:
    """Give a report's plan and workbook these columns, and the workbook these rows, if any."""
    file = Report.open(report).settings.catalogue
    data = json.loads(file.read_text("utf-8"))
    data["comments"] = list(columns)
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    path = report / "actuals.xlsx"
    book = load_workbook(path)
    index = book.sheetnames.index("計画コメント")
    given = [[cell.value for cell in row] for row in book["計画コメント"].iter_rows(min_row=2)]
    book.remove(book["計画コメント"])
    sheet = book.create_sheet("計画コメント", index)
    sheet.append(["記号", "戦略計画", "年度", *(each["label"] for each in columns)])
    for row in given if rows is None else rows:
        sheet.append(list(row))
    book.save(path)
    return report
