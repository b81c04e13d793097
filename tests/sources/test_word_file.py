"""A template that staff name: what is no Word file that can be used is told so, and why."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kpireport.errors import InputError
from kpireport.sources.word_file import read_word_file
from kpireport.writers.docx.base import BASE_FILE

BASE = BASE_FILE.read_bytes()
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_word_file(path)
    (problem,) = caught.value.problems
    assert problem.remedy.endswith("。")
    return f"{problem.what} → {problem.remedy}"


def repacked(changes: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BASE)) as old, zipfile.ZipFile(stream, "w") as new:
        for name, data in ({name: old.read(name) for name in old.namelist()} | changes).items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def types(old: str, new: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(BASE)) as package:
        content = package.read("[Content_Types].xml").decode()
    assert old in content
    return {"[Content_Types].xml": content.replace(old, new).encode()}


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STYLES = b'<w:styles xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"></w:styles>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空です"),
        (b"text", "Wordの文書（.docx）ではありません"),
        (OLE + b"\0" * 600, "古い形式（.doc）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護"),
        (BASE[: len(BASE) // 2], "壊れています"),
        (
            repacked(types(MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml")),
            "マクロの入った文書",
        ),
        (
            repacked(types(MAIN, "application/vnd.ms-excel.sheet")),
            "Wordの文書（.docx）ではありません",
        ),
        (repacked({"word/styles.xml": b"<w:styles"}), "壊れています（word/styles.xml）"),
        (
            repacked({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "DOCTYPE",
        ),
        (repacked({"word/styles.xml": STYLES}), "完全 Open XML ドキュメント"),
        (repacked({"word/media/bomb.bin": b"\0" * (65 * 2**20)}), "64 MB を超えます"),
        (repacked({f"word/{number}.bin": b"" for number in range(2001)}), "部品が多すぎます"),
    ],
    ids=[
        *("empty", "text", "doc", "password", "cut", "macros", "excel", "damaged", "doctype"),
        *("strict", "bomb", "many"),
    ],
)
def test_what_is_no_usable_word_file_is_refused(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "様式.docx"
    path.write_bytes(data)
    assert words in refusal(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert "ファイルがありません" in refusal(tmp_path / "様式.docx")
    assert "フォルダー" in refusal(tmp_path)


def test_a_word_template_is_read_as_a_document_is(tmp_path: Path) -> None:
    path = tmp_path / "様式.dotx"
    path.write_bytes(repacked(types("document.main+xml", "template.main+xml")))
    assert "word/styles.xml" in read_word_file(path)
