"""What differs between two Word files, paragraph by paragraph and cell by cell.

Comes in: the words of both, as readers of the pages have them. Goes out: every difference
with its place: chapter, table, the row's label, the column's heading. Chapters are held
against each other first, then what is in them, so that what was put in or taken out moves
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from kpireport.messages import shortened
from kpireport.quickly import dataclass
from kpireport.word_differences.alignment import aligned
from kpireport.word_differences.table_differences import GridDifference, grid_differences
from kpireport.word_files.items import Grid, Item, Line, row_text
from kpireport.word_files.signs import PICTURE, for_people
from kpireport.word_files.words import Words, with_marked

COVER, MARGINS = "表紙", "ヘッダー・フッター"
HEADING, TEXT, FIGURE, TABLE = "見出し", "文", "図", "表"
WORDS = (HEADING, TEXT, TABLE)  # what shows by itself what it is


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
        after: what it stands behind, where it was put in; empty at a section's beginning.
    """

    place: tuple[str, ...]
    row: str
    column: str
    old: str | None
    new: str | None
    is_moved: bool = False
    after: str = ""


def word_differences(old: Words, new: Words) -> Iterator[WordDifference]:
    """Yield what differs between two files, in the order of the second."""
    yield from margin_differences(old, new)
    yield from item_differences(with_marked(old), with_marked(new))


def margin_differences(old: Words, new: Words) -> Iterator[WordDifference]:
    """Yield what differs in headers and footers."""
    for margin in aligned(old.margins, new.margins, key=str, text=str):
        if margin.old != margin.new:
            old_text, new_text = (each and for_people(each) for each in (margin.old, margin.new))
            yield WordDifference((MARGINS,), "", TEXT, old_text, new_text)


def item_differences(
    old: Sequence[Item], new: Sequence[Item], names: Mapping[str, str] | None = None
) -> Iterator[WordDifference]:
    """Yield what differs between two bodies; of no two that differ in a word is nothing told.

    ``names`` are headings' texts and what the places say instead.
    """
    ours, theirs = (_sections(each, names or {}) for each in (old, new))
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


def _sections(items: Sequence[Item], names: Mapping[str, str]) -> list[_Section]:
    """Divide a body at its headings."""
    sections, path, pieces = [], [(0, COVER)], list[_Piece]()
    for item in items:
        if isinstance(item, Line) and item.level:
            sections.append(_Section(tuple(text for _, text in path), tuple(pieces)))
            path = [each for each in path if 0 < each[0] < item.level]
            text = for_people(item.text).replace("\n", "")
            path.append((item.level, names.get(text, text)))
            pieces = []
        pieces += _pieces(item)
    sections.append(_Section(tuple(text for _, text in path), tuple(pieces)))
    return sections


def _pieces(item: Item) -> Iterator[_Piece]:
    """Yield a table, or a paragraph's words and then each of its pictures."""
    if isinstance(item, Grid):
        yield item
        return
    text = item.text.replace(PICTURE, "")
    if text.strip():
        yield Line(text, item.level)
    yield from map(_Figure, item.pictures)


def _section_text(section: _Section) -> str:
    return "\n".join(section.path + tuple(_text(each) for each in section.pieces[:5]))


def _pair_sections(old: _Section | None, new: _Section | None) -> Iterator[WordDifference]:
    path = (new or old or _Section((), ())).path
    olds, news = (each.pieces if each else () for each in (old, new))
    before: _Piece | None = None
    for pair in aligned(olds, news, key=_key, text=_text):
        piece = pair.new
        if pair.is_moved and piece is not None:
            title = piece.title if isinstance(piece, Grid) else for_people(piece.text)
            yield WordDifference(path, "", _name(piece), title, title, is_moved=True)
        found = _pair(path, pair.old, piece)
        is_put_in = pair.old is None and before is not None
        yield from (replace(each, after=_named(before)) for each in found) if is_put_in else found
        before = piece or before


# --- what is in them -------------------------------------------------------------


def _key(piece: _Piece) -> tuple[str, str]:
    if isinstance(piece, Grid):
        return TABLE, piece.title or _text(piece)
    return _name(piece), piece.text


def _text(piece: _Piece) -> str:
    """Return the words of a piece; LibreOffice drops titles of tables, so they come last."""
    if not isinstance(piece, Grid):
        return f"{_name(piece)}{piece.text}"
    return "\n".join((*map(row_text, piece.rows), piece.title))


def _named(piece: _Piece | None) -> str:
    """Return what a piece begins with, for finding what stands behind it."""
    if isinstance(piece, Grid):
        return f"{piece.number or TABLE}「{shortened(piece.title or piece.shown())}」"
    return f"「{shortened(for_people(piece.text))}」" if piece else ""


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
        place = _with(path, new.title or old.title, new.number or old.number)
        found = [_in_table(place, each) for each in grid_differences(old, new)]
        if not found and old.rows != new.rows:
            found = [WordDifference(place, "", TABLE, _whole(old), _whole(new))]
        yield from found
    elif type(old) is type(new) or old is None or new is None:
        piece = new or old
        if piece is not None and old != new:
            place = _with(path, piece.title, piece.number) if isinstance(piece, Grid) else path
            yield WordDifference(place, "", _name(piece), _whole(old), _whole(new))
    else:
        yield from _pair(path, old, None)
        yield from _pair(path, None, new)


def _with(path: tuple[str, ...], title: str, number: str) -> tuple[str, ...]:
    """Return the place of a table; what its heading says is not said again."""
    name = number or TABLE
    if title and title != path[-1]:
        name += f"「{title.removeprefix(f'{path[-1]}：')}」"
    return path if name == TABLE else (*path, name)


def _in_table(path: tuple[str, ...], found: GridDifference) -> WordDifference:
    labels = "　".join(found.labels)
    return WordDifference(path, labels, found.column, found.old, found.new, is_moved=found.is_moved)


def _whole(piece: _Piece | None) -> str | None:
    if piece is None:
        return None
    if not isinstance(piece, Grid):
        return for_people(piece.text or PICTURE)  # nobody described it
    return "\n".join(map(row_text, piece.rows))
