"""What is typed into a row of the report's workbook: read, judged and written as by Excel."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.collection import TypedRow, ValueBook, write_values
from kpireport.domain.actuals import Actual
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError, OutputError
from kpireport.reports import Report
from tests.collection.answering import asked, by_hand
from tests.documents import ROOT
from tests.own_comments import with_own_columns
from tests.review_reports import FIGURES, small_rows, write_review

YEAR = FiscalYear(2021)
VALUES, COMMENTS, OVERRIDES = "実績", "計画コメント", "評価の修正"


def report_of(folder: Path, rows: list[list[Any]] | None = None, **more: Any) -> Path:
    return write_review(folder, rows=small_rows(2021) if rows is None else rows, **more)


def opened(report: Path) -> ValueBook:
    return ValueBook(Report.open(report))


def typed(id_: str, sheet: str = VALUES, **texts: str) -> TypedRow:
    return TypedRow(sheet, id_, texts)


def cells(report: Path, sheet: str = VALUES) -> dict[str, list[Any]]:
    """The cells of a sheet by their row's id and year."""
    page = load_workbook(report / "actuals.xlsx")[sheet]
    return {
        f"{row[0].value}/{row[2].value}": [cell.value for cell in row[3:]]
        for row in page.iter_rows(min_row=2)
    }


def fact(report: Path, id_: str) -> Actual | None:
    return Report.open(report).sound().actuals.find(id_, YEAR)


# --- read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "texts"),
    [
        ("share", {"実績": "九割"}),
        ("share", {"実績": "98人"}),
        ("share", {"実績": "0.98"}),
        ("share", {"実績": "98％", "報告できない理由": "集計中"}),
        ("tablets", {"実績": "配備"}),
        ("tablets", {"実績": "配備", "進捗状況": "完了"}),
        ("two", {"実績": "181所\u202e"}),
        ("keep", {"実績": "あ" * 300}),
        ("most", {"コメント": "い" * 3_000}),
    ],
)
def test_what_is_wrong_is_told_as_the_workbook_is_told(
    tmp_path: Path, id_: str, texts: dict[str, str]
) -> None:
    rows = [row for row in small_rows(2021) if (row[0], row[2]) != (id_, 2021)]
    blank = [id_, None, 2021, None, None, None, None, "企画課"]
    titles = ("実績", "進捗状況", "報告できない理由", "コメント")
    written = [id_, None, 2021, *(texts.get(title) for title in titles), "企画課"]
    there = Report.open(report_of(tmp_path / "there", [*rows, written]))
    assert there.read is not None
    expected = {(each.place, each.what, each.remedy) for each in there.read.findings.errors}
    book = opened(report_of(tmp_path / "typed", [*rows, blank]))
    found = book.read(TypedRow(VALUES, id_, texts))
    got = {(each.place, each.what, each.remedy) for each in found.errors}
    assert expected
    assert expected <= got
    assert all(place in {each[0] for each in expected} for place, *_ in got)


def test_every_row_as_it_is_says_what_the_report_says(tmp_path: Path) -> None:
    report = Report.open(report_of(tmp_path)).sound()
    book = ValueBook(report)
    evaluation = report.evaluation
    assert evaluation is not None
    for measure in report.plan.measures():
        found = book.read(TypedRow(VALUES, measure.id, {}))
        assert not found.changed
        known = report.actuals.find(measure.id, YEAR)
        if known:
            assert found.fact == known
        assert book.judged(found) == evaluation.find(measure.id)


@pytest.mark.parametrize(
    "name", ["towns/ichohara/2017", "towns/kirarazawa/2023", "towns/muginohara/2023"]
)
def test_plans_of_any_kind_are_judged_row_by_row_as_all_at_once(name: str) -> None:
    report = Report.open(ROOT / "reports" / name).sound()
    book, evaluation = ValueBook(report), report.evaluation
    assert evaluation is not None
    for measure in report.plan.measures():
        found = book.read(TypedRow(VALUES, measure.id, {}))
        assert book.judged(found) == evaluation.find(measure.id)
        again = book.read(TypedRow(VALUES, measure.id, found.now))
        assert (again.changed, again.fact) == ({}, found.fact)


def test_doubts_are_those_of_the_workbook(tmp_path: Path) -> None:
    figures = {**FIGURES, "visits": ("10,000件", "120,000件")}
    there = Report.open(report_of(tmp_path / "there", small_rows(2021, figures)))
    book = opened(report_of(tmp_path / "typed"))
    assert there.read is not None
    expected = {each.what for each in there.read.findings.warnings if each.measure_id == "visits"}
    assert expected
    found = book.read(typed("visits", 実績="120,000件"))
    assert {each.what for each in found.problems} == expected


def test_a_mark_follows_what_is_typed(tmp_path: Path) -> None:
    book = opened(report_of(tmp_path))
    now = book.judged(book.read(typed("share")))
    then = book.judged(book.read(typed("share", 実績="100％")))
    assert now is not None
    assert then is not None
    assert then.mark.symbol == "◎"
    assert then.mark != now.mark
    assert book.judged(book.read(typed("share", 実績="百"))) is None


def test_a_mark_that_a_person_sets_stands(tmp_path: Path) -> None:
    book = opened(report_of(tmp_path))
    set_ = book.read(typed("share", OVERRIDES, 評価="×", 修正の理由="数え直すため"))
    judged = book.judged(book.read(typed("share")), set_)
    assert judged is not None
    assert (judged.mark.symbol, judged.is_overridden) == ("×", True)


# --- written ---------------------------------------------------------------------


def test_only_the_cells_that_differ_are_written(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    before = cells(report)
    assert write_values(report, [typed("share", 実績="98.9％", コメント="確定しました")])
    after = cells(report)
    assert after["share/2021"][0] == "98.9％"
    assert after["share/2021"][3] == "確定しました"
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {"share/2021"}
    assert fact(report, "share") == opened(report).read(typed("share")).fact


def test_what_is_the_same_changes_no_byte(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    before = (report / "actuals.xlsx").read_bytes()
    assert not write_values(report, [typed("share", 実績="98.6％", コメント="")])
    assert (report / "actuals.xlsx").read_bytes() == before


def test_it_is_written_as_collect_writes_it(tmp_path: Path) -> None:
    answers: dict[str, dict[str, Any]] = {
        "share": {"実績": 98.4},
        "two": {"実績": "178所（定員15,300人）"},
    }
    collected = asked(tmp_path / "collected")
    collected.answer("保育課", answers)
    assert collected.collect().changes
    other = asked(tmp_path / "typed")
    rows = [TypedRow(VALUES, id_, {"実績": str(each["実績"])}) for id_, each in answers.items()]
    assert write_values(other.report, rows)
    assert cells(other.report) == cells(collected.report)
    for id_ in answers:
        assert other.fact(id_) == collected.fact(id_)


def test_a_number_stays_one_and_a_percentage_too(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    path = report / "actuals.xlsx"
    book = load_workbook(path)
    page = book[VALUES]
    for row in page.iter_rows(min_row=2):
        if (row[0].value, row[2].value) == ("share", 2021):
            row[3].value, row[3].number_format = 0.986, "0.0%"
        if (row[0].value, row[2].value) == ("keep", 2021):
            row[3].value, row[3].number_format = 179, "#,##0"
    book.save(path)
    write_values(report, [typed("share", 実績="99.1"), typed("keep", 実績="1,180")])
    assert cells(report)["share/2021"][0] == pytest.approx(0.991)
    assert cells(report)["keep/2021"][0] == 1180
    shown = {id_: opened(report).read(typed(id_)).now["実績"] for id_ in ("share", "keep")}
    assert shown == {"share": "99.1％", "keep": "1,180"}


def test_digits_that_the_cell_would_hide_are_written_in_words(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    book = load_workbook(report / "actuals.xlsx")
    for row in book[VALUES].iter_rows(min_row=2):
        if (row[0].value, row[2].value) == ("share", 2021):
            row[3].value, row[3].number_format = 98.6, "0"
    book.save(report / "actuals.xlsx")
    write_values(report, [typed("share", 実績="98.74")])
    assert cells(report)["share/2021"][0] == "98.74"
    found = fact(report, "share")
    assert found is not None
    assert found.value is not None
    assert found.value.text == "98.74％"


def test_a_row_that_is_not_there_is_added(tmp_path: Path) -> None:
    rows = [row for row in small_rows(2021) if (row[0], row[2]) != ("calls", 2021)]
    report = report_of(tmp_path, rows)
    write_values(report, [typed("calls", 実績="6,900件")])
    found = fact(report, "calls")
    assert found is not None
    assert found.value is not None
    assert found.value.text == "6,900件"


def test_comments_and_overrides_are_written(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    rows = [
        TypedRow(COMMENTS, "p1", {"主な取組": "増設しました。\r\n定員も増やしました。"}),
        TypedRow(OVERRIDES, "share", {"評価": "△", "修正の理由": "数え直したため"}),
    ]
    assert write_values(report, rows)
    read = Report.open(report).sound()
    comment = read.actuals.find_comment("p1", YEAR)
    assert comment is not None
    assert comment.text("initiatives") == "増設しました。\n定員も増やしました。"
    assert [each.mark for each in read.actuals.overrides] == ["△"]
    assert read.evaluation is not None
    assert read.evaluation.find("share").mark.symbol == "△"
    assert write_values(report, [TypedRow(COMMENTS, "p1", {"主な取組": ""})])
    assert write_values(report, [TypedRow(OVERRIDES, "share", {"評価": "", "修正の理由": ""})])
    after = Report.open(report).sound().actuals
    assert (after.find_comment("p1", YEAR), after.overrides) == (None, ())


def test_a_mark_is_set_in_a_row_that_waits_for_it(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    book = load_workbook(report / "actuals.xlsx")
    for _ in range(3):
        book[OVERRIDES].append([None, None, 2021])
    book.save(report / "actuals.xlsx")
    write_values(report, [typed("share", OVERRIDES, 評価="△", 修正の理由="数え直したため")])
    page = load_workbook(report / "actuals.xlsx")[OVERRIDES]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert rows[0] == ["share", "受入率", 2021, "△", "数え直したため"]
    assert len(rows) == 3


def test_comment_columns_of_the_plans_own(tmp_path: Path) -> None:
    report = with_own_columns(report_of(tmp_path))
    with pytest.raises(InputError, match="選択肢にありません"):
        write_values(report, [TypedRow(COMMENTS, "p1", {"今後の方針": "廃止"})])
    write_values(report, [TypedRow(COMMENTS, "p1", {"今後の方針": "継続"})])
    comment = Report.open(report).sound().actuals.find_comment("p1", YEAR)
    assert comment is not None
    assert comment.text("policy") == "継続"


def test_an_error_elsewhere_keeps_no_row_from_being_mended(tmp_path: Path) -> None:
    rows = small_rows(2021)
    for row in rows:
        if row[2] == 2021 and row[0] in ("share", "two"):
            row[3] = "不明"
    report = report_of(tmp_path, rows)
    assert write_values(report, [typed("share", 実績="98.5％")])
    read = Report.open(report).read
    assert read is not None
    assert {each.measure_id for each in read.findings.errors} == {"two"}
    assert write_values(report, [typed("two", 実績="177所")])
    assert Report.open(report).sound().actuals.find("two", YEAR)


# --- refused ---------------------------------------------------------------------


def test_of_several_rows_none_is_written_where_one_is_wrong(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    before = (report / "actuals.xlsx").read_bytes()
    with pytest.raises(InputError) as caught:
        write_values(report, [typed("share", 実績="98.9％"), typed("two", 実績="多数")])
    (problem,) = caught.value.problems
    assert problem.place.startswith("実績!D")
    assert (report / "actuals.xlsx").read_bytes() == before


def test_what_somebody_wrote_meanwhile_is_told_with_both_texts(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    seen = opened(report).read(typed("share")).now
    by_hand(report / "actuals.xlsx", "share", "実績", "97％")
    row = TypedRow(VALUES, "share", {"実績": "99％"}, seen)
    with pytest.raises(InputError) as caught:
        write_values(report, [row])
    (problem,) = caught.value.problems
    assert "「97％」" in problem.what
    assert "「99％」" in problem.what
    assert cells(report)["share/2021"][0] == "97％"


def test_another_row_that_was_changed_meanwhile_stays(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    seen = opened(report).read(typed("share")).now
    by_hand(report / "actuals.xlsx", "two", "実績", "177所")
    assert write_values(report, [TypedRow(VALUES, "share", {"実績": "99％"}, seen)])
    assert cells(report)["two/2021"][0] == "177所"
    assert cells(report)["share/2021"][0] == "99％"


def test_a_file_that_was_saved_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    book = opened(report)
    book.read(typed("share"))
    by_hand(report / "actuals.xlsx", "two", "実績", "177所")
    saved = (report / "actuals.xlsx").read_bytes()
    with pytest.raises(OutputError, match="書き換えました"):
        book.write([typed("share", 実績="99％")])
    assert (report / "actuals.xlsx").read_bytes() == saved


def test_a_workbook_that_is_open_in_excel_is_left_alone(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    before = (report / "actuals.xlsx").read_bytes()
    (report / "~$actuals.xlsx").write_bytes(b"")
    with pytest.raises(OutputError, match="Excel で開かれている"):
        write_values(report, [typed("share", 実績="99％")])
    assert (report / "actuals.xlsx").read_bytes() == before


def test_a_formula_is_not_written_over(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    book = load_workbook(report / "actuals.xlsx")
    for row in book[VALUES].iter_rows(min_row=2):
        if (row[0].value, row[2].value) == ("keep", 2021):
            row[3].value = "=100+79"
    book.save(report / "actuals.xlsx")
    with pytest.raises(InputError, match="数式"):
        write_values(report, [typed("keep", 実績="年間180人")])


def test_a_column_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    book = load_workbook(report / "actuals.xlsx")
    book[VALUES].delete_cols(7)
    book.save(report / "actuals.xlsx")
    with pytest.raises(InputError, match="見出し「コメント」の列がありません"):
        write_values(report, [typed("keep", コメント="減りました")])


def test_columns_that_nobody_types_into_are_passed_over(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    assert not write_values(report, [TypedRow(VALUES, "keep", {"記号": "two", "年度": "2020"})])


def test_a_text_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    write_values(report, [typed("keep", コメント="=1+1")])
    with zipfile.ZipFile(report / "actuals.xlsx") as package:
        sheets = b"".join(package.read(name) for name in package.namelist() if "sheet" in name)
    assert b"<f>" not in sheets
    found = fact(report, "keep")
    assert found is not None
    assert found.comment == "=1+1"


def test_a_report_of_csv_files_is_told_what_to_do(tmp_path: Path) -> None:
    report = report_of(tmp_path, review='actuals = "actuals.csv"')
    with pytest.raises(InputError, match="Excelのブック"):
        opened(report)
