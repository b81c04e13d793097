"""A workbench as a process of its own: what it says, and what its port answers to any bytes."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import urlencode, urlsplit

import httpx2

from tests import warm

TIMEOUT = 60  # seconds
_PAUSE = 0.1


@dataclass(frozen=True)
class Served:
    """A running ``kpireport open``.

    Attributes:
        process: of the server.
        output: what it says; the first line has been read.
        address: that it printed, with the token.
    """

    process: warm.Process | subprocess.Popen[bytes]
    output: IO[str]
    address: str

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return int(self.host.rpartition(":")[2])

    @property
    def host(self) -> str:
        """What requests have to say as their ``Host``."""
        return urlsplit(self.address).netloc

    @property
    def base(self) -> str:
        """The address of the first page, without a slash."""
        return f"http://{self.host}"

    @cached_property
    def client(self) -> httpx2.Client:
        """A browser that has entered; its forms come from our pages."""
        client = httpx2.Client(
            base_url=self.base,
            headers={"origin": self.base},
            follow_redirects=True,
            timeout=TIMEOUT,
            trust_env=False,
        )
        client.get(self.address)
        return client

    @cached_property
    def csrf(self) -> str:
        """The secret that its forms bear."""
        found = re.search('name="csrf" value="([^"]+)"', self.client.get("/").text)
        assert found
        return found[1]

    def post(self, path: str, **fields: str) -> httpx2.Response:
        """Send a form as a page of it does; the answer is not followed."""
        sent = {"csrf": self.csrf, **fields}
        return self.client.post(path, data=sent, follow_redirects=False)

    def request(self, path: str, method: str = "POST", **fields: str) -> bytes:
        """Return a request that is let in, as it goes over the wire."""
        body = urlencode({"csrf": self.csrf, **fields}).encode() if method == "POST" else b""
        return b"\r\n".join((f"{method} {path} HTTP/1.1".encode(), *self.headers(body), b"", body))

    def headers(self, body: bytes = b"") -> Sequence[bytes]:
        """Return the headers of a request that is let in."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        lines = [f"Host: {self.host}", f"Origin: {self.base}", f"Cookie: {cookies}"]
        if body:
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return [each.encode() for each in lines]

    def raw(self, data: bytes, *, wait: float = TIMEOUT) -> bytes:
        """Return what the port answers to some bytes, until it closes or pauses.

        It is not told that nothing follows: a browser would not, either.
        """
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            answer = b""
            with suppress(OSError):  # closed on us, as good a refusal as any; or a pause
                line.sendall(data)
                while part := line.recv(65536):
                    answer += part
                    line.settimeout(_PAUSE)
            return answer

    def close(self) -> None:
        """Let go of its connections, where there are any."""
        if "client" in vars(self):
            self.client.close()

    def ended(self) -> int:
        """Return its exit status once it has ended."""
        return self.process.wait()

    def said(self) -> str:
        """Return what it said after its address, once it has ended."""
        return self.output.read()


@contextmanager
def serving(folder: Path | str, *options: str, first: bool = True) -> Iterator[Served]:
    """A workbench that ends with the test, however that ends.

    Args:
        folder: that it opens.
        options: of the command.
        first: whether no other runs beside it: it starts warm then.
    """
    program = ["-m", "kpireport", "open", str(folder), "--no-browser", *options]
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as output, os.fdopen(writing, "wb") as said:
        if first:
            process = warm.start(*program, stdout=said, stderr=said)
        else:
            process = subprocess.Popen([sys.executable, *program], stdout=said, stderr=said)
        said.close()
        line = output.readline()
        found = re.search(r"http://\S+", line)
        served = Served(process, output, found[0] if found else "")
        try:
            assert found, line + output.read()
            yield served
        finally:
            process.kill()
            process.wait()
            served.close()
