"""Archives: a finished year kept for good, and whether it is still what it was.

``keeping`` makes an archive, ``verifying`` checks one. Both have the documents made
by :mod:`kpireport.build`, which alone knows how.
"""

from kpireport.archives.manifest import Manifest
from kpireport.archiving.checks import Finding, FindingKind
from kpireport.archiving.keeping import Archive, archive
from kpireport.archiving.verifying import Verification, VersionChange, verify

__all__ = [
    "Archive",
    "Finding",
    "FindingKind",
    "Manifest",
    "Verification",
    "VersionChange",
    "archive",
    "verify",
]
