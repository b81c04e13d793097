"""What is missing is asked for by its own name, with the versions that this program needs."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kpireport import installed

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]


class Notes(Distribution):
    """What an installer would have noted of a program."""

    def read_text(self, filename: str) -> str | None:
        if filename != "METADATA":
            return None
        return """Metadata-Version: 2.4
Name: kpireport
Version: 1
Requires-Dist: always>=1
Requires-Dist: never>=1; sys_platform == "none"
Requires-Dist: asked>=2; extra == "check"
Requires-Dist: elsewhere>=2; (sys_platform == "none") and extra == "check"
Requires-Dist: other>=3; extra == "cluster"
"""

    def locate_file(self, path: object) -> Path:
        raise NotImplementedError


def test_what_is_always_needed_and_what_an_extra_adds_are_told_apart() -> None:
    assert [str(each.name) for each in installed.required(Notes())] == ["always"]
    assert [str(each.name) for each in installed.required(Notes(), "check")] == ["asked"]


@pytest.mark.parametrize("extra", ["check", "cluster"])
def test_parts_are_added_by_their_own_names(extra: str) -> None:
    parts = [Requirement(each) for each in PROJECT["optional-dependencies"][extra]]
    here = [each for each in parts if each.marker is None or each.marker.evaluate()]
    quoted = " ".join(f'"{each.name}{each.specifier}"' for each in here)

    assert here
    assert installed.how_to_add(extra) == f"{sys.executable} -m pip install {quoted}"


def test_an_environment_of_uv_has_no_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "find_spec", lambda name: None)
    monkeypatch.setattr(installed, "noted", Notes)
    monkeypatch.setattr(sys, "executable", "/home/佐藤 花子/bin/python")
    assert installed.how_to_add("check") == (
        'uv pip install -p "/home/佐藤 花子/bin/python" "asked>=2"'
    )


def test_an_environment_of_pipx_is_added_to_by_pipx(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pipx_metadata.json").write_text("{}")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(installed, "noted", Notes)
    assert installed.how_to_add("cluster") == 'pipx inject kpireport "other>=3"'


def test_a_program_that_runs_from_its_folder_is_installed_from_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installed, "noted", lambda: None)
    assert installed.how_to_add("cluster").endswith(' -m pip install -e ".[cluster]"')
