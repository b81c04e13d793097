"""Edits of the finished Word file, read back into the report's inputs.

``pulling`` conducts: the file is read (``word_files``), held against a fresh
composition (``word_differences``, ``edits``), and what was corrected is put where it stands in
the inputs (``targets``, ``editing``), after a trial (``rewriting``).
"""

from kpireport.pulling.pulled import Change, Note, Pulled, Refusal, RefusalKind
from kpireport.pulling.pulling import find_changes, pull, write_changes

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
