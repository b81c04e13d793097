"""Our own plan's Word file, read back: as it was written, and after LibreOffice saved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kpireport.domain.catalogue import Indicator
from kpireport.findings import Findings
from kpireport.plan_documents.tables import SourceDocument, SourceTable, SourceText
from kpireport.plan_documents.word_tables import read_word_tables
from kpireport.writers.docx.writer import write_docx
from tests.documents import real_catalogue, real_plan
from tests.kept import kept
from tests.tools import convert_all

_HEADER = ["戦略計画", "指標", "現状値\n原則：平成30年度末", "目標値\n（原則：令和3年度末）"]


def written(folder: Path) -> Path:
    """The plan as a Word file."""
    path = folder / "plan.docx"
    path.write_bytes(kept("plan as a Word file, read back", lambda: write_docx(real_plan())))
    return path


def read(path: Path) -> SourceDocument:
    """What is read of it, without anything to be told."""
    log = Findings()
    found = read_word_tables(path, log)
    assert log.problems == ()
    return found


def goals_tables(document: SourceDocument) -> list[SourceTable]:
    """The tables of the goals' indicators: those behind the explanation of a table."""
    tables = [each for each in document.tables() if each.columns == 4]
    return tables[1:]


def indicators(document: SourceDocument) -> Iterator[tuple[str, str, str, str]]:
    """The plan, the name and both values of each row below the headers."""
    for table in goals_tables(document):
        grid = table.grid()
        for row in grid[2:]:
            plan, name, baseline, target = ("" if each is None else each.text for each in row)
            yield plan, name, baseline, target


def test_every_indicator_of_the_plan_is_read_with_its_plan_and_values(tmp_path: Path) -> None:
    rows = list(indicators(read(written(tmp_path))))
    expected = [
        (f"{plan.label}\n{plan.title}", each.name, each.target.text)
        for goal in real_catalogue().goals
        for plan in goal.plans
        for each in plan.rows
        if isinstance(each, Indicator)
    ]
    named = [(plan, name, target) for plan, name, _, target in rows]
    assert len(expected) >= 90
    assert [each for each in named if each in expected] == expected
    baselines = {(plan, name): baseline for plan, name, baseline, _ in rows}
    for goal in real_catalogue().goals:
        for of in goal.plans:
            for each in of.rows:
                if isinstance(each, Indicator):
                    found = baselines[f"{of.label}\n{of.title}", each.name]
                    assert each.baseline.shared_with or found == each.baseline.text


def test_headers_and_headings_are_told(tmp_path: Path) -> None:
    document = read(written(tmp_path))
    tables = goals_tables(document)
    assert len(tables) == 6
    for table in tables:
        grid = table.grid()
        assert [each.text if each else "" for each in grid[1]] == _HEADER
    headings = [
        each.text for each in document.parts if isinstance(each, SourceText) and each.level == 1
    ]
    for goal in real_catalogue().goals:
        assert f"{goal.numeral}\u3000{goal.title}" in headings


def without_places(document: SourceDocument) -> list[object]:
    """The parts but for where columns and words begin, which LibreOffice rounds."""
    return [
        (
            [replace(cell, indent=0) for cell in each.cells],
            each.rows,
            each.columns,
        )
        if isinstance(each, SourceTable)
        else each
        for each in document.parts
    ]


@pytest.mark.tools
def test_what_libreoffice_saved_reads_the_same(tmp_path: Path) -> None:
    original = written(tmp_path)
    expected = without_places(read(original))
    (saved,) = convert_all([original], tmp_path / "docx", "docx")
    assert without_places(read(saved)) == expected
    (opened,) = convert_all([original], tmp_path / "odt", "odt")
    (again,) = convert_all([opened], tmp_path / "again", "docx")
    assert without_places(read(again)) == expected
