"""What was changed in a Word file outside the texts that may be edited there.

Comes in: the words of the file as it would be built now, and as it came back. Goes out:
every difference with its place: chapter, table, row, column. These words come from
figures and settings, and are corrected there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kpireport.messages import shortened
from kpireport.word_files.signs import for_people
from kpireport.word_files.words import Grid, Item, Line

_COVER = "表紙"


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that is another one than it was; ``old`` is empty for one that is new."""

    place: str
    old: str
    new: str


def differences(
    built: Sequence[Item], edited: Sequence[Item], chapters: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield what differs; ``chapters`` are the headings' texts and the chapters' names."""
    places = _places(built, chapters)
    if [type(each) for each in built] == [type(each) for each in edited]:
        for place, one, other in zip(places, built, edited, strict=True):
            yield from _pair(place, one, other)
        return
    matcher = SequenceMatcher(None, _keys(built), _keys(edited), autojunk=False)
    for kind, first, last, other_first, other_last in matcher.get_opcodes():
        place = places[min(first, len(places) - 1)] if places else _COVER
        if kind == "equal":
            for offset in range(last - first):
                one, other = built[first + offset], edited[other_first + offset]
                yield from _pair(places[first + offset], one, other)
        else:
            olds = [_shown(item) for item in built[first:last]]
            news = [_shown(item) for item in edited[other_first:other_last]]
            if len(news) > len(olds) and other_first:
                place = f"{places[max(first - 1, 0)]}　{_named(edited[other_first - 1])}の後"
            yield from _runs(place, olds, news)


def _runs(place: str, olds: Sequence[str], news: Sequence[str]) -> Iterator[Difference]:
    """Pair what was there with what is there instead, as far as both reach."""
    for number in range(max(len(olds), len(news))):
        old = olds[number] if number < len(olds) else ""
        new = news[number] if number < len(news) else ""
        if old != new:
            yield Difference(place, old, new)


def _places(items: Sequence[Item], chapters: Mapping[str, str]) -> list[str]:
    chapter, places = _COVER, []
    for item in items:
        if isinstance(item, Line):
            chapter = chapters.get(item.text, chapter)
        places.append(chapter)
    return places


def _keys(items: Sequence[Item]) -> list[str]:
    """Return what items are recognized by: a line by its text, a table by its title."""
    return [
        item.text if isinstance(item, Line) else f"\n{item.title or item.rows[:1]}"
        for item in items
    ]


def _pair(place: str, built: Item, edited: Item) -> Iterator[Difference]:
    if isinstance(built, Grid) and isinstance(edited, Grid):
        yield from _grids(f"{place}　表「{shortened(built.title)}」", built, edited)
    elif built != edited:
        yield from _runs(place, [_shown(built)], [_shown(edited)])


def _grids(place: str, built: Grid, edited: Grid) -> Iterator[Difference]:
    shapes = [[len(row) for row in grid.rows] for grid in (built, edited)]
    if shapes[0] != shapes[1]:
        yield from _reshaped(place, built, edited)
        return
    for number, (row, other) in enumerate(zip(built.rows, edited.rows, strict=True)):
        if row != other:
            for cell, (old, new) in enumerate(zip(row, other, strict=True)):
                where = f"{place}　{_row_name(built, number)}　{_column_name(built, number, cell)}"
                yield from _runs(where, [for_people(old)], [for_people(new)])


def _reshaped(place: str, built: Grid, edited: Grid) -> Iterator[Difference]:
    """Yield the rows that differ in a table whose rows or columns are others."""
    matcher = SequenceMatcher(None, built.rows, edited.rows, autojunk=False)
    for kind, first, last, other_first, other_last in matcher.get_opcodes():
        if kind != "equal":
            olds = [_row_text(row) for row in built.rows[first:last]]
            news = [_row_text(row) for row in edited.rows[other_first:other_last]]
            where = _row_name(built, min(first, len(built.rows) - 1))
            yield from _runs(f"{place}　{where}のあたり", olds, news)


def _row_name(grid: Grid, number: int) -> str:
    """Return ``3行目（外遊びの事業）``: the row as Word counts, and what it begins with."""
    texts = [for_people(text).replace("\n", " ") for text in grid.rows[number] if for_people(text)]
    named = "、".join(shortened(text) for text in texts[:2])
    return f"{number + 1}行目" + (f"（{named}）" if named and number >= grid.header_rows else "")


def _column_name(grid: Grid, row: int, cell: int) -> str:
    """Return the heading of a cell's column, or which column it is."""
    column = grid.columns[row][cell]
    for header in reversed(range(grid.header_rows)):
        for begins, text in zip(grid.columns[header], grid.rows[header], strict=True):
            if begins == column and text and header != row:
                return f"「{shortened(for_people(text).partition(chr(10))[0])}」の列"
    return f"{cell + 1}列目"


def _row_text(row: Sequence[str]) -> str:
    return "｜".join(for_people(text).replace("\n", " ") for text in row)


def _named(item: Item) -> str:
    """Return what an item begins with, for finding what stands behind it."""
    shown = shortened(_shown(item).replace("\n", " "))
    return f"「{shown}」" if isinstance(item, Line) else shown


def _shown(item: Item) -> str:
    if isinstance(item, Line):
        return for_people(item.text)
    rows = "／".join(_row_text(row) for row in item.rows[:3])
    return f"表「{item.title}」" if item.title else f"表（{rows}）"
