"""What a collection found and did, as frozen facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kpireport.collection.register import ReturnOutcome
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.errors import Problem, Severity


class ChangeKind(StrEnum):
    """Why a cell of the workbook gets another content."""

    TAKEN = "取り込み"  # it was empty
    CORRECTED = "訂正"  # an earlier version of the answer stood there
    ADDED = "書き足し"  # another department's words stood there, and stay
    REFILLED = "書き戻し"  # it was emptied by hand after an answer had stood there
    REPLACED = "差し替え"  # somebody's own text stood there, and the staff asked for this one


@dataclass(frozen=True, slots=True)
class Change:
    """New contents of a row: what it is about, old and new, and where they come from.

    ``old`` and ``new`` have the texts of the cells together as somebody would say them.
    """

    kind: ChangeKind
    sheet: str
    id: str
    about: str
    title: str
    old: str
    new: str
    department: str
    file: str
    place: str
    sha256: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file.

    Attributes:
        path: the file.
        name: its name below the inbox, fit to print.
        sha256: its sum, empty where it could not be read.
        department: who answers in it, empty where that is not known.
        modified: when it was last saved (ISO 8601), empty where that is not known.
        outcome: what became of it.
        taken: how many of its rows changed the workbook.
        unchanged: how many say what the workbook says already.
        blank: how many have no answer yet.
        likely: the department that its name speaks of, where its content does not tell.
        same_as: the name of the file that it is a copy of, or says the same as; else empty.
        problems: what is wrong with it, and what deserves a second look.
    """

    path: Path
    name: str
    sha256: str
    department: str
    modified: str
    outcome: ReturnOutcome
    taken: int = 0
    unchanged: int = 0
    blank: int = 0
    likely: str = ""
    same_as: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One of several sheets of a department: its file, and what tells it from the others.

    ``answered`` and ``faults`` count its good rows and what is wrong with others;
    ``is_in_use`` tells that it is what was taken up to now.
    """

    path: Path
    name: str
    modified: str
    answered: int
    faults: int
    is_in_use: bool
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Several versions of a department's sheet, of which nobody has said which one counts."""

    department: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a department has not reported: ids and names in printed order.

    ``has_sent`` tells whether a workbook of it has come in at all, now or before;
    ``has_answered``, whether one could be used and had something in it.
    """

    department: str
    measures: tuple[tuple[str, str], ...]
    has_sent: bool
    has_answered: bool


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collection found and did.

    Attributes:
        inbox: the folder that was looked through.
        workbook: the report's workbook.
        files: the workbooks that came back, in the order of their names.
        others: problems of other files, which may be answers.
        ignored: what is no answer.
        changes: the workbook's new contents, in printed order.
        choices: departments of which nothing was taken, for several versions are there.
        kept: what people wrote by hand and decided to keep, in words.
        edited: how many cells people edited after their answer was taken; they stay.
        missing: what is not reported yet, those that sent nothing first.
        written: the files that were written; empty where there was nothing new.
        is_trial: nothing was to be written.
        is_new_workbook: the report's workbook was not there, and an empty one was made.
        words: what the plan calls its parts.
    """

    inbox: Path
    workbook: Path
    files: tuple[FileResult, ...]
    others: tuple[Problem, ...]
    ignored: tuple[Path, ...]
    changes: tuple[Change, ...]
    choices: tuple[Choice, ...]
    kept: tuple[Problem, ...]
    edited: int
    missing: tuple[Missing, ...]
    written: tuple[Path, ...]
    is_trial: bool
    is_new_workbook: bool = False
    words: Words = USUAL_WORDS

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong or deserves a second look, the errors first."""
        found = [*(problem for file in self.files for problem in file.problems), *self.others]
        return tuple(sorted(found, key=lambda each: each.severity is not Severity.ERROR))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps something from being taken."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What was taken, or is not used, and deserves a second look."""
        return tuple(each for each in self.problems if each.severity is not Severity.ERROR)

    @property
    def is_complete(self) -> bool:
        """Whether everything that came back was taken."""
        return not self.errors and not self.choices
