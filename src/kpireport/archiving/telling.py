"""What was found of an archive, in words for staff.

Comes in: a verification. Goes out: its report as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.archiving import ArchiveFindingKind, Manifest, Verification
from kpireport.domain.settings import SHEETS, Edition


def verification_text(verification: Verification) -> str:
    """Return the whole report: what the archive is, what was checked, what was found."""
    parts = [*_heading(verification), *_conclusion(verification)]
    if any(each.kind is ArchiveFindingKind.REBUILD for each in verification.findings):
        parts += _reasons(verification)
    return "\n".join(parts)


def _heading(verification: Verification) -> Iterator[str]:
    yield f"調べたもの: {verification.path}"
    manifest = verification.manifest
    if manifest is not None:
        edition = "計画版"
        if manifest.fiscal_year:
            name = SHEETS if manifest.edition == Edition.SHEETS else "実績版"
            edition = f"{manifest.fiscal_year_name}の{name}"
        yield f"題名: {manifest.title}（{edition}）"
        yield f"作成日: {manifest.built.era}（{manifest.built.iso}）"
        yield f"封印: {manifest.seal}"
    if verification.has_other_container:
        yield "ZIP の入れ物は、保存したときのものではありません（まとめ直したなど）。"
    yield ""


def _conclusion(verification: Verification) -> Iterator[str]:
    findings, manifest = verification.findings, verification.manifest
    if not findings and manifest is not None:
        yield from _praise(manifest, verification)
        return
    yield f"元と違うところが{len(findings)}か所あります。"
    for finding in findings:
        yield f"\n{finding}"
    if not verification.is_rebuilt:
        yield "\n報告書の作り直しは、していません。"


def _praise(manifest: Manifest, verification: Verification) -> Iterator[str]:
    attached = sum(bool(each.attachment) for each in manifest.files)
    yield f"{len(manifest.files)}ファイルの照合値と、PDFの添付{attached}件は、目録のとおりです。"
    if verification.is_rebuilt:
        yield "作り直した報告書は、保存したものと１バイトも違いません。"
        yield "元のままです。"
    else:
        yield "報告書の作り直しは、していません。"


def _reasons(verification: Verification) -> Iterator[str]:
    if not verification.version_changes:
        yield "\nプログラムとフォントの版は、保存したときと同じです。"
        return
    yield "\n保存したときと版の違うもの（作り直しの違いは、これが原因かもしれません）"
    for change in verification.version_changes:
        yield f"  {change.name}: {change.then} → {change.now}"
