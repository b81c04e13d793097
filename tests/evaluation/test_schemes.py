"""The presets against tables worked by hand, and what a scheme has to be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kpireport.domain.actuals import ReportedState
from kpireport.evaluation.presets import INO, KITSUKI, LINEAR, NAGAYO, SCHEMES, TAMA
from kpireport.evaluation.schemes import LATENESS, Basis, MarkLevel, Rung, Scheme, Test, unreachable
from tests.evaluation.rows import indicator, judged, symbol

UP = ("100人", "200人", "at_least")  # fiscal 2018 to 2021
DOWN = ("200人", "100人以下", "at_most")
KEPT = ("226人", "200人", "keep_at_least")
NEW = ("―", "30人", "new_count")
SHARE = ("―", "30人", "at_least")
DIRECTION = ("100人", "現状値から増加", "above_baseline")

STATES = ("未着手", "準備", "実施中", "達成")


def check(scheme: Scheme, row: tuple[str, str, str], year: int, cases: str) -> None:
    """Each case is an actual and the mark's symbol: ``200◎``."""
    for case in cases.split():
        written, expected = case[:-1], case[-1]
        found = symbol(judged(indicator(*row), year, f"{written}人", scheme=scheme))
        assert f"{written}{found}" == case, expected


def marks_of_states(scheme: Scheme) -> str:
    row = indicator("検討", "実施", "state")
    return "".join(
        symbol(judged(row, 2019, state=ReportedState(state), scheme=scheme)) for state in STATES
    )


@pytest.mark.parametrize(
    ("row", "year", "cases"),
    [
        # a third of the way is expected: 133.3…; 60 ％ of it is 120
        (UP, 2019, "201① 200① 134① 133② 120② 119.9③ 100③ 99③"),
        (UP, 2020, "167① 166② 140② 139③"),
        (UP, 2021, "200① 199② 160② 159③"),
        (DOWN, 2019, "100① 166① 167② 180② 181③"),
        (KEPT, 2019, "200① 199② 120② 119③"),
        (NEW, 2019, "10① 9② 6② 5③ 0③"),
        (SHARE, 2019, "10① 9② 6② 5③ 0③"),
        (DIRECTION, 2019, "101① 100② 99③"),
    ],
)
def test_tama(row, year, cases):
    """多摩市 総合戦略の評価方法（案）資料6: 100%以上, 60%以上, 60%未満 of the year's share."""
    check(TAMA, row, year, cases)


@pytest.mark.parametrize(("scheme", "mark"), [(LINEAR, "◎"), (TAMA, "①"), (INO, "◎")])
def test_none_where_few_are_asked_for_is_reached_though_there_is_no_rate(scheme, mark):
    row = indicator("―", "10件以下", "at_most")
    judgement = judged(row, 2019, "0件", scheme=scheme)
    assert judgement.achievement_rate is None  # 10 ÷ 0
    assert symbol(judgement) == mark


def test_tama_in_five_years_expects_a_fifth_more_each_year():
    row = indicator("―", "100人", "new_count", due=2023)  # 2018 + 5, as 平成26 to 31
    for number, year in enumerate(range(2019, 2024), start=1):
        share = 20 * number
        assert symbol(judged(row, year, f"{share}人", scheme=TAMA)) == "①"
        assert symbol(judged(row, year, f"{share - 1}人", scheme=TAMA)) == "②"


@pytest.mark.parametrize(
    ("row", "year", "cases"),
    [
        # the year does not matter: the target's number does
        (UP, 2019, "201◎ 200○ 199△ 101△ 100× 99×"),
        (UP, 2021, "201◎ 200○ 199△ 101△ 100× 99×"),
        (DOWN, 2019, "99◎ 100○ 101△ 199△ 200× 201×"),
        (KEPT, 2019, "201◎ 200○ 199△ 1△"),
        (NEW, 2019, "31◎ 30○ 29△ 1△ 0×"),
        (SHARE, 2019, "31◎ 30○ 29△ 1△ 0×"),
        (DIRECTION, 2019, "101◎ 100× 99×"),
    ],
)
def test_ino(row, year, cases):
    """いの町 総合戦略の効果検証について: 目標値以上◎, 同等○, 未満△, 進捗なし×."""
    check(INO, row, year, cases)


@pytest.mark.parametrize(
    ("row", "year", "cases"),
    [
        (UP, 2019, "201S 200A 101A 100B 90B 89C"),
        (DOWN, 2019, "99S 100A 199A 200B 220B 221C"),
        (KEPT, 2019, "227S 201S 200C"),  # 200 is 11.5 ％ below 226
        (("210人", "200人", "keep_at_least"), 2019, "200B 189B 188C"),
        (NEW, 2019, "31S 30A 1A 0B -1C"),
        (SHARE, 2019, "31S 30− 1−"),
        (DIRECTION, 2019, "101S 100B 90B 89C"),
    ],
)
def test_nagayo(row, year, cases):
    """長与町 施策評価の概要: S 目標値超, A 基準値超, B △10%以内, C 下落, − 評価できない."""
    check(NAGAYO, row, year, cases)


@pytest.mark.parametrize(
    ("row", "year", "cases"),
    [
        (UP, 2019, "201A 200B 160B 159C 0C"),
        (DOWN, 2019, "99A 100B 125B 126C"),
        (KEPT, 2019, "201A 200B 160B 159C"),
        (NEW, 2019, "31A 30B 24B 23C 0C"),
        (SHARE, 2019, "31A 30B 24B 23C"),
        (DIRECTION, 2019, "101A 100B 99C"),
    ],
)
def test_kitsuki(row, year, cases):
    """杵築市 総合戦略期末評価について, 評価基準: A 目標を上回る, B 80%以上達成, C 改善, D 注視."""
    check(KITSUKI, row, year, cases)


@pytest.mark.parametrize(
    ("scheme", "marks"),
    [(LINEAR, "×△○◎"), (TAMA, "③②①①"), (INO, "×△△○"), (NAGAYO, "CBAS"), (KITSUKI, "DCBA")],
)
def test_states_are_mapped(scheme, marks):
    assert marks_of_states(scheme) == marks


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_a_presets_ladders_lead_to_its_marks_from_best_to_worst(scheme):
    order = [mark.key for mark in scheme.marks]
    for ladder in scheme.ladders.values():
        # 現状値より悪化 or 同じ may stand high in a ladder, and leads to one of the last marks
        apart = (Test.WORSE, Test.EQUAL, Test.UNCOMPARED, Test.WITHIN_POINTS)
        keys = [rung.mark for rung in ladder if rung.test not in apart]
        assert keys == sorted(keys, key=order.index)
        assert ladder[-1].test is Test.OTHERWISE
        assert not list(unreachable(ladder))
    assert [mark.level for mark in scheme.marks[-2:]] == [
        MarkLevel.NOT_APPLICABLE,
        MarkLevel.UNREPORTED,
    ]


def test_the_rate_that_is_held_against_the_expected_one_can_be_chosen():
    by_achievement = replace(LINEAR, basis=Basis.ACHIEVEMENT)
    row = indicator("13校", "35校", "at_least")
    assert symbol(judged(row, 2019, "20校", scheme=LINEAR)) == "△"  # 31.8 of 33.3
    assert symbol(judged(row, 2019, "20校", scheme=by_achievement)) == "○"  # 57.1 of 33.3


# --- what a person wrote for a mark ----------------------------------------------


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("△", "behind"),
        (" △ ", "behind"),
        ("やや遅れ", "behind"),
        ("△ やや遅れ", "behind"),
        ("△やや遅れ", "behind"),
        ("△　やや遅れ", "behind"),
        ("behind", "behind"),
        ("〇", "on_track"),  # the numeral zero
        ("◯", "on_track"),  # the large circle
        ("✕", "late"),
        ("－", "not_applicable"),
        ("遅れ", "late"),
        ("遅", None),
        ("", None),
        ("優", None),
    ],
)
def test_a_mark_is_found_as_people_write_it(written, key):
    mark = LINEAR.find_mark(written)
    assert (mark.key if mark else None) == key


@pytest.mark.parametrize("written", ["S", "Ｓ", "s"])
def test_letters_of_any_width(written):
    mark = NAGAYO.find_mark(written)
    assert (mark.key if mark else None) == (None if written == "s" else "passed")


@pytest.mark.parametrize(
    ("scheme", "marks"),
    [(LINEAR, "×△△◎"), (TAMA, "③②②①"), (INO, "×△△○"), (NAGAYO, "CBBS"), (KITSUKI, "DCCA")],
)
def test_states_that_are_not_reached_by_their_deadline_are_late(scheme, marks):
    assert "".join(scheme.state_mark(each, is_due=True).symbol for each in ReportedState) == marks


def test_a_scheme_without_marks_of_lateness_leaves_states_as_they_are():
    marks = tuple(
        replace(mark, level=MarkLevel.ON_TRACK if mark.level in LATENESS else mark.level)
        for mark in LINEAR.marks
    )
    scheme = replace(LINEAR, marks=marks)
    assert scheme.overdue is None
    assert "".join(scheme.state_mark(each, is_due=True).symbol for each in ReportedState) == "×△○◎"


# --- what a scheme has to be -----------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"marks": LINEAR.marks[:-1]}, "exactly one mark of the level unreported"),
        ({"marks": (*LINEAR.marks, LINEAR.marks[0])}, "same key"),
        (
            {"marks": (*LINEAR.marks, replace(LINEAR.marks[1], key="x", symbol="〇"))},
            "same symbol",
        ),
        ({"approach": ()}, "approach has no last rung"),
        ({"keep": (Rung(Test.REACHED, "reached"),)}, "keep has no last rung"),
        ({"direction": (Rung(Test.OTHERWISE, "good"),)}, "no mark 'good'"),
        ({"after_deadline": "good"}, "no mark 'good'"),
        ({"after_deadline": "on_track"}, "none of lateness"),
        ({"states": {}}, "no mark for the state 未着手"),
        ({"states": dict.fromkeys(ReportedState, "good")}, "no mark 'good'"),
        (
            {"keep": (Rung(Test.OF_TARGET, "late", Fraction(-1)), Rung(Test.OTHERWISE, "late"))},
            "negative share",
        ),
        (
            {"keep": (Rung(Test.OTHERWISE, "late"), Rung(Test.OTHERWISE, "late"))},
            "never reached",
        ),
    ],
)
def test_a_scheme_whose_parts_do_not_fit_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        replace(LINEAR, **changes)


def test_a_share_may_be_nothing_at_all():
    ladder = (Rung(Test.OF_TARGET, "behind", Fraction(0)), Rung(Test.OTHERWISE, "late"))
    scheme = replace(LINEAR, keep=ladder)
    row = indicator("226人", "200人", "keep_at_least")
    assert symbol(judged(row, 2019, "0人", scheme=scheme)) == "△"
    assert symbol(judged(row, 2019, "-1人", scheme=scheme)) == "×"


@pytest.mark.parametrize(
    ("test", "above", "below", "is_unreachable"),
    [
        (Test.OF_EXPECTED, "1", "6/10", False),
        (Test.OF_EXPECTED, "6/10", "1", True),
        (Test.OF_EXPECTED, "1", "1", True),
        (Test.WITHIN, "1/10", "2/10", False),
        (Test.WITHIN, "2/10", "1/10", True),
        (Test.WITHIN, "1/10", "1/10", True),
        (Test.BEYOND, "1", "1", True),
    ],
)
def test_rungs_that_nothing_can_reach(test, above, below, is_unreachable):
    ladder = (Rung(test, "a", Fraction(above)), Rung(test, "b", Fraction(below)))
    assert list(unreachable(ladder)) == ([ladder[1]] if is_unreachable else [])
