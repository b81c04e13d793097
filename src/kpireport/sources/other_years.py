"""Rows of years that a report cannot have: a whole file of another year is one fault.

Comes in: a sheet whose titles were found. Goes out: one error for all rows of each such
year, which names what is likely to be the cause; its rows are then passed over.
"""

from __future__ import annotations

from kpireport.domain.numerals import fold_width
from kpireport.domain.years import FiscalYear, format_fiscal_year, parse_year_like
from kpireport.findings import Findings
from kpireport.messages import western_year
from kpireport.sources.actuals_forms import ID, YEAR, InputForm
from kpireport.sources.actuals_scope import Scope
from kpireport.sources.fields import is_likely_year
from kpireport.sources.titled_tables import Record, Table


def measure_and_year(record: Record, like: FiscalYear) -> tuple[str, FiscalYear] | None:
    """The id and the year that a row bears, whatever else it says; ``None`` if unreadable.

    The year is of the kind that ``like`` is of.
    """
    try:
        year = parse_year_like(record.shown(YEAR).replace(",", ""), like)
    except ValueError:
        return None
    return fold_width(record.shown(ID).replace(",", "")), year


def note_other_years(table: Table, form: InputForm, scope: Scope, log: Findings) -> None:
    """Note each year that several rows of a sheet have and the report cannot have.

    A single row may be a slip of its own: it is told where it is read.
    """
    rows: dict[FiscalYear, list[int]] = {}
    filled = 0
    for record in table.records():
        if form.is_filled_in(record) and (found := measure_and_year(record, scope.last_year)):
            filled += 1
            if is_likely_year(found[1].year):
                rows.setdefault(found[1], []).append(record.row)
    for year, its in rows.items():
        if scope.first_year <= year <= scope.last_year or len(its) < 2:
            continue
        scope.told_years.add((log.file, table.sheet.name, year))
        if scope.first_year > scope.last_year:
            continue  # the report's own year is none of the plan's: that is the cause
        written, last = format_fiscal_year(year), western_year(scope.last_year)
        is_all = len(its) == filled
        log.add(
            table.sheet.place(its[0], table.columns[YEAR]),
            f"{'どの行も、' if is_all else ''}{written}のものです（{len(its)}行）。この報告書は"
            f"{format_fiscal_year(scope.last_year)}のものなので、使いません。",
            f"別の年度のファイルでないかを確かめてください。この報告書の年度のほうが誤りなら、設定の"
            f" fiscal_year（いまは {last}）を直します。"
            if is_all
            else "年度を直すか、行を消してください。",
        )
