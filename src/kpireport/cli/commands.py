"""The command line as a whole: all commands, and how errors end them.

Exit statuses are in :mod:`kpireport.cli.common`. Results go to the standard output,
progress and problems to the standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from kpireport import __version__
from kpireport.cli.accepting import add_accept
from kpireport.cli.archiving import add_archive_and_verify
from kpireport.cli.beginnings import add_schema_and_template
from kpireport.cli.building import add_build
from kpireport.cli.checking import add_check
from kpireport.cli.collect import add_collect
from kpireport.cli.common import (
    DONE,
    INTERRUPTED,
    NOT_WRITTEN,
    TO_BE_CORRECTED,
    TOOL_MISSING,
    problems_text,
    say,
    unwritten_text,
)
from kpireport.cli.diff import add_diff
from kpireport.cli.doctor import add_doctor
from kpireport.cli.environment import ready, refuse_odd_clock
from kpireport.cli.handbook import add_handbook
from kpireport.cli.help import HelpOption, complaint
from kpireport.cli.opening import add_open
from kpireport.cli.plans import add_plan
from kpireport.cli.pull import add_pull
from kpireport.cli.sheets import add_sheets
from kpireport.cli.starting import add_init_and_new
from kpireport.cli.upgrading import add_upgrade
from kpireport.cli.validating import add_check_pdf
from kpireport.errors import InputError, MissingToolError, OutputError, Problem
from kpireport.in_use import marked
from kpireport.messages import shortened, unreadable

_TO_BEGIN_WITH = """kpireport のコマンドを打てます。初めは、次のものです。

  kpireport open        ブラウザーの画面で、計画と年度を開きます
  kpireport handbook    手引を開きます
  kpireport doctor      このパソコンに、困ったことがないかを点検します
  kpireport --help      全てのコマンドと、一年の例を示します"""

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; ``None`` takes the process's own."""
    _accept_every_character()
    ready(os.environ)
    try:
        with marked(_asked(sys.argv[1:] if arguments is None else arguments)):
            status = app(args=arguments, prog_name="kpireport", standalone_mode=False)
    except typer.TyperException as error:
        return _report(complaint(error), TO_BE_CORRECTED)
    except InputError as error:
        return _report(problems_text(error.problems, error.warnings), TO_BE_CORRECTED)
    except OutputError as error:
        return _report(unwritten_text(error), NOT_WRITTEN)
    except MissingToolError as error:
        return _report(str(error), TOOL_MISSING)
    except OSError as error:
        if error.filename is None:
            raise
        return _report(problems_text([_of_system(error)]), TO_BE_CORRECTED)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    if status == INTERRUPTED:
        return _report("中止しました。以前のファイルは元のままです。", INTERRUPTED)
    return status or DONE


@app.callback(
    invoke_without_command=True,
    add_help_option=False,
    help="自治体の計画（KPI）から、報告書を Word と PDF で作ります。",
    epilog="""例:
  kpireport init みどり市         自分の自治体のフォルダーを作ります
  kpireport new 2022              次の年度のフォルダーを作ります
  kpireport sheets reports/2022   各課に配る記入用のブックを作ります
  kpireport collect reports/2022  返ってきたブックを取り込みます
  kpireport check reports/2022    入力と、各課の報告の状況を調べます
  kpireport accept reports/2022   確かめたところを確認済みにします
  kpireport build reports/2022    令和４年度の実績版を作ります
  kpireport pull 直した案.docx reports/2022    Word で直した文を入力に書き戻します
  kpireport diff reports/2021 reports/2022    二つの年度の違いを示します
  kpireport archive reports/2022  確定した年度を保存します""",
)
def _kpireport(
    ctx: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="版を表示します。")
    ] = False,
    _help: HelpOption = False,
) -> None:
    if version:
        say(f"kpireport {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        say(_TO_BEGIN_WITH, err=True)
        raise typer.Exit(TO_BE_CORRECTED)
    refuse_odd_clock()


# in the order of the staff's year, which is that of the help
add_open(app)
add_init_and_new(app)
add_plan(app)
add_sheets(app)
add_collect(app)
add_check(app)
add_accept(app)
add_build(app)
add_pull(app)
add_diff(app)
add_check_pdf(app)
add_archive_and_verify(app)
add_schema_and_template(app)
add_handbook(app)
add_upgrade(app)
add_doctor(app)


def _asked(arguments: Sequence[str]) -> str:
    """Return what was typed and where, for those who look for the window."""
    try:
        place = f"（実行した場所: {Path.cwd()}）"
    except OSError:  # the folder has been removed meanwhile
        place = ""
    return " ".join(("kpireport", *arguments)) + place


def _of_system(error: OSError) -> Problem:
    """Return the problem of a name that the system takes for no file at all."""
    what, remedy = unreadable(error)
    return Problem(shortened(str(error.filename)), "", what, remedy)


def _report(message: str, status: int) -> int:
    say(message, err=True)
    return status


def _accept_every_character() -> None:
    r"""Print what the console's encoding lacks as ``\uXXXX`` instead of failing.

    A Windows console or pipe in code page 932 lacks 𠮷 and many others.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
