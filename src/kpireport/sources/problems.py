"""Collecting what is wrong in one input file, and saying it so that it can be found.

Comes in: places and sentences from the readers and checks of one file. Goes
out: one :class:`~kpireport.errors.InputError` with all of them. The helpers
make names, paths and texts safe to print: a broken input must not break the
report about it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NoReturn, TypeAlias, TypeVar

from kpireport.errors import InputError, Problem

PathStep: TypeAlias = str | int
_Value = TypeVar("_Value")

# What no document can carry: controls but the line feed, which parts the lines of a
# cell; lone surrogates; noncharacters. XML 1.0 (2.2, Char) has no place for them in a .docx.
UNPRINTABLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)

_LONGEST_QUOTE = 40
_PLAIN_KEY = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*")


class ProblemLog:
    """The problems of one file, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self._file = printable(file)
        self._problems: list[Problem] = []

    def add(self, place: str, what: str, remedy: str) -> None:
        """Note that at ``place`` ``what`` is wrong, and how to mend it."""
        self._problems.append(Problem(self._file, place, what, remedy))

    def fail(self, place: str, what: str, remedy: str) -> NoReturn:
        """Note a problem after which nothing more can be said about the file.

        Raises:
            InputError: always, with the problems noted so far and this one.
        """
        self.add(place, what, remedy)
        raise InputError(tuple(self._problems))

    def settle(self, value: _Value | None) -> _Value:
        """The value that was read, if the file has no problem.

        Raises:
            InputError: with all problems noted, if there is at least one.
        """
        if self._problems or value is None:
            raise InputError(tuple(self._problems))
        return value


def path_text(steps: Iterable[PathStep]) -> str:
    """``("goals", 1, "plans")`` as ``goals[1].plans``; ``""`` for the file as a whole."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f'["{shortened(step)}"]'
    return text


def quoted(text: str) -> str:
    """The text in 「」, printable and short enough for a message."""
    return f"「{shortened(text)}」"


def shortened(text: str) -> str:
    """The text, printable, cut with … where it is long."""
    cut = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return printable(cut)


def printable(text: str) -> str:
    """The text on one line, characters that cannot be printed written as their code."""
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04X}", text).replace("\n", "\\n")


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """How to mend a misspelt name: the nearest valid names, or all of them."""
    names = sorted(valid)
    if not names:
        return "選べるものがまだ書かれていません。先にそちらを書いてください。"
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return f"もしかして {_listed(near)} ですか。"
    return f"使えるのは {_listed(names)} です。"


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"「{name}」" for name in names)
