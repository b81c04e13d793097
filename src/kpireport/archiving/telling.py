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
    if verification.otherwise:
        yield from _made_otherwise(verification)
    elif verification.is_rebuilt:
        yield "作り直した報告書は、保存したものと１バイトも違いません。"
        yield "元のままです。"
    else:
        yield "報告書の作り直しは、していません。"


def _made_otherwise(verification: Verification) -> Iterator[str]:
    """Tell that another kpireport has to make the same bytes, and which."""
    maker, this = next(
        (each.then, each.now) for each in verification.version_changes if each.name == "kpireport"
    )
    yield "ファイルは、元のままです。報告書の作り直しでは、確かめていません。"
    yield f"\n保存したのは kpireport {maker} で、この kpireport {this} が作るものとは違うためです。"
    yield f"同じバイトに作り直して確かめるには、kpireport {maker} で検証してください。"
    yield "いま作り直したときの違いは、次のとおりです。"
    for finding in verification.otherwise:
        yield f"\n{finding}"


def _reasons(verification: Verification) -> Iterator[str]:
    if not verification.version_changes:
        yield "\nプログラムとフォントの版は、保存したときと同じです。"
        return
    yield "\n保存したときと版の違うもの（作り直しの違いは、これが原因かもしれません）"
    for change in verification.version_changes:
        yield f"  {change.name}: {change.then} → {change.now}"
