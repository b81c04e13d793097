"""The plan's prose as rows: the directions of its goals, its introduction.

Comes in: the objects of the plan's file, or rows. Goes out: the other of the two. A row is
a paragraph, an item or a numbered point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kpireport.errors import CellError
from kpireport.plan_books import columns as of
from kpireport.plan_books.rows import BookRow, Object
from kpireport.sources.json_file import Json

WAY, TEXT, NUMBER = "書き方", "文", "番号"
_PARAGRAPH, _ITEM = of.PROSE.values()
_, _POINT, _NOTE = of.INTRODUCED.values()
_PART = ("部分の番号", "部分の題")


# --- directions ------------------------------------------------------------------


def direction_rows(directions: list[Json], goal: str) -> list[BookRow]:
    """The rows of a goal's directions; none where rows cannot say them."""
    rows = [row for each in directions if isinstance(each, dict) for row in _rows_of(each, goal)]
    return rows if directions_of(rows) == directions else []


def _rows_of(part: Object, goal: str) -> Iterator[BookRow]:
    head = {
        "基本目標": goal,
        _PART[0]: part.get("label", ""),
        _PART[1]: part.get("title", ""),
    }
    for way, key in ((_PARAGRAPH, "paragraphs"), (_ITEM, "items")):
        for text in _list(part.get(key)):
            yield _row({**head, WAY: way, TEXT: text})


def directions_of(rows: Iterable[BookRow]) -> list[Json]:
    """The directions that a goal's rows say, in their order."""
    directions: list[Json] = []
    for head, below in groupby(rows, key=lambda row: tuple(map(row.text, _PART))):
        part: Object = {
            key: text for key, text in zip(("label", "title"), head, strict=True) if text
        }
        for row in below:
            key = "items" if _way(row, (_PARAGRAPH, _ITEM)) == _ITEM else "paragraphs"
            _add(part, key, row.text(TEXT))
        directions.append(part)
    return directions


# --- introduction ----------------------------------------------------------------

_LABELLED = ((_POINT, "points"), (_NOTE, "notes"))


def introduction_rows(introduction: Object) -> list[BookRow]:
    """The rows of the introduction's texts; none where rows cannot say them."""
    rows = [_row({WAY: _PARAGRAPH, TEXT: each}) for each in _list(introduction.get("paragraphs"))]
    for way, key in _LABELLED:
        for each in _list(introduction.get(key)):
            if isinstance(each, dict):
                text = "\n".join(map(str, _list(each.get("lines"))))
                rows.append(_row({WAY: way, NUMBER: each.get("label", ""), TEXT: text}))
    said = {key: introduction[key] for key in _INTRODUCTION if introduction.get(key)}
    return rows if introduction_of(rows) == said else []


_INTRODUCTION = ("paragraphs", *(key for _, key in _LABELLED))


def introduction_of(rows: Iterable[BookRow]) -> Object:
    """What the introduction's rows say."""
    said: Object = {}
    for row in rows:
        way = _way(row, (_PARAGRAPH, _POINT, _NOTE))
        key = next((key for word, key in _LABELLED if word == way), "paragraphs")
        lines: list[Json] = [*row.text(TEXT).split("\n")]
        labelled: Object = {"label": row.text(NUMBER), "lines": lines}
        _add(said, key, row.text(TEXT) if key == "paragraphs" else labelled)
    return {key: said[key] for key in _INTRODUCTION if key in said}


# --- helpers ---------------------------------------------------------------------


def _way(row: BookRow, words: tuple[str, ...]) -> str:
    """How a row's text is set; a paragraph unless it says so."""
    word = row.text(WAY) or words[0]
    if word not in words:
        listed = "、".join(f"「{each}」" for each in words)
        row.fault(WAY, CellError(f"「{word}」は選べません。", f"使えるのは {listed} です。"))
    return word


def _row(texts: dict[str, Json]) -> BookRow:
    return BookRow(
        {
            title: text.strip()
            for title, text in texts.items()
            if isinstance(text, str) and text.strip()
        }
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _add(entry: Object, key: str, value: Json) -> None:
    items = entry.setdefault(key, [])
    if isinstance(items, list):
        items.append(value)
