"""The samples of the towns that do not exist: their reports build as they are, in both formats."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kpireport.conductor import build
from kpireport.errors import Problem
from kpireport.reports import Report
from tests.documents import ROOT
from tests.verapdf import assert_compliant

TOWNS = ROOT / "reports/towns"
REPORTS = sorted(file.parent.relative_to(TOWNS) for file in TOWNS.glob("*/*/report.toml"))
NOTICE = "見本：数値は架空"
NAMES = ("ichohara", "kirarazawa", "muginohara", "shiomihama")
_KEPT: list[TemporaryDirectory[str]] = []


@cache
def built() -> tuple[Path, dict[Path, list[Problem]]]:
    """A copy of the towns' folders with all their documents; what deserved a second look."""
    _KEPT.append(TemporaryDirectory())
    place = Path(_KEPT[-1].name) / "towns"
    shutil.copytree(TOWNS, place, ignore=shutil.ignore_patterns("out"))
    told: dict[Path, list[Problem]] = {}
    for report in REPORTS:
        build(place / report, warn=told.setdefault(report, []).append)
    return place, told


def files(extension: str) -> Iterator[Path]:
    for report in REPORTS:
        yield from sorted((built()[0] / report / "out").glob(f"*.{extension}"))


def test_each_town_has_its_plan_and_two_years():
    editions = {name: [each.name for each in REPORTS if each.parts[0] == name] for name in NAMES}

    assert sum(map(len, editions.values())) == len(REPORTS)
    for earlier, later, plan in editions.values():
        assert (int(later), plan) == (int(earlier) + 1, "plan")


@pytest.mark.parametrize("report", REPORTS, ids=str)
def test_every_report_builds_without_anything_left_to_look_at(report: Path):
    place, told = built()

    assert told[report] == []
    assert {file.suffix for file in (place / report / "out").iterdir()} >= {".docx", ".pdf"}


@pytest.mark.parametrize("report", REPORTS, ids=str)
def test_every_edition_says_that_its_figures_are_invented(report: Path):
    settings = Report.open(TOWNS / report).settings

    assert NOTICE in settings.subject
    assert (
        settings.council_label == NOTICE if settings.review is None else settings.review.is_sample
    )


@pytest.mark.tools
def test_every_pdf_is_archival_and_accessible():
    assert_compliant(list(files("pdf")))
