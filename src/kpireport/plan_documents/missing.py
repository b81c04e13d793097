"""Cells that came into nothing: nothing of a document may be dropped.

Comes in: the lines below headers, what they became. Goes out: the cells whose texts stand
neither in what their line became, nor among what was left, nor as a level's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from kpireport.plan_books.rows import Object
from kpireport.plan_documents.bands import label_and_note
from kpireport.plan_documents.built import Built, Left
from kpireport.plan_documents.captions import Assigned
from kpireport.plan_documents.joining import BULLET, lines_of
from kpireport.plan_documents.levels import heading_of
from kpireport.plan_documents.measures import is_dash
from kpireport.plan_documents.stretches import Line, Stretch
from kpireport.plan_documents.times import years_in
from kpireport.plan_documents.vocabulary import DITTO, Role, squeezed
from kpireport.sources.json_file import Json

_SET_OFF = re.compile(r"[・:：、，,。.．｜|※*（）()【】\[\]「」『』〔〕●○◆◇■□▪•‣〃]")
_BETWEEN = re.compile(r"[：:\s]|→|⇒|➡|⇨|->")
_BELOW = ("sections", "plans", "indicators", "numeric_targets")


class Kept:
    """What a document's lines became, as texts."""

    def __init__(self, built: Built, names: Sequence[Object]) -> None:
        """Begin.

        Args:
            built: what became of the document.
            names: all objects, for their titles.
        """
        self._built = built
        self._left: dict[str, list[str]] = defaultdict(list)
        for each in built.left:
            self._left[each.place].append(_folded(each.text))
        self._said: dict[int, str] = {}
        titles = (str(each.get(key, "")) for each in names for key in ("title", "name"))
        headings = (each.heading.title for each in built.outline.headings)
        self._names = {*map(_folded, titles), *map(_folded, headings)} - {""}
        self._names |= {*map(_folded, built.band_labels.values())}

    def missing(self, stretch: Stretch, columns: Sequence[Assigned]) -> Iterator[Left]:
        """Yield what is missing of the lines of a stretch.

        Args:
            stretch: it.
            columns: what its columns are; none where it has no header.
        """
        roles = {each.index: each.role for each in columns}
        for line in stretch.lines:
            said = self._said_by(line)
            for cell in line.own():
                is_said = self._is_said(cell.text, said) or _is_told(
                    cell.text, roles.get(cell.column)
                )
                if not is_said:
                    yield Left(line.place, "セル", cell.text, "どの欄にも置けませんでした")

    def _said_by(self, line: Line) -> str:
        parts = [self._text_of(each) for each in self._built.went.get(line.place, ())]
        return "\n".join((*parts, *self._left.get(line.place, ())))

    def _text_of(self, entry: Object) -> str:
        key = id(entry)
        if key not in self._said:
            self._said[key] = _folded("".join(_texts(entry)))
        return self._said[key]

    def _is_said(self, text: str, said: str) -> bool:
        folded = _folded(text)
        if not folded or folded in said or folded in self._names:
            return True
        label, note = label_and_note(text)
        if {_folded(label), _folded(note)} - {""} <= self._names:
            return True
        if _folded(heading_of(text).title) in self._names:
            return True
        parts = [
            part
            for line in lines_of(text)
            for each in _BETWEEN.split(BULLET.sub("", line, count=1))
            if (part := _folded(each))
        ]
        return bool(parts) and all(each in said for each in parts)


def _is_told(text: str, role: Role | None) -> bool:
    """Whether a text is told otherwise: as a year, as the kind of its row, as none."""
    is_year = role in (Role.TARGET_TIME, Role.BASELINE_TIME) and bool(years_in(text))
    return (
        is_year or role is Role.SERIES or is_dash(text) or bool(re.fullmatch(DITTO, text.strip()))
    )


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in _BELOW:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def _folded(text: str) -> str:
    """A text's letters, figures and signs; without what merely sets it off."""
    return _SET_OFF.sub("", squeezed(text))
