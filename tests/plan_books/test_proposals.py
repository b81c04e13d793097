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


def quantities(found: Reading, cell: str) -> list[tuple[str, str, str]]:
    """Prefix, number and unit of each number that was read into a cell."""
    read = item(found, cell, "quantities")
    assert isinstance(read, list)
    return [
        (str(each.get("prefix", "")), str(each["value"]), str(each.get("unit", "")))
        for each in read
        if isinstance(each, dict)
    ]


@pytest.mark.parametrize(
    ("baseline", "target", "numbers"),
    [
        ("7,780歩※３", "9,000歩", ("", "7780", "歩")),
        ("100人（注1）", "120人", ("", "100", "人")),
        ("４５．２％", "５０ %", ("", "45.2", "％")),
        ("１４，７６０人", "15,000人", ("", "14760", "人")),
        ("△3.2％", "▲1.0％", ("", "-3.2", "％")),
        ("100人/年", "120人／年", ("", "100", "人/年")),
        ("5件（累計）", "20件（累計）", ("累計", "5", "件")),
        ("週1回以上", "週3回以上", ("週間", "1", "回")),
        ("月額 3,000円", "月額4,000円", ("月額", "3000", "円")),
        ("3,000千円", "4,000千円", ("", "3000", "千円")),
        ("12億円", "15億円", ("", "12", "億円")),
        ("令和5年度 45.2％", "50％", ("", "45.2", "％")),
        ("R2：100人", "R3：120人", ("", "100", "人")),
    ],
)
def test_notations_of_one_reading_have_their_number(
    baseline: str, target: str, numbers: tuple[str, str, str]
) -> None:
    found = read(baseline, target)
    assert found.doubts == ()
    assert quantities(found, "baseline") == [numbers]
    assert item(found, "target", "kind") == _AT_LEAST


def test_a_time_before_the_value_is_its_time() -> None:
    found = read("令和3年度 45.2％", "50％")
    assert item(found, "baseline", "as_of") == "令和3年度"


@pytest.mark.parametrize(
    ("baseline", "choices"),
    [
        (
            "男性 40.1%／女性 38.2%",
            ("男性：40.1％／女性：38.2％", "女性：38.2％／男性：40.1％", "―"),
        ),
        ("20～30件", ("20件", "30件", "―")),
        ("8分30秒", ("8.5分", "510秒", "―")),
        ("1：2", ()),
        ("3分の1", ()),
        ("10人（うち女性3人）", ("10人／うち女性：3人", "―")),
        ("全国5位", ("5位", "―")),
        ("30.0%超", ("30.0％", "―")),
    ],
)
def test_a_baseline_whose_number_is_unclear_is_asked_and_not_passed_over(
    baseline: str, choices: tuple[str, ...]
) -> None:
    (doubt,) = read(baseline, "60人").doubts
    assert (doubt.title, doubt.choices) == ("現状値の数量", choices)


@pytest.mark.parametrize(
    "target",
    ["30.0%超", "1件未満", "10～20件", "1：2", "8分30秒", "男性 50%／女性 50%", "三か所", "倍増"],
)
def test_a_target_whose_number_is_unclear_is_asked_with_where_its_number_goes(target: str) -> None:
    (doubt,) = read("検討", target).doubts
    assert (doubt.title, "「目標値の数量」" in doubt.remedy) == ("目標の種類", True)
    chosen = row("検討", target)
    chosen["target"]["kind"] = "at_least"
    (left,) = Proposals([chosen], TARGET_YEAR).read(chosen).doubts
    assert left.title == "目標値の数量"


@pytest.mark.parametrize(
    ("target", "kinds"),
    [
        ("現状値以上", (_KEEP, _ABOVE, _STATE)),
        ("前年度以上", (TargetKind.ABOVE_PREVIOUS, _STATE)),
        ("全国平均以上", (_STATE, _AT_LEAST)),
        ("県平均を下回る", (_STATE, _AT_MOST)),
        ("↓", (_BELOW, TargetKind.BELOW_PREVIOUS, _STATE)),
    ],
)
def test_what_is_compared_in_words_is_asked(target: str, kinds: tuple[TargetKind, ...]) -> None:
    (doubt,) = read("50％", target).doubts
    assert doubt.choices == tuple(each.facts.in_short for each in kinds)


@pytest.mark.parametrize("baseline", ["調査中", "未調査", "新規", "把握していない"])
def test_a_baseline_that_is_not_known_yet_does_not_count_from_nought(baseline: str) -> None:
    (doubt,) = read(baseline, "10件").doubts
    assert doubt.choices == tuple(each.facts.in_short for each in (_NEW, _AT_LEAST, _AT_MOST))
    assert "「最初の実績が起点」" in doubt.remedy


def test_the_year_that_a_target_is_compared_with_is_no_deadline() -> None:
    found = read("62.1％", "平成30年度調査結果の62.1％から上昇")
    assert (found.doubts, item(found, "target", "deadline")) == ((), None)


@pytest.mark.parametrize("state", ["令和10年度改定", "Ａ判定", "◎"])
def test_a_year_or_a_grade_is_no_number(state: str) -> None:
    assert item(read("検討", state), "target", "kind") == _STATE


@pytest.mark.parametrize(
    ("baseline", "target", "title", "choices"),
    [
        ("350", "420人", "現状値の数量", ("350人", "350")),
        ("350人", "420", "目標値の数量", ("420人", "420")),
        ("350件", "＋20件", "目標値の数量", ("370件", "20件")),
        ("50％", "▲10％", "目標値の数量", ("40％", "45％", "-10％")),
    ],
)
def test_a_number_that_the_other_contradicts_is_asked(
    baseline: str, target: str, title: str, choices: tuple[str, ...]
) -> None:
    found = read(baseline, target)
    (doubt,) = found.doubts
    assert (doubt.title, doubt.choices) == (title, choices)
    assert item(found, "target", "kind") is None


def test_a_number_that_somebody_wrote_decides_the_kind() -> None:
    entry = row("350", "420人")
    entry["baseline"]["quantities"] = [{"value": Decimal(350), "unit": "人"}]
    found = Proposals([entry], TARGET_YEAR).read(entry)
    assert (found.doubts, item(found, "target", "kind")) == ((), _AT_LEAST)


def test_a_number_without_a_unit_is_told() -> None:
    (notice,) = read("1.45", "1.60").notices
    assert (notice.title, notice.what) == ("目標値", "目標値「1.60」に単位がありません。")
    assert read("1.45", "1.60", unit="人").notices == ()
    assert read("350人", "420人").notices == ()


def test_a_year_that_may_be_a_fiscal_one_or_not_is_asked_where_it_is_not_the_usual_one() -> None:
    entry = row("100人（R4）", "120人（R12）")
    read_with = Proposals([entry], TARGET_YEAR, baseline_year=2020).read(entry)
    assert [(each.title, each.choices) for each in read_with.doubts] == [
        ("現状値の時点", ("令和４年度", "令和４年", "―")),
        ("期限", ("令和12年度", "―")),
    ]
    usual = row("100人（R2）", "120人（R3）")
    assert Proposals([usual], TARGET_YEAR, baseline_year=2020).read(usual).doubts == ()


@pytest.mark.parametrize("word", ["人増", "件程度", "％を超える"])
def test_what_stands_behind_a_unit_is_no_part_of_it(word: str) -> None:
    found = read(f"100{word}", f"200{word}")
    units = [
        each.get("unit")
        for cell in ("baseline", "target")
        if isinstance(read_in := item(found, cell, "quantities"), list)
        for each in read_in
        if isinstance(each, dict)
    ]
    assert word not in units


def test_a_baseline_of_another_span_than_the_target_is_asked() -> None:
    (doubt,) = read("月２回", "週１回以上").doubts
    assert doubt.title == "現状値の数量"
    assert "「月間」" in doubt.what
    assert "「週間」" in doubt.what
    assert "「現状値の数量」に「月間：2回」と書き" in doubt.remedy
    decided = row("月２回", "週１回以上")
    decided["baseline"]["quantities"] = [{"value": 2, "unit": "回", "prefix": "月間"}]
    decided["target"]["kind"] = "at_least"
    assert Proposals([decided], TARGET_YEAR).read(decided).doubts == ()


def test_a_number_that_nobody_can_read_is_ordered_once() -> None:
    (doubt,) = (each for each in read("1:18", "1:15").doubts if each.title == "現状値の数量")
    assert doubt.remedy == (
        "「現状値の数量」に、比べる数と単位を書いてください（例：12人）。比べる数がなければ「―」です。"
    )
