"""The page of commands: every command's own help, as staff see it on the console.

Comes in: the command line's commands. Goes out: a section for each, made when the site
is built, so that no command and no option is missing.
"""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import typer
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from kpireport.cli.commands import app as commands
from kpireport.cli.commands import main


def command_names() -> tuple[str, ...]:
    """Return the names of all commands in the order of the program's own help."""
    group = typer.main.get_command(commands)
    names: dict[str, object] = getattr(group, "commands", {})
    return tuple(names)


def help_of(*command: str) -> str:
    """Return what ``kpireport <command> --help`` prints."""
    with redirect_stdout(io.StringIO()) as printed:
        main([*command, "--help"])
    return printed.getvalue().rstrip("\n")


class CommandList(SphinxDirective):
    """``{command-list}``: a section with the help of each command."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [_section(name) for name in command_names()]


def _section(name: str) -> nodes.section:
    title = f"kpireport {name}"
    section = nodes.section("", nodes.title(text=title), ids=[f"command-{name}"], names=[title])
    section += nodes.literal_block(text=help_of(name), language="text")
    return section


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive with Sphinx."""
    app.add_directive("command-list", CommandList)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
