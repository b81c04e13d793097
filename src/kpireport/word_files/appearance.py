"""How the words of a Word file are set apart: headings' levels, what plain text cannot keep.

Comes in: the styles, a paragraph, a run. Goes out: levels, how the styles' words look, and
what plain text cannot keep of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.word_files.looks import PLAIN, Looks, is_on
from kpireport.word_files.opening import W

_FORMAT, _LIST = "太字・下線・色などの書式", "箇条書きや段落番号"
_SWITCHED = ("b", "i", "u", "strike", "dstrike", "highlight", "em", "bdr")
_UNSEEN = tuple(
    f"{W}{name}" for name in ("rPr", "commentReference", "annotationRef", "lastRenderedPageBreak")
)  # of a run without words; a comment's mark has a style of its own
_SET = ("color", "sz", "rStyle")  # LibreOffice writes none of them without need


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles say, by their ids, those that they are based on included.

    Attributes:
        levels: of headings (17.3.1.20), from 1; 0 or missing for others.
        looks: how their words look.
        indents: how far the first line of their paragraphs stands in (17.3.1.12), in
            twentieths of a point.
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    looks: Looks = PLAIN
    indents: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: Element | None) -> Styles:
        """Read the part of the styles, where there is one."""
        if styles is None:
            return cls()
        levels, based, indents = {}, {}, {}
        for style in styles.iter(f"{W}style"):
            id_ = style.get(f"{W}styleId", "")
            base = style.find(f"{W}basedOn")
            based[id_] = base.get(f"{W}val", "") if base is not None else ""
            level = style.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                levels[id_] = _heading_level(level)
            indent = style.find(f"{W}pPr/{W}ind")
            if indent is not None:
                indents[id_] = _first_indent(indent)
        return cls(
            {id_: _inherited(id_, levels, based) for id_ in based},
            Looks.of(styles),
            {id_: _inherited(id_, indents, based) for id_ in based},
        )

    def level(self, paragraph: Element) -> int:
        """Return a heading's level, 0 of other paragraphs."""
        direct = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if direct is not None:
            return _heading_level(direct)
        return self.levels.get(_value(paragraph, "pPr", "pStyle"), 0)

    def indent(self, paragraph: Element) -> int:
        """Return how far a paragraph's first line stands in, in twentieths of a point."""
        direct = paragraph.find(f"{W}pPr/{W}ind")
        if direct is not None:
            return _first_indent(direct)
        return self.indents.get(_value(paragraph, "pPr", "pStyle"), 0)


def unkept_of_run(run: Element) -> Iterator[str]:
    """Name what is set for a run's words that plain text cannot keep."""
    properties = run.find(f"{W}rPr")
    if properties is None or all(child.tag in _UNSEEN for child in run):
        return
    is_shifted = _value(run, "rPr", "vertAlign") not in ("", "baseline")
    is_set = any(properties.find(f"{W}{name}") is not None for name in _SET)
    if is_shifted or is_set or any(is_on(properties.find(f"{W}{name}")) for name in _SWITCHED):
        yield _FORMAT


def unkept_of_paragraph(paragraph: Element) -> Iterator[str]:
    """Name what is set for a paragraph: a bullet or number (17.3.1.19) stands before it."""
    number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    if number is not None and number.get(f"{W}val") != "0":
        yield _LIST


def _value(element: Element, properties: str, name: str) -> str:
    found = element.find(f"{W}{properties}/{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _inherited(id_: str, levels: Mapping[str, int], based: Mapping[str, str]) -> int:
    for _ in range(len(based)):
        if id_ in levels or id_ not in based:
            break
        id_ = based[id_]
    return levels.get(id_, 0)


def _first_indent(indent: Element) -> int:
    """Return where a first line begins: the paragraph's left, and what it hangs out or in."""
    named = (("left", "start"), ("firstLine",), ("hanging",))
    left, inner, outer = (
        next((_whole(indent.get(f"{W}{name}")) for name in names if indent.get(f"{W}{name}")), 0)
        for names in named
    )
    return left + (-outer if outer else inner)


def _whole(text: str | None) -> int:
    digits = (text or "").removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 7
    return int(text or "") if is_number else 0


def _heading_level(level: Element) -> int:
    """Return 1 to 9; 0 for body text, which is level 9 to Word."""
    value = level.get(f"{W}val", "")
    return int(value) + 1 if len(value) == 1 and value in "012345678" else 0
