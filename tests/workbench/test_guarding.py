"""Only this computer's browser, from our own pages, with the token, gets anything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.types import Message, Scope

from kpireport.workbench import guarding, pages
from kpireport.workbench.guarding import hosts_at
from tests.workbench.windows import HOST, Window, said


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    opened = Window(tmp_path)
    yield opened
    opened.close()


def test_the_token_is_exchanged_for_a_cookie_that_other_sites_cannot_use(window: Window) -> None:
    window.client.cookies.clear()
    answer = window.client.get(f"/enter?token={window.desk.token}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert window.desk.token not in cookie


@pytest.mark.parametrize("token", ["", "x", "%E5%90%88", "../", "null"])
def test_a_wrong_token_opens_nothing(window: Window, token: str) -> None:
    window.client.cookies.clear()
    answer = window.client.get(f"/enter?token={token}")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:8001",
        "127.0.0.1.evil.example:8000",
        "[::1]:8000",
        "0.0.0.0:8000",
        "127.0.0.1:8000@evil.example",
        "",
    ],
)
def test_another_host_is_refused(window: Window, host: str) -> None:
    assert window.client.get("/", headers={"host": host}).status_code == 421
    answer = window.client.get(f"/enter?token={window.desk.token}", headers={"host": host})
    assert answer.status_code == 421


def test_only_the_usual_port_goes_unsaid() -> None:
    """``--port 80``: browsers leave out what ``http`` has anyway."""
    usual, other = hosts_at(80), hosts_at(8000)
    assert usual == {"127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"}
    assert other == {"127.0.0.1:8000", "localhost:8000"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_at_the_usual_port_a_browser_is_let_in(window: Window, host: str) -> None:
    window.desk.hosts = hosts_at(80)
    headers = {"host": host, "origin": f"http://{host}"}
    entered = window.client.get(
        f"/enter?token={window.desk.token}", headers=headers, follow_redirects=False
    )
    assert entered.headers["set-cookie"].startswith("kpireport-80=")
    headers["cookie"] = entered.headers["set-cookie"].partition(";")[0]
    assert window.client.get("/", headers=headers).status_code == 200
    sent = {"csrf": window.desk.csrf}
    assert window.client.post("/stop", data=sent, headers=headers).status_code == 200
    headers["origin"] = "http://evil.example"
    assert window.client.post("/stop", data=sent, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://127.0.0.1:8000",
        "http://127.0.0.1:8001",
        "http://127.0.0.1",
        "http://127.0.0.1:8000.evil.example",
        "",
    ],
)
def test_a_form_of_another_site_is_refused(window: Window, origin: str) -> None:
    answer = window.client.post(
        "/stop", data={"csrf": window.desk.csrf}, headers={"origin": origin}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "odd"])
def test_what_a_page_of_another_site_asks_for_is_refused(window: Window, site: str) -> None:
    assert window.client.get("/", headers={"sec-fetch-site": site}).status_code == 403


def test_without_the_cookie_nothing_is_shown(window: Window) -> None:
    window.client.cookies.clear()
    for path in ("/", "/assets/style.css", "/reports/reports/2021/board", "/alive"):
        assert window.client.get(path).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(window: Window, method: str) -> None:
    assert window.client.request(method, "/").status_code == 405


@pytest.mark.parametrize("act", pages.ACTED)
def test_no_form_is_taken_without_the_session_s_secret(window: Window, act: str) -> None:
    path = act.replace("{name:path}", "reports/2021").replace("{", "").replace("}", "")
    for secret in ("", "x", window.desk.token):
        answer = window.client.post(path, data={"csrf": secret})
        assert answer.status_code == 403
        assert "読み込み直して" in said(answer)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../desk.py",
        "/assets/%2e%2e/desk.py",
        "/assets/..%2fdesk.py",
        "/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/assets/..\\desk.py",
        "/reports/../../../etc/board",
        "/reports/%2e%2e/%2e%2e/etc/board",
        "/reports/..%2f..%2fetc/board",
        "/reports//etc/board",
        "/reports/%00/board",
        "/reports/C:%5CWindows/board",
        "/jobs/../../etc",
        "/jobs/x",
    ],
)
def test_no_path_leads_out_of_the_folder(window: Window, path: str) -> None:
    assert window.client.get(path).status_code == 404


def test_every_answer_bears_the_policies(window: Window) -> None:
    for path in ("/", "/nothing", "/assets/style.css"):
        headers = window.client.get(path).headers
        assert headers["content-security-policy"] == guarding.POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_a_body_is_bounded_by_what_it_says_and_by_what_it_is(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "LARGEST_BODY", 1000)
    said_large = window.client.post("/stop", content=b"x" * 2000)
    assert said_large.status_code == 413
    form = {"content-type": "application/x-www-form-urlencoded"}
    endless = window.client.post("/stop", content=iter([b"x" * 600] * 3), headers=form)
    assert endless.status_code == 413


@pytest.mark.parametrize("length", ["-1", "x", "1e9", "9" * 40, "１"])
def test_an_odd_length_is_refused(window: Window, length: str) -> None:
    scope = _post_scope(window, [(b"content-length", length.encode("latin-1", "replace"))])
    assert asyncio.run(_status(window, scope, body=[])) == 413


def test_a_body_that_stands_still_is_given_up(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "SLOWEST_BODY", 0.05)
    scope = _post_scope(window, [(b"content-type", b"application/x-www-form-urlencoded")])
    assert asyncio.run(_status(window, scope, body=[b"csrf="])) == 408


def _post_scope(window: Window, headers: list[tuple[bytes, bytes]]) -> Scope:
    cookie = f"{guarding.cookie_name(HOST)}={window.desk.session}"
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/stop",
        "raw_path": b"/stop",
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "headers": [
            (b"host", HOST.encode()),
            (b"origin", f"http://{HOST}".encode()),
            (b"cookie", cookie.encode()),
            *headers,
        ],
    }


async def _status(window: Window, scope: Scope, body: list[bytes]) -> int:
    """Return the status that a request gets whose body begins with ``body`` and then halts."""
    statuses: list[int] = []

    async def receive() -> Message:
        if body:
            return {"type": "http.request", "body": body.pop(0), "more_body": True}
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await window.app(scope, receive, send)
    (status,) = statuses
    return status


def test_our_own_forms_are_let_browsers_say_whose_they_are(window: Window) -> None:
    """With ``no-referrer`` a browser's form has ``Origin: null``, and is refused here."""
    assert window.get("/").headers["referrer-policy"] == "same-origin"
    refused = window.client.post("/stop", data={}, headers={"origin": "null"})
    assert refused.status_code == 403
