"""Revised years' targets, texts and deadlines in print: marks, notes, the list of changes."""

from __future__ import annotations

import copy
from typing import Any

from tests.document.test_yearly_targets import FIGURES, _plan
from tests.review_reports import actuals_of, chapter, read_plan, shown, small_document, small_review

CHANGES: list[dict[str, Any]] = [
    {
        "change": "yearly_targets",
        "id": "a",
        "yearly_targets": [
            {"fiscal_year": 2021, "text": "26か所"},
            {"fiscal_year": 2022, "text": "38か所"},
        ],
        "reason": "用地の遅れ",
    },
    {"change": "details", "id": "a", "texts": {"definition": "常設の窓口"}, "reason": "明確にする"},
    {
        "change": "target",
        "id": "b",
        "target": {
            "text": "年間180人",
            "kind": "at_least",
            "quantities": [{"value": 180, "unit": "人", "prefix": "年間"}],
            "deadline": 2025,
        },
        "reason": "計画の見直し",
    },
]


def lines(**more: Any) -> list[str]:
    head = {"id": "r1", "title": "第１次改定", "decided": "2021-03-25", "from": 2021}
    data = {**copy.deepcopy(_plan()), "revisions": [{**head, "changes": CHANGES}], **more}
    figures = actuals_of(2021, FIGURES, ())
    review = small_review(2021, plan=read_plan(data), actuals=figures)
    document = small_document(2021, review=review)
    return [*shown(chapter(document, "goal-g1")), *shown(chapter(document, "appendix"))]


def test_what_was_revised_is_marked_noted_and_listed():
    text = "\n".join(lines())
    assert "目標 20か所 / 18か所 | 目標 26か所※２ / 25か所 | 50か所※２" in text
    assert "※１ 定義・計算方法を変更（第１次改定、令和３年度から）。" in text
    note = "※２ 令和３年度の目標を「30か所」から変更、令和４年度の目標を「40か所」から変更"
    assert f"{note}（第１次改定、令和３年度から）。" in text
    listed = "令和３年度：30か所⏎令和４年度：40か所 | 令和３年度：26か所⏎令和４年度：38か所"
    assert listed in text
    assert "定義・計算方法： | 定義・計算方法：常設の窓口 | 明確にする" in text


def test_a_revision_of_the_deadline_alone_names_both():
    text = "\n".join(lines())
    note = "※３ 目標値の期限を令和５年度末から令和７年度末に変更（第１次改定、令和３年度から）。"
    assert note in text
    before, after = "年間180人⏎（期限：令和５年度末）", "年間180人⏎（期限：令和７年度末）"
    assert f"{before} | {after}" in text


def test_what_was_revised_is_marked_in_its_own_column():
    columns = ["indicator", "definition", {"column": "years", "to_come": True}, "target"]
    text = "\n".join(lines(layout={"review": columns}))
    assert (
        "窓口 | 常設の窓口※１ | 20か所 | 18か所 | 26か所※２ | 25か所 | 38か所※２ |  | 50か所"
        in text
    )
    assert "※２ 令和３年度の目標を「30か所」から変更" in text


def test_a_revision_of_a_target_and_its_deadline_names_both():
    target = {
        "text": "60か所",
        "kind": "at_least",
        "quantities": [{"value": 60, "unit": "か所"}],
        "deadline": 2025,
    }
    both = {"change": "target", "id": "a", "target": target, "reason": "計画の見直し"}
    head = {"id": "r1", "title": "第１次改定", "decided": "2021-03-25", "from": 2021}
    text = "\n".join(lines(revisions=[{**head, "changes": [both]}]))
    note = "※１ 目標値を「50か所」から変更、目標値の期限を令和５年度末から令和７年度末に変更"
    assert f"{note}（第１次改定、令和３年度から）。" in text
    assert "50か所⏎（期限：令和５年度末） | 60か所⏎（期限：令和７年度末）" in text
