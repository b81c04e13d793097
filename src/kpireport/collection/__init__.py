"""The year's actuals asked for and collected: sheets handed out, answers taken in.

Comes in: a report folder, and what the departments send back. Goes out: a workbook per
department; the report's ``actuals.xlsx`` with what is good of the answers, and problems
that name file, sheet and cell for the rest.

How a department's workbook is made
    ``assignments`` tells who is asked for what; ``questions`` what has to be typed so that the
    reader of the actuals reads what was meant (a bare number is in the unit shown beside it).
    The sheets say this as data. Their columns are those of the report's own forms, so that one
    reader reads both; ``forms`` names what stands beside them.

    ``writers.xlsx`` writes every workbook of ours. Texts are never formulas. Row heights are
    reckoned, since Excel and LibreOffice each fit rows in their own way and neither fits
    merged cells; rows with inputs stay free to grow.

How a year begins
    ``next_settings`` moves a ``report.toml`` on by a year. Whatever could lead to last year's
    files has to be moved or renamed there.

How answers are taken in
    In this order: which files are there (``inbox``; what a browser sends is put there by
    ``arriving``), whose form each is (``reading``), which
    of its rows are good (``rows``, ``locked``), which of several versions counts
    (``versions``: never guessed), what staff wish (``wishes``), and what becomes of each cell
    (``ledger``, ``merging``). Then the workbook is written, and the register last.

    What a person wrote into ``actuals.xlsx`` and what an earlier run put there are told apart
    by the register (受付簿, ``received/register.json``): a cell that still says what the
    register says is ours to correct, any other is not.

    A cell that several departments share is never taken apart by its headings, which anybody
    may write. ``contributions`` holds it against the parts that the register knows, to the
    letter; what was read of a text once is read of it always.

    A number that its cell shows rounded is taken for what it is (``hidden_digits``).
    Characters that no font draws are refused now, not by a build later (``undrawable``). A
    blank deletes nothing: what may have been withdrawn stays open until somebody settles it
    (``withdrawn``). A sheet that is older than the plan is told as that, once, and nothing of
    it is its department's fault (``outdated``).

    A workbook that was put into the inbox by mistake is taken out of it, and kept
    (``setting_aside``).

How it is typed in
    ``typed`` reads what a person types into a row of the workbook (on a page of the workbench)
    as the workbook's reader would, judges that one measure, and writes the cells that differ.

How it is written
    Everything is decided before anything is written. ``writing`` puts the answers into the
    workbook, reads it back as a build would, and goes from a number to words where the cell's
    own format would make another value of it.

    The register is written last. A killed run leaves a workbook ahead of its register, which
    the next run takes for agreed; never a register ahead of its workbook, which would look
    like somebody's correction.

How it is undone
    Beside them goes one file with what they held before (``undoing``): the last step, whole
    files only, and only while nobody has changed any of them since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpireport.lazily import finding, homes

_HOMES = homes(
    __name__,
    {
        "arriving": "Arrived put_into_inbox",
        "collecting": "collect",
        "outcomes": (
            "Change ChangeKind Choice Collected Conflict ConflictKind EditedCell FileResult Missing"
        ),
        "register": "ReturnOutcome",
        "setting_aside": "books_aside put_back set_aside",
        "sheets": "HandedOut InTheWayError SheetOutcome hand_out handed_out sheets_zip",
        "starting": "StartedYear start_year usual_folder",
        "typed": "TypedFact TypedRow ValueBook write_values",
        "undoing": "LastTaking Undone last_taking undo_collect",
    },
)
__all__ = list(_HOMES)

if TYPE_CHECKING:  # the same once more, for what reads code without running it
    from kpireport.collection.arriving import Arrived as Arrived
    from kpireport.collection.arriving import put_into_inbox as put_into_inbox
    from kpireport.collection.collecting import collect as collect
    from kpireport.collection.outcomes import Change as Change
    from kpireport.collection.outcomes import ChangeKind as ChangeKind
    from kpireport.collection.outcomes import Choice as Choice
    from kpireport.collection.outcomes import Collected as Collected
    from kpireport.collection.outcomes import Conflict as Conflict
    from kpireport.collection.outcomes import ConflictKind as ConflictKind
    from kpireport.collection.outcomes import EditedCell as EditedCell
    from kpireport.collection.outcomes import FileResult as FileResult
    from kpireport.collection.outcomes import Missing as Missing
    from kpireport.collection.register import ReturnOutcome as ReturnOutcome
    from kpireport.collection.setting_aside import books_aside as books_aside
    from kpireport.collection.setting_aside import put_back as put_back
    from kpireport.collection.setting_aside import set_aside as set_aside
    from kpireport.collection.sheets import HandedOut as HandedOut
    from kpireport.collection.sheets import InTheWayError as InTheWayError
    from kpireport.collection.sheets import SheetOutcome as SheetOutcome
    from kpireport.collection.sheets import hand_out as hand_out
    from kpireport.collection.sheets import handed_out as handed_out
    from kpireport.collection.sheets import sheets_zip as sheets_zip
    from kpireport.collection.starting import StartedYear as StartedYear
    from kpireport.collection.starting import start_year as start_year
    from kpireport.collection.starting import usual_folder as usual_folder
    from kpireport.collection.typed import TypedFact as TypedFact
    from kpireport.collection.typed import TypedRow as TypedRow
    from kpireport.collection.typed import ValueBook as ValueBook
    from kpireport.collection.typed import write_values as write_values
    from kpireport.collection.undoing import LastTaking as LastTaking
    from kpireport.collection.undoing import Undone as Undone
    from kpireport.collection.undoing import last_taking as last_taking
    from kpireport.collection.undoing import undo_collect as undo_collect

__getattr__ = finding(__name__, _HOMES)
