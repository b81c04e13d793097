"""A plan's own comment columns, from the sheets handed out to the document and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from kpireport.collection import hand_out
from kpireport.comparing import compare
from kpireport.document.blocks import Cell, Table
from kpireport.document.walk import visible_texts
from kpireport.domain.actuals import PlanComment
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError
from kpireport.reports import Report
from tests.collection.answering import HOIKU, KIKAKU, Asked, asked, by_hand
from tests.collection.handing_out import titles_of
from tests.comparing.helpers import told
from tests.own_comments import COLUMNS, with_own_columns
from tests.pulling.edited import (
    control,
    controls,
    edited,
    find_text,
    pulled,
    refused,
    word_of,
    write,
    write_into,
)
from tests.review_reports import cell_text

YEAR = FiscalYear(2021)
ROWS = [
    ["p1", None, 2021, "増設しました。", "土地がない。", "継続"],
    ["p3", None, 2021, "広げました。", None, "中止"],
]


def own(folder: Path, rows: list[list[Any]] = ROWS, **options: Any) -> Path:
    return with_own_columns(write(folder, comments=(), **options), rows)


def comment_rows(report: Path) -> list[list[str]]:
    tables = (each for each in Report.open(report).document.blocks() if isinstance(each, Table))
    cells = [[cell_text(cell) for cell in row.cells] for table in tables for row in table.rows]
    return [row for row in cells if row[0].startswith("事業の成果")]


def choice_table(report: Path) -> list[list[str]]:
    title = "今後の方針（戦略計画の数）"
    tables = (each for each in Report.open(report).document.blocks() if isinstance(each, Table))
    table = next(each for each in tables if each.title == title)
    return [[_plain(cell) for cell in row.cells] for row in (*table.header_rows, *table.rows)]


def _plain(cell: Cell) -> str:
    return cell_text(cell).replace(" / ", "")


# --- read and printed ------------------------------------------------------------


def test_comments_are_printed_under_the_plans_own_headings(tmp_path: Path) -> None:
    assert comment_rows(own(tmp_path))[0] == [
        *("事業の成果 / 増設しました。", "現状と課題 / 土地がない。", "今後の方針 / 継続")
    ]


def test_a_plan_that_asks_for_no_comments_prints_none(tmp_path: Path) -> None:
    report = with_own_columns(write(tmp_path, comments=()), [], [])
    texts = [text for _, text in visible_texts(Report.open(report).document)]
    assert not any("主な取組" in text or "コメント" in text for text in texts)


def test_a_draft_has_a_place_for_what_nobody_has_said(tmp_path: Path) -> None:
    rows = [["p1", None, 2021, "増設しました。", None, None]]
    assert comment_rows(own(tmp_path, rows))[0] == [
        *("事業の成果 / 増設しました。", "現状と課題 / （未記入）", "今後の方針 / （未記入）")
    ]


def test_choices_are_counted_by_goal(tmp_path: Path) -> None:
    head, *goals, total = choice_table(own(tmp_path))
    assert head[1:] == ["発展", "継続", "中止", "未記入", "計"]
    assert [sum(int(row[n]) for row in goals) for n in range(1, 6)] == list(map(int, total[1:]))
    assert total[1:4] == ["０", "１", "１"]
    assert int(total[5]) == sum(map(int, total[1:5]))


def test_a_choice_that_nobody_has_made_is_not_counted(tmp_path: Path) -> None:
    report = own(tmp_path, [["p1", None, 2021, "増設しました。", None, None]])
    with pytest.raises(StopIteration):
        choice_table(report)


def test_a_word_that_is_no_choice_is_refused_with_the_list(tmp_path: Path) -> None:
    rows = [["p1", None, 2021, "した。", None, "終了"], ["p3", None, 2021, None, None, " 継 続 "]]
    report = Report.open(own(tmp_path, rows))
    assert report.read is not None
    (error,) = report.findings.errors
    assert (error.place, error.what) == (
        "計画コメント!F2",
        "「終了」は、「今後の方針」の選択肢にありません。",
    )
    assert error.remedy == (
        "「発展」、「継続」、「中止」のどれかを選んでください。"
        "計画で言葉を改めたのなら、計画のファイルのその選択肢に former（以前の言葉）を書きます。"
    )
    (comment,) = (each for each in report.read.actuals.comments if each.plan_id == "p3")
    assert comment.text("policy") == "継続"


def test_another_plans_headings_are_refused_all_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = own(tmp_path)
    sheet = (book := load_workbook(report / "actuals.xlsx"))["計画コメント"]
    for column, title in zip("DEF", ("主な取組", "課題", "今後の方向"), strict=True):
        sheet[f"{column}1"] = title
    book.save(report / "actuals.xlsx")
    assert main(["build", str(report)]) == 2
    said = capsys.readouterr().err
    assert all(f"見出し「{each['label']}」の列がありません。" in said for each in COLUMNS)
    assert not (report / "out").exists()


def test_an_earlier_report_may_have_been_asked_other_things(tmp_path: Path) -> None:
    earlier = write(tmp_path / "old", comments=[["p1", None, 2020, "した。", "土地。", None]])
    report = own(tmp_path / "new")
    settings = (report / "report.toml").read_text("utf-8")
    assert "[review]" in settings
    settings = settings.replace("[review]", f'[review]\nearlier = ["{earlier}/actuals.xlsx"]', 1)
    (report / "report.toml").write_text(settings, encoding="utf-8")
    opened = Report.open(report)
    assert opened.review_settings.earlier == (earlier / "actuals.xlsx",)
    assert opened.read is not None
    assert not [each for each in opened.read.findings.errors if "見出し" in each.what]


# --- handed out and taken in -----------------------------------------------------


def asked_for_own(folder: Path) -> Asked:
    case = asked(folder)
    with_own_columns(case.report, [])
    handed = hand_out(case.report, output=folder / "own")
    return Asked(case.report, {each.department: each.path for each in handed})


def comment_of(case: Asked, plan: str = "p1") -> PlanComment | None:
    return Report.open(case.report).actuals.find_comment(plan, YEAR)


def test_a_plan_may_ask_for_no_comments(tmp_path: Path) -> None:
    folder = asked(tmp_path).report
    report = with_own_columns(folder, [], [])
    handed = {each.department: each.path for each in hand_out(report, output=tmp_path / "own")}
    sheet = load_workbook(handed[HOIKU])["計画コメント"]
    assert [cell.value for cell in sheet[3]] == ["記号", "戦略計画", "年度"]
    assert sheet.max_row == 3


def test_sheets_have_the_columns_and_a_list_to_choose_from(tmp_path: Path) -> None:
    sheet = load_workbook(asked_for_own(tmp_path).handed[HOIKU])["計画コメント"]
    titles = titles_of(sheet)
    assert [title for title in titles if title in [each["label"] for each in COLUMNS]] == [
        each["label"] for each in COLUMNS
    ]
    cell = sheet.cell(4, titles["今後の方針"]).coordinate
    (rule,) = (each for each in sheet.data_validations.dataValidation if cell in each.sqref)
    assert (rule.type, rule.formula1) == ("list", '"発展,継続,中止"')


def test_answers_are_taken_in_and_one_choice_is_made(tmp_path: Path) -> None:
    case = asked_for_own(tmp_path)
    case.answer(HOIKU, {"p1": {"事業の成果": "増設した。", "今後の方針": "継続"}})
    case.answer(KIKAKU, {"p1": {"事業の成果": "調整した。", "今後の方針": "継続"}})
    assert case.collect().errors == ()
    comment = comment_of(case)
    assert comment is not None
    assert comment.text("policy") == "継続"
    assert comment.text("results") == "（保育課）増設した。\n（企画課）調整した。"


def test_departments_that_choose_differently_are_asked(tmp_path: Path) -> None:
    case = asked_for_own(tmp_path)
    case.answer(HOIKU, {"p1": {"今後の方針": "継続", "現状と課題": "土地"}})
    case.answer(KIKAKU, {"p1": {"今後の方針": "中止"}})
    (error,) = case.collect().errors
    assert error.what == "今後の方針が、課によって違います（保育課：継続、企画課：中止）。"
    comment = comment_of(case)
    assert comment is not None
    assert (comment.text("policy"), comment.text("issues")) == ("", "土地")

    by_hand(case.workbook, "p1", "今後の方針", "中止", "計画コメント")
    (warning,) = case.collect().warnings  # nobody knows whether the answers were seen
    assert warning.what == error.what
    assert (case.collect(keep=["p1:今後の方針"]).warnings, case.collect().warnings) == ((), ())
    comment = comment_of(case)
    assert comment is not None
    assert comment.text("policy") == "中止"

    case.answer(KIKAKU, {"p1": {"今後の方針": "発展"}})
    assert len(case.collect().warnings) == 1  # another answer is another matter


def test_an_answer_that_is_no_choice_is_refused(tmp_path: Path) -> None:
    case = asked_for_own(tmp_path)
    case.answer(HOIKU, {"p1": {"今後の方針": "終了"}})
    (error,) = case.collect().errors
    assert error.what == "「終了」は、「今後の方針」の選択肢にありません。"
    assert comment_of(case) is None


# --- compared, and pulled --------------------------------------------------------


def test_differences_are_told_under_the_plans_own_headings(tmp_path: Path) -> None:
    other = [[*ROWS[0][:3], "三つ増設しました。", "土地がない。", "発展"], ROWS[1]]
    found = told(compare(own(tmp_path / "old"), own(tmp_path / "new", other)))
    assert (
        "変更",
        "p1",
        "事業の成果（令和３年度）",
        "増設しました。",
        "三つ増設しました。",
    ) in found
    assert ("変更", "p1", "今後の方針（令和３年度）", "継続", "発展") in found


def test_other_columns_are_a_difference_of_the_plan(tmp_path: Path) -> None:
    found = told(compare(write(tmp_path / "old"), own(tmp_path / "new")))
    (columns,) = (each for each in found if each[2] == "所管課のコメントの欄")
    assert columns[-1] == "事業の成果\n現状と課題\n今後の方針（発展、継続、中止）"


def test_texts_are_pulled_and_a_choice_has_no_frame(tmp_path: Path) -> None:
    report = own(tmp_path)
    built = word_of(report)
    roots: list[Any] = []
    edited(roots.append, built)
    assert not list(controls(roots[0], "policy:p1:2021"))
    assert list(controls(roots[0], "issues:p3:2021"))  # a draft has a place for it

    changed = edited(
        lambda root: write_into(control(root, "results:p1:2021"), "二つ増設しました。"), built
    )
    done = pulled(report, changed, apply=True)
    assert [(each.place, each.new) for each in done.changes] == [
        ("計画コメント!D2", "二つ増設しました。")
    ]
    assert done.refusals == ()
    sheet = load_workbook(report / "actuals.xlsx")["計画コメント"]
    assert sheet["D2"].value == "二つ増設しました。"


def test_a_choice_that_is_changed_in_word_is_refused(tmp_path: Path) -> None:
    report = own(tmp_path)
    data = edited(lambda root: setattr(find_text(root, "継続"), "text", "発展"), word_of(report))
    assert [(old, new) for _, old, new in refused(report, data)] == [("継続", "発展")]


def test_no_report_is_made_of_a_faulty_list(tmp_path: Path) -> None:
    report = own(tmp_path)
    with_own_columns(report, columns=[*COLUMNS, COLUMNS[0]])
    with pytest.raises(InputError) as raised:
        _ = Report.open(report).history
    assert [each.place for each in raised.value.problems] == [
        "comments[3].key",
        "comments[3].label",
    ]
