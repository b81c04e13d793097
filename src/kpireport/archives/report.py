"""The report that an archive keeps, opened as its folder was.

Comes in: an archive's files and its list. Goes out: the settings, with the places of the
inputs in a working folder that lasts as long as it is open. Nothing outside of the
archive is read, whatever its settings say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NoReturn

from kpireport.archives.manifest import Locations, Manifest, Role
from kpireport.domain.settings import Settings
from kpireport.errors import InputError, OutputError, Problem
from kpireport.files import working_folder
from kpireport.findings import refuse
from kpireport.quickly import dataclass
from kpireport.sources.settings import SETTINGS_FILE, load_settings

FOLDER = PurePosixPath("inputs")
INPUT_ROLES = frozenset((Role.SETTINGS, Role.CATALOGUE, Role.ACTUALS, Role.EARLIER, Role.TEMPLATE))


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """An archived report in a working folder; its settings lead to the files there.

    Attributes:
        settings: with the places of the inputs as the list has them.
        folder: the report's.
        written: the settings as they are written.
        top: the working folder, seen from which the list names places.
    """

    settings: Settings
    folder: Path
    written: Settings
    top: Path


@contextmanager
def opened_report(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[OpenedReport]:
    """Put an archive's inputs into a working folder while the body runs.

    Problems that the body has with these files are told as the archive's.

    Args:
        files: the archive's, by path; those that the list does not have are not used.
        manifest: the archive's list.

    Raises:
        InputError: the inputs are not complete, or cannot be used.
        OutputError: there is no room for working files.
    """
    inputs = {
        entry.path: files[entry.path]
        for entry in manifest.files
        if entry.role in INPUT_ROLES and entry.path in files
    }
    with opened_inputs(inputs, manifest.inputs) as opened:
        yield opened


@contextmanager
def opened_inputs(inputs: Mapping[str, bytes], places: Locations) -> Iterator[OpenedReport]:
    """Put inputs into a working folder while the body runs, each where its path says.

    Problems that the body has with these files name them by their paths.

    Args:
        inputs: the files, by path.
        places: which of them a build reads as what.

    Raises:
        InputError: the inputs are not complete, or cannot be used.
        OutputError: there is no room for working files.
    """
    try:
        with working_folder() as top:
            try:
                _unpack(top, inputs)
                folder = top / PurePosixPath(places.settings).parent
                written = _written(top, places.settings)
                yield OpenedReport(_placed(written, top, places), folder, written, top)
            except InputError as error:
                raise InputError(
                    tuple(seen_from(top, each) for each in error.problems),
                    tuple(seen_from(top, each) for each in error.warnings),
                ) from error
    except OSError as error:
        raise OutputError(
            f"作業用のフォルダーに書き込めません（システムのエラー番号 {error.errno}）。"
            "ディスクの空きを確かめて、もう一度試してください。"
        ) from error


def _unpack(top: Path, inputs: Mapping[str, bytes]) -> None:
    for path, content in inputs.items():
        _check_place(path)
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _written(top: Path, settings: str) -> Settings:
    """Return the settings as they are written."""
    if PurePosixPath(settings).name != SETTINGS_FILE:
        _refuse(settings)
    return load_settings(_place(top, settings).parent)


def _placed(settings: Settings, top: Path, places: Locations) -> Settings:
    """Return the settings with the places of the inputs as the list has them."""
    review = settings.review
    if (review is None) is not (places.actuals is None):
        _refuse(places.settings)
    if review is not None and places.actuals is not None:
        review = replace(
            review,
            actuals=_place(top, places.actuals),
            earlier=tuple(_place(top, each) for each in places.earlier),
        )
    word = settings.word
    if (word.template is None) is not (places.template is None):
        _refuse(places.settings)
    if places.template is not None:
        word = replace(word, template=_place(top, places.template))
    return replace(settings, catalogue=_place(top, places.catalogue), review=review, word=word)


def _place(top: Path, path: str) -> Path:
    _check_place(path)
    if not (top / path).exists():
        refuse(path, "ファイルがありません。", "元の保存場所から写してください。")
    return top / path


def _check_place(path: str) -> None:
    """Refuse a path of the list that does not lie among the inputs."""
    parts = path.split("/")
    if parts[0] != str(FOLDER) or {"", ".", ".."} & set(parts) or set(path) & set("\\:\0"):
        _refuse(path)


def _refuse(path: str) -> NoReturn:
    refuse(
        path[:80],
        "目録に書かれた入力の場所が、保存したものと合いません。",
        "元の保存場所から、写し直してください。",
    )


def seen_from(top: Path, problem: Problem) -> Problem:
    """Return a problem of a working file as one of what it was put there from."""
    working = f"{top}{os.sep}"
    return replace(
        problem,
        file=problem.file.replace(working, ""),
        what=problem.what.replace(working, ""),
        remedy=problem.remedy.replace(working, ""),
    )
