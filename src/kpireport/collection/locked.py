"""The locked cells of a returned sheet: what the plan says, held against what stands there.

Comes in: a row that was read, and what is expected. Goes out: a note for every cell that
says something else. Nothing of it is ever used: the plan's own words and numbers are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kpireport.collection.expected import Expected
from kpireport.collection.forms import (
    ABOUT,
    BASELINE,
    TARGET,
    UNIT,
    asked_target,
    earlier_title,
    shown_title,
)
from kpireport.collection.questions import question_on, says_same_unit
from kpireport.collection.value_sheet import earlier_in_words
from kpireport.domain.actuals import Actual
from kpireport.domain.catalogue import Measure
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.sources.actuals_forms import DEPARTMENT
from kpireport.sources.actuals_rows import Found
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.cells import text_of
from kpireport.sources.titled_tables import Table

_OF_PLAN = (BASELINE, TARGET, UNIT, DEPARTMENT)
_LAST = re.compile(r"\(最終(.+)\)$")  # in 目標値, behind the year's own
_OURS = re.compile(rf"(?:現状値|目標値|単位|{ABOUT}|.+年度?の.+)(?:\(.*\))?")


def titles_of(table: Table) -> dict[int, str]:
    """Return the titles of all columns of a sheet, those that are not the form's as well."""
    titles = {}
    for column, content in table.sheet.rows[table.title_row].items():
        try:
            titles[column] = text_of(content)
        except CellError:
            titles[column] = ""
    return titles


def is_ours(title: str, words: Words) -> bool:
    """Whether a title is that of a column for the eye, which was handed out."""
    own = {plain_name(shown_title(each, words)) for each in (BASELINE, TARGET)}
    return plain_name(title) in own or _OURS.fullmatch(plain_name(title)) is not None


def note_differences(
    found: Found[Actual],
    measure: Measure,
    columns: Mapping[str, int],
    expected: Expected,
    log: Findings,
    former: str = "",
    excuse: Callable[[str, str], None] | None = None,
) -> None:
    """Note every locked cell of a row that does not say what the plan says.

    Args:
        found: the row.
        measure: what it is about.
        columns: the sheet's columns by their titles as :func:`plain_name` makes them.
        expected: the plan, and what was reported before.
        log: where to note it.
        former: a department's name of former times, which has been told of.
        excuse: told of the id and the title instead where a cell of the plan differs: the
            sheet is older than the plan.
    """
    record = found.record
    words = Words.of(expected.plan)
    for named, right in _right_texts(measure, expected):
        title = shown_title(named, words)
        if plain_name(title) not in columns:  # as sheets had it before
            title = named
        column = columns.get(plain_name(title))
        if column is None:
            continue
        try:
            written = text_of(record.sheet.rows[record.row].get(column))
        except CellError:
            written = "（読めない値）"
        is_former = title == DEPARTMENT and written and plain_name(written) == plain_name(former)
        is_same = says_same_unit if title == UNIT else _says_same
        if is_same(written, right) or is_former:
            continue
        if excuse is not None and named in _OF_PLAN:
            is_of_year = named == TARGET and _is_of_year(written, measure)
            excuse(measure.id, earlier_title(expected.fiscal_year, title) if is_of_year else title)
        else:
            log.warn(
                record.sheet.place(record.row, column),
                f"書き換えない欄の{quoted(title)}が、{_told(written)}に"
                f"なっています。計画や記録の{_told(right)}を使います。",
                f"書き換えた理由を課に確かめてください。計画や前の{words.year}の誤りなら、そちらを直します。",
            )


def _right_texts(measure: Measure, expected: Expected) -> Iterator[tuple[str, str]]:
    yield BASELINE, measure.baseline.text
    yield TARGET, asked_target(measure, expected.fiscal_year)
    if measure.survey is None:  # else a sheet may say that there is none in the year
        yield UNIT, question_on(measure, None).unit
    if lead := expected.lead(measure.id):
        yield DEPARTMENT, lead
    now = expected.fiscal_year
    years = range(expected.plan.years.baseline.year + 1, now.year)
    for year in (FiscalYear(each).of_kind(now) for each in years):
        yield (
            earlier_title(year),
            earlier_in_words(measure, expected.actuals, year),
        )


def _is_of_year(written: str, measure: Measure) -> bool:
    """Whether a cell of 目標値 differs in the year's own target alone, not in the last one."""
    plain = plain_name(written)
    last = _LAST.search(plain)
    return (last[1] if last else plain) == plain_name(measure.target.text)


def _says_same(written: str, right: str) -> bool:
    return plain_name(written) == plain_name(right)


def _told(text: str) -> str:
    return quoted(text.replace("\n", "　")) if text else "空"
