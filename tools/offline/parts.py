"""Everything that a folder to carry is made of, as the licences and the SBOM tell it.

Comes in: the wheels. Goes out: one part for each release, with what others made that is inside
its wheels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import groupby
from pathlib import Path

from packaging.utils import NormalizedName, canonicalize_name

from tools.offline.fetching import EXTRA
from tools.offline.inside import Component, Row, look_inside, read_table
from tools.offline.licences import UntoldError, spdx
from tools.offline.targets import Target
from tools.offline.wheels import Wheel


@dataclass(frozen=True, slots=True)
class Part:
    """A release.

    Attributes:
        title: its name as its makers write it.
        version: of the release.
        summary: what it is, in one line of its makers.
        licence: an SPDX expression.
        texts: of licences, each with the name of its file.
        wheels: one for all versions of Python, or one for each.
        needs: the names of other parts.
        inside: what others made that its wheels carry.
    """

    title: str
    version: str
    summary: str
    licence: str
    texts: tuple[tuple[str, str], ...]
    wheels: tuple[Wheel, ...]
    needs: tuple[NormalizedName, ...]
    inside: tuple[Component, ...]

    @property
    def name(self) -> NormalizedName:
        """Its name as everybody writes it."""
        return canonicalize_name(self.title)


OWN = "kpireport"
# whose style sheets and scripts the handbook's pages have
_OF_PAGES = {"sphinx": "BSD-2-Clause", "furo": "MIT"}


def parts_of(wheels: Iterable[Wheel], target: Target) -> tuple[Part, ...]:
    """Return the parts, by name.

    Raises:
        UntoldError: the tables do not tell a licence, or who made what a wheel carries; the
            message has all that is missing.
    """
    ordered = sorted(wheels, key=lambda wheel: (wheel.name, wheel.path.name))
    releases = {name: tuple(group) for name, group in groupby(ordered, lambda each: each.name)}
    table = read_table()
    parts: list[Part] = []
    untold: list[str] = []
    for group in releases.values():
        try:
            parts.append(_part(group, releases, target, table))
        except UntoldError as error:
            untold.append(str(error))
    if untold:
        raise UntoldError("\n".join(untold))
    return tuple(parts)


def _part(
    group: tuple[Wheel, ...],
    releases: Mapping[NormalizedName, object],
    target: Target,
    table: Mapping[str, Sequence[Row]],
) -> Part:
    first = group[0]
    texts = {text: name for wheel in group for name, text in reversed(wheel.texts)}
    named = tuple(sorted((name, text) for text, name in texts.items()))
    carried = [each for wheel in group for each in look_inside(wheel, table)]
    if first.name == OWN:
        carried += (_of_pages(name, licence) for name, licence in _OF_PAGES.items())
    return Part(
        first.title,
        first.version,
        first.summary,
        spdx(first.name, first.licence),
        named,
        group,
        tuple(sorted({name for wheel in group for name in _needs(wheel, releases, target)})),
        tuple(dict.fromkeys(carried)),
    )


def _needs(
    wheel: Wheel, releases: Mapping[NormalizedName, object], target: Target
) -> Iterator[NormalizedName]:
    """Yield what the wheel needs that is here: whatever an extra brings is here, or not asked."""
    for requirement in wheel.requires:
        name = canonicalize_name(requirement.name)
        if name in releases and name != wheel.name and target.asks_for(requirement, ("", EXTRA)):
            yield name


def _of_pages(name: str, licence: str) -> Component:
    """Return what the handbook's pages have of a program that made them, installed here."""
    about = metadata.metadata(name)
    files = metadata.files(name) or ()
    texts = tuple(
        (str(file), Path(str(file.locate())).read_text(encoding="utf-8"))
        for file in files
        if file.name.startswith("LICENSE") and ".dist-info" in str(file)
    )
    return Component(
        about["Name"],
        licence,
        about["Version"],
        summary="手引のページの見た目と検索",
        address=f"pkg:pypi/{name}@{about['Version']}",
        texts=texts,
    )
