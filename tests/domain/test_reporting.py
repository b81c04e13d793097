"""Who reports what, and what of it is missing."""

from __future__ import annotations

from dataclasses import replace

from kpireport.domain.actuals import Actual, Actuals
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.reporting import departments_by_measure, reporters, unreported
from kpireport.domain.values import Value
from kpireport.domain.years import FiscalYear
from tests.documents import real_catalogue

Y2019, Y2020 = FiscalYear(2019), FiscalYear(2020)


def without_departments(catalogue: Catalogue) -> Catalogue:
    """The first goal's plans alone, no indicator of which has a department."""
    goal = catalogue.goals[0]
    plans = tuple(
        replace(plan, rows=tuple(replace(each, departments=()) for each in plan.indicators()))
        for plan in goal.plans
    )
    return replace(catalogue, goals=(replace(goal, plans=plans),))


def test_the_plans_departments_come_first_the_lead_before_the_others():
    actuals = Actuals((Actual("p01-05", Y2019, department="企画課"),))
    departments = departments_by_measure(real_catalogue(), actuals)
    assert departments["p01-05"] == ("保育課", "保育計画調整課")


def test_else_who_reported_last_is_asked_again():
    actuals = Actuals(
        (
            Actual("p01-01", Y2020, department="新しい課"),
            Actual("p01-01", Y2019, department="古い課"),
        )
    )
    departments = departments_by_measure(without_departments(real_catalogue()), actuals)
    assert departments["p01-01"] == ("新しい課",)
    assert departments["p01-02"] == ()


def test_what_is_missing_is_told_by_its_lead():
    missing = unreported(Actuals(), real_catalogue(), Y2019)
    assert "p01-05" in missing["保育課"]
    assert not any("g1-01" in ids for ids in missing.values())  # no survey was announced


def test_a_value_or_a_reason_is_enough():
    actuals = Actuals(
        (
            Actual("p01-05", Y2019, value=Value("99.9％")),
            Actual("p01-01", Y2019, reason="集計中"),
        )
    )
    missing = [id_ for ids in unreported(actuals, real_catalogue(), Y2019).values() for id_ in ids]
    assert "p01-02" in missing
    assert not {"p01-05", "p01-01"} & set(missing)


def test_of_the_departments_that_the_plan_names_the_one_that_reports_counts():
    actuals = Actuals(
        (
            Actual("p01-05", Y2019, department="保育計画調整課"),
            Actual("p01-01", Y2019, department="古い名前の課"),
        )
    )
    found = reporters(real_catalogue(), actuals, Y2019)
    assert found["p01-05"] == "保育計画調整課"
    assert found["p01-01"] == departments_by_measure(real_catalogue())["p01-01"][0]

    nowhere = reporters(without_departments(real_catalogue()), actuals, Y2019)
    assert nowhere["p01-01"] == "古い名前の課"
