"""The rows of a report's sheets: actuals, comments on plans, overrides.

Comes in: the sheets of one workbook or CSV. Goes out: facts, each with the place it
came from; faults in the findings. A fault in one cell hides no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from kpireport.domain.actuals import Actual, Override, PlanComment
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import fold_width
from kpireport.domain.places import all_places
from kpireport.domain.values import Value
from kpireport.domain.years import FiscalYear, format_fiscal_year, parse_year_like
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import about, quoted
from kpireport.quickly import dataclass
from kpireport.sources.actuals_cells import (
    read_answers,
    read_choices,
    read_text,
    read_words,
    refuse_answers,
)
from kpireport.sources.actuals_choices import read_chosen, read_state
from kpireport.sources.actuals_forms import (
    ACTUALS,
    CHOSEN,
    COMMENT,
    DEPARTMENT,
    ID,
    LONGEST_NAME,
    MARK,
    NAME,
    OVERRIDE_REASON,
    OVERRIDES,
    PLAN,
    REASON,
    STATE,
    VALUE,
    YEAR,
    InputColumn,
)
from kpireport.sources.actuals_scope import Scope
from kpireport.sources.actuals_values import no_survey_value, read_value
from kpireport.sources.cells import CalendarDay, Number
from kpireport.sources.fields import is_likely_year
from kpireport.sources.other_years import note_other_years
from kpireport.sources.row_names import note_other_name
from kpireport.sources.titled_tables import Record, Table, note_passed_over
from kpireport.sources.years_in_force import ending_of_plan, not_in_force

_Fact = TypeVar("_Fact")


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


# --- the three sheets ------------------------------------------------------------


def read_actuals(
    table: Table, scope: Scope, log: Findings, faulty: set[str]
) -> list[Found[Actual]]:
    """Read the rows of 実績.

    ``faulty`` is given the measures that somebody meant to report for the reported year, but
    in a row with a fault: those are not unreported.
    """
    note_other_years(table, scope.actuals, scope, log)
    return _found(read_actual(record, scope, log, faulty) for record in table.records())


def read_comments(table: Table, scope: Scope, log: Findings) -> list[Found[PlanComment]]:
    """Read the rows of 計画コメント."""
    note_other_years(table, scope.comments, scope, log)
    return _found(read_comment(record, scope, log) for record in table.records())


def read_overrides(table: Table, scope: Scope, log: Findings) -> list[Found[Override]]:
    """Read the rows of 評価の修正."""
    if any(_is_used(each, scope) for each in table.records()):
        note_other_years(table, OVERRIDES, scope, log)
    return _found(read_override(record, scope, log) for record in table.records())


def _is_used(record: Record, scope: Scope) -> bool:
    """Whether a row may set something: a computed mark of an indicator, or of a plan or goal."""
    return scope.marks.has_overrides or _written_id(record) in scope.places


def _note_unused(record: Record, scope: Scope, log: Findings) -> None:
    """Tell of this year's row of 評価の修正 that nothing computed is there to be set otherwise."""
    instead = f"評価は、シート{quoted(ACTUALS.name)}で選びます。" if scope.marks.choices else ""
    if _written_year(record, scope, log) == scope.last_year and OVERRIDES.is_filled_in(record):
        log.about(*_about_row(record, scope)).warn(
            record.place(MARK),
            "評価を計算しない報告書なので、評価の修正は使いません。",
            f"この行を消してください。{instead}",
        )


def _found(facts: Iterable[Found[_Fact] | None]) -> list[Found[_Fact]]:
    return [fact for fact in facts if fact is not None]


def read_actual(
    record: Record, scope: Scope, log: Findings, faulty: set[str]
) -> Found[Actual] | None:
    """Read one row of 実績; see :func:`read_actuals`."""
    filled = scope.actuals.is_filled_in(record)
    log = log.about(*_about_row(record, scope))
    note_passed_over(record, log)
    measure = _measure(record, scope, log, is_filled=filled)
    year = _year(record, scope, log, is_filled=filled)
    form = _in_force(record, measure, year, scope, log, is_filled=filled)
    actual = _actual(record, form, year, scope, log) if form or measure is None else None
    is_lost = log.has_errors or (filled and year is None)
    if is_lost and year in (None, scope.last_year):
        meant = scope.ids_named(record.shown(NAME)) if measure is None else [measure.id]
        faulty.update(meant)
    return actual


def _actual(
    record: Record,
    measure: Measure | None,
    year: FiscalYear | None,
    scope: Scope,
    log: Findings,
) -> Found[Actual] | None:
    form = scope.actuals
    words: dict[str, Any] = {**read_words(record, form, log)}
    department = scope.department(read_text(record, DEPARTMENT, LONGEST_NAME, log))
    is_settled = year not in (None, scope.last_year)
    answers = read_answers(record, form, measure, log, is_settled=is_settled)
    if measure is None or year is None:
        return None
    refuse_answers(record, form, measure, log)
    if department:
        scope.departments.setdefault(measure.id, department)
    value = no_survey_value(record.shown(VALUE), record.shown(STATE), measure, year) or _value(
        record, measure, scope, log
    )
    written = {title: read_text(record, title, LONGEST_NAME, log) for title in (STATE, CHOSEN)}
    is_no_survey = value is not None and value.is_no_survey
    state = None if is_no_survey else read_state(record, written[STATE], measure, value, log)
    mark = read_chosen(record, written[CHOSEN], scope.marks, log, is_settled=is_settled)
    actual = Actual(measure.id, year, value, state, department=department, mark=mark, **words)
    actual = actual.answering(answers)
    if actual.reason and actual.is_reported:
        log.add(
            record.place(REASON),
            "実績があるのに、報告できない理由があります。",
            f"どちらかを消してください。実績の説明は{quoted(COMMENT)}に書きます。",
        )
    told = _about_measure(measure, scope, department)
    return Found(actual, log.file, record.place(VALUE), told, record)


def read_comment(record: Record, scope: Scope, log: Findings) -> Found[PlanComment] | None:
    """Read one row of 計画コメント; ``None`` where it says nothing."""
    note_passed_over(record, _about_plan(record, scope, log))
    if not scope.comments.is_filled_in(record):
        return None
    id_ = _id(record, log, "")
    if id_ and id_ not in scope.plans:
        log.add(
            record.place(ID),
            f"記号が{quoted(id_)}の{scope.commented}は、計画にありません。",
            scope.suggest(id_, scope.plans),
        )
        id_ = ""
    log = log.about(about(scope.plans[id_], id_) if id_ else "")
    year = _year(record, scope, log, is_filled=True)
    if id_ and year and (ending := ending_of_plan(scope.history, id_, year)):
        log.add(record.place(ID), *ending)
    words = read_words(record, scope.comments, log) | read_choices(
        record,
        scope.comments.inputs,
        log,
        _find_given(scope),
        is_settled=year not in (None, scope.last_year),
    )
    if not id_ or year is None:
        return None
    comment = PlanComment.of(id_, year, words)
    return Found(comment, log.file, record.place(ID), about(scope.plans[id_], id_), record)


def _find_given(scope: Scope) -> Callable[[InputColumn, str], str]:
    """Return what finds the mark that people gave a plan, in whatever way they wrote it."""
    rolled = scope.marks.rolled
    return lambda column, text: rolled.find(text) if column.field == rolled.given else ""


def read_override(record: Record, scope: Scope, log: Findings) -> Found[Override] | None:
    """Read one row of 評価の修正; ``None`` where it says nothing, or nothing that is used."""
    if not _is_used(record, scope):
        _note_unused(record, scope, log)
        return None
    log = log.about(*_about_row(record, scope))
    note_passed_over(record, log)
    if not OVERRIDES.is_filled_in(record):
        return None
    if (id_ := _written_id(record)) in scope.places:
        return _read_place_override(record, id_, scope, log)
    if _is_of_earlier_rollup(record, id_, scope):
        return None
    measure = _measure(record, scope, log, is_filled=True)
    year = _year(record, scope, log, is_filled=True)
    measure = _in_force(record, measure, year, scope, log, is_filled=True)
    mark, words = _set_mark(record, scope.knows_mark, log)
    if measure is None or year is None or not mark or not all(words.values()):
        return None
    override = Override(measure.id, year, mark, **words)
    told = _about_measure(measure, scope)
    return Found(override, log.file, record.place(MARK), told, record)


def _is_of_earlier_rollup(record: Record, id_: str, scope: Scope) -> bool:
    """Whether a row set a mark of a plan or goal in a year whose report had any; ours has none."""
    year = _written_year(record, scope, Findings(""))
    return (
        year is not None
        and year < scope.last_year
        and any(each.id == id_ for each in all_places(scope.history.in_force(year)))
    )


def _read_place_override(
    record: Record, id_: str, scope: Scope, log: Findings
) -> Found[Override] | None:
    """Read what a person set for a plan, or for what plans stand in."""
    told = about(scope.places[id_], id_)
    log = log.about(told)
    year = _year(record, scope, log, is_filled=True)
    if year and all(each.id != id_ for each in all_places(scope.history.in_force(year))):
        log.add(
            record.place(ID),
            f"{quoted(id_)}は、{format_fiscal_year(year)}の計画にありません。",
            "記号か年度を直すか、行を消してください。",
        )
        return None
    mark, words = _set_mark(record, lambda written: bool(scope.marks.rolled.find(written)), log)
    if year is None or not mark or not all(words.values()):
        return None
    override = Override(id_, year, mark, **words)
    return Found(override, log.file, record.place(MARK), told, record)


def _set_mark(
    record: Record, knows: Callable[[str], bool], log: Findings
) -> tuple[str, dict[str, str]]:
    """Return the mark that a person set, empty where there is none, and the words beside it."""
    mark = read_text(record, MARK, OVERRIDES.input(MARK).longest, log)
    words = read_words(record, OVERRIDES, log)
    if not record.is_filled(MARK):
        log.add(record.place(MARK), "評価がありません。", "修正後の評価を書いてください。")
    elif mark and not knows(mark):
        log.add(
            record.place(MARK),
            f"{quoted(mark)}という評価は、この報告の評価の基準にありません。",
            "基準にある記号（◎など）か言葉（達成など）を書いてください。",
        )
        mark = ""
    if not record.is_filled(OVERRIDE_REASON):
        log.add(
            record.place(OVERRIDE_REASON),
            "評価を修正する理由がありません。",
            "資料編に載せる理由を書いてください。",
        )
    return mark, words


# --- cells -----------------------------------------------------------------------


def _written_id(record: Record) -> str:
    return fold_width(record.written(ID).replace(",", ""))


def _about_row(record: Record, scope: Scope) -> tuple[str, str, str]:
    """What a row is about, as far as it tells: in words, the indicator's id, the department."""
    id_ = _written_id(record)
    department = record.written(DEPARTMENT)
    measure = scope.measures.get(id_)
    if measure is None:
        named = scope.ids_named(record.written(NAME))
        return about(record.written(NAME)), named[0] if len(named) == 1 else "", department
    return _about_measure(measure, scope, department), id_, department


def _about_plan(record: Record, scope: Scope, log: Findings) -> Findings:
    """Where to note what is odd about a row of 計画コメント: the settings accept its plan."""
    id_ = _written_id(record)
    if id_ not in scope.plans:
        return log.about(about(record.written(PLAN)))
    return log.about(about(scope.plans[id_], id_), accepts=id_)


def _about_measure(measure: Measure, scope: Scope, department: str = "") -> str:
    """The indicator's name, id and department: who reports here, the plan's, who did before."""
    known = (
        department or next(iter(measure.departments), "") or scope.departments.get(measure.id, "")
    )
    return about(measure.name, measure.id, known)


def _id(record: Record, log: Findings, hint: str) -> str:
    if record.content(ID) is None:
        log.add(record.place(ID), "記号がありません。", hint or "計画の記号を書いてください。")
        return ""
    text = read_text(record, ID, LONGEST_NAME, log)
    return fold_width(text.replace(",", ""))


def _measure(record: Record, scope: Scope, log: Findings, *, is_filled: bool) -> Measure | None:
    """The measure that the row is about; ``None`` where there is none, which is noted."""
    name = read_text(record, NAME, 10 * LONGEST_NAME, log)
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
        note_other_name(record, measure, named, log)
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


def _year(record: Record, scope: Scope, log: Findings, *, is_filled: bool) -> FiscalYear | None:
    """The row's year, if it can have been reported; noted where not.

    A row prepared for a later year, still without anything in it, is passed over.
    """
    content = record.content(YEAR)
    if content is None:
        if is_filled:
            log.add(record.place(YEAR), "年度がありません。", _year_example(scope))
        return None
    year = _written_year(record, scope, log)
    if year is None or not is_likely_year(year.year):
        shown = quoted(record.shown(YEAR).replace(",", ""))
        what = "年度として読めません" if year is None else "年度としてありえません"
        log.add(record.place(YEAR), f"{shown}は{what}。", _year_example(scope))
        return None
    if year > scope.last_year and not is_filled:
        return None
    if (log.file, record.sheet.name, year) in scope.told_years:
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


def _written_year(record: Record, scope: Scope, log: Findings) -> FiscalYear | None:
    content = record.content(YEAR)
    if isinstance(content, Number):
        is_year = content.value == content.value.to_integral_value()
        if not is_year or not 1000 <= content.value <= 9999:
            return None
        return FiscalYear(int(content.value)).of_kind(scope.last_year)
    if isinstance(content, CalendarDay):
        return None
    try:
        return parse_year_like(read_text(record, YEAR, LONGEST_NAME, log), scope.last_year)
    except ValueError:
        return None


def _year_example(scope: Scope) -> str:
    year = scope.last_year
    return f"「{format_fiscal_year(year)}」か「{year.year}」のように書いてください。"


def _value(record: Record, measure: Measure, scope: Scope, log: Findings) -> Value | None:
    content = record.content(VALUE)
    if content is None or not record.is_filled(VALUE):
        return None
    if isinstance(content, str) and not read_text(record, VALUE, ACTUALS.input(VALUE).longest, log):
        return None
    try:
        return read_value(content, measure, scope.style)
    except CellError as error:
        log.fault(record.place(VALUE), error)
        return None
