"""Files attached to the PDF make it PDF/A-3a; they come out again as they went in."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from kpireport.writers.pdf import AttachmentRelationship, PdfAttachment, write_pdf
from tests.documents import document, kpi_table
from tests.tools import run_tool
from tests.verapdf import assert_compliant, broken_rules, validate_pdf

DOCUMENT = document(kpi_table(("甲", 2)))
PLAN = PdfAttachment("計画.json", b"{}", "application/json", "計画", AttachmentRelationship.SOURCE)
ACTUALS = PdfAttachment(
    "actuals.xlsx",
    b"PK" * 5000,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "実績",
    AttachmentRelationship.DATA,
)
NOTES = PdfAttachment("z (1).txt", b"", "text/plain", "説明", AttachmentRelationship.SUPPLEMENT)
ALL = (PLAN, NOTES, ACTUALS)
MOMENT = dt.datetime(2022, 8, 31, 15, 30, tzinfo=dt.UTC)


def opened(attachments: tuple[PdfAttachment, ...] = ALL) -> pikepdf.Pdf:
    data = write_pdf(DOCUMENT, attachments=attachments, moment=MOMENT)
    return pikepdf.open(io.BytesIO(data))


@pytest.mark.tools
def test_with_attachments_it_is_archival_and_accessible(tmp_path: Path) -> None:
    path = tmp_path / "attached.pdf"
    path.write_bytes(write_pdf(DOCUMENT, attachments=ALL))
    (report,) = assert_compliant([path])
    assert [verdict.flavour for verdict in report.verdicts] == ["3a", "ua1"]
    with opened() as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(metadata.replace(b"<pdfaid:part>3<", b"<pdfaid:part>2<"))
        pdf.save(tmp_path / "as-2a.pdf")
    (as_2a,) = validate_pdf([tmp_path / "as-2a.pdf"])
    assert "6.8-5" in broken_rules(as_2a)
    assert "No syntax or stream encoding errors" in run_tool("qpdf", "--check", path)


@pytest.mark.tools
def test_another_program_finds_them(tmp_path: Path) -> None:
    path = tmp_path / "attached.pdf"
    path.write_bytes(write_pdf(DOCUMENT, attachments=ALL))
    run_tool("pdfdetach", "-saveall", "-o", tmp_path, path)
    for each in ALL:
        assert (tmp_path / each.name).read_bytes() == each.content


@pytest.mark.tools
@pytest.mark.parametrize(
    ("key", "rule"), [("/AFRelationship", "6.8-3"), ("/UF", "6.8-2"), ("/AF", "6.8-4")]
)
def test_the_validator_misses_what_is_taken_away(key: str, rule: str, tmp_path: Path) -> None:
    with opened((PLAN,)) as pdf:
        for holder in (pdf.Root, pdf.Root.AF[0]):
            if key in holder:
                del holder[key]
        pdf.save(tmp_path / "damaged.pdf")
    (report,) = validate_pdf([tmp_path / "damaged.pdf"])
    assert rule in broken_rules(report), report


def test_each_says_what_it_is() -> None:
    with opened() as pdf:
        files = {str(file.UF): file for file in pdf.Root.AF}
        assert list(files) == [each.name for each in ALL]
        for each in ALL:
            file = files[each.name]
            assert str(file.F) == each.name
            assert str(file.Desc) == each.description
            assert str(file.AFRelationship) == f"/{each.relationship}"
            assert str(file.EF.F.Subtype) == f"/{each.media_type}"
            assert file.EF.F.read_bytes() == each.content
            assert int(file.EF.F.Params.Size) == len(each.content)
            assert bytes(file.EF.F.Params.CheckSum) == hashlib.md5(each.content).digest()
            assert str(file.EF.F.Params.ModDate) == "D:20220901003000+09'00'"


def test_the_name_tree_is_sorted_by_bytes() -> None:
    with opened() as pdf:
        names = list(pdf.Root.Names.EmbeddedFiles.Names)[::2]
    assert [bytes(name) for name in names] == sorted(bytes(name) for name in names)
    assert {str(name) for name in names} == {each.name for each in ALL}


def test_two_of_a_name_are_refused() -> None:
    with pytest.raises(ValueError, match="different names"):
        write_pdf(DOCUMENT, attachments=(PLAN, replace(ACTUALS, name=PLAN.name)))


def test_the_same_files_make_the_same_bytes() -> None:
    made = [write_pdf(DOCUMENT, attachments=ALL, moment=MOMENT) for _ in range(2)]
    assert made[0] == made[1]
    elsewhere = MOMENT.astimezone(dt.timezone(dt.timedelta(hours=-5)))
    assert write_pdf(DOCUMENT, attachments=ALL, moment=elsewhere) == made[0]


def test_without_attachments_nothing_is_said_of_them() -> None:
    with opened(()) as pdf:
        assert "/AF" not in pdf.Root
        assert "/Names" not in pdf.Root
        assert b"<pdfaid:part>2<" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo["/ModDate"]) == "D:20220901003000+09'00'"
        assert b"2022-09-01T00:30:00+09:00</xmp:ModifyDate>" in pdf.Root.Metadata.read_bytes()
