"""A mapping of what was put in last: a server that runs for days keeps no more than that."""

from __future__ import annotations

from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

MOST_REPORTS = 24
"""A plan's years, and some more."""


class Recent(dict[_Key, _Value]):
    """A mapping of so many things at most; one more, and the one put in first is gone."""

    def __init__(self, most: int) -> None:
        """Begin with none."""
        super().__init__()
        self._most = most

    def __setitem__(self, key: _Key, value: _Value) -> None:
        """Put something in, as the last."""
        self.pop(key, None)
        super().__setitem__(key, value)
        while len(self) > self._most:
            del self[next(iter(self))]
