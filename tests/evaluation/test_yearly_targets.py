"""Targets of earlier years (年度ごとの目標値): which one decides in a year."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kpireport.domain.catalogue import Indicator, YearlyTarget
from kpireport.domain.surveys import Survey
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import evaluate
from kpireport.evaluation.presets import LINEAR
from kpireport.evaluation.reasons import AgainstExpected, AgainstTarget, NoneAtDeadline
from kpireport.evaluation.schemes import Against
from tests.evaluation.rows import actual, actuals, catalogue, goal, indicator, judged

YEARLY = replace(LINEAR, against=Against.YEARLY)


def with_targets(row: Indicator, **texts: str) -> Indicator:
    """The row with targets by year, as ``y2019="20か所"``."""
    targets = (
        YearlyTarget(FiscalYear(int(year[1:])), text, parse_value(text).quantities)
        for year, text in texts.items()
    )
    return replace(row, yearly_targets=tuple(targets))


# from 2018, due in 2021: 年度の目安 33.3％, 66.7％, 100％
ROW = indicator("10か所", "70か所", "at_least")
EACH_YEAR = with_targets(ROW, y2019="20か所", y2020="30か所")
MIDWAY = with_targets(ROW, y2020="30か所")


@pytest.mark.parametrize(
    ("year", "written", "mark", "rate", "expected"),
    [
        (2019, "20か所", "◎", Fraction(1), Fraction(1)),  # 10 → 20
        (2019, "16か所", "△", Fraction(6, 10), Fraction(1)),
        (2019, "15か所", "×", Fraction(5, 10), Fraction(1)),
        (2020, "30か所", "◎", Fraction(1), Fraction(1)),
        (2020, "20か所", "×", Fraction(1, 2), Fraction(1)),
        (2021, "70か所", "◎", Fraction(1), Fraction(1)),  # the row's own
        (2021, "46か所", "△", Fraction(36, 60), Fraction(1)),
    ],
)
def test_the_years_own_target_decides(
    year: int, written: str, mark: str, rate: Fraction, expected: Fraction
):
    found = judged(EACH_YEAR, year, written, scheme=YEARLY)
    assert (found.mark.symbol, found.rate, found.expected) == (mark, rate, expected)
    assert found.due == FiscalYear(2021)


@pytest.mark.parametrize(
    ("written", "mark"),
    [("20か所", "○"), ("16か所", "△"), ("15か所", "×"), ("30か所", "◎")],  # 10 → 30: half of it
)
def test_before_a_target_midway_a_year_has_its_share_of_it(written: str, mark: str):
    found = judged(MIDWAY, 2019, written, scheme=YEARLY)
    assert (found.mark.symbol, found.expected) == (mark, Fraction(1, 2))


def test_the_final_target_decides_unless_the_scheme_asks():
    each_year, plain = (judged(row, 2019, "20か所") for row in (EACH_YEAR, ROW))
    assert replace(each_year, standing=None) == replace(plain, standing=None)


def test_a_year_without_a_number_waits_for_the_next():
    row = with_targets(ROW, y2019="―", y2020="30か所")
    assert judged(row, 2019, "20か所", scheme=YEARLY).expected == Fraction(1, 2)


def test_reasons_name_the_year():
    reached = judged(EACH_YEAR, 2019, "20か所", scheme=YEARLY).reason
    assert isinstance(reached, AgainstTarget)
    assert (str(reached.target.value), reached.of_year) == ("20", FiscalYear(2019))
    late = judged(EACH_YEAR, 2019, "16か所", scheme=YEARLY).reason
    assert isinstance(late, AgainstExpected)
    assert late.of_year == FiscalYear(2019)
    own = judged(EACH_YEAR, 2021, "70か所", scheme=YEARLY).reason
    assert isinstance(own, AgainstTarget)
    assert own.of_year is None


def test_a_target_that_asks_for_less_than_there_was_is_to_be_held():
    row = with_targets(indicator("20.5％", "18.0％", TargetKind.AT_MOST), y2019="20.9％")
    assert judged(row, 2019, "20.9％", scheme=YEARLY).mark.symbol == "◎"
    assert judged(row, 2019, "21.0％", scheme=YEARLY).mark.symbol == "△"  # 20.9 / 21.0


def test_new_things_are_due_in_a_year_that_asks_for_some():
    row = indicator("―", "8か所", "new_count")
    none = judged(with_targets(row, y2019="0か所", y2020="2か所"), 2019, "―", scheme=YEARLY)
    assert none.mark.symbol == "―"
    due = judged(with_targets(row, y2019="2か所"), 2019, "―", scheme=YEARLY)
    assert (due.mark.symbol, due.reason) == ("×", NoneAtDeadline(FiscalYear(2019)))


def test_further_numbers_have_the_years_target_too():
    row = indicator("165所（定員100人）", "181所（定員200人）", "at_least")
    row = with_targets(row, y2019="170所（定員120人）")
    found = judged(row, 2019, "170所（定員110人）", scheme=YEARLY)
    assert [each.progress_rate for each in found.further] == [Fraction(1, 2)]


def test_the_last_survey_is_held_against_its_own_years_target():
    row = replace(EACH_YEAR, survey=Survey((FiscalYear(2019),)))
    plan = catalogue(goal("g", [row]))
    reported = actuals(actual("20か所", 2019))
    found = [
        evaluate(plan, reported, FiscalYear(year), YEARLY).find("i").mark.symbol
        for year in (2019, 2020, 2021)
    ]
    assert found == ["◎", "◎", "×"]  # in 2021 against all of it: a sixth of the way
