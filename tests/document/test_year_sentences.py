"""The year in sentences, over every place that a year can have in a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kpireport.document.reviews import Review
from kpireport.document.year_sentences import year_sentences
from kpireport.domain.actuals import Actual, Override
from kpireport.domain.catalogue import Labels, NumericTarget, PlanYears
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.wording import Words
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import LINEAR, SCHEMES, Scheme, evaluate, scheme_from_settings
from tests.evaluation.rows import actual, actuals, catalogue, goal, indicator, numeric_target
from tests.review_reports import actuals_of, small_review

LABELS = Labels(
    "基本目標",
    "数値\n目標",
    "",
    "",
    "戦略計画",
    "重要業績\n評価指標",
    "指標",
    "現状値",
    "",
    "目標値",
    "",
)


def review_of(
    marks: Mapping[int, str],
    targets: Sequence[NumericTarget] = (),
    surveyed: Sequence[Actual] = (),
    *,
    scheme: Scheme = LINEAR,
    years: PlanYears | None = None,
    numerals: NumeralStyle = NumeralStyle.MIXED,
) -> Review:
    """A review of the last year; ``marks`` has a sign for every indicator in each year."""
    size = max(map(len, marks.values()))
    rows = [indicator("0件", "30件", "at_least", id_=f"i{number}") for number in range(size)]
    entries: list[Actual] = []
    overrides: list[Override] = []
    for year, signs in marks.items():
        for number, sign in enumerate(signs):
            if sign != "…":
                entries.append(actual("1件", year, f"i{number}"))
                overrides.append(Override(f"i{number}", FiscalYear(year), sign, "例。"))
    plan = replace(catalogue(goal("g", rows, targets)), labels=LABELS)
    plan = replace(plan, years=years or plan.years)
    known = actuals(*entries, *surveyed, overrides=overrides)
    evaluation = evaluate(plan, known, FiscalYear(max(marks)), scheme)
    return Review.of(plan, known, evaluation, numerals)


def said(marks: Mapping[int, str], **how: Scheme | PlanYears | NumeralStyle) -> str:
    """All sentences but that on marks set by hand, as all are here."""
    found = year_sentences(review_of(marks, **how))  # type: ignore[arg-type]
    return found.text.replace(found.remarks, "") if found.remarks else found.text


# --- where the year stands in the plan (2018 to 2021) -----------------------------


def test_the_first_year():
    assert said({2019: "◎○○△×―…"}) == (
        "計画期間の初年度である令和元年度末に、７指標のうち評価した５指標では、３指標（60.0％）の評価が"
        "「達成」または「順調」でした。"
        "「やや遅れ」「遅れ」は合わせて２指標（40.0％）です。"
        "このほか、「対象外」が１指標、「未報告」が１指標です。"
    )


def test_a_middle_year():
    assert said({2019: "○○△△×", 2020: "◎○○△○"}) == (
        "計画期間の２年目である令和２年度末に、５指標のうち４指標（80.0％）の評価が"
        "「達成」または「順調」でした（前年度は２指標、40.0％）。"
        "「やや遅れ」「遅れ」は合わせて１指標（20.0％）です。"
        "前年度から評価の上がったものは３指標、下がったものは０指標、変わらないものは２指標です。"
    )


def test_many_good_marks_are_named_in_a_row():
    table = [
        {"symbol": symbol, "word": word, "level": level}
        for symbol, word, level in (
            ("S", "上回った", "reached"),
            ("A", "ほぼ達成", "on_track"),
            ("B", "おおむね順調", "on_track"),
            ("C", "遅れ", "late"),
        )
    ]
    bands = [{"from": 100, "mark": "S"}, {"from": 50, "mark": "A"}]
    bands += [{"from": 20, "mark": "B"}, {"mark": "C"}]
    own = {"scheme": "own", "marks": table, "of": "target", "bands": bands}
    assert said({2019: "SABC"}, scheme=scheme_from_settings(own)) == (
        "計画期間の初年度である令和元年度末に、４指標のうち３指標（75.0％）の評価が"
        "「上回った」「ほぼ達成」「おおむね順調」のいずれかでした。「遅れ」は１指標（25.0％）です。"
    )


def test_the_last_year():
    assert said({2019: "○○△△×", 2020: "◎○○△…", 2021: "◎◎△×○"}) == (
        "計画の目標年度である令和３年度末に、５指標のうち２指標（40.0％）が目標を達成しました"
        "（前年度は評価した４指標のうち１指標、25.0％）。"
        "「やや遅れ」「遅れ」は合わせて２指標（40.0％）です。このほか、「順調」が１指標です。"
        "前年度と比べられる４指標のうち、評価の上がったものは１指標、下がったものは２指標、"
        "変わらないものは１指標です。"
    )


@pytest.mark.parametrize(
    ("year", "name"), [(2022, "１年後である令和４"), (2024, "３年後である令和６")]
)
def test_after_the_last_year(year: int, name: str):
    assert said({year - 1: "◎△", year: "◎△"}) == (
        f"計画の目標年度（令和３年度）の{name}年度末に、２指標のうち１指標（50.0％）が"
        "目標を達成しました（前年度は１指標、50.0％）。"
        "「やや遅れ」「遅れ」は合わせて１指標（50.0％）です。"
        "前年度から評価の変わったものはありません。"
    )


def test_a_plan_of_one_year_only():
    years = PlanYears(FiscalYear(2018), FiscalYear(2019), FiscalYear(2019))
    assert said({2019: "◎◎△"}, years=years) == (
        "計画の目標年度である令和元年度末に、３指標のうち２指標（66.7％）が目標を達成しました。"
        "「やや遅れ」「遅れ」は合わせて１指標（33.3％）です。"
    )


def test_one_year_alone_of_a_longer_plan():
    assert said({2021: "◎△"}) == (
        "計画の目標年度である令和３年度末に、２指標のうち１指標（50.0％）が目標を達成しました。"
        "「やや遅れ」「遅れ」は合わせて１指標（50.0％）です。"
    )


# --- how many there are -----------------------------------------------------------


@pytest.mark.parametrize(("mark", "word"), [("◎", "達成"), ("×", "遅れ")])
def test_one_indicator(mark: str, word: str):
    sentence = f"計画の目標年度である令和３年度末に、１指標の評価は「{word}」でした"
    assert said({2021: mark}) == f"{sentence}。"
    assert said({2020: "○", 2021: mark}) == f"{sentence}（前年度は「順調」）。"


def test_none_late():
    assert said({2020: "○◎", 2021: "◎◎"}) == (
        "計画の目標年度である令和３年度末に、２指標の全てが目標を達成しました"
        "（前年度は１指標、50.0％）。「やや遅れ」「遅れ」はありません。"
        "前年度から評価の上がったものは１指標、下がったものは０指標、変わらないものは１指標です。"
    )


def test_all_late():
    assert said({2020: "○◎", 2021: "△×"}) == (
        "計画の目標年度である令和３年度末に、２指標のうち、目標を達成したものはありませんでした"
        "（前年度は１指標、50.0％）。「やや遅れ」「遅れ」は合わせて２指標（100.0％）です。"
        "前年度から評価の上がったものは０指標、下がったものは２指標、変わらないものは０指標です。"
    )
    assert said({2020: "△×"}) == (
        "計画期間の２年目である令和２年度末に、２指標のうち、評価が「達成」または「順調」のものは"
        "ありませんでした。「やや遅れ」「遅れ」は合わせて２指標（100.0％）です。"
    )


def test_all_unreported():
    assert said({2020: "○◎", 2021: "……"}) == (
        "計画の目標年度である令和３年度末の重要業績評価指標２指標の実績は、まだ報告されていません。"
    )


def test_a_year_after_one_in_which_nothing_was_reported():
    assert said({2020: "……", 2021: "◎△"}).startswith(
        "計画の目標年度である令和３年度末に、２指標のうち１指標（50.0％）が目標を達成しました。"
    )


def test_nothing_that_can_be_judged():
    assert said({2020: "――…"}) == (
        "計画期間の２年目である令和２年度末に、重要業績評価指標３指標のうち評価できるものは"
        "ありません（「対象外」が２指標、「未報告」が１指標）。"
    )


def test_no_indicators():
    assert said({2021: ""}) == (
        "計画の目標年度である令和３年度末について、１つの基本目標と１つの戦略計画の実績を"
        "取りまとめました。"
    )


def test_nearly_all_is_not_100_per_cent():
    marks = "◎" * 2999 + "△"
    assert "3000指標のうち2999指標（99.9％）が目標を達成しました" in said({2021: marks})


# --- the scheme's words -----------------------------------------------------------


def test_marks_of_other_words():
    assert said({2020: "AB", 2021: "ABCD"}, scheme=SCHEMES["kitsuki"]) == (
        "計画の目標年度である令和３年度末に、４指標のうち１指標（25.0％）の評価が"
        "「目標を上回る」でした（前年度は評価した２指標のうち１指標、50.0％）。"
        "「改善や工夫が必要」「注視を継続」は合わせて２指標（50.0％）です。"
        "このほか、「目標をおおむね達成」が１指標です。"
        "前年度と比べられる２指標のうち、評価の変わったものはありません。"
    )


def test_a_scheme_without_a_mark_of_what_is_reached():
    assert said({2021: "①②③"}, scheme=SCHEMES["tama"]) == (
        "計画の目標年度である令和３年度末に、３指標のうち１指標（33.3％）の評価が"
        "「着実に進んでいる」でした。"
        "「概ね進んでいる」「改善や工夫が必要」は合わせて２指標（66.7％）です。"
    )


def test_the_settings_words():
    scheme = scheme_from_settings({"marks": {"reached": {"word": "完了"}}})
    assert "１指標（50.0％）の評価が「完了」でした" in said({2021: "◎△"}, scheme=scheme)


def test_half_width_numerals():
    assert said({2021: "◎△"}, numerals=NumeralStyle.HALF).startswith(
        "計画の目標年度である令和3年度末に、2指標のうち1指標（50.0％）が目標を達成しました。"
    )


# --- numeric targets (due in 2023) ------------------------------------------------

UP = numeric_target("50％", "現状値から上昇", "above_baseline", "up")
DOWN = numeric_target("50％", "現状値から低下", "below_baseline", "down")
TO = numeric_target("50％", "60％", "at_least", "to")
AT_MOST = numeric_target("50％", "40％以下", "at_most", "most")


@pytest.mark.parametrize(
    ("targets", "values", "standing"),
    [
        ((UP,), "51", "現在、現状値を上回っています"),
        ((UP,), "50", "現在、現状値を上回っていません"),
        ((DOWN,), "49", "現在、現状値を下回っています"),
        ((TO,), "61", "現在、目標値を上回っています"),
        ((TO,), "60", "現在、目標値以上になっています"),
        ((AT_MOST,), "40", "現在、目標値以下になっています"),
        ((UP, TO), "51 50", "現在、１項目（50.0％）が現状値を上回っています"),
        ((UP, TO), "51", "現在、１項目（100.0％）が現状値を上回っています（１項目は対象外）"),
        ((UP, TO), "51 …", "現在、１項目（100.0％）が現状値を上回っています（１項目は未報告）"),
        ((UP, AT_MOST), "51 39", "現在、２項目（100.0％）が目標の水準を満たしています"),
        ((UP, TO), "49 50", "現在、目標の水準を満たしているものはありません"),
    ],
)
def test_numeric_targets_before_they_are_due(
    targets: tuple[NumericTarget, ...], values: str, standing: str
):
    surveyed = [
        unreported(each.id) if value == "…" else actual(f"{value}％", 2021, each.id)
        for each, value in zip(targets, values.split(), strict=False)
    ]
    found = year_sentences(review_of({2021: "◎"}, targets, surveyed)).numeric_targets
    size = "１２"[len(targets) - 1]
    assert found == f"数値目標{size}項目は令和５年度が目標年度で、{standing}。"
    assert "達成" not in found


def unreported(id_: str) -> Actual:
    return Actual(id_, FiscalYear(2021), reason="集計中")


@pytest.mark.parametrize(
    ("surveyed", "end"),
    [
        ((unreported("up"), unreported("to")), "まだ報告されていません"),
        ((), "まだありません"),  # no survey was held in any year
        ((unreported("up"),), "まだありません"),
    ],
)
def test_numeric_targets_that_nobody_reported(surveyed: Sequence[Actual], end: str):
    assert year_sentences(review_of({2021: "◎"}, (UP, TO), surveyed)).numeric_targets == (
        f"数値目標２項目（令和５年度が目標年度）の実績は、{end}。"
    )


def test_numeric_targets_when_they_are_due_and_after():
    surveyed = [
        actual(value, year, id_)
        for year, up, to in ((2022, "51％", "55％"), (2023, "51％", "60％"), (2024, "49％", "61％"))
        for id_, value in (("up", up), ("to", to))
    ]
    found = {
        year: year_sentences(review_of({year: "◎"}, (UP, TO), surveyed)).numeric_targets
        for year in (2022, 2023, 2024)
    }
    assert found == {
        2022: (
            "数値目標２項目は令和５年度が目標年度で、"
            "現在、１項目（50.0％）が現状値を上回っています。"
        ),
        2023: "数値目標は、２項目の全てが目標を達成しました。",
        2024: (
            "数値目標は、２項目のうち１項目（50.0％）が目標を達成しました"
            "（前年度は２項目、100.0％）。"
        ),
    }


def test_numeric_targets_that_are_due_in_different_years():
    early = replace(TO, id="early", target=replace(TO.target, deadline=FiscalYear(2021)))
    surveyed = [
        actual("60％", 2021, "early"),
        actual("51％", 2021, "up"),
        actual("61％", 2021, "to"),
    ]
    found = year_sentences(review_of({2021: "◎"}, (early, UP, TO), surveyed)).numeric_targets
    assert found == (
        "数値目標のうち令和３年度が目標年度のものの１項目の評価は「達成」でした。"
        "数値目標のうち２項目は令和５年度が目標年度で、"
        "現在、２項目（100.0％）が目標の水準を満たしています。"
    )


def test_numeric_targets_in_the_plans_words():
    review = review_of({2021: "◎"}, (UP,), [actual("51％", 2021, "up")])
    labels = replace(LABELS, baseline="計画\n策定時")
    review = replace(review, words=Words.of_labels(labels))
    assert year_sentences(review).numeric_targets.endswith("現在、計画策定時の値を上回っています。")


# --- what no rule gave, and what was otherwise -------------------------------------


def test_how_many_marks_were_set_by_hand():
    assert year_sentences(review_of({2020: "○◎", 2021: "◎"})).remarks == (
        "評価のうち１指標は、理由を付けて修正したものです。"
    )


def test_of_a_year_without_any_it_says_nothing():
    assert year_sentences(small_review(2021, actuals=actuals_of(2021, overrides=()))).remarks == ""
