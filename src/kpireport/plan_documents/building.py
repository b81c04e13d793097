"""The plan that a document's pieces are, one after another.

Comes in: texts and stretches, in the order of the pages; what each column is. Goes out: the
goals with all below them, and what could not be placed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpireport.plan_documents.banding import Banding
from kpireport.plan_documents.bands import band_kind
from kpireport.plan_documents.body import Above, Rows
from kpireport.plan_documents.built import Built
from kpireport.plan_documents.captions import Assigned, is_figure, words_in
from kpireport.plan_documents.joining import one_line
from kpireport.plan_documents.levels import Heading, heading_of, is_caption, is_heading
from kpireport.plan_documents.outline import Outline
from kpireport.plan_documents.places import Places
from kpireport.plan_documents.stretches import Stretch
from kpireport.plan_documents.table_notes import WHERE
from kpireport.plan_documents.tables import SourceText
from kpireport.plan_documents.vocabulary import (
    INTRODUCTIONS,
    OTHER_TABLES,
    SAMPLES,
    VALUES,
    Role,
    squeezed,
)

_UNIT_ABOVE = re.compile(r"[（(]?\s*単位\s*[：:]\s*([^\s（()）：:]{1,8})\s*[)）]?")
_NOTES = ("※", "*", "注")  # what notes begin with, as squeezed
_OF_GOAL = re.compile(r"(?<!重要)数値目標|全体目標|基本目標の目標")


class Builder:
    """Takes pieces one after another."""

    def __init__(
        self,
        title: str,
        columns: Mapping[int, tuple[Assigned, ...]],
        places: Places,
        page_labels: Mapping[int, str],
        *,
        may_be_of_goals: bool,
    ) -> None:
        """Begin.

        Args:
            title: of the document.
            columns: what the columns of a stretch are, by its identity.
            places: where its texts stand.
            page_labels: numbers that stand by themselves at the head of pages.
            may_be_of_goals: rows that call themselves numeric targets are their goal's.
        """
        outline = Outline(title)
        self.built = Built(outline, outline.notes)
        self._outline = outline
        self._banding = Banding(self.built, page_labels)
        self._columns = columns
        self._places = places
        self._above = Above()
        self._mode = ""
        self._sample = SourceText("")
        self._rows = Rows(self.built, self._banding, may_be_of_goals=may_be_of_goals)

    # --- texts ---------------------------------------------------------------------

    def text(self, text: SourceText) -> None:
        """Take a text between tables."""
        self._above = replace(self._above, words=f"{self._above.words}\n{text.text}")
        place = self._places.of(text)
        if match := _UNIT_ABOVE.fullmatch(text.text.strip()):
            self._above = replace(self._above, unit=match[1])
            self.built.leave(place, "文", text.text, "表の上の単位として、数に付けました")
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
            self.built.leave(place, "見出し", text.text, "置く所が決まりません")
        elif self._is_in_sample(text, heading):
            self.built.leave(place, "見出し", text.text, "表の見方の一部です")
        elif re.fullmatch(SAMPLES, words):
            self._mode, self._sample = "sample", text
            self.built.leave(place, "見出し", text.text, "表の見方です")
        elif band_kind(heading.title) == "directions" and not heading.word:
            self._mode = "directions"
            self.built.band_labels.setdefault("directions", heading.title)
        elif is_caption(heading) or kind == "targets":
            self._mode = ""
            self._banding.caption = heading.title
            self._note_front(text)
            self.built.leave(place, "見出し", text.text, "表の題として読みました")
        else:
            self._mode = ""
            self._banding.caption = ""
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
        is_note = squeezed(text.text).startswith(_NOTES)
        if self._mode == "directions" and not self._outline.is_empty and not is_note:
            self._banding.directions(text.text, place)
            return
        if self._mode == "sample":
            self.built.leave(place, "文", text.text, "表の見方の一部です")
            return
        if not self._outline.is_empty and self._banding.labelled_prose(text.text, place):
            self._mode = ""
            return
        self._note_front(text)
        words = squeezed(text.text)
        if is_note and self._outline.goals:
            self.built.table_notes.append(text)
        why = WHERE if is_note else "置く所が決まりません"
        if not words.strip("-−‐–―0123456789/"):
            why = "ページの番号です"
        self.built.leave(place, "文", text.text, why)

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
                self._banding.line_without_header(line, stretch.table.page)
            return
        columns = self._columns[id(stretch)]
        if not _can_be_read(columns):
            self._leave_lines(stretch, "指標と値の列が見つかりません")
            return
        if is_of_other_things(stretch, columns, self._above):
            self._leave_lines(stretch, "年度ごとの費用や日程などの、指標でない表と見ました")
            return
        if self._mode == "directions":
            self._mode = ""  # what stands below its table is not a goal's directions any more
        known = len(self.built.notes)
        self._rows.take(stretch, columns, self._above, is_of_goal=is_of_goal)
        if len(self.built.notes) > known:  # a list that repeats others adds nothing
            read = self.built.goal_tables if is_of_goal else self.built.tables
            read.append((stretch, columns))

    @property
    def caption(self) -> str:
        """What the words above the next table call it."""
        return self._banding.caption

    def end_of_table(self) -> None:
        """The words above a table are of that table alone."""
        self._above = Above()

    def _leave_lines(self, stretch: Stretch, why: str) -> None:
        for line in (*stretch.header, *stretch.lines):
            if text := "｜".join(one_line(each.text) for each in line.filled()):
                self.built.leave(line.place, "表の行", text, why)


def _can_be_read(columns: Sequence[Assigned]) -> bool:
    roles = {each.role for each in columns}
    return Role.INDICATOR in roles and bool(roles & {Role.TARGET, Role.BASELINE, Role.YEARLY})


def is_of_other_things(stretch: Stretch, columns: Sequence[Assigned], above: Above) -> bool:
    """Whether a table whose columns are years alone tells of money, steps or people."""
    figures = [each for each in columns if each.role in VALUES]
    if not all(each.is_year_alone for each in figures):
        return False
    if re.search(OTHER_TABLES, squeezed(above.words)) or "円" in above.unit:
        return True
    roles = {each.role for each in columns}
    names = "".join(each.caption.shown for each in columns if each.role is Role.INDICATOR)
    is_measured = above.unit or roles & {Role.UNIT, Role.SERIES}
    if not is_measured and not re.search("指標|kpi", squeezed(names)):
        return True
    texts = [text for line in stretch.lines for each in figures if (text := line.text(each.index))]
    return sum(is_figure(each) for each in texts) * 2 < len(texts)


def is_of_goal(columns: Sequence[Assigned], caption: str) -> bool:
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
