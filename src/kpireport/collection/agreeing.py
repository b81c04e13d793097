"""Several files of one department that count together: they have to say the same.

Comes in: the answers of the files. Goes out: one answer for each measure or plan; where they
contradict each other none, which is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar, cast

from kpireport.collection.ledger import Ledger
from kpireport.collection.matters import Answer
from kpireport.collection.returned import Returned
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.errors import Severity
from kpireport.messages import quoted
from kpireport.sources.actuals_rows import Found

_Fact = TypeVar("_Fact", Actual, PlanComment)


def by_id(
    rows: Iterable[tuple[Returned, Mapping[str, Found[_Fact]]]],
) -> dict[str, list[Answer]]:
    """Put the answers for each measure or plan together."""
    answers: dict[str, list[Answer]] = {}
    for returned, found in rows:
        for id_, each in found.items():
            answers.setdefault(id_, []).append(Answer(returned, each))
    return answers


def agreed(
    answers: Sequence[Answer],
    is_same: Callable[[_Fact, _Fact], bool],
    tell: Callable[[_Fact], str],
    ledger: Ledger,
) -> Answer | None:
    """Return the answer, if all files that count say the same; else note that they do not."""
    first, *others = answers
    fact = cast("_Fact", first.found.fact)
    different = [each for each in others if not is_same(fact, cast("_Fact", each.found.fact))]
    for each in different:
        said = tell(cast("_Fact", each.found.fact))
        ledger.problem(
            each,
            each.found.place,
            f"ここでは{quoted(said)}ですが、{first.returned.original.name} の {first.found.place} "
            f"では{quoted(tell(fact))}です。どちらも使いません。",
            "正しいほうだけを残してもらってください。",
            Severity.ERROR,
        )
    return None if different else first
