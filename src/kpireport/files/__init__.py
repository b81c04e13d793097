"""Writing results to disk: every file whole, or the last good one left as it was.

Comes in: the finished bytes of one or several files. Goes out: the files, replaced
together, or a new folder of them. All new content is first written beside its target
and flushed to the disk; only when every file is there are the targets renamed over,
one after the other. Whatever fails on the way puts back what was replaced and removes
what was begun, and says in Japanese what to do. A process killed on the way leaves
whole files too, and perhaps a ``.part`` file or folder, which a later build removes.

How the room is parted
    ``writing`` replaces and removes, ``checks`` refuses before that, ``parts`` are the files on the
    way, ``explaining`` has the words for what the system refuses, ``working_folders`` are for
    whoever works with files elsewhere.
"""

from kpireport.files.checks import (
    check_absent,
    check_closed,
    check_ending,
    check_new,
    check_unchanged,
    check_writable,
    is_open,
    is_same_file,
    why_unwritable,
)
from kpireport.files.parts import remove_abandoned
from kpireport.files.working_folders import working_folder
from kpireport.files.writing import GoneFile, NewFile, write_files, write_new_folder

__all__ = [
    "GoneFile",
    "NewFile",
    "check_absent",
    "check_closed",
    "check_ending",
    "check_new",
    "check_unchanged",
    "check_writable",
    "is_open",
    "is_same_file",
    "remove_abandoned",
    "why_unwritable",
    "working_folder",
    "write_files",
    "write_new_folder",
]
