"""Making an archive's documents again from what it keeps.

Comes in: an archive's files and its list. Goes out: the PDF and the Word file as they
come out today. Nothing outside of the archive is read, whatever its settings say.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NoReturn

from kpireport.archiving.inputs import FOLDER
from kpireport.archiving.letter import ROLE_NAMES
from kpireport.archiving.manifest import Manifest, Role, attachment_names, entry_of
from kpireport.build import Progress, make
from kpireport.domain.settings import OutputFormat, Settings
from kpireport.errors import InputError, OutputError, Problem
from kpireport.sources.settings import SETTINGS_FILE, load_settings
from kpireport.writers.pdf import Attachment, Relationship

_RELATIONSHIPS = {
    Role.SETTINGS: Relationship.SOURCE,
    Role.CATALOGUE: Relationship.SOURCE,
    Role.ACTUALS: Relationship.DATA,
    Role.EARLIER: Relationship.DATA,
    Role.TEMPLATE: Relationship.SUPPLEMENT,
}
ROLES = {OutputFormat.PDF: Role.PDF, OutputFormat.DOCX: Role.WORD}


def attachments_of_inputs(inputs: Mapping[str, tuple[Role, bytes]]) -> tuple[Attachment, ...]:
    """Return what goes into the PDF: each input by its path in the archive."""
    names = attachment_names(inputs)
    return tuple(
        Attachment(
            name=names[path],
            content=content,
            media_type=entry_of(path, role, content).media_type,
            description=ROLE_NAMES[role],
            relationship=_RELATIONSHIPS[role],
        )
        for path, (role, content) in inputs.items()
    )


def rebuild(
    files: Mapping[str, bytes], manifest: Manifest, *, progress: Progress | None = None
) -> dict[Role, bytes]:
    """Make the documents again.

    Args:
        files: the archive's, by path; those that the list does not have are not used.
        manifest: the archive's list.
        progress: is told of each step.

    Raises:
        InputError: the inputs are not complete, or cannot be used.
        OutputError: there is no room for working files.
    """
    inputs = {
        entry.path: (entry.role, files[entry.path])
        for entry in manifest.files
        if entry.role in _RELATIONSHIPS and entry.path in files
    }
    try:
        with tempfile.TemporaryDirectory(prefix="kpireport-") as temporary:
            return _rebuild(Path(temporary), inputs, manifest, progress)
    except OSError as error:
        raise OutputError(
            f"作業用のフォルダーに書き込めません（システムのエラー番号 {error.errno}）。"
            "ディスクの空きを確かめて、もう一度実行してください。"
        ) from error


def _rebuild(
    top: Path,
    inputs: Mapping[str, tuple[Role, bytes]],
    manifest: Manifest,
    progress: Progress | None,
) -> dict[Role, bytes]:
    for path, (_, content) in inputs.items():
        _check_place(path)
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    try:
        settings = _settings(top, manifest)
        report = make(
            settings,
            top / PurePosixPath(manifest.inputs.settings).parent,
            attachments=attachments_of_inputs(inputs),
            moment=manifest.built.moment,
            progress=progress,
        )
    except InputError as error:
        raise InputError(tuple(_seen_from(top, each) for each in error.problems)) from error
    made = zip(settings.formats, report.files, strict=True)
    return {ROLES[output_format]: file.content for output_format, file in made}


def _settings(top: Path, manifest: Manifest) -> Settings:
    """Return the archived settings, with the places of the inputs as the list has them."""
    places = manifest.inputs
    if PurePosixPath(places.settings).name != SETTINGS_FILE:
        _refuse(places.settings)
    settings = load_settings(_place(top, places.settings).parent)
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
    return replace(
        settings,
        catalogue=_place(top, places.catalogue),
        formats=tuple(OutputFormat),
        review=review,
        word=word,
    )


def _place(top: Path, path: str) -> Path:
    _check_place(path)
    if not (top / path).exists():
        problem = Problem(path, "", "ファイルがありません。", "元の保存場所から写してください。")
        raise InputError((problem,))
    return top / path


def _check_place(path: str) -> None:
    """Refuse a path of the list that does not lie among the inputs."""
    parts = path.split("/")
    if parts[0] != str(FOLDER) or {"", ".", ".."} & set(parts) or set(path) & set("\\:\0"):
        _refuse(path)


def _refuse(path: str) -> NoReturn:
    raise InputError(
        (
            Problem(
                path[:80],
                "",
                "目録に書かれた入力の場所が、保存したものと合いません。",
                "元の保存場所から、写し直してください。",
            ),
        )
    )


def _seen_from(top: Path, problem: Problem) -> Problem:
    """Return a problem of a working file as one of the archive's."""
    working = f"{top}{os.sep}"
    return replace(
        problem,
        file=problem.file.replace(working, ""),
        what=problem.what.replace(working, ""),
        remedy=problem.remedy.replace(working, ""),
    )
