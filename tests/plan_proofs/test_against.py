"""What was read, held against the original's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpireport.plan_proofs.against import differences
from kpireport.plan_proofs.originals import NO_ORIGINAL, Original
from kpireport.plan_proofs.rows import ProofRow

ROW = ProofRow(
    "基本目標1",
    "指標",
    "i1",
    "計画１　子育て",
    "保育所の定員",
    "8か所",
    "12か所（６年間）",
    own_name="保育所の定員",
    texts=("計画１　子育て", "保育所の定員", "8か所", "12か所（６年間）", "か所", "保育課"),
)


@pytest.mark.parametrize(
    "cells",
    [
        ("計画１", "子育て", "保育所の定員", "8か所", "12か所（６年間）"),
        ("計画１\n子育て", "保育所の\n定員", "8か所", "12か所\n（６年間）", "保育課"),
        ("計画１ 子育て", "①保育所の定員", "8か所", "12か所 （６年間）"),
        ("保育所の", "定員", "8", "か所", "12か所（６年間）"),
        ("保育所の定員", "か所", "8か所 → 12か所（６年間）"),
    ],
)
def test_ends_of_lines_and_cells_are_no_difference(cells: tuple[str, ...]) -> None:
    told = differences(ROW, Original("表1 2行目", cells))

    assert [each for each in told.splitlines() if "①" not in each and "→" not in each] == []


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            ("保育所の定員", "18か所", "12か所（６年間）"),
            "現状値：原本は「【18】か所」、読み取りは「【8】か所」",
        ),
        (
            ("保育所の定数", "8か所", "12か所（６年間）"),
            "名称：原本は「保育所の【定数】」、読み取りは「保育所の【定員】」",
        ),
        (
            ("保育所の定員", "8か所"),
            "目標値：原本のこの場所に「12か所（６年間）」がありません。",
        ),
        (
            ("保育所の定員", "8か所", "12か所（６年間）", "※子ども部調べ"),
            "原本の「※子ども部調べ」は、読み取りにありません。",
        ),
        (
            ("保育所の定員", "8か所", "12か所（６年間）", "2"),
            "原本の「2」は、読み取りにありません。",
        ),
    ],
)
def test_what_differs_is_told_with_both_texts(cells: tuple[str, ...], told: str) -> None:
    assert differences(ROW, Original("表1 2行目", cells)) == told


@pytest.mark.parametrize("dash", ["―", "－", "-"])
def test_no_baseline_is_no_difference_where_the_original_has_none(dash: str) -> None:
    row = replace(ROW, baseline=dash, texts=("保育所の定員", dash, "12か所（６年間）"))

    told = differences(row, Original("文3", ("保育所の定員：12か所（６年間）",)))
    assert told == ""

    told = differences(row, Original("表1 2行目", ("保育所の定員", "8か所", "12か所（６年間）")))
    assert told == "原本の「8か所」は、読み取りにありません。"


def test_a_dash_of_the_original_is_nothing_that_was_not_read() -> None:
    cells = ("保育所の定員", "8か所", "―", "12か所（６年間）", "－")

    assert differences(ROW, Original("表1 2行目", cells)) == ""


def test_lines_of_a_text_are_told_as_lines_are_read() -> None:
    row = ProofRow("", "基本情報", "表紙の題名", name="町の計画\n後期", texts=("町の計画\n後期",))

    told = differences(row, Original("文1", ("案",)))

    assert told == "文：原本のこの場所に「町の計画　後期」がありません。"


def test_the_number_of_a_goal_may_stand_elsewhere() -> None:
    goal = ProofRow(
        "", "基本目標", "g1", name="Ⅰ　まち", own_name="まち", texts=("Ⅰ　まち", "まち")
    )

    assert differences(goal, Original("表1 1行目", ("基本目標", "まち"))) == ""


def test_a_shared_cell_is_not_missed_in_the_row_below() -> None:
    below = replace(ROW, shares_baseline=True)

    cells = ("保育所の定員", "12か所（６年間）")
    assert differences(below, Original("表1 3行目", cells)) == ""
    assert differences(ROW, Original("表1 3行目", cells)).startswith("現状値：")


def test_a_cell_that_several_rows_were_read_of_is_read() -> None:
    cells = ("●保育所の定員\n：8か所 → 12か所（６年間）\n●学童の数\n：3か所 → 5か所",)
    beside = "学童の数\0003か所→5か所\0008か所→12か所（６年間）"

    assert differences(ROW, Original("表1 2行目", cells), beside) == ""
    assert "学童の数" in differences(ROW, Original("表1 2行目", cells))


def test_nothing_is_said_without_an_original() -> None:
    assert differences(ROW, NO_ORIGINAL) == ""


def test_a_row_of_very_many_cells_is_told_shortly() -> None:
    cells = tuple(f"x{number}" for number in range(16_000))

    told = differences(ROW, Original("表1 2行目", cells)).splitlines()

    assert told[-2:] == [
        "ほかに95つの欄が、読み取りにありません。",
        "原本のこの場所には欄が16,000あり、初めの100だけを比べました。",
    ]
    assert len(told) == 10
