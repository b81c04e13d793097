"""What is next for a year, in words, with the page that has it; and who is missing.

Comes in: where a report stands; its board. Goes out: the next step of the staff's year.
"""

from __future__ import annotations

from kpireport.quickly import dataclass
from kpireport.status.boards import Board, DepartmentState
from kpireport.workbench.standing import Standing, State

_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next: words, and the page for it."""

    words: str
    section: str


def next_step(standing: Standing, board: Board) -> Step:
    """Return what is to be done next for a review."""
    waiting, silent = len(board.waiting), _silent(board)
    if standing.state is State.KEPT:
        return Step("保存してあります。", "finishing")
    if waiting:
        return Step(f"返ってきたブック{waiting}件を取り込みます。", "collecting")
    if board.errors or board.refusals:
        count = len(board.errors) + len(board.refusals)
        return Step(f"直すところ{count}か所を直します。", "board")
    if silent:
        return Step(f"{len(silent)}課の回答を待っています。", "collecting")
    if any(each.settled_by for each in board.warnings):
        return Step(f"確かめるところ{len(board.warnings)}件を確かめます。", "board")
    if standing.state is State.DRAFT:
        return Step("案を作って読み、よければ確定します。", "document")
    return Step("確定しました。保存します。", "finishing")


def _silent(board: Board) -> tuple[str, ...]:
    open_ = (DepartmentState.UNREPORTED, DepartmentState.INCOMPLETE)
    return tuple(each.label for each in board.departments if each.state in open_)


def missing_words(board: Board) -> str:
    """Return who has not reported, in one line; empty for nobody."""
    silent = _silent(board)
    named = "、".join(silent[:_MOST_NAMED])
    rest = len(silent) - _MOST_NAMED
    return f"{named}、ほか{rest}課" if rest > 0 else named
