"""The small catalogue of :mod:`tests.sources.catalogues` with two revisions of every kind.

As decided: plan p1 has i1 (6 → 8か所), i2 (6 → 9か所) and a group of i3 (1 → 2か所); p2 is
empty. The baselines are of fiscal 2019, the targets due in 2022.
"""

from __future__ import annotations

import copy
from typing import Any

from tests.sources.catalogues import put, sound


def places(value: int, **more: Any) -> dict[str, Any]:
    """A cell of ``value`` places."""
    return {"text": f"{value}か所", "quantities": [{"value": value, "unit": "か所"}], **more}


def row(id_: str, baseline: int, target: int, **more: Any) -> dict[str, Any]:
    """An indicator that counts places."""
    cells = {"baseline": places(baseline), "target": places(target, kind="at_least")}
    return {"id": id_, "name": f"指標{id_}", **cells, **more}


def change(kind: str, **items: Any) -> dict[str, Any]:
    """A change with a reason."""
    return {"change": kind, **items, "reason": f"{kind}の理由。"}


def revision(number: int, year: int, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A revision that was decided in the March before it is in force."""
    head = {"id": f"r{number}", "decided": f"{year}-03-25", "from": year}
    return {**head, "title": f"第{number}次改定", **more, "changes": list(changes)}


FIRST = revision(
    1,
    2021,
    change("target", id="i1", target=places(10, kind="at_least")),
    change("rename", id="i2", name="新しい名の指標"),
    change("split", id="i3", into=[row("i3a", 1, 3), row("i3b", 0, 2)], continues="i3a"),
    change("add", plan="p2", indicator=row("i4", 4, 8)),
    change("departments", id="i1", departments=["企画課"]),
)
SECOND = revision(
    2,
    2022,
    change("move", id="i2", plan="p2", after="p2"),
    change("baseline", id="i4", baseline=places(5)),
    change("target", id="i1", target=places(12, kind="at_least")),
    change("end", id="i3b"),
    change("target", id="n1", target={"text": "現状値から減少", "kind": "below_baseline"}),
)


def revised(*revisions: dict[str, Any], changes: tuple[tuple[str, Any], ...] = ()) -> Any:
    """The catalogue with revisions, the two above without any; spoilt by ``changes``."""
    catalogue = sound()
    catalogue["revisions"] = copy.deepcopy(list(revisions) or [FIRST, SECOND])
    for path, value in changes:
        put(catalogue, path, value)
    return catalogue
