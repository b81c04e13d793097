"""``kpireport doctor``: what keeps this computer from making reports.

Comes in: a folder, or none; the clock and the console. Goes out: what is wrong, and how to mend
it, as a text that can be sent to whoever helps.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kpireport.cli.common import TO_BE_MENDED, say
from kpireport.cli.environment import language, now
from kpireport.cli.help import HelpOption

_HELP = """このパソコンとフォルダーに、困ったことがないかを点検します。

書体、部品の版、画面の文字、時計、書き込む権利、ディスクの空き、Word の様式、PDF の検査に使う
Java、共有フォルダーかどうか、名前と場所の長さ、開かれたままのファイルを調べ、何が悪く、
どう直すかを知らせます。出た文は、詳しい人にそのまま送れます。報告書の中身、計画や人の名前、
フォルダーの場所は入りません。フォルダーに書けるかどうかは、小さなファイルを作り、すぐ消して
確かめます。ほかには何も書き換えません。"""

_EXAMPLES = """例:
  kpireport doctor
  kpireport doctor reports/2021
  kpireport doctor reports/2021 --output 点検.txt

終わったときの値:
  0  直すところがない（確かめるところがあっても 0）
  1  直すところがある
  2  フォルダーがない"""


def add_doctor(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("doctor", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_doctor)


def _doctor(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="フォルダー",
            help="報告書のフォルダーか、その上のフォルダーです。省くと、パソコンだけを調べます。",
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="ファイル",
            help="結果を、画面のほかに、新しいテキストファイル（.txt）にも書き込みます。",
        ),
    ] = None,
    _help: HelpOption = False,
) -> None:
    """Look at everything and say what was found."""
    from kpireport.checkup import examine
    from kpireport.files import NewFile, check_new, write_files

    if output is not None:
        check_new(output, "点検.txt")
    found = examine(
        folder,
        now=now(),
        encoding=sys.stdout.encoding or "",
        language=language(os.environ),
    )
    say(str(found))
    if output is not None:
        # as Windows' own editor writes it
        text = f"{found}\n".replace("\n", "\r\n").encode("utf-8-sig")
        write_files([NewFile(output, text)])
        say(f"作成しました: {output}", err=True)
    if found.errors:
        raise typer.Exit(TO_BE_MENDED)
