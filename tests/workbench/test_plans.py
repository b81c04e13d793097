"""計画: the overview of a plan, and its rows in forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from lxml import html

from kpireport.domain.target_kinds import TargetKind
from kpireport.plan_books.plan_rows import open_rows
from tests.workbench.plans import PLAN, sent, write_town, wrong
from tests.workbench.windows import Window, said

ROW = f"{PLAN}/row?sheet=指標&key=p01-01"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The plan's file of a town that has not reported yet."""
    return write_town(tmp_path / "みどり市")


@pytest.fixture
def fresh(plan: Path) -> Iterator[Window]:
    """A window on that town."""
    opened = Window(plan.parent)
    yield opened
    opened.close()


def indicator(plan: Path, number: int = 0) -> dict[str, Any]:
    """An indicator of the town's one plan."""
    raw = json.loads(plan.read_text(encoding="utf-8"))
    found: dict[str, Any] = raw["goals"][0]["plans"][0]["indicators"][number]
    return found


# --- the overview ------------------------------------------------------------------


def test_the_overview_says_what_each_value_was_read_as(fresh: Window) -> None:
    page = fresh.page(f"{PLAN}/overview")
    (row,) = page.xpath("//tr[@id='row-p01-01']")
    cells = [" ".join(each.text_content().split()) for each in row]
    assert cells == [
        *("p01-01", "保育所の定員", "350人", "420人", "350人 → 420人"),
        *("目標値以上にする", "令和10年度", "保育課"),
    ]
    (state,) = page.xpath("//tr[@id='row-p01-03']")
    assert "文字（状態）" in state.text_content()


def test_targets_of_years_and_what_was_revised_are_told(fresh: Window, plan: Path) -> None:
    raw = json.loads(plan.read_text("utf-8"))
    raw["goals"][0]["plans"][0]["indicators"][0]["yearly_targets"] = [
        {"fiscal_year": 2025, "text": "380人"},
        {"fiscal_year": 2026, "text": "400人"},
    ]
    raw["revisions"] = [
        {
            "id": "r1",
            "title": "第１次改定",
            "decided": "2025-03-20",
            "from": 2026,
            "changes": [{"change": "rename", "id": "p01-02", "name": "別の名前", "reason": "わけ"}],
        }
    ]
    plan.write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    page = fresh.page(f"{PLAN}/overview")
    assert "420人令和７年度 380人令和８年度 400人" in said(page.get_element_by_id("row-p01-01"))
    assert "第１次改定（令和７年３月20日決定、令和８年度から）：1件" in said(page)


def test_every_kind_is_explained_with_its_example(fresh: Window) -> None:
    page = said(fresh.page(f"{PLAN}/overview"))
    for kind in TargetKind:
        assert kind.facts.meaning in page
        assert kind.facts.example in page


def test_every_link_of_the_overview_leads_somewhere(fresh: Window) -> None:
    links = set(fresh.page(f"{PLAN}/overview").xpath("//main//a/@href"))
    assert len(links) > 10
    for link in links:
        assert fresh.get(link).status_code == 200, link


def test_the_overview_is_filtered(window: Window) -> None:
    def count(query: str) -> int:
        return len(window.page(f"{PLAN}/overview?{query}").xpath("//tr[starts-with(@id, 'row-')]"))

    assert count("goal=g1") + count("goal=g2") == count("") > count("words=保育所") > 0
    assert count("words=どこにもない") == 0


def test_rows_beside_and_below_a_group_are_all_there(window: Window, town: Path) -> None:
    rows = open_rows(town / "catalogue.json")
    ids = {
        row.text("記号")
        for name in ("指標", "数値目標")
        for flat in [rows.sheet(name)]
        if flat
        for row in flat.rows
    }
    page = window.page(f"{PLAN}/overview")
    found = [each.removeprefix("row-") for each in page.xpath("//tr/@id")]
    assert sorted(found) == sorted(ids)


def test_a_faulty_plan_is_told_with_its_place(fresh: Window, plan: Path) -> None:
    plan.write_text(plan.read_text("utf-8").replace('"at_least"', '"at_leest"', 1), "utf-8")
    answer = fresh.get(f"{PLAN}/overview")
    assert answer.status_code == 422
    assert "at_leest" in said(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/plans/ない/overview",
        "/plans/../catalogue.json/overview",
        f"{PLAN}/row?sheet=ない&key=1",
        f"{PLAN}/row?sheet=指標&key=p99-99",
        f"{PLAN}/row?sheet=指標&key={'9' * 400}",
        f"{PLAN}/row",
        f"{PLAN}/sheet?sheet=ない",
    ],
)
def test_addresses_of_nothing_lead_nowhere(fresh: Window, path: str) -> None:
    assert fresh.get(path).status_code == 404


def test_a_plan_does_not_wait_for_years_that_are_being_read(fresh: Window, plan: Path) -> None:
    shelf = fresh.desk.shelf
    asking = Thread(target=shelf.plan, args=(plan,), daemon=True)
    with shelf._lock:  # as somebody has it who opens a year
        asking.start()
        asking.join(timeout=60)
        assert not asking.is_alive()


# --- a form ------------------------------------------------------------------------


def test_a_form_that_is_saved_as_it_is_changes_no_byte(window: Window, town: Path) -> None:
    plan = town / "catalogue.json"
    before, rows = plan.read_bytes(), open_rows(plan)
    for flat in rows.sheets:
        for number in range(1, len(flat.rows) + 1):
            page = window.page(f"{PLAN}/row?sheet={flat.sheet.name}&key={number}")
            answer = window.post(f"{PLAN}/row", sent(page))
            assert answer.status_code == 200, said(answer)
            assert "変わったところはありません" in said(answer)
    assert plan.read_bytes() == before


def test_what_is_typed_is_written_with_its_reading(fresh: Window, plan: Path) -> None:
    fields = {**sent(fresh.page(ROW)), "cell:目標値": "430人以下", "cell:備考": "一行目\r\n二行目"}
    answer = fresh.post(f"{PLAN}/row", fields)
    assert "目標値：420人 → 430人以下" in said(answer)
    found = indicator(plan)
    assert found["target"]["kind"] == "at_most"
    assert found["target"]["quantities"] == [{"value": 430, "unit": "人"}]
    assert found["remarks"] == "一行目\n二行目"


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(
    fresh: Window, plan: Path
) -> None:
    before = plan.read_bytes()
    fields = {**sent(fresh.page(ROW)), "cell:名称": "", "cell:期限": "いつか", "cell:備考": "残る"}
    answer = fresh.post(f"{PLAN}/row", fields)
    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    assert set(wrong(page)) == {"名称", "期限"}
    (deadline,) = page.xpath("//input[@name='cell:期限']")
    assert deadline.get("aria-invalid") == "true"
    assert deadline.value == "いつか"
    assert sent(page)["cell:備考"] == "残る"
    assert plan.read_bytes() == before


def test_a_question_is_answered_at_its_field(fresh: Window, plan: Path) -> None:
    fields = {**sent(fresh.page(ROW)), "cell:現状値": "―"}
    page = html.fromstring(fresh.post(f"{PLAN}/row", fields).text)
    assert "要確認" in wrong(page)["目標の種類"]
    fresh.post(f"{PLAN}/row", {**sent(page), "cell:目標の種類": "0から数える"})
    assert indicator(plan)["target"]["kind"] == "new_count"


def test_a_new_department_is_added_when_that_is_said(fresh: Window, plan: Path) -> None:
    fields = {**sent(fresh.page(ROW)), "cell:所管課": "新しい課"}
    answer = fresh.post(f"{PLAN}/row", fields)
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    fresh.post(f"{PLAN}/row", {**sent(page), "new_departments": "1"})
    assert indicator(plan)["departments"] == ["新しい課"]


def test_a_row_is_added_below_another(fresh: Window, plan: Path) -> None:
    page = fresh.page(f"{ROW}&new=1")
    assert sent(page)["cell:戦略計画"] == "施策１　子育ての支え"
    fields = {**sent(page), "cell:名称": "新", "cell:現状値": "1件", "cell:目標値": "2件"}
    fresh.post(f"{PLAN}/row", {**fields, "cell:所管課": "保育課"})
    assert indicator(plan, 1)["name"] == "新"
    assert indicator(plan, 2)["name"] == "待機児童数"


def test_a_plan_without_indicators_gets_its_first(window: Window, town: Path) -> None:
    (link,) = window.page(f"{PLAN}/overview").xpath("//a[contains(@href, 'plan=p4')]/@href")
    page = window.page(link)
    cells = {"名称": "新", "現状値": "1件", "目標値": "2件"}
    typed = {**sent(page), **{f"cell:{title}": text for title, text in cells.items()}}
    window.post(f"{PLAN}/row", {**typed, "correct": "1"})
    raw = json.loads((town / "catalogue.json").read_text(encoding="utf-8"))
    (found,) = raw["goals"][1]["plans"][1]["indicators"]
    assert (found["name"], found["id"]) == ("新", "p4-01")


def test_a_row_is_taken_out_when_that_is_meant(fresh: Window, plan: Path) -> None:
    fields = sent(fresh.page(ROW))
    before = plan.read_bytes()
    assert "消してよい" in said(fresh.post(f"{PLAN}/row/remove", fields))
    assert plan.read_bytes() == before
    fresh.post(f"{PLAN}/row/remove", {**fields, "sure": "1"})
    assert indicator(plan)["id"] == "p01-02"


def test_a_file_that_changed_meanwhile_is_not_overwritten(fresh: Window, plan: Path) -> None:
    fields = {**sent(fresh.page(ROW)), "cell:備考": "私の"}
    other = Window(plan.parent, person="別の人")
    other.post(f"{PLAN}/row", {**sent(other.page(ROW)), "cell:目標値": "999人"})
    other.close()
    now = plan.read_bytes()
    answer = fresh.post(f"{PLAN}/row", fields)
    page = html.fromstring(answer.text)
    assert answer.status_code == 409
    assert "999人" in wrong(page)["目標値"]
    assert plan.read_bytes() == now
    again = {**sent(page), "cell:目標値": "999人", "cell:目標値の数量": "999人"}
    assert fresh.post(f"{PLAN}/row", again).status_code == 200
    assert (indicator(plan)["remarks"], indicator(plan)["target"]["text"]) == ("私の", "999人")


def test_a_row_that_is_gone_is_not_saved(fresh: Window, plan: Path) -> None:
    fields = sent(fresh.page(ROW))
    fresh.post(f"{PLAN}/row/remove", {**fields, "sure": "1"})
    assert fresh.post(f"{PLAN}/row", fields).status_code == 404


@pytest.mark.parametrize("text", ["\x00", "あ" * 40_000, "<script>alert(1)</script>"])
def test_hostile_texts_are_told_or_are_texts(fresh: Window, plan: Path, text: str) -> None:
    answer = fresh.post(f"{PLAN}/row", {**sent(fresh.page(ROW)), "cell:備考": text})
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.text
    assert (indicator(plan).get("remarks") == text) == (answer.status_code == 200)


# --- what is decided ---------------------------------------------------------------


def test_what_is_decided_is_asked_about(window: Window, town: Path) -> None:
    plan = town / "catalogue.json"
    before = plan.read_bytes()
    page = window.page(f"{PLAN}/row?sheet=指標&key=share")
    assert "改定" in said(page)
    answer = window.post(f"{PLAN}/row", {**sent(page), "cell:目標値": "99％"})
    page = html.fromstring(answer.text)
    assert answer.status_code == 422
    assert "100％ → 99％" in said(page)
    assert sent(page)["cell:目標値の数量"] == ""  # of another text: it is read again
    assert plan.read_bytes() == before
    (revise,) = page.xpath("//div[@role='alert']//a/@href")
    assert sent(window.page(revise))["cell:改めた後"] == "99％"
    assert window.post(f"{PLAN}/row", {**sent(page), "correct": "1"}).status_code == 200
    assert "99％" in plan.read_text(encoding="utf-8")


def test_what_no_revision_changes_is_saved_at_once(window: Window, town: Path) -> None:
    page = window.page(f"{PLAN}/row?sheet=基本情報")
    answer = window.post(f"{PLAN}/row", {**sent(page), "cell:表紙の発行者": "みどり市役所"})
    assert answer.status_code == 200
    assert "みどり市役所" in (town / "catalogue.json").read_text(encoding="utf-8")


def test_a_decided_row_is_not_taken_out(window: Window, town: Path) -> None:
    before = (town / "catalogue.json").read_bytes()
    fields = sent(window.page(f"{PLAN}/row?sheet=指標&key=share"))
    answer = window.post(f"{PLAN}/row/remove", {**fields, "sure": "1"})
    assert "改定で終了" in said(answer)
    assert (town / "catalogue.json").read_bytes() == before


def test_a_goal_is_added_with_the_first_plan_below_it(fresh: Window, plan: Path) -> None:
    (add,) = fresh.page(f"{PLAN}/overview").xpath("//a[text()='基本目標を加える']/@href")
    before = plan.read_bytes()
    fields = sent(fresh.page(add)) | {"cell:番号": "９", "cell:名称": "持続するまち"}
    refused = fresh.post(f"{PLAN}/row", fields)
    assert refused.status_code == 422
    assert "初めの戦略計画の名称を書いてください" in said(refused)
    assert plan.read_bytes() == before
    again = sent(html.fromstring(refused.text))
    assert again["cell:名称"] == "持続するまち"  # what was typed is not lost
    fields = again | {"below:番号": "施策９", "below:名称": "移住の促進"}
    answer = fresh.post(f"{PLAN}/row", fields)
    assert answer.status_code == 200, said(answer)
    goal = json.loads(plan.read_text("utf-8"))["goals"][-1]
    assert goal["title"] == "持続するまち"
    assert [each["title"] for each in goal["plans"]] == ["移住の促進"]
    fields = sent(fresh.page(f"{PLAN}/row?sheet=指標&new=1&plan=施策９　移住の促進"))
    fields |= {"cell:名称": "移住した世帯", "cell:現状値": "３世帯", "cell:目標値": "９世帯"}
    assert fresh.post(f"{PLAN}/row", fields).status_code == 200
    (added,) = json.loads(plan.read_text("utf-8"))["goals"][-1]["plans"][0]["indicators"]
    assert added["name"] == "移住した世帯"
