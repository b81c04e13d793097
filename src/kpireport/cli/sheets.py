"""``kpireport sheets``: a workbook for each department to fill in.

Comes in: a report folder, names of departments. Goes out: what was written, on the
standard output; what deserves a second look, on the standard error.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import Quiet, ReportFolder, progress_bar, say, show_warnings
from kpireport.cli.environment import asked_moment
from kpireport.cli.help import HelpOption
from kpireport.errors import OutputError, Problem

if TYPE_CHECKING:
    from kpireport.collection import HandedOut

_HELP = """各課に配る実績の記入用ブックを作ります。

実績版の年度について、所管課ごとに Excel のブックを一つずつ作ります。その課の指標と戦略計画だけが
並び、目標値・現状値・前の年度までの実績の隣に、記入する欄があります。表紙に、設定の [collection] に
書いた回答期限と照会先、書き方が入ります。もう集まっている実績は、記入した形で入ります。
前に作ったものと内容が違うときは、記入されているかもしれないので、上書きせずに知らせます。"""

_EXAMPLES = """例:
  kpireport sheets reports/2021
  kpireport sheets reports/2021 --department 保育課 --department 企画課
  kpireport sheets reports/2021 --output 配布用
  kpireport sheets reports/2021 --renew"""


_Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="フォルダー",
        help="ブックを置くフォルダーです。省くと、設定の [collection] の sheets"
        "（書いていなければ、報告書のフォルダーの sheets）です。",
    ),
]
_Departments = Annotated[
    list[str] | None,
    typer.Option(
        "--department",
        "-d",
        metavar="課",
        help="この課の分だけを作ります。何回でも書けます。省くと、全ての課の分を作ります。",
    ),
]
_Renew = Annotated[
    bool,
    typer.Option(
        "--renew",
        help="内容の違うものがあれば、「（前の版）」と付けた名前で残して、作り直します。",
    ),
]


def add_sheets(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("sheets", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_sheets)


def _sheets(
    folder: ReportFolder,
    *,
    output: _Output = None,
    department: _Departments = None,
    renew: _Renew = False,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Write the departments' workbooks and name them."""
    from kpireport.collection import InTheWayError, hand_out

    warnings: list[Problem] = []
    try:
        with progress_bar(hidden=quiet) as progress:
            books = hand_out(
                folder,
                output=output,
                departments=department or (),
                renew=renew,
                moment=asked_moment(os.environ),
                progress=progress,
                warn=warnings.append,
            )
    except InTheWayError as error:
        how = "作り直すには --renew を、別のフォルダーに作るには --output を付けてください。"
        raise OutputError(f"{error}\n\n{how}") from error
    show_warnings(warnings, "ブックは作りました。")
    if not quiet:
        say("\n".join(_told(books)))


def _told(books: Sequence[HandedOut]) -> Iterator[str]:
    for book in books:
        yield f"{book.outcome}: {book.path}"
        if book.kept is not None:
            yield f"  前のもの: {book.kept}"
    yield f"{len(books)}課の分があります。各課に配ってください。"
    yield "返ってきたブックは inbox のフォルダーに入れ、kpireport collect で取り込みます。"
