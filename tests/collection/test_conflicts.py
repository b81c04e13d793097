"""What a person has to decide, as data: each conflict with both texts, places and its cell."""

from __future__ import annotations

from pathlib import Path

from kpireport.collection import ConflictKind
from tests.collection.answering import HOIKU, asked, by_hand


def test_a_value_by_hand_and_an_answer_are_side_by_side(tmp_path: Path) -> None:
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", 97)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    collected = case.collect(dry_run=True)
    (conflict,) = collected.conflicts
    assert (conflict.kind, conflict.cell) == (ConflictKind.BY_HAND, "share:実績")
    assert (conflict.own, conflict.answer) == ("97％", "98.6％")
    assert (conflict.file, conflict.place) == ("保育課.xlsx", "実績!F5")
    assert conflict.told in collected.errors
    assert conflict.can_replace
    assert not conflict.is_kept


def test_what_is_kept_can_still_be_replaced(tmp_path: Path) -> None:
    case = asked(tmp_path)
    by_hand(case.workbook, "share", "実績", 97)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect(keep=["share:実績"])
    collected = case.collect(dry_run=True)
    (conflict,) = collected.conflicts
    assert conflict.is_kept
    assert conflict.told in collected.kept
    assert case.collect(replace=[conflict.cell]).conflicts == ()
    assert case.text("share") == "98.6％"


def test_an_answer_that_is_left_empty_later_is_one_to_keep(tmp_path: Path) -> None:
    case = asked(tmp_path)
    case.answer(HOIKU, {"share": {"実績": 98.6}, "two": {"コメント": "増設した。"}})
    case.collect()
    (case.inbox / "保育課.xlsx").unlink()
    case.answer(HOIKU, {"two": {"コメント": "増設した。"}}, "訂正.xlsx")
    (conflict,) = case.collect(dry_run=True).conflicts
    assert (conflict.kind, conflict.own, conflict.answer) == (
        ConflictKind.WITHDRAWN,
        "98.6％",
        "",
    )
    assert not conflict.can_replace
    assert case.collect(keep=[conflict.cell]).conflicts == ()


def test_versions_that_differ_in_words_alone_are_told_apart(tmp_path: Path) -> None:
    case = asked(tmp_path)
    long = "あ" * 60
    for name, text in (("a.xlsx", f"{long}甲"), ("b.xlsx", f"{long}乙")):
        case.answer(HOIKU, {"two": {"実績": "176所（定員15,300人）", "コメント": text}}, name)
    (choice,) = case.collect(dry_run=True).choices
    assert [(each.what, each.said) for each in choice.differences] == [
        ("保育所のコメント", (f"{long}甲", f"{long}乙"))
    ]
