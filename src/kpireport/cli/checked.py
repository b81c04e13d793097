"""What a check found, in words for staff: the board of a review, the verdict of a plan.

Comes in: a :class:`~kpireport.status.Board` and the report that it was made from. Goes
out: plain text that fits 80 columns and any console: a table without lines that a
Japanese console would draw at double width, and nothing told by colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpireport.cli.tables import grid_text
from kpireport.conductor import Contents
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.wording import Words
from kpireport.messages import shortened
from kpireport.reports import Report
from kpireport.status import Board, MeasureState
from kpireport.status.boards import DepartmentStatus
from kpireport.status.grids import department_grid
from kpireport.status.words import facts, heading, mark_lines, marks_title

_MOST_NAMED = 6  # measures of a department


def board_text(board: Board) -> str:
    """Return the board: what it is about, then the departments with their counts."""
    lines = [f"■ {heading(board)}", *(f"  {fact}" for fact in facts(board))]
    return "\n".join((*lines, "", grid_text(department_grid(board)), ""))


def outlook_text(board: Board, report: Report) -> str:
    """Return what is missing, the marks to come, whether a report can be made, what to do."""
    steps = _steps(board, report.folder)
    blocks = [_missing(board), _marks(board), [_verdict(board, report), *steps]]
    return "\n\n".join("\n".join(block) for block in map(list, blocks) if block)


def verdict_text(plan: Catalogue, *, has_warnings: bool) -> str:
    """Return that nothing is wrong, and how much was looked at."""
    found, words = Contents.of(plan), Words.of(plan)
    # beside warnings, 問題はありません would contradict them
    verdict = "誤りはありません" if has_warnings else "問題はありません"
    parts = (
        (words.goal, found.goals),
        (words.plan, found.plans),
        (words.numeric_targets, found.numeric_targets),
        (words.indicators, found.indicators),
    )
    return f"{verdict}（{'、'.join(f'{name}{count}' for name, count in parts if count)}）。"


# --- the rest --------------------------------------------------------------------


def _missing(board: Board) -> list[str]:
    """What is missing where a part has been reported; of the others the table says enough."""
    found = [line for each in board.departments if (line := _missing_line(each))]
    return [f"■ 一部が未報告の課（{board.words.indicator}の記号）", *found] if found else []


def _missing_line(department: DepartmentStatus) -> str:
    missing = department.of(MeasureState.UNREPORTED)
    if not missing or department.is_silent:
        return ""
    named = "、".join(shortened(each.id) for each in missing[:_MOST_NAMED])
    more = len(missing) - _MOST_NAMED
    return f"  {department.label}: {named}" + (f" ほか{more}件" if more > 0 else "")


def _marks(board: Board) -> list[str]:
    lines = [f"  {line}" for line in mark_lines(board)]
    return [f"■ {marks_title(board)}", *lines] if lines else []


def _verdict(board: Board, report: Report) -> str:
    if board.errors:
        return "直すところがあるので、報告書はまだ作れません。"
    if board.refusals:
        return (
            "返ってきた回答に、取り込めなかったところがあります。"
            f"{_how_to_mend(board)}、もう一度取り込んでください。"
        )
    if board.is_complete:
        return verdict_text(report.plan, has_warnings=bool(board.warnings))
    if board.is_draft:
        return "誤りはありません。未報告が残っています（案は、このまま作れます）。"
    return "誤りはありません。未報告が残っているので、確定版はまだ作れません。"


def _how_to_mend(board: Board) -> str:
    if not any(each.is_ours for each in board.refusals):
        return "直して送り直してもらい"
    if all(each.is_ours for each in board.refusals):
        return "上のとおりに直し"
    return "上のとおりに直すか、直して送り直してもらい"


def _steps(board: Board, folder: Path) -> Iterator[str]:
    written = f'"{folder}"' if " " in str(folder) or "　" in str(folder) else str(folder)
    if board.waiting:
        yield f"  → 返ってきたブックを取り込むには: kpireport collect {written}"
    if board.refusals or any(each.of(MeasureState.UNREPORTED) for each in board.departments):
        yield f"  → 催促文を見るには: kpireport check {written} --reminders"
        if board.deadline is None:
            yield "  → report.toml の [collection] に deadline を書くと、回答期限が入ります。"
