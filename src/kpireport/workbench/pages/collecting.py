"""集める: sheets handed out, workbooks dropped, tried, taken in and undone; reminders.

What is taken is what was shown: a trial (``collect`` with ``dry_run``) is kept, its choices are
radio buttons, and what is chosen is tried again before it is taken. The taking-in holds
itself against the trial, so that nothing is written that nobody has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from kpireport.conductor import Progress
from kpireport.domain.settings import OutputFormat
from kpireport.domain.years import format_fiscal_year
from kpireport.errors import Problem
from kpireport.ordinary_files import read_ordinary
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, address
from kpireport.workbench.editions import media_type
from kpireport.workbench.jobs import Done
from kpireport.workbench.pages.answers import ZIP, check_not_kept, sent
from kpireport.workbench.shelf import State, files_of, state_of
from kpireport.workbench.standing import steps_page
from kpireport.workbench.trials import Chosen, Trial

if TYPE_CHECKING:
    from kpireport.collection import Change, Collected, Conflict
    from kpireport.reports import Report
    from kpireport.status import Board, DepartmentStatus

_CHANGED = "調べた後にファイルが変わったので、調べ直しました。もう一度、確かめて選んでください。"
_SOON = 0.5  # seconds that somebody waits without asking how far it is
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Open:
    """What a person may choose of a trial; the names of its fields end in the numbers here.

    Attributes:
        conflicts: between what the workbook says and what came back.
        refilled: answers for cells that were emptied by hand.
    """

    conflicts: tuple[Conflict, ...]
    refilled: tuple[Change, ...]

    @classmethod
    def of(cls, found: Collected) -> Open:
        """Return what is open in a trial."""
        from kpireport.collection import ChangeKind

        refilled = (each for each in found.changes if each.kind is ChangeKind.REFILLED)
        return cls(found.conflicts, tuple(refilled))


# --- what is shown ---------------------------------------------------------------


def collecting(asked: Asked) -> Response:
    """Show what came back, what would be taken of it, and who is missing."""
    from kpireport.collection import books_aside, handed_out, last_taking
    from kpireport.collection.receiving import own_name
    from kpireport.collection.telling import counted, fate, moment_words
    from kpireport.status.reminders import reminders

    report, board = asked.report, asked.desk.shelf.board(asked.folder)
    trial = asked.desk.trials.find(asked.folder, _state(report))
    sheets, last = handed_out(report), last_taking(report)
    found = trial.found if trial else None
    told = frozenset(each.told for each in found.conflicts) if found else frozenset()
    return asked.page(
        "collecting.html",
        name=asked.name,
        year=format_fiscal_year(board.fiscal_year, board.numerals),
        board=board,
        sheets=sheets,
        trial=trial,
        open=Open.of(found) if found else None,
        found=found,
        errors=[each for each in found.errors if each not in told] if found else [],
        doubts=[each for each in (*found.warnings, *found.kept) if each not in told]
        if found
        else [],
        counted=counted(found.changes) if found else "",
        fate=fate,
        moment_words=moment_words,
        next=_next(trial, board, has_begun=bool(last or any(sheets.values()))),
        last=last,
        aside=[(each.name, own_name(each)) for each in books_aside(report.collection_settings)],
        came={each.name: _came(each, board, found) for each in board.departments},
        reminded=[each.department for each in reminders(board)],
    )


def _came(department: DepartmentStatus, board: Board, found: Collected | None) -> str:
    """What came back of a department, as far as that is known."""
    from kpireport.collection import ReturnOutcome
    from kpireport.status import DepartmentState

    if department.is_undecided:
        return "どの版を使うかが決まっていません"
    if department.is_all_refused:
        return "届いていますが、使えません"
    if department.to_mend:
        return f"直すところが{len(department.to_mend)}か所あります"
    files = found.files if found and found.is_trial else ()
    own = [each for each in files if department.name == (each.department or each.likely)]
    if own and department.name:
        is_refused = all(each.outcome is ReturnOutcome.REFUSED for each in own)
        return "届いていますが、使えません" if is_refused else "届いていて、まだ取り込んでいません"
    if department.state is DepartmentState.INCOMPLETE:
        return "一部の報告があります"
    if department.state is not DepartmentState.UNREPORTED:
        return "報告があります"
    return "まだ調べていません" if board.waiting and not found else "届いていません"


def _next(trial: Trial | None, board: Board, *, has_begun: bool) -> str:
    """The one thing to do next: its button is filled."""
    if trial is None:
        return "try" if board.waiting else "drop" if has_begun else "sheets"
    found = trial.found
    return "take" if found.is_trial and found.has_news else "drop"


def sheets(asked: Asked) -> Response:
    """Send the departments' workbooks as one file."""
    from kpireport.collection import sheets_zip

    year = format_fiscal_year(asked.report.review_settings.fiscal_year)
    return sent(sheets_zip(asked.report), f"{year}実績_記入用ブック.zip", ZIP)


def sheet(asked: Asked) -> Response:
    """Send one department's workbook."""
    from kpireport.collection import handed_out

    path = handed_out(asked.report).get(asked.query("department"))
    if path is None:
        raise UnknownAddressError
    return sent(read_ordinary(path), path.name, media_type(OutputFormat.XLSX))


# --- what is done ----------------------------------------------------------------


def make_sheets(posted: Posted) -> Response:
    """Make the departments' workbooks; those that are otherwise by now are kept beside them."""
    from kpireport.collection import SheetOutcome, hand_out

    folder, moment = posted.folder, posted.desk.clock.moment()

    def work(progress: Progress) -> Done:
        warnings: list[Problem] = []
        with posted.desk.writing:
            made = hand_out(
                folder, renew=True, moment=moment, progress=progress, warn=warnings.append
            )
        written = tuple(each.path for each in made if each.outcome is not SheetOutcome.UNCHANGED)
        return Done(written, tuple(warnings), f"{len(made)}課の分があります。")

    return _begun(posted, "記入用のブックを作る", work)


def drop(posted: Posted) -> Response:
    """Save what came back, and try it."""
    from kpireport.collection import put_into_inbox

    files = [(each.name, each.data) for each in posted.files.get("books", ())]
    if not files:
        posted.desk.note("ファイルが選ばれていません。選ぶか、枠の中にドラッグして入れてください。")
        return posted.go(steps_page(posted.name, "collecting"))
    with posted.desk.writing:
        arrived = put_into_inbox(posted.folder, files)
    said = [f"{len(arrived.saved)}ファイルを受け付けました。"]
    if arrived.known:
        said.append(f"{_named(arrived.known)}は、同じものがもうあります。")
    if arrived.refused:
        said.append(f"{len(arrived.refused)}ファイルは、受け付けられません。")
    posted.desk.note("".join(said), arrived.refused)
    if not arrived.saved and not arrived.known:
        return posted.go(steps_page(posted.name, "collecting"))
    return _try(posted, Chosen())


def try_again(posted: Posted) -> Response:
    """Try what came back, with what was chosen; or from the beginning."""
    trial = _shown_trial(posted)
    if posted.field("again"):
        return _try(posted, Chosen())
    if trial is None:
        posted.desk.note(_CHANGED)
        return _try(posted, Chosen())
    return _try(posted, trial.chosen.and_then(_chosen(posted, trial)))


def take(posted: Posted) -> Response:
    """Take in what was shown; where something else was chosen since, show that first."""
    check_not_kept(posted)
    trial = _shown_trial(posted)
    if trial is None:
        posted.desk.note(_CHANGED)
        return _try(posted, Chosen())
    chosen = _chosen(posted, trial)
    if chosen.is_anything:
        posted.desk.note("選んだとおりに調べ直しました。よければ、もう一度押してください。")
        return _try(posted, trial.chosen.and_then(chosen))
    desk, folder = posted.desk, posted.folder

    def work(progress: Progress) -> Done:
        from kpireport.collection import collect

        had = trial.chosen
        with desk.writing:
            found = collect(
                folder,
                use=had.use,
                replace=had.replace,
                keep=had.keep,
                as_shown=trial.found,
                progress=progress,
            )
            desk.trials.keep(folder, Trial(_state_in(folder), found))
        return Done()  # the page shows what was taken in

    return _begun(posted, "取り込む", work)


def set_aside(posted: Posted) -> Response:
    """Take a workbook out of the inbox, and try what is left."""
    from kpireport.collection import set_aside as take_out

    trial = _shown_trial(posted)
    if trial is None:
        posted.desk.note(_CHANGED)
        return _try(posted, Chosen())
    found = trial.found
    book = next((each for each in found.files if each.name == posted.field("book")), None)
    if book is None:
        raise UnknownAddressError
    with posted.desk.writing:
        take_out(posted.folder, book.path.relative_to(found.inbox))
    is_used = book.taken and not found.is_trial
    said = "取り込んだ実績は、そのままです。" if is_used else ""
    posted.desk.note(
        f"{book.name}を受付から外しました。{said}「受付から外したブック」から戻せます。"
    )
    return _try(posted, Chosen())


def put_back(posted: Posted) -> Response:
    """Put a workbook that was taken out back into the inbox, and try all."""
    from kpireport.collection import put_back as put_in

    with posted.desk.writing:
        path = put_in(posted.folder, posted.field("book"))
    posted.desk.note(f"{path.name}を受付に戻しました。")
    return _try(posted, Chosen())


def undo(posted: Posted) -> Response:
    """Undo the last taking-in."""
    from kpireport.collection import undo_collect

    check_not_kept(posted)
    with posted.desk.writing:
        undone = undo_collect(posted.folder)
    names = "、".join(each.name for each in undone.restored) or "受付の記録"
    posted.desk.note(
        f"最後の取り込みを元に戻しました（{names}）。返ってきたブックは、受付に残っています。"
        "取り込まないものは、調べてから「受付から外す」を押してください。"
    )
    return posted.go(steps_page(posted.name, "collecting"))


def _try(posted: Posted, chosen: Chosen) -> Response:
    desk, folder = posted.desk, posted.folder

    def work(progress: Progress) -> Done:
        from kpireport.collection import collect
        from kpireport.collection.own_book import make_own_book
        from kpireport.reports import Report

        with desk.writing:
            if make_own_book(Report.open(folder)):
                desk.note("実績のブックがなかったので、空のものを作りました。")
        state = _state_in(folder)
        found = collect(
            folder,
            use=chosen.use,
            replace=chosen.replace,
            keep=chosen.keep,
            dry_run=True,
            progress=progress,
        )
        desk.trials.keep(folder, Trial(state, found, chosen))
        return Done()

    return _begun(posted, "返ってきたブックを調べる", work)


def _begun(posted: Posted, what: str, work: Callable[[Progress], Done]) -> Response:
    """Begin; lead to how far it is, or back at once where it is soon over."""
    year = format_fiscal_year(posted.report.review_settings.fiscal_year)
    back = steps_page(posted.name, "collecting")
    job = posted.desk.jobs.start(f"{year}：{what}", back, work)
    job.over.wait(_SOON)
    return posted.go(job.leads_to or address("jobs", job.id))


# --- what was chosen -------------------------------------------------------------


def _shown_trial(posted: Posted) -> Trial | None:
    """The trial that the form shows; ``None`` where it is not the last, or not true any more."""
    trial = posted.desk.trials.find(posted.folder, _state(posted.report))
    return trial if trial is not None and trial.key == posted.field("trial") else None


def _chosen(posted: Posted, trial: Trial) -> Chosen:
    """What the form says otherwise than the trial had it."""
    chosen = Chosen()
    for each in _choices(posted, trial):
        chosen = chosen.and_then(each)
    return chosen


def _choices(posted: Posted, trial: Trial) -> Iterator[Chosen]:
    open_ = Open.of(trial.found)
    for number, choice in enumerate(trial.found.choices):
        for index, version in enumerate(choice.versions):
            if posted.field(f"version-{number}") == str(index):
                yield Chosen(
                    use=(version.path,), words=(f"{choice.department}：{version.name} を使う",)
                )
    for number, conflict in enumerate(open_.conflicts):
        cell, what = conflict.cell, f"{conflict.about}（{conflict.title}）"
        match posted.field(f"conflict-{number}"):
            case "keep" if not conflict.is_kept:
                yield Chosen(keep=(cell,), words=(f"{what}：いまのまま残す",))
            case "replace" if conflict.can_replace:
                yield Chosen(replace=(cell,), words=(f"{what}：回答に差し替える",))
    for number, change in enumerate(open_.refilled):
        if posted.field(f"refilled-{number}") == "keep":
            cell, what = f"{change.id}:{change.title}", f"{change.about}（{change.title}）"
            yield Chosen(keep=(cell,), words=(f"{what}：空のままにする",))


def _state(report: Report) -> State:
    return state_of(files_of(report))


def _state_in(folder: Path) -> State:
    from kpireport.reports import Report

    return _state(Report.open(folder))


def _named(paths: tuple[Path, ...]) -> str:
    names = "、".join(each.name for each in paths[:_MOST_NAMED])
    return f"{names}など{len(paths)}ファイル" if len(paths) > _MOST_NAMED else names
