"""Reports whose plans and goals have marks, from the inputs to the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from kpireport.collection.fresh_book import empty_book
from kpireport.errors import InputError
from kpireport.reports import Report
from tests.collection.answering import asked
from tests.collection.handing_out import rows_of
from tests.comparing.helpers import differences
from tests.review_reports import write_review
from tests.rollups import GIVEN, SHARES, evaluation_table
from tests.sources.workbooks import COMMENT_TITLES

REASON = "窓口の移転が早まったため。"


def write(
    folder: Path, rollup: str = SHARES, *, scheme: str = "", overrides: Sequence[Any] = ()
) -> Path:
    settings = f"{scheme}\n{evaluation_table(rollup)}"
    return write_review(folder, evaluation=settings, overrides=overrides)


def given(report: Path, *rows: Sequence[Any]) -> Path:
    """Write the plans' marks into the sheet of comments: id, year, mark."""
    path = report / "actuals.xlsx"
    book = load_workbook(path)
    sheet = book["計画コメント"]
    sheet.delete_rows(1, sheet.max_row)
    sheet.append([*COMMENT_TITLES[:3], "評価", *COMMENT_TITLES[3:]])
    for id_, year, mark in rows:
        sheet.append([id_, None, year, mark, None, None, None])
    book.save(path)
    return report


def marks(report: Path, year: int | None = None) -> dict[str, str]:
    review = Report.open(report).review
    assert review is not None
    at = next((each for each in review.years if each.year == year), review.years[-1])
    found = (review.rollup.get(each, at) for each in ("g1", "g2", "p1", "p2", "p3"))
    return {each.place_id: each.mark.symbol if each.mark else "―" for each in found if each}


def errors(report: Path) -> list[str]:
    found = Report.open(report).inspected().findings.errors
    return [f"{each.place}: {each.what}" for each in found]


# --- what people set otherwise ---------------------------------------------------


def test_a_person_sets_the_mark_of_a_plan_or_goal(tmp_path: Path):
    report = write(
        tmp_path, overrides=[["p3", None, 2021, "A", REASON], ["g1", None, 2021, "問題", REASON]]
    )
    assert errors(report) == []
    assert marks(report) | {"p1": "", "p2": "", "g2": ""} == {
        "g1": "C",
        "p3": "A",
        "p1": "",
        "p2": "",
        "g2": "",
    }


def test_a_plan_s_mark_may_be_set_where_people_choose_those_of_indicators(tmp_path: Path):
    scheme = """scheme = "given"
marks = [ { symbol = "甲", level = "reached" }, { symbol = "乙", level = "late" } ]"""
    rollup = 'of = ["plan"]\nby = "worst"'
    report = write(tmp_path, rollup, scheme=scheme, overrides=[["p3", None, 2021, "甲", REASON]])
    assert errors(report) == []
    assert marks(report)["p3"] == "甲"


def test_what_is_wrong_with_such_a_row_is_told_at_its_cell(tmp_path: Path):
    report = write(
        tmp_path,
        overrides=[
            ["p1", None, 2021, "◎", REASON],
            ["p2", None, 2021, "A", None],
            ["p3", None, 2021, None, REASON],
            ["p9", None, 2021, "◎", REASON],
        ],
    )
    assert errors(report) == [
        "評価の修正!D2: 「◎」という評価は、この報告の評価の基準にありません。",
        "評価の修正!E3: 評価を修正する理由がありません。",
        "評価の修正!D4: 評価がありません。",
        "評価の修正!A5: 記号が「p9」の指標は、計画にありません。",
    ]


def test_without_a_rollup_a_plan_has_no_mark_to_be_set(tmp_path: Path):
    report = write_review(tmp_path, overrides=[["p1", None, 2021, "◎", REASON]])
    assert errors(report) == ["評価の修正!A2: 記号が「p1」の指標は、計画にありません。"]


def test_what_was_set_of_a_plan_in_an_earlier_year_is_no_fault_where_nothing_is_rolled_up(
    tmp_path: Path,
):
    report = write_review(tmp_path, overrides=[["p1", None, 2020, "◎", REASON]])
    assert errors(report) == []


# --- what people give ------------------------------------------------------------


@pytest.mark.parametrize("written", ["B", "Ｂ", "注意", "B 注意"])
def test_people_give_the_marks_of_plans(written: str, tmp_path: Path):
    report = given(write(tmp_path, GIVEN), ["p1", 2021, written], ["p2", 2020, "A"])
    assert errors(report) == []
    assert marks(report) == {"p1": "B", "p2": "―", "p3": "―"}
    assert marks(report, 2020) == {"p1": "―", "p2": "A", "p3": "―"}


def test_an_unknown_mark_is_told_with_the_list(tmp_path: Path):
    report = given(write(tmp_path, GIVEN), ["p1", 2021, "◎"])
    (problem,) = Report.open(report).inspected().findings.errors
    assert (problem.place, problem.what) == (
        "計画コメント!D2",
        "「◎」は、「評価」の選択肢にありません。",
    )
    assert problem.remedy == "「A よい」、「B 注意」、「C 問題」のどれかを選んでください。"


def test_a_book_without_the_column_is_read(tmp_path: Path):
    assert errors(write(tmp_path, GIVEN)) == []


def test_departments_are_asked_for_the_marks(tmp_path: Path):
    out = asked(tmp_path, evaluation=evaluation_table(GIVEN))
    (row, *_) = rows_of(load_workbook(out.handed["保育課"])["計画コメント"])
    assert "評価" in row
    assert row["評価"] is None


def test_a_new_year_s_book_lists_the_marks_that_may_be_set(tmp_path: Path):
    report = Report.open(write(tmp_path))
    assert report.read is not None
    assert report.scheme is not None
    year = report.review_settings.fiscal_year
    book = empty_book(report.plan, report.read.actuals, year, report.scheme, report.rollup)
    assert list(book.marks) == ["◎", "○", "△", "×", "―", "…", "A", "B", "C"]


# --- what is told of it ----------------------------------------------------------


def test_settings_are_checked_with_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write(
        tmp_path, SHARES.replace('"goal"]', '"field"]').replace("from = 55", "from = 90")
    )
    assert main(["build", str(report)]) == 2
    said = capsys.readouterr().err
    assert "evaluation.rollup.of[1]" in said
    assert "evaluation.rollup.bands[1].from" in said
    assert not (report / "out").exists()


def test_files_are_built_and_the_data_have_a_sheet(tmp_path: Path):
    report = write(tmp_path, overrides=[["p3", None, 2021, "A", REASON]])
    settings = report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + 'formats = ["pdf", "xlsx"]\n', encoding="utf-8")
    assert main(["build", str(report)]) == 0
    (data,) = (report / "out").glob("*.xlsx")
    rows = list(load_workbook(data)["まとめた評価"].iter_rows(min_row=2, values_only=True))
    titles, *places = rows
    found = {row[1]: dict(zip(titles, row, strict=True)) for row in places}
    assert list(found) == ["g1", "p1", "p2", "g2", "p3", "p4"]
    assert found["p3"]["令和３年度\n評価"] == "A よい"
    assert found["p3"]["求めた評価\n（修正の前）"] == "B 注意"
    assert (found["p3"]["点数"], found["p3"]["満点"]) == (7, 12)
    assert found["p4"]["点数"] is None


def test_diff_tells_marks_that_changed(tmp_path: Path):
    old = write(tmp_path / "old")
    new = write(tmp_path / "new", overrides=[["p3", None, 2021, "A", REASON]])
    told = [each[2:] for each in differences(old, new) if "まとめた評価" in each[2]]
    assert told == [
        ("まとめた評価（令和３年度）", "B 注意", "A よい（計算では B 注意）"),
        ("まとめた評価の修正の理由（令和３年度）", None, REASON),
    ]


def test_check_tells_the_marks_to_come(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    main(["check", str(write(tmp_path, overrides=[["p3", None, 2021, "A", REASON]]))])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "基本目標２件：B 注意 １件、C 問題 １件" in lines
    assert "戦略計画３件：A よい １件、C 問題 ２件" in lines


def test_what_is_wrong_with_a_rollup_is_told_beside_a_plan_that_cannot_be_read(tmp_path: Path):
    report = write(tmp_path, SHARES.replace("on_track = 2", "nowhere = 2"))
    (tmp_path / "catalogue.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Report.open(report).inspected()
    first, *rest = caught.value.problems
    assert first.place == "evaluation.rollup.points.nowhere"
    assert {Path(each.file).name for each in rest} == {"catalogue.json"}
