"""Marked texts: the inputs' own words in their frames, which staff may edit.

Comes in: controls and bookmarks (see :mod:`kpireport.writers.docx.controls`). Goes out:
which text of the inputs they hold, and what is read of it. Either mark may be lost:
LibreOffice drops tags, people delete bookmarks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field

from lxml.etree import _Element as Element

from kpireport.document.sources import UNWRITTEN, source_sum, text_sum
from kpireport.quickly import dataclass
from kpireport.sources.rich_text import NOTHING_PASSED, PassedOver, Standing, passed_over
from kpireport.word_files.looks import is_on
from kpireport.word_files.opening import W
from kpireport.word_files.signs import marked_sign

_TAG = re.compile(r"kpi:(.+)#([0-9a-f]{8})")
_MARK = re.compile(r"kpi_([pr])_([0-9a-f]{16})_([0-9a-f]{8})_\d+")
_SUM = re.compile(r"[0-9a-f]{16}")
_EMPTY = text_sum("")
_PARAGRAPHS, _RUN = "p", "r"


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text: the sums of its source and of its text when it was written, its words.

    Attributes:
        unkept: what somebody gave the words that plain text cannot keep, each named once.
        passed_over: what stands there and is no part of the text.
    """

    source: str
    written: str
    paragraphs: tuple[str, ...]
    unkept: tuple[str, ...] = ()
    passed_over: PassedOver = NOTHING_PASSED

    @property
    def text(self) -> str:
        """The paragraphs, each on a line of its own."""
        return "\n".join(self.paragraphs)


@dataclass(slots=True)
class Region:
    """The marked text that is being read."""

    source: str
    written: str
    lines: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    passed: defaultdict[Standing, list[str]] = field(default_factory=lambda: defaultdict(list))

    def marked(self) -> Marked:
        """Return what was read."""
        unkept = tuple(dict.fromkeys(self.unkept))
        if self.written == _EMPTY:  # what kept the place is no text, wherever one was typed
            self.lines = [line.replace(UNWRITTEN, "") for line in self.lines]
        passed = passed_over({each: "".join(texts) for each, texts in self.passed.items()})
        return Marked(self.source, self.written, tuple(self.lines), unkept, passed)


class Pieces:
    """A paragraph's text while it is read; a region within it is one sign."""

    def __init__(self, region: Region | None) -> None:
        """Begin a paragraph in ``region``."""
        self.region = region
        self.bookmark = ""
        self.texts: list[str] = []
        self._is_own = False

    def open(self, region: Region, bookmark: str = "") -> None:
        """Begin a marked text; ``bookmark`` ends it where no control does."""
        self.bookmark = bookmark
        region.lines.append("")
        self.texts.append(marked_sign(region.source))
        self.region, self._is_own = region, True

    def close(self) -> Marked:
        """End the marked text, and return it."""
        assert self.region is not None  # noqa: S101 - it was opened
        marked = self.region.marked()
        self.region, self._is_own = None, False
        return marked

    def lose(self, *names: str) -> None:
        """Note what plain text cannot keep of a marked text."""
        if self.region is not None:
            self.region.unkept += names

    @property
    def before(self) -> str:
        """The text that was taken last."""
        lines = self.region.lines if self._is_own and self.region is not None else self.texts
        return lines[-1] if lines else ""

    def pass_over(self, standing: Standing, text: str) -> None:
        """Keep apart what is no part of a marked text."""
        if self.region is not None:
            self.region.passed[standing].append(text)

    def add(self, text: str) -> None:
        """Take some text."""
        if self._is_own and self.region is not None:
            self.region.lines[-1] += text
        else:
            self.texts.append(text)


def tagged_region(control: Element) -> Region | None:
    """Return the region that a control's tag tells of."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    found = None if tag is None else _TAG.fullmatch(tag.get(f"{W}val", ""))
    if found is None:
        return None
    source = found[1]
    return Region(source if _SUM.fullmatch(source) else source_sum(source), found[2])


def bookmarked_region(element: Element) -> Region | None:
    """Return the region of paragraphs that the first bookmark of one in ``element`` begins."""
    regions = (_region(name, _PARAGRAPHS) for name in bookmarks(element))
    return next(filter(None, regions), None)


def region_of_bookmark(start: Element) -> Region | None:
    """Return the region within a paragraph that a bookmark begins."""
    return _region(start.get(f"{W}name", ""), _RUN)


def _region(bookmark: str, kind: str) -> Region | None:
    mark = _MARK.fullmatch(bookmark)
    return Region(mark[2], mark[3]) if mark and mark[1] == kind else None


def bookmarks(element: Element) -> Iterator[str]:
    """Yield the names of all bookmarks that begin in an element."""
    for each in element.iter(f"{W}bookmarkStart"):
        yield each.get(f"{W}name", "")


def shows_placeholder(control: Element) -> bool:
    """Tell whether Word shows its own words because the control was emptied."""
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr"))
