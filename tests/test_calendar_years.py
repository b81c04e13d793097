"""A plan of calendar years (暦年), from the inputs to the files: nothing is called a 年度."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from kpireport.document.blocks import Document
from kpireport.domain.settings import DocumentKind
from kpireport.domain.wording import CALENDAR_WORDS, USUAL_WORDS
from kpireport.domain.years import FiscalYear, axis_label, format_fiscal_year, parse_year_like
from kpireport.errors import InputError
from kpireport.reports import Report
from kpireport.sources.catalogue import load_catalogue
from tests.review_reports import PLAN, small_rows, write_review

CALENDAR = FiscalYear(2019).of_calendar
VERBATIM = "令和３年度の国の指針による計算"


def _plan() -> dict[str, Any]:
    """The small plan, its own texts of calendar years but for one name."""
    plan = json.loads(json.dumps(PLAN, ensure_ascii=False).replace("年度", "年"))
    plan["years"]["kind"] = "calendar"
    plan["goals"][0]["plans"][0]["indicators"][0]["name"] = f"受入率\n（{VERBATIM}）"
    return dict(plan)


def _write(folder: Path, year: int = 2021) -> Path:
    rows = [
        [each.replace("年度", "年") if isinstance(each, str) else each for each in row]
        for row in small_rows(year)
    ]
    return write_review(folder, year, plan=_plan(), rows=rows)


def _texts(thing: object) -> str:
    return re.sub(r"\\n|\n", "", repr(thing))


def _ours(text: str) -> list[str]:
    return re.findall(".{0,20}年度.{0,10}", text.replace(VERBATIM, ""))


@pytest.mark.parametrize("year", [2020, 2021])
def test_no_word_of_the_review_says_fiscal_year(year: int, tmp_path: Path):
    document = Report.open(_write(tmp_path, year)).document

    assert _ours(_texts(document)) == []
    assert VERBATIM in _texts(document)
    assert f"{format_fiscal_year(FiscalYear(year).of_calendar)}実績報告書" in _texts(document)


def test_the_plan_edition_and_the_digest_do_not_say_it_either(tmp_path: Path):
    report = Report.open(_write(tmp_path))
    edition = tmp_path / "plan"
    edition.mkdir()
    (edition / "report.toml").write_text(
        'edition = "plan"\ncatalogue = "../catalogue.json"\ndate = 2020-03-01\n'
        '[output]\nname = "計画"\n',
        encoding="utf-8",
    )

    documents: list[Document] = [
        report.as_document(DocumentKind.DIGEST).document,
        Report.open(edition).document,
    ]
    assert [_ours(_texts(each)) for each in documents] == [[], []]


def test_what_is_handed_out_and_shown_does_not_say_it(tmp_path: Path):
    folder = _write(tmp_path)
    page, book, mails = tmp_path / "b.html", tmp_path / "b.xlsx", tmp_path / "m.txt"

    assert main(["sheets", str(folder)]) == 0
    main(["check", str(folder), "--html", str(page), "--xlsx", str(book), "--txt", str(mails)])

    sheets = sorted((folder / "sheets").glob("*.xlsx"))
    assert sheets
    assert all(each.name.startswith("令和３年実績_") for each in sheets)
    for path in (*sheets, book):
        cells = [
            str(cell.value)
            for sheet in load_workbook(path)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        assert _ours("".join(cells)) == [], path.name
    assert _ours(page.read_text(encoding="utf-8")) == []
    assert _ours(mails.read_text(encoding="utf-8")) == []


def test_sheets_handed_out_are_taken_in_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = _write(tmp_path)
    assert main(["sheets", str(folder)]) == 0
    inbox = folder / "inbox"
    inbox.mkdir(exist_ok=True)
    for each in (folder / "sheets").glob("*.xlsx"):
        (inbox / each.name).write_bytes(each.read_bytes())
    capsys.readouterr()

    status = main(["collect", str(folder)])

    assert status in (0, 1), capsys.readouterr()


@pytest.mark.parametrize(
    "written", ["令和元年", "2019年", "2019", "H31", "令和元年度", "令和元年末"]
)
def test_a_calendar_year_is_read_in_these_spellings(written: str):
    assert parse_year_like(written, CALENDAR) == CALENDAR
    assert parse_year_like(written, CALENDAR).is_calendar


def test_a_calendar_year_is_still_no_fiscal_year():
    with pytest.raises(ValueError, match="暦年"):
        parse_year_like("令和元年", FiscalYear(2019))


def test_rows_of_actuals_name_calendar_years(tmp_path: Path):
    rows = [
        [
            row[0],
            row[1],
            f"{row[2]}年",
            *(str(v).replace("年度", "年") if isinstance(v, str) else v for v in row[3:]),
        ]
        for row in small_rows(2021)
    ]
    folder = write_review(tmp_path, 2021, plan=_plan(), rows=rows)

    assert Report.open(folder).inspected().findings.errors == ()


def test_years_are_written_by_their_kind():
    names = [format_fiscal_year(FiscalYear(year).of_calendar) for year in (2018, 2019, 2021)]
    assert names == ["平成30年", "令和元年", "令和３年"]
    assert format_fiscal_year(CALENDAR.previous.next.next) == "令和２年"
    assert axis_label(CALENDAR) == "R1"
    assert (CALENDAR.first_day.isoformat(), CALENDAR.last_day.isoformat()) == (
        "2019-01-01",
        "2019-12-31",
    )
    assert FiscalYear(2019) == CALENDAR


def test_our_words_follow_the_kind_and_what_they_quote_stays():
    said = "前年度は、年度の目安に届きませんでした（各年度末の値）。"
    words = CALENDAR_WORDS
    assert words.dated(said) == "前年は、その年の目安に届きませんでした（各年末の値）。"
    assert words.dated("「平成30年度末」は前年度") == "「平成30年度末」は前年"
    assert (words.year, words.pace) == ("年", "その年の目安")
    assert (USUAL_WORDS.dated(said), USUAL_WORDS.pace) == (said, "年度の目安")


def _catalogue(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    plan, path = _plan(), folder / "catalogue.json"
    change(plan)
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_deadline_is_in_its_calendar_year(tmp_path: Path):
    def due(plan: dict[str, Any], text: str) -> None:
        target = plan["goals"][0]["plans"][0]["indicators"][0]["target"]
        target["text"] += text

    last = _plan()["years"]["target"]
    load_catalogue(_catalogue(tmp_path, lambda plan: due(plan, f"（{last}年３月末）")))
    with pytest.raises(InputError) as caught:
        load_catalogue(_catalogue(tmp_path, lambda plan: due(plan, f"（{last + 1}年３月末）")))

    (problem,) = caught.value.problems
    assert f'"deadline": {last + 1}' in problem.remedy
    assert "年度" not in f"{problem.what}{problem.remedy}"


def test_what_is_wrong_with_years_is_told_in_the_plans_word(tmp_path: Path):
    def wrong(plan: dict[str, Any]) -> None:
        plan["years"]["target"] = plan["years"]["baseline"]

    with pytest.raises(InputError) as caught:
        load_catalogue(_catalogue(tmp_path, wrong))

    assert [each for each in caught.value.problems if "年度" in f"{each.what}{each.remedy}"] == []


@pytest.mark.parametrize("arguments", [["2022"], ["2030"], ["2021", "--from", "2025"]])
def test_a_year_is_begun_in_the_plans_words(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    _write(tmp_path)

    main(["new", *arguments, "--folder", str(tmp_path)])

    said = "".join(capsys.readouterr())
    assert said
    assert "年度" not in said


def test_years_and_plans_are_compared_in_the_plans_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    first, second = _write(tmp_path / "a", 2020), _write(tmp_path / "b", 2021)

    main(["diff", str(first), str(second)])

    said = capsys.readouterr().out
    assert "報告する年: 令和２年" in said
    assert _ours(said) == []
