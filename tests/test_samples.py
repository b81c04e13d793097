"""The sample workbooks in reports/ are those that tools/make_samples.py makes."""

from __future__ import annotations

import io
import runpy
import zipfile
from pathlib import Path

import pytest

from kpireport.domain.actuals import Actuals
from kpireport.domain.years import FiscalYear
from kpireport.evaluation.judging import evaluate
from kpireport.sources.actuals import load_actuals
from kpireport.sources.catalogue import load_catalogue
from kpireport.sources.settings import load_settings

ROOT = Path(__file__).parents[1]


def parts(data: bytes) -> dict[str, bytes]:
    """What a workbook's file holds, however it was compressed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sample(year: int) -> tuple[Actuals, int]:
    """The sample's actuals as its settings read them, and how many warnings remain."""
    settings = load_settings(ROOT / "reports" / str(year))
    assert settings.review is not None
    actuals, warnings = load_actuals(
        settings.review.actuals,
        load_catalogue(settings.catalogue),
        settings.review.fiscal_year,
        earlier=settings.review.earlier,
        accepted=settings.review.accepted,
    )
    return actuals, len(warnings)


def test_the_samples_are_as_made():
    files = runpy.run_path(str(ROOT / "tools/make_samples.py"))["sample_files"]()
    nerima = {path.parent.name for path in files if path.parents[1] == ROOT / "reports"}
    towns = {path.parents[1].name for path in files if path.parents[2] == ROOT / "reports/towns"}
    assert nerima == {"2019", "2020", "2021"}
    assert len(towns) == 4
    assert len(files) == len(nerima) + 2 * len(towns)
    for path, content in files.items():
        assert parts(path.read_bytes()) == parts(content), f"run tools/make_samples.py: {path}"


@pytest.mark.parametrize(("year", "remaining"), [(2019, 0), (2020, 0), (2021, 1)])
def test_the_settings_accept_what_is_meant(year: int, remaining: int):
    assert sample(year)[1] == remaining


def test_every_mark_occurs_and_every_plan_has_its_comment():
    catalogue = load_catalogue(ROOT / "catalogue.json")
    actuals, _ = sample(2021)
    judgements = evaluate(catalogue, actuals, FiscalYear(2021)).judgements
    assert {each.mark.symbol for each in judgements} == set("◎○△×―…")
    plans = {plan.id for plan in catalogue.plans()}
    years = {FiscalYear(year) for year in (2019, 2020, 2021)}
    assert {(each.plan_id, each.fiscal_year) for each in actuals.comments} == {
        (plan, year) for plan in plans for year in years
    }
    assert all(
        each.text("initiatives") and each.text("issues") and each.text("outlook")
        for each in actuals.comments
    )
