"""What is asked beside the values: of a plan (計画コメント), of an indicator each year (回答).

Columns, as the plan names them. Each is one value: the sheets, what is taken in, compared
and printed all follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from kpireport.quickly import dataclass


class AskedKind(Enum):
    """What stands in a column."""

    TEXT = auto()
    CHOICE = auto()  # one of its words
    AMOUNT = auto()  # a number of its unit (金額)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Who says something (評価者): a department, the planning section, a committee.

    ``is_asked`` where it is the departments, who are asked in the sheets handed out; what
    others say is written into the report's own workbook.
    """

    key: str
    name: str
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class CommentColumn:
    """One column of a plan's comment, or of an indicator's answers.

    Attributes:
        key: names it for the program: in files that were made before it stays the same.
        label: its title in sheets and its heading in print.
        choices: the words that one is chosen of; none where there is nothing to choose.
        by: who says it; ``None`` for the departments without a name of their own.
        explains: what each of the choices means, empty for what speaks for itself.
        is_amount: whether it is a number.
        unit: what an amount counts (千円).
        is_mark: whether what is chosen is a mark, counted beside those of indicators (方向性).
        is_of_targets: whether goals' numeric targets (数値目標) are asked it too; of answers alone.
        former: words that were chosen before they were renamed, each with its choice of today.
        is_required: whether every book has the column; those of earlier years may lack one
            that settings ask for.
    """

    key: str
    label: str
    choices: tuple[str, ...] = ()
    by: Evaluator | None = None
    explains: tuple[str, ...] = ()
    is_amount: bool = False
    unit: str = ""
    is_mark: bool = False
    is_of_targets: bool = False
    former: tuple[tuple[str, str], ...] = ()
    is_required: bool = True

    @property
    def kind(self) -> AskedKind:
        """What stands in it."""
        if self.choices:
            return AskedKind.CHOICE
        return AskedKind.AMOUNT if self.is_amount else AskedKind.TEXT

    @property
    def is_of_departments(self) -> bool:
        """Whether departments are asked for it."""
        return self.by is None or self.by.is_asked

    @property
    def title(self) -> str:
        """What it is called where those of several evaluators stand: ``外部評価：意見``."""
        return f"{self.by.name}：{self.label}" if self.by else self.label

    @property
    def is_explained(self) -> bool:
        """Whether readers are told what its choices are."""
        return bool(self.choices) and (self.is_mark or any(self.explains))


def of_departments(columns: Iterable[CommentColumn]) -> tuple[CommentColumn, ...]:
    """Return those that departments are asked for."""
    return tuple(each for each in columns if each.is_of_departments)


ISSUES = "issues"
"""The text that tells why something is behind (課題), where a plan has one."""

USUAL_COMMENTS = (
    CommentColumn("initiatives", "主な取組"),
    CommentColumn(ISSUES, "課題"),
    CommentColumn("outlook", "今後の方向"),
)
"""What is asked where the plan says nothing of it."""
