"""The plan's own table has the columns that the document's table has, under its words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from kpireport.findings import Findings
from kpireport.plan_books.importing import read_plan_book
from kpireport.plan_books.rows import item_at
from tests.plan_documents.documents import write
from tests.plan_documents.hand_made import heading, read, table
from tests.plan_documents.measuring import read_into
from tests.plan_documents.municipalities import ORIGINALS

_KEYS = {each.key: each for each in ORIGINALS}


def _raw(key: str, folder: Path) -> dict[str, Any]:
    document, workbook = write(_KEYS[key], "docx", folder), folder / "計画.xlsx"
    assert read_into(document, workbook) == 0
    raw = read_plan_book(workbook, Findings(workbook)).grown.raw
    return cast("dict[str, Any]", raw)


def _shown(layout: object) -> list[str]:
    """Columns in words: ``department=担当課``, ``a/b`` for b below a; what is usual is not said."""
    columns = cast("list[str | dict[str, str]]", layout)
    return [_column(each) if isinstance(each, dict) else each for each in columns]


def _column(column: dict[str, str]) -> str:
    header = f"={column['header']}" if "header" in column else ""
    above = f"{column['group']}/" if column.get("group") else ""
    return f"{above}{column['column']}{header}".replace("\n", "｜")


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        (
            "a-list",
            "number plan indicator unit baseline target direction definition=指標の定義・算出方法",
        ),
        ("b-yearly", "plan indicator baseline yearly_targets=目標値 target department=担当課"),
        ("c-levels", "goal section plan indicator unit baseline target department=担当部署"),
        # 単位：％ stands in the header of one table alone
        ("f-notes", "plan indicator unit baseline target source=出典元"),
        # plans are headings across the table
        ("g-across", "indicator baseline target department=担当課 definition=説明"),
        ("k-small", "indicator unit baseline target details.目標・指標の説明=目標（指標）の説明"),
        (
            "l-order",
            "department=主管課 plan indicator target yearly_targets=中間目標｜（令和７年度） baseline past",  # noqa: E501
        ),
    ],
)
def test_the_columns_are_the_documents(key: str, columns: str, tmp_path: Path) -> None:
    assert _shown(item_at(_raw(key, tmp_path), ("layout", "plan"))) == columns.split()


def test_levels_that_are_columns_are_columns(tmp_path: Path) -> None:
    raw = _raw("c-levels", tmp_path)
    assert [(each["key"], each["show"]) for each in raw["levels"]] == [
        ("goal", "column"),
        ("section", "column"),
        ("plan", "column"),
    ]
    assert raw["levels"][1]["name"] == "基本施策"


def test_usual_columns_with_nothing_above_them_are_no_layout(tmp_path: Path) -> None:
    raw = _raw("j-bands", tmp_path)
    assert "layout" not in raw
    assert raw["labels"]["indicators"] == raw["labels"]["indicator"]


def test_a_column_of_names_has_no_word_above_it() -> None:
    understood = read(
        table(
            ("施策", "No.", "指標名", "現状値（R3）", "目標値（R8）"),
            ("子育て", "1", "定員", "１人", "２人"),
        )
    )
    assert item_at(understood.raw, ("labels", "indicators")) == "指標"
    assert item_at(understood.raw, ("labels", "indicator")) == "指標名"
    assert item_at(understood.raw, ("layout", "plan")) == [
        "plan",
        {"column": "number", "header": "No."},
        "indicator",
        "baseline",
        "target",
    ]


def test_goals_in_a_column_keep_the_words_of_their_numbers() -> None:
    in_a_column = read(
        table(
            ("政策", "施策", "指標", "現状値（R3）", "目標値（R8）"),
            ("政策１\n安全", "1-1 防災", "結成率", "1％", "2％"),
            ("政策２\n健康", "2-1 運動", "受診率", "3％", "4％"),
        )
    )
    above = read(
        heading("政策１　安全"),
        table(("施策", "指標", "現状値（R3）", "目標値（R8）"), ("1-1 防災", "率", "1％", "2％")),
    )
    assert [(each["numeral"], each["title"]) for each in in_a_column.goals] == [
        ("政策１", "安全"),
        ("政策２", "健康"),
    ]
    assert [each["numeral"] for each in above.goals] == ["１"]


def test_columns_below_one_heading_are_the_usual_ones() -> None:
    understood = read(
        table(
            (("戦略計画", 2, 1), ("重要業績評価指標", 1, 3), None, None),
            (None, "指標", "現状値\n（令和３年度）", "目標値\n（令和８年度）"),
            ("子育て", "定員", "１人", "２人"),
        )
    )
    assert "layout" not in understood.raw


def test_headings_above_columns_stay_above_them() -> None:
    understood = read(
        table(
            (("施策", 2, 1), ("指標", 2, 1), ("数値", 1, 2), None, ("参考", 1, 2), None),
            (None, None, "現状値（R3）", "目標値（R8）", "県の値", "国の値"),
            ("子育て", "定員", "１人", "２人", "３人", "４人"),
        )
    )
    assert _shown(item_at(understood.raw, ("layout", "plan"))) == [
        "plan",
        "indicator",
        "数値/baseline",
        "数値/target",
        "参考/details.参考・県の値=県の値",
        "参考/details.参考・国の値=国の値",
    ]


def test_columns_that_some_tables_have_besides_stand_where_they_stood() -> None:
    understood = read(
        heading("施策１　健診"),
        table(
            ("指標", "現状値", "目標値", "担当課"),
            ("受診率", "1％", "2％", "健康課"),
            ("指導率", "1％", "2％", "健康課"),
        ),
        heading("施策２　授業"),
        table(("指標", "算出式", "現状値", "目標値"), ("理解度", "調査による", "3％", "4％")),
    )
    assert _shown(item_at(understood.raw, ("layout", "plan"))) == [
        "indicator",
        "definition=算出式",
        "baseline",
        "target",
        "department=担当課",
    ]


def test_what_the_example_in_how_to_read_says_is_none_of_the_plan() -> None:
    understood = read(
        heading("表の見方"),
        table(
            ("指標", "基準値（H20）", "目標値（H25）", "担当課"),
            *((f"例{number}", "1", "2", "例の課") for number in range(9)),
        ),
        heading("施策１　健診"),
        table(("指標", "現状値（R3）", "目標値（R8）"), ("人口", "10人", "12人")),
    )
    assert understood.raw["years"] == {"baseline": 2021, "target": 2026}
    assert _shown(item_at(understood.raw, ("layout", "plan"))) == [
        "indicator",
        "baseline",
        "target",
    ]
