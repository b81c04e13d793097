"""Edits of the finished Word file, read back into the report's inputs.

``pulling`` conducts: the file is read (``finished.words``), held against a fresh
composition (``comparing``, ``edits``), and what was corrected is put where it stands in
the inputs (``targets``, ``sheets``, ``toml_edit``), after a trial (``rewriting``).
"""

from kpireport.pulling.pulling import find_changes, pull, write_changes
from kpireport.pulling.results import Change, Note, Pulled, Refusal, RefusalKind

__all__ = [
    "Change",
    "Note",
    "Pulled",
    "Refusal",
    "RefusalKind",
    "find_changes",
    "pull",
    "write_changes",
]
