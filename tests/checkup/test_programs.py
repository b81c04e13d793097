"""What was installed: the program and its libraries, the fonts, Java."""

from __future__ import annotations

import hashlib
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from kpireport import installed
from kpireport.checkup import programs
from kpireport.checkup.programs import (
    FONTS,
    look_at_fonts,
    look_at_java,
    look_at_libraries,
    look_at_versions,
)
from kpireport.errors import MissingToolError, Severity
from kpireport.writers.fonts import font_directory


def copied(tmp_path: Path) -> Path:
    return shutil.copytree(font_directory(), tmp_path / "fonts")


def test_the_sums_are_those_of_the_fonts_that_the_program_has() -> None:
    there = {each.name: each.read_bytes() for each in font_directory().glob("*.ttf")}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in there.items()} == FONTS
    assert not look_at_fonts().problems


def test_fonts_that_are_gone_or_others_are_told(tmp_path: Path) -> None:
    fonts = copied(tmp_path)
    (fonts / "BIZUDGothic-Bold.ttf").unlink()
    with (fonts / "BIZUDMincho-Regular.ttf").open("ab") as font:
        font.write(b"\0")
    shutil.rmtree(fonts / "BIZUDGothic-Regular.ttf", ignore_errors=True)
    (fonts / "BIZUDGothic-Regular.ttf").unlink()
    (fonts / "BIZUDGothic-Regular.ttf").mkdir()
    found = {each.place: each.what for each in look_at_fonts(fonts).problems}
    assert found == {
        "BIZUDGothic-Bold.ttf": "ありません。",
        "BIZUDGothic-Regular.ttf": "読めません。",
        "BIZUDMincho-Regular.ttf": "配られたものと違います（照合値が合いません）。",
    }


class Installed:
    """What an installer noted."""

    def __init__(self, requires: list[str], classifiers: tuple[str, ...] = ()) -> None:
        self.requires = requires
        self.metadata = self
        self._classifiers = classifiers

    def get_all(self, _name: str) -> tuple[str, ...]:
        return self._classifiers


def noted(monkeypatch: pytest.MonkeyPatch, *requires: str, python: str = "") -> None:
    classifiers = (f"Programming Language :: Python :: {python}",) if python else ()
    monkeypatch.setattr(programs, "noted", lambda: Installed([*requires], classifiers))


def test_libraries_are_held_against_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    noted(
        monkeypatch,
        "lxml>=1",
        "babel>=1000",
        "no-such-library>=1",
        'another-library>=1; extra == "check"',
        'third-library; sys_platform == "none"',
    )
    point = look_at_libraries()
    assert [(each.place, each.severity) for each in point.problems] == [
        ("babel", Severity.ERROR),
        ("no-such-library", Severity.ERROR),
    ]
    assert ">=1000" in point.problems[0].what
    assert f"lxml {metadata.version('lxml')}" in point.found


def test_the_libraries_here_are_those_asked_for() -> None:
    assert not look_at_libraries().problems


def test_a_program_that_nobody_installed_has_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_name: str) -> None:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(installed, "distribution", absent)
    assert not look_at_libraries().problems
    assert not look_at_versions().problems


def test_a_python_that_was_not_tested_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    noted(monkeypatch, python="3.99")
    (problem,) = look_at_versions().problems
    assert problem.severity is Severity.WARNING
    assert "Python 3.99" in problem.remedy


def no_java() -> str:
    raise MissingToolError("Java が見つかりません。\n  → /home/somebody/python -m pip …")


def test_nobody_needs_java_but_for_checking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "find_jar", lambda: "jar")
    monkeypatch.setattr(programs, "find_java", no_java)
    (problem,) = look_at_java().problems
    assert problem.severity is Severity.WARNING
    assert problem.what == "Java が見つかりません。"
    assert "somebody" not in str(problem)


@pytest.mark.parametrize(
    ("number", "works"), [("21.0.8", True), ("11", True), ("1.8.0_392", False), ("", False)]
)
def test_an_old_java_is_told(number: str, works: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "find_jar", lambda: "jar")
    monkeypatch.setattr(programs, "find_java", lambda: "java")
    monkeypatch.setattr(programs, "java_version", lambda _: number)
    assert bool(look_at_java().problems) is not works


def test_a_java_that_does_not_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "find_jar", lambda: "jar")
    monkeypatch.setattr(programs, "find_java", lambda: str(tmp_path / "java"))
    (problem,) = look_at_java().problems
    assert problem.what == "Java が動きません。"


def test_a_java_says_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"17.0.9\" 2023-10-17' >&2\n")
    java.chmod(0o755)
    monkeypatch.setattr(programs, "find_jar", lambda: "jar")
    monkeypatch.setattr(programs, "find_java", lambda: str(java))
    assert look_at_java().found == "Java 17.0.9"
