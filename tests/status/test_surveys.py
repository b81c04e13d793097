"""Years without a survey on the board, in the sheets handed out, and when answers come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from kpireport.collection import collect, hand_out
from kpireport.document.kpi_tables import compose_result_table
from kpireport.reports import Report
from kpireport.status import MeasureState, board
from kpireport.status.grids import department_grid, missing_grid
from kpireport.status.reminders import reminders
from kpireport.status.words import sums
from tests.collection.handing_out import (
    COLLECTION,
    DEPARTMENTS,
    fill_in,
    plan_with,
    report_with,
    rows_of,
)
from tests.review_reports import row_text, small_rows, write_review


def _report(folder: Path, *, surveyed: dict[str, Any] | None = None, rows: Any = None) -> Path:
    """A report of 2021 whose plan says when the rate is surveyed."""
    plan = plan_with(DEPARTMENTS)
    plan["goals"][0]["plans"][0]["indicators"][0]["survey"] = surveyed
    return write_review(folder, 2021, plan=plan, rows=rows, review=COLLECTION)


def _rows(*more: Any) -> list[Any]:
    """All rows but the rate's of 2021."""
    rows = small_rows(2021, share="保育課")
    return [each for each in rows if (each[0], each[2]) != ("share", 2021)] + list(more)


def test_the_plan_or_an_answer_keeps_it_out_of_all_that_is_missing(tmp_path: Path):
    answer = ["share", None, 2021, None, None, "隔年調査のため", None, "保育課"]
    for number, (surveyed, rows) in enumerate(
        ((None, _rows(answer)), ({"from": 2020, "every": 2}, _rows()))
    ):
        report = _report(tmp_path / str(number), surveyed=surveyed, rows=rows)
        made = board(report)
        found = {each.id: each for each in made.measures}["share"]
        assert found.state is MeasureState.NO_SURVEY
        assert found.reason.startswith("調査のない年度")
        assert "令和２年度調査：" in found.reason
        assert found.mark is not None
        assert "調査なし１件" in sums(made)
        titles = [each.title for each in department_grid(made).columns]
        assert titles[:6] == ["所管課", "対象", "報告済", "理由あり", "調査なし", "未報告"]
        assert "share" not in str(missing_grid(made))
        assert not any("share" in each.body for each in reminders(made))
        assert "share" not in str(Report.open(report).read.unreported)  # type: ignore[union-attr]


def test_a_year_without_a_survey_is_printed_with_the_last_value(tmp_path: Path):
    report = Report.open(_report(tmp_path, surveyed={"years": [2020]}, rows=_rows()))
    review = report.review
    assert review is not None
    goal = review.catalogue.goals[0]
    [table] = compose_result_table(review, goal, goal.plans)
    [line] = [row_text(row) for row in table.rows if "受入率" in row_text(row)]
    assert "97.9％ | 調査なし⏎（令和２年度調査 97.9％） | 100％ | 25.0％" in line


def test_a_sheet_does_not_ask_for_it(tmp_path: Path):
    rows = [row for row in small_rows(2021, share="保育課") if row[2] == 2020]
    report = _report(tmp_path, surveyed={"years": [2020, 2022]}, rows=rows)
    [path] = [each.path for each in hand_out(report) if each.department == "保育課"]
    sheet = load_workbook(path)["実績"]
    [row] = [each for each in rows_of(sheet) if each["記号"] == "share"]
    assert (row["実績"], row["単位"], row["令和２年度の実績"]) == (
        None,
        "今年度は調査なし",
        "97.9％",
    )
    [at] = [each[0].row for each in sheet.iter_rows() if each[0].value == "share"]
    assert all(cell.protection.locked for cell in sheet[at])
    fill_in(path, {"two": {"実績": "176所（定員15,200人）"}})
    path.rename(report / "inbox" / path.name)
    collected = collect(report)
    assert [str(each) for each in collected.problems] == []
    assert "share" not in str(collected.missing)


def test_an_answer_that_comes_back_is_taken_in(tmp_path: Path):
    rows = [row for row in small_rows(2021, share="保育課") if row[2] == 2020]
    report = report_with(tmp_path, rows=rows)
    [path] = [each.path for each in hand_out(report) if each.department == "保育課"]
    fill_in(
        path,
        {
            "share": {"報告できない理由": "調査のない年度"},
            "two": {"実績": "調査なし"},
        },
    )
    path.rename(report / "inbox" / path.name)
    collected = collect(report)
    assert collected.problems == ()
    assert not any(id_ in str(collected.missing) for id_ in ("share", "'two'"))
    states = {each.id: each.state for each in board(report).measures}
    assert states["share"] is states["two"] is MeasureState.NO_SURVEY
