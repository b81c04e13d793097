"""The numbers in charts that Word draws: which of them somebody edited.

Comes in: the charts of the file as it would be built now, and as it came back. Goes out:
every number, year and name that is another one, with its place. A chart has its data
twice: in its workbook, which staff edit (データの編集), and in what Word drew last. Colours,
lines and sizes are no data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lxml.etree import _Element as Element

from kpireport.document.blocks import Document, FigureGrid
from kpireport.errors import CellError
from kpireport.quickly import dataclass
from kpireport.sources.cells import Content, Number
from kpireport.sources.packages import whole_number
from kpireport.sources.workbook import read_workbook
from kpireport.word_files.opening import ChartPart

_Texts: TypeAlias = Mapping[tuple[str, str], str]
"""What a chart shows, by series and category."""

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "Sheet1"
_WORKBOOK = "（データの編集の表）"
_NONE = "（なし）"
_TITLE, _NAME = "題名", "系列や項目の名前"


@dataclass(frozen=True, slots=True)
class ChartDifference:
    """A number or a name that is another one than it was; empty for what is not there."""

    place: str
    old: str
    new: str


def chart_places(document: Document) -> list[str]:
    """Return what the charts of a document are called: their caption and their title."""
    places = []
    for block in document.blocks():
        if isinstance(block, FigureGrid):
            caption = block.caption.printed if block.caption else ""
            for figure in block.figures:
                title = figure.chart.title.replace("\n", "")
                places.append("　".join(filter(None, (caption, title and f"「{title}」"))))
    return places


def chart_differences(
    built: Sequence[ChartPart], edited: Sequence[ChartPart], places: Sequence[str]
) -> Iterator[ChartDifference]:
    """Yield what differs; of charts that are gone or new, the text's comparison tells."""
    if not built or len(built) != len(edited):
        return
    for place, one, other in zip(places, built, edited, strict=True):
        titles = _title(one.root), _title(other.root)
        if titles[0] != titles[1]:
            yield ChartDifference(f"{place}　{_TITLE}", *titles)
        drawn = tuple(_compared(place, _drawn(one.root), _drawn(other.root)))
        yield from drawn
        if other.workbook:  # LibreOffice keeps none
            yield from _in_workbooks(place, one.workbook, other.workbook, drawn=drawn)


def _in_workbooks(
    place: str, built: bytes, edited: bytes, drawn: Sequence[ChartDifference]
) -> Iterator[ChartDifference]:
    """Yield what differs in the workbooks, and is not among what was ``drawn`` of it."""
    try:
        found = tuple(_compared(place, _written(built), _written(edited)))
    except CellError as error:
        yield ChartDifference(f"{place}{_WORKBOOK}", "", error.what)
        return
    for each in found:
        if each not in drawn:
            yield ChartDifference(f"{each.place}{_WORKBOOK}", each.old, each.new)


def _title(chart: Element) -> str:
    """Return a chart's title (21.2.2.210) on one line; programs break it as they like."""
    texts = (each.text or "" for each in chart.iterfind(f"{_C}chart/{_C}title//{_A}t"))
    return "".join("".join(texts).split())


def _compared(place: str, one: _Texts, other: _Texts) -> Iterator[ChartDifference]:
    names = {**_renamed(one, other, part=0), **_renamed(one, other, part=1)}
    for new, old in names.items():
        yield ChartDifference(f"{place}　{_NAME}", old, new)
    other = {(names.get(s, s), names.get(c, c)): text for (s, c), text in other.items()}
    for key in dict.fromkeys((*one, *other)):
        old, new = one.get(key, _NONE), other.get(key, _NONE)
        if old != new:
            named = "　".join(part.replace("\n", " ") for part in (place, *key) if part)
            yield ChartDifference(named, old, new)


def _renamed(one: _Texts, other: _Texts, *, part: int) -> dict[str, str]:
    """Return the new names of series or categories, with those in whose places they stand."""
    ours, theirs = (dict.fromkeys(key[part] for key in each) for each in (one, other))
    gone, come = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    if len(ours) != len(theirs):
        return {}
    news = (name for name in theirs if name in come)
    return dict(zip(news, (name for name in ours if name in gone), strict=True))


def _drawn(root: Element) -> dict[tuple[str, str], str]:
    """Return what Word drew last (21.2.2.27, 21.2.2.120): texts by series and category."""
    found: dict[tuple[str, str], str] = {}
    for number, series in enumerate(root.iter(f"{_C}ser"), start=1):
        name = "".join(each.text or "" for each in series.iterfind(f"{_C}tx//{_C}v"))
        categories = _points(series.find(f"{_C}cat"))
        values = _points(series.find(f"{_C}val"))
        name = _unused(name or f"系列{number}", found)
        for index in sorted(categories.keys() | values.keys()):
            value = values.get(index)
            category = categories.get(index, f"{index + 1}番目")
            found[name, category] = _NONE if value is None else _number(value)
    return found


def _unused(name: str, found: Mapping[tuple[str, str], str]) -> str:
    """Return a series' name, told apart from another of the same name."""
    return f"{name}（2）" if any(series == name for series, _ in found) else name


def _points(data: Element | None) -> dict[int, str]:
    points = () if data is None else data.iter(f"{_C}pt")
    return {whole_number(each.get("idx")): each.findtext(f"{_C}v") or "" for each in points}


def _number(text: str) -> str:
    """Return a number as it is compared and shown: as Word and Excel hold it."""
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text


def _written(data: bytes) -> dict[tuple[str, str], str]:
    """Return what a workbook holds: texts by series and category.

    Raises:
        CellError: it cannot be used as a workbook.
    """
    sheets = read_workbook(data, (_SHEET,)).sheets
    if not sheets:
        raise CellError("グラフの表のシートの名前が変わっています。", "")
    (sheet,) = sheets
    heads = sheet.rows.get(1, {})
    found: dict[tuple[str, str], str] = {}
    for row, cells in sheet.rows.items():
        if row == 1:
            continue
        category = _shown(cells.get(1))
        for column in sorted((heads.keys() | cells.keys()) - {1}):
            found[_shown(heads.get(column)), category] = _shown(cells.get(column))
    return found


def _shown(content: Content | None) -> str:
    match content:
        case None:
            return _NONE
        case Number():
            return _number(str(content.value))
        case _:
            return str(content)
