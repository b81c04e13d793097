"""A board as tables of final texts: by department, by measure, what to look at, the marks.

Comes in: a board. Goes out: titles and rows that the screen, the page and the workbook
show alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from kpireport.domain.numerals import write_numerals
from kpireport.domain.years import format_fiscal_year
from kpireport.errors import Problem
from kpireport.messages import printable
from kpireport.quickly import dataclass
from kpireport.status.boards import (
    Board,
    DepartmentState,
    DepartmentStatus,
    MeasureState,
    MeasureStatus,
)
from kpireport.status.words import (
    OTHERS,
    STATES,
    TO_CONFIRM,
    TO_MEND,
    marks_title,
    measure_name,
    others_in,
    problem_kind,
    year_name,
)

Datum: TypeAlias = str | int
"""What stands in a cell: a text, or a count; a count of nothing is 0."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` in characters of half width, for those who want one."""

    title: str
    width: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``is_open`` where somebody still has to do something about it."""

    data: tuple[Datum, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        title: what it is called.
        columns: what stands in it.
        lines: its rows.
        names: the column (from 0) that names a row.
        note: how to read it, empty where that is plain.
        total: the sums of the columns.
    """

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    names: int = 0
    note: str = ""
    total: Line | None = None


_OPEN = "太字の行に、まだすることが残っています。"
_OTHERS = (
    f"「{OTHERS}」は、計画へのコメント、計画にない行、ファイルの全体など、どの指標の実績でもない"
    "ところの数です。"
)

# --- by department ---------------------------------------------------------------

_TITLES = {MeasureState.REPORTED: "報告済"}  # the others' are their own words


def department_grid(board: Board) -> Grid:
    """The departments, the most urgent first, and their sum.

    What is wrong or odd beside the measures, and what is without a survey in the year, has
    its column only where there is any.
    """
    has_others = others_in(board) > 0
    states = _states(board)
    titles = ("対象", *(_TITLES.get(state, str(state)) for state in states), TO_CONFIRM)
    titles = (*titles, OTHERS) if has_others else titles
    urgency = {state: number for number, state in enumerate(DepartmentState)}
    departments = sorted(board.departments, key=lambda each: urgency[each.state])
    counts = [_counts(each, states, has_others=has_others) for each in departments]
    lines = tuple(map(_department_line, departments, counts))
    known = sum(1 for each in departments if each.name)  # what is nobody's is no department
    count = write_numerals(f"{known}課", board.numerals)
    sums = tuple(sum(column) for column in zip(*counts, strict=True))
    return Grid(
        "課別の状況",
        (
            Column("所管課", 26),
            *(Column(title, 10, is_number=True) for title in titles),
            Column("状況", 14),
        ),
        lines,
        note=_OPEN + (board.words.put_into(_OTHERS) if has_others else ""),
        total=Line((f"合計（{count}）", *sums, "")),
    )


def _department_line(department: DepartmentStatus, counts: tuple[int, ...]) -> Line:
    state = department.state
    data: tuple[Datum, ...] = (department.label, *counts, str(state))
    return Line(data, is_open=state is not DepartmentState.DONE)


def _states(board: Board) -> tuple[MeasureState, ...]:
    """The states that have a column."""
    has_surveys = any(each.state is MeasureState.NO_SURVEY for each in board.measures)
    return tuple(each for each in STATES if has_surveys or each is not MeasureState.NO_SURVEY)


def _counts(
    department: DepartmentStatus, states: Iterable[MeasureState], *, has_others: bool
) -> tuple[int, ...]:
    others = (len(department.beside),) if has_others else ()
    return (
        len(department.measures),
        *(len(department.of(state)) for state in states),
        len(department.doubtful),
        *others,
    )


# --- what is missing -------------------------------------------------------------


def missing_grid(board: Board) -> Grid:
    """What each department has not reported, named in one cell."""
    columns = (
        Column("所管課", 26),
        Column("件数", 8, is_number=True),
        Column(board.words.indicator, 80),
    )
    lines = (
        Line((each.label, len(missing), "\n".join(map(measure_name, missing))), is_open=True)
        for each in board.departments
        if (missing := each.of(MeasureState.UNREPORTED))
    )
    return Grid(f"未報告の{board.words.indicator}", columns, tuple(lines))


# --- by measure ------------------------------------------------------------------


def measure_grid(board: Board) -> Grid:
    """The measures in the plan's order, with what is reported and the judgement to come."""
    before = format_fiscal_year(board.fiscal_year.previous, board.numerals)
    has_units = any(each.unit for each in board.measures)
    has_aims = any(each.aim for each in board.measures)
    columns = (
        Column("記号", 11),
        Column(board.words.indicator, 32),
        *(Column(name, 18) for name in board.levels),
        Column(board.words.plan, 12),
        Column("所管課", 18),
        *((Column("単位", 9),) if has_units else ()),
        Column(board.words.baseline, 16),
        Column(board.words.target, 16),
        *((Column(f"{year_name(board)}の目標", 16),) if has_aims else ()),
        Column(f"{before}の実績", 16),
        Column(f"{year_name(board)}の実績", 16),
        Column("状況", 12),
        *((Column("評価の見込み", 16),) if board.has_marks else ()),
        Column("評価の理由など" if board.has_rules else "備考", 30),
    )
    return Grid(
        f"{board.words.indicator}別の状況",
        columns,
        tuple(
            _measure_line(each, has_marks=board.has_marks, has_units=has_units, has_aims=has_aims)
            for each in board.measures
        ),
        1,
        _OPEN,
    )


def _measure_line(
    measure: MeasureStatus, *, has_marks: bool, has_units: bool, has_aims: bool
) -> Line:
    is_open = measure.state in (MeasureState.REFUSED, MeasureState.UNREPORTED)
    return Line(
        (
            measure.id,
            measure.name,
            *measure.within,
            measure.plan,
            "、".join(measure.departments),
            *((measure.unit,) if has_units else ()),
            measure.baseline,
            measure.target,
            *((measure.aim,) if has_aims else ()),
            measure.previous,
            measure.actual,
            state_text(measure),
            *((mark_text(measure),) if has_marks else ()),
            _remark(measure),
        ),
        is_open or measure.is_doubtful,
    )


def _remark(measure: MeasureStatus) -> str:
    """Why the mark to come, or why there is none."""
    if measure.state is MeasureState.REFUSED:
        return "\n".join(problem.what for problem in measure.problems)
    return measure.reason or measure.explanation


def state_text(measure: MeasureStatus) -> str:
    """Return the state, or 要確認 where it is reported but something is odd."""
    is_odd = measure.is_doubtful and measure.state is not MeasureState.UNREPORTED
    return TO_CONFIRM if is_odd else str(measure.state)


def mark_text(measure: MeasureStatus) -> str:
    """Return ``◎ 達成``, with 修正 where a person set it; empty where it cannot be told."""
    if measure.mark is None:
        return ""
    return measure.mark.label + ("（修正）" if measure.is_overridden else "")


# --- what to look at -------------------------------------------------------------


_PROBLEMS = (
    f"{TO_MEND}のものを直すまで、報告書は作れないか、その回答が入りません。{TO_CONFIRM}のものは、誤りとは限りません。"
    "所管課に確かめ、正しければそのままにできます。"
)


def problem_grid(board: Board) -> Grid:
    """All that is to be mended, then all that deserves a second look."""
    columns = (
        Column("区分", 10),
        Column("所管課", 18),
        Column("記号", 11),
        Column(board.words.indicator, 30),
        Column("内容", 44),
        Column("すること", 40),
        Column("場所", 30),
    )
    measures = {each.id: each for each in board.measures}
    lines = (_problem_line(each, measures) for each in problems_in_order(board))
    return Grid("直すところ・確かめるところ", columns, tuple(lines), 4, _PROBLEMS)


def problems_in_order(board: Board) -> tuple[Problem, ...]:
    """What the lines of :func:`problem_grid` are about."""
    return (*board.errors, *board.refusals, *board.warnings)


def _problem_line(problem: Problem, measures: dict[str, MeasureStatus]) -> Line:
    measure = measures.get(problem.measure_id)
    department = next(iter(measure.departments), "") if measure else problem.department
    place = f"{problem.file}: {problem.place}" if problem.place else problem.file
    data = (
        problem_kind(problem),
        department,
        problem.measure_id or problem.settled_by,
        measure.name if measure else problem.about,
        problem.what,
        problem.remedy,
        printable(place),
    )
    return Line(data, is_open=problem_kind(problem) == TO_MEND)


# --- the marks -------------------------------------------------------------------


def mark_grid(board: Board) -> Grid | None:
    """How many will stand at each mark; ``None`` where that cannot be told."""
    if board.marks is None:
        return None
    kinds = (
        (board.words.indicator, board.marks.indicators),
        (board.words.numeric_targets, board.marks.numeric_targets),
    )
    marks = [each.mark.label for each in board.marks.indicators.counts]
    columns = (
        Column("区分", 12),
        *(Column(mark, 14, is_number=True) for mark in marks),
        Column("合計", 10, is_number=True),
    )
    lines = (
        Line((name, *(each.count for each in counts.counts), counts.total))
        for name, counts in kinds
        if counts.total
    )
    return Grid(marks_title(board), columns, tuple(lines))
