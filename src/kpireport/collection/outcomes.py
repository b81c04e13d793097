"""What a collection found and did, as frozen facts."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from pathlib import Path

from kpireport.collection.register import ReturnOutcome
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.errors import Problem, Severity
from kpireport.quickly import dataclass


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
    """One of several sheets of a department.

    ``answered`` and ``faults`` count its good rows and what is wrong with others;
    ``is_in_use`` tells that it is what was taken up to now.
    """

    path: Path
    name: str
    modified: str
    answered: int
    faults: int
    is_in_use: bool


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """What several versions say differently of one thing.

    ``what`` is the thing (``受入率のコメント``); ``said`` has each version's text, in their
    order, empty where it says nothing.
    """

    what: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Several versions of a department's sheet, of which nobody has said which one counts."""

    department: str
    versions: tuple[Version, ...]
    differences: tuple[VersionDifference, ...]


class ConflictKind(StrEnum):
    """Why a person has to decide on a cell of the workbook."""

    BY_HAND = "手で書いたものと違う"
    WITHDRAWN = "新しいブックで空欄"
    DEPARTMENTS = "課によって違う"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell on which the workbook and what came back do not agree.

    Attributes:
        kind: in what way.
        cell: as ``replace`` and ``keep`` name it (``p03:課題``).
        about: what its row is about.
        title: the cell's column.
        department: who answers.
        own: what the workbook says, empty for nothing.
        own_place: where.
        answer: what came back, empty for nothing.
        file: where from: a file of the inbox,
        place: and its cell.
        is_kept: somebody decided to keep what the workbook says.
        told: the problem that says all this in words.
    """

    kind: ConflictKind
    cell: str
    about: str
    title: str
    department: str
    own: str
    own_place: str
    answer: str
    file: str
    place: str
    is_kept: bool
    told: Problem

    @property
    def can_replace(self) -> bool:
        """Whether there is one answer to put in the place of what stands there."""
        return self.kind is ConflictKind.BY_HAND


@dataclass(frozen=True, slots=True)
class EditedCell:
    """A cell that somebody edited after its answer was taken; it stays.

    Attributes:
        about: what its row is about.
        title: the cell's column.
        own: what the workbook says now, empty for nothing.
        own_place: where.
        department: whose answer it was.
        answer: what that said.
    """

    about: str
    title: str
    own: str
    own_place: str
    department: str
    answer: str


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
        conflicts: what the workbook says otherwise than what came back; each is told in
            ``problems`` or ``kept`` as well.
        kept: what people wrote by hand and decided to keep, in words.
        unfulfilled: wishes to replace or to keep that nothing came of.
        edited: cells that people edited after their answer was taken; they stay.
        missing: what is not reported yet, those that sent nothing first.
        written: the files that were written; empty where there was nothing new.
        has_news: something was written, or would be if this were no trial.
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
    conflicts: tuple[Conflict, ...]
    kept: tuple[Problem, ...]
    unfulfilled: tuple[Problem, ...]
    edited: tuple[EditedCell, ...]
    missing: tuple[Missing, ...]
    written: tuple[Path, ...]
    has_news: bool
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
