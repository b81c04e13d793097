"""Our own plan's PDF, read back: as it was written, and as LibreOffice makes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpireport.domain.catalogue import Indicator
from kpireport.findings import Findings
from kpireport.plan_documents.pdf_tables import read_pdf_tables
from kpireport.plan_documents.tables import SourceDocument
from kpireport.writers.docx.writer import write_docx
from kpireport.writers.pdf import write_pdf
from tests.documents import real_catalogue, real_plan
from tests.kept import kept
from tests.tools import convert_with_libreoffice


def plain(text: str) -> str:
    """The text without white space: where lines end is the layout's."""
    return "".join(text.split())


@pytest.fixture(scope="module", params=["own", pytest.param("office", marks=pytest.mark.tools)])
def document(request: pytest.FixtureRequest, tmp_path_factory) -> SourceDocument:
    folder: Path = tmp_path_factory.mktemp("plan")
    if request.param == "own":
        path = folder / "plan.pdf"
        path.write_bytes(kept("plan as a PDF, read back", lambda: write_pdf(real_plan())))
    else:
        source = folder / "plan.docx"
        source.write_bytes(kept("plan as a Word file, read back", lambda: write_docx(real_plan())))
        path = convert_with_libreoffice(source, folder)
    log = Findings()
    found = read_pdf_tables(path, log)
    assert log.problems == ()
    return found


def indicators() -> Iterator[tuple[str, Indicator]]:
    for goal in real_catalogue().goals:
        for plan in goal.plans:
            for each in plan.indicators():
                yield f"{plan.label}{plan.title}", each


def test_all_rows_with_every_cell(document):
    """The first table is the explanation of a table, and says the first goal's once more."""
    read = [
        tuple(plain(cell.text) if cell else "" for cell in row)
        for table in document.tables()
        if table.columns == 4 and table.page > 3
        for row in table.grid()
    ]
    wanted = [
        tuple(map(plain, (plan, each.name, each.baseline.text, each.target.text)))
        for plan, each in indicators()
    ]

    assert len(wanted) == 96
    assert [row for row in read if row in set(wanted)] == wanted


def test_nothing_is_guessed(document):
    assert not any(table.doubts for table in document.tables())


def test_prose_is_read_whole(document):
    """Paragraphs of the goals' directions stand in one cell, each on a line of its own."""
    said = {
        plain(line)
        for table in document.tables()
        for cell in table.cells
        for line in cell.text.split("\n")
    }
    wanted = {
        plain(paragraph)
        for goal in real_catalogue().goals
        for direction in goal.directions
        for paragraph in direction.paragraphs
    }

    assert wanted <= said


def test_page_numbers_stand_apart(document):
    assert {each.text for each in document.running} >= {str(number) for number in range(2, 12)}
    assert not any(getattr(part, "text", "").isdecimal() for part in document.parts)
