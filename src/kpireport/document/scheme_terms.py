"""What the words of a scheme's rules mean, and how its numbers are judged and shown.

Comes in: the scheme in use. Goes out: the sentences below the table of its rules
(:mod:`kpireport.document.scheme_rules`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from kpireport.document.plan_kinds import ALL_KINDS, PlanKinds
from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.reasons import RateKind
from kpireport.evaluation.schemes import IN_POINTS, Against, Basis, Scheme, Task, Test

Rates: TypeAlias = frozenset[RateKind]
"""Which rates a document shows or speaks of."""

_IN_ORDER = (RateKind.ACHIEVEMENT, RateKind.PROGRESS)  # in which they are explained
_DOWNWARD = "（目標値以下にするものは、目標値÷実績）"
_NOT_NEW = "が、新しく始めるものは、期限の年度になってもなければ評価します。"
NEW = "新しく始めるものの数は、0から数えます。"
ROUNDED = "率は小数第2位を四捨五入して表示します。"
NOT_WHOLE = "目標値に届かない率は、100.0％とは表示しません。"

ALL_RATES: Rates = frozenset(RateKind)


def rates_in(texts: Iterable[str]) -> Rates:
    """Return the rates that are spoken of: those that nobody speaks of need not be explained.

    >>> sorted(rates_in(["達成率が80％以上", "報告がない"]))
    [<RateKind.ACHIEVEMENT: '達成率'>]
    """
    return frozenset(kind for text in texts for kind in RateKind if kind in text)


def rate_terms(kinds: PlanKinds, rates: Rates = ALL_RATES) -> Iterator[str]:
    """Yield what the rates are."""
    if RateKind.ACHIEVEMENT in rates:
        yield f"達成率＝実績÷目標値{_DOWNWARD if kinds.has_downward else ''}"
    if RateKind.PROGRESS in rates:
        yield "進捗率＝（実績－現状値）÷（目標値－現状値）"


def terms_of(
    scheme: Scheme, kinds: PlanKinds = ALL_KINDS, rates: Rates = ALL_RATES
) -> Iterator[str]:
    """Yield what the words of the rules mean."""
    if kinds.has_numbers:
        yield from rate_terms(kinds, rates)
    is_yearly = scheme.against is Against.YEARLY and kinds.has_yearly
    if is_yearly:
        found = "、".join((*(kind for kind in _IN_ORDER if kind in rates), "目標値の達成"))
        yield (
            f"年度ごとの目標値があるものは、{found}を、その年度の目標値（その年度に"
            "なければ、次に定めのある年度の目標値）で求めます。"
        )
    if scheme.has_pace and kinds.has_numbers:
        yield (
            "年度の目安＝（その年度－現状値の年度）÷（目標の年度－現状値の年度）。目標の年度からは100％"
            + ("（年度ごとの目標値の年度も同じ）" if is_yearly else "")
        )
    if scheme.uses(*IN_POINTS):
        yield "ポイントは、単位が％、‰、点などのものの値の差。ほかの単位のものは、同じ数の％"


def notes_of(
    scheme: Scheme, kinds: PlanKinds = ALL_KINDS, rates: Rates = ALL_RATES
) -> Iterator[str]:
    """Yield how numbers are judged and shown, of the kinds and rates that there are."""
    if kinds.has_new:
        yield NEW
    is_of_progress = scheme.has_pace and scheme.basis is Basis.PROGRESS
    if is_of_progress and kinds.lacks_baselines:
        without = "なく、0から数えるものでもない" if kinds.has_new else "ない"
        yield f"現状値が{without}ときは、達成率を年度の目安と比べます。"
    if kinds.lacks_achievement and (
        scheme.uses(Test.OF_TARGET) or scheme.basis is Basis.ACHIEVEMENT
    ):
        yield "目標値が0か負の数のものは、達成率では測れないので、進捗率で評価します。"
    if kinds.has_several:
        yield "数量が2つあるものは、はじめの数量で評価します。"
    new = _NOT_NEW if kinds.has_new else "。"
    yield f"「―」は、まだないことを表し、0とは違います。評価の対象外とします{new}"
    if (kinds.has_new or Task.STATE in kinds.tasks) and _depends_on_deadline(scheme):
        yield "期限は、別に定めのないものは計画の目標の年度です。"
    if kinds.has_numbers:
        yield f"評価は端数を含む正確な値で行{f'い、{ROUNDED}' if rates else 'います。'}"
        if rates:
            yield NOT_WHOLE


def _depends_on_deadline(scheme: Scheme) -> bool:
    marks = (
        {scheme.state_mark(each, is_due=due) for due in (False, True)} for each in ReportedState
    )
    return any(len(each) > 1 for each in marks)
