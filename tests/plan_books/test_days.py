"""What Excel makes of typed texts: a day where none is meant is refused at its cell."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.plan_books.books import basics, put, taken, write_plan

DAY = dt.date(2026, 1, 1)  # 1-1, as Excel takes it


@pytest.mark.parametrize(
    ("sheet", "title", "typed", "what"),
    [
        ("戦略計画", "番号", DAY, "「令和8年1月1日」という日付になっています。"),
        ("指標", "名称", DAY, "「令和8年1月1日」という日付になっています。"),
        ("指標", "目標値", DAY, "「令和8年1月1日」という日付になっています。"),
        ("指標", "備考", dt.time(1, 18), "時刻になっています。"),
    ],
)
def test_a_day_or_time_in_a_column_of_texts_is_refused(
    tmp_path: Path, sheet: str, title: str, typed: object, what: str
) -> None:
    book = write_plan(tmp_path / "計画.xlsx")
    put(book, sheet, 5, {title: typed})
    told = {each.what: each for each in taken(book).findings.problems}
    assert told[what].place.startswith(f"{sheet}!")
    assert "表示形式を「文字列」に" in told[what].remedy


def test_a_day_where_one_is_meant_is_written_as_documents_write_it(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx")
    basics(book, {"表紙の日付": DAY})
    put(book, "指標", 5, {"現状値の時点": dt.date(2024, 4, 1)})
    raw = json.loads(taken(book).text)
    assert raw["cover"]["issued"] == "令和８年１月１日"
    first = raw["goals"][0]["plans"][0]["indicators"][0]
    assert first["baseline"]["as_of"] == "令和６年４月１日"


def test_people_may_write_days_into_columns_of_their_own(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx")
    put(book, "課", 5, {"課の名前": "保育課", "備考": DAY})
    put(book, "課", 6, {"課の名前": "企画課"})
    assert taken(book).findings.problems == ()


def test_a_municipality_that_is_missed_is_missed_once(tmp_path: Path) -> None:
    book = write_plan(tmp_path / "計画.xlsx")
    basics(book, {"自治体名": None})
    assert [each.what for each in taken(book).findings.problems] == [
        "「自治体名」が書いてありません。"
    ]
