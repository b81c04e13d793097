"""The sample reviews are built to the same bytes anywhere, and say what is expected of them."""

from __future__ import annotations

from collections import Counter

import pytest

from kpireport.document.blocks import (
    Block,
    FigureGrid,
    Heading,
    Paragraph,
    Table,
    TableStyle,
    TextStyle,
)
from kpireport.document.charts import LineChart
from tests.review_reports import (
    SAMPLE_NOTICE,
    SAMPLE_YEARS,
    built_samples,
    chapter,
    pages_of,
    part,
    sample_document,
    shown,
)

YEARS = pytest.mark.parametrize("year", SAMPLE_YEARS)
NAMES = {f"review-{year}.{extension}" for year in SAMPLE_YEARS for extension in ("docx", "pdf")}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_two_processes_in_two_places_make_the_same_bytes(name: str) -> None:
    """With other time zones, locales, hash seeds, folders, and ways to name them."""
    one, other = built_samples()
    assert one.keys() == other.keys() == NAMES
    assert one[name] == other[name]
    assert len(one[name]) > 100_000


@YEARS
def test_every_page_is_of_a_section_that_says_it_is_a_sample(year: int) -> None:
    assert {section.notices for section in pages_of(sample_document(year))} == {(SAMPLE_NOTICE,)}
    assert SAMPLE_NOTICE in shown(sample_document(year).sections[0].blocks)


@YEARS
def test_the_plan_is_reported_whole(year: int) -> None:
    """Six goals, 21 strategic plans, 17 numeric targets, 96 indicators."""
    blocks = list(sample_document(year).blocks())
    listed = part(blocks, "appendix-1")
    assert len(shown(listed)) == 1 + 17 + 96
    goals = [b for b in blocks if isinstance(b, Heading) and b.id.startswith("goal-g")]
    assert [goal.text for goal in goals if goal.level == 1] == list("ⅠⅡⅢⅣⅤⅥ")
    assert sum(isinstance(b, Heading) and b.id.startswith("plan-") for b in blocks) == 21
    assert "６つの基本目標と21の戦略計画に掲げた、96の指標および17の数値目標です。" in "".join(
        shown(chapter(sample_document(year), "introduction"))
    )


@YEARS
def test_the_counts_are_those_of_the_marks_in_the_tables(year: int) -> None:
    """The sums of 総括 against the marks counted in the goals' tables themselves."""
    document = sample_document(year)
    (table, _) = part(chapter(document, "overview"), "overview-marks")
    assert isinstance(table, Table)
    rows = [line.split(" | ") for line in shown([table])[1:]]
    symbols = [head.partition(" / ")[0] for head in shown([table])[0].split(" | ")[1:-1]]
    for goal, row in enumerate(rows[:6], start=1):
        counted = Counter(_last_marks(chapter(document, f"goal-g{goal}")))
        found = {symbol: int(number) for symbol, number in zip(symbols, row[1:], strict=False)}
        assert found == {symbol: counted[symbol] for symbol in symbols}
        assert int(row[-1]) == counted.total()


def _last_marks(blocks: tuple[Block, ...]) -> list[str]:
    """The marks in the last column of a goal's KPI table."""
    (table,) = (b for b in blocks if isinstance(b, Table) and b.style is TableStyle.KPI)
    return [
        content.text[0]
        for row in table.rows
        for content in row.cells[-1].content
        if isinstance(content, Paragraph) and content.style is TextStyle.DENSE_MARK
    ]


@YEARS
def test_an_indicator_has_a_chart_where_it_has_a_number(year: int) -> None:
    charts = [
        figure.chart
        for block in sample_document(year).blocks()
        if isinstance(block, FigureGrid)
        for figure in block.figures
        if isinstance(figure.chart, LineChart)
    ]
    assert len(charts) > 60
    for chart in charts:
        assert len(chart.points) == year - 2018 + 1
        assert any(point.value is not None for point in chart.points[1:])
        assert all(point.text not in ("", "未報告") for point in chart.points if point.value)
        assert all(point.text in ("", "未報告") for point in chart.points if point.value is None)
        assert [point.label for point in chart.points] == ["H30", "R1", "R2", "R3"][: year - 2017]


@pytest.mark.parametrize(
    ("year", "name", "before"),
    [
        (2019, "令和元年度", "現状値から大きく動いた指標"),
        (2020, "令和２年度", "前年度から大きく動いた指標"),
        (2021, "令和３年度", "前年度から大きく動いた指標"),
    ],
)
def test_first_middle_and_last_year_are_named_naturally(year: int, name: str, before: str) -> None:
    lines = shown(sample_document(year).blocks())
    assert f"{name}実績報告書" in lines
    assert any(
        line.startswith(f"{name}末における重要業績評価指標（ＫＰＩ）96指標の評価は、")
        for line in lines
    )
    assert f"## {before}" in lines
    text = "\n".join(lines)
    for odd in (
        "平成31年度",
        "令和１年度",
        "令和1年度",
        "None",
        "  ",
        "、、",
        "。。",
        "（）",
        "「」",
    ):
        assert odd not in text
