"""Answers that a newer book leaves empty, and that nobody has settled yet.

Comes in: the register of what came back, and what the report's workbook says. Goes out:
one question for each that still stands there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.collection.register import WithdrawnCell, read_register
from kpireport.collection.withdrawing import settling
from kpireport.collection.wording import LINE_END, one_line
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.settings import CollectionSettings, ReviewSettings
from kpireport.errors import InputError, Problem, Severity
from kpireport.sources.actuals import ReadActuals
from kpireport.sources.actuals_forms import ACTUALS, COMMENT, COMMENTS, INITIATIVES, ISSUES, OUTLOOK
from kpireport.sources.actuals_rows import plain_name
from kpireport.sources.titled_tables import Record

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
        if standing := _standing(cell, review, read):
            row, is_shared = standing
            place = row.place(cell.title)
            yield Problem(
                str(collection.inbox / cell.file),
                cell.place,
                f"{cell.what}{_UNKNOWN}",
                settling(review.actuals.name, place, cell, is_shared=is_shared),
                Severity.WARNING,
                cell.about,
                cell.id if cell.sheet == ACTUALS.name else "",
                cell.department,
            )


def _standing(
    cell: WithdrawnCell, review: ReviewSettings, read: ReadActuals
) -> tuple[Record, bool] | None:
    """The row that still says what may have been withdrawn, and whether it says more there."""
    for found in read.found:
        fact = found.fact
        if isinstance(fact, Override) or fact.fiscal_year != review.fiscal_year:
            continue
        sheet, id_ = _row_of(fact)
        if (cell.sheet, cell.id) == (sheet, id_) and _says(fact, cell):
            text = _words(fact, cell.title)
            return found.record, bool(text) and plain_name(one_line(text)) != plain_name(cell.text)
    return None


def _row_of(fact: Actual | PlanComment) -> tuple[str, str]:
    if isinstance(fact, Actual):
        return ACTUALS.name, fact.measure_id
    return COMMENTS.name, fact.plan_id


def _says(fact: Actual | PlanComment, cell: WithdrawnCell) -> bool:
    """Whether it is still there; of a plan's words, in which others have theirs, to the letter."""
    if isinstance(fact, PlanComment):
        words = plain_name(_words(fact, cell.title))
        return all(plain_name(line) in words for line in cell.text.split(LINE_END))
    return bool(fact.comment if cell.title == COMMENT else fact.is_reported or fact.reason)


def _words(fact: Actual | PlanComment, title: str) -> str:
    """What is said of a plan in one of its cells; empty for an indicator."""
    if isinstance(fact, Actual):
        return ""
    texts = {INITIATIVES: fact.initiatives, ISSUES: fact.issues, OUTLOOK: fact.outlook}
    return texts.get(title, "")
