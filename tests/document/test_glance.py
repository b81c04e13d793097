"""The result at a glance: sentences, bars of years and goals, what went well and what did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from kpireport.document.blocks import Contents, FigureGrid, PageBreak, Table
from kpireport.document.charts import StackedBarChart
from kpireport.reports import Report
from tests.documents import ROOT
from tests.review_reports import (
    FIGURES,
    PLAN,
    actuals_of,
    chapter,
    read_plan,
    shown,
    small_document,
    small_review,
)

FIRST, MIDDLE, LAST = 2020, 2021, 2022


def glance(year: int, **words: Any) -> list[str]:
    return shown(chapter(small_document(year, **words), "glance"))


def bars(year: int, scheme: str = "linear") -> list[StackedBarChart]:
    document = small_document(year, review=small_review(year, scheme))
    grids = [b for b in chapter(document, "glance") if isinstance(b, FigureGrid)]
    charts = [figure.chart for grid in grids for figure in grid.figures]
    return [chart for chart in charts if isinstance(chart, StackedBarChart)]


def points(year: int, **words: Any) -> list[str]:
    """The table of what went well and what did not."""
    table, *_ = tables(year, **words)
    return shown([table])


def tables(year: int, **words: Any) -> list[Table]:
    return [b for b in chapter(small_document(year, **words), "glance") if isinstance(b, Table)]


def test_it_is_the_first_page_after_the_cover_and_the_contents_follow():
    _, front, *_ = small_document(MIDDLE).sections
    assert shown(front.blocks)[0] == "# 令和３年度の結果"
    at = next(n for n, block in enumerate(front.blocks) if isinstance(block, PageBreak))
    assert not any(isinstance(block, Contents) for block in front.blocks[:at])
    assert front.blocks[-1] == Contents(2)


def test_the_years_sentences_in_two_paragraphs():
    assert glance(MIDDLE)[1:3] == [
        (
            "計画期間の２年目である令和３年度末に、13指標のうち評価した12指標では、６指標（50.0％）の評価が「達成」"
            "または「順調」でした（前年度は評価した11指標のうち２指標、18.2％）。「やや遅れ」「遅れ」は合わせて６指標"
            "（50.0％）です。このほか、「未報告」が１指標です。前年度と比べられる10指標のうち、"
            "評価の上がったものは５指標、下がったものは１指標、変わらないものは４指標です。"
            "評価のうち１指標は、理由を付けて修正したものです。"
        ),
        "数値目標１項目は令和６年度が目標年度で、現在、現状値を上回っています。",
    ]


def test_the_bars_of_the_years_so_far():
    for year, names in (
        (FIRST, ["令和２年度"]),
        (MIDDLE, ["令和２年度", "令和３年度"]),
        (LAST, ["令和２年度", "令和３年度", "令和４年度"]),
    ):
        years, _ = bars(year)
        assert list(years.bars) == names
        assert years.are_shares
        # reached: 1, 3 and 5 of the 11, 12 and 12 of 13 that were judged
        assert (
            list(years.remarks) == ["◎１（9.1％）", "◎３（25.0％）", "◎５（41.7％）"][: len(names)]
        )


def test_the_bars_of_the_goals_say_their_change():
    _, goals = bars(MIDDLE)
    assert goals.bars == ("Ⅰ　安心のまち", "Ⅱ　つながるまち")
    assert goals.remarks == ("◎１（前年度±０）", "◎２（前年度＋２）")
    assert bars(FIRST)[1].remarks == ("◎１", "◎０")
    _, last = bars(LAST)
    assert last.remarks == ("◎４（前年度＋３）", "◎１（前年度－１）")
    assert [sum(each.counts[0] for each in goals.series), sum(goals.series[0].counts)] == [8, 3]


def test_the_bars_name_the_scheme_s_mark_of_what_is_reached():
    assert {remark[0] for chart in bars(MIDDLE, "nagayo") for remark in chart.remarks} == {"S"}


def test_a_scheme_without_a_mark_of_what_is_reached_counts_its_best():
    """多摩市 has none for it: 着実に進んでいる is the best that there is."""
    years, goals = bars(MIDDLE, "tama")
    best = [sum(counts) for counts in zip(*(goals.series[0].counts,), strict=True)]
    assert [remark.split("（")[0] for remark in goals.remarks] == [
        f"①{'０１２３４５６７８９'[count]}" for count in best
    ]
    assert years.remarks[-1].startswith(f"①{'０１２３４５６７８９'[sum(best)]}（")


def test_without_indicators_there_are_no_bars():
    goals = [{**goal, "plans": []} for goal in PLAN["goals"]]
    review = small_review(
        FIRST, plan=read_plan({**PLAN, "goals": goals}), actuals=actuals_of(FIRST, {}, ())
    )
    lines = shown(chapter(small_document(FIRST, review=review), "glance"))
    assert lines[1] == (
        "計画期間の初年度である令和２年度末について、２つの基本目標の、１つの数値目標の実績を"
        "取りまとめました。"
    )
    assert not any(line.startswith("図") for line in lines)


# --- results and problems --------------------------------------------------------


def test_in_the_first_year_what_was_reached_and_what_is_furthest_behind():
    head, row = points(FIRST)
    assert head == "= 評価が「◎ 達成」の指標 | 遅れの大きい指標"
    review = small_review(FIRST)
    reached, late = (side.split(" / ") for side in row.split(" | "))
    assert reached == ["・ 「認定率（年度末）」"]
    assert len(late) == len(review.summary.late)
    assert late[0].startswith(f"・ 「{review.names[review.summary.late[0].measure_id]}」　× 遅れ（")


def test_of_many_the_first_and_how_many_more_there_are():
    report = Report.open(ROOT / "reports" / "2019")
    assert report.review is not None
    _, row = points(2019, review=report.review)
    reached, late = (side.split(" / ") for side in row.split(" | "))
    assert len(reached) == 13
    assert len(late) == 9
    assert late[-1] == f"・ ほか{len(report.review.summary.late) - 8}件"


def test_the_greatest_changes_of_mark_unless_staff_say_others():
    assert points(MIDDLE) == [
        "= 評価が上がった主な指標 | 評価が下がった主な指標",
        (
            "・ 「相談件数」　△ やや遅れ → ◎ 達成（6,402件 → 6,500件）"
            " / ・ 「病床の確保　東病院」　× 遅れ → ○ 順調（342床 → 342床）"
            " / ・ 「病床の確保　西病院」　× 遅れ → △ やや遅れ（390床 → 445床）"
            " | ・ 「就労者数」　△ やや遅れ → × 遅れ（年間190人 → 年間179人）"
        ),
    ]


RESULTS = ("待機児童を解消しました。", "病床を増やしました。", "相談が増えました。")


@pytest.mark.parametrize(
    ("words", "heads", "left"),
    [
        ({"results": RESULTS}, "主な成果 | 評価が下がった主な指標", " / ".join(RESULTS)),
        ({"results": RESULTS[:1]}, "主な成果 | 評価が下がった主な指標", RESULTS[0]),
        (
            {"results": (*RESULTS, "四つ目。")},
            "主な成果 | 評価が下がった主な指標",
            " / ".join(RESULTS),
        ),
        ({"results": RESULTS[:1], "problems": ("土地。",)}, "主な成果 | 主な課題", RESULTS[0]),
    ],
)
def test_what_staff_name_in_its_place(words: dict[str, Sequence[str]], heads: str, left: str):
    head, row = points(MIDDLE, **words)
    assert head == f"= {heads}"
    assert row.split(" | ")[0].replace("・ ", "") == left


@pytest.mark.parametrize("words", [{}, {"problems": ("土地。",)}])
def test_below_the_changes_the_worst_whatever_staff_name(words: dict[str, Sequence[str]]):
    _, worst = tables(MIDDLE, **words)
    review = small_review(MIDDLE)
    first = review.summary.late[0]
    head, row = shown([worst])
    assert head == "= 遅れの大きい指標"
    assert row.startswith(f"・ 「{review.names[first.measure_id]}」　× 遅れ（")
    assert row.endswith(review.numbers(f"・ ほか{len(review.summary.late) - 3}件"))


def test_what_staff_name_in_the_first_year_too():
    head, row = points(FIRST, problems=("土地がない。",))
    assert head == "= 評価が「◎ 達成」の指標 | 主な課題"
    assert row.endswith(" | ・ 土地がない。")


def test_at_most_three_of_either_kind():
    figures: Mapping[str, Sequence[str]] = {
        **FIGURES,
        "share": ("97.0％", "100％"),
        "two": ("160所", "181所"),
        "most": ("25％", "20％"),
        "keep": ("年間100人", "年間200人"),
    }
    review = small_review(MIDDLE, actuals=actuals_of(MIDDLE, figures, ()))
    assert len(review.summary.changed.up) > 3
    _, row = points(MIDDLE, review=review)
    assert row.split(" | ")[0].count("・ ") == 3
