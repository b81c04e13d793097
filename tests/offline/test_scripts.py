"""The scripts that people double-click call nothing that they need not, and read the same anywhere.

``cmd.exe`` is on Windows alone: what can be held against rules is held against them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.tools import run_tool
from tools.offline.scripts import SCRIPTS, scripts
from tools.offline.targets import LINUX, WINDOWS

FOR_WINDOWS = {name: content.decode("utf-8") for name, content in scripts(WINDOWS).items()}
# within cmd itself, but for Python: nothing that needs rights, a network or the registry
ALLOWED = {
    *("echo", "rem", "setlocal", "set", "goto", "exit", "chcp", "pause", "pushd", "popd"),
    *("ren", "rmdir", "del", "cmd", "call", "%*", "%PYTHON%", '"%PYTHON%"'),
}
# what may have spaces in it, or what cmd takes for its own
PATHS = re.compile(r"%(KPIREPORT_HOME|LOCALAPPDATA|USERPROFILE|FOLDER|PLACE|~dp0|~1)")

all_of_windows = pytest.mark.parametrize("name", FOR_WINDOWS)


def lines(name: str) -> list[str]:
    return FOR_WINDOWS[name].split("\r\n")


def unquoted(line: str) -> str:
    """What is outside quotation marks; a quoted command stays."""
    return re.sub(r'"[^"]*"', lambda found: found[0] if found[0] == '"%PYTHON%"' else '""', line)


def called(line: str) -> Iterator[str]:
    """The first word of each command of a line."""
    bare = re.sub(r"\d?[<>]\s*\S+", "", unquoted(line))
    bare = re.sub(r"for %%\w in \([^)]*\) do\b", "", bare)
    bare = re.sub(r"\bif (not )?(exist \S+|defined \S+|\S+==\S+)", "", bare)
    for command in re.split(r"&&?|\|\|?|[()]", bare):
        if words := command.split():
            yield words[0].removeprefix("@")


@all_of_windows
def test_the_lines_end_as_on_windows(name: str) -> None:
    text = FOR_WINDOWS[name]
    assert text.startswith("@echo off\r\n")
    assert text.count("\r\n") == text.count("\n") == text.count("\r")
    assert text.endswith("\r\n")


@all_of_windows
def test_only_messages_are_not_ascii_and_the_code_page_is_set_before(name: str) -> None:
    is_set = False
    for line in lines(name):
        is_set = line.startswith("chcp 65001") or (is_set and not line.startswith(":"))
        if line.startswith(":in_use"):
            is_set = True  # reached from below the line that sets it
        if not line.isascii():
            assert line.startswith("echo "), line
            assert is_set, line
            assert not re.search(r"[&|<>^%!()]", unquoted(line)), line


@all_of_windows
def test_nothing_is_called_that_is_not_needed(name: str) -> None:
    commands = {
        word
        for line in lines(name)
        if not line.startswith((":", "echo ", "rem "))
        for word in called(line)
    }
    assert commands <= ALLOWED


@all_of_windows
def test_every_path_is_quoted(name: str) -> None:
    for line in lines(name):
        assert not PATHS.search(re.sub(r'"[^"]*"', "", line)), line


@all_of_windows
def test_every_jump_has_a_place(name: str) -> None:
    jumps = re.findall(r"\b(?:goto |call :)(\w+)", FOR_WINDOWS[name])
    labels = re.findall(r"^:(\w+)\r$", FOR_WINDOWS[name], re.MULTILINE)
    assert set(jumps) == set(labels)
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('powershell -c "x"', ["powershell"]),
        ('if not exist "%X%\\" reg add x', ["reg"]),
        ("for %%P in (a b) do if defined Q start x", ["start"]),
        ('pushd "x" || net use z:', ["pushd", "net"]),
        ('"%WINDIR%\\x.exe" y', ['""']),
    ],
)
def test_the_lint_sees_what_a_line_calls(line: str, words: list[str]) -> None:
    assert list(called(line)) == words
    assert not set(words) <= ALLOWED


def test_only_what_an_install_made_is_removed() -> None:
    for line in lines("取り外す.cmd"):
        if re.search(r"\b(rmdir|del)\b", line):
            paths = re.findall(r'"([^"]*)"', line)
            assert all(path.startswith("%KPIREPORT_HOME%") for path in paths)
        if "rmdir /s" in line:
            assert line.endswith('rmdir /s /q "%KPIREPORT_HOME%\\%%P.removed"')


@all_of_windows
def test_what_is_called_by_name_is_python_alone(name: str) -> None:
    called_by_name = re.findall(r"\bcall (.+)\r", FOR_WINDOWS[name])
    assert set(called_by_name) <= {":try py -%%V", ":try python"}
    # parts of cmd's grammar on which versions of it do not agree
    assert not any(re.search(r"&&|\|\||\($", unquoted(line)) for line in lines(name))


def test_no_launcher_of_python_may_fetch_one() -> None:
    before, _, _ = FOR_WINDOWS["導入.cmd"].partition("py -%%V")
    assert 'set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"' in before
    assert 'set "PYLAUNCHER_ALLOW_INSTALL="' in before


@pytest.mark.parametrize("name", scripts(LINUX))
def test_the_twins_are_shell_scripts(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    content = scripts(LINUX)[name]
    path = tmp_path_factory.mktemp("script") / name
    path.write_bytes(content)
    run_tool("sh", "-n", path)
    assert b"\r" not in content


def test_each_script_has_its_twin() -> None:
    assert [name.removesuffix(".cmd") for name in scripts(WINDOWS)] == list(SCRIPTS)
    assert [name.removesuffix(".sh") for name in scripts(LINUX)] == list(SCRIPTS)
