"""What other programs and sites may send to the port: all is refused or is harmless.

The server of a process of its own, asked by raw sockets: what a client library would never
send is sent here.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kpireport.workbench import guarding
from tests.review_reports import small_rows
from tests.status.reports import write
from tests.workbench.servers import Served, serving

EVIL = b"evil.example"
LARGE = 40 * 1024  # more than the headers may have
Request = Callable[[Served], bytes]


def lines(served: Served, first: bytes, *more: bytes) -> bytes:
    """A request that would be let in, but for its first line and some more headers."""
    return b"\r\n".join((first, *served.headers(), *more, b"", b""))


def bare(first: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join((first, *headers, b"", b""))


def hosted(host: bytes, path: bytes = b"/") -> Request:
    def request(served: Served) -> bytes:
        rest = [each for each in served.headers() if not each.startswith(b"Host")]
        return bare(b"GET " + path + b" HTTP/1.1", b"Host: " + host, *rest)

    return request


def shown(target: bytes, *more: bytes, version: bytes = b"HTTP/1.1") -> Request:
    return lambda served: lines(served, b"GET " + target + b" " + version, *more)


def sent(*more: bytes, body: bytes = b"", target: bytes = b"/stop") -> Request:
    form = b"Content-Type: application/x-www-form-urlencoded"
    return lambda served: lines(served, b"POST " + target + b" HTTP/1.1", form, *more) + body


def without(name: bytes) -> Request:
    """A whole form that ends the server, but for one of its headers."""

    def request(served: Served) -> bytes:
        kept = served.request("/stop").split(b"\r\n")
        return b"\r\n".join(each for each in kept if not each.startswith(name))

    return request


def smuggled(served: Served) -> bytes:
    """A form whose length two headers tell differently: what follows is another request."""
    inner = served.request("/stop")
    headers = [b"Transfer-Encoding: chunked", b"Content-Length: 5"]
    return lines(served, b"POST /stop HTTP/1.1", *headers) + b"0\r\n\r\n" + inner


def of_another(header: bytes, value: bytes) -> Request:
    def request(served: Served) -> bytes:
        kept = served.request("/stop").split(b"\r\n")
        return b"\r\n".join(
            header + b": " + value if each.startswith(header) else each for each in kept
        )

    return request


HOSTILE: dict[str, tuple[Request, set[int]]] = {
    # names that lead here
    "another host": (hosted(EVIL), {421}),
    "another host with our port": (hosted(EVIL + b":80"), {421}),
    "no port": (hosted(b"127.0.0.1"), {421}),
    "another port": (hosted(b"127.0.0.1:1"), {421}),
    "an empty host": (hosted(b""), {400, 421}),
    "a host with a user": (hosted(b"127.0.0.1@evil.example"), {400, 421}),
    "a host with a list": (hosted(b"127.0.0.1, evil.example"), {400, 421}),
    "any address": (hosted(b"0.0.0.0"), {421}),
    "a host of IPv6": (hosted(b"[::1]"), {421}),
    "a host in full width": (hosted("１２７.0.0.1".encode()), {400, 421}),
    "no host": (lambda _: bare(b"GET / HTTP/1.1"), {400}),
    "no host, of old": (lambda _: bare(b"GET / HTTP/1.0"), {421}),
    "two hosts": (lambda s: lines(s, b"GET / HTTP/1.1", b"Host: evil.example"), {400, 421}),
    "forwarded": (
        lambda _: bare(b"GET / HTTP/1.1", b"Host: evil.example", b"X-Forwarded-Host: 127.0.0.1"),
        {421},
    ),
    # targets
    "an absolute target": (shown(b"http://evil.example/"), {400, 404}),
    "an absolute target of ours": (shown(b"http://127.0.0.1/enter"), {400, 404}),
    "an authority": (lambda s: lines(s, b"CONNECT evil.example:443 HTTP/1.1"), {400, 404, 405}),
    "an asterisk": (lambda s: lines(s, b"OPTIONS * HTTP/1.1"), {400, 405}),
    "two slashes": (shown(b"//evil.example/"), {404}),
    "dots": (shown(b"/assets/../../desk.py"), {404}),
    "encoded dots": (shown(b"/assets/%2e%2e/desk.py"), {404}),
    "encoded slashes": (shown(b"/assets/..%2f..%2f..%2f..%2fetc%2fpasswd"), {404}),
    "twice encoded": (shown(b"/assets/%252e%252e%252fdesk.py"), {404}),
    "backslashes": (shown(b"/assets/..\\desk.py"), {404}),
    "a drive": (shown(b"/assets/C:/Windows/win.ini"), {404}),
    "a nought": (shown(b"/assets/style.css%00.txt"), {404}),
    "a nought in a report's name": (shown(b"/reports/2021%00/board"), {404}),
    "no UTF-8": (shown(b"/reports/%ff%fe/board"), {404}),
    "half a letter": (shown(b"/reports/%e3%81/board"), {404}),
    "a surrogate": (shown(b"/reports/%ed%a0%80/board"), {404}),
    "bytes that are no ASCII": (shown("/reports/令和/board".encode()), {400, 404}),
    "half an escape": (shown(b"/reports/%e/board"), {404}),
    "a name without end": (shown(b"/reports/" + b"a" * 20_000 + b"/board"), {404}),
    "a target without end": (shown(b"/" + b"a" * LARGE), {400, 404, 414}),
    "a query without end": (shown(b"/?" + b"a=1&" * 5_000), {200}),
    "an odd query": (shown(b"/reports/2021/board?kind=%ff&kind=%00&goal[]=1"), {200}),
    "a fragment": (shown(b"/#x"), {200, 400, 404}),
    "no method": (lambda s: lines(s, b" / HTTP/1.1"), {400}),
    "an odd method": (lambda s: lines(s, b"DELETE / HTTP/1.1"), {405}),
    "tracing": (lambda s: lines(s, b"TRACE / HTTP/1.1"), {405}),
    "another protocol": (shown(b"/", version=b"HTTP/9.9"), {200, 400, 505}),
    "the protocol of old": (lambda _: b"GET /\r\n\r\n", {400}),
    "the second protocol": (lambda _: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 421}),
    "a handshake of TLS": (lambda _: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400}),
    "a socket": (
        shown(b"/", b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13"),
        {200, 400},
    ),
    # headers
    "headers without end": (shown(b"/", *(b"X: " + b"a" * 900 for _ in range(200))), {400, 431}),
    "a line that is folded": (shown(b"/", b"X-A: 1", b" 2"), {200, 400}),
    "a carriage return": (shown(b"/", b"X-A: 1\rHost: evil.example"), {400}),
    "a nought in a header": (shown(b"/", b"X-A: \x00"), {400}),
    "a header without a name": (shown(b"/", b": 1"), {400}),
    "a line break in the target": (shown(b"/%0d%0aSet-Cookie:%20a=b"), {404}),
    "an odd cookie": (of_another(b"Cookie", b"\xff=\xfe; a; =; kpireport-1=1"), {400, 403}),
    "cookies without end": (of_another(b"Cookie", b"a=b; " * 5_000), {403}),
    "an odd range": (shown(b"/assets/style.css", b"Range: bytes=9-1,-1,x"), {200, 400, 416}),
    "many ranges": (
        shown(b"/assets/style.css", b"Range: bytes=" + b",".join([b"0-"] * 2_000)),
        {200, 206, 400, 416},
    ),
    # forms
    "no cookie": (without(b"Cookie"), {403}),
    "no origin": (without(b"Origin"), {403}),
    "another origin": (of_another(b"Origin", b"http://evil.example"), {403}),
    "an origin of null": (of_another(b"Origin", b"null"), {403}),
    "no secret": (sent(b"Content-Length: 0"), {403}),
    "two lengths": (sent(b"Content-Length: 4", b"Content-Length: 40", body=b"a=b&"), {400}),
    "a length below nought": (sent(b"Content-Length: -1"), {400, 413}),
    "a length of letters": (sent(b"Content-Length: x"), {400}),
    "a length without end": (sent(b"Content-Length: " + b"9" * 30), {400, 413}),
    "an upload too large": (sent(b"Content-Length: 999999999999"), {413}),
    "two tellings of a length": (smuggled, {400}),
    "an odd encoding": (
        sent(b"Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n"),
        {400, 501},
    ),
    "pieces without end": (
        sent(b"Transfer-Encoding: chunked", body=b"fffffffffff\r\n"),
        {400, 403},
    ),
    "a piece of odd size": (sent(b"Transfer-Encoding: chunked", body=b"-1\r\n\r\n"), {400}),
    "an encoded body": (
        sent(b"Content-Encoding: gzip", b"Content-Length: 4", body=b"\x1f\x8b\x08\x00"),
        {403},
    ),
    "a form without a boundary": (
        lambda s: (
            lines(
                s,
                b"POST /stop HTTP/1.1",
                b"Content-Type: multipart/form-data",
                b"Content-Length: 2",
            )
            + b"--"
        ),
        {400},
    ),
    "a form that is cut": (
        lambda s: (
            lines(
                s,
                b"POST /stop HTTP/1.1",
                b"Content-Type: multipart/form-data; boundary=x",
                b"Content-Length: 60",
            )
            + b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nabcdefg'
        ),
        {400, 403},
    ),
    "fields without end": (
        lambda s: (
            lines(
                s,
                b"POST /stop HTTP/1.1",
                b"Content-Type: application/x-www-form-urlencoded",
                b"Content-Length: 40000",
            )
            + b"a=1&" * 10_000
        ),
        {400, 403},
    ),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("町")
    write(folder, rows=small_rows(2021), review="draft = true\n")
    with serving(folder) as running:
        yield running


@pytest.mark.parametrize(("request_", "allowed"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_are_refused_or_harmless(
    served: Served, request_: Request, allowed: set[int]
) -> None:
    data = request_(served)
    answer = served.raw(data, wait=3)
    status = int(answer.split(b" ", 2)[1]) if answer else 400  # closed without a word
    assert status in allowed, answer[:600]
    for word in (b"Traceback", b"evil.example", b"root:", b"class Desk", b"set-cookie"):
        assert word not in answer.lower().replace(b"origin: http://evil", b"")
    assert served.client.get("/").status_code == 200  # it goes on, for those it serves


def test_each_of_several_requests_in_one_go_is_judged_by_itself(served: Served) -> None:
    alien = bare(b"GET / HTTP/1.1", b"Host: evil.example")
    last = lines(served, b"GET /alive HTTP/1.1", b"Connection: close")
    answer = served.raw(lines(served, b"GET / HTTP/1.1") + alien + last)
    assert [each.split(b" ")[0] for each in answer.split(b"HTTP/1.1 ")[1:]] == [b"200", b"421"]


def test_a_body_that_never_comes_keeps_nobody_waiting(served: Served) -> None:
    """Fifty that send a form's beginning, and no more; the page is there all the same."""
    beginning = sent(b"Content-Length: 1000", body=b"csrf=")(served)
    waiting = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(50)]
    try:
        for line in waiting:
            line.sendall(beginning)
        assert served.client.get("/reports/2021/board").status_code == 200
    finally:
        for line in waiting:
            line.close()
    assert served.client.get("/").status_code == 200


def test_connections_that_say_nothing_keep_nobody_waiting(served: Served) -> None:
    silent = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(150)]
    try:
        assert served.client.get("/").status_code == 200
    finally:
        for line in silent:
            line.close()


def test_a_huge_upload_is_refused_on_the_way_and_leaves_nothing(
    served: Served, tmp_path: Path
) -> None:
    head = sent(b"Transfer-Encoding: chunked")(served)
    piece = b"100000\r\n" + b"a" * 2**20 + b"\r\n"
    taken = 0
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as line:
        try:
            line.sendall(head)
            for _ in range(2 * guarding.LARGEST_BODY // 2**20):
                line.sendall(piece)
                taken += 2**20
        except OSError:
            pass
    assert taken <= guarding.LARGEST_BODY + 16 * 2**20
    assert served.client.get("/").status_code == 200
