"""A document with everything that a review has, for the tests of the Word writer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from kpireport.document.blocks import (
    Bar,
    Block,
    Cell,
    CellBlock,
    Contents,
    Cover,
    Document,
    Figure,
    FigureGrid,
    HeaderScope,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from kpireport.document.charts import (
    BarSeries,
    Chart,
    ChartLimit,
    ChartPoint,
    LimitKind,
    LineChart,
    StackedBarChart,
    describe_chart,
)
from kpireport.document.styles import CellStyle, HeadingStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import write_docx
from tests.documents import METADATA

NOTICES = ("見本：数値は架空", "作成中")
GOALS = (("Ⅰ", "子どもたちの笑顔輝くまち"), ("Ⅱ", "高齢者が住みなれた地域で暮らせるまち"))
NAMES = (
    "ねりっこクラブの実施",
    "子育てのひろばの数",
    "保育所等の待機児童数",
    "地域で活動する団体が参加するイベントの年間延べ参加者数",
)
MARKS = (("◎", "達成"), ("○", "順調"), ("△", "やや遅れ"), ("×", "遅れ"), ("―", "対象外"))
SHARES = ("1", "0.62", "0.333", "0.05", "0")


def line_chart(title: str, years: int = 3) -> LineChart:
    values = (13, 20, 28, 33, 36)[:years]
    points = tuple(
        ChartPoint(label, Decimal(value), f"{value}校", spoken)
        for label, value, spoken in zip(
            ("H30", "R1", "R2", "R3", "R4"),
            values,
            ("平成30年度", "令和元年度", "令和２年度", "令和３年度", "令和４年度"),
            strict=False,
        )
    )
    limit = ChartLimit(Decimal(35), "目標 35校", LimitKind.AT_LEAST)
    return LineChart(title, "校", points, limit, is_count=True)


def stacked_bars() -> StackedBarChart:
    return StackedBarChart(
        "評価別の指標数",
        "指標",
        ("Ⅰ 子どもたちの笑顔輝くまち", "Ⅱ 高齢者が住みなれた地域", "全体"),
        (BarSeries("◎ 達成", (5, 3, 8)), BarSeries("○ 順調", (6, 4, 10))),
    )


def grid(charts: Sequence[Chart], columns: int) -> FigureGrid:
    return FigureGrid(tuple(Figure(chart, describe_chart(chart)) for chart in charts), columns)


def dense_cell(text: str, style: TextStyle = TextStyle.DENSE_VALUE, *more: CellBlock) -> Cell:
    return Cell((paragraph(text, style), *more), CellStyle.DENSE)


def dense_table(rows: int, years: int = 1) -> Table:
    """A KPI table as a review has it: 7 columns and one more per year."""
    titles = ("戦略計画", "指標", "現状値", *(f"R{year}" for year in range(1, years + 1)))
    heads = (*titles, "目標値", "目標年度", "進捗率", "評価")
    columns = (16, 24, 10, *([10] * years), 10, 9, 11, 7)
    header = Row(
        tuple(
            Cell(
                (
                    paragraph(head, TextStyle.DENSE_HEADER),
                    paragraph("（実績）", TextStyle.DENSE_HEADER_NOTE),
                ),
                CellStyle.DENSE_HEADER,
                scope=HeaderScope.COLUMN,
            )
            for head in heads
        )
    )
    body = [row for start in range(0, rows, 6) for row in _plan(start, min(6, rows - start), years)]
    return Table(TableStyle.KPI, columns, (header,), tuple(body), "指標", "指標と実績")


def _plan(start: int, rows: int, years: int) -> list[Row]:
    title = (
        paragraph(f"計画{start // 6 + 1}", TextStyle.DENSE_LABEL),
        paragraph("子どもの成長に合わせた切れ目のないサポート", TextStyle.DENSE_TEXT),
    )
    plan = Cell(title, CellStyle.DENSE, rowspan=rows, scope=HeaderScope.ROW, continued=title[:1])
    return [
        Row(((plan,) if number == start else ()) + _indicator(number, years))
        for number in range(start, start + rows)
    ]


def _indicator(number: int, years: int) -> tuple[Cell, ...]:
    share = Decimal(SHARES[number % len(SHARES)])
    mark, spoken = MARKS[number % len(MARKS)]
    printed = Paragraph((Span(mark, spoken=spoken),), TextStyle.DENSE_MARK)
    return (
        dense_cell(NAMES[number % len(NAMES)], TextStyle.DENSE_TEXT),
        dense_cell("13校"),
        *(dense_cell(f"{13 + 5 * year}校") for year in range(1, years + 1)),
        dense_cell("1,301,234人"),
        dense_cell("令和５年度"),
        dense_cell(f"{share:.1%}", TextStyle.DENSE_VALUE, Bar(share)),
        Cell((printed, paragraph(spoken, TextStyle.DENSE_HEADER_NOTE)), CellStyle.DENSE),
    )


def heading(
    identifier: str, level: int, text: str, style: HeadingStyle, outline: str | None = None
) -> Heading:
    return Heading(identifier, level, text, style, outline)


def review(rows: int = 14, years: int = 1) -> Document:
    """A review in small: cover, contents, a summary, goals, a landscape appendix."""
    cover = Cover(
        ("ビジョンアクションプラン", "実績報告書"),
        "令和２年（2020年）８月",
        "練馬区",
        "資料３",
        "令和２年８月１日　改革推進会議",
        NOTICES,
    )
    front: tuple[Block, ...] = (
        Heading("contents", 1, "目次", HeadingStyle.CHAPTER, is_listed=False),
        Contents(2),
    )
    summary: tuple[Block, ...] = (
        heading("summary", 1, "総括", HeadingStyle.CHAPTER),
        heading("marks", 2, "評価別の指標数", HeadingStyle.SECTION),
        paragraph("表１　評価別の指標数", TextStyle.CAPTION),
        _summary_table(),
        paragraph("図１　評価別の指標数", TextStyle.CAPTION),
        grid((stacked_bars(),), 1),
        heading("moves", 3, "大きく動いた指標", HeadingStyle.SUBSECTION),
        paragraph("指標の多くは順調に推移した。" * 4, TextStyle.BODY),
    )
    goals: list[Block] = []
    for number, (numeral, title) in enumerate(GOALS, start=1):
        outline = f"{numeral}　{title}"
        goals += [
            PageBreak(),
            heading(f"goal-{number}", 1, numeral, HeadingStyle.BOXED, outline),
            dense_table(rows, years),
            heading(f"charts-{number}", 2, "計画ごとの推移", HeadingStyle.SECTION),
            paragraph("図２　計画１の指標", TextStyle.CAPTION),
            grid([line_chart(name) for name in NAMES], 3),
            heading(f"comment-{number}", 3, "主な取組・課題・今後の方向", HeadingStyle.SUBSECTION),
            paragraph("小学校の施設を活用し、全校での実施を目指す。" * 5, TextStyle.COMMENT),
        ]
    appendix: tuple[Block, ...] = (
        heading("appendix", 1, "資料編", HeadingStyle.CHAPTER),
        heading("all", 2, "全ての年度の実績", HeadingStyle.SECTION),
        dense_table(rows, 4),
        grid([line_chart(name, 5) for name in NAMES], 4),
    )
    last: tuple[Block, ...] = (heading("survey", 1, "調査の概要", HeadingStyle.CHAPTER),)
    return Document(
        METADATA,
        (
            Section((cover,), numbered=False),
            Section(front, numbered=False, notices=NOTICES[:1]),
            Section((*summary, *goals), notices=NOTICES),
            Section(appendix, landscape=True, notices=NOTICES),
            Section(last),
        ),
    )


@cache
def review_docx() -> bytes:
    """The review's Word file: charts are slow to draw, so the tests share one."""
    return write_docx(review())


def _summary_table() -> Table:
    heads = ("目標", *(f"{mark} {word}" for mark, word in MARKS))
    header = Row(
        tuple(
            Cell(
                (paragraph(head, TextStyle.DENSE_HEADER),),
                CellStyle.DENSE_HEADER,
                scope=HeaderScope.COLUMN,
            )
            for head in heads
        )
    )
    rows = tuple(
        Row(
            (
                Cell(
                    (paragraph(f"{numeral} {title}", TextStyle.DENSE_TEXT),),
                    CellStyle.DENSE,
                    scope=HeaderScope.ROW,
                ),
                *(dense_cell(str(count)) for count in range(len(MARKS))),
            )
        )
        for numeral, title in GOALS
    )
    return Table(TableStyle.SUMMARY, (40, 12, 12, 12, 12, 12), (header,), rows, "集計", "説明")
