"""Values as the departments write them: signs, units, periods; what is printed of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kpireport.domain.catalogue import Baseline, Indicator, Target
from kpireport.domain.layouts import Details
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.values import Quantity, parse_value, scaled_quantity
from kpireport.domain.years import parse_date
from kpireport.errors import CellError, InputError
from kpireport.sources.actuals_values import read_value
from kpireport.sources.cells import Content, Number
from tests.sources.workbooks import book, load, row, save


def measure(baseline: str, target: str, quantity: Quantity) -> Indicator:
    quantities = (quantity,)
    return Indicator(
        "i1",
        "指標",
        Baseline(baseline, tuple(replace(each, value=Decimal(1)) for each in quantities)),
        Target(target, TargetKind.AT_LEAST, quantities),
    )


PEOPLE = measure("10人", "12人", scaled_quantity(Decimal(12), "人"))
GRAMS = measure("900ｇ", "850ｇ", scaled_quantity(Decimal(850), "g"))
MONEY = measure("3.2億円", "5億円", scaled_quantity(Decimal(5), "億円"))
THOUSANDS = measure("1,200千円", "1,500千円", scaled_quantity(Decimal(1500), "千円"))
MILLIONS = measure("152百万円", "200百万円", scaled_quantity(Decimal(200), "百万円"))
POINTS = measure("0.1ポイント", "0.5ポイント", scaled_quantity(Decimal("0.5"), "ポイント"))
BALANCE = measure("▲170人", "▲50人", scaled_quantity(Decimal(-50), "人"))


def printed(content: Content, of: Indicator) -> tuple[str, Decimal]:
    value = read_value(content, of, NumeralStyle.MIXED)
    return value.text, value.quantities[0].value


@pytest.mark.parametrize(
    ("typed", "of", "text", "value"),
    [
        ("＋0.3ポイント", POINTS, "＋0.3ポイント", "0.3"),
        ("±０人", PEOPLE, "±０人", "0"),
        ("△1.4ポイント", POINTS, "−1.4ポイント", "-1.4"),
        ("-5人", BALANCE, "▲5人", "-5"),
        ("△５人", BALANCE, "▲５人", "-5"),
        ("▲ 5人", BALANCE, "▲5人", "-5"),
        ("９名", PEOPLE, "９人", "9"),
        ("９名程度", PEOPLE, "９人程度", "9"),
        ("894グラム", GRAMS, "894ｇ", "894"),
        ("894g", GRAMS, "894g", "894"),
        ("4.5億円", MONEY, "4.5億円", "450000000"),
        ("450百万円", MONEY, "4.5億円", "450000000"),
        ("450,000千円", MONEY, "4.5億円", "450000000"),
        ("1.45百万円", THOUSANDS, "1,450千円", "1450"),
        ("1450000円", THOUSANDS, "1,450千円", "1450"),
        ("145万円", THOUSANDS, "1,450千円", "1450"),
        ("約145万2,500円", THOUSANDS, "約1,452.5千円", "1452.5"),
        ("1億7,500万円", MILLIONS, "175百万円", "175"),
        ("約１億7,000万円", MILLIONS, "約170百万円", "170"),
        ("158,000千円", MILLIONS, "158百万円", "158"),
        ("4.5", MONEY, "4.5億円", "450000000"),
        ("1,300", THOUSANDS, "1,300千円", "1300"),
        ("9", PEOPLE, "９人", "9"),
        ("11人（５年間）", PEOPLE, "11人（５年間）", "11"),
        ("11人（令和２年度～令和６年度）", PEOPLE, "11人（令和２年度～令和６年度）", "11"),
        ("11人（令和６年５月10日（金））", PEOPLE, "11人（令和６年５月10日（金））", "11"),
    ],
)
def test_what_is_typed_is_printed_in_the_plans_form(
    typed: str, of: Indicator, text: str, value: str
):
    assert printed(typed, of) == (text, Decimal(value))


@pytest.mark.parametrize(
    ("number", "of", "text", "value"),
    [
        ("4.5", MONEY, "4.5億円", "450000000"),
        ("-5", BALANCE, "▲5人", "-5"),
        ("-5", PEOPLE, "−5人", "-5"),
    ],
)
def test_numbers_are_read_in_the_unit_that_the_sheet_shows(
    number: str, of: Indicator, text: str, value: str
):
    assert printed(Number(Decimal(number)), of) == (text, Decimal(value))


def test_one_quantity_stands_before_a_span_of_years():
    value = parse_value("60件（５年間）")
    assert [str(each.value) for each in value.quantities] == ["60"]
    assert len(parse_value("165所（定員14,760人）").quantities) == 2


def test_a_weekday_says_nothing_more():
    assert str(parse_date("令和６年５月10日（金）")) == "2024-05-10"
    assert str(parse_date("2024/5/10(金)")) == "2024-05-10"


def test_a_negative_actual_is_asked_about_and_can_be_accepted(tmp_path):
    path = save(book([row("i1", "▲1か所")]), tmp_path)
    _, problems = load(path)
    assert any("負の数" in each.what for each in problems)
    _, accepted = load(path, accepted=("i1",))
    assert not any("負の数" in each.what for each in accepted)


def test_another_word_for_the_plans_unit_is_asked_about(tmp_path):
    _, problems = load(save(book([row("yearly", "1,700名")]), tmp_path))
    told = [each.what for each in problems if "書き方" in each.what]
    assert told == ["「1,700名」は、計画の書き方に合わせて「1,700人」とします。"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("732％", "73.2％"), ("7320％", "73.2％"), ("6210％", "62.1％")]
)
def test_a_percentage_that_cannot_be_is_held_against_the_plans_own(typed, meant):
    rates = measure("71.5％", "85％", scaled_quantity(Decimal(85), "％"))
    with pytest.raises(CellError) as told:
        read_value(typed, rates, NumeralStyle.MIXED)
    assert meant in told.value.remedy


def test_other_units_are_refused_still(tmp_path):
    with pytest.raises(InputError):
        load(save(book([row("i1", "8校")]), tmp_path))


def test_a_bare_number_keeps_the_bracket_that_says_it_is_not_final():
    for typed, text in (
        ("12,345（見込み）", "12,345人（見込み）"),
        ("９名（速報値）", "９人（速報値）"),
        ("約9（9月30日現在）", "約９人（9月30日現在）"),
    ):
        value = read_value(typed, PEOPLE, NumeralStyle.MIXED)
        assert value.text == text
        assert value.qualifier == text.partition("（")[2].removesuffix("）")


def test_the_unit_of_a_bare_number_is_spelt_as_the_plan_does():
    places = measure("６カ所", "８カ所", Quantity(Decimal(8), "か所"))
    assert printed("7", places) == ("７カ所", Decimal(7))
    assert printed(Number(Decimal(7)), places) == ("７カ所", Decimal(7))


def test_nothing_is_asked_about(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        load(save(book([row("i1", "なし")]), tmp_path))
    assert "0 なのか、まだないのか決まりません" in str(caught.value)


def test_the_day_that_a_rows_values_are_always_of_makes_none_of_them_provisional():
    of_autumn = replace(PEOPLE, details=Details(period="９月30日現在"))
    for of, qualifier in ((PEOPLE, "9月30日現在"), (of_autumn, "")):
        assert read_value("9人（9月30日現在）", of, NumeralStyle.MIXED).qualifier == qualifier
    assert read_value("9人（見込み）", of_autumn, NumeralStyle.MIXED).qualifier == "見込み"
