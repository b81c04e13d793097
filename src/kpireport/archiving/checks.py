"""Whether an archive is still what it was, from what it says of itself.

Comes in: the files of an archive. Goes out: findings. Each file is vouched for more
than once: by the list (目録) under its seal, by ``sha256sums.txt``, and what the report
was made from also by its copy inside the PDF. Who disagrees with whom tells what
was changed: a file, a copy in the PDF, the list, or several together.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import pikepdf

from kpireport.archives.container import Kept, refuse_other_folders
from kpireport.archives.manifest import (
    MANIFEST,
    SUMS,
    Entry,
    Manifest,
    Role,
    entry_of,
    read_manifest,
    read_sums,
    sums_text,
)
from kpireport.archiving.streams import attachments_of
from kpireport.quickly import dataclass


class ArchiveFindingKind(StrEnum):
    """What is not as it was."""

    CHANGED = "ファイルの中身が変わっています"
    MISSING = "ファイルがありません"
    ADDED = "保存したときになかったファイルです"
    ATTACHMENT = "PDFの添付が変わっています"
    MANIFEST = "目録が変わっています"
    SUMS = "照合値の一覧が変わっています"
    REBUILD = "作り直すと違うものになります"


@dataclass(frozen=True, slots=True)
class ArchiveFinding:
    """One thing that is not as it was: where, and how one can tell."""

    kind: ArchiveFindingKind
    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}\n  {self.kind}。{self.what}"


@dataclass(frozen=True, slots=True)
class Checked:
    """The list, as far as it can be read, and the findings."""

    manifest: Manifest | None
    findings: tuple[ArchiveFinding, ...]


def check_kept(kept: Kept, path: Path) -> Checked:
    """Check the files of an archive against each other.

    Raises:
        InputError: it is no archive, or one of a later kpireport.
    """
    refuse_other_folders(kept, path)
    read = read_manifest(kept.files.get(MANIFEST, b""))
    sums = read_sums(kept.files.get(SUMS, b""))
    if read.manifest is None:
        return Checked(None, (*_manifest_is_lost(kept), *_check_by_sums(kept, sums)))
    check = _Check(kept, read.manifest, read.is_sealed, sums, _attachments(kept, read.manifest))
    return Checked(read.manifest, tuple(check.findings()))


# --- without the list ------------------------------------------------------------


def _manifest_is_lost(kept: Kept) -> Iterator[ArchiveFinding]:
    if MANIFEST in kept.files or MANIFEST in kept.damaged:
        what = f"壊れていて読めません。ほかのファイルは {SUMS} で確かめました。"
        yield ArchiveFinding(ArchiveFindingKind.MANIFEST, MANIFEST, what)
    else:
        what = f"ほかのファイルは {SUMS} で確かめました。"
        yield ArchiveFinding(ArchiveFindingKind.MISSING, MANIFEST, what)


def _check_by_sums(kept: Kept, sums: Mapping[str, str]) -> Iterator[ArchiveFinding]:
    if not sums:
        yield ArchiveFinding(
            ArchiveFindingKind.SUMS, SUMS, "目録も一覧も読めないため、何も確かめられません。"
        )
        return
    for path in sorted({*sums, *kept.files, *kept.damaged} - {MANIFEST, SUMS}):
        if path not in sums:
            yield ArchiveFinding(ArchiveFindingKind.ADDED, path, "")
        elif path in kept.damaged:
            yield ArchiveFinding(ArchiveFindingKind.CHANGED, path, "壊れていて取り出せません。")
        elif path not in kept.files:
            yield ArchiveFinding(ArchiveFindingKind.MISSING, path, "")
        elif _sum(kept.files[path]) != sums[path]:
            yield ArchiveFinding(ArchiveFindingKind.CHANGED, path, f"{SUMS} の照合値と合いません。")


# --- with the list ---------------------------------------------------------------


def _attachments(kept: Kept, manifest: Manifest) -> Mapping[str, frozenset[bytes | None]] | None:
    """Return what is attached to the PDF; ``None`` where that cannot be read."""
    entry = manifest.entry(Role.PDF)
    try:
        with pikepdf.open(io.BytesIO(kept.files.get(entry.path if entry else "", b""))) as pdf:
            return attachments_of(pdf)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return None


@dataclass(frozen=True, slots=True)
class _Check:
    kept: Kept
    manifest: Manifest
    is_sealed: bool
    sums: Mapping[str, str]
    attached: Mapping[str, frozenset[bytes | None]] | None

    def findings(self) -> Iterator[ArchiveFinding]:
        """Yield all that is not as it was: the list, the files, the PDF's attachments."""
        yield from self._list()
        for entry in self.manifest.files:
            yield from self._file(entry)
        known = {each.path for each in self.manifest.files} | {MANIFEST, SUMS}
        for path in sorted({*self.kept.files, *self.kept.damaged} - known):
            yield ArchiveFinding(ArchiveFindingKind.ADDED, path, "目録にありません。")
        yield from self._attachments()

    def _list(self) -> Iterator[ArchiveFinding]:
        if not self.is_sealed:
            wrong = [each.path for each in self.manifest.files if self._is_list_to_blame(each)]
            about = f"ファイルと合わなくなった記載：{'、'.join(wrong)}。" if wrong else ""
            yield ArchiveFinding(
                ArchiveFindingKind.MANIFEST, MANIFEST, f"封印と合いません。{about}"
            )
        if SUMS not in self.kept.files:
            is_damaged = SUMS in self.kept.damaged
            kind = ArchiveFindingKind.SUMS if is_damaged else ArchiveFindingKind.MISSING
            yield ArchiveFinding(kind, SUMS, "壊れていて取り出せません。" if is_damaged else "")
            return
        yield from self._sums(self.kept.files[SUMS])

    def _sums(self, written: bytes) -> Iterator[ArchiveFinding]:
        """Compare the two lists, but for what a broken seal has told already."""
        expected = self.manifest.sums()
        if written == sums_text(expected):
            return
        if self.is_sealed and self.sums.get(MANIFEST) not in (None, expected[MANIFEST]):
            others = sorted(
                path
                for path, each in expected.items()
                if path != MANIFEST and self.sums.get(path) != each
            )
            if others:
                what = (
                    f"封印ごと書き換えられたようです。{SUMS} と違うのは、"
                    f"{'、'.join(others)} の照合値です。"
                )
            else:
                what = f"封印ごと書き換えられたか、{SUMS} にある目録の照合値が変わっています。"
            yield ArchiveFinding(ArchiveFindingKind.MANIFEST, MANIFEST, what)
        elif self.is_sealed:
            yield ArchiveFinding(ArchiveFindingKind.SUMS, SUMS, "封印された目録と合いません。")
        elif not self.sums.get(MANIFEST):
            yield ArchiveFinding(ArchiveFindingKind.SUMS, SUMS, "目録の照合値がありません。")

    def _file(self, entry: Entry) -> Iterator[ArchiveFinding]:
        path = entry.path
        if path in self.kept.damaged:
            yield ArchiveFinding(ArchiveFindingKind.CHANGED, path, "壊れていて取り出せません。")
        elif path not in self.kept.files:
            yield ArchiveFinding(ArchiveFindingKind.MISSING, path, self._copy_is_sound(entry))
        elif _sum(self.kept.files[path]) != entry.sha256 and not self._is_list_to_blame(entry):
            what = f"目録の照合値と合いません。{self._copy_is_sound(entry)}"
            yield ArchiveFinding(ArchiveFindingKind.CHANGED, path, what)
        elif self.is_sealed:
            content = self.kept.files[path]
            if entry_of(path, entry.role, content, entry.attachment) != entry:
                what = f"{path} の大きさか種類の記載が、中身と合いません。"
                yield ArchiveFinding(ArchiveFindingKind.MANIFEST, MANIFEST, what)

    def _copy_is_sound(self, entry: Entry) -> str:
        """Return the good news that the PDF still has the file, if it has."""
        copies = self._copies(entry) or ()
        is_sound = {_sum(copy or b"") for copy in copies} == {entry.sha256}
        return "PDFに添付された写しは元のままで、取り出せます。" if is_sound else ""

    def _is_list_to_blame(self, entry: Entry) -> bool:
        """Tell whether a file agrees with its other witness, and only the broken list does not."""
        content = self.kept.files.get(entry.path)
        if self.is_sealed or content is None or _sum(content) == entry.sha256:
            return False
        copies = self._copies(entry)
        return self.sums.get(entry.path) == _sum(content) or copies == frozenset((content,))

    def _copies(self, entry: Entry) -> frozenset[bytes | None] | None:
        return (self.attached or {}).get(entry.attachment) if entry.attachment else None

    def _attachments(self) -> Iterator[ArchiveFinding]:
        pdf = self.manifest.entry(Role.PDF)
        if pdf is None or pdf.path not in self.kept.files:
            return  # told already
        if self.attached is None:
            yield ArchiveFinding(
                ArchiveFindingKind.ATTACHMENT, pdf.path, "PDFが壊れていて取り出せません。"
            )
            return
        entries = {each.attachment: each for each in self.manifest.files if each.attachment}
        for name, entry in entries.items():
            if what := self._wrong_copy(entry, self.attached.get(name)):
                yield ArchiveFinding(
                    ArchiveFindingKind.ATTACHMENT, f"{pdf.path} の添付 {name}", what
                )
        for name in sorted(self.attached.keys() - entries.keys()):
            yield ArchiveFinding(
                ArchiveFindingKind.ATTACHMENT, f"{pdf.path} の添付 {name}", "目録にありません。"
            )

    def _wrong_copy(self, entry: Entry, copies: frozenset[bytes | None] | None) -> str:
        """Return what is wrong with the copies of a file inside the PDF, if anything is."""
        if copies is None:
            return "添付がなくなっています。"
        content = self.kept.files.get(entry.path)
        sums = {None if copy is None else _sum(copy) for copy in copies}
        if sums == {entry.sha256} or (
            self._is_list_to_blame(entry) and copies == frozenset((content,))
        ):
            return ""
        if None in sums:
            return "壊れていて取り出せません。"
        if content is None or _sum(content) != entry.sha256:
            return "目録の照合値と合いません。"
        return (
            f"保存した {entry.path} と中身が違います。"
            "ファイルとその照合値か、PDFの添付のどちらかが、後から差し替えられています。"
        )


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
