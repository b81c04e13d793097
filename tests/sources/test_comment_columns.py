"""The columns of a plan's comments: what the catalogue says of them, and what it may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.comment_columns import USUAL_COMMENTS, CommentColumn
from kpireport.sources.actuals_forms import USUAL_COMMENT_FORM, InputKind, comment_form
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import problems_of, sound, spoilt, write

RESULTS = {"key": "results", "label": "成果"}
POLICY = {"key": "policy", "label": "今後の方針", "choices": ["発展", "継続", "中止"]}


def problems(tmp_path: Path, comments: Any, **labels: str) -> list[str]:
    catalogue = spoilt(("comments", comments))
    catalogue["labels"] |= labels
    return problems_of(write(tmp_path, catalogue))


def test_a_plan_that_says_nothing_has_the_usual_ones(tmp_path: Path) -> None:
    assert load_catalogue(write(tmp_path, sound())).comments == USUAL_COMMENTS
    assert USUAL_COMMENT_FORM.input_titles == ("主な取組", "課題", "今後の方向")


def test_the_columns_stand_in_the_files_order(tmp_path: Path) -> None:
    path = write(tmp_path, spoilt(("comments", [POLICY, RESULTS])))
    assert load_catalogue(path).comments == (
        CommentColumn("policy", "今後の方針", ("発展", "継続", "中止")),
        CommentColumn("results", "成果"),
    )


SAME = "区別できるように、どちらかを改めてください。"
OTHER = "ほかの列の見出しと区別できる言葉にしてください。"


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ([{"key": "a"}], "comments[0]: 項目「label」（見出し）がありません。"),
        ([{"key": "a", "label": " "}], "comments[0].label: 文字がありません。"),
        ([{"key": "a", "label": "課\n題"}], "comments[0].label: 行が二つ以上あります。"),
        ([{"key": "a", "label": "あ" * 21}], "comments[0].label: 長すぎます（21字）。"),
        ([{"key": "成果", "label": "成果"}], "comments[0].key: 「成果」は記号として使えません。"),
        (
            [RESULTS, {"key": "results", "label": "課題"}],
            f"comments[1].key: 名「results」は comments[0].key でも使われています。 → {SAME}",
        ),
        (
            [RESULTS, {"key": "b", "label": "成 果"}],
            f"comments[1].label: 見出し「成果」は comments[0].label でも使われています。 → {SAME}",
        ),
        (
            [{**POLICY, "choices": ["発展", "継続", "発　展"]}],
            (
                "comments[0].choices[2]: 選択肢「発展」は comments[0].choices[0] でも"
                f"使われています。 → {SAME}"
            ),
        ),
        ([{**POLICY, "choices": []}], "comments[0].choices: "),
        (
            [{**RESULTS, "is_mark": True}],
            "comments[0].is_mark: 評価として数える欄に、選択肢がありません。",
        ),
        ([{"key": f"k{n}", "label": f"欄{n}"} for n in range(11)], "comments: "),
        (
            [{"key": "reason", "label": "理由"}],
            "comments[0].key: 「reason」は、ほかの文に使っている名なので、使えません。",
        ),
        (
            [{"key": "a", "label": "年度"}],
            f"comments[0].label: 「年度」は、計画コメントの見出しに使えません。 → {OTHER}",
        ),
        (
            [{**POLICY, "choices": ["発展", {"word": "継続", "former": ["発 展"]}]}],
            (
                "comments[0].choices[1].former[0]: 選択肢「発展」は comments[0].choices[0] でも"
                f"使われています。 → {SAME}"
            ),
        ),
        ([{**RESULTS, "choice": []}], "comments[0]: 「choice」という項目はありません。"),
    ],
)
def test_what_it_may_not_say(tmp_path: Path, comments: Any, expected: str) -> None:
    (problem,) = problems(tmp_path, comments)
    assert problem.startswith(expected)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    comments = [RESULTS, RESULTS, {"key": "a"}, {**POLICY, "choices": ["継続", "継続"]}]
    places = [each.partition(": ")[0] for each in problems(tmp_path, comments)]
    assert sorted(places) == [
        *("comments[1].key", "comments[1].label", "comments[2]", "comments[3].choices[1]")
    ]


def test_a_title_is_not_the_plans_own_word_for_a_plan(tmp_path: Path) -> None:
    comments = [{"key": "a", "label": "取組"}]
    assert problems(tmp_path, comments) == []
    (problem,) = problems(tmp_path, comments, plan="取組")
    assert problem.startswith("comments[0].label: 「取組」は、計画コメントの見出しに使えません。")


def test_other_titles_of_usual_columns_give_way_to_the_plans_own() -> None:
    form = comment_form(
        (CommentColumn("a", "課題"), CommentColumn("b", "現状と課題"), CommentColumn("c", "取組"))
    )
    titles = [{each.title, *each.others} for each in form.columns]
    assert all(one.isdisjoint(other) for one in titles for other in titles if one is not other)


def test_a_choice_is_an_input_of_its_words() -> None:
    text, choice = comment_form(
        (CommentColumn("a", "成果"), CommentColumn("b", "方針", ("継続", "中止")))
    ).inputs
    assert (text.kind, choice.kind) == (InputKind.WORDS, InputKind.CHOICE)
    assert choice.choices == ("継続", "中止")
    assert text.width > choice.width
