"""``kpireport diff``: what staff read on a narrow console, exit statuses, the workbook."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from tests.reports import write_report
from tests.sources.catalogues import ROW


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = main(["diff", *map(str, arguments)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    """Two plans' reports that differ in two values and a long text."""
    long = "この計画は、市民の意見を聞いたうえで、令和２年４月に決定しました。" * 3
    old = write_report(tmp_path / "old", ("goals[0].directions[0].paragraphs", [long]))
    new = write_report(
        tmp_path / "new",
        ("goals[0].directions[0].paragraphs", [long.replace("令和２年４月に", "令和２年５月に")]),
        (f"{ROW}.target.text", "9か所"),
        (f"{ROW}.target.quantities", [{"value": 9, "unit": "か所"}]),
    )
    return old, new


def test_nothing_differs(reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, reports[0], reports[0])

    assert (status, err) == (0, "")
    assert out.endswith("違いはありません。\n")


def test_differences_are_shown_by_place_and_counted(
    reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *reports)

    assert (status, err) == (1, "")
    assert "■ 基本目標1　基本目標の名　＞　計画１　計画の名\n  ● 指標i1（i1）\n" in out
    assert "     ［変更］目標値: 8か所 → 9か所\n" in out
    assert "令和２年【５】月" in out or "【５】" in out
    assert "違いは3件です。\n  変更     3件  内容が変わったもの\n" in out


def test_no_line_is_wider_than_the_console(
    reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, *reports)
    lines = [line for line in out.splitlines() if not line.startswith(("前: ", "後: "))]

    def width(line: str) -> int:
        return sum(1 + (unicodedata.east_asian_width(char) in "WFA") for char in line)

    assert max(map(width, lines)) <= 80


def test_the_workbook_has_the_same_differences(
    reports: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "違い.xlsx"
    status, out, _ = run(capsys, *reports, "--xlsx", target)
    book = load_workbook(target)
    rows = list(book["違い"].iter_rows(values_only=True))

    assert status == 1
    assert f"作成しました: {target}" in out
    assert book.sheetnames == ["概要", "違い"]
    assert rows[0] == ("場所", "記号", "名前", "項目", "前", "後", "種類")
    assert rows[2][1:] == ("i1", "指標i1", "目標値", "8か所", "9か所", "変更")
    assert len(rows) == 4
    assert book["違い"].auto_filter.ref == "A1:G4"


def test_the_same_comparison_makes_the_same_workbook(
    reports: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / f"{number}.xlsx" for number in range(2)]
    for file in files:
        run(capsys, *reports, "--xlsx", file)

    assert files[0].read_bytes() == files[1].read_bytes()


def test_trouble_is_status_two_and_writes_nothing(
    reports: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "違い.xlsx"
    target.write_text("大事なもの", encoding="utf-8")
    status, out, err = run(capsys, *reports, "--xlsx", target)

    assert (status, out) == (2, "")
    assert "上書きはしません" in err
    assert target.read_text(encoding="utf-8") == "大事なもの"
    assert run(capsys, *reports, "--xlsx", tmp_path / "違い.csv")[0] == 2
    assert run(capsys, reports[0], tmp_path / "ない")[0] == 2
    assert run(capsys, reports[0])[0] == 2


def test_words_of_a_file_cannot_steer_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = write_report(tmp_path / "old")
    new = write_report(tmp_path / "new", ("goals[0].title", "題\u202e名"))
    _, out, _ = run(capsys, old, new)

    assert "\x1b" not in out
