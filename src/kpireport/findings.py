"""What is wrong with the inputs, and what deserves a second look: collected, told at once.

Comes in: places and sentences from whoever reads, checks or judges. Goes out: one
:class:`~kpireport.errors.InputError` with all errors and, apart from them, the warnings; or
both, for those who go on with what could be read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import NoReturn, TypeVar

from kpireport.errors import CellError, InputError, Problem, Severity
from kpireport.messages import printable

_Value = TypeVar("_Value")

MOST_FAULTS = 300
"""Of the form of a file: what somebody reads through. More may be millions."""


class Findings:
    """Problems in the order in which they were found.

    :meth:`of` and :meth:`about` turn to another file, or to one thing in it: what is noted
    there is noted here too.

    Attributes:
        file: the file that is spoken of, printable.
        naming: names for the reader what stands at a place; says nothing until it is set.
        wording: puts what is said into the plan's own words, where they are known.
    """

    def __init__(
        self,
        file: Path | str = "",
        *,
        accepted: Collection[str] = (),
        problems: list[Problem] | None = None,
    ) -> None:
        """Begin to collect.

        Args:
            file: the file that is spoken of, as the user wrote it.
            accepted: measures and plans whose warnings are not noted: somebody has looked.
            problems: where they are kept.
        """
        self.file = printable(str(file))
        self.naming: Callable[[str], str] = lambda _: ""
        self.wording: Callable[[str], str] = str
        self._problems: list[Problem] = [] if problems is None else problems
        self._begin = len(self._problems)
        self._accepted = frozenset(accepted)
        self._subject = ("", "", "")
        self._accepts = ""

    def of(self, file: Path | str) -> Findings:
        """Where to note what is found in ``file``."""
        return self._turned_to(printable(str(file)), ("", "", ""), "")

    def about(
        self, name: str, measure_id: str = "", department: str = "", *, accepts: str = ""
    ) -> Findings:
        """Where to note what is found about one thing in the file.

        Args:
            name: its name for the reader.
            measure_id: the indicator whose warnings the settings can accept, if it is one.
            department: who reports it, as far as the file says.
            accepts: the plan whose warnings the settings can accept, if it is one.
        """
        return self._turned_to(self.file, (name, measure_id, department), accepts or measure_id)

    def _turned_to(self, file: str, subject: tuple[str, str, str], accepts: str) -> Findings:
        turned = object.__new__(Findings)
        vars(turned).update(
            vars(self),
            file=file,
            _subject=subject,
            _accepts=accepts,
            _begin=len(self._problems),
        )
        return turned

    # --- noting ------------------------------------------------------------------

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note that at ``place`` ``what`` is wrong, and how to mend it."""
        self._note(place, what, remedy, Severity.ERROR)

    def add_more(self, count: int) -> None:
        """Note that so many faults of the file are not told, beside :data:`MOST_FAULTS`."""
        if count > 0:
            self.add(
                "",
                f"直すところが、ほかに{count:,}件あります。",
                "示したところを直してから、もう一度試してください。",
            )

    def warn(self, place: str, what: str, remedy: str) -> None:
        """Note what is possible, but deserves a second look; nothing where somebody has looked."""
        if self._accepts in self._accepted:
            return
        self._note(place, what, remedy, Severity.WARNING)

    def fault(self, place: str, error: CellError) -> None:
        """Note what a reader raised who does not know the place."""
        self.add(place, error.what, error.remedy)

    def take(self, problems: Iterable[Problem]) -> None:
        """Note what others found."""
        self._problems += problems

    def attempt(self, stage: Callable[[], _Value]) -> _Value | None:
        """Run a stage; note what it refuses, so that the next can go on."""
        try:
            return stage()
        except InputError as error:
            self.take((*error.problems, *error.warnings))
            return None

    def demand(self, stage: Callable[[], _Value]) -> _Value:
        """Run a stage without which nothing more can be said.

        Raises:
            InputError: with what it refuses, and everything noted before.
        """
        result = self.attempt(stage)
        return self.settled(result) if result is None else result

    def _note(self, place: str, what: str, remedy: str, severity: Severity) -> None:
        name, measure_id, department = self._subject
        what, remedy = self.wording(what), self.wording(remedy)
        self._problems.append(
            Problem(
                self.file,
                place,
                what,
                remedy,
                severity,
                about=name or self.naming(place),
                measure_id=measure_id,
                department=department,
                settled_by=self._accepts if severity is Severity.WARNING else "",
            )
        )

    # --- telling -----------------------------------------------------------------

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was noted, wherever, in the order found."""
        return tuple(self._problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the inputs from being used."""
        return tuple(each for each in self._problems if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is possible, but deserves a second look."""
        return tuple(each for each in self._problems if each.severity is Severity.WARNING)

    @property
    def has_errors(self) -> bool:
        """Whether an error was noted since this collector began, or turned here."""
        return any(each.severity is Severity.ERROR for each in self._problems[self._begin :])

    def fail(self, place: str, what: str, remedy: str) -> NoReturn:
        """Note a problem after which nothing more can be said.

        Raises:
            InputError: always, with the problems noted so far and this one.
        """
        self.add(place, what, remedy)
        raise InputError(self.errors, self.warnings)

    def settle(self) -> None:
        """Raise everything that was found, if there is an error.

        Raises:
            InputError: with all errors, and apart from them the warnings.
        """
        if self.errors:
            raise InputError(self.errors, self.warnings)

    def settled(self, value: _Value | None) -> _Value:
        """The value that was read, if there is no error.

        Raises:
            InputError: with all errors, and apart from them the warnings.
        """
        self.settle()
        assert value is not None  # noqa: S101 -- only errors keep it from being read
        return value


def refuse(file: Path | str, what: str, remedy: str, *, place: str = "") -> NoReturn:
    """Refuse a file, or one place in it, for a single fault.

    Raises:
        InputError: always.
    """
    Findings(file).fail(place, what, remedy)


def require_folder(folder: Path, remedy: str) -> None:
    """Refuse what is no folder.

    Args:
        folder: as it was named.
        remedy: how to name a right one.

    Raises:
        InputError: there is none, or it is a file.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 -- unlike Path's, it answers for any name
        is_there = os.path.lexists(folder)
        what = "フォルダーではなくファイルです。" if is_there else "フォルダーがありません。"
        refuse(folder, what, remedy)
