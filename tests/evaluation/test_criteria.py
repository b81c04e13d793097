"""Criteria: schemes of earlier years, of classes of indicators, marks beside the first."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from kpireport.collection.starting import start_year
from kpireport.domain.actuals import Override
from kpireport.domain.catalogue import Category, Indicator
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.evaluation import (
    LINEAR,
    SCHEMES,
    Criteria,
    criteria_from_settings,
    evaluate,
    summarize,
)
from kpireport.evaluation.class_counts import counts_of_classes, of_which_counts
from kpireport.evaluation.criteria_checks import check_criteria
from kpireport.findings import Findings
from kpireport.sources.settings import load_settings
from tests.evaluation.rows import actual, actuals, catalogue, goal, indicator
from tests.review_reports import write_review

YEAR = FiscalYear(2021)


def read(toml: str) -> Criteria:
    return criteria_from_settings(tomllib.loads(toml))


def of_class(key: str, row: Indicator) -> Indicator:
    return replace(row, category=key)


def problems(toml: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(toml)
    return [f"{problem.place}: {problem.what}" for problem in caught.value.problems]


def test_nothing_asks_for_the_default():
    assert read("") == Criteria(LINEAR)


# --- earlier years ---------------------------------------------------------------

TAKAMATSU = """
scheme = "takamatsu_90"
[[earlier]]
until = 2020
scheme = "takamatsu"
[[earlier]]
until = 2019
scheme = "tama"
"""
ROW = indicator("100人", "200人", "at_least")
OVER_YEARS = actuals(*(actual("170人", year) for year in (2019, 2020, 2021)))


def test_a_year_is_judged_by_its_own_scheme():
    found = evaluate(catalogue(goal("g", [ROW])), OVER_YEARS, YEAR, read(TAKAMATSU))
    marks = [found.find("i", FiscalYear(year)).mark.symbol for year in (2019, 2020, 2021)]
    assert marks == ["①", "B", "C"]  # 85 ％ of the target; 70 ％ of the way in its first year
    assert found.scheme_in(FiscalYear(2020)).name == "takamatsu"


def test_changes_between_schemes_are_by_level_and_counts_are_not_compared():
    plan = catalogue(goal("g", [ROW]))
    summary = summarize(plan, evaluate(plan, OVER_YEARS, YEAR, read(TAKAMATSU)))
    assert summary.before is None  # B is from 80 ％ in one year and from 90 ％ in the next
    assert [each.overall.total for each in summary.years] == [1, 1, 1]
    assert [each.fiscal_year.year for each in summary.alike] == [2021]
    change = summary.changed.down[0]
    assert (change.before.mark.symbol, change.after.mark.symbol, change.steps) == ("B", "C", -1)
    other = read('scheme = "ino"\n[[earlier]]\nuntil = 2020\nscheme = "kitsuki"')
    entries = actuals(actual("210人", 2020), actual("210人", 2021))
    summary = summarize(plan, evaluate(plan, entries, YEAR, other))
    assert summary.changed.up == summary.changed.down == ()  # A and ◎ are of one level


def test_a_person_sets_a_mark_of_the_years_own_scheme():
    override = Override("i", FiscalYear(2020), "A", "災害のため")
    known = replace(OVER_YEARS, overrides=(override,))
    found = evaluate(catalogue(goal("g", [ROW])), known, YEAR, read(TAKAMATSU))
    assert found.find("i", FiscalYear(2020)).mark.label == "A 100％以上"
    wrong = replace(known, overrides=(replace(override, mark="①"),))
    with pytest.raises(InputError):
        evaluate(catalogue(goal("g", [ROW])), wrong, YEAR, read(TAKAMATSU))


# --- classes of indicators -------------------------------------------------------

CLASSES = """
scheme = "fukuoka"
[category.survey]
scheme = "fukuoka_survey"
"""
SURVEY = of_class("survey", indicator("35.9％", "50％", "at_least", id_="s"))
PLAIN = of_class("plain", indicator("35.9％", "50％", "at_least", id_="p"))
BARE = indicator("35.9％", "50％", "at_least", id_="b")
CLASSED = replace(
    catalogue(goal("g", [SURVEY, PLAIN, BARE])),
    categories=(Category("plain", "客観"), Category("survey", "主観")),
)


def test_a_class_has_a_tolerance_of_its_own():
    known = actuals(*(actual("34.3％", 2021, each) for each in "spb"))  # 1.6 points less
    found = evaluate(CLASSED, known, YEAR, read(CLASSES))
    assert [found.find(each).mark.symbol for each in "spb"] == ["b", "c", "c"]
    counted = {
        label: [counts.of(mark) for mark in found.scheme.own_marks]
        for label, counts in counts_of_classes(CLASSED, found)
    }
    assert counted == {"客観": [0, 0, 1], "主観": [0, 1, 0], "そのほか": [0, 0, 1]}


BANDED = """
scheme = "own"
marks = [{ symbol = "A", level = "on_track" }, { symbol = "B", level = "late" }]
of = "%s"
unit = "%s"
bands = [{ from = 0, mark = "A" }, { mark = "B" }]
[category.survey]
%s
bands = [{ from = -3, mark = "A" }, { mark = "B" }]
"""


def test_a_class_has_bands_of_what_the_whole_has_bands_of():
    """35.9 → 34.3 ％ is 1.6 points less, and 4.5 per cent."""
    row = of_class("survey", indicator("35.9％", "50％", "at_least"))
    plan = replace(catalogue(goal("g", [row])), categories=CLASSED.categories)
    known = actuals(actual("34.3％", 2021))
    for own, expected in (
        ("", "A"),
        ('of = "baseline"', "B"),
        ('of = "baseline"\nunit = "points"', "A"),
    ):
        criteria = read(BANDED % ("baseline", "points", own))
        assert evaluate(plan, known, YEAR, criteria).find("i").mark.symbol == expected


def test_a_class_may_change_boundaries_alone():
    criteria = read("[category.survey.thresholds.approach]\nbehind = 20")
    scheme = criteria.categories["survey"]
    assert scheme.marks == LINEAR.marks
    assert [rung.share for rung in scheme.approach if rung.mark == "behind"] == [Fraction(20, 100)]


def test_without_classes_there_are_no_counts_of_them():
    plan = catalogue(goal("g", [ROW]))
    assert counts_of_classes(plan, evaluate(plan, OVER_YEARS, YEAR)) == ()


# --- marks beside the first ------------------------------------------------------


def test_a_mark_beside_the_first_is_computed_and_nobody_sets_it():
    toml = '[[further]]\nkey = "trend"\ntitle = "方向性"\nscheme = "trend"'
    known = actuals(
        actual("170人", 2020),
        actual("160人", 2021),
        overrides=[Override("i", YEAR, "達成", "災害のため")],
    )
    found = evaluate(catalogue(goal("g", [ROW])), known, YEAR, read(toml))
    (further,) = found.further
    assert (further.key, further.title) == ("trend", "方向性")
    assert found.find("i").mark.symbol == "◎"
    assert further.evaluation.find("i").mark.symbol == "↘"


def test_part_of_a_mark_is_counted():
    rows = [indicator("100人", "200人", "at_least", id_=each) for each in "abcd"]
    plan = catalogue(goal("g", rows))
    values = zip("abcd", ("230人", "200人", "199人", "90人"), strict=True)
    found = evaluate(plan, actuals(*(actual(v, 2021, i) for i, v in values)), YEAR, SCHEMES["fuji"])
    assert list(of_which_counts(plan, found)) == [("A 80％以上", "うち100％以上", 2)]
    own = read(
        '[[of_which]]\ntitle = "うち1割超"\ntest = "of_target"\npercent = 110\n'
        'above = true\nmark = "reached"'
    ).scheme
    assert own.of_which[0].rung.is_strict


# --- bad input -------------------------------------------------------------------

WRONG = {
    'scheme = "x"\n[[earlier]]\nscheme = "y"\n[[further]]\nkey = "B"\nscheme = "given"': [
        "evaluation.scheme: 「x」は選べません。",
        "evaluation.earlier[0]: until がありません。",
        "evaluation.earlier[0].scheme: 「y」は選べません。",
        "evaluation.further[0]: title がありません。",
        "evaluation.further[0].key: 「B」は名前に使えません。",
        "evaluation.further[0].scheme: 「given」は、2つ目の評価には使えません。",
    ],
    '[[earlier]]\nuntil = 2020\n[[earlier]]\nuntil = 2020\n[[earlier]]\nuntil = "R2"': [
        "evaluation.earlier[1].until: 令和２年度までの基準が2つあります。",
        "evaluation.earlier[2].until: 「R2」は年度ではありません。",
    ],
    "earlier = 3\nfurther = 3\ncategory = 3": [
        "evaluation.category: 表ではありません。",
        "evaluation.earlier: 段の並びではありません。",
        "evaluation.further: 段の並びではありません。",
    ],
    '[category.survey]\nscheme = "ino"': [
        (
            "evaluation.category.survey.scheme: 評価の記号が、[evaluation] の基準"
            "（年度の目安に対する進捗による評価）と違います。"
        )
    ],
    '[category.survey]\ntitle = "x"\nscheme = "own"': [
        "evaluation.category.survey.title: 区分ごとには変えられません。",
        "evaluation.category.survey.scheme: 「own」は、区分には使えません。",
    ],
    'scheme = "given"\nmarks = [{ symbol = "A" }, { symbol = "B" }]\n[category.survey]': [
        "evaluation.category: 区分ごとの基準は、計算する評価だけのものです。"
    ],
    '[[earlier]]\nuntil = 2020\nscheme = "none"': [
        "evaluation.earlier[0].scheme: 評価のない年度は、ここには書けません。"
    ],
    '[[further]]\nkey = "a"\ntitle = "一"\n[[further]]\nkey = "a"\ntitle = "二"': [
        "evaluation.further[1].key: 「a」が2回あります。"
    ],
}


@pytest.mark.parametrize(("toml", "found"), WRONG.items(), ids=range(len(WRONG)))
def test_what_is_wrong_is_all_said_with_its_place(toml, found):
    assert problems(toml) == found


def test_classes_that_the_plan_does_not_have_are_named():
    log = Findings("report.toml")
    check_criteria(
        read("[category.surveys]\n[[earlier]]\nuntil = 2020\n[earlier.category.x]"),
        CLASSED,
        log,
        log.of("catalogue.json"),
    )
    assert [(each.place, each.what) for each in log.problems] == [
        ("evaluation.category.surveys", "計画に「surveys」という区分がありません。"),
        ("evaluation.earlier（2020まで）.category.x", "計画に「x」という区分がありません。"),
    ]


def test_a_new_year_keeps_what_earlier_years_were_judged_by(tmp_path: Path):
    evaluation = f"{TAKAMATSU}[[further]]\nkey = 'trend'\ntitle = '方向性'\nscheme = 'trend'\n"
    below = evaluation.replace("[[", "[[evaluation.")
    write_review(tmp_path, 2021, evaluation=below)
    started = start_year(2022, tmp_path)
    settings = load_settings(started.folder).review
    assert settings is not None
    assert criteria_from_settings(settings.evaluation) == read(evaluation)
