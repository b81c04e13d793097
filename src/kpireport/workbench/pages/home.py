"""計画と年度: what is in the folder, each with its state; a new year begun.

The list is made of the settings alone. What is next for a year, and who is missing, takes
reading its actuals: each year's part asks for that when the list is there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from starlette.responses import Response

from kpireport.domain.names import in_one_line
from kpireport.errors import InputError
from kpireport.messages import printable
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted
from kpireport.workbench.standing import Standing, State, standing_of, steps_page


@dataclass(frozen=True, slots=True)
class PlanShelf:
    """A plan with its reports.

    Attributes:
        plan: the name of its file; empty where it is not in the folder.
        title: what it calls itself; its file's name where that cannot be read.
        reports: its plan edition first, then the years, the latest first.
        years_folder: where its next year belongs, as a name; empty where nobody can tell.
    """

    plan: str
    title: str
    reports: tuple[Standing, ...]
    years_folder: str = ""


def home(asked: Asked) -> Response:
    """Show the plans and the years."""
    shelves = _shelves(asked)
    return asked.page("home.html", shelves=shelves, found=asked.found, is_free=asked.is_free)


def summary(asked: Asked) -> Response:
    """Show what is next for a year, and who is missing."""
    from kpireport.workbench.next_steps import missing_words, next_step

    standing = standing_of(asked.name, asked.folder)
    try:
        board = asked.desk.shelf.board(asked.folder)
    except InputError as error:
        return asked.page("home_faulty.html", problems=error.problems, standing=standing)
    return asked.page(
        "home_summary.html",
        standing=standing,
        step=next_step(standing, board),
        missing=missing_words(board),
    )


def begin_year(posted: Posted) -> Response:
    """Make the next year's folder, from the year before or from the plan."""
    from kpireport.collection import start_year

    folder = _years_folder(posted)
    catalogue = posted.found.plans.get(posted.field("plan"))
    with posted.desk.writing:
        started = start_year(
            posted.field("year"),
            folder,
            from_year=posted.field("from_year") or None,
            catalogue=catalogue if posted.field("first") else None,
            moment=posted.desk.clock.moment(),
        )
    notes = "".join(f"\n「設定」の画面で確かめてください：{each}" for each in started.notes)
    posted.desk.note(f"{printable(started.folder.name)}年度のフォルダーを作りました。{notes}")
    return posted.go(steps_page(posted.desk.workplace.name_of(started.folder), "board"))


def _years_folder(posted: Posted) -> Path:
    """The folder for a new year: one that has reports of the folder, or the usual one."""
    from kpireport.collection import usual_folder

    wanted = posted.field("years_folder")
    known = {each.years_folder for each in _shelves(posted)}
    if wanted and wanted in known:
        return posted.desk.workplace.path_of(wanted)
    plan = posted.found.plans.get(posted.field("plan"))
    here = plan.parent if plan else posted.desk.workplace.root
    return usual_folder(here, is_first=True)


def _shelves(asked: Asked) -> tuple[PlanShelf, ...]:
    """The plans of the folder, each with its reports; those of no plan in it come last."""
    found = asked.found
    standings = [standing_of(name, folder) for name, folder in found.reports.items()]
    by_plan = {path.resolve(): name for name, path in found.plans.items()}
    shelves = []
    for path, name in by_plan.items():
        own = [each for each in standings if each.catalogue == path]
        shelves.append(_shelf(asked, name, own))
    strays = [each for each in standings if each.catalogue not in by_plan]
    if strays:
        shelves.append(_shelf(asked, "", strays))
    return tuple(shelves)


def _shelf(asked: Asked, plan: str, reports: Sequence[Standing]) -> PlanShelf:
    ordered = sorted(reports, key=lambda each: (each.state is not State.PLAN, -each.year))
    folder = ""
    if reports:
        latest = asked.found.reports[max(reports, key=lambda each: each.year).name].parent
        if latest.is_relative_to(asked.desk.workplace.root):
            folder = asked.desk.workplace.name_of(latest)
    title = _title(asked.found.plans[plan]) or plan if plan else ""
    return PlanShelf(plan, title, tuple(ordered), folder)


def _title(file: Path) -> str:
    """What a plan calls itself, without reading it whole; empty where that is not to be had."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        return in_one_line("".join(json.loads(read_ordinary(file))["cover"]["title"]))
    return ""
