"""Years are named in the eras that a document's day knows; the plan's own words stay."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kpireport.document.indicator_charts import compose_chart
from kpireport.document.plan import compose_plan
from kpireport.domain.catalogue import Catalogue
from kpireport.domain.numerals import NumeralStyle
from kpireport.domain.years import FiscalYear, axis_label, format_fiscal_year
from tests.review_reports import (
    METADATA,
    PLAN,
    chapter,
    read_plan,
    shown,
    small_document,
    small_review,
    with_yearly_targets,
)

BEFORE, AFTER = dt.date(2018, 11, 9), dt.date(2022, 9, 1)
FIRST_DAY = dt.date(2019, 5, 1)


def plan(target_note: str = "平成34年度") -> Catalogue:
    data: dict[str, Any] = with_yearly_targets(PLAN, {"share": "98％"})
    labels = {**data["labels"], "target_note": target_note}
    return read_plan({**data, "labels": labels})


def introduction(on: dt.date | None, **labels: str) -> str:
    review = small_review(plan=plan(**labels), on=on)
    return "".join(shown(chapter(small_document(review=review), "introduction")))


@pytest.mark.parametrize(
    ("year", "on", "name", "short"),
    [
        (2022, BEFORE, "平成34年度", "H34"),
        (2022, FIRST_DAY - dt.timedelta(days=1), "平成34年度", "H34"),
        (2022, FIRST_DAY, "令和4年度", "R4"),
        (2019, FIRST_DAY, "令和元年度", "R1"),
        (2019, BEFORE, "平成31年度", "H31"),
        (2018, AFTER, "平成30年度", "H30"),
        (1989, dt.date(1989, 1, 7), "昭和64年度", "S64"),
        (2022, None, "令和4年度", "R4"),
    ],
)
def test_no_era_is_named_before_it_began(
    year: int, on: dt.date | None, name: str, short: str
) -> None:
    assert format_fiscal_year(FiscalYear(year), NumeralStyle.HALF, on) == name
    assert axis_label(FiscalYear(year), on) == short


@pytest.mark.parametrize(
    ("on", "note", "due"),
    [
        (BEFORE, "平成34年度", "平成34年度末"),
        (AFTER, "平成34年度", "平成34年度（令和４年度）末"),
        (AFTER, "（平成３４年度）", "平成34年度（令和４年度）末"),
        (AFTER, "令和４年度", "令和４年度末"),
        (AFTER, "原則", "令和４年度末"),
        (None, "令和4年度末", "令和４年度末"),
    ],
)
def test_the_introduction_and_the_tables_have_the_same_year(
    on: dt.date | None, note: str, due: str
) -> None:
    assert f"原則として{due}を期限とし" in introduction(on, target_note=note)


def test_charts_reasons_and_columns_of_a_document_know_no_later_era() -> None:
    review = small_review(plan=plan(), on=BEFORE)
    measure = review.measures["share"]
    chart = compose_chart(review, measure)
    assert chart is not None
    assert [point.label for point in chart.points] == ["H31", "H32", "H33"]
    assert [point.spoken for point in chart.points] == ["平成31年度", "平成32年度", "平成33年度"]
    lines = shown(small_document(review=review).blocks())
    # what is left is the plan's own: its period, the times of its values
    own = ("令和２年４月", "※令和5年度", "令和元年度末", "令和6年度末", "令和元年９月末")
    assert not [each for each in lines if "令和" in each and not any(one in each for one in own)]


def test_the_plan_edition_heads_its_yearly_targets_so_too() -> None:
    words = "".join(shown(compose_plan(plan(), METADATA, on=BEFORE).blocks()))
    later = "".join(shown(compose_plan(plan(), METADATA, on=AFTER).blocks()))
    assert "平成33年度" in words
    assert "令和３年度" not in words
    assert "令和３年度" in later
