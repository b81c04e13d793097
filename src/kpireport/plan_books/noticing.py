"""What a workbook's sheets say against one another, and what nobody would see in the document.

Comes in: the workbook, read. Goes out: questions (要確認) and notices (告知), each at its cell.
All of it can be printed; most of it is a slip of the hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kpireport.domain.numerals import fold_width
from kpireport.domain.years import FiscalYear, format_fiscal_year, parse_period, parse_year_like
from kpireport.findings import Findings
from kpireport.messages import did_you_mean, quoted
from kpireport.plan_books import columns as of
from kpireport.plan_books.column_words import OTHER_TITLES
from kpireport.plan_books.flattening import FlatSheet
from kpireport.plan_books.importing import ReadBook
from kpireport.plan_books.notations import AsLines
from kpireport.plan_books.printed import YEARS_IN_TEXTS
from kpireport.plan_books.proposing import ASKED
from kpireport.plan_books.revision_rows import departments_of
from kpireport.plan_books.rows import BookRow, item_at
from kpireport.plan_books.unprinted import notice_unprinted
from kpireport.sources.json_file import Json

_IF_MEANT = "このとおりに印刷するなら、そのままでかまいません。"
_SPAN = re.compile(r"[0-9]年?度?\s*(?:[~〜\-]|から)")
_YEARS_OF_LABELS = {
    "baseline": ("baseline",),
    "baseline_note": ("baseline",),
    "target": ("target",),
    "target_note": ("target",),
    "numeric_targets_note": ("baseline", "target", "numeric_target"),
}
"""Which years the words above a column may name."""
_WORDS_OF_YEARS = {
    "baseline": "現状値の年度",
    "target": "目標値の年度",
    "numeric_target": "数値目標の年度",
}


def notice(book: ReadBook, log: Findings) -> None:
    """Note what the sheets of a workbook say against one another."""
    _ask_of_departments(book.sheets, log)
    _ask_of_titles(book.sheets, log)
    _tell_sums(book.sheets, log)
    _tell_unasked(book.sheets, log)
    notice_unprinted(book, log)
    _tell_other_years(book, log)


# --- departments -------------------------------------------------------------------


def _ask_of_departments(sheets: Iterable[FlatSheet], log: Findings) -> None:
    """Ask of each department that rows have and the sheet of departments lacks."""
    sheets = tuple(sheets)
    title = of.DEPARTMENTS.columns[0].title
    listed = [
        row.text(title) for each in sheets if each.sheet is of.DEPARTMENTS for row in each.rows
    ]
    if not listed:
        return
    places: dict[str, list[str]] = {}
    for name, place in _departments(sheets):
        if name not in listed:
            places.setdefault(name, []).append(place)
    for name, found in places.items():
        more = f"（ほかに{len(found) - 1}か所）" if len(found) > 1 else ""
        what = f"{ASKED}{quoted(name)}が、シート「{of.DEPARTMENTS.name}」にありません{more}。"
        new = f"新しい課なら、シート「{of.DEPARTMENTS.name}」に書き足してください。"
        remedy = f"{did_you_mean(name, listed)}{new}"
        log.add(found[0], what, remedy)


def _departments(sheets: Iterable[FlatSheet]) -> Iterator[tuple[str, str]]:
    """Yield each department that a row has, with its cell."""
    for sheet in sheets:
        for row in sheet.rows:
            for title in _titles_of_departments(sheet, row):
                for name in _names(row.text(title)):
                    yield name, row.place(title)


def _titles_of_departments(sheet: FlatSheet, row: BookRow) -> Iterator[str]:
    if sheet.sheet is of.REVISIONS:
        yield from departments_of(row)
    yield from (each.title for each in sheet.columns if each.names_of == of.DEPARTMENTS.name)


def _tell_unasked(sheets: Iterable[FlatSheet], log: Findings) -> None:
    """Tell once which rows have no department, in a plan whose other rows have."""
    rows = [
        row
        for each in sheets
        if each.sheet in (of.INDICATORS, of.TARGETS)
        for row in each.rows
        if row.text(of.NAME) and not _SUM.fullmatch(row.text(of.NAME))
    ]
    lacking = [each for each in rows if not each.text(of.IN_CHARGE)]
    if not lacking or len(lacking) == len(rows):
        return
    names = "".join(quoted(each.text(of.NAME)) for each in lacking[:_MOST_NAMED])
    more = f"ほか{len(lacking) - _MOST_NAMED}件" if len(lacking) > _MOST_NAMED else ""
    what = f"「{of.IN_CHARGE}」の空いた行が{len(lacking)}件あります（{names}{more}）。"
    remedy = f"どの課にも、実績を書くブックが配られません。「{of.IN_CHARGE}」を書いてください。"
    log.warn(lacking[0].place(of.IN_CHARGE), what, remedy)


_MOST_NAMED = 5


def _names(text: str) -> list[str]:
    read = AsLines("、").read(text)
    return [str(each) for each in read] if isinstance(read, list) else []


# --- titles, rows that are none ----------------------------------------------------


def _ask_of_titles(sheets: Iterable[FlatSheet], log: Findings) -> None:
    """Ask of each column that somebody titled anew: what stands in it would be left out."""
    for sheet in sheets:
        filled = {title for row in sheet.rows for title in row.texts}
        own = [each.title for each in sheet.columns if each not in sheet.sheet.columns]
        lost = [each.title for each in sheet.sheet.columns if each.title not in filled]
        for title in filter(filled.__contains__, own):
            meant = next((each for each in lost if title in OTHER_TITLES.get(each, ())), None)
            if meant:
                row = next(each for each in sheet.rows if each.text(title))
                what = f"{ASKED}{quoted(title)}の列に文字があり、{quoted(meant)}の列にありません。"
                remedy = (
                    f"{quoted(meant)}のことなら、見出しを{quoted(meant)}に直してください。"
                    f"覚え書きなら、見出しを「{title}（メモ）」のように変えてください。"
                )
                log.add(row.place(title), what, remedy)


_SUM = re.compile(r"\s*(?:小|合|総|中)?計\s*")


def sums(sheets: Iterable[FlatSheet]) -> Iterator[BookRow]:
    """Yield the rows that are no indicators, but sums of those above them."""
    for sheet in sheets:
        if sheet.sheet in (of.INDICATORS, of.TARGETS):
            yield from (each for each in sheet.rows if _SUM.fullmatch(each.text("名称")))


def _tell_sums(sheets: Iterable[FlatSheet], log: Findings) -> None:
    for row in sums(sheets):
        what = f"{quoted(row.text('名称'))}は、指標ではなく、計の行のようです。"
        remedy = (
            "指標でなければ、行を消してください。指標なら、何の計かが分かる名称にしてください。"
        )
        log.add(row.place("名称"), what, remedy)


# --- years -------------------------------------------------------------------------


def _tell_other_years(book: ReadBook, log: Findings) -> None:
    """Tell what words above columns name other years than the plan has."""
    raw = book.grown.raw
    is_calendar = item_at(raw, ("years", "kind")) == "calendar"
    for row in (row for each in book.sheets if each.sheet is of.BASICS for row in each.rows):
        for column in of.BASICS.columns:
            years = (
                _YEARS_OF_LABELS.get(column.path[-1]) if column.path[:1] == ("labels",) else None
            )
            if years is None:
                continue
            text = row.text(column.title)
            known = {key: item_at(raw, ("years", key)) for key in years}
            named = set(_years_in(text, is_calendar=is_calendar))
            if named and not named & set(_numbers(known.values())) and any(known.values()):
                what = f"{quoted(text)}が、{_said(known, is_calendar=is_calendar)}と違います。"
                log.warn(row.place(column.title), what, f"どちらかを直してください。{_IF_MEANT}")


def _numbers(values: Iterable[Json]) -> Iterator[int]:
    yield from (each for each in values if isinstance(each, int))


def _said(years: dict[str, Json], *, is_calendar: bool) -> str:
    kind = FiscalYear(1).of_calendar if is_calendar else FiscalYear(1)
    return "、".join(
        f"「{_WORDS_OF_YEARS[key]}」（{format_fiscal_year(FiscalYear(year).of_kind(kind))}）"
        for key, year in years.items()
        if isinstance(year, int)
    )


def _years_in(text: str, *, is_calendar: bool) -> Iterator[int]:
    """Yield the years that a text names; of 4月1日, the one that ended the day before too."""
    if _SPAN.search(fold_width(text)):
        return  # 令和４～６年度の平均 is of more years than it writes out
    for match in YEARS_IN_TEXTS.finditer(fold_width(text)):
        words = re.sub(r"\s", "", match[0])
        try:
            period = parse_period(words)
        except ValueError:
            yield from _calendar_year(words)
            continue
        year = period.year(is_calendar=is_calendar).year
        yield year
        if (period.last_day.month, period.last_day.day) == (4, 1):
            yield year - 1


def _calendar_year(words: str) -> Iterator[int]:
    """Yield the year of 令和５年, which may be meant of the fiscal year too."""
    try:
        yield parse_year_like(words, FiscalYear(1).of_calendar).year
    except ValueError:
        return
