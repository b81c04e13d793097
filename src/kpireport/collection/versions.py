"""Several versions of one department's sheet: which one counts, if that is known.

Comes in: what came back, what was decided before and now. Goes out: the versions that
count, and what nobody has decided. Which of two versions is right is never guessed: not by
their dates, for a copied file has a new one, nor by their names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import field
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from kpireport.collection.expected import Expected
from kpireport.collection.outcomes import Choice, Version, VersionDifference
from kpireport.collection.register import Register, ReturnOutcome
from kpireport.collection.returned import Returned, in_words
from kpireport.errors import Severity
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import VALUE

Choose: TypeAlias = Callable[[Choice], Path | None]
"""Is asked which version counts; ``None`` leaves it open."""


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
    expected: Expected,
    choose: Choose | None = None,
) -> Versions:
    """Find the versions that count.

    Args:
        files: all sheets that are this year's form.
        register: what was decided before.
        used: the sums of the files that somebody says count.
        expected: what was asked for.
        choose: asked for what is left.
    """
    versions = Versions()
    by_department: dict[str, list[Returned]] = {}
    for each in files:
        by_department.setdefault(each.department, []).append(each)
    for department, its in by_department.items():
        # those without an answer have problems to tell all the same
        versions.counting += [each for each in its if not each.has_answers]
        _Department(department, its, register, used, expected).settle(choose, versions)
    versions.counting.sort(key=lambda each: each.original.name)
    return versions


@dataclass(frozen=True, slots=True)
class _Department:
    """What one department sent, and what was said of it."""

    name: str
    files: Sequence[Returned]
    register: Register
    used: Collection[str]
    expected: Expected

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
        return Choice(
            self.name,
            tuple(_version(each, self.register) for each in among),
            tuple(_differences(among, self.expected)),
        )


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


def _version(file: Returned, register: Register) -> Version:
    return Version(
        path=file.original.path,
        name=file.original.name,
        modified=file.original.modified,
        answered=len(file.actuals),
        faults=sum(each.severity is Severity.ERROR for each in file.problems),
        is_in_use=any(each.sha256 == file.original.sha256 for each in register.cells),
    )


def _differences(files: Sequence[Returned], expected: Expected) -> Iterator[VersionDifference]:
    """Yield the cells in which files do not say the same, in printed order."""
    told = [_told(each, expected) for each in files]
    ids = [*expected.departments, *expected.plans]
    order = {id_: number for number, id_ in enumerate(ids)}
    keys = dict.fromkeys(key for each in told for key in each)
    for key in sorted(keys, key=lambda each: order.get(each[0], len(order))):
        said = tuple(each[key][1] if key in each else "" for each in told)
        if len({*said}) > 1:
            what = next(each[key][0] for each in told if key in each)
            yield VersionDifference(what, said)


def _told(file: Returned, expected: Expected) -> dict[tuple[str, str], tuple[str, str]]:
    """What a file says, by id and title: what about, and what."""
    told = {}
    forms = ((file.actuals, expected.values), (file.comments, expected.comments))
    for rows, form in forms:
        for id_, found in rows.items():
            name = found.about.partition("、")[0]
            for columns in form.answers:
                title = columns[0].title
                if text := in_words(found.fact, columns):
                    told[id_, title] = (name if title == VALUE else f"{name}の{title}", text)
    return told
