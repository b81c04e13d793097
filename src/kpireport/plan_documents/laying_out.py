"""The columns of a document's tables, as the plan's own table has them (表の列).

Comes in: the columns of the tables, what became of their rows. Goes out: the layout of the
plan's edition: the same columns in the same order. Without it, units, numbers and whatever
else a table says beside name, baseline and target would be kept, and not printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kpireport.domain.layouts import LayoutName
from kpireport.plan_books.rows import Object
from kpireport.plan_documents.captions import Assigned
from kpireport.plan_documents.vocabulary import Role
from kpireport.sources.json_file import Json

_COLUMNS = {
    Role.PLAN: LayoutName.PLAN,
    Role.NUMBER: LayoutName.NUMBER,
    Role.INDICATOR: LayoutName.INDICATOR,
    Role.UNIT: LayoutName.UNIT,
    Role.PERIOD: LayoutName.PERIOD,
    Role.DIRECTION: LayoutName.DIRECTION,
    Role.DEFINITION: LayoutName.DEFINITION,
    Role.BASIS: LayoutName.BASIS,
    Role.SOURCE: LayoutName.SOURCE,
    Role.REMARKS: LayoutName.REMARKS,
    Role.DEPARTMENTS: LayoutName.DEPARTMENT,
    Role.PAST: LayoutName.PAST,
    Role.BASELINE: LayoutName.BASELINE,
    Role.YEARLY: LayoutName.YEARLY_TARGETS,
    Role.TARGET: LayoutName.TARGET,
}
_USUAL = (LayoutName.PLAN, LayoutName.INDICATOR, LayoutName.BASELINE, LayoutName.TARGET)
_ITEMS = {
    LayoutName.DEPARTMENT: "departments",
    **{
        each: str(each)
        for each in (
            *(LayoutName.NUMBER, LayoutName.UNIT, LayoutName.PERIOD, LayoutName.DIRECTION),
            *(LayoutName.DEFINITION, LayoutName.BASIS, LayoutName.SOURCE, LayoutName.REMARKS),
            *(LayoutName.PAST, LayoutName.YEARLY_TARGETS),
        )
    },
}


def layout_of(tables: Iterable[Sequence[Assigned]], indicators: Sequence[Object]) -> list[Json]:
    """The columns of the plan's table; none where they are the usual ones.

    Args:
        tables: the columns of each table that has indicators.
        indicators: the plan's.
    """
    counted = Counter(tuple(_names(columns, indicators)) for columns in tables)
    if not counted:
        return []
    widest = max(map(len, counted))
    names = list(next(each for each, _ in counted.most_common() if len(each) == widest))
    if LayoutName.UNIT not in names and _is_said(LayoutName.UNIT, indicators):
        names.insert(names.index(LayoutName.INDICATOR) + 1, LayoutName.UNIT)
    if LayoutName.PLAN not in names:
        names.insert(0, LayoutName.PLAN)
    return [] if tuple(names) == _USUAL else [str(each) for each in names]


def _names(columns: Sequence[Assigned], indicators: Sequence[Object]) -> Iterator[str]:
    """Yield the columns of a table that the plan's rows say something in, each once."""
    seen: set[str] = set()
    for each in columns:
        name = _COLUMNS.get(each.role)
        if name is None or name in seen:
            continue
        if name in _ITEMS and not _is_said(name, indicators):
            continue
        seen.add(name)
        yield name


def _is_said(name: LayoutName, indicators: Sequence[Object]) -> bool:
    return any(each.get(_ITEMS[name]) for each in indicators)
