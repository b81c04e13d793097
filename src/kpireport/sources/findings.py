"""What was found in several input files: errors and warnings, in the order found.

Comes in: places and sentences from readers that go on after a fault. Goes out: the
errors, and apart from them the warnings.
"""

from __future__ import annotations

from collections.abc import Collection

from kpireport.errors import Problem, Severity
from kpireport.messages import printable


class CellError(ValueError):
    """A cell or file cannot be used: ``what``, and the ``remedy``; the caller knows where."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}{remedy}")
        self.what = what
        self.remedy = remedy


ACCEPT = 'このままでよければ、設定（report.toml の [review]）の accept に "{id}" を加えます。'


class Findings:
    """The problems of all files that are read together.

    Warnings about one of the ``accepted`` measures are not noted: somebody has looked.
    """

    def __init__(self, accepted: Collection[str] = ()) -> None:
        self._problems: list[Problem] = []
        self._accepted = frozenset(accepted)

    def of(self, file: object) -> FileFindings:
        """Where to note what is found in ``file``."""
        return FileFindings(printable(str(file)), self._problems, self._accepted)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What makes the files unusable."""
        return tuple(each for each in self._problems if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is possible, but deserves a second look."""
        return tuple(each for each in self._problems if each.severity is Severity.WARNING)


class FileFindings:
    """Notes what is found in one file, or about one thing in it.

    Attributes:
        file: the file as the user wrote it.
        has_errors: whether an error was noted here; other notebooks of the file do not count.
    """

    def __init__(
        self,
        file: str,
        problems: list[Problem],
        accepted: frozenset[str],
        about: str = "",
        measure_id: str = "",
        department: str = "",
    ) -> None:
        self.file = file
        self.has_errors = False
        self._problems = problems
        self._accepted = accepted
        self._about = about
        self._measure_id = measure_id
        self._department = department

    def about(self, about: str, measure_id: str = "", department: str = "") -> FileFindings:
        """Where to note what is found about one thing in the file.

        Args:
            about: its name for the reader.
            measure_id: the indicator whose warnings the settings can accept, if it is one.
            department: who reports it, as far as the file says.
        """
        return FileFindings(
            self.file, self._problems, self._accepted, about, measure_id, department
        )

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note what keeps the file from being used."""
        self.has_errors = True
        self._note(place, what, remedy, Severity.ERROR)

    def warn(self, place: str, what: str, remedy: str) -> None:
        """Note what is possible, but deserves a second look, and how to accept it."""
        if self._measure_id in self._accepted:
            return
        if self._measure_id:
            remedy += ACCEPT.format(id=self._measure_id)
        self._note(place, what, remedy, Severity.WARNING)

    def _note(self, place: str, what: str, remedy: str, severity: Severity) -> None:
        self._problems.append(
            Problem(
                self.file,
                place,
                what,
                remedy,
                severity,
                self._about,
                self._measure_id,
                self._department,
            )
        )

    def fault(self, place: str, error: CellError) -> None:
        """Note what a reader raised."""
        self.add(place, error.what, error.remedy)
