"""Archives: a finished year kept for good, and whether it is still what it was.

``keeping`` makes an archive, ``verifying`` checks one. Both have the documents made by
:mod:`kpireport.conductor`, which alone knows how.

How an archive is checked. Every file is vouched for by the list (目録, ``manifest.json``,
under a seal over itself) and by ``sha256sums.txt``; each input also by its copy inside the
PDF. Who disagrees with whom tells what was changed (``checks``). Then ``rebuilding`` makes the
documents again from the archive alone, and the bytes are compared.

Whatever is read from an archive, the list included, is not trusted: places are checked,
sizes are bounded.
"""

from kpireport.archives.manifest import Manifest
from kpireport.archiving.checks import ArchiveFinding, ArchiveFindingKind
from kpireport.archiving.keeping import Archive, archive
from kpireport.archiving.verifying import Verification, VersionChange, verify

__all__ = [
    "Archive",
    "ArchiveFinding",
    "ArchiveFindingKind",
    "Manifest",
    "Verification",
    "VersionChange",
    "archive",
    "verify",
]
