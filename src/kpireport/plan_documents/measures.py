"""A line of a table as an indicator or a numeric target.

Comes in: a line, what its columns are. Goes out: the object of the plan's file with the texts
as they are printed, and what a person should look at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field

from kpireport.domain.numerals import fold_width
from kpireport.plan_books.rows import Object, put
from kpireport.plan_documents.captions import Assigned, is_department, is_unit
from kpireport.plan_documents.joining import BULLET, lines_of, name_of, one_line, value_of, width_of
from kpireport.plan_documents.stretches import Line
from kpireport.plan_documents.times import year_in
from kpireport.plan_documents.vocabulary import VALUES, Role
from kpireport.quickly import dataclass

_DASHES = frozenset("-－―—–‐−ー")
_TEXTS = {
    Role.NUMBER: ("number",),
    Role.UNIT: ("unit",),
    Role.PERIOD: ("period",),
    Role.DIRECTION: ("direction",),
    Role.DEFINITION: ("definition",),
    Role.BASIS: ("basis",),
    Role.SOURCE: ("source",),
    Role.REMARKS: ("remarks",),
    Role.BASELINE_TIME: ("baseline", "as_of"),
}
"""The items that are texts, by the role of their column."""

_ITEMS = {Role.BASELINE: ("baseline", "text"), Role.TARGET: ("target", "text")}
NOT_SAID = frozenset((Role.LEFT, Role.SERIES, Role.GOAL, Role.SECTION, Role.PLAN, Role.INDICATOR))


@dataclass(slots=True)
class Measure:
    """An indicator or numeric target as it is read.

    Attributes:
        entry: it.
        places: its lines.
        doubts: what a person should look at.
        actuals: figures of years that are no part of a plan, by their headers.
        name_as_printed: its name with what shows that it stands below a heading.
    """

    entry: Object
    places: list[str]
    doubts: list[str] = field(default_factory=list)
    actuals: list[tuple[str, str]] = field(default_factory=list)
    name_as_printed: str = ""


def rooms_of(columns: Sequence[Assigned], lines: Sequence[Line]) -> dict[int, int]:
    """How wide the widest line of each column is."""
    return {
        each.index: max(
            (
                width_of(part)
                for line in lines
                if (cell := line.cells[each.index]) is not None and cell.columns == 1
                for part in lines_of(cell.text)
            ),
            default=0,
        )
        for each in columns
    }


def measure_of_line(
    line: Line, columns: Sequence[Assigned], rooms: dict[int, int], unit: str
) -> Measure:
    """The measure that a line is.

    Args:
        line: it.
        columns: what each of its columns is.
        rooms: see :func:`rooms_of`.
        unit: that the words above the table say.
    """
    measure = Measure({}, [line.place], [*line.doubts])
    name = next((line.cells[each.index] for each in columns if each.role is Role.INDICATOR), None)
    for column in columns:
        if column.role in NOT_SAID and column.role is not Role.INDICATOR:
            continue
        if column.role is Role.DETAIL and line.cells[column.index] is name:
            continue  # the name reaches over it
        if (text := line.text(column.index)).strip():
            _take(measure, column, text, rooms.get(column.index, 0))
    _take_unit(measure, columns, unit)
    return measure


def _take(measure: Measure, column: Assigned, text: str, room: int) -> None:
    entry, role = measure.entry, column.role
    if role is Role.INDICATOR:
        measure.name_as_printed = text
        entry["name"] = name_of(text)
    elif role in VALUES:
        _take_value(measure, column, text, room)
    elif role is Role.DEPARTMENTS:
        _take_departments(measure, text)
    elif role is Role.TARGET_TIME:
        _take_deadline(measure, column, text)
    elif role in _TEXTS:
        before = _at(entry, _TEXTS[role])  # of another column of the same role
        put(entry, _TEXTS[role], "\n".join(filter(None, (before, _plain_text(text)))))
    else:
        _take_detail(entry, column, text)


def _plain_text(text: str) -> str:
    """A text of several sentences or items: lines that are full are joined."""
    return value_of(text)[0]


def _take_value(measure: Measure, column: Assigned, text: str, room: int) -> None:
    value, is_open = value_of(text, room)
    if is_open:
        what = column.role.value
        measure.doubts.append(
            f"{what}の改行は、文の切れ目として残しました。続く文なら、つないでください。"
        )
    match column.role:
        case Role.BASELINE | Role.TARGET:
            put(measure.entry, _ITEMS[column.role], value)
        case Role.PAST:
            _take_past(measure.entry, column, value)
        case Role.YEARLY if column.year is not None:
            _take_yearly(measure.entry, column.year, value)
        case _:
            measure.actuals.append((column.caption.shown, value))


def _take_yearly(entry: Object, year: int, text: str) -> None:
    targets = entry.setdefault("yearly_targets", [])
    if isinstance(targets, list) and not is_dash(text):
        targets.append({"fiscal_year": year, "text": text})
        targets.sort(
            key=lambda each: int(str(each["fiscal_year"])) if isinstance(each, dict) else 0
        )


def is_dash(text: str) -> bool:
    """Whether a text is dashes and no more: there is nothing."""
    return bool(text.strip()) and set(text.strip()) <= _DASHES


def _take_past(entry: Object, column: Assigned, text: str) -> None:
    known = entry.get("past")
    shown = one_line(column.caption.texts[-1]) if column.caption.texts else ""
    if known is None and column.year is None:
        entry["past"] = text
        return
    past = known if isinstance(known, list) else []
    past.append({"label": shown, "text": text})
    entry["past"] = past


def _take_departments(measure: Measure, text: str) -> None:
    if is_dash(text):
        return
    names: list[str] = []
    for part in lines_of(text):
        whole = [each.strip(" 　・") for each in re.split(r"[、，,／/\s　]+", part) if each.strip()]
        for name in whole:
            if names and not is_department(names[-1]):
                names[-1] += name
            else:
                names.append(name)
    names = [each for name in names for each in _parted_by_dots(name)]
    unlike = [each for each in names if not is_department(each)]
    if unlike:
        listed = "、".join(f"「{each}」" for each in unlike)
        measure.doubts.append(f"所管課の{listed}は、課の名前に見えません。確かめてください。")
    known = measure.entry.get("departments")
    measure.entry["departments"] = [
        *dict.fromkeys((*(known if isinstance(known, list) else ()), *names))
    ]


def _parted_by_dots(name: str) -> list[str]:
    parts = [each for each in re.split(r"・", name) if each]
    return (
        parts if len(parts) > 1 and all(each.endswith(("課", "室")) for each in parts) else [name]
    )


def _take_deadline(measure: Measure, column: Assigned, text: str) -> None:
    year = year_in(text)
    if year is None:
        _take_detail(measure.entry, column, text)
        return
    put(measure.entry, ("target", "deadline"), year)


def detail_name(column: Assigned) -> str:
    """What a text of a column of its own is called."""
    shown = "・".join(filter(None, (one_line(each) for each in column.caption.texts)))
    name = re.sub(r"[()\s]", "", _in_wide_brackets(shown)) or f"列{column.index + 1}"
    return f"{name}・{column.twin + 1}" if column.twin else name


def _in_wide_brackets(text: str) -> str:
    """Remarks in brackets are no part of a title (``titled_tables``): they stand behind a dot."""
    return re.sub(r"[（(]([^（()）]*)[)）]", r"・\1", text).replace("※", "").strip("・")


def _take_detail(entry: Object, column: Assigned, text: str) -> None:
    details = entry.setdefault("details", {})
    if isinstance(details, dict):
        name = detail_name(column)
        known = details.get(name)
        said = _plain_text(text)
        details[name] = f"{known}\n{said}" if known and known != said else said


# --- units -------------------------------------------------------------------------------

_UNIT_BEHIND = re.compile(r".+[（(](?:単位[：:])?([^（()）]{1,6})[)）]\s*")
_BARE = re.compile(r"[△▲約+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:以上|以下|未満)?")


def _take_unit(measure: Measure, columns: Sequence[Assigned], unit: str) -> None:
    """A unit that stands in a header, behind the name or above the table."""
    entry = measure.entry
    if "unit" in entry or not _has_bare_figure(entry):
        return
    of_header = next((each.unit for each in columns if each.unit), "") or unit
    match = _UNIT_BEHIND.fullmatch(str(entry.get("name", "")))
    behind = match[1] if match and is_unit(match[1]) else ""
    if not (behind or of_header):
        return
    entry["unit"] = behind or of_header
    where = "指標の名称" if behind else "見出し"
    measure.doubts.append(f"単位「{entry['unit']}」は、{where}から取りました。確かめてください。")


def _has_bare_figure(entry: Object) -> bool:
    for item in ("baseline", "target"):
        below = entry.get(item)
        text = below.get("text") if isinstance(below, dict) else None
        if isinstance(text, str) and _BARE.fullmatch(fold_width(text).strip()):
            return True
    return False


# --- lines that continue --------------------------------------------------------------------


def has_values(line: Line, columns: Sequence[Assigned]) -> bool:
    """Whether any figure stands in a line."""
    return any(line.text(each.index).strip() for each in columns if each.role in VALUES)


def go_on(measure: Measure, line: Line, columns: Sequence[Assigned]) -> None:
    """Take a line that belongs to the one above: a page's end cut it, or cells are parted."""
    measure.places.append(line.place)
    for column in columns:
        cell = line.cells[column.index]
        if cell is None or not cell.text.strip() or cell.row != line.number:
            continue
        _append(measure, column, cell.text)


def _append(measure: Measure, column: Assigned, text: str) -> None:
    entry, role = measure.entry, column.role
    path = (("name",) if role is Role.INDICATOR else None) or _TEXTS.get(role) or _ITEMS.get(role)
    if path is None:
        if role is Role.DEPARTMENTS:
            known = entry.pop("departments", None)
            before = "\n".join(map(str, known)) if isinstance(known, list) else ""
            _take_departments(measure, f"{before}\n{text}")
        elif role not in NOT_SAID:
            _take(measure, column, text, 0)
        return
    before = _at(entry, path)
    both = f"{before}\n{text}"
    put(entry, path, name_of(both) if role is Role.INDICATOR else value_of(both)[0])


def _at(entry: Object, path: tuple[str, ...]) -> str:
    value: object = entry
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def holds_several(measure: Measure) -> bool:
    """Whether a line is several indicators in one: numbered names, as many figures."""
    parts = [each for each in lines_of(measure.name_as_printed) if BULLET.match(each)]
    target = _at(measure.entry, ("target", "text"))
    return len(parts) > 1 and len(lines_of(target)) >= len(parts)
