"""Bands, directions and headings within tables, put where they belong.

Comes in: rows without a header above them, prose below a heading of directions. Goes out:
goals with their titles, numeric targets and directions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kpireport.plan_books.parts import objects
from kpireport.plan_books.rows import Object
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
from kpireport.plan_documents.built import Built
from kpireport.plan_documents.joining import one_line
from kpireport.plan_documents.levels import Heading, heading_of
from kpireport.plan_documents.measures import Measure
from kpireport.plan_documents.outline import append
from kpireport.plan_documents.stretches import Line
from kpireport.plan_documents.tables import SourceCell
from kpireport.plan_documents.vocabulary import GOAL_RANK, PLAN_RANK

_LABELLED = re.compile(
    r"[【《〈＜<\[](?P<label>[^】》〉＞>\]\n]{2,20})[】》〉＞>\]][\s:：]*(?P<text>\S.*)", re.DOTALL
)


class Banding:
    """Takes what is no row of indicators.

    Attributes:
        caption: what the words above the next table call it.
    """

    def __init__(self, built: Built, page_labels: Mapping[int, str]) -> None:
        """Begin.

        Args:
            built: where things are put.
            page_labels: numbers that stand by themselves at the head of pages.
        """
        self.caption = ""
        self._built = built
        self._page_labels = page_labels

    def line_without_header(self, line: Line, page: int = 0) -> None:
        """Take a row that has no header above it: a band, a heading, or nothing known."""
        cells = line.own() or line.filled()
        if band := band_in(line):
            self._band(replace(band, page=page))
        elif len(cells) == 1 and self.head_in_table(cells[0], line):
            pass
        elif cells:
            text = "｜".join(one_line(each.text) for each in line.filled())
            self._built.leave(line.place, "表の行", text, "見出しの行がない表です")

    def labelled_prose(self, text: str, place: str) -> bool:
        """Take a text that says by itself what it is: 【基本的方向】…; return whether it does."""
        match = _LABELLED.fullmatch(text.strip())
        if match is None or band_kind(match["label"]) != "directions":
            return False
        self._band(Band("directions", match["label"], match["text"], place))
        return True

    def head_in_table(self, cell: SourceCell, line: Line, rank: int = PLAN_RANK) -> bool:
        """Take a row that is one cell as a heading; return whether it is one."""
        text = one_line(cell.text)
        if len(text) > 80 or text.endswith("。") or text.startswith(("※", "注", "*", "＊")):
            return False
        heading = heading_of(cell.text, rank)
        if band_kind(text) is not None:
            self.caption = text
            self._built.leave(line.place, "表の行", text, "表の題として読みました")
            return True
        self._built.outline.head(heading, line.place)
        self._built.went.setdefault(line.place, [])
        return True

    def _band(self, band: Band) -> None:
        label, note = label_and_note(band.label)
        self._built.band_labels.setdefault(band.kind, label)
        if note and band.kind == "targets":
            self._built.band_labels.setdefault("targets_note", note)
        if band.kind == "goal":
            heading = heading_of(band.text, 24)
            word = "" if heading.label else one_line(label)
            number = heading.number or self._page_label(band.page)
            label_of = heading.label or number
            self._built.outline.head(
                Heading(label_of, heading.title, word, number, GOAL_RANK), band.place
            )
            self._built.outline.words["goal"][one_line(label)] += 1
            self._built.go(band.place, self._built.outline.goal())
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
        self._built.add(
            entry, Measure(entry, [place], doubts), self._built.outline.goal(), "numeric_targets"
        )

    def directions(self, text: str, place: str) -> None:
        """Put prose into the directions of the goal that is open."""
        goal = self._built.outline.goal()
        for label, title, rest in parts_in(text):
            self._add_directions(goal, label, title, rest)
        self._built.go(place, goal)

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
