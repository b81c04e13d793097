"""The tests' own tools: an absent one is never mistaken for a passed check."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.tools import convert_with_libreoffice, require_tool, run_tool

ABSENT = "no-such-command-anywhere"


def test_an_absent_tool_skips_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPIREPORT_REQUIRE_TOOLS", raising=False)
    with pytest.raises(pytest.skip.Exception, match=ABSENT):
        require_tool(ABSENT)


def test_an_absent_tool_fails_the_test_where_all_are_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KPIREPORT_REQUIRE_TOOLS", "1")
    with pytest.raises(pytest.fail.Exception, match=ABSENT):
        require_tool(ABSENT)


@pytest.mark.tools
def test_libreoffice_sees_the_bundled_fonts_alone(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Progress").font.name = "BIZ UDGothic"
    document.add_paragraph().add_run("Progress").font.name = "DejaVu Sans"
    document.save(str(tmp_path / "fonts.docx"))

    fonts = run_tool("pdffonts", convert_with_libreoffice(tmp_path / "fonts.docx", tmp_path))

    names = [line.split()[0] for line in fonts.splitlines()[2:]]
    assert names
    assert all("+BIZUD" in name for name in names), names
