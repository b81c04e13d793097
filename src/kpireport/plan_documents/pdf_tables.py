"""A PDF as tables and texts, in the order of its pages.

Comes in: the path of a PDF. Goes out: its tables and the texts between them. Tables are found
by their rules; what is drawn without any by how its words stand one below the other, and is
marked as guessed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.plan_documents.pdf_beside import in_columns
from kpireport.plan_documents.pdf_frames import PageContent, read_page
from kpireport.plan_documents.pdf_headers import with_headers_parted
from kpireport.plan_documents.pdf_joining import joined
from kpireport.plan_documents.pdf_lines import CellLines, Line, cell_lines
from kpireport.plan_documents.pdf_opening import open_pages
from kpireport.plan_documents.pdf_rules import Frame, FramedCell
from kpireport.plan_documents.pdf_shapes import Glyph, PageInk
from kpireport.plan_documents.pdf_texts import TextStyle, paragraphs, running
from kpireport.plan_documents.tables import (
    SourceCell,
    SourceDocument,
    SourcePart,
    SourceTable,
)
from kpireport.plan_documents.unread import told_unread

_WIDEST_MARGIN = 6.0  # points, of a cell
_PATTERN = (
    "線が多すぎるので（地図や模様など）、表ではないと見て、文字だけを読みました。",
    "表があれば、元の Word や Excel のファイルから読むか、手で入力してください。",
)
_GUESSED = (
    "罫線のない表を、文字の並びから読みました。行と列が合っているか、原本と見比べてください。"
)
_READ_FROM_PICTURE = (
    "スキャンした画像に、文字認識（OCR）の文字が重ねてあります。その文字を読みました。",
    "読み誤りがあるかもしれません。原本と見比べてください。",
)
_RECOGNISED = "画像から文字認識（OCR）された文字です。誤りがないか、原本と見比べてください。"
_PICTURE_OF_PAGE = 0.5  # of a page without text


def read_pdf_tables(path: Path, log: Findings) -> SourceDocument:
    """Read the tables of a PDF, and the texts between them.

    Args:
        path: the file.
        log: where what keeps it from being read is noted, and pages that are left out.

    Raises:
        InputError: the file cannot be read, is protected, or has more than is read.
    """
    try:
        pages = [(page, read_page(page)) for page in open_pages(path, log)]
    except CellError as error:
        log.fail("", error.what, error.remedy)
    style = TextStyle(page for page, _ in pages)
    apart = running([(page, content.lines) for page, content in pages])
    parts: list[SourcePart] = []
    for page, content in pages:
        if content.has_pattern:
            log.warn(f"{page.number}ページ", *_PATTERN)
        if content.struck:
            log.warn(f"{page.number}ページ", *told_unread("取り消し線の付いた文字", content.struck))
        if page.is_recognised:
            log.warn(f"{page.number}ページ", *_READ_FROM_PICTURE)
        lines = [each for each in content.lines if (page.number, each) not in apart]
        parts += _parts(page, content, lines, style)
    return SourceDocument(
        tuple(with_headers_parted(parts)),
        len(pages),
        any(_is_picture(page) for page, _ in pages),
        tuple(style.text(line.text, line, number) for number, line in sorted(apart, key=_place)),
    )


def _place(running_line: tuple[int, Line]) -> tuple[int, float, float]:
    number, line = running_line
    return number, line.box.top, line.box.left


def _is_picture(page: PageInk) -> bool:
    return not page.glyphs and page.pictures >= _PICTURE_OF_PAGE


def _parts(
    page: PageInk, content: PageContent, lines: Sequence[Line], style: TextStyle
) -> Iterator[SourcePart]:
    """Yield a page's tables and texts, from the top; those beside each other from the left."""
    boxes = [each.frame.box for each in content.tables]
    for together, indexes in in_columns(lines, boxes):
        waiting = deque(indexes)
        for line, said in paragraphs(together, page.width):
            while waiting and boxes[waiting[0]].top < line.box.top:
                yield _table(page, content, waiting.popleft())
            yield style.text(said, line, page.number)
        yield from (_table(page, content, each) for each in waiting)


def _table(page: PageInk, content: PageContent, index: int) -> SourceTable:
    found = content.tables[index]
    frame = found.frame
    said = [
        cell_lines(inside, frame.box_of(cell))
        for cell, inside in zip(frame.cells, _held(frame, found.glyphs), strict=True)
    ]
    margin = min(max(min(each.margin for each in said), 0.0), _WIDEST_MARGIN)
    cells = [_cell(place, each, margin) for place, each in zip(frame.cells, said, strict=True)]
    return SourceTable(
        tuple(cells),
        rows=len(frame.tops) - 1,
        columns=len(frame.lefts) - 1,
        page=page.number,
        number=index + 1,
        lefts=tuple(round(each / page.width, 4) for each in frame.lefts[:-1]),
        doubts=tuple(_doubts(found.frame, page)),
    )


def _doubts(frame: Frame, page: PageInk) -> Iterator[str]:
    """Yield why somebody has to look at each row of a table."""
    if frame.is_guessed:
        yield _GUESSED
    if page.is_recognised:
        yield _RECOGNISED


def _cell(place: FramedCell, said: CellLines, margin: float) -> SourceCell:
    return SourceCell(
        joined(said.lines, said.area, margin),
        place.row,
        place.column,
        place.rows,
        place.columns,
        said.is_bold,
        round(said.lines[0].box.left - said.area.left, 1) if said.lines else 0.0,
    )


def _held(frame: Frame, glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the characters of each cell, in the order they are drawn."""
    homes = frame.homes()
    held: list[list[Glyph]] = [[] for _ in frame.cells]
    for glyph in glyphs:
        held[homes[frame.place_of(glyph.home)]].append(glyph)
    return held
