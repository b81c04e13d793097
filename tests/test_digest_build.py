"""The digest built by the command: where it is written, and that the review's refusals hold."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pikepdf
import pytest

from kpireport.cli import main
from kpireport.conductor import build
from kpireport.domain.settings import DocumentKind
from kpireport.errors import InputError
from kpireport.pulling import PullRefusalKind, pull
from tests.reports import files_in, write_report
from tests.review_reports import OUTPUTS, small_rows, write_review

DIGESTS = ("out/実績-digest.docx", "out/実績-digest.pdf")
ACCEPTED = 'accept = ["fresh"]'


def test_it_stands_beside_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write_review(tmp_path, review=ACCEPTED)
    build(report)
    whole = {name: (report / name).read_bytes() for name in OUTPUTS}
    capsys.readouterr()
    assert main(["build", str(report), "--digest"]) == 0
    made = "".join(f"作成しました: {report / name}\n" for name in DIGESTS)
    assert capsys.readouterr().out == made
    found = files_in(report)
    assert {name: found[name] for name in OUTPUTS} == whole
    title = "みどり市総合計画令和３年度実績報告書（概要版）"
    assert docx.Document(io.BytesIO(found[DIGESTS[0]])).core_properties.title == title
    with pikepdf.open(io.BytesIO(found[DIGESTS[1]])) as pdf:
        assert str(pdf.docinfo.Title) == title
        assert len(pdf.pages) <= 2


def test_the_same_input_makes_the_same_bytes(tmp_path: Path):
    report = write_review(tmp_path, review=ACCEPTED)
    first = [path.read_bytes() for path in build(report, document=DocumentKind.DIGEST)]
    assert [path.read_bytes() for path in build(report, document=DocumentKind.DIGEST)] == first


@pytest.mark.parametrize("kind", [DocumentKind.DIGEST, DocumentKind.SHEETS])
def test_the_arguments_of_before_work_on_and_warn(kind: DocumentKind, tmp_path: Path):
    report = write_review(tmp_path, review=ACCEPTED)
    made = [(path, path.read_bytes()) for path in build(report, document=kind)]
    former = {str(kind): True}
    with pytest.warns(DeprecationWarning, match=f"DocumentKind.{kind.name} since") as warned:
        again = build(report, **former)  # type: ignore[arg-type]
    assert warned[0].filename == __file__
    assert [(path, path.read_bytes()) for path in again] == made


def test_what_the_review_is_refused_for_its_digest_is_too(tmp_path: Path):
    rows = [row for row in small_rows(2022) if row[:3:2] != ["calls", 2022]]
    report = write_review(tmp_path, 2022, rows=rows, review=ACCEPTED)
    with pytest.raises(InputError) as whole:
        build(report)
    with pytest.raises(InputError) as part:
        build(report, document=DocumentKind.DIGEST)
    assert "calls" in str(whole.value)
    assert str(part.value) == str(whole.value)


def test_a_character_that_only_the_whole_has_is_refused_too(tmp_path: Path):
    comments = [["p1", 2021, "\U00020000を増設した。", "", "", "企画課"]]
    report = write_review(tmp_path, comments=comments, review=ACCEPTED)
    with pytest.raises(InputError) as whole:
        build(report)
    with pytest.raises(InputError) as part:
        build(report, document=DocumentKind.DIGEST)
    assert str(part.value) == str(whole.value)


def test_a_plan_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write_report(tmp_path / "report")
    before = files_in(report)
    assert main(["build", str(report), "--digest"]) == 2
    assert "概要版は実績のある版だけのものです。" in capsys.readouterr().err
    assert files_in(report) == before


def test_edits_of_it_are_not_taken_for_the_reports(tmp_path: Path):
    report = write_review(tmp_path, review=ACCEPTED)
    (word, _) = build(report, document=DocumentKind.DIGEST)
    (refusal,) = pull(word, report).refusals
    assert refusal.kind is PullRefusalKind.DOCUMENT
    assert "概要版" in refusal.what
