"""What the words of a scheme's rules mean, and how its numbers are judged and shown.

Comes in: the scheme in use. Goes out: the sentences below the table of its rules
(:mod:`kpireport.document.scheme_rules`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.document.judged_kinds import ALL_KINDS, JudgedKinds
from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.schemes import IN_POINTS, Against, Basis, Scheme, Task, Test

RATE_TERMS = (
    "達成率＝実績÷目標値（目標値以下にするものは、目標値÷実績）",
    "進捗率＝（実績－現状値）÷（目標値－現状値）",
)
NEW = "新しく始めるものの数は、0から数えます。"
ROUNDED = "率は小数第2位を四捨五入して表示します。"
NOT_WHOLE = "目標値に届かない率は、100.0％とは表示しません。"

NONE_YET_ALONE = "「―」は、まだないことを表し、0とは違います。評価の対象外とします。"
NONE_YET = (
    "「―」は、まだないことを表し、0とは違います。評価の対象外としますが、"
    "新しく始めるものは、期限の年度になってもなければ評価します。"
)


def uses(scheme: Scheme, *tests: Test) -> bool:
    """Tell whether any rule of a scheme has one of the tests."""
    return any(rung.test in tests for ladder in scheme.ladders.values() for rung in ladder)


def terms_of(scheme: Scheme, kinds: JudgedKinds = ALL_KINDS) -> Iterator[str]:
    """Yield what the words of the rules mean."""
    if kinds.has_numbers:
        yield from RATE_TERMS if Task.APPROACH in kinds.tasks else RATE_TERMS[:1]
    is_yearly = scheme.against is Against.YEARLY and kinds.has_yearly
    if is_yearly:
        yield (
            "年度ごとの目標値があるものは、達成率、進捗率、目標値の達成を、その年度の目標値（その年度に"
            "なければ、次に定めのある年度の目標値）で求めます"
        )
    if uses(scheme, Test.OF_EXPECTED) and kinds.has_numbers:
        yield (
            "年度の目安＝（その年度－現状値の年度）÷（目標の年度－現状値の年度）。目標の年度からは100％"
            + ("（年度ごとの目標値の年度も同じ）" if is_yearly else "")
        )
    if uses(scheme, *IN_POINTS):
        yield "ポイントは、単位が％、‰、点などのものの値の差。ほかの単位のものは、同じ数の％"


def notes_of(scheme: Scheme, kinds: JudgedKinds = ALL_KINDS) -> Iterator[str]:
    """Yield how numbers are judged and shown."""
    if kinds.has_new:
        yield NEW
    if uses(scheme, Test.OF_EXPECTED) and scheme.basis is Basis.PROGRESS and kinds.has_shares:
        yield "現状値がなく、0から数えるものでもないときは、達成率を年度の目安と比べます。"
    if kinds.has_pairs:
        yield "数量が2つあるものは、はじめの数量で評価します。"
    yield NONE_YET if kinds.has_new else NONE_YET_ALONE
    if _depends_on_deadline(scheme) and Task.STATE in kinds.tasks:
        yield "期限は、別に定めのないものは計画の目標の年度です。"
    if kinds.has_numbers:
        yield f"評価は端数を含む正確な値で行い、{ROUNDED}"
        yield NOT_WHOLE


def _depends_on_deadline(scheme: Scheme) -> bool:
    marks = (
        {scheme.state_mark(each, is_due=due) for due in (False, True)} for each in ReportedState
    )
    return any(len(each) > 1 for each in marks)
