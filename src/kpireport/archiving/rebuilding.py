"""Making an archive's documents again from what it keeps.

Comes in: an archive's files and its list. Goes out: the PDF, the Word file, and the page
and the data where they are kept, as they come out today. Nothing outside of the
archive is read, whatever its settings say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kpireport.archives.manifest import Manifest, Role, attachment_names, entry_of
from kpireport.archives.report import INPUT_ROLES, opened_report
from kpireport.archiving.letter import ROLE_NAMES
from kpireport.conductor import Progress, make
from kpireport.domain.settings import OutputFormat
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.writers.pdf import AttachmentRelationship, PdfAttachment

_RELATIONSHIPS = {
    Role.SETTINGS: AttachmentRelationship.SOURCE,
    Role.CATALOGUE: AttachmentRelationship.SOURCE,
    Role.ACTUALS: AttachmentRelationship.DATA,
    Role.EARLIER: AttachmentRelationship.DATA,
    Role.TEMPLATE: AttachmentRelationship.SUPPLEMENT,
}
ROLES = {
    OutputFormat.PDF: Role.PDF,
    OutputFormat.DOCX: Role.WORD,
    OutputFormat.HTML: Role.WEB,
    OutputFormat.XLSX: Role.DATA,
}


def attachments_of_inputs(inputs: Mapping[str, tuple[Role, bytes]]) -> tuple[PdfAttachment, ...]:
    """Return what goes into the PDF: each input by its path in the archive."""
    names = attachment_names(inputs)
    return tuple(
        PdfAttachment(
            name=names[path],
            content=content,
            media_type=entry_of(path, role, content).media_type,
            description=ROLE_NAMES[role],
            relationship=_RELATIONSHIPS[role],
        )
        for path, (role, content) in inputs.items()
    )


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The documents that were made again, and what they are called."""

    documents: Mapping[Role, bytes]
    title: str
    issuer: str


def rebuild(
    files: Mapping[str, bytes], manifest: Manifest, *, progress: Progress | None = None
) -> Rebuilt:
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
        if entry.role in INPUT_ROLES and entry.path in files
    }
    with opened_report(files, manifest) as opened:
        settings = replace(opened.settings, formats=opened.settings.kept_formats)
        made = make(
            Report(settings, opened.folder),
            attachments=attachments_of_inputs(inputs),
            moment=manifest.built.moment,
            progress=progress,
        )
    pairs = zip(settings.formats, made.files, strict=True)
    documents = {ROLES[output_format]: file.content for output_format, file in pairs}
    return Rebuilt(documents, made.title, made.issuer)
