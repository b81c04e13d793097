"""Validating PDFs in tests, by the product's own validator; skipped where that is absent."""

from __future__ import annotations

import atexit
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from kpireport.errors import MissingToolError
from kpireport.validation import PdfReport, check_pdfs
from tests.tools import missing

_SERVER = Path(__file__).with_suffix(".js")
_END = b".\n"
_servers: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}


def validate_pdf(paths: Sequence[Path]) -> tuple[PdfReport, ...]:
    """Return the reports on PDF/A and PDF/UA-1 of every file, in that order."""
    try:
        return check_pdfs(paths)
    except MissingToolError as error:
        missing(str(error))


def assert_compliant(paths: Sequence[Path]) -> tuple[PdfReport, ...]:
    """Fail the test with all broken rules where a file breaks any; return the reports."""
    reports = validate_pdf(paths)
    assert all(report.conforms for report in reports), "\n".join(map(str, reports))
    return reports


def broken_rules(report: PdfReport) -> set[str]:
    """Return the rules that a file breaks, of both standards: ``{"7.3-1"}``."""
    return {failure.rule for verdict in report.verdicts for failure in verdict.failures}


# --- one Java for all ------------------------------------------------------------


def run(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Stand in for ``subprocess.run`` where the product starts veraPDF: ask a running one.

    What asks nothing, or does not answer as it is no veraPDF, is run as the product would.
    """
    if "input" in options:
        with suppress(OSError):
            answer = _ask(_server(tuple(command), options["env"]), options["input"])
            if answer is not None:
                return subprocess.CompletedProcess(command, 0, answer, b"")
    return subprocess.run(command, **options)  # noqa: PLW1510 -- the product says


def _server(command: tuple[str, ...], env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Return the process that runs the command's last word, a script, again and again."""
    if command not in _servers or _servers[command].poll() is not None:
        _servers[command] = subprocess.Popen(
            [*command[:-1], str(_SERVER), command[-1]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_place(),
            env=env,
        )
    return _servers[command]


@cache
def _place() -> str:
    """Return the folder where they put aside what they take apart, until the tests end."""
    folder = mkdtemp(prefix="kpireport-verapdf-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _ask(server: subprocess.Popen[bytes], question: bytes) -> bytes | None:
    assert server.stdin
    assert server.stdout
    server.stdin.write(question + b"\n")
    server.stdin.flush()
    said: list[bytes] = []
    for line in server.stdout:
        if line == _END:
            return b"".join(said)
        said.append(line)
    server.wait()
    return None


def end() -> None:
    """End all that were started."""
    for server in _servers.values():
        with suppress(OSError):
            server.communicate()
    _servers.clear()
