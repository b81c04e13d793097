"""A plan in a window, and its forms as a browser sends them."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from tests.plan_books.books import taken, write_plan

PLAN = "/plans/catalogue.json"


def write_town(folder: Path) -> Path:
    """A folder with a plan of three indicators, of which no year is reported yet."""
    folder.mkdir(parents=True, exist_ok=True)
    book = write_plan(folder.parent / "計画.xlsx")
    plan = folder / "catalogue.json"
    plan.write_text(taken(book).text, encoding="utf-8")
    return plan


def sent(page: html.HtmlElement, button: str = "") -> dict[str, str]:
    """What a browser sends of the page's form that has fields to type in, with a button pressed."""
    (form,) = (
        each
        for each in page.forms
        if each.method == "POST" and each.xpath(".//*[starts-with(@name, 'cell:')]")
    )
    fields: dict[str, str] = {}
    for each in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        if each.get("type") in ("checkbox", "radio") and each.get("checked") is None:
            continue
        text = each.text if each.tag == "textarea" else each.value
        fields[each.get("name")] = (text or "").removeprefix("\n").replace("\n", "\r\n")
    return {**fields, "do": button} if button else fields


def wrong(page: html.HtmlElement) -> dict[str, str]:
    """What is said to be wrong, by the labels of the fields."""
    return {
        each.find("label").text_content(): " ".join(
            word.text_content() for word in each.find_class("wrong")
        )
        for each in page.find_class("field")
        if each.find_class("wrong")
    }
