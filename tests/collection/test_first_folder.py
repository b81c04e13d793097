"""A folder of one's own: what is made in it can be checked, built and reported on at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kpireport.cli import main
from kpireport.collection.first_folder import start_folder
from kpireport.errors import OutputError

MOMENT = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)


def test_what_is_made_can_be_checked_built_and_reported_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "みどり市"
    files = start_folder(folder, as_json=True, moment=MOMENT).files
    assert all(path.is_file() for path in files)
    assert main(["check", str(folder / "reports" / "plan")]) == 0
    assert main(["build", "--quiet", str(folder / "reports" / "plan")]) == 0
    assert (folder / "reports" / "plan" / "out" / "plan.pdf").is_file()
    monkeypatch.chdir(folder)
    assert main(["new", "2024"]) == 0  # of the plan that the plan edition is of
    assert main(["check", "reports/2024"]) == 1  # nobody has reported


def test_nothing_is_written_where_something_is(tmp_path: Path):
    (tmp_path / "みどり市").mkdir()
    with pytest.raises(OutputError):
        start_folder(tmp_path / "みどり市", moment=MOMENT)
    assert list((tmp_path / "みどり市").iterdir()) == []
