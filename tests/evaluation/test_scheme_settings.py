"""A report's settings change a preset in parts, or spell out a scheme of their own."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest

from kpireport.domain.actuals import ReportedState
from kpireport.errors import InputError
from kpireport.evaluation import LINEAR, SCHEMES, scheme_from_settings
from kpireport.evaluation.schemes import Basis, MarkLevel, Rung, Test
from tests.evaluation.rows import indicator, judged, symbol


def read(toml: str):
    return scheme_from_settings(tomllib.loads(toml))


def problems(toml: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(toml)
    assert {problem.file for problem in caught.value.problems} == {"report.toml"}
    return [f"{problem.place}: {problem.what}" for problem in caught.value.problems]


def test_no_settings_ask_for_the_default():
    assert scheme_from_settings({}) == LINEAR


@pytest.mark.parametrize("name", SCHEMES)
def test_a_preset_by_name(name):
    assert read(f'scheme = "{name}"') == SCHEMES[name]


def test_symbols_and_words():
    scheme = read('marks.behind = { symbol = "▽", word = "要努力" }\nmarks.late.word = "要改善"')
    assert [mark.label for mark in scheme.marks] == [
        "◎ 達成",
        "○ 順調",
        "▽ 要努力",
        "× 要改善",
        "― 対象外",
        "… 未報告",
    ]


CONTINUED = (
    'after_deadline = "continued"\n'
    'marks.continued = { symbol = "▽", word = "期限後も継続", level = "behind" }\n'
)


def test_a_mark_of_its_own_for_what_goes_on_after_its_deadline():
    scheme = read(CONTINUED)
    assert [mark.symbol for mark in scheme.marks] == ["◎", "○", "△", "▽", "×", "―", "…"]
    marks = {
        year: [
            symbol(judged(indicator("検討", "開始", "state"), year, state=state, scheme=scheme))
            for state in ReportedState
        ]
        for year in (2020, 2021, 2022)
    }
    assert marks == {2020: [*"×△○◎"], 2021: [*"×▽▽◎"], 2022: [*"×▽▽◎"]}


def test_what_goes_on_after_its_deadline_may_have_a_worse_mark_of_the_scheme():
    scheme = read('after_deadline = "late"')
    row = indicator("検討", "開始", "state")
    reported = (judged(row, 2021, state=state, scheme=scheme) for state in ReportedState)
    assert [*map(symbol, reported)] == [*"×××◎"]


def test_thresholds_in_per_cent():
    scheme = read("thresholds.approach.behind = 66.6\nthresholds.keep.behind = 95")
    assert scheme.approach[3] == Rung(Test.OF_EXPECTED, "behind", Fraction(666, 1000))
    assert scheme.keep[1] == Rung(Test.OF_TARGET, "behind", Fraction(95, 100))
    assert scheme.direction == LINEAR.direction
    kept = indicator("226人", "200人", "keep_at_least")
    assert symbol(judged(kept, 2019, "190人", scheme=scheme)) == "△"
    assert symbol(judged(kept, 2019, "189人", scheme=scheme)) == "×"


def test_a_decimal_is_taken_as_it_is():
    scheme = scheme_from_settings({"thresholds": {"keep": {"behind": Decimal("92.5")}}})
    assert scheme.keep[1].share == Fraction(925, 1000)


def test_states_and_basis_and_title():
    scheme = read('title = "区の基準"\nbasis = "achievement"\n[states]\n"準備" = "on_track"')
    assert (scheme.title, scheme.basis) == ("区の基準", Basis.ACHIEVEMENT)
    assert scheme.states == {**LINEAR.states, ReportedState.PREPARING: "on_track"}


def test_a_new_mark_and_a_ladder_that_leads_to_it():
    scheme = read(
        """
        [marks.far]
        symbol = "××"
        word = "大幅な遅れ"
        level = "late"
        [[approach]]
        test = "reached"
        mark = "reached"
        [[approach]]
        test = "of_expected"
        percent = 50
        mark = "late"
        [[approach]]
        test = "otherwise"
        mark = "far"
        """
    )
    assert [mark.symbol for mark in scheme.marks] == ["◎", "○", "△", "×", "××", "―", "…"]
    assert scheme.approach == (
        Rung(Test.REACHED, "reached"),
        Rung(Test.OF_EXPECTED, "late", Fraction(1, 2)),
        Rung(Test.OTHERWISE, "far"),
    )


OWN = """
scheme = "own"
marks.good = { symbol = "良", word = "できた", level = "reached" }
marks.bad = { symbol = "否", word = "できていない", level = "late" }
approach = [{ test = "reached", mark = "good" }, { test = "otherwise", mark = "bad" }]
keep = [{ test = "reached", mark = "good" }, { test = "otherwise", mark = "bad" }]
direction = [{ test = "beyond", mark = "good" }, { test = "otherwise", mark = "bad" }]
states = { "未着手" = "bad", "準備" = "bad", "実施中" = "bad", "達成" = "good" }
"""


def test_a_scheme_of_its_own():
    scheme = read(OWN)
    assert scheme.name == "own"
    assert [mark.symbol for mark in scheme.marks] == ["良", "否", "―", "…"]
    row = indicator("13校", "35校", "at_least")
    assert symbol(judged(row, 2019, "35校", scheme=scheme)) == "良"
    assert symbol(judged(row, 2019, "34校", scheme=scheme)) == "否"


def test_a_scheme_of_its_own_may_name_what_is_not_applicable():
    scheme = read(OWN + 'marks.na = { symbol = "／", word = "該当なし", level = "not_applicable" }')
    assert [mark.symbol for mark in scheme.marks] == ["良", "否", "／", "…"]
    assert scheme.marks[2].level is MarkLevel.NOT_APPLICABLE


_NO_PERCENT = ".thresholds.keep.behind: 「{}」は割合（％）として使えません。"

# what is written: what is said of it, at which place below [evaluation]
WRONG = {
    'scheme = "nobody"': ".scheme: 「nobody」は選べません。",
    'schema = "linear"': ".schema: ここに書ける名前ではありません。",
    'basis = "both"': ".basis: 「both」は選べません。",
    'after_deadline = "on_track"': ".after_deadline: 「on_track」は選べません。",
    "after_deadline = 3": ".after_deadline: 「3」は選べません。",
    'after_deadline = ["late"]': ".after_deadline: 配列 [ ]は選べません。",
    "basis = { by = 1 }": ".basis: 項目の組 { }は選べません。",
    "title = 3": ".title: 空か、文字ではありません。",
    "marks = 3": ".marks: 表ではありません。",
    'marks.behind.symbol = " "': ".marks.behind.symbol: 空か、文字ではありません。",
    'marks.behind.colour = "red"': ".marks.behind.colour: ここに書ける名前ではありません。",
    'marks.new = { symbol = "※", level = "late" }': ".marks.new: word がありません。",
    'marks.behind.symbol = "〇"': ".marks.behind: ○ 順調 と 〇 やや遅れ は、"
    "記号が同じで見分けがつきません。",
    'marks.behind.level = "unreported"': ".marks.unreported.level: unreported の評価が"
    "２つあります（△ やや遅れ と … 未報告）。",
    'marks.unreported.level = "late"': ".marks.unreported.level: … 未報告がなくなります。",
    "thresholds = 90": ".thresholds: 表ではありません。",
    "thresholds.all.behind = 90": ".thresholds.all: ここに書ける名前ではありません。",
    "thresholds.keep.reached = 90": ".thresholds.keep.reached: ここに書ける名前ではありません。",
    "thresholds.keep.behind = 0.9": _NO_PERCENT.format("0.9"),
    "thresholds.keep.behind = 1001": _NO_PERCENT.format("1001"),
    "thresholds.keep.behind = true": _NO_PERCENT.format("true"),
    "thresholds.keep.behind = nan": _NO_PERCENT.format("nan"),
    'thresholds.keep.behind = "60"': _NO_PERCENT.format("60"),
    # △ from as much of the expected progress as ○ asks for already
    "thresholds.approach.behind = 100": ".approach: behind の段（of_expected）には、"
    "上の段が先に当てはまるので、決して届きません。",
    "keep = 3": ".keep: 段の並びではありません。",
    "keep = []": ".keep: どれにも当てはまらないときの評価がありません。",
    'keep = [{ test = "reached", mark = "late" }]': ".keep: どれにも当てはまらないときの"
    "評価がありません。",
    'keep = [{ test = "otherwise", mark = "good" }]': ".keep[0].mark: 「good」は選べません。",
    'keep = [{ test = "luck", mark = "late" }]': ".keep[0].test: 「luck」は選べません。",
    'keep = [{ mark = "late" }]': ".keep[0]: test がありません。",
    'keep = [{ test = "of_target", mark = "late" }]': ".keep[0]: percent がありません。",
    'keep = [{ test = "otherwise", mark = "late", percent = 9 }]': ".keep[0].percent: "
    "otherwise は割合を使いません。",
    'keep = [{ test = "reached", below = true, mark = "late" }, '
    '{ test = "otherwise", mark = "late" }]': (
        ".keep[0].below: reached は「未満」の区別を使いません。"
    ),
    'states = { "完了" = "reached" }': ".states.完了: ここに書ける名前ではありません。",
    'states = { "達成" = "good" }': ".states.達成: 「good」は選べません。",
}


@pytest.mark.parametrize(("toml", "found"), WRONG.items(), ids=WRONG)
def test_what_is_wrong_is_said_with_its_place(toml, found):
    assert problems(toml) == [f"evaluation{found}"]


def test_all_that_is_wrong_is_said_at_once():
    assert len(problems('basis = "x"\ntitle = ""\nstates = 1\nthresholds.keep.behind = 0')) == 4


def test_an_own_scheme_says_what_it_lacks():
    assert problems('scheme = "own"') == [
        "evaluation: marks がありません。",
        "evaluation: 評価の決め方（bands か approach）がありません。",
    ]


def test_the_place_and_file_are_the_callers():
    with pytest.raises(InputError) as caught:
        scheme_from_settings({"scheme": 1}, file="設定.toml", place="報告.評価")
    assert str(caught.value).startswith("設定.toml: 報告.評価.scheme\n  「1」は選べません。")
