"""Word files for tests, written as their XML: the smallest package that programs open."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kpireport.findings import Findings
from kpireport.plan_documents.tables import SourceDocument, SourcePart, SourceTable, SourceText
from kpireport.plan_documents.word_tables import read_word_tables

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file(folder: Path, body: str, **parts: str) -> Path:
    """Write a file with that body, and further parts by their kinds; return its path."""
    path = folder / "原本.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations({"officeDocument": "word/document.xml"}))
        document = f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        related = {kind: f"{kind}.xml" for kind in parts}
        archive.writestr("word/_rels/document.xml.rels", _relations(related))
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {_NAMES}>{content}</w:{kind}>")
    return path


def _relations(targets: dict[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    names = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{names}">{entries}</Relationships>'


# --- pieces of a body ------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """A paragraph of runs; what is no XML becomes one."""
    runs = "".join(each if each.startswith("<") else run(each) for each in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*content: str, properties: str = "") -> str:
    """A cell of paragraphs; what is no XML becomes one."""
    inside = "".join(
        each if each.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else paragraph(each)
        for each in content or ("",)
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def spanning(columns: int, *content: str) -> str:
    """A cell over several columns."""
    return cell(*content, properties=f'<w:gridSpan w:val="{columns}"/>')


def begun(*content: str) -> str:
    """A cell that the one below goes on."""
    return cell(*content, properties='<w:vMerge w:val="restart"/>')


GOES_ON = cell(properties="<w:vMerge/>")


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; what is no XML becomes one."""
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = (), properties: str = "") -> str:
    """A table of rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = f"<w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{head}{''.join(rows)}</w:tbl>"


def box(*content: str, floats: bool = True) -> str:
    """A run with a text box, as Word writes it: for old programs a second time."""
    frame = "anchor" if floats else "inline"
    inside = "".join(paragraph(each) for each in content)
    words = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:{frame}>"
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp>"
        f"</a:graphicData></a:graphic></wp:{frame}></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape style='position:absolute'><v:textbox>{words}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(width: int, height: int) -> str:
    """A run with a picture of that size, in millimetres."""
    size = f'<wp:extent cx="{width * 36_000}" cy="{height * 36_000}"/>'
    graphic = "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{size}{graphic}</wp:inline></w:drawing></w:r>"


# --- what is read of it ----------------------------------------------------------


def read_word(folder: Path, body: str, log: Findings | None = None, **parts: str) -> SourceDocument:
    """Return what is read of a file with that body."""
    return read_word_tables(word_file(folder, body, **parts), log or Findings())


def read_table(folder: Path, *rows: str, **parts: str) -> SourceTable:
    """Return what is read of a table with these rows, alone in its file."""
    (found,) = read_word_tables(word_file(folder, table(*rows), **parts), Findings()).tables()
    return found


def shown(parts: SourceDocument | tuple[SourcePart, ...]) -> list[str | list[list[str]]]:
    """Return parts as their texts, and tables as those of their places."""
    found = parts.parts if isinstance(parts, SourceDocument) else parts
    return [each.text if isinstance(each, SourceText) else texts(each) for each in found]


def texts(source: SourceTable) -> list[list[str]]:
    """Return the text at each place of a table; ``-`` where there is no cell."""
    return [["-" if each is None else each.text for each in cells] for cells in source.grid()]
