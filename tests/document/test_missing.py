"""What is missing, in the row's own unit, and reasons as one would say them."""

from __future__ import annotations

import pytest

from kpireport.document.missing import missing_text, plain_reason
from kpireport.domain.actuals import ReportedState
from kpireport.domain.catalogue import Indicator
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.wording import Words
from kpireport.evaluation import SCHEMES, Judgement
from tests.evaluation.rows import indicator, judged

# the row as printed, the year and its actual; below, what is missing and why, in people's words
CASES = """
16園 → 25園 at_least | 2021 24園
    あと１園 | 25園まであと１園
16園 → 25園 at_least | 2021 13園
    あと12園 | 現状値の16園を３園下回る
16園 → 25園 at_least | 2020 21園
    あと４園 | 年度の目安の22園まであと１園
16園 → 25園 at_least | 2020 22園
    あと３園 | 年度の目安の22園と同じ
16園 → 25園 at_least | 2020 24園
    あと１園 | 年度の目安の22園を２園上回る
16園 → 25園 at_least | 2020 25園
    | 目標の25園と同じ
16園 → 25園 at_least | 2020 26園
    | 目標の25園を１園上回る
13校 → 35校 at_least | 2019 20校
    あと15校 | 年度の目安の21校まであと１校
97.2％ → 100％ at_least | 2021 98.7％
    あと1.3ポイント | 100％まであと1.3ポイント
97.2％ → 100％ at_least | 2020 98.6％
    あと1.4ポイント | 年度の目安の99.1％まであと0.5ポイント
99.9% → 100% at_least | 2021 99.96%
    あと0.04ポイント | 100%まであと0.04ポイント
約６割 → 約７割 at_least | 2021 65％
    あと約５ポイント | 約70％まであと約５ポイント
６ヶ所 → ８ヶ所 at_least | 2021 ７か所
    あと１ヶ所 | ８ヶ所まであと１ヶ所
6カ所 → 8カ所 at_least | 2021 7
    あと１カ所 | ８カ所まであと１カ所
10名 → 30名 at_least | 2021 12人
    あと18名 | 30名まであと18名
― → 1,000,000人 new_count | 2021 ―
    あと1,000,000人 | 期限になっても実績がない
― → ８か所 new_count | 2019 ３か所
    あと５か所 | 年度の目安の３か所と同じ
― → ８か所 new_count | 2019 ―
    | 実績がまだないため
― → 20％ at_least | 2019 5％
    あと15ポイント | 年度の目安の７％まであと２ポイント
60件 → 30件以下 at_most | 2021 34件
    ４件超過 | 30件を４件超過
60件 → 30件以下 at_most | 2019 51件
    21件超過 | 年度の目安の50件を１件超過
60件 → 30件以下 at_most | 2019 48件
    18件超過 | 年度の目安の50件を２件下回る
60件 → 30件以下 at_most | 2019 61件
    31件超過 | 現状値の60件を１件上回る
― → 10％以下 at_most | 2019 40％
    30ポイント超過 | 年度の目安の30％を10ポイント超過
20.5％ → 21.9％以下 at_most | 2021 22.3％
    0.4ポイント超過 | 21.9％を0.4ポイント超過
20.5％ → 21.9％以下 at_most | 2021 20.9％
    | 目標の21.9％を1.0ポイント下回る
年間226人 → 年間200人 keep_at_least | 2019 年間190人
    あと10人 | 年間200人まであと10人（目標の95.0％）
年間226人 → 年間200人 keep_at_least | 2019 年間205人
    | 目標の年間200人を５人上回る
6,402件 → 現状値から増加 above_baseline | 2019 6,390件
    現状値を12件下回る | 現状値の6,402件を12件下回る
6,402件 → 現状値から増加 above_baseline | 2019 6,402件
    現状値と同じ | 現状値の6,402件と同じ
6,402件 → 現状値から増加 above_baseline | 2019 6,500件
    | 現状値の6,402件を98件上回る
50％ → 現状値から減少 below_baseline | 2019 50.4％
    現状値を0.4ポイント上回る | 現状値の50％を0.4ポイント上回る
500億円 → 600億円 at_least | 2021 580億円
    あと20億円 | 600億円まであと20億円
500億円 → 600億円 at_least | 2019 520億円
    あと80億円 | 年度の目安の534億円まであと14億円
１万人 → ２万人 at_least | 2021 19,500人
    あと500人 | ２万人まであと500人
１万人 → ２万人 at_least | 2021 1.9万人
    あと0.1万人 | ２万人まであと0.1万人
-10％ → -5％ at_least | 2021 -6％
    あと１ポイント | −5％まであと１ポイント
30人 → 現状値より増やす at_least | 2021 40人
    | 目標値に数値がないため
10人 → 20人 at_least | 2021 15件
    | 実績の単位が違い、比べられないため
10人 → 20人 at_least | 2021 増員
    | 実績が数値で報告されていないため
"""


LINES = CASES.strip().splitlines()


@pytest.mark.parametrize(("case", "said"), [*zip(LINES[::2], LINES[1::2], strict=True)])
def test_numbers(case: str, said: str):
    row, reported = (part.strip() for part in case.split("|"))
    missing, reason = (part.strip() for part in said.split("|"))
    baseline, _, target, kind = row.split()
    year, written = reported.split()
    measure = indicator(baseline, target, kind)
    judgement = judged(measure, int(year), written)
    assert (missing_text(judgement, measure), plain_reason(judgement, measure)) == (missing, reason)


@pytest.mark.parametrize(
    ("state", "year", "missing", "reason"),
    [
        ("達成", 2021, "", "「達成」と報告"),
        ("実施中", 2020, "実施中（期限 令和３年度末）", "実施中（期限 令和３年度末）"),
        ("実施中", 2021, "実施中（期限内に完了せず）", "期限の令和３年度末に実施中"),
        ("準備", 2022, "準備（期限内に完了せず）", "期限の令和３年度末を過ぎて準備中"),
        ("未着手", 2019, "未着手（期限 令和３年度末）", "未着手（期限 令和３年度末）"),
    ],
)
def test_states(state: str, year: int, missing: str, reason: str):
    measure = indicator("検討", "運用開始", "state")
    judgement = judged(measure, year, state=ReportedState(state))
    assert (missing_text(judgement, measure), plain_reason(judgement, measure)) == (missing, reason)


def test_of_what_was_not_reported_nothing_is_said_to_be_missing():
    measure = indicator("10人", "20人", "at_least")
    judgement = judged(measure, 2021)
    assert missing_text(judgement, measure) == ""
    assert plain_reason(judgement, measure) == "報告がない"


def said(written: str, scheme: str, row: tuple[str, str, str] = ("100人", "200人", "at_least")):
    measure = indicator(*row)
    return plain_reason(judged(measure, 2019, written, scheme=SCHEMES[scheme]), measure)


@pytest.mark.parametrize(
    ("scheme", "written", "reason"),
    [
        ("tama", "120人", "年度の目安の134人まであと14人"),
        ("tama", "50人", "年度の目安の134人まであと84人"),
        ("ino", "150人", "200人まであと50人"),
        ("ino", "90人", "現状値の100人を10人下回る"),
        ("nagayo", "95人", "現状値の100人を５人下回る"),
        ("nagayo", "120人", "現状値の100人を20人上回る"),
        ("kitsuki", "170人", "200人まであと30人（目標の85.0％）"),
        ("kitsuki", "200人", "目標の200人と同じ"),
        ("kitsuki", "100人", "200人まであと100人（目標の50.0％）"),
    ],
)
def test_other_schemes(scheme: str, written: str, reason: str):
    assert said(written, scheme) == reason


def test_last_years_actual():
    measure = indicator("―", "前年度実績から増加", "above_previous")
    judgement = judged(measure, 2020, "49件", before="50件")
    assert missing_text(judgement, measure) == "前年度実績を１件下回る"
    assert plain_reason(judgement, measure) == "前年度実績の50件を１件下回る"


def test_the_reports_numerals_and_the_plans_words():
    measure = indicator("16園", "25園", "at_least")
    style, words = NumeralStyle.HALF, Words(baseline="基準値", target="めざす値")

    def both(judgement: Judgement, measure: Indicator) -> list[str]:
        return [write(judgement, measure, style, words) for write in (missing_text, plain_reason)]

    assert both(judged(measure, 2021, "24園"), measure) == ["あと1園", "25園まであと1園"]
    assert both(judged(measure, 2021, "13園"), measure)[1] == "基準値の16園を3園下回る"
    state = indicator("検討", "運用開始", "state")
    underway = judged(state, 2021, state=ReportedState.UNDERWAY)
    assert both(underway, state) == ["実施中（期限内に完了せず）", "期限の令和3年度末に実施中"]
