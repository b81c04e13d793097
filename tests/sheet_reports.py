"""A plan that is told sheet by sheet: four levels, details, yearly targets, a committee.

It runs from fiscal 2020 to 2024; the reviews are of 2021.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from kpireport.domain.years import FiscalYear
from tests.review_reports import LABELS, cell, indicator, write_review

YEAR = FiscalYear(2021)

DEFINITION = (
    "主な観光施設の入込客数の合計。市の観光統計の対象施設とし、期間の途中に加わった施設は含めない。"
)
VISITORS = indicator(
    "visitors",
    "観光客数",
    cell("120万人", (1200000, "人", "")),
    cell("150万人", (1500000, "人", ""), kind="at_least"),
    yearly_targets=[
        {"fiscal_year": 2020, **cell("125万人", (1250000, "人", ""))},
        {"fiscal_year": 2021, **cell("130万人", (1300000, "人", ""))},
        {"fiscal_year": 2023, **cell("145万人", (1450000, "人", ""))},
    ],
    departments=["観光推進課", "国際課"],
    number="①",
    unit="人",
    direction="増加を目指す",
    definition=DEFINITION,
    basis="過去５年の伸びから。",
    source="観光統計",
    details={"数値確定の時期": "翌年度の６月"},
)
STAYS = indicator(
    "stays",
    "宿泊客の割合",
    cell("12.5％", (12.5, "％", "")),
    cell("20.0％", (20, "％", ""), kind="at_least"),
    departments=["観光推進課"],
)
FARMS = indicator(
    "farms",
    "新規就農者",
    cell("３人", (3, "人", "")),
    cell("10人", (10, "人", ""), kind="at_least"),
)
ANSWERS: list[dict[str, Any]] = [
    {"key": "budget", "label": "予算額", "kind": "amount", "unit": "千円"},
    {"key": "effect", "label": "有効性", "choices": ["Ａ", "Ｂ", "Ｃ", "Ｄ"], "is_mark": True},
    {"key": "finding", "label": "所見"},
    {"key": "policy", "label": "今後の方針", "choices": ["拡充", "継続", "縮小"]},
    {"key": "opinion", "label": "意見", "by": "committee"},
    {"key": "grade", "label": "総合評価", "choices": ["妥当", "要改善"], "by": "committee"},
]
PLAN: dict[str, Any] = {
    "format": 1,
    "municipality": "あおば市",
    "cover": {"issued": "令和２年３月", "issuer": "あおば市", "title": ["あおば市", "総合戦略"]},
    "years": {"baseline": 2019, "target": 2024, "numeric_target": 2024},
    "labels": {**LABELS, "plan": "個別施策", "indicator": "KPI", "baseline_note": "令和元年度"},
    "levels": [
        {"key": "goal"},
        {"key": "policy", "name": "基本施策", "show": "heading"},
        {"key": "plan"},
    ],
    "evaluators": [{"key": "committee", "name": "外部有識者会議"}],
    "answers": ANSWERS,
    "goals": [
        {
            "id": "g1",
            "numeral": "１",
            "title": "人が集うまち",
            "numeric_targets": [
                indicator(
                    "moves",
                    "転入超過数",
                    cell("800人", (800, "人", "")),
                    cell("1,000人", (1000, "人", ""), kind="at_least"),
                )
            ],
            "directions": [],
            "sections": [
                {
                    "id": "s1",
                    "label": "⑴",
                    "title": "観光の振興",
                    "plans": [
                        {
                            "id": "p1",
                            "label": "ア",
                            "title": "周遊する観光",
                            "indicators": [VISITORS, STAYS],
                        }
                    ],
                },
                {
                    "id": "s2",
                    "label": "⑵",
                    "title": "農業の振興",
                    "plans": [
                        {"id": "p2", "label": "ア", "title": "担い手の確保", "indicators": [FARMS]},
                        {"id": "p3", "label": "イ", "title": "検討中の施策", "indicators": []},
                    ],
                },
            ],
        }
    ],
}
ROWS: list[list[Any]] = [
    ["moves", None, 2020, "850人", None, None, None, "企画課"],
    ["moves", None, 2021, "900人", None, None, None, "企画課"],
    ["visitors", None, 2020, "118万人", None, None, None, "観光推進課"],
    ["visitors", None, 2021, "131万人", None, None, "道の駅が開業した。", "観光推進課"],
    ["stays", None, 2020, "12.0％", None, None, None, "観光推進課"],
    ["stays", None, 2021, "13.0％", None, None, None, "観光推進課"],
    ["farms", None, 2020, "４人", None, None, None, "農政課"],
    ["farms", None, 2021, "６人", None, None, None, "農政課"],
]
GIVEN: dict[str, dict[str, str]] = {
    "visitors": {
        "予算額（千円）": "12,500",
        "有効性": "Ｂ",
        "所見": "道の駅の開業が寄与した。\n宿泊には結び付いていない。",
        "今後の方針": "継続",
        "外部有識者会議：意見": "周遊の経路を示されたい。",
        "外部有識者会議：総合評価": "妥当",
    }
}
COMMENTS = [["p1", "周遊する観光", 2021, "案内板を整えた。", "二次交通が足りない。", None, None]]


def write_sheets(folder: Path, *, of: str = "", edition: str = "sheets", **more: Any) -> Path:
    """Write a report folder below ``folder`` whose edition is the sheets; return it."""
    plan = more.pop("plan", PLAN)
    report = write_review(folder, plan=plan, rows=ROWS, **more)
    path = report / "report.toml"
    text = path.read_text("utf-8").replace('edition = "review"', f'edition = "{edition}"')
    section = f'\n[sheets]\nsheet_of = "{of}"\n' if of else ""
    path.write_text(text + section, encoding="utf-8")
    fill_in(report)
    return report


def fill_in(report: Path) -> None:
    """Write the answers and comments into the report's workbook."""
    path = report / "actuals.xlsx"
    book = load_workbook(path)
    sheet = book["実績"]
    titles = list(dict.fromkeys(title for given in GIVEN.values() for title in given))
    first = sheet.max_column + 1
    for number, title in enumerate(titles):
        sheet.cell(1, first + number, title)
    for row in sheet.iter_rows(min_row=2, max_col=3):
        id_, _, year = (each.value for each in row)
        for title, text in GIVEN.get(str(id_), {}).items() if year == YEAR.year else ():
            sheet.cell(row[0].row, first + titles.index(title), text)
    for comment in COMMENTS:
        book["計画コメント"].append(comment)
    book.save(path)
