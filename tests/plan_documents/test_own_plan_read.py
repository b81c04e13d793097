"""The shipped plan's own document, read back: all of it, and the same plan after confirmation."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kpireport.cli import main
from kpireport.plan_books import columns as of
from kpireport.plan_books.front_sheets import LEFT, ORIGINAL, REPORT
from kpireport.plan_documents.reading import read_plan_document
from tests.plan_documents.hand_made import objects
from tests.plan_documents.measuring import read_into
from tests.tools import convert_all

ROOT = Path(__file__).parents[2]
FORMATS = ("docx", "pdf", "office.docx", "office.odt.docx", "office.pdf")

# What the plan's document does not say.
NOT_PRINTED = re.compile(
    r"/\$schema|/format|/how_to_read(/.*)?"  # a page of explanations: left to people
    r"|.*/departments/[0-9]+|.*/id"
    r"|/goals/[0-9]+/numeric_targets/[0-9]+/baseline(/.*)?"  # only the review prints them
    r"|.*/baseline/shared_with"  # an id: compared apart
    r"|/goals/1/plans/1/indicators/6/target/deadline"  # 2021, as the whole plan's
)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("own")
    shutil.copy(ROOT / "catalogue.json", folder)
    shutil.copytree(ROOT / "reports" / "plan", folder / "reports" / "plan")
    _run("build", str(folder / "reports" / "plan"), "-q")
    made = folder / "reports" / "plan" / "out"
    office = {kind: folder / kind.replace(".", "-") for kind in ("docx", "odt", "odt.docx", "pdf")}
    for each in office.values():
        each.mkdir()
    (docx,) = convert_all([made / "plan.docx"], office["docx"], "docx")
    (odt,) = convert_all([made / "plan.docx"], office["odt"], "odt")
    (from_odt,) = convert_all([odt], office["odt.docx"], "docx")
    (pdf,) = convert_all([made / "plan.docx"], office["pdf"], "pdf")
    found = (made / "plan.docx", made / "plan.pdf", docx, from_odt, pdf)
    return dict(zip(FORMATS, found, strict=True))


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    return read


def _run(*arguments: str) -> int:
    try:
        main([*arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, f"{path}/{key}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _leaves(each, f"{path}/{number}")
    else:
        yield path, re.sub(r"\s", "", value) if isinstance(value, str) else value


def _said(raw: object) -> dict[str, object]:
    """What a plan says, layout's white space apart, without what no document prints."""
    return {path: said for path, said in _leaves(raw) if not NOT_PRINTED.fullmatch(path)}


@pytest.mark.parametrize("kind", FORMATS)
def test_all_rows_targets_and_prose_are_read(
    documents: dict[str, Path], plan: dict[str, Any], kind: str
) -> None:
    understood = read_plan_document(documents[kind]).understood
    rows = objects(understood)
    measures = [each for each in rows if "indicators" not in each]
    assert (len(measures), understood.count("numeric_targets")) == (96, 17)
    wanted, found = _said(plan), _said(understood.raw)
    texts = {
        path: said
        for path, said in wanted.items()
        if isinstance(said, str) and not path.endswith(("/kind", "/unit", "/prefix", "/as_of"))
    }
    assert {path: found.get(path) for path in texts} == texts
    (group,) = (each for each in rows if "indicators" in each)
    assert [each["name"] for each in group["indicators"]] == [
        "順天堂練馬病院の増床",
        "練馬光が丘病院の移転・改築",
        "高野台新病院の整備",
    ]
    shared = [each for each in measures if "shared_with" in str(each.get("baseline"))]
    assert [each["name"] for each in shared] == ["児童生徒用タブレットパソコンの配備"]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_plan_is_the_same_after_what_is_asked_was_chosen(
    documents: dict[str, Path], plan: dict[str, Any], kind: str, tmp_path: Path
) -> None:
    workbook, catalogue = tmp_path / "計画.xlsx", tmp_path / "catalogue.json"
    assert read_into(documents[kind], workbook) == 0
    _choose(workbook, plan)
    assert _run("plan", "import", str(workbook), str(catalogue)) == 0
    assert _said(json.loads(catalogue.read_text(encoding="utf-8"))) == _said(plan)


def _choose(workbook: Path, plan: dict[str, Any]) -> None:
    """Fill in what a person would: departments, kinds, what the document does not print."""
    book = openpyxl.load_workbook(workbook)
    measures = [
        row
        for goal in plan["goals"]
        for each in goal["plans"]
        for entry in each["indicators"]
        for row in entry.get("indicators", [entry])
    ]
    targets = [each for goal in plan["goals"] for each in goal["numeric_targets"]]
    for sheet, entries in ((of.INDICATORS, measures), (of.TARGETS, targets)):
        cells = book[sheet.name]
        titles = {cell.value: cell.column for cell in cells[4]}
        for number, entry in enumerate(entries, start=5):
            _fill(cells, number, titles, entry)
    book.save(workbook)


def _fill(cells: Any, row: int, titles: dict[str, int], entry: dict[str, Any]) -> None:
    words = next(each for each in of.INDICATORS.columns if each.title == of.KIND).notation
    wanted = {
        "所管課": "、".join(entry["departments"]),
        of.KIND: words.write(entry["target"]["kind"]),
        "現状値": entry["baseline"]["text"],
    }
    for title, text in wanted.items():
        cell = cells.cell(row, titles[title])
        if cell.value is None:
            cell.value = text


def test_the_workbook_has_the_original_what_is_left_and_a_report(
    documents: dict[str, Path], tmp_path: Path
) -> None:
    workbook = tmp_path / "計画.xlsx"
    assert read_into(documents["pdf"], workbook) == 0
    book = openpyxl.load_workbook(workbook)
    assert {ORIGINAL, LEFT, REPORT} <= set(book.sheetnames)
    cells = book[of.INDICATORS.name]
    titles = {cell.value: cell.column for cell in cells[4]}
    assert cells.cell(5, titles["原本"]).value == "4ページ 表2 3行目"
    originals = {row[1]: row for row in book[ORIGINAL].iter_rows(values_only=True)}
    assert originals["4ページ 表2 3行目"][0] == "p01-01"
    assert "６か所" in originals["4ページ 表2 3行目"]
    report = [row[3:5] for row in book[REPORT].iter_rows(values_only=True)]
    assert ("重要業績評価指標（ＫＰＩ）　指標", "指標") in report
