"""Characters that no document of ours can show, told while who wrote them can still be asked.

Comes in: an answer, and the cells that were filled in. Goes out: an error for every cell
with such a character, the same as a build would tell.
"""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.errors import CellError, undrawable_text
from kpireport.findings import Findings
from kpireport.messages import UNPRINTABLE
from kpireport.sources.actuals_rows import Found
from kpireport.sources.cells import text_of
from kpireport.writers.fonts import missing_in


def refuse_undrawable(
    found: Found[Actual] | Found[PlanComment] | Found[Override],
    titles: Iterable[str],
    log: Findings,
) -> None:
    """Note the cells whose text no font can draw.

    Args:
        found: the answer.
        titles: the columns that were filled in.
        log: where to note it.
    """
    for title in titles:
        place = found.record.place(title)
        try:
            text = text_of(found.record.content(title))
        except CellError:
            continue  # which has been told
        if UNPRINTABLE.search(text):
            continue  # likewise
        if missing := missing_in(text):
            problem = undrawable_text(found.file, place, text, missing)
            log.add(place, problem.what, problem.remedy)
