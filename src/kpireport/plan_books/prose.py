"""The plan's prose as rows: the directions of its goals, its introduction.

Comes in: the objects of the plan's file, or rows. Goes out: the other of the two. A row is
a paragraph, an item or a numbered point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kpireport.errors import CellError
from kpireport.plan_books import columns as of
from kpireport.plan_books.parts import items, objects
from kpireport.plan_books.rows import BookRow, Object
from kpireport.sources.json_file import Json

_PARAGRAPH, _ITEM = of.PROSE.values()
_, _POINT, _NOTE = of.INTRODUCED.values()
_PART = (of.PART_NUMBER, of.PART_TITLE)


# --- directions ------------------------------------------------------------------


def direction_rows(directions: list[Json], goal: str) -> list[BookRow]:
    """The rows of a goal's directions; none where rows cannot say them."""
    rows = [row for each in objects(directions) for row in _rows_of(each, goal)]
    return rows if directions_of(rows) == directions else []


def _rows_of(part: Object, goal: str) -> Iterator[BookRow]:
    head = {
        of.GOAL: goal,
        _PART[0]: part.get("label", ""),
        _PART[1]: part.get("title", ""),
    }
    for way, key in ((_PARAGRAPH, "paragraphs"), (_ITEM, "items")):
        for text in items(part.get(key)):
            yield _row({**head, of.WAY: way, of.WORDS: text})


def directions_of(rows: Iterable[BookRow]) -> list[Json]:
    """The directions that a goal's rows say, in their order."""
    directions: list[Json] = []
    for head, below in groupby(rows, key=lambda row: tuple(map(row.text, _PART))):
        part: Object = {
            key: text for key, text in zip(("label", "title"), head, strict=True) if text
        }
        for row in below:
            key = "items" if _way(row, (_PARAGRAPH, _ITEM)) == _ITEM else "paragraphs"
            _add(part, key, row.text(of.WORDS))
        directions.append(part)
    return directions


# --- introduction ----------------------------------------------------------------

_LABELLED = ((_POINT, "points"), (_NOTE, "notes"))


def introduction_rows(introduction: Object) -> list[BookRow]:
    """The rows of the introduction's texts; none where rows cannot say them."""
    rows = [
        _row({of.WAY: _PARAGRAPH, of.WORDS: each}) for each in items(introduction.get("paragraphs"))
    ]
    for way, key in _LABELLED:
        for each in objects(introduction.get(key)):
            text = "\n".join(map(str, items(each.get("lines"))))
            rows.append(_row({of.WAY: way, of.NUMBER: each.get("label", ""), of.WORDS: text}))
    said = {key: introduction[key] for key in _INTRODUCTION if introduction.get(key)}
    return rows if introduction_of(rows) == said else []


_INTRODUCTION = ("paragraphs", *(key for _, key in _LABELLED))


def introduction_of(rows: Iterable[BookRow]) -> Object:
    """What the introduction's rows say."""
    said: Object = {}
    for row in rows:
        way = _way(row, (_PARAGRAPH, _POINT, _NOTE))
        key = next((key for word, key in _LABELLED if word == way), "paragraphs")
        lines: list[Json] = [*row.text(of.WORDS).split("\n")]
        labelled: Object = {"label": row.text(of.NUMBER), "lines": lines}
        _add(said, key, row.text(of.WORDS) if key == "paragraphs" else labelled)
    return {key: said[key] for key in _INTRODUCTION if key in said}


# --- helpers ---------------------------------------------------------------------


def _way(row: BookRow, words: tuple[str, ...]) -> str:
    """How a row's text is set; a paragraph unless it says so."""
    word = row.text(of.WAY) or words[0]
    if word not in words:
        listed = "、".join(f"「{each}」" for each in words)
        row.fault(of.WAY, CellError(f"「{word}」は選べません。", f"使えるのは {listed} です。"))
    return word


def _row(texts: dict[str, Json]) -> BookRow:
    return BookRow(
        {
            title: text.strip()
            for title, text in texts.items()
            if isinstance(text, str) and text.strip()
        }
    )


def _add(entry: Object, key: str, value: Json) -> None:
    listed = entry.setdefault(key, [])
    if isinstance(listed, list):
        listed.append(value)
