"""The default scheme, at every boundary: one line per case, as a person would check it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kpireport.domain.actuals import Actual, Actuals, Override, ReportedState
from kpireport.domain.catalogue import IndicatorGroup
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.evaluation import SCHEMES, evaluate, judge_measure
from kpireport.evaluation.judging import judge
from kpireport.evaluation.presets import LINEAR
from kpireport.evaluation.reasons import (
    NoneAtDeadline,
    Nothing,
    NothingToJudge,
    NotReported,
    StateReported,
)
from kpireport.evaluation.rows import row_of
from kpireport.evaluation.schemes import Task
from tests.evaluation.rows import (
    actual,
    actuals,
    catalogue,
    goal,
    indicator,
    judged,
    numeric_target,
    symbol,
)
from tests.review_reports import OVERRIDES, actuals_of, small_plan


def percent(rate: Fraction | None) -> str:
    return "―" if rate is None else f"{float(rate * 100):.1f}"


# --- the rules' own examples -----------------------------------------------------

# the row as printed; the year and its actual; 進捗率, 達成率, 年度の目安 and the mark
EXAMPLES = """
13校 → 35校 at_least                              | 2019 20校      | 31.8  57.1  33.3 △
342床 → 457床（115床増）※令和4年度 at_least 2022  | 2019 342床     |  0.0  74.8  25.0 ×
年間226人 → 年間200人 keep_at_least               | 2019 年間190人 |    ―  95.0     ― △
年間226人 → 年間200人 keep_at_least               | 2019 年間210人 |    ― 105.0     ― ◎
20.5％ → 21.9％以下 at_most                       | 2019 22.0％    |    ―  99.5     ― △
20.5％ → 21.9％以下 at_most                       | 2019 20.9％    |    ― 104.8     ― ◎
― → ８か所 new_count                              | 2019 3か所     | 37.5  37.5  33.3 ○
6,402件 → 現状値から増加 above_baseline           | 2019 6,402件   |    ―     ―     ― △
6,402件 → 現状値から増加 above_baseline           | 2019 6,500件   |    ―     ―     ― ◎
"""


@pytest.mark.parametrize("example", EXAMPLES.strip().splitlines())
def test_the_worked_examples(example):
    row, reported, expected = example.split("|")
    baseline, _, target, kind, *due = row.split()
    year, written = reported.split()
    judgement = judged(
        indicator(baseline, target, kind, int(due[0]) if due else None), int(year), written
    )
    rates = (judgement.progress_rate, judgement.achievement_rate, judgement.expected)
    assert [*map(percent, rates), symbol(judgement)] == expected.split()


# --- boundaries ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "year", "marks"),
    [
        # to move up: 0 → 30 of 3 years; 年度の目安 10, 20, 30; 60 ％ of it 6, 12, 18
        (("0件", "30件", "at_least"), 2019, "30◎ 29○ 10○ 9.9△ 6△ 5.9× 0× -1×"),
        (("0件", "30件", "at_least"), 2020, "30◎ 29○ 20○ 19.9△ 12△ 11.9× 0× -1×"),
        (("0件", "30件", "at_least"), 2021, "31◎ 30◎ 29.9△ 18△ 17.9× 0×"),
        (("0件", "30件", "at_least"), 2022, "30◎ 29.9△ 18△ 17.9×"),  # past the deadline: 100 ％
        # before the plan begins nothing is expected, but worse is worse
        (("10件", "40件", "at_least"), 2018, "40◎ 10○ 9.9×"),
        (("10件", "40件", "at_least"), 2017, "40◎ 10○ 9.9×"),
        # a deadline of its own: 4 years, of which one has passed; 年度の目安 10, 60 ％ of it 6
        (("0件", "40件", "at_least", 2022), 2019, "40◎ 10○ 9.9△ 6△ 5.9×"),
        (("0件", "10件", "at_least", 2019), 2019, "10◎ 9.9△ 6△ 5.9×"),
        (("0件", "10件", "at_least", 2019), 2020, "10◎ 9.9△ 6△ 5.9×"),
        # to move down: 60 → 30; 年度の目安 50, 60 ％ of it 54
        (("60件", "30件以下", "at_most"), 2019, "29◎ 30◎ 31○ 50○ 50.1△ 54△ 54.1× 60× 61×"),
        (("60件", "0件以下", "at_most"), 2021, "0◎ 0.1△ 24△ 24.1×"),
        # to keep, though the baseline is higher: 90 ％ of 200 is 180
        (("226人", "200人", "keep_at_least"), 2019, "226◎ 200◎ 199.9△ 180△ 179.9× 0×"),
        (("226人", "200人", "keep_at_least"), 2021, "200◎ 199.9△ 180△ 179.9×"),
        (("100人", "200人", "keep_at_least"), 2019, "200◎ 180△ 179.9×"),
        (("検討", "200人", "keep_at_least"), 2019, "200◎ 180△ 179.9×"),
        # at most, and the baseline meets it already: 18 ÷ 20 is 90 ％
        (("15％", "18％以下", "at_most"), 2019, "10◎ 18◎ 18.1△ 20△ 20.1×"),
        (("18％", "18％以下", "at_most"), 2019, "18◎ 18.1△ 20△ 20.1×"),
        # at least, and the baseline is at it: nothing to move
        (("16園", "16園", "at_least"), 2019, "17◎ 16◎ 15△ 14.4△ 14.3×"),
        # of something new, from 0: 年度の目安 2, 60 ％ of it 1.2
        (("―", "６か所", "new_count"), 2019, "6◎ 5○ 2○ 1.9△ 1.2△ 1.1× 0× -1×"),
        (("検討", "６か所", "new_count"), 2019, "6◎ 5○ 2○ 1.9△ 1.2△ 1.1×"),
        # counted from 0 although the baseline's cell has a number of something else
        (("基本協定締結５か所", "導入６か所", "new_count"), 2019, "6◎ 5○ 2○ 1.9△ 1.2△ 1.1× 0×"),
        # no baseline, not from 0: 達成率 against the year's share, 20 ÷ 3
        (("―", "30％", "at_least"), 2019, "30◎ 29○ 10○ 9.9△ 6△ 5.9× 0×"),
        (("―", "30％", "at_least"), 2021, "30◎ 29.9△ 18△ 17.9×"),
        # no baseline, at most: 目標値÷実績 against the year's share; 10÷30, 10÷50
        (("―", "10％以下", "at_most"), 2019, "10◎ 10.1○ 30○ 30.1△ 50△ 50.1×"),
        # a baseline of another unit is none to count from
        (("5人", "30％", "at_least"), 2019, "30◎ 10○ 9.9△ 6△ 5.9×"),
        # in words
        (("50件", "現状値から増加", "above_baseline"), 2019, "51◎ 50.1◎ 50△ 49.9× 0×"),
        (("50件", "現状値から減少", "below_baseline"), 2019, "49◎ 49.9◎ 50△ 50.1× 99×"),
        # a negative target has no rates; it is reached or not
        (("-10％", "-5％", "keep_at_least"), 2019, "0◎ -5◎ -5.1× -10×"),
    ],
)
def test_boundaries_of_the_default_scheme(row, year, marks):
    row = indicator(*row)
    unit = (row.target.quantities or row.baseline.quantities)[0].unit
    for case in marks.split():
        written, mark = case[:-1], case[-1]
        assert f"{written}{symbol(judged(row, year, written + unit))}" == written + mark


@pytest.mark.parametrize(
    ("kind", "before", "marks"),
    [
        ("above_previous", "50件", "51◎ 50△ 49×"),
        ("below_previous", "50件", "49◎ 50△ 51×"),
        ("above_previous", "―", "51―"),
        ("above_previous", "多数", "51―"),
        ("above_previous", "50人", "51―"),  # another unit
        ("above_previous", None, "51―"),
    ],
)
def test_against_the_previous_year(kind, before, marks):
    row = indicator("―", "前年度実績から増加", kind)
    for case in marks.split():
        written, mark = case[:-1], case[-1]
        assert symbol(judged(row, 2020, f"{written}件", before=before)) == mark


def test_in_the_first_year_the_baseline_is_the_previous_year():
    row = indicator("50件", "前年度実績から増加", "above_previous")
    assert symbol(judged(row, 2019, "51件")) == "◎"
    assert symbol(judged(row, 2019, "50件")) == "△"
    # not so in the second: last year was simply not reported
    assert judged(row, 2020, "51件").reason == NothingToJudge(Nothing.NO_PREVIOUS)
    # and what was reported for the baseline's year comes before the baseline
    assert symbol(judged(row, 2019, "51件", before="51件")) == "△"
    assert symbol(judged(row, 2019, "51件", before="―")) == "―"


@pytest.mark.parametrize(
    ("state", "mark"),
    [("未着手", "×"), ("準備", "△"), ("実施中", "○"), ("達成", "◎")],
)
def test_states(state, mark):
    row = indicator("検討", "運用開始", "state")
    reported = ReportedState(state)
    for written in (None, "試行を開始", "―", "３か所"):  # the words of the cell decide nothing
        judgement = judged(row, 2019, written, state=reported)
        assert symbol(judgement) == mark
        assert judgement.reason == StateReported(reported)
        assert judgement.task is Task.STATE
        assert judgement.rate is judgement.expected is None


@pytest.mark.parametrize(
    ("due", "year", "marks"),
    [
        (2021, 2020, "未着手× 準備△ 実施中○ 達成◎"),
        (2021, 2021, "未着手× 準備△ 実施中△ 達成◎"),  # better than nothing, but not in time
        (2021, 2022, "未着手× 準備△ 実施中△ 達成◎"),
        (2019, 2019, "未着手× 準備△ 実施中△ 達成◎"),  # a deadline of its own, the plan's is later
        (2022, 2021, "未着手× 準備△ 実施中○ 達成◎"),  # one after the plan's
    ],
)
def test_a_state_that_is_not_reached_by_its_deadline_is_late(due, year, marks):
    row = indicator("検討", "運用開始", "state", None if due == 2021 else due)
    term = row_of(row, FiscalYear(2018), FiscalYear(2021))
    for case in marks.split():
        state = ReportedState(case[:-1])
        reported = actuals(actual("試行", year, state=state))
        judgement = judge(term, reported, FiscalYear(year), LINEAR)
        assert f"{state}{symbol(judgement)}" == case
        is_overdue = year >= due and state is not ReportedState.DONE
        assert judgement.reason == (
            StateReported(state, FiscalYear(due), is_past=year > due)
            if is_overdue
            else StateReported(state)
        )


# --- missing, none yet, in words: three different things -------------------------

ROWS = {
    "at_least": indicator("13校", "35校", "at_least"),
    "at_least, no baseline": indicator("―", "35校", "at_least"),
    "at_most": indicator("35校", "13校以下", "at_most"),
    "keep_at_least": indicator("40校", "35校", "keep_at_least"),
    "above_baseline": indicator("13校", "現状値から増加", "above_baseline"),
    "below_baseline": indicator("13校", "現状値から減少", "below_baseline"),
    "above_previous": indicator("13校", "前年度実績から増加", "above_previous"),
    "below_previous": indicator("13校", "前年度実績から減少", "below_previous"),
    "new_count": indicator("―", "35校", "new_count"),
    "state": indicator("検討", "実施", "state"),
}


def test_every_kind_of_target_is_among_the_rows():
    judged_kinds = {kind for kind in TargetKind if kind is not TargetKind.NONE}
    assert {row.target.kind for row in ROWS.values()} == judged_kinds


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(
    ("written", "of_numbers", "of_states"),
    [
        (None, NotReported(), NotReported()),
        ("―", NothingToJudge(Nothing.NONE_YET), NothingToJudge(Nothing.NONE_YET)),
        ("－", NothingToJudge(Nothing.NONE_YET), NothingToJudge(Nothing.NONE_YET)),
        # of a state it is the state that is to be reported
        ("おおむね順調", NothingToJudge(Nothing.NOT_A_NUMBER), NotReported()),
        ("90床増", NothingToJudge(Nothing.NOT_A_NUMBER), NotReported()),
        ("現状値から増加", NothingToJudge(Nothing.NOT_A_NUMBER), NotReported()),
        ("20人", NothingToJudge(Nothing.OTHER_UNIT), NotReported()),
    ],
)
@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_what_cannot_be_judged_says_why(name, written, of_numbers, of_states, year):
    row = ROWS[name]
    before = "14校" if "previous" in name else None
    judgement = judged(row, year, written, before=before)
    reason = of_states if name == "state" else of_numbers
    assert judgement.reason == reason
    assert symbol(judgement) == ("…" if isinstance(reason, NotReported) else "―")
    assert judgement.rate is None
    assert judgement.further == ()


@pytest.mark.parametrize("name", ROWS)
def test_no_entry_at_all_is_not_reported(name):
    plan = catalogue(goal("g", [ROWS[name]]))
    judgement = evaluate(plan, Actuals(), FiscalYear(2019)).find("i")
    assert judgement.reason == NotReported()
    assert symbol(judgement) == "…"


def test_the_departments_words_on_not_reporting_are_kept():
    plan = catalogue(goal("g", [ROWS["at_least"]]))
    entry = Actual("i", FiscalYear(2019), reason="調査を延期したため")
    judgement = evaluate(plan, actuals(entry), FiscalYear(2019)).find("i")
    assert judgement.reason == NotReported("調査を延期したため")


def test_a_state_is_not_enough_where_a_number_is_asked():
    judgement = judged(ROWS["at_least"], 2019, None, state=ReportedState.DONE)
    assert judgement.reason == NotReported()


def test_zero_is_not_none_yet():
    row = ROWS["new_count"]
    assert symbol(judged(row, 2019, "0校")) == "×"
    assert judged(row, 2019, "0校").progress_rate == 0
    assert symbol(judged(row, 2019, "―")) == "―"
    assert judged(row, 2019, "―").progress_rate is None


def test_none_yet_of_a_new_thing_is_missed_once_it_is_due():
    row = ROWS["new_count"]
    for year in (2021, 2022):
        judgement = judged(row, year, "―")
        assert (symbol(judgement), judgement.reason) == ("×", NoneAtDeadline())
        assert judgement.rate is None
    assert symbol(judged(indicator("―", "１か所", "new_count"), 2021, "―")) == "×"
    later = indicator("―", "35校", "new_count", due=2022)
    assert symbol(judged(later, 2021, "―")) == "―"
    # of anything else a dash may be a survey that was not held
    assert symbol(judged(ROWS["at_least"], 2021, "―")) == "―"


def test_a_count_of_another_action_is_not_one_of_the_targets():
    row = indicator("基本協定締結１か所", "導入２か所", "new_count")
    judgement = judged(row, 2019, "基本協定締結２か所")
    assert judgement.reason == NothingToJudge(Nothing.OTHER_ACTION)
    assert symbol(judged(row, 2019, "導入２か所")) == "◎"
    assert symbol(judged(row, 2019, "２か所")) == "◎"
    assert symbol(judged(indicator("―", "２か所", "new_count"), 2019, "導入２か所")) == "◎"


@pytest.mark.parametrize("written", ["年間210人", "210人", "約210人", "210", "２１０名"])
def test_what_is_left_unwritten_contradicts_nothing(written):
    row = indicator("年間226人", "年間200人", "keep_at_least")
    assert symbol(judged(row, 2019, written)) == "◎"


def test_another_prefix_is_another_thing():
    row = indicator("年間226人", "年間200人", "keep_at_least")
    assert judged(row, 2019, "月間210人").reason == NothingToJudge(Nothing.OTHER_UNIT)


def test_approximate_quantities_are_judged_by_their_numbers():
    row = indicator("約8,300人", "約20,000人", "at_least")
    assert symbol(judged(row, 2021, "約20,000人")) == "◎"
    assert symbol(judged(row, 2021, "約19,999人")) == "△"
    share = indicator("約６割", "約７割", "at_least")
    assert symbol(judged(share, 2021, "70％")) == "◎"
    assert symbol(judged(share, 2021, "約７割")) == "◎"


def test_directions_without_a_baseline_have_nothing_to_judge():
    row = indicator("検討", "現状値から増加", "above_baseline")
    assert judged(row, 2019, "50件").reason == NothingToJudge(Nothing.NO_BASELINE)


def test_a_target_without_its_number_has_nothing_to_judge():
    row = indicator("13校", "大幅に", "at_least")
    assert judged(row, 2019, "50校").reason == NothingToJudge(Nothing.NO_TARGET)


# --- further quantities ----------------------------------------------------------

TWO = ("165所（定員14,760人）", "181所（定員15,660人）", "at_least")


@pytest.mark.parametrize(
    ("written", "mark", "rates"),
    [
        ("171所（定員15,060人）", "○", ("96.2", "33.3")),
        ("170所（定員15,660人）", "△", ("100.0", "100.0")),  # the first decides
        ("181所（定員14,000人）", "◎", ("89.4", "-84.4")),
        ("171所", "○", ("―", "―")),
    ],
)
def test_the_first_quantity_decides_and_the_second_has_its_own_rate(written, mark, rates):
    judgement = judged(indicator(*TWO), 2019, written)
    (further,) = judgement.further
    assert symbol(judgement) == mark
    assert (percent(further.achievement_rate), percent(further.progress_rate)) == rates
    assert (further.actual is None) == (rates == ("―", "―"))


def test_further_quantities_are_found_by_what_they_measure():
    row = indicator("1所（定員10人）", "2所（定員20人）（面積30㎡）", "at_least")
    people, area = judged(row, 2019, "2所（面積15㎡）（定員15人）").further
    assert (people.progress_rate, people.achievement_rate) == (Fraction(1, 2), Fraction(3, 4))
    assert (area.progress_rate, area.achievement_rate) == (None, Fraction(1, 2))


# --- the whole evaluation --------------------------------------------------------


def plan():
    return catalogue(
        goal(
            "g1",
            [
                indicator("0校", "30校", "at_least", id_="a"),
                IndicatorGroup(
                    "gr", "まとまり", (indicator("0床", "40床", "at_least", 2022, "b"),)
                ),
            ],
            [numeric_target("50％", "60％", "at_least", "n")],
        ),
        goal("g2", [indicator("検討", "実施", "state", id_="c")]),
    )


def test_every_row_is_judged_in_every_year_up_to_the_reports():
    found = evaluate(plan(), actuals(actual("10校", 2019, "a")), FiscalYear(2020))
    assert [year.year for year in found.years] == [2019, 2020]
    assert [(each.measure_id, each.fiscal_year.year) for each in found.judgements] == [
        (id_, year) for id_ in ("n", "a", "b", "c") for year in (2019, 2020)
    ]
    assert symbol(found.find("a", FiscalYear(2019))) == "○"
    assert symbol(found.find("a")) == "…"  # nothing said of the report's own year


@pytest.mark.parametrize(
    ("year", "years"),
    [
        (2017, [2017]),
        (2018, [2018]),
        (2019, [2019]),
        (2021, [2019, 2020, 2021]),
        (2023, [2019, 2020, 2021, 2022, 2023]),
    ],
)
def test_the_years_that_are_judged(year, years):
    assert [each.year for each in evaluate(plan(), Actuals(), FiscalYear(year)).years] == years


def test_years_before_the_first_that_anything_is_said_of_are_not_judged():
    known = actuals(actual("10校", 2020, "a"), actual("12校", 2022, "a"))
    found = evaluate(plan(), known, FiscalYear(2022))
    assert [each.year for each in found.years] == [2020, 2021, 2022]
    assert symbol(found.find("a", FiscalYear(2021))) == "…"  # between two reports: forgotten


def test_each_row_has_its_own_deadline():
    found = evaluate(plan(), Actuals(), FiscalYear(2019))
    assert found.find("a").expected == Fraction(1, 3)  # the plan's: 2021
    assert found.find("b").expected == Fraction(1, 4)  # its own: 2022
    assert found.find("n").expected == Fraction(1, 5)  # the numeric targets': 2023
    assert found.find("c").expected is None


def test_an_override_changes_the_mark_and_keeps_the_computed_one():
    override = Override("a", FiscalYear(2019), "△", "工事が翌年度に延びたため")
    found = evaluate(
        plan(),
        actuals(actual("10校", 2019, "a"), actual("30校", 2020, "a"), overrides=[override]),
        FiscalYear(2020),
    )
    judgement = found.find("a", FiscalYear(2019))
    assert (judgement.mark.symbol, judgement.computed.symbol) == ("△", "○")
    assert judgement.is_overridden
    assert judgement.override == override
    assert judgement.progress_rate == Fraction(1, 3)
    assert not found.find("a").is_overridden
    assert list(found.overridden()) == [judgement]


def test_an_override_of_what_was_not_reported_or_is_no_row():
    overrides = [
        Override("a", FiscalYear(2019), "遅れ", "事業を休止したため"),
        Override("nobody", FiscalYear(2019), "×", "…"),
        Override("a", FiscalYear(2030), "×", "…"),
    ]
    found = evaluate(plan(), actuals(overrides=overrides), FiscalYear(2019))
    judgement = found.find("a")
    assert (judgement.mark.symbol, judgement.computed.symbol) == ("×", "…")
    assert list(found.overridden()) == [judgement]


def test_marks_that_the_scheme_does_not_have_are_refused_together():
    overrides = [
        Override("a", FiscalYear(2019), "S", "…"),
        Override("b", FiscalYear(2019), "○", "…"),
        Override("c", FiscalYear(2020), "優", "…"),
    ]
    with pytest.raises(InputError) as caught:
        evaluate(plan(), actuals(overrides=overrides), FiscalYear(2020))
    assert [problem.place for problem in caught.value.problems] == [
        "a（令和元年度）",
        "c（令和２年度）",
    ]
    assert "◎ 達成、○ 順調" in caught.value.problems[0].remedy


@pytest.mark.parametrize("scheme", ["linear", "tama", "trend"])
def test_one_row_alone_is_judged_as_among_all(scheme: str) -> None:
    plan, year = small_plan(), FiscalYear(2021)
    known = actuals_of(2021, overrides=OVERRIDES if scheme == "linear" else ())
    rules = SCHEMES[scheme]
    whole = evaluate(plan, known, year, rules)
    for measure in plan.measures():
        entries = tuple(each for each in known.entries if each.measure_id == measure.id)
        alone = replace(known, entries=entries)
        assert judge_measure(plan, alone, year, measure.id, rules) == whole.find(measure.id)
    assert judge_measure(plan, known, year, "nothing") is None
