"""The lines below a header, one after another, as indicators.

Comes in: lines, what their columns are. Goes out: indicators and numeric targets where they
belong; names that reach over rows, headings among the rows, rows that a page's end cut, cells
that two rows share are understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpireport.plan_books.rows import Object, item_at
from kpireport.plan_documents.banding import Banding
from kpireport.plan_documents.bands import band_in, band_kind
from kpireport.plan_documents.built import Built
from kpireport.plan_documents.captions import Assigned
from kpireport.plan_documents.joining import BULLET, one_line
from kpireport.plan_documents.levels import Heading, are_numbered, heading_of
from kpireport.plan_documents.measures import (
    Measure,
    go_on,
    has_values,
    holds_several,
    measure_of_line,
    rooms_of,
)
from kpireport.plan_documents.outline import Note, append
from kpireport.plan_documents.preparing import SECOND, prepared
from kpireport.plan_documents.repeating import Repeats
from kpireport.plan_documents.stretches import Line, Stretch
from kpireport.plan_documents.tables import SourceCell
from kpireport.plan_documents.vocabulary import (
    LEVELS,
    VALUES,
    Role,
)
from kpireport.quickly import dataclass

_COLUMN_OF = {Role.GOAL: "goal", Role.SECTION: "section", Role.PLAN: "plan"}
_STANDS_IN = 3.0  # points: rows that begin so much further in stand below the one above


@dataclass(frozen=True, slots=True)
class Above:
    """What the words above a table say: the unit of its figures; what its rows are."""

    unit: str = ""
    words: str = ""


class Rows:
    """The lines of stretches, one after another."""

    def __init__(self, built: Built, banding: Banding, *, may_be_of_goals: bool) -> None:
        """Begin.

        Args:
            built: where they are put.
            banding: takes rows that are no indicators.
            may_be_of_goals: rows that call themselves numeric targets are their goal's.
        """
        self._may_be_of_goals = may_be_of_goals
        self._built = built
        self._banding = banding
        self._last: Measure | None = None
        self._last_line: Line | None = None
        self._levels: dict[int, tuple[Heading, SourceCell | None, str]] = {}
        self._group: Object | None = None
        self._group_has_bullets: bool | None = None
        self._group_indent = 0.0
        self._members_indent: float | None = None
        self._plan: Object | None = None
        self._columns: Sequence[Assigned] = ()
        self._rooms: dict[int, int] = {}
        self._doubts: tuple[str, ...] = ()
        self._unit = ""
        self._is_of_goal = False
        self._numbered: frozenset[int] = frozenset()
        self._repeats = Repeats()

    def take(
        self,
        stretch: Stretch,
        columns: Sequence[Assigned],
        above: Above,
        *,
        is_of_goal: bool,
    ) -> None:
        """Take a stretch.

        Args:
            stretch: it.
            columns: what its columns are.
            above: what the words above it say.
            is_of_goal: its rows are a goal's numeric targets.
        """
        self._columns, self._unit, self._is_of_goal = columns, above.unit, is_of_goal
        self._doubts = stretch.table.doubts
        self._rooms = rooms_of(columns, stretch.lines)
        if not stretch.continues:
            self._last = self._last_line = None
            self._levels, self._numbered = {}, frozenset()
            self._end_group()
            self._repeats.begin(above.words)
        else:
            self._levels = {key: (each[0], None, each[2]) for key, each in self._levels.items()}
        self._numbered |= {
            each.index
            for each in columns
            if each.role in LEVELS
            and are_numbered(
                text for line in stretch.lines if (text := line.text(each.index).strip())
            )
        }
        lines = [*prepared(stretch, columns, above.words)]
        for index, line in enumerate(lines):
            is_first = index == 0 and stretch.continues
            below = lines[index + 1] if index + 1 < len(lines) else None
            self._line(line, below, is_first=is_first)

    def _end_group(self) -> None:
        self._group, self._group_has_bullets = None, None
        self._members_indent = None

    def _line(self, line: Line, below: Line | None, *, is_first: bool) -> None:
        filled = line.filled()
        if not filled:
            return
        name = self._cell(line, Role.INDICATOR)
        if self._heads(line, filled):
            return
        if line.why_left:
            self._leave_figures(line)
            return
        is_rest = is_first and name is not None and self._is_rest(line, name, below)
        if is_rest or self._belongs_to_last(line, name):
            self._go_on(line, is_cut=is_first)
            return
        self._set_levels(line, is_first=is_first)
        if name is None or not name.text.strip():
            self._leave_line(line)
            return
        if self._is_group_heading(line, name, below):
            self._begin_group(line, name)
            return
        self._measure(line, name)

    # --- levels ----------------------------------------------------------------------

    def _heads(self, line: Line, filled: Sequence[SourceCell]) -> bool:
        """Take a line that is one cell from the first column on: a heading."""
        if len(filled) != 1:
            return self._takes_band(line)
        cell = filled[0]
        inner = [each.index for each in self._columns if each.role is Role.INDICATOR]
        is_wide = cell.columns > 1 and cell.column + cell.columns > max(inner, default=0)
        is_apart = bool(inner and inner[0] > 0 and not self._is_level(0))
        is_set_off = bool(inner) and cell.is_bold and bool(heading_of(cell.text).label)
        if cell.column == 0 and (is_wide or is_apart or is_set_off):
            if self._banding.head_in_table(cell, line):
                self._levels = {}
                self._last = None
                self._end_group()
            else:
                self._leave_line(line)
            return True
        return False

    def _takes_band(self, line: Line) -> bool:
        if band_in(line) is None or has_values(line, self._columns):
            return False
        self._banding.line_without_header(line)
        return True

    def _is_level(self, index: int) -> bool:
        return any(each.index == index and each.role in LEVELS for each in self._columns)

    def _set_levels(self, line: Line, *, is_first: bool = False) -> None:
        is_changed = False
        for column in self._columns:
            if column.role not in LEVELS:
                continue
            cell = line.cells[column.index]
            known = self._levels.get(column.index)
            if cell is None or not cell.text.strip():
                if is_changed:
                    self._levels.pop(column.index, None)
                continue
            if known and known[1] is cell and not is_changed:
                continue
            heading = heading_of(cell.text, is_numbered=column.index in self._numbered)
            if known and known[0].key == heading.key and not is_changed:
                self._levels[column.index] = (known[0], cell, known[2])
                continue
            if is_first and known and known[0].label and not heading.label and heading.title:
                heading = replace(known[0], title=known[0].title + heading.title)
                self._built.outline.rename(known[0], heading)
                self._levels[column.index] = (heading, cell, known[2])
                continue
            if known and known[0].label and not known[0].title and not heading.label:
                heading = Heading(known[0].label, heading.title, known[0].word, known[0].number)
            self._levels[column.index] = (heading, cell, line.place)
            is_changed = True

    def _said_levels(self) -> list[tuple[str, Heading, str]]:
        return [
            (_COLUMN_OF[each.role], self._levels[each.index][0], self._levels[each.index][2])
            for each in self._columns
            if each.role in LEVELS and each.index in self._levels
        ]

    # --- measures --------------------------------------------------------------------

    def _measure(self, line: Line, name: SourceCell) -> None:
        measure = measure_of_line(line, self._columns, self._rooms, self._unit)
        measure.doubts += self._doubts
        entry = measure.entry
        if (known := self._repeats.known(entry)) is not None:
            self._merge(measure, known)
            return
        levels = self._said_levels()
        is_of_goal = self._is_of_goal or self._is_target_of_goal(line, levels)
        if is_of_goal:
            levels = [each for each in levels if not _says_targets(each[1])]
        above = self._built.goal(levels) if is_of_goal else self._built.plan(levels)
        if (known := self._repeats.known(entry, above)) is not None:
            self._merge(measure, known)
            return
        if above is not self._plan:
            self._end_group()
            self._plan = above
        self._note_missing(measure)
        self._note_shared(measure, line)
        if holds_several(measure):
            measure.doubts.append("１つの行に、いくつかの指標があるようです。行を分けてください。")
        key = "numeric_targets" if is_of_goal else "indicators"
        group = self._group_for(measure, name.indent) if not is_of_goal else None
        if other := self._repeats.unlike(entry, above):
            measure.doubts.append(
                f"同じ名称の指標が{self._built.notes[id(other)].places[0]}にもあり、値が違います。"
            )
        self._repeats.know(entry, above)
        self._built.add(entry, measure, group or above, key)
        self._leave_columns(entry, line)
        for shown, text in measure.actuals:
            self._built.leave(
                line.place, "実績値", f"{entry['name']}｜{shown}｜{text}", "計画の値ではありません"
            )
        self._last, self._last_line = measure, line

    def _is_target_of_goal(self, line: Line, levels: Sequence[tuple[str, Heading, str]]) -> bool:
        """Whether what stands before a row's name says so: 数値目標, where others have a plan."""
        if not self._may_be_of_goals:
            return False
        labels = [levels[-1][1].title] if levels and _says_targets(levels[-1][1]) else []
        labels += [
            text
            for each in self._columns
            if each.role in (Role.NUMBER, Role.SERIES, Role.DETAIL)
            and band_kind(text := line.text(each.index)) == "targets"
        ]
        if labels:
            self._built.band_labels.setdefault("targets", one_line(labels[0]))
        return bool(labels)

    def _merge(self, measure: Measure, known: Object) -> None:
        """Take a row that stands in another table too: one indicator, not two."""
        note = self._built.notes[id(known)]
        place = measure.places[0]
        added = [key for key in measure.entry if key not in known]
        known |= {key: measure.entry[key] for key in added}
        note.places.append(place)
        if added:
            note.doubts.append(f"同じ指標の表（{place}）にだけある項目を加えました。")
        self._built.go(place, known)
        self._last = self._last_line = None

    def _leave_columns(self, entry: Object, line: Line) -> None:
        """Keep what stands in columns that somebody says are not to be placed."""
        for column in self._columns:
            cell = line.cells[column.index]
            if column.role is Role.LEFT and cell is not None and cell.column == column.index:
                if not (text := cell.text.strip()):
                    continue
                said = f"{entry['name']}｜{column.caption.shown}｜{one_line(text)}"
                self._built.leave(line.place, "列", said, "置かないと指定された列です")

    def _group_for(self, measure: Measure, indent: float) -> Object | None:
        """The group that a row is of: those below its heading that stand in or have bullets."""
        if self._group is None:
            return None
        if self._members_indent is None:
            self._members_indent = indent - self._group_indent
        if self._members_indent >= _STANDS_IN:
            if indent - self._group_indent < self._members_indent / 2:
                self._end_group()
            return self._group
        has_bullet = bool(BULLET.match(measure.name_as_printed))
        if self._group_has_bullets is None:
            self._group_has_bullets = has_bullet
        if self._group_has_bullets and not has_bullet:
            self._end_group()
            return None
        if has_bullet:
            return self._group
        title = self._group.get("name", "")
        measure.doubts.append(
            f"「{title}」の下の行としました。違うときは「まとまり」を消してください。"
        )
        return self._group

    def _note_missing(self, measure: Measure) -> None:
        for key, word in (("target", "目標値"), ("baseline", "現状値")):
            if not item_at(measure.entry, (key, "text")):
                measure.doubts.append(f"{word}がありません。")

    def _note_shared(self, measure: Measure, line: Line) -> None:
        """Cells that this row shares with the one above."""
        if self._last is None or self._last_line is None:
            return
        for column in self._columns:
            cell = line.cells[column.index]
            if cell is None or cell.row == line.number or not cell.text.strip():
                continue
            if self._last_line.cells[column.index] is not cell:
                continue
            if column.role is Role.BASELINE:
                self._built.shared[id(measure.entry)] = self._last.entry
            elif column.role in (Role.TARGET, Role.YEARLY):
                measure.doubts.append(f"{column.role.value}は、上の行と共通のセルです。")

    # --- groups ------------------------------------------------------------------------

    def _is_group_heading(self, line: Line, name: SourceCell, below: Line | None) -> bool:
        if self._is_of_goal:
            return False
        if name.columns > 1 and any(
            line.cells[each.index] is name for each in self._columns if each.role in VALUES
        ):
            return True
        if has_values(line, self._columns) or below is None:
            return False
        next_name = self._cell(below, Role.INDICATOR)
        return (
            _says(next_name)
            and bool(BULLET.match(next_name.text if next_name else ""))
            and not BULLET.match(name.text)
        ) or (next_name is not None and next_name.indent - name.indent >= _STANDS_IN)

    def _begin_group(self, line: Line, name: SourceCell) -> None:
        plan = self._built.plan(self._said_levels())
        group: Object = {"name": one_line(name.text), "indicators": []}
        append(plan, "indicators", group)
        self._built.notes[id(group)] = Note([line.place], [*self._doubts])
        self._built.go(line.place, group)
        self._end_group()
        self._group, self._group_indent, self._plan = group, name.indent, plan
        self._last = self._last_line = None

    # --- lines that are no measure of their own --------------------------------------------

    def _is_rest(self, line: Line, name: SourceCell, below: Line | None) -> bool:
        """Whether the first line of a page is the rest of a row that the page's end cut.

        Its values fit on the page before; what begins a row has some, or a number.
        """
        return not (
            self._last is None
            or has_values(line, self._columns)
            or self._has_new_level(line)
            or _says(self._cell(line, Role.NUMBER))
            or self._is_group_heading(line, name, below)
        )

    def _has_new_level(self, line: Line) -> bool:
        return any(
            (cell := line.cells[each.index]) is not None and cell.row == line.number and _says(cell)
            for each in self._columns
            if each.role in LEVELS
        )

    def _belongs_to_last(self, line: Line, name: SourceCell | None) -> bool:
        if self._last is None or self._last_line is None:
            return False
        column = next(each.index for each in self._columns if each.role is Role.INDICATOR)
        if name is not None and name.text.strip():
            return name.row != line.number and self._last_line.cells[column] is name
        return not self._has_new_level(line)

    def _go_on(self, line: Line, *, is_cut: bool) -> None:
        assert self._last is not None  # noqa: S101 - asked before
        self._built.go(line.place, self._last.entry)
        before = len(self._last.actuals)
        go_on(self._last, line, self._columns)
        for shown, text in self._last.actuals[before:]:
            said = f"{self._last.entry.get('name')}｜{shown}｜{text}"
            self._built.leave(line.place, "実績値", said, "計画の値ではありません")
        what = "ページの境で切れた行" if is_cut else "次の行"
        self._last.doubts.append(f"{what}（{line.place}）の文字を続けました。確かめてください。")

    def _leave_figures(self, line: Line) -> None:
        name = self._cell(line, Role.INDICATOR)
        self._set_levels(line)
        for column in self._columns:
            if column.role in VALUES and (text := line.text(column.index).strip()):
                said = f"{one_line(name.text) if name else ''}｜{column.caption.shown}｜{text}"
                self._built.leave(line.place, "実績値", said, line.why_left)
        if line.why_left == SECOND and self._last is not None:
            what = f"{SECOND}（{line.place}）。置いていません。何の値か確かめてください。"
            self._last.doubts.append(f"次の行は、{what}")

    def _leave_line(self, line: Line) -> None:
        text = "｜".join(one_line(each.text) for each in line.filled())
        self._built.leave(line.place, "表の行", text, "指標の名称がありません")

    def _cell(self, line: Line, role: Role) -> SourceCell | None:
        column = next((each.index for each in self._columns if each.role is role), None)
        return line.cells[column] if column is not None else None


def _says(cell: SourceCell | None) -> bool:
    return cell is not None and bool(cell.text.strip())


def _says_targets(heading: Heading) -> bool:
    """Whether a row's level is none: it says that the row is a goal's numeric target."""
    return not heading.label and band_kind(heading.title) == "targets"
