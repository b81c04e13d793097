"""What else indicators are asked, from the sheets handed out to the document and back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpireport.cli import main
from kpireport.collection import hand_out, start_year
from kpireport.comparing import compare
from kpireport.document.blocks import Heading, Table
from kpireport.domain.years import FiscalYear
from kpireport.reports import Report
from kpireport.sources.actuals import ReadActuals
from tests.answers import ANSWERS, with_answers
from tests.collection.answering import HOIKU, Asked, asked, by_hand
from tests.collection.handing_out import titles_of
from tests.comparing.helpers import told
from tests.pulling.edited import control, edited, pulled, write, write_into
from tests.review_reports import cell_text

YEAR = FiscalYear(2021)
NOTE, OPINION = "窓口を広げる。", "地区別の数も示されたい。"
SAID: dict[tuple[Any, Any], dict[str, Any]] = {
    ("share", 2020): {"direction": "Ａ", "budget": 1000, "settled": "980千円"},
    ("share", 2021): {
        "direction": "Ｂ",
        "budget": 12345,
        "settled": "―",
        "note": NOTE,
        "board-note": OPINION,
    },
    ("two", 2021): {"direction": "B", "budget": "△ 1,200.5"},
    ("bed-a", 2021): {"direction": "Ｃ"},
}
COMMENTS = [["p1", None, 2021, "増設しました。", "継続", "質の評価が必要である。"]]


def own(folder: Path, said: Any = SAID, layout: Any = (), **options: Any) -> Path:
    return with_answers(write(folder, comments=(), **options), said, COMMENTS, layout)


def read(report: Path) -> ReadActuals:
    found = Report.open(report).read
    assert found is not None
    return found


def said_of(report: Path, id_: str, year: FiscalYear = YEAR) -> dict[str, str]:
    found = read(report).actuals.find(id_, year)
    return dict(found.answers) if found else {}


def said_in(case: Asked, id_: str) -> dict[str, str]:
    fact = case.fact(id_)
    return dict(fact.answers) if fact else {}


def kpi_table(report: Path) -> Table:
    tables = (each for each in Report.open(report).document.blocks() if isinstance(each, Table))
    return next(each for each in tables if each.title == "Ⅰ　安心のまち：重要業績評価指標の実績")


def texts(table: Table) -> list[list[str]]:
    return [[cell_text(cell) for cell in row.cells] for row in (*table.header_rows, *table.rows)]


def found_table(report: Path, title: str) -> list[list[str]]:
    tables = (each for each in Report.open(report).document.blocks() if isinstance(each, Table))
    return next(texts(each) for each in tables if each.title == title)


# --- read --------------------------------------------------------------------------


def test_answers_are_read_with_their_years(tmp_path: Path):
    report = own(tmp_path)
    assert said_of(report, "share") == {
        "direction": "Ｂ",
        "budget": "12,345",
        "settled": "―",
        "note": NOTE,
        "board-note": OPINION,
    }
    assert said_of(report, "two") == {"direction": "Ｂ", "budget": "−1,200.5"}
    assert said_of(report, "share", FiscalYear(2020))["settled"] == "980"


def test_faults_of_answers_are_told_at_their_cells(tmp_path: Path):
    said = {("share", 2021): {"direction": "Ｚ", "budget": "約千円", "settled": 0.5}}
    errors = read(own(tmp_path, said)).findings.errors

    assert [(each.place, each.what) for each in errors] == [
        (f"実績!I{row_of('share')}", "「Ｚ」は、「方向性」の選択肢にありません。"),
        (f"実績!J{row_of('share')}", "「約千円」は、予算額の数として読めません。"),
    ]
    assert errors[0].remedy.startswith("「Ａ」、「Ｂ」、「Ｃ」のどれかを選んでください。")
    assert "単位は千円です" in errors[1].remedy


def test_earlier_years_may_have_chosen_among_other_words(tmp_path: Path):
    report = own(tmp_path, {("share", 2020): {"direction": "現状維持"}})
    assert not read(report).findings.errors
    assert said_of(report, "share", FiscalYear(2020)) == {"direction": "現状維持"}


def row_of(id_: str) -> int:
    from tests.pulling.edited import rows

    found = [(row[0], row[2]) for row in rows()]
    return found.index((id_, 2021)) + 2


def test_a_numeric_target_is_asked_nothing_else(tmp_path: Path):
    report = own(tmp_path, {("survey", 2020): {"budget": 5}})
    (found,) = (each for each in read(report).findings.warnings if "予算額" in each.what)
    assert found.what == "数値目標の行なので、予算額は使いません。"


def test_a_correction_of_a_value_leaves_the_answers_of_then(tmp_path: Path):
    earlier = own(tmp_path / "a", year=2020, rows=None)
    report = own(tmp_path / "b", {("share", 2020): {"settled": 990}})
    settings = report / "report.toml"
    text = settings.read_text("utf-8")
    assert "[review]" in text
    earlier_file = (earlier / "actuals.xlsx").as_posix()
    settings.write_text(
        text.replace("[review]", f'[review]\nearlier = ["{earlier_file}"]', 1), encoding="utf-8"
    )
    answers = said_of(report, "share", FiscalYear(2020))
    assert answers == {"direction": "Ａ", "budget": "1,000", "settled": "990"}


# --- printed -----------------------------------------------------------------------


def test_choices_and_amounts_stand_behind_the_mark_and_texts_below(tmp_path: Path):
    head, names, first, *below = texts(kpi_table(own(tmp_path)))

    assert names[-3:] == ["方向性", "予算額 / （千円）", "決算額 / （千円）"]
    assert first[-3:] == ["Ｂ", "12,345", "―"]
    note = below[0][0].split(" / ")
    assert note[-2:] == [f"今後の取組　{NOTE}", f"【外部評価】意見　{OPINION}"]
    assert len(head) < len(names)


def test_comments_of_several_evaluators_stand_in_blocks(tmp_path: Path):
    rows = texts(kpi_table(own(tmp_path)))
    at = rows.index(["【内部評価】"])
    assert rows[at + 1 : at + 3] == [
        ["成果 / 増設しました。", "今後の方針 / 継続"],
        ["【外部評価】意見 / 質の評価が必要である。"],
    ]


LAYOUT = [
    "plan",
    {"column": "indicator", "group": ""},
    {"column": "actuals", "group": "実績"},
    "baseline_year",
    "deadline",
    {"column": "earlier_marks", "group": "評価"},
    {"column": "mark", "group": "評価", "header": "今年度"},
    {"column": "answers.direction", "by_year": True},
    {"column": "answers.note", "header": "取組"},
    "reason",
]


def test_a_layout_places_answers_earlier_marks_and_years(tmp_path: Path):
    upper, lower, first, *below = texts(kpi_table(own(tmp_path, layout=LAYOUT)))

    assert upper == [
        *("戦略計画", "指標", "実績", "基準年度", "目標年度", "評価"),
        *("令和２年度 / 方向性", "令和３年度 / 方向性", "取組", "評価の理由"),
    ]
    assert lower == ["令和２年度", "令和３年度", "令和２年度", "今年度"]
    assert first[4:6] == ["令和元年度", "令和４年度"]
    assert first[8:11] == ["Ａ", "Ｂ", NOTE]
    assert NOTE not in below[0][0]
    assert OPINION in below[0][0]


def test_a_mark_beside_earlier_ones_is_the_years_alone(tmp_path: Path):
    first = texts(kpi_table(own(tmp_path, layout=LAYOUT)))[2]
    usual = texts(kpi_table(own(tmp_path / "b")))[2]
    assert (first[6], first[7]) == ("△（やや遅れ）", "△（やや遅れ）")
    assert usual[7].split(" / ")[0].startswith("△")
    assert len(usual[7].split(" / ")) == 2


def test_second_marks_are_counted_in_the_summary_and_explained(tmp_path: Path):
    report = own(tmp_path)
    head, *goals, total = found_table(report, "方向性（指標の数）")

    assert head[1:] == ["Ａ", "Ｂ", "Ｃ", "未記入", "計"]
    assert total[1:4] == ["０", "２", "１"]
    assert len(goals) == 2
    blocks = list(Report.open(report).document.blocks())
    heads = [each.text for each in blocks if isinstance(each, Heading)]
    assert heads.index("令和３年度の結果") < heads.index("目次") < heads.index("方向性の区分")
    place = next(
        n for n, each in enumerate(blocks) if getattr(each, "title", "") == "方向性（指標の数）"
    )
    contents = next(n for n, each in enumerate(blocks) if getattr(each, "text", "") == "目次")
    assert place < contents


def test_other_choices_are_counted_in_the_appendix(tmp_path: Path):
    report = own(tmp_path)
    heads = [
        each.text for each in Report.open(report).document.blocks() if isinstance(each, Heading)
    ]
    assert "１　内部評価：今後の方針" in heads
    assert not any("方向性" in each for each in heads[heads.index("資料編") :])


def test_the_data_have_the_answers_of_every_year(tmp_path: Path):
    from kpireport.stages.data_book import data_book

    report = Report.open(own(tmp_path))
    assert report.review is not None
    sheet = data_book(report.review, report.review_settings, title="", author="").sheets[0]
    titles = [each.value for each in sheet.rows[1].cells]
    row = next(each for each in sheet.rows if each.cells[0].value == "share")
    told_ = dict(zip(titles, (each.value for each in row.cells), strict=True))
    assert told_["令和３年度\n予算額（千円）"] == 12345
    assert told_["令和２年度\n決算額（千円）"] == 980
    assert told_["令和３年度\n決算額（千円）"] == "―"
    assert told_["令和３年度\n外部評価：意見"] == OPINION


# --- handed out and taken in -------------------------------------------------------


def asked_more(folder: Path, **said: Any) -> Asked:
    case = asked(folder)
    with_answers(case.report, {})
    handed = {each.department: each.path for each in hand_out(case.report, output=folder / "again")}
    return Asked(case.report, handed)


def test_departments_are_asked_their_own_columns_alone(tmp_path: Path):
    case = asked_more(tmp_path)
    book = load_workbook(case.handed[HOIKU])
    titles = [str(each) for each in titles_of(book["実績"])]
    assert {"方向性", "予算額", "今後の取組"} <= set(titles)
    assert not any("外部評価" in each for each in titles)
    words = [str(each) for each in titles_of(book["計画コメント"])]
    assert "内部評価：成果" in words
    assert not any("外部評価" in each for each in words)


def test_answers_are_taken_in_and_what_others_wrote_stays(tmp_path: Path):
    case = asked_more(tmp_path)
    by_hand(case.workbook, "share", "外部評価：意見", OPINION)
    case.answer(HOIKU, {"share": {"実績": "98.6％", "方向性": "Ａ", "予算額": 12345}})
    collected = case.collect()

    assert not collected.errors
    answers = said_in(case, "share")
    assert answers == {"direction": "Ａ", "budget": "12,345", "board-note": OPINION}
    page = load_workbook(case.workbook)["実績"]
    titles = {cell.value: cell.column for cell in page[1]}
    rows = [row for row in page.iter_rows(min_row=2) if row[0].value == "share"]
    (row,) = (each for each in rows if each[titles["年度"] - 1].value == 2021)
    assert row[titles["予算額（千円）"] - 1].value == 12345


def test_an_answer_is_corrected_by_a_newer_sheet_and_what_is_no_answer_is_refused(tmp_path: Path):
    case = asked_more(tmp_path)
    case.answer(HOIKU, {"share": {"実績": "98.6％", "方向性": "Ａ"}})
    case.collect()
    case.answer(HOIKU, {"share": {"実績": "98.6％", "方向性": "Ｂ"}})
    case.collect()
    assert said_in(case, "share")["direction"] == "Ｂ"

    case.answer(HOIKU, {"share": {"実績": "98.6％", "方向性": "Ｙ", "予算額": "多い"}})
    whats = [each.what for each in case.collect().errors]
    assert "「Ｙ」は、「方向性」の選択肢にありません。" in whats
    assert "「多い」は、予算額の数として読めません。" in whats
    assert said_in(case, "share")["direction"] == "Ｂ"


def test_what_was_written_by_hand_is_kept_where_that_is_wished(tmp_path: Path):
    case = asked_more(tmp_path)
    by_hand(case.workbook, "share", "方向性", "Ｃ")
    case.answer(HOIKU, {"share": {"実績": "98.6％", "方向性": "Ａ"}})
    assert [each.what for each in case.collect().errors]
    collected = case.collect(keep=["share:方向性"])
    assert not collected.errors
    assert said_in(case, "share")["direction"] == "Ｃ"


def test_a_missing_second_mark_is_asked_for(tmp_path: Path):
    warnings = read(own(tmp_path, {})).findings.warnings
    assert any(each.what == "実績があるのに、方向性がありません。" for each in warnings)
    assert not any("予算額" in each.what for each in warnings)


def test_the_next_year_asks_the_same_and_knows_the_past(tmp_path: Path):
    own(tmp_path)
    start_year(2022, tmp_path)
    page = load_workbook(tmp_path / "2022" / "actuals.xlsx")["実績"]
    titles = [cell.value for cell in page[1]]
    assert "予算額\n（千円）" in titles
    assert said_of(tmp_path / "2022", "share")["budget"] == "12,345"


# --- compared, edited --------------------------------------------------------------


def test_differing_answers_are_told(tmp_path: Path):
    old = own(tmp_path / "old")
    new = own(tmp_path / "new", {**SAID, ("share", 2021): {"direction": "Ｃ", "budget": 12345}})
    found = [(id_, item, old, new) for _, id_, item, old, new in told(compare(old, new))]
    assert ("share", "方向性", "Ｂ", "Ｃ") in [
        (a, b.partition("（")[0], c, d) for a, b, c, d in found
    ]
    assert not any("予算額" in item for _, item, *_ in found)


def test_a_text_edited_in_word_comes_back(tmp_path: Path):
    report = own(tmp_path)
    data = Report.open(report).word()
    changed = edited(
        lambda root: write_into(control(root, "answers.note:share:2021"), "窓口を増やす。"), data
    )
    pulled(report, changed, apply=True)
    assert said_of(report, "share")["note"] == "窓口を増やす。"


def test_an_actuals_file_without_the_columns_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = own(tmp_path)
    book = load_workbook(report / "actuals.xlsx")
    titles = {cell.value: cell.column for cell in book["実績"][1]}
    book["実績"].delete_cols(titles["方向性"])
    made = io.BytesIO()
    book.save(made)
    (report / "actuals.xlsx").write_bytes(made.getvalue())

    assert main(["build", str(report)]) == 2
    assert "見出し「方向性」の列がありません" in capsys.readouterr().err
    assert ANSWERS[0]["label"] == "方向性"
