"""What all pages of a workbench share: the folder, the secrets, what was read, the jobs."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import field
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from kpireport.errors import Problem
from kpireport.quickly import dataclass
from kpireport.workbench.jobs import Jobs
from kpireport.workbench.presence import Presence
from kpireport.workbench.shelf import Shelf
from kpireport.workbench.trials import Trials
from kpireport.workbench.workplace import Workplace

if TYPE_CHECKING:
    from kpireport.workbench.previews import Previews

_MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time to pages and commands, which read no clock themselves.

    Attributes:
        today: the day.
        now: the moment, with its zone; of marks in a shared folder.
        moment: when files are to say that they were made; ``None`` for their report's date.
    """

    today: Callable[[], dt.date]
    now: Callable[[], dt.datetime]
    moment: Callable[[], dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Note:
    """What was done, to be told once, on the page that is shown next."""

    text: str
    problems: tuple[Problem, ...] = ()


@dataclass
class Desk:
    """One opened folder, served to one person's browser.

    Attributes:
        workplace: the folder.
        clock: tells the time.
        presence: who else is here.
        shelf: what was read of reports.
        trials: what taking in would do, or did.
        jobs: long work.
        token: what the printed address bears.
        session: what the cookie bears.
        csrf: what every form bears.
        writing: held while something is written: one thing at a time.
        seen: when a page was last heard of, in seconds of the monotonic clock.
        answering: requests that are being answered.
        answered: those that were.
        stop: ends the server.
    """

    workplace: Workplace
    clock: Clock
    presence: Presence
    shelf: Shelf
    trials: Trials = field(default_factory=Trials)
    jobs: Jobs = field(default_factory=Jobs)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    writing: RLock = field(default_factory=RLock)
    hosts: frozenset[str] = frozenset()
    seen: float = field(default_factory=time.monotonic)
    answering: int = 0
    answered: int = 0
    stop: Callable[[], None] = lambda: None
    _notes: deque[Note] = field(default_factory=lambda: deque(maxlen=_MOST_NOTES))

    @classmethod
    def at(cls, workplace: Workplace, clock: Clock, person: str) -> Desk:
        """Open a folder for a person."""
        presence = Presence(workplace.root, person, clock.now)
        return cls(workplace, clock, presence, Shelf(clock.today))

    @cached_property
    def previews(self) -> Previews:
        """What was shown last of each report's pages; the first page does without."""
        from kpireport.workbench.previews import Previews

        return Previews()

    def note(self, text: str, problems: tuple[Problem, ...] = ()) -> None:
        """Have something told on the page that is shown next."""
        self._notes.append(Note(text, problems))

    def take_notes(self) -> tuple[Note, ...]:
        """Return what is to be told; it is told then."""
        taken = tuple(self._notes)
        self._notes.clear()
        return taken
