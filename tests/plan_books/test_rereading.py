"""What was read from a printed text that is changed in the workbook is read anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kpireport.errors import InputError
from kpireport.plan_books.conducting import import_plan
from tests.plan_books.books import ROWS, put, shown, write_plan


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = write_plan(tmp_path / "計画.xlsx")
    imported(path)
    return path


def imported(book: Path) -> list[dict[str, Any]]:
    catalogue = book.with_name("catalogue.json")
    import_plan(book, catalogue)
    raw = json.loads(catalogue.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = raw["goals"][0]["plans"][0]["indicators"]
    return found


def test_the_number_of_a_target_that_is_mended_is_read_anew(book: Path) -> None:
    put(book, "指標", 5, {"目標値": "450人"})
    assert imported(book)[0]["target"]["quantities"] == [{"value": 450, "unit": "人"}]
    assert shown(book, "指標", "目標値の数量")[0] == "450人"


def test_the_kind_that_follows_from_the_texts_is_read_anew(book: Path) -> None:
    put(book, "指標", 5, {"目標値": "増加"})
    with pytest.raises(InputError) as error:
        imported(book)
    (asked,) = error.value.problems
    assert asked.what == "要確認：目標値「増加」が何を求めるかは、文字だけでは決まりません。"


def test_a_number_that_the_text_has_no_more_is_emptied(book: Path) -> None:
    put(book, "指標", 5, {"目標値": "設置", "目標の種類": "状態になる"})
    target = imported(book)[0]["target"]
    assert target == {"text": "設置", "kind": "state"}
    assert shown(book, "指標", "目標値の数量") == [None, "0人"]


def test_the_kind_that_somebody_chose_stands(tmp_path: Path) -> None:
    chosen = {**ROWS[0], "目標値": "300人", "目標の種類": "目標値以上を保つ"}
    path = write_plan(tmp_path / "計画.xlsx", [chosen])
    imported(path)
    put(path, "指標", 5, {"目標値": "320人"})
    (row,) = imported(path)
    assert row["target"]["kind"] == "keep_at_least"
    assert row["target"]["quantities"] == [{"value": 320, "unit": "人"}]
    assert row["baseline"]["quantities"] == [{"value": 350, "unit": "人"}]


def test_a_number_that_somebody_wrote_stands_and_the_cell_is_named(book: Path) -> None:
    put(book, "指標", 5, {"目標値": "450人", "目標値の数量": "430人"})
    with pytest.raises(InputError) as error:
        imported(book)
    (told,) = error.value.problems
    assert "食い違っています" in told.what
    assert "「目標値の数量」のセルを空けてください" in told.remedy
