"""Names and files from anywhere: they steer no console, and none is waited for."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

import kpireport
from kpireport.cli import main
from kpireport.messages import in_plain_lines, printable
from kpireport.sources.settings import written_settings
from tests.reports import write_report

LONG = "あ" * 5000
NAME_BEYOND_BYTES = "あ" * 100  # 300 bytes; there are systems that take it

pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")


@pytest.mark.parametrize("char", ["\x1b", "\x9b", "\u202e", "\u2028", "\u2066", "\u200b", "\x07"])
def test_what_steers_a_console_comes_out_as_its_code(
    char: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_plain_lines(f"名{char}前\n次") == f"名\\u{ord(char):04X}前\n次"
    assert printable(f"名{char}前\n次") == f"名\\u{ord(char):04X}前\\n次"
    for command in ("build", "check", "collect", "sheets", "verify", "check-pdf", "template"):
        assert main([command, str(tmp_path / f"名{char}前")]) in (0, 1, 2)
    output = capsys.readouterr()
    assert char not in output.out + output.err
    assert f"\\u{ord(char):04X}" in output.out + output.err


def test_all_that_the_commands_say_goes_through_one_place() -> None:
    cli = Path(kpireport.__file__).parent / "cli"
    speaking = {
        path.name
        for path in cli.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("typer.echo", "print", "sys.stdout.write")
    }
    assert speaking == {"common.py"}


@pytest.mark.parametrize("name", [LONG, NAME_BEYOND_BYTES])
@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "{}"],
        ["check", "{}"],
        ["build", "{report}", "--template", "{}"],
        ["check", "{report}", "--html", "{}.html"],
        ["diff", "{}", "{report}"],
        ["verify", "{}"],
        ["check-pdf", "{}"],
        ["pull", "{}.docx", "{report}"],
        ["template", "{}.docx"],
        ["init", "{}"],
        ["new", "2022", "--catalogue", "{}"],
    ],
    ids=lambda each: each[0],
)
def test_a_name_beyond_what_a_system_takes_is_told(
    arguments: list[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path)
    where = tmp_path / name
    given = [each.replace("{}", str(where)).replace("{report}", str(report)) for each in arguments]
    assert main(given) in (0, 1, 2)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ("output.folder", f'name = "名"\nfolder = "{LONG}"'),
        ("docx.template", f'name = "名"\n[docx]\ntemplate = "../{LONG}/a.docx"'),
    ],
)
def test_a_long_name_in_the_settings_is_told_at_its_place(
    setting: str, given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = write_report(tmp_path) / "report.toml"
    written = settings.read_text(encoding="utf-8").partition("[output]")[0]
    settings.write_text(f"{written}[output]\n{given}\n", encoding="utf-8")
    assert main(["build", str(settings.parent)]) == 2
    error = capsys.readouterr().err
    assert setting in error
    assert "名前が長すぎます" in error
    assert len(error) < 1000


@pipes
def test_pipes_in_the_places_of_files_are_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path / "reports" / "2021")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    neighbour = tmp_path / "reports" / "2020"
    neighbour.mkdir()
    os.mkfifo(neighbour / "report.toml")
    assert written_settings(neighbour) == {}
    for arguments in (
        ["build", str(report), "--template", str(pipe)],
        ["check-pdf", str(pipe)],
        ["pull", str(pipe), str(report)],
    ):
        assert main(arguments) == 2
        assert "ふつうのファイルではありません" in capsys.readouterr().err
    assert main(["verify", str(pipe)]) == main(["diff", str(pipe), str(report)]) == 2
