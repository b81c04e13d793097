"""計画のブック: a plan begun from a workbook or a document; a plan's workbook out and in.

Nothing of what is dropped is in the folder until somebody has looked at what it would make of
the plan's file. A document becomes a workbook to look through; a workbook is held against the
plan's file, or begins one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from starlette.responses import Response

from kpireport.conductor import Progress
from kpireport.domain.settings import OutputFormat
from kpireport.errors import Problem
from kpireport.findings import refuse
from kpireport.plan_books.conducting import CATALOGUE, MARKED, WORKBOOK
from kpireport.quickly import dataclass
from kpireport.workbench.asking import Asked, Posted, UnknownAddressError, Upload, address
from kpireport.workbench.dropped import Dropped
from kpireport.workbench.editions import media_type
from kpireport.workbench.jobs import Done
from kpireport.workbench.pages.answers import sent

if TYPE_CHECKING:
    from kpireport.comparing import Comparison
    from kpireport.plan_books.decided import DecidedChange
    from kpireport.plan_books.taking import TakenPlan
    from kpireport.plan_documents.reading import ReadPlan
    from kpireport.plan_documents.understanding import TableRead

_Kept = TypeVar("_Kept")

_COLUMN = "column:"
_XLSX = media_type(OutputFormat.XLSX)
_READ, _BOOK = address("plans", "new", "read"), address("plans", "new", "book")
_MOST_FOLDER_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A plan's document, read: the workbook made of it, problems named as the person has it."""

    dropped: Dropped
    read: ReadPlan
    book: bytes
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TakenBook:
    """A plan's workbook, taken for a plan's file; ``marked`` is its copy with remarks."""

    dropped: Dropped
    taken: TakenPlan
    catalogue: Path
    marked: bytes
    problems: tuple[Problem, ...]


# --- to begin --------------------------------------------------------------------


def begin(asked: Asked) -> Response:
    """Show how a plan is begun."""
    return asked.page("plan_new.html", is_free=asked.is_free)


def empty_book(asked: Asked) -> Response:
    """Give a workbook to fill in."""
    from kpireport.plan_books.taking import empty_workbook

    return sent(empty_workbook(asked.desk.clock.moment()), WORKBOOK, _XLSX)


def read_document(posted: Posted) -> Response:
    """Read a plan's document into a workbook."""
    columns = posted.field("columns")
    return _read_document(posted, _upload(posted, "document"), [columns] if columns else None)


def read_again(posted: Posted) -> Response:
    """Read it again, some of its columns as somebody says."""
    dropped = _read(posted).dropped
    columns = [
        f"{each}={role}"
        for name, (role, *_) in posted.fields.items()
        if name.startswith(_COLUMN) and role != posted.field(f"was:{name}")
        for each in name.removeprefix(_COLUMN).split()
    ]
    return _read_document(posted, dropped, columns)


def _read_document(posted: Posted, dropped: Dropped, columns: list[str] | None = None) -> Response:
    from kpireport.plan_documents.reading import read_plan_document

    moment = posted.desk.clock.moment()

    def work(tell: Progress) -> Done:
        tell(0, 2, "文書を読み取っています")
        with dropped.as_file() as path:
            read = read_plan_document(path, columns or ())
            tell(1, 2, "ブックを作っています")
            book = read.workbook(moment)
            told = dropped.renamed(path, read.findings.problems)
        return Done(found=ReadDocument(dropped, read, book, told))

    return _started(posted, f"{dropped.shown} を読み取る", _READ, work)


def show_read(asked: Asked) -> Response:
    """Show what was read of a document."""
    from kpireport.plan_documents.books import counts_of
    from kpireport.plan_documents.vocabulary import Role

    found = _read(asked)
    read = found.read
    return asked.page(
        "plan_read.html",
        id=asked.request.path_params["id"],
        file=found.dropped.shown,
        counts=counts_of(read.understood),
        basics=read.understood.open_basics,
        left=read.understood.left,
        tables=tuple(_tables(read)),
        roles=tuple(each.value for each in Role),
        problems=found.problems,
        is_free=asked.is_free,
    )


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column of a document's tables, and what it was taken for; ``name`` is for the form."""

    number: int
    header: str
    role: str
    year: str
    is_sure: bool
    name: str


def _tables(read: ReadPlan) -> Iterator[tuple[str, tuple[ReadColumn, ...]]]:
    from kpireport.plan_documents.understanding import by_columns

    for table, orders in by_columns(read.understood.tables):
        numbers = "、".join(f"表{each}" for each in orders)
        place = table.stretch.table.place(0)
        yield f"{numbers}（{place}から）", tuple(_columns(table, orders))


def _columns(table: TableRead, orders: list[int]) -> Iterator[ReadColumn]:
    for each in table.columns:
        number = each.index + 1
        name = " ".join(f"表{order}:列{number}" for order in orders)
        year = "" if each.year is None else f"{each.year}年度"
        yield ReadColumn(number, each.caption.shown, each.role.value, year, each.is_sure, name)


def give_read(asked: Asked) -> Response:
    """Give the workbook that was read of a document."""
    return sent(_read(asked).book, WORKBOOK, _XLSX)


# --- a workbook that was filled in -------------------------------------------------


def take_first(posted: Posted) -> Response:
    """Take a workbook that a plan begins with."""
    folder = _folder(posted)
    return _take(posted, folder / CATALOGUE, _BOOK, _upload(posted, "book"))


def show_import(asked: Asked) -> Response:
    """Show how a plan goes out as a workbook and comes back."""
    _ = asked.plan_file
    return asked.page("plan_import.html", name=asked.name)


def take_again(posted: Posted) -> Response:
    """Take a workbook for a plan's file that there is."""
    return _take(posted, posted.plan_file, _import(posted), _upload(posted, "book"))


def take_read(posted: Posted) -> Response:
    """Take the workbook that was read of a document, as it is."""
    found = _read(posted)
    book = Dropped(WORKBOOK, found.book)
    return _take(posted, _folder(posted) / CATALOGUE, _BOOK, book)


def _take(posted: Posted, catalogue: Path, where: str, dropped: Dropped) -> Response:
    from kpireport.plan_books.taking import take_plan

    moment = posted.desk.clock.moment()

    def work(tell: Progress) -> Done:
        tell(0, 2, "ブックを読んで、確かめています")
        with dropped.as_file() as path:
            taken = take_plan(path, catalogue)
            told = dropped.renamed(path, taken.findings.problems)
        tell(1, 2, "指摘を書き入れています")
        marked = taken.marked(moment) if told else b""
        return Done(found=TakenBook(dropped, taken, catalogue, marked, told))

    return _started(posted, f"{dropped.shown} を確かめる", where, work)


def show_taken(asked: Asked) -> Response:
    """Show what a workbook says, before anything of it is written."""
    from kpireport.comparing import Side, compare_plans
    from kpireport.plan_books.decided import is_reported

    found = _taken(asked)
    taken, catalogue, file = found.taken, found.catalogue, found.dropped.shown
    errors = taken.findings.errors
    comparison: Comparison | None = None
    decided: tuple[DecidedChange, ...] = ()
    counted: tuple[tuple[str, int], ...] = ()
    if not errors:
        before, after = taken.plans()
        counted = (
            ("基本目標", len(after.goals)),
            ("戦略計画", sum(len(goal.plans) for goal in after.goals)),
            ("指標", sum(1 for goal in after.goals for _ in goal.indicators())),
            ("数値目標", sum(len(goal.numeric_targets) for goal in after.goals)),
        )
        if before is not None:
            sides = Side(catalogue, "いまの計画"), Side(Path(file), "ブック")
            comparison = compare_plans(sides[0], before, sides[1], after)
            decided = taken.decided_changes() if is_reported(catalogue) else ()
    return asked.page(
        "plan_taken.html",
        id=asked.request.path_params["id"],
        plan=asked.name if "name" in asked.request.path_params else "",
        file=file,
        folder=asked.desk.workplace.name_of(catalogue.parent),
        counts=taken.counts,
        counted=counted,
        errors=[each for each in found.problems if each.severity == "エラー"],
        warnings=[each for each in found.problems if each.severity != "エラー"],
        comparison=comparison,
        is_same=not errors and taken.is_same,
        decided=decided,
    )


def give_marked(asked: Asked) -> Response:
    """Give a copy of the workbook with remarks at its cells."""
    return sent(_taken(asked).marked, MARKED, _XLSX)


def apply_first(posted: Posted) -> Response:
    """Write a new plan's file, with its workbook and the settings of its plan edition."""
    from kpireport.collection.first_folder import begin_folder

    found = _taken(posted)
    moment = posted.desk.clock.moment() or posted.desk.clock.now()
    with posted.desk.writing:
        begin_folder(found.taken, found.catalogue.parent, moment=moment)
    posted.desk.note("計画を作りました。読み取った内容を確かめてください。")
    name = posted.desk.workplace.name_of(found.catalogue)
    return posted.go(address("plans", name, "overview"))


def apply_again(posted: Posted) -> Response:
    """Write a plan's file as a workbook says it."""
    from kpireport.files import write_files
    from kpireport.plan_books.conducting import catalogue_file
    from kpireport.plan_books.decided import is_reported

    found = _taken(posted)
    taken, catalogue = found.taken, found.catalogue
    back = address("plans", posted.name, "import", posted.request.path_params["id"])
    with posted.desk.writing:
        taken.findings.settle()
        if is_reported(catalogue) and taken.decided_changes() and not posted.field("correct"):
            posted.desk.note("決定した計画と違うところを、どうするかを選んでください。")
            return posted.go(f"{back}#decided")
        write_files([catalogue_file(taken, catalogue)])
    posted.desk.note("ブックのとおりに、計画を書き換えました。")
    return posted.go(address("plans", posted.name, "overview"))


def export(asked: Asked) -> Response:
    """Give the workbook of a plan's file."""
    from kpireport.plan_books.taking import plan_workbook

    return sent(plan_workbook(asked.plan_file, asked.desk.clock.moment()), WORKBOOK, _XLSX)


# --- what was dropped --------------------------------------------------------------


def _upload(posted: Posted, name: str) -> Dropped:
    """The one file that was dropped."""
    found: tuple[Upload, ...] = posted.files.get(name, ())
    if len(found) != 1:
        what = "ファイルが選ばれていません。" if not found else "ファイルが二つ以上あります。"
        refuse("", what, "ファイルを一つ選んで、もう一度押してください。")
    return Dropped(found[0].name, found[0].data)


def _read(asked: Asked) -> ReadDocument:
    return _found(asked, ReadDocument, _READ)


def _taken(asked: Asked) -> TakenBook:
    where = _import(asked) if "name" in asked.request.path_params else _BOOK
    return _found(asked, TakenBook, where)


def _import(asked: Asked) -> str:
    _ = asked.plan_file  # which has to be there
    return address("plans", asked.name, "import")


def _found(asked: Asked, kind: type[_Kept], where: str) -> _Kept:
    """What was read of a dropped file, for the page that shows it."""
    job = asked.desk.jobs.find(asked.request.path_params["id"])
    if job is None or job.shows != where or not isinstance(job.done.found, kind):
        raise UnknownAddressError
    return job.done.found


def _folder(posted: Posted) -> Path:
    """Where a new plan begins: in the opened folder, or in a new one in it."""
    root, name = posted.desk.workplace.root, posted.field("folder")
    if not name and posted.is_free:
        return root
    wrong = set('\\/:*?"<>|') & set(name) or not name.isprintable()
    if not name or wrong or len(name) > _MOST_FOLDER_NAME or name[0] in ".~" or name[-1] in ". ":
        what = (
            f"フォルダーの名前にできません（{name}）。"
            if name
            else "フォルダーの名前がありません。"
        )
        refuse("", what, "「みどり市」のような名前を書いて、もう一度押してください。")
    return root / name


def _started(posted: Posted, what: str, shows: str, work: Callable[[Progress], Done]) -> Response:
    back = "/plans/new" if shows in (_READ, _BOOK) else shows
    job = posted.desk.jobs.start(what, back, work, shows=shows)
    return posted.go(address("jobs", job.id))
