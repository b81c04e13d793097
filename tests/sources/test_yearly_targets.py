"""Targets of earlier years (年度ごとの目標値) as the plan's file says them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, problems_of, sound, spoilt, write

AT = f"{ROW}.yearly_targets"
YEARS = sound()["years"]
FIRST, LAST = YEARS["baseline"] + 1, YEARS["target"]
UNIT = sound()["goals"][0]["plans"][0]["indicators"][0]["target"]["quantities"][0]["unit"]


def told(folder: Path, *written: dict[str, Any]) -> list[str]:
    return [
        each.partition(" → ")[0] for each in problems_of(write(folder, spoilt((AT, list(written)))))
    ]


def test_numbers_are_read_from_the_text_or_stated(tmp_path: Path):
    stated = [{"value": 15, "unit": UNIT}]
    written = [
        {"fiscal_year": FIRST, "text": f"12{UNIT}"},
        {"fiscal_year": FIRST + 1, "text": f"15{UNIT}", "quantities": stated},
    ]
    plan = load_catalogue(write(tmp_path, spoilt((AT, written))))
    found = next(plan.indicators()).yearly_targets
    assert [(each.fiscal_year, each.text, each.quantities[0].value) for each in found] == [
        (FiscalYear(FIRST), f"12{UNIT}", Decimal(12)),
        (FiscalYear(FIRST + 1), f"15{UNIT}", Decimal(15)),
    ]


def test_a_year_may_have_none(tmp_path: Path):
    assert told(tmp_path, {"fiscal_year": FIRST, "text": "―"}) == []


def test_a_year_that_is_missing_is_told(tmp_path: Path):
    problem = f"{AT}[0]: 項目「fiscal_year」（年度）がありません。"
    assert told(tmp_path, {"text": f"12{UNIT}"}) == [problem]


@pytest.mark.parametrize(
    ("year", "words"),
    [(FIRST - 1, "より後ではありません。"), (LAST, "より前ではありません。")],
)
def test_a_year_outside_is_told(tmp_path: Path, year: int, words: str):
    (problem,) = told(tmp_path, {"fiscal_year": year, "text": f"12{UNIT}"})
    assert problem.startswith(f"{AT}[0].fiscal_year: ")
    assert problem.endswith(words)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path):
    problems = told(
        tmp_path,
        {"fiscal_year": FIRST + 1, "text": f"12{UNIT}"},
        {"fiscal_year": FIRST, "text": "たくさん"},
        {"fiscal_year": FIRST, "text": "12円"},
        {"fiscal_year": FIRST + 1, "text": f"12{UNIT}", "quantities": [{"value": 13}]},
    )
    assert [each.split(": ")[0] for each in problems] == [
        f"{AT}[1].fiscal_year",
        f"{AT}[1]",
        f"{AT}[2].fiscal_year",
        f"{AT}[2]",
        f"{AT}[3].quantities[0]",
    ]
    assert "より前です" in problems[0]
    assert "数量がありません" in problems[1]
    assert "２つあります" in problems[2]
    assert "単位が違います" in problems[3]
