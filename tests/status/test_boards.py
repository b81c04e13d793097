"""The board: who has reported, what is missing, wrong and odd, and the marks to come."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kpireport
from kpireport.errors import InputError, Severity
from kpireport.status import Board, DepartmentState, MeasureState, MeasureStatus, board
from kpireport.status.grids import department_grid, measure_grid
from kpireport.status.pages import write_page
from kpireport.status.words import facts
from tests.documents import ROOT
from tests.layered import layered_data, write_layered
from tests.reports import files_in, write_report
from tests.review_reports import small_rows, write_review
from tests.revised_reviews import REVISED, REVISED_FIGURES
from tests.status.reports import HEALTH, ODD, SILENT, WRONG, board_of, half_reported, write


def status(made: Board, id_: str) -> MeasureStatus:
    return next(each for each in made.measures if each.id == id_)


def states(made: Board) -> dict[str, DepartmentState]:
    return {each.label: each.state for each in made.departments}


def marks(made: Board) -> dict[str, int]:
    assert made.marks
    return {each.mark.symbol: each.count for each in made.marks.indicators.counts if each.count}


# --- who has reported ------------------------------------------------------------


def test_each_measure_is_in_one_state(tmp_path: Path):
    made = board_of(tmp_path)
    found = {each.id: each.state for each in made.measures}
    assert {id_ for id_, state in found.items() if state is MeasureState.UNREPORTED} == {*SILENT}
    assert {id_ for id_, state in found.items() if state is MeasureState.REFUSED} == {*WRONG}
    assert {id_ for id_, state in found.items() if state is MeasureState.EXPLAINED} == {
        "survey",
        "fresh",
    }
    assert not made.is_complete


def test_a_department_is_what_is_most_urgent(tmp_path: Path):
    assert states(board_of(tmp_path)) == {
        "企画課": DepartmentState.DONE,
        "保育課": DepartmentState.DONE,
        HEALTH: DepartmentState.DOUBTFUL,
        "学務課": DepartmentState.REFUSED,
        "相談課": DepartmentState.INCOMPLETE,
    }


def test_a_department_that_has_reported_nothing(tmp_path: Path):
    rows = [row for row in half_reported() if (row[0], row[2]) != ("crime", 2021)]
    assert states(board_of(tmp_path, rows=rows))["相談課"] is DepartmentState.UNREPORTED


def test_a_measure_has_what_was_said_of_it(tmp_path: Path):
    found = status(board_of(tmp_path), "keep")
    assert (found.name, found.plan, found.departments) == ("就労者数", "計画１", (HEALTH,))
    assert (found.baseline, found.target) == ("年間226人", "年間200人")
    assert (found.previous, found.actual) == ("年間190人", "年間179人")
    assert found.mark is not None
    assert (found.mark.symbol, found.reason) == ("×", "達成率89.5％（90％未満）")


def test_a_survey_that_was_not_held_is_nobodys_fault(tmp_path: Path):
    rows = [row for row in half_reported() if row[0] != "survey"]
    assert "survey" not in [each.id for each in board_of(tmp_path, rows=rows).measures]


def test_the_rows_own_department_comes_before_the_plans(tmp_path: Path):
    rows = half_reported()
    next(row for row in rows if (row[0], row[2]) == ("most", 2021))[7] = "新しい課"
    made = board_of(tmp_path, rows=rows)
    assert status(made, "most").departments[0] == "新しい課"
    assert "新しい課" in states(made)


def test_what_nobody_is_known_to_report_has_a_place_of_its_own(tmp_path: Path):
    rows = [[*row[:7], None] for row in half_reported()]
    made = board_of(tmp_path, rows=rows)
    assert states(made) == {"所管課の記入なし": DepartmentState.REFUSED}
    total = department_grid(made).total
    assert total is not None
    assert total.data[0] == "合計（０課）"


def test_the_real_plan_has_its_departments_before_anything_is_reported(tmp_path: Path):
    report = write(tmp_path, rows=[])
    settings = (report / "report.toml").read_text(encoding="utf-8")
    settings = settings.replace("../catalogue.json", str(ROOT / "catalogue.json"))
    (report / "report.toml").write_text(settings, encoding="utf-8")
    made = board(report)
    assert len(made.measures) == 96
    assert status(made, "p01-05").departments == ("保育課", "保育計画調整課")
    assert set(states(made).values()) == {DepartmentState.UNREPORTED}


# --- what is wrong ---------------------------------------------------------------


def test_errors_are_told_and_keep_nothing_else_from_being_shown(tmp_path: Path):
    report = write(tmp_path)
    before = files_in(report)
    made = board(report)
    (error,) = made.errors
    assert (error.measure_id, error.department) == ("tablets", "学務課")
    assert status(made, "tablets").problems == (error,)
    assert status(made, "tablets").mark is None
    assert sum(marks(made).values()) == len(made.measures) - 2  # the survey, and what is refused
    assert files_in(report) == before


def test_a_row_with_another_id_is_still_found_by_its_name(tmp_path: Path):
    rows = half_reported()
    row = next(row for row in rows if (row[0], row[2]) == ("crime", 2021))
    row[0], row[1] = "cr1me", "犯罪件数"
    made = board_of(tmp_path, rows=rows)
    assert status(made, "crime").state is MeasureState.REFUSED
    assert [each.what for each in status(made, "crime").problems] == [
        "記号が「cr1me」の指標は、計画にありません。"
    ]


def test_a_row_of_nothing_in_the_plan_is_its_departments(tmp_path: Path):
    rows = [*half_reported(), ["nobody", "知らない指標", 2021, "8件", None, None, None, "企画課"]]
    made = board_of(tmp_path, rows=rows)
    (department,) = [each for each in made.departments if each.name == "企画課"]
    assert [each.measure_id for each in department.problems] == [""]
    assert department.state is DepartmentState.REFUSED


def test_two_rows_for_one_year_are_refused(tmp_path: Path):
    rows = [*half_reported(), ["crime", None, 2021, "1,111件", None, None, None, "相談課"]]
    assert status(board_of(tmp_path, rows=rows), "crime").state is MeasureState.REFUSED


def test_an_override_with_an_unknown_mark_refuses_its_measure(tmp_path: Path):
    report = write_review(tmp_path, overrides=[["crime", None, 2021, "☆", "理由。"]])
    made = board(report)
    assert status(made, "crime").state is MeasureState.REFUSED
    assert status(made, "visits").mark is not None


def test_an_override_is_the_mark_to_come(tmp_path: Path):
    report = write_review(tmp_path, overrides=[["crime", None, 2021, "○", "理由。"]])
    found = status(board(report), "crime")
    assert found.mark is not None
    assert (found.mark.symbol, found.reason, found.is_overridden) == ("○", "理由。", True)


def test_what_is_odd_is_told_until_it_is_accepted(tmp_path: Path):
    made = board_of(tmp_path)
    assert {each.id for each in made.measures if each.is_doubtful} == {*ODD}
    assert {each.measure_id for each in made.warnings if each.measure_id} == {*ODD}
    assert all(each.severity is Severity.WARNING for each in made.warnings)
    assert status(made, "visits").mark is not None
    accepted = board_of(tmp_path, review='accept = ["visits"]')
    assert states(accepted)[HEALTH] is DepartmentState.DONE


def test_a_faulty_scheme_leaves_the_reports_to_be_shown(tmp_path: Path):
    report = write_review(tmp_path, evaluation='scheme = "tokyo"')
    made = board(report)
    assert [each.place for each in made.errors] == ["evaluation.scheme"]
    assert made.marks is None
    assert {each.mark for each in made.measures} == {None}
    assert status(made, "crime").state is MeasureState.REPORTED


# --- a revised plan --------------------------------------------------------------


def revised(folder: Path, *more: list[object]) -> Board:
    rows = [*small_rows(2022, REVISED_FIGURES), *more]
    return board(write_review(folder, 2022, plan=REVISED, rows=rows))


def test_the_plan_in_force_is_asked_for(tmp_path: Path):
    made = revised(tmp_path)
    found = {each.id for each in made.measures}
    assert {"queue", "bed-a1", "bed-a2"} < found
    assert not {"keep", "tablets", "bed-a"} & found
    assert status(made, "share").name == "入所を希望した児童の受入率"
    assert status(made, "most").target == "20.8％以下"
    assert made.errors == ()


def test_a_part_goes_on_with_the_wholes_actuals(tmp_path: Path):
    made = revised(tmp_path)
    assert status(made, "bed-a1").previous == "350床"
    assert status(made, "bed-a2").previous == ""


def test_a_row_that_was_ended_is_its_departments_problem(tmp_path: Path):
    made = revised(tmp_path, ["keep", None, 2022, "年間190人", None, None, None, "企画課"])
    assert "keep" not in [each.id for each in made.measures]
    (department,) = [each for each in made.departments if each.name == "企画課"]
    assert [each.measure_id for each in department.problems] == ["keep"]
    assert department.state is DepartmentState.REFUSED


# --- what came back --------------------------------------------------------------


def test_what_came_back_is_waiting_until_it_is_taken_in(tmp_path: Path):
    report = write(tmp_path, rows=[row for row in half_reported() if row[4] != "完了"])
    assert board(report).waiting == ()
    (form, *_) = kpireport.hand_out(report, departments=["相談課"])
    answer = report / "inbox" / "相談課から.xlsx"
    answer.write_bytes(form.path.read_bytes())
    (answer.parent / "~$相談課から.xlsx").write_bytes(b"")
    made = board(report)
    assert made.waiting == (answer,)
    assert "返ってきたブックのうち１件は、まだ取り込んでいません" in facts(made)
    kpireport.collect(report)
    assert board(report).waiting == ()
    (report / "received" / "register.json").write_text("{", encoding="utf-8")
    assert board(report).waiting == ()  # collect says what is the matter


# --- where there is nothing to show ----------------------------------------------


def test_no_actuals_no_board(tmp_path: Path):
    report = write(tmp_path)
    (report / "actuals.xlsx").unlink()
    with pytest.raises(InputError, match="実績のファイルがありません"):
        board(report)


def test_a_year_that_is_none_of_the_plans(tmp_path: Path):
    report = write_review(tmp_path, 2030, rows=small_rows(2021))
    with pytest.raises(InputError, match="令和12年度（2030）は、計画の年度ではありません"):
        board(report)


def test_the_plan_edition_has_none(tmp_path: Path):
    with pytest.raises(InputError, match="実績版ではないので"):
        kpireport.board(write_report(tmp_path))


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_the_samples_are_complete(year: int):
    made = board(ROOT / "reports" / str(year))
    assert made.is_complete
    assert len(made.departments) == 33
    assert made.marks
    assert made.marks.indicators.total == 96


def test_units_and_years_targets_have_columns_where_there_are_any(tmp_path: Path):
    made = board_of(tmp_path)
    plain = [column.title for column in measure_grid(made).columns]
    first = replace(made.measures[0], unit="人", aim="12人")
    grid = measure_grid(replace(made, measures=(first, *made.measures[1:])))
    titles = [column.title for column in grid.columns]
    assert [each for each in titles if each not in plain] == ["単位", "令和３年度の目標"]
    assert grid.lines[0].data[titles.index("単位")] == "人"
    assert grid.lines[0].data[titles.index("令和３年度の目標")] == "12人"
    assert {len(line.data) for line in grid.lines} == {len(titles)}


def test_the_goal_and_sections_have_columns_where_there_are_sections(tmp_path: Path):
    made = board(write_layered(tmp_path, layered_data("heading", "column", "column", "column")))
    assert made.levels == ("基本目標", "基本施策", "施策分野")
    grid = measure_grid(made)
    titles = [each.title for each in grid.columns]
    assert titles[2:6] == ["基本目標", "基本施策", "施策分野", "個別施策"]
    lines = {str(line.data[0]): line.data[2:6] for line in grid.lines}
    goal = "Ⅰ　しごとをつくり、安心して働けるようにする"
    assert lines["jobs"] == (goal, "", "", "数値目標（Ⅰ）")
    section = "１　地域に根ざした産業を育てる"
    assert lines["starts"] == (goal, section, "（２）　商工業", "Ⅰ １（２）①")
    assert f"<td>{section}</td>" in write_page(made).decode("utf-8")


def test_a_plan_without_sections_has_no_such_columns(tmp_path: Path):
    made = board_of(tmp_path)
    assert made.levels == ()
    assert "基本目標" not in [each.title for each in measure_grid(made).columns]
