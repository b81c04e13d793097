"""The sheet 実績 of a department's workbook.

Comes in: what the department is asked for, the actuals that there are. Goes out: the
sheet as data, which :mod:`kpireport.sources.actuals` reads once it is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kpireport.collection.assignments import Asked, Assignment
from kpireport.collection.forms import (
    BASELINE,
    ELSEWHERE,
    TARGET,
    UNIT,
    VALUES,
    earlier_title,
)
from kpireport.collection.questions import AnswerKind, prefilled, question_on
from kpireport.domain.actuals import Actual, Actuals, ReportedState
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.sources.actuals_forms import (
    COMMENT,
    DEPARTMENT,
    ID,
    NAME,
    REASON,
    STATE,
    VALUE,
    YEAR,
)
from kpireport.sources.actuals_rows import LONGEST_COMMENT, LONGEST_REASON
from kpireport.writers.xlsx.book import AS_TEXT, Cell, CellLook, Choice, Row, Sheet, TextLength

UNREPORTED = "未報告"

_NOTE = (
    f"太い枠の中だけを書いてください。{VALUE}は、数だけを書く欄と、言葉で書く欄があります"
    "（欄を選ぶと、書き方が出ます）。斜線の欄は使いません。"
)
_TITLE_ROWS = 3  # the sheet's title, the note, the columns' titles
_CHOICES = Choice(tuple(ReportedState), "一覧から選んでください。")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the sheets of all departments are made from.

    Attributes:
        actuals: what was reported, this year's included.
        fiscal_year: the year that is reported.
        earlier: the years before it that have actuals, the first one first.
        style: the numerals of text that is generated from bare numbers.
        header: for the head of each printed page.
        taken: departments' own words on plans that were taken already, by
            plan's id and column, by department.
    """

    actuals: Actuals
    fiscal_year: FiscalYear
    earlier: tuple[FiscalYear, ...]
    style: NumeralStyle
    header: str
    taken: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)


def value_sheet(assignment: Assignment, common: SheetFacts) -> Sheet:
    """Compose the sheet of one department."""
    year = format_fiscal_year(common.fiscal_year)
    titles = (
        *(ID, NAME, TARGET, BASELINE),
        *map(earlier_title, common.earlier),
        *(f"{VALUE}\n（{year}）", UNIT, STATE, REASON, COMMENT, YEAR, DEPARTMENT),
    )
    widths = (7.0, 27.0, 16.0, 16.0, *(13.0 for _ in common.earlier))
    widths += (16.0, 10.0, 10.0, 19.0, 26.0, 6.0, 11.0)
    body = _Body(assignment, common, len(titles))
    return Sheet(
        name=VALUES,
        widths=widths,
        rows=(
            Row((Cell(f"{year}　{VALUES}　{assignment.department}", CellLook.TITLE),)),
            Row((Cell(_NOTE, CellLook.NOTE, span=len(titles)),)),
            Row(tuple(Cell(title, CellLook.HEADER) for title in titles), lines=2),
            *body.rows(),
        ),
        title_rows=_TITLE_ROWS,
        title_columns=2,
        is_locked=True,
        header=common.header,
    )


@dataclass(frozen=True, slots=True)
class _Body:
    assignment: Assignment
    common: SheetFacts
    columns: int

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the titles, each group under its name."""
        for group in self.assignment.groups:
            yield self._heading(group.title)
            heading = ""
            for asked in group.asked:
                if asked.heading and asked.heading != heading:
                    yield self._heading(f"　{asked.heading}")
                heading = asked.heading
                yield self._row(asked)

    def _heading(self, text: str) -> Row:
        cells = [Cell(None, CellLook.GROUP) for _ in range(self.columns)]
        cells[1] = Cell(text, CellLook.GROUP)
        return Row(tuple(cells))

    def _row(self, asked: Asked) -> Row:
        measure = asked.measure
        is_own = asked.lead == self.assignment.department
        cells = (
            Cell(measure.id if is_own else None, CellLook.MUTED),
            Cell(f"　{measure.name}" if asked.heading else measure.name),
            Cell(measure.target.text),
            Cell(measure.baseline.text),
            *(Cell(self._earlier(measure, year)) for year in self.common.earlier),
            *(self._inputs(measure) if is_own else _nothing(f"{asked.lead}{ELSEWHERE}")),
            Cell(self.common.fiscal_year.year, CellLook.MUTED, number_format="0"),
            Cell(asked.lead, CellLook.MUTED),
        )
        return Row(cells, lines=2)

    def _earlier(self, measure: Measure, year: FiscalYear) -> str | None:
        actual = self.common.actuals.find(measure.id, year)
        return None if actual is None else reported_in_words(actual)

    def _inputs(self, measure: Measure) -> tuple[Cell, ...]:
        common = self.common
        answer = question_on(measure, _last(common, measure))
        given = common.actuals.find(measure.id, common.fiscal_year)
        given = given or Actual(measure.id, common.fiscal_year)
        is_number = answer.kind is AnswerKind.NUMBER
        value = Cell(
            prefilled(given.value, measure, common.style),
            CellLook.INPUT,
            answer.validation,
            VALUE,
            answer.prompt,
            # a percentage typed as such must be able to show as one
            "" if is_number else AS_TEXT,
        )
        return (
            value,
            Cell(answer.unit or None, CellLook.CENTRE),
            _state(given) if answer.kind is AnswerKind.STATE else Cell(None, CellLook.UNUSED),
            text_input(given.reason, LONGEST_REASON, REASON, "報告できないときだけ書きます。"),
            text_input(
                given.comment,
                LONGEST_COMMENT,
                COMMENT,
                "実績についての説明（大きく変わった理由など）があれば書きます。",
            ),
        )


def text_input(text: str, longest: int, title: str, prompt: str) -> Cell:
    """A cell for a text of so many characters."""
    return Cell(
        text or None,
        CellLook.INPUT,
        TextLength(longest, f"この欄は{longest:,}字までです。要点に絞ってください。"),
        title,
        f"{prompt}\n{longest:,}字まで。セルの中の改行は Alt＋Enter です。",
        AS_TEXT,
    )


def reported_in_words(actual: Actual) -> str:
    """What was reported of a measure in an earlier year, as a cell says it."""
    parts = [part for part in (actual.state, actual.value and actual.value.text) if part]
    if parts:
        return "\n".join(parts)
    return f"（報告なし：{actual.reason}）" if actual.reason else UNREPORTED


def _state(given: Actual) -> Cell:
    prompt = f"{'、'.join(ReportedState)} のどれかを選びます。"
    return Cell(given.state, CellLook.INPUT, _CHOICES, STATE, prompt, AS_TEXT)


def _nothing(who: str) -> tuple[Cell, ...]:
    """The cells of a row that another department fills in."""
    unused = Cell(None, CellLook.UNUSED)
    return (unused, Cell(who, CellLook.MUTED), unused, unused, unused)


def _last(common: SheetFacts, measure: Measure) -> Actual | None:
    """The measure's latest actual before the year that has a value."""
    for year in reversed(common.earlier):
        actual = common.actuals.find(measure.id, year)
        if actual and actual.value:
            return actual
    return None
