"""What is asked of a measure: whatever is typed as asked for is read as it was meant."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from kpireport.collection.questions import NO_UNIT, AnswerKind, prefilled, question_on
from kpireport.domain.actuals import Actual
from kpireport.domain.catalogue import Baseline, Indicator, Measure, Target
from kpireport.domain.layouts import Details
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.units import canonical_unit
from kpireport.domain.values import Quantity, parse_value
from kpireport.domain.years import FiscalYear
from kpireport.errors import CellError
from kpireport.sources.actuals import load_actuals
from kpireport.sources.actuals_values import read_value, written_quantity
from kpireport.sources.cells import Content, Number
from kpireport.writers.xlsx.book import NumberRange
from tests.document.test_layouts import plan_with
from tests.documents import ROOT, real_catalogue
from tests.review_reports import FIGURES, SAMPLE_YEARS, small_plan

STYLE = NumeralStyle.MIXED
MEASURES = [*real_catalogue().measures(), *small_plan().measures()]


def measure_of(id_: str) -> Measure:
    return next(each for each in small_plan().measures() if each.id == id_)


def indicator(*quantities: Quantity, text: str = "目標") -> Indicator:
    target = Target(text, TargetKind.AT_LEAST, quantities)
    return Indicator("x", "指標", Baseline("―"), target)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_the_example_is_read_as_it_was_meant(measure: Measure):
    question = question_on(measure, None)
    if not question.example:  # nothing tells what is counted
        assert (question.kind, "例：" in question.prompt) == (AnswerKind.WORDS, False)
        return
    typed: Content = question.example
    if question.kind is AnswerKind.NUMBER:
        typed = Number(Decimal(question.example))
    value = read_value(typed, measure, STYLE)

    if question.kind is AnswerKind.NUMBER:
        assert question.unit.endswith(value.quantities[0].unit)
        in_words = question.unit.replace("…", question.example)
        if "…" in question.unit:  # who copies the unit's words with the number is read right
            assert read_value(in_words, measure, STYLE).quantities == value.quantities
        assert read_value(question.example, measure, STYLE).quantities == value.quantities
    elif question.kind is AnswerKind.WORDS:
        assert value.quantities
    assert f"例：{question.example}\n" in question.prompt
    assert len(question.prompt) <= 255


@pytest.mark.parametrize(
    ("id_", "kind", "unit", "example"),
    [
        ("share", AnswerKind.NUMBER, "％", "97.2"),
        ("most", AnswerKind.NUMBER, "％", "20.5"),
        ("keep", AnswerKind.NUMBER, "年間…人", "226"),
        ("new", AnswerKind.NUMBER, "か所", "3"),
        ("two", AnswerKind.WORDS, "", "165所（定員14,760人）"),
        ("visits", AnswerKind.WORDS, "", "12,345件"),
        ("tablets", AnswerKind.STATE, "", "検証"),
    ],
)
def test_what_is_asked_follows_from_what_the_plan_counts(
    id_: str, kind: AnswerKind, unit: str, example: str
):
    question = question_on(measure_of(id_), None)

    assert (question.kind, question.unit, question.example) == (kind, unit, example)


def test_a_quantity_with_a_scale_is_asked_for_in_the_unit_that_the_sheet_shows():
    quantity = Quantity(Decimal(345_600_000_000), "円", scale="億")
    measure = indicator(quantity, text="3,456億円")
    question = question_on(measure, None)

    assert (question.kind, question.unit, question.example) == (AnswerKind.NUMBER, "億円", "3456")
    typed = read_value(Number(Decimal(question.example)), measure, NumeralStyle.MIXED)
    assert typed.quantities[0].value == quantity.value
    assert prefilled(typed, measure, NumeralStyle.MIXED) == 3456


@pytest.mark.parametrize("id_", FIGURES)
def test_last_years_actual_is_the_example_and_is_told(id_: str):
    text = FIGURES[id_][0].partition("：")[2] or FIGURES[id_][0]
    if text == "未着手：":
        return
    earlier = Actual(id_, FiscalYear(2020), parse_value(text))
    question = question_on(measure_of(id_), earlier)

    assert f"令和２年度は「{text}」でした。" in question.prompt
    if question.kind is AnswerKind.WORDS:
        assert question.example == text


def test_numbers_below_nought_are_asked_about_unless_there_were_some():
    natural = question_on(indicator(Quantity(Decimal(5), "件")), None).validation
    negative = question_on(indicator(Quantity(Decimal(-5), "％")), None).validation

    assert isinstance(natural, NumberRange)
    assert isinstance(negative, NumberRange)
    assert (natural.least, negative.least) == (Decimal(0), None)


@pytest.mark.parametrize(
    ("name", "example"),
    [("受診の割合", "62.1％"), ("相談件数", "12,345件"), ("参加者数", "120人"), ("満足", "")],
)
def test_the_example_fits_what_the_name_counts(name: str, example: str):
    target = Target("前年度実績から増加", TargetKind.ABOVE_PREVIOUS)
    question = question_on(Indicator("x", name, Baseline("―"), target), None)
    assert question.example == example


def test_the_example_of_a_state_is_the_plans_own():
    target = Target("改修完了※令和７年度", TargetKind.STATE)
    question = question_on(Indicator("x", "道の駅の改修", Baseline("―"), target), None)
    assert question.example == "改修完了"


def test_how_percentages_are_written_is_said():
    assert "６割は 60 と書きます" in question_on(measure_of("share"), None).prompt
    assert "割" not in question_on(measure_of("calls"), None).prompt


@pytest.mark.parametrize("year", SAMPLE_YEARS)
def test_values_that_are_handed_out_again_are_read_as_they_were(year: int):
    path = ROOT / "reports" / str(year) / "actuals.xlsx"
    actuals, _ = load_actuals(path, real_catalogue(), FiscalYear(year))
    measures = {each.id: each for each in real_catalogue().measures()}
    numbers = 0
    for actual in actuals.entries:
        measure = measures[actual.measure_id]
        shown = prefilled(actual.value, measure, STYLE)
        if actual.value is None:
            assert shown is None
            continue
        numbers += isinstance(shown, Decimal)
        typed: Content = Number(shown) if isinstance(shown, Decimal) else str(shown)
        assert read_value(typed, measure, STYLE) == actual.value
    assert numbers > 20


def test_what_was_written_with_words_keeps_them():
    measure = measure_of("share")

    for text in ("約98％", "98.0％", "98%", "―"):
        assert prefilled(read_value(text, measure, STYLE), measure, STYLE) == text
    assert prefilled(read_value("98", measure, STYLE), measure, STYLE) == 98


def test_the_unit_of_a_column_of_its_own_stands_beside_the_answer():
    plan = plan_with(["indicator", "unit"])
    share = next(each for each in plan.indicators() if each.id == "share")
    assert share.target.text == "100"
    question = question_on(share, None)
    assert (question.kind, question.unit) == (AnswerKind.NUMBER, "％")
    assert read_value(Number(Decimal("98.6")), share, STYLE).quantities[0].unit == "％"


def test_a_bare_number_is_read_in_the_unit_of_the_row_where_nothing_else_has_one():
    direction = Target("増やす", TargetKind.ABOVE_BASELINE)
    row = Indicator("x", "指標", Baseline("―"), direction, details=Details(unit="件/年"))
    assert question_on(row, None).unit == "件/年"
    for typed in ("1,200", Number(Decimal(1200))):
        value = read_value(typed, row, STYLE)
        assert value.quantities == (Quantity(Decimal(1200), "件/年"),)


# --- units that stand apart ----------------------------------------------------------


def apart(unit: str, baseline: str, target: str, *more: Quantity) -> Indicator:
    """An indicator whose first number has its unit in a column of its own."""
    before, after = (
        (replace(parse_value(f"{text}人").quantities[0], unit=canonical_unit(unit)), *more)
        for text in (baseline, target)
    )
    bracket = "".join(f"（{written_quantity(each)}）" for each in more)
    return Indicator(
        "x",
        "指標",
        Baseline(f"{baseline}{bracket}", before),
        Target(f"{target}{bracket}", TargetKind.AT_LEAST, after),
        details=Details(unit=unit),
    )


@pytest.mark.parametrize("said", ["－", "―", "-", "ー", "なし", "無し", "（なし）"])
def test_what_has_no_unit_is_asked_for_as_a_number_alone(said: str):
    """A city writes － in its column of units: 合計特殊出生率 1.28."""
    row = apart(said, "1.28", "1.45")
    question = question_on(row, None)

    assert (question.kind, question.unit, question.example) == (AnswerKind.NUMBER, NO_UNIT, "1.28")
    assert "数だけを書きます（単位はありません）。" in question.prompt
    for typed in ("1.25", Number(Decimal("1.25"))):
        value = read_value(typed, row, STYLE)
        assert (value.text, value.quantities) == ("1.25", (Quantity(Decimal("1.25"), ""),))


CAPACITY = Quantity(Decimal(1240), "人", prefix="定員")
PLACES = apart("か所", "18", "20", CAPACITY)


@pytest.mark.parametrize(
    "typed",
    [
        "19（定員1,290人）",
        "19か所（定員1,290人）",
        "１９ヶ所(定員1290人)",
        "19か所、定員1,290人",
        "19\n定員1,290人",
        "19か所（定員1,290人）（令和7年3月末）",
    ],
)
def test_several_numbers_are_read_in_every_form_that_says_them(typed: str):
    value = read_value(typed, PLACES, STYLE)
    assert [(str(each.value), each.unit, each.prefix) for each in value.quantities] == [
        ("19", "か所", ""),
        ("1290", "人", "定員"),
    ]


def test_several_numbers_get_the_unit_of_the_column_as_one_does():
    assert read_value("19（定員1,290人）", PLACES, STYLE).text == "19か所（定員1,290人）"
    assert read_value("19", PLACES, STYLE).text == "19か所"


def test_a_number_is_read_with_the_day_that_stands_behind_it():
    row = apart("億円", "3,456", "4,000")
    hundred_million = replace(row.target.quantities[0], unit="円", scale="億")
    row = replace(row, target=replace(row.target, quantities=(hundred_million,)))
    assert read_value("3,500（令和７年３月末）", row, STYLE).text == "3,500億円（令和７年３月末）"


def test_the_unit_stands_in_the_example_where_it_is_typed():
    question = question_on(PLACES, None)
    assert (question.kind, question.example) == (AnswerKind.WORDS, "18か所（定員1,240人）")


def test_the_remedy_for_several_numbers_tells_them_all():
    """Whoever does as it says is not asked for the rest by the next check."""
    with pytest.raises(CellError) as caught:
        read_value("十九か所ほど", PLACES, STYLE)
    example = re.findall("「(.+?)」のように", caught.value.remedy)[0]
    assert example == "20か所（定員1,240人）"
    assert len(read_value(example, PLACES, STYLE).quantities) == len(PLACES.target.quantities)


def test_of_what_time_a_value_is_stands_in_the_prompt():
    row = replace(apart("人", "12", "20"), details=Details(unit="人", period="暦年"))
    assert question_on(row, None).prompt.startswith("期間：暦年\n")
    assert "期間" not in question_on(apart("人", "12", "20"), None).prompt
