"""The commands: Japanese words for staff, exit statuses for scripts, no traceback."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import docx
import pytest

from kpireport import __version__
from kpireport.cli import main
from kpireport.errors import OutputError
from kpireport.sources.catalogue_file import catalogue_schema
from tests.reports import OUTPUTS, files_in, write_report
from tests.sources.catalogues import GONE

# what typer, click and rich say of themselves
ENGLISH = re.compile(
    r"usage|options?\b|arguments?\b|commands?\b|error|missing|invalid|required|default|try |"
    r"show this|no such|did you mean|got unexpected|takes? |abort",
    re.IGNORECASE,
)
COMMANDS = (
    *("open", "init", "new", "sheets", "collect", "check", "accept", "build", "pull", "diff"),
    *("check-pdf", "archive", "verify", "schema", "template", "handbook", "upgrade"),
    *("doctor", "plan"),
)


def run(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kpireport", *arguments],
        capture_output=True,
        env={**os.environ, **env},
        check=False,
    )


def fail(error: BaseException) -> Callable[..., NoReturn]:
    """Return a stand-in that raises ``error``."""

    def failing(*_arguments: object, **_options: object) -> NoReturn:
        raise error

    return failing


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=str)
def test_help_is_japanese_with_examples(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--help"]) == 0
    printed = capsys.readouterr().out

    assert printed.startswith(f"使い方: {' '.join(['kpireport', *command])} ")
    assert "オプション:" in printed
    assert re.search(r"例:\n  kpireport \w+", printed)
    assert not ENGLISH.search(printed)


def test_help_names_every_command_and_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    printed = capsys.readouterr().out

    for name in COMMANDS:
        assert re.search(rf"^  {name}\n      .+。$", printed, re.MULTILINE)


def test_a_bare_command_says_in_a_few_lines_what_to_type_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    printed, said = capsys.readouterr()

    assert printed == ""
    assert len(said.splitlines()) < 10
    typed = re.findall(r"^  kpireport (\S+) ", said, re.MULTILINE)
    assert typed[-1] == "--help"
    assert {*typed[:-1]} <= {*COMMANDS}


@pytest.mark.parametrize(
    ("is_started", "status", "words"),
    [(True, 0, "ブラウザーを開いています。"), (False, 3, "ブラウザーを開けませんでした。\n  → ")],
    ids=["started", "none"],
)
def test_whether_a_browser_was_started_is_said(
    is_started: bool,
    status: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = tmp_path / "index.html"
    monkeypatch.setattr("kpireport.handbook.handbook_page", lambda: page)
    monkeypatch.setattr(webbrowser, "open", lambda _address: is_started)

    assert main(["handbook"]) == status
    printed = capsys.readouterr().out
    assert printed.startswith(f"手引: {page}\n{words}")
    assert "ブラウザーの住所の欄に貼り付けてください" in printed


def test_shows_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"kpireport {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["bild", "x"],
            f"そのようなコマンドはありません。使えるのは {'、'.join(COMMANDS)} です。",
        ),
        (["build"], "「フォルダー」が指定されていません"),
        (["verify"], "「保存したもの」が指定されていません。"),
        (["build", "x", "y"], '空白を含む名前は "…" で囲み'),
        (["build", "--quite", "x"], "「--quite」というオプションはありません。"),
        (["--quiet"], "「--quiet」というオプションはありません。"),
        (["schema", "--output"], "オプション「--output」の後に、値を書いてください。"),
        (["template"], "「ファイル」が指定されていません。"),
        (["upgrade"], "「フォルダー」が指定されていません。"),
        (["build", "x", "--jobs", "-1"], "「--jobs 数」の値が使えません。0 以上の整数を、"),
        (["build", "x", "--jobs", "abc"], "「--jobs 数」の値が使えません。0 以上の整数を、"),
        (["open", "--port", "65536"], "「--port 番号」の値が使えません。0 以上、65535 以下の整数"),
        (["template", "様式.dotx"], "Word のファイル（.docx）の名前ではありません"),
        (["check-pdf"], "「ファイル…」が指定されていません。"),
        (["build", "--quiet=yes", "x"], "オプション「--quiet」に、値は付けられません。"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_explained(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()

    assert printed.out == ""
    assert words in printed.err
    assert not ENGLISH.search(re.sub(r"--\w+", "", printed.err))


def test_build_names_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_report(tmp_path)

    assert main(["build", str(report)]) == 0
    expected = "".join(f"作成しました: {report / name}\n" for name in OUTPUTS)
    assert capsys.readouterr() == (expected, "")
    assert files_in(report).keys() >= set(OUTPUTS)


def test_build_can_be_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--quiet", str(write_report(tmp_path))]) == 0
    assert capsys.readouterr() == ("", "")


def test_build_shows_its_progress_on_a_terminal(tmp_path: Path) -> None:
    report = write_report(tmp_path / "[bold]見出し[/bold]")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as stderr:
        started = subprocess.Popen(
            [sys.executable, "-m", "kpireport", "build", report],
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={**os.environ, "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
        )
    shown = _read_to_the_end(ours)
    printed, _ = started.communicate()

    assert "を作っています" in shown
    assert re.search(r"\d+%", shown)
    assert started.returncode == 0
    assert str(report / OUTPUTS[0]) in printed.decode()


def _read_to_the_end(terminal: int) -> str:
    """Read a terminal until the program on its other end has gone: it holds 4 KB at a time."""
    shown = b""
    with suppress(OSError):  # Linux says that there is no terminal any more
        while part := os.read(terminal, 65536):
            shown += part
    os.close(terminal)
    return shown.decode()


def test_check_counts_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path)
    before = files_in(report)

    assert main(["check", str(report)]) == 0
    printed = capsys.readouterr()
    assert printed.out == ("誤りはありません（基本目標2、計画2、数値目標1、ＫＰＩ3）。\n")
    # a goal and a plan of this report are empty
    assert printed.err.startswith("確かめていただきたいところが4か所あります。\n\n")
    assert files_in(report) == before


def test_check_finds_nothing_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_report(tmp_path, ("goals[0].plans[1]", GONE), ("goals[1]", GONE))

    assert main(["check", str(report)]) == 0
    assert capsys.readouterr() == (
        "問題はありません（基本目標1、計画1、数値目標1、ＫＰＩ3）。\n",
        "",
    )


@pytest.mark.parametrize("command", ["build", "check"])
def test_all_problems_are_reported_at_once(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(
        tmp_path, ("goals[0].title", 1), ("municipality", "[red]"), ("issued", "x")
    )
    assert main([command, str(report)]) == 2
    printed = capsys.readouterr()

    assert printed.out == ""
    assert printed.err.startswith("入力に直すところが2か所あります。\n\n")
    assert f"{report / 'catalogue.json'}: goals[0].title（記号 g1）\n" in printed.err
    assert printed.err.count("  → ") == 2


def test_a_folder_that_is_not_there_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(tmp_path / "[none]")]) == 2
    assert "[none]" in capsys.readouterr().err


def test_what_may_not_be_opened_is_told_as_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: str(path) != str(tmp_path))
    assert main(["doctor", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(
        "「フォルダー」に指定したものを、開く権限がありません。名前を確かめるか、"
    )


def test_a_file_that_cannot_be_written_is_an_output_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path)
    (report / OUTPUTS[1]).mkdir(parents=True)

    assert main(["build", str(report)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("書き込めませんでした。以前のファイルは元のままです。\n")
    assert str(report / OUTPUTS[1]) in printed.err


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (KeyboardInterrupt(), 130, "中止しました"),
        (OutputError("理由"), 1, "理由"),
    ],
    ids=["interrupt", "output"],
)
def test_a_stop_is_tidy(
    error: BaseException,
    status: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("kpireport.conductor.build", fail(error))
    assert main(["build", "x"]) == status
    assert words in capsys.readouterr().err


def test_a_console_that_lacks_characters_shows_their_codes(tmp_path: Path) -> None:
    report = write_report(tmp_path, ("goals[0].title", "𠮷野"))
    done = run("check", report, PYTHONIOENCODING="cp932", PYTHONUTF8="0")

    assert done.returncode == 2
    printed = done.stderr.decode("cp932")
    assert printed.startswith("入力に直すところが")
    assert r"\U00020bb7" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("command", ["build", "archive"])
@pytest.mark.parametrize("written", ["昨日", "-1", "1.5", "１２３", "1" * 5000, "253402214401"])
def test_a_moment_that_is_none_is_explained(
    command: str,
    written: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = write_report(tmp_path)
    before = files_in(report)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
    assert main([command, str(report)]) == 2
    printed = capsys.readouterr().err
    assert "環境変数 SOURCE_DATE_EPOCH\n  「" in printed
    assert "1970年からの秒数として読めません。" in printed
    assert files_in(report) == before


def test_a_clock_of_the_year_9999_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_report(tmp_path)
    monkeypatch.setattr("kpireport.cli.environment.time.time", lambda: 253_370_764_800.0)
    for command in ("build", "check", "archive", "verify"):
        assert main([command, str(folder)]) == 2
        assert "時計が、ありえない先の年" in capsys.readouterr().err
    assert files_in(folder).keys() == {"catalogue.json", "report.toml"}


def test_schema_is_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "schema.json"

    assert main(["schema"]) == 0
    assert capsys.readouterr().out == catalogue_schema()
    assert main(["schema", "--output", str(target)]) == 0
    assert capsys.readouterr().out == f"作成しました: {target}\n"
    assert target.read_text(encoding="utf-8") == catalogue_schema()


def test_the_template_is_written_once_and_builds_the_same_word_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path / "report")
    template = tmp_path / "様式.docx"

    assert main(["template", str(template)]) == 0
    assert capsys.readouterr().out == f"作成しました: {template}\n"
    content = template.read_bytes()
    template.write_bytes(content + b"edited")
    assert main(["template", str(template)]) == 1
    printed = capsys.readouterr().err
    assert "同じ名前のものが、もうあります。上書きはしません。" in printed
    assert "--output" not in printed
    assert template.read_bytes() == content + b"edited"

    template.write_bytes(content)
    assert main(["build", str(report), "--template", str(template), "--quiet"]) == 0
    assert set(files_in(report)) >= set(OUTPUTS)


def test_an_offices_own_template_is_used_and_what_it_lacks_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    report = write_report(tmp_path / "report")
    template = tmp_path / "役所.docx"
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "みどり市 企画課"
    document.save(str(template))
    assert main(["build", str(report), "--template", str(template), "--quiet"]) == 0
    told = capsys.readouterr().err
    assert "ないため、標準のものを使いました" in told
    assert "直すところ" not in told


def test_a_template_that_cannot_be_used_is_told_with_the_other_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path, ("cover.title", GONE))

    assert main(["build", str(report), "--template", str(tmp_path / "ない.docx")]) == 2
    printed = capsys.readouterr().err
    assert "入力に直すところが2か所あります。" in printed
    assert "ない.docx\n  ファイルがありません。" in printed
    assert not (report / "out").exists()


def test_the_module_runs_as_the_command_does() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"kpireport {__version__}\n")
    assert run("check", "no-such-folder").returncode == 2
