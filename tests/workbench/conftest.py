"""A window on a small town: its plan, and a year half reported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.review_reports import small_rows
from tests.status.reports import half_reported, write
from tests.workbench.windows import Window


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A folder with a plan and a report of 2021, in which one value is odd."""
    folder = tmp_path / "みどり市"
    write(folder, rows=half_reported(), review="draft = true\n")
    return folder


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A folder with a plan and a report of 2021 without a fault."""
    folder = tmp_path / "あおい市"
    write(folder, rows=small_rows(2021), review="draft = true\n")
    return folder


@pytest.fixture
def window(town: Path) -> Iterator[Window]:
    """A window on the town."""
    opened = Window(town)
    yield opened
    opened.close()
