"""The schemes that a report can name (評価の基準): the default, and municipalities'.

Each is data; those that judge by bands are rows of one table
(:mod:`kpireport.evaluation.municipal`). The municipalities' words and boundaries are those
that they published; where they published nothing (states, directions, targets to hold), the
nearest of their own marks is taken, and the preset's comment says so.
"""

from __future__ import annotations

from fractions import Fraction

from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.municipal import MUNICIPAL
from kpireport.evaluation.schemes import Mark, MarkLevel, Rung, Scheme, Test
from kpireport.evaluation.usual_marks import NOT_APPLICABLE, UNREPORTED


def _states(*keys: str) -> dict[ReportedState, str]:
    """The marks of the states, from 未着手 to 達成 in the order of :class:`ReportedState`."""
    return dict(zip(ReportedState, keys, strict=True))


LINEAR = Scheme(
    name="linear",
    title="年度の目安に対する進捗による評価",
    marks=(
        Mark("reached", "◎", "達成", MarkLevel.REACHED),
        Mark("on_track", "○", "順調", MarkLevel.ON_TRACK),
        Mark("behind", "△", "やや遅れ", MarkLevel.BEHIND),
        Mark("late", "×", "遅れ", MarkLevel.LATE),
        NOT_APPLICABLE,
        UNREPORTED,
    ),
    approach=(
        Rung(Test.REACHED, "reached"),
        Rung(Test.WORSE, "late"),
        Rung(Test.OF_EXPECTED, "on_track", Fraction(1)),
        Rung(Test.OF_EXPECTED, "behind", Fraction(60, 100)),
        Rung(Test.OTHERWISE, "late"),
    ),
    keep=(
        Rung(Test.REACHED, "reached"),
        Rung(Test.OF_TARGET, "behind", Fraction(90, 100)),
        Rung(Test.OTHERWISE, "late"),
    ),
    direction=(
        Rung(Test.BEYOND, "reached"),
        Rung(Test.EQUAL, "behind"),
        Rung(Test.OTHERWISE, "late"),
    ),
    states=_states("late", "behind", "on_track", "reached"),
)
"""The default: the pace of an even course from the baseline to the target."""

TAMA = Scheme(
    name="tama",
    title="年度ごとの割合に対する達成度による評価",
    marks=(
        Mark("steady", "①", "着実に進んでいる", MarkLevel.ON_TRACK),
        Mark("fair", "②", "概ね進んでいる", MarkLevel.BEHIND),
        Mark("improve", "③", "改善や工夫が必要", MarkLevel.LATE),
        NOT_APPLICABLE,
        UNREPORTED,
    ),
    approach=(
        Rung(Test.OF_EXPECTED, "steady", Fraction(1)),
        Rung(Test.OF_EXPECTED, "fair", Fraction(60, 100)),
        Rung(Test.OTHERWISE, "improve"),
    ),
    # Published for a share of the target only: what is to be held is due at any time.
    keep=(
        Rung(Test.REACHED, "steady"),
        Rung(Test.OF_TARGET, "fair", Fraction(60, 100)),
        Rung(Test.OTHERWISE, "improve"),
    ),
    direction=(
        Rung(Test.BEYOND, "steady"),
        Rung(Test.EQUAL, "fair"),
        Rung(Test.OTHERWISE, "improve"),
    ),
    states=_states("improve", "fair", "steady", "steady"),
)
"""Tama City (多摩市): by the year's share of the way, a fifth more each of five years.

Source: 多摩市まち・ひと・しごと創生総合戦略の評価方法（案）, 資料6: 100％以上, 60％以上
100％未満, 60％未満 of the year's share (20 ％ in the first year, 40 ％ in the second …).
"""

INO = Scheme(
    name="ino",
    title="目標値との比較による評価",
    marks=(
        Mark("above", "◎", "目標値以上", MarkLevel.REACHED),
        Mark("equal", "○", "目標値と同等", MarkLevel.ON_TRACK),
        Mark("below", "△", "目標値未達成", MarkLevel.BEHIND),
        Mark("none", "×", "進捗なし・事業終了", MarkLevel.LATE),
        NOT_APPLICABLE,
        UNREPORTED,
    ),
    approach=(
        Rung(Test.PASSED, "above"),
        Rung(Test.REACHED, "equal"),
        Rung(Test.ADVANCED, "below"),
        Rung(Test.OTHERWISE, "none"),
    ),
    keep=(
        Rung(Test.PASSED, "above"),
        Rung(Test.REACHED, "equal"),
        Rung(Test.OTHERWISE, "below"),
    ),
    # Not published: beyond the baseline is what such a target asks and more.
    direction=(
        Rung(Test.BEYOND, "above"),
        Rung(Test.OTHERWISE, "none"),
    ),
    # A project that has ended is not to be seen in figures: a person sets its mark.
    states=_states("none", "below", "below", "equal"),
)
"""Ino Town (いの町): four marks against the target.

Source: いの町まち・ひと・しごと創生総合戦略の効果検証について (fiscal 2017):
目標値以上を◎、目標値と同等を○、目標値未満を△、進捗なしあるいは事業終了を×.
"""

_NAGAYO_FIGURES = (
    Rung(Test.PASSED, "passed"),
    Rung(Test.UNCOMPARED, "unknown"),
    Rung(Test.BEYOND, "above"),
    Rung(Test.WITHIN, "same", Fraction(10, 100)),
    Rung(Test.OTHERWISE, "below"),
)
NAGAYO = Scheme(
    name="nagayo",
    title="目標値と現状値（基準値）との比較による評価",
    marks=(
        Mark("passed", "S", "目標値を超えている", MarkLevel.REACHED),
        Mark("above", "A", "現状値を超えている", MarkLevel.ON_TRACK),
        Mark("same", "B", "現状値と同水準", MarkLevel.BEHIND),
        Mark("below", "C", "現状値より下落", MarkLevel.LATE),
        Mark("unknown", "−", "評価できない", MarkLevel.NOT_APPLICABLE),
        UNREPORTED,
    ),
    approach=_NAGAYO_FIGURES,
    keep=_NAGAYO_FIGURES,
    # To be beyond the baseline is all that such a target asks.
    direction=(
        Rung(Test.BEYOND, "passed"),
        Rung(Test.WITHIN, "same", Fraction(10, 100)),
        Rung(Test.OTHERWISE, "below"),
    ),
    # Not published: the town judges figures alone in this way.
    states=_states("below", "same", "above", "passed"),
)
"""Nagayo Town (長与町): against the target, and else against the baseline.

Source: 長与町 施策評価の概要 (fiscal 2019), 数値目標評価: S 目標値を超えている, A 基準値を
超えている, B 基準値と同水準である（△10%以内）, C 基準値より下落している, − 把握できない等の理由に
より評価できない.
"""

_KITSUKI_FIGURES = (
    Rung(Test.PASSED, "good"),
    Rung(Test.OF_TARGET, "fair", Fraction(80, 100)),
    Rung(Test.OTHERWISE, "improve"),
)
KITSUKI = Scheme(
    name="kitsuki",
    title="目標値に対する達成率による評価",
    marks=(
        Mark("good", "A", "目標を上回る", MarkLevel.REACHED),
        Mark("fair", "B", "目標をおおむね達成", MarkLevel.ON_TRACK),
        Mark("improve", "C", "改善や工夫が必要", MarkLevel.BEHIND),
        Mark("watch", "D", "注視を継続", MarkLevel.LATE),
        NOT_APPLICABLE,
        UNREPORTED,
    ),
    approach=_KITSUKI_FIGURES,
    keep=_KITSUKI_FIGURES,
    direction=(
        Rung(Test.BEYOND, "good"),
        Rung(Test.EQUAL, "fair"),
        Rung(Test.OTHERWISE, "improve"),
    ),
    # D is for what outer causes keep from starting in earnest: no figure tells that, a
    # state does; for figures a person sets it.
    states=_states("watch", "improve", "fair", "good"),
)
"""Kitsuki City (杵築市): by achievement of the target.

Source: 第2期まち・ひと・しごと創生総合戦略期末評価について (2025), 評価基準: A 目標を上回る効果,
B 目標を80%以上達成, C 改善や工夫が必要, D 本格着手が可能になるまで注視を継続.
"""

_ALL = (LINEAR, TAMA, INO, NAGAYO, KITSUKI, *(each.scheme for each in MUNICIPAL))
SCHEMES = {scheme.name: scheme for scheme in _ALL}
"""The ways of judging, by the names that settings use (``scheme = "tama"``)."""
