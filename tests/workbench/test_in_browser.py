"""The workbench in Chromium: axe, the keyboard, narrow windows, no scripts, two windows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpireport.plan_proofs.proving import prove_plan
from kpireport.workbench import pages
from tests.browser import settle, violations, visiting
from tests.review_reports import small_rows
from tests.rollups import SHARES, evaluation_table
from tests.status.reports import half_reported, write
from tests.workbench.servers import Served, serving
from tests.workbench.windows import Window

pytestmark = pytest.mark.tools

ZOOMED = 683  # pixels: 1366 at 200 %
YEAR = "/reports/2021"
PLAN = "/plans/catalogue.json"
# each address with one that it stands for; a new page has to be visited, too
VISITS = {
    "/": "/",
    "/compare": "/compare",
    "/checkup": "/checkup",
    "/reports/{name:path}/board": f"{YEAR}/board",
    "/reports/{name:path}/collecting": f"{YEAR}/collecting",
    "/reports/{name:path}/collecting/reminders": f"{YEAR}/collecting/reminders",
    "/reports/{name:path}/values": f"{YEAR}/values",
    "/reports/{name:path}/values/{id}": f"{YEAR}/values/visits",
    "/reports/{name:path}/values/{id}/years/{year}": f"{YEAR}/values/visits/years/2020",
    "/reports/{name:path}/document": f"{YEAR}/document",
    "/reports/{name:path}/template": f"{YEAR}/template",
    "/reports/{name:path}/finishing": f"{YEAR}/finishing",
    "/reports/{name:path}/settings": f"{YEAR}/settings",
    "/plans/new": "/plans/new",
    "/plans/{name:path}/overview": f"{PLAN}/overview",
    "/plans/{name:path}/sheet": f"{PLAN}/sheet?sheet=指標",
    "/plans/{name:path}/row": f"{PLAN}/row?sheet=指標&new=1",
    "/plans/{name:path}/revise": f"{PLAN}/revise",
    "/plans/{name:path}/proof": f"{PLAN}/proof",
    "/plans/{name:path}/import": f"{PLAN}/import",
}
# parts of pages, shown within those; files; and what something has to be done for first
OTHERS = {
    "/alive",
    "/reports/{name:path}/summary",
    "/reports/{name:path}/facts",
    "/reports/{name:path}/facts/{id}",
    "/reports/{name:path}/preview",
    "/reports/{name:path}/document/pages",
    "/reports/{name:path}/template/page.png",
    "/reports/{name:path}/board/workbook",
    "/reports/{name:path}/board/page",
    "/reports/{name:path}/collecting/sheet",
    "/reports/{name:path}/collecting/sheets.zip",
    "/reports/{name:path}/collecting/reminders.zip",
    "/reports/{name:path}/collecting/reminder.eml",
    "/reports/{name:path}/files/{file}",
    "/reports/{name:path}/differences/{id}",
    "/reports/{name:path}/differences/{id}/workbook",
    "/reports/{name:path}/edits/{id}",
    "/compare/{id}",
    "/compare/{id}/workbook",
    "/plans/new/empty",
    "/plans/new/read/{id}",
    "/plans/new/read/{id}/book",
    "/plans/new/book/{id}",
    "/plans/new/book/{id}/marked",
    "/plans/{name:path}/import/{id}",
    "/plans/{name:path}/import/{id}/marked",
    "/plans/{name:path}/export",
    "/plans/{name:path}/proof/book",
    "/plans/{name:path}/proof/print",
    "/jobs/{id}",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("みどり市")
    report = write(folder, rows=half_reported(), review="draft = true\n")
    with (report / "report.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n{evaluation_table(SHARES)}")  # so that marks of plans are set
    prove_plan(folder / "catalogue.json")  # begun, so that its rows are there
    with serving(folder) as running:
        yield running


@pytest.fixture
def page(served: Served) -> Iterator[Any]:
    """A window on the workbench, entered."""
    with visiting(served.address) as opened:
        yield opened


def test_every_page_is_visited() -> None:
    assert {*pages.SHOWN, *pages.GIVEN} == {*VISITS, *OTHERS}


@pytest.fixture(scope="module", params=VISITS.values())
def shown(served: Served, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Each page in turn, with all that it asks for by itself; what follows looks at it."""
    expect = pytest.importorskip("playwright.sync_api", exc_type=ImportError).expect
    with visiting(served.address) as page:
        assert page.goto(served.base + request.param).status == 200
        # not until the network is idle: the document's page asks twice a second
        settle(page)
        expect(page.get_by_text("調べています。")).to_have_count(0)
        yield page


def test_axe_finds_nothing_wrong_and_the_console_is_silent(shown: Any) -> None:
    assert violations(shown) == []
    # what the policy forbids would be told there; pages of a faulty report are refused in words
    assert [each for each in shown.said if "422" not in each] == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(shown: Any) -> None:
    wanted = shown.evaluate(_MARKED)
    reached: list[int] = []
    unseen = []
    for _ in range(2 * wanted + 20):
        shown.keyboard.press("Tab")
        stop = shown.evaluate(_FOCUSED)
        if stop is None:  # within a frame
            continue
        if stop["number"] in reached:  # at the top again
            break
        reached.append(stop["number"])
        if not stop["seen"]:
            unseen.append(stop["html"])
    assert unseen == []
    assert reached == list(range(wanted))  # in the order of the page


def test_nothing_but_what_scrolls_is_wider_than_the_window(shown: Any) -> None:
    for width in (ZOOMED, 1366):
        shown.set_viewport_size({"width": width, "height": 768})
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


# every stop of the keyboard gets a number; of radio buttons of one name, the chosen one
_MARKED = """
() => {
  const chosen = each => {
    const all = [...document.getElementsByName(each.name)];
    return all.find(one => one.checked) || all[0];
  };
  const all = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(each =>
    each.checkVisibility() && !each.disabled && each.type !== 'hidden'
    && (each.type !== 'radio' || each === chosen(each)));
  all.forEach((each, number) => { each.dataset.stop = number; });
  return all.length;
}
"""
_FOCUSED = """
() => {
  const each = document.activeElement;
  if (!each || each.dataset.stop === undefined) return null;
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  return {
    number: Number(each.dataset.stop),
    html: each.outerHTML.slice(0, 120),
    seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && box.bottom > 0 && box.top < innerHeight,
  };
}
"""


def test_the_first_stop_leads_past_the_top(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ"
    assert page.locator(":focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_what_is_next_for_a_year_and_who_is_missing_come_by_themselves(page: Any) -> None:
    page.wait_for_selector("text=報告の済んでいない課")
    page.get_by_role("link", name="令和３年度").click()
    page.wait_for_url(f"**{YEAR}/board")
    settle(page)
    assert page.locator("h1").is_visible()


def test_a_question_is_accepted_by_the_keyboard_alone(tmp_path: Path) -> None:
    folder = tmp_path / "みどり市"
    write(folder, rows=half_reported(), review="draft = true\n")
    with serving(folder, first=False) as served, visiting(served.address) as page:
        page.goto(f"{served.base}{YEAR}/board")
        page.locator("[name=settled_by]").first.focus()
        page.keyboard.press("Space")
        page.locator("#note").focus()
        page.keyboard.type("電話で確認（6月3日 佐藤）")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=1件を確認済みにしました")
        assert "電話で確認（6月3日 佐藤）" in (folder / "2021/report.toml").read_text("utf-8")


def test_values_are_typed_down_the_column_and_put_back_by_the_keyboard(tmp_path: Path) -> None:
    folder = tmp_path / "あおい市"
    write(folder, rows=small_rows(2021), review="draft = true\n")
    with serving(folder, first=False) as served, visiting(served.address) as page:
        page.goto(f"{served.base}{YEAR}/values", timeout=60_000)
        first = page.locator("#row-share td.typed input:visible").first
        focused = "document.activeElement.closest('tr').id"
        first.fill("98.7％")
        page.keyboard.press("Enter")
        page.wait_for_selector("#row-two input:focus")  # once it is saved
        assert "→ 98.7％" in page.locator("#row-share").inner_text()
        page.keyboard.press("ArrowUp")
        assert page.evaluate(focused) == "row-share"
        page.keyboard.press("ArrowDown")
        page.keyboard.type("なにか")
        page.keyboard.press("Enter")
        page.wait_for_selector("#row-two .wrong[role=alert]")
        assert page.evaluate(focused) == "row-two"  # what is refused is mended first
        page.locator("#back-share").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#row-share :text('98.7％ →')")
        assert [each for each in page.said if "422" not in each] == []


def test_nobody_leaves_what_is_not_saved_without_being_asked(tmp_path: Path) -> None:
    folder = tmp_path / "あおい市"
    write(folder, rows=small_rows(2021), review="draft = true\n")
    with serving(folder, first=False) as served, visiting(served.address) as page:
        asked: list[str] = []

        def stay(dialog: Any) -> None:
            asked.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        values = f"{served.base}{YEAR}/values"
        page.goto(values, timeout=60_000)
        typed = page.locator("#row-share td.typed input:visible").first
        typed.fill("98.7％")
        page.wait_for_selector("#row-share[data-unsaved]")
        page.get_by_role("link", name="状況", exact=True).click()
        assert page.url == values
        assert asked == ["beforeunload"]
        typed.press("Enter")
        page.wait_for_selector("#row-share .saved")
        page.get_by_role("link", name="状況", exact=True).click()
        page.wait_for_url(f"{served.base}{YEAR}/board")
        assert asked == ["beforeunload"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_year_is_made_final_kept_and_verified(tmp_path: Path, scripts: bool) -> None:
    folder = tmp_path / "あおい市"
    write(folder, rows=small_rows(2021), review="draft = true\n")
    with serving(folder, first=False) as served, visiting(served.address, scripts=scripts) as page:
        page.get_by_role("link", name="令和３年度").click()
        page.get_by_role("link", name="確定と保存", exact=True).click()
        for pressed, left in (
            ("確定版を作る", "実績.docx"),
            ("保存する", "封印"),
            ("元のままかを確かめる", "元のまま"),
        ):
            page.get_by_role("button", name=pressed).click()
            page.wait_for_selector("a.button:has-text('戻る')", timeout=60_000)
            assert left in page.locator("main").inner_text()
            if scripts:  # axe is one
                assert violations(page) == []
            page.get_by_role("link", name="戻る", exact=True).click()
        page.get_by_role("link", name="計画と年度").click()
        page.wait_for_url(f"{served.base}/")
        settle(page)
        assert "保存済み" in page.locator("main").inner_text()
        assert page.said == []


@pytest.mark.parametrize(
    ("path", "field"),
    [(f"{YEAR}/collecting", "books"), (f"{PLAN}/import", "book"), (f"{YEAR}/document", "word")],
)
def test_a_dropped_file_is_the_fields_and_one_that_misses_does_not_take_the_page_away(
    served: Served, page: Any, path: str, field: str
) -> None:
    page.goto(f"{served.base}{path}")
    frame = page.locator(".drop", has=page.locator(f"[name={field}]"))
    for target, dropped in (("body", []), (frame.locator("label"), ["回答.xlsx"])):
        place = page.locator(target) if isinstance(target, str) else target
        assert place.evaluate(_DROP, "回答.xlsx")  # nothing else is done with it
        names = "each => [...each.files].map(one => one.name)"
        assert page.locator(f"[name={field}]").evaluate(names) == dropped


_DROP = """
(each, name) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["x"], name));
  const told = {dataTransfer, bubbles: true, cancelable: true};
  return !each.dispatchEvent(new DragEvent("drop", told));
}
"""


def test_a_page_that_takes_a_while_is_followed_to_the_place_in_it(
    served: Served, page: Any, tmp_path: Path
) -> None:
    write(tmp_path / "みどり市", rows=half_reported(), review="draft = true\n")
    hurried = Window(tmp_path / "みどり市", patience=0)
    with hurried.client:
        path = f"{YEAR}/board"
        waiting = hurried.client.get(
            path, headers={"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
        ).text
    hurried.close()
    page.route(
        f"**{path}", lambda route: route.fulfill(body=waiting, content_type="text/html"), times=1
    )
    page.goto(f"{served.base}{path}#matters")
    settle(page)
    assert page.locator("#matters").is_visible()
    assert page.url.endswith("#matters")


def test_two_windows_see_what_the_other_changed(tmp_path: Path) -> None:
    folder = tmp_path / "みどり市"
    write(folder, rows=half_reported(), review="draft = true\n")
    with (
        serving(folder, first=False) as served,
        visiting(served.address) as first,
        visiting(served.address) as second,
    ):
        board = f"{served.base}{YEAR}/board"
        for window in (first, second):
            window.goto(board)
        for window, note in ((first, "先の窓"), (second, "後の窓")):
            window.locator("[name=settled_by]").first.check()
            window.locator("#note").fill(note)
            window.get_by_role("button", name="確認済みにする").click()
            window.wait_for_selector(".note, .failure")
        assert "先の窓" in (folder / "2021/report.toml").read_text("utf-8")
        first.goto(board)
        assert first.locator("[name=settled_by]").count() == 0
