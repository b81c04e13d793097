"""Taking in what came back: the inbox in, the report's workbook and the register out.

Comes in: a report folder and its inbox. Goes out: what was found, and the files with it.
Everything is decided before anything is written; the files are replaced together, the
register last, so that a run that is killed leaves nothing that the next one takes for
somebody's own work. A run without news writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from kpireport.collection.expected import Expected, ReportFolder, open_report
from kpireport.collection.inbox import Inbox, ask_about_place, look_through
from kpireport.collection.ledger import Ledger
from kpireport.collection.matters import RowEdit
from kpireport.collection.merging import merge
from kpireport.collection.outcomes import Change, Collected, FileResult, Missing
from kpireport.collection.own_book import make_own_book
from kpireport.collection.receiving import (
    Received,
    copies,
    has_answered,
    has_sent,
    known_files,
    receive,
    sums_of,
)
from kpireport.collection.register import (
    REGISTER,
    Register,
    ReturnOutcome,
    read_register,
    register_bytes,
)
from kpireport.collection.register_book import BOOK, register_book
from kpireport.collection.register_draft import RegisterDraft
from kpireport.collection.returned import Returned
from kpireport.collection.undoing import before_files
from kpireport.collection.versions import Choose, Versions, choose_versions
from kpireport.collection.wishes import Wishes
from kpireport.collection.writing import Written, rewritten
from kpireport.conductor import Progress
from kpireport.domain.actuals import Actuals
from kpireport.domain.places import commented
from kpireport.domain.reporting import unreported
from kpireport.domain.wording import Words
from kpireport.errors import OutputError, Problem, Severity
from kpireport.files import (
    NewFile,
    check_unchanged,
    check_writable,
    is_same_file,
    remove_abandoned,
    write_files,
)
from kpireport.quickly import dataclass
from kpireport.reports import Report

_STEPS = 3


def collect(
    report_dir: Path | str,
    inbox: Path | str | None = None,
    *,
    use: Collection[Path | str] = (),
    replace: Collection[str] = (),
    keep: Collection[str] = (),
    choose: Choose | None = None,
    as_shown: Collected | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Collected:
    """Take what came back into the report's workbook, and keep a register of it.

    What is good is taken, what is not is told; nothing of the inbox is changed. Cells that
    people filled in by hand are left alone. The same inbox again changes no byte.

    Args:
        report_dir: the folder of ``report.toml``.
        inbox: the folder of what came back; the one that the settings name where left out.
        use: files that count, where a department has sent several versions.
        replace: what takes the place of what people wrote by hand: ``p03:課題`` the answer
            for that cell; ``p03`` those for the cells of that row that they contradict.
        keep: likewise what stays, from now on without being told as a problem.
        choose: asked which of several versions counts.
        as_shown: a trial that somebody has read: it is taken in if that comes out again.
        dry_run: find out, and write nothing.
        progress: called before each step, and after the last.

    Raises:
        InputError: the report's own inputs, the inbox or the arguments cannot be used.
        OutputError: a file cannot be written, or it comes out otherwise than it was shown;
            all are as they were.
    """
    tell = progress or _nobody
    tell(0, _STEPS, "計画と、いまの実績を読んでいます")
    desk = _open(Path(report_dir), inbox, replace, keep, dry_run=dry_run)
    expected = desk.report.expected
    tell(1, _STEPS, "返ってきたブックを読んでいます")
    received = receive(desk.listing.workbooks, desk.inbox, expected)
    forms = [each for each in received.returned if each.is_form]
    used = sums_of(use, received, desk.inbox)
    versions = choose_versions(forms, desk.register, used, expected, choose)
    ledger = desk.ledger()
    merge(versions.counting, expected, ledger)
    tell(2, _STEPS, "実績のブックに書き込めることを確かめています")
    decided = _decide(desk, received, versions, ledger)
    if not dry_run:
        if as_shown is not None:
            _check_shown(decided.collected(is_trial=True), as_shown)
        decided.write()
    tell(_STEPS, _STEPS, "できました")
    return decided.collected(is_trial=dry_run)


def _check_shown(found: Collected, shown: Collected) -> None:
    """Refuse what somebody has not seen.

    Raises:
        OutputError: it is otherwise than was shown.
    """
    if (found.files, found.changes, found.choices) != (shown.files, shown.changes, shown.choices):
        raise OutputError(
            "調べた後に、返ってきたブックか実績のブックが変わりました。何も書き込んでいません。"
            "もう一度調べて、示されたものを確かめてください。"
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where answers are taken in.

    Attributes:
        report: the report's folder.
        register: what was taken in before.
        wishes: what staff wish for cells that people filled in by hand.
        inbox: the folder of what came back.
        listing: what is in it.
        is_new_book: the report's workbook was not there, and an empty one was made.
    """

    report: ReportFolder
    register: Register
    wishes: Wishes
    inbox: Path
    listing: Inbox
    is_new_book: bool

    def ledger(self) -> Ledger:
        """Open a ledger with what is known."""
        known = RegisterDraft.of(self.register)
        return Ledger(self.report.own, known, self.wishes, is_new_book=self.is_new_book)


def _open(
    report_dir: Path,
    inbox: Path | str | None,
    replace: Collection[str],
    keep: Collection[str],
    *,
    dry_run: bool,
) -> _Desk:
    """Read what there is to take answers in; see :func:`collect`."""
    inputs = Report.open(report_dir)
    is_new_book = not dry_run and make_own_book(inputs)
    report = open_report(inputs)
    expected, settings = report.expected, inputs.collection_settings
    register = read_register(settings.received, expected.fiscal_year)
    if not dry_run:
        kept = (settings.received / name for name in (BOOK, REGISTER))
        check_writable([report.own.path, *kept])
    wishes = Wishes.of(
        replace,
        keep,
        dict.fromkeys(expected.departments, expected.values),
        dict.fromkeys(expected.plans, expected.comments),
    )
    folder = Path(inbox) if inbox is not None else settings.inbox
    if inbox is None and not register.files:
        ask_about_place(folder, inputs.folder, inputs.settings_file)
    own = (report.own.path, settings.received)
    listing = look_through(folder, besides=own, report=inputs.folder)
    return _Desk(report, register, wishes, folder, listing, is_new_book)


@dataclass(frozen=True, slots=True)
class _Decided:
    """What was decided on everything that came back, and the files that say so."""

    desk: _Desk
    received: Received
    versions: Versions
    ledger: Ledger
    written: Written[RowEdit]
    results: list[FileResult]
    register: Register
    files: list[NewFile]

    def write(self) -> None:
        """Replace the files; all of them or none."""
        report = self.desk.report
        if self.files and all(each.path != report.own.path for each in self.files):
            check_unchanged(report.own.path, report.own.data)
        if self.files:
            write_files([self._before(), *self.files])
        kept_in = report.inputs.collection_settings.received
        remove_abandoned(dict.fromkeys((report.own.path.parent, kept_in)))

    def _before(self) -> NewFile:
        """What the files hold now, to be put back."""
        known = {each.sha256: each for each in self.desk.register.files}
        taken = {each.sha256 for each in self.ledger.changes}
        books = [
            each.name
            for each in self.results
            if each.sha256 in taken or (each.sha256 and each.sha256 not in known)
        ]
        cells = len(self.ledger.changes)
        return before_files(self.files, self.desk.report.inputs, books=books, cells=cells)

    def collected(self, *, is_trial: bool) -> Collected:
        """Tell of it."""
        desk, ledger = self.desk, self.ledger
        likely = _likely(self.results, desk.listing, desk.report)
        return Collected(
            inbox=desk.inbox,
            workbook=desk.report.own.path,
            files=tuple(self.results),
            others=tuple(desk.listing.problems),
            ignored=tuple(desk.listing.ignored),
            changes=_in_printed_order(ledger.changes, desk.report),
            choices=tuple(self.versions.choices),
            conflicts=tuple(ledger.conflicts),
            kept=tuple(ledger.notes),
            unfulfilled=tuple(desk.wishes.unfulfilled()),
            edited=tuple(ledger.edited.values()),
            missing=_missing(desk.report, self.written.read.actuals, self.register, likely),
            written=() if is_trial else tuple(each.path for each in self.files),
            has_news=bool(self.files),
            is_trial=is_trial,
            is_new_workbook=desk.is_new_book,
            words=Words.of(desk.report.expected.plan),
        )


def _decide(desk: _Desk, received: Received, versions: Versions, ledger: Ledger) -> _Decided:
    """Try the workbook with the answers in it, and take back what it cannot take."""
    report = desk.report
    written = rewritten(report, ledger.edits)
    for edit in written.refused:
        ledger.give_up(edit)
    results = _results(received, versions, ledger, report.expected)
    by_sum = {each.sha256: each for each in results if each.sha256}
    register = ledger.known.register(known_files(desk.register, received, by_sum))
    files = _new_files(report, written, register, received, desk.register)
    return _Decided(desk, received, versions, ledger, written, results, register, files)


# --- what became of each file ----------------------------------------------------


def _results(
    received: Received, versions: Versions, ledger: Ledger, expected: Expected
) -> list[FileResult]:
    results = [_result(each, versions, ledger, expected) for each in received.returned]
    by_sum = {
        each.original.sha256: result
        for each, result in zip(received.returned, results, strict=True)
    }
    for original, first in received.repetitions:
        same = by_sum[original.sha256]
        results.append(
            FileResult(
                path=original.path,
                name=original.name,
                sha256=original.sha256,
                department=same.department,
                modified=original.modified,
                outcome=same.outcome,
                likely=same.likely,
                same_as=first.original.name,
            )
        )
    return sorted(results, key=lambda each: each.name)


def _result(
    returned: Returned, versions: Versions, ledger: Ledger, expected: Expected
) -> FileResult:
    original, sum_ = returned.original, returned.original.sha256
    found = [*returned.problems, *(ledger.problems.get(sum_, ()) if sum_ else ())]
    taken = {(each.sheet, each.id) for each in ledger.changes if each.sha256 == sum_}
    unchanged = ledger.unchanged.get(sum_, set()) - taken
    outcome = _outcome(returned, versions, found)
    is_told = outcome not in (ReturnOutcome.SUPERSEDED, ReturnOutcome.UNDECIDED)
    return FileResult(
        path=original.path,
        name=original.name,
        sha256=sum_,
        department=returned.department,
        modified=original.modified,
        outcome=outcome,
        taken=len(taken),
        unchanged=len(unchanged),
        blank=len(returned.blank),
        likely="" if returned.department else expected.named_in(original.name),
        same_as=versions.same_as.get(sum_, ""),
        problems=tuple(found) if is_told else (),
    )


def _outcome(returned: Returned, versions: Versions, found: Iterable[Problem]) -> ReturnOutcome:
    sum_ = returned.original.sha256
    if not returned.is_form:
        return ReturnOutcome.REFUSED
    if sum_ in versions.undecided:
        return ReturnOutcome.UNDECIDED
    if sum_ in versions.superseded:
        return ReturnOutcome.SUPERSEDED
    if any(each.severity is Severity.ERROR for each in found):
        return ReturnOutcome.PARTLY if returned.has_answers else ReturnOutcome.REFUSED
    return ReturnOutcome.TAKEN if returned.has_answers else ReturnOutcome.BLANK


def _in_printed_order(changes: Iterable[Change], report: ReportFolder) -> tuple[Change, ...]:
    catalogue = report.expected.plan
    ids = [each.id for each in catalogue.measures()]
    ids += [place.id for place in commented(catalogue)]
    order = {id_: number for number, id_ in enumerate(ids)}
    return tuple(sorted(changes, key=lambda each: order[each.id]))


def _likely(results: Iterable[FileResult], listing: Inbox, report: ReportFolder) -> Collection[str]:
    """The departments of which something seems to have come that cannot be read."""
    names = (Path(each.file).name for each in listing.problems)
    return {each.likely for each in results} | set(map(report.expected.named_in, names))


def _missing(
    report: ReportFolder, actuals: Actuals, register: Register, likely: Collection[str]
) -> tuple[Missing, ...]:
    expected = report.expected
    names = {each.id: each.name for each in expected.plan.measures()}
    missing = [
        Missing(
            department,
            tuple((id_, names[id_]) for id_ in ids),
            has_sent=has_sent(register, department) or bool(department and department in likely),
            has_answered=has_answered(register, department),
        )
        for department, ids in unreported(actuals, expected.plan, expected.fiscal_year).items()
    ]
    return tuple(sorted(missing, key=lambda each: each.has_answered))


# --- writing ---------------------------------------------------------------------


def _new_files(
    report: ReportFolder,
    written: Written[RowEdit],
    register: Register,
    received: Received,
    before: Register,
) -> list[NewFile]:
    """Return the files that are not there yet as they are to be, the register last.

    Args:
        report: the report's folder.
        written: its workbook's new bytes.
        register: what is known now.
        received: what came back.
        before: what was known before.
    """
    folder, own = report.inputs.collection_settings.received, report.own
    files = copies(received, folder, before)
    if written.data != own.data:
        files.append(NewFile(own.path, written.data, before=own.data))
    if register.files:
        settings = report.inputs.settings
        author = settings.author or report.expected.plan.issuer
        book = NewFile(
            folder / BOOK,
            register_book(register, author, settings.date, report.expected.fiscal_year),
        )
        files += [
            each
            for each in (book, NewFile(folder / REGISTER, register_bytes(register)))
            if not is_same_file(each.path, each.content)
        ]
    return files


def _nobody(_done: int, _total: int, _what: str) -> None:
    """Tell nobody."""
