"""What a workbook's rows say and no table of the plan shows (告知).

Comes in: the workbook, read. Goes out: notices, each once, at the first cell concerned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpireport.domain.layouts import DETAIL_WORDS, OWN, LayoutName, column_word
from kpireport.domain.numerals import fold_width
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.plan_books import columns as of
from kpireport.plan_books.flattening import EDITIONS, FlatSheet
from kpireport.plan_books.importing import ReadBook
from kpireport.plan_books.rows import BookRow, Object, item_at

_PLAN, _REVIEW = "plan", "review"
_IF_MEANT = "印刷しないなら、そのままでかまいません。"
_ALWAYS_SHOWN = (LayoutName.UNIT, LayoutName.PERIOD)
"""What the review sets behind the values, and both editions at the indicator's name."""
_ON_SHEETS = (LayoutName.DEFINITION, LayoutName.BASIS, LayoutName.SOURCE)
"""What the evaluation sheets (評価シート) show: a plan may keep it for these."""
_BESIDE = (
    *(each for each in DETAIL_WORDS if each not in (*_ALWAYS_SHOWN, *_ON_SHEETS)),
    LayoutName.PAST,
)
"""What stands beside an indicator, and has a column only in a layout."""
_OWN_OF_PLANS = (*DETAIL_WORDS, LayoutName.PAST, LayoutName.DEPARTMENT, LayoutName.CATEGORY)
_MARK = re.compile("※[0-9０-９]+")


def notice_unprinted(book: ReadBook, log: Findings) -> None:
    """Note what rows say, and nobody would see in the document."""
    raw = book.grown.raw
    shown = {edition: tuple(laid_out(raw, edition)) for edition, _ in EDITIONS}
    for sheet in book.sheets:
        if sheet.sheet in (of.INDICATORS, of.BROUGHT):
            _tell_unit(sheet, shown[_PLAN], log)
            _tell_columns(sheet, {*shown[_PLAN], *shown[_REVIEW]}, log)
            _tell_notes(sheet, _printed_notes(raw), shown, log)
            _tell_doubled_units(sheet, is_column=LayoutName.UNIT in shown[_PLAN], log=log)
        elif sheet.sheet is of.LAYOUT and not shown[_REVIEW]:
            _tell_plain_review(sheet, shown[_PLAN], log)


def laid_out(raw: Object, edition: str) -> Iterator[str]:
    """Yield the names of the columns that a plan lays out in an edition."""
    columns = item_at(raw, ("layout", edition))
    for each in columns if isinstance(columns, list) else ():
        name = each.get("column") if isinstance(each, dict) else each
        if isinstance(name, str):
            yield name


# --- columns ---------------------------------------------------------------------


def _tell_unit(sheet: FlatSheet, shown: tuple[str, ...], log: Findings) -> None:
    """Tell the first unit that has a column of its own, where the plan edition has none."""
    row = next((each for each in sheet.rows if each.text(of.UNIT)), None)
    if LayoutName.UNIT in shown or row is None:
        return
    what = f"「{of.UNIT}」は、計画版の表には印刷されません。"
    remedy = (
        f"印刷するなら、シート「{of.LAYOUT.name}」に計画版の「{of.UNIT}」の列を加えるか、"
        "現状値と目標値の数に単位を続けて書いてください。"
        "数だけを印刷するなら、そのままでかまいません。"
    )
    log.warn(row.place(of.UNIT), what, remedy)


def _tell_columns(sheet: FlatSheet, shown: set[str], log: Findings) -> None:
    """Tell each column with texts that neither edition's table has."""
    for name, title in _beside(sheet):
        row = next((each for each in sheet.rows if each.text(title)), None)
        if row is None or name in shown:
            continue
        what = f"{quoted(title)}は、計画版の表にも実績版の表にも印刷されません。"
        remedy = (
            f"印刷するなら、シート「{of.LAYOUT.name}」に、版と、列「{column_word(name)}」の行を"
            f"加えてください（その版のほかの列も、左から順に）。{_IF_MEANT}"
        )
        log.warn(row.place(title), what, remedy)


def _beside(sheet: FlatSheet) -> Iterator[tuple[str, str]]:
    """Yield the columns of texts beside an indicator: their names in layouts, their titles."""
    for column in sheet.columns:
        if column.path[:1] in {(str(each),) for each in _BESIDE}:
            yield column.path[0], column.title
        elif column.path[:1] == ("details",):
            yield f"{OWN}{column.path[1]}", column.title


def _tell_plain_review(sheet: FlatSheet, shown: tuple[str, ...], log: Findings) -> None:
    """Tell which columns of the plan edition a review without a layout has not."""
    lost = [each for each in shown if each in _OWN_OF_PLANS or each.startswith(OWN)]
    if not set(lost) - {*_ALWAYS_SHOWN, LayoutName.DEPARTMENT}:  # it lists these by themselves
        return
    words = "".join(f"「{column_word(each)}」" for each in lost)
    what = f"実績版の表には、計画版の表の{words}の列がありません。"
    remedy = (
        f"載せるなら、シート「{of.LAYOUT.name}」に、版を「実績版」とした行も、左から順に加えてください"
        "（例：番号、指標、現状値、実績、目標値、進捗率、評価）。載せないなら、そのままでかまいません。"
    )
    log.warn(sheet.rows[0].place(of.EDITION), what, remedy)


# --- notes -----------------------------------------------------------------------


def _printed_notes(raw: Object) -> set[str]:
    """The marks that notes of the introduction explain."""
    notes = item_at(raw, ("introduction", "notes"))
    return set(_marks(str(notes))) if notes else set()


def _marks(text: str) -> Iterator[str]:
    yield from (fold_width(match[0]) for match in _MARK.finditer(text))


def _notes_of(text: str) -> Iterator[str]:
    """Yield the marks that begin the text's lines: those of notes."""
    for line in text.split("\n"):
        if match := _MARK.match(line.strip()):
            yield fold_width(match[0])


def _tell_notes(
    sheet: FlatSheet, printed: set[str], shown: dict[str, tuple[str, ...]], log: Findings
) -> None:
    """Tell at which names and values a mark is printed without its note, which stands beside."""
    for name, title in _beside(sheet):
        lacking = [word for edition, word in EDITIONS if name not in shown[edition]]
        noted = {mark for row in sheet.rows for mark in _notes_of(row.text(title))} - printed
        for cell, row, mark in _marked(sheet) if lacking else ():
            if mark in noted:
                noted.remove(mark)
                what = (
                    f"{quoted(mark)}が印刷されますが、その注は{quoted(title)}の列にあり、"
                    f"{'と'.join(lacking)}の表には印刷されません。"
                )
                remedy = (
                    f"注を印刷するなら、シート「{of.LAYOUT.name}」のその版に「{column_word(name)}」の列を"
                    f"加えてください。印刷しないなら、印を消してください。"
                )
                log.warn(row.place(cell), what, remedy)


def _marked(sheet: FlatSheet) -> Iterator[tuple[str, BookRow, str]]:
    for row in sheet.rows:
        for title in (of.NAME, of.BASELINE, of.TARGET):
            for mark in _marks(row.text(title)):
                yield title, row, mark


# --- units -----------------------------------------------------------------------


def _tell_doubled_units(sheet: FlatSheet, *, is_column: bool, log: Findings) -> None:
    """Tell the first value that says again what the column of units beside it says."""
    found: list[tuple[BookRow, str]] = []
    has_plain = False
    for row in sheet.rows:
        unit = fold_width(row.text(of.UNIT)).strip()
        for title in (of.BASELINE, of.TARGET) if unit else ():
            text = fold_width(row.text(title)).strip()
            if text.endswith(unit) and text != unit:
                found.append((row, title))
            elif text and text[-1].isdecimal():
                has_plain = True
    if not found or not (is_column or has_plain):
        return
    row, title = found[0]
    more = f"（ほかに{len(found) - 1}か所）" if len(found) > 1 else ""
    what = (
        f"{title}{quoted(row.text(title))}に、「{of.UNIT}」の列と同じ"
        f"{quoted(row.text(of.UNIT))}が付いています{more}。"
    )
    log.warn(
        row.place(title),
        what,
        "数だけを書いたところと、混じって印刷されます。どちらかに揃えてください。"
        "このとおりに印刷するなら、そのままでかまいません。",
    )
