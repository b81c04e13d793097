"""The test of interim targets (中間目標), beside that of the row's own target."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from kpireport.document.judgements import describe_reason
from kpireport.document.scheme_rules import describe_scheme
from kpireport.domain.catalogue import YearlyTarget
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import scheme_from_settings
from tests.evaluation.rows import indicator, judged

TOML = """
scheme = "own"
marks = [
  { symbol = "A-1", word = "達成", level = "reached" },
  { symbol = "A-2", word = "中間目標を達成", level = "on_track" },
  { symbol = "B", word = "改善", level = "behind" },
  { symbol = "C", word = "悪化", level = "late" },
]
approach = [
  { test = "reached", mark = "A-1" },
  { test = "interim", mark = "A-2" },
  { test = "beyond", mark = "B" },
  { test = "otherwise", mark = "C" },
]
"""
SCHEME = scheme_from_settings(tomllib.loads(TOML))


def row(kind: str, baseline: str, interim: str, target: str):
    """A row of 2018 to 2021 with a target of its own for 2020."""
    measure = indicator(baseline, target, kind)
    of_2020 = YearlyTarget(FiscalYear(2020), interim, parse_value(interim).quantities)
    return replace(measure, yearly_targets=(of_2020,))


@pytest.mark.parametrize(
    ("measure", "year", "actuals", "expected"),
    [
        # 2019 and 2020 are held against 2020's target, and all against the row's own
        (row("at_least", "100人", "150人", "200人"), 2019, "200 199 150 149 100", "122BC"),
        (row("at_least", "100人", "150人", "200人"), 2020, "200 199 150 149 100", "122BC"),
        # afterwards there is none but the row's own
        (row("at_least", "100人", "150人", "200人"), 2021, "200 199 150 100", "1BBC"),
        (row("at_most", "10人", "7人", "5人"), 2020, "5 6 7 8 10", "122BC"),
        # without one the test never holds
        (indicator("100人", "200人", "at_least"), 2020, "200 199 150 100", "1BBC"),
    ],
)
def test_interim_targets_stand_beside_the_final_one(measure, year, actuals, expected):
    found = [judged(measure, year, f"{each}人", scheme=SCHEME) for each in actuals.split()]
    assert "".join(each.mark.symbol[-1] for each in found) == expected


def test_the_reason_names_the_year_whose_target_was_reached():
    found = judged(row("at_least", "100人", "150人", "200人"), 2019, "160人", scheme=SCHEME)
    assert describe_reason(found.reason) == "実績160人 ≥ 令和２年度の目標値150人"


def test_the_rules_say_which_target_is_meant():
    said = {each.mark.symbol: each.conditions[0] for each in describe_scheme(SCHEME).marks}
    assert said["A-1"] == "目標値を達成"
    assert said["A-2"] == "その年度（なければ次に定めのある年度）の目標値を達成"
