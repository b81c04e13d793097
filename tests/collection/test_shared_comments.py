"""Comments of several departments in one cell: nobody's words are read as another's, or lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kpireport.collection import ChangeKind, hand_out
from kpireport.collection.contributions import consists_of
from kpireport.collection.plan_comments import _still_there
from tests.collection.answering import HOIKU, KIKAKU, Asked, asked, by_hand, told, warned
from tests.collection.handing_out import rows_of
from tests.reports import files_in

INITIATIVES = "主な取組"


def says(case: Asked, department: str, text: str | None, **more: Any) -> None:
    """Let a department's only book in the inbox say this."""
    case.answer(department, {"p1": {INITIATIVES: text, **more}})


def cell(case: Asked) -> str:
    return case.comment("p1")[0]


def collected_twice(case: Asked) -> list[str]:
    """Collect; a second time changes no byte. Return the warnings."""
    collected = case.collect()
    before = files_in(case.report)
    again = case.collect()
    assert again.changes == ()
    assert files_in(case.report) == before
    return warned(collected)


@pytest.mark.parametrize(
    "text",
    [
        "（企画課）調整しました。\n（保育課）増設しました。",
        "（保育課）と連携しました。\n（企画課）と調整しました。",
        "（保育課）増設しました。",
        "（企画課）",
    ],
)
def test_a_text_with_names_at_the_heads_of_its_lines_is_its_departments(tmp_path: Path, text: str):
    case = asked(tmp_path)
    says(case, KIKAKU, text)
    says(case, HOIKU, None)
    assert collected_twice(case) == []
    assert cell(case) == text
    says(case, KIKAKU, "直しました。")
    assert collected_twice(case) == []
    assert cell(case) == "直しました。"


def test_names_that_readers_take_for_anothers_are_told_once_there_are_several(tmp_path: Path):
    case = asked(tmp_path)
    says(case, KIKAKU, "（保育課）と連携しました。")
    says(case, HOIKU, "増設しました。")
    (warning,) = collected_twice(case)
    assert "企画課の文に、（保育課）で始まる行があります" in warning
    assert cell(case) == "（保育課）増設しました。\n（企画課）（保育課）と連携しました。"


_LINES = st.sampled_from(["（保育課）", "（企画課）", "（教育課）", "あ", "い", "あい", ""])
_TEXTS = st.lists(st.tuples(_LINES, st.sampled_from(["あ", "い", "う"])), min_size=1, max_size=3)


def _text(lines: list[tuple[str, str]]) -> str:
    return "\n".join(f"{head}{words}" for head, words in lines)


@settings(max_examples=12, deadline=None)
@given(first=_TEXTS, other=_TEXTS, revised=_TEXTS, who=st.sampled_from([HOIKU, KIKAKU]))
def test_nobodys_words_change_when_another_revises(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[str, str]],
    other: list[tuple[str, str]],
    revised: list[tuple[str, str]],
    who: str,
):
    case = asked(tmp_path_factory.mktemp("shared"))
    said = {HOIKU: _text(first), KIKAKU: _text(other)}
    for department in (KIKAKU, HOIKU):  # one after the other
        says(case, department, said[department])
        collected_twice(case)
    assert consists_of(cell(case), said)
    rest = {name: text for name, text in said.items() if name != who}
    says(case, who, _text(revised))
    collected_twice(case)
    assert consists_of(cell(case), rest | {who: _text(revised)})


# --- handed out again ------------------------------------------------------------


def two_said(folder: Path) -> Asked:
    case = asked(folder)
    says(case, HOIKU, "増設した。")
    says(case, KIKAKU, "調整した。")
    case.collect()
    assert cell(case) == "（保育課）増設した。\n（企画課）調整した。"
    return case


def test_each_is_handed_its_own_part_again(tmp_path: Path):
    case = two_said(tmp_path)
    for each in hand_out(case.report, output=tmp_path / "again"):
        rows = rows_of(load_workbook(each.path)["計画コメント"])
        texts = [row[INITIATIVES] for row in rows if row["記号"] == "p1"]
        assert texts == {HOIKU: ["増設した。"], KIKAKU: ["調整した。"]}.get(each.department, [])


def test_what_was_read_of_a_joined_text_once_is_read_of_it_always(tmp_path: Path):
    case = two_said(tmp_path)
    says(case, KIKAKU, "（保育課）増設した。\n（企画課）念入りに調整した。")
    assert collected_twice(case) == []
    assert cell(case) == "（保育課）増設した。\n（企画課）念入りに調整した。"
    says(case, HOIKU, "二つ増設した。")
    assert collected_twice(case) == []
    assert cell(case) == "（保育課）二つ増設した。\n（企画課）念入りに調整した。"


def test_a_cell_that_was_edited_by_hand_and_comes_back_like_that_says_nothing_new(tmp_path: Path):
    case = two_said(tmp_path)
    text = "（保育課）増設しました。\n（企画課）調整しました。"
    by_hand(case.workbook, "p1", INITIATIVES, text, "計画コメント")
    says(case, KIKAKU, text)
    assert collected_twice(case) == []
    assert told(case.collect()) == []
    assert cell(case) == text


# --- withdrawn -------------------------------------------------------------------


def test_who_withdraws_has_its_own_part_deleted_and_no_more(tmp_path: Path):
    case = two_said(tmp_path)
    says(case, HOIKU, None)
    (warning,) = case.collect().warnings
    assert "から、保育課の「増設した。」だけを、課の名とともに手で消し" in warning.remedy
    assert "ほかの文はそのまま残してください" in warning.remedy

    by_hand(case.workbook, "p1", INITIATIVES, "（企画課）調整した。", "計画コメント")
    assert collected_twice(case) == []
    assert cell(case) == "（企画課）調整した。"
    says(case, KIKAKU, "念入りに調整した。")
    collected = case.collect()
    assert (collected.is_complete, cell(case)) == (True, "念入りに調整した。")
    says(case, HOIKU, "増設した。")  # after all
    case.collect()
    assert cell(case) == "（保育課）増設した。\n（企画課）念入りに調整した。"


def test_who_said_the_same_as_another_has_nothing_deleted(tmp_path: Path):
    case = asked(tmp_path)
    says(case, HOIKU, "増設した。")
    says(case, KIKAKU, "増設した。")
    case.collect()
    says(case, HOIKU, None)
    assert collected_twice(case) == []
    assert cell(case) == "増設した。"


def test_a_part_that_was_corrected_by_hand_is_not_taken_for_deleted():
    taken = {HOIKU: "増設した。", KIKAKU: "調整した。"}
    edited = "（保育課）増設しました。\n（企画課）調整した。"
    assert _still_there(taken, {KIKAKU}, {HOIKU}, edited) == taken


# --- by hand ---------------------------------------------------------------------


def test_only_contradictions_are_replaced_and_all_that_goes_is_told(tmp_path: Path):
    case = asked(tmp_path)
    titles = (INITIATIVES, "課題", "今後の方向")
    texts = dict.fromkeys(titles, "文")
    case.answer(HOIKU, {"p1": texts})
    case.answer(KIKAKU, {"p1": {"課題": "人手"}})
    case.collect()
    for title in titles:
        by_hand(case.workbook, "p1", title, "手の文", "計画コメント")
    case.answer(HOIKU, {"p1": texts | {"課題": "新しい文"}})
    collected = case.collect()
    (error,) = collected.errors
    assert [(each.cell, each.told) for each in collected.conflicts] == [("p1:課題", error)]
    (change,) = case.collect(replace=["p1"]).changes
    assert (change.title, change.kind, change.old, change.new) == (
        *("課題", ChangeKind.REPLACED),
        *("手の文", "（保育課）新しい文／（企画課）人手"),
    )
    assert case.comment("p1")[::2] == ("手の文", "手の文")

    (change,) = case.collect(replace=["p1：主な取組"]).changes  # a wide colon will do
    assert (change.title, change.old, change.new) == (INITIATIVES, "手の文", "文")


def test_a_cell_that_was_emptied_by_hand_is_filled_again_and_told_unless_it_is_kept(tmp_path: Path):
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    by_hand(case.workbook, "share", "実績", None)
    (change,) = case.collect().changes
    assert (change.kind, case.text("share")) == (ChangeKind.REFILLED, "98.6％")

    by_hand(case.workbook, "share", "実績", None)
    assert case.collect(keep=["share:実績"]).changes == ()
    collected = case.collect()
    assert (collected.changes, case.text("share")) == ((), "")
    assert "手で空にしたまま残しています" in collected.kept[0].what
