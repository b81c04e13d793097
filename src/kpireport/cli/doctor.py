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
from kpireport.cli.next_steps import typed
from kpireport.cli.upgrading import tell_deprecated

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

# beside the text that may be sent: this names folders
_LOOK_CLOSER = "\n報告書の直すところの詳しい場所と直し方は、次のように打つと出ます。"

# for who sees codes in the place of Japanese, and can read nothing else of it
_IN_ASCII = """
This console cannot show Japanese. Set LANG=C.UTF-8 (Windows: type "chcp 932") and try again,
or have it written to a file: kpireport doctor --output result.txt"""


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
    if not _shows(str(found), sys.stdout.encoding):
        say(_IN_ASCII, err=True)
    tell_deprecated(found.reports)
    if found.reports_to_check:
        lines = (f"  kpireport check {typed(each)}" for each in found.reports_to_check)
        say("\n".join((_LOOK_CLOSER, *lines)), err=True)
    if output is not None:
        # as Windows' own editor writes it
        text = f"{found}\n".replace("\n", "\r\n").encode("utf-8-sig")
        write_files([NewFile(output, text)])
        say(f"作成しました: {output}", err=True)
    if found.errors:
        raise typer.Exit(TO_BE_MENDED)


def _shows(text: str, encoding: str | None) -> bool:
    """Whether a console shows a text, or codes in its place."""
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
