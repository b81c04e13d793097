"""The server: on this computer alone, until it is told to stop or everybody has left.

Comes in: a folder, a person, a clock. Goes out: the address; then pages.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread

import uvicorn

from kpireport.errors import OutputError
from kpireport.findings import refuse
from kpireport.workbench.application import application
from kpireport.workbench.desk import Clock, Desk
from kpireport.workbench.guarding import ENTRANCE, LOOPBACK, hosts_at
from kpireport.workbench.workplace import Workplace

IDLE_SECONDS = 30 * 60.0
"""So long no page need be heard of: browsers put pages in the background to sleep."""


def serve(
    folder: Path | str,
    clock: Clock,
    person: str,
    *,
    tell: Callable[[str], None],
    port: int = 0,
    idle_seconds: float = IDLE_SECONDS,
) -> None:
    """Serve the workbench of a folder, and return when it has ended.

    Args:
        folder: with plans and report folders; it may be empty or absent.
        clock: tells the time.
        person: the name that others at the same folder are told.
        tell: is given the address, with its token, as soon as pages are answered; on a thread
            of its own, for a browser may not return before it is closed.
        port: 0 for one that is free.
        idle_seconds: after so many without a page the server ends.

    Raises:
        InputError: the folder is a file.
        OutputError: the port is taken.
    """
    if Path(folder).is_file():
        refuse(
            str(folder),
            "フォルダーではなくファイルです。",
            "計画と年度のあるフォルダーの名前を書いて、もう一度実行してください。",
        )
    desk = Desk.at(Workplace.at(folder), clock, person)
    with _listening(port) as listener:
        number = listener.getsockname()[1]
        desk.hosts = hosts_at(number)
        address = f"http://{LOOPBACK}:{number}{ENTRANCE}?token={desk.token}"
        server = _Server(_config(desk, idle_seconds), partial(tell, address))
        desk.stop = server.stop
        desk.presence.show()
        try:
            server.run(sockets=[listener])
        finally:
            desk.jobs.stop()
            desk.presence.leave()


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and tell."""
        await super().startup(sockets)
        if self.started:
            Thread(target=self._tell, daemon=True).start()

    def stop(self) -> None:
        """End once what is being answered is answered."""
        self.should_exit = True


def _config(desk: Desk, idle_seconds: float) -> uvicorn.Config:
    return uvicorn.Config(
        application(desk, idle_seconds=idle_seconds),
        log_config=None,
        log_level="critical",  # the page tells of faults; people see no tracebacks
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=32 * 1024,
    )


def _listening(port: int) -> socket.socket:
    """Return what takes connections already: a browser may be quicker than the first page."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would share the port with another program
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise OutputError(
            f"ポート {port} は、ほかのプログラムが使っています。\n"
            "  → ポートの番号を指定しないか、別の番号にしてください。"
        ) from error
    return listener
