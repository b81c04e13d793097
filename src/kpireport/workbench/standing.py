"""Where a report stands, and what is next: in words, with the page that has it.

Comes in: a report folder's settings; its board. Goes out: its state (案, 確定, 保存済み) and
the next step of the staff's year. The first needs the settings alone: a list of years appears
at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kpireport.archiving.keeping import default_target
from kpireport.domain.names import in_one_line
from kpireport.domain.settings import Settings
from kpireport.domain.years import format_fiscal_year
from kpireport.errors import InputError
from kpireport.sources.settings import load_settings
from kpireport.status.boards import Board, DepartmentState
from kpireport.workbench.asking import address

_MOST_NAMED = 6


class State(StrEnum):
    """How finished a report is."""

    PLAN = "計画版"
    DRAFT = "案"
    FINAL = "確定"
    KEPT = "保存済み"
    FAULTY = "設定に直すところ"


@dataclass(frozen=True, slots=True)
class Standing:
    """A report as a list of years has it.

    Attributes:
        name: in the opened folder.
        title: its year, or its edition where it has none.
        state: how finished it is.
        catalogue: the plan's file; ``None`` where the settings cannot be read.
        year: of a review; 0 for none.
    """

    name: str
    title: str
    state: State
    catalogue: Path | None
    year: int = 0

    @property
    def is_review(self) -> bool:
        """Whether it has actuals, and with them the steps of a year."""
        return self.year > 0


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next: words, and the page for it."""

    words: str
    section: str


def standing_of(name: str, folder: Path) -> Standing:
    """Return where a report stands, by its settings; those that are faulty are told as that."""
    try:
        settings = load_settings(folder)
    except InputError:
        return Standing(name, in_one_line(folder.name), State.FAULTY, None)
    review = settings.review
    if review is None:
        return Standing(name, State.PLAN, State.PLAN, settings.catalogue.resolve())
    title = format_fiscal_year(review.fiscal_year, settings.numerals)
    state = _state(settings, folder)
    return Standing(name, title, state, settings.catalogue.resolve(), review.fiscal_year.year)


def _state(settings: Settings, folder: Path) -> State:
    if settings.review is not None and settings.review.is_draft:
        return State.DRAFT
    is_kept = any(default_target(folder, as_zip=as_zip).exists() for as_zip in (False, True))
    return State.KEPT if is_kept else State.FINAL


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


def steps_page(name: str, section: str) -> str:
    """Return the address of a page of a report."""
    return address("reports", name, section)
