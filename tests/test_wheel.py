"""The wheel works without the checkout: it carries its fonts, templates and licences."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from kpireport.archiving import archive
from kpireport.conductor import build
from tests.reports import OUTPUTS, files_in, write_report

PROJECT = Path(__file__).resolve().parents[1]


def run(*command: str | Path) -> None:
    """Run a command far from the checkout; fail the test with what it says."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=Path.home(), env=env, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with the build back end of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, PROJECT)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_what_it_needs_and_no_more(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())

    fonts = {f"kpireport/fonts/{path.name}" for path in (PROJECT / "fonts").iterdir()}
    source = PROJECT / "src"
    package = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    about = {name for name in names if ".dist-info/" in name}
    handbook = {name for name in names if name.startswith("kpireport/handbook/site/")}
    assert names == fonts | package | about | handbook
    assert bool(handbook) == (PROJECT / "docs/site/index.html").is_file()
    assert {name.rpartition("/")[2] for name in about} >= {"LICENSE", "OFL.txt", "METADATA"}


def test_the_installed_wheel_makes_the_same_files(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment)
    python = Path(
        sysconfig.get_path("scripts", "venv", {"base": str(environment)}), Path(sys.executable).name
    )
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    # the dependencies are borrowed; this environment's own kpireport is not, as path
    # files in a borrowed folder are not read
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", wheel)

    report = write_report(tmp_path / "installed")
    run(python.with_name("kpireport"), "build", report)
    run(python.with_name("kpireport"), "archive", report)

    expected = write_report(tmp_path / "checkout")
    build(expected)
    archive(expected)
    assert files_in(report).keys() >= {*OUTPUTS, "archive/manifest.json"}
    assert files_in(report) == files_in(expected)
