"""A year's workbook that is not there (any more): made as a new year's is.

Comes in: a report folder. Goes out: its empty workbook, for answers to be put into.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kpireport.collection.own_book import empty_book
from kpireport.domain.histories import in_force
from kpireport.errors import InputError
from kpireport.evaluation import scheme_from_settings
from kpireport.files import NewFile, write_files
from kpireport.sources.actuals import read_reports
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.settings import SETTINGS_FILE, is_there, load_settings
from kpireport.writers.xlsx import write_book


def make_own_book(folder: Path) -> bool:
    """Make a report's workbook, if it is not there; tell whether it was made.

    Settings that cannot be used are left to those who read them next.

    Raises:
        InputError: the settings, the plan or earlier reports cannot be read.
        OutputError: it cannot be written.
    """
    settings = load_settings(folder)
    review = settings.review
    if review is None or is_there(review.actuals) or review.actuals.suffix.lower() != ".xlsx":
        return False
    if not is_there(settings.catalogue) or not all(map(is_there, review.earlier)):
        return False
    plan, year = load_catalogue(settings.catalogue), review.fiscal_year
    read = read_reports(
        review.earlier[0] if review.earlier else review.actuals,
        plan,
        year,
        earlier=review.earlier,
        accepted=review.accepted,
        numerals=settings.numerals,
    )
    if review.earlier and read.findings.errors:
        raise InputError(read.findings.errors)
    known = read.actuals
    scheme = scheme_from_settings(review.evaluation, file=str(folder / SETTINGS_FILE))
    book = empty_book(in_force(plan, year), known, year, [each.symbol for each in scheme.marks])
    made = dt.datetime.combine(settings.date or year.first_day, dt.time(), dt.UTC)
    content = write_book(book.book(settings.author or plan.issuer), moment=made)
    write_files([NewFile(review.actuals, content)])
    return True
