"""Files dropped into the inbox: under safe names, never over another, never elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.collection import arriving, put_into_inbox
from kpireport.errors import InputError
from kpireport.sources.package_kinds import WORKBOOK
from tests.collection.answering import HOIKU, Asked, asked
from tests.reports import files_in


def names(case: Asked) -> set[str]:
    return {each.name for each in case.inbox.iterdir()}


def test_workbooks_are_saved_as_they_came(tmp_path: Path) -> None:
    case = asked(tmp_path)
    data = case.handed[HOIKU].read_bytes()
    arrived = put_into_inbox(case.report, [("回答 保育課.XLSX", data)])
    assert [each.read_bytes() for each in arrived.saved] == [data]
    assert names(case) == {"回答 保育課.xlsx"}
    assert case.collect().files[0].department == HOIKU


def test_a_name_that_is_taken_is_numbered_and_a_copy_is_not_saved_twice(tmp_path: Path) -> None:
    case = asked(tmp_path)
    put_into_inbox(case.report, [("回答.xlsx", b"1"), ("回答.xlsx", b"2")])
    arrived = put_into_inbox(case.report, [("回答.xlsx", b"3"), ("また.xlsx", b"1")])
    assert [each.name for each in arrived.saved] == ["回答（3）.xlsx"]
    assert [each.name for each in arrived.known] == ["回答.xlsx"]
    assert {each.read_bytes() for each in case.inbox.iterdir()} == {b"1", b"2", b"3"}


@pytest.mark.parametrize(
    "name",
    [
        "../../report.xlsx",
        r"C:\Users\x\..\回答.xlsx",
        "/etc/回答.xlsx",
        "CON.xlsx",
        "nul.tar.xlsx",
        "回答\x00.xlsx",
        "回答\n2.xlsx",
        "回答\u202exslx.xlsx",
        "回答:隠し.xlsx",
        "回答 . .xlsx",
        "あ" * 5_000 + ".xlsx",
        "😀" * 200 + ".xlsx",
        "<script>.xlsx",
        "\udc80.xlsx",
        " .xlsx",
    ],
)
def test_hostile_names_stay_in_the_inbox(tmp_path: Path, name: str) -> None:
    case = asked(tmp_path)
    before = files_in(tmp_path)
    arrived = put_into_inbox(case.report, [(name, b"x")])
    after = files_in(tmp_path)
    assert {key: after[key] for key in before} == before
    (path,) = arrived.saved
    assert path.parent == case.inbox
    assert path.suffix == ".xlsx"
    assert len(path.name.encode()) < 256
    assert not set('<>:"/\\|?*\x00\n\u202e') & set(path.name)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("", b"x", "名前ではありません"),
        ("..", b"x", "回答ではありません"),
        (".xlsx", b"x", "回答ではありません"),
        ("~$回答.xlsx", b"x", "回答ではありません"),
        ("Thumbs.db", b"x", "回答ではありません"),
        ("回答.xls", b"x", "古い形式"),
        ("回答.pdf", b"x", "紙の形"),
        ("回答.exe", b"x", "プログラム"),
        ("回答", b"x", "名前ではありません"),
        ("回答.xlsx", b"", "中身がありません"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(
    tmp_path: Path, name: str, data: bytes, what: str
) -> None:
    case = asked(tmp_path)
    arrived = put_into_inbox(case.report, [(name, data), ("回答.xlsx", b"good")])
    (problem,) = arrived.refused
    assert what in problem.what
    assert problem.remedy
    assert names(case) == {"回答.xlsx"}


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = asked(tmp_path)
    monkeypatch.setattr(arriving, "_MEGABYTE", 1)
    data = bytes(WORKBOOK.largest_file + 1)
    arrived = put_into_inbox(case.report, [("大.xlsx", data)])
    assert "大きすぎます" in arrived.refused[0].what
    assert not names(case)


def test_an_inbox_elsewhere_takes_nothing(tmp_path: Path) -> None:
    case = asked(tmp_path)
    outside = tmp_path / "外"
    outside.mkdir()
    case.inbox.rmdir()
    case.inbox.symlink_to(outside)
    with pytest.raises(InputError, match="報告書のフォルダーの外"):
        put_into_inbox(case.report, [("回答.xlsx", b"x")])
    assert not list(outside.iterdir())
