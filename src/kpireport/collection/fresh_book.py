"""A fresh ``actuals.xlsx``: the workbook in which the planning section keeps a year.

Comes in: its rows. Goes out: the workbook as data, with a sheet that explains it, the
columns of :mod:`kpireport.sources.actuals_forms`, and beside them what the plan says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kpireport.collection.assignments import place_title
from kpireport.collection.forms import BASELINE, TARGET, asked_target, shown_title
from kpireport.domain.actuals import Actuals
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.places import comment_words, commented
from kpireport.domain.reporting import departments_by_measure
from kpireport.domain.surveys import NO_SURVEY
from kpireport.domain.wording import USUAL_WORDS, Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.evaluation import RollupRules, Scheme
from kpireport.evaluation.rollups import NO_RULES
from kpireport.sources.actuals_forms import (
    ACTUALS,
    CHOSEN,
    COMMENTS,
    DEPARTMENT,
    ID,
    MARK,
    NAME,
    OVERRIDE_REASON,
    OVERRIDES,
    PLAN,
    REASON,
    STATE,
    USUAL_COMMENT_FORM,
    YEAR,
    InputColumn,
    InputForm,
    actuals_form,
    comment_form,
)
from kpireport.sources.formats import FileKind, book_properties
from kpireport.writers.xlsx.book import Book, Cell, CellLook, CellValue, Choice, Row, Sheet
from kpireport.writers.xlsx.heights import Shown, lines_height, row_height
from kpireport.writers.xlsx.looks import LOOKS

EXPLANATION = "説明"

_FROM_LIST = "一覧から選んでください。"
_SPARE_ROWS = 20  # of the overrides, ready to be written in but for their year
_BESIDE = {  # what stands before the inputs of each sheet
    ACTUALS.name: (ID, NAME, DEPARTMENT, YEAR, BASELINE, TARGET),
    COMMENTS: (ID, PLAN, YEAR),
    OVERRIDES.name: (ID, NAME, YEAR),
}
_WIDTHS = {
    ID: 9.0,
    NAME: 40.0,
    DEPARTMENT: 18.0,
    YEAR: 8.0,
    BASELINE: 20.0,
    TARGET: 22.0,
    PLAN: 34.0,
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell says, and the number format that shows it."""

    value: CellValue
    number_format: str = ""


BookRow: TypeAlias = Mapping[str, "Content | CellValue"]
"""A row by its columns' titles; a title that is left out is an empty cell."""


@dataclass(frozen=True, slots=True)
class FreshBook:
    """What a year's workbook holds.

    Attributes:
        fiscal_year: the year.
        marks: the symbols that an override may set; without any there are no overrides.
        actuals: the rows of 実績.
        comments: the rows of 計画コメント.
        overrides: the rows of 評価の修正.
        notice: stands in the title and on every printed page (見本：数値は架空).
        remark: is added to the explanation.
        words: what the plan calls its parts.
        comment_words: the same, a plan's word being that of what is commented on.
        choices: the marks that people choose among; without any nobody is asked for one.
        comments_form: the sheet of the plans' comments.
        values_form: the sheet of the actuals.
    """

    fiscal_year: FiscalYear
    marks: Sequence[str]
    actuals: Sequence[BookRow]
    comments: Sequence[BookRow]
    overrides: Sequence[BookRow] = field(default_factory=tuple)
    notice: str = ""
    remark: str = ""
    words: Words = USUAL_WORDS
    comment_words: Words = USUAL_WORDS
    choices: Sequence[str] = ()
    comments_form: InputForm = USUAL_COMMENT_FORM
    values_form: InputForm = ACTUALS

    def book(self, author: str) -> Book:
        """Compose the workbook."""
        in_brackets = f"（{self.notice}）" if self.notice else ""
        year = format_fiscal_year(self.fiscal_year)
        spare: list[BookRow] = [{YEAR: self.fiscal_year.year} for _ in range(_SPARE_ROWS)]
        overrides = [*self.overrides, *spare]
        return Book(
            title=f"{year}　実績{in_brackets}",
            author=author,
            properties=book_properties(FileKind.ACTUALS),
            sheets=(
                self._explanation(f"{year}　実績報告{in_brackets}"),
                self._table(self.values_form, self.actuals),
                self._table(self.comments_form, self.comments, lines=4),
                *((self._table(OVERRIDES, overrides),) if self.marks else ()),
            ),
        )

    def _explanation(self, title: str) -> Sheet:
        return Sheet(
            name=EXPLANATION,
            widths=(100.0,),
            rows=(
                Row((Cell(title, CellLook.TITLE),)),
                *(
                    Row((Cell(self.words.put_into(line), CellLook.NOTE),))
                    for line in _explanation(self)
                ),
            ),
            landscape=False,
            header=self.notice,
        )

    def _table(self, form: InputForm, rows: Iterable[BookRow], lines: int = 1) -> Sheet:
        asked = form.asked(has_choices=bool(self.choices))
        titles, widths = (*_BESIDE[form.name], *(each.title for each in asked)), _widths(form)
        return Sheet(
            name=form.name,
            widths=tuple(widths[title] for title in titles),
            rows=(
                Row(tuple(Cell(self._heading(form, each), CellLook.HEADER) for each in titles)),
                *(
                    Row(tuple(self._cell(form, title, row.get(title)) for title in titles), lines)
                    for row in rows
                ),
            ),
            title_rows=1,
            title_columns=2,
            header=self.notice,
            filter_row=0,
        )

    def _heading(self, form: InputForm, title: str) -> str:
        column = next((each for each in form.inputs if each.title == title), None)
        words = self.comment_words if form is self.comments_form else self.words
        return column.heading if column else shown_title(title, words)

    def _cell(self, form: InputForm, title: str, given: Content | CellValue) -> Cell:
        content = given if isinstance(given, Content) else Content(given)
        column = next((each for each in form.inputs if each.title == title), None)
        choices = self._choices(form, column) if column else ()
        return Cell(
            content.value,
            CellLook.INPUT if column else _look_beside(form, title),
            Choice(tuple(choices), _FROM_LIST) if choices else None,
            number_format=content.number_format or ("0" if title == YEAR else ""),
        )

    def _choices(self, form: InputForm, column: InputColumn) -> Sequence[str]:
        if column.is_of_scheme:
            return self.marks if form is OVERRIDES else self.choices
        return column.choices


def _look_beside(form: InputForm, title: str) -> CellLook:
    """What a cell before the inputs looks like; of an override, the row is for people to name."""
    if title not in (ID, YEAR):
        return CellLook.TEXT
    return CellLook.INPUT if form is OVERRIDES else CellLook.MUTED


def _widths(form: InputForm) -> dict[str, float]:
    """How wide a sheet's columns are by their titles, in characters."""
    return _WIDTHS | {each.title: each.width for each in form.inputs}


def height_of(texts: Mapping[str, str], form: InputForm) -> float:
    """How high a row of such a sheet has to be for its texts by title, in points."""
    size, widths = LOOKS[CellLook.INPUT].size, _widths(form)
    shown = [Shown(text, widths[title], size) for title, text in texts.items() if title in widths]
    return row_height(shown, lines_height(1, size))


def _explanation(book: FreshBook) -> Iterator[str]:
    if book.remark:
        yield book.remark
    yield ""
    yield f"シート「{ACTUALS.name}」：太い枠の欄に書きます。"
    yield (
        "数で報告する指標は、実績に数だけを書いてもかまいません（単位は計画のものを補います。"
        "万円・億円などのものは、単位まで書きます）。"
        "まだないものは「―」とします。"
    )
    yield from _about_answers(book.values_form)
    yield f"状態の目標（運用開始、充実など）は、実績に言葉で書き、{STATE}を選びます。"
    yield f"報告できないときは、実績を空欄にして「{REASON}」に書きます。"
    yield (
        f"調査のない年度は、実績に「{NO_SURVEY}」と書きます（計画に調査の年度が書いてあれば、空欄の"
        "ままでかまいません）。数値目標は、その行を削除してもかまいません。"
        "行があって実績も理由もないものは、未報告になります。"
    )
    yield (
        "前の年度の実績を訂正するとき、遅れて届いたときは、その年度の行を、このシートに加えます。"
        "前年度の報告書でどうだったかが、報告書に出ます。"
    )
    yield (
        f"シート「{book.comments_form.name}」：{book.comment_words.plan}ごとに、"
        f"{'、'.join(book.comments_form.input_titles)}を書きます。"
    )
    if book.choices:
        yield f"{CHOSEN}は、一覧から選びます（{'、'.join(book.choices)}）。"
    if book.marks:
        yield (
            f"シート「{OVERRIDES.name}」：自動の評価を改めるものだけ、指標の{ID}、{YEAR}、{MARK}、"
            f"{OVERRIDE_REASON}を書きます。"
        )
    yield "列の順は変えてもかまいません。見出しの言葉は変えないでください。"


def _about_answers(form: InputForm) -> Iterator[str]:
    """What else is written of each indicator."""
    asked = [each for each in form.inputs if each.answer]
    both = "、".join(each.title for each in asked if each.is_of_targets)
    alone = "、".join(each.title for each in asked if not each.is_of_targets)
    if both:
        yield f"指標と数値目標の行には、{both}も書きます。"
    if alone:
        yield f"指標の行には、{alone}も書きます（数値目標の行には書きません）。"


# --- a year that begins ----------------------------------------------------------


def empty_book(
    plan: Catalogue,
    known: Actuals,
    fiscal_year: FiscalYear,
    scheme: Scheme,
    rollup: RollupRules = NO_RULES,
) -> FreshBook:
    """The workbook of a year of which nothing is reported yet.

    Args:
        plan: the plan that is in force in the year.
        known: what was reported up to now. Numeric targets of which a survey was announced
            before get a row; where nothing is known at all, all of them do.
        fiscal_year: the year.
        scheme: the way of judging, whose marks may be chosen.
        rollup: how they are rolled up: those marks may be set otherwise, too.
    """
    settable = (
        *(scheme.marks if scheme.has_rules else ()),
        *(rollup.marks if rollup.computed else ()),
    )
    departments = departments_by_measure(plan, known)
    surveyed = {each.measure_id for each in known.entries}
    numeric_targets = {each.id for each in plan.numeric_targets()}
    planned = {each.id for each in plan.numeric_targets() if each.survey}
    left_out = numeric_targets - surveyed - planned if surveyed else set()
    actuals: list[BookRow] = [
        {
            ID: measure.id,
            NAME: measure.name,
            DEPARTMENT: next(iter(departments[measure.id]), None),
            YEAR: fiscal_year.year,
            BASELINE: measure.baseline.text,
            TARGET: asked_target(measure, fiscal_year),
        }
        for measure in plan.measures()
        if measure.id not in left_out
    ]
    comments: list[BookRow] = [
        {ID: each.id, PLAN: place_title(each), YEAR: fiscal_year.year} for each in commented(plan)
    ]
    return FreshBook(
        fiscal_year,
        tuple(dict.fromkeys(mark.symbol for mark in settable)),
        actuals,
        comments,
        words=Words.of(plan),
        choices=[mark.label for mark in scheme.chosen_marks],
        comments_form=comment_form(plan.comments),
        comment_words=comment_words(plan),
        values_form=actuals_form(plan.answers),
    )
