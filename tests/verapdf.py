"""Validating PDFs in tests, by the product's own validator; skipped where that is absent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpireport.errors import MissingToolError
from kpireport.validation import PdfReport, check_pdfs
from tests.tools import missing


def validate_pdf(paths: Sequence[Path]) -> tuple[PdfReport, ...]:
    """Return the reports on PDF/A and PDF/UA-1 of every file, in that order.

    One call starts Java once (some seconds): give it all the files of a test.
    """
    try:
        return check_pdfs(paths)
    except MissingToolError as error:
        missing(str(error))


def assert_compliant(paths: Sequence[Path]) -> tuple[PdfReport, ...]:
    """Fail the test with all broken rules where a file breaks any; return the reports."""
    reports = validate_pdf(paths)
    assert all(report.conforms for report in reports), "\n".join(map(str, reports))
    return reports


def broken_rules(report: PdfReport) -> set[str]:
    """Return the rules that a file breaks, of both standards: ``{"7.3-1"}``."""
    return {failure.rule for verdict in report.verdicts for failure in verdict.failures}
