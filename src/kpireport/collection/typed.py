"""What a person types into the report's workbook, row by row, without opening it in Excel.

Comes in: a report, and the texts of a row's cells by their columns' titles. Goes out: what
they are read as, what is wrong with them at which cells, the mark to come; the workbook with
them. The row is read by the reader of the workbook, in the place where it stands there: what
is refused here would be refused there, in the same words.

Whoever types has seen what the cells said. Where they say something else by now, somebody has
written there meanwhile: both texts are told, and nothing is overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from kpireport.collection.expected import ReportFolder, folder_of, of_earlier_year
from kpireport.collection.forms import VALUES, WORDS
from kpireport.collection.matters import Texts
from kpireport.collection.own_book import check_own_book
from kpireport.collection.undrawable import refuse_undrawable
from kpireport.collection.writing import first_free_row, form_of_sheet, new_row, rewritten
from kpireport.domain.actuals import Actual, Actuals, Override
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.numerals import fold_width
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError, OutputError, Problem, Severity
from kpireport.evaluation import Judgement, judge_measure
from kpireport.files import NewFile, check_closed, write_files
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.actuals import FoundFact
from kpireport.sources.actuals_doubts import note_doubts
from kpireport.sources.actuals_forms import OVERRIDES, VALUE, Fact, InputForm
from kpireport.sources.actuals_rows import Found, read_actual, read_comment, read_override
from kpireport.sources.actuals_scope import scope_of
from kpireport.sources.cells import Content, Number
from kpireport.sources.titled_tables import Record
from kpireport.writers.fonts import missing_in

_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]{1,15}(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What is typed into a row of one thing: that of the year of its :class:`ValueBook`.

    Attributes:
        sheet: the workbook's sheet: 実績, 計画コメント or 評価の修正.
        id: the measure's; of a comment the plan's.
        texts: what its cells are to say, by their columns' titles; others stay.
        seen: what the cells said when typing began, as far as anybody knows.
    """

    sheet: str
    id: str
    texts: Texts
    seen: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypedEdit:
    """What a row is to say, for the workbook; ``fact`` is ``None`` for nothing."""

    sheet: str
    id: str
    texts: Texts
    record: Record
    department: str
    fact: Fact | None

    def edited(self, fact: Fact, plan: Catalogue) -> Fact | None:  # noqa: ARG002 -- all is typed
        """Return what the row is to say."""
        return self.fact


@dataclass(frozen=True, slots=True)
class TypedFact:
    """What a typed row was read as.

    Attributes:
        row: what was typed.
        record: the row with it.
        now: what the workbook's cells say, by their columns' titles.
        changed: what is typed into the cells that say something else.
        fact: what it says; ``None`` where that is nothing, or cannot be told.
        problems: what is wrong, and what deserves a second look, each at its cell.
    """

    row: TypedRow
    record: Record
    now: Texts
    changed: Texts
    fact: Fact | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being written."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)

    def at(self, title: str) -> tuple[Problem, ...]:
        """What is told of one cell."""
        place = self.record.place(title)
        return tuple(each for each in self.problems if each.place == place)

    def text(self, title: str) -> str:
        """What the cell is to say."""
        return self.row.texts.get(title, self.now.get(title, ""))


class ValueBook:
    """The workbook of a report, to be typed into; of the files as they were read.

    Attributes:
        report: what it is of, read.
        folder: the same, with the places of its rows.
    """

    def __init__(self, report: Report, year: FiscalYear | None = None) -> None:
        """Open it.

        Args:
            report: the report.
            year: whose rows are typed into, where that is one before the report's: what came
                late, and corrections, stand in the report's own workbook.

        Raises:
            InputError: the report has no workbook of its own, or one whose sheets cannot be
                read; what is wrong in rows is no hindrance.
        """
        check_own_book(report)
        read = report.read
        if read is None or read.values is None or read.comments is None or not read.has_year:
            report.findings.settle()
            what, remedy = "実績版ではありません。", "年度の画面を開いてください。"
            report.findings.fail("edition", what, remedy)
        self.report = report
        self.folder: ReportFolder = folder_of(report)
        if year is not None and year != self.folder.expected.fiscal_year:
            self.folder = of_earlier_year(self.folder, year)
        expected, criteria = self.folder.expected, report.criteria
        self._scope = scope_of(
            expected.history,
            expected.fiscal_year,
            (lambda mark: criteria.find_mark(mark) is not None) if criteria else bool,
            expected.numerals,
            marks=expected.marks,
        )
        self._wording = Words.of(expected.plan).put_into
        missing_in("".join(report.plan.title))  # reads the fonts now, not while somebody types

    @property
    def path(self) -> Path:
        """The workbook's file."""
        return self.folder.own.path

    def form(self, sheet: str) -> InputForm:
        """Return a sheet's columns."""
        return form_of_sheet(self.folder, sheet)

    @property
    def is_earlier(self) -> bool:
        """Whether its rows are of a year before the report's."""
        return self.folder.expected.fiscal_year != self.report.review_settings.fiscal_year

    @property
    def has_overrides(self) -> bool:
        """Whether a person may set another mark than the computed one: of the report's year."""
        if self.is_earlier:
            return False
        return self.folder.expected.marks.has_overrides and OVERRIDES.name in self.folder.own.tables

    def may_set(self, id_: str) -> bool:
        """Whether a person may set another mark of something than the computed one.

        Args:
            id_: a measure's, or that of a plan or of what plans stand in.
        """
        is_rolled = id_ in self._scope.places and OVERRIDES.name in self.folder.own.tables
        return is_rolled or (id_ in self._scope.measures and self.has_overrides)

    # --- reading -----------------------------------------------------------------

    def read(self, row: TypedRow) -> TypedFact:
        """Read a row as the workbook's reader would, if it said what is typed."""
        record, form = self._record(row.sheet, row.id), self.form(row.sheet)
        now = {title: record.shown(title) for title in form.input_titles}
        typed = {title: plain(text) for title, text in row.texts.items() if title in now}
        changed = {title: text for title, text in typed.items() if not is_same(text, now[title])}
        record = self._with(record, changed)
        log = Findings(self.path, accepted=self.folder.expected.accepted)
        log.wording = self._wording
        self._note_obstacles(record, changed, log)
        self._note_conflicts(record, row, now, changed, log)
        is_there = changed or self.folder.own.row(row.sheet, row.id)
        # a row that is there without anything in it says another thing than none
        found = self._found(row.sheet, record, log) if is_there else None
        if found is not None:
            refuse_undrawable(found, changed, log)
            self._note_doubts(found, log)
        fact = found.fact if found else None
        return TypedFact(row, record, now, changed, fact, log.problems)

    def _record(self, sheet: str, id_: str) -> Record:
        """The row as it is; one that is not there yet has what a new one begins with."""
        own = self.folder.own
        record = own.row(sheet, id_)
        if record is not None:
            return record
        table = own.tables[sheet]
        number = first_free_row(self.folder, sheet)
        nothing = TypedEdit(sheet, id_, {}, Record(table.sheet, number, {}), "", None)
        begun = new_row(self.folder, nothing)
        cells = {
            table.columns[title]: _content(value)
            for title, value in begun.items()
            if value and title in table.columns
        }
        return Record(replace(table.sheet, rows={number: cells}), number, table.columns)

    def _with(self, record: Record, texts: Texts) -> Record:
        """The row alone, with texts in its cells as a person types them."""
        cells = dict(record.sheet.rows.get(record.row, {}))
        passed = {
            place: each
            for place, each in record.sheet.passed_over.items()
            if place[0] == record.row
        }
        for title, text in texts.items():
            column = record.columns.get(title, 0)
            cells.pop(column, None)
            passed.pop((record.row, column), None)
            if text:
                cells[column] = text
        sheet = replace(record.sheet, rows={record.row: cells}, passed_over=passed)
        return Record(sheet, record.row, record.columns)

    def _found(self, sheet: str, record: Record, log: Findings) -> FoundFact | None:
        if sheet == VALUES:
            return read_actual(record, self._scope, log, set())
        if sheet == WORDS:
            return read_comment(record, self._scope, log)
        return read_override(record, self._scope, log)

    def _note_obstacles(self, record: Record, changed: Texts, log: Findings) -> None:
        for title in changed:
            if title not in record.columns:
                log.add(
                    record.place(title),
                    f"シート{quoted(record.sheet.name)}に、見出し{quoted(title)}の列がありません。",
                    f"{self.path.name} にその見出しの列を加えてから、もう一度保存してください。",
                )
            elif (record.row, record.columns[title]) in record.sheet.formulas:
                log.add(
                    record.place(title),
                    "数式のセルなので、書き換えません。",
                    "Excelで数式を消してから、もう一度保存してください。",
                )

    def _note_conflicts(
        self, record: Record, row: TypedRow, now: Texts, changed: Texts, log: Findings
    ) -> None:
        for title, text in changed.items():
            seen = plain(row.seen.get(title, now[title]))
            if not is_same(seen, now[title]):
                log.add(
                    record.place(title),
                    f"この欄は、画面を開いた後に{_said(now[title])}に書き換えられています"
                    f"（入力したのは{_said(text)}）。書き込んでいません。",
                    "どちらが正しいかを確かめ、入力したほうでよければ、もう一度保存してください。",
                )

    def _note_doubts(self, found: FoundFact, log: Findings) -> None:
        """Note what is odd about the row, held against the years before and the row above."""
        doubts = Findings(self.path, accepted=self.folder.expected.accepted)
        doubts.wording = log.wording
        if isinstance(found.fact, Actual):
            id_ = found.fact.measure_id
            above = [self._above[id_]] if id_ in self._above else []
            known = [*self._past(id_), *above, _as_actual(found)]
            note_doubts(known, (), self._scope, doubts)
        else:
            note_doubts([], [found], self._scope, doubts)
        places = {found.record.place(title) for title in found.record.columns}
        log.take(each for each in doubts.problems if each.place in places)

    @cached_property
    def _by_measure(self) -> Mapping[str, list[Found[Actual]]]:
        """What was reported up to now, by measure's id."""
        found: dict[str, list[Found[Actual]]] = {}
        for each in self.report.found:
            if isinstance(each.fact, Actual):
                found.setdefault(each.fact.measure_id, []).append(_as_actual(each))
        return found

    @cached_property
    def _above(self) -> Mapping[str, Found[Actual]]:
        """What stands in the row above that of a measure, by its id."""
        rows = sorted(self.folder.own.actuals.items(), key=lambda item: item[1].record.row)
        return {id_: rows[number][1] for number, (id_, _) in enumerate(rows[1:])}

    def _past(self, id_: str) -> list[Found[Actual]]:
        year = self.folder.expected.fiscal_year
        return [
            each
            for one in self._line(id_)
            for each in self._by_measure.get(one, ())
            if each.fact.fiscal_year < year
        ]

    def _line(self, id_: str) -> Iterator[str]:
        """A measure, and what it was split from and goes on with."""
        at: str | None = id_
        while at is not None:
            yield at
            at = self.folder.expected.history.continued.get(at)

    # --- judging -----------------------------------------------------------------

    def judged(self, actual: TypedFact, override: TypedFact | None = None) -> Judgement | None:
        """Judge what is typed for a measure.

        Args:
            actual: its row of 実績.
            override: its row of 評価の修正, if that is typed too; else as it is.

        Returns:
            The judgement to come; ``None`` where there is an error, or nothing to judge by.
        """
        criteria, expected = self.report.criteria, self.folder.expected
        id_, year = actual.row.id, expected.fiscal_year
        if criteria is None or actual.errors or (override and override.errors):
            return None
        entries = [each.fact for each in self._past(id_)]
        if isinstance(actual.fact, Actual):
            entries.append(actual.fact)
        set_ = override.fact if override else self._overrides.get(id_)
        overrides = (set_,) if isinstance(set_, Override) else ()
        known = Actuals(tuple(entries), overrides=overrides)
        return judge_measure(expected.history, known, year, id_, criteria)

    @cached_property
    def _overrides(self) -> Mapping[str, Override]:
        year = self.folder.expected.fiscal_year
        facts = (each.fact for each in self.report.found)
        return {
            each.measure_id: each
            for each in facts
            if isinstance(each, Override) and each.fiscal_year == year
        }

    # --- writing -----------------------------------------------------------------

    def write(self, rows: Sequence[TypedRow]) -> ValueBook:
        """Write rows into the workbook, cell by cell.

        Returns:
            The workbook as it is then; itself where nothing was to be written.

        Raises:
            InputError: with all that is wrong with them, or was written there meanwhile; of
                the others nothing is written either.
            OutputError: the workbook is open in Excel, was changed since it was read, or
                cannot take them; it is as it was.
        """
        read = [self.read(each) for each in rows]
        problems = [problem for each in read for problem in each.problems]
        errors = tuple(each for each in problems if each.severity is Severity.ERROR)
        if errors:
            warnings = (each for each in problems if each.severity is not Severity.ERROR)
            raise InputError(errors, tuple(warnings))
        edits = [self._edit(each) for each in read if each.changed]
        if not edits:
            return self
        check_closed(self.path)
        written = rewritten(self.folder, edits)
        if written.refused:
            if self.is_earlier:
                raise OutputError(
                    "前の年度の報告書の値と同じか、そのとおりに読めません。書き込んでいません。"
                    "前の値のままでよければ、欄を空けて保存してください。"
                )
            raise OutputError(
                f"{self.path} のセルの書式では、入力したとおりに読めません。"
                "書き込んでいません。Excelで開いて、書式を「標準」にしてから、もう一度保存してください。"
            )
        write_files([NewFile(self.path, written.data, before=self.folder.own.data)])
        report = self.report.reading(written.books, written.read)
        return ValueBook(report, self.folder.expected.fiscal_year)

    def _edit(self, typed: TypedFact) -> TypedEdit:
        row, record, fact = typed.row, typed.record, typed.fact
        if row.sheet == VALUES and (text := typed.changed.get(VALUE)):
            record = self._with_number(record, text, row.id)
        if isinstance(fact, Actual):
            fact = replace(fact, department="")
        lead = self.folder.expected.lead(row.id) if row.sheet == VALUES else ""
        return TypedEdit(row.sheet, row.id, typed.changed, record, lead, fact)

    def _with_number(self, record: Record, text: str, id_: str) -> Record:
        """The row with a number of Excel's own where one was typed, as Excel would take it."""
        measure = self.folder.expected.history.find(id_, self.folder.expected.fiscal_year)
        written = fold_width(text).replace("−", "-")
        own = self.folder.own.row(VALUES, id_)
        before = own.content(VALUE) if own else None
        is_percentage = isinstance(before, Number) and before.is_percentage
        if is_percentage:
            written = written.removesuffix("%")
        if measure is None or measure.target.is_state or not _NUMBER.fullmatch(written):
            return record
        number = Number(Decimal(written.replace(",", "")), is_percentage=is_percentage)
        cells = {**record.sheet.rows[record.row], record.columns[VALUE]: number}
        return replace(record, sheet=replace(record.sheet, rows={record.row: cells}))


def write_values(report_dir: Path | str, rows: Sequence[TypedRow]) -> bool:
    """Write what a person typed into a report's workbook, cell by cell, or nothing of it.

    Args:
        report_dir: the folder of ``report.toml``.
        rows: what is typed.

    Returns:
        Whether anything was to be written.

    Raises:
        InputError: as of :meth:`ValueBook.write`, or the report's inputs cannot be used.
        OutputError: likewise.
    """
    book = ValueBook(Report.open(report_dir))
    return book.write(rows) is not book


def plain(text: str) -> str:
    """A text as a cell keeps it: lines end as in Excel, no white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_same(one: str, other: str) -> bool:
    """Whether two texts are the same for whoever types them: a field of one line has no breaks."""
    return plain(one) == plain(other) or plain(one) == plain(other).replace("\n", "")


def _said(text: str) -> str:
    return quoted(text) if text else "空欄"


def _content(value: str | Decimal) -> Content:
    return Number(value) if isinstance(value, Decimal) else value


def _as_actual(found: FoundFact) -> Found[Actual]:
    assert isinstance(found.fact, Actual)  # noqa: S101 -- whoever calls has looked
    return Found(found.fact, found.file, found.place, found.about, found.record)
