"""Every mark comes with its reason: what was compared with what, as the document writes it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kpireport.document.judgements import describe_reason
from kpireport.evaluation.presets import LINEAR, SCHEMES
from kpireport.evaluation.schemes import Rung, Test
from tests.evaluation.rows import indicator, judged, symbol

UP = "100人 → 200人 at_least"
DOWN = "200人 → 100人以下 at_most"
KEPT = "226人 → 200人 keep_at_least"
NEW = "― → 30人 new_count"
SHARE = "― → 30人 at_least"
MORE = "100人 → 現状値から増加 above_baseline"
LESS = "100人 → 現状値から減少 below_baseline"

# the row; the scheme, the actual in fiscal 2019, its mark and the reason
REASONS = f"""
{UP}   | linear  200人 ◎ 実績200人 ≥ 目標値200人
{UP}   | linear  201人 ◎ 実績201人 ≥ 目標値200人
{UP}   | linear  150人 ○ 進捗率50.0％ ≥ 年度の目安33.3％
{UP}   | linear  120人 △ 進捗率20.0％は年度の目安33.3％の60.0％（60％以上）
{UP}   | linear  110人 × 進捗率10.0％は年度の目安33.3％の30.0％（60％未満）
{UP}   | linear  99人  × 実績99人 ＜ 現状値100人
{DOWN} | linear  100人 ◎ 実績100人 ≤ 目標値100人
{DOWN} | linear  99人  ◎ 実績99人 ≤ 目標値100人
{DOWN} | linear  150人 ○ 進捗率50.0％ ≥ 年度の目安33.3％
{DOWN} | linear  201人 × 実績201人 ＞ 現状値200人
{KEPT} | linear  200人 ◎ 実績200人 ≥ 目標値200人
{KEPT} | linear  190人 △ 達成率95.0％（90％以上）
{KEPT} | linear  179人 × 達成率89.5％（90％未満）
{NEW}  | linear  10人  ○ 進捗率33.3％ ≥ 年度の目安33.3％
{NEW}  | linear  -1人  × 実績−1人 ＜ 起点０人
{SHARE}| linear  10人  ○ 達成率33.3％ ≥ 年度の目安33.3％
{SHARE}| linear  3人   × 達成率10.0％は年度の目安33.3％の30.0％（60％未満）
{MORE} | linear  101人 ◎ 実績101人 ＞ 現状値100人
{MORE} | linear  100人 △ 現状値100人と同じ
{MORE} | linear  99人  × 実績99人 ＜ 現状値100人
{LESS} | linear  99人  ◎ 実績99人 ＜ 現状値100人
{LESS} | linear  100人 △ 現状値100人と同じ
{LESS} | linear  101人 × 実績101人 ＞ 現状値100人
{UP}   | ino     201人 ◎ 実績201人 ＞ 目標値200人
{UP}   | ino     200人 ○ 実績200人 ≥ 目標値200人
{UP}   | ino     199人 △ 実績199人 ＜ 目標値200人
{UP}   | ino     100人 × 現状値100人と同じ
{UP}   | ino     99人  × 実績99人 ＜ 現状値100人
{DOWN} | ino     99人  ◎ 実績99人 ＜ 目標値100人
{DOWN} | ino     101人 △ 実績101人 ＞ 目標値100人
{KEPT} | ino     199人 △ 実績199人 ＜ 目標値200人
{SHARE}| ino     0人   × 実績０人 ＜ 目標値30人
{MORE} | ino     100人 × 現状値100人と同じ
{UP}   | nagayo  201人 S 実績201人 ＞ 目標値200人
{UP}   | nagayo  101人 A 実績101人 ＞ 現状値100人
{UP}   | nagayo  100人 B 現状値100人と同じ
{UP}   | nagayo  90人  B 現状値100人との差－10.0％（±10％以内）
{UP}   | nagayo  80人  C 現状値100人との差－20.0％（±10％を超える）
{DOWN} | nagayo  220人 B 現状値200人との差＋10.0％（±10％以内）
{DOWN} | nagayo  230人 C 現状値200人との差＋15.0％（±10％を超える）
{NEW}  | nagayo  3人   A 実績３人 ＞ 起点０人
{NEW}  | nagayo  -3人  C 実績−3人 ＜ 起点０人
{SHARE}| nagayo  3人   − 比べる現状値の数値がないため
{UP}   | kitsuki 201人 A 実績201人 ＞ 目標値200人
{UP}   | kitsuki 200人 B 達成率100.0％（80％以上）
{UP}   | kitsuki 159人 C 達成率79.5％（80％未満）
{UP}   | tama    133人 ② 進捗率33.0％は年度の目安33.3％の99.0％（60％以上）
{KEPT} | tama    200人 ① 実績200人 ≥ 目標値200人
― → 10人以下 at_most | tama 0人 ① 実績０人 ＜ 目標値10人
-10人 → -5人 keep_at_least | linear -6人 × 実績−6人 ＜ 目標値−5人
"""


@pytest.mark.parametrize("case", REASONS.strip().splitlines())
def test_reasons(case):
    printed, found = case.split("|")
    baseline, _, target, kind = printed.split()
    name, written, mark, reason = found.split(maxsplit=3)
    judgement = judged(indicator(baseline, target, kind), 2019, written, scheme=SCHEMES[name])
    assert symbol(judgement) == mark
    assert describe_reason(judgement.reason) == reason


@pytest.mark.parametrize(
    ("before", "mark", "reason"),
    [
        ("99人", "◎", "実績100人 ＞ 前年度実績99人"),
        ("100人", "△", "前年度実績100人と同じ"),
        ("101人", "×", "実績100人 ＜ 前年度実績101人"),
    ],
)
def test_reasons_against_the_previous_year(before, mark, reason):
    row = indicator("―", "前年度実績から増加", "above_previous")
    judgement = judged(row, 2020, "100人", before=before)
    assert (symbol(judgement), describe_reason(judgement.reason)) == (mark, reason)


@pytest.mark.parametrize(
    ("ladder", "written", "mark", "reason"),
    [
        # one rung alone: every target is late, and the target is what it was held against
        ((Rung(Test.OTHERWISE, "late"),), "210人", "×", "実績210人 ＞ 目標値200人"),
        ((Rung(Test.OTHERWISE, "late"),), "200人", "×", "実績200人 ＝ 目標値200人"),
        # what is to be kept is expected whole at any time
        (
            (Rung(Test.OF_EXPECTED, "on_track", Fraction(9, 10)), Rung(Test.OTHERWISE, "late")),
            "180人",
            "○",
            "達成率90.0％（年度の目安100.0％の90％以上）",
        ),
        (
            (Rung(Test.OF_EXPECTED, "on_track", Fraction(9, 10)), Rung(Test.OTHERWISE, "late")),
            "179人",
            "×",
            "達成率89.5％（年度の目安100.0％の90％未満）",
        ),
        # more than the target can be asked for
        (
            (Rung(Test.OF_TARGET, "reached", Fraction(11, 10)), Rung(Test.OTHERWISE, "late")),
            "219人",
            "×",
            "達成率109.5％（110％未満）",
        ),
    ],
)
def test_reasons_on_ladders_of_a_reports_own(ladder, written, mark, reason):
    scheme = replace(LINEAR, keep=ladder)
    judgement = judged(indicator("226人", "200人", "keep_at_least"), 2019, written, scheme=scheme)
    assert (symbol(judgement), describe_reason(judgement.reason)) == (mark, reason)


@pytest.mark.parametrize("share", ["1", "11/10"])
def test_none_of_what_is_to_be_few_is_worth_more_than_any_rate(share):
    ladder = (Rung(Test.OF_TARGET, "on_track", Fraction(share)), Rung(Test.OTHERWISE, "late"))
    row = indicator("0人", "10人以下", "at_most")
    for written in ("0人", "-1人"):  # 10 ÷ 0 is no rate
        assert symbol(judged(row, 2019, written, scheme=replace(LINEAR, keep=ladder))) == "○"


def test_progress_comes_before_achievement():
    both = judged(indicator("100人", "200人", "at_least"), 2019, "150人")
    assert (both.rate, both.achievement_rate) == (Fraction(1, 2), Fraction(3, 4))
    one = judged(indicator("226人", "200人", "keep_at_least"), 2019, "190人")
    assert one.rate == Fraction(95, 100)
    assert judged(indicator("226人", "200人", "keep_at_least"), 2019, "―").rate is None
