"""A workbook taken for a plan's file that there is: ids, what is decided, what is asked first."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from kpireport import InputError, import_plan
from kpireport.cli import main
from kpireport.plan_books.decided import is_reported
from tests.plan_books.books import MOMENT, ROWS, put, shown, taken, write_plan


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook that was imported."""
    monkeypatch.chdir(tmp_path)
    book = write_plan(tmp_path / "計画.xlsx")
    assert main(["plan", "import", "計画.xlsx", "catalogue.json"]) == 0
    return book


def _report(folder: Path) -> None:
    (folder / "reports/2024").mkdir(parents=True)
    (folder / "reports/2024/report.toml").write_text("", encoding="utf-8")


def _ids(path: Path) -> list[str]:
    plan = json.loads(path.read_text(encoding="utf-8"))["goals"][0]["plans"][0]
    return [each["id"] for each in plan["indicators"]]


def test_the_first_import_writes_both_files(book: Path) -> None:
    assert _ids(book.with_name("catalogue.json")) == ["p01-01", "p01-02", "p01-03"]
    assert shown(book, "指標", "記号") == ["p01-01", "p01-02", "p01-03"]


def test_the_same_again_writes_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "import", "計画.xlsx", "catalogue.json"]) == 0
    assert "書き込むものはありません" in capsys.readouterr().out


def test_a_change_is_shown_before_it_is_written(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = book.with_name("catalogue.json")
    before = catalogue.read_bytes()
    put(book, "指標", 5, {"目標値": "430人", "目標値の数量": None})
    assert main(["plan", "import", "計画.xlsx", "catalogue.json"]) == 0
    printed = capsys.readouterr().out
    assert "420人" in printed
    assert "430人" in printed
    assert "まだ書き込んでいません" in printed
    assert catalogue.read_bytes() == before

    assert main(["plan", "import", "計画.xlsx", "catalogue.json", "--apply"]) == 0
    assert "430人" in catalogue.read_text(encoding="utf-8")


def test_what_is_decided_is_asked_about_once_years_are_reported(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = book.with_name("catalogue.json")
    before = catalogue.read_bytes()
    assert not is_reported(catalogue)
    _report(book.parent)
    assert is_reported(catalogue)
    put(book, "指標", 5, {"目標値": "430人", "目標値の数量": None})
    arguments = ["plan", "import", "計画.xlsx", "catalogue.json", "--apply"]
    assert main(arguments) == 2
    printed = capsys.readouterr().out
    assert "保育所の定員、記号 p01-01: 目標値 「420人」 → 「430人」" in printed
    assert catalogue.read_bytes() == before

    assert main([*arguments, "--correct"]) == 0
    assert "430人" in catalogue.read_text(encoding="utf-8")


def test_a_revision_is_no_change_of_what_is_decided(book: Path) -> None:
    _report(book.parent)
    revision = {
        "改定の記号": "r1",
        "改定の名称": "第１次改定",
        "決定日": "令和７年３月25日",
        "適用年度": "令和７年度",
        "変更の種類": "目標値",
        "どれを": "p01-01",
        "改めた後": "430人",
        "目標の種類": "目標値以上にする",
        "数量": "430人",
        "理由": "定員を増やすため",
    }
    put(book, "改定", 5, revision)
    plan = taken(book)
    assert plan.findings.errors == ()
    assert plan.decided_changes() == ()
    (said,) = json.loads(plan.text)["revisions"]
    assert (said["decided"], said["from"]) == ("2025-03-25", 2025)
    assert said["changes"][0]["target"]["text"] == "430人"


def test_a_row_that_lost_its_id_gets_it_back(book: Path) -> None:
    put(book, "指標", 6, {"記号": None})
    plan = taken(book)
    assert plan.findings.problems == ()
    assert plan.is_same
    book.write_bytes(plan.with_readings())
    assert shown(book, "指標", "記号") == ["p01-01", "p01-02", "p01-03"]


def test_a_row_that_lost_its_id_and_its_name_is_asked_about(book: Path) -> None:
    put(book, "指標", 6, {"記号": None, "名称": "待機児童の数"})
    (problem,) = taken(book).findings.problems
    assert problem.place == "指標!A6"
    assert problem.what == (
        "要確認：「待機児童の数」に記号がなく、"
        "計画のファイルにある 「待機児童数」（p01-02） がブックにありません。"
    )


def test_an_id_that_a_row_had_is_not_given_again(book: Path) -> None:
    for number in (5, 6, 7):  # the last row ends, later another is added
        put(book, "指標", number, {"戦略計画": "子育ての支え"})
    put(book, "指標", 7, dict.fromkeys((*ROWS[2], "戦略計画", "記号", "目標の種類")))
    put(book, "指標", 8, {**ROWS[0], "名称": "新しい指標", "記号": "p01-04"})
    put(book, "指標", 9, {**ROWS[0], "名称": "もう一つ"})
    plan = taken(book)
    assert plan.book.grown.given["指標", 9] == "p01-05"


def test_a_workbook_that_is_open_in_excel_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    book = write_plan(tmp_path / "計画.xlsx")
    before = book.read_bytes()
    (tmp_path / "~$計画.xlsx").write_bytes(b"")
    assert main(["plan", "import", "計画.xlsx", "catalogue.json"]) == 1
    assert "Excel で開かれている" in capsys.readouterr().err
    assert book.read_bytes() == before
    assert not (tmp_path / "catalogue.json").exists()


def test_a_plan_goes_out_and_comes_back(book: Path) -> None:
    catalogue = book.with_name("catalogue.json")
    assert main(["plan", "export", "catalogue.json", "書き出し.xlsx"]) == 0
    assert main(["plan", "import", "書き出し.xlsx", "二つ目.json"]) == 0
    assert book.with_name("二つ目.json").read_bytes() == catalogue.read_bytes()


def test_what_is_wrong_writes_nothing_but_the_marked_copy(book: Path) -> None:
    catalogue = book.with_name("catalogue.json")
    before = catalogue.read_bytes(), book.read_bytes()
    put(book, "指標", 5, {"目標値": None})
    changed = book.read_bytes()
    arguments = ["plan", "import", "計画.xlsx", "catalogue.json", "--mark", "指摘.xlsx"]
    assert main(arguments) == 2
    assert (catalogue.read_bytes(), book.read_bytes()) == (before[0], changed)
    assert book.with_name("指摘.xlsx").exists()


def test_the_library_marks_what_is_wrong_on_a_copy(book: Path) -> None:
    catalogue, mark = book.with_name("catalogue.json"), book.with_name("指摘.xlsx")
    before = catalogue.read_bytes()
    put(book, "指標", 5, {"目標値": None})

    with pytest.raises(InputError, match="書いてありません"):
        import_plan(book, catalogue, mark=mark, moment=MOMENT)

    assert openpyxl.load_workbook(mark).sheetnames[0] == "指摘"
    assert catalogue.read_bytes() == before
