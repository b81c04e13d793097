"""The goals' chapters: the band of three labelled rows and the KPI table.

Comes in: goals of the catalogue. Goes out: one chapter's blocks per goal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpireport.document.blocks import (
    Block,
    Cell,
    CellBlock,
    CellStyle,
    HeaderScope,
    Heading,
    HeadingStyle,
    ItemList,
    ListItem,
    Paragraph,
    Row,
    Table,
    TableStyle,
    TextStyle,
)
from kpireport.document.changes import NO_CHANGES, Changes, Spot
from kpireport.document.texts import bullets, header, one_line, paragraph
from kpireport.domain.catalogue import (
    ColumnName,
    Direction,
    Goal,
    Indicator,
    IndicatorGroup,
    Labels,
    NumericTarget,
    Plan,
)

BAND_WIDTHS = (18, 82)
KPI_COLUMNS = (ColumnName.PLAN, ColumnName.INDICATOR, ColumnName.BASELINE, ColumnName.TARGET)
KPI_WIDTHS = (20, 34, 23, 23)  # the original's proportions, from where its lines break

CONTINUED = "（続き）"
NOTHING = "―"


def compose_goal(goal: Goal, labels: Labels, changes: Changes = NO_CHANGES) -> tuple[Block, ...]:
    """Return a goal's chapter: its numeral, its band, its KPI table if it has plans.

    What ``changes`` changed is marked, and noted below the tables.
    """
    return (
        Heading(
            id=f"goal-{goal.id}",
            level=1,
            text=goal.numeral,
            style=HeadingStyle.BOXED,
            outline=f"{goal.numeral}　{goal.title}",
        ),
        compose_band(goal, labels, changes),
        *compose_kpi_table(goal, goal.plans, labels, changes),
        *changes.notes(goal),
    )


def compose_band(goal: Goal, labels: Labels, changes: Changes = NO_CHANGES) -> Table:
    """Return the band: 基本目標, 数値目標, 基本的な方向性."""
    return Table(
        style=TableStyle.BAND,
        columns=BAND_WIDTHS,
        header_rows=(),
        rows=(
            _band_row(labels.goal, "", (paragraph(goal.title, TextStyle.BAND_TITLE),)),
            *_compose_numeric_targets(goal.numeric_targets, labels, changes),
            *_compose_directions(goal.directions, labels),
        ),
        title=f"{goal.numeral}　{goal.title}",
        description=f"{labels.goal}、{labels.numeric_targets}、{one_line(labels.directions)}",
    )


def band_label(label: str, note: str, *, rowspan: int = 1) -> Cell:
    """Return the cell at the left of the band that names its rows."""
    lines = [paragraph(line, TextStyle.BAND_LABEL) for line in label.split("\n")]
    if note:
        lines.append(paragraph(note, TextStyle.BAND_LABEL_NOTE))
    return Cell(tuple(lines), CellStyle.BAND_LABEL, rowspan=rowspan, scope=HeaderScope.ROW)


def _band_row(label: str, note: str, content: tuple[CellBlock, ...]) -> Row:
    return Row((band_label(label, note), Cell(content, CellStyle.TEXT)))


def _compose_numeric_targets(
    targets: Sequence[NumericTarget], labels: Labels, changes: Changes
) -> tuple[Row, ...]:
    if not targets:
        return ()
    style = TextStyle.BAND_TARGET
    items = tuple(
        ListItem(
            "●",
            (
                changes.marked(target.name, style, target.id, Spot.NAME),
                changes.marked(f"：　{target.target.text}", style, target.id, Spot.TARGET),
            ),
        )
        for target in targets
    )
    content = (ItemList(items, style),)
    return (_band_row(labels.numeric_targets, labels.numeric_targets_note, content),)


def _compose_directions(directions: Sequence[Direction], labels: Labels) -> Iterator[Row]:
    """Yield the rows of 基本的な方向性: prose, then items; a numbered part is a row of its own."""
    contents = [content for direction in directions for content in direction_cells(direction)]
    for number, content in enumerate(contents):
        cells: tuple[Cell, ...] = (Cell(content, CellStyle.TEXT),)
        if number == 0:
            cells = (band_label(labels.directions, "", rowspan=len(contents)), *cells)
        yield Row(cells)


def direction_cells(direction: Direction) -> Iterator[tuple[CellBlock, ...]]:
    """Yield the contents of a direction's rows: prose, items; a titled part in one."""
    prose = tuple(paragraph(text, TextStyle.BAND_PROSE) for text in direction.paragraphs)
    items = (bullets("・", direction.items, TextStyle.BAND_ITEM),) if direction.items else ()
    if direction.title:
        style = TextStyle.BAND_PART
        part = ListItem(direction.label, (paragraph(direction.title, style), *prose, *items))
        yield (ItemList((part,), style),)
        return
    if prose:
        yield prose
    if items:
        yield items


def compose_kpi_table(
    goal: Goal, plans: Sequence[Plan], labels: Labels, changes: Changes = NO_CHANGES
) -> tuple[Table, ...]:
    """Return the KPI table of ``plans``; nothing where there are none."""
    if not plans:
        return ()
    return (
        Table(
            style=TableStyle.KPI,
            columns=KPI_WIDTHS,
            header_rows=_compose_kpi_header(labels),
            rows=tuple(row for plan in plans for row in _compose_plan_rows(plan, changes)),
            title=f"{goal.numeral}　{goal.title}：{labels.indicators}",
            description=f"{labels.plan}ごとの{labels.indicator}と、その{labels.baseline}、"
            f"{labels.target}",
        ),
    )


def _compose_kpi_header(labels: Labels) -> tuple[Row, Row]:
    main, note = TextStyle.TABLE_HEADER, TextStyle.TABLE_HEADER_NOTE
    return (
        Row((header((labels.plan, main), rowspan=2), header((labels.indicators, main), colspan=3))),
        Row(
            (
                header((labels.indicator, main)),
                header((labels.baseline, main), (labels.baseline_note, note)),
                header((labels.target, main), (labels.target_note, note)),
            )
        ),
    )


def _compose_plan_rows(plan: Plan, changes: Changes) -> Iterator[Row]:
    """Yield a plan's rows; the first carries the plan's name over all of them."""
    rows = list(_compose_rows(plan, changes))
    name = Cell(
        (
            paragraph(plan.label, TextStyle.TABLE_LABEL),
            changes.marked(plan.title, TextStyle.TABLE_TEXT, plan.id, Spot.NAME),
        ),
        CellStyle.PLAN,
        rowspan=len(rows),
        scope=HeaderScope.ROW,
        continuation=CONTINUED,
    )
    yield Row((name, *rows[0].cells), keep_with_next=rows[0].keep_with_next)
    yield from rows[1:]


def _compose_rows(plan: Plan, changes: Changes) -> Iterator[Row]:
    """Yield the rows beside a plan's name; a plan without indicators has one row of ―."""
    if not plan.rows:
        name, value = (
            paragraph(NOTHING, style) for style in (TextStyle.TABLE_TEXT, TextStyle.TABLE_VALUE)
        )
        yield Row((_name_cell(name), _value_cell(value), _value_cell(value)))
    spans = baseline_spans(tuple(plan.indicators()))
    for row in plan.rows:
        if isinstance(row, IndicatorGroup):
            yield _group_row(row, changes)
            for indicator in row.indicators:
                yield _indicator_row(indicator, TextStyle.TABLE_SUBTEXT, spans, changes)
        else:
            yield _indicator_row(row, TextStyle.TABLE_TEXT, spans, changes)


def _group_row(group: IndicatorGroup, changes: Changes) -> Row:
    cell = Cell(
        (changes.marked(group.name, TextStyle.TABLE_TEXT, group.id, Spot.NAME),),
        CellStyle.GROUP,
        colspan=3,
        scope=HeaderScope.ROW,
    )
    return Row((cell,), keep_with_next=True)


def baseline_spans(indicators: Sequence[Indicator]) -> dict[str, int]:
    """Return how many rows each indicator's baseline cell spans; 0 where one above covers it."""
    spans: dict[str, int] = {}
    first = ""
    for indicator in indicators:
        if indicator.baseline.shared_with is None:
            first = indicator.id
            spans[first] = 1
        else:
            spans[first] += 1
            spans[indicator.id] = 0
    return spans


def _indicator_row(
    indicator: Indicator, style: TextStyle, spans: dict[str, int], changes: Changes
) -> Row:
    id_, span = indicator.id, spans[indicator.id]
    name = changes.marked(indicator.name, style, id_, Spot.NAME)
    value = TextStyle.TABLE_VALUE
    before = changes.marked(indicator.baseline.text, value, id_, Spot.BASELINE)
    after = changes.marked(indicator.target.text, value, id_, Spot.TARGET)
    baseline = (_value_cell(before, rowspan=span),) if span else ()
    return Row((_name_cell(name), *baseline, _value_cell(after)), keep_with_next=span > 1)


def _name_cell(name: Paragraph) -> Cell:
    return Cell((name,), CellStyle.TEXT, scope=HeaderScope.ROW)


def _value_cell(value: Paragraph, *, rowspan: int = 1) -> Cell:
    return Cell((value,), CellStyle.VALUE, rowspan=rowspan)
