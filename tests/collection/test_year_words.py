"""The report's year in words moves on; other years stay."""

from __future__ import annotations

import pytest

from kpireport.collection.year_words import move_years
from kpireport.domain.years import FiscalYear


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("令和３年度実績", "令和４年度実績"),
        ("令和3年度実績", "令和4年度実績"),
        ("令和４年（2022年）９月", "令和５年（2023年）９月"),
        ("review-2021", "review-2022"),
        ("２０２１年度", "２０２２年度"),
        ("R3実績_kpi", "R4実績_kpi"),
        ("R３", "R４"),
        # other years, and what is no year
        ("平成31年３月策定、令和２年度改定", "平成31年３月策定、令和２年度改定"),
        ("令和５年度までの計画", "令和５年度までの計画"),
        ("12021件、2021.5、2021,000", "12021件、2021.5、2021,000"),
        ("第20210号", "第20210号"),
        ("VOR3x", "VOR3x"),
        ("", ""),
    ],
)
def test_only_the_reports_year_and_the_one_after_it_move(text: str, moved: str):
    assert move_years(text, FiscalYear(2021), FiscalYear(2022)) == moved


@pytest.mark.parametrize(
    ("old", "text", "moved"),
    [
        (2018, "平成30年度（H30、平成31年）", "令和元年度（R1、令和２年）"),
        (2019, "令和元年度、令和２年９月", "令和２年度、令和３年９月"),
        (2019, "平成31年度", "令和２年度"),
        (2026, "令和８年度（R8）、令和９年", "令和９年度（R9）、令和10年"),
        (2027, "令和９年度", "令和10年度"),
        (2027, "令和9年度", "令和10年度"),
    ],
)
def test_years_move_over_the_ends_of_eras_and_of_one_digit(old: int, text: str, moved: str):
    assert move_years(text, FiscalYear(old), FiscalYear(old + 1)) == moved


def test_several_years_at_once():
    assert move_years("令和３年度・2022", FiscalYear(2021), FiscalYear(2024)) == "令和６年度・2025"
