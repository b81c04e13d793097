"""Judgements of a plan that was revised: by what was in force in each year.

The rates are worked out by hand beside each case.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from kpireport.domain.actuals import Actual, Actuals, Override
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Evaluation, evaluate, summarize
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import write
from tests.sources.revised import revised

FIGURES = {
    "i1": {2020: "7か所", 2021: "8か所", 2022: "12か所"},
    "i2": {2020: "7か所", 2021: "8か所", 2022: "9か所"},
    "i3": {2020: "1か所"},
    "i3a": {2021: "2か所", 2022: "3か所"},
    "i3b": {2021: "1か所"},
    "i4": {2021: "6か所", 2022: "8か所"},
    "n1": {2020: "61％", 2021: "58％", 2022: "58％"},
}


def actuals(*overrides: Override) -> Actuals:
    entries = tuple(
        Actual(id_, FiscalYear(year), parse_value(text))
        for id_, years in FIGURES.items()
        for year, text in years.items()
    )
    return Actuals(entries, overrides=overrides)


@pytest.fixture
def plan(tmp_path: Path):
    return load_catalogue(write(tmp_path, revised()))


def marks(evaluation: Evaluation) -> dict[str, str]:
    """The marks of all years by id, ``．`` for a year in which the row was not in force."""
    ids = dict.fromkeys(each.measure_id for each in evaluation.judgements)
    years = evaluation.years
    return {
        id_: "".join(
            judgement.mark.symbol if (judgement := evaluation.get(id_, year)) else "．"
            for year in years
        )
        for id_ in ids
    }


def test_every_year_is_judged_by_its_own_plan(plan):
    assert marks(evaluate(plan, actuals(), FiscalYear(2022))) == {
        "n1": "◎×◎",  # up from 60％: 61 yes, 58 no; since 2022 down: 58 yes
        # 6→8: 1/2 ≥ 1/3; 6→10: 2/4 is 75％ of 2/3; 6→12: reached
        "i1": "○△◎",
        "i3a": "×△◎",  # as i3 1→2: 0 < 1/3; 1→3: 1/2 is 75％ of 2/3; reached
        "i2": "○○◎",  # 6→9: 1/3 ≥ 1/3, 2/3 ≥ 2/3, reached
        "i4": "．○◎",  # 4→8 from 2020: 2/4 ≥ 1/2; then 5→8: reached
        "i3": "×．．",
        "i3b": "．○．",  # 0→2 from 2020: 1/2 ≥ 1/2
    }


def test_rates_and_expectations_are_those_of_the_year(plan):
    evaluation = evaluate(plan, actuals(), FiscalYear(2022))

    def rates(id_: str, year: int) -> tuple[Fraction | None, Fraction | None]:
        judgement = evaluation.find(id_, FiscalYear(year))
        return judgement.progress_rate, judgement.expected

    assert rates("i1", 2020) == (Fraction(1, 2), Fraction(1, 3))
    assert rates("i1", 2021) == (Fraction(1, 2), Fraction(2, 3))
    assert rates("i1", 2022) == (Fraction(1), Fraction(1))
    assert rates("i4", 2021) == (Fraction(1, 2), Fraction(1, 2))
    assert rates("i3b", 2021) == (Fraction(1, 2), Fraction(1, 2))


def test_an_earlier_report_is_not_changed_by_a_later_revision(plan):
    evaluation = evaluate(plan, actuals(), FiscalYear(2020))
    assert marks(evaluation) == {"n1": "◎", "i1": "○", "i2": "○", "i3": "×"}


def test_marks_are_compared_as_they_stood_and_what_is_new_is_told_apart(plan):
    evaluation = evaluate(plan, actuals(), FiscalYear(2022))
    changed = {year: summarize(plan, evaluation, FiscalYear(year)).changed for year in (2021, 2022)}
    assert {
        year: [
            (each.measure_id, each.before.mark.symbol + each.after.mark.symbol)
            for each in (*found.up, *found.down)
        ]
        for year, found in changed.items()
    } == {
        2021: [("n1", "◎×"), ("i1", "○△")],
        2022: [("n1", "×◎"), ("i1", "△◎"), ("i3a", "△◎"), ("i4", "○◎"), ("i2", "○◎")],
    }
    assert {year: {each.measure_id for each in found.new} for year, found in changed.items()} == {
        2021: {"i3a", "i3b", "i4"},
        2022: set(),
    }


def test_counts_are_of_what_is_in_force(plan):
    evaluation = evaluate(plan, actuals(), FiscalYear(2022))
    totals = {
        year: summarize(plan, evaluation, FiscalYear(year)).overall.total
        for year in (2020, 2021, 2022)
    }
    assert totals == {2020: 3, 2021: 5, 2022: 4}


def test_an_override_of_the_whole_stands_once_and_under_its_own_id(plan):
    override = Override("i3", FiscalYear(2020), "△", "理由。")
    evaluation = evaluate(plan, actuals(override), FiscalYear(2022))
    assert [each.measure_id for each in evaluation.overridden()] == ["i3"]
    assert marks(evaluation)["i3a"] == "△△◎"


def test_a_chain_of_splits_goes_on_with_the_first(tmp_path: Path):
    entries = (Actual("a", FiscalYear(2020), parse_value("1か所")),)
    found = Actuals(entries).continuing({"b": "a", "c": "b"})
    assert found.find("c", FiscalYear(2020)) == entries[0]
    assert found.continuing({"b": "a", "c": "b"}) is found
