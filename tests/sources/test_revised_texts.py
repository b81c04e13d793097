"""Revisions of years' targets and of the texts beside a row: read, followed, refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.catalogue import Indicator
from kpireport.domain.histories import History
from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import ROW, problems_of, write
from tests.sources.revised import change, revised, revision

YEARLY = (
    f"{ROW}.yearly_targets",
    [{"fiscal_year": 2020, "text": "６か所"}, {"fiscal_year": 2021, "text": "７か所"}],
)
TEXTS = ((f"{ROW}.definition", "元の定義"), (f"{ROW}.details", {"委員会": "総務"}))


def path_of(folder: Path, *changes: dict[str, Any]) -> Path:
    return write(folder, revised(revision(1, 2021, *changes), changes=(YEARLY, *TEXTS)))


def test_years_targets_and_texts_are_others_from_the_revisions_year_on(tmp_path: Path):
    targets = change("yearly_targets", id="i1", yearly_targets=[{"fiscal_year": 2021, "text": "5"}])
    targets["yearly_targets"][0]["text"] = "５か所"
    texts = change("details", id="i1", texts={"definition": "別の定義", "details.委員会": "文教"})
    history = History.of(load_catalogue(path_of(tmp_path, targets, texts)))
    before, after = (history.find("i1", FiscalYear(year)) for year in (2020, 2021))
    assert isinstance(before, Indicator)
    assert isinstance(after, Indicator)
    assert [each.text for each in before.yearly_targets] == ["６か所", "７か所"]
    assert [each.text for each in after.yearly_targets] == ["６か所", "５か所"]
    assert [str(each.quantities[0].value) for each in after.yearly_targets] == ["6", "5"]
    assert (before.details.definition, after.details.definition) == ("元の定義", "別の定義")
    assert after.details.text("details.委員会") == "文教"


FAULTS = {
    "a year that is over": (
        change("yearly_targets", id="i1", yearly_targets=[{"fiscal_year": 2020, "text": "8か所"}]),
        (
            "yearly_targets[0].fiscal_year: 令和２年度（2020）が、適用年度の令和３年度（2021）より"
            "前です。"
        ),
    ),
    "a year outside the plan": (
        change("yearly_targets", id="i1", yearly_targets=[{"fiscal_year": 2022, "text": "8か所"}]),
        (
            "yearly_targets[0].fiscal_year: 令和４年度（2022）が、目標値の令和４年度（2022）より"
            "前ではありません。"
        ),
    ),
    "the same target": (
        change("yearly_targets", id="i1", yearly_targets=[{"fiscal_year": 2021, "text": "７か所"}]),
        "yearly_targets[0]: 令和３年度（2021）の目標値が、いまのものと同じです。",
    ),
    "a target without a year": (
        change("yearly_targets", id="i1", yearly_targets=[{"text": "７か所"}]),
        "yearly_targets[0]: 項目「fiscal_year」（年度）がありません。",
    ),
    "another unit": (
        change("details", id="i1", texts={"unit": "人"}),
        "texts.unit: 単位は、改定では変えられません。",
    ),
    "an unknown column": (
        change("details", id="i1", texts={"definitoin": "別の定義"}),
        "texts.definitoin: 「definitoin」という欄はありません。 → もしかして 「definition」",
    ),
    "the same text": (
        change("details", id="i1", texts={"details.委員会": "総務"}),
        "texts.details.委員会: いまのものと同じです。",
    ),
}


@pytest.mark.parametrize(("faulty", "said"), FAULTS.values(), ids=FAULTS)
def test_a_change_that_cannot_be_is_refused(tmp_path: Path, faulty: dict[str, Any], said: str):
    (problem,) = problems_of(path_of(tmp_path, faulty))
    assert problem.startswith(f"revisions[0].changes[0].{said}")
