"""``kpireport plan read``: what it says, what it refuses, what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document
from PIL import Image

from kpireport.plan_books import columns as of
from kpireport.plan_books.front_sheets import LEFT
from tests.plan_documents.hand_made import table
from tests.plan_documents.measuring import read_into

HEAD = ("施策", "指標", "現状値（R3）", "目標値（R8）", "市民の声")
ROWS = (("健康", "受診率", "38.4％", "60％", "高めたい"), ("健康", "喫煙率", "16.2％", "12％", ""))


def _word(folder: Path, *lines: tuple[str, ...], text: str = "") -> Path:
    document = Document()
    if text:
        document.add_paragraph(text)
    if lines:
        grid = document.add_table(len(lines), len(lines[0]))
        for row, values in zip(grid.rows, lines, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    path = folder / "原本.docx"
    document.save(str(path))
    return path


def _cells(workbook: Path, sheet: str) -> list[dict[str, str]]:
    rows = [*openpyxl.load_workbook(workbook)[sheet].iter_rows(min_row=4, values_only=True)]
    return [
        {str(title): str(value) for title, value in zip(rows[0], row, strict=True) if value}
        for row in rows[1:]
        if any(row)
    ]


def test_it_tells_columns_and_counts_and_writes_the_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = tmp_path / "計画.xlsx"
    assert read_into(_word(tmp_path, HEAD, *ROWS, text="毎年見直します。"), workbook) == 0
    said = capsys.readouterr().out
    assert "列3「現状値（R3）」→ 現状値（2021年度）" in said
    assert "列5「市民の声」→ 欄" in said
    assert "指標: 2\n" in said
    first, second = _cells(workbook, of.INDICATORS.name)
    assert (first["名称"], first["現状値"], first["目標値"]) == ("受診率", "38.4％", "60％")
    assert first["欄：市民の声"] == "高めたい"
    assert first["原本"] == "表1 2行目"
    assert first["目標の種類"] == "目標値以上にする"
    assert "減らすのか保つのか" in second["確認"]
    left = openpyxl.load_workbook(workbook)[LEFT]
    assert "毎年見直します。" in [cell.value for row in left for cell in row]


def test_columns_can_be_told(tmp_path: Path) -> None:
    document = _word(tmp_path, ("ねらい", "いま", "先"), ("受診率", "38％", "60％"))
    workbook = tmp_path / "計画.xlsx"
    assert read_into(document, workbook) == 2
    assert not workbook.exists()
    told = "表1:列1=指標,列2=現状値,列3=目標値"
    assert read_into(document, workbook, "--columns", told) == 0
    names = [row.get("名称") for row in _cells(workbook, of.INDICATORS.name)]
    assert "受診率" in names


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    workbook = tmp_path / "計画.xlsx"
    workbook.write_bytes(b"mine")
    assert read_into(_word(tmp_path, HEAD, *ROWS), workbook) == 2
    assert workbook.read_bytes() == b"mine"


def test_a_scan_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scan = tmp_path / "scan.pdf"
    Image.new("RGB", (1200, 1600), "white").save(scan)
    assert read_into(scan, tmp_path / "計画.xlsx") == 2
    assert "スキャン" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [("古い.doc", ".docx の形式で保存し直し"), ("表.csv", "この形式の文書は読み取れません")],
)
def test_other_formats_are_refused_with_the_way_out(
    tmp_path: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    assert read_into(path, tmp_path / "計画.xlsx") == 2
    assert said in capsys.readouterr().err


def test_a_document_without_tables_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_into(_word(tmp_path, text="ことばだけ"), tmp_path / "計画.xlsx") == 2
    assert "指標の表が見つかりません" in capsys.readouterr().err


def test_columns_that_fit_nothing_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = tmp_path / "計画.xlsx"
    document = _word(tmp_path, HEAD, *ROWS)
    assert read_into(document, workbook, "--columns", "ないもの=備考") == 0
    assert "「ないもの」にあたる列がありません" in capsys.readouterr().err


def test_a_table_made_by_hand_has_a_cell_at_each_place() -> None:
    grid = table(("a", ("b", 2, 1)), ("c", None)).grid()
    assert [[cell.text if cell else "" for cell in row] for row in grid] == [["a", "b"], ["c", "b"]]
