"""Running a page of the handbook: its commands, and what people do between them.

Comes in: steps, a folder to run them in. Goes out: what each block of commands printed.
"""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Iterable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

import tomlkit

from kpireport.cli import main
from tools.handbook import people
from tools.handbook.pages import Commands, People, Setting, Start, Step
from tools.handbook.samples import copy_samples

PROGRAM = "kpireport"


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
                write_settings(place / step.file, step.toml)
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


def write_settings(file: Path, toml: str) -> None:
    """Set the values of ``toml`` in a file and keep the rest, as people do in an editor."""
    document = tomlkit.parse(file.read_text(encoding="utf-8"))
    for name, value in tomlkit.parse(toml).items():
        if isinstance(value, dict) and isinstance(document.get(name), dict):
            document[name].update(value)
        else:
            document[name] = value
    file.write_text(tomlkit.dumps(document), encoding="utf-8")
