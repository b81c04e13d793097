"""What is said of words of a document that were left out.

Comes in: what they are, the words. Goes out: what is told of them, and how to mend it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpireport.messages import quoted

_MOST_TOLD = 5  # of what was left out; somebody finds the others then
_IF_MEANT = "計画の文であれば、元の文書で書式を直して保存し直すか、ブックに書き足してください。"


def told_unread(what: str, words: Sequence[str]) -> tuple[str, str]:
    """What is told of words that were left out, and what can be done about it."""
    told = "、".join(map(quoted, words[:_MOST_TOLD]))
    more = len(words) - _MOST_TOLD
    listed = f"{told}、ほか{more}か所" if more > 0 else told
    return f"{what}は、読みません（{listed}）。", _IF_MEANT
