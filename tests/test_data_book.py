"""The data beside a review (.xlsx): read back by openpyxl, figures worked by hand."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from kpireport.conductor import build
from kpireport.document.reviews import Review
from kpireport.domain.settings import ReviewSettings
from kpireport.domain.years import FiscalYear
from kpireport.stages.data_book import COUNTS, MEASURES, data_book
from kpireport.writers.xlsx import write_book
from tests.document.test_layouts import plan_data
from tests.random_plans import reviews
from tests.review_reports import FIGURES, actuals_of, read_plan, small_review, write_review

MOMENT = dt.datetime(2022, 9, 1, tzinfo=dt.UTC)
YEAR = "令和３年度\n"


def opened(year: int = 2021, figures: Any = FIGURES, **words: Any) -> Workbook:
    review = small_review(year, actuals=actuals_of(year, figures))
    about = ReviewSettings(FiscalYear(year), Path("actuals.xlsx"), **words)
    made = data_book(review, about, title="", author="みどり市")
    return load_workbook(io.BytesIO(write_book(made, moment=MOMENT)))


@cache
def usual() -> Workbook:
    return opened()


def rows_in(book: Workbook) -> dict[str, dict[str, Cell]]:
    """The rows of 指標 by their ids, their cells by the columns' titles."""
    _, titles, *rows = book[MEASURES].iter_rows()
    names = [str(cell.value) for cell in titles]
    return {str(row[0].value): dict(zip(names, row, strict=True)) for row in rows}


def values(id_: str, *titles: str, book: Workbook | None = None) -> list[object]:
    row = rows_in(book or usual())[id_]
    return [row[title].value for title in titles]


def test_there_is_a_row_for_each_that_is_in_the_plan_in_its_order():
    assert list(rows_in(usual())) == [
        *("survey", "share", "two", "most", "keep", "bed-a", "bed-b"),
        *("tablets", "boards", "new", "calls", "crime", "visits", "fresh"),
    ]


def test_a_row_says_where_it_stands():
    assert values("bed-a", "基本目標", "戦略計画", "指標", "現状値", "目標値") == [
        *("Ⅰ　安心のまち", "計画１　居場所", "病床の確保　東病院"),
        *("342床", "457床※令和5年度"),
    ]
    assert values("survey", "戦略計画") == ["数値目標"]


@pytest.mark.parametrize(
    ("id_", "written", "number", "unit"),
    [
        ("two", "176所", 176, "所"),
        ("most", "20.9％", 20.9, "％"),
        ("keep", "年間179人", 179, "人"),
        ("tablets", "40校に配備（実施中）", None, None),  # a state is no number
        ("survey", "調査なし\n（令和２年度調査 63.4％）", None, "％"),
    ],
)
def test_an_actual_is_a_text_and_where_it_is_one_a_number(
    id_: str, written: str, number: float | None, unit: str | None
):
    found = values(id_, f"{YEAR}実績", f"{YEAR}実績（数値）", "単位")
    assert found == [written, number, unit]


def test_baseline_and_target_are_numbers_too():
    assert values("two", "現状値\n（数値）", "目標値\n（数値）") == [165, 181]
    assert values("calls", "現状値\n（数値）", "目標値\n（数値）") == [6402, None]


def test_rates_are_exact_numbers():
    """(176 − 165) ÷ (181 − 165); 176 ÷ 181."""
    progress, achievement = values("two", f"{YEAR}進捗率", f"{YEAR}達成率")
    assert progress == pytest.approx(11 / 16, abs=1e-15)
    assert achievement == pytest.approx(176 / 181, abs=1e-15)
    assert values("calls", f"{YEAR}進捗率", f"{YEAR}達成率") == [None, None]


def test_what_is_short_of_its_target_is_not_shown_as_reached():
    """99.98 %, of which a progress of 99.29 % and an achievement of 99.98 %."""
    figures = {**FIGURES, "share": ("97.9％", "99.98％", "100％")}
    row = rows_in(opened(figures=figures))["share"]
    shown = row[f"{YEAR}達成率"]
    assert shown.value == pytest.approx(0.9998)
    assert shown.number_format == "0.00%"
    assert row[f"{YEAR}進捗率"].number_format == "0.0%"


def test_a_rate_that_says_nothing_but_worse_is_told_so():
    figures = {**FIGURES, "two": ("171所", "140所", "181所")}
    assert values("two", f"{YEAR}進捗率", book=opened(figures=figures)) == ["悪化"]


def test_marks_are_symbols_and_words_with_the_exact_reason():
    assert values("two", f"{YEAR}評価", "評価の理由") == [
        "○ 順調",
        "進捗率68.8％ ≥ 年度の目安66.7％",
    ]


def test_a_mark_that_a_person_set_says_so():
    mark, reason = values("bed-a", f"{YEAR}評価", "評価の理由")
    assert mark == "○ 順調"
    assert str(reason).endswith(
        "。計算では「× 遅れ」。開院のときに一度に増えるため。（「○ 順調」に修正）"
    )


def test_every_year_has_its_columns():
    titles = list(rows_in(opened(2022))["two"])
    for year in ("令和２年度", "令和３年度", "令和４年度"):
        first = titles.index(f"{year}\n実績")
        assert titles[first : first + 5] == [
            f"{year}\n{each}" for each in ("実績", "実績（数値）", "評価", "進捗率", "達成率")
        ]


def test_the_counts_are_those_of_the_summary():
    sheet = usual()[COUNTS]
    rows = {str(row[0]): row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    summary = small_review(2021).summary
    for year in summary.years:
        name = {2020: "令和２年度", 2021: "令和３年度"}[year.fiscal_year.year]
        assert name in rows
    overall = summary.overall
    tables = [row for row in sheet.iter_rows(values_only=True) if row[0] == "令和３年度"]
    assert tables[0][1:] == (*(each.count for each in overall.counts), overall.total)
    assert rows["Ⅱ　つながるまち"][-1] == 5


def test_the_titles_stay_and_are_printed_on_lying_pages():
    sheet = usual()[MEASURES]
    assert sheet.freeze_panes == "B3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_title_cols == "$A:$A"
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(16, sheet.max_column).coordinate}"


def test_a_draft_or_a_sample_says_so_on_every_sheet():
    for sheet in opened(is_draft=True, is_sample=True):
        said = "".join(str(cell.value) for cell in sheet[1] if cell.value)
        assert said.endswith("　作成中　見本：数値は架空")
        assert sheet.oddHeader.left.text.endswith("　作成中　見本：数値は架空")


def test_a_build_writes_it_where_the_settings_ask_for_it(tmp_path: Path):
    report = write_review(tmp_path, review='accept = ["fresh"]')
    written = report / "report.toml"
    written.write_text(
        written.read_text(encoding="utf-8") + 'formats = ["xlsx"]\n', encoding="utf-8"
    )
    (path,) = build(report)
    assert path.name == "実績.xlsx"
    first = path.read_bytes()
    assert build(report) == (path,)
    assert path.read_bytes() == first
    assert values("two", f"{YEAR}実績（数値）", book=load_workbook(path)) == [176]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(reviews())
def test_any_review_has_its_data(drawn: tuple[Review, ReviewSettings]):
    """Each value is that of the judgement: the number in its unit, the rates to 15 digits."""
    review, words = drawn
    made = data_book(review, words, title="", author="みどり市")
    found = rows_in(load_workbook(io.BytesIO(write_book(made, moment=MOMENT))))
    measures = list(review.catalogue.measures())
    assert len(found) == len(measures)
    for measure in measures:
        judgement = review.judgement(measure)
        row = found[measure.id]
        name = review.year_name()
        assert row[f"{name}\n評価"].value == judgement.mark.label
        for title, rate in (
            ("進捗率", judgement.progress_rate),
            ("達成率", judgement.achievement_rate),
        ):
            value = row[f"{name}\n{title}"].value
            if rate is None or rate < -1:
                assert value == (None if rate is None else "悪化")
            else:
                assert value == pytest.approx(float(rate), rel=1e-14)


def test_texts_past_values_and_years_targets_have_columns_where_there_are_any():
    data = plan_data()
    row = data["goals"][0]["plans"][0]["indicators"][0]
    row["yearly_targets"] = [{"fiscal_year": 2021, "text": "98.5"}]
    row["past"] = [{"label": "平成22年度", "text": "90.1"}, {"label": "平成27年度", "text": "96.1"}]
    review = small_review(2021, plan=read_plan(data), actuals=actuals_of(2021, FIGURES))
    about = ReviewSettings(FiscalYear(2021), Path("actuals.xlsx"))
    made = data_book(review, about, title="", author="みどり市")
    book = load_workbook(io.BytesIO(write_book(made, moment=MOMENT)))
    titles = ("番号", "定義・計算方法", "委員会", "平成22年度", "平成27年度", f"{YEAR}目標")
    expected = ["1", "申込者のうち入所した人の割合", "文教", "90.1", "96.1", "98.5"]
    assert values("share", *titles, book=book) == expected
    assert values("most", *titles[1:], book=book) == [None] * 5
    assert not {*titles} & {*rows_in(usual())["share"]}
