"""``plan proof``: a plan set beside its original, written.

Comes in: the plan's file, its workbook, names of files. Goes out: a workbook to tick and a page
to print, both or neither.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kpireport.errors import Problem
from kpireport.files import NewFile, check_closed, check_ending, write_files
from kpireport.findings import Findings, refuse
from kpireport.plan_books.taking import take_plan
from kpireport.plan_proofs.pages import write_page
from kpireport.plan_proofs.places import PROOF_FILE, usual_place
from kpireport.plan_proofs.proofs import Proof, check_page
from kpireport.plan_proofs.ticking import open_proof
from kpireport.quickly import dataclass


@dataclass(frozen=True, slots=True)
class ProvedPlan:
    """A plan that was set beside its original.

    Attributes:
        proof: its rows, and how far they are ticked.
        files: what was written: the workbook, then the page.
        warnings: what deserves a second look.
    """

    proof: Proof
    files: tuple[Path, ...]
    warnings: tuple[Problem, ...]


def prove_plan(
    catalogue: Path | str,
    workbook: Path | str | None = None,
    *,
    output: Path | str | None = None,
    page: Path | str | None = None,
    moment: dt.datetime | None = None,
) -> ProvedPlan:
    """Set a plan beside its original, for two people to read it and tick (読み合わせ).

    Args:
        catalogue: ``catalogue.json``.
        workbook: the plan's workbook, which knows the places and words of the original if it
            was read from one.
        output: the workbook to tick (.xlsx); without one, ``読み合わせ.xlsx`` beside the plan's
            file, where ``check`` looks for it. Of an earlier one it keeps all remarks, and the
            ticks of rows that say the same.
        page: a page to print (.html), if one is wanted.
        moment: when the workbook says that it was made, with its time zone; on the first day of
            the baseline's year, unless told.

    Raises:
        InputError: the plan's file or a workbook cannot be used; a name ends otherwise, or has
            a file that is none of ours.
        OutputError: a file cannot be written, or was changed meanwhile; none is.
    """
    catalogue, book = Path(catalogue), None if workbook is None else Path(workbook)
    _check_there(catalogue)
    target = usual_place(catalogue) if output is None else Path(output)
    check_ending(target, like=PROOF_FILE)
    if book is not None and target.absolute() == book.absolute():
        refuse(target, "計画のブックと同じ名前です。", "別の名前を指定してください。")
    if page is not None:
        check_ending(Path(page), like="読み合わせ.html")
        check_page(Path(page))
    opened = open_proof(catalogue, book, output=target)
    warnings = () if book is None else _other(book, catalogue)
    made = opened.book(moment)
    if opened.data is not None:
        check_closed(target)
    files = [NewFile(target, made, opened.data)]
    if page is not None:
        files.append(NewFile(Path(page), write_page(opened.proof)))
    write_files(files)
    return ProvedPlan(opened.proof, tuple(each.path for each in files), warnings)


def _check_there(catalogue: Path) -> None:
    if not catalogue.exists():
        refuse(
            catalogue,
            "計画のファイルがありません。",
            "計画のブックを取り込んで作ってから、読み合わせてください。",
        )


def _other(book: Path, catalogue: Path) -> tuple[Problem, ...]:
    """Tell where the workbook does not say what the plan's file says: that is what is proved."""
    taken, found = take_plan(book, catalogue), Findings(book)
    if taken.findings.errors or not taken.is_same:
        found.warn(
            "",
            "ブックに、計画のファイルと違うところか、直すところがあります。"
            "読み合わせるのは、計画のファイルです。",
            "ブックを取り込んでから、もう一度読み合わせのブックを作ってください。",
        )
    return found.warnings
