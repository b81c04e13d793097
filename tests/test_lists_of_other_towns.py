"""What lists of other municipalities have: no numbers, remarks in titles, renamed words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.document.blocks import Heading, Table
from kpireport.document.place_labels import measure_labels, place_labels
from kpireport.document.plan import compose_plan
from kpireport.domain.catalogue import Baseline, Indicator, Target
from kpireport.domain.layouts import Details
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.units import without_unit
from kpireport.domain.values import parse_in_unit
from kpireport.domain.years import FiscalYear
from kpireport.errors import CellError
from kpireport.evaluation import criteria_from_settings
from kpireport.reports import Report
from kpireport.sources.actuals_values import read_value
from tests.answers import ANSWERS, with_answers
from tests.documents import METADATA
from tests.own_comments import COLUMNS, with_own_columns
from tests.pulling.edited import write
from tests.review_reports import PLAN, cell_text, read_plan, shown, small_document, small_review
from tests.test_answers import found_table, said_of
from tests.test_rolled_reports import errors
from tests.test_rolled_reports import write as write_rolled

# --- goals and plans without numbers -----------------------------------------------


def unnumbered() -> Any:
    """The small plan, none of whose goals and plans has a number."""
    data = json.loads(json.dumps(PLAN))
    for goal in data["goals"]:
        goal["numeral"] = ""
        for plan in goal["plans"]:
            del plan["label"]
    return data


def test_what_has_no_number_is_called_by_its_name():
    plan = read_plan(unnumbered())
    first = plan.goals[0]
    labels = place_labels(plan)
    assert labels[first.id] == first.title
    assert labels[first.plans[0].id] == first.plans[0].title
    assert measure_labels(plan)[next(first.indicators()).id] == first.plans[0].title


@pytest.mark.parametrize("edition", ["plan", "review"])
def test_no_gap_stands_where_a_number_would(edition: str):
    plan = read_plan(unnumbered())
    document = (
        compose_plan(plan, METADATA)
        if edition == "plan"
        else small_document(review=small_review(plan=plan))
    )
    blocks = list(document.blocks())
    goals = [each for each in blocks if isinstance(each, Heading) and each.id.startswith("goal-")]
    assert [each.outline or each.text for each in goals[:2]] == [each.title for each in plan.goals]
    lines = [line for line in shown(blocks) if line.strip()]
    assert not [line for line in lines if line.startswith("　") and plan.goals[0].title in line]
    titles = [each.title for each in blocks if isinstance(each, Table)]
    assert f"{plan.goals[0].title}：" in "".join(titles)


# --- remarks in titles -------------------------------------------------------------

REMARKS: list[dict[str, Any]] = [
    {"key": "results", "label": "取組（成果）"},
    {"key": "issues", "label": "取組（課題）"},
    {"key": "policy", "label": "評価（今後）", "choices": ["発展", "継続"]},
]


def test_titles_may_differ_in_their_remarks_alone(tmp_path: Path):
    rows = [["p1", None, 2021, "増設した。", "土地がない。", "継続"]]
    report = Report.open(with_own_columns(write(tmp_path, comments=()), rows, REMARKS))
    assert report.read is not None
    (comment,) = report.read.actuals.comments
    assert [comment.text(each) for each in ("results", "issues", "policy")] == [
        *("増設した。", "土地がない。", "継続")
    ]
    assert not report.findings.errors


def test_a_title_that_could_be_two_columns_is_none_of_them(tmp_path: Path):
    report = with_own_columns(write(tmp_path, comments=()), [], REMARKS)
    book = load_workbook(report / "actuals.xlsx")
    book["計画コメント"]["D1"] = "取組"
    book.save(report / "actuals.xlsx")
    found = errors(report)
    assert "計画コメント!1行目: 見出し「取組（成果）」の列がありません。" in found


def test_an_answer_may_be_called_like_a_column_but_for_a_remark(tmp_path: Path):
    asked = [{"key": "cost", "label": "実績（額）", "kind": "amount", "unit": "千円"}]
    report = write(tmp_path, comments=())
    change(report, answers=asked)
    book = load_workbook(report / "actuals.xlsx")
    sheet = book["実績"]
    column = sheet.max_column + 1
    sheet.cell(1, column).value = "実績（額）\n（千円）"
    row = next(each for each in sheet if (each[0].value, each[2].value) == ("share", 2021))
    sheet.cell(row[0].row, column).value = 1200
    book.save(report / "actuals.xlsx")
    assert said_of(report, "share") == {"cost": "1,200"}


# --- renamed words -----------------------------------------------------------------


def change(report: Path, **items: Any) -> None:
    """Write items into the catalogue of a report."""
    file = Report.open(report).settings.catalogue
    data = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(data | items, ensure_ascii=False), encoding="utf-8")


def test_a_word_of_before_it_was_renamed_is_that_of_today(tmp_path: Path):
    choices = [{"word": "拡充", "former": ["発展", "拡大"]}, "継続"]
    columns = [*COLUMNS[:2], {**COLUMNS[2], "choices": choices}]
    rows = [
        ["p1", None, 2021, "増設した。", None, "発 展"],
        ["p3", None, 2021, "広げた。", None, "終了"],
        ["p1", None, 2020, "始めた。", None, "拡大"],
    ]
    report = Report.open(with_own_columns(write(tmp_path, comments=()), rows, columns))
    assert report.read is not None
    said = report.read.actuals.comments
    found = {(each.plan_id, each.fiscal_year.year): each.text("policy") for each in said}
    assert found == {("p1", 2021): "拡充", ("p3", 2021): "", ("p1", 2020): "拡充"}
    (error,) = report.findings.errors
    assert error.remedy.endswith("その選択肢に former（以前の言葉）を書きます。")


# --- numeric targets that are asked more -------------------------------------------


def asking_targets(folder: Path) -> Path:
    asked = {"direction", "note"}
    answers = [{**each, "numeric_targets": each["key"] in asked} for each in ANSWERS]
    for each in answers:
        if not each["numeric_targets"] or each.get("kind") == "amount":
            del each["numeric_targets"]
    said = {("survey", 2020): {"direction": "Ｃ", "note": "広報する。", "budget": 5}}
    report = with_answers(write(folder, comments=(), overrides=(), year=2020, rows=None), said)
    change(report, answers=answers)
    return report


def test_a_numeric_target_is_asked_what_the_plan_says(tmp_path: Path):
    report = asking_targets(tmp_path)
    assert said_of(report, "survey", FiscalYear(2020)) == {"direction": "Ｃ", "note": "広報する。"}
    warned = [each.what for each in Report.open(report).inspected().findings.warnings]
    assert "数値目標の行なので、予算額は使いません。" in warned
    band = next(
        each
        for each in Report.open(report).document.blocks()
        if isinstance(each, Table) and each.title == "Ⅰ　安心のまち"
    )
    rows = [[cell_text(cell) for cell in row.cells] for row in band.rows]
    assert any(row[-1] == "方向性" for row in rows)
    assert any(row[-1] == "Ｃ" for row in rows)
    assert any("今後の取組　広報する。" in row[-1] for row in rows)
    with pytest.raises(StopIteration):  # only what is chosen of indicators is counted
        found_table(report, "方向性（重要業績評価指標の数）")


# --- words that say bands ----------------------------------------------------------


def words(settings: dict[str, Any]) -> list[str]:
    scheme = criteria_from_settings(settings).scheme
    return [each.word for each in scheme.own_marks]


BANDS = [{"from": 90, "mark": "a"}, {"from": 60, "mark": "b"}]
ALL_BANDS = [*BANDS, {"from": 30, "mark": "c"}, {"below": 30, "mark": "d"}]


def test_words_do_not_say_bands_that_are_not_the_presets():
    usual = ["80％以上", "50％以上80％未満", "20％以上50％未満", "20％未満"]
    assert words({"scheme": "fuji"}) == usual
    bands = {"of": "interim", "bands": ALL_BANDS}
    assert words({"scheme": "fuji", **bands}) == ["A", "B", "C", "D"]
    classed = {"scheme": "fuji", "category": {"survey": bands}}
    assert words(classed) == ["A", "B", "C", "D"]
    assert words({**classed, "marks": {"a": {"word": "順調"}}}) == ["順調", "B", "C", "D"]
    other = {"scheme": "takamatsu", "category": {"survey": {"scheme": "takamatsu_90"}}}
    assert words(other) == ["A", "B", "C", "D"]


# --- all at once -------------------------------------------------------------------


@pytest.mark.parametrize(
    "scheme",
    [
        'scheme = "tama"\nof = "target"\nbands = [{ from = 1, mark = "x" }]',
        """scheme = "own"
of = "targets"
marks = [{ symbol = "a", level = "reached" }, { symbol = "b", level = "late" }]
bands = [{ from = 80, mark = "a" }, { below = 80, mark = "b" }]""",
    ],
)
def test_what_is_wrong_with_the_rollup_is_told_beside_faulty_bands(tmp_path: Path, scheme: str):
    rollup = 'of = ["plan", "area"]\nby = "worst"\n'
    found = errors(write_rolled(tmp_path, rollup, scheme=scheme))
    assert [each for each in found if "evaluation.rollup.of[1]" in each]
    assert len(found) >= 2


# --- marks of goals from their numeric targets -------------------------------------

OF_TARGETS = """
of = ["goal"]
by = "points"
points = { reached = 3, on_track = 2, behind = 1, late = 0 }
bands = [{ from = 2, mark = "A" }, { mark = "B" }]
marks = [
  { symbol = "A", word = "よい", level = "reached" },
  { symbol = "B", word = "注意", level = "late" },
]
[evaluation.rollup.goal]
from = "numeric_targets"
"""


def test_a_goals_mark_may_be_made_of_its_numeric_targets(tmp_path: Path):
    report = write_rolled(tmp_path, OF_TARGETS)
    review = Report.open(report).review
    assert review is not None
    own = review.evaluation.find("survey", review.years[-1]).mark
    found = review.rollup.get("g1", review.years[-1])
    assert found is not None
    assert [(each.mark, each.count) for each in found.counts] == [(own, 1)]
    other = review.rollup.get("g2", review.years[-1])
    assert other is not None
    assert other.mark is None  # without numeric targets
    lines = shown(Report.open(report).document.blocks())
    said = "基本目標の評価は、その基本目標にある数値目標の評価を点数に置き換え、点数の平均で"
    assert any(said in line for line in lines)


def test_numeric_targets_are_those_of_goals_and_have_to_be_there(tmp_path: Path):
    found = errors(write_rolled(tmp_path, OF_TARGETS.replace("goal", "plan")))
    assert "evaluation.rollup.plan.from: 数値目標があるのは goal だけなので、" in "".join(found)
    plan = unnumbered()
    for goal in plan["goals"]:
        goal.pop("numeric_targets", None)
    report = write_rolled(tmp_path / "b", OF_TARGETS)
    change(report, goals=plan["goals"])
    assert "evaluation.rollup.goal.from: 計画に数値目標がありません。" in errors(report)


# --- units that stand in a column --------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "written", "read", "shown_as"),
    [
        ("人/年", "120人", "120人", "120"),
        ("人/年", "120人/年", "120人/年", "120"),
        ("件／月", "3.5件（速報値）", "3.5件（速報値）", "3.5（速報値）"),
        ("人", "85万人", "85万人", "85万"),
        ("人", "85万", "85万人", "85万"),
    ],
)
def test_an_answer_has_the_unit_of_its_column(unit: str, written: str, read: str, shown_as: str):
    target = parse_in_unit("150", unit)
    measure = Indicator(
        id="i",
        name="利用",
        baseline=Baseline("100", parse_in_unit("100", unit).quantities),
        target=Target("150", TargetKind.AT_LEAST, target.quantities),
        details=Details(unit=unit),
    )
    value = read_value(written, measure, NumeralStyle.HALF)
    assert value.text == read
    assert value.quantities[0].unit == target.quantities[0].unit
    assert without_unit(value.text, unit) == shown_as


def test_another_unit_than_that_of_the_column_is_refused():
    quantities = parse_in_unit("100", "人/年").quantities
    measure = Indicator(
        id="i",
        name="利用",
        baseline=Baseline("100", quantities),
        target=Target("150", TargetKind.AT_LEAST, quantities),
        details=Details(unit="人/年"),
    )
    for written in ("120件", "120人/月"):
        with pytest.raises(CellError):
            read_value(written, measure, NumeralStyle.HALF)


def test_several_numbers_are_read_in_the_plans_own_form():
    two = (*parse_in_unit("93", "件").quantities, *parse_in_unit("105", "件").quantities)
    measure = Indicator(
        id="i",
        name="事故（町内／町民）",
        baseline=Baseline("94/107", two),
        target=Target("93/105", TargetKind.AT_MOST, two),
        details=Details(unit="件"),
    )
    value = read_value("1,114／130", measure, NumeralStyle.HALF)
    assert value.text == "1,114／130"
    assert [(int(each.value), each.unit) for each in value.quantities] == [
        *((1114, "件"), (130, "件"))
    ]
    for written in ("114/130/2", "114-130", "114/"):
        with pytest.raises(CellError):
            read_value(written, measure, NumeralStyle.HALF)
