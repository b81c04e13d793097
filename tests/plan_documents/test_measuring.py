"""The measure itself: a workbook that says all is good, one that does not is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kpireport.plan_books.exporting import plan_book
from kpireport.plan_books.flattening import flatten
from kpireport.plan_books.rows import Object
from kpireport.sources.json_file import Json
from kpireport.writers.xlsx import write_book
from tests.plan_documents.measuring import measure
from tests.plan_documents.municipalities import ORIGINALS
from tests.plan_documents.originals import Expected, Original

_LIST = ORIGINALS[0]


def _by_hand(original: Original) -> Object:
    """The plan that somebody would type who reads the document."""
    goals: list[Json] = []
    for row in original.expected:
        names = row.above or ("計画",)
        siblings, node = goals, _below(goals, names[0], "title")
        for name in names[1:]:
            siblings = _list(node, "sections")
            node = _below(siblings, name, "title")
        if not row.plan:
            _list(node, "numeric_targets").append(_indicator(row))
            continue
        plan = _below(_list(node, "plans"), row.plan, "name")
        _list(plan, "indicators").append(_indicator(row))
    hidden = [each.name for each in original.hidden]
    introduction: Object = {"title": "その他", "paragraphs": [*original.texts(), *hidden]}
    return {"goals": goals, "introduction": introduction}


def _list(node: Object, key: str) -> list[Json]:
    below = node.setdefault(key, [])
    assert isinstance(below, list)
    return below


def _below(siblings: list[Json], name: str, key: str) -> Object:
    for each in siblings:
        if isinstance(each, dict) and each[key] == name:
            return each
    made: Object = {key: name}
    siblings.append(made)
    return made


def _indicator(row: Expected) -> Object:
    items = ("number", "unit", "direction", "definition", "basis", "source", "remarks")
    made: Object = {"name": row.name}
    made |= {item: getattr(row, item) for item in items if getattr(row, item)}
    made["baseline"], made["target"] = {"text": row.baseline}, {"text": row.target}
    if row.yearly:
        made["yearly_targets"] = [
            {"fiscal_year": year, "text": text} for year, text in row.yearly.items()
        ]
    if row.departments:
        made["departments"] = list(row.departments)
    if other := {title: text for title, text in row.other.items() if text}:
        made["details"] = dict(other)
    return made


def _written(raw: Object, path: Path) -> Path:
    book = plan_book(flatten(raw), "計画", "市")
    path.write_bytes(write_book(book, moment=dt.datetime(2024, 4, 1, tzinfo=dt.UTC)))
    return path


@pytest.mark.parametrize("original", ORIGINALS, ids=lambda each: each.key)
def test_what_is_typed_by_hand_is_good(original: Original, tmp_path: Path) -> None:
    measured = measure(original, "xlsx", _written(_by_hand(original), tmp_path / "計画.xlsx"))
    assert measured.problems() == ""
    assert measured.found == measured.expected == len(original.expected)


def _edit(change: Callable[[dict[str, openpyxl.cell.Cell]], None], path: Path) -> None:
    """Change the first indicator's row, its cells given by their titles."""
    book = openpyxl.load_workbook(path)
    sheet = book["指標"]
    change({sheet.cell(4, cell.column).value: cell for cell in sheet[5]})
    book.save(path)


def _swap(row: dict[str, openpyxl.cell.Cell]) -> None:
    row["現状値"].value, row["目標値"].value = row["目標値"].value, row["現状値"].value


def _clear(row: dict[str, openpyxl.cell.Cell]) -> None:
    row["単位"].value = None


def _rename(row: dict[str, openpyxl.cell.Cell]) -> None:
    row["名称"].value = "別の指標"


def test_values_in_each_others_columns_are_wrong(tmp_path: Path) -> None:
    path = _written(_by_hand(_LIST), tmp_path / "計画.xlsx")
    _edit(_swap, path)
    assert measure(_LIST, "xlsx", path).wrong == [
        "自主防災組織数 / 現状値: 「16」→「21」",
        "自主防災組織数 / 目標値: 「21」→「16」",
    ]


def test_a_cell_that_says_nothing_is_told(tmp_path: Path) -> None:
    path = _written(_by_hand(_LIST), tmp_path / "計画.xlsx")
    _edit(_clear, path)
    assert measure(_LIST, "xlsx", path).empty == ["自主防災組織数 / 単位: 「組織」→「」"]


def test_a_row_that_is_not_the_documents_is_told(tmp_path: Path) -> None:
    path = _written(_by_hand(_LIST), tmp_path / "計画.xlsx")
    _edit(_rename, path)
    measured = measure(_LIST, "xlsx", path)
    assert (measured.missed, measured.extra) == (["自主防災組織数"], ["別の指標"])
    assert measured.found == measured.expected - 1


def test_a_text_that_is_nowhere_is_told(tmp_path: Path) -> None:
    raw = _by_hand(_LIST)
    del raw["introduction"]
    assert (
        "青葉野市総合計画　成果指標一覧表"
        in measure(_LIST, "xlsx", _written(raw, tmp_path / "計画.xlsx")).lost
    )
