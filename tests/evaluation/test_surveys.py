"""Years without a survey: judged by the last one, as in its own year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpireport.domain.actuals import Actual, ReportedState
from kpireport.domain.catalogue import Indicator
from kpireport.domain.surveys import Survey
from kpireport.domain.values import Value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, evaluate, summarize
from kpireport.evaluation.reasons import (
    Nothing,
    NothingToJudge,
    NotReported,
    OfLastSurvey,
    is_without_survey,
)
from kpireport.evaluation.summaries import ChangedMarks
from tests.evaluation.rows import actual, actuals, catalogue, goal, indicator, numeric_target

# from 2018, due in 2021: 期待値 33.3％, 66.7％, 100％
ROW = indicator("50％", "80％", "at_least")
EVERY_SECOND = Survey(first=FiscalYear(2019), every=2)


def no_survey(year: int, words: str = "調査なし") -> Actual:
    return Actual("i", FiscalYear(year), Value(words, is_no_survey=True))


def judged(row: Indicator, year: int, *entries: Actual) -> Judgement:
    plan = catalogue(goal("g", [row]))
    return evaluate(plan, actuals(*entries), FiscalYear(year)).find("i")


def test_the_last_value_is_judged_as_in_its_own_year():
    known = actual("60％", 2019)  # 33.3％ of 33.3％
    found = judged(ROW, 2020, known, no_survey(2020, "隔年調査のため"))
    then = judged(ROW, 2019, known)
    assert then.mark.symbol == "○"
    assert found == replace(
        then,
        fiscal_year=FiscalYear(2020),
        reason=OfLastSurvey(FiscalYear(2019), then.reason, "隔年調査のため"),
    )


def test_what_is_due_is_held_against_the_whole_target():
    known = (actual("70％", 2020), no_survey(2021))  # 66.7％ of 66.7％, and of 100％
    assert judged(ROW, 2020, *known).mark.symbol == "○"
    assert judged(ROW, 2021, *known).mark.symbol == "△"
    assert judged(ROW, 2021, *known).expected == 1


@pytest.mark.parametrize(
    "entry",
    [
        no_survey(2020),
        Actual("i", FiscalYear(2020), reason="住民意識調査は隔年のため（次回は令和３年度）。"),
        Actual("i", FiscalYear(2020), comment="調査のない年度です。"),
    ],
)
def test_an_answer_says_it(entry: Actual):
    assert is_without_survey(judged(ROW, 2020, actual("60％", 2019), entry).reason)


def test_the_plan_says_it_and_a_year_with_a_survey_is_unreported():
    row = replace(ROW, survey=EVERY_SECOND)
    known = actual("60％", 2019)
    assert isinstance(judged(row, 2020, known).reason, OfLastSurvey)
    assert judged(row, 2021, known).reason == NotReported()


def test_a_value_that_was_reported_all_the_same_is_judged():
    row = replace(ROW, survey=EVERY_SECOND)
    assert judged(row, 2020, actual("60％", 2019), actual("80％", 2020)).mark.symbol == "◎"


def test_without_any_survey_yet_there_is_nothing_to_judge():
    found = judged(ROW, 2020, actual("―", 2019), no_survey(2020))
    assert (found.mark.symbol, found.reason) == ("―", NothingToJudge(Nothing.NO_SURVEY))


def test_a_survey_whose_result_is_missing_is_passed_over():
    known = (actual("60％", 2018 + 1), Actual("i", FiscalYear(2020), reason="集計中"))
    found = judged(ROW, 2021, *known, no_survey(2021)).reason
    assert isinstance(found, OfLastSurvey)
    assert found.fiscal_year == FiscalYear(2019)


def test_the_year_before_is_the_last_one_with_a_survey():
    row = indicator("50％", "前年度実績から増加", "above_previous")
    known = (actual("60％", 2019), no_survey(2020), actual("58％", 2021))
    assert [judged(row, year, *known).mark.symbol for year in (2019, 2020, 2021)] == ["◎", "◎", "×"]


def test_states_too():
    row = indicator("検討", "実施", "state")
    known = (actual("準備中", 2019, state=ReportedState.PREPARING), no_survey(2020))
    assert judged(row, 2020, *known).mark == judged(row, 2019, *known).mark


def test_it_is_in_no_list_and_no_move():
    plan = catalogue(
        goal("g", [ROW], [numeric_target("50％", "現状値から上昇", "above_baseline", "n")])
    )
    known = actuals(actual("80％", 2019), no_survey(2020), actual("55％", 2019, "n"))
    summary = summarize(plan, evaluate(plan, known, FiscalYear(2020)))
    assert summary.unreported == ()
    assert summary.late == ()
    assert summary.changed == ChangedMarks()
    assert [each.count for each in summary.overall.counts] == [1, 0, 0, 0, 0, 0]
    assert [each.count for each in summary.numeric_targets.counts] == [1, 0, 0, 0, 0, 0]
