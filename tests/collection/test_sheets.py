"""What the departments get: their own rows alone, locked but for the answers; read back."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpireport.collection import Collected, HandedOut, SheetOutcome, collect, hand_out
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError, OutputError, Problem
from kpireport.sources.actuals import ReadActuals, read_reports
from kpireport.sources.catalogue import load_catalogue
from tests.collection.handing_out import (
    DEPARTMENTS,
    fill_in,
    plan_with,
    report_with,
    rows_of,
    titles_of,
)
from tests.documents import ROOT
from tests.layered import layered_data, write_layered
from tests.reports import files_in
from tests.review_reports import SAMPLE_YEARS, small_rows, write_review
from tests.sources.revised import change, revision
from tests.tools import convert_with_libreoffice, run_tool
from tests.writers.docx.test_tools import problems as problems_of_package

COMMENTED = [("p1", "計画１　居場所", 2020, "増設しました。", "土地がない。", "広げます。")]


def handed_out(report: Path, **options: Any) -> dict[str, HandedOut]:
    return {each.department: each for each in hand_out(report, **options)}


def book_of(report: Path, department: str, **options: Any) -> Workbook:
    return load_workbook(handed_out(report, **options)[department].path)


def values_of(report: Path, department: str) -> list[dict[str, Any]]:
    return rows_of(book_of(report, department)["実績"])


def inputs_of(sheet: Worksheet) -> list[Cell]:
    return [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]


def cover_of(book: Workbook) -> str:
    return "\n".join(
        str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value
    )


def problems_of(report: Path, **options: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        hand_out(report, **options)
    return [f"{each.place}: {each.what} → {each.remedy}" for each in caught.value.problems]


def next_year(folder: Path, **more: Any) -> Path:
    """A report whose year is empty, with the year before reported."""
    rows = [row for row in small_rows(2021) if row[2] == 2020]
    return report_with(folder, rows=rows, **more)


# --- who gets what ---------------------------------------------------------------


def test_each_department_that_leads_or_shares_something_gets_a_workbook(tmp_path: Path):
    books = handed_out(report_with(tmp_path))

    assert [*books] == ["保育課", "企画課", "教育課", "相談課"]
    assert books["保育課"].path == tmp_path / "2021" / "sheets" / "令和３年度実績_保育課.xlsx"
    assert {each.outcome for each in books.values()} == {SheetOutcome.WRITTEN}
    assert len(files_in(tmp_path / "2021" / "sheets")) == 4


def test_its_rows_stand_under_their_plans_those_of_others_without_id(tmp_path: Path):
    report = next_year(tmp_path)

    assert [(row["記号"], row["指標"]) for row in values_of(report, "保育課")] == [
        (None, "計画１　居場所"),
        ("share", "受入率"),
        ("two", "保育所"),
    ]
    assert [(row["記号"], row["指標"], row["単位"]) for row in values_of(report, "企画課")][:8] == [
        (None, "計画１　居場所", None),
        (None, "受入率", "保育課が記入"),
        ("most", "認定率\n（年度末）", "％"),
        ("keep", "就労者数", "年間…人"),
        (None, "　病床の確保", None),
        ("bed-a", "　東病院", "床"),
        ("bed-b", "　西病院", "床"),
        (None, "計画３　窓口", None),
    ]


def test_a_numeric_target_is_asked_for_where_its_survey_was_announced(tmp_path: Path):
    without = values_of(next_year(tmp_path / "1"), "企画課")
    rows = [row for row in small_rows(2021) if row[2] == 2020]
    rows.append(["survey", "満足度", 2021, None, None, None, None, "企画課"])
    announced = values_of(report_with(tmp_path / "2", rows=rows), "企画課")

    assert "survey" not in [row["記号"] for row in without]
    assert [(row["記号"], row["指標"]) for row in announced][:2] == [
        (None, "基本目標Ⅰ　安心のまち（数値目標）"),
        ("survey", "満足度"),
    ]


def test_what_the_plan_says_and_what_was_reported_stands_beside_the_empty_cell(tmp_path: Path):
    row = next(each for each in values_of(next_year(tmp_path), "保育課") if each["記号"] == "two")

    assert [*row] == [
        *("記号", "指標", "目標値", "現状値", "令和２年度の実績", "実績", "単位"),
        *("進捗状況", "報告できない理由", "コメント", "年度", "所管課"),
    ]
    assert row == {
        "記号": "two",
        "指標": "保育所",
        "目標値": "181所（定員15,660人）",
        "現状値": "165所（定員14,760人）",
        "令和２年度の実績": "171所（定員15,093人）",
        "年度": 2021,
        "所管課": "保育課",
        **dict.fromkeys(("実績", "単位", "進捗状況", "報告できない理由", "コメント")),
    }


def test_the_state_is_chosen_only_where_the_target_is_one(tmp_path: Path):
    report = next_year(tmp_path)
    own = book_of(report, "教育課")["実績"]
    other = book_of(report, "保育課")["実績"]
    (rule,) = [each for each in own.data_validations.dataValidation if each.type == "list"]

    assert rule.formula1 == '"未着手,準備,実施中,達成"'
    assert str(rule.sqref) == "H5:H6"
    assert not own["H5"].protection.locked
    assert other["H5"].protection.locked
    assert other["H5"].value is None


def test_everything_but_the_answers_is_locked(tmp_path: Path):
    book = book_of(report_with(tmp_path), "保育課")
    cover, values, words = book.worksheets

    assert [sheet.title for sheet in book] == ["はじめにお読みください", "実績", "計画コメント"]
    assert all(sheet.protection.sheet for sheet in book)
    assert inputs_of(cover) == []
    titles = {column: title for title, column in titles_of(values).items()}
    assert {titles[cell.column] for cell in inputs_of(values)} == {
        *("実績", "報告できない理由", "コメント")
    }
    assert {cell.row for cell in inputs_of(values)} == {5, 6}
    titles = {column: title for title, column in titles_of(words).items()}
    assert {titles[cell.column] for cell in inputs_of(words)} == {
        *("主な取組", "課題", "今後の方向")
    }


def test_a_department_that_leads_nothing_gets_no_book_and_is_named(tmp_path: Path):
    report = report_with(tmp_path, {"share": ["保育課", "保育計画課"]})
    told: list[Problem] = []

    assert "保育計画課" not in handed_out(report, warn=told.append)
    assert [each.what.partition("、")[0] for each in told] == ["保育計画課は"]
    (refusal,) = problems_of(report, departments=["保育計画課"])
    assert refusal.startswith(": 「保育計画課」には、報告する指標がありません")


def test_last_years_comment_stands_beside_each_cell(tmp_path: Path):
    report = next_year(tmp_path, comments=COMMENTED)
    (row,) = rows_of(book_of(report, "保育課")["計画コメント"])

    assert row == {
        "記号": "p1",
        "戦略計画": "計画１　居場所\n（企画課も記入）",
        "令和２年度の主な取組": "増設しました。",
        "主な取組": None,
        "令和２年度の課題": "土地がない。",
        "課題": None,
        "令和２年度の今後の方向": "広げます。",
        "今後の方向": None,
        "年度": 2021,
    }
    assert "令和２年度" not in "".join(
        titles_of(book_of(report, "教育課")["計画コメント"])
    )  # nothing was said of its plan


def test_the_cover_says_by_when_and_whom_to_ask(tmp_path: Path):
    report = report_with(tmp_path, review="sample = true\n")
    book = book_of(report, "保育課")
    cover = cover_of(book)

    assert "令和４年５月13日（金）" in cover
    assert "企画課（内線1234）" in cover
    assert "実績２件、計画コメント（戦略計画ごと）１件" in cover
    assert "みどり市「みどり市総合計画」の令和３年度の実績" in cover
    assert "見本：数値は架空" in cover
    assert "見本：数値は架空" in book["実績"].oddHeader.left.text
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert len(str(properties.pop("kpireport-plan"))) == 16
    assert properties == {
        "kpireport-form": "1",
        "kpireport-fiscal-year": "2021",
        "kpireport-department": "保育課",
    }


def test_without_a_deadline_the_cover_says_so_and_a_warning_how_to_mend_it(tmp_path: Path):
    warnings: list[Problem] = []
    report = report_with(tmp_path, collection="")
    books = handed_out(report, warn=warnings.append)

    assert "別にお知らせします。" in cover_of(load_workbook(books["保育課"].path))
    assert [(each.place, each.what[:11]) for each in warnings] == [
        ("collection.deadline", "回答期限がありません。")
    ]


def test_prints_on_a4_with_repeated_titles(tmp_path: Path):
    book = book_of(report_with(tmp_path), "保育課")

    for sheet in (book["実績"], book["計画コメント"]):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.freeze_panes == "C4"


def test_a_revised_plan_is_asked_for_as_it_is_in_force_and_collected_without_a_word(
    tmp_path: Path,
):
    """A target was raised, a row renamed, one ended, one split: its part goes on."""
    plan = plan_with(DEPARTMENTS)
    parts = [dict(_indicator(plan, "calls"), id=id_, name=id_) for id_ in ("mail", "phone")]
    raised = {"text": "7,000件", "quantities": [{"value": 7000, "unit": "件"}], "kind": "at_least"}
    plan["revisions"] = [
        revision(
            1,
            2021,
            change("target", id="crime", target=raised),
            change("rename", id="two", name="認可保育所"),
            change("end", id="most"),
            change("split", id="calls", into=parts, continues="phone"),
            change("departments", id="keep", departments=["就労課"]),
        )
    ]
    rows = [row for row in small_rows(2021) if row[2] == 2020]
    report = write_review(tmp_path, 2021, plan=plan, rows=rows)
    books = handed_out(report)
    said = {
        str(row["記号"]): row
        for book in books.values()
        for row in rows_of(load_workbook(book.path)["実績"])
    }

    assert said["crime"]["目標値"] == "7,000件"
    assert said["two"]["指標"] == "認可保育所"
    assert not {"most", "calls"} & set(said)
    assert said["phone"]["令和２年度の実績"] == "6,402件"
    assert said["mail"]["令和２年度の実績"] is None
    assert said["keep"]["所管課"] == "就労課"

    inbox = report / "inbox"

    for book in books.values():
        fill_in(book.path, {"phone": {"実績": 6500}, "two": {"実績": "176所"}})
        book.path.rename(inbox / book.path.name)
    assert collect(report).problems == ()


def _indicator(plan: dict[str, Any], id_: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        row for goal in plan["goals"] for each in goal["plans"] for row in each["indicators"]
    ]
    return next(row for row in rows if row["id"] == id_)


# --- read back -------------------------------------------------------------------

ANSWERS: dict[str, dict[str, Any]] = {
    "share": {"実績": 98.6, "コメント": "=増えた"},
    "two": {"実績": "１７６所（定員15,400人）"},
    "tablets": {"実績": "40校に配備", "進捗状況": "実施中"},
    "boards": {"報告できない理由": "集計中"},
    "calls": {"実績": "6,500"},
    "keep": {"実績": "―"},
    "most": {"実績": "20.9%"},
    "p1": {"主な取組": "- 増設", "課題": "土地\n人手", "今後の方向": "広げる"},
}


def read(report: Path, path: Path) -> ReadActuals:
    catalogue = load_catalogue(report.parent / "catalogue.json")
    return read_reports(path, catalogue, FiscalYear(2021))


def test_what_is_filled_in_is_read_as_it_is(tmp_path: Path):
    report = next_year(tmp_path)
    reported = {}
    for book in hand_out(report):
        fill_in(book.path, ANSWERS)
        result = read(report, book.path)
        # overrides are the planning section's: their sheet alone is not handed out
        assert [each.what for each in result.findings.errors] == [
            "シート「評価の修正」がありません。"
        ]
        for each in result.actuals.entries:
            if each.is_reported or each.reason:
                assert each.department == book.department
                assert each.measure_id not in reported
                reported[each.measure_id] = each
        commented = book.department in ("企画課", "保育課")
        assert [each.text("initiatives") for each in result.actuals.comments] == [
            "- 増設"
        ] * commented

    assert {id_: each.value and each.value.text for id_, each in reported.items()} == {
        "share": "98.6％",
        "two": "１７６所（定員15,400人）",
        "tablets": "40校に配備",
        "boards": None,
        "calls": "6,500件",
        "keep": "―",
        "most": "20.9%",
    }
    assert reported["tablets"].state == "実施中"
    assert reported["boards"].reason == "集計中"
    assert reported["share"].comment == "=増えた"


def test_what_is_reported_already_is_filled_in_and_read_the_same(tmp_path: Path):
    report = report_with(tmp_path)
    before = {
        each.measure_id: each
        for each in read(report, report / "actuals.xlsx").actuals.entries
        if each.fiscal_year == FiscalYear(2021)
    }
    after = {
        each.measure_id: each
        for book in hand_out(report)
        for each in read(report, book.path).actuals.entries
        if each.is_reported or each.reason
    }

    assert {id_: (each.value, each.state, each.reason) for id_, each in after.items()} == {
        id_: (each.value, each.state, each.reason)
        for id_, each in before.items()
        if each.is_reported or each.reason
    }
    assert len(after) > 10


# --- files that are there already ------------------------------------------------


def test_the_same_again_changes_nothing(tmp_path: Path):
    report = report_with(tmp_path)
    handed_out(report)
    before = files_in(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in (report / "sheets").iterdir()}

    assert {each.outcome for each in hand_out(report)} == {SheetOutcome.UNCHANGED}
    assert files_in(tmp_path) == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_what_was_filled_in_is_not_replaced_and_nothing_else_is_written(tmp_path: Path):
    report = report_with(tmp_path)
    books = handed_out(report)
    for name in ("保育課", "教育課"):
        fill_in(books[name].path, ANSWERS)
    books["企画課"].path.unlink()
    before = files_in(tmp_path)

    with pytest.raises(OutputError) as caught:
        hand_out(report)
    assert str(books["保育課"].path) in str(caught.value)
    assert str(books["教育課"].path) in str(caught.value)
    assert "上書きしません。" in str(caught.value)
    assert files_in(tmp_path) == before


def test_renewing_keeps_every_earlier_file(tmp_path: Path):
    report = report_with(tmp_path)
    path = handed_out(report)["保育課"].path
    contents = [path.read_bytes()]
    for text in ("一度目", "二度目"):
        fill_in(path, {"share": {"コメント": text}})
        contents.append(path.read_bytes())
        book = handed_out(report, renew=True, departments=["保育課"])["保育課"]
        assert book.outcome is SheetOutcome.RENEWED

    kept = [path.with_name(f"令和３年度実績_保育課（前の版）{n}.xlsx") for n in ("", "（2）")]
    assert [each.read_bytes() for each in kept] == contents[1:]
    assert path.read_bytes() == contents[0]


def test_some_departments_alone_into_another_folder(tmp_path: Path):
    report = report_with(tmp_path)
    (book,) = hand_out(report, departments=["教育課"], output=tmp_path / "配布 用")

    assert book.path == tmp_path / "配布 用" / "令和３年度実績_教育課.xlsx"
    assert not (report / "sheets").exists()
    assert len([*(tmp_path / "配布 用").iterdir()]) == 1


def test_the_moment_is_the_reports_date_or_the_one_that_is_asked_for(tmp_path: Path):
    report = report_with(tmp_path)
    first = book_of(report, "保育課").properties.created
    moment = dt.datetime(2022, 5, 1, tzinfo=dt.UTC)
    other = book_of(report, "保育課", output=tmp_path / "2", moment=moment).properties.created

    assert (first.date(), other.date()) == (dt.date(2022, 9, 1), moment.date())


# --- as outside programs see them ------------------------------------------------


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of the samples' last year."""
    folder = tmp_path_factory.mktemp("samples")
    hand_out(ROOT / "reports" / str(SAMPLE_YEARS[-1]), output=folder)
    return folder


@pytest.mark.tools
def test_the_open_xml_sdk_finds_nothing_wrong(samples: Path):
    for path in sorted(samples.iterdir())[:3]:
        assert problems_of_package(path) == []


@pytest.mark.tools
def test_libreoffice_shows_every_text_of_a_sheet(samples: Path, tmp_path: Path):
    path = samples / "令和３年度実績_医療環境整備課.xlsx"
    shown = run_tool("pdftotext", "-raw", convert_with_libreoffice(path, tmp_path), "-")
    said = [
        str(cell.value)
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]

    assert len(said) > 80
    characters = Counter("".join(shown.split()))
    missing = Counter("".join("".join(said).split())) - characters
    assert not missing, f"cut off: {missing}"


# --- what keeps sheets from being handed out -------------------------------------


def test_measures_without_a_department_are_told_in_one_problem(tmp_path: Path):
    report = report_with(tmp_path, default="", rows=[])

    (problem,) = problems_of(report)
    assert "指標が8件あります（most 認定率（年度末）、keep 就労者数、" in problem
    assert "計画のそれぞれの指標の「所管課」か" in problem
    assert not (report / "sheets").exists()


def test_who_reported_before_is_asked_where_the_plan_says_nothing(tmp_path: Path):
    report = report_with(tmp_path, {}, default="", rows=small_rows(2021, share="保育課"))

    assert [*handed_out(report)] == ["保育課", "企画課"]


def test_an_unknown_department_is_told_with_the_nearest(tmp_path: Path):
    assert problems_of(report_with(tmp_path), departments=["保育科", "教育課"]) == [
        ": 「保育科」という所管課は、計画にも実績にもありません。 → もしかして 「保育課」 ですか。"
    ]


def test_actuals_that_cannot_be_read_are_told_first(tmp_path: Path):
    rows = [*small_rows(2020), ["share", None, 2021, "たくさん", None, None, None, "保育課"]]
    (problem,) = problems_of(report_with(tmp_path, rows=rows))

    assert problem.startswith("実績!D")
    assert "「たくさん」は、数として読めません。" in problem


HOSTILE = [
    *("../x", "..\\x", "CON", "nul.txt", "=cmd|' /C calc'!A0", "+81", "@SUM(A1)", "-1"),
    *("課" * 300, "😀課", "𠮷田課", "a:b*c?d", "保育課 ", "保育課", "保育課.", "<保育>"),
]


@pytest.mark.parametrize("names", [HOSTILE[:8], HOSTILE[8:]])
def test_any_department_gets_a_file_in_the_folder_and_its_name_as_text(
    tmp_path: Path, names: list[str]
):
    ids = [id_ for id_ in plan_ids() if id_ != "survey"]
    leads = {id_: [names[number % len(names)]] for number, id_ in enumerate(ids)}
    report = report_with(tmp_path, leads, default=names[0], rows=[])
    books = handed_out(report)

    assert set(books) == set(names)
    assert len({each.path.name.casefold() for each in books.values()}) == len(names)
    for name, book in books.items():
        assert book.path.parent == report / "sheets"
        assert len(book.path.name.encode()) <= 255
        opened = load_workbook(book.path)
        assert not any(
            cell.data_type == "f" for sheet in opened for row in sheet.iter_rows() for cell in row
        )
        assert any(cell.value == name for row in opened.worksheets[0].iter_rows() for cell in row)


def plan_ids() -> list[str]:
    rows = [
        row
        for goal in plan_with({})["goals"]
        for plan in goal["plans"]
        for row in plan["indicators"]
    ]
    return [each["id"] for row in rows for each in row.get("indicators", [row])]


def test_the_cover_names_the_level_that_is_commented_on(tmp_path: Path):
    folder = write_layered(tmp_path / "2022", layered_data(comments_of="policy"))
    covers = [cover_of(load_workbook(each.path)) for each in hand_out(folder)]
    assert all("基本施策ごとに書きます。" in each for each in covers)
    assert any("計画コメント（基本施策ごと）１件" in each for each in covers)


# --- of what time values are, and what else the plan says of them ----------------------


def with_details(**details: Any) -> dict[str, Any]:
    """The small plan, one of 保育課's indicators with texts beside it."""
    data = plan_with(DEPARTMENTS)
    for goal in data["goals"]:
        for inner in goal["plans"]:
            for row in inner["indicators"]:
                for each in row.get("indicators", [row]):
                    if each["id"] == "two":
                        each.update(details)
    return data


def test_of_what_time_a_value_is_stands_beside_it_and_on_the_cover(tmp_path: Path):
    plan = with_details(period="暦年", remarks="速報値で\n報告する")
    report = write_review(tmp_path, 2021, plan=plan)
    books = {each.department: load_workbook(each.path) for each in hand_out(report)}

    rows = {row["記号"]: row for row in rows_of(books["保育課"]["実績"])}
    assert rows["two"]["期間・備考など"] == "期間・時点：暦年\n備考：速報値で　報告する"
    assert rows["share"]["期間・備考など"] is None
    assert "期間のある指標（暦年など）は、その期間の値を書きます。" in cover_of(books["保育課"])
    assert "期間・備考など" not in titles_of(books["教育課"]["実績"])
    assert "暦年" not in cover_of(books["教育課"])


def taken_from(report: Path, department: str, answers: dict[str, dict[str, Any]]) -> Collected:
    """What is taken of a department's sheet, filled in with these answers."""
    book = next(each.path for each in hand_out(report) if each.department == department)
    fill_in(book, answers)
    (report / "inbox").mkdir(exist_ok=True)
    shutil.copy(book, report / "inbox")
    return collect(report)


def test_the_column_of_periods_comes_back_without_a_word(tmp_path: Path):
    report = write_review(tmp_path, 2021, plan=with_details(period="暦年"), rows=[])
    found = taken_from(report, "保育課", {"two": {"実績": "170所（定員15,000人）"}})
    assert [each.problems for each in found.files] == [()]
    assert [(each.id, each.new) for each in found.changes] == [("two", "170所（定員15,000人）")]


def test_a_number_without_a_unit_is_handed_out_and_comes_back(tmp_path: Path):
    cells = {"baseline": "1.28", "target": "1.45"}
    counted = {
        name: {"text": text, "quantities": [{"value": float(text)}]} for name, text in cells.items()
    }
    counted["target"]["kind"] = "at_least"
    report = write_review(tmp_path, 2021, plan=with_details(unit="－", **counted), rows=[])
    rows = {row["記号"]: row for row in values_of(report, "保育課")}
    assert rows["two"]["単位"] == "なし"
    shutil.rmtree(report / "sheets")
    found = taken_from(report, "保育課", {"two": {"実績": 1.31}})
    assert [each.problems for each in found.files] == [()]
    assert [(each.id, each.new) for each in found.changes] == [("two", "1.31")]
