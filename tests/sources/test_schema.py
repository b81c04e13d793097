"""The JSON schema that editors complete and check catalogue.json with."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kpireport.domain.target_kinds import TargetKind
from kpireport.sources.catalogue_file import SCHEMA_FILE, catalogue_schema

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(catalogue_schema())
    return parsed


def test_the_shipped_file_is_what_the_models_give():
    shipped = files("kpireport.sources").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")
    assert shipped == catalogue_schema(), "write catalogue_schema() to the file again"


def test_the_real_catalogue_points_at_it():
    catalogue = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    assert (ROOT / catalogue["$schema"]).name == SCHEMA_FILE
    assert (ROOT / catalogue["$schema"]).is_file()


def test_every_item_has_a_japanese_title(schema: dict[str, Any]):
    for name, entry in {**schema["$defs"], "CatalogueFile": schema}.items():
        assert not entry["title"].isascii(), name
        assert not entry["description"].isascii(), name
        for item, described in entry["properties"].items():
            if "$ref" not in described and "anyOf" not in described:
                assert not described["title"].isascii(), f"{name}.{item}"


def test_unknown_items_are_refused_and_every_kind_is_explained(schema: dict[str, Any]):
    assert all(entry["additionalProperties"] is False for entry in schema["$defs"].values())
    kinds = schema["$defs"]["TargetEntry"]["properties"]["kind"]["oneOf"]
    assert {each["const"] for each in kinds} == {str(kind) for kind in TargetKind}
    assert all(each["description"] for each in kinds)
