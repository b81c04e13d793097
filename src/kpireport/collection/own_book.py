"""The report's own workbook (``actuals.xlsx``), which takes the answers.

Comes in: a report folder. Goes out: the workbook with the places of what was read from it;
where it is not there (any more), one that is made as a new year's is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from kpireport.collection.fresh_book import empty_book
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.years import FiscalYear
from kpireport.files import NewFile, write_files
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals_forms import (
    ACTUALS,
    CHOSEN,
    COMMENTS,
    OVERRIDES,
    actuals_form,
    comment_form,
)
from kpireport.sources.actuals_rows import Found
from kpireport.sources.cells import SheetCells
from kpireport.sources.other_years import measure_and_year
from kpireport.sources.settings import is_there
from kpireport.sources.titled_tables import Record, Table, find_table
from kpireport.writers.xlsx import write_book


@dataclass(frozen=True, slots=True)
class OwnBook:
    """The report's own workbook (``actuals.xlsx``) as it is.

    Attributes:
        path: its file.
        data: its bytes.
        tables: its sheets by name, with their titles found.
        parts: where those sheets are in the package.
        styles_part: likewise the looks of cells, empty for none.
        actuals: the rows of the year, by measure's id: that of the report, or one before it of
            which something is added or corrected.
        comments: likewise of the plans.
        prepared: the rows of the year's plans, those that are still to be filled in included.
        overrides: the rows of the year in which a person has set a mark, or is about to.
        spare: the rows of the year in which a mark may be set of whatever there is.
        unread: rows of the year in the sheet of actuals, by measure's id, those included that
            say nothing, or nothing else than an earlier report.
    """

    path: Path
    data: bytes
    tables: Mapping[str, Table]
    parts: Mapping[str, str]
    styles_part: str
    actuals: Mapping[str, Found[Actual]]
    comments: Mapping[str, Found[PlanComment]]
    prepared: Mapping[str, Record]
    overrides: Mapping[str, Record] = field(default_factory=dict)
    spare: tuple[Record, ...] = ()
    unread: Mapping[str, Record] = field(default_factory=dict)

    def row(self, sheet: str, id_: str) -> Record | None:
        """Return the row of a measure or plan in a sheet, if it has one."""
        if sheet == COMMENTS:
            return self.prepared.get(id_)
        if sheet == OVERRIDES.name:
            return self.overrides.get(id_)
        return self.actuals[id_].record if id_ in self.actuals else self.unread.get(id_)


def check_own_book(report: Report) -> None:
    """Refuse settings whose actuals are no workbook, or are not there yet.

    Raises:
        InputError: with how to mend that.
    """
    if report.settings.review is None:  # the inputs' reader will say so
        return
    path, log = report.settings.review.actuals, Findings(report.settings_file)
    if path.is_dir() or path.suffix.lower() != ".xlsx":
        log.fail(
            "review.actuals",
            "返ってきたブックを集められるのは、Excelのブック（.xlsx）だけです。",
            "CSVの内容を actuals.xlsx に移し、設定の actuals に actuals.xlsx と書いてください。",
        )
    if not is_there(path):
        log.fail(
            "review.actuals",
            f"実績のブック（{path}）が、まだありません。",
            "取り込むときに、空のものができます。調べるだけでは、できません。",
        )


def make_own_book(report: Report) -> bool:
    """Make a report's workbook, if it is not there; tell whether it was made.

    Settings that cannot be used are left to those who read them next.

    Raises:
        InputError: the settings, the plan or earlier reports cannot be read.
        OutputError: it cannot be written.
    """
    settings, review = report.settings, report.settings.review
    if review is None or is_there(review.actuals) or review.actuals.suffix.lower() != ".xlsx":
        return False
    if not is_there(settings.catalogue) or not all(map(is_there, review.earlier)):
        return False
    plan, review = report.plan, report.review_settings
    read = report.read_with(review.earlier[0] if review.earlier else review.actuals)
    if review.earlier:
        read.findings.settle()
    scheme = report.findings.settled(report.scheme)
    year = review.fiscal_year
    book = empty_book(plan, read.actuals, year, scheme, report.rollup)
    made = dt.datetime.combine(settings.date or year.first_day, dt.time(), dt.UTC)
    content = write_book(book.book(settings.author or plan.issuer), moment=made)
    write_files([NewFile(review.actuals, content)])
    return True


def open_book(report: Report, fiscal_year: FiscalYear) -> OwnBook:
    """Return the report's workbook with the places of what was read from it of a year."""
    path = report.review_settings.actuals
    data, book = report.books.open(path)
    findings = Findings(path)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    tables = {}
    plan = report.catalogue
    for form in (actuals_form(plan.answers), comment_form(plan.comments)):
        table = find_table(form, sheets[form.name], findings)
        assert table is not None  # noqa: S101 - it has been read before
        tables[form.name] = table
    if overrides := _overrides(sheets, findings):
        tables[OVERRIDES.name] = overrides
    if report.mark_inputs.choices and CHOSEN not in tables[ACTUALS.name].columns:
        findings.fail(
            ACTUALS.name,
            f"見出し{quoted(CHOSEN)}の列がないので、各課の選んだ評価を書き込めません。",
            f"見出し{quoted(CHOSEN)}の列を加えてください。",
        )
    own = [
        each
        for each in report.found
        if each.file == findings.file and each.fact.fiscal_year == fiscal_year
    ]
    comments = {each.fact.plan_id: each for each in own if isinstance(each.fact, PlanComment)}
    return OwnBook(
        path=path,
        data=data,
        tables=tables,
        parts=book.parts,
        styles_part=book.styles_part,
        actuals={each.fact.measure_id: each for each in own if isinstance(each.fact, Actual)},
        comments=comments,
        prepared=_prepared(tables[COMMENTS], fiscal_year)
        | {id_: each.record for id_, each in comments.items()},
        overrides=_prepared(overrides, fiscal_year) if overrides else {},
        spare=tuple(_spare(overrides, fiscal_year)) if overrides else (),
        unread={}
        if fiscal_year == report.review_settings.fiscal_year
        else _prepared(tables[ACTUALS.name], fiscal_year),
    )


def _overrides(sheets: Mapping[str, SheetCells], findings: Findings) -> Table | None:
    """The sheet of the marks that people set, where there is one."""
    sheet = sheets.get(OVERRIDES.name)
    return find_table(OVERRIDES, sheet, findings) if sheet else None


def _prepared(table: Table, fiscal_year: FiscalYear) -> dict[str, Record]:
    """The rows of plans that a year has, filled in or not: the first of each."""
    rows: dict[str, Record] = {}
    for record in table.records():
        if (found := measure_and_year(record, fiscal_year)) and found[1] == fiscal_year:
            rows.setdefault(found[0], record)
    return rows


def _spare(table: Table, fiscal_year: FiscalYear) -> Iterator[Record]:
    """The rows of 評価の修正 that have their year, and nothing else yet."""
    for record in table.records():
        is_unnamed = measure_and_year(record, fiscal_year) == ("", fiscal_year)
        if is_unnamed and not OVERRIDES.is_filled_in(record):
            yield record
