"""設定: what is typed is written item by item, if the reader takes it; nothing else changes."""

from __future__ import annotations

import datetime as dt
import tomllib
import zipfile
from pathlib import Path

import pytest
from lxml import html

from kpireport.sources.settings import load_settings
from tests.workbench.windows import Window, said

PAGE = "/reports/2021/settings"


def fields(window: Window, path: str = PAGE) -> dict[str, str | list[str]]:
    """Return what a browser would send of the form as it is."""
    (form,) = window.page(path).xpath("//main//form[.//@name = 'seal']")
    sent: dict[str, str | list[str]] = {}
    for each in form.xpath(".//*[@name]"):
        if each.get("type") == "checkbox":
            chosen = sent.setdefault(each.get("name"), [])
            assert isinstance(chosen, list)
            chosen += [each.get("value")] if each.get("checked") is not None else []
        else:
            sent[each.get("name")] = (each.value or "").removeprefix("\n")  # as browsers do
    return sent


def file(town: Path) -> Path:
    return town / "2021" / "report.toml"


def test_the_form_as_it_is_changes_nothing(window: Window, town: Path) -> None:
    before = file(town).read_bytes()
    answer = window.post(PAGE, fields(window))
    assert "変わったところはありません" in said(answer)
    assert file(town).read_bytes() == before


def test_settings_of_before_are_renewed_and_kept(window: Window, town: Path) -> None:
    assert "前の書き方" not in said(window.page("/reports/2021/board"))
    text = file(town).read_text("utf-8")
    file(town).write_text(text.replace('scheme = "linear"', ""), "utf-8")
    assert "設定に、前の書き方があります" in said(window.page("/reports/2021/board"))
    before = file(town).read_bytes()
    answer = window.post(f"{PAGE}/renew")
    assert "設定を、いまの書式にしました" in said(answer)
    written = tomllib.loads(file(town).read_text("utf-8"))
    assert (written["format"], written["evaluation"]["scheme"]) == (2, "linear")
    with zipfile.ZipFile(town / "2021" / "新しい形にする前.zip") as kept:
        assert kept.read("report.toml") == before
    assert "前の書式" not in said(window.page(PAGE))
    assert "前の書き方" not in said(window.page("/reports/2021/board"))
    assert "もういまの書式です" in said(window.post(f"{PAGE}/renew"))


def test_items_are_written_and_all_else_stays(window: Window, town: Path) -> None:
    path = file(town)
    path.write_text(path.read_text("utf-8") + "\n# 覚え書き\n", "utf-8")
    before = tomllib.loads(path.read_text("utf-8"))
    sent = fields(window) | {
        "item:collection.deadline": "令和４年５月13日",
        "item:review.contact": "企画課　電話 00-0000",
        "item:review.results": "一つ目\r\n\r\n二つ目",
        "item:review.reasons": "true",
        "item:output.formats": ["docx", "html"],
    }
    answer = window.post(PAGE, sent)
    assert "設定を改めました：各課の回答期限、主な成果" in said(answer)
    before["collection"]["deadline"] = dt.date(2022, 5, 13)
    before["review"] |= {
        "contact": "企画課　電話 00-0000",
        "results": ["一つ目", "二つ目"],
        "reasons": True,
    }
    before["output"]["formats"] = ["docx", "html"]
    assert tomllib.loads(path.read_text("utf-8")) == before
    assert "\n# 覚え書き\n" in path.read_text("utf-8")


def test_a_day_is_taken_out(window: Window, town: Path) -> None:
    window.post(PAGE, fields(window) | {"item:collection.deadline": "2022-05-13"})
    window.post(PAGE, fields(window) | {"item:collection.deadline": ""})
    assert "deadline" not in tomllib.loads(file(town).read_text("utf-8"))["collection"]


@pytest.mark.parametrize(
    ("item", "typed", "what"),
    [
        ("collection.deadline", "来週", "「来週」は日付として読めません。"),
        ("review.results", "一\n二\n三\n四", "4あります。"),
        ("output.name", "", "文字がありません。"),
        ("review.charts", "ない", "選べません。"),
        ("output.formats", "", "中身がありません。"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(
    window: Window, town: Path, item: str, typed: str, what: str
) -> None:
    before = file(town).read_bytes()
    sent = fields(window) | {f"item:{item}": typed, "item:review.contact": "電話 11-1111"}
    if not typed and item == "output.formats":
        del sent["item:output.formats"]
    answer = window.post(PAGE, sent)
    assert answer.status_code == 422
    page = html.fromstring(answer.text)
    (wrong,) = page.xpath("//p[@class='wrong']")
    assert what in wrong.text_content()
    assert page.xpath(
        f"//*[@name='item:{item}']/ancestor::div[contains(@class, 'field')][.//p[@class='wrong']]"
    )
    assert page.xpath("//*[@name='item:review.contact']/@value") == ["電話 11-1111"]
    assert file(town).read_bytes() == before


def test_a_file_changed_meanwhile_is_told(window: Window, town: Path) -> None:
    sent = fields(window) | {"item:review.contact": "電話 11-1111"}
    path = file(town)
    path.write_text(
        path.read_text("utf-8").replace("draft = true", 'draft = true\ncontact = "ほか"')
    )
    before = path.read_bytes()
    answer = window.post(PAGE, sent)
    assert answer.status_code == 409
    assert "いまのファイルでは：ほか" in said(answer)
    assert path.read_bytes() == before


def test_faulty_settings_are_mended_in_the_form(window: Window, town: Path) -> None:
    path = file(town)
    path.write_text(path.read_text("utf-8").replace("2022-06-30", '"あした"'), "utf-8")
    page = said(window.page(PAGE))
    assert "「あした」は日付として読めません。" in page
    answer = window.post(PAGE, fields(window) | {"item:collection.deadline": "2022-05-13"})
    assert answer.status_code == 200
    assert load_settings(town / "2021").collection is not None


def test_a_file_that_is_no_toml_is_told_with_its_line(window: Window, town: Path) -> None:
    file(town).write_text('edition = "review\n', "utf-8")
    answer = window.get(PAGE)
    assert answer.status_code == 422
    assert "1行目" in said(answer)


def test_a_plans_edition_has_no_items_of_a_year(window: Window, town: Path) -> None:
    plan = town / "plan"
    plan.mkdir()
    (plan / "report.toml").write_text(
        'edition = "plan"\ncatalogue = "../catalogue.json"\ndate = 2022-01-01\n'
        '[output]\nname = "plan"\n',
        "utf-8",
    )
    sent = fields(window, "/reports/plan/settings")
    assert "item:output.name" in sent
    assert not any(each.startswith(("item:review.", "item:collection.")) for each in sent)


def test_a_year_that_was_kept_stays_as_it_was(window: Window, town: Path) -> None:
    path = file(town)
    path.write_text(path.read_text("utf-8").replace("draft = true", "draft = false"), "utf-8")
    (town / "2021" / "archive.zip").write_bytes(b"")
    before = path.read_bytes()
    answer = window.post(PAGE, fields(window) | {"item:review.contact": "電話 11-1111"})
    assert "保存してある" in said(answer)
    assert path.read_bytes() == before
