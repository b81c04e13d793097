"""Keeping a finished year (保存): documents, inputs and the list of both, written for good.

Comes in: a report folder. Goes out: a folder or a zip file from which the same
documents can be made again; that this is so has been tried before it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kpireport.archives.container import zip_bytes
from kpireport.archives.manifest import (
    FORMAT,
    LETTER,
    MANIFEST,
    SUMS,
    Built,
    Manifest,
    Role,
    attachment_names,
    entry_of,
    sums_text,
)
from kpireport.archives.places import ZIP, usual_place
from kpireport.archiving.inputs import Inputs, collect_inputs
from kpireport.archiving.letter import letter_text
from kpireport.archiving.rebuilding import ROLES, attachments_of_inputs, rebuild
from kpireport.archiving.statements import built_at, year_name
from kpireport.archiving.versions import fonts, versions
from kpireport.conductor import Made, Progress, Warn, make
from kpireport.domain.settings import Settings
from kpireport.editing.toml_items import accepted_remarks
from kpireport.errors import OutputError
from kpireport.files import NewFile, check_absent, write_files, write_new_folder
from kpireport.findings import refuse
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.settings import SETTINGS_FILE, load_settings


@dataclass(frozen=True, slots=True)
class Archive:
    """What was kept: where, the paths of its files in it, and its seal.

    The seal (封印) is a sum over the list that has the sums of all files: who notes it
    elsewhere can tell later that not even all of it together was changed.
    """

    path: Path
    files: tuple[str, ...]
    seal: str


def archive(
    report_dir: Path | str,
    *,
    output: Path | str | None = None,
    as_zip: bool = False,
    moment: dt.datetime | None = None,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> Archive:
    """Keep a final report: PDF/A-3a with its sources attached, Word, inputs, list.

    The same inputs make the same archive.

    Args:
        report_dir: the folder of ``report.toml``.
        output: the new folder or file; without one, ``archive`` in the report folder.
        as_zip: one zip file rather than a folder; so is an ``output`` that ends in ``.zip``.
        moment: when the files say that they were made, with its time zone; without
            one, the report's own date.
        progress: called before each step, and after the last.
        warn: called for every suspicious value that the settings do not accept.

    Raises:
        InputError: the report is a draft, or its inputs cannot be used.
        OutputError: there is something at ``output`` already, or it cannot be written.
    """
    folder = Path(report_dir)
    settings = load_settings(folder)
    settings = replace(settings, formats=settings.kept_formats)
    _refuse_draft(settings, folder)
    target = usual_place(folder, as_zip=as_zip) if output is None else Path(output)
    check_absent(target)
    report = Report(settings, folder)
    _refuse_faulty(report)

    built = built_at(settings, moment)
    course = _Course(progress, len(settings.formats) + 1)  # composing, and each file
    files, manifest = _made(report, built, course.making(is_again=False), warn)
    _try(files, manifest, course.making(is_again=True))
    course.tell(2 * course.steps, "保存しています")
    if target.suffix.lower() == ZIP or as_zip:
        write_files([NewFile(target, zip_bytes(files, dt.datetime.fromisoformat(built.iso)))])
    else:
        write_new_folder(target, files)
    course.tell(2 * course.steps + 1, "できました")
    return Archive(target, tuple(sorted(files)), manifest.seal)


# --- what can be kept ------------------------------------------------------------


def _refuse_draft(settings: Settings, report_dir: Path) -> None:
    if settings.review is not None and settings.review.is_draft:
        refuse(
            report_dir / SETTINGS_FILE,
            "案（draft = true）は保存できません。保存するのは確定した版です。",
            "確定版を作り、内容を確かめてから、もう一度保存してください。",
            place="review.draft",
        )


def _refuse_faulty(report: Report) -> None:
    """Refuse all that is wrong, as a build tells it, before anything is made."""
    _ = report.base, report.document


def _refuse_changed(report_dir: Path) -> None:
    refuse(
        report_dir,
        "保存している間に、入力のファイルが書き換えられました。",
        "ファイルを開いている人がいないことを確かめて、もう一度試してください。",
    )


# --- the archive's files ---------------------------------------------------------


def _made(
    report: Report,
    built: Built,
    progress: Progress,
    warn: Warn | None,
) -> tuple[dict[str, bytes], Manifest]:
    """Make the documents; return all files by their paths, and the list of them.

    Raises:
        InputError: an input was changed meanwhile.
    """
    inputs = collect_inputs(report.settings, report.folder)
    made = make(
        report,
        attachments=attachments_of_inputs(_by_path(inputs)),
        moment=built.moment,
        progress=progress,
        warn=warn,
    )
    if inputs.have_changed():
        _refuse_changed(report.folder)
    return _files(report.settings, inputs, made, built)


def _files(
    settings: Settings, inputs: Inputs, made: Made, built: Built
) -> tuple[dict[str, bytes], Manifest]:
    """Return all files by their paths, and the list of them."""
    contents: dict[str, tuple[Role, bytes]] = {
        file.path.name: (ROLES[output_format], file.content)
        for output_format, file in zip(settings.formats, made.files, strict=True)
    }
    contents |= _by_path(inputs)
    year = year_name(settings)
    contents[LETTER] = (
        Role.LETTER,
        letter_text(
            title=made.title,
            heading=f"{year}の実績版" if year else "計画版",
            issuer=made.issuer,
            built=built,
            inputs=inputs.locations,
            files=[*((path, role) for path, (role, _) in contents.items()), (LETTER, Role.LETTER)],
            accepted=accepted_remarks(contents[inputs.locations.settings][1]),
        ),
    )
    attached = attachment_names(each.path for each in inputs.files)
    manifest = Manifest(
        format=FORMAT,
        title=made.title,
        issuer=made.issuer,
        edition=str(settings.edition),
        fiscal_year=settings.review.fiscal_year.year if settings.review else None,
        fiscal_year_name=year,
        built=built,
        inputs=inputs.locations,
        files=tuple(
            entry_of(path, role, content, attached.get(path, ""))
            for path, (role, content) in contents.items()
        ),
        fonts=fonts(),
        versions=versions(),
    )
    files = {path: content for path, (_, content) in contents.items()}
    lists = {MANIFEST: manifest.to_bytes(), SUMS: sums_text(manifest.sums())}
    return files | lists, manifest


def _by_path(inputs: Inputs) -> dict[str, tuple[Role, bytes]]:
    return {each.path: (each.role, each.content) for each in inputs.files}


def _try(files: Mapping[str, bytes], manifest: Manifest, progress: Progress | None) -> None:
    """Make the documents from what is to be kept: an archive that cannot do that is none."""
    made = rebuild(files, manifest, progress=progress)
    for role, content in made.documents.items():
        entry = manifest.entry(role)
        if entry is None or files[entry.path] != content:
            raise OutputError(
                "保存する入力から作り直したものが、同じファイルになりませんでした。"
                "保存していません。もう一度試しても同じなら、開発者に知らせてください。"
            )


# --- progress --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Course:
    """How far it has come: the documents are made twice, in so many steps each."""

    progress: Progress | None
    steps: int

    def making(self, *, is_again: bool) -> Progress:
        """Return the progress of one of the two makings as part of the whole."""

        def tell(done: int, _total: int, what: str) -> None:
            self.tell(done + self.steps * is_again, f"{what}（確認）" if is_again else what)

        return tell

    def tell(self, done: int, what: str) -> None:
        """Say what comes next."""
        if self.progress:
            self.progress(done, 2 * self.steps + 1, what)
