"""The example of a revision in the guidance, word for word, is what it is said to be."""

from __future__ import annotations

import json
from pathlib import Path

from kpireport.domain.histories import History
from kpireport.domain.years import FiscalYear
from kpireport.sources.catalogue import load_catalogue
from tests.sources.catalogues import sound, write

EXAMPLE = """
"revisions": [
  {
    "id": "r1",
    "title": "第１次改定",
    "decided": "令和３年３月25日",
    "from": 2021,
    "changes": [
      {
        "change": "target",
        "id": "i1",
        "target": {
          "text": "10か所",
          "kind": "at_least",
          "quantities": [{ "value": 10, "unit": "か所" }]
        },
        "reason": "目標を前倒しで達成したため。"
      },
      { "change": "end", "id": "i2", "reason": "事業を国の制度に移したため。" },
      {
        "change": "add",
        "plan": "p2",
        "indicator": {
          "id": "i4",
          "name": "窓口の待ち時間",
          "baseline": { "text": "15分", "quantities": [{ "value": 15, "unit": "分" }] },
          "target": {
            "text": "10分以下",
            "kind": "at_most",
            "quantities": [{ "value": 10, "unit": "分" }]
          },
          "departments": ["区民課"]
        },
        "reason": "窓口の混雑を新しい課題としたため。"
      }
    ]
  }
]
"""


def test_the_example_is_read_and_applied(tmp_path: Path):
    catalogue = load_catalogue(write(tmp_path, sound() | json.loads(f"{{{EXAMPLE}}}")))
    history = History(catalogue)
    targets = {
        year: [each.target.text for each in history.in_force(FiscalYear(year)).indicators()]
        for year in (2020, 2021)
    }
    assert targets == {2020: ["8か所", "9か所", "2か所"], 2021: ["10か所", "2か所", "10分以下"]}
