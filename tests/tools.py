"""Outside tools that some tests need: LibreOffice, Java, poppler, qpdf, validators.

A test asks for a tool with :func:`require_tool`. Where the tool is absent the
test is skipped, and pytest's summary says so; where ``KPIREPORT_REQUIRE_TOOLS=1``
is set, as in continuous integration, it fails instead, so that nobody takes a
check for passed that was never made.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn
from xml.sax.saxutils import escape

import pytest

FONTS = Path(__file__).resolve().parents[1] / "fonts"
TIMEOUT = 180  # seconds; LibreOffice's first start with a new profile is the slowest


def require_tool(name: str) -> str:
    """Return the path of the command ``name``, or skip (or fail) the running test."""
    path = shutil.which(name)
    if path is None:
        missing(f"the command {name} is not installed")
    return path


def missing(what: str) -> NoReturn:
    """Skip the running test because of ``what``; fail it where all tools are required."""
    if os.environ.get("KPIREPORT_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{what}, and KPIREPORT_REQUIRE_TOOLS=1 asks for it", pytrace=False)
    pytest.skip(what)


def require_calc() -> None:
    """Skip (or fail) the running test where LibreOffice cannot read workbooks.

    Debian packs Writer and Calc apart, and neither needs the other.
    """
    program = Path(require_tool("soffice")).resolve().parent
    if not list(program.glob("libsc*lo.*")) and not list(program.glob("sclo.dll")):
        missing("LibreOffice Calc is not installed")


def run_tool(name: str, *arguments: str | Path, env: dict[str, str] | None = None) -> str:
    """Run a required tool and return what it prints; fail the test where the tool does."""
    command = [require_tool(name), *map(str, arguments)]
    done = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=TIMEOUT,
        env=env,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 0, f"{name}: exit status {done.returncode}\n{printed}"
    return done.stdout


def require_chromium() -> str:
    """Return the path of a Chromium, or skip (or fail) the running test."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or missing("Chromium is not installed")


@cache
def fetched_by_npx(package: str) -> Path:
    """Return the folder of the commands of an npm package that npx fetches, once a process.

    What else npx has fetched with it stands beside that folder, each package in its own.
    """
    command = [require_tool("npx"), "--yes", "--package", package]
    done = subprocess.run(
        [*command, "--call", "node --print process.env.PATH"],
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    first = Path(done.stdout.strip().partition(os.pathsep)[0])
    if done.returncode or first.name != ".bin":
        missing(f"npx did not fetch {package}: {done.stderr.strip()}")
    return first


def with_bundled_fonts_alone() -> dict[str, str]:
    """Return the environment in which a program sees the bundled fonts and no others."""
    return {**os.environ, "FONTCONFIG_FILE": str(_bundled_fonts_only(_libreoffice_folder()))}


def convert_with_libreoffice(document: Path, folder: Path) -> Path:
    """Return the PDF that LibreOffice makes of a ``document``, written into ``folder``."""
    (made,) = convert_all([document], folder)
    return made


def convert_all(documents: Sequence[Path], folder: Path, into: str = "pdf") -> list[Path]:
    """Return what LibreOffice makes of the ``documents``, started once, in ``folder``.

    LibreOffice runs with a profile of the tests' own and sees the bundled fonts alone, so
    the result depends neither on the user's settings nor on the machine's fonts.
    """
    if any(document.suffix == ".xlsx" for document in documents):
        require_calc()
    private = _libreoffice_folder()
    run_tool(
        "soffice",
        f"-env:UserInstallation={(private / 'profile').as_uri()}",
        *("--headless", "--convert-to", into),
        *("--outdir", str(folder)),
        *map(str, documents),
        env=with_bundled_fonts_alone(),
    )
    return [folder / f"{document.stem}.{into}" for document in documents]


@cache
def _libreoffice_folder() -> Path:
    """A profile for this process alone: LibreOffice takes a second to make one."""
    folder = Path(mkdtemp(prefix="kpireport-libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _bundled_fonts_only(folder: Path) -> Path:
    """Write a fontconfig file that knows no fonts but the bundled ones."""
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        "<fontconfig>\n"
        f"  <dir>{escape(str(FONTS))}</dir>\n"
        f"  <cachedir>{escape(str(folder / 'font-cache'))}</cachedir>\n"
        "</fontconfig>\n",
        encoding="utf-8",
    )
    return path
