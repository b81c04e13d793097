"""One workbook that came back: whose it is, what it answers, and what is wrong with it.

Comes in: a file of the inbox and what was expected. Goes out: its good rows, each with its
cell, and a problem for every other one. A file that was not handed out for this year and
this plan is refused as a whole; a fault in one row hides no other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kpireport.collection.expected import Expected
from kpireport.collection.forms import (
    COVER,
    DEPARTMENT_PROPERTY,
    FORM_PROPERTY,
    FORM_VERSION,
    PLAN_PROPERTY,
    VALUES,
    WORDS,
    YEAR_PROPERTY,
)
from kpireport.collection.outdated import OldForm, columns_of, is_outdated
from kpireport.collection.returned import Original, Returned
from kpireport.collection.rows import RowReader
from kpireport.domain.names import composed
from kpireport.domain.numerals import fold_width
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear, format_fiscal_year
from kpireport.errors import CellError, Problem
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted, shortened
from kpireport.sources.actuals_forms import DEPARTMENT, ID, NAME
from kpireport.sources.department_names import asked_about, known_spelling
from kpireport.sources.fields import is_likely_year
from kpireport.sources.other_years import measure_and_year
from kpireport.sources.titled_tables import Form, Table, find_table
from kpireport.sources.workbook import Workbook, read_workbook

MOST_PROBLEMS = 30  # of one file; who damages more than that has to fill it in afresh

_FILL_IN_AGAIN = "今年度に配ったブックに記入して、送り直してもらってください。"


def read_returned(original: Original, fault: CellError | None, expected: Expected) -> Returned:
    """Read one file; everything wrong is in its problems, nothing is raised.

    Args:
        original: the file.
        fault: why it could not be read, if it could not.
        expected: what it is held against.
    """
    returned = Returned(original)
    log = Findings(original.path, accepted=expected.accepted)
    log.wording = Words.of(expected.plan).put_into
    try:
        if fault:
            raise fault
        book = read_workbook(original.data, [VALUES, WORDS])
        _read(returned, expected, book, log)
    except CellError as error:
        log.fault("", error)
        returned.forget()
    except _RefusedError:
        returned.forget()
    returned.problems[:0] = [*log.errors, *log.warnings]
    _cut(returned.problems, log.file)
    return returned


def _read(returned: Returned, expected: Expected, book: Workbook, log: Findings) -> None:
    """Read the rows of a workbook that is the form that was handed out.

    Raises:
        _RefusedError: it is not; why has been noted.
    """
    form = _FormReader(expected, book, log)
    returned.department = form.stated()
    table = form.actuals()
    returned.department = form.department(table)
    returned.former = form.former
    returned.is_form = True
    form.note_extras()
    old = form.old_form(table, returned.department)
    returned.is_outdated = old is not None
    rows = RowReader(returned, expected, log.file, old)
    rows.take_actuals(table)
    if comments := form.table(expected.comments):
        rows.take_comments(comments)
    if old and (notice := old.notice(log.file)):
        log.take([notice])


def _cut(problems: list[Problem], file: str) -> None:
    """Leave as many problems as somebody reads; the first are the most telling."""
    further = len(problems) - MOST_PROBLEMS
    if further > 0:
        del problems[MOST_PROBLEMS:]
        what = f"このファイルには、ほかにも{further}件あります。"
        problems.append(Problem(file, "", what, _FILL_IN_AGAIN))


class _RefusedError(Exception):
    """The file as a whole is not used; what is wrong has been noted."""


class _FormReader:
    """Finds out whose form a workbook is, and refuses what is none.

    Attributes:
        former: the department that it was handed out to, if the plan has it no longer.
    """

    def __init__(self, expected: Expected, book: Workbook, log: Findings) -> None:
        self._expected = expected
        self._book = book
        self._log = log
        self._scope = expected.scope()
        self.former = ""

    def actuals(self) -> Table:
        """Return the sheet of the actuals.

        Raises:
            _RefusedError: this is no form, or that of another year or plan.
        """
        table = self._form(self._expected.values)
        self._check_year(table)
        self._check_plan(table)
        return table

    def _refuse(self, what: str, remedy: str, place: str = "") -> _RefusedError:
        self._log.add(place, what, remedy)
        return _RefusedError()

    def _form(self, form: Form) -> Table:
        if FORM_PROPERTY in self._book.properties:
            version = self._book.properties[FORM_PROPERTY]
            if version != FORM_VERSION:
                raise self._refuse(
                    f"この版の kpireport では読めないブック（{shortened(version)}）です。",
                    "kpireport を新しくするか、今の版で配り直してください。",
                )
        elif form.name not in self._book.names:
            raise self._refuse(
                f"配ったブックではありません（シート{quoted(form.name)}がありません）。",
                f"{_FILL_IN_AGAIN}回答でなければ、受付のフォルダーから別の場所に移してください。",
            )
        table = self.table(form)
        if table is None:
            raise _RefusedError
        return table

    def table(self, form: Form) -> Table | None:
        """Return a sheet of the form, ``None`` where it is not there once, which is noted."""
        sheets = [sheet for sheet in self._book.sheets if sheet.name == form.name]
        if not sheets and form.name == WORDS:
            self._log.warn(
                "",
                f"シート{quoted(WORDS)}がありません。コメントは、ないものとします。",
                "シートが消されたか、名前が変わっていないかを確かめてください。",
            )
            return None
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
        year = self._expected.fiscal_year
        if written.isascii() and written.isdigit() and len(written) == len("2021"):
            years = {FiscalYear(int(written)).of_kind(year)}
        else:
            said = filter(None, (measure_and_year(each, year) for each in table.records()))
            years = {each for id_, each in said if id_ and is_likely_year(each.year)}
        if years and year not in years:
            others = "、".join(format_fiscal_year(each) for each in sorted(years)[-3:])
            raise self._refuse(
                f"{others}の記入用のブックです。この報告書は{format_fiscal_year(year)}のものです。",
                _FILL_IN_AGAIN,
            )

    def _check_plan(self, table: Table) -> None:
        ids = [(each.shown(ID), each.shown(NAME)) for each in table.records()]
        named = [(id_, name) for id_, name in ids if id_ and name]
        if not any(id_ for id_, _ in ids):
            raise self._refuse(
                "指標の行がありません。", _FILL_IN_AGAIN, place=table.sheet.place_of()
            )
        if named and not any(id_ in self._scope.ids_named(name) for id_, name in named):
            raise self._refuse(
                "この計画の記入用のブックではありません（記号と指標の名前が、計画と一つも合いません）。",
                "ほかの計画か、ほかの自治体のものでないかを確かめてください。",
                place=table.sheet.place_of(),
            )

    def stated(self) -> str:
        """Who the form was handed out to, so that a refusal finds its way back; else empty."""
        written = self._known(self._book.properties.get(DEPARTMENT_PROPERTY, "").strip())
        return written if written in self._expected.all_departments else ""

    def _known(self, written: str) -> str:
        """A department as the plan spells it; the name itself where the plan has it not."""
        return known_spelling(composed(written), self._expected.all_departments)

    def department(self, table: Table) -> str:
        """Find who answers: as the form says, else as most of the filled rows do.

        Raises:
            _RefusedError: nobody can say.
        """
        known = self._expected.all_departments
        stated = self._book.properties.get(DEPARTMENT_PROPERTY, "").strip()
        if stated and known and self._known(stated) not in known:
            return self._successor(stated, table)
        stated = stated or self._named_in_rows(table)
        department = self._known(stated)
        if known and department not in known:
            what = f"所管課{quoted(stated)}は、計画にありません。"
            raise self._refuse(what, did_you_mean(stated, known))
        if department != composed(stated):
            self.former = stated
            self._log.warn(
                "",
                f"{asked_about(stated, department)}{department}の回答とします。",
                f"{department}の回答でよいかを確かめてください。",
            )
        return department

    def _named_in_rows(self, table: Table) -> str:
        counts = Counter(
            self._known(text)
            for each in table.records()
            if (text := each.shown(DEPARTMENT))
            and any(each.shown(one) for one in self._expected.values.input_titles)
        )
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            raise self._refuse(
                "どの課の回答か、わかりません。",
                f"配ったブックに記入してもらうか、{quoted(DEPARTMENT)}の列に課の名前を書いてください。",
                place=table.sheet.place_of(),
            )
        return ranked[0][0]

    def _successor(self, stated: str, table: Table) -> str:
        """Find who leads today all that was handed out to a department that the plan has not.

        Raises:
            _RefusedError: that is not one department.
        """
        ids = dict.fromkeys(fold_width(each.shown(ID)) for each in table.records())
        leads = {self._expected.lead(id_) for id_ in ids if id_ in self._expected.departments}
        if len(leads) != 1 or "" in leads:
            now = "、".join(map(quoted, sorted(leads - {""})))
            what = f"所管課{quoted(stated)}は、いまの計画にありません"
            raise self._refuse(
                f"{what}（このブックの指標の主管課は、計画では{now}です）。"
                if now
                else f"{what}。",
                "配った後に、計画の所管課が変わっています。記入用のブックを作っていまの課に配り、"
                "そのブックに記入してもらってください。計画のほうが誤りなら、計画の所管課を直します。",
            )
        (lead,) = leads
        self.former = stated
        self._log.warn(
            "",
            f"{quoted(stated)}に配ったブックですが、その課は、いまの計画にありません。このブックの"
            f"指標の主管課は、計画ではどれも{quoted(lead)}なので、{lead}の回答とします。",
            f"{lead}の回答でよいかを確かめてください。",
        )
        return lead

    def old_form(self, table: Table, department: str) -> OldForm | None:
        """Return what is to be excused, if the form was handed out before the plan changed."""
        stamp = self._book.properties.get(PLAN_PROPERTY, "")
        if not is_outdated(stamp, table, department, self._expected):
            return None
        return OldForm(self._expected, department, columns_of(table))

    def note_extras(self) -> None:
        """Note what was not handed out, and is not used."""
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
