"""Where the texts of a document stand in the inputs.

Comes in: the report. Goes out: for every source its name in words, and the cell
or the setting that has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kpireport.document.sources import SourceKind, editable_texts
from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.years import format_fiscal_year
from kpireport.pulling.edits import kind_of
from kpireport.reports import Report
from kpireport.sources import actuals_forms as forms
from kpireport.sources.actuals import FoundFact


@dataclass(frozen=True, slots=True)
class CellTarget:
    """A cell of a workbook or CSV file; ``sheet`` is empty for the latter."""

    file: Path
    sheet: str
    row: int
    column: int
    place: str


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


@dataclass(frozen=True, slots=True)
class Origin:
    """What a text is in words for staff, and where it stands."""

    name: str
    target: Target


_COLUMNS = {
    SourceKind.INITIATIVES: (PlanComment, forms.COMMENTS.input(forms.INITIATIVES)),
    SourceKind.ISSUES: (PlanComment, forms.COMMENTS.input(forms.ISSUES)),
    SourceKind.OUTLOOK: (PlanComment, forms.COMMENTS.input(forms.OUTLOOK)),
    SourceKind.EXPLANATION: (Actual, forms.ACTUALS.input(forms.COMMENT)),
    SourceKind.REASON: (Actual, forms.ACTUALS.input(forms.REASON)),
    SourceKind.OVERRIDE: (Override, forms.OVERRIDES.input(forms.OVERRIDE_REASON)),
}
_SETTINGS = {SourceKind.INTRODUCTION: "はじめに", SourceKind.SURVEY: "調査の概要"}


def origins(report: Report) -> dict[str, Origin]:
    """Return the origins of all texts that may be edited, by their sources."""
    facts = {_key(each): each for each in report.found}
    sources = dict.fromkeys(source for source, _ in editable_texts(report.document))
    return {source: _origin(source, facts, report) for source in sources}


def _key(found: FoundFact) -> tuple[type, str, int]:
    fact = found.fact
    id_ = fact.plan_id if isinstance(fact, PlanComment) else fact.measure_id
    return type(fact), id_, fact.fiscal_year.year


def _origin(source: str, facts: dict[tuple[type, str, int], FoundFact], report: Report) -> Origin:
    kind = kind_of(source)
    if kind in _SETTINGS:
        return Origin(_SETTINGS[kind], SettingTarget(report.settings_file, str(kind)))
    _, id_, year = source.split(":")
    fact, column = _COLUMNS[kind]
    found = facts[fact, id_, int(year)]
    name = f"{column.name}（{found.about}、{format_fiscal_year(found.fact.fiscal_year)}）"
    return Origin(name, _cell(found, column.title, report.review_settings.actuals))


def _cell(found: FoundFact, title: str, actuals: Path) -> CellTarget:
    place = found.record.place(title)
    file, sheet = actuals, found.record.sheet.name
    if file.is_dir():
        file = file / f"{sheet}.csv"
    is_csv = file.suffix.lower() == ".csv"
    row, column = found.record.row, found.record.columns[title]
    return CellTarget(file, "" if is_csv else sheet, row, column, place)
