"""Every plan's file goes through a workbook and comes back as the same bytes."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from kpireport.errors import InputError
from kpireport.findings import Findings
from kpireport.plan_books.flattening import flatten
from kpireport.plan_books.growing import grow
from kpireport.plan_books.importing import read_plan_book
from kpireport.plan_books.proposing import propose
from kpireport.plan_books.taking import plan_workbook, take_plan, workbook_of
from kpireport.sources.catalogue_file import CatalogueFile
from kpireport.sources.catalogue_text import canonical, canonical_text
from kpireport.sources.json_file import Json
from kpireport.sources.validation import validate
from tests.plan_books.books import ROWS, put, shown, taken, write_plan
from tests.random_catalogues import catalogue_files

REPOSITORY = Path(__file__).parents[2]
SHIPPED = (
    REPOSITORY / "catalogue.json",
    REPOSITORY / "src/kpireport/collection/catalogue-template.json",
    *sorted(REPOSITORY.glob("reports/towns/*/catalogue.json")),
)
MOMENT = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)


def _text(raw: dict[str, Json]) -> str:
    log = Findings()
    return canonical_text(log.settled(validate(CatalogueFile, raw, log)))


@settings(max_examples=40, deadline=None)
@given(catalogue_files())
def test_rows_say_all_of_a_file(file: CatalogueFile) -> None:
    rows = {each.sheet.name: (each.columns, each.rows) for each in flatten(canonical(file))}
    assert _text(grow(rows).raw) == canonical_text(file)


def test_what_is_split_twice_in_a_revision_stays_with_its_change() -> None:
    raw = json.loads(SHIPPED[0].read_text(encoding="utf-8"), parse_float=Decimal)
    part = raw["goals"][0]["plans"][0]["indicators"][0]
    changes = [
        {
            "change": "split",
            "id": part["id"],
            "into": [{**part, "id": f"n{number}-{each}"} for each in (1, 2)],
            "reason": "分けた。",
        }
        for number in (1, 2)
    ]
    raw["revisions"] = [
        {"id": "r1", "title": "改定", "decided": "2021-03-25", "from": 2021, "changes": changes}
    ]
    log = Findings()
    file = log.settled(validate(CatalogueFile, raw, log))
    rows = {each.sheet.name: (each.columns, each.rows) for each in flatten(canonical(file))}
    assert _text(grow(rows).raw) == canonical_text(file)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
@given(catalogue_files())
def test_a_workbook_says_all_of_a_file_and_nothing_is_asked_or_read_into_it(
    file: CatalogueFile,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "計画.xlsx"
        path.write_bytes(workbook_of(file, MOMENT, Findings(path)))
        log = Findings(path)
        grown = read_plan_book(path, log).grown
        readings = list(propose(grown, log))
    assert log.errors == ()
    assert not any(reading.filled for _, reading in readings)
    assert _text(grown.raw) == canonical_text(file)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_shipped_plans_are_canonical_and_come_back_as_the_same_bytes(
    path: Path, tmp_path: Path
) -> None:
    book = tmp_path / "計画.xlsx"
    book.write_bytes(plan_workbook(path, MOMENT))
    taken = take_plan(book, tmp_path / "catalogue.json")
    assert taken.findings.problems == ()
    assert taken.counts.given == taken.counts.asked == taken.counts.read == 0
    assert taken.text.encode() == path.read_bytes()


def test_a_text_that_no_cell_holds_is_told(tmp_path: Path) -> None:
    raw = json.loads(SHIPPED[0].read_text(encoding="utf-8"))
    raw["goals"][0]["plans"][0]["indicators"][0]["name"] = " " + "あ" * 29_000
    raw["goals"][0]["plans"][0]["indicators"][0]["remarks"] = " " + "い" * 29_000
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        plan_workbook(catalogue, MOMENT)
    (problem,) = raised.value.problems
    assert problem.what == "シート「指標」の「その他の項目」の文字が多すぎます。"


def test_the_columns_of_tables_stand_in_words_and_are_understood_by_their_keys(
    tmp_path: Path,
) -> None:
    book = write_plan(tmp_path / "計画.xlsx", [{**ROWS[0], "定義": "年度末の数"}])
    written = ["指標", "単位", "定義・計算方法", "現状値", "目標値"]
    keys = ["indicator", "unit", "definition", "baseline", "target"]
    for number, key in enumerate(keys, 5):
        put(book, "表の列", number, {"版": "plan", "列": key})
    put(book, "表の列", 5 + len(keys), {"版": "実績版", "列": "年度ごとの目標と実績"})
    put(book, "表の列", 5 + len(keys), {"年度ごとに示すもの": "目標、実績", "最近の何年度分": 2})
    put(
        book,
        "表の列",
        5 + len(keys),
        {"年度の示し方": "行に分ける", "これからの年度も示す": "はい"},
    )
    put(book, "表の列", 6 + len(keys), {"版": "実績版", "列": "指標"})
    plan = taken(book)
    assert plan.findings.errors == ()
    layout = json.loads(plan.text)["layout"]
    assert layout["plan"] == keys
    assert layout["review"][0] == {
        "column": "years",
        "of": ["target", "actual"],
        "show": "two_lines",
        "last": 2,
        "to_come": True,
    }
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(plan.text, encoding="utf-8")
    again = tmp_path / "再び.xlsx"
    again.write_bytes(plan_workbook(catalogue, MOMENT))
    assert shown(again, "表の列", "列") == [*written, "年度ごとの目標と実績", "指標"]
    assert shown(again, "表の列", "その他の項目") == []
    assert taken(again).text == plan.text
    rules = openpyxl.load_workbook(again)["表の列"].data_validations.dataValidation
    offered = next(each for each in rules if each.sqref and "現状値の年度" in str(each.formula1))
    assert not offered.showErrorMessage


def test_wide_sheets_print_legibly_on_several_pages(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_plan(tmp_path / "計画.xlsx"))
    wide = book["指標"]
    assert (wide.page_setup.fitToWidth, wide.page_setup.fitToHeight) == (3, 0)
    assert (wide.print_title_rows, wide.print_title_cols) == ("$1:$4", "$A:$A")
    assert book["戦略計画"].page_setup.fitToWidth in (None, 1)
