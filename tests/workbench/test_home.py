"""計画と年度: each with its state, what is next, who is missing; a new year begun."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from lxml import html

from kpireport.workbench.shelf import Shelf
from tests.review_reports import write_review
from tests.workbench.windows import CLOCK, Window, said


def test_plans_and_years_are_listed_with_their_state(window: Window, town: Path) -> None:
    page = said(window.page("/"))
    assert "令和３年度 案 2021" in page
    settings = town / "2021" / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace("draft = true", "draft = false"))
    assert "令和３年度 確定 2021" in said(window.page("/"))
    (town / "2021" / "archive.zip").write_bytes(b"")
    assert "令和３年度 保存済み 2021" in said(window.page("/"))


def test_what_is_next_and_who_is_missing_follows_the_files(window: Window) -> None:
    summary = said(window.page("/reports/2021/summary"))
    assert "直すところ1か所を直します。" in summary
    assert "報告の済んでいない課：相談課" in summary


def test_years_are_read_one_after_the_other_and_hold_up_no_other(
    window: Window, town: Path
) -> None:
    shutil.copytree(town / "2021", town / "2022")
    asks = [each.get("hx-sync") for each in window.page("/").iterfind(".//div[@hx-get]")]
    assert [each for each in asks if each] == ["main:queue all"] * 2
    shelf = window.desk.shelf
    asking = Thread(target=shelf.values, args=(town / "2022",), daemon=True)
    with shelf._held(town / "2021"):  # as somebody has it who reads that year
        asking.start()
        asking.join(timeout=60)
        assert not asking.is_alive()


def test_a_report_that_was_another_when_its_turn_came_is_opened_anew(
    window: Window, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, folder, opened = window.desk.shelf, town / "2021", Shelf._book
    before = [opened(shelf, folder)]  # as who waits for it was given it
    shelf._books.pop(folder)
    given = iter(before)
    monkeypatch.setattr(Shelf, "_book", lambda *asked: next(given, None) or opened(*asked))
    assert shelf.report(folder) is not before[0].report


def test_a_faulty_report_hides_no_others(window: Window, town: Path) -> None:
    broken = town / "2022"
    broken.mkdir()
    (broken / "report.toml").write_text("edition = ", encoding="utf-8")
    page = said(window.page("/"))
    assert "2022 設定に直すところあり" in page
    assert "令和３年度 案" in page
    assert "report.toml" in said(window.page("/reports/2022/summary"))


def test_a_new_year_is_begun_from_the_year_before(sound: Path) -> None:
    opened = Window(sound)
    answer = opened.post("/years", {"plan": "catalogue.json", "years_folder": "~", "year": "2022"})
    assert (answer.status_code, answer.url.path) == (200, "/reports/2022/board"), said(answer)
    assert "2022年度のフォルダーを作りました。" in said(answer)
    (told,) = html.fromstring(answer.text).xpath("//*[@class='note']/p[@class='lines']")
    begun, *more = told.text_content().splitlines()  # each on a line of its own
    assert begun.endswith("作りました。")
    assert all(each.startswith("「設定」の画面で確かめてください：") for each in more)
    assert (sound / "2022" / "report.toml").is_file()
    opened.close()


def test_a_year_that_cannot_be_is_refused_and_nothing_is_written(
    window: Window, town: Path
) -> None:
    before = sorted(town.rglob("*"))
    for year in ("来年", "2021", "9999", ""):
        answer = window.post("/years", {"plan": "catalogue.json", "year": year})
        assert answer.status_code in (409, 422)
    assert sorted(town.rglob("*")) == before


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    opened = Window(tmp_path)
    assert "まだ計画がありません" in said(opened.page("/"))
    opened.close()


def test_texts_of_the_plan_are_no_markup(window: Window, town: Path) -> None:
    plan = town / "catalogue.json"
    data = json.loads(plan.read_text("utf-8"))
    data["cover"]["title"] = ["<script>alert(1)</script>"]
    plan.write_text(json.dumps(data), encoding="utf-8")
    page = window.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_year_goes_on_from_the_year_that_is_chosen(tmp_path: Path) -> None:
    write_review(tmp_path, 2020, review="draft = true\n")
    write_review(tmp_path, 2021, review="draft = true\n")
    settings = tmp_path / "2020" / "report.toml"
    settings.write_text(f"# 令和２年度の覚え書き\n{settings.read_text('utf-8')}", "utf-8")
    opened = Window(tmp_path)
    (form,) = opened.page("/").xpath("//form[@action='/years']")
    assert form.xpath(".//select[@name='from_year']/option/@value") == ["", "2021", "2020"]
    sent = {each.name: each.value or "" for each in form.iter("input") if each.name != "csrf"}
    answer = opened.post("/years", {**sent, "year": "2022", "from_year": "2020"})
    assert answer.url.path == "/reports/2022/board", said(answer)
    opened.close()
    assert "覚え書き" in (tmp_path / "2022" / "report.toml").read_text("utf-8")


def test_names_are_shown_beside_the_text_that_is_sent_and_not_in_it(
    window: Window, town: Path
) -> None:
    (town / "CON.txt").write_bytes(b"")
    page = window.page("/checkup")
    (sent,) = page.xpath("//textarea")
    assert "（CON：Windows の装置の名前）が、1個あります。" in sent.text_content()
    assert str(town) not in sent.text_content()
    sent.getparent().remove(sent)
    assert f"1個あります。{town / 'CON.txt'}" in said(page)


def test_ones_own_second_window_is_not_taken_for_somebody_else(town: Path) -> None:
    now = replace(CLOCK, now=lambda: dt.datetime.now(dt.UTC))
    one, other = (Window(town, person="佐藤（pc-1）", clock=now) for _ in range(2))
    other.desk.presence.show()
    told = said(one.page("/alive"))
    assert "あなたは、別の窓でも、このフォルダーを開いています" in told
    assert "「終了する」を押してください" in told
    assert "佐藤" not in told
