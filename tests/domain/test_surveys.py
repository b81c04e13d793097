"""Words for a year without a survey, and those that only sound like it."""

from __future__ import annotations

import pytest

from kpireport.domain.surveys import Survey, says_no_survey, says_nothing_here
from kpireport.domain.years import FiscalYear

NO_SURVEY = [
    "調査なし",
    "調査無し",
    "今年度は調査なし",
    "今年度調査なし（次回R5）",
    "今年度は調査がありません",
    "調査がないため",
    "調査年度ではない",
    "調査年度ではないため",
    "調査の年度でない",
    "調査年ではない",
    "調査実施年度でないため",
    "調査を行う年度ではない",
    "本年度は調査の実施年度ではありません。",
    "調査対象の年度ではない",
    "調査年度外",
    "調査実施年度以外",
    "調査対象年度外",
    "調査年度に当たらないため",
    "調査のない年度",
    "調査をしない年度",
    "調査を行わない年度",
    "調査がない年度",
    "非調査年",
    "非調査年度",
    "調査非実施年度",
    "隔年調査のため",
    "未実施（隔年）",
    "隔年実施",
    "住民意識調査は隔年のため（次回は令和６年度）。",
    "２年に１度の調査のため",
    "２年に１回の調査のため、令和３年度は実施なし",
    "３年ごとの調査",
    "２か年に１回",
    "５年に一度の国勢調査による",
    "２年おきに実施",
    "調査（隔年）のため実施せず",
    "今年度は調査を実施していない",
    "令和３年度は市民アンケートを行っていない",
    "本年度は調査未実施",
    "令和３年度は調査を行わなかったため",
    "調査は今年度実施せず",
    "次回調査は令和６年度",
]
SOMETHING_ELSE = [
    "調査を延期したため",
    "感染症のため調査中止",
    "調査中",
    "調査中のため未集計",
    "隔年調査の集計中",
    "集計中",
    "調査票を回収中",
    "調査結果未着",
    "国の調査結果が未公表のため",
    "調査の結果が出ていない",
    "令和３年度の調査の結果がまだない",
    "調査結果がない",
    "統計調査の公表が翌年度のため",
    "調査できないため",
    "調査をしていないため",
    "調査未実施",
    "未調査",
    "調査を実施",
    "今年度は調査を実施",
    "市民意識調査の結果",
    "調査に時間がかかっている",
    "隔年開催のイベント",
    "検討中",
    "８か所",
    "中止",
    "なし",
    "―",
]


@pytest.mark.parametrize("text", NO_SURVEY)
def test_it_says_that_there_is_no_survey(text: str):
    assert says_no_survey(text)


@pytest.mark.parametrize("text", SOMETHING_ELSE)
def test_a_survey_that_was_to_be_held_is_another_matter(text: str):
    assert not says_no_survey(text)


@pytest.mark.parametrize(
    ("text", "says"), [("―", True), ("未実施", True), ("対象外", True), ("0", False), ("", False)]
)
def test_a_word_for_nothing(text: str, says: bool):
    assert says_nothing_here(text) is says


@pytest.mark.parametrize(
    ("survey", "held"),
    [
        (Survey((FiscalYear(2020), FiscalYear(2023))), [2020, 2023]),
        (Survey(first=FiscalYear(2020), every=2), [2020, 2022, 2024]),
        (Survey(first=FiscalYear(2019), every=3), [2019, 2022]),
    ],
)
def test_the_years_of_a_survey(survey: Survey, held: list[int]):
    assert [y for y in range(2018, 2025) if survey.is_held_in(FiscalYear(y))] == held
