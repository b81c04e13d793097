"""Several versions of one department's sheet: which one counts, if that is known.

Comes in: what came back, what was decided before and now. Goes out: the versions that
count, and what nobody has decided. Which of two versions is right is never guessed: not by
their dates, for a copied file has a new one, nor by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from kpireport.collection.outcomes import Choice, Version
from kpireport.collection.register import FileOutcome, Register
from kpireport.collection.returned import Returned
from kpireport.errors import Severity

Choose: TypeAlias = Callable[[Choice], Path | None]
"""Is asked which version counts; ``None`` leaves it open."""

_MOST_DIFFERENCES = 3


@dataclass(slots=True)
class Versions:
    """Which files count.

    Attributes:
        counting: those whose answers are merged, in the order of their names.
        superseded: those that do not count, by their sums.
        same_as: files that say the same as one that counts: their sums, and its name.
        undecided: those of which nobody has said which one counts, by their sums.
        choices: the same in words.
    """

    counting: list[Returned] = field(default_factory=list)
    superseded: set[str] = field(default_factory=set)
    same_as: dict[str, str] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    choices: list[Choice] = field(default_factory=list)


def choose_versions(
    files: Sequence[Returned],
    register: Register,
    used: Collection[str],
    choose: Choose | None = None,
) -> Versions:
    """Find the versions that count.

    Args:
        files: all sheets that are this year's form.
        register: what was decided before.
        used: the sums of the files that somebody says count.
        choose: asked for what is left.
    """
    versions = Versions()
    by_department: dict[str, list[Returned]] = {}
    for each in files:
        by_department.setdefault(each.department, []).append(each)
    for department, its in by_department.items():
        _choose(department, its, register, used, choose, versions)
    versions.counting.sort(key=lambda each: each.original.name)
    return versions


def _choose(
    department: str,
    files: Sequence[Returned],
    register: Register,
    used: Collection[str],
    choose: Choose | None,
    versions: Versions,
) -> None:
    answered = [each for each in files if each.has_answers]
    versions.counting += [each for each in files if not each.has_answers]  # their problems count
    stated = [each for each in answered if each.original.sha256 in used]
    groups = _groups(stated or [each for each in answered if not _is_superseded(each, register)])
    counting = [first for first, *_ in groups]
    if len(groups) > 1 and not stated:
        choice = Choice(department, tuple(_version(each, counting, register) for each in counting))
        path = choose(choice) if choose else None
        counting = [each for each in counting if each.original.path == path]
        if not counting:
            versions.choices.append(choice)
            versions.undecided.update(each.original.sha256 for group in groups for each in group)
    versions.counting += counting
    for first, *others in groups:
        for each in others:
            versions.same_as[each.original.sha256] = first.original.name
    kept = {each.original.sha256 for group in groups if group[0] in counting for each in group}
    versions.superseded.update(
        {each.original.sha256 for each in answered} - kept - versions.undecided
    )


def _groups(files: Sequence[Returned]) -> list[list[Returned]]:
    """Put files that say the same together; which of them is read does not matter."""
    groups: list[list[Returned]] = []
    for each in files:
        same = next((group for group in groups if group[0].answers == each.answers), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return groups


def _is_superseded(file: Returned, register: Register) -> bool:
    known = register.find_file(file.original.sha256)
    return known is not None and known.outcome == FileOutcome.SUPERSEDED


def _version(file: Returned, all_: Sequence[Returned], register: Register) -> Version:
    """A version with the first answers that set it apart."""
    apart = [
        text
        for id_, text in file.answers_in_words().items()
        if any(other.answers_in_words().get(id_) != text for other in all_)
    ]
    return Version(
        path=file.original.path,
        name=file.original.name,
        modified=file.original.modified,
        answered=len(file.actuals),
        faults=sum(each.severity is Severity.ERROR for each in file.problems),
        is_in_use=any(each.sha256 == file.original.sha256 for each in register.cells),
        differences=tuple(islice(apart, _MOST_DIFFERENCES)),
    )
