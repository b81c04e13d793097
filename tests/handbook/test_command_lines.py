"""Every command line that the README and the handbook show could be typed as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from kpireport import __version__
from kpireport.cli.commands import app
from tools.handbook.samples import ROOT

README = ROOT / "README.md"
LIST = ROOT / "docs/handbook/commands.md"
PAGES = [README, *sorted(ROOT.glob("docs/handbook/*.md")), ROOT / "docs/index.md"]

_FENCED = re.compile(r"^ *```(?P<language>\S*)\n(?P<inside>.*?)^ *```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_OURS = re.compile(r"^ *(?:\S*[/\\])?kpireport (?P<command>[a-z-]+)(?P<rest>.*)$", re.MULTILINE)
_OPTION = re.compile(r"(?<!\S)--?[a-z][a-z-]*")


RUN = "console"  # such blocks are run by other tests, and may be wrong on purpose


def _command_lines(page: Path, *languages: str) -> list[re.Match[str]]:
    """The command lines within a page's sentences, and in its blocks of these languages."""
    text = page.read_text(encoding="utf-8")
    fenced = [each["inside"] for each in _FENCED.finditer(text) if each["language"] in languages]
    inline = _INLINE.findall(_FENCED.sub("", text))
    return [each for part in (*fenced, *inline) for each in _OURS.finditer(part)]


@cache
def _options() -> Mapping[str, frozenset[str]]:
    """The options of every command, by its name; a group has those of its commands."""
    group: Any = typer.main.get_command(app)
    return {name: _options_of(command) for name, command in group.commands.items()}


def _options_of(command: Any) -> frozenset[str]:
    own = {option for each in command.params for option in each.opts}
    below = (_options_of(each) for each in getattr(command, "commands", {}).values())
    return frozenset({*own, "--help"}.union(*below))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_and_options_are_the_programs(page: Path) -> None:
    for line in _command_lines(page, "powershell"):
        assert line["command"] in _options(), line[0]
        assert {*_OPTION.findall(line["rest"])} <= _options()[line["command"]], line[0]


def test_all_commands_are_explained_outside_the_list_of_commands() -> None:
    others = [page for page in PAGES if page != LIST]
    shown = {line["command"] for page in others for line in _command_lines(page, "powershell", RUN)}

    assert {*_options()} <= shown


def test_the_list_has_the_help_of_every_command_in_the_helps_own_order() -> None:
    """That it is today's help is what other tests say of all that a page shows."""
    titles = re.findall(r"^## kpireport (.+)$", LIST.read_text(encoding="utf-8"), re.MULTILINE)
    asked = [f"{line['command']}{line['rest']}" for line in _command_lines(LIST, RUN)]

    assert titles == list(_names())
    assert asked[-len(titles) :] == [f"{title} --help" for title in titles]


def _names() -> Iterator[str]:
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        yield name
        yield from (f"{name} {below}" for below in getattr(command, "commands", {}))


# --- the README ------------------------------------------------------------------


def test_the_readme_is_short_and_begins_with_what_the_product_is() -> None:
    title, _, first, *rest = README.read_text(encoding="utf-8").splitlines()

    assert title == "# kpireport"
    assert "Word と PDF" in first
    assert len(rest) <= 120


def test_what_the_readme_makes_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    made = re.findall(r"`make (\w+)`", README.read_text(encoding="utf-8"))

    assert made[:2] == ["report", "test"]
    assert {*made} <= {*targets}


def test_what_the_readme_points_to_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    links = [each for each in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in each]

    assert links
    for path in links:
        assert (ROOT / path).is_file(), path


# --- how it is installed -----------------------------------------------------------

SAYING = [*PAGES, ROOT / "CHANGELOG.md", *sorted((ROOT / "src").rglob("*.py"))]
BY_NAME = re.compile(r"""install\b[^\n`]*[\s"'`]kpireport(?![\w./-])""")


@pytest.mark.parametrize(
    ("line", "is_by_name"),
    [
        ("pipx install kpireport", True),
        ('pip install --upgrade "kpireport[check]"', True),
        ("uv tool install kpireport==0.2.0", True),
        ('pip install "./kpireport-0.2.0-py3-none-any.whl[check]"', False),
        ('pip install -e ".[check]"', False),
    ],
)
def test_an_install_by_the_name_is_known(line: str, is_by_name: bool) -> None:
    assert bool(BY_NAME.search(line)) is is_by_name


def test_nobody_is_told_to_install_by_the_name_alone() -> None:
    # on PyPI it is somebody else's
    assert not [each for each in SAYING if BY_NAME.search(each.read_text(encoding="utf-8"))]


def test_the_wheel_that_is_told_of_is_this_versions() -> None:
    pages = [*PAGES, ROOT / "docs/developer/releasing.md"]
    named = [
        found
        for each in pages
        for found in re.findall(r"kpireport-([\w.]+)-py3-none-any", each.read_text("utf-8"))
    ]
    assert {*named} == {__version__}


# --- the developers' pages ---------------------------------------------------------


def test_the_rooms_that_tell_how_they_work_are_on_the_site() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = contributing.partition("| how … | is told in |")[2].partition("\n\n")[0]
    told = re.findall(r"`([\w/]+)/`", table)
    page = (ROOT / "docs/developer/rooms.md").read_text(encoding="utf-8")

    assert re.findall(r"^## `([\w/]+)/`", page, re.MULTILINE) == told
    for room in told:
        assert f"<!-- computed: room kpireport.{room.replace('/', '.')} -->" in page
