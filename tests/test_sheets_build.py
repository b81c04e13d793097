"""Evaluation sheets through every command: built, checked, pulled, kept, compared."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from openpyxl import load_workbook

from kpireport.archiving import archive, verify
from kpireport.cli import main
from kpireport.collection import start_year
from kpireport.conductor import build, check
from kpireport.domain.settings import DocumentKind
from kpireport.errors import InputError
from kpireport.pulling import PullRefusalKind, pull
from kpireport.reports import Report
from kpireport.sources.settings import load_settings
from tests.pulling.edited import control, controls, edited, pulled, write_into
from tests.pulling.test_unwritten import type_anew
from tests.reports import files_in, write_report
from tests.sheet_reports import write_sheets

TITLE = "あおば市総合戦略令和３年度評価シート"
MADE = ("out/実績.docx", "out/実績.pdf")
BESIDE = ("out/実績-sheets.docx", "out/実績-sheets.pdf")


def titles(report: Path, names: tuple[str, str] = MADE) -> set[str]:
    """The titles of the Word file and of the PDF."""
    word, pdf = ((report / name).read_bytes() for name in names)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        of_pdf = str(opened.docinfo.Title)
    return {docx.Document(io.BytesIO(word)).core_properties.title, of_pdf}


# --- build -----------------------------------------------------------------------


def test_the_edition_is_built_as_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write_sheets(tmp_path)
    assert main(["build", str(report)]) == 0
    assert [f"作成しました: {report / name}" for name in MADE] == (
        capsys.readouterr().out.splitlines()
    )
    assert titles(report) == {TITLE}


@pytest.mark.parametrize("of", ["indicator", "plan"])
def test_word_has_each_sheet_among_its_headings(tmp_path: Path, of: str):
    report = write_sheets(tmp_path, of=of)
    word, _ = build(report)
    found = [
        paragraph.text
        for paragraph in docx.Document(str(word)).paragraphs
        if paragraph.style and str(paragraph.style.name).startswith(("Heading", "見出し"))
    ]
    name = "①　観光客数" if of == "indicator" else "ア　周遊する観光"
    assert name in found


def test_the_pdf_has_a_bookmark_for_each_sheet_below_its_places(tmp_path: Path):
    _, path = build(write_sheets(tmp_path))
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        goal = outline.root[-1]
        assert goal.title == "基本目標　１　人が集うまち"
        assert [each.title for each in goal.children] == [
            "転入超過数",
            "個別施策　ア　周遊する観光（⑴　観光の振興）",
            "個別施策　ア　担い手の確保（⑵　農業の振興）",
            "イ　検討中の施策",
        ]
        assert [each.title for each in goal.children[1].children] == [
            "①　観光客数",
            "宿泊客の割合",
        ]


def test_the_same_input_makes_the_same_bytes(tmp_path: Path):
    report = write_sheets(tmp_path)
    first = [path.read_bytes() for path in build(report)]
    assert [path.read_bytes() for path in build(report)] == first


def test_a_review_has_its_sheets_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write_sheets(tmp_path, edition="review")
    build(report)
    whole = {name: (report / name).read_bytes() for name in MADE}
    capsys.readouterr()
    assert main(["build", str(report), "--sheets"]) == 0
    assert [f"作成しました: {report / name}" for name in BESIDE] == (
        capsys.readouterr().out.splitlines()
    )
    assert {name: (report / name).read_bytes() for name in MADE} == whole
    assert titles(report, BESIDE) == {TITLE}


def test_a_title_of_the_reviews_own_says_that_these_are_its_sheets(tmp_path: Path):
    own = 'title = ["一年の", "あゆみ"]'
    beside = write_sheets(tmp_path / "beside", edition="review", review=own)
    build(beside, document=DocumentKind.SHEETS)
    assert "一年のあゆみ評価シート" in titles(beside, BESIDE)
    alone = write_sheets(tmp_path / "alone", review=own)
    build(alone)
    assert "一年のあゆみ" in titles(alone)


def test_the_digest_of_sheets_leads_to_them(tmp_path: Path):
    report = write_sheets(tmp_path)
    word, _ = build(report, document=DocumentKind.DIGEST)
    assert word.name == "実績-digest.docx"
    document = docx.Document(str(word))
    assert document.core_properties.title == f"{TITLE}（概要版）"
    assert any(f"「{TITLE}」にあります" in each.text for each in document.paragraphs)


def test_what_lacks_is_refused(tmp_path: Path):
    report = write_sheets(tmp_path)
    path = report / "actuals.xlsx"
    book = load_workbook(path)
    sheet = book["実績"]
    (row,) = (each[0].row for each in sheet if (each[0].value, each[2].value) == ("stays", 2021))
    sheet.delete_rows(row)
    book.save(path)
    before = files_in(report)
    with pytest.raises(InputError, match="stays"):
        build(report)
    assert files_in(report) == before


def test_a_plan_has_no_sheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    report = write_report(tmp_path / "report")
    before = files_in(report)
    assert main(["build", str(report), "--sheets"]) == 2
    assert "評価シートは実績のある版だけのものです。" in capsys.readouterr().err
    assert files_in(report) == before


def test_a_digest_of_sheets_is_not_asked_for_as_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = write_sheets(tmp_path)
    assert main(["build", str(report), "--sheets", "--digest"]) == 2
    assert capsys.readouterr().err.startswith(
        "--digest と --sheets は、どちらか一方だけを付けてください。"
    )


# --- settings --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('sheet_of = "plan"', 'sheet_of = "goal"', "sheets.sheet_of"),
        ('sheet_of = "plan"', 'of = "plan"', "「of」という項目はありません。"),
        ("[review]\nfiscal_year = 2021\n", "", "[review] がありません。"),
        ("date =", "as_of = 2021\ndate =", "as_of は計画版（plan）だけのものです。"),
        (
            'edition = "sheets"',
            'edition = "plan"',
            "[sheets] は計画版（plan）にはないものです。",
        ),
    ],
)
def test_settings_that_cannot_be_are_refused(tmp_path: Path, old: str, new: str, expected: str):
    path = write_sheets(tmp_path, of="plan") / "report.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_settings(path.parent)
    assert expected in str(refusal.value)


def test_a_result_that_would_be_written_over_an_input_is_refused(tmp_path: Path):
    path = write_sheets(tmp_path, edition="review") / "report.toml"
    text = path.read_text("utf-8").replace('name = "実績"', 'name = "../様式"')
    text += '\n[docx]\ntemplate = "out/x-sheets.docx"\n'
    path.write_text(text.replace('"../様式"', '"x"'), encoding="utf-8")
    with pytest.raises(InputError, match=r"x-sheets\.docx が、入力のファイルと同じ"):
        load_settings(path.parent)


# --- the other commands ----------------------------------------------------------


def test_check_counts_what_the_sheets_are_of(tmp_path: Path):
    counted = check(write_sheets(tmp_path))
    assert (counted.goals, counted.plans, counted.numeric_targets, counted.indicators) == (
        *(1, 3),
        *(1, 3),
    )


def test_an_archive_of_sheets_is_built_anew_from_what_it_keeps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = write_sheets(tmp_path)
    kept = archive(report)
    assert verify(kept.path).findings == ()
    capsys.readouterr()
    assert main(["verify", str(kept.path)]) == 0
    assert f"題名: {TITLE}（令和３年度の評価シート）" in capsys.readouterr().out


def test_two_editions_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    reports = [
        write_sheets(tmp_path / name, edition=edition, of=of)
        for name, edition, of in (("one", "review", ""), ("other", "sheets", "plan"))
    ]
    assert main(["diff", *map(str, reports)]) == 1
    said = capsys.readouterr().out
    assert "実績版" in said
    assert "評価シート" in said
    assert "戦略計画ごと" in said


def test_a_new_year_of_sheets_is_sheets(tmp_path: Path):
    report = write_sheets(tmp_path, of="plan")
    start_year(2022, report.parent)
    settings = load_settings(report.parent / "2022")
    assert (settings.edition, settings.sheet_of) == ("sheets", "plan")


# --- pull ------------------------------------------------------------------------

DRAFT = "draft = true"


def word_of(report: Path, **options: Any) -> bytes:
    path, *_ = build(report, **options)
    return path.read_bytes()


def texts_of(report: Path) -> Mapping[str, str]:
    """What is said of the plan's first indicator and of its plan."""
    actuals = Report.open(report).actuals
    year = Report.open(report).review_settings.fiscal_year
    own = actuals.find("visitors", year)
    comment = actuals.find_comment("p1", year)
    assert own is not None
    assert comment is not None
    return {"explanation": own.comment, **dict(own.answers), **dict(comment.texts)}


@pytest.mark.parametrize(
    ("edition", "document"),
    [("sheets", DocumentKind.WHOLE), ("review", DocumentKind.SHEETS)],
)
def test_words_that_were_edited_on_a_sheet_come_back(
    tmp_path: Path, edition: str, document: DocumentKind
):
    report = write_sheets(tmp_path, edition=edition)

    def change(root: Any) -> None:
        write_into(control(root, "explanation:visitors:2021"), "道の駅が７月に開業した。")
        write_into(control(root, "answers.opinion:visitors:2021"), "経路を示されたい。")
        first, *_ = controls(root, "issues:p1:2021")
        write_into(first, "二次交通が足りない。", "駐車場も足りない。")

    found = pulled(report, edited(change, word_of(report, document=document)), apply=True)
    assert found.refusals == ()
    said = texts_of(report)
    assert said["explanation"] == "道の駅が７月に開業した。"
    assert said["opinion"] == "経路を示されたい。"
    assert said["issues"] == "二次交通が足りない。\n駐車場も足りない。"


def test_what_nobody_had_written_yet_is_taken_from_a_drafts_sheets(tmp_path: Path):
    report = write_sheets(tmp_path, review=DRAFT)

    def change(root: Any) -> None:
        type_anew(root, "explanation:stays:2021", "横ばいである。")
        type_anew(root, "answers.finding:stays:2021", "宿泊の動機が弱い。")

    found = pulled(report, edited(change, word_of(report)), apply=True)
    assert found.refusals == ()
    actual = Report.open(report).actuals.find(
        "stays", Report.open(report).review_settings.fiscal_year
    )
    assert actual is not None
    assert (actual.comment, actual.answer("finding")) == ("横ばいである。", "宿泊の動機が弱い。")


def test_a_word_file_of_another_edition_is_not_taken(tmp_path: Path):
    report = write_sheets(tmp_path, edition="review")
    word = word_of(report)
    path = report / "report.toml"
    path.write_text(path.read_text("utf-8").replace('"review"', '"sheets"'), encoding="utf-8")
    edited_file = tmp_path / "実績.docx"
    edited_file.write_bytes(word)
    (refusal,) = pull(edited_file, report).refusals
    assert refusal.kind is PullRefusalKind.DOCUMENT
