"""Where the texts of a document stand in the inputs.

Comes in: the report. Goes out: for every source its name in words; and for those that were
edited the cell or the setting that has the text, or is to have it: a comment that nobody had
written may need a row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kpireport.document.sources import SourceKind, editable_texts
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.places import commented
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.editing.cells import CellValue
from kpireport.messages import about
from kpireport.pulling.edits import kind_of
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources import actuals_forms as forms
from kpireport.sources.actuals import FoundFact
from kpireport.sources.other_years import measure_and_year
from kpireport.sources.titled_tables import Record


@dataclass(frozen=True, slots=True)
class CellTarget:
    """A cell of a workbook or CSV file; ``sheet`` is empty for the latter.

    Attributes:
        below: the row of the titles, where the cell or its row may have to be added.
        beside: what else a new row says, by column.
    """

    file: Path
    sheet: str
    row: int
    column: int
    place: str
    below: int | None = None
    beside: tuple[tuple[int, CellValue], ...] = ()


@dataclass(frozen=True, slots=True)
class SettingTarget:
    """A list of paragraphs in the settings."""

    file: Path
    setting: str

    @property
    def place(self) -> str:
        """The setting as a message names it."""
        return f"review.{self.setting}"


Target = CellTarget | SettingTarget


_COLUMNS: dict[str, tuple[type, forms.InputColumn]] = {
    SourceKind.EXPLANATION: (Actual, forms.ACTUALS.input(forms.COMMENT)),
    SourceKind.REASON: (Actual, forms.ACTUALS.input(forms.REASON)),
    SourceKind.OVERRIDE: (Override, forms.OVERRIDES.input(forms.OVERRIDE_REASON)),
}
_SETTINGS: dict[str, str] = {SourceKind.INTRODUCTION: "はじめに", SourceKind.SURVEY: "調査の概要"}


class Origins:
    """What the texts of a report are called, and where they stand."""

    def __init__(self, report: Report) -> None:
        """Note where everything was read."""
        self._report = report
        comments = forms.comment_form(report.catalogue.comments)
        values = forms.actuals_form(report.catalogue.answers)
        self._columns = {
            **{each.field: (PlanComment, each) for each in comments.inputs},
            **{each.field: (Actual, each) for each in values.inputs if each.answer},
            **_COLUMNS,
        }
        self._facts = {_key(each): each for each in report.found}
        self._titles = {each.id: each.title for each in commented(report.plan)}
        self._comments = report.read.comments if report.read else None
        self._values = report.read.values if report.read else None
        sources = dict.fromkeys(source for source, _ in editable_texts(report.document))
        self.names = {source: self._name(source) for source in sources}

    def _name(self, source: str) -> str:
        kind = kind_of(source)
        if kind in _SETTINGS:
            return _SETTINGS[kind]
        fact, id_, year = self._about(source)
        found = self._facts.get((fact, id_, year.year))
        named = found.about if found else about(self._titles[id_], id_)
        return f"{self._columns[kind][1].name}（{named}、{format_fiscal_year(year)}）"

    def _about(self, source: str) -> tuple[type, str, FiscalYear]:
        """Return which fact has a text: its kind, what it is about, its year."""
        _, id_, year = source.split(":")
        return (
            self._columns[kind_of(source)][0],
            id_,
            FiscalYear(int(year)).of_kind(self._report.review_settings.fiscal_year),
        )

    def targets(self, sources: Iterable[str]) -> dict[str, Target]:
        """Return where these texts stand, or are to stand."""
        rows: dict[str, int] = {}  # new ones, by the plan
        return {source: self._target(source, rows) for source in sources}

    def _target(self, source: str, rows: dict[str, int]) -> Target:
        kind = kind_of(source)
        if kind in _SETTINGS:
            return SettingTarget(self._report.settings_file, str(kind))
        fact, id_, year = self._about(source)
        title = self._columns[kind][1].title
        if found := self._facts.get((fact, id_, year.year)):
            table = {PlanComment: self._comments, Actual: self._values}.get(fact)
            return self._cell(found.record, title, table.title_row if table else None)
        return self._unwritten(id_, year, title, rows)

    def _unwritten(
        self, plan: str, year: FiscalYear, title: str, rows: dict[str, int]
    ) -> CellTarget:
        """Return the cell for a comment on a plan of which nothing has been said."""
        table = self._comments
        assert table is not None  # noqa: S101 - else nobody could write the comment
        for record in table.records():
            if measure_and_year(record, year) == (plan, year):
                return self._cell(record, title, table.title_row)
        last = max((*table.sheet.rows, *rows.values()))
        row = rows.setdefault(plan, last + 1)
        known: dict[str, CellValue] = {
            forms.ID: plan,
            forms.PLAN: self._titles[plan],
            forms.YEAR: Decimal(year.year),
        }
        beside = tuple(
            (table.columns[name], it) for name, it in known.items() if name in table.columns
        )
        found = self._cell(Record(table.sheet, row, table.columns), title, table.title_row)
        return replace(found, beside=beside)

    def _cell(self, record: Record, title: str, below: int | None) -> CellTarget:
        file, sheet = self._report.review_settings.actuals, record.sheet.name
        if file.is_dir():
            file = file / f"{sheet}.csv"
        is_csv = file.suffix.lower() == ".csv"
        row, column = record.row, record.columns[title]
        place = record.place(title)
        return CellTarget(file, "" if is_csv else sheet, row, column, place, below)


def _key(found: FoundFact) -> tuple[type, str, int]:
    fact = found.fact
    id_ = fact.plan_id if isinstance(fact, PlanComment) else fact.measure_id
    return type(fact), id_, fact.fiscal_year.year
