"""Marks that people choose, and reports without any: how they are set and what is judged."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from kpireport.domain.actuals import Actual, Actuals, Override
from kpireport.domain.values import Value
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.evaluation import VALUES_ONLY, evaluate, scheme_from_settings, summarize
from kpireport.evaluation.reasons import Chosen, Nothing, NothingToJudge, NotReported
from kpireport.evaluation.schemes import ByPeople, MarkLevel
from tests.evaluation.rows import actual, catalogue, goal, indicator
from tests.marked_reports import ABC, MARKS, chosen, people
from tests.review_reports import small_plan

YEAR = FiscalYear(2021)


def problems(toml: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        scheme_from_settings(tomllib.loads(toml))
    return [f"{problem.place}: {problem.what}" for problem in caught.value.problems]


# --- settings --------------------------------------------------------------------


def test_marks_as_they_are_listed_and_those_of_what_has_none():
    scheme = scheme_from_settings(tomllib.loads(MARKS))

    assert [mark.label for mark in scheme.marks] == [
        *("A 順調", "B やや遅れ", "C 遅れ"),
        *("― 対象外", "□ 未評価", "… 未報告"),
    ]
    assert scheme.marking == ByPeople("所管課", has_rates=True)
    assert [mark.symbol for mark in scheme.chosen_marks] == ["A", "B", "C", "―"]


def test_without_levels_nothing_is_behind_and_a_word_may_be_its_own_symbol():
    scheme = scheme_from_settings(
        {"scheme": "given", "marks": [{"symbol": "継続"}, {"symbol": "見直し"}], "rates": False}
    )

    assert [(mark.label, mark.level) for mark in scheme.own_marks] == [
        ("継続", MarkLevel.ON_TRACK),
        ("見直し", MarkLevel.ON_TRACK),
    ]
    assert not scheme.has_rates


def test_their_own_mark_of_what_is_not_judged_stands_instead_of_ours():
    scheme = people(("A", "よい", "on_track"), ("－", "評価できない", "not_applicable"))

    assert [mark.label for mark in scheme.marks] == [
        *("A よい", "－ 評価できない", "□ 未評価", "… 未報告"),
    ]
    assert scheme.unmarked.word == "未評価"


def test_everything_wrong_with_given_marks_is_told_at_once():
    assert problems(
        'scheme = "given"\nbasis = "progress"\nrates = "no"\ngiven_by = ""\nmarks = [\n'
        '{ symbol = "A", word = "順調" }, { symbol = "Ａ", word = "遅れ" },\n'
        '{ symbol = "B", level = "good" }, { word = "未報告" }, "C", { symbol = "―" } ]'
    ) == [
        "evaluation.basis: ここに書ける名前ではありません。",
        "evaluation.given_by: 空か、文字ではありません。",
        "evaluation.rates: 「no」は選べません。",
        "evaluation.marks[2].level: 「good」は選べません。",
        "evaluation.marks[3]: symbol がありません。",
        "evaluation.marks[4]: 評価になっていません。",
        "evaluation.marks[1]: A 順調 と Ａ 遅れ は、記号か言葉が同じで見分けがつきません。",
        (
            "evaluation.marks[5]: ― 対象外 と ― は、記号か言葉が同じで見分けがつきません。"
            "― 対象外は、評価の付いていないものに使います。"
        ),
    ]


@pytest.mark.parametrize("marks", ["", "marks = []", 'marks = [{ symbol = "A" }]', "marks = 3"])
def test_given_asks_for_two_marks(marks: str):
    assert problems(f'scheme = "given"\n{marks}') == [
        "evaluation.marks: 選ぶ評価が、2つ以上並んでいません。"
    ]


def test_none_takes_nothing_else():
    assert scheme_from_settings({"scheme": "none"}) == VALUES_ONLY
    assert problems('scheme = "none"\nmarks = [{ symbol = "A" }]\nbasis = "progress"') == [
        'evaluation.marks: 評価のない報告書（scheme = "none"）には使いません。',
        'evaluation.basis: 評価のない報告書（scheme = "none"）には使いません。',
    ]


# --- judging ---------------------------------------------------------------------


def test_the_chosen_mark_stands_whatever_the_value():
    evaluation = evaluate(small_plan(), chosen({"share": "C", "two": "Ａ 順調"}), YEAR, ABC)
    judgement = evaluation.find("share")

    assert (judgement.mark.symbol, judgement.reason) == ("C", Chosen("所管課"))
    assert evaluation.find("two").mark.symbol == "A"
    assert judgement.computed == judgement.mark  # nothing was computed to be set otherwise
    assert judgement.progress_rate is not None
    assert judgement.expected is None  # no rule holds anything against it


def test_what_has_no_mark_is_open_and_what_is_not_there_cannot_be_judged():
    rows = (indicator("1校", "9校", "at_least", id_=id_) for id_ in ("open", "none", "silent"))
    entries = (actual("5校", 2021, "open"), actual("―", 2021, "none"))
    evaluation = evaluate(catalogue(goal("g", rows)), Actuals(entries), YEAR, ABC)

    found = {id_: evaluation.find(id_) for id_ in ("open", "none", "silent")}
    assert {id_: (each.mark.word, each.reason) for id_, each in found.items()} == {
        "open": ("未評価", NothingToJudge(Nothing.NOT_CHOSEN)),
        "none": ("対象外", NothingToJudge(Nothing.NONE_YET)),
        "silent": ("未報告", NotReported()),
    }


def test_a_row_without_a_target_has_the_mark_that_is_chosen_or_none():
    rows = (indicator("5件", "設定しない", "none", id_="i"),)
    reported = Actual("i", YEAR, value=Value("7件"), mark="B")
    found = [
        evaluate(catalogue(goal("g", rows)), Actuals((each,)), YEAR, ABC).find("i")
        for each in (reported, replace(reported, mark=""))
    ]
    assert [each.mark.symbol for each in found] == ["B", "―"]
    assert [each.reason for each in found] == [Chosen("所管課"), NothingToJudge(Nothing.NOT_SET)]


def test_a_year_without_a_survey_keeps_the_last_mark_unless_another_is_chosen():
    kept = evaluate(small_plan(), chosen({}, before="B"), YEAR, ABC).find("survey")
    known = chosen({}, before="B")
    entry = Actual("survey", YEAR, Value("調査なし", is_no_survey=True), mark="C")
    said = evaluate(small_plan(), replace(known, entries=(*known.entries, entry)), YEAR, ABC)

    assert kept.mark.symbol == "B"
    assert said.find("survey").mark.symbol == "C"


def test_marks_of_people_are_counted_and_compared_as_those_of_rules():
    marks = {"share": "A", "two": "C", "most": "B"}
    summary = summarize(small_plan(), evaluate(small_plan(), chosen(marks, before="B"), YEAR, ABC))

    assert {each.measure_id for each in summary.changed.up} == {"share"}
    assert {each.measure_id for each in summary.changed.down} == {"two"}
    # the survey was held last year alone, and keeps the mark of then
    assert [each.measure_id for each in summary.late] == ["two", "survey", "most"]
    assert [summary.overall.of(mark) for mark in ABC.own_marks] == [1, 1, 1]


def test_overrides_are_no_part_of_schemes_without_rules():
    override = Override("share", YEAR, "☆", "理由。")
    for scheme in (ABC, VALUES_ONLY):
        known = chosen({"share": "B"})
        known = Actuals(known.entries, known.comments, (override,))
        assert not evaluate(small_plan(), known, YEAR, scheme).find("share").is_overridden


def test_values_alone_tell_who_has_reported():
    row = indicator("1校", "9校", "at_least", id_="told")
    silent = indicator("1校", "9校", "at_least", id_="silent")
    known = Actuals((actual("5校", 2021, "told"),))
    evaluation = evaluate(catalogue(goal("g", (row, silent))), known, YEAR, VALUES_ONLY)

    assert evaluation.find("told").reason == NothingToJudge(Nothing.NO_MARKS)
    assert evaluation.find("silent").mark.level is MarkLevel.UNREPORTED
    assert not VALUES_ONLY.has_marks
