"""Where a report stands.

Comes in: a report folder's settings, and whether it was kept; nothing else is read, so that a
list of years appears at once. Goes out: its title, its state (案, 確定, 保存済み).
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from kpireport.archives.places import kept_in
from kpireport.domain.names import in_one_line
from kpireport.domain.settings import Settings
from kpireport.domain.years import format_fiscal_year
from kpireport.errors import InputError
from kpireport.quickly import dataclass
from kpireport.sources.settings import load_settings
from kpireport.workbench.asking import address


class State(StrEnum):
    """How finished a report is."""

    PLAN = "計画版"
    DRAFT = "案"
    FINAL = "確定"
    KEPT = "保存済み"
    FAULTY = "設定に直すところあり"


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
    return State.KEPT if kept_in(folder) else State.FINAL


def steps_page(name: str, section: str) -> str:
    """Return the address of a page of a report."""
    return address("reports", name, section)
