"""``kpireport doctor``: what keeps this computer from making reports.

Comes in: a folder, or none; the clock and the console. Goes out: what is wrong, and how to mend
it, as a text that can be sent to whoever helps; before it, where that is, which cannot.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import TO_BE_MENDED, findings_apart, say
from kpireport.cli.environment import language, now
from kpireport.cli.help import HelpOption
from kpireport.cli.next_steps import typed
from kpireport.cli.upgrading import deprecated_texts

if TYPE_CHECKING:
    from kpireport.checkup import Checkup

_HELP = """このパソコンとフォルダーに、困ったことがないかを点検します。

書体、部品の版、画面の文字、時計、書き込む権利、ディスクの空き、Word の様式、PDF の検査に使う
Java、共有フォルダーかどうか、名前と場所の長さ、開かれたままのファイルを調べ、何が悪く、
どう直すかを知らせます。二本の線の間の文は、詳しい人に送れます。報告書の中身、計画や人の名前、
フォルダーの場所は入りません。名前や場所を示すときは、線より前に出します。フォルダーに
書けるかどうかは、小さなファイルを作り、すぐ消して確かめます。ほかには何も書き換えません。"""

_EXAMPLES = """例:
  kpireport doctor
  kpireport doctor reports/2021
  kpireport doctor reports/2021 --output 点検.txt

終わったときの値:
  0  直すところがない（確かめるところがあっても 0）
  1  直すところがある
  2  フォルダーがない、または書き込めなかった"""

# before the text that may be sent, and not in it: this names folders and files
_FOR_YOU = "■ あなただけに（名前や場所が入っています。送らないでください）"
_LOOK_CLOSER = "報告書の直すところの詳しい場所と直し方は、次のように打つと出ます。"
_MOST_SHOWN = 20

_SENT_FROM = "――――― 詳しい人に送れる文：ここから ―――――"
_SENT_TO = "――――― 詳しい人に送れる文：ここまで ―――――"

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
            help="送れる文を、画面のほかに、新しいテキストファイル（.txt）にも書き込みます。",
        ),
    ] = None,
    _help: HelpOption = False,
) -> None:
    """Look at everything and say what was found."""
    from kpireport.checkup import examine
    from kpireport.files import check_new

    if output is not None:
        with findings_apart():
            check_new(output, "点検.txt")
    found = examine(
        folder,
        now=now(),
        encoding=sys.stdout.encoding or "",
        language=language(os.environ),
    )
    if told := "\n\n".join((*_places(found), *deprecated_texts(found.reports))):
        say(f"{_FOR_YOU}\n\n{told}\n", err=True)
    say("\n\n".join((_SENT_FROM, str(found), _SENT_TO)))
    if not _shows(str(found), sys.stdout.encoding):
        say(_IN_ASCII, err=True)
    if output is not None:
        with findings_apart():
            _write(output, found)
    if found.errors:
        raise typer.Exit(TO_BE_MENDED)


def _places(found: Checkup) -> Iterator[str]:
    """Yield where that is which the text to be sent hides."""
    for spot in found.spots:
        lines = [f"  {each}" for each in spot.paths[:_MOST_SHOWN]]
        if more := len(spot.paths) - len(lines):
            lines.append(f"  ほか{more}個")
        yield "\n".join((spot.what, *lines))
    if found.reports_to_check:
        lines = [f"  kpireport check {typed(each)}" for each in found.reports_to_check]
        yield "\n".join((_LOOK_CLOSER, *lines))


def _write(output: Path, found: Checkup) -> None:
    from kpireport.files import NewFile, write_files

    # as Windows' own editor writes it
    text = f"{found}\n".replace("\n", "\r\n").encode("utf-8-sig")
    write_files([NewFile(output, text)])
    say("送れる文を、指定されたファイルにも書き込みました。", err=True)  # whose name may tell


def _shows(text: str, encoding: str | None) -> bool:
    """Whether a console shows a text, or codes in its place."""
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
