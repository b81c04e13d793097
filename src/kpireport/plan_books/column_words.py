"""The columns of the plan's tables (表の列) in the plan's own words.

Comes in: the values of the plan's file, the columns of its indicators. Goes out: the name of the
column that a word means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kpireport.domain.layouts import ANSWERS, OF_KEYS, OWN, LayoutName
from kpireport.domain.numerals import fold_width
from kpireport.plan_books.columns import PlanColumn
from kpireport.plan_books.notations import AsColumn
from kpireport.plan_books.parts import first_text, objects
from kpireport.plan_books.rows import Object, item_at

_LABELS = (
    LayoutName.PLAN,
    LayoutName.INDICATOR,
    LayoutName.BASELINE,
    LayoutName.TARGET,
    LayoutName.PAST,
)
"""What the plan says itself what it calls."""
OTHER_TITLES = {
    "所管課": ("担当課", "主管課", "担当部署", "所管", "担当", "部署", "課"),
    "現状値": ("現状", "基準値", "実績値"),
    "戦略計画": ("施策", "施策名", "計画", "基本施策"),
    "目標の種類": ("種類", "種別"),
    "番号": ("No", "No.", "№"),
}
"""What people call columns that they name anew."""

_USUAL = {"実績値": LayoutName.ACTUALS, "指標名": LayoutName.INDICATOR, "目標": LayoutName.TARGET}
"""What stands above columns of many plans."""


class ColumnWords:
    """What a plan calls its tables' columns."""

    def __init__(self, raw: Object, measured: Iterable[PlanColumn]) -> None:
        """Learn the words.

        Args:
            raw: the plan's values.
            measured: the columns of its indicators.
        """
        self._levels = {first_text(each, "key") for each in objects(raw.get("levels"))}
        self._names: dict[str, str] = {}
        for word, name in (*_own_words(raw, measured), *_usual_words()):
            self._names.setdefault(_plain(word), name)

    def name(self, text: str) -> str:
        """The name of the column that a text means; the text itself where it means none."""
        is_name = text in set(LayoutName) or text.startswith(tuple(OF_KEYS)) or text in self._levels
        return text if is_name else self._names.get(_plain(text), text)


def _own_words(raw: Object, measured: Iterable[PlanColumn]) -> Iterator[tuple[str, str]]:
    for each in objects(raw.get("levels")):
        yield first_text(each, "name"), first_text(each, "key")
    for name in _LABELS:
        yield str(item_at(raw, ("labels", name)) or ""), name
    for column in measured:
        if column.path[:1] == ("details",):
            yield column.path[1], f"{OWN}{column.path[1]}"
    for each in objects(raw.get("answers")):
        yield first_text(each, "label"), f"{ANSWERS}{first_text(each, 'key')}"


def _usual_words() -> Iterator[tuple[str, str]]:
    yield from _USUAL.items()
    for title, others in OTHER_TITLES.items():
        name = str(AsColumn().read(title))
        if name in set(LayoutName):
            yield from ((each, name) for each in others)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold_width(text))
