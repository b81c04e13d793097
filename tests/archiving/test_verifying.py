"""An archive that was tampered with is told apart from a sound one, and how."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest

from kpireport.archives.manifest import MANIFEST, SUMS, Role
from kpireport.archiving import ArchiveFindingKind, rebuilding, verify, versions
from kpireport.cli import main
from kpireport.errors import InputError
from tests.archiving.archives import (
    ACTUALS,
    CATALOGUE,
    EARLIER,
    INPUTS,
    LETTER,
    PDF,
    SETTINGS,
    WORD,
    edited,
    findings,
    flipped,
    relisted,
    replace_attachment,
    small_archive,
    told,
)
from tests.reports import put_files

KIND = ArchiveFindingKind
ALL = (*INPUTS, PDF, WORD, LETTER, MANIFEST, SUMS)


def sum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def entry(manifest: Any, path: str) -> Any:
    return next(each for each in manifest["files"] if each["path"] == path)


# --- sound -----------------------------------------------------------------------


def test_a_sound_archive_is_rebuilt_to_the_same_bytes(tmp_path: Path) -> None:
    steps: list[str] = []
    path = put_files(tmp_path, small_archive())
    found = verify(path, progress=lambda _done, _total, what: steps.append(what))

    assert found.findings == ()
    assert found.is_sound
    assert found.is_rebuilt
    assert found.version_changes == ()
    assert len(steps) == 3


def test_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = put_files(tmp_path, small_archive())
    assert main(["verify", str(path)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "作成日: 令和４年９月１日（2022-09-01T00:00:00+09:00）\n封印: " in printed.out
    assert "\n7ファイルの照合値と、PDFの添付4件は、目録のとおりです。\n" in printed.out
    assert printed.out.endswith("１バイトも違いません。\n元のままです。\n")

    assert main(["verify", "--no-rebuild", str(path)]) == 0
    assert capsys.readouterr().out.endswith("報告書の作り直しは、していません。\n")


# --- a file ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("at", [0, None, -1], ids=["first", "middle", "last"])
def test_one_byte_of_a_file_is_noticed_and_named(path: str, at: int | None, tmp_path: Path) -> None:
    files = small_archive()
    content = files[path]
    place = len(content) - 1 if at == -1 else at
    found = findings(tmp_path, files | {path: flipped(content, place)})

    kinds = {MANIFEST: KIND.MANIFEST, SUMS: KIND.SUMS}
    assert (kinds.get(path, KIND.CHANGED), path) in told(found)
    if path != PDF:  # whose byte may be an attachment's too
        assert {each.path for each in found} == {path}


def test_every_byte_of_the_lists_counts(tmp_path: Path) -> None:
    files = small_archive()
    for path in (MANIFEST, SUMS):
        for at in range(0, len(files[path]), 97):
            found = findings(tmp_path, files | {path: flipped(files[path], at)})
            # a changed path or name in the list makes files and attachments strangers
            # too; where the lists disagree about the list alone, either may be wrong
            assert found[0].kind in (KIND.MANIFEST, KIND.SUMS), at
            assert SUMS in f"{found[0]}" or path == MANIFEST


@pytest.mark.parametrize("path", ALL)
def test_a_missing_file_is_named(path: str, tmp_path: Path) -> None:
    files = {name: content for name, content in small_archive().items() if name != path}
    assert told(findings(tmp_path, files)) == [(KIND.MISSING, path)]


def test_a_copy_in_the_pdf_helps_where_an_input_is_lost(tmp_path: Path) -> None:
    files = small_archive()
    lost = {name: content for name, content in files.items() if name != ACTUALS}
    (missing,) = findings(tmp_path / "a", lost)
    (changed,) = findings(tmp_path / "b", files | {ACTUALS: b"another"})
    assert "PDFに添付された写しは元のまま" in missing.what
    assert "PDFに添付された写しは元のまま" in changed.what


def test_an_added_file_is_named(tmp_path: Path) -> None:
    files = small_archive() | {"inputs/2021/評価の修正.csv": b"x"}
    assert told(findings(tmp_path, files)) == [(KIND.ADDED, "inputs/2021/評価の修正.csv")]


# --- an attachment ---------------------------------------------------------------


ATTACHED = {ACTUALS: "2021_actuals.xlsx", CATALOGUE: "catalogue.json"}


@pytest.mark.parametrize("path", ATTACHED)
@pytest.mark.parametrize("way", ["pdf alone", "with the list", "with both lists"])
def test_a_replaced_attachment_is_named(path: str, way: str, tmp_path: Path) -> None:
    files = small_archive()
    name = ATTACHED[path]
    files |= {PDF: replace_attachment(files[PDF], name, flipped(files[path]))}
    if way != "pdf alone":
        files = relisted(files, with_sums=way == "with both lists")
    found = told(findings(tmp_path, files))

    about = {"pdf alone": [(KIND.CHANGED, PDF)], "with the list": [(KIND.MANIFEST, MANIFEST)]}
    assert found == [*about.get(way, []), (KIND.ATTACHMENT, f"{PDF} の添付 {name}")]


def test_a_replaced_attachment_is_told_by_the_rebuild_too(tmp_path: Path) -> None:
    files = small_archive()
    name = ATTACHED[ACTUALS]
    files |= {PDF: replace_attachment(files[PDF], name, files[EARLIER])}
    found = findings(tmp_path, relisted(files, with_sums=True), rebuild=True)
    assert told(found) == [(KIND.ATTACHMENT, f"{PDF} の添付 {name}"), (KIND.REBUILD, PDF)]
    assert "ページはどれも同じで、添付ファイルが違います。" in found[1].what


def remove(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names
    del pdf.Root.AF


def add(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["余分.txt"] = b"x"


def break_filter(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.AF[1].EF.F
    stream.write(b"no deflate", filter=pikepdf.Name.FlateDecode)


@pytest.mark.parametrize(
    ("edit", "count", "what"),
    [
        (remove, 4, "添付がなくなっています。"),
        (add, 1, "目録にありません。"),
        (break_filter, 1, "取り出せません。"),
    ],
)
def test_attachments_taken_added_or_broken(
    edit: Callable[[pikepdf.Pdf], None], count: int, what: str, tmp_path: Path
) -> None:
    files = small_archive()
    with pikepdf.open(io.BytesIO(files[PDF])) as pdf:
        edit(pdf)
        result = io.BytesIO()
        pdf.save(result, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    found = findings(tmp_path, relisted(files | {PDF: result.getvalue()}, with_sums=True))
    assert [each.kind for each in found] == [KIND.ATTACHMENT] * count
    assert all(what in each.what for each in found)


def test_an_attachment_blown_up_fills_no_memory(tmp_path: Path) -> None:
    files = small_archive()
    huge = replace_attachment(files[PDF], ATTACHED[ACTUALS], bytes(300 * 2**20))
    assert len(huge) < 2**21
    found = findings(tmp_path, relisted(files | {PDF: huge}, with_sums=True))
    assert ["取り出せません。" in each.what for each in found] == [True]


# --- the list --------------------------------------------------------------------


@pytest.mark.parametrize("path", [ACTUALS, WORD])
def test_a_changed_entry_is_told_from_a_changed_file(path: str, tmp_path: Path) -> None:
    def edit(content: Any) -> None:
        entry(content, path)["sha256"] = "0" * 64

    (found,) = findings(tmp_path, edited(small_archive(), edit))
    assert (found.kind, found.path) == (KIND.MANIFEST, MANIFEST)
    assert f"ファイルと合わなくなった記載：{path}。" in found.what


def test_a_changed_word_of_the_list_is_noticed(tmp_path: Path) -> None:
    def edit(content: Any) -> None:
        content["built"]["era"] = "令和４年９月２日"

    assert told(findings(tmp_path, edited(small_archive(), edit))) == [(KIND.MANIFEST, MANIFEST)]


def test_a_list_cannot_play_with_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(content: Any) -> None:
        content["title"] = "題\x1b[2J名"
        content["built"]["source_date_epoch"] = 253_402_214_400

    path = put_files(tmp_path, edited(small_archive(), edit) | {"\x1b[31m": b""})
    assert main(["verify", str(path)]) == 1
    said = capsys.readouterr().out
    assert "題\\u001B[2J名" in said
    assert "\x1b" not in said


def test_a_moment_past_all_dates_is_no_list(tmp_path: Path) -> None:
    def edit(content: Any) -> None:
        content["built"]["source_date_epoch"] = 2**60

    found = findings(tmp_path, edited(small_archive(), edit), rebuild=True)
    assert told(found) == [(KIND.MANIFEST, MANIFEST)]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'{"seal": 1}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_list_that_cannot_be_read_leaves_the_other(data: bytes, tmp_path: Path) -> None:
    files = small_archive() | {MANIFEST: data, WORD: b"changed", "more": b""}
    assert told(findings(tmp_path, files)) == [
        (KIND.MANIFEST, MANIFEST),
        (KIND.ADDED, "more"),
        (KIND.CHANGED, WORD),
    ]


def test_with_both_lists_lost_nothing_is_vouched_for(tmp_path: Path) -> None:
    files = small_archive() | {MANIFEST: b"", SUMS: b""}
    found = findings(tmp_path, files, rebuild=True)
    assert told(found) == [(KIND.MANIFEST, MANIFEST), (KIND.SUMS, SUMS)]


# --- several together ------------------------------------------------------------


def test_an_input_changed_together_with_the_lists_disagrees_with_the_pdf(tmp_path: Path) -> None:
    files = small_archive()
    files |= {SETTINGS: files[SETTINGS] + "# 後から\n".encode()}
    name = f"{PDF} の添付 2021_report.toml"

    found = told(findings(tmp_path / "a", relisted(files, with_sums=False)))
    assert found == [(KIND.MANIFEST, MANIFEST), (KIND.ATTACHMENT, name)]
    found = told(findings(tmp_path / "b", relisted(files, with_sums=True)))
    assert found == [(KIND.ATTACHMENT, name)]


def set_in(*keys: str, to: object) -> Callable[[Any], None]:
    def edit(content: Any) -> None:
        for key in keys[:-1]:
            content = content[key]
        content[keys[-1]] = to

    return edit


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (set_in("edition", to="plan"), "版が、"),
        (set_in("fiscal_year", to=1999), "目録は「1999」、入力からは「2021」"),
        (set_in("fiscal_year", to=None), "年度が、"),
        (set_in("fiscal_year_name", to="平成99年度"), "年度の名前が、"),
        (set_in("built", "iso", to="1999-01-01T00:00:00+09:00"), "作成日が、"),
        (set_in("built", "era", to="昭和一年"), "作成日の元号が、"),
        (set_in("inputs", "earlier", to=[]), "前の年度の実績が、"),
        (set_in("inputs", "earlier", to=[EARLIER, EARLIER]), "前の年度の実績が、"),
        (set_in("inputs", "earlier", to=[ACTUALS]), "前の年度の実績が、"),
        (set_in("inputs", "actuals", to=EARLIER), "実績の場所が、"),
        (set_in("inputs", "catalogue", to=ACTUALS), "計画の場所が、"),
    ],
)
def test_nonsense_in_a_list_whose_sums_fit_is_held_against_the_inputs(
    edit: Callable[[Any], None], words: str, tmp_path: Path
) -> None:
    files = relisted(edited(small_archive(), edit), with_sums=True)
    found = findings(tmp_path, files)
    assert {each.kind for each in found} == {KIND.MANIFEST}
    assert any(words in each.what for each in found)


@pytest.mark.parametrize(("key", "words"), [("title", "題名が、"), ("issuer", "発行者が、")])
def test_a_false_name_is_told_by_the_rebuild(key: str, words: str, tmp_path: Path) -> None:
    files = relisted(edited(small_archive(), set_in(key, to="別の市")), with_sums=True)
    assert findings(tmp_path, files) == []
    (found,) = findings(tmp_path, files, rebuild=True)
    assert (found.kind, found.path) == (KIND.MANIFEST, MANIFEST)
    assert words in found.what


def test_what_a_list_says_of_a_files_kind_is_held_against_it(tmp_path: Path) -> None:
    def edit(content: Any) -> None:
        entry(content, ACTUALS)["media_type"] = "text/html"

    (found,) = findings(tmp_path, relisted(edited(small_archive(), edit), with_sums=True))
    assert (found.kind, found.path) == (KIND.MANIFEST, MANIFEST)
    assert f"{ACTUALS} の大きさか種類" in found.what


def test_a_word_file_changed_together_with_the_lists_is_told_by_the_rebuild(
    tmp_path: Path,
) -> None:
    files = small_archive()
    with ZipFile(io.BytesIO(files[WORD])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    document = parts["word/document.xml"].decode()
    parts["word/document.xml"] = document.replace("6,402件", "6,403件").encode()
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    files = relisted(files | {WORD: buffer.getvalue()}, with_sums=True)

    assert findings(tmp_path, files) == []
    (found,) = findings(tmp_path, files, rebuild=True)
    assert (found.kind, found.path) == (KIND.REBUILD, WORD)
    assert "違うのは、本文です" in found.what


def test_a_changed_result_is_told_where_and_that_the_rebuild_is_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = small_archive()
    with pikepdf.open(io.BytesIO(files[PDF])) as pdf:
        content = pdf.pages[2].Contents.read_bytes()
        pdf.pages[2].Contents.write(content + b"\n")
        buffer = io.BytesIO()
        pdf.save(buffer)
    path = put_files(tmp_path, files | {PDF: buffer.getvalue()})

    assert main(["verify", str(path)]) == 1
    said = capsys.readouterr().out
    assert "\n元と違うところが2か所あります。\n" in said
    assert f"\n{PDF}\n  ファイルの中身が変わっています。目録の照合値と合いません。\n" in said
    assert "最初に違うのは、PDFの3ページ目です" in said
    assert "作り直したものは目録の照合値と合うので、変わったのは保存したファイルです。" in said
    assert "プログラムとフォントの版は、保存したときと同じです。" in said


def test_an_input_that_cannot_be_used_any_more_is_told_by_its_place(tmp_path: Path) -> None:
    files = small_archive() | {CATALOGUE: b"{"}
    found = findings(tmp_path, files, rebuild=True)
    assert told(found) == [(KIND.CHANGED, CATALOGUE), (KIND.REBUILD, SETTINGS)]
    assert f"\n{CATALOGUE}: " in found[1].what
    assert "/tmp" not in found[1].what


def test_other_versions_are_named_where_the_rebuild_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = {**versions.versions(), "ICU (icu4py)": "99.1"}
    monkeypatch.setattr("kpireport.archiving.verifying.versions", lambda: now)
    path = put_files(tmp_path, small_archive())
    assert main(["verify", str(path)]) == 0
    assert "99.1" not in capsys.readouterr().out
    put_files(tmp_path, {WORD: b"PK"})
    assert main(["verify", str(path)]) == 1
    then = versions.versions()["ICU (icu4py)"]
    assert f"\n  ICU (icu4py): {then} → 99.1\n" in capsys.readouterr().out


def test_what_another_kpireport_made_is_sound_by_its_sums_and_names_its_maker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = {**versions.versions(), "kpireport": "9.8.7"}
    monkeypatch.setattr("kpireport.archiving.verifying.versions", lambda: now)
    made = "kpireport.archiving.verifying.rebuilding.rebuild"
    then = versions.versions()["kpireport"]
    path = put_files(tmp_path, small_archive())
    same = rebuilding.rebuild
    monkeypatch.setattr(made, lambda *asked, **more: _otherwise(same(*asked, **more)))
    found = verify(path)
    assert found.is_sound
    assert (found.maker, [each.path for each in found.otherwise]) == (then, [WORD])
    assert main(["verify", str(path)]) == 0
    said = capsys.readouterr().out
    assert f"kpireport {then} で検証してください。" in said
    assert "１バイトも違いません" not in said
    put_files(tmp_path, {PDF: b"%PDF-1.7"})  # whose sum tells
    assert main(["verify", str(path)]) == 1


def _otherwise(made: Any) -> Any:
    """What another program would make: another Word file."""
    return replace(made, documents={**made.documents, Role.WORD: b"PK"})


@pytest.mark.parametrize(
    "place", ["../secret", "/etc/passwd", "inputs/../../x", "inputs/none", "manifest.json", ""]
)
def test_a_list_that_points_outside_the_inputs_is_refused(place: str, tmp_path: Path) -> None:
    def edit(content: Any) -> None:
        content["inputs"]["catalogue"] = place

    found = findings(tmp_path, edited(small_archive(), edit), rebuild=True)
    assert told(found) == [(KIND.MANIFEST, MANIFEST), (KIND.REBUILD, SETTINGS)]


# --- what is no archive ----------------------------------------------------------


def test_what_is_no_archive_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("text")
    for name, words in [
        ("empty", "目録（manifest.json）がありません。"),
        ("text.zip", "読める ZIP ファイルでもありません。"),
        ("nothing", "保存したフォルダーも ZIP ファイルもありません。"),
    ]:
        assert main(["verify", str(tmp_path / name)]) == 2
        assert words in capsys.readouterr().err


def test_an_archive_of_a_later_form_is_refused(tmp_path: Path) -> None:
    def edit(content: Any) -> None:
        content["format"] = 2
        content["versions"]["kpireport"] = "9.8.7"

    later = edited(small_archive(), edit)
    with pytest.raises(InputError, match="より新しい版") as caught:
        verify(put_files(tmp_path, later))
    assert "kpireport 9.8.7 か、それより新しい kpireport" in caught.value.problems[0].remedy


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    path = put_files(tmp_path / "archive", small_archive())
    (path / "link").symlink_to("/etc/passwd")
    with pytest.raises(InputError, match="リンク"):
        verify(path)
