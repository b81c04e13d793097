"""The scripts that people double-click call nothing that they need not, and read the same anywhere.

``cmd.exe`` is on Windows alone: what can be held against rules is held against them here. The
rules are for names such as ``C:\\Users\\山田 (企画)\\R&D 100%`` and ``\\\\server\\share``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from kpireport.in_use import FOLDER
from tests.tools import run_tool
from tools.offline.carried import install
from tools.offline.scripts import SCRIPTS, scripts
from tools.offline.targets import LINUX, WINDOWS

FOR_WINDOWS = {name: content.decode("utf-8") for name, content in scripts(WINDOWS).items()}
# within cmd itself, but for Python: nothing that needs rights, a network or the registry; Python
# by its name through call alone, as it may be a script, from which cmd would not come back
ALLOWED = {
    *("echo", "rem", "setlocal", "set", "goto", "exit", "chcp", "pause", "pushd", "popd"),
    *("ren", "rmdir", "del", "cmd", "call", '"%PYTHON%"'),
}
BEGINNING = "setlocal EnableExtensions DisableDelayedExpansion"
# a variable, an argument, or that of a loop
NAMED = re.compile(r"%%[A-Za-z]|%~?[\w*]+(?::[^%]*)?%?")
# what cannot have spaces in it, nor what cmd takes for its own: the others are people's
OWN = {"%STATUS%", "%PYTHON%", "%*", "%1", "%%V", "%%P", "%%F", "%%D"}

all_of_windows = pytest.mark.parametrize("name", FOR_WINDOWS)


def lines(name: str) -> list[str]:
    return FOR_WINDOWS[name].split("\r\n")


def is_command(line: str) -> bool:
    return not line.startswith((":", "rem "))


def without_removing(line: str) -> str:
    """The line without what takes quotation marks out of a name: it has one of its own."""
    return re.sub(r'%(\w+):"=%', r"%\1%", line)


def unquoted(line: str) -> str:
    """What is outside quotation marks; a quoted command stays."""
    bare = without_removing(line)
    return re.sub(r'"[^"]*"', lambda found: found[0] if found[0] == '"%PYTHON%"' else '""', bare)


def called(line: str) -> Iterator[str]:
    """The first word of each command of a line."""
    bare = re.sub(r"\d?[<>]\s*\S+", "", unquoted(line))
    bare = re.sub(r"for (/d )?%%\w in \([^)]*\) do\b", "", bare)
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
    # set before anything jumps, it is set for all; else each label sets it
    before, _, _ = FOR_WINDOWS[name].partition("chcp 65001")
    is_set_for_all = not re.search(r"\b(goto|call) ", before)
    is_set = False
    for line in lines(name):
        is_set = line.startswith("chcp 65001") or (
            is_set and (is_set_for_all or not line.startswith(":"))
        )
        if not line.isascii():
            assert line.startswith("echo "), line
            assert is_set, line
            assert not re.search(r"[&|<>^%!()]", unquoted(line)), line
        if "set /p" in line:
            assert not is_set, line  # a note is in the console's own code page


@all_of_windows
def test_what_an_administrator_may_have_set_for_cmd_changes_nothing(name: str) -> None:
    """Delayed expansion takes ``!`` out of names; without extensions, half of this is unknown."""
    own = [line for line in lines(name) if not line.startswith("rem ")]
    assert own[:2] == ["@echo off", BEGINNING]
    assert not any("setlocal" in line or "!" in line for line in own[2:])


@all_of_windows
def test_nothing_is_called_that_is_not_needed(name: str) -> None:
    commands = {
        word
        for line in filter(is_command, lines(name))
        if not line.startswith("echo ")
        for word in called(line)
    }
    assert commands <= ALLOWED


@all_of_windows
def test_every_name_is_quoted(name: str) -> None:
    """Outside of quotation marks, ``&`` ends a command, and ``(``, ``)``, ``^`` mean something."""
    for line in filter(is_command, lines(name)):
        if line != "set FOLDER=%*":  # with the quotation marks that it has, or none
            assert set(NAMED.findall(re.sub(r'"[^"]*"', "", without_removing(line)))) <= OWN, line


@all_of_windows
def test_names_are_set_within_quotation_marks(name: str) -> None:
    """Else a space at the end of the line would be part of what is set."""
    for line in filter(is_command, lines(name)):
        for after in re.findall(r"\bset (?!/p )(.*)", line):
            assert after == "FOLDER=%*" or re.fullmatch(r'"\w+=.*"', after), line


@all_of_windows
def test_what_is_cut_out_of_a_name_leaves_a_line_where_there_is_no_name(name: str) -> None:
    """There ``%NAME:x=y%`` leaves ``x=y%``, which may be no command, even behind ``if defined``."""
    for line in lines(name):
        for variable in re.findall(r"%(\w+):", line):
            assert variable == "PATH" or line == (
                f'if defined {variable} set "{variable}=%{variable}:"=%"'
            )


@all_of_windows
def test_no_program_is_given_a_name_that_may_end_with_a_backslash(name: str) -> None:
    """``"D:\\"`` is ``D:"`` for a program."""
    for line in lines(name):
        if line.startswith('"%PYTHON%"'):
            assert set(NAMED.findall(line)) <= {"%PYTHON%", "%FOLDER%"}
            assert line.count("%FOLDER%") == line.count('"%FOLDER%\\."')


@all_of_windows
def test_how_a_program_ended_is_looked_at_on_the_next_line(name: str) -> None:
    for line, after in pairwise(lines(name)):
        if re.match(r'("%PYTHON%"|call [^:]|pushd )', line):
            assert (
                "%ERRORLEVEL%" in after
                or after == "if not exist setup\\install.py goto unreachable"
            )


@all_of_windows
def test_a_drive_letter_that_a_share_got_is_given_back(name: str) -> None:
    """However the script ends, but for a ``pushd`` that failed."""
    before, pushed, after = FOR_WINDOWS[name].partition("pushd ")
    first, _, _ = after.partition("\r\n:")
    assert not pushed or "popd\r\n" in first
    for place in re.findall(r"^(?!.*ERRORLEVEL).*goto (\w+)\r$", first, re.MULTILINE):
        assert after.partition(f"\r\n:{place}\r\n")[2].startswith("popd\r\n"), place
    for line in before.split("\r\n"):
        assert not re.match(r"(cd|chdir)\b", line)


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
    removing = {
        name: re.findall(r"\b(?:rmdir|del) .*", "\n".join(lines(name))) for name in FOR_WINDOWS
    }
    assert {name for name, found in removing.items() if found} == {"取り外す.cmd"}
    assert set(removing["取り外す.cmd"]) == {
        'del /f /q /a "%AWAY%\\*" 2>nul',
        'rmdir /s /q "%%D" 2>nul',  # what is in that folder
        'rmdir /s /q "%AWAY%" 2>nul',
        'del "%KPIREPORT_HOME%\\%%F"',  # what bears its name
        'del "%KPIREPORT_NOTE%"',
        'rmdir "%KPIREPORT_HOME%" 2>nul',  # nothing but what is empty
        'rmdir "%LOCALAPPDATA%\\kpireport" 2>nul',
    }


def test_a_folder_is_renamed_or_removed_for_its_mark_alone() -> None:
    own = lines("取り外す.cmd")
    named = f'"%KPIREPORT_HOME%\\%%P{{}}\\{FOLDER}\\"'
    renaming = [line for line in own if re.search(r"\bren ", line)]
    assert len(renaming) == 2  # away, and back where something is open
    assert f"do if exist {named.format('')} ren " in renaming[0]
    assert f"do if exist {named.format('.removed')} if not exist " in renaming[1]

    removing = own[own.index(":remove") :]
    away = 'set "AWAY=%KPIREPORT_HOME%\\%1.removed"'
    guard = f'if not exist "%AWAY%\\{FOLDER}\\" exit /b 0'
    assert removing[2:4] == [away, guard]
    # the mark goes with the last: only where the line before has found nothing else
    last = removing.index('rmdir /s /q "%AWAY%" 2>nul')
    assert removing[last - 1] == (
        f'for /d %%D in ("%AWAY%\\*") do if not "%%~nxD"=="{FOLDER}" exit /b 0'
    )


def test_the_scripts_know_files_and_marks_as_an_install_makes_them() -> None:
    assert install.MARK == FOLDER
    for name, text in FOR_WINDOWS.items():
        assert "current.txt" not in text.replace(install.CURRENT, ""), name
    assert f"for %%F in ({' '.join(install.FILES)}) do" in FOR_WINDOWS["取り外す.cmd"]
    assert f"for file in {' '.join(install.FILES)}; do" in scripts(LINUX)["取り外す.sh"].decode()


@all_of_windows
def test_what_is_called_by_name_is_python_alone(name: str) -> None:
    """``call`` reads its line twice: a name with ``100%`` or ``^`` would be another then."""
    called_by_name = re.findall(r"\bcall (.+)\r", FOR_WINDOWS[name])
    of_python = {"%* -I setup\\suitable.py >nul 2>nul", "%PYTHON% -I setup\\install.py"}
    assert set(called_by_name) <= {
        *(":try py -%%V", ":try python", ":ask %%P", ":remove %%P"),
        *of_python,
    }
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
