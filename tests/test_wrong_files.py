"""Wrong files given to commands: told in Japanese with a way out, nothing written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TypeAlias

import pytest
from openpyxl import Workbook
from PIL import Image

from kpireport import import_plan
from kpireport.cli import main
from kpireport.sources.packages import OLE
from tests.plan_books.books import write_plan
from tests.plan_documents.words import paragraph, word_file

_State: TypeAlias = dict[Path, tuple[int, bytes]]
_TRACE = re.compile(r"Traceback|Error\b|[Ee]xception|\b(?:goals|municipality|labels)\b")

CASES = {
    "plan export なし.json 新.xlsx": "なし.json\n  ファイルがありません",
    "plan export catalogue.json 新.xls": "「計画.xlsx」のように",
    "plan export catalogue.json 計画.xlsx": "もうあります",
    "plan export catalogue.json フォルダー.xlsx": "もうあります",
    "plan export catalogue.json メモ.txt/新.xlsx": "同じ名前のファイルがあります",
    "plan export フォルダー.json 新.xlsx": "フォルダーです",
    "plan export 空.json 新.xlsx": "空です",
    "plan export 計画.xlsx catalogue.json": "「計画.xlsx」のように",
    "plan export 計画.xlsx 新.xlsx": "「catalogue.json」のように",
    "plan import なし.xlsx 新.json": "なし.xlsx\n  ファイルがありません",
    "plan import 旧.xls 新.json": "古い形式（.xls）",
    "plan import 空.xlsx 新.json": "空です",
    "plan import メモ.csv 新.json": "Excelのブック（.xlsx）ではありません",
    "plan import ほか.xlsx 新.json": "計画のブックではありません",
    "plan import 原本.docx 新.json": "先に読み取って、計画のブックにします",
    "plan import スキャン.pdf 新.json": "Excelのブック（.xlsx）ではありません",
    "plan import フォルダー.xlsx 新.json": "フォルダーです",
    "plan import シート違い.xlsx 新.json": "「指標の表」は、計画のファイルに入りません",
    "plan import catalogue.json 計画.xlsx": "「catalogue.json」のように",
    "plan import 計画.xlsx 新.txt": "「catalogue.json」のように",
    "plan import 計画.xlsx フォルダー.json": "フォルダーです",
    "plan import 計画.xlsx 空.json": "空です",
    "plan import 計画.xlsx 新.json --mark 計画.xlsx": "もうあります",
    "plan import 計画.xlsx 新.json --mark 新.xls": "「計画（指摘）.xlsx」のように",
    "plan read なし.docx 新.xlsx": "なし.docx\n  ファイルがありません",
    "plan read メモ.doc 新.xlsx": ".docx の形式で保存し直して",
    "plan read メモ.odt 新.xlsx": ".docx の形式で保存し直して",
    "plan read 旧.xls 新.xlsx": ".xlsx の形式で保存し直して",
    "plan read メモ.csv 新.xlsx": ".xlsx の形式で保存し直して",
    "plan read メモ.txt 新.xlsx": "PDF（.pdf）のファイルを指定",
    "plan read 空.docx 新.xlsx": "空です",
    "plan read 空.pdf 新.xlsx": "PDF として読めません",
    "plan read スキャン.pdf 新.xlsx": "スキャンした PDF",
    "plan read 原本.docx 新.xlsx": "計画のブックに書いてください",
    "plan read 計画.xlsx 新.xlsx": "読み取らずに、このブックを計画のファイルに取り込んで",
    "plan read フォルダー 新.xlsx": "フォルダーです",
    "plan read フォルダー.docx 新.xlsx": "フォルダーです",
    "plan read 原本.docx 計画.xlsx": "もうあります",
    "plan read 原本.docx 新.docx": "「計画.xlsx」のように",
    "plan read 原本.docx 新.xlsx --columns なに": "列の指定として読めません",
    "plan proof なし.xlsx": "なし.xlsx\n  ファイルがありません",
    "plan proof 計画.xlsx なし.json": "計画のブックを取り込んで",
    "plan proof catalogue.json 計画.xlsx": "kpireport plan proof 計画.xlsx catalogue.json",
    "plan proof ほか.xlsx": "計画のブックではありません",
    "plan proof 原本.docx": "計画のブックではありません",
    "plan proof 計画.xlsx --output 計画.xlsx": "計画のブックと同じ名前",
    "plan proof 計画.xlsx --output ほか.xlsx": "上書きはしません",
    "plan proof 計画.xlsx --output 新.xls": "「読み合わせ.xlsx」のように",
    "plan proof 計画.xlsx --html メモ.txt": "「読み合わせ.html」のように",
    "plan proof 計画.xlsx --html フォルダー.html": "フォルダーです",
    "build --list なし.txt": "なし.txt\n  ファイルがありません。\n  → フォルダーとファイル名の",
    "build --list フォルダー": "フォルダー\n  ファイルではなくフォルダーです",
    "build --list メモ.txt/一覧.txt": "ファイルがありません",
    "build --list 空.json": "フォルダーが一つも書かれていません",
    "check-pdf なし.pdf": "なし.pdf\n  ファイルがありません",
    "check-pdf フォルダー": "フォルダー\n  ファイルではなくフォルダーです",
    "pull なし.docx 年度": "なし.docx\n  ファイルがありません",
    "pull フォルダー.docx 年度": "フォルダー.docx\n  ファイルではなくフォルダーです",
    "check .": "報告書のフォルダーを指定してください（年度）",
    "doctor --output メモ.txt": "もうあります",
    "init フォルダー": "もうあります",
    "init 計画.xlsx/新": "同じ名前のファイルがあります",
    "init 新 --from なし.docx": "なし.docx\n  ファイルがありません",
    "init 新 --from スキャン.pdf": "スキャンした PDF",
    "init 新 --from 原本.docx --json": "どちらか一方から",
    "init 新 --columns 列1=指標": "計画の文書も指定してください",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan, and all that is none."""
    folder = tmp_path_factory.mktemp("企画課")
    import_plan(write_plan(folder / "計画.xlsx"), folder / "catalogue.json")
    (folder / "年度").mkdir()
    (folder / "年度" / "report.toml").write_text('edition = "plan"\n', encoding="utf-8")
    for name in ("空.json", "空.xlsx", "空.docx", "空.pdf"):
        (folder / name).touch()
    for name in ("メモ.txt", "メモ.csv", "メモ.doc", "メモ.odt"):
        (folder / name).write_text("指標,現状値\n", encoding="utf-8")
    for name in ("フォルダー", *(f"フォルダー.{end}" for end in ("json", "xlsx", "docx", "html"))):
        (folder / name).mkdir()
    (folder / "旧.xls").write_bytes(OLE + bytes(512))
    Image.new("RGB", (600, 800), "white").save(folder / "スキャン.pdf")
    word_file(folder, paragraph("第１章　基本的な考え方"))
    Workbook().save(folder / "ほか.xlsx")
    other = write_plan(folder / "シート違い.xlsx")
    _rename_sheet(other, "指標", "指標の表")
    return folder


def _rename_sheet(path: Path, old: str, new: str) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    book[old].title = new
    book.save(path)


def _state(folder: Path) -> _State:
    return {
        each: (each.stat().st_mtime_ns, each.read_bytes() if each.is_file() else b"")
        for each in folder.rglob("*")
    }


@pytest.mark.parametrize(("line", "told"), CASES.items(), ids=CASES)
def test_a_wrong_file_is_told_and_nothing_written(
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    told: str,
) -> None:
    monkeypatch.chdir(files)
    before = _state(files)

    status = main(shlex.split(line))

    said = capsys.readouterr().err
    assert status in (1, 2)
    assert told in said
    assert "\n  → " in said
    assert not _TRACE.search(said)
    assert _state(files) == before


def test_a_proof_that_is_open_in_excel_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    import_plan(write_plan(tmp_path / "計画.xlsx"), tmp_path / "catalogue.json")
    assert main(["plan", "proof", "catalogue.json"]) == 0
    (tmp_path / "~$読み合わせ.xlsx").touch()
    before = _state(tmp_path)

    assert main(["plan", "proof", "catalogue.json"]) == 1

    assert "Excel で開かれている" in capsys.readouterr().err
    assert _state(tmp_path) == before
