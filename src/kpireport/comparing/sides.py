"""What is compared: a report's folder, an archive, a plan's file or a built Word file.

Comes in: a path. Goes out: what lies there, opened by the readers of its kind, which do
not trust it. What cannot be compared is refused with what can be instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from kpireport.archives.container import Kept, read_archive, refuse_other_folders
from kpireport.archives.manifest import MANIFEST, SUMS, Manifest, Role, entry_of, read_manifest
from kpireport.archives.report import opened_report
from kpireport.domain.years import format_fiscal_year
from kpireport.findings import refuse
from kpireport.messages import printable
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.settings import (
    SETTINGS_FILE,
    is_there,
)
from kpireport.word_files.opening import WordFile, parse_word

_WHAT_CAN_BE = (
    "比べられるのは、報告書のフォルダー、計画のファイル（.json）、作った Word（.docx）、"
    "保存した報告書（フォルダーか .zip）です。"
)


class SideKind(StrEnum):
    """What lies at a path."""

    REPORT = "報告書のフォルダー"
    ARCHIVE = "保存したもの"
    CATALOGUE = "計画のファイル"
    WORD = "Word のファイル"


@dataclass(frozen=True, slots=True)
class Located:
    """A path, and what lies there."""

    path: Path
    kind: SideKind

    @property
    def has_settings(self) -> bool:
        """Whether a whole report lies there: with settings, a plan, perhaps actuals."""
        return self.kind in (SideKind.REPORT, SideKind.ARCHIVE)


def locate(path: Path) -> Located:
    """Tell what lies at a path.

    Raises:
        InputError: nothing, or nothing that can be compared.
    """
    if not is_there(path):
        refuse(path, "ファイルもフォルダーもありません。", "名前と場所を確かめてください。")
    if path.is_dir():
        return _locate_folder(path)
    if path.name == SETTINGS_FILE:
        return _locate_folder(path.parent)
    suffix = path.suffix.lower()
    if suffix in _REMEDIES:
        what, remedy = _REMEDIES[suffix]
        refuse(path, what, remedy(path))
    if suffix not in _KINDS or path.name == MANIFEST:
        refuse(path, "このファイルは比べられません。", _WHAT_CAN_BE)
    return Located(path, _KINDS[suffix])


_KINDS = {
    ".json": SideKind.CATALOGUE,
    ".docx": SideKind.WORD,
    ".zip": SideKind.ARCHIVE,
}


def _locate_folder(path: Path) -> Located:
    if is_there(path / SETTINGS_FILE):
        return Located(path, SideKind.REPORT)
    if not (is_there(path / MANIFEST) or is_there(path / SUMS)):
        refuse(
            path,
            f"報告書のフォルダー（{SETTINGS_FILE} があるもの）でも、保存したものでもありません。",
            _WHAT_CAN_BE,
        )
    return Located(path, SideKind.ARCHIVE)


def _instead_of_pdf(path: Path) -> str:
    word = path.with_suffix(".docx")
    name = printable(str(word)) if is_there(word) else "同じ名前の .docx"
    return f"PDF と Word の中身は同じです。{name} を指定してください。"


def _instead_of_actuals(path: Path) -> str:
    folder = next((each for each in path.parents if is_there(each / SETTINGS_FILE)), None)
    name = f"（{printable(str(folder))}）" if folder else ""
    return f"実績のブックのある報告書のフォルダー{name}を指定してください。"


_ACTUALS = ("実績のファイルだけでは、どの計画のものか分からず比べられません。", _instead_of_actuals)
_REMEDIES = {
    ".pdf": ("PDF は比べられません。", _instead_of_pdf),
    ".xlsx": _ACTUALS,
    ".csv": _ACTUALS,
}


# --- opening ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """A report that is open, and what is to be known of it.

    ``kept_word`` is the Word file of an archive.
    """

    report: Report
    notes: tuple[str, ...] = ()
    kept_word: bytes | None = None

    @property
    def title(self) -> str:
        """What it is in words."""
        review = self.report.settings.review
        return f"{format_fiscal_year(review.fiscal_year)}の実績版" if review else "計画版"

    def word(self, path: Path) -> WordFile:
        """Return the Word file that was kept, or would be built now.

        ``path`` is for messages.
        """
        data = self.kept_word
        if data is None:
            data = self.report.word()
        return parse_word(data, path)


@contextmanager
def opened(side: Located) -> Iterator[Opened]:
    """Open a report or an archive while the body runs.

    Raises:
        InputError: it cannot be read.
        OutputError: there is no room for working files.
    """
    if side.kind is SideKind.REPORT:
        yield Opened(Report.open(side.path))
        return
    kept = read_archive(side.path)
    manifest = _manifest(side.path, kept)
    with opened_report(kept.files, manifest) as kept_report:
        doubts = tuple(_doubts(side.path, kept, manifest))
        word = manifest.entry(Role.WORD)
        kept_word = kept.files.get(word.path) if word else None
        report = Report(kept_report.settings, kept_report.folder)
        yield Opened(report, doubts, kept_word)


def _manifest(path: Path, kept: Kept) -> Manifest:
    refuse_other_folders(kept, path)
    manifest = read_manifest(kept.files.get(MANIFEST, b"")).manifest
    if manifest is None:
        refuse(
            path,
            f"目録（{MANIFEST}）がないか、壊れています。",
            "元の保存場所から写し直し、元のままかを確かめてください。",
        )
    return manifest


def _doubts(path: Path, kept: Kept, manifest: Manifest) -> Iterator[str]:
    """Tell of inputs that are not what was kept."""
    for entry in manifest.files:
        content = kept.files.get(entry.path)
        if content is None or entry_of(entry.path, entry.role, content).sha256 != entry.sha256:
            yield (
                f"{path} の {entry.path} は、保存したときのものと違います。"
                "元のままかを確かめてください。"
            )


def refuse_pair(old: Located, new: Located) -> NoReturn:
    """Refuse two things that have nothing in common.

    Raises:
        InputError: always.
    """
    refuse(
        new.path,
        f"{new.kind}は、{old.kind}（{printable(str(old.path))}）とは比べられません。",
        "同じ種類の二つか、計画のファイルと報告書のフォルダー、"
        "Word とそれを作った報告書のフォルダーを指定してください。",
    )
