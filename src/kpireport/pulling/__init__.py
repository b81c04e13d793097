"""Edits of the finished Word file, read back into the report's inputs.

How edits come back. Blocks carry in ``source`` which text of the inputs they are
(:mod:`kpireport.document`). The Word writer marks those with a content control and a
bookmark: both, for LibreOffice 7.4 drops the tags of controls and doubles the text of most
kinds. A tag has the text's sum, so that a text corrected in the inputs since is not taken for
an edit; one bookmark tells which document it is.

The edited file and a fresh composition are read with the same eyes
(:mod:`kpireport.word_files`), so whatever is not marked has to be equal. What a reader sees
that is no plain text (a picture, a symbol, an equation, hidden words, a table among marked
words, the number of a field that is counted anew) is a sign among the words, so that it
cannot come or go unseen. What formats would be lost with plain text is named. Charts that
Word draws are compared number by number (``chart_data``), in what Word drew last and in
their workbooks.

Inputs are changed where the text stands (``targets``) and nowhere else: a cell's bytes in its
sheet, a field's in its CSV, an item's in ``report.toml``. Before anything is written, the
report is composed from the changed inputs and compared word for word (``rewriting``).

A new text of the inputs in the document needs its ``source``, and its place in ``targets``.
"""

from kpireport.pulling.pulled import PullChange, Pulled, PullNote, PullRefusal, PullRefusalKind
from kpireport.pulling.pulling import find_changes, pull, write_changes

__all__ = [
    "PullChange",
    "PullNote",
    "PullRefusal",
    "PullRefusalKind",
    "Pulled",
    "find_changes",
    "pull",
    "write_changes",
]
