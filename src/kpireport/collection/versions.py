"""Several versions of one department's sheet: which one counts, if that is known.

Comes in: what came back, what was decided before and now. Goes out: the versions that
count, and what nobody has decided. Which of two versions is right is never guessed: not by
their dates, for a copied file has a new one, nor by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from kpireport.collection.outcomes import Choice, Version
from kpireport.collection.register import Register, ReturnOutcome
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
        # those without an answer have problems to tell all the same
        versions.counting += [each for each in its if not each.has_answers]
        _Department(department, its, register, used).settle(choose, versions)
    versions.counting.sort(key=lambda each: each.original.name)
    return versions


@dataclass(frozen=True, slots=True)
class _Department:
    """What one department sent, and what was said of it."""

    name: str
    files: Sequence[Returned]
    register: Register
    used: Collection[str]

    def settle(self, choose: Choose | None, versions: Versions) -> None:
        """Find what counts of it; ask where nobody has said so."""
        groups = self._candidates()
        counting = [group[0] for group in groups]
        if len(groups) > 1 and not self._stated:
            choice = self._choice(counting)
            path = choose(choice) if choose else None
            counting = [each for each in counting if each.original.path == path]
            if not counting:
                versions.choices.append(choice)
                versions.undecided |= _sums(chain.from_iterable(groups))
        versions.counting += counting
        for first, *others in groups:
            versions.same_as |= dict.fromkeys(_sums(others), first.original.name)
        kept = _sums(chain.from_iterable(group for group in groups if group[0] in counting))
        versions.superseded |= _sums(self._answered) - kept - versions.undecided

    @property
    def _answered(self) -> list[Returned]:
        return [each for each in self.files if each.has_answers]

    @property
    def _stated(self) -> list[Returned]:
        """Those that somebody says count."""
        return [each for each in self._answered if each.original.sha256 in self.used]

    def _candidates(self) -> list[list[Returned]]:
        """What may count: what somebody says, or whatever was not superseded before."""
        open_ = [each for each in self._answered if not _is_superseded(each, self.register)]
        return _groups(self._stated or open_)

    def _choice(self, among: Sequence[Returned]) -> Choice:
        return Choice(self.name, tuple(_version(each, among, self.register) for each in among))


def _sums(files: Iterable[Returned]) -> set[str]:
    return {each.original.sha256 for each in files}


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
    return known is not None and known.outcome == ReturnOutcome.SUPERSEDED


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
