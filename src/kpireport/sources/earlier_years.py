"""Which of the reports in the folders beside a review's are those of its plan's years.

Comes in: settings, the plan through the years. Goes out: the settings without the others.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from kpireport.domain.histories import History
from kpireport.domain.settings import Settings
from kpireport.domain.years import FiscalYear
from kpireport.sources.settings import names_year
from kpireport.sources.years_in_force import outside_plan


def within_plan(
    settings: Settings, folder: Path, history: History
) -> tuple[Settings, tuple[FiscalYear, ...]]:
    """Leave the reports beside this one that are those of the plan before, or after.

    Args:
        settings: of the report.
        folder: where they are.
        history: the plan's.

    Returns:
        The settings, and the years that they are without now, earliest first.
    """
    review = settings.review
    if review is None or not review.finds_earlier:
        return settings, ()
    years = {each: _year_beside(each, folder) for each in review.earlier}
    outside = {file: year for file, year in years.items() if year and outside_plan(history, year)}
    earlier = tuple(each for each in review.earlier if each not in outside)
    left = replace(settings, review=replace(review, earlier=earlier))
    return left, tuple(sorted(outside.values()))


def _year_beside(file: Path, folder: Path) -> FiscalYear | None:
    """The year of the folder beside a report's that a file lies in, if it is named by one."""
    beside = os.path.normpath(folder.absolute() / "..")
    first = Path(os.path.relpath(file.absolute(), beside)).parts[0]
    return FiscalYear(int(first)) if names_year(first) else None
