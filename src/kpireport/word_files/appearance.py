"""How the words of a Word file look: headings' levels, what is hidden, what is set apart.

Comes in: the styles, a paragraph, a run. Goes out: levels, whether words are hidden, and
what plain text cannot keep of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from lxml.etree import _Element as Element

from kpireport.word_files.opening import W

_Value = TypeVar("_Value")

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
        hidden: whether their words are (17.3.2.41).
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    hidden: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: Element | None) -> Styles:
        """Read the part of the styles, where there is one."""
        if styles is None:
            return cls()
        levels, hidden, based = {}, {}, {}
        for style in styles.iter(f"{W}style"):
            id_ = style.get(f"{W}styleId", "")
            base = style.find(f"{W}basedOn")
            based[id_] = base.get(f"{W}val", "") if base is not None else ""
            level = style.find(f"{W}pPr/{W}outlineLvl")
            if level is not None:
                levels[id_] = _heading_level(level)
            vanish = style.find(f"{W}rPr/{W}vanish")
            if vanish is not None:
                hidden[id_] = is_on(vanish)
        return cls(
            {id_: _inherited(id_, levels, based, 0) for id_ in based},
            {id_: _inherited(id_, hidden, based, False) for id_ in based},  # noqa: FBT003
        )

    def level(self, paragraph: Element) -> int:
        """Return a heading's level, 0 of other paragraphs."""
        direct = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if direct is not None:
            return _heading_level(direct)
        return self.levels.get(_value(paragraph, "pPr", "pStyle"), 0)

    def hides(self, run: Element) -> bool:
        """Tell whether the words of a run are hidden, and so not printed."""
        direct = run.find(f"{W}rPr/{W}vanish")
        if direct is not None:
            return is_on(direct)
        if not any(self.hidden.values()):
            return False
        paragraph = next(run.iterancestors(f"{W}p"), None)
        return self.hidden.get(_value(run, "rPr", "rStyle"), False) or (
            paragraph is not None and self.hidden.get(_value(paragraph, "pPr", "pStyle"), False)
        )


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


def is_on(element: Element | None) -> bool:
    """Tell whether a property that can be switched is there, and not off."""
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _value(element: Element, properties: str, name: str) -> str:
    found = element.find(f"{W}{properties}/{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def _inherited(
    id_: str, own: Mapping[str, _Value], based: Mapping[str, str], default: _Value
) -> _Value:
    for _ in range(len(based)):
        if id_ in own or id_ not in based:
            break
        id_ = based[id_]
    return own.get(id_, default)


def _heading_level(level: Element) -> int:
    """Return 1 to 9; 0 for body text, which is level 9 to Word."""
    value = level.get(f"{W}val", "")
    return int(value) + 1 if len(value) == 1 and value in "012345678" else 0
