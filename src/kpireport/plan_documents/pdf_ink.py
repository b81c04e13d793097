"""What is drawn on the pages of a PDF: characters, rules, shaded areas, pictures.

Comes in: the bytes of a PDF that :mod:`~kpireport.plan_documents.pdf_bounds` let pass. Goes
out: for each page its ink, in points from the upper left corner of the page as it is seen:
cropped, and turned as ``/Rotate`` says (ISO 32000-1, 7.7.3.3). Read by PDFium, which Chrome
shows PDFs with.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint, create_string_buffer
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from kpireport.plan_documents.pdf_characters import plain
from kpireport.plan_documents.pdf_shapes import (
    Box,
    Glyph,
    NoCharactersError,
    PageInk,
    Point,
    Rule,
    TooMuchInkError,
)

_THICKEST_RULE = 4.0  # points; filled rectangles that thin are lines
_LONGEST_RULE = 3.0  # and at least so many times as long as thick
_STRAIGHT = 0.7  # points that a straight rule may be off
_SHORTEST = 1.0  # points: of a dash
_LARGEST_PAGE = 14_400.0  # points (annex C.2)
_MOST_GLYPHS = 20_000  # of a page; close print has some 5,000
_MOST_MARKS = 150_000  # segments of paths of a page; maps have more
_DEEPEST = 12  # forms within forms
_HIGH_HALVES, _LOW_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_BOLD = 600  # weight, from 100 to 900
_WHITE = 250  # of 255
_LARGEST_CELL = 0.5  # of the page: what cuts off more is no cell
_MOST_UNKNOWN = 0.2  # of the characters: those that nobody knows
_MOST_CUTS, _MOST_CORNERS = 8, 16  # of what cuts a text off: more is no cell

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


def page_ink(document: pypdfium2.PdfDocument, index: int) -> PageInk:
    """Return what is drawn on a page, counted from 0.

    Raises:
        UnreadPageError: it has more than is read, or nothing that can be read.
        pypdfium2.PdfiumError: it cannot be read.
    """
    page = document[index]
    try:
        return _page_ink(page, index + 1)
    finally:
        page.close()


def _page_ink(page: pypdfium2.PdfPage, number: int) -> PageInk:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, byref(box))
    view = _View(box, pdfium.FPDFPage_GetRotation(page.raw) % 4)
    if not (0 < view.width <= _LARGEST_PAGE and 0 < view.height <= _LARGEST_PAGE):
        raise TooMuchInkError
    glyphs, is_recognised = _read_text(page, view)
    turn = _most_turned(glyphs)
    if turn:  # a page that is to be turned for reading, without saying so
        view = _View(box, (view.turn - turn) % 4)
        glyphs, is_recognised = _read_text(page, view)
    marks = _Marks(view)
    marks.read_page(page.raw)
    return PageInk(
        number,
        view.width,
        view.height,
        glyphs,
        tuple(marks.across),
        tuple(marks.upright),
        tuple(marks.fills),
        min(1.0, marks.pictured / max(1.0, view.width * view.height)),
        is_recognised,
    )


def _most_turned(glyphs: tuple[Glyph, ...]) -> int:
    """How most of the page's text is turned; 0 unless it is most by far."""
    counts = Counter(each.turn for each in glyphs)
    if not counts:
        return 0
    turn, count = counts.most_common(1)[0]
    return turn if count > 0.8 * len(glyphs) else 0


class _View:
    """From the page's own coordinates (y upwards) to those of a reader (y downwards)."""

    def __init__(self, box: Any, turn: int) -> None:  # noqa: ANN401 - a C structure
        self.turn = turn
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        width, height = float(right - left), float(top - bottom)
        self.width, self.height = (width, height) if turn % 2 == 0 else (height, width)
        seen: tuple[Callable[[float, float], Point], ...] = (
            lambda x, y: (x - left, top - y),
            lambda x, y: (y - bottom, x - left),
            lambda x, y: (right - x, y - bottom),
            lambda x, y: (top - y, right - x),
        )
        self.point = seen[turn]
        self.page = Box(0.0, 0.0, self.width, self.height)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


# --- characters -------------------------------------------------------------------------


def _read_text(page: pypdfium2.PdfPage, view: _View) -> tuple[tuple[Glyph, ...], bool]:
    """Return a page's characters, and whether most of them are not seen."""
    text = page.get_textpage()
    looks = _Looks(page.raw, text.raw, view)
    try:
        glyphs = tuple(_glyphs(text.raw, view, looks))
    finally:
        text.close()
    if looks.unknown > _MOST_UNKNOWN * (len(glyphs) + looks.unknown):
        raise NoCharactersError
    return glyphs, 2 * looks.unseen > len(glyphs)


def _glyphs(text: Any, view: _View, looks: _Looks) -> Iterator[Glyph]:  # noqa: ANN401
    rect = pdfium.FS_RECTF()
    count = pdfium.FPDFText_CountChars(text)
    if count > _MOST_GLYPHS:
        raise TooMuchInkError
    for index in range(count):
        char = plain(_code(text, index))
        looks.unknown += pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        if not char or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, byref(rect)):
            continue
        box = view.box(rect.left, rect.bottom, rect.right, rect.top)
        look = looks.of(index)
        is_cut = look.cell is not None and not look.cell.holds(box.middle)
        turn = round(pdfium.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) + view.turn
        glyph = Glyph(
            char,
            *box,
            _size(box, turn),
            look.is_bold,
            turn % 4,
            look.cell if is_cut else None,
        )
        if view.page.holds(glyph.home):
            yield glyph


def _code(text: Any, index: int) -> int:  # noqa: ANN401 - a C pointer
    """A character's code; on Windows those beyond the first plane come in two halves."""
    code = int(pdfium.FPDFText_GetUnicode(text, index))
    if code in _HIGH_HALVES:
        low = int(pdfium.FPDFText_GetUnicode(text, index + 1))
        if low in _LOW_HALVES:
            return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
    return code


def _size(box: Box, turn: int) -> float:
    """The height of a line of such characters: the size of its font as it is seen."""
    return (box.bottom - box.top) if turn % 2 == 0 else (box.right - box.left)


class _Look(NamedTuple):
    """How a piece of text is drawn; ``cell`` is the area that cuts it off."""

    is_bold: bool = False
    is_seen: bool = True
    cell: Box | None = None


class _Looks:
    """Tells how characters are drawn; those of one piece of text alike."""

    def __init__(self, page: Any, text: Any, view: _View) -> None:  # noqa: ANN401 - C pointers
        self.unseen = self.unknown = 0
        self._text, self._view = text, view
        self._looks: dict[int, _Look] = {}
        # what is drawn within a form is cut off in the form's own coordinates
        self._outside_forms = {
            addressof(pdfium.FPDFPage_GetObject(page, index).contents)
            for index in range(pdfium.FPDFPage_CountObjects(page))
        }

    def of(self, index: int) -> _Look:
        """Tell it of a character by its place in the page's text, and count those not seen."""
        drawn = pdfium.FPDFText_GetTextObject(self._text, index)
        if not drawn:
            return _Look()
        key = addressof(drawn.contents)
        if key not in self._looks:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
            self._looks[key] = _Look(
                _is_drawn_bold(drawn, mode),
                mode != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
                self._cell(drawn) if key in self._outside_forms else None,
            )
        self.unseen += not self._looks[key].is_seen
        return self._looks[key]

    def _cell(self, drawn: Any) -> Box | None:  # noqa: ANN401 - a C pointer
        """The area that cuts a text off (8.5.4), where it may be a cell's."""
        path = pdfium.FPDFPageObj_GetClipPath(drawn)
        cell = self._view.page
        for number in range(min(pdfium.FPDFClipPath_CountPaths(path), _MOST_CUTS)):
            count = pdfium.FPDFClipPath_CountPathSegments(path, number)
            if not 0 < count <= _MOST_CORNERS:
                return None
            corners = (pdfium.FPDFClipPath_GetPathSegment(path, number, at) for at in range(count))
            bounds = _bounds([self._view.point(*_point(each)) for each in corners])
            cell = Box(*map(max, cell[:2], bounds[:2]), *map(min, cell[2:], bounds[2:]))
        is_cell = cell.left < cell.right and cell.top < cell.bottom
        return cell if is_cell and cell.area < _LARGEST_CELL * self._view.page.area else None


def _point(segment: Any) -> Point:  # noqa: ANN401 - a C pointer
    x, y = c_float(), c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
    return x.value, y.value


def _is_drawn_bold(drawn: Any, mode: int) -> bool:  # noqa: ANN401 - a C pointer
    """Whether its font is a bold one, or its outlines are drawn too, as Word does."""
    if mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
        return True
    font = pdfium.FPDFTextObj_GetFont(drawn)
    if not font:
        return False
    name = create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, name, 256)
    words = name.value.lower()
    if any(word in words for word in (b"bold", b"heavy", b"black", b"-w6", b"-w7", b"-w8")):
        return True
    return int(pdfium.FPDFFont_GetWeight(font)) >= _BOLD


# --- rules and areas --------------------------------------------------------------------


class _Marks:
    """Collects what a page's paths draw."""

    def __init__(self, view: _View) -> None:
        self.across: list[Rule] = []
        self.upright: list[Rule] = []
        self.fills: list[Box] = []
        self.pictured = 0.0
        self._view = view
        self._left = _MOST_MARKS

    def read_page(self, page: Any) -> None:  # noqa: ANN401 - a C pointer
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._read(pdfium.FPDFPage_GetObject(page, index), _UNIT, 0)

    def _read(self, drawn: Any, matrix: Matrix, depth: int) -> None:  # noqa: ANN401
        self._count(1)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._read_path(drawn, _times(_matrix(drawn), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._read_picture(_times(_matrix(drawn), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix(drawn), matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(drawn)):
                self._read(pdfium.FPDFFormObj_GetObject(drawn, index), inner, depth + 1)

    def _count(self, marks: int) -> None:
        self._left -= marks
        if self._left < 0:
            raise TooMuchInkError

    def _read_picture(self, matrix: Matrix) -> None:
        """A picture is drawn on the unit square (8.9.5)."""
        corners = [self._view.point(*_moved(matrix, each)) for each in ((0, 0), (1, 1))]
        (x0, y0), (x1, y1) = corners
        if min(abs(x1 - x0), abs(y1 - y0)) <= _THICKEST_RULE:
            self._add_area(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), is_white=False)
        self.pictured += abs((x1 - x0) * (y1 - y0))

    def _read_path(self, path: Any, matrix: Matrix) -> None:  # noqa: ANN401
        mode, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(path, byref(mode), byref(stroke))
        if not (mode.value or stroke.value):
            return
        is_white = bool(mode.value) and _is_white(path)
        for line, is_straight in self._lines(path, matrix):
            if stroke.value:
                for begin, end in pairwise(line):
                    self._add_segment(begin, end)
            elif is_straight or _is_thin(line):
                self._add_area(_bounds(line), is_white=is_white)
            if stroke.value and mode.value and is_straight and not is_white:
                self._add_fill(_bounds(line))

    def _lines(self, path: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:  # noqa: ANN401
        """Yield a path's lines as their points, and whether all go along the axes."""
        line: list[Point] = []
        is_straight = True
        count = pdfium.FPDFPath_CountSegments(path)
        self._count(max(0, count))
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(line) > 1:
                    yield line, is_straight
                line, is_straight = [], True
            point = self._view.point(*_moved(matrix, _point(segment)))
            if line:
                is_straight &= kind == pdfium.FPDF_SEGMENT_LINETO and _is_along(line[-1], point)
            line.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                line.append(line[0])
        if len(line) > 1:
            yield line, is_straight

    def _add_segment(self, begin: Point, end: Point) -> None:
        (x0, y0), (x1, y1) = begin, end
        if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORTEST:
            self._add_across((y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORTEST:
            self._add_upright((x0 + x1) / 2, min(y0, y1), max(y0, y1))

    def _add_across(self, at: float, low: float, high: float) -> None:
        """Add what is seen of a rule: what is drawn beyond the page is not."""
        low, high = max(low, 0.0), min(high, self._view.width)
        if 0 <= at <= self._view.height and low < high:
            self.across.append(Rule(at, low, high))

    def _add_upright(self, at: float, low: float, high: float) -> None:
        low, high = max(low, 0.0), min(high, self._view.height)
        if 0 <= at <= self._view.width and low < high:
            self.upright.append(Rule(at, low, high))

    def _add_area(self, box: Box, *, is_white: bool) -> None:
        """Add what is filled: a line if it is thin."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if height <= _THICKEST_RULE and width >= _LONGEST_RULE * height:
            self._add_across((top + bottom) / 2, left, right)
        elif width <= _THICKEST_RULE and height >= _LONGEST_RULE * width:
            self._add_upright((left + right) / 2, top, bottom)
        elif not is_white:
            self._add_fill(box)

    def _add_fill(self, box: Box) -> None:
        left, top = max(box.left, 0.0), max(box.top, 0.0)
        right, bottom = min(box.right, self._view.width), min(box.bottom, self._view.height)
        if left < right and top < bottom:
            self.fills.append(Box(left, top, right, bottom))


def _matrix(drawn: Any) -> Matrix:  # noqa: ANN401 - a C pointer
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, byref(found)):
        return _UNIT
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that goes by ``inner`` first (8.3.4)."""
    if outer == _UNIT:
        return inner
    a, b, c, d, e, f = inner
    x, y = _moved(outer, (e, f))
    return (
        a * outer[0] + b * outer[2],
        a * outer[1] + b * outer[3],
        c * outer[0] + d * outer[2],
        c * outer[1] + d * outer[3],
        x,
        y,
    )


def _moved(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _is_along(begin: Point, end: Point) -> bool:
    return abs(begin[0] - end[0]) <= _STRAIGHT or abs(begin[1] - end[1]) <= _STRAIGHT


def _bounds(points: list[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _is_thin(points: list[Point]) -> bool:
    box = _bounds(points)
    return min(box.right - box.left, box.bottom - box.top) <= _THICKEST_RULE / 2


def _is_white(path: Any) -> bool:  # noqa: ANN401 - a C pointer
    """Whether it is filled white, or so that nothing is seen."""
    colours = [c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *map(byref, colours)):
        return False
    red, green, blue, opacity = (each.value for each in colours)
    return bool(opacity == 0 or min(red, green, blue) >= _WHITE)
