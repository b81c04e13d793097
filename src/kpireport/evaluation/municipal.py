"""Schemes of municipalities that judge by bands or by comparison, as one table of data.

Comes in: nothing. Goes out: to :mod:`kpireport.evaluation.presets`. Each is a row: its
marks, best first, each with the lower end of its band, and what is measured. Words are
those that were published. Where boundaries, letters or the treatment of states, directions
and targets to hold were not, the nearest sense is taken, and ``source`` says so.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.bands import (
    Band,
    Measured,
    against_of,
    direction_of,
    keep_of,
    ladder_of,
    states_of,
)
from kpireport.evaluation.schemes import (
    Basis,
    Mark,
    MarkLevel,
    OfWhich,
    Rung,
    Scheme,
    Test,
    Versus,
)
from kpireport.evaluation.usual_marks import NOT_APPLICABLE, UNREPORTED
from kpireport.quickly import dataclass

_REACHED, _ON, _BEHIND, _LATE = (
    MarkLevel.REACHED,
    MarkLevel.ON_TRACK,
    MarkLevel.BEHIND,
    MarkLevel.LATE,
)
_NONE = MarkLevel.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Preset:
    """A scheme, and where it is from."""

    scheme: Scheme
    source: str


def _letters(*rows: tuple[str, str, MarkLevel]) -> tuple[Mark, ...]:
    """The marks of rows, with 対象外 unless they have their own, and 未報告."""
    marks = tuple(Mark(symbol.lower(), symbol, word, level) for symbol, word, level in rows)
    always = () if any(mark.level is _NONE for mark in marks) else (NOT_APPLICABLE,)
    return (*marks, *always, UNREPORTED)


def _scheme(
    name: str,
    title: str,
    marks: tuple[Mark, ...],
    approach: tuple[Rung, ...],
    measured: Measured = Measured.TARGET,
) -> Scheme:
    """A scheme with what follows from its marks and the ladder of targets to move to."""
    is_rate = measured in (Measured.TARGET, Measured.INTERIM)
    return Scheme(
        name,
        title,
        marks,
        approach,
        keep_of(approach, marks),
        direction_of(marks),
        states_of(marks),
        Basis.ACHIEVEMENT if is_rate else Basis.PROGRESS,
        against=against_of(measured),
    )


def _banded(
    name: str,
    title: str,
    measured: Measured,
    *rows: tuple[str, str, MarkLevel, int | None],
) -> Scheme:
    """A scheme of bands: symbol, word, level, and from how many per cent on."""
    marks = _letters(*((symbol, word, level) for symbol, word, level, _ in rows))
    unjudged = next(mark.key for mark in marks if mark.level is _NONE)
    bands = (
        Band(symbol.lower(), None if least is None else Fraction(least, 100))
        for symbol, _, _, least in rows
    )
    return _scheme(name, title, marks, ladder_of(measured, bands, unjudged), measured)


def _all_there(scheme: Scheme, mark: str) -> Scheme:
    """The scheme with the mark of 100％ for what no number is asked of, and is all there."""
    best, *others = scheme.direction
    states = {**scheme.states, ReportedState.DONE: mark}
    return replace(scheme, direction=(replace(best, mark=mark), *others), states=states)


def _percent(number: int) -> Fraction:
    return Fraction(number, 100)


_FUJI = _banded(
    "fuji",
    "中間目標値に対する達成率による評価",
    Measured.INTERIM,
    ("A", "80％以上", _ON, 80),
    ("B", "50％以上80％未満", _BEHIND, 50),
    ("C", "20％以上50％未満", _LATE, 20),
    ("D", "20％未満", _LATE, None),
)

_FUJI = replace(
    _FUJI, of_which=(OfWhich("うち100％以上", "a", Rung(Test.OF_TARGET, "a", _percent(100))),)
)

_FUKUOKA_MARKS = _letters(
    ("a", "目標値に向けて順調", _ON), ("b", "改善または現状維持", _BEHIND), ("c", "悪化", _LATE)
)
_FUKUOKA = _scheme(
    "fukuoka",
    "目標値に向けたペースと、現状値からの変化による評価",
    _FUKUOKA_MARKS,
    (
        Rung(Test.UNCOMPARED, NOT_APPLICABLE.key),
        Rung(Test.OF_EXPECTED, "a"),
        Rung(Test.BEYOND, "b"),
        Rung(Test.EQUAL, "b"),
        Rung(Test.OTHERWISE, "c"),
    ),
    Measured.EXPECTED,
)
_UNCHANGED = Rung(Test.WITHIN_POINTS, "b", _percent(3), is_strict=True)
_FUKUOKA_SURVEY = replace(
    _scheme(
        "fukuoka_survey",
        "目標値に向けたペースと、現状値からの変化による評価（調査の指標）",
        _FUKUOKA_MARKS,
        (
            Rung(Test.UNCOMPARED, NOT_APPLICABLE.key),
            _UNCHANGED,
            Rung(Test.OF_EXPECTED, "a"),
            Rung(Test.BEYOND, "b"),
            Rung(Test.OTHERWISE, "c"),
        ),
        Measured.EXPECTED,
    ),
    direction=(_UNCHANGED, Rung(Test.BEYOND, "a"), Rung(Test.OTHERWISE, "c")),
)

_SANO = _banded(
    "sano",
    "目標値に対する達成率による7段階の評価",
    Measured.INTERIM,
    ("7", "達成率120％以上", _REACHED, 120),
    ("6", "達成率100％以上", _REACHED, 100),
    ("5", "達成率80％以上", _ON, 80),
    ("4", "達成率60％以上", _BEHIND, 60),
    ("3", "達成率40％以上", _BEHIND, 40),
    ("2", "達成率20％以上", _LATE, 20),
    ("1", "達成率20％未満", _LATE, None),
)
_SANO = _all_there(_SANO, "6")

_TAKAMATSU = _banded(
    "takamatsu",
    "目標値に対する達成率による評価",
    Measured.INTERIM,
    ("A", "100％以上", _REACHED, 100),
    ("B", "80％以上100％未満", _ON, 80),
    ("C", "50％以上80％未満", _BEHIND, 50),
    ("D", "50％未満", _LATE, None),
)
_TAKAMATSU_90 = _banded(
    "takamatsu_90",
    "目標値に対する達成率による評価",
    Measured.INTERIM,
    ("A", "100％以上", _REACHED, 100),
    ("B", "90％以上100％未満", _ON, 90),
    ("C", "80％以上90％未満", _BEHIND, 80),
    ("D", "80％未満", _LATE, None),
)

_NANTO = _banded(
    "nanto",
    "進捗率20％ごとの評価",
    Measured.PROGRESS,
    ("A", "100％以上", _REACHED, 100),
    ("B", "80％以上100％未満", _ON, 80),
    ("C", "60％以上80％未満", _ON, 60),
    ("D", "40％以上60％未満", _BEHIND, 40),
    ("E", "20％以上40％未満", _LATE, 20),
    ("F", "20％未満", _LATE, None),
)

_KAMA = _banded(
    "kama",
    "目標値に対する達成度による評価",
    Measured.TARGET,
    ("A", "十分に達成できている", _REACHED, 100),
    ("B", "まあまあ達成できている", _ON, 70),
    ("C", "あまり達成できていない", _BEHIND, 40),
    ("D", "ほとんど達成できていない", _LATE, None),
)
_TREND = _scheme(
    "trend",
    "前年度からの動きによる評価",
    _letters(("↗", "改善", _ON), ("→", "横ばい", _BEHIND), ("↘", "悪化", _LATE)),
    (
        Rung(Test.UNCOMPARED, NOT_APPLICABLE.key, versus=Versus.PREVIOUS),
        Rung(Test.BEYOND, "↗", versus=Versus.PREVIOUS),
        Rung(Test.EQUAL, "→", versus=Versus.PREVIOUS),
        Rung(Test.OTHERWISE, "↘"),
    ),
    Measured.PREVIOUS,
)
_TREND = replace(_TREND, keep=_TREND.approach, direction=_TREND.approach)

_AKIRUNO = replace(
    _scheme(
        "akiruno",
        "計画どおりの進み方に対する評価",
        _letters(
            ("F", "事業完了", _REACHED),
            ("S", "目標値以上", _ON),
            ("A", "目標値どおり", _ON),
            ("B", "要改善", _BEHIND),
            ("C", "要大幅改善", _LATE),
            ("X", "未着手", _LATE),
            ("Y", "中止", _NONE),
            ("Z", "評価困難", _NONE),
        ),
        (
            Rung(Test.PASSED, "s"),
            Rung(Test.OF_EXPECTED, "s", _percent(100), is_strict=True),
            Rung(Test.OF_EXPECTED, "a", _percent(100)),
            Rung(Test.OF_EXPECTED, "b", _percent(50)),
            Rung(Test.OTHERWISE, "c"),
        ),
        Measured.EXPECTED,
    ),
    against=against_of(Measured.INTERIM),
    direction=(Rung(Test.BEYOND, "s"), Rung(Test.EQUAL, "b"), Rung(Test.OTHERWISE, "c")),
    states={
        ReportedState.NOT_STARTED: "x",
        ReportedState.PREPARING: "b",
        ReportedState.UNDERWAY: "a",
        ReportedState.DONE: "f",
    },
)

_SHIMOTSUKE = replace(
    _banded(
        "shimotsuke",
        "計画に対する進み方による5段階の評価",
        Measured.EXPECTED,
        ("A", "計画を大きく上回る", _ON, 120),
        ("B", "計画を上回る", _ON, 110),
        ("C", "計画どおり", _ON, 90),
        ("D", "計画を下回る", _BEHIND, 70),
        ("E", "計画を大きく下回る", _LATE, None),
    ),
    against=against_of(Measured.INTERIM),
)
_SHIMOTSUKE = _all_there(_SHIMOTSUKE, "c")

_HEALTH_MARKS = _letters(
    ("A", "目標値に達した", _REACHED),
    ("B", "改善傾向にある", _ON),
    ("C", "変わらない", _BEHIND),
    ("D", "悪化している", _LATE),
    ("E", "評価困難", _NONE),
)
_HEALTH = _scheme(
    "health",
    "目標値と、現状値からの変化による評価",
    _HEALTH_MARKS,
    (
        Rung(Test.REACHED, "a"),
        Rung(Test.UNCOMPARED, "e"),
        Rung(Test.CHANGED, "b", _percent(5)),
        Rung(Test.CHANGED, "c", _percent(-5), is_strict=True),
        Rung(Test.OTHERWISE, "d"),
    ),
    Measured.BASELINE,
)
_HEALTH = replace(_HEALTH, keep=_HEALTH.approach, direction=_HEALTH.direction)

_FUKUI = _scheme(
    "fukui",
    "目標値と、現状値からの変化による評価",
    _letters(
        ("A-1", "目標を達成", _REACHED),
        ("A-2", "目標に向けて順調に改善", _ON),
        ("A-3", "改善しているが目標達成には不十分", _BEHIND),
        ("B", "変わらない", _BEHIND),
        ("C", "悪化している", _LATE),
        ("D", "評価困難", _NONE),
    ),
    (
        Rung(Test.REACHED, "a-1"),
        Rung(Test.UNCOMPARED, "d"),
        Rung(Test.WORSE, "c"),
        Rung(Test.EQUAL, "b"),
        Rung(Test.OF_EXPECTED, "a-2"),
        Rung(Test.OTHERWISE, "a-3"),
    ),
    Measured.BASELINE,
)
_FUKUI = replace(
    _FUKUI,
    direction=(Rung(Test.BEYOND, "a-1"), Rung(Test.EQUAL, "b"), Rung(Test.OTHERWISE, "c")),
)

_TAGAWA = _scheme(
    "tagawa",
    "目標値に向けた伸びによる評価",
    _letters(
        ("A", "順調に値が伸びている", _ON),
        ("B", "遅れはあるが、値は伸びている", _BEHIND),
        ("C", "値が伸びていない、又は悪化した", _LATE),
    ),
    (
        Rung(Test.OF_EXPECTED, "a"),
        Rung(Test.ADVANCED, "b"),
        Rung(Test.OTHERWISE, "c"),
    ),
    Measured.PROGRESS,
)
# A value that stays where it was has not grown, however late that is.
_TAGAWA = replace(_TAGAWA, direction=(Rung(Test.BEYOND, "a"), Rung(Test.OTHERWISE, "c")))

_KAKAMIGAHARA = _scheme(
    "kakamigahara",
    "現状値からの推移による評価",
    _letters(("○", "順調に推移している", _ON), ("×", "順調に推移していない", _LATE)),
    (
        Rung(Test.REACHED, "○"),
        Rung(Test.UNCOMPARED, NOT_APPLICABLE.key),
        Rung(Test.BEYOND, "○"),
        Rung(Test.OTHERWISE, "×"),
    ),
    Measured.BASELINE,
)

_LETTERS = "The letters are ours: counts were published by band. "
_NEAREST = "Boundaries not published; nearest sense."

MUNICIPAL = (
    Preset(_FUJI, f"富士市 総合計画 前期基本計画の達成状況: by 中間目標値. {_LETTERS}"),
    Preset(_FUKUOKA, "福岡市 保健福祉総合計画の進捗評価: a, b, c."),
    Preset(
        _FUKUOKA_SURVEY, "福岡市 保健福祉総合計画の進捗評価: a survey's ±3 % (未満) is unchanged."
    ),
    Preset(_SANO, f"佐野市 施策評価: seven levels as points. {_NEAREST}"),
    Preset(_TAKAMATSU, f"高松市: bands 100, 80, 50. {_LETTERS}"),
    Preset(_TAKAMATSU_90, f"高松市, the year after: bands 100, 90, 80. {_LETTERS}"),
    Preset(_NANTO, f"南砺市: bands of 20 % of the way. {_LETTERS}"),
    Preset(_KAMA, f"嘉麻市 施策目標指標の進捗状況: 達成度, chosen by people. {_NEAREST}"),
    Preset(_TREND, "No municipality's: a second mark (方向性) that follows from values."),
    Preset(_AKIRUNO, f"あきる野市 総合計画の進捗管理: by the outcome foreseen. {_NEAREST}"),
    Preset(_SHIMOTSUKE, f"下野市: A to E, C as planned. {_NEAREST}"),
    Preset(replace(_SHIMOTSUKE, name="marugame"), f"丸亀市: A to E, C as planned. {_NEAREST}"),
    Preset(_HEALTH, "健康日本21（第二次）最終評価: B and D from a relative change of 5 % on."),
    Preset(_FUKUI, f"Health plans as 福井's: A-1, A-2, A-3, B, C, D. {_NEAREST}"),
    Preset(_TAGAWA, f"田川市 総合計画の進捗状況: A, B, C. {_NEAREST}"),
    Preset(_KAKAMIGAHARA, f"各務原市 指標の達成状況: counted by 客観・主観. {_NEAREST}"),
)
"""The table, in the order in which they are listed."""
