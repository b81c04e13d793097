"""Who else has the folder open: a small file each, with a name and a time.

Comes in: the folder, a person's name, the time. Goes out: those of others that are fresh.
A shared folder has no other way of telling; a lock that keeps people out would be left
behind by a computer that was switched off.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from kpireport.quickly import dataclass

_PREFIX, _SUFFIX = "~kpireport-", ".open"
_FRESH_FOR = dt.timedelta(minutes=2)
_LEFT_BEHIND = dt.timedelta(days=1)
REFRESHED_EVERY = dt.timedelta(seconds=30)
_LARGEST = 2_000
_LONGEST_NAME = 80
_MOST = 50


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else at the folder, or oneself in another window.

    Attributes:
        name: the person and the computer.
        since: when they opened the folder.
        is_oneself: whether it is the same person at the same computer.
    """

    name: str
    since: dt.datetime
    is_oneself: bool


@dataclass(slots=True)
class Presence:
    """One's own mark in the folder, and those of others.

    Attributes:
        folder: where; nothing happens while it is not there.
        name: what others are told: the person and the computer.
        now: tells the time, with its zone.
    """

    folder: Path
    name: str
    now: Callable[[], dt.datetime]
    _file: Path = field(init=False)
    _since: dt.datetime = field(init=False)
    _told: dt.datetime | None = None

    def __post_init__(self) -> None:
        self._file = self.folder / f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}"
        self._since = self.now()

    def show(self) -> None:
        """Leave or freshen one's own mark; a folder that cannot be written to has none."""
        now = self.now()
        if self._told is not None and now - self._told < REFRESHED_EVERY:
            return
        self._told = now
        says = {"name": self.name, "since": self._since.isoformat(), "seen": now.isoformat()}
        with suppress(OSError):
            if self.folder.is_dir():
                self._file.write_text(json.dumps(says, ensure_ascii=False), encoding="utf-8")
                self._tidy()

    def _tidy(self) -> None:
        """Remove what computers that were switched off left, by the folder's own clock."""
        fresh = self._file.stat().st_mtime
        for each in self._marks():
            if fresh - each.stat().st_mtime > _LEFT_BEHIND.total_seconds():
                each.unlink()

    def _marks(self) -> list[Path]:
        return sorted(self.folder.glob(f"{_PREFIX}*{_SUFFIX}"))[:_MOST]

    def leave(self) -> None:
        """Take one's own mark away."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def others(self) -> tuple[Present, ...]:
        """Return who else is here, and other windows of one's own.

        Marks that nobody freshens are passed over.
        """
        try:
            files = self._marks()
        except OSError:
            return ()
        found = (self._read(each) for each in files if each != self._file)
        return tuple(each for each in found if each is not None)

    def _read(self, file: Path) -> Present | None:
        """Read a mark without trust: anybody may write into a shared folder."""
        try:
            if file.stat().st_size > _LARGEST:
                return None
            says = json.loads(file.read_text(encoding="utf-8"))
            seen = dt.datetime.fromisoformat(says["seen"])
            since = dt.datetime.fromisoformat(says["since"])
            if abs(self.now() - seen) > _FRESH_FOR:
                return None
            name = str(says["name"])
            return Present(name[:_LONGEST_NAME], since, is_oneself=name == self.name)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
