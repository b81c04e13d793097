"""What is edited in the controls: found, placed, written, and then in the next build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from kpireport.document.sources import editable_texts, excerpts
from kpireport.pulling import PullChange
from kpireport.reports import Report
from kpireport.sources.settings import load_settings
from tests.pulling.edited import (
    EXPLANATION,
    W,
    built,
    control,
    edited,
    pulled,
    rows,
    typed,
    word_of,
    write,
    write_into,
)
from tests.reports import files_in

# source, sheet and cell or setting, old text
REGIONS = [
    ("initiatives:p1:2021", "計画コメント!D2", "増設しました。\n定員を増やしました。"),
    ("issues:p1:2021", "計画コメント!E2", "土地がない。"),
    ("outlook:p3:2021", "計画コメント!F3", "広げます。"),
    ("explanation:share:2021", "実績!G4", EXPLANATION),
    ("reason:fresh:2021", "実績!F28", "調査を延期したため"),
    ("override:bed-a:2021", "評価の修正!E2", "開院のときに一度に増えるため。"),
    ("introduction", "review.introduction", "この報告書について。\n二つ目の段落です。"),
    ("survey", "review.survey", "調査の説明。"),
]


def texts_of(report: Path) -> dict[str, str]:
    return dict(editable_texts(Report.open(report).document))


@pytest.mark.parametrize(("source", "place", "old"), REGIONS, ids=[each[0] for each in REGIONS])
def test_every_region_is_found_placed_and_built(
    tmp_path: Path, source: str, place: str, old: str
) -> None:
    report = write(tmp_path)
    before = texts_of(report)
    new = "直した文。<&>「かっこ」"

    shown = pulled(report, typed(source, new))
    assert [(each.place, each.old, each.new) for each in shown.changes] == [(place, old, new)]
    assert (shown.refusals, shown.notes, shown.written) == ((), (), ())
    assert texts_of(report) == before

    done = pulled(report, typed(source, new), apply=True)
    assert done.changes == shown.changes
    assert done.written == (done.changes[0].file,)
    assert texts_of(report) == before | {source: new}


def test_a_pull_of_what_was_written_has_nothing_to_do(tmp_path: Path) -> None:
    report = write(tmp_path)
    data = typed("override:bed-a:2021", "別の理由。")
    assert pulled(report, data, apply=True).written
    files = files_in(report)

    again = pulled(report, data, apply=True)
    assert (again.changes, again.refusals, again.notes, again.written) == ((), (), (), ())
    assert files_in(report) == files


def test_an_unedited_file_has_nothing_to_do(tmp_path: Path) -> None:
    found = pulled(write(tmp_path), built(), apply=True)
    assert (found.changes, found.refusals, found.notes, found.written) == ((), (), (), ())


def test_paragraphs_and_lines_go_back_and_forth(tmp_path: Path) -> None:
    """A comment's line feeds are paragraphs, an explanation's are line breaks."""
    report = write(tmp_path)

    def change(root: Any) -> None:
        write_into(control(root, "issues:p1:2021"), "一。", "", "二。\n三。")
        write_into(control(root, "explanation:share:2021"), "前半。\n後半。")
        write_into(control(root, "introduction"), "はじめ。", "なか。\nつづき。", "おわり。")

    data = edited(change)
    assert len(pulled(report, data, apply=True).written) == 2
    sheet = openpyxl.load_workbook(report / "actuals.xlsx")["計画コメント"]
    assert sheet["E2"].value == "一。\n二。\n三。"
    assert load_settings(report).review.introduction == (  # type: ignore[union-attr]
        "はじめ。",
        "なか。\nつづき。",
        "おわり。",
    )
    rebuilt = pulled(report, word_of(report))
    assert (rebuilt.changes, rebuilt.refusals) == ((), ())


def test_one_of_several_places_is_enough(tmp_path: Path) -> None:
    """An override's reason stands with the late, with the reasons and with the overrides."""
    report = write(tmp_path)
    for number in range(2):

        def change(root: Any, number: int = number) -> None:
            found = [
                each
                for each in root.iter(f"{W}tag")
                if each.get(f"{W}val").startswith("kpi:override:bed-a")
            ]
            assert len(found) == 2
            write_into(found[number].getparent().getparent(), "別の理由。")

        (found,) = pulled(report, edited(change)).changes
        assert found.new == "別の理由。"


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        paragraph = control(root, "issues:p1:2021").find(f"{W}sdtContent/{W}p")
        run = paragraph.find(f"{W}r")
        deleted = etree.SubElement(paragraph, f"{W}del", {f"{W}author": "甲"})
        paragraph.remove(run)
        deleted.append(run)
        run.find(f"{W}t").tag = f"{W}delText"
        inserted = etree.SubElement(paragraph, f"{W}ins", {f"{W}author": "甲"})
        etree.SubElement(etree.SubElement(inserted, f"{W}r"), f"{W}t").text = "用地を探す。"

    found = pulled(write(tmp_path), edited(change))
    assert [(each.old, each.new) for each in found.changes] == [("土地がない。", "用地を探す。")]
    assert [each.what for each in found.notes] == [
        "変更履歴が2件あります。すべて承諾したものとして読み取りました。"
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        first = control(root, "introduction").find(f"{W}sdtContent/{W}p")
        properties = first.find(f"{W}pPr")
        etree.SubElement(etree.SubElement(properties, f"{W}rPr"), f"{W}del", {f"{W}author": "甲"})

    (found,) = pulled(write(tmp_path), edited(change)).changes
    assert found.new == "この報告書について。二つ目の段落です。"


def test_what_programs_leave_between_words_is_no_edit(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        run = control(root, "survey").find(f"{W}sdtContent/{W}p/{W}r")
        run.set(f"{W}rsidR", "00AB12CD")
        paragraph = run.getparent()
        tag = etree.Element(f"{W}smartTag", {f"{W}element": "date"})
        paragraph.replace(run, tag)
        tag.append(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
        tag.append(run)
        run.insert(0, etree.Element(f"{W}lastRenderedPageBreak"))

    found = pulled(write(tmp_path), edited(change))
    assert (found.changes, found.refusals, found.notes) == ((), (), ())


def test_formats_are_told_and_not_taken(tmp_path: Path) -> None:
    def change(root: Any) -> None:
        found = control(root, "survey")
        write_into(found, "強い調査。")
        run = found.find(f"{W}sdtContent/{W}p/{W}r")
        run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:b/></w:rPr>'))

    found = pulled(write(tmp_path), edited(change))
    assert [each.new for each in found.changes] == ["強い調査。"]
    (note,) = found.notes
    assert "書式" in note.what


def test_words_of_ours_become_the_settings_own(tmp_path: Path) -> None:
    report = write(tmp_path, review="draft = true")
    texts = texts_of(report)["introduction"].split("\n")
    data = edited(
        lambda root: write_into(control(root, "introduction"), *texts, "令和９年度に見直します。"),
        word_of(report),
    )
    done = pulled(report, data, apply=True)
    assert done.changes[0].place == "review.introduction"
    assert [each.what for each in done.notes] == [
        "自動で作っていた文です。書き込むと、これからは設定の文がそのまま印刷されます。"
    ]
    assert texts_of(report)["introduction"].split("\n") == [*texts, "令和９年度に見直します。"]


def test_figures_in_words_of_ours_are_refused(tmp_path: Path) -> None:
    report = write(tmp_path, review="draft = true")
    texts = [each.replace("13", "14") for each in texts_of(report)["introduction"].split("\n")]
    data = edited(lambda root: write_into(control(root, "introduction"), *texts), word_of(report))
    found = pulled(report, data)
    assert found.changes == ()
    assert [each.what for each in found.refusals] == [
        "自動で作る文の数が変わっています（「14」）。"
    ]


def test_the_api_takes_strings(tmp_path: Path) -> None:
    import kpireport

    report = write(tmp_path)
    path = tmp_path / "直した.docx"
    path.write_bytes(typed("survey", "新しい説明。"))
    found = kpireport.pull(str(path), str(report))
    assert found.changes == (
        PullChange(
            "調査の概要", report / "report.toml", "review.survey", "調査の説明。", "新しい説明。"
        ),
    )


# --- what is taken from a text stands elsewhere, too -----------------------------


def test_what_is_taken_from_a_text_follows_it(tmp_path: Path) -> None:
    """The explanation of what is late is its reason in the list of what is behind."""
    report = write(tmp_path)
    assert EXPLANATION in set(excerpts(Report.open(report).document))
    found = pulled(report, typed("explanation:share:2021", "枠の不足が続いた。"), apply=True)
    assert (len(found.changes), found.refusals, found.notes) == (1, (), ())
    assert "枠の不足が続いた。" in set(excerpts(Report.open(report).document))


def test_an_edited_excerpt_is_told_with_what_is_to_be_edited_instead(tmp_path: Path) -> None:
    report = write(tmp_path)

    def change(root: Any) -> None:
        texts = [each for each in root.iter(f"{W}t") if each.text == EXPLANATION]
        assert not list(texts[0].iterancestors(f"{W}sdt"))
        texts[0].text = "別の理由。"

    found = pulled(report, edited(change))
    assert (found.changes, found.refusals) == ((), ())
    (note,) = found.notes
    assert note.what.startswith("所管課の文から取った文です。")
    assert note.text == "別の理由。"
    assert "理由" in note.place


def test_a_text_that_was_changed_in_the_inputs_since_is_no_edit_of_its_excerpt(
    tmp_path: Path,
) -> None:
    report = write(tmp_path)
    before = word_of(report)
    changed = rows()
    next(row for row in changed if row[6] == EXPLANATION)[6] = "枠の不足が続いた。"
    write(tmp_path, rows=changed)
    found = pulled(report, before)
    assert not [each for each in found.refusals if "枠の外" in each.what]
