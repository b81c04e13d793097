"""What check says of a plan that can be used, but in which something looks forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.errors import Problem, Severity
from kpireport.findings import Findings
from kpireport.sources.catalogue import read_plan
from kpireport.sources.catalogue_notices import note_forgotten
from tests.sources.catalogues import GONE, ROW, ROWS, spoilt, write

ROOT = Path(__file__).parents[2]
WHOLE = (("goals[0].plans[1]", GONE), ("goals[1]", GONE))  # without what is empty on purpose
INTRODUCTION = {
    "title": "はじめに",
    "paragraphs": ["指標（KPI）※１で測ります。"],
    "points": [{"label": "⑴", "lines": ["定める。"]}],
    "notes": [{"label": "※１", "lines": ["KPI… 業績を測るもの"]}],
}
GOAL = {
    "id": "g2",
    "numeral": "2",
    "title": "もう１つ",
    "numeric_targets": [],
    "directions": [],
    "plans": [{"id": "p3", "label": "計画３", "title": "計", "indicators": []}],
}


def notices_of(folder: Path, *changes: tuple[str, Any]) -> tuple[Problem, ...]:
    path = write(folder, spoilt(*changes))
    return notices_in(path)


def notices_in(path: Path) -> tuple[Problem, ...]:
    found = Findings(path)
    note_forgotten(read_plan(path), found)
    return found.warnings


def told(folder: Path, *changes: tuple[str, Any]) -> list[str]:
    return [f"{each.place}: {each.what}" for each in notices_of(folder, *changes)]


def test_a_whole_plan_has_none(tmp_path: Path):
    assert told(tmp_path, *WHOLE, ("introduction", INTRODUCTION)) == []


def test_the_real_plan_has_none():
    path = ROOT / "catalogue.json"
    assert notices_in(path) == ()


def test_parts_without_content(tmp_path: Path):
    assert told(
        tmp_path,
        ("goals[0].plans[1].indicators", [{"id": "e", "name": "見出し", "indicators": []}]),
        ("goals[0].directions", [{"title": "題だけ"}]),
        ("how_to_read.plans", []),
        ("introduction", {"title": "はじめに"}),
    ) == [
        "introduction: 前書きの章に、文章も項もありません。",
        "how_to_read.plans: 表の見方の見本に、戦略計画がありません。",
        "goals[0].directions[0]: 文章も箇条書きもありません。",
        "goals[0].plans[1].indicators[0].indicators: 見出しの下に指標がありません。",
        "goals[1].plans: 戦略計画のない基本目標です。",
        "goals[1].numeric_targets: ほかの基本目標にある数値目標がありません。",
        "goals[1].directions: ほかの基本目標にある基本的な方向性がありません。",
    ]


def test_a_plan_without_indicators_is_named_and_may_be_meant(tmp_path: Path):
    first, *_ = notices_of(tmp_path)
    assert str(first) == (
        f"{tmp_path / 'catalogue.json'}: goals[0].plans[1].indicators（行のない計画、記号 p2）\n"
        "  指標のない戦略計画です。\n"
        "  → 書き忘れでないかを確かめてください。計画のとおりなら、このままでかまいません。"
    )
    assert first.severity is Severity.WARNING


def test_what_no_goal_has_is_not_missed(tmp_path: Path):
    nothing: tuple[tuple[str, Any], ...] = (
        ("goals[0].numeric_targets", []),
        ("goals[0].directions", []),
        ("goals[1]", GOAL),
    )
    assert told(tmp_path, ("goals[0].plans[1]", GONE), *nothing) == [
        "goals[1].plans[0].indicators: 指標のない戦略計画です。"
    ]


def test_a_plan_without_goals(tmp_path: Path):
    assert told(tmp_path, ("goals", []), ("how_to_read", GONE)) == [
        "goals: 基本目標が1つもありません。"
    ]


@pytest.mark.parametrize(
    ("text", "unit", "prefix", "said"),
    [
        ("８件", "件", "", "8件"),
        ("年間８か所", "か所", "年間", "年間8か所"),
        ("５件", "件", "", "5件"),  # less than the baseline's number, of something else
    ],
)
def test_a_target_may_count_something_else_than_its_baseline(
    text: str, unit: str, prefix: str, said: str, tmp_path: Path
):
    value = 5 if text == "５件" else 8
    quantity = {"value": value, "unit": unit, "prefix": prefix}
    target = {"text": text, "kind": "at_least", "quantities": [quantity]}
    assert told(tmp_path, *WHOLE, (f"{ROW}.target", target)) == [
        (
            f"{ROW}.target.quantities[0]: 単位が違います：現状値は「6か所」、目標値は「{said}」。"
            "進捗率は出さず、目標値と比べます。"
        )
    ]


@pytest.mark.parametrize("text", ["居場所\n\nづくり", "居場所\n　\nづくり", "居場所\n"])
def test_a_blank_line_within_a_text(text: str, tmp_path: Path):
    (notice,) = notices_of(tmp_path, *WHOLE, (f"{ROW}.name", text))
    shown = text.replace("\n", "\\n")
    assert notice.place == f"{ROW}.name"
    assert notice.what == f"文字の中に空の行があります：「{shown}」"
    assert notice.about.endswith("、記号 i1")


def test_lines_of_a_cell_are_no_blank_lines(tmp_path: Path):
    assert told(tmp_path, *WHOLE, (f"{ROW}.name", "居場所\nづくり")) == []


def test_a_mark_without_its_note(tmp_path: Path):
    assert told(tmp_path, *WHOLE, (f"{ROWS}[1].name", "受入率※２")) == [
        f"{ROWS}[1].name: 「※２」の注がありません。"
    ]


def test_a_note_without_its_mark(tmp_path: Path):
    unmarked = INTRODUCTION | {"paragraphs": ["指標（KPI）で測ります。"]}
    assert told(tmp_path, *WHOLE, ("introduction", unmarked)) == [
        "introduction.notes[0].label: 注「※１」の印が、どの文にもありません。"
    ]


def test_a_mark_and_its_note_may_differ_in_width_and_stand_anywhere(tmp_path: Path):
    assert (
        told(
            tmp_path,
            *WHOLE,
            ("labels.target_note", "令和４年度末\n※1 見込み"),
            (f"{ROW}.name", "受入率※１"),
            (f"{ROWS}[1].name", "増設※令和４年度"),  # a remark, no number
        )
        == []
    )


def test_a_department_in_two_spellings(tmp_path: Path):
    rows = (
        ("goals[0].plans[0].indicators[0].departments", ["建設・環境課", "総務課"]),
        ("goals[0].plans[0].indicators[1].departments", ["建設環境課"]),
    )
    (notice,) = (each for each in told(tmp_path, *WHOLE, *rows) if "同じ部署" in each)
    place, _, what = notice.partition(": ")
    assert place == "goals[0].plans[0].indicators[1].departments[0]"
    assert what.startswith("「建設環境課」と「建設・環境課」は、同じ部署ですか。")


# --- departments that are lacking ------------------------------------------------------


def test_what_has_no_department_in_a_plan_that_has_some_is_told_once(tmp_path: Path):
    """It is found when sheets are handed out, if not now."""
    some = ((f"{ROWS}[0].departments", ["保育課"]),)
    (line,) = (each for each in told(tmp_path, *some) if "所管課" in each)
    place, _, what = line.partition(": ")
    assert place == "goals[0].numeric_targets[0]"
    assert what.startswith("所管課のないものが3件あります（「満足度」「指標i2」「指標i3」）。")
    assert not any("所管課" in each for each in told(tmp_path))


def test_who_has_the_plan_in_a_workbook_is_told_its_columns(tmp_path: Path):
    some = ((f"{ROWS}[0].departments", ["保育課"]), (f"{ROWS}[0].name", "保育所の定員※９"))
    remedies = [each.remedy for each in notices_of(tmp_path, *some)]
    assert any("「所管課」を書いて" in each for each in remedies)
    assert any("シート「はじめに」に、書き方「注」の行を" in each for each in remedies)
