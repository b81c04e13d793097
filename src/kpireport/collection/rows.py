"""The rows of a sheet that came back: which are good, and what is wrong with the others.

Comes in: a sheet whose titles were found, and what was expected. Goes out: answers in a
:class:`~kpireport.collection.returned.Returned`, and problems. A fault in one row hides no
other; which of two rows is right is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kpireport.collection.expected import Expected
from kpireport.collection.hidden_digits import with_all_digits
from kpireport.collection.locked import is_ours, note_differences, titles_of
from kpireport.collection.outdated import OldForm, columns_of
from kpireport.collection.returned import Returned
from kpireport.collection.single_line import one_line
from kpireport.collection.undrawable import refuse_undrawable
from kpireport.domain.actuals import Actual, PlanComment
from kpireport.domain.catalogue import Measure
from kpireport.domain.numerals import fold_width
from kpireport.domain.wording import Words
from kpireport.domain.years import format_fiscal_year
from kpireport.findings import Findings
from kpireport.messages import about, quoted
from kpireport.sources.actuals_forms import (
    COMMENT,
    ID,
    NAME,
    YEAR,
    InputForm,
)
from kpireport.sources.actuals_rows import Found, read_actual, read_comment
from kpireport.sources.actuals_scope import plain_name
from kpireport.sources.cells import Area, column_letters, usable_text
from kpireport.sources.fields import is_likely_year
from kpireport.sources.other_years import measure_and_year
from kpireport.sources.titled_tables import Record, Table

_MOVE_TO_CELLS = "回答に要ることなら、記入する欄に書き写してもらってください。"

_Fact = TypeVar("_Fact", Actual, PlanComment)
_Read = TypeVar("_Read")


class RowReader:
    """Reads the rows of one file."""

    def __init__(
        self, returned: Returned, expected: Expected, file: str, old: OldForm | None = None
    ) -> None:
        self._returned = returned
        self._old = old
        self._expected = expected
        self._file = file
        self._scope = expected.scope()
        self._words = Words.of(expected.plan)
        self._log = Findings(file, accepted=expected.accepted, problems=returned.problems)
        self._log.wording = self._words.put_into
        self._other_years: set[str] = set()

    def take_actuals(self, table: Table) -> None:
        """Take the rows of 実績."""
        values = self._expected.values
        _note_added_columns(table, self._words, self._log)
        self._note_beside(table)
        merged = _merged_rows(table)
        columns = columns_of(table)
        self._note_deleted(table)
        found: dict[str, list[Found[Actual]]] = {}
        for record in table.records():
            if self._is_elsewhere(record) or self._is_of_other_year(record, values):
                continue
            if self._is_of_former_plan(record):
                continue
            each = self._row(record, self._read_actual)
            if each is None or record.row in merged:
                continue
            log = self._row_log(each)
            fact = each.fact
            is_lead = self._expected.lead(fact.measure_id) in ("", self._returned.department)
            if not any(values.texts(fact).values()):
                if is_lead:
                    self._returned.blank[fact.measure_id] = each
            else:
                found.setdefault(fact.measure_id, []).append(each)
                _note_formulas(record, values.input_titles, log)
            measure = self._scope.measures[fact.measure_id]
            self._note_differences(each, measure, columns, log)
        for id_, rows in found.items():
            if one := self._only(rows, _without_department):
                is_lead = self._expected.lead(id_) in ("", self._returned.department)
                (self._returned.actuals if is_lead else self._returned.others)[id_] = one
        answered = {*found, *self._returned.others}
        for id_ in answered & self._returned.blank.keys():
            del self._returned.blank[id_]

    def _note_differences(
        self, found: Found[Actual], measure: Measure, columns: Mapping[str, int], log: Findings
    ) -> None:
        excuse, former = None, self._returned.former
        if self._old:
            excuse = self._old.take_difference
            if plain_name(found.record.shown(NAME)) != plain_name(measure.name):
                excuse(measure.id, NAME)
        note_differences(found, measure, columns, self._expected, log, former, excuse)

    def _is_of_former_plan(self, record: Record) -> bool:
        """Whether a row cannot be used for what has changed since it was handed out."""
        if self._old is None:
            return False
        if self._old.is_ended(record):
            return True
        doubt = self._old.doubt(record, self._file, is_sound=self._can_be_read(record))
        self._log.take([doubt] if doubt else [])
        return doubt is not None

    def _note_beside(self, table: Table) -> None:
        """Note what people said beside the cells that are read: an answer may stand there alone."""
        sheet, log = table.sheet, self._log
        for (row, column), text in sorted(sheet.notes.items()):
            what = f"セルのメモ{quoted(one_line(text))}は、読みません。"
            log.warn(sheet.place(row, column), what, _MOVE_TO_CELLS)
        if sheet.has_pictures:
            log.warn(sheet.place_of(), "図や写真は、読みません。", _MOVE_TO_CELLS)
        rows = (each.row for each in table.records() if self._is_form_row(each))
        last = max(rows, default=table.title_row)
        for row in sorted(each for each in sheet.rows if each > last):
            words = filter(None, map(usable_text, sheet.rows[row].values()))
            if said := one_line("、".join(words)):
                what = f"表の下の{quoted(said)}は、読みません。"
                log.warn(sheet.place_of(f"{row}行目"), what, _MOVE_TO_CELLS)

    def _is_form_row(self, record: Record) -> bool:
        """Whether a row is one of the table: with an id, or handed out for the eye alone."""
        return bool(record.shown(ID) or self._scope.ids_named(record.shown(NAME)))

    def _note_deleted(self, table: Table) -> None:
        """Note rows that were handed out to the department and are not there any more."""
        seen = {fold_width(each.shown(ID)) for each in table.records()}
        department = self._returned.department
        gone = [
            f"{id_} {about(self._scope.measures[id_].name)}"
            for id_ in self._expected.due
            if self._expected.lead(id_) == department and id_ not in seen
        ]
        if self._old:
            self._old.lacking += gone
        elif gone:
            self._log.warn(
                table.sheet.place_of(),
                f"{department}の指標の行がありません（{'、'.join(gone)}）。",
                "行が消されていないかを確かめ、配ったブックに記入して、送り直してもらってください。",
            )

    def take_comments(self, table: Table) -> None:
        """Take the rows of 計画コメント."""
        comments = self._expected.comments
        self._note_beside(table)
        merged = _merged_rows(table)
        found: dict[str, list[Found[PlanComment]]] = {}
        for record in table.records():
            if self._is_of_other_year(record, comments):
                continue
            if self._old and self._old.is_ended_plan(record):
                continue
            each = self._row(record, self._read_comment)
            if each is None or record.row in merged:
                self._note_unspoken(record)
                continue
            log = self._row_log(each)
            if self._may_comment(each, log):
                found.setdefault(each.fact.plan_id, []).append(each)
                _note_formulas(record, comments.input_titles, log)
        for id_, rows in found.items():
            if one := self._only(rows, _itself):
                self._returned.comments[id_] = one

    def _note_unspoken(self, record: Record) -> None:
        """Keep a row of a plan of this year that says nothing."""
        id_, year = measure_and_year(record, self._expected.fiscal_year) or ("", None)
        is_silent = not any(record.shown(title) for title in self._expected.comments.input_titles)
        if is_silent and id_ in self._expected.plans and year == self._expected.fiscal_year:
            comment = PlanComment(id_, year)
            its_about = about(self._scope.plans[id_], id_)
            found = Found(comment, self._file, record.place(ID), its_about, record)
            self._returned.unspoken[id_] = found

    def _read_actual(self, record: Record, log: Findings) -> Found[Actual] | None:
        found = read_actual(record, self._scope, log, set())
        if found is None:
            return None
        measure = self._scope.measures[found.fact.measure_id]
        refuse_undrawable(
            found,
            self._expected.values.input_titles,
            log.about(found.about, measure.id, found.fact.department),
        )
        return with_all_digits(found, measure, self._scope.style, log)

    def _read_comment(self, record: Record, log: Findings) -> Found[PlanComment] | None:
        found = read_comment(record, self._scope, log)
        if found is not None:
            refuse_undrawable(found, self._expected.comments.input_titles, log.about(found.about))
        return found

    def _is_elsewhere(self, record: Record) -> bool:
        """Whether a row is another department's, and nothing can be made of what it says.

        Such rows are handed out without an id, for the eye alone. What was typed there all
        the same is noted.
        """
        id_ = fold_width(record.shown(ID))
        ids = [id_] if id_ else self._scope.ids_named(record.shown(NAME))
        leads = {self._expected.lead(each) for each in ids if each in self._scope.measures}
        if not leads or leads & {"", self._returned.department}:
            return False
        if id_ and self._can_be_read(record):
            return False
        lead = "、".join(sorted(leads))
        name = self._scope.measures[ids[0]].name if id_ else record.shown(NAME)
        log = self._log.about(about(name, id_, lead))
        for title in self._expected.values.input_titles:
            if written := record.shown(title):
                log.add(
                    record.place(title),
                    f"{lead}が記入する欄に、{quoted(written)}とあります。使いません。",
                    f"{lead}に知らせ、{lead}のブックに書いてもらってください。",
                )
        return True

    def _can_be_read(self, record: Record) -> bool:
        scratch = Findings(self._file)
        return bool(self._read_actual(record, scratch) and not scratch.has_errors)

    def _row(
        self,
        record: Record,
        read: Callable[[Record, Findings], Found[_Read] | None],
    ) -> Found[_Read] | None:
        """Read one row; ``None`` where it has a fault, which is noted, or says nothing."""
        row = Findings(self._file, accepted=self._expected.accepted)
        row.wording = self._words.put_into
        found = read(record, row)
        self._log.take((*row.errors, *row.warnings))
        return None if row.has_errors else found

    def _row_log(self, found: Found[_Fact]) -> Findings:
        return self._log.of(found.file).about(found.about)

    def _is_of_other_year(self, record: Record, form: InputForm) -> bool:
        """Whether a row is of another year, whatever else it says; noted once for each year."""
        year = self._expected.fiscal_year
        said = measure_and_year(record, year)
        if said is None or said[1] == year or not is_likely_year(said[1].year):
            return False
        other = format_fiscal_year(said[1])
        if form.is_filled_in(record) and other not in self._other_years:
            self._other_years.add(other)
            self._log.add(
                record.place(YEAR),
                f"{other}の行です。このファイルの{other}の行は、どれも使いません。",
                f"{format_fiscal_year(year)}の回答なら、今年度に配ったブックに記入して、送り直して"
                "もらってください。前の年度の訂正は、actuals.xlsx に行を加えて書きます。",
            )
        return True

    def _may_comment(self, found: Found[PlanComment], log: Findings) -> bool:
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
        self, rows: Sequence[Found[_Fact]], meaning: Callable[[_Fact], Hashable]
    ) -> Found[_Fact] | None:
        """Return the only row, or the first of equal ones; ``None`` where they contradict."""
        first, others = rows[0], rows[1:]
        if not others:
            return first
        places = "と".join(each.place for each in rows[:4])
        is_same = len({meaning(each.fact) for each in rows}) == 1
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


def _without_department(actual: Actual) -> Hashable:
    return replace(actual, department="")


def _itself(comment: PlanComment) -> Hashable:
    return comment


# --- what the eye does not see ---------------------------------------------------


def _merged_rows(table: Table) -> frozenset[int]:
    """The rows of merged areas that touch the table's columns; that they are is noted."""
    used = set(table.columns.values())
    last = max(table.sheet.rows, default=0)

    def rows(area: Area) -> Iterable[int]:
        if not any(area.first_column <= column <= area.last_column for column in used):
            return ()
        return range(max(area.first_row, table.title_row), min(area.last_row, last) + 1)

    return frozenset(row for area in table.sheet.merged for row in rows(area))


def _note_formulas(record: Record, titles: Iterable[str], log: Findings) -> None:
    for title in titles:
        column = record.columns.get(title, 0)
        if (record.row, column) in record.sheet.formulas:
            log.warn(
                record.place(title),
                f"数式のセルです。保存されている結果{quoted(record.shown(title))}を使います。",
                "結果が正しいかを確かめてください。",
            )


def _note_added_columns(table: Table, words: Words, log: Findings) -> None:
    """Tell of columns that were added: what is in them is not read."""
    for column, title in _added_columns(table, words).items():
        name = quoted(title) if title else f"{column_letters(column)}列"
        log.warn(
            table.sheet.place(table.title_row, column),
            f"加えられた列{name}は、読みません。",
            f"回答に要ることなら、{quoted(COMMENT)}の列に移してもらってください。",
        )


def _added_columns(table: Table, words: Words) -> dict[int, str]:
    """The columns that are not the form's, and have something beside an indicator."""
    titles = titles_of(table)
    known = {
        *table.columns.values(),
        *(column for column, title in titles.items() if is_ours(title, words)),
    }
    ids = table.columns[ID]
    return {
        column: titles.get(column, "")
        for row in table.sheet.rows.values()
        if ids in row
        for column in sorted(row)
        if column not in known
    }
