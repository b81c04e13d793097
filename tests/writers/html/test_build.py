"""The page as a report's file: asked for by the settings, alone or beside the others."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kpireport.conductor import build
from kpireport.domain.settings import DocumentKind
from kpireport.errors import InputError
from kpireport.reports import Report
from kpireport.writers.html import write_html
from tests.documents import ROOT
from tests.reports import write_report


def asked_for(report: Path, formats: str) -> Path:
    """The report with these formats; its settings end in [output]."""
    settings = report / "report.toml"
    settings.write_text(f"{settings.read_text()}formats = {formats}\n")
    return report


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    report = asked_for(write_report(tmp_path), '["html"]')
    (written,) = build(report)
    assert written == report / "out" / "計画.html"
    assert written.read_bytes() == write_html(Report.open(report).document)


def test_it_stands_beside_the_others_which_stay_what_they_are(tmp_path: Path) -> None:
    usual = {path.name: path.read_bytes() for path in build(write_report(tmp_path / "usual"))}
    assert sorted(usual) == ["計画.docx", "計画.pdf"]
    all_three = asked_for(write_report(tmp_path / "more"), '["html", "pdf", "docx"]')
    made = {path.name: path.read_bytes() for path in build(all_three)}
    assert list(made) == ["計画.html", "計画.pdf", "計画.docx"]
    assert usual.items() <= made.items()


def test_no_pages_are_laid_out_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kpireport.writers.pdf import writer

    report = asked_for(write_report(tmp_path), '["html"]')
    monkeypatch.delattr(writer, "lay_out")
    assert build(report)


def test_a_format_that_there_is_not_is_told(tmp_path: Path) -> None:
    report = asked_for(write_report(tmp_path), '["web"]')
    with pytest.raises(InputError) as caught:
        build(report)
    assert "html" in str(caught.value)
    assert not (report / "out").exists()


def test_another_process_makes_the_same_bytes() -> None:
    report = ROOT / "reports/2021"
    program = (
        "import hashlib, sys; from kpireport.reports import Report;"
        "from kpireport.domain.settings import DocumentKind;"
        "from kpireport.writers.html import write_html;"
        "page = write_html(Report.open(sys.argv[1]).as_document(DocumentKind.DIGEST).document);"
        "print(hashlib.sha256(page).hexdigest())"
    )
    elsewhere = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(report)],
        capture_output=True,
        encoding="utf-8",
        env=elsewhere,
        check=True,
    )
    here = write_html(Report.open(report).as_document(DocumentKind.DIGEST).document)
    assert done.stdout.strip() == hashlib.sha256(here).hexdigest()
