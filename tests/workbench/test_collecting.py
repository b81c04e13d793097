"""集める: dropped, tried, chosen, taken in as the command does it, undone, reminded."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response

from kpireport.collection import hand_out
from tests.collection.answering import HOIKU, KIKAKU, KYOIKU, SODAN, Asked, asked, by_hand
from tests.reports import files_in
from tests.workbench.windows import NOW, Files, Window, said

PAGE = "/reports/2021/collecting"
TRIAL = "//form[contains(@action, '/take')]/input[@name='trial']/@value"


@pytest.fixture
def case(tmp_path: Path) -> Asked:
    """A town whose sheets have been handed out."""
    return asked(tmp_path / "みどり市")


@pytest.fixture
def opened(case: Asked) -> Iterator[Window]:
    """A window on it."""
    window = Window(case.report.parent)
    yield window
    window.close()


def sent(*paths: Path, name: str = "") -> Files:
    """Workbooks as a browser sends them; they are taken out of where they were made."""
    files = [("books", (name or each.name, each.read_bytes())) for each in paths]
    for each in paths:
        each.unlink()
    return files


def answered(window: Window, answer: Response) -> str:
    """What a person is told: at once, or on the page behind work that takes a while."""
    return f"{said(answer)} {said(window.page(PAGE))}"


def radios(window: Window) -> set[str]:
    return set(window.page(PAGE).xpath("//input[@type='radio']/@name"))


def press(window: Window, action: str, **chosen: str) -> str:
    """Press one of the buttons beside what is shown; return what the page says then."""
    (trial,) = window.page(PAGE).xpath(TRIAL)
    window.post(f"{PAGE}/{action}", {"trial": trial, **chosen})
    return said(window.page(PAGE))


def test_what_is_dropped_is_shown_cell_by_cell_before_it_is_taken(
    opened: Window, case: Asked
) -> None:
    files = sent(case.answer(HOIKU, {"share": {"実績": 98.6}, "two": {"コメント": "増設した。"}}))
    before = case.workbook.read_bytes()
    opened.post(f"{PAGE}/drop", files=files)
    page = said(opened.page(PAGE))
    for words in (
        "（空） 98.6％",
        "（空） 増設した。",
        "保育課.xlsx：実績!F5",
        "まだ何も書き込んで",
    ):
        assert words in page
    assert case.workbook.read_bytes() == before
    assert "取り込みました" in press(opened, "take")
    assert case.text("share") == "98.6％"


def test_what_is_taken_is_what_the_command_takes(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.answer(KYOIKU, {"tablets": {"実績": "40校", "進捗状況": "実施中"}})
    other = Path(shutil.copytree(case.report.parent, case.report.parent.parent / "もう一つ"))
    Asked(other / "2021", {}).collect()
    opened.post(f"{PAGE}/try", {"again": "1"})
    press(opened, "take")
    assert files_in(case.report) == files_in(other / "2021")


def test_forty_workbooks_are_dropped_at_once(opened: Window, case: Asked) -> None:
    path = case.answer(HOIKU, {"share": {"実績": 98.6}})
    good = path.read_bytes()
    path.unlink()
    files: Files = [
        ("books", (f"回答{number}.xlsx", good if number == 7 else b"PK\x03\x04" + bytes([number])))
        for number in range(40)
    ]
    assert "40ファイルを受け付けました" in answered(
        opened, opened.post(f"{PAGE}/drop", files=files)
    )
    page = said(opened.page(PAGE))
    assert "調べたブック（40ファイル）" in page
    assert "直すところ（39か所）" in page
    press(opened, "take")
    assert case.text("share") == "98.6％"


def test_a_damaged_workbook_is_told_and_the_others_are_taken(opened: Window, case: Asked) -> None:
    (case.inbox / "壊れた.xlsx").write_bytes(b"PK\x03\x04 broken")
    case.answer(HOIKU, {"share": {"実績": 98.6}, "two": {"実績": "沢山"}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    page = said(opened.page(PAGE))
    for words in ("壊れた.xlsx", "ファイルが壊れています", "「沢山」は、数として読めません"):
        assert words in page
    press(opened, "take")
    assert case.text("share") == "98.6％"


def test_two_versions_stand_side_by_side_and_the_chosen_one_is_shown_first(
    opened: Window, case: Asked
) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}}, "a.xlsx")
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "b.xlsx")
    opened.post(f"{PAGE}/try", {"again": "1"})
    assert radios(opened) == {"version-0"}
    row = opened.page(PAGE).xpath("//table[contains(@class, 'beside')]//tr[th='受入率']")[0]
    assert [each.text for each in row.iterfind("td")] == ["98.6％", "99.1％"]
    page = press(opened, "take", **{"version-0": "1"})
    assert "保育課：b.xlsx を使う" in page
    assert "（空） 99.1％" in page
    assert case.text("share") == ""
    press(opened, "take")
    assert case.text("share") == "99.1％"


def test_without_a_choice_nothing_of_that_department_is_taken(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}}, "a.xlsx")
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "b.xlsx")
    case.answer(KIKAKU, {"most": {"実績": 20.9}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    page = press(opened, "take", **{"version-0": ""})
    assert (case.text("share"), case.text("most")) == ("", "20.9％")
    assert "どれを使いますか" in page
    press(opened, "try", **{"version-0": "0"})
    press(opened, "take")
    assert case.text("share") == "98.6％"


@pytest.mark.parametrize(("wish", "text"), [("keep", "97％"), ("replace", "98.6％"), ("", "97％")])
def test_a_value_by_hand_is_kept_or_replaced_as_chosen(
    opened: Window, case: Asked, wish: str, text: str
) -> None:
    by_hand(case.workbook, "share", "実績", 97)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    shown = said(opened.page(PAGE)).replace(" ", "")
    assert "いまのまま残す97％" in shown
    assert "保育課の回答に差し替える98.6％" in shown
    press(opened, "take", **{"conflict-0": wish})
    if wish:
        press(opened, "take")
    assert case.text("share") == text
    is_settled = not case.collect(dry_run=True).errors
    assert is_settled == bool(wish)


def test_what_was_kept_can_be_replaced_later_and_a_choice_taken_back(
    opened: Window, case: Asked
) -> None:
    by_hand(case.workbook, "share", "実績", 97)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect(keep=["share"])
    opened.post(f"{PAGE}/try", {"again": "1"})
    (kept,) = opened.page(PAGE).xpath("//input[@type='radio'][@checked]/@value")
    assert kept == "keep"
    assert "選んだこと" in press(opened, "try", **{"conflict-0": "replace"})
    assert "選んだこと" not in press(opened, "try", again="1")
    press(opened, "try", **{"conflict-0": "replace"})
    press(opened, "take")
    assert case.text("share") == "98.6％"


def test_a_cell_that_was_emptied_by_hand_can_stay_empty(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    by_hand(case.workbook, "share", "実績", None)
    opened.post(f"{PAGE}/try", {"again": "1"})
    assert radios(opened) == {"refilled-0"}
    press(opened, "try", **{"refilled-0": "keep"})
    press(opened, "take")
    assert case.text("share") == ""


def test_an_answer_that_was_left_empty_is_asked_about(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}, "two": {"コメント": "増設した。"}}).rename(
        case.inbox / "古い.xlsx"
    )
    case.collect()
    (case.inbox / "古い.xlsx").unlink()
    case.answer(HOIKU, {"two": {"コメント": "増設した。"}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    assert "取り下げか、記入もれかを、保育課に確かめてください" in said(opened.page(PAGE))
    press(opened, "try", **{"conflict-0": "keep"})
    press(opened, "take")
    assert case.text("share") == "98.6％"
    assert case.collect(dry_run=True).conflicts == ()


def test_no_page_speaks_of_the_command_line(opened: Window, case: Asked) -> None:
    by_hand(case.workbook, "share", "実績", 97)
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.answer(KIKAKU, {"most": {"実績": 20.9}}, "a.xlsx")
    case.answer(KIKAKU, {"most": {"実績": 21.9}}, "b.xlsx")
    opened.post(f"{PAGE}/try", {"again": "1"})
    for path in (PAGE, f"{PAGE}/reminders"):
        assert not re.search(r"--[a-z]|kpireport [a-z]", said(opened.page(path)))


# --- what changes meanwhile ------------------------------------------------------


def test_what_changed_since_it_was_shown_is_shown_again_first(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    (trial,) = opened.page(PAGE).xpath(TRIAL)
    case.answer(HOIKU, {"share": {"実績": 99.9}})
    answer = opened.post(f"{PAGE}/take", {"trial": trial})
    assert "調べた後にファイルが変わったので、調べ直しました" in answered(opened, answer)
    assert case.text("share") == ""
    assert "（空） 99.9％" in said(opened.page(PAGE))


def test_two_windows_do_not_take_what_the_other_shows(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}}, "a.xlsx")
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "b.xlsx")
    opened.post(f"{PAGE}/try", {"again": "1"})
    (old,) = opened.page(PAGE).xpath(TRIAL)
    press(opened, "try", **{"version-0": "1"})
    for action in ("take", "try"):
        answer = opened.post(f"{PAGE}/{action}", {"trial": old, "version-0": "0"})
        assert "もう一度、確かめて選んでください" in answered(opened, answer)
        assert radios(opened) == {"version-0"}
    assert case.text("share") == ""


@pytest.mark.parametrize("value", ["2", "-1", "x", "9" * 5_000, "１"])
def test_a_version_that_there_is_none_of_is_no_choice(
    opened: Window, case: Asked, value: str
) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}}, "a.xlsx")
    case.answer(HOIKU, {"share": {"実績": 99.1}}, "b.xlsx")
    opened.post(f"{PAGE}/try", {"again": "1"})
    press(opened, "take", **{"version-0": value})
    assert case.text("share") == ""


def test_a_year_with_faults_is_shown_and_the_faults_are_told(window: Window, town: Path) -> None:
    before = files_in(town / "2021")
    (town / "2021" / "inbox").mkdir()
    assert "催促の文を見る" in said(window.page(PAGE))
    answer = window.post(f"{PAGE}/try", {"again": "1"})
    assert "「完了」" in said(window.page(answer.url.path))
    assert files_in(town / "2021") == before


def test_what_does_not_exist_leads_nowhere(window: Window) -> None:
    for action in ("drop", "try", "take", "undo", "sheets"):
        assert window.post(f"/reports/2020/collecting/{action}").status_code == 404
    for path in ("", "/sheets.zip", "/reminders", "/reminders.zip", "/reminder.eml"):
        assert window.get(f"/reports/../collecting{path}").status_code == 404


# --- dropping --------------------------------------------------------------------


def test_hostile_names_and_kinds_are_refused_or_made_safe(opened: Window, case: Asked) -> None:
    before = {name for name in files_in(case.report.parent) if "inbox" not in str(name)}
    files: Files = [
        ("books", ("../../../x.xlsx", b"1")),
        ("books", (r"..\..\report.xlsx", b"2")),
        ("books", ("CON.xlsx", b"3")),
        ("books", ("a.exe", b"4")),
        ("books", ("空.xlsx", b"")),
        ("books", ("report.toml", b"5")),
    ]
    page = answered(opened, opened.post(f"{PAGE}/drop", files=files))
    assert "3ファイルを受け付けました" in page
    assert "3ファイルは、受け付けられません" in page
    assert {each.name for each in case.inbox.iterdir()} == {"x.xlsx", "report.xlsx", "_CON.xlsx"}
    after = {name for name in files_in(case.report.parent) if "inbox" not in str(name)}
    assert after == before


def test_without_a_file_nothing_is_done(opened: Window, case: Asked) -> None:
    assert "選ばれていません" in answered(opened, opened.post(f"{PAGE}/drop"))
    assert not list(case.inbox.iterdir())


def test_what_was_edited_since_is_shown_beside_its_answer(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    by_hand(case.workbook, "share", "実績", 98.5)
    opened.post(f"{PAGE}/try", {"again": "1"})
    page = opened.page(PAGE)
    (row,) = page.xpath("//table[contains(caption, '手で直したところ（1か所）')]/tbody/tr")
    words = said(row)
    for each in ("受入率", "98.5％", "98.6％", HOIKU):
        assert each in words


# --- undone ----------------------------------------------------------------------


def test_the_last_taking_in_is_undone(opened: Window, case: Asked) -> None:
    before = case.workbook.read_bytes()
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    assert "最後に取り込んだもの：保育課.xlsx" in said(opened.page(PAGE))
    page = said(opened.post(f"{PAGE}/undo"))
    assert "最後の取り込みを元に戻しました" in page
    assert case.workbook.read_bytes() == before
    assert (case.inbox / "保育課.xlsx").is_file()
    assert opened.post(f"{PAGE}/undo").status_code == 422


def test_what_was_changed_since_is_not_undone(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    by_hand(case.workbook, "two", "コメント", "手で書いた")
    page = opened.page(PAGE)
    assert "取り込んだ後にactuals.xlsxが変わっているので、元に戻せません" in said(page)
    assert not page.xpath("//form[contains(@action, '/undo')]")
    answer = opened.post(f"{PAGE}/undo")  # of a page that is older
    assert answer.status_code == 422
    assert case.text("share") == "98.6％"


def test_nothing_is_taken_into_a_year_that_was_kept_or_out_of_it(
    opened: Window, case: Asked
) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.collect()
    case.answer(KYOIKU, {"tablets": {"実績": "40校", "進捗状況": "実施中"}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    settings = case.report / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace("draft = true", "draft = false"))
    (case.report / "archive.zip").write_bytes(b"")
    before = case.workbook.read_bytes()
    opened.post(f"{PAGE}/try", {"again": "1"})
    assert "保存してあるので" in said(opened.post(f"{PAGE}/take"))
    assert "案に戻して" in said(opened.post(f"{PAGE}/undo"))
    assert case.workbook.read_bytes() == before


# --- handed out, reminded --------------------------------------------------------


def test_sheets_are_made_and_sent_as_one_file(opened: Window, case: Asked) -> None:
    opened.post(f"{PAGE}/sheets")
    answer = opened.get(f"{PAGE}/sheets.zip")
    assert answer.content == opened.get(f"{PAGE}/sheets.zip").content
    made = {each.path for each in hand_out(case.report, moment=NOW)}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            each.name: each.read_bytes() for each in made
        }
    assert "4課のうち、4課の分があります" in said(opened.page(PAGE))


def test_one_departments_sheet_is_sent_alone(opened: Window, case: Asked) -> None:
    opened.post(f"{PAGE}/sheets")
    (link,) = opened.page(PAGE).xpath("//a[contains(@href, '/sheet?') and .='保育課']/@href")
    (path,) = (case.report / "sheets").glob("*保育課.xlsx")
    assert opened.get(link).content == path.read_bytes()
    for department in ("", "ない課", "../report"):
        assert opened.get(f"{PAGE}/sheet?department={department}").status_code == 404


def test_sheets_that_were_filled_in_are_kept(opened: Window, case: Asked) -> None:
    opened.post(f"{PAGE}/sheets")
    (path,) = (case.report / "sheets").glob("*保育課.xlsx")
    path.write_bytes(b"filled in")
    opened.post(f"{PAGE}/sheets")
    assert path.with_name(f"{path.stem}（前の版）.xlsx").read_bytes() == b"filled in"


def test_who_is_missing_is_shown_with_a_mail(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}, "two": {"実績": "176所（定員15,300人）"}})
    case.collect()
    page = opened.page(PAGE)
    rows = {row.findtext("th"): said(row) for row in page.xpath("//section//tr | //tr")}
    assert "未報告" in rows[SODAN]
    assert "届いていません" in rows[SODAN]
    (link,) = page.xpath(f"//a[.='{SODAN}への文']/@href")
    path, _, fragment = link.partition("#")
    assert opened.page(path).get_element_by_id(fragment).text == SODAN
    mails = opened.get(f"{PAGE}/reminders.zip")
    with zipfile.ZipFile(io.BytesIO(mails.content)) as archive:
        assert f"催促_{SODAN}.eml" in archive.namelist()
        one = opened.get(f"{PAGE}/reminder.eml?department={SODAN}")
        assert archive.read(f"催促_{SODAN}.eml") == one.content
    assert one.headers["content-type"] == "message/rfc822"
    assert opened.get(f"{PAGE}/reminder.eml?department=ない課").status_code == 404


def test_a_workbook_of_actuals_that_is_not_there_is_made(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    case.workbook.unlink()
    answer = opened.post(f"{PAGE}/try", {"again": "1"})
    assert "空のものを作りました" in said(answer) + said(opened.page(PAGE))
    press(opened, "take")
    assert case.text("share") == "98.6％"


def test_a_department_whose_workbook_cannot_be_used_is_told_before_it_is_taken(
    opened: Window, case: Asked
) -> None:
    (case.inbox / f"{SODAN}.xlsx").write_bytes(b"PK\x03\x04 broken")
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    rows = {row.findtext("th"): said(row) for row in opened.page(PAGE).xpath("//tr")}
    assert "届いていますが、使えません" in rows[SODAN]
    assert "まだ取り込んでいません" in rows[HOIKU]


# --- taken out -------------------------------------------------------------------


def test_a_workbook_dropped_by_mistake_is_taken_out_and_put_back(
    opened: Window, case: Asked
) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    (case.inbox / "隣の町.xlsx").write_bytes(b"PK\x03\x04 broken")
    opened.post(f"{PAGE}/try", {"again": "1"})
    assert "ファイルが壊れています" in said(opened.page(PAGE))
    page = press(opened, "aside", book="隣の町.xlsx")
    assert "ファイルが壊れています" not in page
    assert "調べたブック（1ファイル）" in page
    (key,) = opened.page(PAGE).xpath("//form[contains(@action, '/back')]//*[@name='book']/@value")
    answer = opened.post(f"{PAGE}/back", {"book": key})
    assert "隣の町.xlsxを受付に戻しました" in said(answer) + said(opened.page(PAGE))
    assert "調べたブック（2ファイル）" in said(opened.page(PAGE))


def test_what_changed_since_it_was_shown_is_not_taken_out(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    (trial,) = opened.page(PAGE).xpath(TRIAL)
    case.answer(HOIKU, {"share": {"実績": 99.9}})
    answer = opened.post(f"{PAGE}/aside", {"trial": trial, "book": f"{HOIKU}.xlsx"})
    assert "調べ直しました" in answered(opened, answer)
    assert (case.inbox / f"{HOIKU}.xlsx").is_file()


def test_no_other_file_is_taken_out(opened: Window, case: Asked) -> None:
    case.answer(HOIKU, {"share": {"実績": 98.6}})
    opened.post(f"{PAGE}/try", {"again": "1"})
    (trial,) = opened.page(PAGE).xpath(TRIAL)
    before = files_in(case.report)
    for name in ("../actuals.xlsx", "", "ない.xlsx"):
        assert opened.post(f"{PAGE}/aside", {"trial": trial, "book": name}).status_code == 404
        assert opened.post(f"{PAGE}/back", {"book": name}).status_code == 422
    assert files_in(case.report) == before
