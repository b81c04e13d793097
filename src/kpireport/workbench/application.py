"""All addresses of the workbench, and what its pages say of errors.

Comes in: a desk. Goes out: an ASGI application, guarded.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kpireport.errors import InputError, KpiReportError, Problem
from kpireport.workbench import pages
from kpireport.workbench.asking import (
    LARGEST_FIELD,
    MOST_FIELDS,
    MOST_FILES,
    Asked,
    OutdatedFormError,
    Posted,
    UnknownAddressError,
    Upload,
)
from kpireport.workbench.desk import Desk
from kpireport.workbench.guarding import TOO_LARGE, Guard
from kpireport.workbench.idling import stop_when_left
from kpireport.workbench.waiting import PATIENCE, Waiting
from kpireport.workbench.warming import warm_up

Endpoint = Callable[[Request], Awaitable[Response]]
_ASSETS = Path(__file__).parent / "assets"
_WORDS = {
    404: ("見つかりません", "その名前の画面はありません。"),
    405: ("できません", "この操作はできません。"),
    408: ("届きませんでした", "送信が途中で止まりました。もう一度送ってください。"),
    413: ("大きすぎます", TOO_LARGE),
}
_UNREADABLE = ("読めません", "送られたものを読めませんでした。もう一度送ってください。")


def application(desk: Desk, *, idle_seconds: float, patience: float = PATIENCE) -> ASGIApp:
    """Return the workbench of a desk.

    Args:
        desk: what its pages share.
        idle_seconds: after so many in which nobody has asked for anything the server is stopped.
        patience: so many seconds a browser waits without being told why.
    """
    waiting = Waiting(patience)
    pages.loaded(pages.SHOWN["/"])  # asked for first of all

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        beside = [
            asyncio.create_task(stop_when_left(desk, idle_seconds)),
            asyncio.create_task(warm_up(desk)),
        ]
        yield
        for each in beside:
            each.cancel()
            with suppress(asyncio.CancelledError):
                await each

    routes: list[Route | Mount] = [
        Route(path, _showing(desk, function, waiting), methods=["GET"])
        for path, function in pages.SHOWN.items()
    ]
    routes += [
        Route(path, _giving(desk, function), methods=["GET"])
        for path, function in pages.GIVEN.items()
    ]
    routes += [
        Route(path, _posting(desk, function), methods=["POST"])
        for path, function in pages.ACTED.items()
    ]
    routes.append(Mount("/assets", StaticFiles(directory=_ASSETS)))
    app = Starlette(
        routes=routes,
        lifespan=running,
        exception_handlers={HTTPException: _answer_of(desk), Exception: _answer_of(desk)},
    )
    return Guard(app, desk)


def _showing(desk: Desk, function: str, waiting: Waiting) -> Endpoint:
    give = _giving(desk, function)

    async def endpoint(request: Request) -> Response:
        return await waiting.answer(Asked(desk, request), lambda: give(request))

    return endpoint


def _giving(desk: Desk, function: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        asked = Asked(desk, request)
        return await run_in_threadpool(_answered, asked, lambda: pages.loaded(function)(asked))

    return endpoint


def _posting(desk: Desk, function: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        fields: dict[str, tuple[str, ...]] = {}
        files: dict[str, tuple[Upload, ...]] = {}
        form = request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD
        )
        async with form as sent:
            for name, value in sent.multi_items():
                if isinstance(value, UploadFile):
                    if value.filename:  # else nothing was chosen
                        upload = Upload(value.filename, await value.read())
                        files[name] = (*files.get(name, ()), upload)
                else:
                    fields[name] = (*fields.get(name, ()), value)

        def answer() -> Response:
            posted = Posted(desk, request, fields, files)
            return pages.loaded(function)(posted)

        return await run_in_threadpool(_answered, Asked(desk, request), answer)

    return endpoint


def _answered(asked: Asked, answer: Callable[[], Response]) -> Response:
    """Return an answer; where there is none, the page that says why."""
    try:
        return answer()
    except UnknownAddressError:
        return _told(asked, 404, "見つかりません", "このフォルダーに、その名前のものはありません。")
    except OutdatedFormError:
        return _told(
            asked,
            403,
            "もう一度お願いします",
            "この画面は、前に開いたときのものです。読み込み直して、もう一度操作してください。",
        )
    except InputError as error:
        problems = (*error.problems, *error.warnings)
        return _told(asked, 422, "直すところがあります", "", problems)
    except KpiReportError as error:
        return _told(asked, 409, "できませんでした", str(error))


def _told(
    asked: Asked, status: int, title: str, what: str, problems: tuple[Problem, ...] = ()
) -> Response:
    """Return the page, or for a part of a page the part, that tells of a failure."""
    template = "failed_part.html" if asked.is_part else "failed.html"
    response = asked.page(template, status=status, title=title, what=what, problems=problems)
    if asked.is_part:
        response.headers["HX-Retarget"] = "#told"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _answer_of(desk: Desk) -> Callable[[Request, Any], Awaitable[Response]]:
    """Return what answers addresses that do not exist, and faults of our own."""

    async def answer(request: Request, error: Exception) -> Response:
        asked = Asked(desk, request)
        if isinstance(error, HTTPException) and error.status_code < 500:
            told = _told(asked, error.status_code, *_WORDS.get(error.status_code, _UNREADABLE))
            if request.method == "POST":
                told.headers["connection"] = "close"  # the rest of its body is not waited for
            return told
        return _told(
            asked,
            500,
            "プログラムの誤りです",
            f"プログラムの誤りで止まりました（{type(error).__name__}）。ファイルは元のままです。",
        )

    return answer
