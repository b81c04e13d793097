"""The lines below a header made ready: each an indicator, or known to be none.

Comes in: lines, what their columns are, what the words around a table say of its rows. Goes
out: lines in which 〃 says what it stands for, one indicator each; those that have actuals, or
a second row of figures that nothing explains, say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpireport.plan_documents.captions import Assigned, is_figure
from kpireport.plan_documents.joining import BULLET, lines_of, one_line
from kpireport.plan_documents.stretches import Line, Stretch
from kpireport.plan_documents.tables import SourceCell
from kpireport.plan_documents.vocabulary import (
    DITTO,
    LEVELS,
    SERIES_OF_ACTUALS,
    TIERS,
    TOTALS,
    VALUES,
    Role,
    squeezed,
)

_SEVERAL = "１つのセルにあった、いくつかの指標を分けました。確かめてください。"
SECOND = "１つの指標の２段目の値です"
"""Why figures are left that stand below others of the same indicator, unexplained."""

_AGAIN = "名称のない行なので、上の行と同じ名称の、別の行としました。確かめてください。"
_ACTUAL = "実績の行です"
_TOTAL = "合計の行です"
_LABEL = re.compile(r"\s*([①-⑳⑴-⒇❶-❿]|[(（][0-9０-９]{1,2}[)）]|[ア-ン][.．)）])\s*")
_DOT = re.compile(r"\s*[・●○◆◇■□▪•‣]\s*")


def prepared(stretch: Stretch, columns: Sequence[Assigned], said: str) -> Iterator[Line]:
    """Yield the lines of a stretch, each ready to be read.

    Args:
        stretch: a header with its lines.
        columns: what its columns are.
        said: the words above the table.
    """
    headers = "".join(text for each in stretch.captions for text in each.texts)
    tiers = re.search(TIERS, squeezed(f"{said}{headers}"))
    actual = _tier_of_actuals(tiers)
    names = [each.index for each in columns if each.role is Role.INDICATOR]
    lines = [*_without_dittos(stretch.lines, columns)]
    above: Line | None = None
    for line in _targets_first(lines, columns, names, is_turned=actual == "upper"):
        told = _told(line, above, columns, names, has_tiers=actual is not None)
        yield from _each_alone(told, columns)
        above = above if told.why_left else told


def _doubted(line: Line, doubt: str) -> Line:
    return replace(line, doubts=(*line.doubts, doubt))


# --- cells that say what the one above them says ----------------------------------------------


def _without_dittos(lines: Sequence[Line], columns: Sequence[Assigned]) -> Iterator[Line]:
    said: dict[int, str] = {}
    for line in lines:
        found = [
            each.index
            for each in columns
            if re.fullmatch(DITTO, squeezed(line.text(each.index))) and each.index in said
        ]
        for index in found:
            line = _saying(line, {index: said[index]})  # noqa: PLW2901
        if found:
            marks = "、".join(said[index] for index in found)
            line = _doubted(line, f"「〃」などの印を、上の行の「{one_line(marks)}」と読みました。")  # noqa: PLW2901
        said |= {each.index: text for each in columns if (text := line.text(each.index)).strip()}
        yield line


def _saying(line: Line, texts: dict[int, str]) -> Line:
    """The line with other texts in cells of its own."""
    cells = tuple(
        replace(cell, text=texts[at], row=line.number, rows=1)
        if cell is not None and at in texts
        else cell
        for at, cell in enumerate(line.cells)
    )
    return replace(line, cells=cells)


# --- an indicator over two rows ----------------------------------------------------------------


def _tier_of_actuals(tiers: re.Match[str] | None) -> str | None:
    if tiers is None:
        return None
    return next((each for each in ("upper", "lower") if tiers[each] == "実績"), None)


def _targets_first(
    lines: Sequence[Line], columns: Sequence[Assigned], names: Sequence[int], *, is_turned: bool
) -> Iterator[Line]:
    """Yield the lines; those of actuals that stand above their targets change places with them."""
    values = {each.index for each in columns if each.role in VALUES}
    at = 0
    while at < len(lines):
        one, other = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        if is_turned and other is not None and names and _is_same(one, other, names[0]):
            turned = tuple(
                replace(below, row=one.number) if index in values and below is not None else cell
                for index, (cell, below) in enumerate(zip(one.cells, other.cells, strict=True))
            )
            actuals = tuple(
                cell if index in values else below
                for index, (cell, below) in enumerate(zip(one.cells, other.cells, strict=True))
            )
            yield replace(one, cells=turned)
            yield replace(other, cells=actuals)
            at += 2
        else:
            yield one
            at += 1


def _is_same(one: Line, other: Line, name: int) -> bool:
    cell = one.cells[name]
    return cell is not None and bool(cell.text.strip()) and other.cells[name] is cell


def _told(
    line: Line,
    above: Line | None,
    columns: Sequence[Assigned],
    names: Sequence[int],
    *,
    has_tiers: bool,
) -> Line:
    """The line, saying why its figures are none of a plan, or that it stands for itself."""
    series = next((line.text(each.index) for each in columns if each.role is Role.SERIES), "")
    if re.fullmatch(SERIES_OF_ACTUALS, squeezed(series)):
        return replace(line, why_left=_ACTUAL)
    name = line.text(names[0]) if names else ""
    if re.fullmatch(TOTALS, squeezed(name)):
        return replace(line, why_left=_TOTAL)
    if above is None or not names:
        return line
    is_same = _is_same(above, line, names[0])
    if is_same and has_tiers:
        return replace(line, why_left=_ACTUAL)
    pairs = [
        (above.text(each.index), cell)
        for each in columns
        if each.role in VALUES and (cell := _own(line, each.index)) is not None
    ]
    has_levels = any(each.role in LEVELS and _own(line, each.index) for each in columns)
    are_figures = all(is_figure(upper) and is_figure(cell.text) for upper, cell in pairs)
    if not pairs or not are_figures or not (is_same or not (name.strip() or has_levels)):
        return line
    if any(each.role is Role.DETAIL and _own(line, each.index) for each in columns):
        return _named(_doubted(line, _AGAIN), above, names[0])
    return replace(line, why_left=SECOND)


def _named(line: Line, above: Line, name: int) -> Line:
    """The line as an indicator of its own, with the name of the one above."""
    cells = list(line.cells)
    if (cell := above.cells[name]) is not None:
        cells[name] = replace(cell, row=line.number, rows=1)
    return replace(line, cells=tuple(cells))


def _own(line: Line, column: int) -> SourceCell | None:
    """A line's own cell at a column, if it says something."""
    cell = line.cells[column]
    if cell is None or not cell.text.strip() or (cell.text.strip() and cell.column != column):
        return None
    return cell


# --- several indicators in one line ---------------------------------------------------------------


def _each_alone(line: Line, columns: Sequence[Assigned]) -> Iterator[Line]:
    """Yield the indicators that a line has one below another in its cells, each as a line."""
    parts = {
        each.index: _parts(line.text(each.index))
        for each in columns
        if each.role not in LEVELS and line.text(each.index).strip()
    }
    names = next(
        (
            parts[each.index]
            for each in columns
            if each.role is Role.INDICATOR and each.index in parts
        ),
        [],
    )
    figures = [parts[each.index] for each in columns if each.role in VALUES and each.index in parts]
    count = len(names)
    if count < 2 or not figures or any(len(each) != count for each in figures):
        yield line
        return
    are_labelled = all(map(BULLET.match, names))
    if not are_labelled and not (
        len(figures) > 1 and all(is_figure(text) for each in figures for text in each)
    ):
        yield line
        return
    for number in range(count):
        texts = {
            at: _without_label(each[number], names[number], is_name=each is names)
            for at, each in parts.items()
            if len(each) == count
        }
        yield _doubted(_saying(line, texts), _SEVERAL)


def _parts(text: str) -> list[str]:
    """The lines of a cell; where some are labelled, those with what goes on below them."""
    parts: list[str] = []
    lines = lines_of(text)
    is_labelled = bool(lines and BULLET.match(lines[0]))
    for line in lines:
        if parts and is_labelled and not BULLET.match(line):
            parts[-1] = one_line(f"{parts[-1]}\n{line}")
        else:
            parts.append(line)
    return parts


def _without_label(text: str, name: str, *, is_name: bool) -> str:
    """A part without what merely told which it was: a dot, or the number that its name has."""
    if match := _DOT.match(text):
        return text[match.end() :]
    label, of_name = _LABEL.match(text), _LABEL.match(name)
    if not is_name and label and of_name and label[1] == of_name[1]:
        return text[label.end() :]
    return text
