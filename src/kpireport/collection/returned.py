"""One workbook that came back: whose it is, what it answers, and what is wrong with it.

Comes in: a file of the inbox and what was expected. Goes out: its good rows, each with its
cell, and a problem for every other one. A file that was not handed out for this year and
this plan is refused as a whole; a fault in one row hides no other.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from kpireport.collection.expected import Expected
from kpireport.collection.forms import (
    COVER,
    DEPARTMENT_PROPERTY,
    FORM_PROPERTY,
    FORM_VERSION,
    VALUES,
    WORDS,
    YEAR_PROPERTY,
)
from kpireport.collection.locked import is_ours, note_differences, titles_of
from kpireport.collection.register import moment_text
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import Problem, Severity
from kpireport.sources.actuals_forms import (
    ACTUALS,
    COMMENT,
    COMMENTS,
    DEPARTMENT,
    ID,
    NAME,
    REASON,
    STATE,
    VALUE,
    YEAR,
)
from kpireport.sources.actuals_rows import Found, Scope, plain_name, read_actual, read_comment
from kpireport.sources.cells import Area, column_letters, text_of
from kpireport.sources.findings import CellError, FileFindings, Findings
from kpireport.sources.package import read_package
from kpireport.sources.problems import did_you_mean, printable, quoted, shortened
from kpireport.sources.tables import Form, Record, Table, find_table
from kpireport.sources.workbook import Workbook, read_workbook

_Fact = TypeVar("_Fact", Actual, PlanComment)

MOST_PROBLEMS = 30  # of one file; who damages more than that has to fill it in afresh
INPUTS = (VALUE, STATE, REASON, COMMENT)

_FILL_IN_AGAIN = "今年度に配ったブックに記入して、送り直してもらってください。"


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came: ``data`` is empty where it was too large or could not be read."""

    path: Path
    name: str
    size: int
    sha256: str
    modified: str
    data: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Returned:
    """What a file has.

    Attributes:
        original: the file.
        department: who answers in it, empty where that is not known.
        is_form: it is this year's form of this plan.
        actuals: good rows that the department answers for, by subject's id.
        comments: good rows of comments on plans, by plan's id.
        others: rows that another department has to answer for, by subject's id.
        blank: ids of the department's own rows without an answer.
        problems: what is wrong, and what deserves a second look.
    """

    original: Original
    department: str = ""
    is_form: bool = False
    actuals: dict[str, Found[Actual]] = field(default_factory=dict)
    comments: dict[str, Found[PlanComment]] = field(default_factory=dict)
    others: dict[str, Found[Actual]] = field(default_factory=dict)
    blank: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether something in it could not be taken."""
        return any(each.severity is Severity.ERROR for each in self.problems)

    @property
    def has_answers(self) -> bool:
        """Whether anybody wrote anything into it that can be read."""
        return bool(self.actuals or self.comments or self.others)

    @property
    def answers(self) -> object:
        """What it says, by which two versions of one sheet are told apart."""
        actuals = {
            id_: replace(found.fact, department="")
            for id_, found in (*self.actuals.items(), *self.others.items())
        }
        return (actuals, {id_: found.fact for id_, found in self.comments.items()})

    def told_answers(self) -> dict[str, str]:
        """What it says of each indicator and plan, in words, by id."""
        told = {
            id_: f"{found.about.partition('、')[0]}：{told_answer(found.fact)}"
            for id_, found in self.actuals.items()
        }
        for id_, comment in self.comments.items():
            words = (comment.fact.initiatives, comment.fact.issues, comment.fact.outlook)
            said = shortened("／".join(filter(None, words)))
            told[id_] = f"{comment.about.partition('、')[0]}のコメント：{said}"
        return told


def open_original(path: Path, inbox: Path) -> tuple[Original, CellError | None]:
    """Read a file of the inbox; with the reason where it cannot be read."""
    name = printable(path.relative_to(inbox).as_posix())
    try:
        status = path.stat()
        size, modified = status.st_size, moment_text(status.st_mtime)
        data = read_package(path)
    except CellError as error:
        return Original(path, name, size, "", modified), error
    except OSError:
        return Original(path, name, 0, "", ""), CellError(
            "ファイルを読めません。", "もう一度実行してください。"
        )
    sum_ = hashlib.sha256(data).hexdigest()
    return Original(path, name, len(data), sum_, modified, data), None


def read_returned(original: Original, fault: CellError | None, expected: Expected) -> Returned:
    """Read one file; everything wrong is in its problems, nothing is raised."""
    returned = Returned(original)
    findings = Findings(expected.accepted)
    log = findings.of(original.path)
    try:
        if fault:
            raise fault  # noqa: TRY301 - as if reading had come to it here
        book = read_workbook(original.data, [VALUES, WORDS])
        _Reader(returned, expected, book, findings, log).read()
    except CellError as error:
        log.fault("", error)
    returned.problems[:0] = [*findings.errors, *findings.warnings]
    _cut(returned.problems, log.file)
    if not returned.is_form:
        returned.actuals, returned.comments, returned.others = {}, {}, {}
    return returned


def _cut(problems: list[Problem], file: str) -> None:
    """Leave as many problems as somebody reads; the first are the most telling."""
    further = len(problems) - MOST_PROBLEMS
    if further > 0:
        del problems[MOST_PROBLEMS:]
        what = f"このファイルには、ほかにも{further}件あります。"
        problems.append(Problem(file, "", what, _FILL_IN_AGAIN))


def told_answer(actual: Actual) -> str:
    """What is reported, in words: ``８か所``, ``達成：全校に配備``, ``（報告なし：集計中）``."""
    value = actual.value.text if actual.value else ""
    said = "：".join(part for part in (str(actual.state or ""), value) if part)
    if actual.reason:
        said += f"（報告なし：{actual.reason}）"
    return said or "（空）"


class _RefusedError(Exception):
    """The file as a whole is not used; what is wrong has been noted."""


class _Reader:
    """Reads the rows of one file."""

    def __init__(
        self,
        returned: Returned,
        expected: Expected,
        book: Workbook,
        findings: Findings,
        log: FileFindings,
    ) -> None:
        self._returned = returned
        self._expected = expected
        self._book = book
        self._findings = findings
        self._log = log
        self._scope = expected.scope()
        self._rows: list[Problem] = []

    def read(self) -> None:
        """Read everything, or note why the file is refused."""
        try:
            table = self._form(ACTUALS)
            self._check_year(table)
            self._check_plan(table)
            self._returned.department = self._find_department(table)
        except _RefusedError:
            return
        self._returned.is_form = True
        self._note_extras()
        _note_added_columns(table, self._log)
        self._take_actuals(table)
        if WORDS in self._book.names:
            self._take_comments(self._form_or_none(COMMENTS))
        else:
            self._log.warn(
                "",
                f"シート{quoted(WORDS)}がありません。コメントは、ないものとします。",
                "シートが消されたか、名前が変わっていないかを確かめてください。",
            )
        self._returned.problems += self._rows

    # --- what the file is --------------------------------------------------------

    def _refuse(self, what: str, remedy: str, place: str = "") -> _RefusedError:
        self._log.add(place, what, remedy)
        return _RefusedError()

    def _form(self, form: Form) -> Table:
        if FORM_PROPERTY in self._book.properties:
            version = self._book.properties[FORM_PROPERTY]
            if version != FORM_VERSION:
                raise self._refuse(
                    f"この版の kpireport では読めない様式（{shortened(version)}）です。",
                    "kpireport を新しくするか、今の版で配り直してください。",
                )
        elif form.name not in self._book.names:
            raise self._refuse(
                f"配ったブックではありません（シート{quoted(form.name)}がありません）。",
                f"{_FILL_IN_AGAIN}回答でなければ、受付のフォルダーから別の場所に移してください。",
            )
        table = self._form_or_none(form)
        if table is None:
            raise _RefusedError
        return table

    def _form_or_none(self, form: Form) -> Table | None:
        sheets = [sheet for sheet in self._book.sheets if sheet.name == form.name]
        if len(sheets) != 1:
            others = "、".join(quoted(name) for name in self._book.names[:5])
            what = "ありません" if not sheets else "2つ以上あります"
            self._log.add(
                "",
                f"シート{quoted(form.name)}が{what}（あるのは{others}）。",
                f"回答のシートの名前を{quoted(form.name)}に直して、1つだけにしてください。",
            )
            return None
        # the form's own columns for the program are hidden
        return find_table(form, replace(sheets[0], hidden_columns=frozenset()), self._log)

    def _check_year(self, table: Table) -> None:
        written = self._book.properties.get(YEAR_PROPERTY, "")
        if written.isascii() and written.isdigit() and len(written) == len("2021"):
            years = {FiscalYear(int(written))}
        else:
            scratch = Findings().of("")
            facts = (read_actual(each, self._scope, scratch, set()) for each in table.records())
            years = {found.fact.fiscal_year for found in facts if found}
        year = self._expected.fiscal_year
        if years and year not in years:
            others = "、".join(format_fiscal_year(each) for each in sorted(years)[-3:])
            raise self._refuse(
                f"{others}の様式です。この報告書は{format_fiscal_year(year)}のものです。",
                _FILL_IN_AGAIN,
            )

    def _check_plan(self, table: Table) -> None:
        ids = [(_text(each, ID), _text(each, NAME)) for each in table.records()]
        named = [(id_, name) for id_, name in ids if id_ and name]
        if not any(id_ for id_, _ in ids):
            raise self._refuse(
                "指標の行がありません。", _FILL_IN_AGAIN, place=table.sheet.place_of()
            )
        if named and not any(id_ in self._scope.ids_named(name) for id_, name in named):
            raise self._refuse(
                "この計画の様式ではありません（記号と指標の名前が、計画と一つも合いません）。",
                "ほかの計画か、ほかの自治体のものでないかを確かめてください。",
                place=table.sheet.place_of(),
            )

    def _find_department(self, table: Table) -> str:
        """Find who answers: as the form says, else as most of the filled rows do.

        Raises:
            _RefusedError: nobody can say.
        """
        known = {plain_name(each): each for each in self._expected.all_departments}
        stated = self._book.properties.get(DEPARTMENT_PROPERTY, "").strip()
        if not stated:
            counts = Counter(
                text
                for each in table.records()
                if (text := _text(each, DEPARTMENT)) and any(_text(each, one) for one in INPUTS)
            )
            ranked = counts.most_common(2)
            if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
                raise self._refuse(
                    "どの課の回答か、わかりません。",
                    f"配ったブックに記入してもらうか、{quoted(DEPARTMENT)}の列に課の名前を書いてください。",
                    place=table.sheet.place_of(),
                )
            stated = ranked[0][0]
        if known and plain_name(stated) not in known:
            raise self._refuse(
                f"所管課{quoted(stated)}は、計画にありません。",
                did_you_mean(stated, known.values()),
            )
        return known.get(plain_name(stated), stated)

    def _note_extras(self) -> None:
        if self._book.has_macros:
            self._log.warn(
                "",
                "マクロのあるブックです。マクロは動かさず、セルの内容だけを読みました。",
                "配ったブックにマクロはありません。心当たりがあるかを、課に確かめてください。",
            )
        if self._book.has_links:
            self._log.warn(
                "",
                "ほかのファイルを参照しているブックです。参照先は開かず、保存されている値を使います。",
                "値が正しいかを確かめてください。",
            )
        extra = [name for name in self._book.names if name not in (COVER, VALUES, WORDS)]
        if extra:
            names = "、".join(map(quoted, extra[:3])) + ("など" if len(extra) > 3 else "")
            self._log.warn(
                "",
                f"加えられたシート{names}は、読みません。",
                f"回答が書かれていれば、シート{quoted(VALUES)}か{quoted(WORDS)}に移してもらってください。",
            )

    # --- rows --------------------------------------------------------------------

    def _take_actuals(self, table: Table) -> None:
        merged = _merged_rows(table)
        columns = {plain_name(title): column for column, title in titles_of(table).items()}
        found: dict[str, list[Found[Actual]]] = {}
        for record in table.records():
            each = self._row(record, lambda row, log: read_actual(row, self._scope, log, set()))
            if each is None or record.row in merged:
                continue
            log = self._row_log(each)
            fact = each.fact
            is_lead = self._expected.lead(fact.subject_id) in ("", self._returned.department)
            if not (fact.is_reported or fact.reason or fact.comment):
                if is_lead and fact.fiscal_year == self._expected.fiscal_year:
                    self._returned.blank.append(fact.subject_id)
            elif self._is_this_year(each, log):
                found.setdefault(fact.subject_id, []).append(each)
                _note_formulas(record, INPUTS, log)
            subject = self._scope.subjects[fact.subject_id]
            note_differences(each, subject, columns, self._expected, log)
        for id_, rows in found.items():
            if one := self._only(rows, lambda fact: replace(fact, department="")):
                is_lead = self._expected.lead(id_) in ("", self._returned.department)
                (self._returned.actuals if is_lead else self._returned.others)[id_] = one
        answered = {*found, *self._returned.others}
        self._returned.blank = [each for each in self._returned.blank if each not in answered]

    def _take_comments(self, table: Table | None) -> None:
        if table is None:
            return
        merged = _merged_rows(table)
        found: dict[str, list[Found[PlanComment]]] = {}
        for record in table.records():
            each = self._row(record, lambda row, log: read_comment(row, self._scope, log))
            if each is None or record.row in merged:
                continue
            log = self._row_log(each)
            if self._is_this_year(each, log) and self._may_comment(each, log):
                found.setdefault(each.fact.plan_id, []).append(each)
                _note_formulas(record, [column.title for column in COMMENTS.columns[3:]], log)
        for id_, rows in found.items():
            if one := self._only(rows, lambda fact: fact):
                self._returned.comments[id_] = one

    def _row(
        self,
        record: Record,
        read: Callable[[Record, FileFindings], Found[_Fact] | None],
    ) -> Found[_Fact] | None:
        """Read one row; ``None`` where it has a fault, which is noted, or says nothing."""
        findings = Findings(self._expected.accepted)
        found = read(record, findings.of(self._log.file))
        self._rows += [*findings.errors, *findings.warnings]
        return None if findings.errors else found

    def _row_log(self, found: Found[_Fact]) -> FileFindings:
        return FileFindings(found.file, self._rows, frozenset(), found.about)

    def _is_this_year(self, found: Found[_Fact], log: FileFindings) -> bool:
        year = self._expected.fiscal_year
        if found.fact.fiscal_year == year:
            return True
        log.add(
            found.record.place(YEAR),
            f"{format_fiscal_year(found.fact.fiscal_year)}の行です。使いません。",
            f"{format_fiscal_year(year)}の回答なら、年度を {year.year} に直してください。"
            "前の年度の訂正は、actuals.xlsx に行を加えて書きます。",
        )
        return False

    def _may_comment(self, found: Found[PlanComment], log: FileFindings) -> bool:
        departments = self._expected.plans.get(found.fact.plan_id, ())
        if not departments or self._returned.department in departments:
            return True
        log.add(
            found.record.place(ID),
            f"{self._returned.department}の指標がない計画への、コメントです。使いません。",
            f"この計画の所管課（{'、'.join(departments)}）のブックに書いてもらってください。",
        )
        return False

    def _only(
        self, rows: list[Found[_Fact]], meaning: Callable[[_Fact], object]
    ) -> Found[_Fact] | None:
        """Return the only row, or the first of equal ones; ``None`` where they contradict."""
        first, *others = rows
        if not others:
            return first
        places = "と".join(each.place for each in rows[:4])
        is_same = all(meaning(each.fact) == meaning(first.fact) for each in others)
        log = self._row_log(others[0])
        if is_same:
            log.warn(
                others[0].place,
                f"同じ行が2つ以上あります（{places}）。1つとして使います。",
                "写した行を消してもらってください。",
            )
            return first
        log.add(
            others[0].place,
            f"同じ指標の行が2つ以上あり、内容が違います（{places}）。どれも使いません。",
            "正しい行だけを残してもらってください。",
        )
        return None


# --- what the eye does not see ---------------------------------------------------


def _text(record: Record, title: str) -> str:
    try:
        return text_of(record.content(title))
    except CellError:
        return ""


def _merged_rows(table: Table) -> frozenset[int]:
    """The rows of merged areas that touch the table's columns; that they are is noted."""
    used = set(table.columns.values())
    last = max(table.sheet.rows, default=0)

    def rows(area: Area) -> Iterable[int]:
        if used.isdisjoint(range(area.first_column, area.last_column + 1)):
            return ()
        return range(max(area.first_row, table.title_row), min(area.last_row, last) + 1)

    return frozenset(row for area in table.sheet.merged for row in rows(area))


def _note_formulas(record: Record, titles: Iterable[str], log: FileFindings) -> None:
    for title in titles:
        column = record.columns.get(title, 0)
        if (record.row, column) in record.sheet.formulas:
            log.warn(
                record.place(title),
                f"数式のセルです。保存されている結果{quoted(_text(record, title))}を使います。",
                "結果が正しいかを確かめてください。",
            )


def _note_added_columns(table: Table, log: FileFindings) -> None:
    """Tell of columns that were added: what is in them is not read."""
    for column, title in _added_columns(table).items():
        name = quoted(title) if title else f"{column_letters(column)}列"
        log.warn(
            table.sheet.place(table.title_row, column),
            f"加えられた列{name}は、読みません。",
            f"回答に要ることなら、{quoted(COMMENT)}の列に移してもらってください。",
        )


def _added_columns(table: Table) -> dict[int, str]:
    """The columns that are not the form's, and have something beside an indicator."""
    titles = titles_of(table)
    known = {
        *table.columns.values(),
        *(column for column, title in titles.items() if is_ours(title)),
    }
    ids = table.columns[ID]
    return {
        column: titles.get(column, "")
        for row in table.sheet.rows.values()
        if ids in row
        for column in sorted(row)
        if column not in known
    }
