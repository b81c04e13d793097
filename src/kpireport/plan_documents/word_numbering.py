"""Numbers and bullets that Word sets before paragraphs by itself (17.9).

Comes in: the parts of the numbering and of the styles; paragraphs in their order. Goes out:
what Word shows before each. The number is no text of the file, but it is one of the page:
"１．待機児童の解消", or a cell of a table that has nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from lxml.etree import _Element as Element

from kpireport.plan_documents.word_numerals import numeral
from kpireport.plan_documents.word_symbols import UNKNOWN, in_plain_characters, is_symbol_font
from kpireport.quickly import dataclass
from kpireport.sources.packages import whole_number
from kpireport.word_files.looks import is_on
from kpireport.word_files.opening import W

_LEVELS = 9
_MOST_BASES = 100  # of one style
_MOST = 1_000_000
_LONGEST = 31  # characters before a paragraph, in Word
_PLACE = re.compile("%([1-9])")
_BULLET = "・"
_ENDS_ITSELF = "．、）］】〕」："  # as wide as a space behind it would make it
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted and shown (17.9.6)."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    font: str = ""
    pattern: str = ""  # of a format of its own: 001, 002, 003, ...
    style: str = ""
    is_legal: bool = False
    restarts: bool = True


@dataclass(frozen=True, slots=True)
class _List:
    """A list (17.9.15): what it counts together with, its levels, where it begins anew."""

    counter: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts a document's paragraphs as they are read."""

    _lists: Mapping[str, _List] = field(default_factory=dict)
    _of_styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> Numbering:
        """Read the parts that say how paragraphs are counted, where there are any."""
        if numbering is None:
            return cls()
        abstract = {
            each.get(f"{W}abstractNumId", ""): each for each in numbering.iter(f"{W}abstractNum")
        }
        lists = {
            each.get(f"{W}numId", ""): _list(each, abstract) for each in numbering.iter(f"{W}num")
        }
        return cls(lists, _of_styles(styles, lists))

    def label(self, paragraph: Element) -> str:
        """Count a paragraph; return what Word shows before it, empty for most."""
        if not self._lists:
            return ""
        id_, place = self._place(paragraph)
        found = self._lists.get(id_)
        level = found.levels.get(place) if found else None
        if found is None or level is None:
            return ""
        counts = self._counted(found, id_, place)
        if level.form == "bullet":
            return _bullet(level)
        shown = _PLACE.sub(
            lambda match: _shown(found, level, counts, int(match[1]) - 1), level.text
        )
        if not shown or level.suffix == "nothing" or shown.endswith(tuple(_ENDS_ITSELF)):
            return shown
        return f"{shown} "

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return a paragraph's list and level in it: its own, or its style's (17.3.1.19)."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return self._of_styles.get("", ("", 0))
        style = properties.find(f"{W}pStyle")
        of_style = self._of_styles.get("" if style is None else style.get(f"{W}val", ""), ("", 0))
        own = properties.find(f"{W}numPr")
        if own is None:
            return of_style
        id_, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        return (
            of_style[0] if id_ is None else id_.get(f"{W}val", ""),
            of_style[1] if level is None else whole_number(level.get(f"{W}val")),
        )

    def _counted(self, found: _List, id_: str, place: int) -> Mapping[int, int]:
        """Count one more at a level; those below it begin anew."""
        counts = self._counts.setdefault(found.counter, {})
        start = found.starts.get(place)
        if start is not None and (id_, place) not in self._begun:
            self._begun.add((id_, place))
            counts[place] = start
        elif place in counts:
            counts[place] = min(counts[place] + 1, _MOST)
        else:
            counts[place] = found.levels[place].start
        for below in range(place + 1, _LEVELS):
            if below in counts and found.levels.get(below, _Level()).restarts:
                del counts[below]
        return counts


def _shown(found: _List, level: _Level, counts: Mapping[int, int], place: int) -> str:
    counted = found.levels.get(place, _Level())
    number = counts.get(place, counted.start)
    if level.is_legal:
        return str(number)
    if counted.pattern:
        return str(number).zfill(len(counted.pattern))
    return numeral(counted.form, number)


def _bullet(level: _Level) -> str:
    """Return a bullet as a character of any font."""
    shown = in_plain_characters(level.text, level.font) if level.font else level.text
    return _BULLET if not shown or UNKNOWN in shown or "\ue000" <= shown[0] <= "\uf8ff" else shown


# --- the part of the numbering ---------------------------------------------------


def _list(number: Element, abstract: Mapping[str, Element]) -> _List:
    id_ = _value(number, "abstractNumId")
    levels: dict[int, _Level] = {}
    definition = abstract.get(id_)
    if definition is not None:
        link = _value(definition, "numStyleLink")  # its levels stand where the style is defined
        if link:
            linked = (each for each in abstract.values() if _value(each, "styleLink") == link)
            definition = next(linked, definition)
        levels = dict(_levels(definition))
    starts: dict[int, int] = {}
    for override in number.iterfind(f"{W}lvlOverride"):
        place = whole_number(override.get(f"{W}ilvl"))
        levels.update(_levels(override))
        start = override.find(f"{W}startOverride")
        if start is not None:
            starts[place] = whole_number(start.get(f"{W}val"))
    return _List(id_, levels, starts)


def _levels(parent: Element) -> Iterator[tuple[int, _Level]]:
    for each in parent.iterfind(f"{W}lvl"):
        place = whole_number(each.get(f"{W}ilvl"), _LEVELS)
        if place < _LEVELS:
            yield place, _level(each)


def _level(level: Element) -> _Level:
    form, pattern = _form(level)
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii", "") or fonts.get(f"{W}hAnsi", "")
    return _Level(
        form=form,
        text=_value(level, "lvlText")[:_LONGEST],
        start=whole_number(_value(level, "start"), 0),
        suffix=_value(level, "suff") or "tab",
        font=font if is_symbol_font(font) else "",
        pattern=pattern,
        style=_value(level, "pStyle"),
        is_legal=is_on(level.find(f"{W}isLgl")),
        restarts=_value(level, "lvlRestart") != "0",
    )


def _form(level: Element) -> tuple[str, str]:
    """Return the name of a format, and how it writes 1 where it is one of its own."""
    for each in level.iter(f"{W}numFmt"):
        if each.get(f"{W}val") == "custom":
            return "decimal", each.get(f"{W}format", "").partition(",")[0].strip()[:_LONGEST]
    own = level.find(f"{W}numFmt")
    own = next(level.iter(f"{W}numFmt"), None) if own is None else own
    return ("decimal" if own is None else own.get(f"{W}val", "decimal")), ""


def _of_styles(styles: Element | None, lists: Mapping[str, _List]) -> Mapping[str, tuple[str, int]]:
    """Return the lists and levels of paragraphs by their styles; of no style's by ``""``."""
    found: dict[str, tuple[str, int]] = {}
    if styles is None:
        return found
    by_id = {each.get(f"{W}styleId", ""): each for each in styles.iter(f"{W}style")}
    for id_, style in by_id.items():
        number = _inherited(style, by_id)
        if number is None:
            continue
        list_, level = _value(number, "numId"), _value(number, "ilvl")
        levels = lists[list_].levels if list_ in lists else {}
        linked = (place for place, each in levels.items() if each.style == id_)
        found[id_] = (list_, whole_number(level) if level else next(linked, 0))
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            found[""] = found[id_]
    return found


def _inherited(style: Element, styles: Mapping[str, Element]) -> Element | None:
    for _ in range(_MOST_BASES):
        number = style.find(f"{W}pPr/{W}numPr")
        if number is not None and number.find(f"{W}numId") is not None:
            return number
        base = styles.get(_value(style, "basedOn"))
        if base is None:
            return None
        style = base
    return None


def _value(element: Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")
