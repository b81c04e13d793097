"""The KPI tables: the plan's indicators, in the review with the years' actuals and judgements.

Comes in: plans of the catalogue, or of a review. Goes out: the table of either edition,
in the original's layout or in the plan's own: one for each goal, or one of all. Their
columns are :mod:`kpireport.document.kpi_columns`'s, their rows
:mod:`kpireport.document.level_rows`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from kpireport.document.blocks import Caption, Cell, Heading, Row, Table
from kpireport.document.captions import table_caption
from kpireport.document.changes import NO_CHANGES, Changes
from kpireport.document.columns import AnyColumn, Column, beside, compose_table, names_of
from kpireport.document.kpi_columns import plan_columns, result_columns
from kpireport.document.level_rows import RowMakers, rows_of_place, rows_of_plan
from kpireport.document.marks import all_counts, goal_counts
from kpireport.document.plan_notes import NO_FOOTNOTES, Footnotes, comment_row, note_row
from kpireport.document.reviews import Review
from kpireport.document.rolled import mark_text, with_rolled_beside
from kpireport.document.styles import HeadingStyle, TableStyle
from kpireport.document.table_cells import PlanCells, band_label
from kpireport.document.texts import goal_number, place_id
from kpireport.domain.catalogue import Catalogue, Goal, Indicator, Labels, Plan
from kpireport.domain.goal_pages import goals_flow
from kpireport.domain.layouts import LayoutName
from kpireport.domain.levels import PLAN, Levels
from kpireport.domain.names import in_one_line, labelled
from kpireport.domain.places import Place, named_levels, place_of


def compose_kpi_table(
    catalogue: Catalogue, goal: Goal, plans: Sequence[Plan], changes: Changes = NO_CHANGES
) -> tuple[Table, ...]:
    """Return the KPI table of ``plans``; nothing where there are none."""
    title = f"{goal.head}：{_content(catalogue.labels, plans)}"
    return _plan_table(catalogue, (place_of(catalogue.levels, goal, plans),), title, changes)


def compose_whole_table(catalogue: Catalogue, changes: Changes = NO_CHANGES) -> tuple[Table, ...]:
    """Return the KPI table of all goals; nothing where there are no plans."""
    goals = tuple(place_of(catalogue.levels, goal) for goal in catalogue.goals)
    title = in_one_line(_content(catalogue.labels, tuple(catalogue.plans())))

    def headings(place: Place) -> tuple[Heading, ...]:
        return (_named(place, catalogue.levels),)

    return _plan_table(catalogue, goals, title, changes, headings)


def _plan_table(
    catalogue: Catalogue,
    goals: Sequence[Place],
    title: str,
    changes: Changes,
    headings: Callable[[Place], tuple[Heading, ...]] = lambda _: (),
) -> tuple[Table, ...]:
    plans = [plan for goal in goals for plan in goal.plans]
    columns = plan_columns(catalogue, changes, plans)
    cells, flows = PlanCells(changes, columns.look), goals_flow(catalogue)
    makers = RowMakers(columns, cells, headings=headings, flows=flows)
    return _compose(catalogue, makers, goals, title)


def compose_result_table(
    review: Review,
    goal: Goal,
    plans: Sequence[Plan],
    *,
    is_sample: bool = False,
    is_open: bool = False,
) -> tuple[Table, ...]:
    """Return the KPI table of ``plans`` with all years' actuals; nothing without plans.

    Below each row stand its notes, below each plan's rows the department's comment. In a
    sample there are only the rows. Where comments are open, those that nobody has written
    have a place.
    """
    labels = review.catalogue.labels
    place = place_of(review.catalogue.levels, goal, plans)
    title = f"{goal.head}：{_with_actuals(_content(labels, plans))}"
    if is_sample:
        columns = result_columns(review, NO_FOOTNOTES)
        makers = RowMakers(columns, PlanCells(review.changes))
        return _compose(review.catalogue, makers, (place,), title)
    name = f"{goal_number(labels, goal)}の実績"
    counts = f"{name}　{goal_counts(review, goal)}　{mark_text(review, place.id)}".rstrip("　")
    caption = table_caption(f"goal-{goal.id}", counts)
    return _result_table(review, (place,), title, caption, is_open=is_open)


def compose_whole_result_table(review: Review, *, is_open: bool = False) -> tuple[Table, ...]:
    """Return the same table of all goals; nothing where there are no plans."""
    catalogue = review.catalogue
    goals = tuple(place_of(catalogue.levels, goal) for goal in catalogue.goals)
    title = _with_actuals(in_one_line(_content(catalogue.labels, tuple(catalogue.plans()))))
    caption = table_caption("indicators", f"{title}　{all_counts(review)}")
    return _result_table(review, goals, title, caption, is_open=is_open)


def _with_actuals(name: str) -> str:
    """Return what a table of actuals is called; 見込量と実績 says already what it has."""
    return name if name.endswith(("実績", "実績値")) else f"{name}の実績"


def _notes(
    review: Review, footnotes: Footnotes
) -> Callable[[Indicator, Sequence[AnyColumn]], Sequence[Row]]:
    """Return what makes the rows below an indicator's own, in the columns given."""
    return partial(note_row, review, footnotes=footnotes)


def _result_table(
    review: Review, goals: Sequence[Place], title: str, caption: Caption, *, is_open: bool
) -> tuple[Table, ...]:
    footnotes = Footnotes.of(review, (each for goal in goals for each in goal.indicators()))
    columns = result_columns(review, footnotes)

    def comments(place: Place, within: Sequence[AnyColumn]) -> Sequence[Row]:
        if place.level.key != review.catalogue.levels.comments_of:
            return ()
        return comment_row(review, place, within, is_open=is_open)

    def headings(place: Place) -> tuple[Heading, ...]:
        return (place_heading(review, place),)

    makers = RowMakers(
        columns,
        PlanCells(review.changes),
        _notes(review, footnotes),
        comments,
        headings,
        named=partial(with_rolled_beside, review),
        has_ids=True,
        flows=goals_flow(review.catalogue),
    )
    return _compose(review.catalogue, makers, goals, title, caption)


def place_heading(review: Review, place: Place) -> Heading:
    """Return what the rows of a place are for the contents, with how its indicators stand."""
    status = f"{mark_text(review, place.id)} {' '.join(review.counted_marks(place.indicators()))}"
    return replace(_named(place, review.catalogue.levels), status=status.strip())


def _content(labels: Labels, plans: Iterable[Plan]) -> str:
    """Return what a table of the plans is of: their indicators, or themselves."""
    return labels.indicators if _have_rows(plans) else in_one_line(labels.plan)


def _have_rows(plans: Iterable[Plan]) -> bool:
    return any(plan.rows for plan in plans)


def compose_plan_rows(review: Review, plan: Plan) -> tuple[Table, ...]:
    """Return the table of one plan, without its name and comment; nothing without indicators."""
    if not plan.rows:
        return ()
    footnotes = Footnotes.of(review, plan.indicators())
    columns = result_columns(review, footnotes).without_levels()
    notes = _notes(review, footnotes)
    makers = RowMakers(columns, PlanCells(review.changes), notes, has_ids=True)
    name = _with_actuals(review.catalogue.labels.indicators)
    title = f"{labelled(plan.label, in_one_line(plan.title))}：{name}"
    return (_table_of(review.catalogue, makers, rows_of_plan(makers, plan), title),)


def _named(place: Place, levels: Levels) -> Heading:
    """Return the heading of a place: one below a chapter, that of its goal or of all."""
    depth = [each.key for each in levels].index(place.level.key)
    level = depth + (2 if levels.is_one_table else 1)
    name = labelled(place.label, in_one_line(place.title))
    return Heading(place_id(place), level, name, HeadingStyle.ROW)


def _compose(
    catalogue: Catalogue,
    makers: RowMakers,
    goals: Sequence[Place],
    title: str,
    caption: Caption | None = None,
) -> tuple[Table, ...]:
    """Return the table of the goals' rows; nothing without plans."""
    has_rows = _have_rows(plan for goal in goals for plan in goal.plans)
    makers = replace(makers, names_alone=not has_rows)
    rows = tuple(row for goal in goals for row in rows_of_place(makers, goal))
    if not rows:
        return ()
    if not has_rows:
        return (_compose_names(makers, catalogue.labels, rows, title),)
    return (_table_of(catalogue, makers, rows, title, caption),)


def _table_of(
    catalogue: Catalogue,
    makers: RowMakers,
    rows: Iterable[Row],
    title: str,
    caption: Caption | None = None,
) -> Table:
    columns = makers.columns
    plan = in_one_line(named_levels(catalogue)[PLAN])
    if found := columns.level(PLAN):
        plan = found[1].name
    (indicator,) = (each for each in columns.rows if each.key == LayoutName.INDICATOR)
    facts = [each for each in columns.rows if each is not indicator]
    return compose_table(
        columns.all,
        rows,
        title,
        description=f"{plan}ごとの{indicator.name}と、その{names_of(facts)}",
        style=TableStyle.KPI,
        caption=caption,
    )


def _compose_names(makers: RowMakers, labels: Labels, rows: Sequence[Row], title: str) -> Table:
    """Return the table of plans none of which has indicators: their names, without a header."""
    label: Column[Cell] = Column("label", 18, "", lambda cell: cell)
    heading = band_label(labels.plan, look=makers.cells.look)
    return compose_table(
        (label, *makers.columns.all),
        beside(label, heading, rows),
        title,
        description=in_one_line(labels.plan),
        style=TableStyle.BAND,
        has_header=False,
    )
