"""What a row means, in a sentence that a person can say yes or no to."""

from __future__ import annotations

from typing import Any

import pytest

from kpireport.plan_proofs.meanings import Meanings
from tests.review_reports import read_plan
from tests.sources import catalogues

PEOPLE = {"text": "350人", "quantities": [{"value": 350, "unit": "人"}]}


def meaning(baseline: Any, target: Any, *changes: tuple[str, Any], **more: Any) -> str:
    row = catalogues.ROW
    items = {f"{row}.{name}": value for name, value in more.items()}
    data = catalogues.spoilt(
        (f"{row}.baseline", baseline), (f"{row}.target", target), *items.items(), *changes
    )
    plan = read_plan(data)
    return Meanings(plan).of(next(plan.indicators()))


def _target(value: float, unit: str, kind: str, **more: Any) -> dict[str, Any]:
    quantities = [{"value": value, "unit": unit}]
    return {"text": f"{value}{unit}", "quantities": quantities, "kind": kind} | more


DUE = "期限　令和４年度末。"


@pytest.mark.parametrize(
    ("baseline", "target", "said"),
    [
        (PEOPLE, _target(420, "人", "at_least"), f"現状値350人から420人以上に増やす。{DUE}"),
        (PEOPLE, _target(300, "人", "at_most"), f"現状値350人から300人以下に減らす。{DUE}"),
        (PEOPLE, _target(350, "人", "at_least"), f"現状値350人と同じ350人以上にする。{DUE}"),
        (
            PEOPLE,
            _target(400, "人", "at_most"),
            f"400人以下にする（現状値350人は、すでに目標値を下回っている）。{DUE}",
        ),
        (PEOPLE, _target(0, "人", "at_most"), f"現状値350人から０人に減らす。{DUE}"),
        (
            PEOPLE,
            {**_target(0, "人", "at_most"), "text": "０人以下"},
            f"現状値350人から０人以下に減らす。{DUE}",
        ),
        (
            PEOPLE,
            _target(300, "人", "keep_at_least"),
            f"現状値350人は目標値を上回っているが、300人以上を保つ。{DUE}",
        ),
        (PEOPLE, _target(20, "％", "at_least"), f"20％以上にする（現状値は350人）。{DUE}"),
        ({"text": "―"}, _target(20, "％", "at_least"), f"20％以上にする。{DUE}"),
        (
            {"text": "検討"},
            _target(8, "か所", "new_count"),
            f"現状値は数えず、0から数えて８か所にする。{DUE}",
        ),
        (PEOPLE, {"text": "増加", "kind": "above_baseline"}, f"現状値350人から増やす。{DUE}"),
        (PEOPLE, {"text": "減少", "kind": "below_baseline"}, f"現状値350人から減らす。{DUE}"),
        (
            {"text": "60％", "quantities": [{"value": 60, "unit": "％"}]},
            {"text": "上昇", "kind": "above_baseline"},
            f"現状値60％から上げる。{DUE}",
        ),
        (
            {"text": "―"},
            {"text": "増", "kind": "above_previous"},
            f"毎年度、前年度の実績から増やす。{DUE}",
        ),
        (
            {"text": "―"},
            {"text": "減", "kind": "below_previous"},
            f"毎年度、前年度の実績から減らす。{DUE}",
        ),
        (
            {"text": "検討"},
            {"text": "開設", "kind": "state"},
            f"「検討」から「開設」の状態にする（数では測らない）。{DUE}",
        ),
        (
            {"text": "―"},
            {"text": "開設", "kind": "state"},
            f"「開設」の状態にする（数では測らない）。{DUE}",
        ),
        (
            {"text": "実施"},
            {"text": "実施", "kind": "state"},
            f"「実施」の状態を保つ（数では測らない）。{DUE}",
        ),
        (PEOPLE, {"text": "―", "kind": "none"}, "目標を定めない（実績を示すだけで、評価しない）。"),
    ],
)
def test_each_kind_of_target_is_a_sentence(baseline: Any, target: Any, said: str) -> None:
    assert meaning(baseline, target) == said


def test_what_else_a_row_means_is_said_too() -> None:
    target = _target(420, "人", "at_least", deadline=2028, text="420人（定員60人）")
    target["quantities"].append({"value": 60, "unit": "人", "prefix": "定員"})
    baseline = {**PEOPLE, "as_of": "令和元年９月末", "year": 2018}

    assert meaning(baseline, target) == (
        "現状値350人から420人以上に増やす。ほかの数　目標値定員60人。"
        "期限　令和10年度末（この行だけの期限）。"
        "現状値は令和元年９月末の値。現状値は平成30年度の値として数える。"
    )


def test_sums_shared_cells_and_targets_of_years_are_said() -> None:
    yearly = [{"fiscal_year": 2020, "text": "380人", "quantities": [{"value": 380, "unit": "人"}]}]
    target = _target(420, "人", "new_count")

    said = meaning({"text": "―"}, target, yearly_targets=yearly, cumulative=True)

    assert "各年度の数を足した累計で評価する。" in said
    assert said.endswith("途中の年度の目標値　令和２年度 380人。")


def test_sentences_are_in_the_plans_own_words() -> None:
    said = meaning(
        {"text": "現状値{0}"},
        {"text": "目標値{9}の状態", "kind": "state"},
        ("labels.baseline", "基準値"),
        ("years.kind", "calendar"),
    )

    assert (
        said
        == "「現状値{0}」から「目標値{9}の状態」の状態にする（数では測らない）。期限　令和４年末。"
    )
