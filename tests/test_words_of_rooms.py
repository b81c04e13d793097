"""What rooms and pages say holds for whoever has only a page, and whoever has only a console.

A room names what is to be done, never the command or the option for it: those are words of
``cli/``, which makes them of the same facts that a page makes its buttons of. What one run
tells is kept (the register, a board's workbook) and shown by the other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kpireport

ROOT = Path(kpireport.__file__).parent
TYPED = re.compile(r"kpireport [a-z]|(?<![\w-])--[a-z]|\bplan (?:import|export|read|proof)\b")

OF_CONSOLES = {"cli/"}
"""Rooms that speak to whoever types."""

SIGNATURES = {
    "writers/html/writer.py": "kpireport build",
    "status/words.py": "kpireport check",
    "plan_proofs/proofs.py": "kpireport plan proof",
}
"""What made a file, in its properties: a file that bears it may be written anew."""

LETTERS = {"archiving/letter.py"}
"""What is kept for decades tells, beside ways without the program, the program's own."""


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield a module's texts with their lines, f-strings as one, but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            inside |= {id(each) for each in node.values}
            parts = (
                str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values
            )
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and id(node) not in inside:
            yield node.lineno, str(node.value)


def _modules() -> Iterator[str]:
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not any(name.startswith(each) for each in OF_CONSOLES) and name not in LETTERS:
            yield name


def test_no_room_names_a_command_or_an_option() -> None:
    named = [
        f"{name}:{line} {text}"
        for name in _modules()
        for line, text in _texts(ROOT / name)
        if TYPED.search(text) and text != SIGNATURES.get(name)
    ]
    assert named == []


def test_no_page_names_a_command_or_an_option() -> None:
    templates = sorted((ROOT / "workbench" / "templates").glob("*.html"))
    assert templates
    named = [each.name for each in templates if TYPED.search(each.read_text(encoding="utf-8"))]
    assert named == []


@pytest.mark.parametrize("name", [*SIGNATURES, *LETTERS])
def test_what_is_left_out_is_there(name: str) -> None:
    assert any(TYPED.search(text) for _, text in _texts(ROOT / name))


@pytest.mark.parametrize(
    "text",
    ["kpireport build で作り直してください。", "--keep p01 を付けて", "plan import の後に"],
)
def test_commands_are_recognised(text: str) -> None:
    assert TYPED.search(text)
