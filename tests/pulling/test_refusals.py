"""What cannot be taken back is told with its place, and nothing is written."""

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from kpireport.pulling import PullRefusalKind, pull
from tests.pulling.edited import (
    COMMENTS,
    W,
    built,
    control,
    controls,
    edited,
    find_text,
    pulled,
    refused,
    rows,
    typed,
    with_part,
    word_of,
    write,
    write_into,
)
from tests.writers.docx import letterheads

KPI = "重要業績評価指標の実績"


def test_figures_are_refused_with_chapter_table_row_and_column(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        find_text(root, "98.6％", KPI).text = "99.9％"
        write_into(control(root, "survey"), "新しい説明。")

    report = write(tmp_path)
    (refusal,) = refused(report, edited(change))
    table = f"Ⅰ　安心のまち　表５「{KPI}」"
    cell = "計画１　受入率　令和３年度 実績"
    assert refusal == (f"{table}　{cell}", "98.6％＊１", "99.9％＊１")
    found = pulled(report, edited(change))
    assert [each.new for each in found.changes] == ["新しい説明。"]  # told, though not written


def test_headings_and_sentences_of_ours_are_refused(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        find_text(root, "はじめに").text = "はじめにあたって"
        find_text(root, "修正とその理由").text = "直した理由"

    found = refused(write(tmp_path), edited(change))
    assert [(old, new) for _, old, new in found] == [
        ("はじめに", "はじめにあたって"),
        ("修正とその理由", "直した理由"),
    ]
    assert found[1][0].startswith("資料編　１　評価の修正　表７「評価の修正」　表の見出し")


def test_an_added_and_a_removed_paragraph_are_told(tmp_path: Path) -> None:
    def add(root: Any) -> None:
        heading = find_text(root, "はじめに").getparent().getparent()
        new = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>加えた文</w:t></w:r></w:p>')
        heading.addnext(new)

    def remove(root: Any) -> None:
        paragraph = find_text(root, "資料編").getparent().getparent()
        paragraph.getparent().remove(paragraph)

    assert refused(write(tmp_path), edited(add))[0][1:] == ("", "加えた文")
    assert refused(tmp_path / "2021", edited(remove)) == [("資料編", "資料編", "")]


def test_an_added_row_and_an_added_table_are_told(tmp_path: Path) -> None:
    def add_row(root: Any) -> None:
        row = next(find_text(root, "98.6％", KPI).iterancestors(f"{W}tr"))
        row.addnext(copy.deepcopy(row))

    def add_table(root: Any) -> None:
        table = next(find_text(root, "98.6％", KPI).iterancestors(f"{W}tbl"))
        table.addnext(copy.deepcopy(table))

    ((place, old, new),) = refused(write(tmp_path), edited(add_row))
    assert "重要業績評価指標の実績" in place
    assert old == ""
    assert new.startswith("計画１ 居場所｜受入率｜")
    (place, old, new), *copies = refused(tmp_path / "2021", edited(add_table))
    assert place.endswith(f"　表「{KPI}」　表５「Ⅰ　安心のまち：{KPI}」の後")
    assert old == ""
    assert new.startswith("戦略計画｜重要業績評価指標\n")
    assert new.endswith("\n…")
    assert [old for _, old, _ in copies] == [""] * 8  # the frames in it, each told once


def test_page_headers_are_compared(tmp_path: Path) -> None:
    data = built()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        headers = {each: package.read(each) for each in package.namelist() if "/notices" in each}
    for name, content in headers.items():
        data = with_part(data, name, content.replace("作成中".encode(), "完成".encode()))
    assert refused(write(tmp_path), data) == [
        ("ヘッダー・フッター", "Ⅰ　安心のまち 作成中", "Ⅰ　安心のまち 完成"),
        ("ヘッダー・フッター", "Ⅱ　つながるまち 作成中", "Ⅱ　つながるまち 完成"),
        ("ヘッダー・フッター", "作成中", ""),
        ("ヘッダー・フッター", "", "完成"),
    ]


# --- controls --------------------------------------------------------------------


def test_a_deleted_control_is_told(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        found = control(root, "issues:p1:2021")
        cell = found.getparent()
        cell.replace(found, etree.Element(f"{W}p"))

    places = [place for place, _, _ in refused(write(tmp_path), edited(change))]
    assert "課題（居場所、記号 p1、令和３年度）" in places


def test_a_control_without_its_frame_is_found_by_its_bookmark(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        for found in list(root.iter(f"{W}sdt")):
            tag = found.find(f"{W}sdtPr/{W}tag")
            if tag is not None:
                source = tag.get(f"{W}val")
                if source.startswith(("kpi:issues:p1", "kpi:introduction")):
                    write_into(found, "枠のない文。", "二つ目。")
                for child in list(found.find(f"{W}sdtContent")):
                    found.addprevious(child)
                found.getparent().remove(found)

    found = pulled(write(tmp_path), edited(change))
    assert [(each.place, each.new) for each in found.changes] == [
        ("review.introduction", "枠のない文。\n二つ目。"),
        ("計画コメント!E2", "枠のない文。\n二つ目。"),
    ]
    assert found.refusals == ()


def test_a_copied_control_is_told(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        found = control(root, "survey")
        new = copy.deepcopy(found)
        found.addnext(new)
        write_into(new, "写した文。")

    told = refused(write(tmp_path), edited(change))
    assert ("調査の概要", "", "調査の説明。／写した文。") in told


def test_an_emptied_text_is_told(tmp_path: Path) -> None:
    report = write(tmp_path)
    assert refused(report, typed("issues:p1:2021", "")) == [
        ("課題（居場所、記号 p1、令和３年度）", "土地がない。", "")
    ]

    def show_placeholder(root: Any) -> None:
        found = control(root, "issues:p1:2021")
        write_into(found, "ここをクリックしてテキストを入力してください。")
        etree.SubElement(found.find(f"{W}sdtPr"), f"{W}showingPlcHdr")

    assert [new for _, _, new in refused(report, edited(show_placeholder))] == [""]


def test_two_edits_of_one_text_are_told(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        for number, found in enumerate(controls(root, "override:bed-a:2021")):
            write_into(found, f"理由{number}。")

    ((place, old, new),) = refused(write(tmp_path), edited(change))
    assert place.startswith("評価の修正の理由（東病院、記号 bed-a")
    assert (old, new) == ("開院のときに一度に増えるため。", "理由0。／理由1。")


def test_pictures_tables_and_footnotes_are_told(tmp_path: Path) -> None:
    report = write(tmp_path)
    for element in ("drawing", "footnoteReference"):

        def change(root: Any, element: str = element) -> None:
            run = control(root, "survey").find(f"{W}sdtContent/{W}p/{W}r")
            etree.SubElement(run, f"{W}{element}")

        ((_, _, new),) = refused(report, edited(change))
        assert new == f"調査の説明。［{'図' if element == 'drawing' else '脚注'}］"

    def add_table(root: Any) -> None:
        table = copy.deepcopy(next(root.iter(f"{W}tbl")))
        found = control(root, "survey")
        write_into(found, "表のある説明。")
        found.find(f"{W}sdtContent").append(table)

    ((_, _, new),) = refused(report, edited(add_table))
    assert new.startswith("表のある説明。\n［表「評価が上がった主な指標｜")


# --- documents -------------------------------------------------------------------


def test_another_reports_document_is_told(tmp_path: Path) -> None:
    report = write(tmp_path)
    other = write(tmp_path / "other", review=SETTINGS_WITH_TITLE)
    found = pulled(report, word_of(other), apply=True)
    assert [each.kind for each in found.refusals] == [PullRefusalKind.DOCUMENT]
    assert "ほかの報告書" in found.refusals[0].what


SETTINGS_WITH_TITLE = 'title = ["別の報告"]\ndraft = true\nsurvey = ["調査の説明。"]'


def test_a_document_of_other_inputs_is_told(tmp_path: Path) -> None:
    """Who edits an old build must not be told that he edited the figures."""
    report = write(tmp_path)
    changed = [[*row[:3], "97.0％", *row[4:]] if row[3] == "98.6％" else row for row in rows()]
    write(tmp_path, rows=changed)
    found = pulled(report, typed("survey", "新しい説明。"), apply=True)
    assert found.refusals[0].kind is PullRefusalKind.DOCUMENT
    assert "いまの入力とは違う入力" in found.refusals[0].what
    assert {(each.old, each.new) for each in found.refusals[1:]} >= {("97.0％", "98.6％")}
    assert [each.new for each in found.changes] == ["新しい説明。"]
    assert found.written == ()


def test_a_text_corrected_in_the_inputs_since_is_kept(tmp_path: Path) -> None:
    newer = [["p1", None, 2021, COMMENTS[0][3], "入力で直した。", None], COMMENTS[1]]
    report = write(tmp_path, comments=newer)
    found = pulled(report, typed("survey", "新しい説明。"), apply=True)
    assert [each.new for each in found.changes] == ["新しい説明。"]
    (note,) = found.notes
    assert (note.place, note.text) == ("課題（居場所、記号 p1、令和３年度）", "入力で直した。")
    assert pulled(report, word_of(report)).changes == ()

    ((_, old, new),) = refused(report, typed("issues:p1:2021", "Wordで直した。"))
    assert (old, new) == ("入力で直した。", "Wordで直した。")


def test_an_earlier_years_inputs_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, year=2020, overrides=[["crime", None, 2020, "△", "数え方が変わったため。"]])
    own = [row for row in rows() if row[2] == 2021]
    report = write(tmp_path, rows=own)
    data = word_of(report)

    def change(root: Any) -> None:
        assert not list(controls(root, "override:crime:2020"))  # no frame where nothing is taken
        find_text(root, "数え方が変わったため。").text = "別の理由。"

    ((place, old, new),) = refused(report, edited(change, data))
    assert place.startswith("資料編　１　評価の修正　表７「評価の修正」")
    said = "計算では「× 遅れ」。{}（「△ やや遅れ」に修正）"
    assert (old, new) == (said.format("数え方が変わったため。"), said.format("別の理由。"))
    assert pulled(report, data).refusals == ()


def test_a_file_made_in_another_template_is_told_and_read_with_it(tmp_path: Path) -> None:
    report = write(tmp_path)
    template = tmp_path / "様式.docx"
    template.write_bytes(letterheads.saved(letterheads.edited()))
    data = word_of(report, template)
    (refusal,) = pulled(report, data).refusals
    assert refusal.kind is PullRefusalKind.DOCUMENT
    assert "別の様式" in refusal.what
    assert "作ったときの様式を選んで" in refusal.remedy
    (tmp_path / "kept.docx").write_bytes(data)
    found = pull(tmp_path / "kept.docx", report, template=template)
    assert (found.refusals, found.changes) == ((), ())
    changed = edited(lambda root: write_into(control(root, "survey"), "新しい説明。"), data)
    (tmp_path / "kept.docx").write_bytes(changed)
    found = pull(tmp_path / "kept.docx", report, template=template)
    assert [each.new for each in found.changes] == ["新しい説明。"]


def test_what_would_be_a_fault_of_the_inputs_is_told(tmp_path: Path) -> None:
    report = write(tmp_path)
    found = pulled(report, typed("issues:p1:2021", "長" * 2001), apply=True)
    (refusal,) = found.refusals
    assert refusal.kind is PullRefusalKind.INPUT
    assert refusal.place == f"{report / 'actuals.xlsx'}: 計画コメント!E2"
    assert "2,000字まで" in refusal.what
    (refusal,) = pulled(report, typed("survey", "絵文字😀"), apply=True).refusals
    assert "書体にない文字" in refusal.what


def test_reviewers_comments_are_told(tmp_path: Path) -> None:
    opened = docx.Document(io.BytesIO(built()))
    paragraph = next(each for each in opened.paragraphs if each.text == "はじめに")
    opened.add_comment(paragraph.runs, text="章の名前は、これでよいか。", author="部長")
    saved = io.BytesIO()
    opened.save(saved)
    found = pulled(write(tmp_path), saved.getvalue())
    assert (found.changes, found.refusals) == ((), ())
    (note,) = found.notes
    assert (note.place, note.text) == ("はじめに", "章の名前は、これでよいか。")
    assert note.what.startswith("部長さんのコメント")
