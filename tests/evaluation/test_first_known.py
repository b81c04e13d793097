"""No value in the plan's year: the first actual that is known serves as the reference."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kpireport.domain.catalogue import Baseline, Indicator, YearlyTarget
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, evaluate
from kpireport.evaluation.presets import LINEAR
from kpireport.evaluation.reasons import AgainstReference, Nothing, NothingToJudge, ReferenceKind
from kpireport.evaluation.schemes import Against, Scheme
from tests.evaluation.rows import actual, actuals, catalogue, goal, indicator


def first_known(target: str, kind: str) -> Indicator:
    return replace(indicator("―", target, kind), baseline=Baseline("―", is_first_known=True))


MORE, NUMBER = first_known("現状値から増加", "above_baseline"), first_known("40％", "at_least")


def judged(row: Indicator, year: int, *texts: str, scheme: Scheme = LINEAR) -> Judgement:
    """The judgement of a year by what was reported from 2019 on; due in 2021."""
    entries = (actual(text, 2019 + number) for number, text in enumerate(texts) if text)
    plan = catalogue(goal("g", [row]))
    return evaluate(plan, actuals(*entries), FiscalYear(year), scheme).find("i")


@pytest.mark.parametrize(("now", "mark"), [("26.7％", "◎"), ("20.9％", "△"), ("20.8％", "×")])
def test_a_direction_is_taken_from_it(now: str, mark: str):
    found = judged(MORE, 2020, "20.9％", now)
    assert found.mark.symbol == mark
    assert isinstance(found.reason, AgainstReference)
    assert found.reason.kind is ReferenceKind.FIRST


def test_the_first_has_nothing_to_be_compared_with():
    found = judged(MORE, 2019, "20.9％")
    assert (found.mark.symbol, found.reason) == ("―", NothingToJudge(Nothing.NO_FIRST))


def test_what_is_not_known_yet_is_passed_over():
    assert judged(MORE, 2021, "―", "20.9％", "26.7％").mark.symbol == "◎"
    reference = judged(MORE, 2021, "20.9％", "30％", "26.7％").standing
    assert reference is not None
    assert reference.course.reference == parse_value("20.9％").quantities[0]


def test_progress_counts_from_it_and_its_year():
    # 20 in 2019, 40 in 2021: in 2020 half of the way is expected
    found = judged(NUMBER, 2020, "20％", "30％")
    rates = found.mark.symbol, found.progress_rate, found.expected
    assert rates == ("○", Fraction(1, 2), Fraction(1, 2))
    assert judged(NUMBER, 2020, "20％", "15％").mark.symbol == "×"


def test_in_the_first_year_of_a_number_there_is_no_progress():
    found = judged(NUMBER, 2019, "20％")  # half of the target, of a third
    assert (found.mark.symbol, found.progress_rate) == ("○", None)


def test_a_years_own_target_counts_from_it_too():
    aim = YearlyTarget(FiscalYear(2020), "25％", parse_value("25％").quantities)
    row = replace(NUMBER, yearly_targets=(aim,))
    found = judged(row, 2020, "20％", "24％", scheme=replace(LINEAR, against=Against.YEARLY))
    assert (found.progress_rate, found.expected) == (Fraction(4, 5), Fraction(1))
    standing = found.standing
    assert standing is not None
    assert standing.course.of_year == FiscalYear(2020)


def test_a_step_is_asked_for_from_it():
    row = first_known("現状値から1,000件増加", "at_least")
    row = replace(row, target=replace(row.target, quantities=()))

    first, then = judged(row, 2019, "7,000件"), judged(row, 2020, "7,000件", "7,600件")

    assert first.reason == NothingToJudge(Nothing.NO_FIRST)
    assert then.standing is not None
    assert then.standing.course.target is not None
    assert then.standing.course.target.value == 8000
    assert then.progress_rate == Fraction(3, 5)
