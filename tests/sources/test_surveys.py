"""Years without a survey, as the plan and the answers say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.reporting import unreported
from kpireport.domain.surveys import Survey
from kpireport.domain.years import FiscalYear
from kpireport.sources.actuals import load_actuals
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, problems_of, spoilt, write
from tests.sources.workbooks import actual_of, book, faults_in, row, save

UNCLEAR = (
    f"{ROW}.survey: 調査を行う年度が決まりません。 → "
    '"years": [2020, 2022] のように年度を並べるか、"from": 2020 と "every": 2 の両方を'
    "書いてください（どちらか一方の書き方だけにします）。"
)


@pytest.mark.parametrize(
    ("written", "survey"),
    [
        ({"years": [2019, 2021]}, Survey((FiscalYear(2019), FiscalYear(2021)))),
        ({"from": 2020, "every": 2}, Survey(first=FiscalYear(2020), every=2)),
    ],
)
def test_the_plan_says_when_there_is_a_survey(tmp_path: Path, written: Any, survey: Survey):
    plan = load_catalogue(write(tmp_path, spoilt((f"{ROW}.survey", written))))
    assert next(plan.indicators()).survey == survey


@pytest.mark.parametrize(
    "written", [{}, {"from": 2020}, {"every": 2}, {"years": [2020], "from": 2020, "every": 2}]
)
def test_years_that_are_not_clear_are_told(tmp_path: Path, written: Any):
    assert problems_of(write(tmp_path, spoilt((f"{ROW}.survey", written)))) == [UNCLEAR]


@pytest.mark.parametrize(
    ("id_", "cells"),
    [
        ("share", {"value": "調査なし"}),
        ("share", {"value": "未実施（隔年）"}),
        ("share", {"value": "２年に１度の調査のため"}),
        ("share", {"value": "調査なし", "reason": "隔年のため"}),
        ("share", {"reason": "隔年調査のため"}),
        ("state", {"value": "調査年度ではない"}),
        ("state", {"state": "調査なし"}),
        ("state", {"value": "―", "state": "調査のない年度"}),
    ],
)
def test_an_answer_is_neither_a_value_nor_missing(tmp_path: Path, id_: str, cells: dict[str, Any]):
    found = actual_of(tmp_path, id_, **cells)
    assert (found.is_reported, bool(found.no_survey_words)) == (False, True)
    assert faults_in(tmp_path, row(id_, **cells)) == []


def test_a_number_with_such_words_is_no_answer_of_that_kind(tmp_path: Path):
    [fault] = faults_in(tmp_path, row("share", "99.1％（隔年調査のため前回の値）"))
    assert "は、数として読めません。" in fault
    assert "調査のない年度は「調査なし」" in fault


def _answered(folder: Path, value: Any, **cells: Any) -> tuple[Any, list[str]]:
    """The actual of 2021 of a measure that is surveyed in 2020 and 2022, and what is odd."""
    plan = load_catalogue(write(folder, spoilt((f"{ROW}.survey", {"years": [2020, 2022]}))))
    year = FiscalYear(cells.pop("year", 2021))
    path = save(book([row("i1", value, year=year.year, **cells)]), folder)
    found, warnings = load_actuals(path, plan, year)
    missing = {id_ for ids in unreported(found, plan, year).values() for id_ in ids}
    assert "i1" not in missing
    return found.entries[0], [each.what for each in warnings]


@pytest.mark.parametrize("value", ["―", "未実施", "なし", "対象外", None])
def test_any_word_for_nothing_will_do_in_a_year_without_a_survey(tmp_path: Path, value: Any):
    found, odd = _answered(tmp_path, value)
    assert not found.is_reported
    assert odd == []


def test_a_survey_that_the_plan_has_and_the_answer_has_not_is_asked_about(tmp_path: Path):
    _, odd = _answered(tmp_path, "調査なし", year=2020)
    assert odd == ["「調査なし」とありますが、計画では、令和２年度に調査を行います。"]


def test_the_last_value_may_be_reported_with_its_year(tmp_path: Path):
    found, odd = _answered(tmp_path, "7か所（令和２年度調査）")
    assert found.value.text == "7か所（令和２年度調査）"
    assert odd == []
