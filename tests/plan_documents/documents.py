"""Files of a document that is data: by Word's, Excel's and PDF's libraries, and LibreOffice.

The municipalities are invented; how their tables are laid out is not (``towns.py``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.plan_documents.originals import Grid, Original, Text
from tests.tools import FONTS, convert_all

GOTHIC = "BIZ UDGothic"
_INNER_WIDTH = {False: 170, True: 257}  # of A4 with margins of 20 mm, by whether it lies across


def write_all(originals: Sequence[Original], folder: Path) -> dict[tuple[str, str], Path]:
    """Make the files of documents, by their keys and formats; LibreOffice is started twice."""
    made: dict[tuple[str, str], Path] = {}
    for original in originals:
        for kind in original.formats:
            source = kind.removesuffix(".pdf")
            if (original.key, source) not in made:
                made[original.key, source] = write(original, source, folder)
    for source in ("docx", "xlsx"):
        keys = [each.key for each in originals if f"{source}.pdf" in each.formats]
        if keys:
            into = folder / f"from-{source}"
            into.mkdir(exist_ok=True)
            pdfs = convert_all([made[key, source] for key in keys], into)
            made |= {(key, f"{source}.pdf"): pdf for key, pdf in zip(keys, pdfs, strict=True)}
    return made


def write(original: Original, kind: str, folder: Path) -> Path:
    """Make the file of a document as ``docx``, ``xlsx`` or ``pdf``."""
    path = folder / f"{original.key}.{kind}"
    {"docx": _write_word, "xlsx": _write_excel, "pdf": _write_pdf}[kind](original, path)
    return path


# --- Word ------------------------------------------------------------------------


def _write_word(original: Original, path: Path) -> None:
    document = Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    for each in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(each), GOTHIC)
    document.styles["Normal"].font.size = Pt(9)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if original.is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    width = _INNER_WIDTH[original.is_wide]
    for part in original.parts:
        if isinstance(part, Text):
            document.add_paragraph(part.text, f"Heading {part.level}" if part.level else None)
        elif part.is_ruled:
            _add_word_table(document, part, width)
        else:
            _add_tabbed_lines(document, part, width)
    document.save(str(path))


def _add_word_table(document: Any, grid: Grid, width: float) -> None:
    table = document.add_table(len(grid.lines), len(grid.widths), style="Table Grid")
    places = [list(row.cells) for row in table.rows]
    widths = _widths(grid, width)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Mm(share)
    for row, column, cell in grid.placed():
        place = places[row][column]
        if cell.rows > 1 or cell.columns > 1:
            place = place.merge(places[row + cell.rows - 1][column + cell.columns - 1])
        place.width = Mm(sum(widths[column : column + cell.columns]))
        paragraph = place.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(cell.text)
        run.bold = cell.is_bold or None
        if cell.is_upright:
            direction = OxmlElement("w:textDirection")
            direction.set(qn("w:val"), "tbRlV")
            place._tc.get_or_add_tcPr().append(direction)
    for row in table.rows[: grid.header_lines]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _add_tabbed_lines(document: Any, grid: Grid, width: float) -> None:
    widths = _widths(grid, width)
    for line in grid.lines:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        for index in range(1, len(widths)):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(sum(widths[:index])))
        run = paragraph.add_run("\t".join(each.text for each in line))
        run.bold = line[0].is_bold or None


def _widths(grid: Grid, width: float) -> list[float]:
    return [width * each / sum(grid.widths) for each in grid.widths]


# --- Excel -----------------------------------------------------------------------

_THIN = Side(style="thin")
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?")


def _write_excel(original: Original, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一覧"
    row = 1
    for part in original.parts:
        if isinstance(part, Text):
            if part.level == 1 and original.has_sheet_of_each_goal:
                is_first = sheet.max_row == 1 and sheet.cell(1, 1).value is None
                sheet = sheet if is_first else book.create_sheet()
                sheet.title, row = part.text[:5], 1
            sheet.cell(row, 1, part.text).font = Font(bold=part.level > 0)
            row += 1
        else:
            _add_cells(sheet, part, row, has_numbers=original.has_numbers)
            row += len(part.lines) + 1
    for each in book:
        each.page_setup.orientation = "landscape" if original.is_wide else "portrait"
        each.page_setup.fitToWidth, each.page_setup.fitToHeight = 1, 0
        each.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.save(path)


def _add_cells(sheet: Any, grid: Grid, first: int, *, has_numbers: bool) -> None:
    for index, width in enumerate(_widths(grid, 120)):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(index + 1)].width = width
    for row, column, cell in grid.placed():
        top, left = first + row, column + 1
        place = sheet.cell(top, left)
        _set_value(place, cell.text, has_numbers=has_numbers and row >= grid.header_lines)
        place.font = Font(bold=cell.is_bold)
        rotation = 255 if cell.is_upright else 0
        place.alignment = Alignment(wrap_text=True, vertical="top", textRotation=rotation)
        if grid.is_ruled:
            place.border = Border(_THIN, _THIN, _THIN, _THIN)
        bottom, right = top + cell.rows - 1, left + cell.columns - 1
        if (bottom, right) != (top, left):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row, height in enumerate(_heights(grid)):
        sheet.row_dimensions[first + row].height = height
    for row in grid.hidden:
        sheet.row_dimensions[first + row].hidden = True


def _heights(grid: Grid) -> list[float]:
    """Heights of the lines in points, as somebody sets them who wants to see all texts."""
    widths, heights = _widths(grid, 120), [16.0] * len(grid.lines)
    for row, column, cell in grid.placed():
        room = sum(widths[column : column + cell.columns]) - 2
        lines = sum(1 + int(2 * len(each) // room) for each in cell.text.split("\n"))
        lines = len(cell.text) if cell.is_upright else lines
        for each in range(row, row + cell.rows):
            heights[each] = max(heights[each], 3 + 14 * lines / cell.rows)
    return heights


def _set_value(place: Any, text: str, *, has_numbers: bool) -> None:
    if not has_numbers or not _NUMBER.fullmatch(text):
        place.value = text or None
        return
    number = text.rstrip("%％")
    decimals = len(number.partition(".")[2])
    shown = ("#,##" if "," in number else "") + "0" + ("." + "0" * decimals if decimals else "")
    value = Decimal(number.replace(",", ""))
    is_share = number != text
    place.value = value / 100 if is_share else value
    place.number_format = shown + ("%" if is_share else "")


# --- PDF -------------------------------------------------------------------------


def _write_pdf(original: Original, path: Path) -> None:
    for name, file in (("plain", "Regular"), ("bold", "Bold")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / f"BIZUDGothic-{file}.ttf")))
    size = landscape(A4) if original.is_wide else A4
    margin = 20 * 72 / 25.4
    template = SimpleDocTemplate(
        str(path),
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        topMargin=margin,
        bottomMargin=margin,
        invariant=1,
    )
    width = size[0] - 2 * margin
    template.build(
        [
            _pdf_text(part.text, is_bold=part.level > 0, size=12 if part.level else 9)
            if isinstance(part, Text)
            else _pdf_table(part, width)
            for part in original.parts
        ]
    )


def _pdf_text(text: str, *, is_bold: bool = False, size: float = 9) -> Paragraph:
    style = ParagraphStyle(
        "text",
        fontName="bold" if is_bold else "plain",
        fontSize=size,
        leading=size * 1.4,
        wordWrap="CJK",
        spaceAfter=size / 2,
    )
    marked = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
    return Paragraph(marked, style)


def _pdf_table(grid: Grid, width: float) -> Table:
    values: list[list[Any]] = [[""] * len(grid.widths) for _ in grid.lines]
    looks: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if grid.is_ruled:
        looks.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    for row, column, cell in grid.placed():
        text = "\n".join(cell.text) if cell.is_upright else cell.text
        values[row][column] = _pdf_text(text, is_bold=cell.is_bold, size=8)
        if cell.rows > 1 or cell.columns > 1:
            end = (column + cell.columns - 1, row + cell.rows - 1)
            looks.append(("SPAN", (column, row), end))
    return Table(
        values,
        colWidths=_widths(grid, width),
        repeatRows=grid.header_lines,
        style=looks,
        splitInRow=1,
        spaceAfter=12,
    )
