"""Rows, plans and actuals for tests, written as they are printed: ``13校 → 35校``."""

from __future__ import annotations

from collections.abc import Iterable

from kpireport.domain.actuals import Actual, Actuals, Override, ReportedState
from kpireport.domain.catalogue import (
    Baseline,
    Catalogue,
    Goal,
    Indicator,
    IndicatorGroup,
    Labels,
    NumericTarget,
    Plan,
    PlanYears,
    Target,
)
from kpireport.domain.target_kinds import TargetKind
from kpireport.domain.values import parse_value
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.judgements import Judgement
from kpireport.evaluation.judging import judge
from kpireport.evaluation.presets import LINEAR
from kpireport.evaluation.rows import row_of
from kpireport.evaluation.schemes import Scheme

YEARS = PlanYears(FiscalYear(2018), FiscalYear(2021), FiscalYear(2023))

_LABELS = Labels(*[""] * 11)


def indicator(
    baseline: str, target: str, kind: TargetKind | str, due: int | None = None, id_: str = "i"
) -> Indicator:
    """A row as printed; its texts are read as the catalogue states their meaning."""
    return Indicator(id_, f"指標{id_}", _baseline(baseline), _target(target, kind, due))


def numeric_target(baseline: str, target: str, kind: TargetKind | str, id_: str) -> NumericTarget:
    return NumericTarget(id_, f"数値目標{id_}", _baseline(baseline), _target(target, kind, None))


def _baseline(text: str) -> Baseline:
    return Baseline(text, parse_value(text).quantities)


def _target(text: str, kind: TargetKind | str, due: int | None) -> Target:
    deadline = None if due is None else FiscalYear(due)
    return Target(text, TargetKind(kind), parse_value(text).quantities, deadline)


def actual(
    written: str | None, year: int, id_: str = "i", state: ReportedState | None = None
) -> Actual:
    """What a department wrote in the cell, read as the workbook's reader reads it."""
    value = None if written is None else parse_value(written)
    return Actual(id_, FiscalYear(year), value, state)


def judged(
    row: Indicator,
    year: int,
    written: str | None = None,
    *,
    scheme: Scheme = LINEAR,
    state: ReportedState | None = None,
    before: str | None = None,
) -> Judgement:
    """The judgement of one row that stood at ``written`` in ``year``, at ``before`` a year ago."""
    entries = [actual(written, year, row.id, state)]
    if before is not None:
        entries.append(actual(before, year - 1, row.id))
    return judge(
        row_of(row, YEARS.baseline, YEARS.target), Actuals(tuple(entries)), FiscalYear(year), scheme
    )


def symbol(judgement: Judgement) -> str:
    return judgement.mark.symbol


def goal(
    id_: str,
    indicators: Iterable[Indicator | IndicatorGroup] = (),
    numeric_targets: Iterable[NumericTarget] = (),
) -> Goal:
    plan = Plan(f"{id_}-p", "計画", "計画の名", tuple(indicators))
    return Goal(id_, id_, f"目標{id_}", tuple(numeric_targets), (), (plan,))


def catalogue(*goals: Goal) -> Catalogue:
    return Catalogue("みどり市", "みどり市", ("計画",), "", YEARS, _LABELS, None, None, goals)


def actuals(*entries: Actual, overrides: Iterable[Override] = ()) -> Actuals:
    return Actuals(entries, overrides=tuple(overrides))
