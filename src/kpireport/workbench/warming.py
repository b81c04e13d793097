"""What pages will need, got ready before anybody asks, once the first page is there.

Comes in: a desk. Goes out: the other pages' modules, loaded; the latest year and its plan, read
and on the shelf. It is done step by step, and gives way: none is begun while a page is being
made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from kpireport.workbench import pages
from kpireport.workbench.desk import Desk
from kpireport.workbench.standing import standing_of

_LOOKED_EVERY = 0.05  # seconds


async def warm_up(desk: Desk) -> None:
    """Get everything ready; a step that is begun when this is cancelled is done to its end."""
    steps = got_ready(desk)
    is_more = True
    while is_more:
        while desk.answering or not desk.answered:
            await asyncio.sleep(_LOOKED_EVERY)
        is_more = await run_in_threadpool(next, steps, "") != ""


def got_ready(desk: Desk) -> Iterator[str]:
    """Do one step after the other, and yield what was got ready: pages, then what is read."""
    for function in pages.SHOWN.values():
        pages.loaded(function)
        yield function
    for name, read in _reading(desk):
        with suppress(Exception):  # whoever asks for that page is told what is wrong
            read()
        yield name


def _reading(desk: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is read of the latest year and its plan, as people are likely to ask for it."""
    found = desk.workplace.look()
    standings = (standing_of(name, folder) for name, folder in found.reports.items())
    latest = max(standings, key=lambda each: each.year, default=None)
    if latest is None or not latest.is_review:
        return
    name, folder = latest.name, found.reports[latest.name]
    yield name, partial(desk.shelf.board, folder)
    yield name, partial(desk.shelf.values, folder)
    yield name, partial(_pages, desk, name, folder)
    for plan, file in found.plans.items():
        if file.resolve() == latest.catalogue:
            yield plan, partial(desk.shelf.plan, file)


def _pages(desk: Desk, name: str, folder: Path) -> None:
    """Have the pages of a report made."""
    from kpireport.domain.settings import DocumentKind
    from kpireport.workbench.pages.documents import preview_of

    preview_of(desk, name, DocumentKind.WHOLE, desk.shelf.report(folder))
