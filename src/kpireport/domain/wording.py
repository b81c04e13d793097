"""What a plan calls its parts: sentences of ours use its words, not another plan's.

Comes in: a plan's labels. Goes out: its words, and our sentences in them. Sentences are
written with the usual words (戦略計画, 現状値); what stands in 「」 is quoted, and stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from kpireport.domain.catalogue import Labels

_REMARK = re.compile(r"(?<=.)（[^（）]*）$")  # 重要業績評価指標（ＫＰＩ）
_QUOTED = re.compile(r"(「(?:[^「」]|「[^「」]*」)*」)")


@dataclass(frozen=True, slots=True)
class Words:
    """What a plan calls what it consists of; ``indicator`` is the noun, no column's heading."""

    goal: str = "基本目標"
    plan: str = "戦略計画"
    numeric_targets: str = "数値目標"
    indicators: str = "重要業績評価指標"
    indicator: str = "指標"
    baseline: str = "現状値"
    target: str = "目標値"

    @classmethod
    def of(cls, labels: Labels) -> Self:
        """Return the words of a plan's labels, on one line."""
        return cls(
            _word(labels.goal) or USUAL_WORDS.goal,
            _word(labels.plan) or USUAL_WORDS.plan,
            _word(labels.numeric_targets) or USUAL_WORDS.numeric_targets,
            _word(labels.indicators) or USUAL_WORDS.indicators,
            labels.indicator_noun,
            _word(labels.baseline) or USUAL_WORDS.baseline,
            _word(labels.target) or USUAL_WORDS.target,
        )

    def put_into(self, text: str) -> str:
        """Return a sentence of ours in these words; what it quotes stays as it is.

        >>> Words(plan="施策", target="めざす値").put_into("戦略計画の「目標値」は目標値です。")
        '施策の「目標値」はめざす値です。'
        """
        if self == USUAL_WORDS:
            return text
        return "".join(
            part if part.startswith("「") else _USUAL_WORD.sub(self._own, part)
            for part in _QUOTED.split(text)
        )

    def _own(self, match: re.Match[str]) -> str:
        return str(getattr(self, _FIELDS[match[0]]))


USUAL_WORDS = Words()
_FIELDS = {
    USUAL_WORDS.indicators: "indicators",
    USUAL_WORDS.goal: "goal",
    USUAL_WORDS.plan: "plan",
    USUAL_WORDS.numeric_targets: "numeric_targets",
    USUAL_WORDS.indicator: "indicator",
    USUAL_WORDS.baseline: "baseline",
    USUAL_WORDS.target: "target",
}  # the longest first: one is the end of another
_USUAL_WORD = re.compile("|".join(_FIELDS))


def _word(label: str) -> str:
    return _REMARK.sub("", "".join(label.split("\n")))
