"""What ``import kpireport`` offers is said once, documented, and told in the API reference."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from contextlib import chdir
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

import kpireport
from kpireport import collection
from kpireport.cli.commands import app
from kpireport.writers import charts
from tools.handbook.samples import ROOT, copy_samples

API = (ROOT / "docs/developer/api.md").read_text(encoding="utf-8")
PUBLIC = {name: getattr(kpireport, name) for name in kpireport.__all__}
FUNCTIONS = [name for name, each in PUBLIC.items() if inspect.isfunction(each)]
COMMANDS = {
    "open": "serve",
    "init": "start_folder",
    "new": "start_year",
    "plan export": "export_plan",
    "plan import": "import_plan",
    "plan read": "read_plan_document",
    "plan proof": "prove_plan",
    "sheets": "hand_out",
    "collect": "collect",
    "check": "board",
    "accept": "accept",
    "build": "build",
    "pull": "pull",
    "diff": "compare",
    "check-pdf": "check_pdfs",
    "archive": "archive",
    "verify": "verify",
    "schema": "catalogue_schema",
    "template": "BASE_FILE",
    "handbook": "handbook_page",
    "upgrade": "upgrade",
    "doctor": "examine",
}
CANNOT_FAIL = {"catalogue_schema", "compose_plan", "compose_review"}  # of what was checked


def test_every_name_is_found_where_it_is_said_to_be() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kpireport.nothing
    for name, each in PUBLIC.items():
        if hasattr(each, "__name__"):
            assert each.__name__ == name


def test_names_of_before_work_on_and_warn() -> None:
    for old, (new, since) in kpireport._FORMER.items():
        assert old not in PUBLIC
        with pytest.warns(DeprecationWarning, match=f"{old} is called {new} since {since}"):
            assert getattr(kpireport, old) is PUBLIC[new]


def test_every_command_is_a_function() -> None:
    groups = {"": app, **{f"{each.name} ": each.typer_instance for each in app.registered_groups}}
    commands = {
        f"{before}{each.name}"
        for before, group in groups.items()
        if group is not None
        for each in group.registered_commands
    }

    assert commands == COMMANDS.keys()
    assert set(COMMANDS.values()) <= PUBLIC.keys()


@pytest.mark.parametrize("package", [kpireport, collection, charts])
def test_type_checkers_are_told_the_same_names(package: Any) -> None:
    told = {
        (alias.asname, alias.name): told_in.module
        for node in ast.walk(ast.parse(inspect.getsource(package)))
        if isinstance(node, ast.If)
        for told_in in node.body
        if isinstance(told_in, ast.ImportFrom)
        for alias in told_in.names
    }

    assert told == {(name, name): home for name, home in package._HOMES.items()}
    assert all(hasattr(package, name) for name in package.__all__)


def test_the_api_reference_has_every_public_name_once() -> None:
    named = re.findall(r"^\.\. (?:auto\w+|data):: (\w+)", API, re.MULTILINE)

    assert sorted(named) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_documented(name: str) -> None:
    each = PUBLIC[name]
    if inspect.isroutine(each) or inspect.isclass(each):
        assert inspect.getdoc(each)
    if inspect.isclass(each):
        for method, value in vars(each).items():
            assert method.startswith("_") or not callable(value) or inspect.getdoc(value), method


@pytest.mark.parametrize("name", [*FUNCTIONS, "Review.of"])
def test_every_argument_and_error_is_told(name: str) -> None:
    function = attrgetter(name)(kpireport)
    sections = _sections(function)

    assert [*inspect.signature(function).parameters] == _entries(sections.get("Args", ""))
    if name not in {*CANNOT_FAIL, "Review.of"}:
        assert _entries(sections["Raises"])
    for error in _entries(sections.get("Raises", "")):
        assert error in PUBLIC or error == "ValueError"


def _sections(function: Callable[..., Any]) -> dict[str, str]:
    """The parts of a docstring that have a title, by it."""
    parts = re.split(r"^(\w+):\n", inspect.getdoc(function) or "", flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _entries(section: str) -> list[str]:
    return re.findall(r"^ {4}(\w+):", section, re.MULTILINE)


def test_the_longest_example_runs(tmp_path: Path) -> None:
    *_, example = re.findall(r"```python\n(.*?)```", API, re.DOTALL)
    copy_samples(place := tmp_path / "samples")
    with chdir(place):
        exec(example, {})

    assert (place / "review.docx").read_bytes().startswith(b"PK")
    assert (place / "review.pdf").read_bytes().startswith(b"%PDF")
