"""A problem's place is one that pages have, with a link to it; what no page changes stays plain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from tests.collection.answering import HOIKU, asked
from tests.status.reports import ODD
from tests.workbench.windows import Window, said

JSON_PATH = re.compile(r"goals\[|\.indicators|\w+\[\d+\]")


def matters(page: html.HtmlElement, words: str) -> list[tuple[str, str, str]]:
    """Return the problems that say it: where, how to mend it, the page for it."""
    found = []
    for each in page.find_class("problem"):
        if words in said(each):
            (where,), (remedy,) = each.find_class("where"), each.find_class("remedy")
            found.append((said(where), said(remedy), next(iter(remedy.xpath("a/@href")), "")))
    return found


def test_a_place_in_the_plan_is_a_row_with_its_form(window: Window, town: Path) -> None:
    file = town / "catalogue.json"
    plan = json.loads(file.read_text("utf-8"))
    first, *_ = (each["indicators"] for goal in plan["goals"] for each in goal["plans"])
    indicator = first[0]
    indicator["target"]["text"] = "100人"
    indicator["target"]["quantities"] = [{"value": 100, "unit": "人", "prefix": ""}]
    file.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    page = window.page("/reports/2021/board")
    ((where, remedy, link),) = matters(page, "単位が違います")
    assert not JSON_PATH.search(where)
    assert f"指標 {indicator['id']}" in where
    assert "JSON" not in remedy
    form = window.page(link)
    assert indicator["name"] in said(form)


def test_an_odd_value_leads_to_its_row(window: Window) -> None:
    page = window.page("/reports/2021/board")
    links = [link for _, _, link in matters(page, "所管課に確かめてください")]
    assert f"/reports/2021/values/{ODD[0]}" in links
    assert all(window.get(each).status_code == 200 for each in filter(None, links))


def test_a_place_in_the_settings_is_an_item_of_their_form(window: Window, town: Path) -> None:
    file = town / "2021" / "report.toml"
    file.write_text(file.read_text("utf-8").replace("2022-06-30", '"あした"'), "utf-8")
    answer = html.fromstring(window.get("/reports/2021/board").text)
    ((where, _, link),) = matters(answer, "日付として読めません")
    assert "各課の回答期限（collection.deadline）" in where
    assert link == "/reports/2021/settings"
    ((_, _, link),) = matters(window.page("/reports/2021/summary"), "日付として読めません")
    assert link == "/reports/2021/settings"


def test_what_no_page_changes_is_told_by_file_and_item(window: Window, town: Path) -> None:
    file = town / "2021" / "report.toml"
    file.write_text(file.read_text("utf-8").replace('"review"', '"reviews"'), "utf-8")
    answer = html.fromstring(window.get("/reports/2021/board").text)
    ((where, _, link),) = matters(answer, "選べません")
    assert where == "要修正 2021/report.toml：edition"
    assert link == ""


def test_a_plan_that_is_no_plan_is_told_by_its_place(window: Window, town: Path) -> None:
    file = town / "catalogue.json"
    plan = json.loads(file.read_text("utf-8"))
    plan["goals"][0]["plans"] = 5
    file.write_text(json.dumps(plan), "utf-8")
    answer = html.fromstring(window.get("/reports/2021/board").text)
    ((where, _, link),) = matters(answer, "配列でなければなりません")
    assert "catalogue.json：goals[0].plans" in where
    assert link == ""


def test_what_came_back_leads_to_collecting_from_elsewhere(tmp_path: Path) -> None:
    case = asked(tmp_path / "みどり市")
    case.answer(HOIKU, {"share": {"実績": "たくさん"}}, "1.xlsx")
    case.collect()
    window = Window(case.report.parent)
    found = matters(window.page("/reports/2021/board"), "1.xlsx")
    there = matters(window.page("/reports/2021/collecting"), "1.xlsx")
    window.close()
    assert {link for _, _, link in found} == {"/reports/2021/collecting"}
    assert {link for _, _, link in there} <= {""}


@pytest.mark.parametrize("name", ["board", "finishing", "document", "collecting", "settings"])
def test_pages_have_no_paths_of_json(window: Window, name: str) -> None:
    assert not JSON_PATH.search(said(window.page(f"/reports/2021/{name}")))
