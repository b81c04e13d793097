"""What the tests of the folder to carry have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.offline.small import require_linux


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """A person's own folder, on a computer that the folder for Linux is for."""
    require_linux()
    return tmp_path / "山田 太郎"
