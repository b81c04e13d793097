"""A server that is killed while it writes leaves whole files, and the next one goes on."""

from __future__ import annotations

import sys
import time
import tomllib
import zipfile
from itertools import cycle
from pathlib import Path

import pytest

from kpireport.archiving import verify
from tests.review_reports import small_rows
from tests.status.reports import write
from tests.workbench.servers import serving
from tests.workbench.windows import Window

YEAR = "/reports/2021"


def assert_whole(report: Path) -> None:
    """Every file of a report is one that was written to its end."""
    tomllib.loads((report / "report.toml").read_text("utf-8"))
    for each in report.rglob("*.docx"):
        with zipfile.ZipFile(each) as opened:
            assert opened.testzip() is None
    for each in report.rglob("*.pdf"):
        data = each.read_bytes()
        assert data.startswith(b"%PDF-")
        assert data.rstrip().endswith(b"%%EOF")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL here")
def test_twenty_kills_while_files_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "あおい市"
    report = write(folder, rows=small_rows(2021), review="draft = true\n")
    drafts = cycle(("0", "1"))
    for number in range(20):
        with serving(folder) as served:
            assert served.post(f"{YEAR}/finish", draft=next(drafts)).status_code == 303
            if number % 4 == 3:
                served.post(f"{YEAR}/keep", **{"as": "zip" if number % 8 == 3 else "folder"})
            time.sleep(0.05 * number)  # a build takes about a second
            served.process.kill()
            served.process.wait()
        assert_whole(report)
    window = Window(folder)
    window.post(f"{YEAR}/finish", {"draft": "0"})
    window.post(f"{YEAR}/keep", {"as": "folder"})
    window.close()
    assert_whole(report)
    assert verify(report / "archive", rebuild=False).is_sound
