"""What a plan asks beside the values: evaluators and answers, read and refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.comment_columns import AskedKind, CommentColumn, Evaluator
from kpireport.domain.layouts import LayoutColumn
from kpireport.sources.actuals_forms import ACTUALS, InputKind, actuals_form, comment_form
from kpireport.sources.catalogue import load_catalogue
from tests.answers import ANSWERS, COMMENTS, EVALUATORS
from tests.sources.catalogues import problems_of, spoilt, write

BOARD = Evaluator("board", "外部評価")
MARK = {"key": "way", "label": "方向性", "choices": ["Ａ", "Ｂ"], "is_mark": True}
COST = {"key": "cost", "label": "予算額", "kind": "amount", "unit": "千円"}
SAME = "区別できるように、どちらかを改めてください。"


def catalogue(tmp_path: Path, **items: Any) -> Path:
    return write(tmp_path, spoilt(*items.items()))


def test_answers_are_texts_choices_and_amounts_of_evaluators(tmp_path: Path):
    plan = load_catalogue(
        catalogue(tmp_path, evaluators=EVALUATORS, comments=COMMENTS, answers=ANSWERS)
    )
    direction, budget, _, note, opinion = plan.answers

    assert direction.choices == ("Ａ", "Ｂ", "Ｃ")
    assert direction.explains == ("拡充する", "このまま進める", "見直す")
    assert direction.is_mark
    assert [each.kind for each in (direction, budget, note)] == [
        AskedKind.CHOICE,
        AskedKind.AMOUNT,
        AskedKind.TEXT,
    ]
    assert budget.unit == "千円"
    assert opinion == CommentColumn("board-note", "意見", by=BOARD)
    assert [each.title for each in plan.comments] == [
        "内部評価：成果",
        "内部評価：今後の方針",
        "外部評価：意見",
    ]
    assert [each.is_of_departments for each in plan.comments] == [True, True, False]


def test_answers_are_columns_of_the_actuals(tmp_path: Path):
    plan = load_catalogue(catalogue(tmp_path, answers=[MARK, COST]))
    form = actuals_form(plan.answers)
    way, cost = form.input("方向性"), form.input("予算額")

    assert form.input_titles == (*ACTUALS.input_titles, "方向性", "予算額")
    assert (way.kind, way.choices, way.answer) == (InputKind.CHOICE, ("Ａ", "Ｂ"), "way")
    assert (cost.kind, cost.heading, cost.answer) == (
        InputKind.AMOUNT,
        "予算額\n（千円）",
        "cost",
    )
    assert [each.is_required for each in actuals_form(plan.answers, are_needed=False).inputs][
        -2:
    ] == [False, False]
    assert actuals_form(()) is ACTUALS


def test_what_else_a_column_may_be_called_gives_way_to_an_answer(tmp_path: Path):
    plan = load_catalogue(catalogue(tmp_path, answers=[{"key": "a", "label": "備考"}]))
    comment = actuals_form(plan.answers).input("コメント")
    assert "備考" not in comment.others


def test_ten_columns_of_comments_have_room(tmp_path: Path):
    columns = [{"key": f"k{n}", "label": f"欄{n}"} for n in range(10)]
    form = comment_form(load_catalogue(catalogue(tmp_path, comments=columns)).comments)
    assert all(each.width >= 24 for each in form.inputs)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            {"answers": [{**MARK, "by": "bord"}], "evaluators": EVALUATORS},
            "answers[0].by: 「bord」という評価者はいません。 → もしかして 「board」 ですか。",
        ),
        (
            {"comments": [{"key": "a", "label": "意見", "by": "board"}]},
            (
                "comments[0].by: 「board」という評価者はいません。"
                " → evaluators に評価者を書いてください。"
            ),
        ),
        (
            {"evaluators": [EVALUATORS[0], {**EVALUATORS[1], "key": "own"}]},
            f"evaluators[1].key: 名「own」は evaluators[0].key でも使われています。 → {SAME}",
        ),
        (
            {"evaluators": [EVALUATORS[0], {**EVALUATORS[1], "name": "内部 評価"}]},
            "evaluators[1].name: 評価者の名前「内部評価」は evaluators[0].name でも",
        ),
        (
            {"evaluators": [{"key": "own"}]},
            "evaluators[0]: 項目「name」（評価者の名前）がありません。",
        ),
        (
            {"answers": [MARK, {**COST, "key": "way"}]},
            f"answers[1].key: 名「way」は answers[0].key でも使われています。 → {SAME}",
        ),
        (
            {"comments": [{"key": "way", "label": "課題"}], "answers": [MARK]},
            f"answers[0].key: 名「way」は comments[0].key でも使われています。 → {SAME}",
        ),
        (
            {"answers": [MARK, {**COST, "label": "方向 性"}]},
            f"answers[1].label: 見出し「方向性」は answers[0].label でも使われています。 → {SAME}",
        ),
        ({"answers": [{**MARK, "choices": []}]}, "answers[0].choices: "),
        (
            {"answers": [{**MARK, "choices": ["Ａ", {"word": "Ａ", "explains": "拡充"}]}]},
            "answers[0].choices[1]: 選択肢「A」は answers[0].choices[0] でも使われています。",
        ),
        (
            {"answers": [{**COST, "choices": ["多い", "少ない"]}]},
            "answers[0].kind: 選択肢のある欄の種類が「amount」です。",
        ),
        (
            {"answers": [{"key": "a", "label": "方針", "kind": "choice"}]},
            "answers[0].kind: 選ぶ欄に、選択肢がありません。",
        ),
        (
            {"answers": [{"key": "a", "label": "予算", "unit": "千円"}]},
            "answers[0].unit: 数の欄でないのに、単位「千円」があります。",
        ),
        (
            {"answers": [{"key": "a", "label": "方針", "is_mark": True}]},
            "answers[0].is_mark: 評価として数える欄に、選択肢がありません。",
        ),
        (
            {"answers": [{**COST, "kind": "money"}]},
            "answers[0].kind: 文字列「money」は選べません。",
        ),
        (
            {"answers": [{**COST, "label": "実績"}]},
            "answers[0].label: 「実績」は、実績の見出しに使えません。",
        ),
        (
            {"answers": [{**COST, "label": "現状値"}]},
            "answers[0].label: 「現状値」は、実績の見出しに使えません。",
        ),
        (
            {"answers": [{**COST, "key": "reason"}]},
            "answers[0].key: 「reason」は、ほかの文に使っている名なので、使えません。",
        ),
        (
            {"answers": [COST], "layout": {"review": ["indicator", "answers.cots"]}},
            "layout.review[1]: answers に「cots」の欄がありません。 → もしかして",
        ),
        (
            {"layout": {"review": ["indicator", "answers.cost"]}},
            (
                "layout.review[1]: answers に「cost」の欄がありません。"
                " → answers に欄を書いてください。"
            ),
        ),
        (
            {"answers": [COST], "layout": {"plan": ["indicator", "answers.cost"]}},
            "layout.plan[1]: 計画版に「answers.cost」の列は置けません。",
        ),
        (
            {"layout": {"plan": ["indicator", "earlier_marks"]}},
            "layout.plan[1]: 計画版に「earlier_marks」の列は置けません。",
        ),
        (
            {"layout": {"review": ["indicator", {"column": "mark", "by_year": True}]}},
            "layout.review[1].by_year: 「mark」の列には書けません。",
        ),
    ],
)
def test_what_it_may_not_say(tmp_path: Path, items: dict[str, Any], expected: str):
    (problem,) = problems_of(catalogue(tmp_path, **items))
    assert problem.startswith(expected)


def test_everything_wrong_is_told_at_once(tmp_path: Path):
    problems = problems_of(
        catalogue(
            tmp_path,
            evaluators=[EVALUATORS[0], EVALUATORS[0]],
            comments=[{"key": "way", "label": "課題", "by": "nobody"}],
            answers=[MARK, {**COST, "choices": ["多い"]}],
            layout={"review": ["indicator", "answers.none"]},
        )
    )
    places = sorted(each.partition(":")[0] for each in problems)
    assert places == [
        "answers[0].key",
        "answers[1].kind",
        "comments[0].by",
        "evaluators[1].key",
        "evaluators[1].name",
        "layout.review[1]",
    ]


def test_a_layout_says_groups_and_all_years(tmp_path: Path):
    layout = [
        {"column": "indicator", "group": ""},
        {"column": "answers.cost", "by_year": True, "group": "予算"},
        "deadline",
    ]
    plan = load_catalogue(catalogue(tmp_path, answers=[COST], layout={"review": layout}))
    assert plan.layouts.review == (
        LayoutColumn("indicator", group=""),
        LayoutColumn("answers.cost", group="予算", is_by_year=True),
        LayoutColumn("deadline"),
    )
