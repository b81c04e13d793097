"""確定と保存: what is in the way is told; final, kept, verified as the commands do it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpireport.archiving import verify
from kpireport.workbench.jobs import JobState
from tests.workbench.windows import Window, said

PAGE = "/reports/2021/finishing"


@pytest.fixture
def ready(sound: Path) -> Iterator[Window]:
    """A window on a town whose year has nothing in its way."""
    opened = Window(sound)
    yield opened
    opened.close()


def is_draft(town: Path) -> bool:
    settings = tomllib.loads((town / "2021" / "report.toml").read_text("utf-8"))
    return bool(settings["review"]["draft"])


def test_what_is_in_the_way_is_told_and_nothing_is_offered(window: Window, town: Path) -> None:
    page = window.page(PAGE)
    words = said(page)
    assert "直すまで確定できません" in words
    assert "未報告が" in words
    assert "確定版を作る" not in words
    window.post("/reports/2021/finish")  # as somebody could whose page is old
    assert is_draft(town)
    assert not (town / "2021" / "out").exists()


def test_a_draft_is_made_final_and_a_draft_again(ready: Window, sound: Path) -> None:
    assert "確定を妨げるものはありません" in said(ready.page(PAGE))
    answer = ready.post("/reports/2021/finish")
    job = ready.page(answer.url.path)
    assert JobState.DONE in said(job), said(job)
    assert not is_draft(sound)
    assert (sound / "2021" / "out" / "実績.pdf").is_file()
    assert "確定しています" in said(ready.page(PAGE))
    made = said(ready.page("/reports/2021/document"))
    assert "いまの入力のとおり" in made
    assert "作った後に入力が変わっています" not in made
    ready.post("/reports/2021/finish", {"draft": "1"})
    assert is_draft(sound)


def test_a_draft_is_not_kept(ready: Window, sound: Path) -> None:
    assert "保存できるのは、確定した版です。" in said(ready.page(PAGE))
    answer = ready.post("/reports/2021/keep", {"as": "zip"})
    assert JobState.FAILED in said(ready.page(answer.url.path))
    assert not (sound / "2021" / "archive.zip").exists()


def test_a_final_year_is_kept_with_its_reasons_and_verified(ready: Window, sound: Path) -> None:
    settings = sound / "2021" / "report.toml"
    text = settings.read_text("utf-8")
    accepted = 'draft = false\naccept = [\n  "two", # 電話で確認\n]'
    settings.write_text(text.replace("draft = true", accepted), encoding="utf-8")
    answer = ready.post("/reports/2021/keep", {"as": "folder"})
    job = said(ready.page(answer.url.path))
    assert "封印：" in job, job
    kept = sound / "2021" / "archive"
    assert verify(kept, rebuild=False).is_sound
    assert "・two　電話で確認" in (kept / "お読みください.txt").read_text("utf-8")
    assert "archive" in said(ready.page(PAGE))
    found = ready.desk.workplace.look()  # what was kept is nothing to work on
    assert (list(found.plans), list(found.reports)) == (["catalogue.json"], ["2021"])
    answer = ready.post("/reports/2021/verify", {"kept": "archive"})
    words = said(ready.page(answer.url.path).get_element_by_id("main"))
    assert "目録のとおりです" in words
    assert "調べたもの: 2021/archive" in words  # no path of the machine


def test_what_is_kept_is_not_worked_on(ready: Window, sound: Path) -> None:
    ready.post("/reports/2021/finish")
    before = ready.desk.workplace.look()
    ready.post("/reports/2021/keep", {"as": "folder"})
    assert (sound / "2021/archive/inputs/catalogue.json").is_file()
    assert ready.desk.workplace.look() == before


@pytest.mark.parametrize("kept", ["", "../..", "report.toml", "archive"])
def test_only_what_was_kept_is_verified(ready: Window, kept: str) -> None:
    assert ready.post("/reports/2021/verify", {"kept": kept}).status_code == 404
