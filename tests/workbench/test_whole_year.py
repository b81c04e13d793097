"""A town's whole year, by mouse and keyboard alone: from an empty folder to what is kept.

Each step is a function of its own, so that a failure tells how far the year came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.browser import settle, violations, visiting
from tests.workbench import town_desk as desk
from tests.workbench.servers import serving

expect = pytest.importorskip("playwright.sync_api", exc_type=ImportError).expect
pytestmark = pytest.mark.tools

_GO_ON = "#job a.button"  # when long work is over, and there is more to say
_MOST_STOPS = 100
_LONGEST = 90_000  # milliseconds that work takes on a busy machine
_ALLOWED = "422"  # what the console says of a form that was refused in words
COMMANDS = re.compile(r"--[a-z]|コマンド|Traceback|/tmp/")
REFUSED = {
    "学校教育課.xlsx": ("ファイルが壊れています。", "もう一度送ってもらってください。"),
    "生涯学習課.xlsx": ("配ったブックではありません", "記入して、送り直してもらって"),
    "健康づくり課.xlsx": ("パスワードで保護されています。", "パスワードを消して、保存し直して"),
    "高齢福祉課.xlsx": ("令和６年度の記入用のブックです。", "今年度に配ったブックに記入して"),
    "商工課.xlsx：実績!E5": ("「沢山」は、数として読めません。", "「420人」のように"),
    "観光課.xlsx：実績!A7": ("「p99-09」の指標は、計画にありません。", "「p08-02」です。"),
    "隣の町.xlsx": (
        "この計画の記入用のブックではありません",
        "ほかの自治体のものでないかを確かめて",
    ),
}
"""What cannot be used, by its place: what is wrong, and how it is mended."""


@dataclass
class Year:
    """A person at the workbench.

    Attributes:
        page: the browser's.
        town: the opened folder.
        desk: where the person keeps what is dropped, and what was downloaded.
    """

    page: Any
    town: Path
    desk: Path

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link of some words."""
        self.page.get_by_role("link", name=name).first.click()

    def drop(self, label: str, *files: Path) -> None:
        """Choose files for a field."""
        self.page.get_by_label(label, exact=True).set_input_files(files)

    def download(self, link: str | re.Pattern[str]) -> Path:
        """Follow a link to a file; it is on the desk then."""
        with self.page.expect_download() as begun:
            self.follow(link)
        path = self.desk / str(begun.value.suggested_filename)
        begun.value.save_as(path)
        return path

    def reach(self, name: str) -> None:
        """Press Tab until what is called that has the focus."""
        settle(self.page)
        focused = self.page.locator(":focus")
        for _ in range(_MOST_STOPS):
            self.page.keyboard.press("Tab")
            if focused.count() and f'"{name}"' in focused.aria_snapshot():
                return
        raise AssertionError(name)

    def finish(self, *words: str) -> str:
        """Wait until long work is done that says something; return what it says, and go on."""
        self.page.wait_for_selector(_GO_ON, timeout=_LONGEST)
        said = self.look(*words)
        self.page.locator(_GO_ON).click()
        return said

    def wait(self, place: str) -> None:
        """Wait for a place of a page to which long work leads, by itself or when asked."""
        self.page.wait_for_selector(f"{_GO_ON}, {place}", timeout=_LONGEST)
        if self.page.locator(_GO_ON).count():
            self.finish()
        self.page.wait_for_selector(place)

    def look(self, *words: str) -> str:
        """Read a page that says what is expected: nothing is wrong with it."""
        main = self.page.locator("main")
        for each in words:
            expect(main).to_contain_text(each, timeout=_LONGEST)
        settle(self.page)
        said = str(main.inner_text())
        assert not COMMANDS.search(said), said
        self.page.evaluate("scrollTo(0, 0)")  # what the window cuts would count as too small
        assert violations(self.page) == [], self.page.url
        assert unclear(main.aria_snapshot()) == [], self.page.url
        assert [each for each in self.page.said if _ALLOWED not in each] == []
        return said


def unclear(snapshot: str) -> list[str]:
    """What a screen reader's list of a page would not tell apart: no name, or one for two places.

    Args:
        snapshot: Playwright's of Chromium's accessibility tree.
    """
    nameless = _NAMELESS.findall(snapshot)
    links: dict[str, set[str]] = {}
    for name, address in _LINKS.findall(snapshot):
        links.setdefault(name, set()).add(address.partition("#")[0])
    return nameless + [name for name, addresses in links.items() if len(addresses) > 1]


_CONTROL = "button|link|textbox|searchbox|checkbox|radio|combobox"
_NAMELESS = re.compile(rf"- (?:{_CONTROL})(?=:|$| \[)", re.MULTILINE)
_LINKS = re.compile(r'- link "((?:[^"\\]|\\.)*)".*:\n\s+- /url: (.*)')


def test_a_towns_whole_year(tmp_path: Path) -> None:
    town, own = tmp_path / "みどり市", tmp_path / "机"
    town.mkdir()
    own.mkdir()
    with serving(town, first=False) as served, visiting(served.address) as page:
        year = Year(page, town, own)
        for step in STEPS:
            page.get_by_role("link", name="計画と年度").click()
            step(year)


def a_plan_is_begun_from_paper(year: Year) -> None:
    """The plan's Word file becomes a workbook; what is asked of it is answered in it."""
    year.look("まだ計画がありません")
    year.drop("計画の文書", desk.printed_plan(year.desk / "総合戦略.docx"))
    year.press("文書を読み取る")
    year.wait("a:has-text('読み取ったブック')")
    year.look("指標：24", "「目標値の年度」が見出しから読めません")
    book = year.download("読み取ったブック")
    desk.write_basics(book, {"現状値の年度": "令和５年度", "表紙の日付": "令和６年３月"})
    year.follow("計画を始める画面")
    year.drop("計画のブック", book)
    year.press("ブックを調べる")
    year.wait("ul.facts")
    year.look("「目標値の年度」が書いてありません", "計画.xlsx：基本情報!B")
    marked = year.download("指摘を書き入れた写し")
    desk.write_basics(marked, {"目標値の年度": "令和10年度"})
    year.follow("直したブックを取り込む")
    year.drop("計画のブック", marked)
    year.press("ブックを調べる")
    year.wait("ul.facts")
    year.look("指標：24")
    assert not any(year.town.glob("*.json"))
    year.press("この内容で計画を作る")
    year.look("計画を作りました", "24件")


def a_plan_is_changed_in_a_form_and_in_its_workbook(year: Year) -> None:
    """A fault in a form is told at its field; a workbook's changes are shown before they are."""
    page = year.page
    year.follow("計画の内容")
    year.follow("保育課の利用者数")
    page.get_by_label("目標値", exact=True).fill("")
    year.press("保存する")
    year.look("直すところがあります")
    page.get_by_label("目標値", exact=True).fill("430人")
    page.get_by_label("目標値の数量", exact=True).fill("")
    page.keyboard.press("Enter")
    year.look("430人")
    year.follow("ブックで直す")
    year.look()
    book = year.download("計画のブック")
    desk.write_basics(book, {"表紙の発行者": "みどり市企画課"})
    year.drop("計画のブック", book)
    year.press("ブックを調べる")
    year.wait("ul.facts")
    year.look("みどり市企画課", "変わるところ")
    year.press("計画を書き換える")
    year.look("ブックのとおりに")


def a_year_is_begun_and_sheets_are_downloaded(year: Year) -> None:
    page = year.page
    year.look("みどり市総合戦略")
    page.get_by_text("年度を始める").first.click()
    page.get_by_label("年度", exact=True).fill("令和５年度")
    year.press("この年度を始める")
    year.look("計画の年度ではありません")
    year.follow("計画と年度へ戻る")
    page.get_by_text("年度を始める").first.click()
    page.get_by_label("年度", exact=True).fill("令和７年度")
    year.press("この年度を始める")
    year.look()
    year.follow("集める")
    year.look()
    year.press("記入用のブックを作る")
    year.wait("#sheets")
    year.look()
    desk.unpack(year.download("12課の分をまとめてダウンロードする"))


def a_value_is_typed_before_answers_come(year: Year) -> None:
    """環境課 told its value on the telephone; its workbook will say otherwise."""
    page = year.page
    year.follow("令和７年度")
    year.follow("実績")
    page.get_by_label("所管課").select_option("環境課")
    year.press("絞り込む")
    page.wait_for_url("**department=*")
    page.get_by_label("環境課の利用者数：実績").press_sequentially("360人")
    expect(page.locator("#row-p11-01")).to_contain_text("遅れ")
    page.keyboard.press("Enter")
    expect(page.locator("#row-p11-01")).to_contain_text("保存しました")


def answers_come_some_of_them_damaged(year: Year) -> None:
    """Each is read as meant, or refused with its file, its fault and its remedy."""
    own = year.desk
    sheets = {
        each: desk.filled(own, each, desk.answer(each, 365, 63.5)) for each in desk.DEPARTMENTS
    }
    desk.filled(own, "保育課", desk.answer("保育課", 365, 63.5, コメント="増えた。"))
    second = desk.filled(own, "保育課", desk.answer("保育課", 372, 63.5), "保育課（修正）.xlsx")
    desk.truncated(sheets["学校教育課"])
    desk.word_as_workbook(sheets["生涯学習課"])
    desk.protected(sheets["健康づくり課"])
    desk.of_last_year(year.town, "高齢福祉課", own / "昨年", sheets["高齢福祉課"])
    desk.filled(own, "商工課", desk.answer("商工課", "沢山", 63.5))
    desk.filled(own, "農政課", desk.answer("農政課", "３６５", "６３．５"))
    desk.moved(sheets["観光課"], desk.ids("観光課")[1])
    locked = desk.opened_elsewhere(own / "~$防災課.xlsx")
    other = desk.of_another_town(year.town, "保育課", own / "隣の町", own / "隣の町.xlsx")
    desk.filled(own, "環境課", desk.answer("環境課", 355, 63.5))
    desk.filled(own, "企画課", desk.answer("企画課", 3_650, 63.5))
    del sheets["道路課"]
    year.follow("令和７年度")
    year.follow("集める")
    year.drop("返ってきたブック", *sheets.values(), second, other, locked)
    year.press("受け付けて、中身を調べる")
    year.wait("#found")
    year.look("13ファイルを受け付けました。1ファイルは、受け付けられません", locked.name)
    for place, words in REFUSED.items():
        problem = year.page.locator(".problem", has_text=place).first
        for each in words:
            expect(problem).to_contain_text(each)
    wide = year.page.locator("tr", has_text="農政課の利用者数").first
    expect(wide).to_contain_text("365人")  # of full-width digits


def a_stray_workbook_is_taken_out(year: Year) -> None:
    year.follow("令和７年度")
    year.follow("集める")
    year.press("隣の町.xlsx")
    year.wait("#aside")
    year.look("隣の町.xlsxを受付から外しました")


def what_is_open_is_chosen_and_the_good_is_taken(year: Year) -> None:
    page = year.page
    year.follow("令和７年度")
    year.follow("集める")
    page.get_by_label("保育課（修正）.xlsx", exact=True).check()
    page.get_by_label("環境課の回答に差し替える").check()
    year.press("選んだとおりに調べ直す")
    year.wait("#found")
    year.look("保育課：保育課（修正）.xlsx を使う")
    year.press("取り込む")
    year.wait("h2:has-text('取り込みました')")
    year.look()


def who_is_missing_is_reminded(year: Year) -> None:
    year.follow("令和７年度")
    year.look()
    year.follow("集める")
    year.follow("催促の文を見る")
    year.look()
    mail = year.download(re.compile("下書き.*：道路課"))
    text = message_from_bytes(mail.read_bytes(), policy=default).get_content()
    assert "道路課の利用者数（記号 p10-01）" in text
    year.download("下書きをまとめてダウンロードする")


def mended_answers_come(year: Year) -> None:
    late = [
        desk.filled(year.desk, each, desk.answer(each, 365, 63.5), f"{each}（再送）.xlsx")
        for each in desk.SENT_AGAIN
    ]
    year.follow("令和７年度")
    year.follow("集める")
    year.drop("返ってきたブック", *late)
    year.press("受け付けて、中身を調べる")
    year.wait("#found")
    year.look()
    year.press("取り込む")
    year.wait("h2:has-text('取り込みました')")
    for department in ("商工課", "観光課"):
        year.page.get_by_label(f"{department}（再送）.xlsx", exact=True).check()
    year.press("選んだとおりに調べ直す")
    year.wait("h3:has-text('選んだこと')")
    year.press("取り込む")
    year.wait("h2:has-text('取り込みました')")
    year.look()


def values_are_typed_and_judged_as_they_are(year: Year) -> None:
    page = year.page
    year.follow("令和７年度")
    year.follow("実績")
    page.get_by_label("言葉で探す").fill("道路課")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    value = page.get_by_label("道路課の利用者数：実績", exact=True)
    row = page.locator("#row-p10-01")
    value.press_sequentially("沢山")
    expect(row).to_contain_text("数として読めません")
    expect(value).to_have_attribute("aria-invalid", "true")
    value.fill("")
    value.press_sequentially("４２１")
    expect(row).to_contain_text("達成")
    value.press("Enter")
    expect(row).to_contain_text("保存しました")
    page.get_by_label("道路課の満足度：報告できない理由", exact=True).fill("調査は来年度に行う。")
    page.keyboard.press("Enter")
    expect(page.locator("#row-p10-02")).to_contain_text("保存しました")
    page.get_by_text("コメント（まだありません）").click()
    page.get_by_label("課題").fill("用地がない。")
    year.press("コメントを保存")
    expect(page.locator("#head-p10")).to_contain_text("保存しました")
    year.look()


def an_odd_value_is_confirmed_by_the_keyboard_alone(year: Year) -> None:
    keys = year.page.keyboard
    year.reach("令和７年度")
    keys.press("Enter")
    year.look("課ごとの状況", "およそ10倍なので、桁や単位の誤りかもしれません")
    year.reach("確かめた（p12-01）")
    keys.press("Space")
    year.reach("印を付けたものを確認済みにする")
    keys.press("Enter")
    year.look("理由（誰にどう確かめたか）を書いて")
    expect(year.page.get_by_label("確かめた（p12-01）")).to_be_checked()  # still
    year.reach("確かめた理由")
    keys.type("企画課に電話で確認（6月3日 佐藤）")
    keys.press("Enter")
    year.look("1件を確認済みにしました")
    year.reach("報告書")
    keys.press("Enter")
    year.page.wait_for_url("**/document")


def a_draft_is_built_and_read(year: Year) -> None:
    page = year.page
    year.follow("令和７年度")
    year.follow("報告書")
    year.look()
    pages = page.frame_locator("iframe[name=preview]")
    pages.get_by_role("link", name="道路課の利用者数").last.click()
    facts = page.frame_locator("iframe[name=facts]")
    expect(facts.get_by_role("heading", level=1)).to_have_text("道路課の利用者数")
    facts.get_by_role("link", name="実績の画面で開く").click()
    year.look("道路課の利用者数")
    page.go_back()
    year.look()
    year.press("作る")
    year.wait("#files")
    year.look("いまの入力のとおり")


def the_word_file_is_edited_and_comes_back(year: Year) -> None:
    """What may be written is shown beside what may not, before anything is written."""
    page = year.page
    year.follow("令和７年度")
    year.follow("報告書")
    word = year.download("review-2025.docx")
    year.drop("直した Word のファイル", desk.damaged(year.desk / "壊れた.docx"))
    year.press("直したところを調べる")
    year.finish("壊れた.docx", "ファイルが壊れています。", "もう一度送ってもらってください")
    year.drop("直した Word のファイル", desk.with_edits(word))
    year.press("直したところを調べる")
    year.wait("#refused")
    year.look("書き戻せる文（1件）", "用地がなく、探している。", "421人", "999人")
    year.press("1件を書き戻す")
    year.look("何も書き込んでいません")
    page.get_by_label("書き戻せないところは Word に残して").check()
    year.press("1件を書き戻す")
    year.look("1件を actuals.xlsx に書き戻しました", "作った後に入力が変わっています")
    year.press("前に作った Word と、いま作るものを比べる")
    year.wait("#found")
    year.look("違い（1件）", "用地がなく、探している。")
    year.follow("報告書の画面へ戻る")


def a_template_is_chosen_and_the_pdf_checked(year: Year) -> None:
    page = year.page
    year.follow("令和７年度")
    year.follow("報告書")
    year.follow("様式を見る・選ぶ")
    year.press("様式.docx を作る")
    year.look("様式.docx を、報告書のフォルダーに作りました")
    page.get_by_label("様式のファイル").select_option(index=1)
    year.press("様式の中身を見る")
    year.look("210×297 mm")
    year.press("この様式にする")
    year.look("様式.docx」で作るようにしました")
    year.follow("報告書の画面へ戻る")
    year.press("PDF 1ファイルを検査する")
    year.finish("PDF/A-2a: 適合しています", "PDF/UA-1: 適合しています")


def the_year_is_made_final_kept_and_verified(year: Year) -> None:
    page = year.page
    year.follow("令和７年度")
    year.follow("確定と保存")
    year.look("確定を妨げるものはありません", "保存できるのは、確定した版です。")
    year.press("確定版を作る")
    year.finish("review-2025.pdf")
    year.look("確定しています")
    year.press("保存する")
    seal = re.search("封印：(.+)", year.finish())
    assert seal
    year.press("元のままかを確かめる")
    year.finish("元のままです。", "１バイトも違いません", seal[1])
    desk.damage_kept(year.town)
    page.get_by_label("報告書を作り直して").first.uncheck()
    year.press("元のままかを確かめる")
    year.finish("元と違うところが1か所あります。", "ファイルの中身が変わっています。")
    year.follow("計画と年度")
    year.look("保存済み")
    assert desk.reported(year.town) == {
        "保育課": ("372人", "63.5％"),
        "農政課": ("365人", "63.5％"),
        "道路課": ("421人", ""),
        "環境課": ("355人", "63.5％"),
        "企画課": ("3,650人", "63.5％"),
    } | dict.fromkeys((*desk.SENT_AGAIN, "防災課"), ("365人", "63.5％"))


STEPS = (
    a_plan_is_begun_from_paper,
    a_plan_is_changed_in_a_form_and_in_its_workbook,
    a_year_is_begun_and_sheets_are_downloaded,
    a_value_is_typed_before_answers_come,
    answers_come_some_of_them_damaged,
    a_stray_workbook_is_taken_out,
    what_is_open_is_chosen_and_the_good_is_taken,
    who_is_missing_is_reminded,
    mended_answers_come,
    values_are_typed_and_judged_as_they_are,
    an_odd_value_is_confirmed_by_the_keyboard_alone,
    a_draft_is_built_and_read,
    the_word_file_is_edited_and_comes_back,
    a_template_is_chosen_and_the_pdf_checked,
    the_year_is_made_final_kept_and_verified,
)
