"""What holds of every review, whatever the plan, the years, the scheme and the settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings

from kpireport.document.blocks import (
    Block,
    Cell,
    CellBlock,
    Document,
    FigureGrid,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    Row,
    SamplePage,
    Span,
    Table,
)
from kpireport.document.captions import captions_of
from kpireport.document.charts import LineChart, StackedBarChart
from kpireport.document.digest import compose_digest
from kpireport.document.kpi_columns import MARK, result_columns
from kpireport.document.review import compose_review
from kpireport.document.reviews import Review
from kpireport.document.styles import SpanStyle, TextStyle
from kpireport.document.texts import place_id
from kpireport.domain.catalogue import Goal
from kpireport.domain.numerals import fold_width
from kpireport.domain.places import Place, all_places
from kpireport.domain.settings import ChartScope, ReviewSettings
from kpireport.domain.years import FiscalYear
from tests.random_plans import reviews
from tests.review_reports import METADATA, chapter

Drawn: TypeAlias = tuple[Review, ReviewSettings]


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(reviews())
def test_every_review(drawn: Drawn) -> None:
    document = compose_review(*drawn, METADATA)
    for name, check in globals().items():
        if name.startswith("check_"):
            check(document, drawn)


def check_what_was_found_once_makes_the_same_again(document: Document, drawn: Drawn) -> None:
    review, words = drawn
    assert compose_review(review, words, METADATA) == document  # of what it has found by now
    assert compose_review(replace(review), words, METADATA) == document  # of nothing found yet


def tables_of(blocks: Iterator[Block] | Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, SamplePage):
            yield from block.tables


def spans_of(block: Block | CellBlock) -> Iterator[Span]:
    match block:
        case Paragraph():
            yield from block.spans
        case ItemList():
            yield from chain.from_iterable(map(spans_of, contents(block.items)))
        case Note():
            yield from chain.from_iterable(map(spans_of, block.content))
        case Table() | SamplePage():
            for table in tables_of((block,)):
                rows = (*table.header_rows, *table.rows)
                yield from (span for row in rows for cell in row.cells for span in spans_in(cell))
        case _:
            return


def contents(items: Sequence[ListItem]) -> Iterator[CellBlock]:
    return (content for item in items for content in item.content)


def spans_in(cell: Cell) -> Iterator[Span]:
    for content in cell.content:
        yield from spans_of(content)


def covered(table: Table) -> list[tuple[int, int]]:
    """The places that a table's cells cover."""
    places: list[tuple[int, int]] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate((*table.header_rows, *table.rows)):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            own = [
                (number + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            ]
            places.extend(own)
            taken.update(own)
    return places


def check_cells_fill_their_tables_without_overlap(document: Document, drawn: Drawn) -> None:
    for table in tables_of(tuple(document.blocks())):
        rows, columns = len(table.header_rows) + len(table.rows), len(table.columns)
        places = covered(table)
        assert sorted(places) == [(r, c) for r in range(rows) for c in range(columns)]


def check_whatever_is_referred_to_is_there_once(document: Document, drawn: Drawn) -> None:
    blocks = tuple(document.blocks())
    ids = [heading.id for heading in document.headings()]
    ids += [block.id for block in blocks if isinstance(block, Note)]
    ids += [row.id for table in tables_of(blocks) for row in table.rows if row.id]
    captions = [each.id for block in blocks for each in captions_of(block)]
    assert not [id_ for id_, count in Counter((*ids, *captions)).items() if count > 1]
    for block in blocks:
        for span in spans_of(block):
            assert span.target is None or span.target in {*ids, *captions}
            assert span.is_page or span.target is None or span.text
            assert not span.is_page or span.target in ids


def check_captions_are_counted_without_a_gap(document: Document, drawn: Drawn) -> None:
    found = [each for block in document.blocks() for each in captions_of(block)]
    for kind in {each.kind for each in found}:
        numbers = [int(fold_width(each.number)) for each in found if each.kind is kind]
        assert numbers == list(range(1, len(numbers) + 1))


def rows_of_indicators(table: Table) -> list[Row]:
    """The rows that others refer to, those of indicators."""
    return [row for row in table.rows if row.id.startswith("row-")]


def marks_of(row: Row) -> list[Span]:
    """The first span of every cell with a mark."""
    return [
        next(spans_in(cell))
        for cell in row.cells
        for content in cell.content
        if isinstance(content, Paragraph) and _is_mark(content)
    ]


def tables_of_goals(
    document: Document, review: Review
) -> Iterator[tuple[list[Table], Sequence[Goal]]]:
    """The tables of indicators, each with the goals that it is of; a goal may have none."""
    if review.catalogue.levels.is_one_table:
        yield list(tables_of(chapter(document, "indicators"))), review.catalogue.goals
        return
    for goal in review.catalogue.goals:
        _, *tables = tables_of(chapter(document, f"goal-{goal.id}"))  # the band
        yield tables, (goal,)


def _is_mark(content: Paragraph) -> bool:
    """Whether it is a mark: a sign is large, a word bold."""
    is_word = content.spans[:1] and content.spans[0].style is SpanStyle.STRONG
    is_bold = bool(is_word) and content.style is TextStyle.DENSE_VALUE
    return content.style is TextStyle.DENSE_MARK or is_bold


def check_every_indicator_has_one_row_in_its_goal(document: Document, drawn: Drawn) -> None:
    review, _ = drawn
    for tables, goals in tables_of_goals(document, review):
        assert len(tables) == any(goal.plans for goal in goals)
        found = [row for table in tables for row in rows_of_indicators(table)]
        marks = [mark for row in found for mark in marks_of(row)]
        keys = [each.key for each in result_columns(review).all]
        indicators = [each for goal in goals for each in goal.indicators()]
        earlier = [int(key.removeprefix(f"{MARK}-")) for key in keys if key.startswith(f"{MARK}-")]
        judged = [  # a row may have come to the plan later
            each
            for each in indicators
            for year in earlier
            if review.evaluation.get(each.id, FiscalYear(year))
        ]
        assert len(found) == len(indicators)
        assert len(marks) == len(found) * keys.count(MARK) + len(judged)
        assert all(mark.spoken for mark in marks)
    places = [place_id(each) for each in all_places(review.catalogue) if is_headed(each, review)]
    headed = [heading.id for heading in document.headings() if heading.id in places]
    assert headed == places


def is_headed(place: Place, review: Review) -> bool:
    """Whether a heading is of a goal, section or plan: a chapter has it in any case."""
    return bool(place.plans) or not (place.below or review.catalogue.levels.is_one_table)


def check_the_signs_of_notes_count_in_the_order_of_the_page(
    document: Document, drawn: Drawn
) -> None:
    """A table's from 1; the notes below say the same signs in the same order."""
    review, _ = drawn
    for tables, _ in tables_of_goals(document, review):
        signs: list[str] = []
        notes: list[str] = []
        for table in tables:
            for row in table.rows:
                is_judged = row in rows_of_indicators(table)
                for cell in row.cells:
                    for span in spans_in(cell):
                        if span.style is SpanStyle.NOTE_MARK and span.text.startswith("＊"):
                            signs.append(span.text)
                        elif not is_judged and is_sign(span.text):
                            notes.append(span.text.strip("\u3000"))
        assert [int(fold_width(sign[1:])) for sign in signs] == list(range(1, len(signs) + 1))
        assert notes == signs


def is_sign(text: str) -> bool:
    return text.startswith("＊") and text.endswith("\u3000") and text[1:-1].isdecimal()


def check_charts_are_those_that_are_asked_for(document: Document, drawn: Drawn) -> None:
    review, words = drawn

    def lines(blocks: Sequence[Block]) -> list[LineChart]:
        return [
            figure.chart
            for block in blocks
            if isinstance(block, FigureGrid)
            for figure in block.figures
            if isinstance(figure.chart, LineChart)
        ]

    whole = review.catalogue.levels.is_one_table
    ids = ["indicators"] if whole else [f"goal-{goal.id}" for goal in review.catalogue.goals]
    goals = [lines(chapter(document, each)) for each in ids]
    appendix = lines(chapter(document, "appendix"))
    may_be_four = review.is_landscape or words.main_charts  # that many may be named
    most = (4 if may_be_four else 3) * (len(review.catalogue.goals) if whole else 1)
    assert all(len(each) <= most for each in goals)
    assert not any(goals) or words.charts is ChartScope.MAIN
    assert not appendix or words.charts is ChartScope.ALL
    for chart in (*(each for found in goals for each in found), *appendix):
        assert sum(point.value is not None for point in chart.points) >= 3


def check_the_bars_of_the_first_page_count_all_indicators(document: Document, drawn: Drawn) -> None:
    review, _ = drawn
    charts = [
        figure.chart
        for block in chapter(document, "glance")
        if isinstance(block, FigureGrid)
        for figure in block.figures
        if isinstance(figure.chart, StackedBarChart)
    ]
    total = review.summary.overall.total
    assert len(charts) == (2 if total else 0)
    for chart in charts:
        assert len(chart.bars) == len(chart.remarks)
        last = [series.counts[-1] for series in chart.series]
        every = [sum(series.counts) for series in chart.series]
        assert sum(last if chart is charts[0] else every) == total


def check_a_digest_can_be_composed_of_whatever_a_review_can(
    document: Document, drawn: Drawn
) -> None:
    document = compose_digest(*drawn, METADATA)
    for table in tables_of(tuple(document.blocks())):
        assert len(covered(table)) == len(set(covered(table)))
