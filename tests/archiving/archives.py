"""Archives for tests: a small review, kept once a session, and ways to tamper with it."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from kpireport.archives.manifest import MANIFEST, SUMS, Manifest, read_manifest, sums_text
from kpireport.archiving import (
    ArchiveFinding,
    ArchiveFindingKind,
    archive,
    verify,
)
from tests.kept import kept
from tests.reports import files_in, put_files
from tests.review_reports import small_rows, write_review

PDF, WORD, WEB, DATA = "実績.pdf", "実績.docx", "実績.html", "実績.xlsx"
LETTER = "お読みください.txt"
SETTINGS = "inputs/2021/report.toml"
CATALOGUE = "inputs/catalogue.json"
ACTUALS = "inputs/2021/actuals.xlsx"
EARLIER = "inputs/2020/actuals.xlsx"
INPUTS = (SETTINGS, CATALOGUE, ACTUALS, EARLIER)


def write_two_years(folder: Path, **options: Any) -> Path:
    """Write the reviews of two years, the second with its own year's rows alone."""
    write_review(folder, 2020)
    rows = [row for row in small_rows(2021) if row[2] == 2021]
    return write_review(folder, 2021, rows=rows, **options)


def small_archive() -> dict[str, bytes]:
    """The files of an archive of that report."""
    return dict(_small_archive())


@cache
def _small_archive() -> dict[str, bytes]:
    return kept("small archive", _keep)


def _keep() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        report = write_two_years(Path(folder))
        return files_in(archive(report).path)


def flipped(content: bytes, at: int | None = None) -> bytes:
    """Change one byte, in the middle where nothing else is said."""
    at = len(content) // 2 if at is None else at
    return content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :]


def replace_attachment(pdf: bytes, name: str, content: bytes) -> bytes:
    """Put another content into the PDF under an attachment's name, its own sums kept right."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        file = dict(pikepdf.NameTree(opened.Root.Names.EmbeddedFiles))[name]
        file.EF.F.write(content)
        file.EF.F.Params.Size = len(content)
        sum_ = hashlib.md5(content, usedforsecurity=False).digest()
        file.EF.F.Params.CheckSum = pikepdf.String(sum_)
        result = io.BytesIO()
        opened.save(result)
    return result.getvalue()


def manifest_of(files: dict[str, bytes]) -> Manifest:
    manifest = read_manifest(files[MANIFEST]).manifest
    assert manifest is not None
    return manifest


def edited(files: dict[str, bytes], edit: Callable[[Any], object]) -> dict[str, bytes]:
    """Edit the list and leave its seal as it was."""
    content = json.loads(files[MANIFEST])
    edit(content)
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return files | {MANIFEST: text.encode()}


def relisted(files: dict[str, bytes], *, with_sums: bool) -> dict[str, bytes]:
    """Put the sums of the files as they are into the list, and seal it anew."""
    manifest = manifest_of(files)
    entries = tuple(
        entry.model_copy(
            update={
                "size": len(files[entry.path]),
                "sha256": hashlib.sha256(files[entry.path]).hexdigest(),
            }
        )
        for entry in manifest.files
    )
    manifest = manifest.model_copy(update={"files": entries})
    sums = {SUMS: sums_text(manifest.sums())} if with_sums else {}
    return files | {MANIFEST: manifest.to_bytes()} | sums


def findings(
    folder: Path, files: dict[str, bytes], *, rebuild: bool = False
) -> list[ArchiveFinding]:
    """What is found of an archive of these files."""
    return list(verify(put_files(folder, files), rebuild=rebuild).findings)


def told(found: list[ArchiveFinding]) -> list[tuple[ArchiveFindingKind, str]]:
    return [(each.kind, each.path) for each in found]
