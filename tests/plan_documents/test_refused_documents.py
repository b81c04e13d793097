"""Files that are no plan's document: refused with the reason, and how to mend it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kpireport.errors import InputError
from kpireport.findings import Findings
from kpireport.plan_documents.excel_tables import read_excel_tables
from kpireport.plan_documents.tables import SourceDocument
from kpireport.plan_documents.word_tables import read_word_tables
from kpireport.sources.packages import OLE
from tests.plan_documents.words import paragraph, word_file

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
    from openpyxl import Workbook

    book = Workbook()
    for place in range(1, 1_200):
        book.active.cell(place, place, "ａ")
        book.active.cell(place + 1, place, "ｂ")
    path = tmp_path / "計画.xlsx"
    book.save(path)
    assert "大きすぎる表" in refused(read_excel_tables, path, path.read_bytes())
