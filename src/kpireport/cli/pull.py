"""``kpireport pull``: edits of the Word file, back to the inputs.

Comes in: an edited file, its report's folder. Goes out: what was edited, and what of it was
written.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import (
    TO_BE_CORRECTED,
    Quiet,
    is_wanted,
    progress_bar,
    say,
)
from kpireport.cli.help import HelpOption
from kpireport.findings import refuse

if TYPE_CHECKING:
    from kpireport.pulling import Pulled

_HELP = """Word で直した文を、入力に書き戻します。

報告書の Word の、枠の中の文（所管課のコメント、実績の説明、報告できない理由、評価の修正の
理由、はじめに、調査の概要）を直して保存したものを読み、実績のブックやCSV、設定に書き戻します。
まず、直された文と、入力のどこに書くかを示します。--apply を付けるか、画面の問いに y と
答えると書き込み、元のファイルの控えを残します。
枠の外の数や文が直されているなど、書き戻せないところが一つでもあれば、全部の場所を知らせ、
何も書き込みません。--keep-refused を付けると、書き戻せないところは Word に残したまま、
書き戻せる文だけを書き込みます。"""

_EXAMPLES = """例:
  kpireport pull reports/2021/out/review-2021.docx
  kpireport pull 直した案.docx reports/2021 --apply
  kpireport pull 直した案.docx reports/2021 --apply --keep-refused

終わったときの値:
  0  書き戻した、書き戻せる、または書き戻すものがない
  1  書き込めなかった
  2  書き戻せないところがある（--keep-refused を付けたときは、ほかの文は書き込みました）、
     または読めないファイル"""


def add_pull(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("pull", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_pull)


def _pull(
    file: Annotated[
        Path, typer.Argument(metavar="ファイル", help="kpireport build で作り、直した Word です。")
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="フォルダー",
            help="報告書の設定ファイル report.toml があるフォルダーです。"
            "省くと、Word のあるフォルダーと、その上のフォルダーから探します。",
        ),
    ] = None,
    *,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="ファイル",
            help="Word を作ったとき、kpireport build に --template で指定した様式です。",
        ),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="確かめずに、入力に書き込みます。")
    ] = False,
    keep_refused: Annotated[
        bool,
        typer.Option(
            "--keep-refused",
            help="書き戻せないところがあっても、書き戻せる文は書き込みます。",
        ),
    ] = False,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Show what was edited in a Word file, and write it into the inputs where asked to."""
    from kpireport.cli.pulled import pulled_text
    from kpireport.pulling import find_changes

    with progress_bar(hidden=quiet) as progress:
        pulled = find_changes(
            file, folder or _report_folder(file), template=template, progress=progress
        )
    say(pulled_text(pulled))
    if pulled.is_placed or keep_refused:
        _write_if_wanted(pulled, apply=apply)
    else:
        say("何も書き込んでいません。")
        if pulled.changes:
            say(_OR_KEEP)
    if not pulled.is_placed:
        raise typer.Exit(TO_BE_CORRECTED)


_OR_KEEP = (
    "書き戻せないところを Word に残して、書き戻せる文だけを書き込むには、"
    "--apply --keep-refused を付けて実行してください。"
)


def _write_if_wanted(pulled: Pulled, *, apply: bool) -> None:
    from kpireport.cli.pulled import conclusion_text
    from kpireport.pulling import write_changes

    if not pulled.changes:
        say("書き戻すものはありません。")
    elif apply or is_wanted("この内容で入力を書き換えますか。"):
        say(conclusion_text(write_changes(pulled)))


def _report_folder(file: Path) -> Path:
    """Return the report's folder that a built file lies in."""
    from kpireport.sources.settings import SETTINGS_FILE

    folders = (*file.parents, *file.absolute().parents)
    found = next((each for each in folders if (each / SETTINGS_FILE).exists()), None)
    if found is None:
        refuse(
            file,
            f"このファイルのあるフォルダーと、その上に、{SETTINGS_FILE} がありません。",
            "ファイルの名前の後に、報告書のフォルダーを書いてください。",
        )
    return found
