"""The alternative text: every number, and the finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpireport.document.charts import LimitKind, chart_texts, describe_chart
from tests.writers.charts.samples import BARS, LINE_CHARTS, SHARES, line_chart


@pytest.mark.parametrize(
    ("values", "limit", "kind", "finding"),
    [
        ("6 7 8", "8", LimitKind.AT_LEAST, "目標8校に令和２年度に達した。"),
        ("6 8 8", "8", LimitKind.AT_LEAST, "目標8校に令和元年度に達した。"),
        ("6 8 7 9", "8", LimitKind.AT_LEAST, "目標8校に令和３年度に再び達した。"),
        ("9 9 7 8", "8", LimitKind.AT_LEAST, "目標8校に令和３年度に再び達した。"),
        ("― ― 9", "8", LimitKind.AT_LEAST, "目標8校に令和２年度に達した。"),
        ("― 20", "21", LimitKind.AT_MOST, "目標21校以下を満たしている。"),
        ("20 22 21", "21", LimitKind.AT_MOST, "令和２年度から再び目標21校以下を満たしている。"),
        ("6 8 7", "8", LimitKind.AT_LEAST, "令和２年度は目標8校に達していない。"),
        ("9 9", "8", LimitKind.AT_LEAST, "目標8校を満たしている。"),
        ("6 7 ―", "8", LimitKind.AT_LEAST, "令和元年度は目標8校に達していない。"),
        ("20 22", "21", LimitKind.AT_MOST, "令和元年度は目標21校以下を満たしていない。"),
        ("23 22 21", "21", LimitKind.AT_MOST, "令和２年度から目標21校以下を満たしている。"),
        ("5 6", "5", LimitKind.ABOVE, "令和元年度は現状値を上回り、めざす増加の方向。"),
        ("5 4", "5", LimitKind.ABOVE, "令和元年度は現状値を下回り、めざす増加とは逆の方向。"),
        ("5 4", "5", LimitKind.BELOW, "令和元年度は現状値を下回り、めざす減少の方向。"),
        ("5 5", "5", LimitKind.BELOW, "令和元年度は現状値と同じ。"),
        ("5 ―", "5", LimitKind.ABOVE, "令和元年度は数値なし。"),
        ("5 6", "", LimitKind.AT_LEAST, "令和元年度は6校。"),
    ],
)
def test_the_finding_of_a_line(values, limit, kind, finding):
    assert describe_chart(line_chart(values, limit, kind)).endswith(finding)


@pytest.mark.parametrize("wanted", ["上昇", "増加"])
def test_the_way_that_is_asked_for_is_told_in_the_targets_own_word(wanted):
    chart = line_chart("5 6", "5", LimitKind.ABOVE)
    assert chart.limit is not None
    told = describe_chart(replace(chart, limit=replace(chart.limit, wanted=wanted)))
    assert told.endswith(f"令和元年度は現状値を上回り、めざす{wanted}の方向。")


def test_every_value_of_a_line_is_told():
    assert describe_chart(LINE_CHARTS["a gap"]) == (
        "ねりっこクラブの実施。平成30年度は226人、令和元年度は未報告、"
        "令和２年度は190人、令和３年度は210人。目標200人に令和３年度に再び達した。"
    )


def test_years_without_a_full_name_are_told_by_their_label():
    chart = LINE_CHARTS["one year"]
    bare = replace(chart, points=tuple(replace(point, spoken="") for point in chart.points))
    assert "H30は13校、R1は20校。" in describe_chart(bare)


def test_a_broken_title_is_told_in_one():
    assert "\n" not in describe_chart(LINE_CHARTS["long name"])


def test_every_count_of_the_bars_is_told():
    text = describe_chart(BARS)
    assert text.startswith(
        "評価別の指標数。Ⅰ 子どもたちの笑顔輝くまちは18指標（◎ 達成 5、○ 順調 6、"
    )
    assert "Ⅲ 安心を支える福祉と医療のまちは15指標（◎ 達成 4、○ 順調 5、△ やや遅れ 2、" in text
    assert "対象外 0" not in text
    assert text.endswith("… 未報告 3）。")


def test_texts_of_a_chart_are_all_that_it_shows():
    assert set(chart_texts(LINE_CHARTS["one year"])) == {
        *("ねりっこクラブの実施", "校", "H30", "13校", "R1", "20校", "目標 35校")
    }
    assert {"全体", "◎ 達成", "指標", "評価別の指標数"} <= set(chart_texts(BARS))


def test_shares_are_told_by_their_counts_the_whole_and_the_remark():
    text = describe_chart(SHARES)
    assert "令和３年度は96指標のうち◎ 達成 61、△ やや遅れ 21、× 遅れ 14（達成 63.5％）。" in text
    assert "達成 63.5％" in set(chart_texts(SHARES))


def test_a_bar_of_shares_without_any_is_told():
    none = replace(
        SHARES, series=tuple(replace(s, counts=(0, *s.counts[1:])) for s in SHARES.series)
    )
    assert "令和元年度は0指標（達成 11.1％）。" in describe_chart(none)
