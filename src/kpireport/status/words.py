"""What a board says in sentences: its title, the day, the deadline, the sums.

Comes in: a board. Goes out: final texts, the same on the screen, on the page, in the
workbook and in mails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpireport.document.editions import SAMPLE_NOTICE
from kpireport.domain.numerals import write_numerals
from kpireport.domain.years import format_date_and_weekday, format_fiscal_year
from kpireport.errors import Problem, Severity
from kpireport.evaluation import MarkCounts
from kpireport.status.boards import Board, MeasureState, MeasureStatus

SIGNATURE = "kpireport check"
"""Stands in every file of a board, and tells that it is one."""

BOARD_PROPERTY = "kpireport-board"
"""The custom property that tells that a workbook is a board, whatever its name."""

PROBLEMS, CONFIRMED, REMARK = "確かめるところ", "確認済", "確認した人・メモ"
"""In a board's workbook: the sheet in which people tick, and the columns for that."""

TO_MEND, TO_CONFIRM, OTHERS = "要修正", "要確認", "その他"


def year_name(board: Board) -> str:
    """Return ``令和３年度``."""
    return format_fiscal_year(board.fiscal_year, board.numerals)


def heading(board: Board) -> str:
    """Return ``令和３年度実績の報告の状況``."""
    return f"{year_name(board)}実績の報告の状況"


def deadline_day(board: Board) -> str:
    """Return ``令和４年６月30日（木）``; empty where no deadline is set."""
    return format_date_and_weekday(board.deadline, board.numerals) if board.deadline else ""


def days_left(board: Board) -> str:
    """Return how far the deadline is: ``期限を３日過ぎています``; empty where nobody knows."""
    if board.deadline is None or board.today is None:
        return ""
    days = (board.deadline - board.today).days
    if days == 0:
        return "本日が期限です"
    text = f"あと{days}日です" if days > 0 else f"期限を{-days}日過ぎています"
    return write_numerals(text, board.numerals)


def facts(board: Board) -> Iterator[str]:
    """Yield what a reader has to know first: whose plan, which day, by when, the sums."""
    yield board.title
    if board.is_sample:
        yield SAMPLE_NOTICE
    if board.today:
        yield f"{format_date_and_weekday(board.today, board.numerals)}現在"
    if board.deadline:
        left = days_left(board)
        yield f"回答期限　{deadline_day(board)}" + (f"　{left}" if left else "")
    yield sums(board)
    if board.waiting:
        count = write_numerals(f"{len(board.waiting)}件", board.numerals)
        yield f"返ってきたブックのうち{count}は、まだ取り込んでいません"
    if board.refusals:
        count = write_numerals(f"{len(board.refusals)}か所", board.numerals)
        yield f"返ってきたブックに、取り込めなかったところが{count}あります"


def sums(board: Board) -> str:
    """Return ``対象の指標113件：報告済み100件、未報告13件。要確認の指標３件``."""
    measures = board.measures
    states = "、".join(
        f"{state}{count}件" for state in STATES if (count := count_in(measures, state))
    )
    doubtful = sum(each.is_doubtful for each in measures)
    odd = f"。{TO_CONFIRM}の指標{doubtful}件" if doubtful else ""
    others = f"。{OTHERS}{count}か所" if (count := others_in(board)) else ""
    text = board.words.put_into(f"対象の指標{len(measures)}件：{states}{odd}{others}")
    return write_numerals(text, board.numerals)


STATES = (
    MeasureState.REPORTED,
    MeasureState.EXPLAINED,
    MeasureState.NO_SURVEY,
    MeasureState.UNREPORTED,
    MeasureState.REFUSED,
)


def others_in(board: Board) -> int:
    """Count what is wrong or odd beside the measures of the departments."""
    return sum(len(each.beside) for each in board.departments)


def count_in(measures: Iterable[MeasureStatus], state: MeasureState) -> int:
    """Count the measures in a state."""
    return sum(each.state is state for each in measures)


def marks_title(board: Board) -> str:
    """Return ``評価の見込み``, and how many it leaves out because they are to be mended."""
    left_out = sum(each.mark is None for each in board.measures)
    but = f"（{TO_MEND}の{_count_text(board, left_out)}を除く）" if left_out else ""
    return f"評価の見込み{but}"


def mark_lines(board: Board) -> Iterator[str]:
    """Yield the marks to come, a line each for indicators, numeric targets, plans and goals."""
    if board.marks is None:
        return
    for name, counts in (
        (board.words.indicator, board.marks.indicators),
        (board.words.numeric_targets, board.marks.numeric_targets),
        *board.marks.rolled,
    ):
        if counts.total:
            yield f"{name}{_count_text(board, counts.total)}：{_mark_counts(board, counts)}"


def _mark_counts(board: Board, counts: MarkCounts) -> str:
    return "、".join(
        f"{each.mark.label} {_count_text(board, each.count)}"
        for each in counts.counts
        if each.count
    )


def _count_text(board: Board, count: int) -> str:
    return write_numerals(f"{count}件", board.numerals)


def problem_kind(problem: Problem) -> str:
    """Return what is to be done about a problem: mend it, or have a second look."""
    return TO_MEND if problem.severity is Severity.ERROR else TO_CONFIRM


def measure_name(measure: MeasureStatus) -> str:
    """Return ``計画１　外遊びの事業の増設（記号 p01-01）``."""
    return f"{measure.plan}　{measure.name}（記号 {measure.id}）"
