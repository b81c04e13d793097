"""The year at a glance: counts, what changed, and who is late."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpireport.domain.actuals import Override, ReportedState
from kpireport.domain.catalogue import Indicator
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import (
    LINEAR,
    MarkLevel,
    Summary,
    evaluate,
    scheme_from_settings,
    summarize,
)
from kpireport.evaluation.summaries import (
    ChangedMarks,
    MarkChange,
    MarkCount,
    MarkCounts,
    count_marks,
)
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
    actual("30校", 2020, "up"),
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


def of_year(year: int) -> Summary:
    return summarize(PLAN, evaluate(PLAN, REPORTED, FiscalYear(2020)), FiscalYear(year))


# --- counts ----------------------------------------------------------------------


def test_marks_are_counted_by_goal_and_overall():
    summary = of_year(2020)
    assert shown(summary.overall) == "◎2 ○1 △2 ×1 ―0 …1"
    assert [(each.goal_id, shown(each.counts)) for each in summary.by_goal] == [
        ("g1", "◎2 ○0 △2 ×0 ―0 …0"),
        ("g2", "◎0 ○1 △0 ×1 ―0 …1"),
        ("g3", "◎0 ○0 △0 ×0 ―0 …0"),
    ]
    assert shown(summary.numeric_targets) == "◎0 ○0 △0 ×0 ―0 …1"
    assert summary.overall.total == 7
    assert summary.overall.at(MarkLevel.REACHED, MarkLevel.ON_TRACK) == 3


def test_all_years_so_far_are_counted_each_by_its_own_marks():
    summary = of_year(2020)
    assert [(each.fiscal_year.year, shown(each.overall)) for each in summary.years] == [
        (2019, "◎2 ○2 △2 ×0 ―1 …0"),
        (2020, "◎2 ○1 △2 ×1 ―0 …1"),
    ]
    assert summary.before == summary.years[0]
    assert [shown(each.counts) for each in summary.years[0].by_goal] == [
        "◎1 ○2 △1 ×0 ―0 …0",
        "◎1 ○0 △1 ×0 ―1 …0",
        "◎0 ○0 △0 ×0 ―0 …0",
    ]


def test_an_earlier_year_can_be_summed_up_too():
    summary = of_year(2019)
    assert summary.fiscal_year == FiscalYear(2019)
    assert shown(summary.overall) == "◎2 ○2 △2 ×0 ―1 …0"
    assert summary.before is None
    assert summary.years == of_year(2020).years[:1]


def test_the_reports_year_is_the_default():
    evaluation = evaluate(PLAN, REPORTED, FiscalYear(2020))
    assert summarize(PLAN, evaluation) == of_year(2020)


def test_nothing_to_count():
    assert shown(count_marks(LINEAR, ())) == "◎0 ○0 △0 ×0 ―0 …0"
    assert count_marks(LINEAR, ()).total == 0


# --- changes ---------------------------------------------------------------------


def told(changes: tuple[MarkChange, ...]) -> list[str]:
    return [
        f"{each.measure_id}{each.before.mark.symbol}{each.after.mark.symbol}" for each in changes
    ]


def test_whose_mark_changed():
    changed = of_year(2020).changed
    assert told(changed.up) == ["state△◎", "up○◎"]
    assert told(changed.down) == ["keep◎△", "down○△", "new△×"]  # the overridden mark counts
    assert told(changed.incomparable) == ["survey―…", "share―○", "more◎…"]
    assert changed.new == ()
    assert [each.steps for each in (*changed.up, *changed.down)] == [2, 1, -2, -1, -1]
    assert [each.relative for each in (*changed.up, *changed.down)] == [
        None,
        Fraction(20, 10),
        Fraction(-10, 200),
        Fraction(-4, 20),
        Fraction(0),
    ]


def test_in_the_first_year_nothing_has_changed():
    assert of_year(2019).changed == ChangedMarks()


def changes_of(*cases: str, settings: dict[str, object] | None = None) -> ChangedMarks:
    """What changed of rows written as ``現状値 目標値 種類 実績2019 実績2020``."""
    rows: list[Indicator] = []
    entries = []
    for name, case in zip("abcdefgh", cases, strict=False):
        baseline, target, kind, before, after = case.split()
        rows.append(indicator(baseline, target, kind, id_=name))
        for year, written in ((2019, before), (2020, after)):
            if written in tuple(ReportedState):
                entries.append(actual(None, year, name, ReportedState(written)))
            else:
                entries.append(actual(written, year, name))
    plan = catalogue(goal("g", rows))
    scheme = scheme_from_settings(settings or {})
    return summarize(plan, evaluate(plan, actuals(*entries), FiscalYear(2020), scheme)).changed


def test_a_fall_by_a_hair_is_no_great_fall():
    """100.0 → 99.96 ％ is −40 points of 進捗率, and yet the least of all."""
    changed = changes_of(
        "99.9％ 100％ at_least 100.0％ 99.96％",
        "100人 200人 at_least 200人 170人",
        "100人 200人 at_least 200人 100人",
    )
    assert told(changed.down) == ["c◎×", "a◎△", "b◎○"]
    smaller = changes_of(
        "99.9％ 100％ at_least 100.0％ 99.96％",
        "100人 200人 at_least 200人 150人",
    )
    assert told(smaller.down) == ["b◎△", "a◎△"]  # alike by mark: by the value's change


def test_a_rise_of_what_is_still_late_is_no_change():
    """−1,316.8 → −987.9 ％ is no rise that is worth telling."""
    assert changes_of("100人 101人 at_least 10人 40人") == ChangedMarks()


def test_up_by_mark_then_by_value():
    changed = changes_of(
        "10人 40人 at_least 5人 40人",  # × → ◎
        "10人 40人 at_least 20人 40人",  # ○ → ◎, twice as many
        "10人 40人 at_least 39人 40人",  # ○ → ◎, by a hair
        "40人 10人以下 at_most 30人 10人",  # ○ → ◎, two thirds less
    )
    assert told(changed.up) == ["a×◎", "b○◎", "d○◎", "c○◎"]


def test_from_nothing_is_as_much_as_there_is():
    (change,) = changes_of("― 8か所 new_count 0か所 8か所").up
    assert change.relative == 1


def test_two_marks_of_one_level_are_a_change_without_a_step():
    settings: dict[str, object] = {
        "states": {"準備": "fair"},
        "marks": {"fair": {"symbol": "▽", "word": "もう少し", "level": "behind"}},
    }
    (change,) = changes_of("検討 実施 state 準備 実施中", settings=settings).up
    assert change.steps == 1
    case = "226人 200人 keep_at_least 190人 190人"
    assert changes_of(case, settings=settings) == ChangedMarks()
    settings["keep"] = [
        {"test": "reached", "mark": "reached"},
        {"test": "of_target", "mark": "behind", "percent": 90},
        {"test": "otherwise", "mark": "fair"},
    ]
    (change,) = changes_of("226人 200人 keep_at_least 190人 100人", settings=settings).down
    assert (change.steps, change.relative) == (0, Fraction(-90, 190))


# --- lateness --------------------------------------------------------------------


def test_the_late_and_the_unreported():
    summary = of_year(2020)
    assert [each.measure_id for each in summary.late] == ["new", "down", "keep"]
    assert [each.measure_id for each in summary.unreported] == ["survey", "more"]
    # of the numeric target there was no survey in 2019
    assert [each.measure_id for each in of_year(2019).not_applicable] == ["survey", "share"]


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        # × before △; of ×, who has gone back before who has got nowhere before who has begun
        (
            {
                "hair": "100人 200人 at_least 199人",
                "begun": "100人 200人 at_least 110人",
                "back": "100人 200人 at_least 50人",
                "none": "100人 200人 at_least 100人",
            },
            "back none begun hair",
        ),
        # of △: a half that is missing, a third of a state, a tenth of what is to be kept
        (
            {
                "kept": "226人 200人 keep_at_least 180人",
                "underway": "検討 実施 state 実施中",
                "prepared": "検討 実施 state 準備",
                "part": "0人 200人 at_least 120人",
                "same": "50件 現状値から増加 above_baseline 50件",
            },
            "prepared part underway kept same",
        ),
        # of ×: nothing of what is new, a thing not begun, less than at the baseline
        (
            {
                "less": "50件 現状値から増加 above_baseline 45件",
                "idle": "検討 実施 state 未着手",
                "new": "― 8か所 new_count ―",
                "over": "20％ 20％以下 at_most 50％",
            },
            "idle new over less",
        ),
    ],
)
def test_the_worst_come_first(rows: dict[str, str], order: str):
    measures: list[Indicator] = []
    entries = []
    for id_, row in rows.items():
        baseline, target, kind, written = row.split()
        measures.append(indicator(baseline, target, kind, id_=id_))
        is_state = written in tuple(ReportedState)
        state = ReportedState(written) if is_state else None
        entries.append(actual(None if is_state else written, 2021, id_, state))
    plan = catalogue(goal("g", measures))
    summary = summarize(plan, evaluate(plan, actuals(*entries), FiscalYear(2021)))
    assert " ".join(each.measure_id for each in summary.late) == order


def test_shares_are_of_what_was_judged():
    marks = {mark.symbol: mark for mark in LINEAR.marks}
    counts = MarkCounts(
        tuple(
            MarkCount(marks[symbol], count)
            for symbol, count in (("◎", 3), ("○", 1), ("×", 2), ("―", 4), ("…", 5))
        )
    )
    assert (counts.total, counts.judged) == (15, 6)
    assert counts.share([marks["◎"], marks["○"]]) == Fraction(2, 3)
    nothing = MarkCounts((MarkCount(marks["―"], 2),))
    assert nothing.share([marks["◎"]]) == 0
