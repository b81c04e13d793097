"""Marks of goals from those of indicators and from what people chose, worked by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from kpireport.domain.actuals import Actual, Actuals, PlanComment
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.comment_columns import CommentColumn
from kpireport.domain.histories import History
from kpireport.domain.values import parse_value
from kpireport.errors import InputError
from kpireport.evaluation import criteria_from_settings, evaluate
from kpireport.evaluation.rollup_settings import rollup_from_settings
from kpireport.evaluation.rollups import Rolled, roll_up
from tests.evaluation.test_rollups import ABCD, FUKUOKA, LEVELS, YEAR, plan_of

PROGRESS = CommentColumn("progress", "進捗", ("順調", "概ね順調", "遅れ"))
POLICY = CommentColumn("policy", "方針", ("継続", "中止"))
ALSO = 'also = { "comments.progress" = { "順調" = 3, "概ね順調" = 2, "遅れ" = 0 } }'
GOALS = FUKUOKA.replace('["plan"]', '["goal"]')


def asking(marks: Mapping[str, Sequence[str]], **more: object) -> Catalogue:
    plan = replace(plan_of(marks), comments=(PROGRESS,), answers=(POLICY,))
    return replace(plan, **more)  # type: ignore[arg-type]


def goal(
    marks: Mapping[str, Sequence[str]],
    chosen: Mapping[str, str],
    rollup: str,
    *,
    answers: Mapping[str, str] | None = None,
    scheme: str = ABCD,
) -> Rolled:
    """The goal's mark of what indicators have, and of what was chosen of each plan."""
    settings = tomllib.loads(scheme) | {"rollup": tomllib.loads(rollup)}
    way = criteria_from_settings(settings).scheme
    said = answers or {}
    entries = [
        Actual(f"{name}-{n}", YEAR, parse_value("1校"), mark=mark).answering(
            {"policy": said.get(f"{name}-{n}", "")}
        )
        for name, own in marks.items()
        for n, mark in enumerate(own)
    ]
    comments = [PlanComment.of(key, YEAR, {"progress": word}) for key, word in chosen.items()]
    actuals = Actuals(tuple(entries), tuple(comments))
    history = History.of(asking(marks))
    rules = rollup_from_settings(settings, way, history.decided)
    (found,) = roll_up(rules, history, evaluate(history, actuals, YEAR, way), actuals).at(
        "goal", YEAR
    )
    return found


def test_choices_count_beside_marks_with_points_of_their_own():
    # a 3 + c 1 + 順調 3 + 遅れ 0 + 順調 3 = 10 of 5×3; 10/5 = 2 is the least of B
    chosen = {"p1": "順調", "p2": "遅れ", "p3": "順調"}
    found = goal({"p1": "a", "p2": "c", "p3": ""}, chosen, f"{ALSO}\n{GOALS}")
    assert found.mark is not None
    assert found.mark.symbol == "B"
    assert found.points is not None
    points = found.points
    assert (points.total, points.most, points.value) == tuple(map(Fraction, (10, 15, 2)))
    (column,) = found.chosen
    assert column.counts == (("順調", 2), ("遅れ", 1))


def test_what_nobody_chose_is_left_out_and_counted():
    # 3 + 1 + 3 = 7/3 = 2.33
    found = goal({"p1": "a", "p2": "c"}, {"p1": "順調"}, f"{ALSO}\n{GOALS}")
    assert found.points is not None
    assert found.points.value == Fraction(7, 3)
    assert [(each.total, each.missing) for each in found.chosen] == [(1, 1)]


def test_words_of_another_year_s_plan_make_no_whole():
    found = goal({"p1": "a", "p2": "c"}, {"p1": "順調", "p2": "停滞"}, f"{ALSO}\n{GOALS}")
    assert found.mark is None
    assert [each.unknown for each in found.chosen] == [1]


def test_answers_of_indicators_count_too():
    # 3 + 1, 継続 2, 中止 0: 6/4 = 1.5
    also = 'also = { "answers.policy" = { "継続" = 2, "中止" = 0 } }'
    answers = {"p1-0": "継続", "p2-0": "中止"}
    found = goal({"p1": "a", "p2": "c"}, {}, f"{also}\n{GOALS}", answers=answers)
    assert found.points is not None
    assert found.points.value == Fraction(3, 2)


def test_choices_alone_make_marks_where_indicators_have_none():
    rules = GOALS.replace("points = { a = 3, b = 2, c = 1 }", "")
    chosen = {"p1": "順調", "p2": "概ね順調"}
    found = goal({"p1": "a", "p2": "c"}, chosen, f"{ALSO}\n{rules}", scheme='scheme = "none"')
    assert found.points is not None
    assert found.points.value == Fraction(5, 2)


# --- what is wrong ---------------------------------------------------------------


def problems(rollup: str, plan: Catalogue | None, scheme: str = ABCD) -> list[str]:
    settings = tomllib.loads(scheme) | {"rollup": tomllib.loads(rollup)}
    with pytest.raises(InputError) as caught:
        rollup_from_settings(settings, criteria_from_settings(settings).scheme, plan)
    return [
        f"{each.place.removeprefix('evaluation.rollup')}: {each.what}"
        for each in caught.value.problems
    ]


def test_columns_and_words_that_the_plan_does_not_have():
    texts = CommentColumn("issues", "課題")
    plan = asking({}, comments=(PROGRESS, texts))
    unknown = ALSO.replace("comments.progress", "comments.result")
    assert problems(f"{unknown}\n{GOALS}", plan) == [
        ".also.comments.result: 「comments.result」という、選ぶ欄は計画にありません。"
    ]
    text = 'also = { "comments.issues" = {} }'
    assert problems(f"{text}\n{GOALS}", plan) == [
        ".also.comments.issues: 「comments.issues」という、選ぶ欄は計画にありません。"
    ]
    words = ALSO.replace('"遅れ" = 0', '"停滞" = 0').replace('"順調" = 3', '"順調" = "3"')
    assert problems(f"{words}\n{GOALS}", plan) == [
        ".also.comments.progress.順調: 「3」は数ではありません。",
        ".also.comments.progress.停滞: 「停滞」は、「進捗」の選ぶ言葉にありません。",
        ".also.comments.progress: 「遅れ」の点がありません。",
    ]
    listed = 'also = ["comments.progress"]'
    assert problems(f"{listed}\n{GOALS}", plan) == [".also: 表ではありません。"]


def test_choices_that_cannot_count():
    plan = asking({})
    assert problems(f'{ALSO}\nof = ["goal"]\nby = "worst"', plan) == [
        '.also: by = "points" でないので、使われません。'
    ]
    above = asking({}, levels=replace(LEVELS, comments_of="policy"))
    both = GOALS.replace('["goal"]', '["goal", "plan"]')
    assert problems(f"{ALSO}\n{both}", above) == [
        (
            ".also.comments.progress: コメントを書く階層（policy）が plan より上なので、"
            "plan の評価に加えるものがありません。"
        )
    ]
    high = GOALS.replace("from = 2.5", "from = 3.5")
    assert problems(f"{ALSO}\n{high}", plan) == [
        ".bands[0].from: 最も高くても3点なので、この段になるものがありません。"
    ]
    assert problems(
        f"{ALSO}\n{GOALS}".replace("of =", "as_share = true\nof =").replace(
            '"順調" = 3, "概ね順調" = 2', '"順調" = 0, "概ね順調" = 0'
        ),
        plan,
    ) == [".points: 満点が０点以下なので、満点に対する割合になりません。"]


def test_faults_are_told_without_a_plan():
    rules = f"colour = 1\n{ALSO}\n{GOALS}".replace("b = 2", "x = 2").replace('"goal"', '"field"')
    assert problems(rules, None) == [
        ".colour: ここに書ける名前ではありません。",
        ".points.x: 「x」という評価はありません。",
    ]
