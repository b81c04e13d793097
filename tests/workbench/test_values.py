"""実績: found, typed, judged while it is typed, saved cell by cell; two who type at once."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from lxml import html
from openpyxl import load_workbook

from kpireport.collection import TypedRow, write_values
from kpireport.domain.years import FiscalYear
from kpireport.reports import Report
from tests.answers import with_answers
from tests.collection.answering import by_hand
from tests.collection.test_csv_book import csv_report
from tests.review_reports import PLAN, indicator, small_rows, with_yearly_targets, write_review
from tests.review_reports import cell as value_cell
from tests.workbench.windows import Window, said

VALUES = "/reports/2021/values"
YEAR = FiscalYear(2021)
VALUE, SEEN = "v:実績", "seen:v:実績"
_PLAN_EDITION = """\
edition = "plan"
catalogue = "../catalogue.json"
date = 2022-09-01
[output]
name = "計画"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A town without a fault."""
    town = tmp_path / "あおい市"
    write_review(town, rows=small_rows(2021), review="draft = true\n")
    return town


@pytest.fixture
def at(folder: Path) -> Iterator[Window]:
    """A window on it."""
    opened = Window(folder)
    yield opened
    opened.close()


def book(folder: Path) -> Path:
    return folder / "2021" / "actuals.xlsx"


def part(window: Window, path: str, fields: Mapping[str, str]) -> Response:
    """Ask for a part of a page, as htmx does."""
    headers = {"hx-request": "true", "x-csrf-token": window.desk.csrf}
    return window.client.post(path, data=dict(fields), headers=headers)


def row(page: html.HtmlElement, id_: str) -> html.HtmlElement:
    return page.get_element_by_id(f"row-{id_}")


def fields_of(element: html.HtmlElement) -> dict[str, str]:
    """What a browser sends of the fields in an element."""
    sent = {}
    for each in element.iter("input", "select", "textarea"):
        if each.name:
            sent[each.name] = each.value or ""
    return sent


def actual_text(folder: Path, id_: str) -> str:
    found = Report.open(folder / "2021").sound().actuals.find(id_, YEAR)
    return found.value.text if found and found.value else ""


# --- the grid --------------------------------------------------------------------


def test_what_else_is_asked_of_an_indicator_is_typed_beside_its_value(folder: Path) -> None:
    with_answers(folder / "2021", {("share", 2021): {"budget": 1_200, "direction": "Ａ"}})
    window = Window(folder)
    page = window.page(VALUES)
    titles = [said(each) for each in page.xpath("//thead//th")]
    sent = fields_of(row(page, "share"))
    assert {"方向性", "予算額（千円）", "今後の取組", "外部評価：意見"} <= set(titles)
    assert (sent["v:予算額"], sent["v:方向性"]) == ("1,200", "Ａ")
    told = part(window, f"{VALUES}/share/check", {**sent, "v:予算額": "だいたい"})
    assert "直すところがあります" in said(told)
    typed = {"v:予算額": "1,500", "v:方向性": "Ｂ", "v:今後の取組": "窓口を増やす"}
    part(window, f"{VALUES}/share/save", {**sent, **typed})
    window.close()
    found = Report.open(folder / "2021").sound().actuals.find("share", YEAR)
    assert found is not None
    assert [found.answer(each) for each in ("budget", "direction", "note")] == [
        *("1,500", "Ｂ", "窓口を増やす"),
    ]


def test_every_measure_is_there_with_its_years_and_its_mark(at: Window, folder: Path) -> None:
    page = at.page(VALUES)
    report = Report.open(folder / "2021").sound()
    assert report.evaluation is not None
    for measure in report.plan.measures():
        words = said(row(page, measure.id))
        assert "".join(measure.name.split()) in words.replace(" ", "")
        assert report.evaluation.find(measure.id).mark.label in words
        before = report.actuals.find(measure.id, FiscalYear(2020))
        if before and before.value:
            assert " ".join(before.value.text.split()) in words


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("q=閲覧", {"visits"}),
        ("q=ＢＥＤ-a", {"bed-a"}),
        ("q=病院　西", {"bed-b"}),
        ("q=ない言葉", set()),
        ("open=1", {"boards"}),
        ("department=ない課", set()),
        ("q=閲覧&open=1", set()),
    ],
)
def test_rows_are_found(folder: Path, query: str, ids: set[str]) -> None:
    book(folder).unlink()
    rows = [each for each in small_rows(2021) if (each[0], each[2]) != ("boards", 2021)]
    write_review(folder, rows=rows, review="draft = true\n")
    window = Window(folder)
    page = window.page(f"{VALUES}?{query}")
    shown = {each.get("id").removeprefix("row-") for each in page.xpath("//tr[@hx-post]")}
    window.close()
    assert shown == ids


def test_many_rows_are_shown_page_by_page(folder: Path) -> None:
    data: dict[str, Any] = copy.deepcopy(PLAN)
    start = value_cell("1件", (1, "件", ""))
    end = value_cell("9件", (9, "件", ""), kind="at_least")
    more = [indicator(f"more-{n}", f"件数{n}", start, end) for n in range(250)]
    data["goals"][0]["plans"][0]["indicators"] += more
    write_review(folder, plan=data, rows=small_rows(2021), review="draft = true\n")
    window = Window(folder)
    ids: list[str] = []
    for number in range(1, 5):
        page = window.page(f"{VALUES}?page={number}")
        ids += [each.get("id") for each in page.xpath("//tr[@hx-post]")]
    last = window.page(f"{VALUES}?page=999999999999999").xpath("//tr[@hx-post]/@id")
    window.close()
    wanted = {f"row-{each['id']}" for each in more}
    assert wanted <= {*ids}
    assert last
    assert len({*ids}) > 250


def test_every_field_has_a_name_for_screen_readers(at: Window) -> None:
    page = at.page(VALUES)
    for each in page.xpath("//tr[@hx-post]//td[@class='typed']//*[self::input or self::select]"):
        if each.get("type") == "hidden":
            continue
        assert each.get("aria-label") or page.xpath(f"//label[@for='{each.get('id')}']")
        assert page.get_element_by_id(each.get("aria-describedby").split()[-1]) is not None
    ids = page.xpath("//@id")
    assert len(ids) == len({*ids})


# --- typing ----------------------------------------------------------------------


def test_a_mark_and_its_reason_follow(at: Window, folder: Path) -> None:
    before = book(folder).read_bytes()
    answer = part(at, f"{VALUES}/share/check", {VALUE: "100", SEEN: "98.6％"})
    assert "◎ 達成" in said(answer)
    assert "100" in said(answer)
    assert book(folder).read_bytes() == before


def test_what_is_wrong_stands_at_its_field(at: Window) -> None:
    page = at.page(VALUES)
    typed = row(page, "share").xpath(f".//input[@name='{VALUE}']")[0]
    sent = {**fields_of(row(page, "share")), VALUE: "多数"}
    answer = part(at, f"{VALUES}/share/check", sent)
    tree = html.fragment_fromstring(answer.text, create_parent=True)
    told = tree.get_element_by_id(f"told-{typed.get('id')}")
    assert told.get("hx-swap-oob") == "true"
    assert "数として読めません" in said(told)
    assert "直すところがあります" in said(tree)


def test_a_doubt_is_told_and_may_be_saved(at: Window, folder: Path) -> None:
    sent = {**fields_of(row(at.page(VALUES), "visits")), VALUE: "120,000件"}
    assert "要確認" in said(part(at, f"{VALUES}/visits/check", sent))
    assert "保存しました" in said(part(at, f"{VALUES}/visits/save", sent))
    assert actual_text(folder, "visits") == "120,000件"


# --- saving ----------------------------------------------------------------------


def test_it_is_written_as_the_library_writes_it(at: Window, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    report = write_review(other, rows=small_rows(2021), review="draft = true\n")
    page = at.page(VALUES)
    sent = {**fields_of(row(page, "share")), VALUE: "98.9％"}
    answer = part(at, f"{VALUES}/share/save", sent)
    assert answer.status_code == 200
    write_values(report, [TypedRow("実績", "share", {"実績": "98.9％"})])
    ours, theirs = (
        [[c.value for c in r] for sheet in load_workbook(path) for r in sheet.iter_rows()]
        for path in (book(folder), report / "actuals.xlsx")
    )
    assert ours == theirs


def test_the_row_that_comes_back_can_be_saved_again(at: Window, folder: Path) -> None:
    tree = row(at.page(VALUES), "share")
    for text in ("98.7％", "98.8％", "98.9％"):
        answer = part(at, f"{VALUES}/share/save", {**fields_of(tree), VALUE: text})
        assert "保存しました" in said(answer)
        tree = html.fromstring(f"<table>{answer.text}</table>")
    assert actual_text(folder, "share") == "98.9％"
    assert fields_of(row(at.page(VALUES), "share"))[VALUE] == "98.9％"


def test_without_scripts_a_row_is_saved_and_leads_back(at: Window, folder: Path) -> None:
    sent = {**fields_of(row(at.page(f"{VALUES}?q=受入"), "share")), VALUE: "98.9％"}
    assert sent["back"] == "q=%E5%8F%97%E5%85%A5"
    answer = at.client.post(
        f"{VALUES}/share/save", data={**sent, "csrf": at.desk.csrf}, follow_redirects=False
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{VALUES}?q=%E5%8F%97%E5%85%A5#row-share"
    assert "share 受入率を保存しました" in said(at.page(VALUES))
    assert actual_text(folder, "share") == "98.9％"


def test_all_fields_of_an_indicator_are_on_its_page(at: Window, folder: Path) -> None:
    page = at.page(f"{VALUES}/share")
    sent = fields_of(page.get_element_by_id("edit"))
    assert {"v:実績", "v:報告できない理由", "v:コメント", "o:評価", "o:修正の理由"} <= sent.keys()
    sent |= {
        "v:コメント": "転入が多かったため",
        "o:評価": "△ やや遅れ",
        "o:修正の理由": "数え直すため",
    }
    assert "保存しました" in said(at.post(f"{VALUES}/share/save", sent))
    report = Report.open(folder / "2021").sound()
    found = report.actuals.find("share", YEAR)
    assert found is not None
    assert found.comment == "転入が多かったため"
    assert report.evaluation is not None
    assert report.evaluation.find("share").is_overridden


def test_errors_keep_what_was_typed_and_stand_at_their_fields(at: Window, folder: Path) -> None:
    before = book(folder).read_bytes()
    sent = fields_of(at.page(f"{VALUES}/share").get_element_by_id("edit"))
    answer = at.post(f"{VALUES}/share/save", {**sent, VALUE: "多数", "v:コメント": "残る言葉"})
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    (wrong,) = page.xpath("//*[@aria-invalid='true']")
    assert wrong.value == "多数"
    told = [page.get_element_by_id(each) for each in wrong.get("aria-describedby").split()]
    assert "数として読めません" in " ".join(map(said, told))
    assert "残る言葉" in page.xpath("//textarea[@name='v:コメント']/text()")[0]
    assert book(folder).read_bytes() == before


def test_a_comment_is_saved_in_place(at: Window, folder: Path) -> None:
    head = at.page(VALUES).get_element_by_id("head-p1")
    sent = {**fields_of(head), "c:主な取組": "増設しました。\r\n定員も増やしました。"}
    answer = part(at, f"{VALUES}/p1/comment", sent)
    assert "保存しました" in said(answer)
    comment = Report.open(folder / "2021").sound().actuals.find_comment("p1", YEAR)
    assert comment is not None
    assert comment.text("initiatives") == "増設しました。\n定員も増やしました。"
    answer = at.post(f"{VALUES}/p1/comment", {**sent, "c:課題": "い" * 3_000})
    assert answer.status_code == 422
    assert "2,000字まで" in said(answer)


# --- others who write ------------------------------------------------------------


def test_a_second_window_is_told_and_sees_both(at: Window, folder: Path) -> None:
    other = Window(folder, person="保育課")
    mine, theirs = (fields_of(row(each.page(VALUES), "share")) for each in (at, other))
    assert "保存しました" in said(part(at, f"{VALUES}/share/save", {**mine, VALUE: "98.9％"}))
    answer = part(other, f"{VALUES}/share/save", {**theirs, VALUE: "97％"})
    assert answer.status_code == 422
    assert "「98.9％」" in said(answer)
    assert "「97％」" in said(answer)
    assert actual_text(folder, "share") == "98.9％"
    again = fields_of(html.fromstring(f"<table>{answer.text}</table>"))
    assert again[VALUE] == "97％"
    assert "保存しました" in said(part(other, f"{VALUES}/share/save", again))
    assert actual_text(folder, "share") == "97％"
    other.close()


def test_another_row_that_somebody_saved_in_excel_stays(at: Window, folder: Path) -> None:
    sent = fields_of(row(at.page(VALUES), "share"))
    by_hand(book(folder), "two", "実績", "177所")
    assert "保存しました" in said(part(at, f"{VALUES}/share/save", {**sent, VALUE: "98.9％"}))
    assert actual_text(folder, "two") == "177所"
    assert actual_text(folder, "share") == "98.9％"


def test_a_workbook_that_is_open_in_excel_is_told_and_keeps_what_was_typed(
    at: Window, folder: Path
) -> None:
    before = book(folder).read_bytes()
    book(folder).with_name("~$actuals.xlsx").write_bytes(b"")
    sent = {**fields_of(row(at.page(VALUES), "share")), VALUE: "98.9％"}
    for answer in (part(at, f"{VALUES}/share/save", sent), at.post(f"{VALUES}/share/save", sent)):
        assert answer.status_code == 422
        assert "Excel で開かれている" in said(answer)
        assert str(folder) not in said(html.fromstring(answer.text).xpath("//*[@role='alert']")[-1])
        assert fields_of(html.fromstring(answer.text))[VALUE] == "98.9％"
    assert book(folder).read_bytes() == before
    assert "いま Excel で開かれています" in said(at.page(VALUES))
    book(folder).with_name("~$actuals.xlsx").unlink()
    assert "いま Excel で開かれています" not in said(at.page(VALUES))


# --- odd requests ----------------------------------------------------------------


@pytest.mark.parametrize("id_", ["nothing", "p1", "%E3%81%82", "share%20", "..%2Fshare"])
def test_what_the_plan_does_not_have_is_not_found(at: Window, id_: str) -> None:
    assert at.get(f"{VALUES}/{id_}").status_code == 404
    assert at.post(f"{VALUES}/{id_}/save", {VALUE: "1"}).status_code == 404
    assert part(at, f"{VALUES}/{id_}/check", {VALUE: "1"}).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {VALUE: "9" * 100_000},
        {VALUE: "\x00\x1b"},
        {VALUE: "</td><script>"},
        {"v:進捗状況": "達成"},
        {"v:記号": "two", "v:年度": "1900", "x:実績": "1"},
        {"o:評価": "存在しない"},
        {"page": "-1", "back": "//evil.example/"},
    ],
)
def test_odd_fields_do_no_harm(at: Window, folder: Path, fields: dict[str, str]) -> None:
    answer = at.post(f"{VALUES}/share/save", fields)
    assert answer.status_code in (200, 422)
    assert "<script>" not in answer.text.replace("<script src", "")
    assert at.client.cookies
    assert Report.open(folder / "2021").sound().actuals.find("two", YEAR)


def test_a_plans_edition_and_a_missing_workbook(at: Window, folder: Path) -> None:
    book(folder).unlink()
    assert "まだありません" in said(at.page(VALUES))
    assert "空の実績のブックを作りました" in said(at.post(f"{VALUES}/begin"))
    assert row(at.page(VALUES), "share") is not None
    edition = folder / "計画版"
    edition.mkdir()
    (edition / "report.toml").write_text(_PLAN_EDITION, encoding="utf-8")
    assert "実績版ではありません" in said(at.get("/reports/計画版/values"))


def test_a_workbook_without_the_sheet_of_marks_takes_none(at: Window, folder: Path) -> None:
    made = load_workbook(book(folder))
    made.remove(made["評価の修正"])
    made.save(book(folder))
    page = at.page(f"{VALUES}/share")
    assert "o:評価" not in fields_of(page.get_element_by_id("edit"))
    for action in ("check", "save"):
        answer = at.post(f"{VALUES}/share/{action}", {"o:評価": "△ やや遅れ", "o:修正の理由": "x"})
        assert answer.status_code == 200


def test_after_a_row_was_saved_nothing_is_read_anew(at: Window, folder: Path) -> None:
    sent = fields_of(row(at.page(VALUES), "share"))
    part(at, f"{VALUES}/share/save", {**sent, VALUE: "98.9％"})
    shelf = at.desk.shelf
    grid = shelf.values(folder / "2021")
    assert grid.book.report.findings.problems == ()  # it was handed on, and not inspected
    assert shelf.values(folder / "2021") is grid
    by_hand(book(folder), "two", "実績", "177所")
    assert shelf.values(folder / "2021") is not grid
    assert fields_of(row(at.page(VALUES), "two"))[VALUE] == "177所"


def test_a_mark_that_is_written_briefly_is_shown_whole_and_stays(folder: Path) -> None:
    made = load_workbook(book(folder))
    made["評価の修正"].append(["share", None, 2021, "×", "数え直すため"])
    made.save(book(folder))
    window = Window(folder)
    form = window.page(f"{VALUES}/share").get_element_by_id("edit")
    (choice,) = form.xpath(".//select[@name='o:評価']")
    assert [said(each) for each in choice.xpath("option[@selected]")] == ["× 遅れ"]
    before = book(folder).read_bytes()
    assert "保存しました" in said(window.post(f"{VALUES}/share/save", fields_of(form)))
    window.close()
    assert book(folder).read_bytes() == before


def test_without_targets_that_are_states_nobody_is_asked_for_one(folder: Path) -> None:
    data: dict[str, Any] = copy.deepcopy(PLAN)
    for goal in data["goals"]:
        for plan in goal["plans"]:
            rows = plan["indicators"]
            plan["indicators"] = [each for each in rows if each["id"] not in ("tablets", "boards")]
    left = [each for each in small_rows(2021) if each[0] not in ("tablets", "boards")]
    write_review(folder, plan=data, rows=left, review="draft = true\n")
    window = Window(folder)
    titles = [said(each) for each in window.page(VALUES).xpath("//thead//th")]
    window.close()
    assert "進捗状況" not in titles
    assert "実績" in titles


def test_csv_is_put_into_a_workbook_by_one_button(tmp_path: Path) -> None:
    report = csv_report(tmp_path / "みどり市", review="draft = true\n")
    window = Window(report.parent)
    page = window.page("/reports/2021/values")
    assert "CSV（実績）" in said(page)
    (form,) = page.xpath("//main//form")
    after = window.post(form.get("action"))
    assert "CSV の内容を actuals.xlsx に移しました。" in said(after)
    assert "受入率" in said(after)
    window.close()


def test_collecting_into_csv_leads_to_that_button(tmp_path: Path) -> None:
    report = csv_report(tmp_path / "みどり市", review="draft = true\n")
    window = Window(report.parent)
    told = window.post("/reports/2021/collecting/try", {"again": "1"})
    assert "/reports/2021/values" in html.fromstring(told.text).xpath(
        "//p[@class='remedy']/a/@href"
    )
    window.close()


# --- taking back, the year's own target, what was kept ---------------------------


def test_what_was_saved_is_told_with_what_it_was_and_put_back(at: Window, folder: Path) -> None:
    before = actual_text(folder, "visits")
    path = f"{VALUES}/visits/save"
    seen = fields_of(row(at.page(VALUES), "visits"))[SEEN]
    answer = part(at, path, {VALUE: "12,345件", SEEN: seen})
    assert f"保存しました（実績：{seen} → 12,345件）。" in said(answer)
    tree = html.fromstring(f"<table>{answer.text}</table>")
    (back,) = (each for each in tree.iter("form") if "元に戻す" in said(each))
    answer = part(at, back.get("action"), fields_of(back))
    assert f"保存しました（実績：12,345件 → {seen}）。" in said(answer)
    assert actual_text(folder, "visits") == before


def test_nothing_is_put_back_over_what_somebody_wrote_since(at: Window, folder: Path) -> None:
    path = f"{VALUES}/visits/save"
    seen = fields_of(row(at.page(VALUES), "visits"))[SEEN]
    answer = part(at, path, {VALUE: "12,345件", SEEN: seen})
    tree = html.fromstring(f"<table>{answer.text}</table>")
    (back,) = (each for each in tree.iter("form") if "元に戻す" in said(each))
    part(at, path, {VALUE: "12,346件", SEEN: "12,345件"})
    answer = part(at, back.get("action"), fields_of(back))
    assert answer.status_code == 422
    assert actual_text(folder, "visits") == "12,346件"


def test_the_years_own_target_stands_before_the_last(folder: Path) -> None:
    plan = with_yearly_targets(PLAN, {"share": "98.5％"})
    book(folder).unlink()
    write_review(folder, rows=small_rows(2021), review="draft = true\n", plan=plan)
    opened = Window(folder)
    words = said(row(opened.page(VALUES), "share"))
    opened.close()
    assert "98.5％（最終 100％）" in words


def test_a_year_that_was_kept_is_shown_and_not_written(at: Window, folder: Path) -> None:
    settings = folder / "2021" / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace("draft = true", "draft = false"))
    seen = fields_of(row(at.page(VALUES), "visits"))[SEEN]
    assert part(at, f"{VALUES}/visits/save", {VALUE: "12,344件", SEEN: seen}).status_code == 200
    (folder / "2021" / "archive.zip").write_bytes(b"")
    before = book(folder).read_bytes()
    for path in (VALUES, f"{VALUES}/visits"):
        page = at.page(path)
        assert "保存してあるので" in said(page)
        assert page.xpath("//fieldset[@disabled]//input[@name=$name]", name=VALUE)
    answer = part(at, f"{VALUES}/visits/save", {VALUE: "12,345件", SEEN: "12,344件"})
    assert answer.status_code == 422
    assert "案に戻して" in said(answer)
    comment = at.post(f"{VALUES}/p1/comment", {"c:課題": "直した文"})
    assert "保存してあるので" in said(comment)
    assert book(folder).read_bytes() == before


# --- the years before ------------------------------------------------------------

PAST = f"{VALUES}/visits/years/2020"


def past_text(folder: Path, id_: str) -> str:
    found = Report.open(folder / "2021").sound().actuals.find(id_, FiscalYear(2020))
    return found.value.text if found and found.value else ""


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    """A town whose year before has a folder of its own; one value came too late for it."""
    town = tmp_path / "もえぎ市"
    rows = [each for each in small_rows(2021) if each[2] != 2021]
    before = [each for each in rows if each[0] != "calls"]
    write_review(town, 2020, rows=before)
    later = [each for each in small_rows(2021) if each[2] == 2021]
    write_review(town, 2021, rows=later, review="draft = true\n")
    return town


def test_what_came_late_is_added_and_what_was_wrong_corrected(two_years: Path) -> None:
    earlier = (two_years / "2020" / "actuals.xlsx").read_bytes()
    opened = Window(two_years)
    (link,) = opened.page(f"{VALUES}/calls").xpath("//a[contains(., '追加・訂正する')]/@href")
    late = fields_of(opened.page(link).get_element_by_id("edit"))
    answer = opened.post(f"{link}/save", late | {VALUE: "6,301件"})
    told = said(answer)
    assert "calls 相談件数の令和２年度の実績を保存しました（実績：（空） → 6,301件）。" in told
    assert past_text(two_years, "calls") == "6,301件"
    was = past_text(two_years, "visits")
    assert f"いまの令和２年度の実績{was}" in said(opened.page(PAST))
    assert opened.post(f"{PAST}/save", {VALUE: "9,999件", SEEN: ""}).status_code == 200
    assert past_text(two_years, "visits") == "9,999件"
    assert "9,999件" in said(row(opened.page(VALUES), "visits"))
    opened.post(f"{PAST}/save", {VALUE: "", SEEN: "9,999件"})  # it was right after all
    opened.close()
    assert past_text(two_years, "visits") == was
    assert (two_years / "2020" / "actuals.xlsx").read_bytes() == earlier


def test_what_cannot_be_is_refused_in_the_years_before_too(two_years: Path) -> None:
    opened = Window(two_years)
    before = book(two_years).read_bytes()
    answer = opened.post(f"{PAST}/save", {VALUE: "たくさん", SEEN: ""})
    assert answer.status_code == 422
    assert "数として読めません" in said(answer)
    same = past_text(two_years, "visits")
    assert opened.post(f"{PAST}/save", {VALUE: same, SEEN: "別の値"}).status_code == 422
    for year in ("2021", "2019", "1", "x"):
        assert opened.get(f"{VALUES}/visits/years/{year}").status_code == 404
    opened.close()
    assert book(two_years).read_bytes() == before
