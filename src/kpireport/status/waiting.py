"""What came back, but has not been taken in yet.

Comes in: where answers arrive, and the register of those taken in. Goes out: the files
that ``kpireport collect`` has not seen, as they are now. They are not opened.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from kpireport.collection.inbox import look_through
from kpireport.collection.register import read_register
from kpireport.domain.settings import CollectionSettings, ReviewSettings
from kpireport.errors import InputError


def files_waiting(collection: CollectionSettings, review: ReviewSettings) -> tuple[Path, ...]:
    """Find the workbooks of the inbox that no run of collect has seen.

    Where the inbox or the register cannot be used there are none: it is for collect to say
    what is the matter with them.
    """
    if not collection.inbox.is_dir():
        return ()
    try:
        found = look_through(collection.inbox, besides=(review.actuals, collection.received))
        register = read_register(collection.received, review.fiscal_year)
    except InputError:
        return ()
    seen = {each.sha256 for each in register.files}
    return tuple(path for path in found.workbooks if _sum(path) not in seen)


def _sum(path: Path) -> str:
    """Return the file's sum, empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
