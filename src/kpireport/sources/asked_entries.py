"""What a catalogue asks beside the values: evaluators, columns of comments and of answers.

The shapes of the file, and what is made of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from kpireport.domain.comment_columns import CommentColumn, Evaluator
from kpireport.sources.fields import (
    CommentLabel,
    Entry,
    Identifier,
    OptionalText,
    Text,
    choices,
    named,
)

MOST_EVALUATORS, MOST_COMMENTS, MOST_ANSWERS, MOST_CHOICES = 10, 10, 15, 10


class EvaluatorEntry(Entry):
    """評価者."""

    model_config = named("評価者", "計画や指標について、評価や意見を書く人")

    key: Identifier = Field(title="名", description="変えない、使い回さない")
    name: CommentLabel = Field(title="評価者の名前", description="印刷し、シートの見出しに付ける")
    departments: bool = Field(
        default=False,
        title="所管課",
        description="所管課が書く。配るシートで尋ねる。ほかの評価者のものは、実績のブックに書く",
    )


class ChoiceEntry(Entry):
    """選択肢."""

    model_config = named("選択肢", "言葉だけを書いてもよい")

    word: CommentLabel = Field(title="言葉", description="選ぶ言葉")
    explains: OptionalText = Field("", title="説明", description="表の見方に載せる意味")
    former: list[CommentLabel] = Field(
        [], title="以前の言葉", description="改める前の言葉。実績のブックにあれば、この言葉と読む"
    )


def _spelled_out(value: object) -> object:
    return {"word": value} if isinstance(value, str) else value


Choice: TypeAlias = Annotated[ChoiceEntry, BeforeValidator(_spelled_out)]


class AskedEntry(Entry):
    """What a column of comments and one of answers have in common."""

    key: Identifier = Field(title="名", description="変えない、使い回さない")
    label: CommentLabel = Field(title="見出し", description="印刷し、シートの見出しにする言葉")
    choices: list[Choice] | None = Field(
        None,
        title="選択肢",
        description="この中から一つを選ぶ欄にする。書かなければ文を書く欄",
        min_length=1,
        max_length=MOST_CHOICES,
    )
    by: Text | None = Field(None, title="評価者", description="evaluators の名。書かなければ所管課")
    is_mark: bool = Field(
        default=False, title="評価", description="選んだ言葉を、評価と並べて総括で数える"
    )


class CommentEntry(AskedEntry):
    """計画のコメントの欄."""

    model_config = named("計画のコメントの欄", "戦略計画ごとに書く文か、選ぶ言葉")


class AnswerKind(StrEnum):
    """What stands in a column of answers."""

    TEXT = "text"
    CHOICE = "choice"
    AMOUNT = "amount"


_KINDS = {
    AnswerKind.TEXT: "文",
    AnswerKind.CHOICE: "選ぶ言葉（choices を書く）",
    AnswerKind.AMOUNT: "数（単位は unit に書く）",
}
Kind: TypeAlias = Annotated[AnswerKind, Field(strict=False), choices(_KINDS)]


class AnswerEntry(AskedEntry):
    """指標の欄."""

    model_config = named("指標の欄", "指標と年度ごとに書く文、選ぶ言葉、数")

    kind: Kind | None = Field(
        None, title="種類", description="書かなければ、choices があれば選ぶ言葉、なければ文"
    )
    unit: OptionalText = Field("", title="単位", description="数の単位。千円 など")
    numeric_targets: bool = Field(
        default=False, title="数値目標", description="数値目標の行でも尋ねる"
    )


def evaluators_of(entries: Iterable[EvaluatorEntry]) -> dict[str, Evaluator]:
    """Return the evaluators by their keys."""
    return {each.key: Evaluator(each.key, each.name, each.departments) for each in entries}


def asked_columns(
    entries: Iterable[AskedEntry], evaluators: dict[str, Evaluator]
) -> tuple[CommentColumn, ...]:
    """Return the columns of the entries, in their order."""
    return tuple(_column(each, evaluators) for each in entries)


def _column(entry: AskedEntry, evaluators: dict[str, Evaluator]) -> CommentColumn:
    listed = entry.choices or ()
    explains = tuple(each.explains for each in listed)
    answer = entry if isinstance(entry, AnswerEntry) else None
    return CommentColumn(
        key=entry.key,
        label=entry.label,
        choices=tuple(each.word for each in listed),
        by=evaluators[entry.by] if entry.by else None,
        explains=explains if any(explains) else (),
        is_amount=answer is not None and answer.kind is AnswerKind.AMOUNT,
        unit=answer.unit if answer else "",
        is_mark=entry.is_mark,
        is_of_targets=answer is not None and answer.numeric_targets,
        former=tuple((former, each.word) for each in listed for former in each.former),
    )
