"""The decided plan's own texts, handed in as actuals: each is judged as its row means it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpireport.domain.actuals import Actual, Actuals, ReportedState
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation import SCHEMES, MarkLevel, Task, evaluate, summarize
from kpireport.sources.catalogue import load_catalogue
from tests.evaluation.rows import symbol

YEAR = FiscalYear(2019)


@pytest.fixture(scope="module")
def plan():
    return load_catalogue(Path(__file__).parents[2] / "catalogue.json")


def evaluated(plan, texts, state=None, scheme=SCHEMES["linear"]):
    entries = (Actual(id_, YEAR, parse_value(text), state) for id_, text in texts.items())
    return evaluate(plan, Actuals(tuple(entries)), YEAR, scheme)


def test_what_nobody_reported_is_unreported(plan):
    summary = summarize(plan, evaluate(plan, Actuals(), YEAR))
    assert len(summary.unreported) == 96
    assert summary.numeric_targets.at(MarkLevel.NOT_APPLICABLE) == 17  # no survey was announced
    assert summary.overall.at(MarkLevel.UNREPORTED) == summary.overall.total == 96


def test_the_targets_themselves_reach_the_targets(plan):
    texts = {row.id: row.target.text for row in plan.indicators()}
    evaluation = evaluated(plan, texts, ReportedState.DONE)
    for row in plan.indicators():
        judgement = evaluation.find(row.id)
        if judgement.task is Task.DIRECTION:  # 現状値から増加 is no actual
            assert symbol(judgement) == "―", row
        else:
            assert symbol(judgement) == "◎", row
            assert judgement.rate in (None, 1), row
            assert all(each.progress_rate == 1 for each in judgement.further), row


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_the_baselines_themselves_are_no_progress(plan, scheme):
    texts = {
        row.id: row.baseline.text
        for row in plan.indicators()
        if row.baseline.quantities and row.target.quantities
    }
    evaluation = evaluated(plan, texts, scheme=scheme)
    for id_ in texts:
        judgement = evaluation.find(id_)
        if judgement.task is Task.APPROACH and judgement.progress_rate is not None:
            assert judgement.progress_rate == 0
            assert judgement.mark.level is not MarkLevel.REACHED
        elif judgement.task is Task.APPROACH:
            assert judgement.mark.level is MarkLevel.NOT_APPLICABLE  # 基本協定締結１か所
        else:
            # 年間226人 → 年間200人; 方向性 asks what moved, and nothing has
            kept = (MarkLevel.REACHED, MarkLevel.ON_TRACK)
            assert (judgement.mark.level in kept) == (scheme.name != "trend")
