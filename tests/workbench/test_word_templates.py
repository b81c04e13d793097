"""Word の様式: what a template sets is shown; one is chosen, or begun, in the settings alone."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt
from PIL import Image

from kpireport.workbench.pages.word_templates import NEW_NAME
from kpireport.writers.docx.base import BASE_FILE
from tests.status.reports import half_reported, write
from tests.workbench.windows import Window, said

PAGE = "/reports/2021/template"


@pytest.fixture
def ready(sound: Path) -> Iterator[Window]:
    """A window on a town whose year can be built."""
    opened = Window(sound)
    yield opened
    opened.close()


def restyled(path: Path) -> None:
    """Write a template with other margins and larger prose."""
    opened = docx.Document(str(BASE_FILE))
    for section in opened.sections:
        section.left_margin = section.right_margin = Mm(31)
    for style in opened.styles:
        if style.element.name_val == "Body Text":
            style.font.size = Pt(13)
    opened.save(str(path))


def chosen(town: Path) -> object:
    settings = tomllib.loads((town / "2021" / "report.toml").read_text("utf-8"))
    return settings.get("docx", {}).get("template", "")


def test_what_a_template_sets_is_shown_beside_a_page(ready: Window, sound: Path) -> None:
    restyled(sound / "市の様式.docx")
    page = ready.page(f"{PAGE}?of=市の様式.docx")
    words = said(page)
    assert "31 mm" in words
    assert "31 mm" not in said(ready.page(PAGE))
    (source,) = page.xpath("//img/@src")
    ours, theirs = (
        Image.open(io.BytesIO(ready.get(each).content)) for each in (f"{PAGE}/page.png", source)
    )
    assert ours.size == theirs.size
    assert ours.tobytes() != theirs.tobytes()


def test_a_template_is_chosen_and_left_again(ready: Window, sound: Path) -> None:
    restyled(sound / "市の様式.docx")
    answer = ready.post(PAGE, {"template": "市の様式.docx"})
    assert "「市の様式.docx」で作るようにしました" in said(answer)
    assert chosen(sound) == "../市の様式.docx"
    assert "「市の様式.docx」で Word を作ります" in said(ready.page("/reports/2021/document"))
    ready.post("/reports/2021/build")
    built = docx.Document(str(sound / "2021" / "out" / "実績.docx"))
    margin = built.sections[0].left_margin
    assert margin is not None
    assert round(margin.mm) == 31
    ready.post(PAGE, {"template": ""})
    assert chosen(sound) == ""
    assert "標準の見た目で Word を作ります" in said(ready.page("/reports/2021/document"))


def test_a_template_is_begun_as_the_command_begins_it(ready: Window, sound: Path) -> None:
    ready.post(f"{PAGE}/new")
    new = sound / "2021" / NEW_NAME
    assert new.read_bytes() == BASE_FILE.read_bytes()
    assert chosen(sound) == ""
    assert f"2021/{NEW_NAME}" in ready.page(PAGE).xpath("//option/text()")
    new.write_bytes(b"somebody's work")
    assert ready.post(f"{PAGE}/new").status_code == 409
    assert new.read_bytes() == b"somebody's work"


@pytest.mark.parametrize(
    "name", ["../../秘密.docx", "2021/report.toml", "ない.docx", "/etc/passwd"]
)
def test_only_templates_of_the_folder_are_known(name: str, ready: Window, sound: Path) -> None:
    before = (sound / "2021" / "report.toml").read_bytes()
    (sound.parent / "秘密.docx").write_bytes(BASE_FILE.read_bytes())
    assert ready.post(PAGE, {"template": name}).status_code == 404
    assert ready.get(f"{PAGE}/page.png?of={name}").status_code == 404
    assert "という様式は、ありません" in said(ready.page(f"{PAGE}?of={name}"))
    assert (sound / "2021" / "report.toml").read_bytes() == before


def test_what_is_no_template_is_told_and_not_chosen(ready: Window, sound: Path) -> None:
    (sound / "壊れた.docx").write_bytes(b"PK\x03\x04")
    page = ready.page(f"{PAGE}?of=壊れた.docx")
    assert "様式に使えません" in said(page)
    assert not page.xpath("//img")
    answer = ready.post(PAGE, {"template": "壊れた.docx"})
    assert answer.status_code == 422
    assert chosen(sound) == ""


def test_built_files_and_those_open_in_word_are_no_templates(ready: Window, sound: Path) -> None:
    ready.post("/reports/2021/build")
    for name in ("~$市の様式.docx", ".隠れた.docx"):
        (sound / name).write_bytes(b"x")
    for number in range(80):
        (sound / f"案{number}.docx").write_bytes(b"x")
    options = ready.page(PAGE).xpath("//option/text()")
    assert not [each for each in options if "実績" in each or "~$" in each or "隠れた" in each]
    assert len(options) == 51


def test_a_page_that_refers_to_others_is_shown_without_them(tmp_path: Path) -> None:
    """Those behind, and those not reported, have tables whose rows lead to the goals'."""
    reported = half_reported()
    rows = [each for each in reported if each[0] != "tablets" and each[2] != 2020]
    town = tmp_path / "もえぎ市"
    write(town, rows=rows, review="draft = true\n")
    opened = Window(town)
    try:
        answer = opened.get(f"{PAGE}/page.png")
        assert answer.status_code == 200, answer.text
        assert Image.open(io.BytesIO(answer.content)).height > 1000
    finally:
        opened.close()
