"""What was confirmed is settled where people are: on the command line, in the board's workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from kpireport.errors import InputError
from kpireport.status import board
from kpireport.status.accepting import accept
from kpireport.status.saving import Targets
from tests.reports import files_in, write_report
from tests.review_reports import small_rows, write_review
from tests.revised_reviews import REVISED, REVISED_FIGURES
from tests.status.reports import ODD, half_reported, write

(VISITS,) = ODD
TITLES, FIRST = 3, 4  # rows of the sheet: its titles, and what follows


def accepted_in(report: Path) -> list[str]:
    settings = tomllib.loads((report / "report.toml").read_text(encoding="utf-8"))
    found: list[str] = settings["review"].get("accept", [])
    return found


def open_ids(report: Path) -> list[str]:
    return [each.settled_by for each in board(report).warnings if each.settled_by]


def two_doubts(folder: Path) -> Path:
    """A report in which two indicators are odd."""
    rows = half_reported()
    next(row for row in rows if (row[0], row[2]) == ("crime", 2021))[3] = "13,000件"
    report = write(folder, rows=rows)
    assert set(open_ids(report)) == {VISITS, "crime"}
    return report


def ticked(report: Path, edit: Callable[[dict[str, Any]], None]) -> Path:
    """A board's workbook; ``edit`` is given each row that can be ticked, by its titles."""
    path = report / "状況.xlsx"
    (file,) = Targets(workbook=path).files(board(report))
    path.write_bytes(file.content)
    book = load_workbook(path)
    sheet = book["確かめるところ"]
    assert sheet.protection.sheet
    titles = {cell.value: cell.column for cell in sheet[TITLES]}
    for row in sheet.iter_rows(min_row=FIRST):
        cells = {title: row[column - 1] for title, column in titles.items()}
        if not cells["確認済"].protection.locked:
            assert cells["区分"].value == "要確認"
            edit(cells)
    book.save(path)
    return path


def tick_all(cells: dict[str, Any]) -> None:
    cells["確認済"].value = "○"


def test_ids_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = two_doubts(tmp_path)
    before = (report / "report.toml").read_text(encoding="utf-8")
    assert main(["accept", str(report), VISITS, "--note", "健康課に確認（佐藤）"]) == 0
    printed = capsys.readouterr().out
    assert f"確認済みにしました: {VISITS}" in printed
    assert "まだ確かめていないところが1件あります" in printed
    after = (report / "report.toml").read_text(encoding="utf-8")
    added = f'accept = [\n  "{VISITS}", # 健康課に確認（佐藤）\n]\n'
    assert after.replace(added, "") == before
    assert open_ids(report) == ["crime"]

    state = files_in(report)
    assert main(["accept", str(report), VISITS]) == 0
    assert f"もう確認済みです: {VISITS}" in capsys.readouterr().out
    assert files_in(report) == state


def test_without_anything_it_tells_what_is_to_be_confirmed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = two_doubts(tmp_path)
    state = files_in(report)
    assert main(["accept", str(report)]) == 0
    printed = capsys.readouterr().out
    assert "まだ確かめていないところが2件あります。" in printed
    assert f"  {VISITS}　" in printed
    assert files_in(report) == state


def test_all_ids_that_cannot_be_accepted_are_told_at_once(tmp_path: Path):
    rows = small_rows(2021, REVISED_FIGURES)
    report = write_review(tmp_path, plan=REVISED, rows=rows)
    state = files_in(report)
    with pytest.raises(InputError) as refused:
        accept(report, ["nobody", "keep", "ｓｈａｒｅ", "p9"])
    whats = [each.what for each in refused.value.problems]
    assert whats == [
        "記号が「nobody」の指標は、計画にありません。",
        "「keep」が計画にあるのは令和２年度までです（第１次改定）。",
        "記号が「p9」の指標は、計画にありません。",
    ]
    assert files_in(report) == state


def test_ticks_of_the_boards_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = two_doubts(tmp_path)

    def tick(cells: dict[str, Any]) -> None:
        if cells["記号"].value == VISITS:
            cells["確認済"].value, cells["確認した人・メモ"].value = "○", "佐藤"

    ticked(report, tick)
    assert main(["accept", str(report)]) == 0  # the only board in the folder
    assert "状況.xlsx" in capsys.readouterr().out
    assert f'"{VISITS}", # 佐藤' in (report / "report.toml").read_text(encoding="utf-8")
    assert open_ids(report) == ["crime"]
    state = files_in(report)
    assert main(["accept", str(report), "--board", str(report / "状況.xlsx")]) == 0
    assert "何も書き込んでいません" in capsys.readouterr().out
    assert files_in(report) == state


def test_a_tick_settles_only_what_it_stands_beside(tmp_path: Path):
    report = two_doubts(tmp_path)
    path = ticked(report, tick_all)
    book = load_workbook(report / "actuals.xlsx")
    sheet = book["実績"]
    for row in sheet.iter_rows(min_row=2):
        if (row[0].value, row[2].value) == (VISITS, 2021):
            row[3].value, row[6].value = "1,200,000件", "同上"
        if (row[0].value, row[2].value) == ("crime", 2021):
            row[3].value = "1,200件"
    book.save(report / "actuals.xlsx")
    with pytest.raises(InputError) as refused:
        accept(report, board=path)
    whats = [each.what for each in refused.value.problems]
    assert len(whats) == 2
    assert all(f"「{VISITS}」には、印の付いていないところもあります" in each for each in whats)
    assert accepted_in(report) == []


def test_a_tick_on_what_is_mended_is_passed_over(tmp_path: Path):
    report = two_doubts(tmp_path)
    path = ticked(report, tick_all)
    book = load_workbook(report / "actuals.xlsx")
    for row in book["実績"].iter_rows(min_row=2):
        if (row[0].value, row[2].value) == ("crime", 2021):
            row[3].value = "1,200件"
    book.save(report / "actuals.xlsx")
    accepted = accept(report, board=path)
    assert list(accepted.added) == [VISITS]
    assert [each.id for each in accepted.passed] == ["crime"]


@pytest.mark.parametrize(
    ("mark", "is_yes"), [("○", True), ("済", True), ("ＯＫ", True), ("×", False), (None, False)]
)
def test_marks(tmp_path: Path, mark: object, is_yes: bool):
    report = write(tmp_path)

    def tick(cells: dict[str, Any]) -> None:
        cells["確認済"].value = mark

    accept(report, board=ticked(report, tick))
    assert accepted_in(report) == ([VISITS] if is_yes else [])


def test_marks_that_say_something_else_and_other_workbooks_are_told(tmp_path: Path):
    report = write(tmp_path)

    def tick(cells: dict[str, Any]) -> None:
        cells["確認済"].value = "たぶん"

    with pytest.raises(InputError, match="確認済みの印として読めません"):
        accept(report, board=ticked(report, tick))
    with pytest.raises(InputError, match="報告の状況のブックではありません"):
        accept(report, board=report / "actuals.xlsx")
    other = ticked(report, tick_all)
    book = load_workbook(other)
    book.custom_doc_props["kpireport-board"].value = "2020"
    book.save(other)
    with pytest.raises(InputError, match="2020年度の状況のブックです"):
        accept(report, board=other)
    assert accepted_in(report) == []


def test_several_boards_are_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write(tmp_path)
    path = ticked(report, tick_all)
    (report / "写し.xlsx").write_bytes(path.read_bytes())
    assert main(["accept", str(report)]) == 2
    assert "--board で指定してください" in capsys.readouterr().err


def test_a_plan_edition_has_nothing_to_accept(tmp_path: Path):
    report = write_report(tmp_path)
    with pytest.raises(InputError, match="実績版ではない"):
        accept(report, [VISITS])
