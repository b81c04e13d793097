"""A window on a workbench without a browser: its pages as a person's browser would ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient

from kpireport.workbench.application import application
from kpireport.workbench.desk import Clock, Desk
from kpireport.workbench.guarding import ENTRANCE
from kpireport.workbench.waiting import PATIENCE
from kpireport.workbench.workplace import Workplace

HOST = "127.0.0.1:8000"
TODAY = dt.date(2022, 6, 1)
NOW = dt.datetime(2022, 6, 1, 9, 30, tzinfo=dt.UTC)
CLOCK = Clock(today=lambda: TODAY, now=lambda: NOW, moment=lambda: NOW)

Files = Sequence[tuple[str, tuple[str, bytes]]]


class Window:
    """A browser's window, entered with the token; it follows to where forms lead."""

    def __init__(
        self,
        folder: Path,
        *,
        person: str = "企画課",
        clock: Clock = CLOCK,
        patience: float = PATIENCE,
    ) -> None:
        self.desk = Desk.at(Workplace.at(folder), clock, person)
        self.desk.hosts = frozenset((HOST,))
        self.app = application(self.desk, idle_seconds=3600, patience=patience)
        self.client = TestClient(
            self.app, base_url=f"http://{HOST}", headers={"origin": f"http://{HOST}"}
        )
        self.client.get(f"{ENTRANCE}?token={self.desk.token}")

    def get(self, path: str) -> Response:
        """Ask for a page."""
        return self.client.get(path)

    def page(self, path: str) -> html.HtmlElement:
        """Ask for a page that there is."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return html.fromstring(answer.text)

    def post(
        self, path: str, fields: Mapping[str, str | list[str]] | None = None, files: Files = ()
    ) -> Response:
        """Send a form as one of our pages has it, after any jobs that it starts are over."""
        sent = {"csrf": self.desk.csrf, **(fields or {})}
        answer = self.client.post(path, data=sent, files=list(files) or None)
        self.desk.jobs.wait()
        return answer

    def close(self) -> None:
        """Close it, and end what it left."""
        self.client.close()
        self.desk.jobs.stop()


def said(page: html.HtmlElement | Response) -> str:
    """Return the words of a page, single spaces between them."""
    tree = html.fromstring(page.text) if isinstance(page, Response) else page
    return " ".join(tree.text_content().split())
