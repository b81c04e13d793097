"""What was found in several input files: errors and warnings, in the order found.

Comes in: places and sentences from readers that go on after a fault. Goes out: one
:class:`~kpireport.errors.InputError` with everything if there is an error, else the
warnings.
"""

from __future__ import annotations

from kpireport.errors import InputError, Problem, Severity
from kpireport.sources.problems import printable


class CellError(ValueError):
    """A cell or file cannot be used: ``what``, and the ``remedy``; the caller knows where."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}{remedy}")
        self.what = what
        self.remedy = remedy


class Findings:
    """The problems of all files that are read together."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def of(self, file: object) -> FileFindings:
        """Where to note what is found in ``file``."""
        return FileFindings(printable(str(file)), self._problems)

    @property
    def has_errors(self) -> bool:
        """Whether something makes the files unusable."""
        return any(each.severity is Severity.ERROR for each in self._problems)

    def settle(self) -> tuple[Problem, ...]:
        """Return the warnings, if there is nothing worse.

        Raises:
            InputError: with all errors, and the warnings after them.
        """
        errors = [each for each in self._problems if each.severity is Severity.ERROR]
        warnings = [each for each in self._problems if each.severity is Severity.WARNING]
        if errors:
            raise InputError((*errors, *warnings))
        return tuple(warnings)


class FileFindings:
    """Notes what is found in one file."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self._problems = problems

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note what keeps the file from being used."""
        self._problems.append(Problem(self.file, place, what, remedy))

    def warn(self, place: str, what: str, remedy: str) -> None:
        """Note what is possible, but deserves a second look."""
        self._problems.append(Problem(self.file, place, what, remedy, Severity.WARNING))

    def fault(self, place: str, error: CellError) -> None:
        """Note what a reader raised."""
        self.add(place, error.what, error.remedy)
