"""A workbook (.xlsx, .xlsm) as tables of cells and the texts between them.

Comes in: the path of a plan's workbook that somebody made. Goes out: a
:class:`~kpireport.plan_documents.tables.SourceDocument`, and notes on what is hidden, or
cannot be read as it is shown. The sheets are read as all are
(:mod:`kpireport.sources.workbook`); where on them tables stand is told in
:mod:`~kpireport.plan_documents.excel_blocks`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from kpireport.domain.numerals import NumeralStyle
from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.messages import quoted
from kpireport.plan_documents.excel_blocks import Block, Placed, blocks
from kpireport.plan_documents.sizes import refuse_large
from kpireport.plan_documents.tables import (
    SourceCell,
    SourceDocument,
    SourcePart,
    SourceTable,
    SourceText,
)
from kpireport.sources.cells import (
    Content,
    Number,
    SheetCells,
    cell_name,
    column_letters,
    text_of,
    write_number,
)
from kpireport.sources.package_kinds import WORKBOOK
from kpireport.sources.workbook import read_workbook
from kpireport.sources.workbook_parts import refuse_more_than

_WHOLE = ""  # the place of what is said of the file as a whole
_MOST_COVERED = 500_000  # cells below merged areas, and rows of those
_MOST_TOLD = 20  # cells of one sheet that cannot be read


def read_excel_tables(path: Path, log: Findings) -> SourceDocument:
    """Read the tables of all sheets of a workbook, and the texts between them.

    Args:
        path: the file.
        log: where it is noted what is hidden, or cannot be read as it is shown.

    Raises:
        InputError: it is no .xlsx that can be read, or made to fill the memory.
    """
    log = log.of(path)
    try:
        sheets = read_workbook(path, None).sheets
        parts = tuple(part for sheet in sheets for part in _parts(sheet, log))
    except CellError as error:
        log.fail(_WHOLE, error.what, error.remedy)
    has_pictures = any(sheet.has_pictures for sheet in sheets)
    return SourceDocument(parts, has_pictures_of_pages=has_pictures and not parts)


def _parts(sheet: SheetCells, log: Findings) -> Iterator[SourcePart]:
    """Yield the tables and texts of a sheet; the words of a shape stand where it begins."""
    placed = list(_placed(sheet, log))
    shapes = deque(sheet.shape_texts)
    _tell_hidden(sheet, placed, log)
    last = max((each.last_column for each in placed), default=1)
    number = 0
    for block in blocks(placed) if placed else ():
        first = min(each.row for each in block.cells)
        while shapes and shapes[0][0] <= first:
            yield SourceText(shapes.popleft()[1])
        if block.is_text:
            for each in block.cells:
                is_bold = (each.row, each.column) in sheet.bold
                yield SourceText(each.text, is_large=is_bold)
        else:
            number += 1
            yield _table(sheet, block, number, last)
        yield from _notes(sheet, block)
    yield from (SourceText(text) for _, text in shapes)


def _placed(sheet: SheetCells, log: Findings) -> Iterator[Placed]:
    """Yield the cells that say something, with the areas that they reach over."""
    areas = {(each.first_row, each.first_column): each for each in sheet.merged}
    last_row = max(sheet.rows, default=0)
    last_column = max((column for row in sheet.rows.values() for column in row), default=0)
    covered = _covered(sheet, last_row, last_column)
    unread = 0
    for row, cells in sorted(sheet.rows.items()):
        for column, content in sorted(cells.items()):
            if (row, column) in covered:
                continue  # nobody sees it below the merged area's first cell
            text, is_read = _text(sheet, row, column, content, log if unread < _MOST_TOLD else None)
            unread += not is_read
            area = areas.get((row, column))
            if text or not is_read:
                yield Placed(
                    text,
                    row,
                    column,
                    min(area.last_row, last_row) if area else row,
                    min(area.last_column, last_column) if area else column,
                )
    if unread > _MOST_TOLD:
        what = f"読めないセルが、ほかに{unread - _MOST_TOLD}個あります。"
        log.warn(sheet.place_of(), what, "Excelで開いて、確かめてください。")
    for (row, column), passed in sheet.passed_over.items():
        for what in passed.told("セル"):
            remedy = "計画の文であれば、Excelで書式を直してください。"
            log.warn(sheet.place(row, column), what, remedy)


def _covered(sheet: SheetCells, last_row: int, last_column: int) -> set[tuple[int, int]]:
    """Return the cells below merged areas that have content, but for the areas' first.

    Raises:
        CellError: the areas lie upon each other, as Excel never has them.
    """
    covered = set[tuple[int, int]]()
    rows = sorted(sheet.rows)
    columns = {row: sorted(cells) for row, cells in sheet.rows.items()}
    looked_at = 0
    for area in sheet.merged:
        if area.first_row > last_row or area.first_column > last_column:
            continue
        begin, end = bisect_left(rows, area.first_row), bisect_right(rows, area.last_row)
        for row in rows[begin:end]:
            left = bisect_left(columns[row], area.first_column)
            right = bisect_right(columns[row], area.last_column)
            covered.update((row, column) for column in columns[row][left:right])
            looked_at += 1 + right - left
        refuse_more_than(_MOST_COVERED, looked_at, f"シート{quoted(sheet.name)}の結合されたセル")
        covered.discard((area.first_row, area.first_column))
    return covered


def _text(
    sheet: SheetCells, row: int, column: int, content: Content, log: Findings | None
) -> tuple[str, bool]:
    """Return what a cell shows, and whether it can be read."""
    try:
        return _shown(content), True
    except CellError as error:
        if log is not None:
            log.warn(sheet.place(row, column), error.what, error.remedy)
        return "", False


def _shown(content: Content) -> str:
    """Return a cell's content as Excel shows it: thousands apart only where its format says so.

    Raises:
        CellError: it cannot be used.
    """
    if not isinstance(content, Number):
        return text_of(content)
    number = write_number(content.value, content.decimals, NumeralStyle.HALF).replace("−", "-")
    if not content.is_grouped:
        number = number.replace(",", "")
    percent = "%" if content.is_percentage else ""
    return f"{content.prefix}{number}{percent}{content.suffix}"


def _table(sheet: SheetCells, block: Block, number: int, last_column: int) -> SourceTable:
    """Return a block as a table: its rows and columns are those that cells begin in."""
    rows = sorted({each.row for each in block.cells})
    columns = sorted({each.column for each in block.cells})
    refuse_large(len(rows), len(columns), WORKBOOK)
    row_at = {row: place for place, row in enumerate(rows)}
    column_at = {column: place for place, column in enumerate(columns)}
    cells = tuple(
        SourceCell(
            text=each.text,
            row=row_at[each.row],
            column=column_at[each.column],
            rows=_reached(rows, row_at[each.row], each.last_row),
            columns=_reached(columns, column_at[each.column], each.last_column),
            is_bold=(each.row, each.column) in sheet.bold,
        )
        for each in sorted(block.cells, key=lambda each: (each.row, each.column))
    )
    return SourceTable(
        cells=cells,
        rows=len(rows),
        columns=len(columns),
        number=number,
        sheet=sheet.name,
        first_row=rows[0],
        lefts=tuple(round((column - 1) / last_column, 3) for column in columns),
        row_numbers=tuple(rows) if len(rows) != rows[-1] - rows[0] + 1 else (),
    )


def _reached(begins: Sequence[int], place: int, last: int) -> int:
    """Return over how many rows or columns a cell reaches, as people see them."""
    reached = 1
    while place + reached < len(begins) and begins[place + reached] <= last:
        reached += 1
    return reached


def _notes(sheet: SheetCells, block: Block) -> Iterator[SourceText]:
    """Yield the notes that hang on a block's cells."""
    for each in block.cells:
        note = sheet.notes.get((each.row, each.column))
        if note:
            yield SourceText(f"※{cell_name(each.row, each.column)}のメモ：{note}")


def _tell_hidden(sheet: SheetCells, placed: Sequence[Placed], log: Findings) -> None:
    """Note what of a sheet nobody sees who opens it."""
    again = "再表示して、古いものが残っていないかを確かめてください。"
    if sheet.is_hidden:
        log.warn(sheet.place_of(), "シートが非表示です。読みました。", again)
    rows = sorted(sheet.hidden_rows)
    if rows:
        told = f"{rows[0]}行目" if len(rows) == 1 else f"{rows[0]}行目など{len(rows)}行"
        log.warn(sheet.place_of(told), "非表示の行に文字があります。読みました。", again)
    columns = sorted({each.column for each in placed} & sheet.hidden_columns)
    if columns:
        letters = "、".join(column_letters(column) for column in columns)
        log.warn(sheet.place_of(f"{letters}列"), "非表示の列に文字があります。読みました。", again)
    if sheet.has_pictures:
        what = "図があります。図形の文字は読みますが、画像やグラフの中の文字は読めません。"
        log.warn(sheet.place_of(), what, "計画の文であれば、ブックに書き足してください。")
