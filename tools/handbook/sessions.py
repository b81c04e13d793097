"""Running a page of the handbook: its commands, and what people do between them.

Comes in: steps, a folder to run them in. Goes out: what each block of commands printed.
"""

from __future__ import annotations

import io
import json
import os
import shlex
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, assert_never

import tomlkit

from kpireport.cli import main
from tools.handbook import people
from tools.handbook.pages import Commands, People, Setting, Start, Step, Typing
from tools.handbook.samples import copy_samples

PROGRAM = "kpireport"

Table: TypeAlias = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Printed:
    """What a block of commands printed, and the status of its last."""

    commands: Commands
    text: str
    status: int


def run_steps(steps: Iterable[Step], folder: Path) -> Iterator[Printed]:
    """Do all steps in order below ``folder``; yield what each block of commands printed.

    Raises:
        ValueError: a step before any start, an unknown program or thing for people to do.
    """
    place: Path | None = None
    for step in steps:
        if isinstance(step, Start):
            place = folder / f"{step.line}"
            copy_samples(place)
            continue
        if place is None:
            raise ValueError(f"line {step.line}: nothing has been started")
        match step:
            case People():
                people.do(step.deed, place)
            case Setting():
                write_values(place / step.file, step.text)
            case Typing():
                people.type_rows(place / step.file, step.sheet, step.rows)
            case Commands():
                yield run_commands(step, place)
            case _:
                assert_never(step)


def run_commands(step: Commands, place: Path) -> Printed:
    """Run the command lines as somebody in ``place`` would."""
    printed, status = io.StringIO(), 0
    with chdir(place), redirect_stdout(printed), redirect_stderr(printed):
        for line in step.lines:
            program, *arguments = shlex.split(line)
            if program != PROGRAM:
                raise ValueError(f"line {step.line}: {program} is not run here")
            status = main(arguments)
    return Printed(step, printed.getvalue().replace(os.sep, "/").rstrip("\n"), status)


def write_values(file: Path, text: str) -> None:
    """Set the values of ``text`` in a file and keep the rest, as people do in an editor."""
    before = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        after = json.dumps({**json.loads(before), **json.loads(text)}, ensure_ascii=False)
    else:
        document = tomlkit.parse(before)
        _update(document, tomlkit.parse(text))
        after = tomlkit.dumps(document)
    file.write_text(after, encoding="utf-8")


def _update(table: Table, values: Table) -> None:
    for name, value in values.items():
        if isinstance(value, MutableMapping) and name in table:
            table[name].update(value)
        else:
            table[name] = value
