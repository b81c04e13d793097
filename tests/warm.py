"""Processes that start warm: copies of one that has loaded the product already.

For tests of what a process of its own does: at a terminal, killed on the way, with an exit
status. Loading the product takes longer than most of these; one process (this module, run)
does it once, and forks at every :func:`start`. Where nothing forks, each starts cold. How a
process starts (what it loads, its locale and hash seed) is for tests that start one cold.
"""

from __future__ import annotations

import io
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn, TypeAlias

ROOT = Path(__file__).resolve().parents[1]
CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
TIMEOUT = 120  # seconds
_LOADED = (
    "cli.commands",
    "conductor",
    "archiving",
    "collection",
    "pulling",
    "writers.pdf",
    "stages",
    "workbench.application",
)

Stream: TypeAlias = int | IO[Any]


class Process:
    """A running process, as ``subprocess.Popen`` would give it."""

    def __init__(self, server: socket.socket, pid: int) -> None:
        self.pid = pid
        self._server = server
        self._status: int | None = None

    def kill(self) -> None:
        """Kill it, however it may go on; one that has ended already is left alone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Return the exit status once it has ended; a signal's number below zero."""
        if self._status is None:
            self._status = int(_line(self._server))
        return self._status


def start(
    *program: str | Path,
    stdin: Stream = subprocess.DEVNULL,
    stdout: Stream = subprocess.DEVNULL,
    stderr: Stream = subprocess.DEVNULL,
) -> Process | subprocess.Popen[bytes]:
    """Start Python with the arguments ``-c PROGRAM …`` or ``-m MODULE …``.

    One at a time: wait for it before the next.
    """
    arguments = list(map(str, program))
    if not CAN_FORK:
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr)
    with Path(os.devnull).open("r+b") as nothing:
        chosen = (
            nothing if each == subprocess.DEVNULL else each for each in (stdin, stdout, stderr)
        )
        streams = [each if isinstance(each, int) else each.fileno() for each in chosen]
        question = {
            "program": arguments,
            "folder": str(Path.cwd()),
            "environment": {**os.environ},
        }
        server, _ = _server()
        socket.send_fds(server, [b"."], streams)
        server.sendall(json.dumps(question).encode() + b"\n")
        return Process(server, int(_line(server)))


def run(*program: str | Path, **streams: Stream) -> int:
    """Run Python as :func:`start` does; return its exit status."""
    return start(*program, **streams).wait()


@cache
def _server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(TIMEOUT)
    with theirs:
        return ours, subprocess.Popen(
            [sys.executable, "-m", "tests.warm", str(theirs.fileno())],
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # threads do not survive a fork
        )


def end() -> None:
    """End the process that has loaded everything, where it was needed."""
    if _server.cache_info().currsize:
        line, server = _server()
        line.close()
        server.wait(TIMEOUT)
        _server.cache_clear()


def _line(line: socket.socket) -> bytes:
    """Return one line of what the other end says."""
    said = b""
    while not said.endswith(b"\n"):
        part = line.recv(1)  # no more: another line may follow
        if not part:
            raise EOFError("the warm process has ended")
        said += part
    return said


# --- the process that has loaded everything ----------------------------------------


def serve(line: socket.socket) -> None:
    """Answer the questions of :func:`start` until there are no more."""
    for name in _LOADED:
        __import__(f"kpireport.{name}")
    from kpireport.workbench import pages

    for function in pages.SHOWN.values():
        pages.loaded(function)
    while True:
        mark, streams, _, _ = socket.recv_fds(line, 1, 3)
        if not mark:
            return
        question = json.loads(_line(line))
        pid = os.fork()
        if not pid:
            line.close()
            _become(question, streams)
        for stream in streams:
            os.close(stream)
        line.sendall(b"%d\n" % pid)
        _, status = os.waitpid(pid, 0)
        line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _become(question: dict[str, Any], streams: Sequence[int]) -> NoReturn:
    """Be the process that was asked for."""
    status: object = 1
    try:
        for stream, standard in zip(streams, range(3), strict=True):
            os.dup2(stream, standard)
            os.close(stream)
        os.chdir(question["folder"])
        os.environ.clear()
        os.environ.update(question["environment"])
        sys.stdin, sys.stdout, sys.stderr = map(_opened, range(3))
        status = _run(*question["program"])
    except SystemExit as end:
        status = end.code or 0
        if isinstance(status, str):
            sys.stderr.write(f"{status}\n")
    except BaseException:  # noqa: BLE001 -- as the interpreter does
        traceback.print_exc()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


def _opened(standard: int) -> io.TextIOWrapper:
    return open(
        standard,
        "r" if standard == 0 else "w",
        buffering=1 if os.isatty(standard) or standard == 2 else -1,
        encoding="utf-8",
        closefd=False,
    )


def _run(how: str, what: str, *arguments: str) -> int:
    sys.argv = [how, *arguments]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
    return 0


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
