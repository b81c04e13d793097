"""The rows of a report's sheets: actuals, comments on plans, overrides.

Comes in: the sheets of one workbook or CSV. Goes out: facts, each with the place it
came from; faults in the findings. A fault in one cell hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kpireport.domain.actuals import Actual, Override, PlanComment, ReportedState
from kpireport.domain.catalogue import Catalogue, IndicatorGroup, Measure, NumericTarget, TargetKind
from kpireport.domain.histories import History
from kpireport.domain.numerals import NumeralStyle, fold_width
from kpireport.domain.values import Value
from kpireport.domain.years import FiscalYear, format_fiscal_year, parse_fiscal_year
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import UNPRINTABLE, about, did_you_mean, printable, quoted
from kpireport.sources.actuals_forms import (
    COMMENT,
    DEPARTMENT,
    ID,
    INITIATIVES,
    ISSUES,
    MARK,
    NAME,
    OUTLOOK,
    OVERRIDE_REASON,
    REASON,
    STATE,
    VALUE,
    YEAR,
)
from kpireport.sources.actuals_values import read_value
from kpireport.sources.cells import CalendarDay, Number, text_of
from kpireport.sources.fields import is_likely_year
from kpireport.sources.tables import Record, Table
from kpireport.sources.years_in_force import ending_of_plan, not_in_force

_Fact = TypeVar("_Fact")

LONGEST_VALUE, LONGEST_REASON, LONGEST_COMMENT = 200, 500, 2_000
_LONGEST_NAME = 200
_MOST_SUGGESTIONS = 20  # searching the nearest of thousands of ids takes its time


@dataclass(frozen=True, slots=True)
class Found(Generic[_Fact]):
    """A fact, the file and cell that it was read from, and what it is about in words.

    ``record`` is the row that has all of it.
    """

    fact: _Fact
    file: str
    place: str
    about: str
    record: Record


@dataclass(slots=True)
class Scope:
    """What rows may speak of: the catalogue's ids, and the years that have actuals.

    Attributes:
        history: what each of them was in which year.
        measures: indicators and numeric targets by id: those of all years, as they are in
            the reported year, or as they were before they were ended.
        headings: ids of rows that have no values of their own.
        plans: the plans' titles by id.
        baseline_year: the year of the values at the start.
        last_year: the year that is reported.
        due: the fiscal years that the measures' targets are due in, by id.
        knows_mark: whether an override may set a mark.
        style: the numerals of text that is generated from bare numbers.
        departments: who reported the measures in the rows read up to now, for messages.
    """

    history: History
    measures: Mapping[str, Measure]
    headings: Collection[str]
    plans: Mapping[str, str]
    baseline_year: FiscalYear
    last_year: FiscalYear
    due: Mapping[str, FiscalYear]
    knows_mark: Callable[[str], bool]
    style: NumeralStyle = NumeralStyle.MIXED
    departments: dict[str, str] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _suggestions: int = 0

    def __post_init__(self) -> None:
        for id_ in self.measures:
            for name in {plain_name(form.name) for form in self.history.forms(id_)}:
                self._names.setdefault(name, []).append(id_)

    @property
    def first_year(self) -> FiscalYear:
        """The first year that can have been reported."""
        return self.baseline_year.next

    def ids_named(self, name: str) -> list[str]:
        """The measures that bear a name; differences of width and spaces do not count."""
        return self._names.get(plain_name(name), [])

    def suggest(self, id_: str, valid: Iterable[str]) -> str:
        """How to mend an unknown id."""
        self._suggestions += 1
        if self._suggestions > _MOST_SUGGESTIONS:
            return "計画のファイルにある記号を書いてください。"
        return did_you_mean(id_, valid)


def scope_of(
    catalogue: Catalogue,
    last_year: FiscalYear,
    knows_mark: Callable[[str], bool],
    style: NumeralStyle = NumeralStyle.MIXED,
) -> Scope:
    """The scope of a report on ``last_year``."""
    history = History(catalogue)
    now = history.in_force(last_year)
    years = catalogue.years
    measures = {
        id_: history.last_form(id_, last_year) or history.forms(id_)[0] for id_ in history.ids()
    }
    return Scope(
        history=history,
        measures=measures,
        headings={*_headings(catalogue), *_headings(now)},
        plans={**_plan_titles(catalogue), **_plan_titles(now)},
        baseline_year=years.baseline,
        last_year=last_year,
        due={
            id_: each.target.deadline
            or (years.numeric_target if isinstance(each, NumericTarget) else years.target)
            for id_, each in measures.items()
        },
        knows_mark=knows_mark,
        style=style,
    )


def _headings(catalogue: Catalogue) -> Iterator[str]:
    for goal in catalogue.goals:
        for plan in goal.plans:
            yield from (row.id for row in plan.rows if isinstance(row, IndicatorGroup))


def _plan_titles(catalogue: Catalogue) -> dict[str, str]:
    return {plan.id: plan.title for plan in catalogue.plans()}


def plain_name(name: str) -> str:
    """A name for comparison: without white space, in one width."""
    return re.sub(r"\s", "", fold_width(name))


# --- the three sheets ------------------------------------------------------------


def read_actuals(
    table: Table, scope: Scope, log: Findings, faulty: set[str]
) -> list[Found[Actual]]:
    """Read the rows of 実績.

    ``faulty`` is given the measures that somebody meant to report for the reported year, but
    in a row with a fault: those are not unreported.
    """
    return _found(read_actual(record, scope, log, faulty) for record in table.records())


def read_comments(table: Table, scope: Scope, log: Findings) -> list[Found[PlanComment]]:
    """Read the rows of 計画コメント."""
    return _found(read_comment(record, scope, log) for record in table.records())


def read_overrides(table: Table, scope: Scope, log: Findings) -> list[Found[Override]]:
    """Read the rows of 評価の修正."""
    return _found(_read_override(record, scope, log) for record in table.records())


def _found(facts: Iterable[Found[_Fact] | None]) -> list[Found[_Fact]]:
    return [fact for fact in facts if fact is not None]


def read_actual(
    record: Record, scope: Scope, log: Findings, faulty: set[str]
) -> Found[Actual] | None:
    """Read one row of 実績; see :func:`read_actuals`."""
    filled = any(_is_filled(record, title) for title in (VALUE, STATE, REASON, COMMENT))
    log = log.about(*_about_row(record, scope))
    measure = _measure(record, scope, log, is_filled=filled)
    year = _year(record, scope, log, is_filled=filled)
    form = _in_force(record, measure, year, scope, log, is_filled=filled)
    actual = _actual(record, form, year, scope, log) if form or measure is None else None
    if log.has_errors and year in (None, scope.last_year):
        meant = scope.ids_named(_shown(record, NAME)) if measure is None else [measure.id]
        faulty.update(meant)
    return actual


def _actual(
    record: Record,
    measure: Measure | None,
    year: FiscalYear | None,
    scope: Scope,
    log: Findings,
) -> Found[Actual] | None:
    reason = _text(record, REASON, LONGEST_REASON, log)
    comment = _text(record, COMMENT, LONGEST_COMMENT, log)
    department = _text(record, DEPARTMENT, _LONGEST_NAME, log)
    if measure is None or year is None:
        return None
    if department:
        scope.departments.setdefault(measure.id, department)
    value = _value(record, measure, scope, log)
    state = _state(record, measure, value, log)
    if reason and (value or state):
        log.add(
            record.place(REASON),
            "実績があるのに、報告できない理由があります。",
            f"どちらかを消してください。実績の説明は{quoted(COMMENT)}に書きます。",
        )
    actual = Actual(measure.id, year, value, state, reason, comment, department)
    told = _about_measure(measure, scope, department)
    return Found(actual, log.file, record.place(VALUE), told, record)


def read_comment(record: Record, scope: Scope, log: Findings) -> Found[PlanComment] | None:
    """Read one row of 計画コメント; ``None`` where it says nothing."""
    titles = (INITIATIVES, ISSUES, OUTLOOK)
    if not any(_is_filled(record, title) for title in titles):
        return None
    id_ = _id(record, log, "")
    if id_ and id_ not in scope.plans:
        log.add(
            record.place(ID),
            f"記号が{quoted(id_)}の戦略計画は、計画にありません。",
            scope.suggest(id_, scope.plans),
        )
        id_ = ""
    log = log.about(about(scope.plans[id_], id_) if id_ else "")
    year = _year(record, scope, log, is_filled=True)
    if id_ and year and (ending := ending_of_plan(scope.history, id_, year)):
        log.add(record.place(ID), *ending)
    texts = [_text(record, title, LONGEST_COMMENT, log) for title in titles]
    if not id_ or year is None:
        return None
    comment = PlanComment(id_, year, *texts)
    return Found(comment, log.file, record.place(ID), about(scope.plans[id_], id_), record)


def measure_and_year(record: Record) -> tuple[str, FiscalYear] | None:
    """The id and the year that a row bears, whatever else it says; ``None`` if unreadable."""
    try:
        year = parse_fiscal_year(_shown(record, YEAR).replace(",", ""))
    except ValueError:
        return None
    return fold_width(_shown(record, ID).replace(",", "")), year


def _read_override(record: Record, scope: Scope, log: Findings) -> Found[Override] | None:
    filled = any(_is_filled(record, title) for title in (MARK, OVERRIDE_REASON))
    if not filled:
        return None
    log = log.about(*_about_row(record, scope))
    measure = _measure(record, scope, log, is_filled=True)
    year = _year(record, scope, log, is_filled=True)
    measure = _in_force(record, measure, year, scope, log, is_filled=True)
    mark = _text(record, MARK, _LONGEST_NAME, log)
    reason = _text(record, OVERRIDE_REASON, LONGEST_REASON, log)
    if not _is_filled(record, MARK):
        log.add(record.place(MARK), "評価がありません。", "修正後の評価を書いてください。")
    elif mark and not scope.knows_mark(mark):
        log.add(
            record.place(MARK),
            f"{quoted(mark)}という評価は、この報告の評価の基準にありません。",
            "基準にある記号（◎など）か言葉（達成など）を書いてください。",
        )
        mark = ""
    if not _is_filled(record, OVERRIDE_REASON):
        log.add(
            record.place(OVERRIDE_REASON),
            "評価を修正する理由がありません。",
            "資料編に載せる理由を書いてください。",
        )
    if measure is None or year is None or not mark or not reason:
        return None
    override = Override(measure.id, year, mark, reason)
    told = _about_measure(measure, scope)
    return Found(override, log.file, record.place(MARK), told, record)


# --- cells -----------------------------------------------------------------------


def _about_row(record: Record, scope: Scope) -> tuple[str, str, str]:
    """What a row is about, as far as it tells: in words, the indicator's id, the department."""
    id_ = fold_width(_shown(record, ID).replace(",", ""))
    department = _shown(record, DEPARTMENT)
    measure = scope.measures.get(id_)
    if measure is None:
        named = scope.ids_named(_shown(record, NAME))
        return about(_shown(record, NAME)), named[0] if len(named) == 1 else "", department
    return _about_measure(measure, scope, department), id_, department


def _about_measure(measure: Measure, scope: Scope, department: str = "") -> str:
    """The indicator's name, id and department: who reports here, the plan's, who did before."""
    known = (
        department or next(iter(measure.departments), "") or scope.departments.get(measure.id, "")
    )
    return about(measure.name, measure.id, known)


def _is_filled(record: Record, title: str) -> bool:
    content = record.content(title)
    return content is not None and not (isinstance(content, str) and not content.strip())


def _text(record: Record, title: str, longest: int, log: Findings) -> str:
    """The text of a cell; ``""`` where it is unusable, which is noted."""
    try:
        text = text_of(record.content(title))
    except CellError as error:
        log.fault(record.place(title), error)
        return ""
    bad = UNPRINTABLE.search(text)
    if bad:
        log.add(
            record.place(title),
            f"{quoted(text)}に、文書に使えない文字（{printable(bad[0])}）があります。",
            "見えない文字です。その部分を消して、打ち直してください。",
        )
        return ""
    if len(text) > longest:
        log.add(
            record.place(title),
            f"{len(text):,}字あります。この欄は{longest:,}字までです。",
            "要点に絞り、詳しい資料は別に付けてください。",
        )
        return ""
    return text


def _id(record: Record, log: Findings, hint: str) -> str:
    if record.content(ID) is None:
        log.add(record.place(ID), "記号がありません。", hint or "計画の記号を書いてください。")
        return ""
    text = _text(record, ID, _LONGEST_NAME, log)
    return fold_width(text.replace(",", ""))


def _measure(record: Record, scope: Scope, log: Findings, *, is_filled: bool) -> Measure | None:
    """The measure that the row is about; ``None`` where there is none, which is noted."""
    name = _text(record, NAME, 10 * _LONGEST_NAME, log)
    named = scope.ids_named(name)
    hint = f"この指標の記号は{quoted(named[0])}です。" if named else ""
    if not is_filled and record.content(ID) is None:
        return None  # a line between blocks, such as a plan's name
    id_ = _id(record, log, hint)
    if not id_ or (id_ in scope.headings and not is_filled):
        return None
    measure = scope.measures.get(id_)
    if measure is None:
        log.add(
            record.place(ID),
            f"記号が{quoted(id_)}の指標は、計画にありません。",
            hint or scope.suggest(id_, scope.measures),
        )
    elif name and id_ not in named:
        _note_other_name(record, measure, named, log)
    return measure


def _in_force(
    record: Record,
    measure: Measure | None,
    year: FiscalYear | None,
    scope: Scope,
    log: Findings,
    *,
    is_filled: bool,
) -> Measure | None:
    """What the measure was in the row's year; ``None`` where it was not, which is noted.

    An empty row for such a year is passed over: forms are handed out before plans change.
    """
    if measure is None or year is None:
        return measure
    found = scope.history.find(measure.id, year)
    if found is None and is_filled:
        log.add(record.place(ID), *not_in_force(scope.history, measure.id, year))
    return found


def _note_other_name(record: Record, measure: Measure, named: list[str], log: Findings) -> None:
    if named:
        log.add(
            record.place(NAME),
            f"記号は{quoted(measure.id)}なのに、指標の名前は{quoted(named[0])}のものです。",
            "行がずれていないかを確かめ、記号か指標を直してください。",
        )
    else:
        log.warn(
            record.place(NAME),
            f"指標の名前が、計画の{quoted(measure.name)}と違います。",
            "行がずれていないかを確かめてください。",
        )


def _year(record: Record, scope: Scope, log: Findings, *, is_filled: bool) -> FiscalYear | None:
    """The row's year, if it can have been reported; noted where not.

    A row prepared for a later year, still without anything in it, is passed over.
    """
    content = record.content(YEAR)
    if content is None:
        if is_filled:
            log.add(record.place(YEAR), "年度がありません。", _year_example(scope))
        return None
    year = None
    if isinstance(content, Number):
        if content.value == content.value.to_integral_value() and 1000 <= content.value <= 9999:
            year = FiscalYear(int(content.value))
    elif not isinstance(content, CalendarDay):
        text = _text(record, YEAR, _LONGEST_NAME, log)
        try:
            year = parse_fiscal_year(text)
        except ValueError:
            year = None
    if year is None or not is_likely_year(year.year):
        shown = quoted(_shown(record, YEAR).replace(",", ""))
        what = "年度として読めません" if year is None else "年度としてありえません"
        log.add(record.place(YEAR), f"{shown}は{what}。", _year_example(scope))
        return None
    if year > scope.last_year and not is_filled:
        return None
    if not scope.first_year <= year <= scope.last_year:
        log.add(
            record.place(YEAR),
            f"{format_fiscal_year(year)}は、この報告の年度（{format_fiscal_year(scope.first_year)}"
            f"から{format_fiscal_year(scope.last_year)}まで）にありません。",
            "年度を直すか、行を消してください。",
        )
        return None
    return year


def _year_example(scope: Scope) -> str:
    year = scope.last_year
    return f"「{format_fiscal_year(year)}」か「{year.year}」のように書いてください。"


def _shown(record: Record, title: str) -> str:
    """What a cell shows, where it is usable; nothing is noted where not."""
    try:
        return text_of(record.content(title))
    except CellError:
        return ""


def _value(record: Record, measure: Measure, scope: Scope, log: Findings) -> Value | None:
    content = record.content(VALUE)
    if content is None or not _is_filled(record, VALUE):
        return None
    if isinstance(content, str) and not _text(record, VALUE, LONGEST_VALUE, log):
        return None
    try:
        return read_value(content, measure, scope.style)
    except CellError as error:
        log.fault(record.place(VALUE), error)
        return None


def _state(
    record: Record, measure: Measure, value: Value | None, log: Findings
) -> ReportedState | None:
    text = _text(record, STATE, _LONGEST_NAME, log)
    is_state = measure.target.kind is TargetKind.STATE
    choices = "、".join(ReportedState)
    if text and not is_state:
        log.warn(
            record.place(STATE),
            "数で報告する指標なので、進捗状況は使いません。",
            "進捗状況の欄を空にしてください。",
        )
        return None
    if text in list(ReportedState):
        return ReportedState(text)
    if text:
        log.add(
            record.place(STATE),
            f"{quoted(text)}という進捗状況はありません。",
            f"{choices} のどれかを選んでください。",
        )
    elif is_state and value is not None and not value.is_none_yet:
        log.add(
            record.place(STATE),
            "進捗状況がありません。",
            f"{choices} のどれかを選んでください。",
        )
    return None
