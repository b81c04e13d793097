"""The board's files: a page, a workbook, a text; and what they never replace."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from kpireport.errors import InputError
from kpireport.files import write_files
from kpireport.status import Board
from kpireport.status.pages import write_page
from kpireport.status.saving import Targets, save_board
from kpireport.status.workbooks import write_workbook
from tests.status.reports import board_of

TODAY = dt.date(2022, 7, 3)
HOSTILE = '<script>alert("x")</script>&=1+1'


def hostile(made: Board) -> Board:
    """The board with hostile words wherever somebody else wrote them."""
    measures = tuple(
        replace(
            each,
            name=HOSTILE,
            actual=HOSTILE,
            previous="=1+1",
            explanation=HOSTILE,
            departments=(HOSTILE,),
        )
        for each in made.measures
    )
    departments = tuple(replace(each, name=HOSTILE) for each in made.departments)
    return replace(made, title=HOSTILE, contact=HOSTILE, measures=measures, departments=departments)


# --- the page --------------------------------------------------------------------


def page_of(made: Board) -> html.HtmlElement:
    return html.document_fromstring(write_page(made))


def test_the_page_says_who_has_not_reported(tmp_path: Path):
    page = page_of(board_of(tmp_path, TODAY))
    assert page.get("lang") == "ja"
    assert page.findtext(".//title") == "令和３年度実績の報告の状況（みどり市総合計画）"
    rows = [
        [cell.text_content() for cell in row]
        for row in page.xpath("//section[@id='departments']//tbody/tr")
    ]
    assert rows[0] == ["学務課", "2", "0", "0", "1", "1", "0", "要修正"]
    assert rows[1] == ["相談課", "2", "1", "0", "1", "0", "0", "一部未報告"]
    assert [row[-1] for row in rows] == ["要修正", "一部未報告", "要確認", "済み", "済み"]
    assert page.xpath("string(//section[@id='missing']//tbody/tr[1]/td[last()])") == (
        "計画２　黒板の配備（記号 boards）"
    )


def test_the_page_can_be_read_aloud_and_stands_alone(tmp_path: Path):
    page = page_of(board_of(tmp_path, TODAY))
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    for table in page.iter("table"):
        assert table.get("aria-labelledby") in ids
        assert all(cell.get("scope") == "col" for cell in table.xpath("thead//th"))
        assert all(len(row.xpath("th[@scope='row']")) == 1 for row in table.xpath("tbody/tr"))
    assert all(link.get("href")[1:] in ids for link in page.iter("a"))
    assert not page.xpath("//script | //link | //img | //@src | //@onclick")
    assert [each.tag for each in page.iter("h1", "h2")] == ["h1"] + ["h2"] * 5


def test_the_page_escapes_what_others_wrote(tmp_path: Path):
    written = write_page(hostile(board_of(tmp_path)))
    assert b"<script" not in written
    assert HOSTILE in page_of(hostile(board_of(tmp_path))).text_content()


def test_the_same_board_makes_the_same_files(tmp_path: Path):
    first, second = (board_of(tmp_path, TODAY) for _ in range(2))
    assert write_page(first) == write_page(second)
    assert write_workbook(first) == write_workbook(second)


# --- the workbook ----------------------------------------------------------------


def test_the_workbook_has_the_board_to_filter(tmp_path: Path):
    book = load_workbook(io.BytesIO(write_workbook(board_of(tmp_path, TODAY))))
    assert book.sheetnames == ["まとめ", "課別", "指標別", "確かめるところ", "催促文"]
    departments = [[cell.value for cell in row] for row in book["課別"].iter_rows(min_row=3)]
    assert departments[0][0] == "所管課"
    assert departments[1] == ["学務課", 2, 0, 0, 1, 1, 0, "要修正"]
    assert book["課別"].auto_filter.ref == "A3:H8"
    assert book["指標別"].auto_filter.ref == "A3:K17"
    mails = [row[0].value for row in book["催促文"].iter_rows(min_row=4)]
    assert mails == ["健康課", "学務課", "相談課"]


def test_the_workbook_holds_no_formula(tmp_path: Path):
    book = load_workbook(io.BytesIO(write_workbook(hostile(board_of(tmp_path)))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


# --- names and files that are there ----------------------------------------------


def targets(folder: Path) -> Targets:
    return Targets(folder / "状況.html", folder / "状況.xlsx", folder / "催促文.txt")


def test_a_board_replaces_a_board(tmp_path: Path):
    wanted = targets(tmp_path / "新しい")
    for today in (TODAY, TODAY + dt.timedelta(days=1)):
        wanted.check()
        write_files(wanted.files(board_of(tmp_path, today)))
    assert "令和４年７月４日" in (tmp_path / "新しい/状況.html").read_text(encoding="utf-8")
    text = (tmp_path / "新しい/催促文.txt").read_bytes()
    assert text.startswith("\ufeff令和３年度実績の報告の状況：催促文".encode())
    assert b"\r\n" in text


def test_a_board_saved_anew_by_excel_is_still_one(tmp_path: Path):
    path = tmp_path / "状況.xlsx"
    path.write_bytes(write_workbook(board_of(tmp_path)))
    book = load_workbook(path)
    book["課別"]["A1"] = "書き足し"
    book.save(path)
    Targets(workbook=path).check()


def test_other_files_are_never_replaced(tmp_path: Path):
    made = board_of(tmp_path)
    actuals = tmp_path / "2021/actuals.xlsx"
    page, text = tmp_path / "案内.html", tmp_path / "メモ.txt"
    page.write_text("<html>ほかのもの</html>", encoding="utf-8")
    text.write_text("メモ\nkpireport check のこと\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Targets(page, actuals, text).check()
    assert [each.file for each in caught.value.problems] == [str(page), str(actuals), str(text)]
    assert all("上書きはしません" in each.what for each in caught.value.problems)
    assert made.measures


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (Targets(page=Path("状況.xlsx")), "HTML のファイル（.html）の名前ではありません。"),
        (Targets(workbook=Path("状況")), "Excel のブック（.xlsx）の名前ではありません。"),
        (Targets(reminders=Path("report.toml")), "テキストファイル（.txt）の名前ではありません。"),
    ],
    ids=["page", "workbook", "reminders"],
)
def test_a_name_of_another_kind_is_explained(wanted: Targets, kind: str):
    with pytest.raises(InputError) as caught:
        wanted.check()
    assert [each.what for each in caught.value.problems] == [kind]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_that_cannot_be_read_is_not_ours(tmp_path: Path, content: bytes):
    path = tmp_path / "何か.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match="上書きはしません"):
        Targets(workbook=path).check()


def test_the_library_writes_all_of_a_boards_files_or_none(tmp_path: Path):
    made = board_of(tmp_path / "町", TODAY)
    (tmp_path / "状況.txt").write_text("ほかの人のメモ", encoding="utf-8")

    with pytest.raises(InputError, match="上書きはしません"):
        save_board(made, page=tmp_path / "状況.html", reminders=tmp_path / "状況.txt")
    assert not (tmp_path / "状況.html").exists()

    written = save_board(made, page=tmp_path / "状況.html", workbook=str(tmp_path / "状況.xlsx"))
    assert [each.name for each in written] == ["状況.html", "状況.xlsx"]
    assert written[0].read_bytes() == write_page(made)
