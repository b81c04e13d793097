"""The notes of what prints otherwise: the samples of two versions, compared."""

from __future__ import annotations

from pathlib import Path

from kpireport.conductor import build
from tests.review_reports import write_review
from tools.releasing.changes import section


def word_of(folder: Path, review: str) -> Path:
    write_review(folder, 2021, review=review)
    build(folder / "2021")
    (found,) = (folder / "2021" / "out").glob("*.docx")
    return found


def test_what_prints_otherwise_is_listed(tmp_path: Path) -> None:
    then = word_of(tmp_path / "then", review="draft = true\n")
    now = word_of(tmp_path / "now", review='draft = true\ncontact = "企画課"\n')
    text = "\n".join(section("reports/2021", then, now))
    assert text.startswith("## reports/2021\n")
    assert "企画課" in text
    assert "違いはありません。" in "\n".join(section("reports/2021", then, then))


def test_a_sample_that_a_version_refuses_is_told(tmp_path: Path) -> None:
    assert "前の版では作れません。\n" in list(section("reports/2021", None, tmp_path))
    assert "いまの版では作れません。\n" in list(section("reports/2021", tmp_path, None))
