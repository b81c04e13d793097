"""The result at a glance (結果の概要): one page that stands alone.

Comes in: a review and what staff named. Goes out: the year in sentences, the marks of all
years and of all goals as bars, what went well and what did not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from kpireport.document.behind import late_title, what_was_judged
from kpireport.document.blocks import Block, Cell, Figure, FigureGrid, Heading, Paragraph, Table
from kpireport.document.captions import figure_caption, table_caption
from kpireport.document.charts import StackedBarChart, describe_chart
from kpireport.document.choices import compose_second_marks
from kpireport.document.class_counts import compose_classes
from kpireport.document.columns import REST, Column, compose_table, rows_of
from kpireport.document.judgements import rate_text
from kpireport.document.mark_words import brief_name, counted
from kpireport.document.marks import best_marks, count_best, counts_of, marks_chart, way_of
from kpireport.document.review_cells import actual_cell
from kpireport.document.reviews import MOST_YEARS, Review
from kpireport.document.rolled import rolled_brief
from kpireport.document.styles import CellStyle, HeadingStyle, TextStyle
from kpireport.document.table_cells import NOTHING, name_cell, value_cell
from kpireport.document.texts import bullets, goal_head, one_line, paragraph, quoted
from kpireport.document.year_sentences import year_sentences
from kpireport.domain.catalogue import Goal, NumericTarget
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import Judgement, MarkChange, MarkCounts, YearCounts

_MOST_BARS_ACROSS = 4  # of years, on a page that is low
_MOST = 3  # results, problems
_FEW = 2  # where other marks have a place on the page too
_ALL_YEARS, _WIDEST_YEAR = 27, 11  # proportions of the years' columns
_MOST_REACHED, _MOST_LATE = 15, 8  # of a first year: they fill the page below the bars


def compose_glance(review: Review, settings: ReviewSettings) -> tuple[Block, ...]:
    """Return the page."""
    heading = Heading("glance", 1, glance_title(review), HeadingStyle.CHAPTER)
    return (heading, *compose_result(review, settings))


def glance_title(review: Review) -> str:
    """Return what the page is called: ``令和３年度の結果``."""
    return f"{review.year_name()}の結果"


def compose_result(
    review: Review, settings: ReviewSettings, *, says_worst: bool = True
) -> tuple[Block, ...]:
    """Return what the page says below its heading.

    The worst may be left to a table of its own beside it.
    """
    second = tuple(compose_second_marks(review))
    if not review.marks:
        return (
            *compose_sentences(review),
            *_compose_values(review),
            *second,
            *_compose_named(settings),
        )
    return (
        *compose_sentences(review),
        *_compose_bars(review),
        *second,
        *_compose_points(
            review,
            settings,
            says_worst=says_worst,
            most=_FEW if says_worst and (second or review.rollup) else _MOST,
        ),
    )


def _compose_values(review: Review) -> Iterator[Table]:
    """Yield the values of the numeric targets through the years."""
    targets = tuple(review.catalogue.numeric_targets())
    if not targets:
        return
    labels = review.catalogue.labels
    goals = {each.id: goal for goal in review.catalogue.goals for each in goal.numeric_targets}
    columns: tuple[Column[NumericTarget], ...] = (
        Column("goal", 9, labels.goal, lambda each: value_cell(goals[each.id].short)),
        Column("name", REST, labels.indicator, lambda each: name_cell(review.names[each.id])),
        Column("baseline", 9, labels.baseline, lambda each: value_cell(each.baseline.text)),
        *(_value_column(review, year) for year in review.shown_years),
        Column("target", 22, "目標", lambda each: value_cell(each.target.text)),
    )
    title = f"{one_line(labels.numeric_targets)}の実績"
    caption = table_caption("numeric-targets", title)
    yield compose_table(columns, rows_of(columns, targets), title, caption=caption)


def _value_column(review: Review, year: FiscalYear) -> Column[NumericTarget]:
    width = min(_WIDEST_YEAR, _ALL_YEARS // len(review.shown_years))
    return Column(
        f"actual-{year.year}",
        width,
        review.year_name(year),
        lambda each: actual_cell(review, each.id, year),
    )


def _compose_named(settings: ReviewSettings) -> Iterator[Table]:
    """Yield what staff say went well beside what did not."""
    results, problems = settings.results[:_MOST], settings.problems[:_MOST]
    if results or problems:
        yield _points_table((("主な成果", results), ("主な課題", problems)))


def compose_sentences(review: Review, style: TextStyle = TextStyle.BODY) -> Iterator[Paragraph]:
    """Yield the year's result in sentences."""
    said = year_sentences(review)
    for text in (said.of_indicators, said.numeric_targets, rolled_brief(review)):
        if text:
            yield paragraph(text, style)


def _compose_bars(review: Review) -> Iterator[Block]:
    """Yield the bars of the years, then those of the goals with their change."""
    noun = review.words.indicator
    if not review.summary.overall.total:
        return
    course = "の推移" if len(review.summary.alike) > 1 else ""
    of = "（割合は、評価したものに対するもの）" if _has_unjudged(review) else ""
    years = _grid("years", f"{noun}の評価{course}{of}", _bars_of_years(review))
    goals = _grid(
        "goals", f"{review.catalogue.labels.goal}ごとの{noun}の評価", _bars_of_goals(review)
    )
    yield from (years, goals)
    yield from compose_classes(review)


def _grid(identifier: str, title: str, chart: StackedBarChart) -> FigureGrid:
    figure = Figure(chart, describe_chart(replace(chart, title=title)))
    return FigureGrid((figure,), columns=1, caption=figure_caption(identifier, title))


def _years_as_bars(review: Review) -> Sequence[YearCounts]:
    most = _MOST_BARS_ACROSS if review.is_landscape else MOST_YEARS
    return review.summary.alike[-most:]  # others were judged with other marks


def _has_unjudged(review: Review) -> bool:
    """Whether bars are of more than what the shares beside them are of."""
    counts = (each.overall for each in _years_as_bars(review))
    return any(each.judged < each.total for each in counts)


def _bars_of_years(review: Review) -> StackedBarChart:
    years = _years_as_bars(review)
    counts = [each.overall for each in years]
    names = [review.year_name(each.fiscal_year) for each in years]
    remarks = [_share(review, each) for each in counts]
    return marks_chart(review, zip(names, counts, strict=True), remarks)


def _share(review: Review, counts: MarkCounts) -> str:
    """Return ``◎61（64.9％）``: how many reached their targets, of what was judged."""
    share = rate_text(counts.share(best_marks(review)), review.numerals)
    return f"{_best(review, counts)}（{share}）"


def _best(review: Review, counts: MarkCounts) -> str:
    symbols = "・".join(mark.symbol for mark in best_marks(review))
    return counted(symbols, count_best(review, counts), review.numerals)


def _bars_of_goals(review: Review) -> StackedBarChart:
    named = [
        (goal_head(goal), each.counts, _change(review, goal))
        for goal, each in zip(review.catalogue.goals, review.summary.by_goal, strict=True)
    ]
    bars = [(name, counts) for name, counts, _ in named]
    remarks = [f"{_best(review, counts)}{change}" for _, counts, change in named]
    return marks_chart(review, bars, remarks)


def _change(review: Review, goal: Goal) -> str:
    """Return how many more reached their targets than the year before: ``（前年度＋４）``."""
    now, before = (counts_of(goal, each) for each in (review.summary.now, review.summary.before))
    if now is None or before is None:
        return ""
    change = count_best(review, now) - count_best(review, before)
    sign = "＋" if change > 0 else "－" if change < 0 else "±"
    return review.numbers(f"（前{review.words.year}{sign}{abs(change)}）")


def _compose_points(
    review: Review, settings: ReviewSettings, *, says_worst: bool, most: int
) -> tuple[Table, ...]:
    """Return what went well beside what did not: as staff say it, or the changes of marks."""
    results, problems = settings.results[:_MOST], settings.problems[:_MOST]
    has_before = len(review.summary.years) > 1
    if not (has_before or says_worst or results or problems):
        return ()
    risen, fallen = _risen_and_fallen(review, most)
    good = ("主な成果", results) if results else risen if has_before else _reached(review)
    bad = ("主な課題", problems) if problems else fallen if has_before else _latest(review)
    beside = (good, bad) if has_before or problems or late_title(review) else (good,)
    pairs = [beside]
    if has_before and says_worst:
        worst, said = _latest(review, most), tuple(each for each in beside if each[1])
        # a box that would say nothing gives its place up
        pairs = [(*said, worst)] if len(said) == 1 else [beside, (worst,)]
    return tuple(_points_table(each) for each in pairs if any(points for _, points in each))


def _points_table(points: Sequence[tuple[str, Sequence[str]]]) -> Table:
    names = [name for name, _ in points]
    columns = tuple(_points_column(name, number) for number, name in enumerate(names))
    rows = rows_of(columns, ([texts for _, texts in points],))
    return compose_table(columns, rows, "と".join(names))


def _reached(review: Review) -> tuple[str, Sequence[str]]:
    """Return what reached its target in a first year, in the plan's order."""
    marks = best_marks(review)
    names = [
        quoted(review.names[each.id])
        for each in review.catalogue.indicators()
        if review.judgement(each).mark in marks
    ]
    labels = "".join(quoted(brief_name(mark, review.marks)) for mark in marks)
    return f"評価が{labels}の{review.words.indicator}", _first(review, names, _MOST_REACHED)


def _latest(review: Review, most: int = _MOST_LATE) -> tuple[str, Sequence[str]]:
    """Return what is furthest behind, with what is missing."""
    late = review.summary.late
    said = [f"{quoted(review.names[each.measure_id])}　{_standing(review, each)}" for each in late]
    return f"遅れの大きい{what_was_judged(review, late)}", _first(review, said, most)


def _standing(review: Review, judgement: Judgement) -> str:
    """Return a mark, and what is missing to the target."""
    return f"{brief_name(judgement.mark, review.marks)}{_lack(review, judgement)}"


def _first(review: Review, texts: Sequence[str], most: int) -> Sequence[str]:
    """Return the first of many, and how many more there are."""
    more = len(texts) - most
    return texts if more <= 0 else (*texts[:most], review.numbers(f"ほか{more}件"))


def _lack(review: Review, judgement: Judgement) -> str:
    missing = review.missing(judgement)
    return f"（{missing}）" if missing else ""


_Points: TypeAlias = tuple[str, Sequence[str]]


def _risen_and_fallen(review: Review, most: int) -> tuple[_Points, _Points]:
    """Return the first changes in words; what a goal and its plan both measure is said once."""

    def points(way: str, changes: Iterable[MarkChange]) -> _Points:
        said = dict.fromkeys(_changed(review, each) for each in changes)
        return f"評価が{way}主な{review.words.indicator}", list(said)[:most]

    changed = review.summary.changed
    return points("上がった", changed.up), points("下がった", changed.down)


def _changed(review: Review, change: MarkChange) -> str:
    """Return ``「研究校の指定」　× 遅れ → ◎ 達成（６校 → 12校）``."""
    years = (change.before.fiscal_year, change.after.fiscal_year)
    values = (review.actual_text(change.measure_id, year) for year in years)
    name = quoted(review.names[change.measure_id])
    return f"{name}　{way_of(review, change)}（{' → '.join(values)}）"


def _points_column(name: str, number: int) -> Column[Sequence[Sequence[str]]]:
    def cell(points: Sequence[Sequence[str]]) -> Cell:
        texts = points[number]
        content = bullets("・", texts, TextStyle.BAND_ITEM) if texts else _nothing()
        return Cell((content,), CellStyle.PROSE)

    return Column(f"points-{number}", 50, name, cell)


def _nothing() -> Paragraph:
    return paragraph(NOTHING, TextStyle.DENSE_TEXT)
