"""A new year's folder: made of last year's, built at once, and nothing else is touched."""

from __future__ import annotations

import datetime as dt
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.collection import StartedYear, hand_out, start_year
from kpireport.conductor import build, check
from kpireport.domain.years import FiscalYear
from kpireport.errors import InputError, OutputError
from kpireport.reports import Report
from kpireport.sources.actuals import load_actuals
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.settings import load_settings
from kpireport.writers.docx.base import BASE_FILE
from tests.collection.handing_out import COLLECTION, plan_with, report_with
from tests.reports import files_in
from tests.review_reports import PLAN, copy_samples, small_rows, with_yearly_targets
from tests.sources import catalogues


def settings_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "report.toml").read_text(encoding="utf-8-sig"))


def rows_in(path: Path, sheet: str) -> list[dict[str, Any]]:
    titles, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows if any(row)]


def refused(*arguments: Any, **options: Any) -> str:
    with pytest.raises(InputError) as caught:
        start_year(*arguments, **options)
    return str(caught.value)


def add(report: Path, *changes: tuple[str, str]) -> None:
    path = report / "report.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def started(tmp_path: Path) -> StartedYear:
    """The year after the small review's."""
    report_with(tmp_path)
    return start_year(2022, tmp_path)


# --- settings --------------------------------------------------------------------


def test_the_samples_settings_are_moved_on_and_keep_their_comments(tmp_path: Path):
    copy_samples(tmp_path)
    reports = tmp_path / "reports"
    shutil.rmtree(reports / "2021")
    start_year(2021, reports)
    old = (reports / "2020" / "report.toml").read_text(encoding="utf-8")
    new = (reports / "2021" / "report.toml").read_text(encoding="utf-8")
    was, now = tomllib.loads(old), tomllib.loads(new)

    assert now["date"] == dt.date(2022, 9, 1)
    assert (now["review"]["fiscal_year"], now["review"]["draft"]) == (2021, True)
    assert (now["review"]["sample"], now["review"]["accept"]) == (False, [])
    assert now["review"]["issued"] == "令和４年（2022年）９月"
    assert now["output"]["name"] == "review-2021"
    assert "令和３年度" in now["metadata"]["subject"]
    assert now["metadata"]["keywords"][-1] == "令和３年度"
    for section in ("evaluation", "cover", "docx"):
        assert now[section] == was[section]
    assert now["review"]["survey"] == was["review"]["survey"]
    comments = [line for line in old.splitlines() if line.startswith("#")]
    moved = [line for line in comments if line not in new.splitlines()]
    examples = ("令和３年９月１日", "令和２年度は 2020", "../2019/actuals", "令和３年５月13日")
    assert len(moved) == 1 + len(examples)  # the heading, and what is explained by an example
    assert all(each in line for each, line in zip(examples, moved[1:], strict=True))
    assert "「令和４年９月１日」とも書けます" in new
    assert "（令和３年度は 2021）" in new
    assert new.startswith("# 令和３年度の実績版の設定。")


def test_what_was_said_of_last_year_is_not_said_of_the_new_one(tmp_path: Path):
    """Which charts are printed, and what the document has, is for years."""
    report = report_with(tmp_path)
    said = (
        'results = ["待機児童を解消した。", "相談が増えた。"] # 会議で決めた\n'
        'problems = [\n  "土地がない。", # 一つ目\n]\n'
        'charts = "all"\nmain_charts = ["share"]\ndepartments = false\nall_years = true\n'
    )
    add(report, ("[review]\n", f"[review]\n{said}"))
    started = start_year(2022, tmp_path)
    now = settings_of(started.folder)["review"]

    assert (now["results"], now["problems"]) == ([], [])
    assert (now["charts"], now["main_charts"]) == ("all", ["share"])
    assert (now["departments"], now["all_years"]) == (False, True)
    emptied = "主な成果、主な課題（[review] の results、problems）は、空にしました"
    assert f"{emptied}（前の年度のもの）。" in started.notes
    assert "土地がない" not in (started.folder / "report.toml").read_text(encoding="utf-8")


def test_what_was_not_said_is_not_told_of(started: StartedYear):
    assert not any("results" in note for note in started.notes)
    assert "results" not in settings_of(started.folder)["review"]


def test_the_new_folder_can_be_checked_and_built_and_handed_out_at_once(started: StartedYear):
    check(started.folder)
    assert [path.name for path in build(started.folder)] == ["実績.docx", "実績.pdf"]
    assert len(hand_out(started.folder)) == 4


def test_the_deadline_is_a_year_later_and_no_weekend(tmp_path: Path):
    report_with(tmp_path, collection=COLLECTION.replace("2022-05-13", '"令和４年５月13日" # 金曜'))
    started = start_year(2022, tmp_path)

    assert settings_of(started.folder)["collection"]["deadline"] == dt.date(2023, 5, 12)
    text = (started.folder / "report.toml").read_text(encoding="utf-8")
    assert "deadline = 2023-05-12 # 金曜\n" in text
    assert any("2023-05-12" in note for note in started.notes)
    # the date of the report is that of last year, too
    assert settings_of(started.folder)["date"] == dt.date(2023, 9, 1)


def test_a_leap_day_becomes_the_day_before(tmp_path: Path):
    report = report_with(tmp_path)
    add(report, ("date = 2022-09-01", "date = 2024-02-29"))

    assert settings_of(start_year(2022, tmp_path).folder)["date"] == dt.date(2025, 2, 28)


def test_where_collecting_was_not_set_up_its_section_is_prepared(tmp_path: Path):
    report_with(tmp_path, collection="")
    started = start_year(2022, tmp_path)

    assert settings_of(started.folder)["collection"] == {"contact": ""}
    assert "# deadline = 2023-05-13" in (started.folder / "report.toml").read_text("utf-8")
    assert any("deadline" in note for note in started.notes)


def test_the_results_of_last_year_are_never_overwritten(tmp_path: Path):
    report = report_with(tmp_path)
    add(report, ('name = "実績"', 'name = "実績"\nfolder = "../out"'))
    started = start_year(2022, tmp_path)
    old, new = load_settings(report), load_settings(started.folder)

    assert old.output_dir == new.output_dir
    assert (old.output_name, new.output_name) == ("実績", "実績-2022")
    assert any("[output]" in note for note in started.notes)


def test_places_named_by_the_year_are_moved_on(tmp_path: Path):
    collection = COLLECTION + 'inbox = "../../共有/令和３年度"\n'
    report = report_with(tmp_path, collection=collection)
    add(report, ('name = "実績"', 'name = "実績"\nfolder = "../成果/2021"'))
    new = settings_of(start_year(2022, tmp_path).folder)

    assert new["output"] == {"name": "実績", "folder": "../成果/2022"}
    assert new["collection"]["inbox"] == "../../共有/令和４年度"


def test_files_in_last_years_own_folder_are_used_on_where_they_are(tmp_path: Path):
    report = report_with(
        tmp_path, collection=f'{COLLECTION}\n[docx]\ntemplate = "様式.docx" # 町章\n'
    )
    shutil.copy(BASE_FILE, report / "様式.docx")
    plan = load_settings(report).catalogue
    shutil.move(plan, report / "計画.json")
    written = tomllib.loads((report / "report.toml").read_text("utf-8"))["catalogue"]
    add(report, (f'"{written}"', '"計画.json"'))
    new = start_year(2022, tmp_path).folder

    assert settings_of(new)["docx"] == {"template": "../2021/様式.docx"}
    assert settings_of(new)["catalogue"] == "../2021/計画.json"
    assert "# 町章" in (new / "report.toml").read_text("utf-8")
    assert load_settings(new).word.template == report / "様式.docx"
    assert not Report.open(new).findings.errors
    assert build(new)


def test_files_elsewhere_are_named_as_they_were(tmp_path: Path):
    report = report_with(
        tmp_path, collection=f'{COLLECTION}\n[docx]\ntemplate = "../様式//様式.docx"\n'
    )
    new = settings_of(start_year(2022, tmp_path).folder)
    assert new["docx"] == {"template": "../様式//様式.docx"}
    assert new["catalogue"] == settings_of(report)["catalogue"]


@pytest.mark.parametrize(
    ("written", "name", "earlier"),
    [
        ("", "actuals.xlsx", None),
        ('actuals = "actuals.xlsx"', "actuals.xlsx", None),
        ("earlier = []", "actuals.xlsx", ["../2021/actuals.xlsx"]),
        ('actuals = "報告.xlsx"', "報告.xlsx", None),
        ('actuals = "../集計/2021.xlsx"', "actuals.xlsx", ["../集計/2021.xlsx"]),
    ],
)
def test_last_years_actuals_are_read_and_never_written_to(
    written: str, name: str, earlier: list[str] | None, tmp_path: Path
):
    report = report_with(tmp_path, review=f"{written}\n")
    target = report / settings_of(report)["review"].get("actuals", "actuals.xlsx")
    target.parent.mkdir(exist_ok=True)
    (report / "actuals.xlsx").rename(target.resolve())
    before = files_in(tmp_path)
    started = start_year(2022, tmp_path)
    settings = load_settings(started.folder)

    assert settings.review is not None
    assert settings.review.actuals == started.folder / name
    assert settings.review.earlier == (target.resolve(),)
    assert settings_of(started.folder)["review"].get("earlier") == earlier
    assert before.items() <= files_in(tmp_path).items()
    check(started.folder)


def test_line_ends_and_byte_order_mark_stay(tmp_path: Path):
    path = report_with(tmp_path) / "report.toml"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    new = (start_year(2022, tmp_path).folder / "report.toml").read_bytes()

    assert new.startswith(b"\xef\xbb\xbfedition")
    assert new.count(b"\n") == new.count(b"\r\n")


# --- the workbook ----------------------------------------------------------------


def test_the_workbook_has_every_row_that_is_due_and_no_value(started: StartedYear, tmp_path: Path):
    path = started.folder / "actuals.xlsx"
    rows = rows_in(path, "実績")
    plan = load_catalogue(tmp_path / "catalogue.json")

    assert [row["記号"] for row in rows] == [each.id for each in plan.measures()]
    assert rows[2] == {
        **dict.fromkeys(rows[2]),
        "記号": "two",
        "指標": "保育所",
        "所管課": "保育課",
        "年度": 2022,
        "現状値": "165所（定員14,760人）",
        "目標値": "181所（定員15,660人）",
    }
    assert rows_in(path, "計画コメント")[0] == {
        "記号": "p1",
        "戦略計画": "計画１　居場所",
        "年度": 2022,
        **dict.fromkeys(("主な取組", "課題", "今後の方向")),
    }
    assert {tuple(filter(None, row.values())) for row in rows_in(path, "評価の修正")} == {(2022,)}
    actuals, warnings = load_actuals(path, plan, FiscalYear(2022))
    assert not any(each.is_reported for each in actuals.entries)
    assert warnings == ()


def test_numeric_targets_have_a_row_where_they_were_surveyed_before(tmp_path: Path):
    rows = [row for row in small_rows(2021) if row[0] != "survey"]
    report_with(tmp_path, rows=rows)
    path = start_year(2022, tmp_path).folder / "actuals.xlsx"

    assert "survey" not in [row["記号"] for row in rows_in(path, "実績")]


def test_the_marks_of_the_reports_own_scheme_can_be_chosen(tmp_path: Path):
    report_with(tmp_path, evaluation='scheme = "kitsuki"\n')
    book = load_workbook(start_year(2022, tmp_path).folder / "actuals.xlsx")
    (rule,) = book["評価の修正"].data_validations.dataValidation

    assert rule.formula1.startswith('"A,B,C,D')


def test_the_same_start_makes_the_same_bytes(tmp_path: Path):
    for name in ("1", "2"):
        report_with(tmp_path / name)
        start_year(2022, tmp_path / name)

    assert files_in(tmp_path / "1" / "2022") == files_in(tmp_path / "2" / "2022")


# --- a first year ----------------------------------------------------------------


def test_a_first_year_starts_from_the_plan(tmp_path: Path):
    folder = tmp_path / '計画 "1"'
    folder.mkdir()
    catalogue = catalogues.write(folder, plan_with({}))
    started = start_year("令和２年度", tmp_path / "reports", catalogue=catalogue)
    settings = load_settings(started.folder)

    assert settings.catalogue.resolve() == catalogue.resolve()
    assert settings.review is not None
    assert (settings.review.fiscal_year, settings.review.is_draft) == (FiscalYear(2020), True)
    assert settings.review.issued == "令和３年（2021年）９月"
    assert "@" not in (started.folder / "report.toml").read_text(encoding="utf-8")
    check(started.folder)
    assert "survey" in [row["記号"] for row in rows_in(started.files[1], "実績")]
    assert [each.suffix for each in build(started.folder)] == [".docx", ".pdf", ".xlsx"]


def test_a_plan_with_targets_by_year_is_judged_by_them(tmp_path: Path):
    """Whoever reads the year's target beside its actual takes the mark for one of the two."""
    catalogue = catalogues.write(tmp_path, with_yearly_targets(plan_with({}), {"share": "61.0％"}))
    started = start_year(2021, tmp_path / "reports", catalogue=catalogue)

    assert settings_of(started.folder)["evaluation"] == {"scheme": "linear", "against": "yearly"}
    text = (started.folder / "report.toml").read_text(encoding="utf-8")
    assert '"final" なら、年度の目安' in text
    assert any("[evaluation] の against" in note for note in started.notes)
    assert not Report.open(started.folder).inspected().findings.warnings
    following = start_year(2022, tmp_path / "reports")
    assert settings_of(following.folder)["evaluation"]["against"] == "yearly"


def test_a_plan_without_targets_by_year_is_not_told_of_them(tmp_path: Path):
    catalogue = catalogues.write(tmp_path, plan_with({}))
    started = start_year(2021, tmp_path / "reports", catalogue=catalogue)

    assert settings_of(started.folder)["evaluation"] == {"scheme": "linear"}
    assert "against" not in (started.folder / "report.toml").read_text(encoding="utf-8")
    assert not any("against" in note for note in started.notes)


# --- what cannot be started ------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("来年", "「来年」は、年度として読めません。"),
        ("令和４年", "「令和４年」は、年度として読めません。"),
        ("", "「」は、年度として読めません。"),
        ("2999", "「2999」は、年度としてありえません。"),
        ("2019", "より前の年度のフォルダーがありません。"),
        ("2030", "年度\n  令和12年度（2030）は、計画の年度ではありません。"),
    ],
)
def test_a_year_that_cannot_be_is_explained(year: str, words: str, tmp_path: Path):
    report_with(tmp_path)
    before = files_in(tmp_path)

    assert words in refused(year, tmp_path)
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("year", ["2022", "令和４年度", "R4", "令４", "２０２２", 2022])
def test_a_year_is_read_as_people_write_it(year: str | int, tmp_path: Path):
    report_with(tmp_path)

    assert start_year(year, tmp_path).folder == tmp_path / "2022"


def test_a_year_that_is_there_is_left_alone(started: StartedYear, tmp_path: Path):
    before = files_in(tmp_path)
    with pytest.raises(OutputError) as caught:
        start_year(2022, tmp_path)

    assert "もうあります。上書きはしません。" in str(caught.value)
    assert "--output" not in str(caught.value)
    assert files_in(tmp_path) == before


def test_the_latest_earlier_year_is_carried_over_unless_another_is_named(started: StartedYear):
    folder = started.folder.parent
    assert start_year(2023, folder).source == folder / "2022"
    shutil.rmtree(folder / "2023")
    assert start_year(2023, folder, from_year="令和３年度").source == folder / "2021"


@pytest.mark.parametrize(
    ("from_year", "words"),
    [
        (
            2020,
            "年度の設定（report.toml）がありません。\n  → 引き継げるのは 2021 です。",
        ),
        (2022, "より前の年度ではありません。"),
        ("昔", "「昔」は、年度として読めません。"),
    ],
)
def test_a_year_to_start_from_that_cannot_be_is_explained(
    from_year: int | str, words: str, tmp_path: Path
):
    report_with(tmp_path)

    assert words in refused(2022, tmp_path, from_year=from_year)


def test_one_source_alone_can_be_named(tmp_path: Path):
    catalogue = report_with(tmp_path).parent / "catalogue.json"

    assert "両方が指定されています" in refused(2022, tmp_path, from_year=2021, catalogue=catalogue)


def test_faults_of_last_year_are_told_with_their_places(tmp_path: Path):
    report_with(tmp_path, rows=[["share", None, 2021, "たくさん", None, None, None, "課"]])

    assert "実績!D2" in refused(2022, tmp_path)
    assert not (tmp_path / "2022").exists()


def test_a_plan_edition_is_nothing_to_start_from(tmp_path: Path):
    folder = tmp_path / "2021"
    folder.mkdir()
    catalogues.write(tmp_path, PLAN)
    (folder / "report.toml").write_text(
        'edition = "plan"\ncatalogue = "../catalogue.json"\ndate = 2021-04-01\n'
        '[output]\nname = "計画"\n',
        encoding="utf-8",
    )

    assert "実績版（review）の設定ではありません。" in refused(2022, tmp_path)
