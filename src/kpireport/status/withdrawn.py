"""Answers that a newer book leaves empty, and that nobody has settled yet.

Comes in: the register of what came back, and what the report's workbook says. Goes out:
one question for each that still stands there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.collection.register import WithdrawnCell, read_register
from kpireport.collection.withdrawing import settling
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.settings import CollectionSettings, ReviewSettings
from kpireport.errors import InputError, Problem, Severity
from kpireport.sources.actuals import ReadActuals
from kpireport.sources.actuals_forms import ACTUALS, COMMENT, COMMENTS, INITIATIVES, ISSUES, OUTLOOK
from kpireport.sources.tables import Record

_UNKNOWN = "取り下げか、記入もれかが、わかりません。"


def withdrawn(
    collection: CollectionSettings, review: ReviewSettings, read: ReadActuals
) -> Iterator[Problem]:
    """Yield a question for each answer that may have been withdrawn."""
    try:
        register = read_register(collection.received, review.fiscal_year.year)
    except InputError:
        return  # it is for collect to say what is the matter with it
    for cell in register.withdrawn:
        if row := _standing(cell, review, read):
            place = row.place(cell.title)
            yield Problem(
                str(collection.inbox / cell.file),
                cell.place,
                f"{cell.what}{_UNKNOWN}",
                settling(review.actuals.name, place, cell.id, cell.department),
                Severity.WARNING,
                cell.about,
                cell.id if cell.sheet == ACTUALS.name else "",
                cell.department,
            )


def _standing(cell: WithdrawnCell, review: ReviewSettings, read: ReadActuals) -> Record | None:
    """The row of the report's workbook that still says what may have been withdrawn."""
    for found in read.found:
        fact = found.fact
        if isinstance(fact, Override) or fact.fiscal_year != review.fiscal_year:
            continue
        sheet, id_ = _row_of(fact)
        if (cell.sheet, cell.id) == (sheet, id_) and _says(fact, cell.title):
            return found.record
    return None


def _row_of(fact: Actual | PlanComment) -> tuple[str, str]:
    if isinstance(fact, Actual):
        return ACTUALS.name, fact.subject_id
    return COMMENTS.name, fact.plan_id


def _says(fact: Actual | PlanComment, title: str) -> bool:
    if isinstance(fact, PlanComment):
        texts = {INITIATIVES: fact.initiatives, ISSUES: fact.issues, OUTLOOK: fact.outlook}
        return bool(texts.get(title))
    return bool(fact.comment if title == COMMENT else fact.is_reported or fact.reason)
