"""A small, valid catalogue for tests, and ways to spoil it."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

from kpireport.errors import InputError
from kpireport.sources.catalogue import load_catalogue

GONE = object()  # the value that takes an item away


def _row(id_: str, baseline: int, target: int) -> dict[str, Any]:
    def cell(value: int) -> dict[str, Any]:
        return {"text": f"{value}か所", "quantities": [{"value": value, "unit": "か所"}]}

    return {
        "id": id_,
        "name": f"指標{id_}",
        "baseline": cell(baseline),
        "target": {**cell(target), "kind": "at_least"},
    }


# p1: two rows and a group of one; p2: none. Another municipality than the real one.
_SOUND: dict[str, Any] = {
    "format": 1,
    "municipality": "みどり市",
    "cover": {"issued": "令和２年４月", "issuer": "みどり市", "title": ["みどり市計画"]},
    "years": {"baseline": 2019, "target": 2022, "numeric_target": 2024},
    "labels": {
        "goal": "基本目標",
        "numeric_targets": "数値目標",
        "directions": "方向性",
        "plan": "計画",
        "indicators": "ＫＰＩ",
        "indicator": "指標",
        "baseline": "現状値",
        "target": "目標値",
    },
    "how_to_read": {"title": "表の見方", "goal": "g1", "plans": ["p1"]},
    "goals": [
        {
            "id": "g1",
            "numeral": "1",
            "title": "基本目標の名",
            "numeric_targets": [
                {
                    "id": "n1",
                    "name": "満足度",
                    "baseline": {"text": "60％", "quantities": [{"value": 60, "unit": "％"}]},
                    "target": {"text": "現状値から上昇", "kind": "above_baseline"},
                }
            ],
            "directions": [{"paragraphs": ["文章。"], "items": ["項目。"]}],
            "plans": [
                {
                    "id": "p1",
                    "label": "計画１",
                    "title": "計画の名",
                    "indicators": [
                        _row("i1", 6, 8),
                        _row("i2", 6, 9),
                        {"id": "gr", "name": "まとまり", "indicators": [_row("i3", 1, 2)]},
                    ],
                },
                {"id": "p2", "label": "計画２", "title": "行のない計画", "indicators": []},
            ],
        },
        {
            "id": "g2",
            "numeral": "2",
            "title": "計画のない基本目標",
            "numeric_targets": [],
            "directions": [],
            "plans": [],
        },
    ],
}

ROWS = "goals[0].plans[0].indicators"
ROW = f"{ROWS}[0]"


def sound() -> dict[str, Any]:
    """A copy of the valid catalogue."""
    return copy.deepcopy(_SOUND)


def spoilt(*changes: tuple[str, Any]) -> dict[str, Any]:
    """The catalogue with the values at the given paths replaced, added or taken away."""
    catalogue = sound()
    for path, value in changes:
        put(catalogue, path, value)
    return catalogue


def put(value: Any, path: str, new: Any) -> None:
    """Set what is at ``goals[0].title`` to ``new``; ``GONE`` takes it away."""
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", path)]
    for step in steps[:-1]:
        value = value[step]
    if new is GONE:
        del value[steps[-1]]
    else:
        value[steps[-1]] = new


def write(folder: Path, data: object) -> Path:
    """Write the data as a catalogue file."""
    path = folder / "catalogue.json"
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    """What is wrong with the file: ``place: what → remedy``; empty where nothing is."""
    try:
        load_catalogue(path)
    except InputError as error:
        return [f"{each.place}: {each.what} → {each.remedy}" for each in error.problems]
    return []
