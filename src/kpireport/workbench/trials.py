"""What a taking-in found when it was tried, kept until one of the files is another.

Comes in: what was found. Goes out: the same for the pages that show it, and for the taking-in
that holds itself against it. Of a report there is one: the last.
"""

from __future__ import annotations

import secrets
from dataclasses import field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from kpireport.quickly import dataclass
from kpireport.workbench.recent import MOST_REPORTS, Recent
from kpireport.workbench.shelf import State

if TYPE_CHECKING:
    from kpireport.collection import Collected


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose, as :func:`kpireport.collection.collect` takes it, and in words.

    Attributes:
        use: the versions that count.
        replace: cells that are to have the answer.
        keep: cells that are to stay.
        words: all of it, a sentence each.
    """

    use: tuple[Path, ...] = ()
    replace: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def and_then(self, more: Chosen) -> Chosen:
        """Return both; of a cell, what was chosen later."""
        cells = {*more.replace, *more.keep}
        return Chosen(
            (*self.use, *more.use),
            (*(each for each in self.replace if each not in cells), *more.replace),
            (*(each for each in self.keep if each not in cells), *more.keep),
            (*self.words, *more.words),
        )

    @property
    def is_anything(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.use or self.replace or self.keep)


@dataclass(frozen=True, slots=True)
class Trial:
    """A taking-in that was tried, or was done.

    Attributes:
        state: of the report's files when it was begun, or when it was done.
        found: what it found.
        chosen: what a person had chosen.
        key: tells it from others.
    """

    state: State
    found: Collected
    chosen: Chosen = field(default_factory=Chosen)
    key: str = field(default_factory=lambda: secrets.token_urlsafe(9))


@dataclass(slots=True)
class Trials:
    """The last of each report."""

    _trials: Recent[Path, Trial] = field(default_factory=lambda: Recent(MOST_REPORTS))
    _lock: RLock = field(default_factory=RLock)

    def keep(self, folder: Path, trial: Trial) -> None:
        """Keep one in the place of the last."""
        with self._lock:
            self._trials[folder] = trial

    def find(self, folder: Path, state: State) -> Trial | None:
        """Return the last one, where the files are still the same."""
        with self._lock:
            trial = self._trials.get(folder)
            return trial if trial is not None and trial.state == state else None
