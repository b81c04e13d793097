"""The sheet 実績 of a department's workbook.

Comes in: what the department is asked for, the actuals that there are. Goes out: the
sheet as data, which :mod:`kpireport.sources.actuals` reads once it is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import assert_never

from kpireport.collection.assignments import Asked, Assignment
from kpireport.collection.forms import (
    ABOUT,
    BASELINE,
    ELSEWHERE,
    NO_SURVEY_THIS_YEAR,
    TARGET,
    UNIT,
    VALUES,
    asked_target,
    earlier_title,
    said_besides,
    shown_title,
)
from kpireport.collection.questions import AnswerKind, Question, prefilled, question_on
from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.reporting import lacks_survey
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.quickly import dataclass
from kpireport.sources.actuals_cells import amount_of
from kpireport.sources.actuals_forms import (
    ACTUALS,
    DEPARTMENT,
    ID,
    NAME,
    STATE,
    USUAL_COMMENT_FORM,
    VALUE,
    YEAR,
    InputColumn,
    InputForm,
    InputKind,
)
from kpireport.writers.xlsx.book import (
    AS_TEXT,
    Cell,
    CellLook,
    CellValue,
    Choice,
    Row,
    Sheet,
    TextLength,
)

UNREPORTED = "未報告"

_NOTE = (
    f"太い枠の中だけを書いてください。{VALUE}は、数だけを書く欄と、言葉で書く欄があります"
    "（欄を選ぶと、書き方が出ます）。斜線の欄は使いません。"
)
_TITLE_ROWS = 3  # the sheet's title, the note, the columns' titles


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
        words: what the plan calls its parts.
        comment_words: the same, a plan's word being that of what is commented on.
        choices: the marks that people choose among; without any nobody is asked for one.
        comments: the sheet of the plans' comments, with the plan's own columns.
        values: the sheet of the actuals, likewise.
    """

    actuals: Actuals
    fiscal_year: FiscalYear
    earlier: tuple[FiscalYear, ...]
    style: NumeralStyle
    header: str
    taken: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    words: Words = USUAL_WORDS
    comment_words: Words = USUAL_WORDS
    choices: tuple[str, ...] = ()
    comments: InputForm = USUAL_COMMENT_FORM
    values: InputForm = ACTUALS

    @property
    def asked(self) -> tuple[InputColumn, ...]:
        """The columns that are filled in."""
        return self.values.asked(has_choices=bool(self.choices))


def value_sheet(assignment: Assignment, common: SheetFacts) -> Sheet:
    """Compose the sheet of one department."""
    year = format_fiscal_year(common.fiscal_year)
    shows_more = any(map(said_besides, assignment.measures()))
    titles, widths = zip(*_columns(common, shows_more=shows_more), strict=True)
    body = _Body(assignment, common, len(titles), shows_more=shows_more)
    return Sheet(
        name=VALUES,
        widths=widths,
        rows=(
            Row((Cell(f"{year}　{VALUES}　{assignment.department}", CellLook.TITLE),)),
            Row((Cell(common.words.put_into(_NOTE), CellLook.NOTE, span=len(titles)),)),
            Row(tuple(Cell(title, CellLook.HEADER) for title in titles), lines=2),
            *body.rows(),
        ),
        title_rows=_TITLE_ROWS,
        title_columns=2,
        is_locked=True,
        header=common.header,
    )


def _columns(common: SheetFacts, *, shows_more: bool) -> Iterator[tuple[str, float]]:
    """The titles and widths of the sheet's columns."""
    year = format_fiscal_year(common.fiscal_year)
    yield from ((ID, 7.0), (NAME, 27.0))
    yield from ((shown_title(each, common.words), 16.0) for each in (TARGET, BASELINE))
    if shows_more:
        yield ABOUT, 18.0
    yield from ((earlier_title(each), 13.0) for each in common.earlier)
    for column in common.asked:
        if column.kind is InputKind.VALUE:
            yield f"{column.title}\n（{year}）", column.asked_width
            yield UNIT, 10.0
        else:
            yield column.heading, column.asked_width
    yield from ((shown_title(YEAR, common.words), 6.0), (DEPARTMENT, 11.0))


@dataclass(frozen=True, slots=True)
class _Body:
    assignment: Assignment
    common: SheetFacts
    columns: int
    shows_more: bool

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
            Cell(asked_target(measure, self.common.fiscal_year)),
            Cell(measure.baseline.text),
            *((Cell(said_besides(measure) or None),) if self.shows_more else ()),
            *(
                Cell(earlier_in_words(measure, self.common.actuals, year) or None)
                for year in self.common.earlier
            ),
            *self._cells_to_fill(asked, is_own=is_own),
            Cell(self.common.fiscal_year.year, CellLook.MUTED, number_format="0"),
            Cell(asked.lead, CellLook.MUTED),
        )
        return Row(cells, lines=2)

    def _cells_to_fill(self, asked: Asked, *, is_own: bool) -> Iterator[Cell]:
        if not is_own:
            return _nothing(self.common, f"{asked.lead}{ELSEWHERE}")
        if not asked.is_surveyed:
            return _nothing(self.common, self.common.words.dated(NO_SURVEY_THIS_YEAR))
        return self._inputs(asked.measure)

    def _inputs(self, measure: Measure) -> Iterator[Cell]:
        common = self.common
        question = question_on(measure, _last(common, measure))
        given = common.actuals.find(measure.id, common.fiscal_year)
        for column in common.asked:
            if not column.is_asked_of(measure):
                yield Cell(None, CellLook.UNUSED)
                continue
            match column.kind:
                case InputKind.VALUE:
                    value = prefilled(given.value if given else None, measure, common.style)
                    yield _value_input(column, value, question)
                    yield Cell(question.unit or None, CellLook.CENTRE)
                case InputKind.CHOICE:
                    is_asked = column.title != STATE or question.kind is AnswerKind.STATE
                    text = column.text(given)
                    yield self._choice(column, text) if is_asked else Cell(None, CellLook.UNUSED)
                case InputKind.AMOUNT:
                    yield _amount_input(column, column.text(given))
                case InputKind.WORDS:
                    yield text_input(column, column.text(given), common.words)
                case _:
                    assert_never(column.kind)

    def _choice(self, column: InputColumn, text: str) -> Cell:
        words = self.common.choices if column.is_of_scheme else column.choices
        choice = Choice(words, "一覧から選んでください。")
        return Cell(text or None, CellLook.INPUT, choice, column.title, column.prompt, AS_TEXT)


def _value_input(column: InputColumn, value: CellValue, question: Question) -> Cell:
    # a percentage typed as such must be able to show as one
    number_format = "" if question.kind is AnswerKind.NUMBER else AS_TEXT
    return Cell(
        value, CellLook.INPUT, question.validation, column.title, question.prompt, number_format
    )


def _amount_input(column: InputColumn, text: str) -> Cell:
    number = amount_of(text)
    value = (text or None) if number is None else number
    return Cell(value, CellLook.INPUT, None, column.title, column.prompt)


def _choice(column: InputColumn, text: str) -> Cell:
    choice = Choice(column.choices, "一覧から選んでください。")
    return Cell(text or None, CellLook.INPUT, choice, column.title, column.prompt, AS_TEXT)


def input_cell(column: InputColumn, text: str, words: Words) -> Cell:
    """A cell for words or a choice."""
    is_choice = column.kind is InputKind.CHOICE
    return _choice(column, text) if is_choice else text_input(column, text, words)


def text_input(column: InputColumn, text: str, words: Words) -> Cell:
    """A cell for words, and what is said of it."""
    longest = column.longest
    return Cell(
        text or None,
        CellLook.INPUT,
        TextLength(longest, f"この欄は{longest:,}字までです。要点に絞ってください。"),
        column.title,
        f"{words.dated(column.prompt)}\n{longest:,}字まで。セルの中の改行は Alt＋Enter です。",
        AS_TEXT,
    )


def earlier_in_words(measure: Measure, actuals: Actuals, year: FiscalYear) -> str:
    """What there was of a measure in an earlier year, as a cell says it; empty for nothing."""
    actual = actuals.find(measure.id, year)
    if measure.survey and lacks_survey(measure, actual, year):
        return NO_SURVEY
    return reported_in_words(actual) if actual else ""


def reported_in_words(actual: Actual) -> str:
    """What was reported of a measure in an earlier year, as a cell says it."""
    parts = [part for part in (actual.state, actual.value and actual.value.text) if part]
    if parts and actual.is_reported:
        return "\n".join(parts)
    if actual.no_survey_words:
        return NO_SURVEY
    return f"（報告なし：{actual.reason}）" if actual.reason else UNREPORTED


def _nothing(common: SheetFacts, who: str) -> Iterator[Cell]:
    """The cells of a row that the department does not fill in."""
    for column in common.asked:
        yield Cell(None, CellLook.UNUSED)
        if column.kind is InputKind.VALUE:  # beside it stands the unit
            yield Cell(who, CellLook.MUTED)


def _last(common: SheetFacts, measure: Measure) -> Actual | None:
    """The measure's latest actual before the year that has a value."""
    for year in reversed(common.earlier):
        actual = common.actuals.find(measure.id, year)
        if actual and actual.value and actual.is_reported:
            return actual
    return None
