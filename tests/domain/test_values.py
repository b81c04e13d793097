"""Values are read in every spelling that departments use; what is unclear stays text."""

from __future__ import annotations

import datetime as dt
import doctest
import json
from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.domain import units, values
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.units import canonical_unit, same_unit
from kpireport.domain.values import Bound, Quantity, Value, parse_value, scaled_quantity
from kpireport.domain.years import FiscalYear, Period

CATALOGUE = Path(__file__).parents[2] / "catalogue.json"


def quantity(value: str, unit: str, prefix: str = "", *, about: bool = False) -> Quantity:
    return Quantity(Decimal(value), unit, prefix, about)


def day(iso: str) -> Period:
    return Period(dt.date.fromisoformat(iso), dt.date.fromisoformat(iso))


def year(number: int) -> Period:
    return Period(FiscalYear(number).first_day, FiscalYear(number).last_day)


# --- one quantity ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("６か所", quantity("6", "か所")),
        ("1か所", quantity("1", "か所")),
        ("16園", quantity("16", "園")),
        ("13校", quantity("13", "校")),
        ("22経営体", quantity("22", "経営体")),
        ("８件", quantity("8", "件")),
        ("218床", quantity("218", "床")),
        ("年間56回", quantity("56", "回", "年間")),
        ("年間1,648人", quantity("1648", "人", "年間")),
        ("年間165,157件", quantity("165157", "件", "年間")),
        ("1,147,154人", quantity("1147154", "人")),
        ("99.9%", quantity("99.9", "％")),
        ("100％", quantity("100", "％")),
        ("0件", quantity("0", "件")),
        ("0.5％", quantity("0.5", "％")),
        ("-1.5％", quantity("-1.5", "％")),
        ("−1.5％", quantity("-1.5", "％")),
        ("6210％", quantity("6210", "％")),  # implausible, but plain: not a matter of reading
        ("約8,300人", quantity("8300", "人", about=True)),
        ("年間約1,600人", quantity("1600", "人", "年間", about=True)),
        ("概ね80％", quantity("80", "％", about=True)),
        ("27室程度", quantity("27", "室", about=True)),
        ("約６割", quantity("60", "％", about=True)),
        ("6.5割", quantity("65", "％")),
        ("人口10万人あたり281床", quantity("281", "床", "人口10万人あたり")),
        ("人口10万人あたり\n320床", quantity("320", "床", "人口10万人あたり")),
        ("人口１０万人当たり281床", quantity("281", "床", "人口10万人あたり")),
        ("１人１日当たり650g", quantity("650", "g", "1人1日あたり")),
        ("年間のべ1,200人", quantity("1200", "人", "年間延べ")),
        ("延2,000人", quantity("2000", "人", "延べ")),
        ("延べ2,000人", quantity("2000", "人", "延べ")),
        ("延長3.5km", quantity("3.5", "km", "延長")),
        ("定員：120人", quantity("120", "人", "定員")),
        ("２万人", quantity("20000", "人")),
        ("1.5億円", quantity("150000000", "円")),
        ("５千人", quantity("5000", "人")),
        ("5,000千円", quantity("5000", "千円")),
        ("8", quantity("8", "")),
        ("1,648", quantity("1648", "")),
    ],
)
def test_one_quantity_is_read(text, expected):
    assert parse_value(text) == Value(text, (expected,))


@pytest.mark.parametrize(
    ("text", "scaled", "unit"),
    [
        ("3,456億円", "3456", "億円"),
        ("1.5億円", "1.5", "億円"),
        ("1.50億円", "1.5", "億円"),
        ("２万人", "2", "万人"),
        ("100万人", "100", "万人"),
        ("5,000千円", "5000", "千円"),
        ("１兆2,000円", "1000000002000", "円"),
        ("2億396万円", "20396", "万円"),
        ("△1億2,000万円", "-12000", "万円"),
        ("３万５千人", "35", "千人"),
        ("６割", "60", "％"),
        ("６か所", "6", "か所"),
    ],
)
def test_the_scale_that_was_written_is_remembered(text, scaled, unit):
    quantities = parse_value(text).quantities
    found = [(str(each.scaled_value), each.scaled_unit) for each in quantities]
    assert found == ([(scaled, unit)] if scaled else [])


@pytest.mark.parametrize(
    ("unit", "value", "plain", "scale"),
    [
        ("億円", "345600000000", "円", "億"),
        ("万 人", "34560000", "人", "万"),
        ("千円", "3456", "千円", ""),  # a unit of accounts
        ("円", "3456", "円", ""),
        ("万", "3456", "万", ""),
        ("億劫", "3456", "億劫", ""),
    ],
)
def test_a_unit_may_carry_its_scale(unit, value, plain, scale):
    found = scaled_quantity(Decimal(3456), unit)
    assert (str(found.value), found.unit, found.scale) == (value, plain, scale)


def test_the_scale_makes_no_other_quantity():
    assert parse_value("２万人").quantities == parse_value("20,000人").quantities


@pytest.mark.parametrize("text", ["▲170人", "▲ 170人", "-170人", "－170人", "−170人"])
def test_a_negative_number_is_written_in_these_ways(text):
    assert parse_value(text).quantities == (quantity("-170", "人"),)


@pytest.mark.parametrize(
    "text",
    [
        *("8か所", "８か所", "8ヶ所", "8ケ所", "8カ所", "8ヵ所", "８箇所", "8個所", "8ｶ所"),
        *("8 か所", "８　か所", " 8か所 ", "8\nか所", "8か 所", "8\u200bか所"),
    ],
)
def test_a_number_of_places_is_the_same_however_it_is_typed(text):
    assert parse_value(text).quantities == (quantity("8", "か所"),)


@pytest.mark.parametrize(
    "text", ["12,345人", "12345人", "１２，３４５人", "１２３４５名", "12,345 人"]
)
def test_a_grouped_number_is_the_same_however_it_is_typed(text):
    assert parse_value(text).quantities == (quantity("12345", "人"),)


@pytest.mark.parametrize(
    "text", ["99.9%", "99.9％", "９９．９％", "99.9 %", "99.90％", "99.9パーセント", "９９.９﹪"]
)
def test_a_percentage_is_the_same_however_it_is_typed(text):
    assert parse_value(text).quantities == (quantity("99.9", "％"),)


@pytest.mark.parametrize(
    ("text", "digits"),
    [("６割", "60"), ("２万人", "20000"), ("1.5億円", "150000000"), ("100.0％", "100.0")],
)
def test_a_value_has_the_digits_written_and_no_exponent(text, digits):
    assert str(parse_value(text).quantities[0].value) == digits


def test_the_text_is_kept_verbatim():
    text = "165所\n（定員14,760人）"
    assert parse_value(text).text == text


# --- more than one quantity, changes, bounds, times, actions ----------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("165所（定員14,760人）", (quantity("165", "所"), quantity("14760", "人", "定員"))),
        ("181所\n（定員15,660人）", (quantity("181", "所"), quantity("15660", "人", "定員"))),
        ("30施設（定員2,173人分）", (quantity("30", "施設"), quantity("2173", "人分", "定員"))),
        ("100人（定員120人）", (quantity("100", "人"), quantity("120", "人", "定員"))),
        ("30％（30人）", (quantity("30", "％"), quantity("30", "人"))),
    ],
)
def test_a_quantity_in_brackets_is_the_second(text, expected):
    assert parse_value(text) == Value(text, expected)


@pytest.mark.parametrize(
    ("text", "expected", "change"),
    [
        ("490床（90床増）", quantity("490", "床"), quantity("90", "床")),
        ("400床（90床減）", quantity("400", "床"), quantity("-90", "床")),
        ("８か所（２ヶ所の増加）", quantity("8", "か所"), quantity("2", "か所")),
        ("62.5％（1.5ポイント増）", quantity("62.5", "％"), quantity("1.5", "ポイント")),
    ],
)
def test_a_difference_in_brackets_is_no_second_quantity(text, expected, change):
    assert parse_value(text) == Value(text, (expected,), change=change)


def test_a_difference_alone_says_nothing_of_the_value():
    assert parse_value("３人増") == Value("３人増", change=quantity("3", "人"))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("21.9％以下", Bound.AT_MOST),
        ("80％以上", Bound.AT_LEAST),
        ("27室程度以上", Bound.AT_LEAST),
        ("80％", None),
    ],
)
def test_a_bound_is_read(text, bound):
    assert parse_value(text).bound is bound
    assert len(parse_value(text).quantities) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "97.2％(H31年4月1日現在）",
            Value("97.2％(H31年4月1日現在）", (quantity("97.2", "％"),), period=day("2019-04-01")),
        ),
        (
            "20.5％\n（平成30年９月末）",
            Value(
                "20.5％\n（平成30年９月末）", (quantity("20.5", "％"),), period=day("2018-09-30")
            ),
        ),
        (
            "21.9％以下（平成33年９月末）",
            Value(
                "21.9％以下（平成33年９月末）",
                (quantity("21.9", "％"),),
                bound=Bound.AT_MOST,
                period=day("2021-09-30"),
            ),
        ),
        (
            "457床（115床増）※令和4年度",
            Value(
                "457床（115床増）※令和4年度",
                (quantity("457", "床"),),
                change=quantity("115", "床"),
                period=year(2022),
            ),
        ),
        ("開設（令和４年度）", Value("開設（令和４年度）", period=year(2022))),
        (
            "現状値から増加（令和４年度）",
            Value(
                "現状値から増加（令和４年度）",
                movement=TargetKind.ABOVE_BASELINE,
                period=year(2022),
            ),
        ),
    ],
)
def test_a_time_beside_the_value_is_read(text, expected):
    assert parse_value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "action"),
    [
        ("３か所移転", quantity("3", "か所"), "移転"),
        ("１地域選定", quantity("1", "地域"), "選定"),
        ("３地域作成", quantity("3", "地域"), "作成"),
        ("整備完了６か所", quantity("6", "か所"), "整備完了"),
        ("基本協定締結１か所", quantity("1", "か所"), "基本協定締結"),
        ("導入２か所", quantity("2", "か所"), "導入"),
        ("再編（４ルート）", quantity("4", "ルート"), "再編"),
        ("６か所で実施", quantity("6", "か所"), "実施"),
        ("80％以上を維持", quantity("80", "％"), "維持"),
    ],
)
def test_what_is_done_so_many_times_is_read(text, expected, action):
    value = parse_value(text)
    assert value.quantities == (expected,)
    assert value.action == action


# --- movements, none yet ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "movement"),
    [
        ("現状値から増加", TargetKind.ABOVE_BASELINE),
        ("現状値より増加", TargetKind.ABOVE_BASELINE),
        ("現状値から上昇", TargetKind.ABOVE_BASELINE),
        ("現状値からの上昇", TargetKind.ABOVE_BASELINE),
        ("現状より増", TargetKind.ABOVE_BASELINE),
        ("現状値から減少", TargetKind.BELOW_BASELINE),
        ("現状値より低下", TargetKind.BELOW_BASELINE),
        ("前年度実績から増加", TargetKind.ABOVE_PREVIOUS),
        ("前年度実績から増\n加", TargetKind.ABOVE_PREVIOUS),
        ("前年度比減", TargetKind.BELOW_PREVIOUS),
    ],
)
def test_a_target_in_words_is_a_movement(text, movement):
    assert parse_value(text) == Value(text, movement=movement)


@pytest.mark.parametrize("text", ["―", "－", "-", "—", "–", "‐", "−", "ー", "ｰ", "─", "――", " ― "])
def test_a_dash_is_none_yet(text):
    assert parse_value(text) == Value(text, is_none_yet=True)


def test_none_yet_nought_and_nothing_written_are_three_things():
    dash, nought, blank = parse_value("―"), parse_value("0件"), parse_value("")
    assert (dash.is_none_yet, dash.quantities) == (True, ())
    assert (nought.is_none_yet, nought.quantities) == (False, (quantity("0", "件"),))
    assert blank == Value("")


# --- text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # states and lists of the decided plan
        "検討",
        "実施",
        "充実",
        "運用開始",
        "全校配備",
        "配備（一部）",
        "整備（完了）",
        "実施（小中学生対象）",
        "対象年齢拡大\n定員拡大",
        "事業地区の指定（３地区程度）・周知・助成",
        "心理５人、保健師４人、福祉等15人、非常勤相談員10人",
        # malformed numbers
        "1,23人",
        "1,2345人",
        "1234,567人",
        "12.3.4％",
        "12,345.人",
        ".5％",
        "08か所",
        "1 234人",
        "1, 234人",
        "12\n34人",
        "１２、３４５人",
        "1234567890123456人",
        # two numbers, or one that names rather than counts
        "８か所、９か所",
        "５〜６か所",
        "２万3億人",
        "２億5千円",
        "３億5,000千円",
        "６割５分",
        "30人学級",
        "３年生",
        "１号認定",
        "９月",
        "2021年度",
        "第６回",
        "５日開催",
        "３分の１",
        # more than was asked, or less
        "８か所（予定）",
        "８か所（うち私立５か所）",
        "８か所（９か所）",
        "８か所（30年）",
        "８か所（平成30年２月30日）",
        "８か所（5）",
        "８か所未満",
        "５年以内",
        "８か所増設",
        "３か所に拡大",
        "10％増",
        "60％（５％増）",
        "490床（90人増）",
        "490床（-90床増）",
        "490床（90床増）（10床減）",
        "165所（定員14,760人以上）",
        "165所（３人配置）",
        "検討（90床増）",
        "検討（３地区程度）",
        "―（８か所）",
        "現状値から増加（10人）",
        "保健師４人、福祉等15人（令和３年度）",
        "８移転",
        "- 5人",
        "六か所",
        "8か所。",
        "現状値以上",
        "現状値から改善",
        # odd brackets
        "（８か所）",
        "８か所（定員10人",
        "８か所（定員（10人））",
        "※令和4年度",
    ],
)
def test_what_is_not_certain_is_text(text):
    assert parse_value(text) == Value(text)
    assert parse_value(text).is_text


@pytest.mark.parametrize("text", ["８か所", "―", "現状値から増加", "３人増"])
def test_what_is_read_is_not_text(text):
    assert not parse_value(text).is_text


@pytest.mark.parametrize(
    "text",
    [
        "100人※３",
        "100人 ※1",
        "100人（注1）",
        "100人（※２）",
        "100人＊",
        "100人*2",
        "100人注）",
        "100人※注2",
    ],
)
def test_the_mark_of_a_note_behind_a_value_is_no_number(text):
    assert parse_value(text).quantities == (Quantity(Decimal(100), "人"),)


@pytest.mark.parametrize("text", ["100人（2）", "５（６）", "※３"])
def test_a_number_in_brackets_is_no_mark_of_a_note(text):
    assert parse_value(text).quantities == ()


@pytest.mark.parametrize(
    ("text", "prefix"),
    [("週１回", "週間"), ("月3回", "月間"), ("年10回", "年間"), ("月額 30回", "月額")],
)
def test_the_time_that_is_counted_over_stands_before_the_number(text, prefix):
    assert parse_value(text).quantities[0].prefix == prefix


@pytest.mark.parametrize("text", ["５位以内", "24時間以内"])
def test_within_is_at_most(text):
    assert parse_value(text).bound is Bound.AT_MOST


def test_two_times_that_differ_leave_the_cell_as_text():
    assert parse_value("８か所（令和３年度）※令和４年度").is_text
    assert parse_value("８か所（令和３年度）※2021年度").period == year(2021)


@given(st.text())
def test_any_text_is_kept_and_never_fails(text):
    assert parse_value(text).text == text


@given(
    st.text(
        alphabet="0123456789０９,.，．%％人か所割万約年間定員（）()増減※令和度末以上下程-― ",
        max_size=14,
    )
)
def test_one_word_that_is_not_understood_leaves_no_quantity(text):
    for disturbed in (f"{text}ぬ", f"ぬ{text}", f"{text}（ぬ）", f"{text}（12ぬ）"):
        assert parse_value(disturbed).quantities == ()


@pytest.mark.parametrize(
    "text",
    [
        "整備" * 10_000,
        "1" * 20_000,
        "8" + " " * 20_000 + "人",
        "（" * 20_000,
        "年間" * 10_000 + "8人",
    ],
)
def test_a_very_long_text_is_read_in_no_time(text):
    assert parse_value(text).text == text


# --- units -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か所", "ヶ所"),
        ("カ所", "箇所"),
        ("ヵ月", "か月"),
        ("%", "％"),
        ("名", "人"),
        ("㎡", "平方メートル"),
        ("㎡", "ｍ２"),
        (" 人 ", "人"),
        ("圃場", "圃場"),
    ],
)
def test_two_spellings_are_one_unit(one, other):
    assert same_unit(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か所", "所"),
        ("人", "人分"),
        ("円", "千円"),
        ("％", "ポイント"),
        ("％", "割"),
        ("", "人"),
        ("m", "km"),
    ],
)
def test_two_units_are_told_apart(one, other):
    assert not same_unit(one, other)


@pytest.mark.parametrize("unit", [unit for unit in units.UNITS if unit != "割"])
def test_every_known_unit_is_read_after_a_number(unit):
    assert canonical_unit(unit) == unit
    assert parse_value(f"12{unit}").quantities == (quantity("12", unit),)


@pytest.mark.parametrize("spelling", units.CANONICAL_SPELLINGS)
def test_every_other_spelling_of_a_unit_is_read_after_a_number(spelling):
    unit = canonical_unit(spelling)
    assert unit in units.UNITS
    assert parse_value(f"12{spelling}").quantities == (quantity("12", unit),)


def test_a_unit_of_the_caller_is_understood_beside_the_common_ones():
    assert parse_value("15圃場").is_text
    assert parse_value("15圃場", units=["圃場"]).quantities == (quantity("15", "圃場"),)
    assert parse_value("15か所", units=["圃場"]).quantities == (quantity("15", "か所"),)


# --- round trips and the decided plan --------------------------------------------


@given(
    st.decimals(0, 10**9, places=1),
    st.sampled_from(["か所", "ヶ所", "人", "％", "%", "床", "施設"]),
    st.sampled_from(
        ["{:f}{}", "{:,f}{}", "{:f} {}", "約{:,f}{}", "{:,f}{}以上", "{:f}{}（平成30年９月末）"]
    ),
    st.booleans(),
)
def test_a_number_is_read_in_any_dress(value, unit, dress, full_width):
    text = dress.format(value, unit)
    if full_width:
        text = text.translate({code: code + 0xFEE0 for code in map(ord, "0123456789.,")})
    (read,) = parse_value(text).quantities
    assert read == quantity(str(value), canonical_unit(unit), about=dress.startswith("約"))


def test_no_digit_is_lost_to_the_ambient_decimal_context():
    with localcontext(prec=3):
        assert parse_value("123,456,789.25万人").quantities == (quantity("1234567892500", "人"),)


def cells(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every baseline and target of a catalogue read from JSON."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name in ("baseline", "target") and isinstance(child, dict) and "text" in child:
                yield child
            else:
                yield from cells(child)
    elif isinstance(node, list):
        for child in node:
            yield from cells(child)


def test_every_quantity_of_the_decided_plan_is_read_as_the_catalogue_states_it():
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"), parse_float=Decimal)
    measured = [cell for cell in cells(catalogue) if "quantities" in cell]
    assert len(measured) > 100
    for cell in measured:
        stated = tuple(
            Quantity(
                Decimal(item["value"]),
                item["unit"],
                item.get("prefix", ""),
                item.get("approximate", False),
            )
            for item in cell["quantities"]
        )
        assert parse_value(cell["text"]).quantities == stated, cell["text"]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(values).failed == 0
    assert doctest.testmod(units).failed == 0


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("△1,577人", Quantity(Decimal(-1577), "人")),
        ("1.4人/年", Quantity(Decimal("1.4"), "人/年")),
        ("27件／年", Quantity(Decimal(27), "件/年")),
        ("15人/10万人", Quantity(Decimal(15), "人/10万人")),
        ("8.5‰", Quantity(Decimal("8.5"), "‰")),
        ("3.42点", Quantity(Decimal("3.42"), "点")),
        ("毎年500人以上", Quantity(Decimal(500), "人", "年間")),
        ("1,200人（延べ）", Quantity(Decimal(1200), "人", "延べ")),
        ("5.2％（20年度）", Quantity(Decimal("5.2"), "％")),
        ("98.2%（H24）", Quantity(Decimal("98.2"), "％")),
        ("12人（平成20年）", Quantity(Decimal(12), "人")),
        ("7,890人（3月31日現在）", Quantity(Decimal(7890), "人")),
    ],
)
def test_values_of_published_plans_are_read(text: str, quantity: Quantity):
    value = parse_value(text)
    assert (value.text, value.quantities, value.qualifier) == (text, (quantity,), "")


@pytest.mark.parametrize(
    "words",
    [
        *("見込み", "見込", "年度末見込み", "決算見込み", "速報値"),
        *("推計", "暫定値", "9月30日現在", "12月末現在"),
    ],
)
def test_a_value_that_is_not_final_says_so(words: str):
    value = parse_value(f"12,345人（{words}）")
    assert value.quantities == (Quantity(Decimal(12345), "人"),)
    assert value.qualifier == words


def test_what_a_bracket_says_beside_is_no_qualifier():
    assert parse_value("12人（仮）").is_text
    assert parse_value("12人（30年）").is_text
    assert parse_value("なし").is_none_yet
