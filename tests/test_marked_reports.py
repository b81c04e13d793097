"""Reports whose marks people choose, and of values alone, from the inputs to the files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from kpireport.reports import Report
from kpireport.status import board
from kpireport.status.grids import mark_grid, measure_grid
from tests.collection.answering import Asked, asked, told
from tests.collection.handing_out import rows_of
from tests.comparing.helpers import differences
from tests.marked_reports import CHOICES, CHOSEN, MARKS, NONE, with_marks, write_marked
from tests.reports import files_in
from tests.review_reports import small_rows, write_review
from tests.sources.workbooks import TITLES

OVERRIDES = [["bed-a", None, 2021, "○", "開院のときに一度に増えるため。"]]


def findings_of(report: Path) -> tuple[list[str], list[str]]:
    """The errors and warnings about marks: ``place: what``."""
    found = Report.open(report).inspected().findings
    return tuple(  # type: ignore[return-value]
        [f"{each.place}: {each.what}" for each in problems if "評価" in each.what]
        for problems in (found.errors, found.warnings)
    )


def mark_of(report: Path, id_: str) -> str:
    evaluation = Report.open(report).evaluation
    assert evaluation is not None
    return evaluation.find(id_).mark.label


# --- reading ---------------------------------------------------------------------


@pytest.mark.parametrize("written", ["A", "Ａ", "順調", "A 順調", "Ａ　順調"])
def test_a_mark_is_its_symbol_its_word_or_both(written: str, tmp_path: Path):
    assert mark_of(write_marked(tmp_path, {"share": written}), "share") == "A 順調"


def test_an_unknown_mark_is_told_with_its_place_and_the_list(tmp_path: Path):
    report = write_marked(tmp_path, CHOSEN | {"share": "S", "two": "未評価"})
    errors, _ = findings_of(report)

    assert [each.partition(": ")[2] for each in errors] == [
        "「S」という評価はありません。",
        "「未評価」という評価はありません。",
    ]
    assert all(each.startswith("実績!I") for each in errors)
    (first, _) = Report.open(report).inspected().findings.errors
    assert first.remedy == f"次のどれかを選んでください：{'、'.join(CHOICES)}。"


def test_a_value_without_a_mark_is_asked_about_and_none_yet_is_not(tmp_path: Path):
    rows = [["share", None, 2021, "98％", None, None, None, "課"], ["two", None, 2021, "―"]]
    _, warnings = findings_of(write_marked(tmp_path, {}, rows=rows))

    assert warnings == ["実績!I2: 実績があるのに、評価がありません。未評価とします。"]


def test_a_workbook_without_the_column_is_asked_about_once(tmp_path: Path):
    _, warnings = findings_of(write_review(tmp_path, evaluation=MARKS))

    assert warnings == ["実績: 見出し「評価」の列がないので、すべて未評価とします。"]


def test_a_csv_has_the_column_too(tmp_path: Path):
    report = write_review(tmp_path, evaluation=MARKS, review='actuals = "actuals.csv"')
    with (report / "actuals.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow((*TITLES, "評価"))
        writer.writerow(("share", "", 2021, "98％", "", "", "", "課", "C"))

    assert mark_of(report, "share") == "C 遅れ"


def test_marks_of_an_earlier_years_list_do_not_keep_this_year_from_being_built(tmp_path: Path):
    report = with_marks(write_marked(tmp_path), {"share": "優"}, year=2020)
    book = load_workbook(report / "actuals.xlsx")
    sheet = book["実績"]
    (row,) = [
        row
        for row in range(2, sheet.max_row + 1)
        if (sheet.cell(row, 1).value, sheet.cell(row, 3).value) == ("share", 2020)
    ]
    sheet.cell(row, 9, "優")
    sheet.delete_cols(10)
    book.save(report / "actuals.xlsx")

    errors, warnings = findings_of(report)
    assert not errors
    assert any(
        "「優」は、この報告書の評価にないので、未評価とします。" in each for each in warnings
    )


@pytest.mark.parametrize("evaluation", [MARKS, NONE])
def test_overrides_are_not_used_and_their_sheet_is_not_needed(evaluation: str, tmp_path: Path):
    report = write_review(tmp_path, evaluation=evaluation, overrides=OVERRIDES)
    errors, warnings = findings_of(report)
    assert not errors
    assert "評価の修正!D2: 評価を計算しない報告書なので、評価の修正は使いません。" in warnings

    book = load_workbook(report / "actuals.xlsx")
    del book["評価の修正"]
    book.save(report / "actuals.xlsx")
    errors, warnings = findings_of(report)
    assert not any("評価の修正" in each for each in (*errors, *warnings))


def test_rules_do_not_read_the_column(tmp_path: Path):
    report = with_marks(write_review(tmp_path), {"share": "何か"})

    assert findings_of(report)[0] == []
    assert mark_of(report, "share") == "△ やや遅れ"


# --- handing out and taking in ---------------------------------------------------


def given(folder: Path) -> Asked:
    """A report whose departments choose marks, and whose sheets have been handed out."""
    out = asked(folder, evaluation=MARKS)
    with_marks(out.report, {}, year=2020)
    return out


def test_sheets_ask_for_a_mark_from_the_list_and_only_where_people_choose(tmp_path: Path):
    sheet = load_workbook(given(tmp_path / "given").handed["保育課"])["実績"]
    lists = [each.formula1 for each in sheet.data_validations.dataValidation]
    assert f'"{",".join(CHOICES)}"' in lists

    for name, evaluation in (("none", NONE), ("rules", "")):
        other = asked(tmp_path / name, evaluation=evaluation).handed["保育課"]
        assert "評価" not in rows_of(load_workbook(other)["実績"])[0]


def test_marks_come_back_are_checked_and_corrected(tmp_path: Path):
    out = given(tmp_path)
    out.answer("保育課", {"share": {"実績": 98, "評価": "B やや遅れ"}, "two": {"評価": "Z"}})
    collected = out.collect()
    assert any("「Z」という評価はありません。" in each for each in told(collected))
    assert out.fact("share").mark == "B やや遅れ"  # type: ignore[union-attr]

    out.answer("保育課", {"share": {"実績": 98, "評価": "A 順調"}}, name="直し.xlsx")
    (out.inbox / "保育課.xlsx").unlink()
    out.collect()
    assert out.fact("share").mark == "A 順調"  # type: ignore[union-attr]


def test_a_workbook_without_the_column_cannot_take_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = asked(tmp_path, evaluation=MARKS)
    out.answer("保育課", {"share": {"実績": 98, "評価": "A 順調"}})

    assert main(["collect", str(out.report)]) == 2
    assert "見出し「評価」の列を加えてください。" in capsys.readouterr().err


def test_the_next_year_is_begun_with_the_column(tmp_path: Path):
    report = write_marked(tmp_path)

    assert main(["new", "2022", "--folder", str(report.parent)]) == 0
    book = load_workbook(tmp_path / "2022" / "actuals.xlsx")
    assert "評価" in [cell.value for cell in book["実績"][1]]
    assert "評価の修正" not in book.sheetnames


# --- the board, comparing --------------------------------------------------------


def test_the_board_counts_marks_where_there_are_any(tmp_path: Path):
    marked = board(write_marked(tmp_path / "given"))
    values = board(write_review(tmp_path / "none", evaluation=NONE))

    grid = mark_grid(marked)
    assert grid is not None
    assert grid.columns[1].title == "A 順調"
    titles = [column.title for column in measure_grid(marked).columns]
    assert titles[-2:] == ["評価の見込み", "備考"]
    assert mark_grid(values) is None
    assert not any("評価" in column.title for column in measure_grid(values).columns)


def test_another_mark_is_one_difference_and_it_was_reported(tmp_path: Path):
    old = write_marked(tmp_path / "old")
    new = write_marked(tmp_path / "new", CHOSEN | {"share": "C"})

    assert differences(old, new) == [
        ("変更", "share", "評価（令和３年度）", "A 順調", "C 遅れ"),
    ]


# --- whole reports ---------------------------------------------------------------


@pytest.mark.parametrize("command", [["build"], ["build", "--digest"], ["check"]])
@pytest.mark.parametrize("kind", ["none", "given"])
def test_commands_end_well(kind: str, command: list[str], tmp_path: Path):
    rows = small_rows(2021)
    report = (
        write_review(tmp_path, evaluation=NONE, rows=rows)
        if kind == "none"
        else write_marked(tmp_path, rows=rows)
    )
    settings = report / "report.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('name = "実績"', 'name = "実績"\nformats = ["docx", "pdf", "xlsx"]')
    settings.write_text(text, encoding="utf-8")
    name, *options = command
    assert main([name, str(report), *options]) == 0


def test_bad_schemes_are_told_at_once_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = write_review(
        tmp_path,
        evaluation='scheme = "given"\nmarks = [{ symbol = "A", level = "good" }, '
        '{ symbol = "B" }, { symbol = "Ｂ" }]',
    )
    before = files_in(report)

    assert main(["build", str(report)]) == 2
    said = capsys.readouterr().err
    assert "evaluation.marks[0].level" in said
    assert "evaluation.marks[2]" in said
    assert files_in(report) == before
