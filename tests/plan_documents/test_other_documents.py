"""Documents of other municipalities are read: every row, no value in a wrong column."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.plan_documents.documents import write_all
from tests.plan_documents.measuring import measure, read_into
from tests.plan_documents.municipalities import ORIGINALS
from tests.plan_documents.originals import Original

_READ = [
    pytest.param(original, kind, id=f"{original.key}-{kind}")
    for original in ORIGINALS
    for kind in original.formats
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Path]:
    return write_all(ORIGINALS, tmp_path_factory.mktemp("originals"))


@pytest.mark.tools
@pytest.mark.parametrize(("original", "kind"), _READ)
def test_all_rows_are_read_and_no_value_is_in_a_wrong_column(
    original: Original, kind: str, files: Mapping[tuple[str, str], Path], tmp_path: Path
) -> None:
    workbook = tmp_path / "計画.xlsx"
    assert read_into(files[original.key, kind], workbook) == 0
    measured = measure(original, kind, workbook)
    assert measured.problems() == ""
    assert measured.found == len(original.expected)
    if original.key == "h-no-rules" and kind != "xlsx":
        assert measured.marked == measured.found, "rows that are read by guess are marked"
