"""Bands of a measured rate in settings, and what follows where a scheme says no more."""

from __future__ import annotations

import tomllib

import pytest

from kpireport.domain.actuals import ReportedState
from kpireport.errors import InputError
from kpireport.evaluation import Scheme, scheme_from_settings
from kpireport.evaluation.schemes import Against
from tests.evaluation.rows import indicator, judged, symbol

MARKS = """
scheme = "own"
marks = [
  { symbol = "S", word = "超過", level = "reached" },
  { symbol = "A", word = "順調", level = "on_track" },
  { symbol = "B", word = "遅れ", level = "behind" },
  { symbol = "C", word = "大幅な遅れ", level = "late" },
]
"""
UP = indicator("100人", "200人", "at_least", due=2020)  # half of the way is expected in 2019


def read(toml: str) -> Scheme:
    return scheme_from_settings(tomllib.loads(toml))


def marks(toml: str, actuals: str, row=UP, before: str | None = None) -> str:
    scheme, unit = read(MARKS + toml), row.target.quantities[0].unit
    found = (
        judged(row, 2019, f"{each}{unit}", scheme=scheme, before=before) for each in actuals.split()
    )
    return "".join(map(symbol, found))


BANDS = 'bands = [{ above = 100, mark = "S" }, { from = 80, mark = "A" }, '
BANDS += '{ from = 50, below = 80, mark = "B" }, { below = 50, mark = "C" }]\n'


@pytest.mark.parametrize(
    ("of", "actuals", "expected"),
    [
        ("target", "201 200 160 159 100 99", "SAABBC"),
        ("interim", "201 200 160 159 100 99", "SAABBC"),
        ("progress", "201 200 180 179 150 149", "SAABBC"),
        ("expected", "151 150 140 139 125 124", "SAABBC"),
    ],
)
def test_bands_of_a_rate(of, actuals, expected):
    assert marks(f'of = "{of}"\n{BANDS}', actuals) == expected


CHANGES = 'bands = [{ above = 3, mark = "S" }, { from = 0, mark = "A" }, '
CHANGES += '{ from = -3, mark = "B" }, { mark = "C" }]\n'
SURVEY = indicator("40％", "60％", "at_least")


def test_bands_of_a_change_in_per_cent_and_in_points():
    in_points = f'of = "baseline"\nunit = "points"\n{CHANGES}'
    assert marks(in_points, "43.1 43 40 39.9 37 36.9", SURVEY) == "SAABBC"
    assert marks(f'of = "baseline"\n{CHANGES}', "41.3 41.2 40 39.9 38.8 38.7", SURVEY) == "SAABBC"
    # of what is no percentage, points are as many per cent
    assert marks(in_points, "104 103 100 99 97 96") == "SAABBC"


def test_bands_of_the_change_from_the_year_before():
    toml = f'of = "previous"\n{CHANGES}'
    assert marks(toml, "124 123 120 119 116.4 116", before="120人") == "SAABBC"
    first = indicator("―", "200人", "at_least")
    assert marks(toml, "124", first) == "―"


def test_interim_targets_are_those_of_the_year():
    assert read(MARKS + f'of = "interim"\n{BANDS}').against is Against.YEARLY


def test_what_a_scheme_leaves_out_follows_from_its_marks():
    scheme = read(MARKS + f'of = "target"\n{BANDS}')
    states = [scheme.states[state] for state in ReportedState]
    assert states == ["C", "B", "A", "S"]
    direction = indicator("100人", "現状値から増加", "above_baseline")
    found = [judged(direction, 2019, f"{each}人", scheme=scheme) for each in (101, 100, 99)]
    assert [*map(symbol, found)] == ["S", "B", "C"]
    kept = indicator("226人", "200人", "keep_at_least")
    found = [judged(kept, 2019, f"{each}人", scheme=scheme) for each in (201, 200, 159, 99)]
    assert [*map(symbol, found)] == ["S", "A", "B", "C"]


def test_only_a_ladder_of_targets_to_move_to_is_enough():
    scheme = read(
        MARKS + 'approach = [{ test = "reached", mark = "S" }, { test = "worse", mark = "C" }, '
        '{ test = "of_expected", percent = 100, mark = "A" }, { test = "otherwise", mark = "B" }]'
    )
    assert [rung.mark for rung in scheme.keep] == ["S", "B"]  # all of it is expected at any time
    found = [judged(UP, 2019, f"{each}人", scheme=scheme) for each in (200, 150, 149, 99)]
    assert [*map(symbol, found)] == ["S", "A", "B", "C"]


def problems(toml: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(MARKS + toml)
    return [f"{problem.place}: {problem.what}" for problem in caught.value.problems]


OF = 'of = "target"\nbands = ['
WRONG = {
    '{ from = 80, mark = "A" }, { below = 70, mark = "B" }]': [
        "evaluation.bands[1]: 70％から80％までが、どの帯にも入りません。"
    ],
    '{ from = 80, mark = "A" }, { below = 90, mark = "B" }]': [
        "evaluation.bands[1]: 上の帯（bands[0]）と、80％から90％までが重なっています。"
    ],
    '{ above = 80, mark = "A" }, { below = 80, mark = "B" }]': [
        "evaluation.bands[1]: ちょうど80％のところが、どの帯にも入りません。"
    ],
    '{ from = 80, mark = "A" }, { to = 80, mark = "B" }]': [
        "evaluation.bands[1]: 上の帯（bands[0]）と、ちょうど80％のところが重なっています。"
    ],
    '{ from = 50, mark = "B" }, { from = 80, mark = "A" }, { mark = "C" }]': [
        "evaluation.bands[1]: 上の帯（bands[0]）の50％より下から始まっていません。"
    ],
    '{ mark = "A" }, { below = 80, mark = "B" }]': [
        "evaluation.bands[1]: 上の帯（bands[0]）に下の端がないので、決して届きません。"
    ],
    '{ from = 80, to = 100, mark = "A" }, { from = 10, mark = "B" }]': [
        "evaluation.bands[0]: 100％より上が、どの帯にも入りません。",
        "evaluation.bands[1]: 10％より下が、どの帯にも入りません。",
    ],
    '{ from = 80, above = 80, mark = "X" }, { from = 0.8, mark = "B" }, { mrk = "C" }]': [
        "evaluation.bands[0].mark: 「X」は選べません。",
        "evaluation.bands[0]: from と above の両方があります。",
        "evaluation.bands[1].from: 「0.8」は境目（％）として使えません。",
        "evaluation.bands[2].mrk: ここに書ける名前ではありません。",
        "evaluation.bands[2]: mark がありません。",
    ],
    "]": ["evaluation.bands: 帯がありません。"],
}


@pytest.mark.parametrize(("toml", "found"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_with_bands_is_said_with_its_place(toml, found):
    assert problems(OF + toml) == found


def test_bands_say_what_they_are_of_and_nothing_twice():
    approach = 'approach = [{ test = "otherwise", mark = "A" }]'
    assert problems(BANDS + approach) == [
        "evaluation.approach: bands と approach の両方があります。",
        "evaluation.bands: 何の率の帯かを示す of がありません。",
    ]
    assert problems(f'unit = "points"\nof = "target"\n{BANDS}') == [
        "evaluation.unit: of が target の帯は、率（％）の帯です。"
    ]
    assert problems(f'of = "target"\n{approach}') == [
        "evaluation.of: bands がないので、使われません。"
    ]


def test_a_mark_stands_in_a_list_once():
    with pytest.raises(InputError) as caught:
        read(
            'scheme = "own"\nmarks = [{ symbol = "A", level = "late" }, '
            '{ symbol = "A", level = "late" }]\napproach = []'
        )
    found = [f"{each.place}: {each.what}" for each in caught.value.problems]
    assert found == ["evaluation.marks[1]: 「A」が2回あります。"]


RUNGS = {
    '{ test = "within_points", percent = 3, mark = "A" }': [
        "evaluation.approach[0].percent: within_points は割合を使いません。",
        "evaluation.approach[0]: points がありません。",
    ],
    '{ test = "beyond", above = true, mark = "A" }': [
        "evaluation.approach[0].above: beyond は「超える」の区別を使いません。"
    ],
    '{ test = "reached", versus = "previous", mark = "A" }': [
        "evaluation.approach[0].versus: reached は比べる相手を使いません。"
    ],
    '{ test = "changed", percent = "3", mark = "A" }': [
        "evaluation.approach[0].percent: 「3」は差（％、ポイント）として使えません。"
    ],
}


@pytest.mark.parametrize(("rung", "found"), RUNGS.items(), ids=RUNGS)
def test_what_a_rung_has_no_use_for_is_said(rung, found):
    assert problems(f'approach = [{rung}, {{ test = "otherwise", mark = "C" }}]') == found
