"""When the server ends by itself: the last page has been closed for a while."""

from __future__ import annotations

import asyncio
import time

from kpireport.workbench.desk import Desk

_LOOKED_EVERY = 5.0  # seconds


async def stop_when_left(desk: Desk, idle_seconds: float) -> None:
    """Stop the server once no page has been heard of for so long, and no job is running.

    Open pages tell of themselves every half minute (``/alive``), those in the background
    less often.
    """
    while True:
        await asyncio.sleep(min(_LOOKED_EVERY, idle_seconds))
        if desk.jobs.unfinished:
            desk.seen = time.monotonic()
        elif time.monotonic() - desk.seen > idle_seconds:
            desk.stop()
            return
