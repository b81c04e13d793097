"""What brings a file of one version to the next, by its kind."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kpireport.domain.settings import Edition
from kpireport.editing.toml_items import with_format, with_items
from kpireport.errors import InputError
from kpireport.evaluation.criteria_settings import criteria_from_settings
from kpireport.sources.catalogue import read_plan
from kpireport.sources.formats import SINCE, FileKind

_EVALUATION, _SCHEME, _AGAINST = "evaluation", "scheme", "against"
_USUAL = "linear"


@dataclass(frozen=True, slots=True)
class FormatChange:
    """One thing that is written otherwise.

    Attributes:
        place: where, as problems name it.
        what: what is done, in words.
        deprecates: why what is written now should not stay, in words; empty where it may.
    """

    place: str
    what: str
    deprecates: str = ""


Changed: TypeAlias = tuple[bytes, tuple[FormatChange, ...]]


@dataclass(frozen=True, slots=True)
class Migration:
    """What brings a kind of file to a version from the one before.

    Attributes:
        kind: of the file.
        to: the version.
        change: makes of the file's bytes, which could be read, and of the folder that it is in
            those of the new version, and tells what was changed. What is written otherwise
            must not be meant otherwise.
    """

    kind: FileKind
    to: int
    change: Callable[[bytes, Path], Changed]

    @property
    def since(self) -> str:
        """The kpireport that first read the version."""
        return SINCE[self.kind][self.to - 1]


def _with_decisions(data: bytes, folder: Path) -> Changed:
    """Settings of version 2: what the marks are decided by is written.

    Where a file said nothing, the program decided; it is written what that was.
    """
    written = tomllib.loads(data.decode("utf-8-sig"))
    found: Mapping[str, object] = written.get(_EVALUATION, {})
    items: dict[tuple[str, ...], object] = {}
    changes = []
    if written.get("edition") != Edition.PLAN:
        if _SCHEME not in found:
            items[_EVALUATION, _SCHEME] = _USUAL
            changes.append(
                FormatChange(
                    f"{_EVALUATION}.{_SCHEME}",
                    f'評価の基準 {_SCHEME} = "{_USUAL}" を書き加えます（これまでと同じ基準です）。',
                    "評価の基準が書かれていないため、この kpireport の決まった基準で評価します。",
                )
            )
        scheme = criteria_from_settings(found).scheme
        if scheme.counts_evenly and _is_open(found) and _has_yearly(written, folder):
            against = str(scheme.against)
            items[_EVALUATION, _AGAINST] = against
            changes.append(
                FormatChange(
                    f"{_EVALUATION}.{_AGAINST}",
                    f'比べる目標値 {_AGAINST} = "{against}" を書き加えます（これまでと同じです）。',
                    "計画に年度ごとの目標値がありますが、どの目標値と比べるかが書かれていません。",
                )
            )
    data = with_items(data, items) if items else data
    stamp = FormatChange("format", "書式の版 format = 2 を書き加えます。")
    return with_format(data, 2), (stamp, *changes)


def _is_open(found: Mapping[str, object]) -> bool:
    """Whether nothing says which target a year is held against."""
    return {_AGAINST, "of"}.isdisjoint(found)


def _has_yearly(written: Mapping[str, object], folder: Path) -> bool:
    """Whether the settings' plan has targets of years; not where it cannot be read."""
    try:
        return read_plan(folder / str(written.get("catalogue"))).catalogue.has_yearly_targets
    except InputError:
        return False


MIGRATIONS: tuple[Migration, ...] = (Migration(FileKind.SETTINGS, 2, _with_decisions),)
"""All there are, of each kind by their versions."""


def migrated(kind: FileKind, data: bytes, version: int, folder: Path) -> Changed:
    """Return a file's bytes in the newest version, and what was changed.

    Args:
        kind: of the file.
        data: what it holds, which could be read.
        version: that it has.
        folder: that it is in.

    Raises:
        InputError: a change needs what cannot be used.
        OutputError: a change cannot be made.
    """
    changes: list[FormatChange] = []
    for each in MIGRATIONS:
        if each.kind is kind and each.to > version:
            data, more = each.change(data, folder)
            changes += more
    return data, tuple(changes)
