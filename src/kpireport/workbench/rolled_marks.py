"""The marks of plans and goals, as the grid of values tells them.

Comes in: a report; what a person sets instead of a computed mark. Goes out: the mark that
stands, how it looks, what was computed.
"""

from __future__ import annotations

from kpireport.document.rolled import rolled_of
from kpireport.document.rolled_words import points_text
from kpireport.domain.actuals import Override
from kpireport.domain.names import in_one_line
from kpireport.evaluation.schemes import Mark, MarkLevel
from kpireport.reports import Report
from kpireport.sources.actuals_forms import Fact

PLAIN = "plain"
_LOOKS = {
    MarkLevel.REACHED: "good",
    MarkLevel.ON_TRACK: "good",
    MarkLevel.BEHIND: "doubt",
    MarkLevel.LATE: "bad",
}


def look_of(mark: Mark) -> str:
    """Return how a mark looks: good, doubt, bad, plain."""
    return _LOOKS.get(mark.level, PLAIN)


def rolled_mark(report: Report, id_: str, fact: Fact | None) -> tuple[str, str, str]:
    """Return the mark of a plan or goal, how it looks, and what was computed.

    Args:
        report: it stands in.
        id_: its id.
        fact: what a person sets instead, if anybody does.
    """
    review = report.review
    found = rolled_of(review, id_) if review else None
    if review is None or found is None:
        return "", PLAIN, ""
    computed, points = found.computed, points_text(review, found)
    if computed is None:
        reason = "計算では、評価がありません。"
    else:
        reason = f"計算では{computed.label}{f'（{in_one_line(points)}）' if points else ''}です。"
    set_ = report.rollup.find_mark(fact.mark) if isinstance(fact, Override) else None
    mark = set_ or computed
    if mark is None:
        return "", PLAIN, reason
    return f"{mark.label}（修正）" if set_ else mark.label, look_of(mark), reason
