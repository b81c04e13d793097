"""The plan's own table has the columns that the document's table has, in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.findings import Findings
from kpireport.plan_books.importing import read_plan_book
from kpireport.plan_books.rows import item_at
from tests.plan_documents.documents import write
from tests.plan_documents.measuring import read_into
from tests.plan_documents.municipalities import ORIGINALS

_KEYS = {each.key: each for each in ORIGINALS}


def _layout(key: str, folder: Path) -> list[str] | None:
    document, workbook = write(_KEYS[key], "docx", folder), folder / "計画.xlsx"
    assert read_into(document, workbook) == 0
    found = item_at(read_plan_book(workbook, Findings(workbook)).grown.raw, ("layout", "plan"))
    if not isinstance(found, list):
        return None
    return [str(each["column"]) if isinstance(each, dict) else str(each) for each in found]


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("a-list", "number plan indicator unit baseline target direction definition"),
        ("b-yearly", "plan indicator baseline yearly_targets target department"),
        ("c-levels", "plan indicator unit baseline target department"),
        # 単位：％ stands in the header alone
        ("f-notes", "plan indicator unit baseline target source"),
        ("l-order", "department plan indicator target yearly_targets baseline past"),
    ],
)
def test_the_columns_are_the_documents(key: str, columns: str, tmp_path: Path) -> None:
    assert _layout(key, tmp_path) == columns.split()


def test_the_usual_columns_need_no_layout(tmp_path: Path) -> None:
    assert _layout("j-bands", tmp_path) is None
