"""The columns of a document's tables, as the plan's own table has them (表の列、階層).

Comes in: the tables of indicators with their columns, the plan as it was read. Goes out: the
layout of the plan's edition and how its levels are shown: the same columns in the same order
under the same words. Without it, units, numbers and whatever else a table says beside name,
baseline and target would be kept, and not printed, or printed under other words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from kpireport.domain.layouts import DETAIL_WORDS, OWN, LayoutName, detail_word
from kpireport.domain.levels import GOAL, PLAN, Shown
from kpireport.domain.names import repeats_word
from kpireport.domain.numerals import fold_width
from kpireport.plan_books.parts import objects
from kpireport.plan_books.rows import Object, item_at, put
from kpireport.plan_documents.basics import main_columns, say_one_unit
from kpireport.plan_documents.built import TableColumns
from kpireport.plan_documents.captions import Assigned, headline, without_unit, words_in
from kpireport.plan_documents.measures import detail_name
from kpireport.plan_documents.vocabulary import LEVELS, Role
from kpireport.quickly import dataclass
from kpireport.sources.json_file import Json

_COLUMNS = {
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
    Role.BASELINE_TIME: LayoutName.BASELINE_YEAR,
    Role.YEARLY: LayoutName.YEARLY_TARGETS,
    Role.TARGET: LayoutName.TARGET,
    Role.TARGET_TIME: LayoutName.DEADLINE,
}
_ALWAYS = (LayoutName.INDICATOR, LayoutName.BASELINE, LayoutName.TARGET)
_USUAL = (PLAN, *map(str, _ALWAYS))
_PATHS = {
    LayoutName.DEPARTMENT: ("departments",),
    LayoutName.BASELINE_YEAR: ("baseline", "as_of"),
    LayoutName.DEADLINE: ("target", "deadline"),
}
"""Where an indicator says what a column has, if its item is not called as the column is."""

_OF_LABELS = (*_ALWAYS, LayoutName.PAST)
"""Columns whose words are the plan's labels."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its name in a layout, its word and remark as printed, what stands above it."""

    name: str
    word: str
    note: str = ""
    group: str = ""

    @property
    def header(self) -> str:
        """Its word with the remark below it."""
        return "\n".join(filter(None, (self.word, self.note)))


def lay_out(
    raw: Object,
    tables: Sequence[TableColumns],
    indicators: Sequence[Object],
    section: str,
    goal_labels: Mapping[int, str],
) -> None:
    """Put the levels and the layout of the plan's edition into the plan's file.

    Args:
        raw: the plan's file with its goals and labels.
        tables: those that have indicators of plans.
        indicators: the plan's.
        section: what the document calls its levels between goals and plans.
        goal_labels: the goals' numbers with their words (政策１), by the goals' identity: where
            goals stand in a column, nothing else says the words.
    """
    first = main_columns(tables)
    labels = raw.get("labels")
    if first is None or not isinstance(labels, dict):
        return
    keys = _keys(raw)
    said = partial(_is_said, indicators)
    of_levels = _level_columns(first, keys, raw)
    _take_levels(raw, keys, of_levels, section)
    if GOAL in {each.name for each in of_levels.values()}:
        for goal in objects(raw.get("goals")):
            if label := goal_labels.get(id(goal)):
                goal["numeral"] = label
    names = {index: each.name for index, each in of_levels.items()}
    columns = [*_columns(first, said, names)]
    for _, others in tables:
        columns = _with_others(columns, [*_columns(others, said, {})])
    if not say_one_unit(tables):
        columns = [replace(each, word=without_unit(each.word)) for each in columns]
    if LayoutName.UNIT not in {each.name for each in columns} and _needs_units(tables, indicators):
        at = next(at for at, each in enumerate(columns) if each.name == LayoutName.INDICATOR)
        unit = _Column(LayoutName.UNIT, DETAIL_WORDS[LayoutName.UNIT], group=columns[at].group)
        columns.insert(at + 1, unit)
    if layout := _layout(columns, labels, names.values()):
        raw["layout"] = {"plan": layout}


# --- levels --------------------------------------------------------------------------------


def _keys(raw: Object) -> list[str]:
    """The levels' keys, from outside in."""
    depth = max((_depth(each) for each in objects(raw.get("goals"))), default=0)
    sections = ["section" if at == 0 else f"section{at + 1}" for at in range(depth)]
    return [GOAL, *sections, PLAN]


def _depth(node: Object) -> int:
    return max((1 + _depth(each) for each in objects(node.get("sections"))), default=0)


def _level_columns(
    columns: Sequence[Assigned], keys: Sequence[str], raw: Object
) -> dict[int, _Column]:
    """The columns of levels, by their places: the innermost are as many as there are columns."""
    levels, goals = [each for each in columns if each.role in LEVELS], objects(raw.get("goals"))
    if not levels:
        return {}
    are_goals = levels[-1].role is Role.GOAL and all(map(_has_its_name_alone, goals))
    inner = keys[: len(levels)] if are_goals else keys[-len(levels) :]
    found = {
        each.index: _column(each, key)
        for each, key in zip(levels[-len(inner) :], inner, strict=True)
    }
    if any(each.get("numeric_targets") or each.get("directions") for each in goals):
        return {at: each for at, each in found.items() if each.name != GOAL}
    return found


def _has_its_name_alone(goal: Object) -> bool:
    """Whether a goal's only plan was made up of it."""
    return [each.get("title") for each in objects(goal.get("plans"))] == [goal.get("title")]


def _take_levels(
    raw: Object, keys: Sequence[str], columns: dict[int, _Column], section: str
) -> None:
    """How levels are shown, unless that is the usual: goals as chapters, plans as a column."""
    words = {each.name: each.word for each in columns.values()}
    levels: list[Object] = []
    for number, key in enumerate(keys):
        usual = Shown.CHAPTER if key == GOAL else Shown.HEADING
        entry: Object = {"key": key, "show": str(Shown.COLUMN if key in words else usual)}
        if key not in (GOAL, PLAN):
            numbered = f"{section}（{number}）" if number > 1 else section
            entry = {"key": key, "name": words.get(key) or numbered, "show": entry["show"]}
        levels.append(entry)
    if len(keys) > 2 or GOAL in words:
        raw["levels"] = [*levels]
    for key in (GOAL, PLAN):
        if words.get(key):
            put(raw, ("labels", key), words[key])


# --- columns -------------------------------------------------------------------------------


def _columns(
    columns: Sequence[Assigned], said: Callable[[str], bool], levels: dict[int, str]
) -> Iterator[_Column]:
    """Yield the columns of a table that the plan's rows say something in, each once."""
    seen: set[str] = set()
    yearly = [each for each in columns if each.role is Role.YEARLY]
    for each in columns:
        own = f"{OWN}{detail_name(each)}" if each.role is Role.DETAIL else ""
        name = levels.get(each.index) or own or _COLUMNS.get(each.role, "")
        if not name or name in seen or not (name in levels.values() or said(name)):
            continue
        seen.add(name)
        column = _column(each, name)
        if each in yearly and len(yearly) > 1:
            column = _of_years(yearly, column)
        yield column


def _column(column: Assigned, name: str) -> _Column:
    line = headline(column)
    return _Column(name, line.word, line.note, line.above)


def _of_years(yearly: Sequence[Assigned], first: _Column) -> _Column:
    """The column of several years' targets: their years stand below the word that all have."""
    words = {next(filter(None, map(words_in, each.caption.texts[::-1])), "") for each in yearly}
    word = words.pop() if len(words) == 1 else ""
    return replace(first, word=word, note="", group="" if first.group == word else first.group)


def _with_others(columns: list[_Column], others: Sequence[_Column]) -> list[_Column]:
    """The columns with those that another table has besides, behind what they stand behind."""
    merged = list(columns)
    at = 0
    for each in others:
        known = next((at for at, one in enumerate(merged) if one.name == each.name), None)
        if known is None:
            merged.insert(at, each)
        at = (known if known is not None else at) + 1
    return merged


def _is_said(indicators: Sequence[Object], name: str) -> bool:
    """Whether any indicator says what a column of this name has."""
    if name in _ALWAYS:
        return True
    if name.startswith(OWN):
        path: tuple[str, ...] = ("details", name.removeprefix(OWN))
    else:
        path = _PATHS.get(LayoutName(name), (name,))
    return any(item_at(each, path) for each in indicators)


def _needs_units(tables: Sequence[TableColumns], indicators: Sequence[Object]) -> bool:
    """Whether units would not be printed: neither their headers nor their names say them."""
    return not say_one_unit(tables) and any(
        (unit := each.get("unit"))
        and fold_width(f"{unit})") not in fold_width(str(each.get("name")))
        for each in indicators
    )


# --- the layout ----------------------------------------------------------------------------


def _layout(columns: Sequence[_Column], labels: Object, levels: Collection[str]) -> list[Json]:
    """The columns as a layout says them; none where they are those of every plan."""
    above = {each.group for each in columns if each.name not in levels}
    is_usual_above = above == {labels.get("indicators")} and labels["indicators"] != labels.get(
        "indicator"
    )
    layout: list[Json] = []
    for each in columns:
        entry: Object = {"column": str(each.name)}
        if each.word and each.header != _usual_header(each, labels, levels):
            entry["header"] = each.header
        if each.group and not is_usual_above:
            entry["group"] = each.group
        layout.append(entry)
    is_repeated = repeats_word(*(str(labels.get(key)) for key in ("indicators", "indicator")))
    if not any(above) and not is_repeated and isinstance(first := layout[0], dict):
        first["group"] = ""  # the columns have one line of headers
    plain: list[Json] = [
        each["column"] if isinstance(each, dict) and len(each) == 1 else each for each in layout
    ]
    return [] if plain == [*_USUAL] else plain


def _usual_header(column: _Column, labels: Object, levels: Collection[str]) -> str:
    """What is printed above a column whose layout says no header."""
    name = column.name
    if name in levels:
        return column.word
    if name in _OF_LABELS:
        said = (labels.get(name), labels.get(f"{name}_note"))
        return "\n".join(str(each) for each in said if each)
    if name == LayoutName.DEPARTMENT:
        return "所管課"
    return detail_word(name) if name.startswith(OWN) or name in DETAIL_WORDS else ""
