"""The workbench in pictures: a town's year, walked through by the forms of its pages.

Comes in: a copy of a town whose answers have come back; pictures of pages, each with what is
done before it. Goes out: the words of each page, in order; or each page in a browser. No
clock is read: it is always the same day at this desk.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TypeAlias

import uvicorn
from lxml import html
from starlette.testclient import TestClient

from kpireport.workbench.application import application
from kpireport.workbench.desk import Clock, Desk
from kpireport.workbench.guarding import ENTRANCE
from kpireport.workbench.workplace import Workplace
from tools.handbook import people

_NOW = dt.datetime(2024, 6, 3, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=9)))
_CLOCK = Clock(today=_NOW.date, now=lambda: _NOW, moment=lambda: _NOW)
_HOST = "127.0.0.1:8000"

# what is not the same at every desk, and what is shown in its place
SHOWN_FOLDER = "C:\\企画課\\麦野原市"
SHOWN_MOMENT = "2024年6月3日 9:30"
MOMENT = r"20\d\d年\d{1,2}月\d{1,2}日 \d{1,2}:\d\d"


@dataclass(frozen=True, slots=True)
class Pressing:
    """A button of a page that somebody presses.

    Attributes:
        page: its address.
        button: words on it.
        fields: what is typed or chosen before.
        files: what is dropped, by the field: files of the place.
    """

    page: str
    button: str
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


Doing: TypeAlias = Pressing | str
"""What is done before a picture: a button, or what people do outside (``people``)."""


@dataclass(frozen=True, slots=True)
class Window:
    """A page of the workbench in a browser's window, from the part ``id`` on.

    Attributes:
        name: of the picture.
        address: of the page; empty for where the last button led.
        done: what is done before, in order.
        id: of the part that the picture begins with; empty for the top.
        width: of the window, in pixels.
        height: of it.
    """

    name: str
    address: str = ""
    done: tuple[Doing, ...] = ()
    id: str = ""
    width: int = 1000
    height: int = 720


@dataclass(slots=True)
class Walk:
    """A desk at a town's folder, and somebody who works at it.

    Attributes:
        place: where people have their files.
        desk: with the town opened.
        client: the browser of whoever works.
        at: the address that the last button led to.
    """

    place: Path
    desk: Desk
    client: TestClient
    at: str = "/"

    @classmethod
    def into(cls, place: Path, town: str) -> Walk:
        """Open a town of the place."""
        desk = Desk.at(Workplace.at(place / town), _CLOCK, "企画課")
        desk.hosts = frozenset((_HOST,))
        app = application(desk, idle_seconds=3600)
        origin = f"http://{_HOST}"
        client = TestClient(app, base_url=origin, headers={"origin": origin})
        client.get(f"{ENTRANCE}?token={desk.token}")
        return cls(place, desk, client)

    def go(self, windows: Iterable[Window]) -> Iterator[Window]:
        """Do what is done before each picture, and yield it then."""
        for window in windows:
            for each in window.done:
                if isinstance(each, Pressing):
                    self._press(each)
                else:
                    people.do(each, self.place)
            self.at = window.address or self.at
            yield window

    def words(self) -> str:
        """Return what stands on the page, and in what it asks for by itself."""
        page = html.fromstring(self.client.get(self.at).text)
        within = (
            *page.xpath("//*[@hx-trigger='load']/@hx-get"),
            *page.xpath("//iframe/@src"),
        )
        parts = [page, *(html.fromstring(self.client.get(str(each)).text) for each in within)]
        text = "\n".join(" ".join(each.text_content().split()) for each in parts)
        text = text.replace(str(self.desk.workplace.root), SHOWN_FOLDER)
        return re.sub(MOMENT, SHOWN_MOMENT, text)

    def _press(self, pressed: Pressing) -> None:
        """Press a button; whatever it begins is over then.

        Raises:
            ValueError: there is no such button, or what it led to is no page.
        """
        page = html.fromstring(self.client.get(pressed.page).text)
        buttons = (
            (form, button)
            for form in page.forms
            for button in form.xpath(".//button")
            if pressed.button in button.text_content()
        )
        form, button = next(buttons, (None, None))
        if form is None or button is None:
            raise ValueError(f"{pressed.page} has no {pressed.button}")
        sent = dict(form.form_values()) | dict(pressed.fields)
        if button.get("name"):
            sent[button.get("name")] = button.get("value")
        files = [
            (name, (path.name, path.read_bytes()))
            for name, pattern in pressed.files.items()
            for path in sorted(self.place.glob(pattern))
        ]
        to = button.get("formaction") or form.get("action")
        answer = self.client.post(to, data=sent, files=files or None)
        self.desk.jobs.wait()
        answer = self.client.get(str(answer.url.path))
        if answer.status_code != HTTPStatus.OK:
            raise ValueError(f"{pressed.button}: {html.fromstring(answer.text).text_content()}")
        self.at = answer.url.path


def words_of(windows: Sequence[Window], place: Path, town: str) -> dict[str, str]:
    """Return what stands on each page, by the picture's name."""
    walk = Walk.into(place, town)
    with walk.client:
        return {window.name: walk.words() for window in walk.go(windows)}


@contextmanager
def served(walk: Walk) -> Iterator[Callable[[str], str]]:
    """Serve the desk to a browser; yields what makes a whole address of one, token and all."""
    # patient: what is drawn is the page, not that it is being made
    app = application(walk.desk, idle_seconds=3600, patience=600)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
    running = threading.Thread(target=server.run)
    running.start()
    while not server.started:
        running.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    host = f"127.0.0.1:{port}"
    walk.desk.hosts = walk.desk.hosts | {host}
    try:
        yield lambda address: f"http://{host}{address}"
    finally:
        server.should_exit = True
        running.join()
