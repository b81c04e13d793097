"""Verifying an archive (検証): its sums, its copies, and its documents made again.

Comes in: the path of an archive. Goes out: what is not as it was, if anything, and
what may be the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kpireport.archives.container import Kept, read_archive, zip_bytes
from kpireport.archives.manifest import MANIFEST, Manifest, Role, entry_of, read_manifest
from kpireport.archiving import rebuilding
from kpireport.archiving.checks import ArchiveFinding, ArchiveFindingKind, Checked, check_kept
from kpireport.archiving.differences import (
    book_difference,
    page_difference,
    pdf_difference,
    word_difference,
)
from kpireport.archiving.statements import false_names, false_statements
from kpireport.archiving.versions import fonts, versions
from kpireport.conductor import Progress
from kpireport.errors import InputError

_DIFFERENCES = {
    Role.PDF: pdf_difference,
    Role.WORD: word_difference,
    Role.WEB: page_difference,
    Role.DATA: book_difference,
}


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A program, library or font that is not the one that made the archive."""

    name: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What is known of an archive.

    Attributes:
        path: the folder or zip file.
        manifest: its list, ``None`` where that cannot be read.
        findings: all that is not as it was.
        is_rebuilt: whether the documents were made again.
        has_other_container: whether the zip file was packed anew around the same files.
        version_changes: what may be the reason where documents come out differently.
        maker: the kpireport that made it, where that is another than this one; empty if not.
        otherwise: how the documents that this kpireport makes of it differ, where another made
            it: that is no finding, for only its own maker has to make the same bytes.
    """

    path: Path
    manifest: Manifest | None
    findings: tuple[ArchiveFinding, ...]
    is_rebuilt: bool
    has_other_container: bool
    version_changes: tuple[VersionChange, ...]
    maker: str = ""
    otherwise: tuple[ArchiveFinding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether everything is as it was, as far as this kpireport can tell."""
        return not self.findings


def verify(
    path: Path | str, *, rebuild: bool = True, progress: Progress | None = None
) -> Verification:
    """Check an archive, and make its documents again to compare them byte by byte.

    Args:
        path: the folder, or the zip file.
        rebuild: whether to make the documents again, which takes as long as a build.
        progress: called before each step of that.

    Raises:
        InputError: it is no archive, or not one that can be read safely.
        OutputError: there is no room for working files.
    """
    path = Path(path)
    kept = read_archive(path)
    checked = check_kept(kept, path)
    manifest = checked.manifest
    findings = list(checked.findings)
    if manifest is not None:
        findings += _held_against_inputs(kept, manifest, checked)
        if rebuild:
            compared = _compare(kept, manifest, progress)
            findings += [each for each in compared if each not in findings]
    changes = tuple(_version_changes(manifest)) if manifest else ()
    maker = next((each.then for each in changes if each.name == _PROGRAM), "")
    otherwise = [each for each in findings if maker and each.kind is ArchiveFindingKind.REBUILD]
    return Verification(
        path=path,
        manifest=manifest,
        findings=tuple(each for each in findings if each not in otherwise),
        is_rebuilt=rebuild and manifest is not None,
        has_other_container=manifest is not None and _is_packed_anew(kept, manifest),
        version_changes=changes,
        maker=maker,
        otherwise=tuple(otherwise),
    )


_PROGRAM = "kpireport"


def _held_against_inputs(
    kept: Kept, manifest: Manifest, checked: Checked
) -> Iterator[ArchiveFinding]:
    """Hold a list whose sums fit against the inputs; what is wrong otherwise is told already."""
    if checked.findings:
        return
    try:
        yield from false_statements(kept.files, manifest)
    except InputError as error:
        yield _not_makeable(manifest, error)


def _not_makeable(manifest: Manifest, error: InputError) -> ArchiveFinding:
    told = "\n".join(str(problem) for problem in error.problems)
    what = f"保存した入力からは作れません。\n{told}"
    return ArchiveFinding(ArchiveFindingKind.REBUILD, manifest.inputs.settings, what)


def _compare(kept: Kept, manifest: Manifest, progress: Progress | None) -> Iterator[ArchiveFinding]:
    try:
        made = rebuilding.rebuild(kept.files, manifest, progress=progress)
    except InputError as error:
        yield _not_makeable(manifest, error)
        return
    are_alike = True
    for role, content in made.documents.items():
        entry = manifest.entry(role)
        if entry is None or entry.path not in kept.files or kept.files[entry.path] == content:
            continue  # what is missing has been told
        are_alike = False
        what = _DIFFERENCES[role](kept.files[entry.path], content)
        if entry_of(entry.path, role, content).sha256 == entry.sha256:
            what += "作り直したものは目録の照合値と合うので、変わったのは保存したファイルです。"
        yield ArchiveFinding(ArchiveFindingKind.REBUILD, entry.path, what)
    if are_alike and read_manifest(kept.files[MANIFEST]).is_sealed:
        yield from false_names(manifest, made.title, made.issuer)


def _is_packed_anew(kept: Kept, manifest: Manifest) -> bool:
    if kept.container is None:
        return False
    try:
        moment = dt.datetime.fromisoformat(manifest.built.iso)
    except ValueError:  # the list was changed
        return True
    return kept.container != zip_bytes(kept.files, moment)


def _version_changes(manifest: Manifest) -> Iterator[VersionChange]:
    yield from _changes(manifest.versions, versions())
    yield from _changes(manifest.fonts, fonts())


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[VersionChange]:
    for name in sorted({*then, *now}):
        before, after = then.get(name, "-"), now.get(name, "-")
        if before != after:
            yield VersionChange(name, before, after)
