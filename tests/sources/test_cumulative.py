"""What adds up (累計): each year's own amount is asked for, and sums are asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.domain.years import FiscalYear
from kpireport.sources.actuals import load_actuals
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, problems_of, spoilt, write
from tests.sources.workbooks import book, row, save

CUMULATIVE = (f"{ROW}.cumulative", True)
REMEDY = "累計で評価する指標なので、実績には、その年度だけの値を書きます。"


def told_of(folder: Path, *texts: str, target: str = "か所") -> list[tuple[str, str]]:
    """What is asked about the last of the values, which are those of 2020 and on."""
    prefix = target.removesuffix("か所")
    quantities = [{"value": 90, "unit": "か所", "prefix": prefix}]
    cell = {"text": f"{prefix}90か所", "kind": "at_least", "quantities": quantities}
    plan = load_catalogue(write(folder, spoilt(CUMULATIVE, (f"{ROW}.target", cell))))
    id_ = next(plan.indicators()).id
    years = range(2020, 2020 + len(texts))
    rows = [row(id_, text, year=year) for year, text in zip(years, texts, strict=True)]
    _, problems = load_actuals(save(book(rows), folder), plan, FiscalYear(years[-1]))
    return [
        (each.what, each.remedy.partition("所管課")[0])
        for each in problems
        if "累計のよう" in each.what
    ]


def test_what_says_that_it_is_a_sum_is_asked_about(tmp_path: Path):
    assert told_of(tmp_path, "7か所", "累計12か所") == [
        ("「累計12か所」は、累計のようです。", REMEDY)
    ]


def test_what_rises_each_year_is_asked_about(tmp_path: Path):
    what = "値が毎年増えていて（7、9、12）、累計のようです。"
    assert told_of(tmp_path, "7か所", "9か所", "12か所") == [(what, REMEDY)]


@pytest.mark.parametrize("texts", [("7か所", "9か所"), ("9か所", "7か所", "12か所"), ("7か所",)])
def test_amounts_are_not(tmp_path: Path, texts: tuple[str, ...]):
    assert told_of(tmp_path, *texts) == []


def test_a_bare_number_is_a_years_own_though_the_target_is_a_sum(tmp_path: Path):
    assert told_of(tmp_path, "7", "6", target="累計か所") == []


def test_only_numbers_add_up(tmp_path: Path):
    state = {"text": "運用", "kind": "state"}
    (problem,) = problems_of(write(tmp_path, spoilt(CUMULATIVE, (f"{ROW}.target", state))))
    assert problem.startswith(f"{ROW}.cumulative: 目標値の種類（state）は、累計と比べるもの")
