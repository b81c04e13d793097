"""Tables with titled columns, as people keep them in sheets.

Comes in: a sheet of cells and the form that it should have. Goes out: its records,
each cell found by its column's title. Columns may stand in any order, further ones
beside them, and lines of explanation above the titles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice

from kpireport.domain.numerals import fold_width
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import quoted, similar
from kpireport.quickly import dataclass
from kpireport.sources.cells import Content, SheetCells, column_letters, text_of, usable_text
from kpireport.sources.rich_text import NOTHING_PASSED, PassedOver

_TITLES_WITHIN = 20  # the titles stand in one of the first so many rows with content
_REMARK = re.compile(r"\([^()]*\)|※.*|\s")
_LAST_REMARK = re.compile(r"(?:\([^()]*\)|※[^※]*)$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form; ``others`` are titles that are understood beside ``title``."""

    title: str
    others: tuple[str, ...] = ()
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """The sheet's name and columns."""

    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One row below the titles; empty cells, and columns that are not there, give nothing."""

    sheet: SheetCells
    row: int
    columns: Mapping[str, int]

    def content(self, title: str) -> Content | None:
        """What stands in the column."""
        return self.sheet.rows.get(self.row, {}).get(self.columns.get(title, 0))

    def shown(self, title: str) -> str:
        """What the cell shows; empty where that is nothing, or cannot be used."""
        return usable_text(self.content(title))

    def is_filled(self, title: str) -> bool:
        """Whether anything but white space stands in the column."""
        content = self.content(title)
        return content is not None and not (isinstance(content, str) and not content.strip())

    def passed_over(self, title: str) -> PassedOver:
        """What stands in the cell and is not its content."""
        return self.sheet.passed_over.get((self.row, self.columns.get(title, 0)), NOTHING_PASSED)

    def written(self, title: str) -> str:
        """What the cell shows, or showed before it was struck out: what a row is about."""
        return self.shown(title) or self.passed_over(title).struck

    def place(self, title: str) -> str:
        """The cell as a message names it; the row where there is no such column."""
        if title in self.columns:
            return self.sheet.place(self.row, self.columns[title])
        return self.sheet.place_of(f"{self.row}行目")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose titles were found."""

    form: Form
    sheet: SheetCells
    title_row: int
    columns: Mapping[str, int]

    def records(self) -> Iterator[Record]:
        """Yield the rows that have content in one of the form's columns, or had it."""
        wanted, rows = frozenset(self.columns.values()), self.sheet.rows
        withdrawn = {row for row, column in self.sheet.passed_over if column in wanted}
        for row in sorted({*rows, *withdrawn}):
            is_used = row in withdrawn or not wanted.isdisjoint(rows[row])
            if row > self.title_row and is_used:
                yield Record(self.sheet, row, self.columns)


def find_table(form: Form, sheet: SheetCells, findings: Findings) -> Table | None:
    """Find the form's columns in the sheet; ``None`` where one is missing, which is noted."""
    number = title_row(form, sheet)
    if number is None:
        titles = "、".join(column.title for column in form.columns if column.is_required)
        findings.add(
            sheet.place_of(),
            "見出しの行が見つかりません。",
            f"表の最初の行に、見出し（{titles}）を書いてください。",
        )
        return None
    table = _table(form, sheet, number, findings)
    if table is not None:
        _check_merged(table, findings)
        _warn_of_hidden(table, findings)
    return table


def title_row(form: Form, sheet: SheetCells) -> int | None:
    """The row that has the most of a form's titles; ``None`` where none has two."""
    known = _spellings(form)
    best, most = None, 1
    for row in islice(sorted(sheet.rows), _TITLES_WITHIN):
        found = known & {plain_title(title) for title in _titles(sheet, row).values()}
        if len(found) > most:
            best, most = row, len(found)
    return best


def _spellings(form: Form) -> set[str]:
    titles = (title for column in form.columns for title in (column.title, *column.others))
    return {spelling for each in titles for spelling in (whole_title(each), plain_title(each))}


def _titles(sheet: SheetCells, row: int) -> dict[int, str]:
    titles = {}
    for column, content in sheet.rows[row].items():
        try:
            titles[column] = text_of(content)
        except CellError:
            continue
    return titles


def plain_title(title: str) -> str:
    """A title as it is compared: without remarks in brackets, white space and width."""
    return _REMARK.sub("", fold_width(title)).lower()


def whole_title(title: str) -> str:
    """The same with its remarks: titles may differ in these alone (``取組（成果）``)."""
    return re.sub(r"\s", "", fold_width(title)).lower()


def _named(form: Form, titles: Mapping[int, str]) -> dict[int, Column]:
    """The columns of a form that titles name, remarks and all but those that close a title.

    Every other title is compared without remarks, unless it could then be two columns.
    """
    wholes = {whole_title(each.title): each for each in form.columns}
    named: dict[int, Column] = {}
    for number, title in titles.items():
        spelling = whole_title(title)
        while spelling not in wholes and (remark := _LAST_REMARK.search(spelling)):
            spelling = spelling[: remark.start()]
        if spelling in wholes:
            named[number] = wholes[spelling]
    alike = Counter(plain_title(each.title) for each in form.columns)
    for column in form.columns:
        titles_of = (column.title, *column.others)
        spellings = {each for each in map(plain_title, titles_of) if alike[each] <= 1}
        for number, title in titles.items():
            if plain_title(title) in spellings:
                named.setdefault(number, column)
    return named


def _table(form: Form, sheet: SheetCells, title_row: int, findings: Findings) -> Table | None:
    titles = _titles(sheet, title_row)
    columns: dict[str, int] = {}
    is_sound, named = True, _named(form, titles)
    for column in form.columns:
        found = [number for number, each in named.items() if each == column]
        if len(found) > 1:
            places = "と".join(f"{column_letters(number)}列" for number in found)
            findings.add(
                sheet.place(title_row, found[1]),
                f"見出し{quoted(column.title)}の列が2つ以上あります（{places}）。",
                "1つだけ残し、ほかの列の見出しを変えるか、列を削除してください。",
            )
            is_sound = False
        elif found:
            columns[column.title] = found[0]
        elif column.is_required:
            findings.add(
                sheet.place_of(f"{title_row}行目"),
                f"見出し{quoted(column.title)}の列がありません。",
                _mend_title(column.title, _unknown(form, titles.values())),
            )
            is_sound = False
    return Table(form, sheet, title_row, columns) if is_sound else None


def _unknown(form: Form, titles: Iterable[str]) -> list[str]:
    known = _spellings(form)
    return [title for title in titles if plain_title(title) not in known]


def _mend_title(title: str, unknown: list[str]) -> str:
    near = similar(title, unknown, cutoff=0.5)
    if near:
        return f"{quoted(near[0])}を{quoted(title)}に直してください。"
    return f"見出し{quoted(title)}の列を加えてください。列の順は問いません。"


# --- what the eye does not see ---------------------------------------------------


def _check_merged(table: Table, findings: Findings) -> None:
    """Refuse merged cells in the table: only the first of them has the value."""
    used = set(table.columns.values())
    for area in table.sheet.merged:
        is_used = any(area.first_column <= column <= area.last_column for column in used)
        if area.last_row >= table.title_row and is_used:
            findings.add(
                table.sheet.place_of(str(area)),
                "セルが結合されています。どの行の値か決まりません。",
                "結合を解除し、それぞれの行に値を書いてください。",
            )


def _warn_of_hidden(table: Table, findings: Findings) -> None:
    sheet = table.sheet
    if sheet.is_hidden:
        findings.warn(
            sheet.place_of(),
            "シートが非表示です。値は使います。",
            "再表示して、古いものが残っていないかを確かめてください。",
        )
    rows = [record.row for record in table.records() if record.row in sheet.hidden_rows]
    if rows:
        findings.warn(
            sheet.place_of(f"{_ranges(rows)}行目"),
            "非表示の行に値があります。値は使います。",
            "再表示するかフィルターを解除して、値を確かめてください。",
        )
    hidden = sorted(set(table.columns.values()) & sheet.hidden_columns)
    if hidden:
        letters = "、".join(column_letters(column) for column in hidden)
        findings.warn(
            sheet.place_of(f"{letters}列"),
            "非表示の列があります。値は使います。",
            "再表示して、値を確かめてください。",
        )


def note_passed_over(record: Record, log: Findings) -> None:
    """Tell what was not taken for the content of a row's cells, and what was.

    Args:
        record: the row.
        log: where it is noted, about what the row is about.
    """
    passed = {title: each for title in record.columns if (each := record.passed_over(title))}
    struck = "、".join(filter(None, (each.struck for each in passed.values())))
    if len(passed) > 1 and struck and not any(map(record.shown, record.columns)):
        what = f"取り消し線の付いた行（{quoted(struck)}）は、取り下げられたものとみて、使いません。"
        log.warn(record.place(next(iter(passed))), what, _CHECK_WITHDRAWN)
        return
    for title, each in passed.items():
        left = record.shown(title)
        for what in each.told("セル"):
            remedy = _CHECK_LEFT if left else _CHECK_WITHDRAWN
            log.warn(record.place(title), f"{what}{_left_words(left)}", remedy)


_CHECK_LEFT = "このとおりでよいかを確かめ、よければ、残す文字だけを打ち直してください。"
_CHECK_WITHDRAWN = "取り下げでよいかを確かめ、よければ、文字を消してください。"


def _left_words(left: str) -> str:
    return f"残りの{quoted(left)}と読みます。" if left else "取り下げとみて、空欄とします。"


def _ranges(rows: list[int]) -> str:
    """3, 4, 5, 9 as ``3～5、9``."""
    parts = []
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [row for _, row in group]
        parts.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}～{numbers[-1]}")
    return "、".join(parts)
