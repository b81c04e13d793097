"""年度の状況: the board, its matters filtered, and accepted with a reason."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

from lxml import html
from openpyxl import load_workbook

from kpireport.status import board
from kpireport.status.pages import write_page
from kpireport.status.workbooks import write_workbook
from tests.status.reports import ODD
from tests.workbench.windows import TODAY, Window, said

(VISITS,) = ODD
BOARD = "/reports/2021/board"


def test_the_board_is_that_of_check(window: Window, town: Path) -> None:
    page = said(window.page(BOARD))
    for each in board(town / "2021").measures:
        assert each.name in page
        assert each.id in page


def test_every_matter_is_told_with_place_words_and_remedy(window: Window, town: Path) -> None:
    page = said(window.page(BOARD))
    found = board(town / "2021")
    assert found.warnings
    for each in (*found.errors, *found.warnings):
        is_of_plan = each.file.endswith("catalogue.json")  # which is told at its rows
        for words in (each.about,) if is_of_plan else (each.place, each.what, each.remedy):
            assert " ".join(words.split()) in page


def test_matters_are_filtered(window: Window) -> None:
    everything = window.page(BOARD).find_class("problem")
    odd = window.page(f"{BOARD}?kind=要確認").find_class("problem")
    assert 0 < len(odd) <= len(everything)
    assert not window.page(f"{BOARD}?department=ない課").find_class("problem")
    assert len(window.page(f"{BOARD}?kind=&department=&goal=").find_class("problem")) == len(
        everything
    )


def test_what_was_confirmed_is_accepted_with_its_reason(window: Window, town: Path) -> None:
    answer = window.post(
        "/reports/2021/accept", {"settled_by": [VISITS], "note": "電話で確認（6月3日 佐藤）"}
    )
    assert "1件を確認済みにしました" in said(answer)
    written = (town / "2021" / "report.toml").read_text(encoding="utf-8")
    assert tomllib.loads(written)["review"]["accept"] == [VISITS]
    assert "電話で確認（6月3日 佐藤）" in written
    assert VISITS not in window.page(BOARD).xpath("//input/@value")


def test_without_a_tick_or_a_reason_nothing_is_written(window: Window, town: Path) -> None:
    settings = town / "2021" / "report.toml"
    before = settings.read_bytes()
    answer = window.post("/reports/2021/accept", {"note": "電話で確認"})
    assert "印が付いていません" in said(answer)
    page = html.fromstring(answer.text)  # what was typed is not lost
    assert page.get_element_by_id("note").get("value") == "電話で確認"
    answer = window.post("/reports/2021/accept", {"settled_by": [VISITS], "note": " "})
    assert "理由（誰にどう確かめたか）を書いて" in said(answer)
    (box,) = html.fromstring(answer.text).xpath("//input[@value=$id]", id=VISITS)
    assert box.get("checked") is not None
    assert settings.read_bytes() == before


def test_a_matter_leads_to_where_its_value_is_typed(window: Window) -> None:
    page = window.page(BOARD)
    (link,) = {each for each in page.xpath("//main//a/@href") if f"/values/{VISITS}" in each}
    assert VISITS in said(window.page(link))


def test_an_id_that_the_plan_does_not_have_is_refused(window: Window, town: Path) -> None:
    before = (town / "2021" / "report.toml").read_bytes()
    answer = window.post("/reports/2021/accept", {"settled_by": ["p99-99"], "note": "x"})
    assert answer.status_code == 422
    assert "計画にありません" in said(answer)
    assert (town / "2021" / "report.toml").read_bytes() == before


def test_a_file_that_changed_is_read_again(window: Window, town: Path) -> None:
    window.page(BOARD)
    plan = town / "catalogue.json"
    plan.write_text(plan.read_text("utf-8").replace("来館者数", "図書館の来館者数"), "utf-8")
    first = next(iter(board(town / "2021").measures)).name
    assert first in said(window.page(BOARD))


def test_the_board_is_sent_as_the_files_of_check(window: Window, town: Path) -> None:
    found = board(town / "2021", today=TODAY)
    assert window.get(f"{BOARD}/workbook").content == write_workbook(found)
    assert window.get(f"{BOARD}/page").content == write_page(found)


def test_ticks_of_a_board_that_comes_back_are_accepted(window: Window, town: Path) -> None:
    made = load_workbook(io.BytesIO(window.get(f"{BOARD}/workbook").content))
    sheet = made["確かめるところ"]
    titles = next(row for row in sheet.iter_rows() if any(each.value == "確認済" for each in row))
    columns = {str(each.value): each.column for each in titles}
    row = next(
        each[0].row
        for each in sheet.iter_rows(min_row=titles[0].row + 1)
        if any(cell.value == VISITS for cell in each)
    )
    sheet.cell(row, columns["確認済"]).value = "○"
    data = io.BytesIO()
    made.save(data)
    answer = window.post(
        "/reports/2021/accept", files=[("board", ("状況 (1).xlsx", data.getvalue()))]
    )
    assert "1件を確認済みにしました" in said(answer)
    settings = tomllib.loads((town / "2021" / "report.toml").read_text("utf-8"))
    assert settings["review"]["accept"] == [VISITS]


def test_what_is_no_board_is_refused(window: Window, town: Path) -> None:
    before = (town / "2021" / "report.toml").read_bytes()
    book = (town / "2021" / "actuals.xlsx").read_bytes()
    answer = window.post("/reports/2021/accept", files=[("board", ("実績.xlsx", book))])
    assert answer.status_code == 422
    assert "実績.xlsx" in said(answer)
    assert (town / "2021" / "report.toml").read_bytes() == before
