"""Where a problem is mended: its place in words of pages, and the page that has it.

Comes in: a problem as a room tells it, by file and place. Goes out: the same, a place in the
plan told as its row and column, one in the settings by what the form calls it; the address of
the form. What no page can change stays as the file has it: somebody mends it with an editor.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kpireport.errors import InputError, Problem
from kpireport.quickly import dataclass
from kpireport.sources.settings import SETTINGS_FILE
from kpireport.sources.settings_items import item_at
from kpireport.workbench.workplace import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpireport.domain.settings import Settings
    from kpireport.workbench.shelf import Shelf

_ACTUALS = "review.actuals"


@dataclass(frozen=True, slots=True)
class Mended:
    """A problem as a page tells it.

    Attributes:
        problem: in words of pages.
        to: the address of the page to mend it on; empty for none.
        words: what that page is called.
    """

    problem: Problem
    to: str = ""
    words: str = ""


class Mending:
    """Finds the pages for problems, for one request."""

    def __init__(self, shelf: Shelf, found: Found, name: str, address: Callable[..., str]) -> None:
        """Know where things are.

        Args:
            shelf: what was read.
            found: what is in the folder.
            name: the report that the page is about; of another kind where it is about none.
            address: makes addresses.
        """
        self._shelf, self._found, self._name, self._address = shelf, found, name, address

    def of(self, problem: Problem) -> Mended:
        """Return a problem with its page."""
        if plan := self._plans.get(problem.file):
            return self._in_plan(problem, plan)
        if report := self._settings.get(problem.file):
            return self._in_settings(problem, report)
        return self._in_year(problem)

    @cached_property
    def _plans(self) -> dict[str, str]:
        return {str(path): name for name, path in self._found.plans.items()}

    @cached_property
    def _settings(self) -> dict[str, str]:
        return {str(path / SETTINGS_FILE): name for name, path in self._found.reports.items()}

    def _in_plan(self, problem: Problem, name: str) -> Mended:
        try:
            rows = self._shelf.plan(self._found.plans[name])
        except InputError:  # no form can be made of it: it is mended with an editor
            return Mended(problem)
        told = rows.told(problem)
        if not told.sheet:  # told at its row already, or of the whole file
            return Mended(problem)
        query = urlencode({"sheet": told.sheet, "key": told.key})
        return Mended(told.problem, f"{self._address('plans', name, 'row')}?{query}", "計画の画面")

    def _in_settings(self, problem: Problem, name: str) -> Mended:
        item = item_at(problem.place)
        if problem.place == _ACTUALS:  # where a workbook is made, or CSV put into one
            return Mended(problem, self._address("reports", name, "values"), "実績の画面")
        if item is None:
            return Mended(problem)
        told = replace(problem, place=f"{item.title}（{problem.place}）")
        return Mended(told, self._address("reports", name, "settings"), "設定の画面")

    def _in_year(self, problem: Problem) -> Mended:
        year = self._year
        if year is None or year.review is None or year.collection is None:
            return Mended(problem)
        if problem.measure_id and problem.file == str(year.review.actuals):
            to = self._address("reports", self._name, "values", problem.measure_id)
            return Mended(problem, to, "実績の画面")
        if problem.file and year.collection.inbox in Path(problem.file).parents:
            to = self._address("reports", self._name, "collecting")
            return Mended(problem, to, "集める画面")
        return Mended(problem)

    @cached_property
    def _year(self) -> Settings | None:
        folder = self._found.reports.get(self._name)
        with suppress(InputError):
            return self._shelf.report(folder).settings if folder else None
        return None
