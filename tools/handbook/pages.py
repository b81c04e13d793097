"""What of a handbook page can be run, in the order of the page.

Comes in: a page as Markdown. Goes out: its steps.

* A fenced ``console`` block has command lines, one a line; the fenced ``output`` block
  after it is what they print. In an expected output the line ``（略）`` stands for any
  lines, and ``…`` for any characters.
* ``<!-- set: reports/2022/report.toml -->`` before a fenced ``toml`` or ``json`` block:
  people write its values into that file.
* ``<!-- people: write_cell reports/2021/actuals.xlsx 実績 p03-01 実績 35人 -->``: people do
  what the function of that name in :mod:`tools.handbook.people` does.
* ``<!-- type: みどり市/計画.xlsx 指標 -->`` before a table: people type its rows into that
  sheet, below the titles that the table has too.
* ``<!-- start: samples -->``: what follows starts anew with a fresh copy of the samples.
* ``<!-- status: 2 -->`` before a ``console`` block: its last command ends with that status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeAlias

LEFT_OUT = "（略）"

_FENCE = re.compile(r"(?P<fence>`{3,})(?P<info>\S*)")
_COMMENT = re.compile(r"<!--\s*(?P<verb>set|type|people|start|status):\s*(?P<words>.+?)\s*-->")


@dataclass(frozen=True, slots=True)
class Lines:
    """The inside of a fenced block: the index of its first line in the page, and its lines."""

    start: int
    texts: tuple[str, ...]

    @property
    def stop(self) -> int:
        """The index of the line after the last, the closing fence."""
        return self.start + len(self.texts)


@dataclass(frozen=True, slots=True)
class Start:
    """A fresh copy of the samples."""

    line: int


@dataclass(frozen=True, slots=True)
class People:
    """Something that people do outside the program."""

    line: int
    deed: str


@dataclass(frozen=True, slots=True)
class Setting:
    """Values that people write into a file of settings or of the plan."""

    line: int
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Typing:
    """Rows that people type into a sheet of a workbook, the titles first."""

    line: int
    file: str
    sheet: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Commands:
    """Command lines, the status of the last, and what they print where the page shows it."""

    line: int
    lines: tuple[str, ...]
    status: int
    expected: Lines | None


Step: TypeAlias = Start | People | Setting | Typing | Commands


@dataclass(frozen=True, slots=True)
class _Comment:
    line: int
    verb: str
    words: str


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    language: str
    inside: Lines


@dataclass(frozen=True, slots=True)
class _Table:
    line: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Reader:
    """The steps found so far, and what a comment said of the block to come."""

    steps: list[Step]
    status: int = 0
    file: str = ""
    sheet: str = ""

    def note(self, comment: _Comment) -> None:
        match comment.verb:
            case "start":
                self.steps.append(Start(comment.line))
            case "people":
                self.steps.append(People(comment.line, comment.words))
            case "status":
                self.status = int(comment.words)
            case "set":
                self.file = comment.words
            case "type":
                self.sheet = comment.words

    def take_table(self, table: _Table) -> None:
        if self.sheet:
            file, _, sheet = self.sheet.partition(" ")
            self.steps.append(Typing(table.line, file, sheet, table.rows))
            self.sheet = ""

    def take(self, block: _Block) -> None:
        match block.language:
            case "toml" | "json" if self.file:
                text = "\n".join(block.inside.texts)
                self.steps.append(Setting(block.line, self.file, text))
                self.file = ""
            case "console":
                self.steps.append(Commands(block.line, block.inside.texts, self.status, None))
                self.status = 0
            case "output":
                self.steps.append(self._with_output(block.inside))

    def _with_output(self, expected: Lines) -> Commands:
        step = self.steps.pop() if self.steps else None
        if not isinstance(step, Commands) or step.expected:
            raise ValueError(f"line {expected.start}: an output block without commands before it")
        return replace(step, expected=expected)


def steps_of(page: str) -> tuple[Step, ...]:
    """Return the steps of a page.

    Raises:
        ValueError: a comment or an output block stands where it belongs to nothing.
    """
    reader = _Reader([])
    for part in _parts(page.split("\n")):
        if isinstance(part, _Comment):
            reader.note(part)
        elif isinstance(part, _Table):
            reader.take_table(part)
        else:
            reader.take(part)
    if reader.status or reader.file or reader.sheet:
        raise ValueError("a comment at the end of the page belongs to no block")
    return tuple(reader.steps)


def _parts(lines: list[str]) -> Iterator[_Comment | _Block | _Table]:
    """Yield the page's comments, fenced blocks and tables; lines are counted from 1."""
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if comment := _COMMENT.fullmatch(line):
            yield _Comment(at, comment["verb"], comment["words"])
        elif opened := _FENCE.match(line):
            inside = tuple(takewhile(lambda each: each.strip() != opened["fence"], lines[at:]))
            yield _Block(at, opened["info"], Lines(at, inside))
            at += len(inside) + 1
        elif line.startswith("|"):
            rows = tuple(takewhile(lambda each: each.startswith("|"), lines[at - 1 :]))
            yield _Table(at, tuple(_cells(row) for row in (rows[0], *rows[2:])))
            at += len(rows) - 1


def _cells(row: str) -> tuple[str, ...]:
    """The cells of a table's line; ``<br>`` begins a line in one."""
    inside = row.strip().removeprefix("|").removesuffix("|")
    return tuple(each.strip().replace("<br>", "\n") for each in inside.split("|"))


def matches(expected: tuple[str, ...], printed: str) -> bool:
    """Whether what was printed is what the page shows, but for what it leaves out."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == LEFT_OUT else f"{_pattern(line)}\n" for line in expected
    )
    return re.fullmatch(pattern, f"{printed}\n") is not None


def _pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.rstrip().split("…")))
