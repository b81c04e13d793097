"""Marks of plans and goals from the marks of indicators, against tables worked by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from kpireport.domain.actuals import Actual, Actuals, Override, PlanComment
from kpireport.domain.catalogue import Catalogue, Goal, Labels, Plan, Section
from kpireport.domain.histories import History
from kpireport.domain.levels import USUAL_LEVELS, Level, Levels, Shown
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.evaluation import criteria_from_settings, evaluate
from kpireport.evaluation.rollup_settings import rollup_from_settings
from kpireport.evaluation.rollups import GIVEN_KEY, NO_RULES, Rollup, roll_up
from tests.evaluation.rows import YEARS, indicator

YEAR = FiscalYear(2019)
ABCD = """
scheme = "given"
marks = [
  { symbol = "a", word = "良", level = "reached" },
  { symbol = "b", word = "可", level = "on_track" },
  { symbol = "c", word = "否", level = "late" },
]
"""
OWN = """
marks = [
  { symbol = "A", word = "順調", level = "reached" },
  { symbol = "B", word = "概ね順調", level = "on_track" },
  { symbol = "C", word = "やや遅れ", level = "behind" },
  { symbol = "D", word = "遅れ", level = "late" },
]
"""
LEVELS = Levels(sections=(Level("policy", "基本施策", Shown.HEADING),))


def plan_of(marks: Mapping[str, Sequence[str]], levels: Levels = USUAL_LEVELS) -> Catalogue:
    """Plans of one goal, each with an indicator for each of its marks, in sections of two."""
    plans = tuple(
        Plan(
            name,
            name,
            name,
            tuple(
                indicator("1校", "2校", "at_least", id_=f"{name}-{n}") for n, _ in enumerate(own)
            ),
            (Section(f"s{number // 2}", "", f"s{number // 2}"),) if levels.sections else (),
        )
        for number, (name, own) in enumerate(marks.items())
    )
    goal = Goal("g", "Ⅰ", "目標", (), (), plans)
    return Catalogue("", "", (), "", YEARS, Labels(*[""] * 11), None, None, (goal,), levels=levels)


def rolled(
    marks: Mapping[str, Sequence[str]],
    rollup: str,
    *,
    scheme: str = ABCD,
    levels: Levels = USUAL_LEVELS,
    overrides: Sequence[Override] = (),
    comments: Sequence[PlanComment] = (),
) -> Rollup:
    """Roll up marks as people gave them; ``?`` is not reported, ``□`` reported without a mark."""
    settings = tomllib.loads(scheme) | {"rollup": tomllib.loads(rollup)}
    way = criteria_from_settings(settings).scheme
    entries = tuple(
        Actual(f"{name}-{n}", YEAR, parse_value("1校"), mark="" if mark == "□" else mark)
        for name, own in marks.items()
        for n, mark in enumerate(own)
        if mark != "?"
    )
    actuals = Actuals(entries, tuple(comments), tuple(overrides))
    history = History.of(plan_of(marks, levels))
    evaluation = evaluate(history, actuals, YEAR, way)
    return roll_up(
        rollup_from_settings(settings, way, history.decided), history, evaluation, actuals
    )


def symbols(found: Rollup, level: str = "plan") -> list[str]:
    return [each.mark.symbol if each.mark else "―" for each in found.at(level, YEAR)]


FUKUOKA = f"""
of = ["plan"]
by = "points"
points = {{ a = 3, b = 2, c = 1 }}
bands = [
  {{ from = 2.5, mark = "A" }},
  {{ from = 2, mark = "B" }},
  {{ from = 1.5, mark = "C" }},
  {{ mark = "D" }},
]
{OWN}
"""


def test_means_of_points_in_bands():
    # 3+3+2 = 8/3 = 2.67; 3+2+1 = 2; 2+1 = 1.5; 1+1+2 = 1.33; 5/2 = 2.5, just the band's least
    marks = {"p1": "aab", "p2": "abc", "p3": "bc", "p4": "ccb", "p5": "ab"}
    assert symbols(rolled(marks, FUKUOKA)) == ["A", "B", "C", "D", "A"]


SEVEN = """
scheme = "given"
marks = [
  { symbol = "S" }, { symbol = "A" }, { symbol = "B" }, { symbol = "C" }, { symbol = "D" },
  { symbol = "E" }, { symbol = "F" },
]
"""
SANO = """
of = ["plan"]
by = "points"
value = "sum"
points = { S = 6, A = 5, B = 4, C = 3, D = 2, E = 1, F = 0 }
marks = [
  { symbol = "5" }, { symbol = "4" }, { symbol = "3" }, { symbol = "2" }, { symbol = "1" },
]
bands = [
  { from = 20, mark = "5" },
  { from = 15, mark = "4" },
  { from = 10, mark = "3" },
  { from = 5, mark = "2" },
  { from = 0, mark = "1" },
]
"""


def test_sums_of_the_points_of_seven_levels():
    # 6×3+2 = 20; 19; 5+5+5 = 15; 4+3+3 = 10; 2+2+1 = 5; 0+0+1 = 1
    marks = {"p1": "SSSD", "p2": "SSSE", "p3": "AAA", "p4": "BCC", "p5": "DDE", "p6": "FFE"}
    found = rolled(marks, SANO, scheme=SEVEN)
    assert symbols(found) == ["5", "4", "4", "3", "2", "1"]
    points = found.at("plan", YEAR)[1].points
    assert points is not None
    assert (points.total, points.most) == (Fraction(19), Fraction(24))


def test_points_as_a_share_of_the_most():
    rules = FUKUOKA.replace("of =", "as_share = true\nof =")
    for written, share in (("2.5", "80"), ("2,", "60,"), ("1.5", "50")):
        rules = rules.replace(f"from = {written}", f"from = {share}")
    # 9/9; 8/9 = 88.9; 7/9 = 77.8; 2/3 = 66.7; 5/9 = 55.6; 3/6 = 50, just; 4/9 = 44.4
    marks = {
        "p1": "aaa",
        "p2": "aab",
        "p3": "aac",
        "p4": "bb",
        "p5": "bbc",
        "p6": "b" * 2 + "c" * 4,
    }
    found = rolled(marks, rules)
    assert symbols(found) == ["A", "A", "B", "B", "C", "D"]
    points = found.at("plan", YEAR)[2].points
    assert points is not None
    assert points.value == Fraction(7, 9)


def test_the_most_frequent_mark_and_of_equals_the_worse():
    marks = {"p1": "aab", "p2": "abbc", "p3": "ab", "p4": "abc"}
    assert symbols(rolled(marks, 'of = ["plan"]\nby = "majority"')) == ["a", "b", "b", "c"]
    better = 'of = ["plan"]\nby = "majority"\nties = "better"'
    assert symbols(rolled(marks, better)) == ["a", "b", "a", "a"]


def test_the_worst_mark():
    marks = {"p1": "aaa", "p2": "aba", "p3": "abc"}
    assert symbols(rolled(marks, 'of = ["plan"]\nby = "worst"')) == ["a", "b", "c"]


def test_what_is_not_judged_or_not_reported_is_left_out_and_counted():
    marks = {"p1": "aa?□―", "p2": "?", "p3": ""}
    found = rolled(marks, FUKUOKA)
    assert symbols(found) == ["A", "―", "―"]
    first, second, third = found.at("plan", YEAR)
    assert [(each.mark.symbol, each.count) for each in first.counts] == [("a", 2)]
    assert {each.mark.symbol: each.count for each in first.left_out} == {"…": 1, "□": 1, "―": 1}
    assert [each.mark.symbol for each in second.left_out] == ["…"]
    assert third.left_out == ()


def test_what_is_not_reported_may_count_as_the_worst():
    marks = {"p1": "aa?", "p2": "?", "p3": "a□"}
    rules = FUKUOKA.replace("of =", 'unreported = "worst"\nof =')
    assert symbols(rolled(marks, rules)) == ["B", "D", "A"]  # 7/3 = 2.33; 1; 3


def test_marks_of_goals_and_sections_from_all_their_indicators():
    marks = {"p1": "a", "p2": "c", "p3": "aaa"}
    rules = FUKUOKA.replace('["plan"]', '["policy", "goal", "plan"]')
    found = rolled(marks, rules, levels=LEVELS)
    assert symbols(found) == ["A", "D", "A"]
    assert symbols(found, "policy") == ["B", "A"]  # (3+1)/2; 9/3
    assert symbols(found, "goal") == ["A"]  # 13/5 = 2.6


def test_marks_of_goals_from_those_of_their_plans():
    marks = {"p1": "aaaaaa", "p2": "c", "p3": "c", "p4": "?"}
    rules = FUKUOKA.replace('["plan"]', '["plan", "goal"]') + '[goal]\nfrom = "plans"\n'
    found = rolled(marks, rules + 'by = "majority"')
    assert symbols(found, "goal") == ["D"]  # A, D, D; the fourth has none
    by_points = """by = "points"
        points = { A = 3, B = 2, C = 1, D = 0 }
        bands = [ { from = 1, mark = "B" }, { mark = "C" } ]"""
    assert symbols(rolled(marks, rules + by_points), "goal") == ["B"]  # (3+0+0)/3


def test_a_person_may_set_another_mark():
    override = Override("p1", YEAR, "C", "災害のため")
    found = rolled({"p1": "aa", "p2": "bb"}, FUKUOKA, overrides=[override])
    first, second = found.at("plan", YEAR)
    assert [each.symbol for each in (first.mark, first.computed) if each] == ["C", "A"]
    assert first.override == override
    assert second.override is None
    assert found.overridden(YEAR) == (first,)
    assert [(each.mark.symbol, each.count) for each in found.counts("plan", YEAR).counts] == [
        ("A", 0),
        ("B", 1),
        ("C", 1),
        ("D", 0),
    ]


def test_marks_that_people_give():
    said = PlanComment.of("p2", YEAR, {GIVEN_KEY: "B 概ね順調"})
    found = rolled({"p1": "a", "p2": "c"}, f'of = ["plan"]\nby = "given"\n{OWN}', comments=[said])
    assert symbols(found) == ["―", "B"]


def test_marks_that_people_give_in_a_report_of_values_alone():
    said = PlanComment.of("p1", YEAR, {GIVEN_KEY: "A"})
    rules = f'of = ["plan"]\nby = "given"\n{OWN}'
    assert symbols(rolled({"p1": "a"}, rules, scheme='scheme = "none"', comments=[said])) == ["A"]


def test_shares_are_told_of_marks_that_are_named():
    found = rolled({"p1": "a"}, FUKUOKA.replace("of =", 'share_of = ["A", "概ね順調"]\nof ='))
    assert [mark.symbol for mark in found.rules.upper] == ["A", "B"]


def test_without_the_table_nothing_is_rolled_up():
    settings = tomllib.loads(ABCD)
    assert (
        rollup_from_settings(settings, criteria_from_settings(settings).scheme, plan_of({}))
        == NO_RULES
    )


# --- what is wrong ---------------------------------------------------------------


def problems(rollup: str, scheme: str = ABCD) -> list[str]:
    settings = tomllib.loads(scheme) | {"rollup": tomllib.loads(rollup)}
    with pytest.raises(InputError) as caught:
        rollup_from_settings(settings, criteria_from_settings(settings).scheme, plan_of({}, LEVELS))
    assert {each.file for each in caught.value.problems} == {"report.toml"}
    return [
        f"{each.place.removeprefix('evaluation.rollup')}: {each.what}"
        for each in caught.value.problems
    ]


def test_levels_that_the_plan_does_not_have():
    assert problems('of = ["goal", "field", "goal"]\nby = "worst"') == [
        ".of[1]: 「field」という階層は、計画にありません。",
        ".of[2]: 「goal」が２度あります。",
    ]
    assert problems('of = []\nby = "worst"') == [".of: 評価をまとめる階層の並びではありません。"]
    assert problems('by = "worst"\ngoal = { by = "majority" }') == [
        ".goal: of に goal がないので、使われません。"
    ]


def test_points_that_are_missing_and_of_marks_that_there_are_not():
    rules = FUKUOKA.replace("b = 2", "x = 2").replace('["plan"]', '["plan", "goal"]')
    assert problems(rules) == [".points.x: 「x」という評価はありません。"]
    assert problems(FUKUOKA.replace("b = 2, ", "")) == [".points: b 可の点がありません。"]
    assert problems(FUKUOKA.replace("b = 2", 'b = "2"')) == [".points.b: 「2」は数ではありません。"]
    assert problems(FUKUOKA.replace("b = 2", "b = 2, 可 = 3".replace("可", '"可"'))) == [
        ".points.可: b 可の点が２つあります。"
    ]


def test_bands_that_overlap_or_leave_something_out():
    swapped = FUKUOKA.replace("from = 2.5", "from = 1.8")
    assert problems(swapped) == [".bands[1].from: 上の段の from より大きい数です。"]
    twice = FUKUOKA.replace("from = 1.5", "from = 2")
    assert problems(twice) == [".bands[2].from: 上の段の from と同じ数です。"]
    gap = FUKUOKA.replace('{ mark = "D" }', '{ from = 1.2, mark = "D" }')
    assert problems(gap) == [".bands[3].from: 最も低い1点が、どの段にも入りません。"]
    inner = FUKUOKA.replace("from = 2,", "")
    assert problems(inner) == [".bands[1]: from がありません。"]
    high = FUKUOKA.replace("from = 2.5", "from = 3.1")
    assert problems(high) == [
        ".bands[0].from: 最も高くても3点なので、この段になるものがありません。"
    ]
    unknown = FUKUOKA.replace('mark = "B"', 'mark = "Z"')
    assert problems(unknown) == [".bands[1].mark: 「Z」という評価はありません。"]
    assert problems(FUKUOKA.partition("bands")[0] + OWN) == [
        ".bands: 点数から評価への段がありません。"
    ]


def test_the_lowest_band_of_sums_below_zero_is_open():
    rules = SANO.replace("F = 0", "F = -1")
    assert problems(rules, SEVEN) == [".bands[4].from: いくらでも低い点が、どの段にも入りません。"]


def test_shares_that_cannot_be_counted():
    assert problems(FUKUOKA.replace("of =", 'share_of = ["A", "E"]\nof =')) == [
        ".share_of[1]: 「E」という評価はありません。"
    ]
    rules = FUKUOKA.replace("of =", "as_share = true\nof =")
    none = rules.replace("a = 3, b = 2, c = 1", "a = 0, b = -1, c = -2")
    assert problems(none) == [".points: 満点が０点以下なので、満点に対する割合になりません。"]


def test_ways_that_do_not_fit_together():
    assert problems(f'of = ["plan"]\nby = "worst"\n{OWN}') == [
        ".by: plan の評価は指標の評価と同じものになるので、marks の評価は付きません。"
    ]
    assert problems('of = ["plan"]\nby = "best"') == [".by: 「best」は選べません。"]
    assert problems('of = ["plan"]') == [": by がありません。"]
    assert problems('of = ["plan"]\nby = "worst"', 'scheme = "none"') == [
        ".by: 指標に評価を付けない報告書なので、まとめる評価がありません。"
    ]
    assert problems('of = ["plan"]\nby = "given"', 'scheme = "none"') == [
        ": 選ぶ評価（marks）がありません。"
    ]
    assert problems('of = ["goal"]\nby = "worst"\nfrom = "plans"') == [
        ".from: goal の評価の元になる、plan の評価がありません。"
    ]
    assert problems('of = ["plan", "goal"]\nby = "given"')[0].startswith(
        ".by: 所管課が評価を書くのは、コメントを書く階層（plan）です。"
    )
    assert problems('by = "worst"\nvalue = "sum"\nties = "better"') == [
        '.value: by = "points" でないので、使われません。',
        '.ties: by = "majority" でないので、使われません。',
    ]


def test_all_is_told_at_once():
    rules = FUKUOKA.replace("b = 2", "x = 2").replace('mark = "B"', 'mark = "Z"')
    assert len(problems(rules.replace("of =", 'share_of = ["E"]\ncolour = 1\nof ='))) == 4
