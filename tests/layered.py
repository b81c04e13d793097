"""A plan of four levels for tests: goals, two levels of sections, plans, twelve indicators.

It runs from fiscal 2019 to 2024; :data:`FIGURES` has three years of actuals.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kpireport.document.reviews import Review
from kpireport.domain.actuals import Actuals, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.years import FiscalYear
from tests.review_reports import LABELS, actuals_of, read_plan, small_review
from tests.sources.workbooks import book, row, save

LEVELS: list[dict[str, str]] = [
    {"key": "goal", "name": "基本目標", "show": "heading"},
    {"key": "policy", "name": "基本施策", "show": "column"},
    {"key": "field", "name": "施策分野", "show": "column"},
    {"key": "plan", "name": "個別施策", "show": "column"},
]


def _row(id_: str, name: str, unit: str, before: float, after: float, **more: Any) -> Any:
    def cell(value: float) -> dict[str, Any]:
        return {"text": f"{value:,}{unit}", "quantities": [{"value": value, "unit": unit}]}

    return {
        "id": id_,
        "name": name,
        "baseline": cell(before),
        "target": {**cell(after), "kind": "at_least"},
        **more,
    }


def _plan(id_: str, label: str, title: str, *rows: Any) -> dict[str, Any]:
    return {"id": id_, "label": label, "title": title, "indicators": list(rows)}


def _section(id_: str, label: str, title: str, **below: Any) -> dict[str, Any]:
    return {"id": id_, "label": label, "title": title, **below}


_WORK = _section(
    "s1",
    "１",
    "地域に根ざした産業を育てる",
    departments=["産業振興課"],
    sections=[
        _section(
            "f1",
            "（１）",
            "農林業",
            plans=[
                _plan(
                    "a1",
                    "①",
                    "担い手の確保と育成",
                    _row("farmers", "新規就農者数（累計）", "人", 12, 40),
                    _row("firms", "農業法人の数", "法人", 31, 40, departments=["農政課"]),
                ),
                _plan(
                    "a2",
                    "②",
                    "特産品の販路の拡大",
                    _row("sales", "直売所の売上", "百万円", 420, 500),
                ),
            ],
        ),
        _section(
            "f2",
            "（２）",
            "商工業",
            plans=[
                _plan(
                    "a3",
                    "①",
                    "創業の支援",
                    _row("starts", "創業の件数", "件", 8, 20),
                    _row("advice", "創業相談の件数", "件", 45, 90),
                    _row("fairs", "商談会に出展した企業の数", "社", 6, 15),
                )
            ],
        ),
    ],
)
_VISIT = _section(
    "s2",
    "２",
    "訪れる人を増やす",
    departments=["観光課"],
    sections=[
        _section(
            "f3",
            "（１）",
            "観光",
            plans=[
                _plan(
                    "a4",
                    "①",
                    "観光資源の磨き上げ",
                    _row("visitors", "観光入込客数", "千人", 810, 1000),
                    _row("nights", "延べ宿泊者数", "人", 35000, 42000),
                )
            ],
        )
    ],
)
_LIVING = _section(
    "s3",
    "１",
    "子どもを産み育てやすい環境をつくる",
    departments=["こども課"],
    sections=[
        _section(
            "f4",
            "（１）",
            "保育",
            plans=[
                _plan(
                    "b1",
                    "①",
                    "保育の受け皿の整備",
                    _row("places", "保育所の定員", "人", 1250, 1400),
                    _row("helpers", "子育てサポーターの数", "人", 80, 120),
                )
            ],
        ),
        _section(
            "f5",
            "（２）",
            "教育",
            departments=["学校教育課"],
            plans=[
                _plan(
                    "b2", "①", "読書の推進", _row("books", "児童1人当たりの貸出冊数", "冊", 18, 24)
                ),
                _plan(
                    "b3", "②", "情報教育", _row("hours", "端末を使う授業の時間", "時間", 60, 120)
                ),
            ],
        ),
    ],
)
PLAN: dict[str, Any] = {
    "format": 1,
    "municipality": "かえで市",
    "cover": {"issued": "令和２年３月", "issuer": "かえで市", "title": ["かえで市", "総合戦略"]},
    "years": {"baseline": 2019, "target": 2024, "numeric_target": 2024},
    "labels": {
        **LABELS,
        "numeric_targets_note": "",
        "plan": "個別施策",
        "target_note": "令和6年度末",
    },
    "levels": LEVELS,
    "comments_of": "policy",
    "goals": [
        {
            "id": "g1",
            "numeral": "Ⅰ",
            "title": "しごとをつくり、安心して働けるようにする",
            "numeric_targets": [_row("jobs", "市内の就業者数", "人", 15200, 15600)],
            "directions": [
                {"paragraphs": ["農林業と商工業の基盤を強め、雇用の場を広げます。"], "items": []}
            ],
            "departments": ["企画政策課"],
            "sections": [_WORK, _VISIT],
        },
        {
            "id": "g2",
            "numeral": "Ⅱ",
            "title": "結婚・出産・子育ての希望をかなえる",
            "numeric_targets": [],
            "directions": [],
            "sections": [_LIVING],
        },
    ],
}
FIGURES: dict[str, tuple[str, str, str]] = {
    "jobs": ("15,250人", "15,310人", "15,300人"),
    "farmers": ("16人", "23人", "30人"),
    "firms": ("31法人", "33法人", "36法人"),
    "sales": ("435百万円", "441百万円", "470百万円"),
    "starts": ("9件", "15件", "13件"),
    "advice": ("51件", "66件", "80件"),
    "fairs": ("4社", "7社", "11社"),
    "visitors": ("510千人", "620千人", "840千人"),
    "nights": ("21,000人", "25,500人", "36,400人"),
    "places": ("1,280人", "1,320人", "1,350人"),
    "helpers": ("82人", "95人", "101人"),
    "books": ("19冊", "20冊", "20冊"),
    "hours": ("75時間", "98時間", "110時間"),
}
SAID = {
    "s1": {
        "initiatives": "新規就農者への給付金を始め、創業の相談窓口を商工会の中に設けました。",
        "issues": "高齢化による離農が続いています。",
        "outlook": "農地の集積を進め、法人化を支援します。",
    },
    "s2": {"initiatives": "観光案内所を改修しました。", "issues": "", "outlook": ""},
    "s3": {"initiatives": "認定こども園を1園開きました。", "issues": "保育士が足りません。"},
}


def layered_data(*shown: str, comments_of: str = "policy", **more: Any) -> dict[str, Any]:
    """The plan as data, its levels ``shown`` as said, outermost first."""
    data = copy.deepcopy(PLAN)
    for level, show in zip(data["levels"], shown, strict=False):
        level["show"] = show
    return {**data, "comments_of": comments_of, **more}


@cache
def layered_plan(*shown: str) -> Catalogue:
    """The same, read."""
    return read_plan(layered_data(*shown))


def layered_review(year: int = 2022, *, plan: Catalogue | None = None, **options: Any) -> Review:
    """The review of a year, its comments on the sections of the first level."""
    known = actuals_of(year, FIGURES, ())
    said = tuple(PlanComment.of(id_, FiscalYear(year), texts) for id_, texts in SAID.items())
    actuals = Actuals(known.entries, said)
    return small_review(year, plan=plan or layered_plan(), actuals=actuals, **options)


def write_layered(folder: Path, data: dict[str, Any], settings: Sequence[str] = ()) -> Path:
    """Write a folder of the review of fiscal 2022 with this plan."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False)
    (folder / "catalogue.json").write_text(text, encoding="utf-8")
    lines = (
        'edition = "review"',
        'catalogue = "catalogue.json"',
        "date = 2023-09-01",
        "[review]",
        "fiscal_year = 2022",
        'actuals = "actuals.xlsx"',
        "sample = true",
        *settings,
        "[output]",
        'name = "review"',
        'formats = ["docx", "pdf", "xlsx"]',
    )
    (folder / "report.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    years = (2020, 2021, 2022)
    rows = [
        row(id_, text, year=year)
        for id_, texts in FIGURES.items()
        for year, text in zip(years, texts, strict=True)
    ]
    keys = ("initiatives", "issues", "outlook")
    words = [[id_, None, 2022, *(each.get(key) for key in keys)] for id_, each in SAID.items()]
    save(book(rows, words), folder)
    return folder
