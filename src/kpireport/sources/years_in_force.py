"""What is told of a year that the plan does not have, or in which a measure was not in force.

Comes in: the plan's history. Goes out: what is wrong and how to mend it: from when to when the
plan reaches; since when or until when the measure is in it, and by which revision.
"""

from __future__ import annotations

from kpireport.domain.catalogue import Plan
from kpireport.domain.histories import History
from kpireport.domain.revisions import Ending, Revision, Split
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.messages import quoted, western_year

_CHECK = "年度と記号を確かめ、余分な行は消してください。"


def outside_plan(history: History, year: FiscalYear) -> tuple[str, str] | None:
    """What is wrong with a year that the plan does not have, and how to mend it."""
    first, last = history.decided.years.baseline.next, last_year_of(history)
    if first <= year <= last:
        return None
    return (
        f"{western_year(year)}は、計画の年度ではありません。",
        f"{western_year(first)}から{western_year(last)}までの西暦を書いてください。",
    )


def last_year_of(history: History) -> FiscalYear:
    """The last fiscal year that something of the plan is due in."""
    targets = (form.target for id_ in history.ids() for form in history.forms(id_))
    deadlines = (target.deadline for target in targets if target.deadline)
    years = history.decided.years
    return max(years.target, years.numeric_target, *deadlines)


def not_in_force(history: History, id_: str, year: FiscalYear) -> tuple[str, str]:
    """What is wrong with an actual of a year that its measure has none of."""
    begun, ended = history.begun_by(id_), history.ended_by(id_)
    if begun is not None and year < begun.first_year:
        earlier = history.id_in(id_, year)
        remedy = f"分ける前の{quoted(earlier)}の行に書いてください。" if earlier else _CHECK
        since = format_fiscal_year(begun.first_year)
        return f"{quoted(id_)}が計画にあるのは{since}からです（{begun.title}）。", remedy
    if ended is None:
        raise ValueError(f"{id_} is in force in {year}")
    return _ended(id_, ended), _parts(history, id_) or _CHECK


def ending_of_plan(history: History, id_: str, year: FiscalYear) -> tuple[str, str] | None:
    """What is wrong with a comment on a plan that was ended before the year, if it was."""
    for each in history.changes_by(year):
        is_end = isinstance(each.change, Ending) and each.change.id == id_
        if is_end and isinstance(each.before, Plan):
            return _ended(id_, each.revision), _CHECK
    return None


def _ended(id_: str, revision: Revision) -> str:
    last = format_fiscal_year(revision.first_year.previous)
    return f"{quoted(id_)}が計画にあるのは{last}までです（{revision.title}）。"


def _parts(history: History, id_: str) -> str:
    """Where to write instead, if the measure was split."""
    for each in history.applied:
        if isinstance(each.change, Split) and each.change.id == id_:
            parts = "、".join(quoted(part.id) for part in each.change.parts)
            return f"分けた後の{parts}の行に書いてください。"
    return ""
