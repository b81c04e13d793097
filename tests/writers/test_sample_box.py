"""The box above a specimen is there where the plan's own pages have it, in every format."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from kpireport.document.blocks import Document, SamplePage, Section
from kpireport.writers.docx.writer import write_docx
from kpireport.writers.html.writer import write_html
from kpireport.writers.pdf.writer import write_pdf
from tests.documents import kpi_table
from tests.review_reports import METADATA
from tests.writers.pdf.reader import read_pages


def document(numeral: str) -> Document:
    sample = SamplePage(numeral, (kpi_table(("施策", 2)),), (), "見本")
    return Document(METADATA, (Section((sample,)),))


@pytest.mark.parametrize("numeral", ["Ⅶ", ""])
def test_a_specimen_has_a_box_only_with_something_in_it(numeral: str) -> None:
    made = document(numeral)
    page = write_html(made).decode()
    assert ('class="heading-boxed">' in page) is bool(numeral)
    with ZipFile(io.BytesIO(write_docx(made))) as package:
        body = package.read("word/document.xml").decode()
    assert ("SampleNumeral" in body) is bool(numeral)
    pages = read_pages(write_pdf(made))
    text = "".join(char["text"] for each in pages for char in each.chars)
    assert "施策-0" in text
    assert not numeral or numeral in text
