"""What adds up over the years (累計): the sum since the baseline's year is judged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from kpireport.domain.actuals import Actual
from kpireport.domain.catalogue import Indicator, YearlyTarget
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, evaluate
from kpireport.evaluation.presets import LINEAR
from kpireport.evaluation.reasons import Nothing, NothingToJudge, NotReported, ReferenceKind
from kpireport.evaluation.schemes import Against, Scheme
from tests.evaluation.rows import actual, actuals, catalogue, goal, indicator

# from 2018, due in 2021: 年度の目安 33.3％, 66.7％, 100％
ROW = replace(indicator("4件", "30件", "at_least"), is_cumulative=True)


def judged(
    year: int, *texts: str | None, row: Indicator = ROW, scheme: Scheme = LINEAR
) -> Judgement:
    """The judgement of a year by what was reported from 2019 on."""
    entries: list[Actual] = [
        actual(text, 2019 + number) for number, text in enumerate(texts) if text is not None
    ]
    plan = catalogue(goal("g", [row]))
    return evaluate(plan, actuals(*entries), FiscalYear(year), scheme).find("i")


@pytest.mark.parametrize(
    ("year", "texts", "mark", "rate"),
    [
        (2019, ("10件",), "○", Fraction(1, 3)),  # 10 of 30: the year's share
        (2019, ("6件",), "△", Fraction(1, 5)),  # 60 ％ of it
        (2020, ("10件", "9件"), "△", Fraction(19, 30)),
        (2020, ("10件", "10件"), "○", Fraction(2, 3)),
        (2021, ("10件", "10件", "10件"), "◎", Fraction(1)),
        (2021, ("10件", "12件", "10件"), "◎", Fraction(32, 30)),
        (2021, ("10件", "―", "7件"), "×", Fraction(17, 30)),
        (2021, ("10件", "10件", "―"), "△", Fraction(2, 3)),
    ],
)
def test_the_sum_is_held_against_the_target(
    year: int, texts: tuple[str, ...], mark: str, rate: Fraction
):
    found = judged(year, *texts)
    assert (found.mark.symbol, found.progress_rate) == (mark, rate)


def test_it_counts_from_0_and_says_that_it_is_a_sum():
    standing = judged(2020, "10件", "9件").standing
    assert standing is not None
    assert standing.course.reference_kind is ReferenceKind.ZERO
    assert (standing.actual.prefix, standing.actual.value) == ("累計", Decimal(19))
    row = replace(indicator("―", "延べ30件", "at_least"), is_cumulative=True)
    standing = judged(2020, "10件", "9件", row=row).standing
    assert standing is not None
    assert standing.actual.prefix == "延べ"


def test_a_year_that_is_not_known_leaves_no_sum():
    assert judged(2020, None, "9件").reason == NothingToJudge(Nothing.NO_SUM)
    assert judged(2020, "多数", "9件").reason == NothingToJudge(Nothing.NO_SUM)
    assert judged(2020, "10件", None).reason == NotReported()
    assert judged(2019, "―").reason == NothingToJudge(Nothing.NONE_YET)


def test_a_year_without_a_survey_adds_nothing():
    plan = catalogue(goal("g", [ROW]))
    none = Actual("i", FiscalYear(2020), reason="調査なし")
    entries = (actual("10件", 2019), none, actual("20件", 2021))
    found = evaluate(plan, actuals(*entries), FiscalYear(2021)).find("i")
    assert (found.mark.symbol, found.progress_rate) == ("◎", Fraction(1))


def test_a_years_own_target_is_a_sum_too():
    aim = YearlyTarget(FiscalYear(2020), "16件", parse_value("16件").quantities)
    row = replace(ROW, yearly_targets=(aim,))
    scheme = replace(LINEAR, against=Against.YEARLY)
    assert judged(2020, "10件", "6件", row=row, scheme=scheme).mark.symbol == "◎"
    assert judged(2020, "10件", "5件", row=row, scheme=scheme).progress_rate == Fraction(15, 16)
