"""The files of an older kpireport brought to today's formats (版を上げる).

:mod:`kpireport.sources.formats` says which versions each kind of file has, and since when;
readers read all of them, and refuse those of a later program. ``migrations`` has what brings a
file of one version to the next: bytes, and the folder that it is in, become bytes and words of
what was changed. A migration changes what is written, never what is meant: ``planning`` has the
settings read again and judged by, and what would be judged otherwise than before is not written.
``writing`` writes all files of a folder or none, and keeps what they held before in one zip file
beside them (``新しい形にする前.zip``), by the names that they have there.

What is kept for good is left alone: an archive is checked by its own copies and sums
(:mod:`kpireport.archiving`), and says which kpireport has made it.

To change a format: a version more in ``SINCE``; the reader, which knows the new one and still
reads the old; a :class:`~kpireport.upgrading.migrations.Migration`; the templates and the samples;
a fixture of the version before (``tests/data/predecessor``), which has to judge as it did; a line
in ``docs/handbook/upgrading.md``. Whatever may be written in two ways, of which one is to go,
is told by whoever checks or builds (``FormatChange.deprecates``), with the version since when.
"""

from kpireport.upgrading.migrations import FormatChange
from kpireport.upgrading.planning import FileUpgrade, Upgrade, former_settings, planned
from kpireport.upgrading.writing import upgrade

__all__ = ["FileUpgrade", "FormatChange", "Upgrade", "former_settings", "planned", "upgrade"]
