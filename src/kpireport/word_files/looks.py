"""How a run of a Word file looks on the page: whether its words count, and whether it is hidden.

Comes in: the part of the styles; a run. Goes out: its font, as sheets' texts have it
(:mod:`kpireport.sources.rich_text`), and the colour behind it. What a run does not say, its
character style says, then its paragraph's, then the document's defaults (17.7.2); what is
behind it the run, the paragraph, the cell or the table's style says. In a part of a table
that its style shades apart (heading rows, bands) nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace

from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.sources.packages import whole_number
from kpireport.sources.rich_text import WHITE, Font
from kpireport.word_files.opening import W

_AUTO = "auto"
_MOST_BASES = 100  # of one style
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}  # 17.18.40


@dataclass(frozen=True, slots=True)
class Look:
    """What is said of words; ``None`` where nothing is, ``auto`` where it is left to Word.

    ``fill`` is what is behind the words alone, ``ground`` what is behind their paragraph;
    ``size`` is in half points.
    """

    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_moved: bool | None = None
    colour: str | None = None
    fill: str | None = None
    ground: str | None = None
    is_bold: bool | None = None
    size: int | None = None

    def over(self, base: Look) -> Look:
        """Return this look, and what it does not say as ``base`` says it."""
        own = {each.name: getattr(self, each.name) for each in fields(self)}
        return replace(base, **{name: value for name, value in own.items() if value is not None})


_NOTHING = Look()


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a table's style puts behind its cells, and which parts it shades apart (17.7.6.6)."""

    colour: str = _AUTO
    parts: frozenset[str] = frozenset()

    def behind(self, cell: Element) -> str | None:
        """Return the colour behind a cell, ``None`` where nobody knows."""
        row = next(cell.iterancestors(f"{W}tr"))
        is_heading = row.find(f"{W}trPr/{W}tblHeader") is not None
        is_first = {
            "firstRow": is_heading or row.getprevious() is None or row.getprevious().tag != row.tag,
            "firstCol": cell.getprevious() is None or cell.getprevious().tag != cell.tag,
        }
        return None if any(is_first.get(part, True) for part in self.parts) else self.colour


@dataclass(frozen=True, slots=True)
class Looks:
    """What the styles say of words, by their ids, those that they are based on included.

    Attributes:
        styles: of paragraphs and characters.
        usual: of paragraphs that name no style.
        grounds: what the styles of tables put behind cells.
    """

    styles: Mapping[str, Look] = field(default_factory=dict)
    usual: Look = _NOTHING
    grounds: Mapping[str, _Ground] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Element) -> Looks:
        """Read the part of the styles."""
        found = {each.get(f"{W}styleId", ""): each for each in part.iter(f"{W}style")}
        looks = {id_: _whole_look(each, found) for id_, each in found.items()}
        words = _look_of(part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        ground = _shade(part.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}shd"))
        usual = (
            looks[id_]
            for id_, each in found.items()
            if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") in ("1", "true")
        )
        grounds = {id_: _ground(each, found) for id_, each in found.items()}
        return cls(looks, next(usual, _NOTHING).over(replace(words, ground=ground)), grounds)

    def is_hidden(self, run: Element) -> bool:
        """Tell whether the words of a run are hidden (17.3.2.41), and so not printed."""
        return bool(self.look(run).is_hidden)

    def font(self, run: Element) -> Font:
        """Return the font of a run; one that is raised or lowered with its paragraph is not."""
        look = self.look(run)
        colour = None if look.colour == _AUTO else look.colour
        return Font(bool(look.is_struck), bool(self._own(run).is_moved), colour)

    def behind(self, run: Element, look: Look | None = None) -> str | None:
        """Return the colour behind a run, ``None`` where nobody knows.

        Args:
            run: the run.
            look: how it looks, for those who know.
        """
        look = look or self.look(run)
        for each in (look.fill, look.ground):
            if each not in (None, _AUTO):
                return each
        for cell in run.iterancestors(f"{W}tc", f"{W}txbxContent"):
            if cell.tag != f"{W}tc":
                return None  # a shape has colours of its own
            ground = _shade(cell.find(f"{W}tcPr/{W}shd"))
            if ground not in (None, _AUTO):
                return ground
            table = next(cell.iterancestors(f"{W}tbl"))
            style = self.grounds.get(_value(table, "tblPr", "tblStyle"), _Ground())
            ground = style.behind(cell)
            if ground != _AUTO:
                return ground
        return WHITE

    def look(self, run: Element) -> Look:
        """Return how the words of a run look, by all that is said of them."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        own = self._own(run)
        if paragraph is None:
            return own.over(self.usual)
        properties = paragraph.find(f"{W}pPr")
        ground = None if properties is None else _shade(properties.find(f"{W}shd"))
        style = self.styles.get(_value(paragraph, "pPr", "pStyle"), self.usual)
        return own.over(Look(ground=ground)).over(style).over(self.usual)

    def _own(self, run: Element) -> Look:
        """Return what a run and its character style say."""
        style = self.styles.get(_value(run, "rPr", "rStyle"), _NOTHING)
        return _look_of(run.find(f"{W}rPr")).over(style)


PLAIN = Looks()


def is_on(element: Element | None) -> bool:
    """Tell whether a property that can be switched is there, and not off."""
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _whole_look(style: Element, styles: Mapping[str, Element]) -> Look:
    look = _NOTHING
    for each in _bases(style, styles):
        ground = _shade(each.find(f"{W}pPr/{W}shd"))
        look = look.over(replace(_look_of(each.find(f"{W}rPr")), ground=ground))
    return look


def _bases(style: Element, styles: Mapping[str, Element]) -> Iterator[Element]:
    """Yield a style and those that it is based on, each once."""
    for _ in range(_MOST_BASES):
        yield style
        base = style.find(f"{W}basedOn")
        found = None if base is None else styles.get(base.get(f"{W}val", ""))
        if found is None:
            return
        style = found


def _look_of(properties: Element | None) -> Look:
    """Return what ``w:rPr`` (17.3.2) says."""
    if properties is None:
        return _NOTHING
    strikes = [properties.find(f"{W}{name}") for name in ("strike", "dstrike")]
    said = [is_on(each) for each in strikes if each is not None]
    hidden, colour = properties.find(f"{W}vanish"), properties.find(f"{W}color")
    highlight = properties.find(f"{W}highlight")
    behind = None if highlight is None else _HIGHLIGHTS.get(highlight.get(f"{W}val", ""))
    bold, size = properties.find(f"{W}b"), properties.find(f"{W}sz")
    return Look(
        is_hidden=None if hidden is None else is_on(hidden),
        is_struck=any(said) if said else None,
        is_moved=_is_moved(properties),
        colour=None if colour is None else _colour(colour.get(f"{W}val", "")),
        fill=behind or _shade(properties.find(f"{W}shd")),
        is_bold=None if bold is None else is_on(bold),
        size=None if size is None else whole_number(size.get(f"{W}val")) or None,
    )


def _is_moved(properties: Element) -> bool | None:
    """Tell whether words are raised or lowered (17.3.2.42, 17.3.2.24)."""
    align, position = (properties.find(f"{W}{name}") for name in ("vertAlign", "position"))
    if align is None and position is None:
        return None
    is_aligned = align is not None and align.get(f"{W}val") in ("superscript", "subscript")
    return is_aligned or (position is not None and position.get(f"{W}val", "0").strip("-0") != "")


def _shade(shade: Element | None) -> str | None:
    """Return the colour of a background (17.3.5); a pattern is a colour of its own."""
    if shade is None:
        return None
    match shade.get(f"{W}val"):
        case "clear" | "nil":
            return _colour(shade.get(f"{W}fill", _AUTO))
        case "solid":
            return _colour(shade.get(f"{W}color", _AUTO))
        case pattern:
            return f"pattern {pattern}"


def _colour(value: str) -> str:
    return _AUTO if value.lower() == _AUTO or not value else value.upper()


def _ground(style: Element, styles: Mapping[str, Element]) -> _Ground:
    """Return what a table's style puts behind cells."""
    colour, parts = _AUTO, set[str]()
    for each in _bases(style, styles):
        for part in each.iterfind(f"{W}tblStylePr"):
            if part.find(f"{W}tcPr/{W}shd") is not None:
                parts.add(part.get(f"{W}type", ""))
        shades = (each.find(f"{W}{name}/{W}shd") for name in ("tcPr", "tblPr"))
        found = (shade for shade in map(_shade, shades) if shade not in (None, _AUTO))
        if colour == _AUTO:
            colour = next(filter(None, found), _AUTO)
    return _Ground(colour, frozenset(parts))


def _value(element: Element, properties: str, name: str) -> str:
    found = element.find(f"{W}{properties}/{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")
