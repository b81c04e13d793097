"""年度の状況: how far a year is, by department; every problem and question, to be accepted.

The tables are those of the board (:mod:`kpireport.status.grids`): screen, page, workbook and
this page show the same. What is confirmed here goes into ``accept`` of the settings with its
reason, as ``kpireport accept`` puts it there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from kpireport.domain.catalogue import Catalogue
from kpireport.domain.settings import OutputFormat
from kpireport.errors import Problem
from kpireport.status.boards import Board
from kpireport.status.grids import department_grid, mark_grid, measure_grid, problems_in_order
from kpireport.status.words import TO_CONFIRM, TO_MEND, facts, heading, problem_kind
from kpireport.upgrading import former_settings
from kpireport.workbench.asking import Asked, Posted
from kpireport.workbench.dropped import Dropped
from kpireport.workbench.editions import media_type
from kpireport.workbench.next_steps import next_step
from kpireport.workbench.pages.answers import check_not_kept, sent
from kpireport.workbench.standing import standing_of, steps_page

_KINDS = (TO_MEND, TO_CONFIRM)


@dataclass(frozen=True, slots=True)
class Matter:
    """A problem or question, with what it is filtered by; each empty where it has none.

    ``measure`` is what it is about, where that is typed in here.
    """

    problem: Problem
    kind: str
    department: str
    goal: str
    measure: str = ""

    def is_of(self, kind: str, department: str, goal: str) -> bool:
        """Whether it is among what was asked for; empty asks for all."""
        return (
            kind in ("", self.kind)
            and department in ("", self.department)
            and goal in ("", self.goal)
        )


@dataclass(frozen=True, slots=True)
class Confirming:
    """What is ticked and written in the form, and what is still to be done there."""

    ticked: tuple[str, ...] = ()
    note: str = ""
    no_tick: str = ""
    no_note: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it can be accepted."""
        return not (self.no_tick or self.no_note)


def year(asked: Asked) -> Response:
    """Show the board of a year."""
    return _shown(asked, Confirming())


def _shown(asked: Asked, confirming: Confirming, *, status: int = 200) -> Response:
    board = asked.desk.shelf.board(asked.folder)
    matters = tuple(_matters(board, asked.report.plan))
    wanted = {name: asked.query(name) for name in ("kind", "department", "goal")}
    shown = tuple(each for each in matters if each.is_of(**wanted))
    former = former_settings(asked.folder)
    return asked.page(
        "year.html",
        deprecated=former.deprecated if former else (),
        status=status,
        name=asked.name,
        confirming=confirming,
        board=board,
        heading=heading(board),
        facts=tuple(facts(board)),
        step=next_step(standing_of(asked.name, asked.folder), board),
        grids=(department_grid(board), mark_grid(board)),
        measures=measure_grid(board),
        matters=matters,
        shown=shown,
        wanted=wanted,
        kinds=_KINDS,
        departments=_once(each.department for each in matters),
        goals=_once(each.goal for each in matters),
    )


def confirm(posted: Posted) -> Response:
    """Accept what was ticked, with the reason."""
    from kpireport.status.accepting import accept

    ids, note = posted.all("settled_by"), posted.field("note")
    folder = posted.folder
    for upload in posted.files.get("board", ()):
        dropped = Dropped(upload.name, upload.data)
        check_not_kept(posted)
        with posted.desk.writing, dropped.as_file() as path:
            added = accept(folder, board=path, note=note).added
        posted.desk.note(_SETTLED.format(count=len(added)) if added else _UNTICKED)
        return posted.go(steps_page(posted.name, "board"))
    confirming = Confirming(
        ids,
        note,
        "" if ids else "印が付いていません。確かめたものに印を付けて、もう一度押してください。",
        "" if note else "理由（誰にどう確かめたか）を書いて、もう一度押してください。",
    )
    if not confirming.is_whole:
        return _shown(posted, confirming, status=422)
    check_not_kept(posted)
    with posted.desk.writing:
        accepted = accept(folder, ids, note=note)
    posted.desk.note(_SETTLED.format(count=len(accepted.added)))
    return posted.go(steps_page(posted.name, "board"))


_SETTLED = "{count}件を確認済みにしました。理由は設定に残しました。"
_UNTICKED = "新しく確認済みにするものは、ブックにありません。"


def as_workbook(asked: Asked) -> Response:
    """Send the board as a workbook, whose ticks come back."""
    from kpireport.status.workbooks import write_workbook

    data = write_workbook(asked.desk.shelf.board(asked.folder))
    return sent(data, "状況.xlsx", media_type(OutputFormat.XLSX))


def as_page(asked: Asked) -> Response:
    """Send the board as a page that needs nothing else."""
    from kpireport.status.pages import write_page

    data = write_page(asked.desk.shelf.board(asked.folder))
    return sent(data, "状況.html", media_type(OutputFormat.HTML))


def _matters(board: Board, plan: Catalogue) -> Iterator[Matter]:
    measures = {each.id: each for each in board.measures}
    goals = {
        measure.id: goal.head
        for goal in plan.goals
        for measure in (*goal.numeric_targets, *goal.indicators())
    }
    for problem in problems_in_order(board):
        measure = measures.get(problem.measure_id)
        department = next(iter(measure.departments), "") if measure else problem.department
        goal = goals.get(problem.measure_id, "")
        about = problem.measure_id if measure else ""
        yield Matter(problem, problem_kind(problem), department, goal, about)


def _once(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
