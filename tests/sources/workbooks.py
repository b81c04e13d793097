"""Workbooks of actuals for tests, and a small plan of another municipality to read them by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook

from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError, Problem
from kpireport.sources.actuals import load_actuals
from kpireport.sources.catalogue import load_catalogue
from tests.sources import catalogues

YEAR = FiscalYear(2021)  # the plan runs from 2020 to 2022, its survey to 2024

TITLES = ("記号", "指標", "年度", "実績", "進捗状況", "報告できない理由", "コメント", "所管課")
COMMENT_TITLES = ("記号", "戦略計画", "年度", "主な取組", "課題", "今後の方向")
OVERRIDE_TITLES = ("記号", "指標", "年度", "評価", "修正の理由")


def _cell(text: str, *quantities: tuple[float, str, str], **more: Any) -> dict[str, Any]:
    stated = [{"value": v, "unit": u, "prefix": p} for v, u, p in quantities]
    return {"text": text, **({"quantities": stated} if stated else {}), **more}


def _row(id_: str, baseline: dict[str, Any], target: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "name": f"指標{id_}", "baseline": baseline, "target": target}


_ROWS = [
    _row(
        "share", _cell("97.2％", (97.2, "％", "")), _cell("100％", (100, "％", ""), kind="at_least")
    ),
    _row(
        "two",
        _cell("165所（定員14,760人）", (165, "所", ""), (14760, "人", "定員")),
        _cell("181所（定員15,660人）", (181, "所", ""), (15660, "人", "定員"), kind="at_least"),
    ),
    _row(
        "yearly",
        _cell("年間1,648人", (1648, "人", "年間")),
        _cell("年間2,100人", (2100, "人", "年間"), kind="at_least"),
    ),
    _row("state", _cell("検討"), _cell("運用開始", kind="state")),
    _row("new", _cell("―"), _cell("３か所移転", (3, "か所", ""), kind="new_count")),
    _row("visits", _cell("―"), _cell("前年度実績から増加", kind="above_previous")),
]


@cache
def plan() -> Catalogue:
    """The plan: ``i1`` to ``i3`` count か所, the others are named by what they measure."""
    data = catalogues.sound()
    data["goals"][0]["plans"][0]["indicators"].extend(_ROWS)
    with TemporaryDirectory() as folder:
        return load_catalogue(catalogues.write(Path(folder), data))


def row(id_: str | None, value: Any = None, **others: Any) -> list[Any]:
    """A row of 実績: ``year``, ``state``, ``reason``, ``comment``, ``department``, ``name``."""
    named = {"year": 2021, **others}
    keys = ("year", "value", "state", "reason", "comment", "department")
    named["value"] = value
    return [id_, named.get("name"), *(named.get(key) for key in keys)]


def book(
    actuals: Sequence[Sequence[Any]] = (),
    comments: Sequence[Sequence[Any]] = (),
    overrides: Sequence[Sequence[Any]] = (),
) -> Workbook:
    """A workbook with the three sheets; the first row below the titles is row 2."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, titles, rows in (
        ("実績", TITLES, actuals),
        ("計画コメント", COMMENT_TITLES, comments),
        ("評価の修正", OVERRIDE_TITLES, overrides),
    ):
        sheet = workbook.create_sheet(name)
        for each in (titles, *rows):
            sheet.append(list(each))
    return workbook


def save(workbook: Workbook, folder: Path, name: str = "actuals.xlsx") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


def load(path: Path, *earlier: Path, **options: Any) -> tuple[Actuals, tuple[Problem, ...]]:
    return load_actuals(path, plan(), options.pop("year", YEAR), earlier=earlier, **options)


def actual_of(folder: Path, *cells: Any, number_format: str = "", **others: Any) -> Actual:
    """What is read from one row of 実績: ``actual_of(folder, "i1", 7)``."""
    workbook = book([row(*cells, **others)])
    if number_format:
        workbook["実績"]["D2"].number_format = number_format
    actuals, _ = load(save(workbook, folder))
    return actuals.entries[0]


def problems_of(path: Path, *earlier: Path, **options: Any) -> list[str]:
    """All errors and warnings: ``place: what → remedy``."""
    try:
        _, problems = load(path, *earlier, **options)
    except InputError as error:
        problems = (*error.problems, *error.warnings)
    return [f"{each.place}: {each.what} → {each.remedy}" for each in problems]


def faults_in(folder: Path, *rows: Sequence[Any], **options: Any) -> list[str]:
    """What is wrong with a workbook of these rows of 実績."""
    return problems_of(save(book(rows), folder), **options)
