"""Reports whose plan asks more of its indicators than a value, and has several evaluators."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from openpyxl import load_workbook

from kpireport.reports import Report

EVALUATORS: list[dict[str, Any]] = [
    {"key": "own", "name": "内部評価", "departments": True},
    {"key": "board", "name": "外部評価"},
]
COMMENTS: list[dict[str, Any]] = [
    {"key": "results", "label": "成果", "by": "own"},
    {"key": "policy", "label": "今後の方針", "choices": ["発展", "継続", "中止"], "by": "own"},
    {"key": "opinion", "label": "意見", "by": "board"},
]
ANSWERS: list[dict[str, Any]] = [
    {
        "key": "direction",
        "label": "方向性",
        "choices": [
            {"word": "Ａ", "explains": "拡充する"},
            {"word": "Ｂ", "explains": "このまま進める"},
            {"word": "Ｃ", "explains": "見直す"},
        ],
        "is_mark": True,
    },
    {"key": "budget", "label": "予算額", "kind": "amount", "unit": "千円"},
    {"key": "settled", "label": "決算額", "kind": "amount", "unit": "千円"},
    {"key": "note", "label": "今後の取組"},
    {"key": "board-note", "label": "意見", "by": "board"},
]
TITLES = {
    "direction": "方向性",
    "budget": "予算額（千円）",
    "settled": "決算額（千円）",
    "note": "今後の取組",
    "board-note": "外部評価：意見",
}


def with_answers(
    report: Path,
    said: Mapping[tuple[Any, Any], Mapping[str, Any]] = MappingProxyType({}),
    comments: Sequence[Sequence[Any]] = (),
    layout: Sequence[Any] = (),
) -> Path:
    """Let a report's plan ask all this, and its workbook say it.

    Args:
        report: its folder.
        said: answers by their columns' keys, by indicator and year.
        comments: the rows of 計画コメント.
        layout: the review's columns, if they are laid out.
    """
    file = Report.open(report).settings.catalogue
    data = json.loads(file.read_text("utf-8"))
    data |= {"evaluators": EVALUATORS, "comments": COMMENTS, "answers": ANSWERS}
    if layout:
        data["layout"] = {"review": list(layout)}
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    path = report / "actuals.xlsx"
    book = load_workbook(path)
    sheet = book["実績"]
    last = sheet.max_column
    titles = {cell.value: cell.column for cell in sheet[1]}
    columns = {key: last + number for number, key in enumerate(TITLES, start=1)}
    for key, column in columns.items():
        sheet.cell(1, column).value = TITLES[key]
    for row in range(2, sheet.max_row + 1):
        of = (sheet.cell(row, titles["記号"]).value, sheet.cell(row, titles["年度"]).value)
        for name, value in said.get(of, {}).items():
            sheet.cell(row, columns[name]).value = value
    index = book.sheetnames.index("計画コメント")
    book.remove(book["計画コメント"])
    page = book.create_sheet("計画コメント", index)
    page.append(
        ["記号", "戦略計画", "年度", "内部評価：成果", "内部評価：今後の方針", "外部評価：意見"]
    )
    for each in comments:
        page.append(list(each))
    book.save(path)
    return report
