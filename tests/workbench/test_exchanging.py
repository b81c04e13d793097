"""計画のブック: a plan begun in an empty folder; its workbook out and in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html

from kpireport.collection.first_folder import start_folder
from kpireport.plan_books.conducting import import_plan
from kpireport.plan_books.taking import empty_workbook, plan_workbook
from tests.plan_books.books import put, write_plan
from tests.workbench.plans import PLAN, write_town
from tests.workbench.windows import NOW, Files, Window, said


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Window]:
    """A window on an empty folder."""
    folder = tmp_path / "みどり市"
    folder.mkdir()
    opened = Window(folder)
    yield opened
    opened.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook that was filled in."""
    return write_plan(tmp_path / "記入済み.xlsx")


def dropped(path: Path, field: str = "book") -> Files:
    """A file as a browser sends it."""
    return [(field, (path.name, path.read_bytes()))]


def all_files(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by their paths in it."""
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.startswith(".")
    }


def read(window: Window, to: str, files: Files, **fields: str) -> html.HtmlElement:
    """Drop a file; the page of what was read of it, after its job is over."""
    answer = window.post(to, fields, files)
    assert answer.status_code == 200, said(answer)
    path = answer.url.path
    page = window.page(path)
    (link,) = page.xpath("//main//a[@class='button']/@href")
    assert str(link).startswith("/plans/"), said(page)
    return window.page(link)


def action(page: html.HtmlElement) -> str:
    """Where the page's writing form leads."""
    (found,) = page.xpath("//main//form[contains(@action, '/apply')]/@action")
    return str(found)


# --- to begin ----------------------------------------------------------------------


def test_an_empty_folder_begins_at_once(empty: Window) -> None:
    page = empty.page("/")
    assert page.xpath("//form[@action='/plans/new/book']//input[@type='file']")
    assert page.xpath("//form[@action='/plans/new/document']//input[@type='file']")
    assert not page.xpath("//input[@name='folder']")


def test_the_workbook_to_fill_in_is_that_of_init(empty: Window) -> None:
    answer = empty.get("/plans/new/empty")
    assert answer.content == empty_workbook(NOW)
    assert "attachment" in answer.headers["content-disposition"]


def test_a_plan_begins_as_the_commands_begin_it(empty: Window, book: Path, tmp_path: Path) -> None:
    folder = empty.desk.workplace.root
    page = read(empty, "/plans/new/book", dropped(book))
    assert "指標：3" in said(page)
    assert not all_files(folder)
    empty.post(action(page))
    other = tmp_path / "別"
    start_folder(other, moment=NOW)
    (other / "計画.xlsx").write_bytes(book.read_bytes())
    import_plan(other / "計画.xlsx", other / "catalogue.json")
    assert all_files(folder) == all_files(other)


def test_what_is_asked_is_told_with_its_cell_and_a_marked_copy(empty: Window, book: Path) -> None:
    put(book, "指標", 5, {"現状値": "―"})
    page = read(empty, "/plans/new/book", dropped(book))
    assert "指標!" in said(page)
    assert "要確認" in said(page)
    assert "記入済み.xlsx" in said(page)
    assert "kpireport-" not in page.text_content()  # no path of ours
    assert not page.xpath("//form[contains(@action, '/apply')]")
    (link, *_) = page.xpath("//a[contains(@href, '/marked')]/@href")
    marked = openpyxl.load_workbook(io.BytesIO(empty.get(link).content))
    assert any("要確認" in str(cell.value) for row in marked.worksheets[0] for cell in row)
    refused = empty.post(link.replace("/marked", "/apply"))
    assert refused.status_code == 422
    assert not all_files(empty.desk.workplace.root)


def test_a_second_plan_begins_in_a_folder_of_its_own(fresh: Window, book: Path) -> None:
    answer = fresh.post("/plans/new/book", {}, dropped(book))
    assert answer.status_code == 422
    page = read(fresh, "/plans/new/book", dropped(book), folder="あおい市")
    fresh.post(action(page))
    assert (fresh.desk.workplace.root / "あおい市" / "catalogue.json").exists()
    before = all_files(fresh.desk.workplace.root)
    assert fresh.post(action(page)).status_code == 409
    assert all_files(fresh.desk.workplace.root) == before


@pytest.mark.parametrize("name", ["..", "../外", "a/b", "C:\\x", ".hidden", "x" * 300, "a\nb", "~"])
def test_names_that_are_no_folders_are_refused(fresh: Window, book: Path, name: str) -> None:
    before = all_files(fresh.desk.workplace.root.parent)
    assert fresh.post("/plans/new/book", {"folder": name}, dropped(book)).status_code == 422
    assert all_files(fresh.desk.workplace.root.parent) == before


def test_a_document_becomes_a_workbook_to_look_through(empty: Window, tmp_path: Path) -> None:
    path = tmp_path / "総合戦略.docx"
    document = docx.Document()
    document.add_heading("基本目標１　子どもが育つまち", 1)
    table = document.add_table(0, 4)
    for texts in (
        ("施策名", "指標名", "現状値", "目標値"),
        ("子育ての支え", "保育所の定員", "350人", "420人"),
        ("子育ての支え", "待機児童数", "12人", "0人"),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    page = read(empty, "/plans/new/document", dropped(path, "document"))
    assert "指標：2" in said(page)
    assert "指標名" in said(page)
    (link,) = page.xpath("//main//a[contains(@class, 'button')]/@href")
    book = openpyxl.load_workbook(io.BytesIO(empty.get(link).content))
    assert "保育所の定員" in [cell.value for row in book["指標"] for cell in row]
    assert not all_files(empty.desk.workplace.root)
    (again,) = (each for each in page.forms if each.action.endswith("/again"))
    fields = {each.name: each.value for each in again.xpath(".//input | .//select") if each.name}
    (target,) = (
        name
        for name, role in fields.items()
        if (name, role)[1] == "目標値" and name.startswith("column:")
    )
    page = read(empty, again.action, [], **{**fields, target: "備考"})
    chosen = page.xpath(f"//select[@name='{target}']/option[@selected]")
    assert [each.text for each in chosen] == ["備考"]


def test_columns_that_are_not_understood_are_told_of(empty: Window, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    document = docx.Document()
    table = document.add_table(0, 3)
    for texts in (("あ", "い", "う"), ("保育所の定員", "350人", "420人")):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    answer = empty.post("/plans/new/document", {}, dropped(path, "document"))
    assert "列が何かを、「表1:列1=指標,列2=現状値,列3=目標値」のように指定して" in said(
        empty.page(answer.url.path)
    )
    told = {"columns": "表1:列1=指標,列2=現状値,列3=目標値"}
    page = read(empty, "/plans/new/document", dropped(path, "document"), **told)
    assert any(f"指標：{count}" in said(page) for count in (1, 2))  # the titles may be a row


def test_what_was_read_is_taken_as_it_is_without_saving_it_first(
    empty: Window, tmp_path: Path
) -> None:
    path = tmp_path / "総合戦略.docx"
    document = docx.Document()
    for line in ("みどり市総合戦略", "令和６年３月", "みどり市"):
        document.add_paragraph(line)
    document.add_heading("基本目標１　子どもが育つまち", 1)
    table = document.add_table(0, 5)
    head = ("施策名", "指標名", "現状値（令和５年度）", "目標値（令和10年度）", "担当課")
    for texts in (
        head,
        ("施策１　子育ての支え", "保育所の定員", "350人", "420人", "保育課"),
        ("施策１　子育ての支え", "喫煙率", "16.2％", "12％", "健康課"),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    page = read(empty, "/plans/new/document", dropped(path, "document"))
    (link,) = page.xpath("//main//a[contains(@href, '/book')]/@href")
    (take,) = (each.action for each in page.forms if each.action.endswith("/take"))
    taken = read(empty, take, [])
    told = said(taken)
    assert "指標!I6（喫煙率、記号 p01-02）" in told  # what the book would be asked
    assert "計画.xlsxを調べました" in told
    assert not all_files(empty.desk.workplace.root)
    saved = tmp_path / "計画.xlsx"
    saved.write_bytes(empty.get(link).content)
    assert said(read(empty, "/plans/new/book", dropped(saved))) == told


@pytest.mark.parametrize(
    "name", ["x.docx", "x.pdf", "x.xlsx", "x.jtd", "x", "../../x.docx", "\u202ex.pdf"]
)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.7 broken"])
def test_documents_that_are_none_are_refused_with_words(
    empty: Window, name: str, data: bytes
) -> None:
    answer = empty.post("/plans/new/document", {}, [("document", (name, data))])
    page = said(empty.page(answer.url.path))
    assert "できませんでした" in page
    assert "Traceback" not in page
    assert "/tmp/" not in page.replace(str(empty.desk.workplace.root), "")
    assert not all_files(empty.desk.workplace.root)


def test_a_form_without_a_file_is_told(empty: Window) -> None:
    answer = empty.post("/plans/new/book", {})
    assert answer.status_code == 422
    assert "選ばれていません" in said(answer)


@pytest.mark.parametrize(
    "path",
    ["/plans/new/read/x", "/plans/new/book/x", "/plans/new/book/x/marked", f"{PLAN}/import/x"],
)
def test_what_was_not_dropped_is_not_shown(fresh: Window, path: str) -> None:
    assert fresh.get(path).status_code == 404


# --- out and in ----------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Window]:
    """A window on a town that has not reported yet."""
    opened = Window(write_town(tmp_path / "市" / "みどり市").parent)
    yield opened
    opened.close()


@pytest.fixture
def exported(fresh: Window, tmp_path: Path) -> Path:
    """The town's plan as a workbook."""
    path = tmp_path / "書き出し.xlsx"
    path.write_bytes(fresh.get(f"{PLAN}/export").content)
    return path


def test_the_workbook_is_that_of_the_command(fresh: Window, exported: Path) -> None:
    plan = fresh.desk.workplace.root / "catalogue.json"
    assert exported.read_bytes() == plan_workbook(plan, NOW)


def test_a_workbook_as_it_was_changes_nothing(fresh: Window, exported: Path) -> None:
    page = read(fresh, f"{PLAN}/import", dropped(exported))
    assert "書き込むものはありません" in said(page)


def test_differences_are_shown_before_they_are_written(fresh: Window, exported: Path) -> None:
    plan = fresh.desk.workplace.root / "catalogue.json"
    before = plan.read_bytes()
    put(exported, "指標", 5, {"名称": "保育所の定員の合計"})
    page = read(fresh, f"{PLAN}/import", dropped(exported))
    assert "保育所の定員の合計" in said(page)
    assert plan.read_bytes() == before
    fresh.post(action(page))
    assert "保育所の定員の合計" in plan.read_text(encoding="utf-8")


def test_a_file_that_changed_since_the_workbook_was_read_stays(
    fresh: Window, exported: Path
) -> None:
    plan = fresh.desk.workplace.root / "catalogue.json"
    put(exported, "指標", 5, {"名称": "別の名"})
    page = read(fresh, f"{PLAN}/import", dropped(exported))
    plan.write_text(plan.read_text("utf-8").replace("待機児童数", "待機者数"), "utf-8")
    now = plan.read_bytes()
    answer = fresh.post(action(page))
    assert answer.status_code == 409
    assert plan.read_bytes() == now


def test_what_is_decided_is_asked_about(window: Window, town: Path, tmp_path: Path) -> None:
    plan = town / "catalogue.json"
    before = plan.read_bytes()
    book = tmp_path / "計画.xlsx"
    book.write_bytes(window.get(f"{PLAN}/export").content)
    put(book, "指標", 5, {"名称": "受入れの割合"})
    page = read(window, f"{PLAN}/import", dropped(book))
    assert "写し間違い" in said(page)
    answer = window.post(action(page))
    assert "どうするかを選んで" in said(answer)
    assert plan.read_bytes() == before
    window.post(action(page), {"correct": "1"})
    assert "受入れの割合" in plan.read_text(encoding="utf-8")


def test_a_blank_that_is_filled_in_is_not_asked_about(
    window: Window, town: Path, tmp_path: Path
) -> None:
    book = tmp_path / "計画.xlsx"
    book.write_bytes(window.get(f"{PLAN}/export").content)
    put(book, "指標", 5, {"所管課": "企画課"})
    put(book, "課", 5, {"課の名前": "企画課"})
    page = read(window, f"{PLAN}/import", dropped(book))
    assert "写し間違い" not in said(page)
    window.post(action(page))
    assert "企画課" in (town / "catalogue.json").read_text(encoding="utf-8")


def test_a_folder_that_init_made_keeps_what_is_in_it(tmp_path: Path, book: Path) -> None:
    folder = start_folder(tmp_path / "はじめた", moment=NOW).folder
    settings = folder / "reports/plan/report.toml"
    settings.write_text(settings.read_text("utf-8").replace('"plan"', "'plan'"), "utf-8")
    before = all_files(folder)
    window = Window(folder)
    window.post(action(read(window, "/plans/new/book", dropped(book))))
    window.close()
    after = all_files(folder)
    assert before.items() <= after.items()
    assert set(after) - set(before) == {"catalogue.json"}


def test_another_plans_page_does_not_write_this_one(fresh: Window, book: Path) -> None:
    root = fresh.desk.workplace.root
    page = read(fresh, "/plans/new/book", dropped(book), folder="あおい市")
    before = all_files(root)
    id_ = action(page).split("/")[-2]
    assert fresh.post(f"{PLAN}/import/{id_}/apply").status_code == 404
    assert all_files(root) == before
