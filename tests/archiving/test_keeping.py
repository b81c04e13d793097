"""Keeping a finished year: what an archive holds, what is refused, nothing half-written."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import signal
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pikepdf
import pytest
from packaging.requirements import Requirement

import kpireport
from kpireport.archives.manifest import (
    LETTER,
    MANIFEST,
    SUMS,
    Role,
    attachment_names,
    read_manifest,
)
from kpireport.archiving import archive, verify, versions
from kpireport.cli import main
from kpireport.conductor import build
from kpireport.errors import InputError, OutputError
from kpireport.sources import actuals
from kpireport.writers.docx.base import BASE_FILE
from tests import warm
from tests.archiving.archives import (
    ACTUALS,
    CATALOGUE,
    DATA,
    EARLIER,
    INPUTS,
    PDF,
    SETTINGS,
    WEB,
    WORD,
    flipped,
    manifest_of,
    small_archive,
    write_two_years,
)
from tests.documents import ROOT
from tests.reports import files_in, put_files, write_report
from tests.review_reports import copy_samples, small_rows, write_review
from tests.sources.workbooks import TITLES
from tests.tools import run_tool
from tests.verapdf import assert_compliant
from tests.writers.docx import letterheads
from tests.writers.docx.reader import files as word_parts

MOMENT = dt.datetime(2022, 8, 31, 15, 30, tzinfo=dt.UTC)


# --- what is in it ---------------------------------------------------------------


def test_a_template_is_kept_and_the_word_file_made_in_it_again(tmp_path: Path) -> None:
    report = write_report(tmp_path / "report")
    settings = (report / "report.toml").read_text(encoding="utf-8")
    (report / "report.toml").write_text(
        f'{settings}\n[docx]\ntemplate = "../様式.docx"\n', encoding="utf-8"
    )
    template = letterheads.saved(letterheads.edited())
    (tmp_path / "様式.docx").write_bytes(template)

    kept = archive(report)
    files = files_in(kept.path)
    assert files["inputs/様式.docx"] == template
    assert letterheads.COLOUR.encode() in word_parts(files["計画.docx"])["word/styles.xml"]
    assert manifest_of(files).inputs.template == "inputs/様式.docx"
    assert "Wordの様式" in files[LETTER].decode()
    assert verify(kept.path).is_sound
    (kept.path / "inputs" / "様式.docx").write_bytes(BASE_FILE.read_bytes())
    assert not verify(kept.path).is_sound


def test_a_list_without_a_template_is_as_it_always_was() -> None:
    assert "template" not in json.loads(small_archive()[MANIFEST])["inputs"]


def test_an_archive_holds_documents_inputs_and_lists() -> None:
    files = small_archive()
    assert set(files) == {PDF, WORD, LETTER, MANIFEST, SUMS, *INPUTS}


def test_the_inputs_are_those_of_the_report(tmp_path: Path) -> None:
    report = write_two_years(tmp_path)
    kept = files_in(archive(report).path)
    for path in INPUTS:
        assert kept[path] == (tmp_path / path.removeprefix("inputs/")).read_bytes()


def test_the_word_file_is_that_of_a_build_and_the_pdf_has_more(tmp_path: Path) -> None:
    report = write_two_years(tmp_path)
    build(report)
    kept = files_in(archive(report).path)
    assert kept[WORD] == (report / "out" / WORD).read_bytes()
    assert kept[PDF] != (report / "out" / PDF).read_bytes()


def test_the_archived_inputs_make_the_same_documents_by_hand(tmp_path: Path) -> None:
    report = write_two_years(tmp_path / "here")
    build(report)
    there = put_files(tmp_path / "there", small_archive()) / SETTINGS
    build(there.parent)
    for name in (PDF, WORD):
        made = (there.parent / "out" / name).read_bytes()
        assert made == (report / "out" / name).read_bytes()


def test_the_list_says_what_everything_is() -> None:
    files = small_archive()
    manifest = manifest_of(files)
    said = json.loads(files[MANIFEST])

    assert [(each.path, each.role) for each in manifest.files] == [
        (WORD, "word"),
        (PDF, "pdf"),
        (SETTINGS, "settings"),
        (CATALOGUE, "catalogue"),
        (ACTUALS, "actuals"),
        (EARLIER, "earlier-actuals"),
        (LETTER, "letter"),
    ]
    assert all(each.size == len(files[each.path]) for each in manifest.files)
    assert said["built"] == {
        "era": "令和４年９月１日",
        "iso": "2022-09-01T00:00:00+09:00",
        "source_date_epoch": None,
    }
    assert (said["fiscal_year"], said["fiscal_year_name"]) == (2021, "令和３年度")
    assert said["seal"] == manifest.seal
    assert "\\u" not in files[MANIFEST].decode()
    assert list(said) == sorted(said)


def test_the_versions_are_those_of_all_that_shapes_the_bytes() -> None:
    said = manifest_of(small_archive()).versions
    wanted = [each for each in requires("kpireport") or () if "extra" not in each]
    ours = {Requirement(each).name for each in wanted}
    # tomlkit writes corrections back, pypdfium2 reads originals: neither builds anything;
    # nor does what examines the computer and serves the workbench
    shapes_nothing = {"packaging", "pypdfium2", "rich", "tomlkit", "typer"}
    shapes_nothing |= {"jinja2", "python-multipart", "starlette", "uvicorn"}
    assert said.keys() > ours - shapes_nothing
    assert said["Python"].endswith(".".join(map(str, sys.version_info[:3])))
    assert all(version and version != "-" for version in said.values())
    fonts = {path.name for path in (ROOT / "fonts").glob("*.ttf")}
    assert manifest_of(small_archive()).fonts.keys() == versions.fonts().keys() == fonts


def test_nothing_is_made_in_a_persons_own_folder_to_tell_the_versions(tmp_path: Path) -> None:
    """Not by any module of the package: all of matplotlib makes a folder once it is loaded."""
    code = """
from importlib import import_module
from pkgutil import walk_packages
import kpireport
from kpireport.archiving.versions import versions
for each in walk_packages(kpireport.__path__, "kpireport."):
    if not each.name.endswith("__main__"):
        import_module(each.name)
print(len(versions()["FreeType (matplotlib)"].split(".")))
"""
    home = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **home},
        check=True,
    )
    assert done.stdout == "3\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.tools
def test_the_sums_are_checked_by_a_common_tool(tmp_path: Path) -> None:
    path = put_files(tmp_path, small_archive())
    program = f"cd '{path}' && sha256sum -c {SUMS}"
    printed = run_tool("sh", "-c", program)
    assert printed.count(": OK\n") == len(small_archive()) - 1


def test_the_letter_tells_what_is_there() -> None:
    files = small_archive()
    letter = files[LETTER].decode()
    assert "令和３年度の実績版の保存" in letter
    assert "作成日: 令和４年９月１日（2022-09-01T00:00:00+09:00）" in letter
    assert all(f"\n{path}\n" in letter for path in files)
    assert f"sha256sum -c {SUMS}" in letter
    assert "kpireport build inputs/2021\n" in letter


def test_the_attachments_are_the_inputs_with_their_relations() -> None:
    files = small_archive()
    names = {each.path: each.attachment for each in manifest_of(files).files if each.attachment}
    relations = {CATALOGUE: "/Source", SETTINGS: "/Source", ACTUALS: "/Data", EARLIER: "/Data"}
    assert names.keys() == relations.keys()
    with pikepdf.open(io.BytesIO(files[PDF])) as pdf:
        attached = {str(file.UF): file for file in pdf.Root.AF}
        assert attached.keys() == set(names.values())
        for path, name in names.items():
            assert attached[name].EF.F.read_bytes() == files[path]
            assert str(attached[name].AFRelationship) == relations[path]


def test_attachments_have_different_names() -> None:
    names = attachment_names(["inputs/a_b/c", "inputs/a/b_c", "inputs/a/b/c", "inputs/c"])
    assert list(names.values()) == ["a_b_c", "2_a_b_c", "3_a_b_c", "c"]


@pytest.mark.tools
def test_the_archived_sample_is_archival_and_accessible(tmp_path: Path) -> None:
    copy_samples(tmp_path)
    kept = archive(tmp_path / "reports/2021").path
    (report,) = assert_compliant([kept / "review-2021.pdf"])
    assert [verdict.flavour for verdict in report.verdicts] == ["3a", "ua1"]
    assert len(list(kept.glob("inputs/reports/*/actuals.xlsx"))) == 3
    assert verify(kept, rebuild=False).is_sound


# --- other reports and places ----------------------------------------------------


def assert_sound(path: Path) -> None:
    assert [str(each) for each in verify(path).findings] == []


def test_a_plan_can_be_kept(tmp_path: Path) -> None:
    kept = archive(write_report(tmp_path / "計画版")).path
    assert set(files_in(kept)) == {
        *("計画.pdf", "計画.docx", LETTER, MANIFEST, SUMS),
        *("inputs/report.toml", "inputs/catalogue.json"),
    }
    assert_sound(kept)


def test_word_and_pdf_are_kept_whatever_the_build_writes(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    settings = report / "report.toml"
    settings.write_text(f'{settings.read_text()}formats = ["pdf"]\n')
    assert {"計画.pdf", "計画.docx"} <= set(files_in(archive(report).path))


def test_the_data_are_kept_where_the_settings_ask_for_them(tmp_path: Path) -> None:
    report = write_two_years(tmp_path)
    settings = report / "report.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + 'formats = ["pdf", "xlsx"]\n', encoding="utf-8"
    )
    told: list[tuple[int, int]] = []
    kept = archive(report, progress=lambda done, total, _what: told.append((done, total)))
    assert told == [(done, 9) for done in range(10)]
    files = files_in(kept.path)
    assert {PDF, WORD, DATA} <= set(files)
    assert files[DATA] == {path.suffix: path.read_bytes() for path in build(report)}[".xlsx"]
    (entry,) = (each for each in manifest_of(files).files if each.path == DATA)
    assert entry.role is Role.DATA
    assert entry.media_type.endswith("spreadsheetml.sheet")
    assert f"{DATA}\n    指標ごとの実績と評価" in files[LETTER].decode()
    assert verify(kept.path).is_sound

    (kept.path / DATA).write_bytes(flipped(files[DATA]))
    assert {each.path for each in verify(kept.path).findings} == {DATA}


def test_the_page_for_the_web_is_kept_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    report = write_two_years(tmp_path)
    settings = report / "report.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + 'formats = ["html"]\n', encoding="utf-8"
    )
    kept = archive(report)
    files = files_in(kept.path)
    assert {PDF, WORD, WEB} <= set(files)
    assert [path.read_bytes() for path in build(report)] == [files[WEB]]
    (entry,) = (each for each in manifest_of(files).files if each.path == WEB)
    assert (entry.role, entry.media_type) == (Role.WEB, "text/html")
    assert f"{WEB}\n    報告書（ウェブのページ）" in files[LETTER].decode()
    assert verify(kept.path).is_sound

    (kept.path / WEB).write_bytes(files[WEB].replace("実績".encode(), "実積".encode()))
    found = verify(kept.path).findings
    assert {each.path for each in found} == {WEB}
    assert any("行目です。" in each.what for each in found)


def test_a_folder_of_csv_is_kept_without_what_is_not_read(tmp_path: Path) -> None:
    rows = small_rows(2021)
    report = write_review(tmp_path, rows=[], review='actuals = "所管課"')
    lines = [TITLES, *(["" if cell is None else str(cell) for cell in row] for row in rows)]
    csv = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    (report / "所管課").mkdir()
    (report / "所管課/実績.csv").write_bytes(csv.encode("cp932"))
    (report / "所管課/覚え書き.csv").write_text("x")
    (report / "actuals.xlsx").unlink()

    kept = archive(report).path
    found = {path for path in files_in(kept) if path.startswith("inputs/2021/所管課")}
    assert found == {"inputs/2021/所管課/実績.csv"}
    assert manifest_of(files_in(kept)).inputs.actuals == "inputs/2021/所管課"
    assert_sound(kept)
    (kept / "inputs/2021/所管課/評価の修正.csv").write_text("x")
    assert [each.path for each in verify(kept).findings] == ["inputs/2021/所管課/評価の修正.csv"]


def test_a_catalogue_far_above_the_report_keeps_its_place(tmp_path: Path) -> None:
    report = write_two_years(tmp_path / "企画課/年次 報告")
    (tmp_path / "計画").mkdir()
    (tmp_path / "企画課/年次 報告/catalogue.json").rename(tmp_path / "計画/catalogue.json")
    for year in (report, report.parent / "2020"):
        settings = (year / "report.toml").read_text()
        far = settings.replace("../catalogue.json", "../../../計画/catalogue.json")
        (year / "report.toml").write_text(far)

    kept = archive(report).path
    assert {"inputs/計画/catalogue.json", "inputs/企画課/年次 報告/2021/report.toml"} <= set(
        files_in(kept)
    )
    assert_sound(kept)


def test_what_shares_no_folder_is_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_two_years(tmp_path)
    catalogue = tmp_path / "catalogue.json"
    monkeypatch.setattr(
        "kpireport.archiving.inputs._common_folder",
        lambda folder, path: None if path == catalogue else tmp_path,
    )
    kept = archive(report).path
    place = "inputs/elsewhere/1/catalogue.json"
    assert files_in(kept)[place] == catalogue.read_bytes()
    assert "inputs/elsewhere の中のファイル" in files_in(kept)[LETTER].decode()
    assert_sound(kept)


def test_an_absolute_path_of_the_settings_is_not_followed(tmp_path: Path) -> None:
    report = write_two_years(tmp_path / "old")
    settings = (report / "report.toml").read_text()
    absolute = f"{tmp_path.as_posix()}/old/catalogue.json"
    (report / "report.toml").write_text(settings.replace("../catalogue.json", absolute))
    kept = archive(report, output=tmp_path / "kept").path
    (tmp_path / "old/catalogue.json").unlink()
    assert_sound(kept)


def test_a_name_that_other_systems_refuse_is_refused(tmp_path: Path) -> None:
    report = write_two_years(tmp_path, review='actuals = "a?.xlsx"')
    (report / "actuals.xlsx").rename(report / "a?.xlsx")
    (report.parent / "2020/actuals.xlsx").rename(report.parent / "2020/a?.xlsx")
    with pytest.raises(InputError, match="使えない文字"):
        archive(report)


# --- zip, moment, the same bytes -------------------------------------------------


def test_a_zip_file_holds_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_two_years(tmp_path / "三年度")
    assert main(["archive", str(report), "--zip"]) == 0
    target = tmp_path / "保存/令和３年度.zip"
    assert main(["archive", "--quiet", str(report), "--output", str(target)]) == 0
    printed = capsys.readouterr().out

    assert printed.startswith(f"保存しました: {report / 'archive.zip'}（9ファイル）\n封印: ")
    assert (report / "archive.zip").read_bytes() == target.read_bytes()
    found = verify(target)
    assert found.is_sound
    assert not found.has_other_container
    extracted = tmp_path / "extracted"
    run = subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", target, extracted], check=False, timeout=60
    )
    assert run.returncode == 0
    assert found.manifest is not None
    assert files_in(extracted)[MANIFEST] == found.manifest.to_bytes()


def test_the_moment_is_recorded_and_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_two_years(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MOMENT.timestamp())))
    assert main(["archive", str(report)]) == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert main(["verify", str(report / "archive")]) == 0
    assert "作成日: 令和４年９月１日（2022-09-01T00:30:00+09:00）" in capsys.readouterr().out
    files = files_in(report / "archive")
    assert manifest_of(files).built.source_date_epoch == int(MOMENT.timestamp())
    with pikepdf.open(io.BytesIO(files[PDF])) as pdf:
        assert str(pdf.docinfo["/ModDate"]) == "D:20220901003000+09'00'"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    with_library = archive(report, output=tmp_path / "again", moment=MOMENT)
    assert files_in(with_library.path) == files


def test_the_package_offers_both(tmp_path: Path) -> None:
    kept = kpireport.archive(write_report(tmp_path))
    assert isinstance(kept, kpireport.Archive)
    assert kept.files == tuple(sorted(files_in(kept.path)))
    found = kpireport.verify(kept.path, rebuild=False)
    assert isinstance(found, kpireport.Verification)
    assert found.manifest is not None
    assert found.manifest.seal == kept.seal


# --- what is refused, and nothing half-written -----------------------------------


def test_a_draft_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_two_years(tmp_path, review="draft = true")
    before = files_in(tmp_path)
    assert main(["archive", str(report)]) == 2
    said = capsys.readouterr().err
    assert f"{report / 'report.toml'}: review.draft\n  案（draft = true）は保存できません。" in said
    assert files_in(tmp_path) == before


def test_faulty_inputs_are_told_as_a_build_tells_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path, ("goals[0].title", 1), ("goals[1].numeral", None))
    before = files_in(report)
    for command in ("build", "archive"):
        assert main([command, str(report)]) == 2
    first, second = capsys.readouterr().err.split("入力に直すところが2か所あります。")[1:]
    assert first == second
    assert files_in(report) == before


@pytest.mark.parametrize("options", [[], ["--zip"], ["--output", "保存.zip"]], ids=len)
def test_what_is_there_is_never_overwritten(
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_report(tmp_path)
    put_files(tmp_path, {"archive/old": b"1", "archive.zip": b"2", "保存.zip": b"3"})
    before = files_in(tmp_path)
    assert main(["archive", ".", *options]) == 1
    assert "同じ名前のものが、もうあります。" in capsys.readouterr().err
    assert files_in(tmp_path) == before


def test_an_input_changed_meanwhile_is_noticed(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    settings = report / "report.toml"

    def change(done: int, _total: int, _what: str) -> None:
        if done == 1:
            settings.write_text(f"{settings.read_text()}# 後から\n")

    with pytest.raises(InputError, match="保存している間に"):
        archive(report, progress=change)
    assert not (report / "archive").exists()


def test_what_cannot_be_made_again_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_report(tmp_path)
    moments = iter((MOMENT, dt.datetime(2000, 1, 1, tzinfo=dt.UTC)))
    monkeypatch.setattr(
        "kpireport.archives.manifest.Built.moment", property(lambda _self: next(moments))
    )
    with pytest.raises(OutputError, match="同じファイルになりませんでした"):
        archive(report)
    assert not (report / "archive").exists()


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_failing_disk_leaves_nothing(
    as_zip: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_report(tmp_path)
    before = files_in(report)
    calls = iter(range(100))

    def fsync(_descriptor: int) -> None:
        if next(calls) == (0 if as_zip else 3):
            raise OSError(28, os.strerror(28))

    monkeypatch.setattr("os.fsync", fsync)
    with pytest.raises(OutputError, match="ディスクの空きが足りません。"):
        archive(report, as_zip=as_zip)
    assert files_in(report) == before


def test_a_killed_archive_leaves_nothing_that_looks_like_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_report(tmp_path)
    program = """
import os, signal, sys
from kpireport.archiving import archive
flush, calls = os.fsync, []
def fsync(descriptor):
    flush(descriptor)
    calls.append(descriptor)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
archive(sys.argv[1])
"""
    assert warm.run("-c", program, report) == -signal.SIGKILL
    (left,) = (path for path in report.iterdir() if path.is_dir())
    assert left.name.startswith(".kpireport-")
    assert len(files_in(left)) == 3

    monkeypatch.setattr("kpireport.files.parts._ABANDONED_AFTER", -1.0)
    kept = archive(report).path
    assert [path for path in report.iterdir() if path.is_dir()] == [kept]
    assert_sound(kept)


def test_the_files_of_a_path_are_those_that_are_read(tmp_path: Path) -> None:
    put_files(tmp_path, {"実績.csv": b"", "評価の修正.csv": b"", "計画コメント.txt": b""})
    assert [path.name for path in actuals.files_of(tmp_path)] == ["実績.csv", "評価の修正.csv"]
    assert actuals.files_of(tmp_path / "none") == (tmp_path / "none",)


def test_a_list_reads_back_as_it_was_written() -> None:
    data = small_archive()[MANIFEST]
    read = read_manifest(data)
    assert read.is_sealed
    assert read.manifest is not None
    assert read.manifest.to_bytes() == data
