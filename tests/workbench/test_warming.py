"""The first page loads what it needs alone; the rest is got ready after it, and gives way."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpireport.collection import start_year
from kpireport.workbench import pages, warming
from kpireport.workbench.desk import Desk
from kpireport.workbench.warming import got_ready, warm_up
from kpireport.workbench.workplace import Workplace
from tests.workbench.windows import CLOCK, Window

_FIRST_PAGE = """
import datetime as dt
import sys
from starlette.testclient import TestClient
from kpireport.cli import main
from kpireport.workbench import serving
from kpireport.workbench.desk import Clock, Desk
from kpireport.workbench.workplace import Workplace

moment = dt.datetime(2022, 6, 1, tzinfo=dt.UTC)
clock = Clock(moment.date, lambda: moment, lambda: moment)
desk = Desk.at(Workplace.at(sys.argv[1]), clock, "企画課")
desk.hosts = frozenset(("127.0.0.1:8000",))
client = TestClient(serving.application(desk, idle_seconds=60), base_url="http://127.0.0.1:8000")
page = client.get(f"/enter?token={desk.token}")
assert "令和３年度" in page.text
print(*sys.modules)
"""


def test_the_first_page_loads_no_other_s_rooms(town: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAGE, town], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.split())
    assert "kpireport.workbench.pages.home" in loaded
    others = {
        *("docx", "lxml", "matplotlib", "numpy", "pikepdf", "pptx", "reportlab", "xlsxwriter"),
        *("budoux", "icu4py"),
        *(f"kpireport.{each}" for each in ("document", "evaluation", "writers", "status")),
        *(f"kpireport.{each}" for each in ("archiving", "collection", "plan_books", "pulling")),
    }
    assert not loaded & others
    assert {each for each in loaded if each.startswith("kpireport.workbench.pages.")} == {
        "kpireport.workbench.pages.home"
    }


@pytest.mark.parametrize("function", [*pages.SHOWN.values(), *pages.GIVEN.values()])
def test_every_address_leads_to_a_function_that_is_asked(function: str) -> None:
    assert pages.loaded(function).__annotations__ == {"asked": "Asked", "return": "Response"}


@pytest.mark.parametrize("function", pages.ACTED.values())
def test_every_form_is_sent_to_a_function_that_takes_it(function: str) -> None:
    assert pages.loaded(function).__annotations__ == {"posted": "Posted", "return": "Response"}


def test_what_was_got_ready_is_not_read_again(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start_year("2022", sound)
    opened = Window(sound)
    ready = list(got_ready(opened.desk))
    assert ready[-4:] == ["2022", "2022", "2022", "catalogue.json"]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    for each in ("sources.catalogue.read_plan", "plan_books.plan_rows.open_rows"):
        monkeypatch.setattr(f"kpireport.{each}", refuse)
    monkeypatch.setattr("kpireport.writers.html.html_parts", refuse)
    for path in ("reports/2022/board", "reports/2022/values", "reports/2022/document"):
        opened.page(f"/{path}")
    opened.page("/plans/catalogue.json/overview")
    opened.close()


def test_what_cannot_be_read_keeps_nothing_else_from_being_got_ready(town: Path) -> None:
    (town / "2021" / "actuals.csv").write_bytes(b"\xff\xfe")
    desk = Desk.at(Workplace.at(town), CLOCK, "企画課")
    assert list(got_ready(desk))[-4:] == ["2021", "2021", "2021", "catalogue.json"]


def test_no_step_is_begun_before_the_first_page_or_while_another_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.at(Workplace.at(tmp_path), CLOCK, "企画課")
    seen: list[tuple[int, int]] = []
    rests = iter(((0, 1), (1, 1), (0, 1), (1, 1), (0, 1)))

    async def rest(_: float) -> None:
        desk.answering, desk.answered = next(rests)

    def steps(_: Desk) -> Iterator[str]:
        for step in range(2):
            seen.append((desk.answering, desk.answered))
            desk.answering = 1
            yield str(step)

    monkeypatch.setattr(warming, "got_ready", steps)
    monkeypatch.setattr(asyncio, "sleep", rest)
    asyncio.run(warm_up(desk))
    assert seen == [(0, 1), (0, 1)]


def test_requests_are_counted_while_they_are_answered(window: Window) -> None:
    before = window.desk.answered
    assert window.get("/alive").status_code == 200
    assert (window.desk.answering, window.desk.answered) == (0, before + 1)
