"""Who is let in: this computer's browser, from our own pages, with the token.

Comes in: every request. Goes out: those that are ours; a refusal for all others, before any
of it is read further. What is held against: other computers and names that lead here (DNS
rebinding: the ``Host``), pages of other sites (``Origin``, ``Sec-Fetch-Site``, a ``SameSite``
cookie), other programs of the same computer (the token), bodies without end or without
progress. Sources: OWASP's Cross-Site Request Forgery Prevention and REST Security cheat
sheets; Content Security Policy Level 3; RFC 6265bis for ``SameSite``.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kpireport.workbench.desk import Desk

LARGEST_BODY = 256 * 2**20  # forty workbooks with room to spare; the readers bound each
SLOWEST_BODY = 60.0  # seconds: from this computer, nothing takes long
_METHODS = ("GET", "HEAD", "POST")
_USUAL_PORT = 80
LOOPBACK = "127.0.0.1"
ENTRANCE = "/enter"
TOO_LARGE = "ファイルが大きすぎます。分けて入れてください。"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""Of pages that stand within other pages of ours."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # with "no-referrer" browsers send our own forms with "Origin: null" (Fetch, 3.2)
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cache-control": "no-store",
}


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        """Guard an application."""
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no sockets here
            return
        secured = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, secured)
            return
        self._desk.seen = time.monotonic()
        body = _Body(receive, time.monotonic() + SLOWEST_BODY)
        self._desk.answering += 1
        try:
            await self._app(scope, body.receive, secured)
        finally:
            self._desk.answering -= 1
            self._desk.answered += 1

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is not let in; ``None`` for one that is."""
        headers, desk = Headers(scope=scope), self._desk
        host = headers.get("host", "")
        if host not in desk.hosts or len(headers.getlist("host")) != 1:
            return _refused(421, "この住所では開けません。表示された住所を使ってください。")
        if "transfer-encoding" in headers and "content-length" in headers:
            return _refused(400, "長さが二通りに書かれた送信は受け付けません。")  # RFC 9112, 6.1
        if scope["method"] not in _METHODS:
            return _refused(405, "この操作はできません。")
        if scope["path"] == ENTRANCE:
            return self._entered(scope, host)
        if not _is_same(_cookie(headers, cookie_name(host)), desk.session):
            return _refused(
                403,
                "開くには、起動したときに表示された住所（token の付いたもの）を使ってください。",
            )
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _refused(403, "ほかのサイトからの操作は受け付けません。")
        if scope["method"] == "POST" and not _is_from_here(headers, host):
            return _refused(403, "ほかのサイトからの操作は受け付けません。")
        if not _is_bounded(headers.get("content-length", "0")):
            return _refused(413, TOO_LARGE)
        return None

    def _entered(self, scope: Scope, host: str) -> Response:
        """Exchange the token for the cookie, and the address for one without it."""
        query = QueryParams(scope["query_string"])
        if scope["method"] != "GET" or not _is_same(query.get("token", ""), self._desk.token):
            return _refused(403, "合い言葉（token）が違います。表示された住所を使ってください。")
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            cookie_name(host), self._desk.session, httponly=True, samesite="strict", path="/"
        )
        return response


def hosts_at(port: int) -> frozenset[str]:
    """Return what requests to a port of this computer may say as their ``Host``.

    Browsers leave out the port that ``http`` has anyway (RFC 9110, 4.2.3).
    """
    names = (LOOPBACK, "localhost")
    unsaid = names if port == _USUAL_PORT else ()
    return frozenset((*(f"{name}:{port}" for name in names), *unsaid))


def cookie_name(host: str) -> str:
    """Return the cookie's name: ports share cookies, and there may be two workbenches."""
    return f"kpireport-{host.partition(':')[2] or _USUAL_PORT}"


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _is_same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode(), secret.encode())


def _is_from_here(headers: Headers, host: str) -> bool:
    """Whether a form was sent by one of our own pages; browsers say so of every ``POST``."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    return origin == f"http://{host}"


def _is_bounded(length: str) -> bool:
    return length.isascii() and length.isdigit() and int(length[:20]) <= LARGEST_BODY


class _Body:
    """A request's body, bounded in size and time."""

    def __init__(self, receive: Receive, until: float) -> None:
        self._receive, self._until, self._size, self._is_over = receive, until, 0, False

    async def receive(self) -> Message:
        """Return the next piece; too much, or nothing for too long, is refused."""
        if self._is_over:  # what comes now is only that the browser went away
            return await self._receive()
        left = self._until - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), timeout=max(left, 0.001))
        except TimeoutError as error:
            raise HTTPException(408) from error
        self._size += len(message.get("body", b""))
        if self._size > LARGEST_BODY:
            raise HTTPException(413)
        self._is_over = not message.get("more_body", False)
        return message


def _with_headers(send: Send) -> Send:
    """Have every answer bear the headers, where it has none of its own."""

    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return secured


def _refused(status: int, what: str) -> Response:
    return HTMLResponse(
        '<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>開けません</title>'
        f"<main><h1>開けません</h1><p>{what}</p></main></html>",
        status_code=status,
        headers={"connection": "close"},
    )
