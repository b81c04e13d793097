"""The year at a glance: counts, moves, and who is late."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpireport.domain.actuals import Override, ReportedState
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import LINEAR, MarkLevel, evaluate, summarize
from kpireport.evaluation.reasons import RateKind
from kpireport.evaluation.summaries import MarkCounts, Move, Moves, count_marks
from tests.evaluation.rows import actual, actuals, catalogue, goal, indicator, numeric_target

PLAN = catalogue(
    goal(
        "g1",
        [
            indicator("0校", "30校", "at_least", id_="up"),
            indicator("30人", "0人以下", "at_most", id_="down"),
            indicator("226人", "200人", "keep_at_least", id_="keep"),
            indicator("検討", "実施", "state", id_="state"),
        ],
        [numeric_target("50％", "現状値から上昇", "above_baseline", "survey")],
    ),
    goal(
        "g2",
        [
            indicator("―", "８か所", "new_count", id_="new"),
            indicator("―", "20％", "at_least", id_="share"),
            indicator("50件", "現状値から増加", "above_baseline", id_="more"),
        ],
    ),
    goal("g3"),
)

REPORTED = actuals(
    actual("10校", 2019, "up"),
    actual("26校", 2020, "up"),
    actual("20人", 2019, "down"),
    actual("24人", 2020, "down"),
    actual("200人", 2019, "keep"),
    actual("190人", 2020, "keep"),
    actual(None, 2019, "state", ReportedState.PREPARING),
    actual(None, 2020, "state", ReportedState.DONE),
    actual("2か所", 2019, "new"),
    actual("2か所", 2020, "new"),
    actual("―", 2019, "share"),
    actual("14％", 2020, "share"),
    actual("55件", 2019, "more"),
    actual(None, 2020, "survey"),
    overrides=[Override("down", FiscalYear(2020), "△", "制度の改正を待っているため")],
)


def shown(counts: MarkCounts) -> str:
    return " ".join(f"{each.mark.symbol}{each.count}" for each in counts.counts)


def of_year(year: int):
    return summarize(PLAN, evaluate(PLAN, REPORTED, FiscalYear(2020)), FiscalYear(year))


def test_marks_are_counted_by_goal_and_overall():
    summary = of_year(2020)
    assert shown(summary.overall) == "◎1 ○2 △2 ×1 ―0 …1"
    assert [(each.goal_id, shown(each.counts)) for each in summary.by_goal] == [
        ("g1", "◎1 ○1 △2 ×0 ―0 …0"),
        ("g2", "◎0 ○1 △0 ×1 ―0 …1"),
        ("g3", "◎0 ○0 △0 ×0 ―0 …0"),
    ]
    assert shown(summary.numeric_targets) == "◎0 ○0 △0 ×0 ―0 …1"
    assert summary.overall.total == 7
    assert summary.overall.at(MarkLevel.REACHED, MarkLevel.ON_TRACK) == 3


def test_an_earlier_year_can_be_summed_up_too():
    summary = of_year(2019)
    assert summary.fiscal_year == FiscalYear(2019)
    assert shown(summary.overall) == "◎2 ○2 △2 ×0 ―1 …0"


def test_the_reports_year_is_the_default():
    evaluation = evaluate(PLAN, REPORTED, FiscalYear(2020))
    assert summarize(PLAN, evaluation) == of_year(2020)


def test_moves_against_the_previous_year():
    summary = of_year(2020)
    assert summary.advances.shown == (
        Move("up", RateKind.PROGRESS, Fraction(10, 30), Fraction(26, 30)),
    )
    assert summary.setbacks.shown == (
        Move("down", RateKind.PROGRESS, Fraction(10, 30), Fraction(6, 30)),
        Move("keep", RateKind.ACHIEVEMENT, Fraction(1), Fraction(190, 200)),
    )
    assert summary.advances.shown[0].change == Fraction(16, 30)


def test_in_the_first_year_moves_are_counted_from_the_baseline():
    assert of_year(2019).advances.shown == (
        Move("up", RateKind.PROGRESS, Fraction(0), Fraction(1, 3)),
        Move("down", RateKind.PROGRESS, Fraction(0), Fraction(1, 3)),
        Move("new", RateKind.PROGRESS, Fraction(0), Fraction(1, 4)),
    )
    assert of_year(2019).setbacks == Moves(())


@pytest.mark.parametrize("most", [0, 1, 2, 9])
def test_only_so_many_moves_are_listed(most):
    evaluation = evaluate(PLAN, REPORTED, FiscalYear(2019))
    assert len(summarize(PLAN, evaluation, most=most).advances.shown) == min(most, 3)


def test_five_moves_are_listed_unless_said_otherwise():
    plan = catalogue(goal("g", [indicator("0校", "9校", "at_least", id_=id_) for id_ in "abcdef"]))
    reported = actuals(*(actual(f"{1 + i}校", 2019, id_) for i, id_ in enumerate("abcdef")))
    summary = summarize(plan, evaluate(plan, reported, FiscalYear(2019)))
    assert [each.measure_id for each in summary.advances.shown] == list("fedcb")
    assert summary.advances.tied == ()


def test_what_moved_as_much_as_the_last_one_listed_is_known():
    plan = catalogue(goal("g", [indicator("0校", "9校", "at_least", id_=id_) for id_ in "abcde"]))
    schools = {"a": 3, "b": 1, "c": 1, "d": 2, "e": 1}
    reported = actuals(*(actual(f"{n}校", 2019, id_) for id_, n in schools.items()))
    evaluation = evaluate(plan, reported, FiscalYear(2019))
    listed = {most: summarize(plan, evaluation, most=most).advances for most in range(5)}
    tied = {most: "".join(each.measure_id for each in moves.tied) for most, moves in listed.items()}
    assert tied == {0: "", 1: "", 2: "", 3: "ce", 4: "e"}
    assert [each.measure_id for each in listed[3].shown] == ["a", "d", "b"]


def test_the_late_and_the_unreported():
    summary = of_year(2020)
    assert [each.measure_id for each in summary.late] == ["new"]
    assert [each.measure_id for each in summary.behind] == ["down", "keep"]  # down: overridden
    assert [each.measure_id for each in summary.unreported] == ["survey", "more"]


def test_nothing_to_count():
    assert shown(count_marks(LINEAR, ())) == "◎0 ○0 △0 ×0 ―0 …0"
    assert count_marks(LINEAR, ()).total == 0
