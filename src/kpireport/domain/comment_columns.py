"""What departments are asked to say of a plan (計画コメント): columns, as the plan names them.

Each is one value: the sheets, what is taken in, compared and printed all follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommentColumn:
    """One text of a plan's comment.

    Attributes:
        key: names it for the program: in files that were made before it stays the same.
        label: its title in sheets and its heading in print.
        choices: the words that one is chosen of; none for a text.
        is_required: whether every book has the column; those of earlier years may lack one
            that settings ask for.
    """

    key: str
    label: str
    choices: tuple[str, ...] = ()
    is_required: bool = True


ISSUES = "issues"
"""The text that tells why something is behind (課題), where a plan has one."""

USUAL_COMMENTS = (
    CommentColumn("initiatives", "主な取組"),
    CommentColumn(ISSUES, "課題"),
    CommentColumn("outlook", "今後の方向"),
)
"""What is asked where the plan says nothing of it."""
