"""Everything that a folder to carry is made of, as the licences and the SBOM tell it.

Comes in: the wheels. Goes out: one part for each release, kpireport's own with what others
made that is inside its wheel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from itertools import groupby
from pathlib import Path

from packaging.utils import NormalizedName, canonicalize_name

from tools.offline.fetching import EXTRA
from tools.offline.targets import Target
from tools.offline.wheels import Wheel

Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A release, or something that a wheel carries.

    Attributes:
        title: its name as its makers write it.
        version: of the release; empty where it has none.
        summary: what it is, in one line.
        licence: an SPDX expression, or other short words.
        texts: of its licences, each with the name of its file.
        wheels: one for all versions of Python, or one for each; none for what is inside another.
        needs: the names of other parts.
        inside: what others made that its wheel carries.
    """

    title: str
    version: str
    summary: str
    licence: str
    texts: Texts = ()
    wheels: tuple[Wheel, ...] = ()
    needs: tuple[NormalizedName, ...] = ()
    inside: tuple[Part, ...] = ()

    @property
    def name(self) -> NormalizedName:
        """Its name as everybody writes it."""
        return canonicalize_name(self.title)


# what kpireport's wheel carries: the title, what it is, its licence, the file of the licence
_CARRIED = (
    ("BIZ UDGothic", "書体", "OFL-1.1", "licenses/fonts/OFL.txt"),
    ("BIZ UDMincho", "書体", "OFL-1.1", "licenses/fonts/OFL.txt"),
    ("htmx", "画面の一部の入れ替え", "0BSD", "assets/htmx.LICENSE"),
    ("デジタル庁デザインシステム", "画面の色と寸法の値", "MIT", "assets/tokens.LICENSE"),
)
# whose style sheets and scripts the handbook's pages have
_OF_PAGES = ("sphinx", "furo")


def parts_of(wheels: Iterable[Wheel], target: Target) -> tuple[Part, ...]:
    """Return the parts, by name."""
    ordered = sorted(wheels, key=lambda wheel: (wheel.name, wheel.path.name))
    releases = {name: tuple(group) for name, group in groupby(ordered, lambda each: each.name)}
    return tuple(_part(group, releases, target) for group in releases.values())


def _part(
    group: tuple[Wheel, ...], releases: Mapping[NormalizedName, object], target: Target
) -> Part:
    first = group[0]
    texts = {text: name for wheel in group for name, text in reversed(wheel.texts)}
    part = Part(
        first.title,
        first.version,
        first.summary,
        first.licence,
        tuple(sorted((name, text) for text, name in texts.items())),
        group,
        tuple(sorted({name for wheel in group for name in _needs(wheel, releases, target)})),
    )
    return replace(part, inside=tuple(_carried(part.texts))) if part.name == "kpireport" else part


def _needs(
    wheel: Wheel, releases: Mapping[NormalizedName, object], target: Target
) -> Iterator[NormalizedName]:
    """Yield what the wheel needs that is here: whatever an extra brings is here, or not asked."""
    for requirement in wheel.requires:
        name = canonicalize_name(requirement.name)
        if name in releases and name != wheel.name and target.asks_for(requirement, ("", EXTRA)):
            yield name


def _carried(texts: Texts) -> Iterator[Part]:
    for title, summary, licence, file in _CARRIED:
        (text,) = (each for each in texts if each[0].endswith(file))
        yield Part(title, "", summary, licence, (text,))
    for name in _OF_PAGES:
        yield _of_pages(name)


def _of_pages(name: str) -> Part:
    """Return what the handbook's pages have of a program that made them, installed here."""
    about = metadata.metadata(name)
    files = metadata.files(name) or ()
    texts = tuple(
        (str(file), Path(str(file.locate())).read_text(encoding="utf-8"))
        for file in files
        if file.name.startswith("LICENSE") and ".dist-info" in str(file)
    )
    licence = {"sphinx": "BSD-2-Clause", "furo": "MIT"}[name]
    return Part(about["Name"], about["Version"], "手引のページの見た目と検索", licence, texts)
