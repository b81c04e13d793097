"""Numerals go out as public documents write them, and come in with any width."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.domain import numerals
from kpireport.domain.numerals import NumeralStyle, fold_width, write_numerals

WRITTEN = [
    # composed        in the document
    ("6か所", "６か所"),
    ("16園", "16園"),
    ("0件", "０件"),
    ("令和3年度", "令和３年度"),
    ("令和10年度", "令和10年度"),
    ("令和元年5月1日", "令和元年５月１日"),
    ("平成31年4月30日", "平成31年４月30日"),
    ("14,760人", "14,760人"),
    ("99.9％", "99.9％"),
    ("0.5％", "0.5％"),
    ("−5件", "−5件"),
    ("計画1 3か所、12件（2,173人）", "計画１ ３か所、12件（2,173人）"),
    ("R1", "R1"),
    ("A4", "A4"),
    ("1,2", "1,2"),  # grouped or not, what touches a comma is one number
    ("６か所", "６か所"),
]


@pytest.mark.parametrize(("composed", "written"), WRITTEN)
def test_one_digit_is_full_width_and_more_are_half_width(composed, written):
    assert write_numerals(composed) == written


@pytest.mark.parametrize("composed", [composed for composed, _ in WRITTEN])
def test_the_half_style_leaves_generated_text_as_composed(composed):
    assert write_numerals(composed, NumeralStyle.HALF) == composed


def test_the_styles_have_the_names_of_the_settings():
    assert [NumeralStyle(name) for name in ("mixed", "half")] == list(NumeralStyle)


@given(st.text())
def test_writing_twice_is_writing_once(text):
    once = write_numerals(text)
    assert write_numerals(once) == once


@given(st.text())
def test_only_widths_change(text):
    assert fold_width(write_numerals(text)) == fold_width(text)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("９９．９％", "99.9%"),
        ("１２，３４５人", "12,345人"),
        ("（Ｈ３１年）", "(H31年)"),
        ("8　か所", "8 か所"),
        ("８ｶ所", "8カ所"),
        ("ｻｰﾋﾞｽ", "サービス"),
        ("サーヒ\u3099ス", "サービス"),  # the voicing mark on its own, as macOS has it
        ("㍻31年㋿", "平成31年令和"),
        ("−5 ‐5 －5", "-5 -5 -5"),
        ("8\u200bか所\ufeff", "8か所"),
    ],
)
def test_reading_sees_one_width(typed, folded):
    assert fold_width(typed) == folded


@pytest.mark.parametrize("meant", ["㎡", "①", "Ⅱ", "½", "―", "—", "ー", "〜", "※", "・"])
def test_what_people_mean_to_write_is_not_folded_away(meant):
    assert fold_width(meant) == meant


@given(st.text())
def test_folding_twice_is_folding_once(text):
    once = fold_width(text)
    assert fold_width(once) == once


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(numerals).failed == 0
