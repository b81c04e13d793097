"""What differs between two Word files, paragraph by paragraph and cell by cell.

Comes in: the words of both, as readers of the pages have them. Goes out: every difference
with its place: chapter, table, the row's label, the column's heading. Chapters are held
against each other first, then what is in them, so that what was put in or taken out moves
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kpireport.word_differences.alignment import aligned
from kpireport.word_differences.table_differences import GridDifference, grid_differences
from kpireport.word_files.signs import NOTE, PICTURE, for_people
from kpireport.word_files.words import Grid, Item, Line, Words, with_marked

COVER, MARGINS = "表紙", "ヘッダー・フッター"
HEADING, TEXT, FIGURE, TABLE = "見出し", "文", "図", "表"


@dataclass(frozen=True, slots=True)
class WordDifference:
    """A text that is another one, or is there only on one side (``None`` on the other).

    Attributes:
        place: chapter, sections, the table's title.
        row: the labels of the row, empty outside of tables.
        column: the column's heading, or what it is: 文, 見出し, 図.
        old: the text in the first.
        new: the text in the second.
        is_moved: it says the same in another order; the texts are for finding it.
    """

    place: tuple[str, ...]
    row: str
    column: str
    old: str | None
    new: str | None
    is_moved: bool = False


def word_differences(old: Words, new: Words) -> Iterator[WordDifference]:
    """Yield what differs between two files, in the order of the second."""
    for margin in aligned(old.margins, new.margins, key=str, text=str):
        if margin.old != margin.new:
            yield WordDifference((MARGINS,), "", TEXT, margin.old, margin.new)
    ours, theirs = (_sections(with_marked(each)) for each in (old, new))
    for pair in aligned(ours, theirs, key=lambda each: each.path, text=_section_text):
        if pair.is_moved and pair.new is not None:
            path = pair.new.path
            yield WordDifference(path[:-1], "", HEADING, path[-1], path[-1], is_moved=True)
        yield from _pair_sections(pair.old, pair.new)


# --- chapters and sections -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Figure:
    """A picture, by its alternative text."""

    text: str


_Piece: TypeAlias = Line | _Figure | Grid


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and what is below it, up to the next one; the cover has no heading."""

    path: tuple[str, ...]
    pieces: tuple[_Piece, ...]


def _sections(items: Sequence[Item]) -> list[_Section]:
    """Divide a body at its headings."""
    sections, path, pieces = [], [(0, COVER)], list[_Piece]()
    for item in items:
        if isinstance(item, Line) and item.level:
            sections.append(_Section(tuple(text for _, text in path), tuple(pieces)))
            path = [each for each in path if 0 < each[0] < item.level]
            path.append((item.level, for_people(item.text).replace("\n", "")))
            pieces = []
        pieces += _pieces(item)
    sections.append(_Section(tuple(text for _, text in path), tuple(pieces)))
    return sections


def _pieces(item: Item) -> Iterator[_Piece]:
    """Yield a table, or a paragraph's words and then each of its pictures."""
    if isinstance(item, Grid):
        yield item
        return
    text = for_people(item.text.replace(PICTURE, "").replace(NOTE, "［注］")).strip(" \u3000")
    if text:
        yield Line(text, item.level)
    yield from map(_Figure, item.pictures)


def _section_text(section: _Section) -> str:
    return "\n".join(section.path + tuple(_text(each) for each in section.pieces[:5]))


def _pair_sections(old: _Section | None, new: _Section | None) -> Iterator[WordDifference]:
    path = (new or old or _Section((), ())).path
    olds, news = (each.pieces if each else () for each in (old, new))
    for pair in aligned(olds, news, key=_key, text=_text):
        piece = pair.new
        if pair.is_moved and piece is not None:
            title = piece.title if isinstance(piece, Grid) else piece.text
            yield WordDifference(path, "", _name(piece), title, title, is_moved=True)
        yield from _pair(path, pair.old, pair.new)


# --- what is in them -------------------------------------------------------------


def _key(piece: _Piece) -> tuple[str, str]:
    if isinstance(piece, Grid):
        return TABLE, piece.title or _text(piece)
    return _name(piece), piece.text


def _text(piece: _Piece) -> str:
    """Return the words of a piece; of a table, those that tell it from others."""
    if not isinstance(piece, Grid):
        return f"{_name(piece)}{piece.text}"
    rows = piece.rows if not piece.title else piece.rows[:2]
    return "\n".join([piece.title, *("｜".join(row) for row in rows)])


def _name(piece: _Piece) -> str:
    if isinstance(piece, Grid):
        return TABLE
    if isinstance(piece, _Figure):
        return FIGURE
    return HEADING if piece.level else TEXT


def _pair(
    path: tuple[str, ...], old: _Piece | None, new: _Piece | None
) -> Iterator[WordDifference]:
    if isinstance(old, Grid) and isinstance(new, Grid):
        title = new.title or old.title
        for each in grid_differences(old, new):
            yield _in_table(_with(path, title), each)
    elif type(old) is type(new) or old is None or new is None:
        piece = new or old
        gone, come = _whole(old), _whole(new)
        if piece is not None and gone != come:
            title = piece.title if isinstance(piece, Grid) else ""
            yield WordDifference(_with(path, title), "", _name(piece), gone, come)
    else:
        yield from _pair(path, old, None)
        yield from _pair(path, None, new)


def _with(path: tuple[str, ...], title: str) -> tuple[str, ...]:
    """Return the place of a table; what its heading says is not said again."""
    if not title or title == path[-1]:
        return path
    return (*path, f"{TABLE}「{title.removeprefix(f'{path[-1]}：')}」")


def _in_table(path: tuple[str, ...], found: GridDifference) -> WordDifference:
    labels = "　".join(found.labels)
    return WordDifference(path, labels, found.column, found.old, found.new, is_moved=found.is_moved)


def _whole(piece: _Piece | None) -> str | None:
    if piece is None or not isinstance(piece, Grid):
        return piece.text if piece else None
    return "\n".join("｜".join(text.replace("\n", " ") for text in row) for row in piece.rows)
