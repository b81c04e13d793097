"""The validator finds what is wrong: a check that cannot fail would prove nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.verapdf import assert_compliant, validate_pdf

pytestmark = pytest.mark.tools


@pytest.fixture
def untagged(tmp_path: Path) -> Path:
    """Return a PDF as ReportLab draws it: no tags, no metadata, no embedded font."""
    path = tmp_path / "untagged.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "untagged")
    canvas.save()
    return path


def test_an_untagged_pdf_fails_both_flavours(untagged: Path) -> None:
    archival, accessible = validate_pdf([untagged])

    assert (archival.flavour, archival.compliant) == ("2a", False)
    assert (accessible.flavour, accessible.compliant) == ("ua1", False)
    broken = {failure.rule for failure in archival.failures}
    assert "6.2.11.4.1-1" in broken  # font not embedded
    assert "7.1-3" in {failure.rule for failure in accessible.failures}  # text without a tag
    assert archival.checks > 0


def test_a_failure_names_the_broken_rules(untagged: Path) -> None:
    with pytest.raises(AssertionError, match=r"untagged\.pdf ua1: not compliant\n(.*\n)*  7\.1-3 "):
        assert_compliant([untagged], ["ua1"])
