"""What rows say and no table shows is told, once each, with where to add it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from kpireport.errors import Severity
from tests.plan_books.books import ROWS, TITLE_ROW, Rows, basics, put, taken, write_plan

_PRINTED = ("番号", "指標", "現状値", "目標値", "備考")


def told(book: Path) -> dict[str, str]:
    """What is told with its cell; all of it may stay."""
    problems = taken(book).findings.problems
    assert {each.severity for each in problems} <= {Severity.WARNING}
    return {each.what: each.place for each in problems}


def with_texts(
    path: Path, *texts: Mapping[str, object], layout: dict[str, tuple[str, ...]]
) -> Path:
    """A plan whose rows have more texts, with columns laid out by editions."""
    rows: Rows = [{**row, **more} for row, more in zip(ROWS, (*texts, {}, {}, {}), strict=False)]
    laid: Rows = [{"版": word, "列": each} for word, names in layout.items() for each in names]
    return write_plan(path / "計画.xlsx", rows, 表の列=laid)


def test_each_column_that_no_edition_prints_is_told_once(tmp_path: Path) -> None:
    texts = {"番号": "1", "備考": "隔年", "定義": "年度末"}
    book = with_texts(tmp_path, texts, texts, layout={})
    found = told(book)
    assert list(found) == [
        f"「{each}」は、計画版の表にも実績版の表にも印刷されません。" for each in ("番号", "備考")
    ]
    assert all(each.endswith("5") for each in found.values())


def test_what_either_edition_prints_is_no_slip(tmp_path: Path) -> None:
    texts = {"番号": "1", "備考": "隔年"}
    layout: dict[str, tuple[str, ...]] = {"実績版": (*_PRINTED, "実績", "評価")}
    assert told(with_texts(tmp_path, texts, layout=layout)) == {}


def test_a_review_without_the_columns_of_the_plan_is_told(tmp_path: Path) -> None:
    layout: dict[str, tuple[str, ...]] = {"計画版": (*_PRINTED, "所管課")}
    (what,) = told(with_texts(tmp_path, {"番号": "1"}, layout=layout))
    assert what == "実績版の表には、計画版の表の「番号」「備考」「所管課」の列がありません。"
    layout["実績版"] = ("指標", "実績")
    (tmp_path / "計画.xlsx").unlink()
    assert told(with_texts(tmp_path, {"番号": "1"}, layout=layout)) == {}


def test_a_mark_whose_note_stands_in_a_column_that_is_not_printed_is_told(tmp_path: Path) -> None:
    texts = {"名称": "合計特殊出生率※２", "備考": "※2　暦年の値"}
    layout: dict[str, tuple[str, ...]] = {
        "計画版": _PRINTED,
        "実績版": ("指標", "現状値", "実績", "目標値"),
    }
    found = told(with_texts(tmp_path, texts, layout=layout))
    (what,) = found
    assert what == (
        "「※2」が印刷されますが、その注は「備考」の列にあり、実績版の表には印刷されません。"
    )
    columns = openpyxl.load_workbook(tmp_path / "計画.xlsx")["指標"][TITLE_ROW]
    letter = next(each.column_letter for each in columns if each.value == "名称")
    assert found[what] == f"指標!{letter}5"


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (("46.3％", "50.0", "82.4", "90.0"), 1),
        (("46.3％", "50.0％", "82.4", "90.0"), 1),
        (("46.3％", "50.0％", "82.4％", "90.0％"), 0),
        (("46.3", "50.0", "82.4", "90.0"), 0),
    ],
)
def test_a_unit_typed_beside_its_column_is_told_where_it_mixes(
    tmp_path: Path, values: tuple[str, ...], count: int
) -> None:
    first, second = (
        {"単位": "％", "現状値": before, "目標値": after}
        for before, after in (values[:2], values[2:])
    )
    found = [
        each for each in told(with_texts(tmp_path, first, second, layout={})) if "付いて" in each
    ]
    assert len(found) == count


def test_rows_that_no_department_reports_are_told(tmp_path: Path) -> None:
    book = with_texts(tmp_path, {"所管課": None}, layout={})
    assert list(told(book)) == ["「所管課」の空いた行が1件あります（「保育所の定員」）。"]


def test_a_title_that_nearly_is_one_of_a_year_is_guessed(tmp_path: Path) -> None:
    book = with_texts(tmp_path, layout={})
    workbook = openpyxl.load_workbook(book)
    workbook["指標"].cell(TITLE_ROW, workbook["指標"].max_column + 1).value = "令和６年度の目標"
    workbook.save(book)
    (problem,) = taken(book).findings.problems
    assert problem.remedy.startswith("もしかして 「令和６年度の目標値」 ですか。")


def test_other_basics_are_untouched_by_it(tmp_path: Path) -> None:
    book = with_texts(tmp_path, layout={})
    basics(book, {"表紙の日付": "令和６年３月"})
    put(book, "指標", 5, {"期間・時点": "暦年"})
    assert told(book) == {}
