"""What printed values mean: read where their notation allows one reading, asked where two."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kpireport.domain.target_kinds import TargetKind
from kpireport.plan_books.proposals import Proposals, Reading
from kpireport.plan_books.rows import item_at
from kpireport.sources.json_file import Json

TARGET_YEAR = 2021
_AT_LEAST, _AT_MOST, _KEEP = TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.KEEP_AT_LEAST
_ABOVE, _BELOW = TargetKind.ABOVE_BASELINE, TargetKind.BELOW_BASELINE
_NEW, _STATE, _NONE = TargetKind.NEW_COUNT, TargetKind.STATE, TargetKind.NONE
_NUMBER = (_STATE, _AT_LEAST, _NEW, _AT_MOST)


def row(baseline: str, target: str, **more: Any) -> dict[str, Any]:
    return {"name": "名", "baseline": {"text": baseline}, "target": {"text": target}, **more}


def read(baseline: str, target: str, *, is_calendar: bool = False, **more: Any) -> Reading:
    entry = row(baseline, target, **more)
    return Proposals([entry], TARGET_YEAR, is_calendar=is_calendar).read(entry)


def item(found: Reading, *path: str) -> Json:
    return item_at(found.entry, path)


@pytest.mark.parametrize(
    ("baseline", "target", "kind"),
    [
        ("350人", "420人", _AT_LEAST),
        ("12人", "０人", _AT_MOST),
        ("20.5％", "21.9％以下", _AT_MOST),
        ("38.4％", "60％以上", _AT_LEAST),
        ("100％", "100％", _KEEP),
        ("98％", "95％以上を維持", _KEEP),
        ("62.1％", "平成30年度調査結果の62.1％から上昇", _ABOVE),
        ("54.3％", "現状値から増加", _ABOVE),
        ("54.3％", "現状値より減少", _BELOW),
        ("7,136歩", "現状値から1,500歩増加", _AT_LEAST),
        ("検討", "７か所", _NEW),
        ("検討", "設置・運営", _STATE),
        ("検討", "改修完了※令和３年度", _STATE),
        ("12件", "設定しない", _NONE),
        ("12件", "―", _NONE),
    ],
)
def test_one_reading_is_taken(baseline: str, target: str, kind: TargetKind) -> None:
    found = read(baseline, target)
    assert found.doubts == ()
    assert item(found, "target", "kind") == kind


@pytest.mark.parametrize(
    ("baseline", "target", "kinds"),
    [
        ("80.4％", "80％", (_AT_MOST, _KEEP)),
        ("10件", "10件", (_AT_MOST, _KEEP)),
        ("300件", "200件以上", (_KEEP, _NEW)),
        ("―", "８か所", (_NEW, _AT_LEAST)),
        ("―", "20％", (_AT_LEAST, _AT_MOST)),
        ("１地域選定", "３地域作成", (_NEW, _AT_LEAST)),
        ("84.6％", "増加傾向へ", (_ABOVE, TargetKind.ABOVE_PREVIOUS, _STATE)),
        ("84.6％", "現状維持", (_KEEP, _AT_MOST, _STATE)),
        ("79.8歳", "現状値から延伸", (_ABOVE, _BELOW, _STATE)),
        ("制度の検討", "事業地区の指定３地区・助成", _NUMBER),
    ],
)
def test_two_readings_are_asked(baseline: str, target: str, kinds: tuple[TargetKind, ...]) -> None:
    found = read(baseline, target)
    (doubt,) = found.doubts
    assert (doubt.title, doubt.choices) == (
        "目標の種類",
        tuple(each.facts.in_short for each in kinds),
    )
    assert item(found, "target", "kind") is None


def test_what_somebody_chose_stands() -> None:
    entry = row("80.4％", "80％")
    entry["target"]["kind"] = "keep_at_least"
    found = Proposals([entry], TARGET_YEAR).read(entry)
    assert found.doubts == ()
    assert item(found, "baseline", "quantities") == [{"value": Decimal("80.4"), "unit": "％"}]


def test_numbers_have_units_and_words_before_them() -> None:
    found = read("165所（定員14,760人）", "約200所")
    assert item(found, "baseline", "quantities") == [
        {"value": 165, "unit": "所"},
        {"value": 14760, "unit": "人", "prefix": "定員"},
    ]
    assert item(found, "target", "quantities") == [
        {"value": 200, "unit": "所", "approximate": True}
    ]


def test_a_unit_with_a_column_of_its_own_is_not_said_again() -> None:
    found = read("1,284", "2,200人", unit="人")
    assert item(found, "baseline", "quantities") == [{"value": 1284}]
    assert item(found, "target", "quantities") == [{"value": 2200}]


def test_times_are_read_of_baselines_and_targets() -> None:
    found = read("20.5％（平成30年９月末）", "21.9％以下（令和５年９月末）")
    assert item(found, "baseline", "as_of") == "平成30年９月末"
    assert item(found, "target", "deadline") == 2023


def test_a_deadline_that_is_the_plans_own_is_not_said_again() -> None:
    of_fiscal = read("12件", "20件（令和４年３月末）")
    assert item(of_fiscal, "target", "deadline") is None
    of_calendar = read("12件", "20件（令和４年３月末）", is_calendar=True)
    assert item(of_calendar, "target", "deadline") == 2022


def test_a_span_of_years_asks_whether_values_are_summed() -> None:
    (doubt,) = read("10件", "60件（５年間）").doubts
    assert (doubt.title, doubt.choices) == ("累計で評価", ("はい", "いいえ"))
    assert read("10件", "60件（５年間）", cumulative=False).doubts == ()


def test_the_wished_direction_decides_where_it_can() -> None:
    found = read("28.1％", "25％", direction="↓")
    assert found.doubts == ()
    assert item(found, "target", "kind") == "at_most"


def test_other_actions_are_told_as_such() -> None:
    (doubt,) = read("１地域選定", "３地域作成").doubts
    assert doubt.what == (
        "目標値「３地域作成」と現状値「１地域選定」は数えるものが違うかもしれず、比べ方が決まりません。"
    )
