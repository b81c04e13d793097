"""The plan that a document's pieces are, one after another.

Comes in: texts and stretches, in the order of the pages; what each column is. Goes out: the
goals with all below them, and what could not be placed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpireport.plan_books.flattening import objects
from kpireport.plan_books.rows import Object, item_at
from kpireport.plan_documents.bands import (
    Band,
    BandTarget,
    are_items,
    band_in,
    band_kind,
    label_and_note,
    parts_in,
    prose_in,
    targets_in,
)
from kpireport.plan_documents.headers import Assigned, words_in
from kpireport.plan_documents.joining import BULLET, one_line
from kpireport.plan_documents.levels import Heading, heading_of, is_caption, is_heading
from kpireport.plan_documents.measures import (
    Measure,
    go_on,
    has_values,
    holds_several,
    measure_of_line,
    rooms_of,
)
from kpireport.plan_documents.outline import Note, Outline, append
from kpireport.plan_documents.places import Places
from kpireport.plan_documents.stretches import Line, Stretch
from kpireport.plan_documents.tables import SourceCell, SourceText
from kpireport.plan_documents.vocabulary import (
    GOAL_RANK,
    INTRODUCTIONS,
    LEVELS,
    SAMPLES,
    SERIES_OF_ACTUALS,
    VALUES,
    Role,
    squeezed,
)

_UNIT_ABOVE = re.compile(r"[（(]?\s*単位\s*[：:]\s*([^\s（()）：:]{1,8})\s*[)）]?")
_OF_GOAL = re.compile(r"(?<!重要)数値目標|全体目標|基本目標の目標")
_COLUMN_OF = {Role.GOAL: "goal", Role.SECTION: "section", Role.PLAN: "plan"}
_STANDS_IN = 3.0  # points: rows that begin so much further in stand below the one above
PLAN_KEY = 38  # of a heading within a table that tells no level: within goals, above plans


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not placed: where it stands, what it is, what it says, why."""

    place: str
    kind: str
    text: str
    why: str


@dataclass(slots=True)
class Built:
    """What became of a document.

    Attributes:
        outline: the goals.
        notes: what is told of objects, by their identity.
        left: what was not placed.
        went: what the rows of tables became, by their places.
        band_labels: the words of bands, by what stood beside them.
        front: texts before the first heading or table.
    """

    outline: Outline
    notes: dict[int, Note]
    left: list[Left] = field(default_factory=list)
    went: dict[str, list[Object]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    band_labels: dict[str, str] = field(default_factory=dict)
    front: list[SourceText] = field(default_factory=list)
    shared: dict[int, Object] = field(default_factory=dict)


class Builder:
    """Takes pieces one after another."""

    def __init__(
        self,
        title: str,
        columns: Mapping[int, Sequence[Assigned]],
        places: Places,
        page_labels: Mapping[int, str],
    ) -> None:
        """Begin.

        Args:
            title: of the document.
            columns: what the columns of a stretch are, by its identity.
            places: where its texts stand.
            page_labels: numbers that stand by themselves at the head of pages.
        """
        outline = Outline(title)
        self.built = Built(outline, outline.notes)
        self._outline = outline
        self._columns = columns
        self._places = places
        self._page_labels = page_labels
        self._caption = ""
        self._unit = ""
        self._mode = ""
        self._sample = SourceText("")
        self._rows = _Rows(self)

    # --- texts ---------------------------------------------------------------------

    def text(self, text: SourceText) -> None:
        """Take a text between tables."""
        place = self._places.of(text)
        if match := _UNIT_ABOVE.fullmatch(text.text.strip()):
            self._unit = match[1]
            self.leave(place, "文", text.text, "表の上の単位として、数に付けました")
            return
        if is_heading(text.text, text.level, is_large=text.is_large):
            self._head(text, place)
            return
        self._prose(text, place)

    def _head(self, text: SourceText, place: str) -> None:
        heading = heading_of(text.text, 24)
        words = squeezed(heading.title)
        if self._mode == "introduction" and text.level == 0 and not heading.word:
            self._prose(text, place)
            return
        kind = band_kind(heading.title) if not heading.label else None
        if re.fullmatch(INTRODUCTIONS, words) and not self._outline.goals:
            self._mode = "introduction"
            self._note_front(text)
            self.leave(place, "見出し", text.text, "置く所が決まりません")
        elif self._is_in_sample(text, heading):
            self.leave(place, "見出し", text.text, "表の見方の一部です")
        elif re.fullmatch(SAMPLES, words):
            self._mode, self._sample = "sample", text
            self.leave(place, "見出し", text.text, "表の見方です")
        elif band_kind(heading.title) == "directions" and not heading.word:
            self._mode = "directions"
            self.built.band_labels.setdefault("directions", heading.title)
        elif is_caption(heading) or kind == "targets":
            self._mode = ""
            self._caption = heading.title
            self._note_front(text)
            self.leave(place, "見出し", text.text, "表の題として読みました")
        else:
            self._mode = ""
            self._caption = ""
            self._note_front(text)
            self._outline.head(heading, place, text.level)

    def _is_in_sample(self, text: SourceText, heading: Heading) -> bool:
        """Whether a heading is one of the example in 表の見方, which ends with the next like it."""
        if self._mode != "sample":
            return False
        sample = self._sample
        if text.level or sample.level:
            return not text.level or text.level > (sample.level or 1)
        return text.page == sample.page and not heading.word

    def _note_front(self, text: SourceText) -> None:
        if not self._outline.goals:
            self.built.front.append(text)

    def _prose(self, text: SourceText, place: str) -> None:
        if self._mode == "directions" and not self._outline.is_empty:
            self.directions(text.text, place)
            return
        if self._mode == "sample":
            self.leave(place, "文", text.text, "表の見方の一部です")
            return
        self._note_front(text)
        words = squeezed(text.text)
        why = "注です" if words.startswith(("※", "*", "注")) else "置く所が決まりません"
        if not words.strip("-−‐–―0123456789/"):
            why = "ページの番号です"
        self.leave(place, "文", text.text, why)

    def directions(self, text: str, place: str) -> None:
        """Put prose into the directions of the goal that is open."""
        goal = self._outline.goal()
        for label, title, rest in parts_in(text):
            self._add_directions(goal, label, title, rest)
        self.go(place, goal)

    def _add_directions(self, goal: Object, label: str, title: str, text: str) -> None:
        parts = objects(goal.setdefault("directions", []))
        if label or not parts:
            head: Object = {"label": label, "title": title} if label else {}
            append(goal, "directions", head)
            parts = objects(goal["directions"])
        part = parts[-1]
        paragraphs, items = prose_in(text)
        if part.get("paragraphs") and not items and are_items(paragraphs):
            paragraphs, items = [], paragraphs
        for key, texts in (("paragraphs", paragraphs), ("items", items)):
            for each in texts:
                append(part, key, each)

    # --- tables ----------------------------------------------------------------------

    def stretch(self, stretch: Stretch, *, is_of_goal: bool) -> None:
        """Take a table or what is of it."""
        if self._mode == "sample" and 0 < self._sample.page != stretch.table.page:
            self._mode = ""
        if self._mode == "sample":
            self._leave_lines(stretch, "表の見方の例です")
            return
        if not stretch.has_header:
            for line in stretch.lines:
                self.line_without_header(line, stretch.table.page)
            return
        columns = self._columns[id(stretch)]
        if not _can_be_read(columns):
            self._leave_lines(stretch, "指標と値の列が見つかりません")
            return
        self._rows.take(stretch, columns, self._unit, is_of_goal=is_of_goal)

    @property
    def caption(self) -> str:
        """What the words above the next table call it."""
        return self._caption

    def end_of_table(self) -> None:
        """The words above a table are of that table alone."""
        self._unit = ""

    def line_without_header(self, line: Line, page: int = 0) -> None:
        """Take a row that has no header above it: a band, a heading, or nothing known."""
        cells = line.own() or line.filled()
        if band := band_in(line):
            self._band(replace(band, page=page))
        elif len(cells) == 1 and self.head_in_table(cells[0], line):
            pass
        elif cells:
            text = "｜".join(one_line(each.text) for each in line.filled())
            self.leave(line.place, "表の行", text, "見出しの行がない表です")

    def head_in_table(self, cell: SourceCell, line: Line, key: float = PLAN_KEY) -> bool:
        """Take a row that is one cell as a heading; return whether it is one."""
        text = one_line(cell.text)
        if len(text) > 80 or text.endswith("。") or text.startswith(("※", "注", "*", "＊")):
            return False
        heading = heading_of(cell.text, int(key))
        if band_kind(text) is not None:
            self._caption = text
            self.leave(line.place, "表の行", text, "表の題として読みました")
            return True
        self._outline.head(heading, line.place)
        self.built.went.setdefault(line.place, [])
        return True

    def _band(self, band: Band) -> None:
        label, note = label_and_note(band.label)
        self.built.band_labels.setdefault(band.kind, label)
        if note and band.kind == "targets":
            self.built.band_labels.setdefault("targets_note", note)
        if band.kind == "goal":
            heading = heading_of(band.text, 24)
            word = "" if heading.label else one_line(label)
            number = heading.number or self._page_label(band.page)
            label_of = heading.label or number
            self._outline.head(
                Heading(label_of, heading.title, word, number, GOAL_RANK), band.place
            )
            self.built.outline.words["goal"].append(one_line(label))
            self.go(band.place, self._outline.goal())
        elif band.kind == "directions":
            self.directions(band.text, band.place)
        else:
            for each in targets_in(band.text):
                self._band_target(each, band.place)

    def _page_label(self, page: int) -> str:
        """The number at the head of a page: the band below it is that goal's."""
        return self._page_labels.get(page, "") if page else ""

    def _band_target(self, read: BandTarget, place: str) -> None:
        entry: Object = {"name": read.name}
        if read.baseline:
            entry["baseline"] = {"text": read.baseline}
        entry["target"] = {"text": read.target}
        doubts = [] if read.target else ["数値目標の名称と値を分けられません。確かめてください。"]
        self.add(entry, Measure(entry, [place], doubts), self._outline.goal(), "numeric_targets")

    # --- what is noted -----------------------------------------------------------------

    def add(self, entry: Object, measure: Measure, above: Object, key: str) -> None:
        """Put a measure below what it stands in."""
        append(above, key, entry)
        self.built.notes[id(entry)] = Note(measure.places, measure.doubts)
        self.go(measure.places[0], entry)

    def go(self, place: str, entry: Object) -> None:
        """Note what the row at a place became."""
        gone = self.built.went.setdefault(place, [])
        if not any(each is entry for each in gone):
            gone.append(entry)

    def leave(self, place: str, kind: str, text: str, why: str) -> None:
        """Note what is not placed."""
        self.built.left.append(Left(place, kind, text, why))

    def _leave_lines(self, stretch: Stretch, why: str) -> None:
        for line in (*stretch.header, *stretch.lines):
            if text := "｜".join(one_line(each.text) for each in line.filled()):
                self.leave(line.place, "表の行", text, why)

    def plan(self, levels: Sequence[tuple[str, Heading, str]]) -> Object:
        """The plan of a row."""
        return self._outline.plan(levels)

    def goal(self, levels: Sequence[tuple[str, Heading, str]]) -> Object:
        """The goal of a row."""
        if any(kind == "goal" for kind, _, _ in levels):
            return self._outline.goal_named(levels[0][1], levels[0][2])
        return self._outline.goal()


def _can_be_read(columns: Sequence[Assigned]) -> bool:
    roles = {each.role for each in columns}
    return Role.INDICATOR in roles and bool(roles & {Role.TARGET, Role.BASELINE, Role.YEARLY})


def is_of_goal(stretch: Stretch, columns: Sequence[Assigned], caption: str) -> bool:
    """Whether a table is of a goal's numeric targets."""
    if any(each.role is Role.PLAN for each in columns):
        return False
    words = [words_in(text) for each in columns for text in each.caption.texts]
    words_of_names = [
        words_in(text)
        for each in columns
        if each.role is Role.INDICATOR
        for text in each.caption.texts
    ]
    if any(_OF_GOAL.search(each) for each in words_of_names):
        return True
    has_kpi = any(re.search("kpi|重要業績", each) for each in (*words, squeezed(caption)))
    return bool(_OF_GOAL.search(squeezed(caption))) and not has_kpi


# --- rows ----------------------------------------------------------------------------------


class _Rows:
    """The lines of stretches, one after another."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._built = builder.built
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
        self._unit = ""
        self._is_of_goal = False

    def take(
        self, stretch: Stretch, columns: Sequence[Assigned], unit: str, *, is_of_goal: bool
    ) -> None:
        """Take a stretch."""
        self._columns, self._unit, self._is_of_goal = columns, unit, is_of_goal
        self._rooms = rooms_of(columns, stretch.lines)
        if not stretch.continues:
            self._last = self._last_line = None
            self._levels = {}
            self._end_group()
        else:
            self._levels = {key: (each[0], None, each[2]) for key, each in self._levels.items()}
        for index, line in enumerate(stretch.lines):
            is_first = index == 0 and stretch.continues
            below = stretch.lines[index + 1] if index + 1 < len(stretch.lines) else None
            self._line(line, below, is_first=is_first)

    def _end_group(self) -> None:
        self._group, self._group_has_bullets = None, None
        self._members_indent = None

    def _line(self, line: Line, below: Line | None, *, is_first: bool) -> None:
        filled = line.filled()
        if not filled:
            return
        name = self._cell(line, Role.INDICATOR)
        if self._heads(line, filled, name):
            return
        if self._is_actual(line):
            self._leave_figures(line, "実績の行です")
            return
        is_cut = is_first and self._last is not None and not _says(name)
        if self._belongs_to_last(line, name):
            self._go_on(line, is_cut=is_cut)
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

    def _heads(self, line: Line, filled: Sequence[SourceCell], name: SourceCell | None) -> bool:
        """Take a line that is one cell from the first column on: a heading."""
        if len(filled) != 1:
            return self._takes_band(line)
        cell = filled[0]
        inner = [each.index for each in self._columns if each.role is Role.INDICATOR]
        is_wide = cell.columns > 1 and cell.column + cell.columns > max(inner, default=0)
        is_apart = bool(inner and inner[0] > 0 and not self._is_level(0))
        is_set_off = bool(inner) and cell.is_bold and bool(heading_of(cell.text).label)
        if cell.column == 0 and (is_wide or is_apart or is_set_off):
            if self._builder.head_in_table(cell, line):
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
        self._builder.line_without_header(line)
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
            heading = heading_of(cell.text)
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
        entry = measure.entry
        levels = self._said_levels()
        above = self._builder.goal(levels) if self._is_of_goal else self._builder.plan(levels)
        if above is not self._plan:
            self._end_group()
            self._plan = above
        self._note_missing(measure)
        self._note_shared(measure, line)
        if holds_several(measure):
            measure.doubts.append("１つの行に、いくつかの指標があるようです。行を分けてください。")
        key = "numeric_targets" if self._is_of_goal else "indicators"
        group = self._group_for(measure, name.indent) if not self._is_of_goal else None
        self._builder.add(entry, measure, group or above, key)
        for shown, text in measure.actuals:
            self._builder.leave(
                line.place, "実績値", f"{entry['name']}｜{shown}｜{text}", "計画の値ではありません"
            )
        self._last, self._last_line = measure, line

    def _group_for(self, measure: Measure, indent: float) -> Object | None:
        """The group that a row is of: rows below its heading, while they stand in or have bullets."""
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
        for key, word, role in (
            ("target", "目標値", Role.TARGET),
            ("baseline", "現状値", Role.BASELINE),
        ):
            has_column = any(each.role is role for each in self._columns)
            if not item_at(measure.entry, (key, "text")) and (has_column or key == "target"):
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
        plan = self._builder.plan(self._said_levels())
        group: Object = {"name": one_line(name.text), "indicators": []}
        append(plan, "indicators", group)
        self._built.notes[id(group)] = Note([line.place])
        self._builder.go(line.place, group)
        self._end_group()
        self._group, self._group_indent, self._plan = group, name.indent, plan
        self._last = self._last_line = None

    # --- lines that are no measure of their own --------------------------------------------

    def _belongs_to_last(self, line: Line, name: SourceCell | None) -> bool:
        if self._last is None or self._last_line is None:
            return False
        column = next(each.index for each in self._columns if each.role is Role.INDICATOR)
        if name is not None and name.text.strip():
            return name.row != line.number and self._last_line.cells[column] is name
        has_new_level = any(
            (cell := line.cells[each.index]) is not None and cell.row == line.number and _says(cell)
            for each in self._columns
            if each.role in LEVELS
        )
        return not has_new_level

    def _go_on(self, line: Line, *, is_cut: bool) -> None:
        assert self._last is not None  # noqa: S101 - asked before
        self._builder.go(line.place, self._last.entry)
        before = len(self._last.actuals)
        go_on(self._last, line, self._columns)
        for shown, text in self._last.actuals[before:]:
            said = f"{self._last.entry.get('name')}｜{shown}｜{text}"
            self._builder.leave(line.place, "実績値", said, "計画の値ではありません")
        what = "ページの境で切れた行" if is_cut else "次の行"
        self._last.doubts.append(f"{what}（{line.place}）の文字を続けました。確かめてください。")

    def _is_actual(self, line: Line) -> bool:
        cell = self._cell(line, Role.SERIES)
        return cell is not None and bool(re.fullmatch(SERIES_OF_ACTUALS, squeezed(cell.text)))

    def _leave_figures(self, line: Line, why: str) -> None:
        name = self._cell(line, Role.INDICATOR)
        self._set_levels(line)
        for column in self._columns:
            if column.role in VALUES and (text := line.text(column.index).strip()):
                said = f"{one_line(name.text) if name else ''}｜{column.caption.shown}｜{text}"
                self._builder.leave(line.place, "実績値", said, why)

    def _leave_line(self, line: Line) -> None:
        text = "｜".join(one_line(each.text) for each in line.filled())
        self._builder.leave(line.place, "表の行", text, "指標の名称がありません")

    def _cell(self, line: Line, role: Role) -> SourceCell | None:
        column = next((each.index for each in self._columns if each.role is role), None)
        return line.cells[column] if column is not None else None


def _says(cell: SourceCell | None) -> bool:
    return cell is not None and bool(cell.text.strip())
