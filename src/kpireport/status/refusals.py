"""What came back and could not be used, as the last run of collect told it.

Comes in: the register of what came back, and what is still not reported. Goes out: problems
with their measures and departments. A refusal counts only as long as something that it
concerns is not reported, and only until its department has sent something later, or somebody
has taken its book out of the inbox. What concerns no measure, such as a comment, counts until
then, if the rest of its book was used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kpireport.collection.expected import department_named
from kpireport.collection.register import (
    ReceivedFile,
    Register,
    ReturnOutcome,
    ToldProblem,
    read_register,
)
from kpireport.collection.setting_aside import books_aside, is_aside
from kpireport.domain.settings import CollectionSettings, ReviewSettings
from kpireport.errors import InputError, Problem, Severity
from kpireport.quickly import dataclass

_UNTOLD = (
    "返ってきたブックに、取り込めなかったところがあります。",
    "もう一度取り込むと、どこを直せばよいかが分かります。",
)
_UNDECIDED = (
    "同じ課のブックが2つ以上返ってきていて、どれを使うかが決まっていません。",
    "使うブックを選んで、もう一度取り込んでください。",
)


@dataclass(frozen=True, slots=True)
class Refusals:
    """What came back in vain.

    Attributes:
        problems: to be mended by whoever answered; of a measure, of a department, or of
            a file of which nobody knows whose it is.
        beside: likewise of no measure, in books of which the rest was used.
        choices: to be settled by who collects: several versions, none of them chosen.
        whole: the departments of whose workbook nothing at all can be read.
    """

    problems: tuple[Problem, ...] = ()
    beside: tuple[Problem, ...] = ()
    choices: tuple[Problem, ...] = ()
    whole: frozenset[str] = frozenset()

    def among(self, unreported: Mapping[str, str], departments: Collection[str]) -> Refusals:
        """Keep what concerns a measure that is not reported, or a department that owes one.

        A file of which nobody can say whose it is concerns the department in its name.

        Args:
            unreported: the department that owes each measure, by the measure's id.
            departments: all that are asked.
        """
        owing = {*unreported.values()}

        def counts(problem: Problem) -> bool:
            if problem.measure_id:
                return problem.measure_id in unreported
            name = Path(problem.file).name
            whose = problem.department or department_named(name, departments)
            return not whose or whose in owing

        return Refusals(
            tuple(filter(counts, self.problems)),
            self.beside,
            tuple(each for each in self.choices if each.department in owing),
            self.whole & owing,
        )


def read_refusals(collection: CollectionSettings, review: ReviewSettings) -> Refusals:
    """Find what came back and could not be used, none where the register cannot be read."""
    try:
        register = read_register(collection.received, review.fiscal_year)
    except InputError:
        return Refusals()
    aside = books_aside(collection)
    latest = [each for each in _latest(register) if not is_aside(each.sha256, aside)]
    refused = [
        each for each in latest if each.outcome in (ReturnOutcome.REFUSED, ReturnOutcome.PARTLY)
    ]
    undecided = {
        each.department: each for each in latest if each.outcome == ReturnOutcome.UNDECIDED
    }
    problems: list[Problem] = []
    beside: list[Problem] = []
    for each in refused:
        for found in _told(each, collection.inbox):
            is_used = each.outcome == ReturnOutcome.PARTLY and not found.measure_id
            (beside if is_used else problems).append(found)
    whole = {each.department for each in problems if each.department and not each.measure_id}
    answered = {each.department for each in latest if each.outcome == ReturnOutcome.PARTLY}
    return Refusals(
        tuple(problems),
        tuple(beside),
        tuple(_problem(each, collection.inbox, *_UNDECIDED) for each in undecided.values()),
        frozenset(whole - answered),
    )


def read_doubts(collection: CollectionSettings, review: ReviewSettings) -> Iterator[Problem]:
    """Yield what is to be confirmed in what came back and was used, until it is accepted."""
    try:
        register = read_register(collection.received, review.fiscal_year)
    except InputError:
        return  # it is for collect to say what is the matter with it
    for file in _latest(register):
        for each in file.doubts:
            if each.settled_by not in review.accepted:
                yield replace(
                    _told_of(file, each, collection.inbox),
                    severity=Severity.WARNING,
                    settled_by=each.settled_by,
                )


def _latest(register: Register) -> Iterator[ReceivedFile]:
    """The files that a later one of the same department has not taken the place of."""
    used: dict[str, str] = {}
    for each in register.files:
        if each.department and each.outcome in (ReturnOutcome.TAKEN, ReturnOutcome.PARTLY):
            used[each.department] = max(used.get(each.department, ""), each.modified)
    return (each for each in register.files if each.modified >= used.get(each.department, ""))


def _told(file: ReceivedFile, inbox: Path) -> Iterator[Problem]:
    """What collect said of a file; less where an earlier version of collect kept no record."""
    if not file.problems:
        yield _problem(file, inbox, *_UNTOLD)
    for each in file.problems:
        yield _told_of(file, each, inbox)


def _told_of(file: ReceivedFile, told: ToldProblem, inbox: Path) -> Problem:
    return replace(
        _problem(file, inbox, told.what, told.remedy),
        place=told.place,
        about=told.about,
        measure_id=told.measure_id,
        is_ours=told.is_ours,
    )


def _problem(file: ReceivedFile, inbox: Path, what: str, remedy: str) -> Problem:
    return Problem(
        str(inbox / file.names[-1]),
        "",
        what,
        remedy,
        Severity.ERROR,
        department=file.department,
    )
