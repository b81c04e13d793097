"""Texts that say nothing of their own in the printed document are asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.sources.reference_words import reference_in
from tests.sources.workbooks import book, load, row, save


@pytest.mark.parametrize(
    "text",
    [
        "同上",
        "（同　上）",
        "同左。",
        "〃",
        "”",
        "々",
        "上に同じ",
        "上記のとおり",
        "前年度と同じ",
        "昨年度と同様です。",
        "令和２年度と同じ",
        "前年度の実績と同じ",
        "例年どおり",
        "変更なし",
        "特に変更はありません",
        "前年度から変更なし",
        "別紙のとおり",
        "添付資料参照",
        "主な取組に記載のとおり",
        "p01-01と同じ",
        "指標１に同じ",
        "同上\n〃",
        "（保育課）増設しました。\n（教育課）同上",
    ],
)
def test_words_that_point_elsewhere(text: str):
    assert reference_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "特になし",
        "なし",
        "―",
        "継続",
        "集計中",
        "課題なし",
        "計画どおり実施した。",
        "全国平均と同じ",
        "前年度と同じ３か所で実施した。",
        "変更なしで運用し、利用者が増えた。",
        "同窓会を開いた。",
        "端末を配った。\n同上",
        "（保育課）増設しました。\n（教育課）配りました。",
    ],
)
def test_words_that_say_something(text: str):
    assert reference_in(text) == ""


def test_they_are_told_of_their_indicator_or_plan_until_they_are_accepted(tmp_path: Path):
    rows = [
        row("i1", 7, comment="同上", year=2020),
        row("i1", 7, comment="前年度と同じ"),
        row("i2", None, reason="〃"),
        row("state", "同左", state="実施中"),
        row("i3", 1, comment="特になし"),
    ]
    words = [["p1", None, 2021, "端末を配った。", "変更なし", None]]
    path = save(book(rows, words), tmp_path)
    _, problems = load(path)
    assert [(each.place, each.settled_by) for each in problems] == [
        ("実績!G3", "i1"),
        ("実績!F4", "i2"),
        ("実績!D5", "state"),
        ("計画コメント!E2", "p1"),
    ]
    assert problems[0].what == "「前年度と同じ」だけでは、印刷した文書で何のことかわかりません。"
    assert load(path, accepted=["i1", "i2", "state", "p1"])[1] == ()
