"""Charts of every kind that a review has, and of kinds that it should never have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from kpireport.document.charts import (
    BarSeries,
    Chart,
    ChartLimit,
    ChartPoint,
    LimitKind,
    LimitStep,
    LineChart,
    StackedBarChart,
)

MILLIMETRE = 72 / 25.4
SMALL = (54 * MILLIMETRE, 38 * MILLIMETRE)
WIDE = (170 * MILLIMETRE, 50 * MILLIMETRE)
BARS_SIZE = (170 * MILLIMETRE, 75 * MILLIMETRE)

YEARS = ("H30", "R1", "R2", "R3", "R4", "R5")
SPOKEN = ("平成30年度", "令和元年度", "令和２年度", "令和３年度", "令和４年度", "令和５年度")


def line_chart(
    values: str,
    limit: str = "",
    kind: LimitKind = LimitKind.AT_LEAST,
    *,
    title: str = "ねりっこクラブの実施",
    unit: str = "校",
    is_count: bool = True,
) -> LineChart:
    """Return a chart of ``values``, separated by blanks; what is no number is a gap."""
    points = tuple(
        _point(label, text, unit, spoken)
        for label, text, spoken in zip(YEARS, values.split(), SPOKEN, strict=False)
    )
    return LineChart(title, unit, points, _limit(limit, kind, unit) if limit else None, is_count)


def _point(label: str, text: str, unit: str, spoken: str) -> ChartPoint:
    if not text.lstrip("-").replace(".", "").isdecimal():
        return ChartPoint(label, None, text, spoken)
    value = Decimal(text)
    return ChartPoint(label, value, f"{value:,}{unit}", spoken)


def _limit(text: str, kind: LimitKind, unit: str) -> ChartLimit:
    value = Decimal(text)
    match kind:
        case LimitKind.AT_LEAST:
            return ChartLimit(value, f"目標 {value:,}{unit}", kind)
        case LimitKind.AT_MOST:
            return ChartLimit(value, f"目標 {value:,}{unit}以下", kind)
        case _:
            return ChartLimit(value, "現状値", kind)


def stepped(chart: LineChart, *steps: tuple[int, int, str]) -> LineChart:
    """The chart with what its target was before: from and to which point, and how much."""
    limit = chart.limit
    assert limit is not None
    earlier = []
    for first, last, text in steps:
        was = _limit(text, limit.kind, chart.unit)
        earlier.append(LimitStep(was.value, was.label, first, last))
    following = earlier[-1].last + 1
    return replace(chart, limit=replace(limit, first=following, earlier=tuple(earlier)))


MILLIONS = "1147154 1163200 1181000 980500 1205000 1301234"
LONG = "地域で活動する団体が参加するイベントの年間延べ参加者数"
LONGER = (
    "ICTを活用して指導できる教員の割合\n"
    "（文部科学省「学校における教育の情報化の実態等に関する調査」により測定）"
)

LINE_CHARTS = {
    "one point": line_chart("13", "35"),
    "one year": line_chart("13 20", "35"),
    "two years": line_chart("13 20 28", "35"),
    "three years": line_chart("13 20 28 36", "35"),
    "five years": line_chart("13 20 28 33 36 38", "35"),
    "aims": replace(line_chart("13 18 26 28", "35"), aims=(None, Decimal(20), None, Decimal(30))),
    "many aims": replace(
        line_chart("13 20 28 33 36 38", "45"),
        aims=(None, *map(Decimal, (20, 25, 30, 36, 40))),
    ),
    **{
        f"millions, {count} points": line_chart(
            " ".join(MILLIONS.split()[:count]), "1300000", title=LONG, unit="人"
        )
        for count in range(1, 7)
    },
    "cut millions": line_chart(
        "1147154 1152000 1149800 1160020 1155111 1158000", "1150000", unit="人"
    ),
    "billions": line_chart("1234567890 1334567890 1434567890 1534567890", "1500000000", unit="円"),
    "near 100 %": line_chart("99.9 99.8 99.9 100", "100", unit="％", is_count=False),
    "at most": line_chart(
        "20.5 20.9 21.6 22.0", "21.9", LimitKind.AT_MOST, unit="％", is_count=False
    ),
    "long name": line_chart("80.4 78.0 80.2 81.1", "80", title=LONGER, unit="％", is_count=False),
    "above": line_chart("6402 6402 6500 6610", "6402", LimitKind.ABOVE, unit="件"),
    "below": line_chart("494 490 505 481", "494", LimitKind.BELOW, unit="g"),
    "all equal": line_chart("5 5 5 5", "5"),
    "all zero": line_chart("0 0 0 0"),
    "none yet": line_chart("― 3 5 8", "8", unit="か所"),
    "a gap": line_chart("226 未報告 190 210", "200", unit="人"),
    "gaps": line_chart("1147154 ― 1181000 ― 1205000 1301234", "1300000", unit="人"),
    "tiny": line_chart("0.02 0.03 0.05 0.04", "0.03", LimitKind.AT_MOST, unit="％", is_count=False),
    "negative": line_chart("-120 -80 30 55", "0", unit="人"),
    "all negative": line_chart("-120 -80 -95 -60", unit="人"),
    "no limit": line_chart("342 342 400 457"),
    "zigzag": line_chart("10 90 12 88 15 92", "50", unit="件"),
    "long unit": line_chart("281 285 283 290", "300", unit="人（10万人あたり）", is_count=False),
    "raised target": stepped(line_chart("13 20 28 36", "40"), (0, 2, "35")),
    "lowered target": stepped(line_chart("13 20 28 36", "30"), (0, 1, "35")),
    "raised twice": stepped(line_chart("13 20 28 33 36 38", "50"), (0, 1, "35"), (2, 3, "40")),
    "raised each year": stepped(
        line_chart("1.3 2.0 2.8 3.6", "4.0", unit="％", is_count=False),
        *((0, 0, "2.5"), (1, 1, "3.0"), (2, 2, "3.5")),
    ),
    "stricter": stepped(
        line_chart("20.5 20.9 21.6 22.0", "20.9", LimitKind.AT_MOST, unit="％", is_count=False),
        (0, 1, "21.9"),
    ),
    "measured anew": stepped(
        line_chart("6402 6402 6500 6610", "6500", LimitKind.ABOVE, unit="件"), (0, 2, "6402")
    ),
    "of another kind between": replace(
        line_chart("13 20 28 36", "40"),
        limit=ChartLimit(
            Decimal(40),
            "目標 40校",
            LimitKind.AT_LEAST,
            first=3,
            earlier=(LimitStep(Decimal(35), "目標 35校", 0, 1),),
        ),
    ),
    "far target": line_chart("3 4 5 6", "100", unit="人"),
}

BARS = StackedBarChart(
    "評価別の指標数",
    "指標",
    (
        "Ⅰ 子どもたちの笑顔輝くまち",
        "Ⅱ 高齢者が住みなれた地域で暮らせるまち",
        "Ⅲ 安心を支える福祉と医療のまち",
        "全体",
    ),
    (
        BarSeries("◎ 達成", (5, 3, 4, 12)),
        BarSeries("○ 順調", (6, 4, 5, 15)),
        BarSeries("△ やや遅れ", (3, 2, 2, 7)),
        BarSeries("× 遅れ", (2, 1, 3, 6)),
        BarSeries("― 対象外", (1, 2, 0, 3)),
        BarSeries("… 未報告", (1, 1, 1, 3)),
    ),
)
SHARES = StackedBarChart(
    "評価別の指標数",
    "指標",
    ("令和元年度", "令和２年度", "令和３年度"),
    (
        BarSeries("◎ 達成", (10, 19, 61)),
        BarSeries("△ やや遅れ", (30, 31, 21)),
        BarSeries("× 遅れ", (50, 46, 14)),
    ),
    are_shares=True,
    remarks=("達成 11.1％", "達成 19.8％", "達成 63.5％"),
)


# --- random charts ----------------------------------------------------------------

_WORDS = st.text(st.sampled_from([*"区民の意識（％）「」、=+-@<>&'A1 "]), min_size=1, max_size=60)
_VALUES = st.decimals(-(10**9), 10**9, places=2)


@st.composite
def _random_lines(draw: st.DrawFn) -> LineChart:
    values = draw(st.lists(st.none() | _VALUES, max_size=5))
    values.insert(draw(st.integers(0, len(values))), draw(_VALUES))  # one number at least
    points = tuple(
        ChartPoint(label, value, "" if value is None else f"{value:,}", spoken)
        for label, value, spoken in zip(YEARS, values, SPOKEN, strict=False)
    )
    kind = draw(st.sampled_from(LimitKind))
    limit = ChartLimit(draw(_VALUES), draw(_WORDS), kind) if draw(st.booleans()) else None
    if limit is not None and len(points) > 1 and draw(st.booleans()):
        last = draw(st.integers(0, len(points) - 2))
        first = draw(st.integers(last + 1, len(points) - 1))
        step = LimitStep(draw(_VALUES), draw(_WORDS), draw(st.integers(0, last)), last)
        limit = replace(limit, first=first, earlier=(step,))
    return LineChart(draw(_WORDS), draw(_WORDS), points, limit, draw(st.booleans()))


@st.composite
def _random_bars(draw: st.DrawFn) -> StackedBarChart:
    bars = draw(st.lists(_WORDS, min_size=1, max_size=6))
    counts = st.tuples(*[st.integers(0, 99)] * len(bars))
    series = draw(st.lists(st.builds(BarSeries, _WORDS, counts), min_size=1, max_size=9))
    return StackedBarChart(draw(_WORDS), draw(_WORDS), tuple(bars), tuple(series))


def charts() -> st.SearchStrategy[Chart]:
    """Charts of both kinds with any numbers and texts, gaps among them."""
    return st.one_of(_random_lines(), _random_bars())
