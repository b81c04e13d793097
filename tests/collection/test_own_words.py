"""A plan's own labels: on what is handed out, on the board, in messages and differences."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kpireport.cli import main
from kpireport.collection import collect, hand_out
from kpireport.collection.starting import start_year
from kpireport.document.walk import block_texts
from kpireport.reports import Report
from kpireport.sources.actuals_forms import plan_title
from tests.collection.handing_out import fill_in, report_with, titles_of
from tests.review_reports import small_rows

OWN = {
    "goal": "政策",
    "numeric_targets": "政策の目標",
    "plan": "施策",
    "indicators": "成果目標",
    "indicator": "指標名",
    "baseline": "基準値",
    "target": "めざす値",
}
OTHERS = re.compile("現状値|目標値|戦略計画|基本目標|数値目標|重要業績評価指標|指標名")
QUOTED = re.compile("現状値(?:から|以上|より)")  # the plan's own targets


def town(folder: Path, **labels: str) -> Path:
    """A report of a plan with labels of its own, of whose year nothing is reported."""
    rows = [row for row in small_rows(2021) if row[2] == 2020]
    report = report_with(folder, rows=rows)
    catalogue = Report.open(report).settings.catalogue
    data: dict[str, Any] = json.loads(catalogue.read_text("utf-8"))
    data["labels"] |= OWN | labels
    catalogue.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return report


def other_words(texts: str) -> set[str]:
    return set(OTHERS.findall(QUOTED.sub("", texts)))


def texts_of(path: Path | bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(path) if isinstance(path, bytes) else path) as package:
        parts = (package.read(name) for name in package.namelist() if name.endswith(".xml"))
        return "\n".join(part.decode("utf-8") for part in parts)


def test_sheets_speak_the_plans_words_and_are_read_back(tmp_path: Path) -> None:
    report = town(tmp_path)
    handed = {each.department: each.path for each in hand_out(report)}
    assert [other_words(texts_of(path)) for path in handed.values()] == [set()] * len(handed)
    book = openpyxl.load_workbook(handed["保育課"])
    assert {"基準値", "めざす値"} <= titles_of(book["実績"]).keys()
    assert "施策" in titles_of(book["計画コメント"])
    inbox = report / "inbox"
    inbox.mkdir(exist_ok=True)
    answered = inbox / handed["保育課"].name
    answered.write_bytes(handed["保育課"].read_bytes())
    fill_in(answered, {"two": {"実績": "176所（定員15,400人）"}, "p1": {"課題": "土地がない。"}})
    collected = collect(report)
    assert [each.what for each in collected.problems] == []
    assert {each.title for each in collected.changes} == {"実績", "課題"}
    sheet = openpyxl.load_workbook(report / "actuals.xlsx")["計画コメント"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "p1"]
    assert "居場所" in str(row[1])


def test_a_new_years_workbook_speaks_them(tmp_path: Path) -> None:
    report = town(tmp_path)
    started = start_year(2022, report.parent)
    book = texts_of(started.folder / "actuals.xlsx")
    assert other_words(book) == set()
    assert "基準値" in book


@pytest.mark.parametrize("arguments", [["check"], ["check", "--reminders"]])
def test_the_board_speaks_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    report = town(tmp_path)
    command, *options = arguments
    files = ["--html", str(tmp_path / "b.html"), "--xlsx", str(tmp_path / "b.xlsx")]
    main([command, str(report), *options, *files])
    printed = "".join(capsys.readouterr())
    assert other_words(printed) == set()
    assert other_words((tmp_path / "b.html").read_text("utf-8")) == set()
    assert other_words(texts_of(tmp_path / "b.xlsx")) == set()


def test_messages_speak_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = town(tmp_path, indicator_noun="成果指標")
    book = openpyxl.load_workbook(report / "actuals.xlsx")
    book["計画コメント"].append(["p9", None, 2021, "しました。", None, None])
    book["実績"].append(["x9", None, 2021, 5])
    book.save(report / "actuals.xlsx")
    assert main(["check", str(report)]) == 2
    printed = "".join(capsys.readouterr())
    assert "記号が「p9」の施策は、計画にありません。" in printed
    assert "記号が「x9」の成果指標は、計画にありません。" in printed


def test_the_document_uses_the_noun_in_sentences(tmp_path: Path) -> None:
    report = town(tmp_path, indicator_noun="ものさし")
    settings = report / "report.toml"
    text = settings.read_text("utf-8").replace("[review]", "[review]\ndraft = true")
    settings.write_text(text, encoding="utf-8")
    blocks = Report.open(report).document.blocks()
    printed = [text for block in blocks for text in block_texts(block)]
    assert any("の主なものさしの推移" in each or "ものさしの評価の推移" in each for each in printed)
    assert any("ものさしの目標は、" in each for each in printed)
    assert not any("指標名の" in each or "指標の推移" in each for each in printed)
    assert "指標名" in printed  # the heading of a column


def test_a_word_that_no_reader_knows_stands_beside_one(tmp_path: Path) -> None:
    assert plan_title("施策") == "施策"
    assert plan_title("みちすじ") == "計画（みちすじ）"
    report = town(tmp_path, plan="みちすじ")
    handed = hand_out(report)[0]
    inbox = report / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / handed.path.name).write_bytes(handed.path.read_bytes())
    assert [each.what for each in collect(report).problems] == []
