"""Whatever a plan writes, its example is read, and a remedy that is followed leads to no other."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kpireport.collection.questions import AnswerKind, question_on
from kpireport.domain.catalogue import Baseline, Indicator, Target
from kpireport.domain.layouts import Details
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.units import stated_unit
from kpireport.domain.values import parse_in_unit
from kpireport.errors import CellError
from kpireport.sources.actuals_values import expected_quantities, read_value
from kpireport.sources.cells import Content, Number

STYLE = NumeralStyle.MIXED
_UNITS = (
    *("か所", "人", "名", "％", "件/年", "億円", "千円", "人/10万人", "ha", "ポイント", "品目"),
    *("カ所", "㎡", "千人", "トン", "kg-CO2", "位", "－", ""),
)
_PREFIXES = ("", "", "年間", "定員", "延べ", "約", "累計", "1人1日あたり", "人口10万人あたり")
_SECOND = (("定員", "人"), ("利用者", "人"), ("", "戸"), ("うち", "件"))
_NOTES = ("", "（令和５年３月末）", "（速報値）", "以上", "※１", "（年間）", "（３年間）")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@st.composite
def _texts(draw: st.DrawFn, unit: str, second: tuple[str, str] | None) -> str:
    number = f"{draw(st.decimals(0, 99_999, places=draw(st.integers(0, 2)))):,}"
    number = number.translate(_WIDE) if draw(st.booleans()) else number
    scale = "" if unit.startswith(("億", "千")) else draw(st.sampled_from(["", "", "万", "億"]))
    text = f"{draw(st.sampled_from(_PREFIXES))}{number}{scale}{unit}"
    if second:
        text += f"（{second[0]}{draw(st.integers(1, 9_999)):,}{second[1]}）"
    return text + draw(st.sampled_from(_NOTES))


@st.composite
def rows(draw: st.DrawFn) -> Indicator:
    """An indicator as plans print them: its unit in its texts, or in a column of its own."""
    unit, stands_apart = draw(st.sampled_from(_UNITS)), draw(st.booleans())
    own = unit if stands_apart else ""
    second = draw(st.none() | st.sampled_from(_SECOND))
    written = "" if stands_apart else stated_unit(unit)
    before, after = (draw(_texts(written, second)) for _ in range(2))
    start, aim = (parse_in_unit(each, stated_unit(own)).quantities for each in (before, after))
    kind = draw(st.sampled_from([TargetKind.AT_LEAST, TargetKind.AT_MOST]))
    target = Target(after, kind, aim)
    return Indicator("x", "相談件数", Baseline(before, start), target, details=Details(unit=own))


@settings(max_examples=400, deadline=None)
@given(rows())
def test_what_the_prompt_says_is_read_whole(row: Indicator):
    question = question_on(row, None)
    typed: Content = question.example
    if question.kind is AnswerKind.NUMBER:
        typed = Number(Decimal(question.example))
    value, asked = read_value(typed, row, STYLE), expected_quantities(row)
    assert len(value.quantities) >= len(asked)
    assert not asked or value.quantities[0].unit == asked[0].unit
    assert len(question.prompt) <= 255


_BAD = (
    *("十九", "19か所くらい", "約半分", "5", "5（定員3人）", "5（令和6年3月末）", "5、6", "なし"),
    *("12人以上", "0.5", "5件（うち3件）", "延べ5人", "3億", "5%"),
)
_EXAMPLE = re.compile("「([^」]+)」(?:「[^」]+」|か「[^」]+」)?のように")
_ADDED = re.compile("「([^」]+)」を付けて")


def _as_told(typed: str, remedy: str) -> str:
    """What somebody writes who does just as a remedy says; empty where it gives no example."""
    if found := _EXAMPLE.match(remedy):
        return found[1]
    if not (added := _ADDED.match(remedy)):
        return ""
    return re.sub("([0-9][0-9.,]*)", rf"\g<1>{added[1]}", typed, count=1)


@settings(max_examples=200, deadline=None)
@given(rows(), st.sampled_from(_BAD))
def test_who_does_as_a_remedy_says_is_understood(row: Indicator, typed: str):
    try:
        read_value(typed, row, STYLE)
    except CellError as refused:
        if told := _as_told(typed, refused.remedy):
            read_value(told, row, STYLE)
