"""The same tables and charts by other libraries, written the obvious way.

Each has the header repeated on every page and the spans, and a page for each goal.
None has the product's notes at a page's end, nor, but for WeasyPrint and Typst, tags.
They are handed final texts; the product reads, judges and composes in its time::

    python benchmarks/peers.py typst tables.pickle
"""

from __future__ import annotations

import io
import pickle
import sys
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from peer_charts import FAMILY, FONT, FONTS, SIZE_INCHES, draw
from tables import Cell, Table, placed

_INCH = 72
_WIDTH = 480  # of a table, in points
_LARGEST_TAGGED = 60  # tables; WeasyPrint's tags cost more than it has memory for beyond


@dataclass(frozen=True, slots=True)
class Peer:
    """A library, what it makes, and how."""

    title: str
    module: str
    distribution: str
    write: Callable[[Sequence[Table]], bytes]
    is_word: bool = False

    @property
    def is_installed(self) -> bool:
        """Whether the library can be loaded here."""
        return find_spec(self.module) is not None

    @property
    def version(self) -> str:
        """The library's name and version."""
        return f"{self.distribution} {version(self.distribution)}"


# --- PDF -------------------------------------------------------------------------


def typst_pdf(tables: Sequence[Table]) -> bytes:
    """Compile Typst's own markup; the texts are strings in it."""
    typst = import_module("typst")
    head = f'#set page("a4", margin: 57pt)\n#set text(font: "{FAMILY}", size: 9pt, lang: "ja")\n'
    pieces = [head, '#set document(title: "表")\n']
    for number, table in enumerate(tables):
        pieces.append("#pagebreak(weak: true)\n" if number else "")
        columns = ",".join(f"{width}fr" for width in table.widths)
        header = "".join(map(_typst_cell, _cells(table.header_rows)))
        rows = "".join(map(_typst_cell, _cells(table.rows)))
        pieces.append(f"= {table.heading}\n#table(columns: ({columns}), table.header({header})")
        pieces.append(f",{rows})\n")
        pieces.extend(
            f"#box(image(bytes({_typst_string(draw(chart, 'svg').decode())}), "
            f"width: {SIZE_INCHES[0]}in, alt: {_typst_string(chart.title)}))\n"
            for chart in table.charts
        )
    source = "".join(pieces).encode()
    pdf = typst.compile(
        source, font_paths=[str(FONTS)], ignore_system_fonts=True, pdf_standards=["a-2a"]
    )
    return bytes(pdf)


def _typst_cell(cell: Cell) -> str:
    spans = f"colspan: {cell.colspan}, rowspan: {cell.rowspan}"
    return f"table.cell({spans}, {_typst_string(cell.text)}),"


def _typst_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def weasyprint_pdf(tables: Sequence[Table]) -> bytes:
    """Lay HTML out by CSS; PDF/UA-1 where the memory allows it."""
    weasyprint = import_module("weasyprint")
    pages = (
        f"<h1>{escape(table.heading)}</h1><table><colgroup>"
        + "".join(f'<col style="width:{width}%">' for width in table.widths)
        + f"</colgroup><thead>{_html_rows(table.header_rows, 'th')}</thead>"
        + f"<tbody>{_html_rows(table.rows, 'td')}</tbody></table>"
        + "".join(
            f'<img alt="{escape(chart.title)}" src="data:image/svg+xml;base64,'
            f'{b64encode(draw(chart, "svg")).decode()}">'
            for chart in table.charts
        )
        for table in tables
    )
    style = (
        f'@font-face {{ font-family: "{FAMILY}"; src: url("{(FONTS / FONT).as_uri()}.ttf") }}'
        f'@page {{ size: A4; margin: 57pt }} * {{ font: 9pt "{FAMILY}" }}'
        "h1 { break-before: page } table { border-collapse: collapse; table-layout: fixed;"
        " width: 100% } th, td { border: 0.5pt solid; white-space: pre-line }"
        f" img {{ width: {SIZE_INCHES[0]}in }}"
    )

    html = (
        '<html lang="ja"><head><title>表</title>'
        f"<style>{style}</style></head><body>{''.join(pages)}</body></html>"
    )
    variant = "pdf/ua-1" if len(tables) <= _LARGEST_TAGGED else None
    pdf = weasyprint.HTML(string=html).write_pdf(pdf_variant=variant)
    return bytes(pdf)


def _html_rows(rows: Sequence[Sequence[Cell]], tag: str) -> str:
    return "".join(
        "<tr>"
        + "".join(
            f'<{tag} colspan="{c.colspan}" rowspan="{c.rowspan}">{escape(c.text)}</{tag}>'
            for c in row
        )
        + "</tr>"
        for row in rows
    )


def reportlab_pdf(tables: Sequence[Table]) -> bytes:
    """Lay tables out by ReportLab's platypus, a Paragraph in each cell."""
    platypus = import_module("reportlab.platypus")
    styles = import_module("reportlab.lib.styles")
    metrics = import_module("reportlab.pdfbase.pdfmetrics")
    ttfonts = import_module("reportlab.pdfbase.ttfonts")
    metrics.registerFont(ttfonts.TTFont(FONT, str(FONTS / f"{FONT}.ttf")))
    style = styles.ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
    story: list[object] = []
    for table in tables:
        cells: list[list[object]] = [["" for _ in table.widths] for _ in table.all_rows]
        commands: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
        for row, column, cell in placed(table.all_rows):
            text = escape(cell.text).replace("\n", "<br/>")
            cells[row][column] = platypus.Paragraph(text, style)
            end = (column + cell.colspan - 1, row + cell.rowspan - 1)
            commands.append(("SPAN", (column, row), end))
        story.append(platypus.Paragraph(table.heading, style))
        widths = list(_points(table))
        repeated = len(table.header_rows)
        story.append(
            platypus.LongTable(cells, colWidths=widths, style=commands, repeatRows=repeated)
        )
        story.extend(
            platypus.Image(io.BytesIO(draw(chart, "png")), *(_INCH * side for side in SIZE_INCHES))
            for chart in table.charts
        )
        story.append(platypus.PageBreak())
    stream = io.BytesIO()
    platypus.SimpleDocTemplate(stream, leftMargin=57, rightMargin=57).build(story)
    return stream.getvalue()


def fpdf2_pdf(tables: Sequence[Table]) -> bytes:
    """Lay tables out by fpdf2's ``table``; it breaks lines anywhere."""
    fpdf = import_module("fpdf")
    pdf = fpdf.FPDF(unit="pt", format="A4")
    pdf.add_font(FAMILY, fname=str(FONTS / f"{FONT}.ttf"))
    pdf.set_font(FAMILY, size=9)
    style = import_module("fpdf.fonts").FontFace()  # the default header is bold, and ours is not
    for table in tables:
        pdf.add_page()
        pdf.cell(text=table.heading, new_x="LMARGIN", new_y="NEXT")
        with pdf.table(
            col_widths=table.widths,
            num_heading_rows=len(table.header_rows),
            headings_style=style,
            wrapmode="CHAR",
            line_height=12,
        ) as grid:
            for cells in table.all_rows:
                row = grid.row()
                for cell in cells:
                    row.cell(cell.text, colspan=cell.colspan, rowspan=cell.rowspan)
        for chart in table.charts:
            pdf.image(io.BytesIO(draw(chart, "png")), w=_INCH * SIZE_INCHES[0])
    return bytes(pdf.output())


# --- Word ------------------------------------------------------------------------


def python_docx(tables: Sequence[Table]) -> bytes:
    """Fill the cells of a table one by one, and merge them."""
    docx = import_module("docx")
    word = docx.Document()
    for table in tables:
        word.add_heading(table.heading)
        grid = word.add_table(rows=len(table.all_rows), cols=len(table.widths))
        grid.style = "Table Grid"
        for row, column, cell in placed(table.all_rows):
            first = grid.cell(row, column)
            if cell.rowspan > 1 or cell.colspan > 1:
                last = grid.cell(row + cell.rowspan - 1, column + cell.colspan - 1)
                first = first.merge(last)
            first.text = cell.text
        for row in range(len(table.header_rows)):
            _repeat(grid.rows[row])
        for chart in table.charts:
            image = io.BytesIO(draw(chart, "png"))
            word.add_picture(image, width=import_module("docx.shared").Inches(SIZE_INCHES[0]))
        word.add_page_break()
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def docxtpl_docx(tables: Sequence[Table]) -> bytes:
    """Fill a Word template by Jinja."""
    docxtpl = import_module("docxtpl")
    inches = import_module("docx.shared").Inches(SIZE_INCHES[0])
    template = docxtpl.DocxTemplate(io.BytesIO(_template(tables[0])))
    goals = [
        {
            "heading": table.heading,
            "plans": list(_plans(table)),
            "charts": [
                docxtpl.InlineImage(template, io.BytesIO(draw(chart, "png")), width=inches)
                for chart in table.charts
            ],
        }
        for table in tables
    ]
    template.render({"goals": goals}, autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def _plans(table: Table) -> list[dict[str, object]]:
    """Return the rows by plan: a plan's name spans all of them, a group's name all columns."""
    columns = len(table.widths)
    plans: list[dict[str, object]] = []
    texts: list[list[str]] = [[""] * columns for _ in table.rows]
    for row, column, cell in placed(table.rows):
        texts[row][column] = cell.text
        if column == 0:
            plans.append({"name": cell.text, "first": row, "rows": []})
    starts = [int(str(plan["first"])) for plan in plans] + [len(table.rows)]
    for plan, start, end in zip(plans, starts, starts[1:], strict=False):
        plan["rows"] = [
            {"cells": texts[row][1:], "is_group": table.rows[row][-1].colspan > 1}
            for row in range(start, end)
        ]
    return plans


def _template(table: Table) -> bytes:
    """Return the template, which a designer would have made in Word."""
    word = import_module("docx").Document()
    columns, header = len(table.widths), len(table.header_rows)
    word.add_paragraph("{%p for goal in goals %}")
    word.add_heading("{{ goal.heading }}")
    grid = word.add_table(rows=header, cols=columns)
    grid.style = "Table Grid"
    for row, column, cell in placed(table.header_rows):
        last = grid.cell(row + cell.rowspan - 1, column + cell.colspan - 1)
        grid.cell(row, column).merge(last).text = cell.text
    for row in grid.rows:
        _repeat(row)
    for control in ("for plan in goal.plans", "for row in plan.rows", "if row.is_group"):
        grid.add_row().cells[0].text = f"{{%tr {control} %}}"
    _template_row(grid, ["{{ row.cells[0] }}"])
    grid.add_row().cells[0].text = "{%tr else %}"
    _template_row(grid, [f"{{{{ row.cells[{column}] }}}}" for column in range(columns - 1)])
    for control in ("endif", "endfor", "endfor"):
        grid.add_row().cells[0].text = f"{{%tr {control} %}}"
    for line in ("{%p for chart in goal.charts %}", "{{ chart }}", "{%p endfor %}"):
        word.add_paragraph(line)
    word.add_page_break()
    word.add_paragraph("{%p endfor %}")
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _template_row(grid: object, texts: Sequence[str]) -> None:
    cells = grid.add_row().cells  # type: ignore[attr-defined]
    cells[0].text = "{% vm %}{{ plan.name }}"
    if len(texts) == 1:
        cells[1].merge(cells[-1])
    for cell, text in zip(cells[1:], texts, strict=False):
        cell.text = text


def _repeat(row: object) -> None:
    """Make a row of python-docx a header (w:tblHeader)."""
    element = import_module("docx.oxml").OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(element)  # type: ignore[attr-defined]  # noqa: SLF001


# --- all -------------------------------------------------------------------------


def _cells(rows: Sequence[Sequence[Cell]]) -> Sequence[Cell]:
    return [cell for row in rows for cell in row]


def _points(table: Table) -> Sequence[float]:
    return [_WIDTH * width / sum(table.widths) for width in table.widths]


PEERS = {
    "typst": Peer("Typst (PDF/A-2a)", "typst", "typst", typst_pdf),
    "weasyprint": Peer("WeasyPrint (PDF/UA-1)", "weasyprint", "weasyprint", weasyprint_pdf),
    "reportlab": Peer("ReportLab platypus (PDF)", "reportlab", "reportlab", reportlab_pdf),
    "fpdf2": Peer("fpdf2 (PDF)", "fpdf", "fpdf2", fpdf2_pdf),
    "docxtpl": Peer("docxtpl (Word)", "docxtpl", "docxtpl", docxtpl_docx, is_word=True),
    "python-docx": Peer("python-docx (Word)", "docx", "python-docx", python_docx, is_word=True),
}


def main() -> None:
    """Write the tables of a file by the peer that the command line names; print the size.

    A third word names a file for the result, to be looked at.
    """
    name, path, *kept = sys.argv[1:]
    result = PEERS[name].write(pickle.loads(Path(path).read_bytes()))
    for file in kept:
        Path(file).write_bytes(result)
    print(len(result))


if __name__ == "__main__":
    main()
