"""A plan's file to a workbook and back, written.

Comes in: paths. Goes out: files, all of them or none.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kpireport.files import NewFile, check_closed, check_ending, check_new, write_files
from kpireport.findings import Findings
from kpireport.messages import about, quoted
from kpireport.plan_books.decided import is_reported
from kpireport.plan_books.taking import TakenPlan, plan_workbook, take_plan

WORKBOOK = "計画.xlsx"
"""What a plan's workbook is called, unless somebody says otherwise."""

CATALOGUE = "catalogue.json"
"""What a plan's file is called, likewise."""

MARKED = "計画（指摘）.xlsx"
"""What a copy of it with remarks may be called."""


def export_plan(
    catalogue: Path | str, workbook: Path | str, moment: dt.datetime | None = None
) -> Path:
    """Write the workbook of a plan's file.

    Args:
        catalogue: ``catalogue.json``.
        workbook: the new workbook (.xlsx).
        moment: when the workbook says that it was made; on the first day of the baseline's
            year, unless told.

    Returns:
        The workbook's path.

    Raises:
        InputError: with every problem of the plan's file; the workbook's name ends otherwise.
        OutputError: there is something of the workbook's name, or it cannot be written.
    """
    catalogue, workbook = Path(catalogue), Path(workbook)
    check_new(workbook, like=WORKBOOK)
    check_ending(catalogue, like=CATALOGUE)
    content = plan_workbook(catalogue, moment)
    write_files([NewFile(workbook, content)])
    return workbook


def import_plan(
    workbook: Path | str,
    catalogue: Path | str,
    *,
    corrects: bool = False,
    mark: Path | str | None = None,
    moment: dt.datetime | None = None,
) -> TakenPlan:
    """Write the plan's file that a workbook says, and what its empty cells stand for.

    Args:
        workbook: the plan's workbook (.xlsx).
        catalogue: ``catalogue.json``, which need not be there yet.
        corrects: what the workbook says otherwise of the decided plan is a slip that is mended;
            asked for only once years have been reported.
        mark: a new workbook (.xlsx), a copy with remarks at the cells that something is to be
            mended or answered in; none is made where nothing is.
        moment: when the copy says that it was made; on the first day of the baseline's year,
            unless told.

    Returns:
        What was read, asked and changed.

    Raises:
        InputError: with every problem, each at its cell, what is left to be asked among them;
            a name ends otherwise.
        OutputError: a file cannot be written, or was changed meanwhile; none is.
    """
    catalogue = Path(catalogue)
    check_ending(catalogue, like=CATALOGUE)
    if mark is not None:
        check_new(Path(mark), like=MARKED)
    taken = take_plan(Path(workbook), catalogue)
    if mark is not None and taken.findings.problems:
        write_marked(taken, Path(mark), moment)
    taken.findings.settle()
    if not corrects and is_reported(catalogue):
        _refuse_decided(taken)
    if not taken.is_same:
        write_taken(taken, catalogue)
    return taken


def _refuse_decided(taken: TakenPlan) -> None:
    log = Findings(taken.workbook)
    for each in taken.decided_changes():
        change = f"{quoted(each.before)} → {quoted(each.after)}"
        what = f"決定した計画の{each.item}が違います（{change}）。"
        log.about(about(each.name, each.id)).add("", what, "改定として書くか、元に戻してください。")
    log.settle()


def write_marked(taken: TakenPlan, mark: Path, moment: dt.datetime | None = None) -> None:
    """Write a copy of a workbook that was taken, with remarks at its cells.

    Raises:
        OutputError: it cannot be written.
    """
    write_files([NewFile(mark, taken.marked(moment))])


def write_taken(taken: TakenPlan, catalogue: Path) -> tuple[Path, ...]:
    """Write the plan's file, and into the workbook what its empty cells stand for.

    Raises:
        OutputError: a file cannot be written, or was changed meanwhile; none is.
    """
    files = [catalogue_file(taken, catalogue)]
    readings = taken.with_readings()
    if readings != taken.book.data:
        check_closed(taken.workbook)
        files.append(NewFile(taken.workbook, readings, taken.book.data))
    write_files(files)
    return tuple(each.path for each in files)


def catalogue_file(taken: TakenPlan, catalogue: Path) -> NewFile:
    """The plan's file to be written, in the place of the one that it was taken against.

    Raises:
        InputError: there are errors, or questions.
    """
    return NewFile(catalogue, taken.text.encode(), taken.before_data)
