"""Rates, reasons and rules read as the document prints them."""

from __future__ import annotations

import doctest
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.document import judgements
from kpireport.document.judgements import describe_reason, rate_text
from kpireport.document.scheme_rules import SchemeRules, describe_scheme
from kpireport.domain.actuals import ReportedState
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.values import Quantity
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import LINEAR, SCHEMES, scheme_from_settings
from kpireport.evaluation.reasons import (
    AgainstExpected,
    AgainstReference,
    AgainstShare,
    AgainstTarget,
    Comparison,
    NoneAtDeadline,
    Nothing,
    NothingToJudge,
    NotReported,
    RateKind,
    ReferenceKind,
    StateReported,
)
from kpireport.evaluation.schemes import Basis, Scheme

SIXTY = Fraction(60, 100)
TENTH = Fraction(10, 100)


def quantity(value: str, unit: str = "校", prefix: str = "") -> Quantity:
    return Quantity(Decimal(value), unit, prefix)


def expected(rate: str, of: str, share: Fraction = Fraction(1)) -> AgainstExpected:
    holds = Fraction(rate) >= share * Fraction(of)
    return AgainstExpected(RateKind.PROGRESS, Fraction(rate), Fraction(of), share, holds)


def overdue(state: ReportedState, *, is_past: bool = False) -> StateReported:
    return StateReported(state, FiscalYear(2021), is_past)


def against_share(rate: str, share: str) -> AgainstShare:
    return AgainstShare(Fraction(rate), Fraction(share), Fraction(rate) >= Fraction(share))


def beside(comparison: Comparison, actual: str, reference: str, tolerance: Fraction | None = None):
    before = Fraction(reference)
    return AgainstReference(
        quantity(actual, "件"),
        comparison,
        quantity(reference, "件"),
        ReferenceKind.BASELINE,
        tolerance,
        (Fraction(actual) - before) / before if before else None,
    )


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (None, "―"),
        ("-1", "−100.0％"),
        ("-10001/10000", "悪化"),
        ("-9879/1000", "悪化"),
        ("0", "0.0％"),
        ("2/3", "66.7％"),
        ("7/22", "31.8％"),
        ("219/220", "99.5％"),
        ("1", "100.0％"),
        ("9999/10000", "99.9％"),
        ("999999999999999999999999/1000000000000000000000000", "99.9％"),
        ("10001/10000", "100.0％"),
        ("-1/22", "−4.5％"),
        ("2005/10000", "20.1％"),  # half up
        ("3/1", "300.0％"),
    ],
)
def test_rates(rate, text):
    assert rate_text(None if rate is None else Fraction(rate)) == text


@given(st.fractions(0, 1, max_denominator=10**15))
def test_a_rate_short_of_the_target_never_shows_as_full(rate):
    assert (rate_text(rate) == "100.0％") == (rate == 1)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (expected("2/3", "2/3"), "進捗率66.7％ ≥ 年度の目安66.7％"),
        (expected("3/8", "1/3"), "進捗率37.5％ ≥ 年度の目安33.3％"),
        (expected("33334/100000", "1/3"), "進捗率33.3％ ≥ 年度の目安33.3％"),
        (expected("-1/22", "0"), "進捗率−4.5％ ＜ 年度の目安0.0％"),
        (expected("1/4", "1/3"), "進捗率25.0％ ＜ 年度の目安33.3％"),
        (expected("0", "0", SIXTY), "進捗率0.0％ ≥ 年度の目安0.0％"),
        (expected("7/22", "1/3", SIXTY), "進捗率31.8％は年度の目安33.3％の95.5％（60％以上）"),
        (expected("1/5", "1/3", SIXTY), "進捗率20.0％は年度の目安33.3％の60.0％（60％以上）"),
        (expected("0", "1/4", SIXTY), "進捗率0.0％（年度の目安25.0％の60％未満）"),
        (expected("-1/2", "1/4", SIXTY), "進捗率−50.0％（年度の目安25.0％の60％未満）"),
        # below −100 ％ no number is said
        (expected("-1", "1/3"), "進捗率−100.0％ ＜ 年度の目安33.3％"),
        (expected("-10001/10000", "1/3"), "進捗率「悪化」（年度の目安33.3％未満）"),
        (expected("-9879/1000", "1", SIXTY), "進捗率「悪化」（年度の目安100.0％の60％未満）"),
        (
            replace(expected("2/5", "1/3"), kind=RateKind.ACHIEVEMENT),
            "達成率40.0％ ≥ 年度の目安33.3％",
        ),
        # as many decimals as it takes: no 33.3 ＜ 33.3, no 60.0 ＜ 60
        (expected("3333/10000", "1/3"), "進捗率33.330％ ＜ 年度の目安33.333％"),
        (
            expected("1999/10000", "1/3", SIXTY),
            "進捗率20.0％は年度の目安33.3％の59.97％（60％未満）",
        ),
        (against_share("19/20", "9/10"), "達成率95.0％（90％以上）"),
        (against_share("9/10", "9/10"), "達成率90.0％（90％以上）"),
        (against_share("8996/10000", "9/10"), "達成率89.96％（90％未満）"),
        (against_share("1/2", "925/1000"), "達成率50.0％（92.5％未満）"),
        (
            AgainstTarget(quantity("36"), Comparison.AT_LEAST, quantity("35")),
            "実績36校 ≥ 目標値35校",
        ),
        (
            AgainstTarget(quantity("20.9", "％"), Comparison.AT_MOST, quantity("21.9", "％")),
            "実績20.9％ ≤ 目標値21.9％",
        ),
        (
            AgainstTarget(
                quantity("1190", "人", "年間"), Comparison.BELOW, quantity("2000", "人", "年間")
            ),
            "実績 年間1,190人 ＜ 目標値 年間2,000人",
        ),
        (beside(Comparison.ABOVE, "6500", "6402"), "実績6,500件 ＞ 現状値6,402件"),
        (beside(Comparison.EQUAL, "6402", "6402"), "現状値6,402件と同じ"),
        (beside(Comparison.BELOW, "6", "7"), "実績６件 ＜ 現状値７件"),
        (
            replace(beside(Comparison.BELOW, "19", "20"), kind=ReferenceKind.PREVIOUS),
            "実績19件 ＜ 前年度実績20件",
        ),
        (beside(Comparison.EQUAL, "100", "100", TENTH), "現状値100件と同じ"),
        (beside(Comparison.BELOW, "90", "100", TENTH), "現状値100件との差－10.0％（±10％以内）"),
        (beside(Comparison.ABOVE, "103", "100", TENTH), "現状値100件との差＋3.0％（±10％以内）"),
        (
            beside(Comparison.BELOW, "8999", "10000", TENTH),
            "現状値10,000件との差－10.01％（±10％を超える）",
        ),
        (beside(Comparison.BELOW, "-1", "0", TENTH), "実績−1件 ＜ 現状値０件"),
        (StateReported(ReportedState.UNDERWAY), "進捗状況「実施中」"),
        (overdue(ReportedState.UNDERWAY), "期限の令和３年度末に実施中"),
        (overdue(ReportedState.PREPARING), "期限の令和３年度末に準備中"),
        (overdue(ReportedState.NOT_STARTED, is_past=True), "期限の令和３年度末を過ぎて未着手"),
        (NoneAtDeadline(), "期限になっても実績がない"),
        (NotReported(), "報告がない"),
        (NotReported("調査を延期したため"), "報告がない（調査を延期したため）"),
        (NothingToJudge(Nothing.NONE_YET), "実績がまだないため"),
        (NothingToJudge(Nothing.NO_PREVIOUS), "比べる前年度の実績がないため"),
    ],
)
def test_reasons(reason, text):
    assert describe_reason(reason) == text


@pytest.mark.parametrize("why", Nothing)
def test_every_way_of_having_nothing_to_judge_has_its_words(why):
    assert describe_reason(NothingToJudge(why))


def test_the_numerals_are_the_reports():
    reason = beside(Comparison.BELOW, "6", "7")
    assert describe_reason(reason, NumeralStyle.HALF) == "実績6件 ＜ 現状値7件"


# --- rules -----------------------------------------------------------------------


def shown(scheme: Scheme) -> str:
    """The rules as text, for a glance: a line per mark, the columns parted by ``|``."""
    rules = describe_scheme(scheme)
    lines = (f"{each.mark.label}: {' | '.join(each.conditions)}" for each in rules.marks)
    return "\n".join(lines)


def test_the_default_schemes_rules():
    assert shown(LINEAR) == (
        "◎ 達成: 目標値を達成 | 目標値を達成"
        " | 現状値（前年度実績）を上回る（下回る） | 「達成」と報告\n"
        "○ 順調: 進捗率が年度の目安以上 |  |  | 期限の年度より前に「実施中」と報告\n"
        "△ やや遅れ: 進捗率が年度の目安の60％以上 | 達成率が90％以上"
        " | 現状値（前年度実績）と同じ"
        " | 「準備」と報告、または期限の年度以降に「実施中」と報告\n"
        "× 遅れ: 現状値より悪化、または進捗率が年度の目安の60％未満 | 達成率が90％未満"
        " | 現状値（前年度実績）を下回る（上回る） | 「未着手」と報告\n"
        "― 対象外: 実績がまだない、数で比べられない | 実績がまだない、数で比べられない"
        " | 実績がまだない、比べる値がない | 実績がまだない\n"
        "… 未報告: 報告がない | 報告がない | 報告がない | 報告がない"
    )


def test_a_municipalitys_rules():
    assert shown(SCHEMES["ino"]).startswith(
        "◎ 目標値以上: 目標値を超えて達成 | 目標値を超えて達成"
        " | 現状値（前年度実績）を上回る（下回る） | \n"
        "○ 目標値と同等: 目標値と同じ | 目標値と同じ |  | 「達成」と報告\n"
        "△ 目標値未達成: 目標値に届かないが、現状値より進んでいる | 目標値に届かない"
        " |  | 「実施中」「準備」と報告\n"
        "× 進捗なし・事業終了: 現状値から進んでいない | "
        " | 現状値（前年度実績）と同じか、下回る（上回る） | 「未着手」と報告\n"
    )


def test_rules_follow_the_settings_and_so_cannot_go_stale():
    scheme = scheme_from_settings(
        {
            "thresholds": {"approach": {"behind": 70}, "keep": {"behind": 85.5}},
            "marks": {"behind": {"symbol": "▽", "word": "要努力"}},
            "basis": "achievement",
        }
    )
    line = shown(scheme).splitlines()[2]
    assert line.startswith("▽ 要努力: 達成率が年度の目安の70％以上 | 達成率が85.5％以上 | ")


def test_the_rules_say_what_becomes_of_states_after_their_deadline():
    mark = {"symbol": "▽", "word": "期限後も継続", "level": "behind"}
    scheme = scheme_from_settings({"marks": {"continued": mark}, "after_deadline": "continued"})
    conditions = {each.mark.symbol: each.conditions[-1] for each in describe_scheme(scheme).marks}
    assert conditions["○"] == "期限の年度より前に「実施中」と報告"
    assert conditions["△"] == "期限の年度より前に「準備」と報告"
    assert conditions["▽"] == "期限の年度以降に「実施中」「準備」と報告"
    assert conditions["×"] == "「未着手」と報告"


def test_the_rules_say_what_a_deadline_is_where_it_matters():
    note = "期限は、別に定めのないものは計画の目標の年度です。"
    assert note in describe_scheme(LINEAR).notes
    assert note not in describe_scheme(SCHEMES["ino"]).notes  # underway is late at any time


def test_only_the_terms_that_a_scheme_uses_are_explained():
    def terms(rules: SchemeRules) -> str:
        return "\n".join((*rules.terms, *rules.notes))

    assert "年度の目安＝" in terms(describe_scheme(LINEAR))
    assert "年度の目安" not in terms(describe_scheme(SCHEMES["kitsuki"]))
    by_achievement = replace(LINEAR, basis=Basis.ACHIEVEMENT)
    assert "達成率を年度の目安と比べます" in terms(describe_scheme(LINEAR))
    assert "達成率を年度の目安と比べます" not in terms(describe_scheme(by_achievement))


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_every_mark_is_explained_in_a_table_of_one_shape(scheme):
    rules = describe_scheme(scheme)
    assert [each.mark for each in rules.marks] == list(scheme.marks)
    for each in rules.marks:
        assert len(each.conditions) == len(rules.tasks)
        assert any(each.conditions)
    # every target leads somewhere in every column
    for column in range(len(rules.tasks)):
        assert sum(bool(each.conditions[column]) for each in rules.marks) >= 4


def test_rules_in_half_width():
    rules = describe_scheme(LINEAR, NumeralStyle.HALF)
    assert "数量が2つあるものは、はじめの数量で評価します。" in rules.notes


def test_the_examples_in_docstrings():
    assert doctest.testmod(judgements).failed == 0
