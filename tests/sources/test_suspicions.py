"""Values that are possible but look like a slip: of the digits, of a copy, of the row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.years import FiscalYear
from kpireport.sources.actuals import load_actuals
from kpireport.sources.catalogue import load_catalogue
from tests.sources import catalogues
from tests.sources.revised import places
from tests.sources.workbooks import book, load, row, save


def told_of(folder: Path, *rows: list[Any], **options: Any) -> list[str]:
    """What is warned of in a workbook of these rows of 実績."""
    return [each.what for each in load(save(book(rows), folder), **options)[1]]


def yearly(value: Any, year: int = 2021) -> list[Any]:
    """A row of 年間…人: 1,648 at the start, 2,100 in the end."""
    return row("yearly", value, year=year)


# --- digits and units ------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "slip"),
    [
        (17_000, "およそ10倍なので、桁や単位の誤りかもしれません。"),
        (1_700_000, "およそ1000倍なので、桁や単位の誤りかもしれません。"),
        (171, "およそ10分の１なので、桁や単位の誤りかもしれません。"),
        (17, "およそ100分の１なので、桁や単位の誤りかもしれません。"),
        (5_000, ""),
        (0, ""),
    ],
)
def test_a_change_by_a_power_of_ten(tmp_path: Path, value: int, slip: str):
    (what,) = told_of(tmp_path, yearly(1700, 2020), yearly(value))
    assert what.startswith("令和２年度の年間1,700人から")
    assert what.endswith(f"変わっています。{slip}")


def test_a_share_without_its_percent_sign(tmp_path: Path):
    (what,) = told_of(tmp_path, row("share", 97.9, year=2020), row("share", "0.98％"))
    assert "およそ100分の１なので" in what


def test_ten_times_the_target_where_nothing_else_is_known(tmp_path: Path):
    assert told_of(tmp_path, row("new", 30)) == ["30か所 は、目標「３か所移転」の10倍以上です。"]
    assert told_of(tmp_path, row("new", 29)) == []


@pytest.mark.parametrize(
    ("start", "aim", "kind", "before", "now", "is_told"),
    [
        (7, 0, "at_most", 7, 0, False),  # 待機児童, as everybody hopes
        (7, 0, "at_most", 7, 2, False),
        (7, 0, "at_most", 2, 4, True),  # away from it
        (2, 9, "at_least", 4, 9, False),
        (2, 9, "at_least", 4, 10, True),  # beyond it
        (20, 250, "at_least", 20, 200, True),  # on its way, but ten times what it was
    ],
)
def test_a_great_change_that_the_plan_asks_for_is_no_doubt(
    start: int, aim: int, kind: str, before: int, now: int, is_told: bool, tmp_path: Path
):
    at = "goals[0].plans[0].indicators[0]"
    cells = {
        f"{at}.baseline": places(start),
        f"{at}.target": places(aim, kind=kind),
    }
    plan = load_catalogue(catalogues.write(tmp_path, catalogues.spoilt(*cells.items())))
    path = save(book([row("i1", before, year=2020), row("i1", now)]), tmp_path)
    _, found = load_actuals(path, plan, FiscalYear(2021))
    assert [("変わっています" in each.what) for each in found] == [True] * is_told


# --- copies ----------------------------------------------------------------------

COPIES = [
    (1_723, 1_723, "令和２年度と同じ数です（年間1,723人）。写したままかもしれません。"),
    (1_723, 1_648, "現状値と同じ数です（年間1,648人）。写したままかもしれません。"),
    (1_723, 2_100, "目標値と同じ数です（年間2,100人）。写したままかもしれません。"),
]


@pytest.mark.parametrize(("before", "now", "what"), COPIES)
def test_a_number_that_is_there_already(tmp_path: Path, before: int, now: int, what: str):
    assert told_of(tmp_path, yearly(before, 2020), yearly(now)) == [what]
    assert told_of(tmp_path, yearly(before, 2020), yearly(now), accepted=["yearly"]) == []


@pytest.mark.parametrize(
    "rows",
    [
        (yearly(1_800, 2020), yearly(1_800)),  # a round number may be a capacity
        (yearly("約1,723人", 2020), yearly("約1,723人")),
        (row("i1", 8, year=2020), row("i1", 8)),  # what stands goes on standing
        (row("share", 98.0, year=2020), row("share", 98.0)),
        (row("i1", 9),),  # the target, reached
    ],
    ids=str,
)
def test_numbers_that_come_twice(tmp_path: Path, rows: tuple[list[Any], ...]):
    assert told_of(tmp_path, *rows) == []


def test_a_share_that_stands_still_for_three_years(tmp_path: Path):
    rows = [row("share", 98.3, year=year) for year in (2022, 2021, 2020)]
    assert told_of(tmp_path, *rows, year=FiscalYear(2022)) == ["3年続けて同じ値です（98.3％）。"]
    rows[2] = row("share", 98.2, year=2020)
    assert told_of(tmp_path, *rows, year=FiscalYear(2022)) == []


def test_the_number_of_the_row_above(tmp_path: Path):
    rows = [row("yearly", 1_723), row("visits", "1,723人")]
    assert told_of(tmp_path, *rows) == [
        "すぐ上の行の「指標yearly」と同じ値です（1,723人）。行がずれているかもしれません。"
    ]
    assert told_of(tmp_path, rows[0], row("i1", 8), rows[1]) == []  # not just above
    assert told_of(tmp_path, row("i1", 8), row("i2", 8)) == []  # small numbers are often alike


# --- old values, and states ------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "is_old"),
    [
        ("97.9％（令和３年４月１日現在）", False),
        ("97.9％（R4.4.1現在）", False),
        ("97.9％（令和３年３月31日現在）", True),
        ("97.9％（令和２年９月末）", True),
    ],
)
def test_a_value_of_an_earlier_year(tmp_path: Path, value: str, *, is_old: bool):
    said = [f"「{value}」は、令和３年度より前の値です。"] if is_old else []
    assert told_of(tmp_path, row("share", value)) == said


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("運用開始（令和４年度予定）", "予定"),
        ("システムの作成中", "作成中"),
        ("未実施", "未実施"),
        ("予定どおり運用開始", None),
        ("延期していたものを開始", None),
        ("運用開始", None),
    ],
)
def test_done_but_the_words_say_otherwise(tmp_path: Path, words: str, odd: str | None):
    said = [f"進捗状況が「達成」ですが、実績に「{odd}」とあります。"] if odd else []
    assert told_of(tmp_path, row("state", words, state="達成")) == said
    assert told_of(tmp_path, row("state", words, state="実施中")) == []
