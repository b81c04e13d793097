"""Files that are no plan's document: refused with the reason, and how to mend it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from kpireport.errors import InputError
from kpireport.findings import Findings
from kpireport.plan_documents.excel_tables import read_excel_tables
from kpireport.plan_documents.tables import SourceDocument, SourceText
from kpireport.plan_documents.word_tables import read_word_tables
from kpireport.sources.packages import OLE
from tests.plan_documents.words import paragraph, shown, word_file

Reader = Callable[[Path, Findings], SourceDocument]
_ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le")


def refused(read: Reader, path: Path, data: bytes) -> str:
    """Return what is said of a file with those bytes, and the remedy."""
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path, Findings())
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    return f"{problem.what}{problem.remedy}"


def open_document(folder: Path) -> bytes:
    """A file as OpenDocument has it."""
    path = folder / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument")
        archive.writestr("content.xml", "<office:document-content/>")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("read", "name", "older", "kind", "open_kind"),
    [
        (read_word_tables, "原本.docx", "（.doc）", "Word 文書（*.docx）", "（.odt）"),
        (read_excel_tables, "原本.xlsx", "（.xls）", "Excelブック（*.xlsx）", "（.ods）"),
    ],
)
def test_other_files_are_refused(
    tmp_path: Path, read: Reader, name: str, older: str, kind: str, open_kind: str
) -> None:
    path = tmp_path / name
    told = refused(read, path, OLE + b"x")
    assert older in told
    assert kind in told
    told = refused(read, path, open_document(tmp_path))
    assert open_kind in told
    assert kind in told
    assert "パスワード" in refused(read, path, _ENCRYPTED)
    assert kind in refused(read, path, b"%PDF-1.7")
    assert "空です" in refused(read, path, b"")


def test_what_was_made_to_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path, "<w:p/>" * 2_100_000)
    assert "大きすぎます" in refused(read_word_tables, path, path.read_bytes())


def test_a_damaged_document_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path, "<w:p>")
    assert "壊れています" in refused(read_word_tables, path, path.read_bytes())


def test_a_document_of_another_program_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path, paragraph("ａ"))
    data = path.read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
    assert "Wordの文書（.docx）ではありません" in refused(read_word_tables, path, path.read_bytes())
    assert data != path.read_bytes()


def test_a_sheet_like_a_diagonal_is_refused(tmp_path: Path) -> None:
    """Every row and column has a cell, and none has two."""

    book = Workbook()
    for place in range(1, 1_200):
        book.active.cell(place, place, "ａ")
        book.active.cell(place + 1, place, "ｂ")
    path = tmp_path / "計画.xlsx"
    book.save(path)
    assert "大きすぎる表" in refused(read_excel_tables, path, path.read_bytes())


def test_a_sheet_like_a_staircase_is_read(tmp_path: Path) -> None:
    """Each row begins where the one above ends: any of them could be a title."""

    book = Workbook()
    for place in range(1, 900):
        book.active.cell(place, place, "ａ")
    path = tmp_path / "計画.xlsx"
    book.save(path)
    found = read_excel_tables(path, Findings())
    assert sum(len(each.cells) for each in found.tables()) > 800
    assert len(found.parts) < 30


def test_merged_areas_upon_each_other_are_refused(tmp_path: Path) -> None:

    book = Workbook()
    for row in range(1, 3_001):
        book.active.cell(row, 1, "ａ")
    book.active.merge_cells("A1:A2")
    path = tmp_path / "計画.xlsx"
    book.save(path)
    area = b'<mergeCell ref="A1:A2"/>'
    made = tmp_path / "重なり.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(area, b'<mergeCell ref="A1:B3000"/>' * 3_000)
            new.writestr(name, data)
    assert "結合されたセルが多すぎます" in refused(read_excel_tables, made, made.read_bytes())


@pytest.mark.parametrize("wrapper", ["ins", "smartTag", "hyperlink", "customXml"])
def test_words_deep_in_each_other_are_read(tmp_path: Path, wrapper: str) -> None:
    """As deep as the parser lets elements be."""
    inside = "<w:r><w:t>ａ</w:t></w:r>"
    for _ in range(200):
        inside = f"<w:{wrapper}>{inside}</w:{wrapper}>"
    path = word_file(tmp_path, f"<w:p>{inside}</w:p>")
    (found,) = read_word_tables(path, Findings()).parts
    assert isinstance(found, SourceText)
    assert found.text == "ａ"


def test_fields_in_each_other_take_no_time(tmp_path: Path) -> None:
    begins = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    words = "<w:r><w:instrText>x</w:instrText><w:t>ａ</w:t></w:r>"
    path = word_file(tmp_path, paragraph(begins * 50_000 + words * 50_000))
    (found,) = read_word_tables(path, Findings()).parts
    assert isinstance(found, SourceText)
    assert found.text == "ａ" * 50_000


def test_a_note_is_read_once(tmp_path: Path) -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    text = f'<w:footnote w:id="2">{paragraph("注")}</w:footnote>'
    path = word_file(tmp_path, paragraph("ａ", note) + paragraph("ｂ", note), footnotes=text)
    assert shown(read_word_tables(path, Findings())) == ["ａ※1", "※1 注", "ｂ※1"]
