"""実績の表: what stands in its rows, and what is typed into them.

Comes in: a report's workbook to be typed into. Goes out: rows to be searched and filtered, and
of those that are shown the fields with what is told of each, the mark to come and its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace

from kpireport.collection import TypedFact, TypedRow, ValueBook
from kpireport.collection.forms import asked_target
from kpireport.document.reviews import actual_text
from kpireport.domain.catalogue import Measure, unit_of
from kpireport.domain.names import in_one_line
from kpireport.domain.numerals import fold_width
from kpireport.domain.places import Place, commented, place_of
from kpireport.domain.reporting import departments_by_measure, unreported
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import Problem, Severity
from kpireport.evaluation import Judgement
from kpireport.evaluation.rows import years_to_judge
from kpireport.quickly import dataclass
from kpireport.sources.actuals_forms import (
    ACTUALS,
    CHOSEN,
    COMMENTS,
    OVERRIDES,
    REASON,
    STATE,
    VALUE,
    InputColumn,
)
from kpireport.status.surveying import judgement_reason
from kpireport.workbench.rolled_marks import look_of, rolled_mark

_IN_GRID = (VALUE, STATE, CHOSEN, REASON)
_LONG = 200  # characters from which on a field has several lines
SHEETS = {"v": ACTUALS.name, "c": COMMENTS, "o": OVERRIDES.name}
"""The sheets by what they are called in fields' names."""
_LETTERS = {sheet: letter for letter, sheet in SHEETS.items()}


@dataclass(frozen=True, slots=True)
class Head:
    """A goal, section or plan above rows; with ``place`` what is commented on.

    ``level`` is its own; empty of numeric targets, which are no place of their own.
    """

    id: str
    title: str
    depth: int
    place: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A measure, or a plan without any.

    Attributes:
        heads: what it stands in, from the goal on.
        measure: what is reported; ``None`` for none.
        name: on one line.
        departments: who reports it, then who else works on it.
        target: of the year, where it has its own, and the last one; with its unit.
        past: what was reported in the years before, earliest first.
        words: what is searched, in one width and case.
    """

    heads: tuple[Head, ...]
    measure: Measure | None = None
    name: str = ""
    departments: tuple[str, ...] = ()
    baseline: str = ""
    target: str = ""
    past: tuple[str, ...] = ()
    words: str = ""

    @property
    def id(self) -> str:
        """The measure's; empty for none."""
        return self.measure.id if self.measure else ""


@dataclass(frozen=True, slots=True)
class Field:
    """A cell that is typed into.

    Attributes:
        column: what it is of.
        name: in the form.
        id: on the page.
        text: what is typed.
        seen: what the workbook says.
        problems: what is told of it.
        choices: among which one is chosen, each with what a form sends for it; empty where
            words are typed.
    """

    column: InputColumn
    name: str
    id: str
    text: str
    seen: str
    problems: tuple[Problem, ...]
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether none of the choices is written."""
        return bool(self.text) and all(self.text != sent for sent, _ in self.choices)

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be written."""
        return any(each.severity is Severity.ERROR for each in self.problems)

    @property
    def is_long(self) -> bool:
        """Whether it has several lines."""
        return self.column.longest > _LONG or "\n" in self.text


@dataclass(frozen=True, slots=True)
class Former:
    """What a field was before it was saved."""

    field: Field
    text: str

    @property
    def words(self) -> str:
        """What became of it: ``実績：73.2％ → 83.2％``."""
        before, now = (in_one_line(each) or "（空）" for each in (self.text, self.field.seen))
        return f"{self.field.column.title}：{before} → {now}"


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the page.

    Attributes:
        row: what it is about.
        fields: what is typed into.
        others: what is told of cells that have no field here.
        mark: the mark to come; empty where there is none.
        kind: how it looks: good, doubt, bad, plain.
        reason: why that mark.
        told: what became of it: that it was saved, or why not.
        is_failed: whether it was not.
        former: what was another before it was saved.
    """

    row: GridRow
    fields: tuple[Field, ...]
    others: tuple[Problem, ...]
    mark: str = ""
    kind: str = "plain"
    reason: str = ""
    told: str = ""
    is_failed: bool = False
    former: tuple[Former, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be written as it is."""
        return any(each.is_wrong for each in self.fields) or any(
            each.severity is Severity.ERROR for each in self.others
        )

    def field(self, title: str) -> Field | None:
        """The field of a column; ``None`` where it has none."""
        return next((each for each in self.fields if each.column.title == title), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; each is empty for all."""

    words: str = ""
    goal: str = ""
    department: str = ""
    is_open: bool = False

    def has(self, row: GridRow, open_: frozenset[str]) -> bool:
        """Whether a row is among it."""
        if self.goal and self.goal != row.heads[0].title:
            return False
        if self.department and self.department not in row.departments:
            return False
        if self.is_open and row.id not in open_:
            return False
        return all(each in row.words for each in folded(self.words).split())


@dataclass(slots=True)
class ValueGrid:
    """All rows of a report's year, in printed order.

    Attributes:
        book: the workbook.
        rows: all of them.
        past: the years before the workbook's, earliest first.
        years: how they are called.
        open: the measures that nobody has reported, or not so that it can be used.
        words: what the plan calls its parts.
    """

    book: ValueBook
    rows: tuple[GridRow, ...] = field(init=False)
    past: tuple[FiscalYear, ...] = field(init=False)
    years: tuple[str, ...] = field(init=False)
    open: frozenset[str] = field(init=False)
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        """Lay the rows out."""
        expected, read = self.book.folder.expected, self.book.report.read
        assert read is not None  # noqa: S101 -- the workbook was read
        actuals, year, plan = self.book.report.actuals, expected.fiscal_year, expected.plan
        self.words = Words.of(plan)
        past = self.past = tuple(years_to_judge(expected.history.decided, year, actuals)[:-1])
        self.years = tuple(format_fiscal_year(each) for each in past)
        missing = unreported(actuals, plan, year).values()
        self.open = frozenset({*read.faulty, *(id_ for ids in missing for id_ in ids)})
        departments = departments_by_measure(plan, actuals)

        def row(measure: Measure, heads: tuple[Head, ...]) -> GridRow:
            name, its = in_one_line(measure.name), departments[measure.id]
            entries = (actuals.find(measure.id, each) for each in past)
            words = (measure.id, name, *its, *(each.title for each in heads))
            unit = unit_of(measure)
            return GridRow(
                heads,
                measure,
                name,
                its,
                in_one_line(measure.baseline.text),
                _target(measure, year, unit),
                tuple(in_one_line(actual_text(each)) if each else "" for each in entries),
                folded(" ".join(words)),
            )

        self.rows = tuple(
            row(measure, heads) if measure else _bare(heads) for measure, heads in self._measures()
        )

    def _measures(self) -> Iterator[tuple[Measure | None, tuple[Head, ...]]]:
        """Yield what is measured with what it stands in; of a plan without indicators that."""
        plan = self.book.folder.expected.plan
        told = frozenset(each.id for each in commented(plan))
        for goal in plan.goals:
            top = place_of(plan.levels, goal)
            first = _head(top, 0, told)
            if goal.numeric_targets:
                title = in_one_line(plan.labels.numeric_targets)
                targets = (first, Head(f"{goal.id}/", title, 1))
                yield from ((each, targets) for each in goal.numeric_targets)
            yield from _below(top, (first,), told)

    @property
    def past_year(self) -> str:
        """What the year is called, where it is one before the report's; empty else."""
        is_earlier = self.book.is_earlier
        return format_fiscal_year(self.book.folder.expected.fiscal_year) if is_earlier else ""

    def known(self, row: GridRow) -> str:
        """What is known of a row's year now, whichever report says it; empty for nothing."""
        year = self.book.folder.expected.fiscal_year
        entry = self.book.report.actuals.find(row.id, year)
        return in_one_line(actual_text(entry)) if entry else ""

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals' titles."""
        return tuple(dict.fromkeys(each.heads[0].title for each in self.rows))

    @property
    def departments(self) -> tuple[str, ...]:
        """Who reports anything."""
        return tuple(dict.fromkeys(each for row in self.rows for each in row.departments))

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the columns that are typed into in the grid, in their order."""
        asked = self.book.form(ACTUALS.name).asked(has_choices=self._has_choices)
        has_states = any(each.measure and each.measure.target.is_state for each in self.rows)
        return tuple(
            each.title
            for each in asked
            if (each.title in _IN_GRID or each.answer) and (has_states or each.title != STATE)
        )

    def heading(self, title: str) -> str:
        """What stands above a column: its title, with its unit if it has one."""
        return in_one_line(self.book.form(ACTUALS.name).input(title).heading)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that something of a measure is typed into."""
        return (ACTUALS.name, *((OVERRIDES.name,) if self.book.has_overrides else ()))

    @property
    def _has_choices(self) -> bool:
        return bool(self.book.folder.expected.marks.choices)

    def find(self, id_: str) -> GridRow | None:
        """Return the row of a measure; ``None`` where the plan has none."""
        return next((each for each in self.rows if each.id == id_ != ""), None)

    def head(self, id_: str) -> Head | None:
        """Return the goal, section or plan of an id; ``None`` where there is none."""
        heads = (each for row in self.rows for each in row.heads)
        return next((each for each in heads if each.id == id_ and each.level), None)

    # --- what is shown -----------------------------------------------------------

    def view(self, row: GridRow, typed: Iterable[TypedRow] = (), *, is_brief: bool) -> RowView:
        """Return a row with its fields, as it is or as it is typed.

        Args:
            row: of a measure.
            typed: what is typed into its rows of the sheets; what is left out is as it is.
            is_brief: whether only those of the grid are asked for.
        """
        by_sheet = {each.sheet: each for each in typed}
        reported = self._read(by_sheet, ACTUALS.name, row.id)
        set_ = None
        if self.book.has_overrides and (not is_brief or OVERRIDES.name in by_sheet):
            set_ = self._read(by_sheet, OVERRIDES.name, row.id)
        rows = [reported] if is_brief or set_ is None else [reported, set_]
        titles = self.titles if is_brief else None
        judged = self._judgement(self.book.judged(reported, set_))
        return _viewed(row, [(each, tuple(self._fields(each, titles))) for each in rows], *judged)

    def comment(self, head: Head, typed: TypedRow | None = None) -> RowView:
        """Return what is said of a plan, with its fields, as it is or as it is typed."""
        read = self.book.read(typed or TypedRow(COMMENTS, head.place, {}))
        return _viewed(GridRow((head,), name=head.title), [(read, tuple(self._fields(read)))])

    def rolled(self, head: Head, typed: TypedRow | None = None) -> RowView | None:
        """Return the mark of a plan or goal, which may be set otherwise, with what sets it.

        Returns:
            It, as it is or as it is typed; ``None`` where it has no computed mark.
        """
        levels = self.book.report.rollup.levels
        rules = next((each for each in levels if each.level == head.level), None)
        if rules is None or not self.book.may_set(head.id):
            return None
        read = self.book.read(typed or TypedRow(OVERRIDES.name, head.id, {}))
        fields = (
            replace(field, choices=tuple((mark.label, mark.label) for mark in rules.marks))
            if field.column.is_of_scheme
            else field
            for field in self._fields(read)
        )
        judged = rolled_mark(self.book.report, head.id, read.fact)
        return _viewed(GridRow((head,), name=head.title), [(read, tuple(fields))], *judged)

    def _read(self, typed: Mapping[str, TypedRow], sheet: str, id_: str) -> TypedFact:
        return self.book.read(typed.get(sheet, TypedRow(sheet, id_, {})))

    def _fields(self, read: TypedFact, titles: Collection[str] | None = None) -> Iterator[Field]:
        sheet, id_ = read.row.sheet, read.row.id
        measure = self._measure(id_) if sheet == ACTUALS.name else None
        for number, column in enumerate(self.book.form(sheet).inputs):
            text = read.text(column.title)
            is_left_out = titles is not None and column.title not in titles
            if is_left_out or not (text or self._is_asked(column, measure)):
                continue
            yield Field(
                column,
                name_in_form(sheet, column.title),
                f"{_LETTERS[sheet]}-{id_}-{number}",
                text,
                read.now.get(column.title, ""),
                read.at(column.title),
                tuple(self._choices(column, text)),
            )

    def _measure(self, id_: str) -> Measure | None:
        expected = self.book.folder.expected
        return expected.history.find(id_, expected.fiscal_year)

    def _is_asked(self, column: InputColumn, measure: Measure | None) -> bool:
        """Whether there is anything to fill in; of what is no measure's always."""
        if measure is None:
            return True
        if column.title == STATE:
            return measure.target.is_state
        return self._has_choices if column.is_of_scheme else column.is_asked_of(measure)

    def _choices(self, column: InputColumn, text: str) -> Iterator[tuple[str, str]]:
        """Yield the choices; the one that is written stays as it is written: ``A``, ``◎``."""
        scheme = self.book.report.scheme
        if not column.is_of_scheme:
            yield from ((each, each) for each in column.choices)
        elif scheme is not None:
            written = scheme.find_mark(text) if text else None
            for mark in scheme.chosen_marks if self._has_choices else scheme.own_marks:
                yield (text if mark == written else mark.label), mark.label

    def _judgement(self, judgement: Judgement | None) -> tuple[str, str, str]:
        scheme = self.book.report.scheme
        if judgement is None or scheme is None or not scheme.has_marks:
            return "", "plain", ""
        label = judgement.mark.label + ("（修正）" if judgement.is_overridden else "")
        style = self.book.report.settings.numerals
        reason = judgement_reason(judgement, style, self.words)
        return label, look_of(judgement.mark), reason


def name_in_form(sheet: str, title: str) -> str:
    """What a column's field is called in forms."""
    return f"{_LETTERS[sheet]}:{title}"


def _target(measure: Measure, year: FiscalYear, unit: str) -> str:
    """The year's own target before the last one, as the sheets have both."""
    return in_one_line(asked_target(measure, year)) + (f"（{unit}）" if unit else "")


def _head(place: Place, depth: int, told: frozenset[str]) -> Head:
    commented_on = place.id if place.id in told else ""
    return Head(place.id, in_one_line(place.head), depth, commented_on, place.level.key)


def _below(
    place: Place, heads: tuple[Head, ...], told: frozenset[str]
) -> Iterator[tuple[Measure | None, tuple[Head, ...]]]:
    for each in place.below:
        own = (*heads, _head(each, len(heads), told))
        if each.below:
            yield from _below(each, own, told)
            continue
        measures = tuple(each.indicators())
        if not measures:
            yield None, own
        yield from ((measure, own) for measure in measures)


def _bare(heads: tuple[Head, ...]) -> GridRow:
    return GridRow(heads, words=folded(" ".join(each.title for each in heads)))


def _viewed(
    row: GridRow,
    rows: Iterable[tuple[TypedFact, tuple[Field, ...]]],
    mark: str = "",
    kind: str = "plain",
    reason: str = "",
) -> RowView:
    fields: list[Field] = []
    others: list[Problem] = []
    for read, its in rows:
        told = {problem for each in its for problem in each.problems}
        fields += its
        others += (each for each in read.problems if each not in told)
    return RowView(row, tuple(fields), tuple(others), mark=mark, kind=kind, reason=reason)


def folded(text: str) -> str:
    """A text as it is searched: in one width, without differences of case."""
    return fold_width(text).casefold()
