"""改定: a change of the decided plan, its effect, and what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from kpireport.plan_books.new_change import KINDS
from tests.workbench.plans import PLAN, sent, wrong
from tests.workbench.windows import Window, said

REVISE = f"{PLAN}/revise"
HEAD = {
    "cell:改定の名称": "第１次改定",
    "cell:決定日": "令和３年３月25日",
    "cell:適用年度": "2021",
    "cell:理由": "需要が増えたため",
}


def revisions(town: Path) -> list[dict[str, Any]]:
    """What the plan's file says of revisions."""
    raw = json.loads((town / "catalogue.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = raw.get("revisions", [])
    return found


def typed(window: Window, query: str, **cells: str) -> dict[str, str]:
    """A change's form, filled in."""
    fields = sent(window.page(f"{REVISE}?{query}"))
    return {**fields, **HEAD, **{f"cell:{title}": text for title, text in cells.items()}}


def shown(window: Window, fields: dict[str, str]) -> html.HtmlElement:
    """The page with the change's effect."""
    answer = window.post(REVISE, {**fields, "do": "show"})
    page = html.fromstring(answer.text)
    assert answer.status_code == 200, wrong(page)
    return page


def test_what_can_be_changed_is_offered_with_words(window: Window) -> None:
    page = window.page(REVISE)
    assert page.xpath("//input[@name='change']/@value") == list(KINDS)
    assert "share" in page.xpath("//select[@name='id']/option/@value")


def test_a_change_is_shown_before_it_is_written(window: Window, town: Path) -> None:
    before = (town / "catalogue.json").read_bytes()
    page = shown(window, typed(window, "change=target&id=share", 改めた後="99％"))
    (row,) = page.xpath("//table[caption[contains(., '適用年度')]]/tbody/tr[td[.='目標値']]")
    assert [each.text_content() for each in row][3:5] == ["100％", "99％"]
    assert "令和３年度（案）" in said(page)
    assert (town / "catalogue.json").read_bytes() == before
    window.post(REVISE, sent(page, "write"))
    ((change,),) = (each["changes"] for each in revisions(town))
    assert change["target"]["text"] == "99％"
    assert change["target"]["quantities"] == [{"value": 99, "unit": "％"}]
    assert change["reason"] == "需要が増えたため"


def test_only_what_was_shown_is_written(window: Window, town: Path) -> None:
    fields = typed(window, "change=target&id=share", 改めた後="99％")
    window.post(REVISE, {**fields, "do": "write"})
    assert not revisions(town)
    page = shown(window, fields)
    other = {**sent(page, "write"), "cell:改めた後": "98％"}
    answer = window.post(REVISE, other)
    assert not revisions(town)
    window.post(REVISE, sent(html.fromstring(answer.text), "write"))
    assert revisions(town)[0]["changes"][0]["target"]["text"] == "98％"


def test_a_plan_that_changed_since_it_was_shown_is_shown_again(window: Window, town: Path) -> None:
    page = shown(window, typed(window, "change=target&id=share", 改めた後="99％"))
    plan = town / "catalogue.json"
    plan.write_bytes(plan.read_bytes() + b"\n")
    answer = window.post(REVISE, sent(page, "write"))
    assert "まだ書き込んでいません" in said(answer)
    assert not revisions(town)
    window.post(REVISE, sent(html.fromstring(answer.text), "write"))
    assert len(revisions(town)) == 1


def test_what_is_missing_is_told_at_its_field(window: Window, town: Path) -> None:
    fields = sent(window.page(f"{REVISE}?change=target&id=share"))
    answer = window.post(REVISE, {**fields, "cell:決定日": "いつか", "do": "show"})
    assert answer.status_code == 422
    found = wrong(html.fromstring(answer.text))
    assert {"改めた後の目標値", "理由", "改定の名称", "決定日", "適用年度"} <= set(found)
    assert "日付として読めません" in found["決定日"]
    assert not revisions(town)


def test_several_changes_are_one_revision(window: Window, town: Path) -> None:
    page = shown(window, typed(window, "change=target&id=share", 改めた後="99％"))
    window.post(REVISE, sent(page, "write"))
    fields = sent(window.page(f"{REVISE}?change=end&id=two"))
    page = shown(window, {**fields, "revision": "r1", "cell:理由": "終えた"})
    assert "削除" in said(page)
    window.post(REVISE, sent(page, "write"))
    (revision,) = revisions(town)
    assert [each["change"] for each in revision["changes"]] == ["target", "end"]


def test_one_is_split_into_as_many_as_are_wanted(window: Window, town: Path) -> None:
    fields = typed(window, "change=split&id=share")
    page = html.fromstring(window.post(REVISE, {**fields, "do": "more"}).text)
    assert sent(page)["count"] == "3"
    parts = {
        f"new{number}:{title}": text
        for number, name in enumerate("一二三", 1)
        for title, text in (
            ("名称", name),
            ("現状値", "97.2％"),
            ("目標値", "99％"),
            ("所管課", "保育課"),
        )
    }
    answer = window.post(REVISE, {**sent(page), **parts, "continues": "3", "do": "show"})
    page = html.fromstring(answer.text)
    if wrong(page):  # the town's plan names no departments yet
        answer = window.post(REVISE, {**sent(page), "new_departments": "1", "do": "show"})
        page = html.fromstring(answer.text)
    again = {**sent(page, "write"), "new_departments": "1"}
    window.post(REVISE, again)
    ((split,),) = (each["changes"] for each in revisions(town))
    assert [each["name"] for each in split["into"]] == ["一", "二", "三"]
    assert split["continues"] == split["into"][2]["id"]


@pytest.mark.parametrize(
    "fields",
    [
        {"change": "ない", "id": "share"},
        {"change": "target", "id": "ない"},
        {"change": "target", "id": ""},
    ],
)
def test_changes_of_nothing_lead_nowhere(
    window: Window, town: Path, fields: dict[str, str]
) -> None:
    before = (town / "catalogue.json").read_bytes()
    assert window.post(REVISE, {**fields, **HEAD, "do": "write"}).status_code == 404
    assert (town / "catalogue.json").read_bytes() == before


@pytest.mark.parametrize("count", ["-1", "1000000", "x", ""])
def test_counts_that_no_form_has_do_no_harm(window: Window, town: Path, count: str) -> None:
    fields = {**typed(window, "change=split&id=share"), "count": count, "do": "show"}
    assert window.post(REVISE, fields).status_code == 422
    assert not revisions(town)


def test_every_kind_has_a_form(window: Window) -> None:
    for kind in KINDS:
        page = window.page(f"{REVISE}?change={kind}&id=share")
        assert sent(page)["change"] == kind


def test_targets_of_years_are_revised_in_a_form(window: Window, town: Path) -> None:
    page = shown(
        window,
        typed(window, "change=yearly_targets&id=share", 改めた後="令和３年度：98％"),
    )
    assert "98％" in said(page.get_element_by_id("effect").getparent())
    window.post(REVISE, sent(page, "write"))
    ((change,),) = (each["changes"] for each in revisions(town))
    assert change == {
        "change": "yearly_targets",
        "id": "share",
        "yearly_targets": [
            {"fiscal_year": 2021, "text": "98％"},
        ],
        "reason": "需要が増えたため",
    }


@pytest.mark.parametrize(
    "text", ["98％", "いつか：98％", "2021：", "1800：98％", "2021：98％\n2021：97％"]
)
def test_targets_without_years_are_told(window: Window, town: Path, text: str) -> None:
    fields = typed(window, "change=yearly_targets&id=share", 改めた後=text)
    answer = window.post(REVISE, {**fields, "do": "show"})
    assert answer.status_code == 422
    assert wrong(html.fromstring(answer.text)) or html.fromstring(answer.text).find_class("failure")
    assert not revisions(town)


def test_a_baseline_of_another_time_is_revised_in_a_form(window: Window, town: Path) -> None:
    fields = typed(
        window, "change=baseline&id=share", 改めた後="97.0％", 現状値の時点="平成30年９月末"
    )
    window.post(REVISE, sent(shown(window, fields), "write"))
    ((change,),) = (each["changes"] for each in revisions(town))
    assert change["baseline"]["as_of"] == "平成30年９月末"
