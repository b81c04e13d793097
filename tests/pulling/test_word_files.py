"""Files that are no Word file, or made to do harm; and what LibreOffice saves."""

from __future__ import annotations

import io
import os
import pty
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from kpireport.cli import main
from kpireport.errors import InputError
from kpireport.pulling import pull
from kpireport.sources.package_kinds import EDITED_WORD
from kpireport.word_files.fields import with_pages_as_one
from kpireport.word_files.opening import parse_word
from kpireport.word_files.signs import named_sign
from tests import warm
from tests.pulling.edited import (
    DOCUMENT,
    NAMESPACE,
    built,
    control,
    edited,
    find_text,
    pulled,
    typed,
    with_part,
    word_of,
    write,
    write_into,
)
from tests.reports import files_in, write_report
from tests.tools import convert_all


def package(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def as_document(content: str) -> bytes:
    return with_part(built(), DOCUMENT, content.encode())


STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
ENTITIES = '<!DOCTYPE d [<!ENTITY a "{}"><!ENTITY b "&a;&a;&a;&a;">]>'.format("x" * 1000)
DOCUMENT_BEGINS = f'<w:document xmlns:w="{NAMESPACE}"><w:body>'
DOCUMENT_ENDS = "</w:body></w:document>"
NESTED = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "ファイルが空です"),
        (b"plain text", "Wordの文書（.docx）ではありません"),
        (OLE + b"\0" * 100, "古い形式（.doc）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護"),
        (b"PK\3\4 but no more", "壊れています"),
        (package(a="b"), "Wordの文書（.docx）ではありません"),
        (built()[:-2000], "壊れています"),
        (as_document("<w:document"), "壊れています（word/document.xml）"),
        (as_document(f'<d xmlns="{NAMESPACE}"/>'), "Wordの文書（.docx）ではありません"),
        (as_document(f'<w:document xmlns:w="{STRICT}"/>'), "完全 Open XML ドキュメント"),
        (as_document(f"{ENTITIES}{DOCUMENT_BEGINS}{DOCUMENT_ENDS}"), "DOCTYPE"),
        (as_document(f"{DOCUMENT_BEGINS}{NESTED}{DOCUMENT_ENDS}"), "壊れています"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_word_file_is_told(tmp_path: Path, data: bytes, what: str) -> None:
    report = write(tmp_path)
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        pull(path, report)
    (problem,) = raised.value.problems
    assert problem.file == str(path)
    assert what in problem.what
    assert problem.remedy


def test_a_missing_part_and_a_bomb_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(io.BytesIO(built())) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if "notices1" not in n}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(InputError, match=r"word/notices1.xml がありません"):
        parse_word(made.getvalue(), "x.docx")
    small = replace(EDITED_WORD, largest_content=50_000)
    monkeypatch.setattr("kpireport.word_files.opening.EDITED_WORD", small)
    bomb = as_document(f"{DOCUMENT_BEGINS}{' ' * 60_000}{DOCUMENT_ENDS}")
    with pytest.raises(InputError, match="中身が大きすぎます"):
        parse_word(bomb, "x.docx")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    report = write(tmp_path)
    with pytest.raises(InputError, match="ファイルがありません"):
        pull(tmp_path / "none.docx", report)
    with pytest.raises(InputError, match="フォルダーです"):
        pull(tmp_path, report)


def test_a_word_file_of_anybody_is_told(tmp_path: Path) -> None:
    made = io.BytesIO()
    docx.Document().save(made)
    (refusal,) = pulled(write(tmp_path), made.getvalue()).refusals
    assert "kpireport で作ったWordファイルではない" in refusal.what


def test_a_plan_has_nothing_to_take_back(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    path = tmp_path / "計画.docx"
    path.write_bytes(word_of(report))
    with pytest.raises(InputError, match="計画版の文は計画のファイルのもの"):
        pull(path, report)


def test_python_docx_saves_what_can_be_pulled(tmp_path: Path) -> None:
    opened = docx.Document(io.BytesIO(built()))
    write_into(control(opened.element, "survey"), "新しい説明。")
    made = io.BytesIO()
    opened.save(made)
    found = pulled(write(tmp_path), made.getvalue())
    assert [(each.new, found.refusals) for each in found.changes] == [("新しい説明。", ())]


# --- LibreOffice -----------------------------------------------------------------


def saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    folder.mkdir()
    source = folder / "edited.docx"
    source.write_bytes(data)
    (saved,) = convert_all([source], folder / "out", "docx")
    return saved.read_bytes()


@pytest.mark.tools
def test_libreoffice_saves_what_can_be_pulled(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        write_into(control(root, "introduction"), "はじめ。", "なか。\nつづき。", "おわり。")
        write_into(control(root, "issues:p1:2021"), "用地を3か所で探す。", "二つ目。")
        write_into(control(root, "reason:fresh:2021"), "集計が終わらないため")
        write_into(control(root, "explanation:share:2021"), "説明。")

    report = write(tmp_path)
    found = pulled(report, saved_by_libreoffice(edited(change), tmp_path / "a"))
    assert found.refusals == ()
    assert {each.place: each.new for each in found.changes} == {
        "review.introduction": "はじめ。\nなか。\nつづき。\nおわり。",
        "計画コメント!E2": "用地を3か所で探す。\n二つ目。",
        "実績!F28": "集計が終わらないため",
        "実績!G4": "説明。",
    }
    unedited = pulled(report, saved_by_libreoffice(built(), tmp_path / "b"))
    assert (unedited.changes, unedited.refusals, unedited.notes) == ((), (), ())


@pytest.mark.tools
def test_figures_are_refused_after_libreoffice_too(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        find_text(root, "98.6％", "重要業績評価指標の実績").text = "99.9％"

    found = pulled(write(tmp_path), saved_by_libreoffice(edited(change), tmp_path / "a"))
    assert [(each.old, each.new) for each in found.refusals] == [("98.6％＊１", "99.9％＊１")]


# --- the command -----------------------------------------------------------------


def put(tmp_path: Path, data: bytes) -> tuple[Path, Path]:
    report = write(tmp_path)
    word = report / "out" / "実績.docx"
    word.parent.mkdir()
    word.write_bytes(data)
    return report, word


def test_the_command_shows_and_then_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, word = put(tmp_path, typed("issues:p1:2021", "用地を探す。", "二つ目。"))
    before = files_in(report)
    assert main(["pull", str(word)]) == 0
    printed = capsys.readouterr().out
    assert (
        f"課題（居場所、記号 p1、令和３年度）\n  {report}/actuals.xlsx: 計画コメント!E2" in printed
    )
    assert "  前: 土地がない。\n  後: 用地を探す。\n      二つ目。\n" in printed
    assert "--apply を付けて" in printed
    assert files_in(report) == before

    assert main(["pull", str(word), str(report), "--apply"]) == 0
    assert f"書き込みました: {report}/actuals.xlsx" in capsys.readouterr().out
    assert main(["pull", str(word), "--apply"]) == 0
    assert "書き戻すものはありません。" in capsys.readouterr().out


def test_the_command_lists_refusals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change(root: Any) -> None:
        find_text(root, "98.6％", "重要業績評価指標の実績").text = "99.9％"

    report, word = put(tmp_path, edited(change))
    before = files_in(report)
    assert main(["pull", str(word), "--apply"]) == 2
    printed = capsys.readouterr().out
    assert "書き戻せないところが1か所あります。" in printed
    assert "  前: 98.6％＊１\n  後: 99.9％＊１\n" in printed
    assert printed.endswith("何も書き込んでいません。\n")
    assert files_in(report) == before


def a_figure_and_texts(root: Any) -> None:
    find_text(root, "98.6％", "重要業績評価指標の実績").text = "99.9％"
    write_into(control(root, "issues:p1:2021"), "用地を探す。")
    write_into(control(root, "survey"), "絵文字😀")


def test_what_is_refused_may_stay_in_the_word_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure, and a text that the inputs cannot have, keep no other text from being taken."""
    report, word = put(tmp_path, edited(a_figure_and_texts))
    before = files_in(report)
    assert main(["pull", str(word), "--apply"]) == 2
    assert "--apply --keep-refused を付けて" in capsys.readouterr().out
    assert files_in(report) == before
    assert main(["pull", str(word), "--keep-refused"]) == 2
    assert "まだ書き込んでいません" in capsys.readouterr().out
    assert files_in(report) == before

    assert main(["pull", str(word), "--apply", "--keep-refused"]) == 2
    printed = capsys.readouterr().out
    assert "書き戻せないところが2か所あります。" in printed
    assert "書き戻せる文が1件あります。" in printed
    assert f"書き込みました: {report}/actuals.xlsx\n" in printed
    assert "書き戻せないところが2か所残っています" in printed
    workbook = openpyxl.load_workbook(report / "actuals.xlsx")
    assert workbook["計画コメント"]["E2"].value == "用地を探す。"
    assert (report / "report.toml").read_bytes() == before["report.toml"]

    assert main(["pull", str(word), "--apply", "--keep-refused"]) == 2
    assert "書き戻すものはありません。" in capsys.readouterr().out


def test_the_command_wants_to_know_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = tmp_path / "x.docx"
    word.write_bytes(built())
    assert main(["pull", str(word)]) == 2
    assert "報告書のフォルダーを書いてください" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "is_written"), [("y", True), ("n", False)])
def test_a_terminal_is_asked(tmp_path: Path, answer: str, *, is_written: bool) -> None:
    report, word = put(tmp_path, typed("survey", "新しい説明。"))
    before = (report / "report.toml").read_bytes()
    master, slave = pty.openpty()
    running = warm.start("-m", "kpireport", "pull", word, "--quiet", stdin=slave, stdout=slave)
    os.close(slave)
    os.write(master, f"{answer}\n".encode())
    while _read(master):
        pass
    assert running.wait() == 0
    assert ((report / "report.toml").read_bytes() != before) is is_written


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end is closed
        return b""


def test_pages_from_one_to_another_are_worked_out_anew_as_one_page_is() -> None:
    page, pages = (
        named_sign("ページ番号"),
        f"{named_sign('ページ番号')}～{named_sign('ページ番号')}",
    )
    assert with_pages_as_one(f"計画１ {pages}") == f"計画１ {page}"
    assert with_pages_as_one(f"{page}、{page}～10人") == f"{page}、{page}～10人"
