"""A page that takes a while: the browser shows at once that files are being read, then the page.

Comes in: a page that is to be made. Goes out: it; or, where it is not there soon, one that
says so and has the browser ask again at once: it goes on showing that until the page, which
is being made all the while, is there. Only what a person opens in a window is answered so;
parts of pages, frames and programs wait for what they asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.responses import Response

from kpireport.workbench.asking import Asked, address

PATIENCE = 0.12
"""So many seconds a browser is kept waiting without a word."""

_KEPT = 10.0  # seconds that a page is kept for a browser that does not ask again


class Waiting:
    """Pages that are being made while their browser shows that they are."""

    def __init__(self, patience: float) -> None:
        """Have a browser wait for so many seconds without a word."""
        self._patience = patience
        self._begun: dict[str, asyncio.Task[Response]] = {}

    async def answer(self, asked: Asked, make: Callable[[], Awaitable[Response]]) -> Response:
        """Return the page, or the one that says that it is being made."""
        wanted = str(asked.request.url)
        begun = self._begun.pop(wanted, None)
        if begun is not None:
            return await begun
        if not _is_opened(asked):
            return await make()
        making = asyncio.ensure_future(_made(make))
        done, _ = await asyncio.wait({making}, timeout=self._patience)
        if done:
            return making.result()
        self._begun[wanted] = making
        making.add_done_callback(lambda _: self._forget_later(wanted, making))
        # what was done is told by the page itself
        path = address(asked.request.scope["path"].removeprefix("/"))
        query = asked.request.url.query
        here = f"{path}?{query}" if query else path
        return asked.page("waiting.html", take_notes=tuple, here=here)

    def _forget_later(self, address: str, made: asyncio.Task[Response]) -> None:
        def forget() -> None:
            if self._begun.get(address) is made:
                del self._begun[address]

        if not made.cancelled():
            made.exception()  # seen: nobody may ask for it any more
            asyncio.get_running_loop().call_later(_KEPT, forget)


async def _made(make: Callable[[], Awaitable[Response]]) -> Response:
    return await make()


def _is_opened(asked: Asked) -> bool:
    """Whether a browser shows what it gets in a window (Fetch Metadata Request Headers, W3C)."""
    headers = asked.request.headers
    return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == (
        "navigate",
        "document",
    )
