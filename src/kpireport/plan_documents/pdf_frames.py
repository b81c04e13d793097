"""The tables of a page: by its rules, by its shades, and by where its words stand.

Comes in: what is drawn on a page. Goes out: frames for all tables, each with its characters,
and the lines of text that stand in none. A frame of a single cell is a box around text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kpireport.plan_documents.pdf_columns import (
    Row,
    blocks,
    guessed_frame,
    gutters,
    has_words,
    is_prose,
    row_of,
    row_tops,
)
from kpireport.plan_documents.pdf_lines import Line, lines_of
from kpireport.plan_documents.pdf_rules import Frame, Rules, read_rules
from kpireport.plan_documents.pdf_shapes import Box, Glyph, PageInk, Rule
from kpireport.plan_documents.pdf_struck import without_struck
from kpireport.quickly import dataclass

_SAME_END = 6.0  # points that rules of one table may end apart
_ONE_HEIGHT = 2.0  # points
_BESIDE = 14.0  # points between rules of one height, each under its column
_TALLEST_BAND = 250.0  # points between two rules of a table
_INSET = 2.5  # points: a shade behind words within a cell borders nothing
_FIRST_COLUMNS = 0.5  # of a table's width: rules that part the others' rows begin there
_FEW_RULES = 3  # of a table: above, below its header, at the end
_APART = 0.8  # of the size: a gap that the lines of a cell do not have
_MOST_ROWS, _MOST_COLUMNS = 500, 60  # of a guessed table
_FILLED = 0.12  # of a table's cells
_FILLED_GUESS = 0.4
_MOST_LOOKS = 3_000_000  # shades times cells and characters: more are a picture


@dataclass(frozen=True, slots=True)
class Found:
    """A table's frame, and the characters in it."""

    frame: Frame
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page has.

    Attributes:
        tables: from the top.
        lines: of text in no table, in the order of reading.
        has_pattern: it has more rules than tables have: there may be one among them.
        struck: what is struck out, and in neither.
    """

    tables: tuple[Found, ...]
    lines: tuple[Line, ...]
    has_pattern: bool = False
    struck: tuple[str, ...] = ()


def read_page(page: PageInk) -> PageContent:
    """Return the tables of a page and the lines between them."""
    glyphs, struck = without_struck(page.glyphs, page.across)
    page = replace(page, glyphs=glyphs)
    rules = _with_shades(page, read_rules(page.across, page.upright, glyphs=len(page.glyphs)))
    framed, rest = _shared_out(page.glyphs, rules.frames)
    tables: list[Found] = []
    for found in framed:
        table = _with_columns(found)
        if len(table.frame.lefts) > 2 and _is_table(table):
            tables.append(table)
        else:
            rest += found.glyphs
    banded, rest = _shared_out(rest, list(_bands(rules)))
    for found in banded:
        table = _with_columns(found)
        if len(table.frame.lefts) > 2 and _is_table(table):
            tables.append(table)
        else:
            rest += found.glyphs
    guessed, lines = _without_rules(rest, [each.frame.box for each in tables])
    tables = sorted([*tables, *guessed], key=lambda each: each.frame.box[1::-1])
    return PageContent(tuple(tables), tuple(lines), rules.are_too_many, struck)


def _shared_out(
    glyphs: Iterable[Glyph], frames: Sequence[Frame]
) -> tuple[list[Found], list[Glyph]]:
    """Give each character to the smallest frame that it stands in."""
    inside: list[list[Glyph]] = [[] for _ in frames]
    outside: list[Glyph] = []
    boxes = sorted(
        ((each.box, index) for index, each in enumerate(frames)), key=lambda each: each[0].area
    )
    for glyph in glyphs:
        at = glyph.home
        home = next((index for box, index in boxes if box.holds(at)), None)
        (outside if home is None else inside[home]).append(glyph)
    found = [Found(frame, tuple(each)) for frame, each in zip(frames, inside, strict=True)]
    return found, outside


def _is_table(found: Found) -> bool:
    """Whether enough of its cells say something: those between a chart's lines are empty."""
    frame = found.frame
    fewest = max(2.0, len(frame.cells) * (_FILLED_GUESS if frame.is_guessed else _FILLED))
    homes = frame.homes()
    letters = (each for each in found.glyphs if not each.text.isspace())
    return len({homes[frame.place_of(each.home)] for each in letters}) >= fewest


# --- shades -------------------------------------------------------------------------------


def _with_shades(page: PageInk, rules: Rules) -> Rules:
    """Read the rules again with the sides of shaded areas, where these border cells."""
    cells = [frame.box_of(cell) for frame in rules.frames for cell in frame.cells]
    if len(page.fills) * (len(cells) + len(page.glyphs)) > _MOST_LOOKS:
        return rules
    shades = [
        each
        for each in page.fills
        if each.area < 0.8 * page.width * page.height
        and not any(_is_within(each, cell) for cell in cells)
        and any(each.holds(glyph.home) for glyph in page.glyphs)
    ]
    if not shades:
        return rules
    across = [Rule(at, each.left, each.right) for each in shades for at in each[1::2]]
    upright = [Rule(at, each.top, each.bottom) for each in shades for at in each[0::2]]
    return read_rules([*page.across, *across], [*page.upright, *upright], glyphs=len(page.glyphs))


def _is_within(shade: Box, cell: Box) -> bool:
    """Whether a shade lies in a cell, or is the cell's own."""
    return (
        shade.left >= cell.left - _INSET
        and shade.top >= cell.top - _INSET
        and shade.right <= cell.right + _INSET
        and shade.bottom <= cell.bottom + _INSET
    )


# --- rules that run across alone ----------------------------------------------------------


def _bands(rules: Rules) -> Iterator[Frame]:
    """Yield frames of one column: rules, or boxes, of one width one below the other."""
    lines = list(_side_by_side(rules.lines))
    for box in rules.boxes:
        left, top, right, bottom = box.box
        lines += [Rule(top, left, right), Rule(bottom, left, right)]
    groups: list[list[Rule]] = []
    for each in sorted(lines):
        home = next((group for group in groups if _is_of(group, each)), None)
        if home is None:
            groups.append([each])
        else:
            home.append(each)
    for group in groups:
        tops = _different([each.at for each in group])
        if len(tops) > 1:
            sides = (min(each.low for each in group), max(each.high for each in group))
            inner = [each for each in group if _is_inner(group[0], each) and each.at in tops]
            yield guessed_frame((), (), tops, sides, inner)


def _is_of(group: Sequence[Rule], rule: Rule) -> bool:
    is_near = rule.at - group[-1].at <= _TALLEST_BAND
    is_as_wide = abs(group[0].low - rule.low) <= _SAME_END
    return is_near and (
        (is_as_wide and abs(group[0].high - rule.high) <= _SAME_END) or _is_inner(group[0], rule)
    )


def _is_inner(first: Rule, rule: Rule) -> bool:
    """Whether a rule parts all columns of a table but the first ones, whose cells go on."""
    width = first.high - first.low
    return (
        first.low + _SAME_END < rule.low <= first.low + _FIRST_COLUMNS * width
        and abs(first.high - rule.high) <= _SAME_END
    )


def _side_by_side(lines: Iterable[Rule]) -> Iterator[Rule]:
    """Yield rules, those of one height that are parted by gutters as one."""
    last: Rule | None = None
    for each in sorted(lines, key=lambda each: (round(each.at / _ONE_HEIGHT), each.low)):
        if last is None:
            last = each
        elif abs(each.at - last.at) <= _ONE_HEIGHT and -1 <= each.low - last.high <= _BESIDE:
            last = Rule(last.at, last.low, each.high)
        else:
            yield last
            last = each
    if last is not None:
        yield last


def _different(places: Iterable[float]) -> list[float]:
    different: list[float] = []
    for each in sorted(places):
        if not different or each - different[-1] > _SAME_END:
            different.append(each)
    return different


def _with_columns(found: Found) -> Found:
    """Give a frame of one column those that its words show, if they show any."""
    frame = found.frame
    if len(frame.lefts) > 2:
        return found
    rows = [row_of(line) for line in lines_of(found.glyphs)]
    if len(rows) > _MOST_ROWS:
        return found
    middles = gutters(rows)
    if not 0 < len(middles) <= _MOST_COLUMNS or is_prose(rows, middles):
        return found
    tops = list(_with_rows(frame.tops, rows, middles))
    sides = (frame.lefts[0], frame.lefts[-1])
    return replace(found, frame=guessed_frame(rows, middles, tops, sides, frame.inner))


def _with_rows(
    tops: Sequence[float], rows: Sequence[Row], middles: Sequence[float]
) -> Iterator[float]:
    """Yield where rows begin, between rules that stand far apart too.

    Below a header and at the end alone, rules part no rows; elsewhere they part all, unless
    lines stand further apart than those of a cell do.
    """
    for top, bottom in pairwise(tops):
        yield top
        inside = [row for row in rows if top <= (row.top + row.bottom) / 2 < bottom]
        gaps = [after.top - before.bottom for before, after in pairwise(inside)]
        if gaps and (len(tops) <= _FEW_RULES or min(gaps) > _APART * inside[0].size):
            yield from row_tops(inside, middles)[1:-1]
    yield tops[-1]


# --- no rules at all ----------------------------------------------------------------------


def _without_rules(glyphs: Sequence[Glyph], taken: Sequence[Box]) -> tuple[list[Found], list[Line]]:
    """Return tables that words alone show, and the lines of what is left, as they are read."""
    lines = lines_of([each for each in glyphs if each.turn == 0])
    rows = [row_of(line) for line in lines]
    breaks = [(box.top + box.bottom) / 2 for box in taken]
    tables: list[Found] = []
    left: list[Line] = []
    done = 0
    for start, end in blocks(rows, breaks):
        left += lines[done:start]
        table, texts = _read_block(rows[start:end], lines[start:end])
        tables += table
        left += texts
        done = end
    left += lines[done:]
    turned = [each for each in glyphs if each.turn != 0 and not each.text.isspace()]
    return tables, [*left, *_turned_lines(turned)]


def _read_block(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[list[Found], list[Line]]:
    middles = gutters(rows) if len(rows) <= _MOST_ROWS else []
    if not middles or len(middles) > _MOST_COLUMNS:
        return [], list(lines)
    if is_prose(rows, middles):
        return [], list(_by_column(rows, middles))
    if len(rows) < (3 if len(middles) == 1 else 2) or not has_words(rows):
        return [], list(lines)
    sides = (
        min(piece.box.left for row in rows for piece in row.pieces),
        max(piece.box.right for row in rows for piece in row.pieces),
    )
    frame = guessed_frame(rows, middles, row_tops(rows, middles), sides)
    found = Found(frame, tuple(glyph for line in lines for glyph in line.glyphs))
    return ([found], []) if _is_table(found) else ([], list(lines))


def _by_column(rows: Sequence[Row], middles: Sequence[float]) -> Iterator[Line]:
    """Yield the lines of running text, one column after the other."""
    ends = [*middles, float("inf")]
    begin = float("-inf")
    for end in ends:
        for row in rows:
            yield from (each for each in row.pieces if begin <= each.box.left < end)
        begin = end


def _turned_lines(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """Yield what is turned, as at the side of a page, each run of it by itself."""
    run: list[Glyph] = []
    for each in glyphs:
        if run and (each.turn != run[-1].turn or _is_far(run[-1], each)):
            yield _as_drawn(run)
            run = []
        run.append(each)
    if run:
        yield _as_drawn(run)


def _is_far(before: Glyph, after: Glyph) -> bool:
    (x0, y0), (x1, y1) = before.middle, after.middle
    return max(abs(x1 - x0), abs(y1 - y0)) > 3 * before.size


def _as_drawn(run: Sequence[Glyph]) -> Line:
    """A line of characters in the order in which they are drawn."""
    box = Box(
        min(each.left for each in run),
        min(each.top for each in run),
        max(each.right for each in run),
        max(each.bottom for each in run),
    )
    text = "".join(each.text for each in run).strip()
    return Line(text, box, run[0].size, all(each.is_bold for each in run), tuple(run))
