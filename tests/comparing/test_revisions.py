"""Plans that were revised: what was decided, and reports by what was in force in their year."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from tests.comparing.helpers import differences
from tests.comparing.test_plans import pair
from tests.review_reports import PLAN, small_rows, write_review
from tests.sources.catalogues import put
from tests.sources.revised import change, revised

TARGET = {
    "text": "99％",
    "quantities": [{"value": 99, "unit": "％"}],
    "kind": "at_least",
}


def test_revised_plans_are_equal_to_themselves(tmp_path: Path) -> None:
    assert differences(*pair(tmp_path, revised(), revised())) == []


def test_every_change_of_a_revision_has_its_own_difference(tmp_path: Path) -> None:
    for path, value, item in (
        ("revisions[0].title", "別の名", "名称"),
        ("revisions[0].changes[0].reason", "別の理由。", "目標値の変更の理由"),
        ("revisions[0].changes[0].target.text", "10ヶ所", "目標値"),
        ("revisions[0].changes[1].name", "別の指標", "新しい名前"),
        ("revisions[0].changes[2].into[1].name", "別の部分", "i3bの名前"),
        ("revisions[0].changes[4].departments", ["財政課"], "所管課"),
    ):
        found = differences(*pair(tmp_path, revised(changes=((path, value),)), revised()))

        assert [each[2] for each in found] == [item], path


def test_a_revision_that_is_new_is_told_with_its_changes(tmp_path: Path) -> None:
    data = revised()
    del data["revisions"]
    found = differences(*pair(tmp_path, revised(), data))

    assert [each[:3] for each in found][:3] == [
        ("追加", "r1", "改定"),
        ("追加", "r2", "改定"),
        ("追加", "i1", "目標値の変更"),
    ]
    assert len(found) == 2 + 10


def _revised_plan() -> dict[str, Any]:
    data = copy.deepcopy(PLAN)
    put(
        data,
        "revisions",
        [
            {
                "id": "r1",
                "title": "第1次改定",
                "decided": "2021-03-25",
                "from": 2021,
                "changes": [
                    change("target", id="share", target=TARGET),
                    change("end", id="calls"),
                ],
            }
        ],
    )
    return data


def test_two_years_are_compared_by_the_plan_that_was_in_force_in_each(tmp_path: Path) -> None:
    plan = _revised_plan()
    old = write_review(tmp_path, 2020, plan=plan)
    rows = [row for row in small_rows(2021) if row[2] == 2021 and row[0] != "calls"]
    new = write_review(tmp_path, 2021, plan=plan, rows=rows)
    found = differences(old, new)

    assert ("変更", "share", "目標値", "100％", "99％") in found
    assert [each[:3] for each in found if each[1] == "calls"] == [
        ("削除", "calls", "指標（第1次改定により終了）")
    ]
    assert not [each for each in found if each[0] == "訂正"]
    assert differences(new, new) == []


def test_a_value_of_what_was_ended_may_still_be_corrected(tmp_path: Path) -> None:
    plan = _revised_plan()
    reports = []
    for name, value in (("old", "6,402件"), ("new", "6,410件")):
        rows = [row for row in small_rows(2021) if row[0] != "calls" or row[2] == 2020]
        for row in rows:
            if row[0] == "calls":
                row[3] = value
        reports.append(write_review(tmp_path / name, plan=plan, rows=rows))
    found = differences(*reports, computed=False)

    assert found == [("訂正", "calls", "実績（令和２年度）", "6,402件", "6,410件")]
