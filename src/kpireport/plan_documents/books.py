"""The workbook of a plan that was read from a document.

Comes in: what was understood, the document. Goes out: the plan's workbook, each row with its
place in the original and with what is to be looked at; and three sheets beside it: the
original word by word, what was not placed, and what each column was taken for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpireport.plan_books import columns as of
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.exporting import plan_book
from kpireport.plan_books.flattening import FlatSheet, flatten
from kpireport.plan_books.front_sheets import LEFT, ORIGINAL, REPORT
from kpireport.plan_books.rows import BookRow, item_at
from kpireport.plan_documents.captions import Assigned
from kpireport.plan_documents.places import Places
from kpireport.plan_documents.stretches import lines_of_table
from kpireport.plan_documents.tables import SourceDocument, SourceTable
from kpireport.plan_documents.understanding import Understood
from kpireport.writers.xlsx.book import AS_TEXT, Book, Cell, CellLook, Row, Sheet

ASK = "要確認："
_LONGEST = 32_000  # characters of a cell: Excel takes 32,767
_COLUMNS_OF_WORDS = 5  # that the words above a table have room in
_MOST_COLUMNS = 60  # of a row of the original; what is behind them stands in the last
_NOTED = (of.GOALS, of.SECTIONS, of.PLANS, of.GROUPS, of.INDICATORS, of.TARGETS)
_DOUBT, _ORIGIN = (
    next(each for each in of.INDICATORS.columns if each.title == title)
    for title in (of.DOUBT, of.ORIGIN)
)


def book_of(understood: Understood, document: SourceDocument, name: str) -> Book:
    """The workbook.

    Args:
        understood: the plan.
        document: that it was read from.
        name: the document's file.
    """
    sheets = [_with_notes(each, understood) for each in flatten(understood.raw)]
    author = str(item_at(understood.raw, ("municipality",)) or "")
    book = plan_book(sheets, f"計画（{name}）", author)
    more = (_report(understood, name), _left(understood), _original(understood, document))
    return replace(book, sheets=(*book.sheets, *more))


def _with_notes(flat: FlatSheet, understood: Understood) -> FlatSheet:
    """The sheet's rows with their places and doubts."""
    if flat.sheet not in _NOTED:
        return flat
    titles = {each.title for each in flat.columns}
    more: tuple[PlanColumn, ...] = tuple(
        each for each in (_DOUBT, _ORIGIN) if each.title not in titles
    )
    rows = []
    for row in flat.rows:
        note = understood.notes.get(row.text(of.ID))
        said = {}
        if note is not None:
            doubts = "\n".join(f"{ASK}{each}" for each in note.doubts)
            said = {of.DOUBT: doubts, of.ORIGIN: "\n".join(dict.fromkeys(note.places))}
        texts = {**row.texts, **{title: text for title, text in said.items() if text}}
        rows.append(BookRow(texts))
    return FlatSheet(flat.sheet, (*flat.columns, *more), tuple(rows))


# --- what each column was taken for ---------------------------------------------------


def _report(understood: Understood, name: str) -> Sheet:
    titles = ("表", "場所", "列", "見出し", "何として読んだか", "わけ", of.DOUBT)
    rows = [
        *_head(
            REPORT,
            f"{name} を読み取った結果です。列の読み方が違うときは、列を指定して読み取り直します。",
            titles,
        ),
        *_counted(understood),
        Row(),
        _titles(titles),
        *(
            _texts(texts)
            for table in understood.tables
            for column in table.columns
            for texts in [_column_texts(table.stretch.order, table.stretch.table, column)]
        ),
    ]
    widths = (8, 20, 8, 36, 22, 50, 40)
    return Sheet(name=REPORT, widths=widths, rows=rows, title_rows=2, header=REPORT)


def _counted(understood: Understood) -> Iterator[Row]:
    for word, number in counts_of(understood):
        yield Row((Cell(word, CellLook.LABEL, span=2), Cell(number, CellLook.NUMBER)))
    for each in understood.open_basics:
        yield _texts(("基本情報", "", "", "", "", "", f"{ASK}{each}"))


def counts_of(understood: Understood) -> tuple[tuple[str, int], ...]:
    """How many of what were read, are asked, are left."""
    groups = sum("indicators" in each for each in understood.rows("indicators"))
    return (
        ("基本目標", len(understood.goals)),
        ("中間の階層", understood.count("sections")),
        ("戦略計画", understood.count("plans")),
        ("指標", understood.count("indicators") - groups),
        ("数値目標", understood.count("numeric_targets")),
        ("確かめていただくところ（要確認）", understood.asked),
        ("置けなかったもの", len(understood.left)),
    )


def _column_texts(order: int, table: SourceTable, column: Assigned) -> Sequence[str]:
    doubt = "" if column.is_sure else f"{ASK}見出しだけでは決まりませんでした。"
    return (
        f"表{order}",
        table.place(0),
        f"列{column.index + 1}",
        column.caption.shown,
        shown_role(column),
        column.why,
        doubt,
    )


def shown_role(column: Assigned) -> str:
    """What a column was taken for, in words."""
    year = f"（{column.year}年度）" if column.year is not None else ""
    return f"{column.role.value}{year}"


# --- what was not placed ----------------------------------------------------------------


def _left(understood: Understood) -> Sheet:
    titles = ("場所", "種類", "文字", "わけ")
    rows = [
        *_head(
            LEFT,
            "読み取ったシートのどこにも置かなかった文と表です。要るものは写してください。",
            titles,
        ),
        _titles(titles),
        *(_texts((each.place, each.kind, each.text, each.why)) for each in understood.left),
    ]
    return Sheet(
        name=LEFT, widths=(22, 12, 90, 40), rows=rows, title_rows=3, header=LEFT, filter_row=2
    )


# --- the original -------------------------------------------------------------------------


def _original(understood: Understood, document: SourceDocument) -> Sheet:
    lines = list(_original_lines(understood, document))
    most = max((len(each) for each in lines), default=3) - 2
    titles = ("置いた所", "場所", *(f"列{number + 1}" for number in range(max(most, 1))))
    rows = [
        *_head(ORIGINAL, "原本の文字です。読み合わせに使います。書き換えません。", titles),
        _titles(titles),
        *map(_texts, lines),
    ]
    widths = (14, 22, *(24.0 for _ in titles[2:]))
    return Sheet(name=ORIGINAL, widths=widths, rows=rows, title_rows=3, header=ORIGINAL)


def _original_lines(understood: Understood, document: SourceDocument) -> Iterator[Sequence[str]]:
    places = Places(document)
    for part in document.parts:
        if isinstance(part, SourceTable):
            for line in lines_of_table(part):
                if cells := [each.text for each in line.own()]:
                    went = "、".join(understood.went.get(line.place, ()))
                    yield went, line.place, *_bounded(cells)
        else:
            place = places.of(part)
            yield "、".join(understood.went.get(place, ())), place, *_bounded([part.text])
    for running in document.running:
        yield "", places.of(running), running.text


def _bounded(cells: list[str]) -> list[str]:
    """The cells, none longer than a cell of a workbook may be, not more than it has room for."""
    parts = [
        cell[start : start + _LONGEST]
        for cell in cells
        for start in range(0, max(len(cell), 1), _LONGEST)
    ]
    if len(parts) > _MOST_COLUMNS:
        parts = [*parts[: _MOST_COLUMNS - 1], "｜".join(parts[_MOST_COLUMNS - 1 :])[:_LONGEST]]
    return parts


# --- rows ----------------------------------------------------------------------------------


def _head(title: str, explains: str, titles: Sequence[str]) -> tuple[Row, ...]:
    """What a sheet is, above its table: the words have the room of several columns."""
    span = min(len(titles), _COLUMNS_OF_WORDS)
    return (Row((Cell(title, CellLook.TITLE),)), Row((Cell(explains, CellLook.NOTE, span=span),)))


def _titles(titles: Sequence[str]) -> Row:
    return Row(tuple(Cell(each, CellLook.HEADER) for each in titles))


def _texts(texts: Sequence[str]) -> Row:
    return Row(
        tuple(
            Cell(
                each[:_LONGEST] or None,
                CellLook.ALERT if each.startswith(ASK) else CellLook.TEXT,
                number_format=AS_TEXT,
            )
            for each in texts
        )
    )
