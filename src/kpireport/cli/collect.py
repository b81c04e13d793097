"""``kpireport collect``: what the departments sent back, taken into ``actuals.xlsx``.

Comes in: a report folder and an inbox. Goes out: what became of each file, on the standard
output; the report's workbook and the register. At a terminal it asks which of several
versions counts.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import TO_BE_CORRECTED, Quiet, ReportFolder, progress_bar, say
from kpireport.cli.help import HelpOption
from kpireport.findings import refuse

if TYPE_CHECKING:
    from kpireport.collection.outcomes import Choice

_HELP = """返ってきたブックを、実績のブックに取り込みます。

受付のフォルダーにある Excel のブックを全部読み（中のフォルダーも）、正しい回答を
actuals.xlsx に書き込み、直すところを、ファイル・シート・セルで全部知らせます。何度でも
実行できます。同じものをもう一度取り込んでも、何も変わりません。
受付のフォルダーのファイルには触れません。取り込んだものの控えと受付簿を、設定の [collection] の
received（書いていなければ、報告書のフォルダーの received）に残します。
actuals.xlsx に手で書いた値と回答が違うときは、上書きせずに両方を知らせます。
一つの課のブックが二つ以上あって内容が違うときは、どれを使うかを尋ねます。
--undo を付けると、最後の取り込みを元に戻します。"""

_EXAMPLES = """例:
  kpireport collect reports/2021
  kpireport collect reports/2021 受付 --dry-run
  kpireport collect reports/2021 --use "保育課（修正）.xlsx"
  kpireport collect reports/2021 --replace p01-02:実績 --keep p03:課題
  kpireport collect reports/2021 --undo

終わったときの値:
  0  全部取り込んだ、または新しいものがない
  1  書き込めなかった
  2  直すところか、決めていただくことがある（正しい回答は取り込みました）"""


_InboxFolder = Annotated[
    Path | None,
    typer.Argument(
        metavar="受付のフォルダー",
        help="返ってきたブックのあるフォルダーです。省くと、設定の [collection] の inbox"
        "（書いていなければ、報告書のフォルダーの inbox）です。",
    ),
]
_Use = Annotated[
    list[str] | None,
    typer.Option(
        "--use",
        metavar="ファイル",
        help="一つの課のブックが二つ以上あるとき、使うほうです。何回でも書けます。",
    ),
]
_Replace = Annotated[
    list[str] | None,
    typer.Option(
        "--replace",
        metavar="記号:見出し",
        help="このセルは、手で書いたものを、回答に差し替えます。記号だけを書くと、その行の、"
        "回答と食い違うセルを全部差し替えます。何回でも書けます。",
    ),
]
_Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep",
        metavar="記号:見出し",
        help="このセルは、回答が違っていても、手で書いたものを残します。記号だけを書くと、"
        "その行の、回答と食い違うセルを全部残します。何回でも書けます。",
    ),
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="調べて知らせるだけで、何も書き込みません。")
]
_Undo = Annotated[
    bool,
    typer.Option(
        "--undo",
        help="最後の取り込みが書き込んだファイルを、取り込む前に戻します。その後に手で直した"
        "ファイルがあれば、何も変えずに知らせます。戻せるのは1回だけです。",
    ),
]


def add_collect(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("collect", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_collect)


def _collect(
    folder: ReportFolder,
    inbox: _InboxFolder = None,
    *,
    use: _Use = None,
    replace: _Replace = None,
    keep: _Keep = None,
    dry_run: _DryRun = False,
    undo: _Undo = False,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Take in what came back and tell what became of it."""
    if undo:
        _undo(folder, is_alone=not (inbox or use or replace or keep or dry_run))
        return
    from kpireport.cli.collected import collected_text
    from kpireport.collection import collect

    can_ask = sys.stdin.isatty() and sys.stdout.isatty()
    with progress_bar(hidden=quiet or can_ask) as progress:
        collected = collect(
            folder,
            inbox,
            use=use or (),
            replace=replace or (),
            keep=keep or (),
            choose=_ask if can_ask else None,
            dry_run=dry_run,
            progress=progress,
        )
    say(collected_text(collected))
    if not collected.is_complete:
        raise typer.Exit(TO_BE_CORRECTED)


def _undo(folder: Path, *, is_alone: bool) -> None:
    """Put back what the last run wrote, and name it."""
    from kpireport.cli.collected import undone_text
    from kpireport.collection import undo_collect

    if not is_alone:
        what = "ほかの指定と一緒には使えません。"
        refuse("--undo", what, "報告書のフォルダーだけを書いてください。")
    say(undone_text(undo_collect(folder)))


def _ask(choice: Choice) -> Path | None:
    """Ask which version counts; ``None`` where the answer is none of them."""
    from kpireport.cli.collected import choice_text

    say(choice_text(choice))
    most = len(choice.versions)
    try:
        answer = input(f"どれを使いますか。1から{most}の番号（決めないときは、そのまま Enter）: ")
    except EOFError:
        answer = ""
    digits = answer.strip()
    number = int(digits) if digits.isdecimal() and len(digits) < len("1000") else 0
    return choice.versions[number - 1].path if 1 <= number <= most else None
