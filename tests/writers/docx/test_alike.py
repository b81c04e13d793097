"""Cells that are alike are set once, and each still has what is its own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpireport.document.blocks import Bar, Cell, Document, Paragraph, Row, Table
from kpireport.document.sources import identity
from kpireport.document.styles import CellStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import line_ends, paragraphs, write_docx
from kpireport.writers.theme import TextLook
from tests.documents import document
from tests.writers.docx.reader import parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def rows_alike(count: int) -> Document:
    bar = Cell((paragraph("87.5％", TextStyle.DENSE_VALUE), Bar(Decimal("0.5"))), CellStyle.DENSE)
    name = Cell((paragraph("同じ名前", TextStyle.DENSE_TEXT),), CellStyle.DENSE)
    rows = tuple(Row((name, bar), id=f"row-{number}") for number in range(count))
    return document(Table(TableStyle.KPI, (1, 1), (), rows, "表", "説明"))


def test_lines_of_what_is_alike_are_broken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[str] = []
    usual = line_ends.with_line_ends

    def counted(asked: Paragraph, look: TextLook, width: float) -> Paragraph:
        broken.append(asked.text)
        return usual(asked, look, width)

    monkeypatch.setattr(paragraphs, "with_line_ends", counted)  # where it is used
    write_docx(rows_alike(30))
    assert sorted(set(broken)) == sorted(broken)


def test_rows_alike_have_bookmarks_and_numbers_of_their_own() -> None:
    body = parts(write_docx(rows_alike(3)))["word/document.xml"]
    names = [each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")]
    assert names[-3:] == ["row_0", "row_1", "row_2"]
    assert [each.get("id") for each in body.iter(f"{WP}docPr")] == ["1", "2", "3"]


def test_a_cell_counts_as_often_as_it_stands() -> None:
    assert identity(rows_alike(2)) != identity(rows_alike(3))
