"""Comments that nobody has written: a draft has a place for them, and what is written is taken."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from kpireport.document.blocks import Document
from kpireport.document.sources import UNWRITTEN
from kpireport.domain.actuals import PlanComment
from kpireport.domain.years import FiscalYear
from kpireport.editing.cells import with_fields
from kpireport.reports import Report
from tests.pulling.edited import (
    COMMENTS,
    SETTINGS,
    W,
    built,
    control,
    controls,
    edited,
    pulled,
    word_of,
    write,
    write_into,
)
from tests.pulling.test_inputs import write_csv
from tests.said import said
from tests.sources.workbooks import COMMENT_TITLES

YEAR = FiscalYear(2021)
NEW = {
    "outlook:p1:2021": "続けます。",  # its row is there, its cell empty
    "initiatives:p3:2021": "広げました。\n増やしました。",
    "issues:p2:2021": "人が足りない。",  # it has no row
    "outlook:p2:2021": "育てます。",
}
EMPTY = {  # of p1, p2 and p3, and all of a plan without indicators
    *("outlook:p1", "initiatives:p3", "issues:p3"),
    *(f"{kind}:p2" for kind in ("initiatives", "issues", "outlook")),
}


def type_anew(root: Any, source: str, text: str) -> None:
    """Type into a control that shows what keeps its place, as Word does it."""
    found = control(root, source)
    properties = found.find(f"{W}sdtPr")
    properties.remove(properties.find(f"{W}showingPlcHdr"))
    write_into(found, *text.split("\n"))


def type_all(root: Any) -> None:
    for source, text in NEW.items():
        type_anew(root, source, text)


def comments(report: Path) -> dict[str, PlanComment]:
    return {each.plan_id: each for each in Report.open(report).actuals.comments}


def document(report: Path) -> Document:
    return Report.open(report).document


def root_of(data: bytes) -> Any:
    found: list[Any] = []
    edited(found.append, data)
    return found[0]


def test_a_draft_shows_a_place_for_each(tmp_path: Path) -> None:
    root = root_of(built())
    shown = {
        each.get(f"{W}val").removeprefix("kpi:").partition(":2021#")[0]
        for each in root.iter(f"{W}tag")
        if each.getparent().find(f"{W}showingPlcHdr") is not None
    }
    assert shown >= EMPTY
    assert not shown & {"initiatives:p1", "issues:p1", "outlook:p3"}
    found = control(root, "issues:p2:2021")
    assert "".join(each.text for each in found.iter(f"{W}t")) == UNWRITTEN
    assert found.find(f"{W}sdtPr/{W}alias").get(f"{W}val").endswith(" 課題")
    assert found.getparent().tag == f"{W}tc"  # a box with its name beside it


def test_a_final_document_has_no_empty_place(tmp_path: Path) -> None:
    settings = SETTINGS.replace("draft = true", "draft = false")
    complete = write(tmp_path / "final", review=settings, rows=_complete())
    root = root_of(word_of(complete))
    assert UNWRITTEN not in "".join(each.text or "" for each in root.iter(f"{W}t"))
    assert list(controls(root, "issues:p1:2021"))
    assert not list(controls(root, "issues:p2:2021"))


def _complete() -> list[list[Any]]:
    """Rows to which nothing is missing."""
    from tests.pulling.edited import rows

    found = rows()
    for row in found:
        if not any(row[3:6]):
            row[5] = "調査中のため"
    return found


def test_what_is_written_is_taken(tmp_path: Path) -> None:
    report = write(tmp_path)
    before = document(report)
    done = pulled(report, edited(type_all), apply=True)
    assert (done.refusals, done.written) == ((), (report / "actuals.xlsx",))
    assert {each.place: (each.old, each.new) for each in done.changes} == {
        "計画コメント!F2": ("", "続けます。"),
        "計画コメント!D3": ("", "広げました。\n増やしました。"),
        "計画コメント!E4": ("", "人が足りない。"),
        "計画コメント!F4": ("", "育てます。"),
    }
    assert done.changes[2].name.startswith("今後の方向（")
    assert "記号 p2、令和３年度）" in done.changes[2].name
    assert comments(report)["p2"] == said("p2", YEAR, "", "人が足りない。", "育てます。")
    assert comments(report)["p3"].text("initiatives") == "広げました。\n増やしました。"
    assert comments(report)["p1"].text("outlook") == "続けます。"
    sheet = openpyxl.load_workbook(report / "actuals.xlsx")["計画コメント"]
    new = dict(zip(COMMENT_TITLES, [each.value for each in sheet[4]], strict=True))
    assert (new["記号"], new["年度"], new["主な取組"]) == ("p2", 2021, None)
    assert new["戦略計画"]
    assert document(report).source_names == before.source_names

    again = pulled(report, edited(type_all))
    assert (again.changes, again.refusals) == ((), ())


def test_a_row_that_says_nothing_is_used(tmp_path: Path) -> None:
    report = write(tmp_path, comments=[*COMMENTS, ["p2", None, 2021, None, None, None]])
    found = pulled(report, edited(type_all), apply=True)
    assert "計画コメント!E5" not in {each.place for each in found.changes}
    assert comments(report)["p2"].text("issues") == "人が足りない。"


def test_words_beside_what_keeps_the_place_are_taken_without_it(tmp_path: Path) -> None:
    """Programs that do not know of it leave it where somebody types."""

    def change(root: Any) -> None:
        run = next(control(root, "issues:p2:2021").iter(f"{W}t"))
        run.text = f"{UNWRITTEN}人が足りない。"
        for each in list(root.iter(f"{W}showingPlcHdr")):
            each.getparent().remove(each)

    found = pulled(write(tmp_path), edited(change))
    assert found.refusals == ()
    assert [each.new for each in found.changes] == ["人が足りない。"]


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_csv_gets_fields_and_rows(tmp_path: Path, newline: str) -> None:
    report = write(tmp_path)
    write_csv(report, "utf-8-sig", newline)
    done = pulled(report, edited(type_all), apply=True)
    assert (done.refusals, [each.name for each in done.written]) == ((), ["計画コメント.csv"])
    text = done.written[0].read_bytes().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    assert [lines[3][0], *lines[3][2:]] == ["p2", "2021", "", "人が足りない。", "育てます。"]
    assert len(lines) == 4
    assert comments(report)["p1"].text("outlook") == "続けます。"


def test_without_a_sheet_for_comments_there_is_no_place(tmp_path: Path) -> None:
    report = write(tmp_path)
    write_csv(report, "utf-8-sig", "\n")
    (report / "csv" / "計画コメント.csv").unlink()
    root = root_of(word_of(report))
    assert not list(controls(root, "issues:p2:2021"))


@pytest.mark.parametrize(
    ("before", "cell", "after"),
    [
        ("a,b\n1,2\n", (3, 2), "a,b\n1,2\n,x\n"),
        ("a,b\r\n1,2", (3, 1), "a,b\r\n1,2\r\nx\r\n"),
        ("a,b\n1,2\n", (4, 1), "a,b\n1,2\n\nx\n"),
        ("a,b,c\n1\n2\n", (2, 3), "a,b,c\n1,,x\n2\n"),
        ("a,b,c\n1\n2\n", (2, 1), "a,b,c\nx\n2\n"),
        ("a,b\n1", (2, 2), "a,b\n1,x"),
        ("a,b\n1,", (2, 2), "a,b\n1,x"),
        ('a,"b,"', (1, 3), 'a,"b,",x'),
    ],
)
def test_fields_that_are_not_there_are_added(
    before: str, cell: tuple[int, int], after: str
) -> None:
    assert with_fields(before.encode(), {cell: "x"}).decode() == after


def test_the_mark_of_an_unwritten_text_is_valid_where_it_stands() -> None:
    """Word wants the properties of a control in an order of its own (17.5.2)."""
    root = root_of(built())
    found = control(root, "issues:p2:2021").find(f"{W}sdtPr")
    names = [etree.QName(each).localname for each in found]
    assert names == ["alias", "tag", "id", "lock", "showingPlcHdr", "docPartObj"]
