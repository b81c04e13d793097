"""A comparison as a workbook to send round: an overview, and a list to filter.

Comes in: a :class:`Comparison`. Goes out: a :class:`~kpireport.writers.xlsx.book.Book`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kpireport.comparing.what_differs import Comparison, Difference, DifferenceKind
from kpireport.domain.wording import Words
from kpireport.word_differences.highlights import highlighted
from kpireport.writers.xlsx import write_book
from kpireport.writers.xlsx.book import Book, Cell, CellLook, Row, Sheet

OVERVIEW, LIST = "概要", "違い"
_TITLE = "違いの一覧"
_NOTHING = "（なし）"
_EARLIEST = dt.date(1980, 1, 1)  # the first day that a zip file can name
_COLUMNS = (
    ("場所", 28.0),
    ("記号", 9.0),
    ("名前", 25.0),
    ("項目", 17.0),
    ("前", 35.0),
    ("後", 35.0),
    ("種類", 7.0),
)
_MEANINGS = {
    DifferenceKind.ADDED: "後にだけあるもの",
    DifferenceKind.REMOVED: "前にだけあるもの",
    DifferenceKind.MOVED: "場所や順番が変わったもの",
    DifferenceKind.CHANGED: "内容が変わったもの",
    DifferenceKind.NOTATION: "全角・半角や空白など、書き方だけが変わったもの",
    DifferenceKind.CORRECTED: "前に報告した年度の値などが変わったもの",
    DifferenceKind.PROGRESSED: "年度が進んで変わったもの",
    DifferenceKind.COMPUTED: "ほかの違いにつれて、計算で変わったもの",
}


def differences_xlsx(comparison: Comparison, *, moment: dt.datetime | None = None) -> bytes:
    """Return a comparison as an .xlsx file; the same comparison is the same bytes.

    Args:
        comparison: what was found.
        moment: when the file says that it was made, with its time zone; without one, the
            later of the reports' own dates, or the earliest that files have.

    Raises:
        ValueError: ``moment`` has no time zone.
    """
    dates = [each.date for each in (comparison.old, comparison.new) if each.date]
    day = dt.datetime.combine(max(dates, default=_EARLIEST), dt.time(), dt.UTC)
    return write_book(difference_book(comparison), moment=moment or day)


def difference_book(comparison: Comparison) -> Book:
    """Return the workbook of a comparison."""
    return Book(_TITLE, "", (_overview(comparison), _list(comparison)))


def meaning_of(kind: DifferenceKind, words: Words) -> str:
    """Return what a kind of difference is, in a plan's words."""
    return words.dated(_MEANINGS[kind])


def _overview(comparison: Comparison) -> Sheet:
    rows = [
        Row((Cell(_TITLE, CellLook.TITLE, span=4),)),
        _fact("前", f"{comparison.old.path}（{comparison.old.title}）"),
        _fact("後", f"{comparison.new.path}（{comparison.new.title}）"),
        _fact("比べたもの", comparison.basis),
        _fact("違い", f"{len(comparison.differences)}件"),
        Row(),
        *_kinds(comparison),
        *_marks(comparison),
        *(Row((Cell(note, CellLook.NOTE, span=4),)) for note in comparison.notes),
    ]
    return Sheet(OVERVIEW, (16.0, 10.0, 10.0, 62.0), tuple(rows), header=_TITLE)


def _fact(label: str, text: str) -> Row:
    return Row((Cell(label, CellLook.LABEL), Cell(text, span=3)))


def _kinds(comparison: Comparison) -> Iterator[Row]:
    if comparison.is_same:
        return
    meaning = Cell("意味", CellLook.HEADER, span=2)
    yield Row((*_header("種類", "件数").cells, meaning))
    for kind, count in comparison.counts():
        yield Row(
            (
                Cell(kind),
                Cell(count, CellLook.NUMBER),
                Cell(meaning_of(kind, comparison.words), span=2),
            )
        )
    yield Row()


def _marks(comparison: Comparison) -> Iterator[Row]:
    if comparison.marks:
        yield _header(f"{comparison.words.indicator}の評価", "前", "後")
        for each in comparison.marks:
            counts = (Cell(count, CellLook.NUMBER) for count in (each.old, each.new))
            yield Row((Cell(each.mark), *counts))
        yield Row()


def _header(*titles: str) -> Row:
    return Row(tuple(Cell(title, CellLook.HEADER) for title in titles))


def _list(comparison: Comparison) -> Sheet:
    header = _header(*(title for title, _ in _COLUMNS))
    rows = (header, *map(_row, comparison.differences))
    if comparison.is_same:
        rows = (header, Row((Cell("違いはありません。"),)))
    widths = tuple(width for _, width in _COLUMNS)
    return Sheet(LIST, widths, rows, title_rows=1, title_columns=0, header=_TITLE, filter_row=0)


def _row(difference: Difference) -> Row:
    told = highlighted(difference.old or "", difference.new or "")
    texts = (
        _NOTHING if text is None else marked
        for text, marked in ((difference.old, told.old), (difference.new, told.new))
    )
    return Row(
        (
            Cell(" ＞ ".join(difference.place)),
            Cell(difference.id, CellLook.MUTED),
            Cell(difference.name),
            Cell(difference.item),
            *map(Cell, texts),
            Cell(difference.kind, CellLook.CENTRE),
        )
    )
