"""Targets as a step from the baseline: the numbers that they ask for, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.catalogue import Indicator
from kpireport.domain.histories import History
from kpireport.domain.steps import step_in
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, problems_of, spoilt, write


def cell(text: str, *quantities: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "quantities": list(quantities)}


STEPS = cell("7,000歩", {"value": 7000, "unit": "歩"})
SHARE = cell("20％", {"value": 20, "unit": "％"})
DEATHS = cell("50.0人", {"value": 50, "unit": "人"})
NONE: dict[str, Any] = {"text": "―"}


def catalogue(tmp_path: Path, baseline: dict[str, Any], target: dict[str, Any]) -> Path:
    return write(tmp_path, spoilt((f"{ROW}.baseline", baseline), (f"{ROW}.target", target)))


def row_of(tmp_path: Path, baseline: dict[str, Any], target: dict[str, Any]) -> Indicator:
    goal = load_catalogue(catalogue(tmp_path, baseline, target)).goals[0]
    return next(goal.indicators())


@pytest.mark.parametrize(
    ("baseline", "text", "kind", "more", "asked", "unit"),
    [
        (STEPS, "現状値から1,000歩増加", "at_least", {}, "8000", "歩"),
        (STEPS, "現状から１０％増", "at_least", {}, "7700", "歩"),
        (SHARE, "基準値から３ポイント増", "at_least", {}, "23", "％"),
        (SHARE, "現状値より2.5ポイント低下", "at_most", {}, "17.5", "％"),
        (DEATHS, "基準値比15％減少", "at_most", {}, "42.5", "人"),
        (DEATHS, "現状値から10人以上の減", "at_most", {}, "40", "人"),
        (STEPS, "1,000歩増加", "at_least", {"step": {"value": 1000, "unit": "歩"}}, "8000", "歩"),
        (DEATHS, "10％減", "at_most", {"step": {"value": -10, "unit": "％"}}, "45", "人"),
        (SHARE, "10％増", "at_least", {"step": {"value": 10, "unit": "％"}}, "22", "％"),
        (SHARE, "10％増", "at_least", {"step": {"value": 10, "unit": "ポイント"}}, "30", "％"),
    ],
)
def test_a_step_asks_for_the_baseline_and_so_much_more_or_less(
    tmp_path: Path,
    baseline: dict[str, Any],
    text: str,
    kind: str,
    more: dict[str, Any],
    asked: str,
    unit: str,
):
    target = row_of(tmp_path, baseline, {"text": text, "kind": kind, **more}).target
    assert target.text == text
    assert [(each.value, each.unit) for each in target.quantities] == [(Decimal(asked), unit)]


PLACE = f"{ROW}.target"


@pytest.mark.parametrize(
    ("baseline", "target", "problem"),
    [
        (
            NONE,
            {"text": "現状値から1,000歩増加", "kind": "at_least"},
            (
                f"{PLACE}: 現状値「―」に数量がないので、「現状値から1,000歩増加」の目標の数が"
                "決まりません。 → 現状値の quantities か、目標の quantities に数と単位を"
                "書いてください。最初の実績から数えるなら、"
                '現状値に "first_known": true と書きます。'
            ),
        ),
        (
            SHARE,
            {"text": "現状値から10％増", "kind": "at_least"},
            (
                f"{PLACE}: 「現状値から10％増」の10％が、10ポイントなのか、現状値の10％なのか"
                '決まりません。 → "step": {"value": 10, "unit": "ポイント"} か、"unit": "％" と'
                "書いてください。"
            ),
        ),
        (
            STEPS,
            {"text": "現状値から1,000歩増加", "kind": "at_most"},
            (
                f"{PLACE}.kind: 「現状値から1,000歩増加」と種類（at_most）が食い違っています。"
                ' → "kind" を "at_least" に直すか、印字か step の誤りを直してください。'
            ),
        ),
        (
            STEPS,
            {"text": "現状値から５人増加", "kind": "at_least"},
            (
                f"{PLACE}: 単位が違います：現状値は「7,000歩」、「現状値から５人増加」は「5人」。"
                " → 同じ単位にするか、目標の quantities に数と単位を書いてください。"
            ),
        ),
        (
            STEPS,
            cell("現状値から1,000歩増加", {"value": 9000, "unit": "歩"}) | {"kind": "at_least"},
            (
                f"{PLACE}.quantities[0]: 「現状値から1,000歩増加」は「8,000歩」ですが、"
                "数量は「9,000歩」です。 → quantities を消す（現状値から計算します）か、"
                "印字か現状値の誤りを直してください。"
            ),
        ),
        (
            SHARE,
            {"text": "増加", "kind": "above_baseline", "step": {"value": 1, "unit": "％"}},
            (
                f"{PLACE}.step: 数を求めない目標（above_baseline）なのに、増減の数があります。"
                ' → この項目を消すか、"kind" を "at_least" か "at_most" に直してください。'
            ),
        ),
        (
            SHARE,
            {"text": "増加傾向へ", "kind": "below_baseline"},
            (
                f"{PLACE}.kind: 「増加傾向へ」と種類（below_baseline）が食い違っています。"
                " → 種類（kind）か、印字のほうの誤りを直してください。"
            ),
        ),
    ],
)
def test_a_step_that_leaves_its_number_open_is_refused(
    tmp_path: Path, baseline: dict[str, Any], target: dict[str, Any], problem: str
):
    assert problems_of(catalogue(tmp_path, baseline, target)) == [problem]


def test_a_trend_in_words_is_held_against_the_baseline(tmp_path: Path):
    target = row_of(tmp_path, SHARE, {"text": "増加傾向へ", "kind": "above_baseline"}).target
    assert (target.text, target.quantities) == ("増加傾向へ", ())


def test_a_size_alone_is_no_step_from_anything():
    assert step_in("1,000件増加") is None
    assert step_in("現状値から増加") is None


def test_years_targets_are_steps_too_and_move_with_a_revised_baseline(tmp_path: Path):
    yearly = [
        {"fiscal_year": 2020, "text": "現状値から300歩増加"},
        {"fiscal_year": 2021, "text": "―"},
    ]
    change = {
        "change": "baseline",
        "id": "i1",
        "baseline": cell("6,500歩", {"value": 6500, "unit": "歩"}),
        "reason": "集計の誤り",
    }
    revision = {
        "id": "r1",
        "title": "第１次改定",
        "decided": "2021-03-25",
        "from": 2021,
        "changes": [change],
    }
    target = {"text": "現状値から1,000歩増加", "kind": "at_least"}
    path = write(
        tmp_path,
        spoilt(
            (f"{ROW}.baseline", STEPS),
            (f"{ROW}.target", target),
            (f"{ROW}.yearly_targets", yearly),
            ("revisions", [revision]),
        ),
    )
    history = History.of(load_catalogue(path))
    for year, number, in_2020 in ((2020, 8000, 7300), (2021, 7500, 6800)):
        row = history.find("i1", FiscalYear(year))
        assert row is not None
        assert row.target.quantities == (Quantity(Decimal(number), "歩"),)
        assert row.yearly_targets[0].quantities[0].value == in_2020
