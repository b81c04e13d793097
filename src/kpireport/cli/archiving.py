"""``kpireport archive`` and ``kpireport verify``: a finished year, kept and checked.

Comes in: a report folder; an archive. Goes out: where it is kept, and its seal; what in it
is not as it was.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kpireport.cli.common import (
    DIFFERENT,
    Quiet,
    ReportFolder,
    findings_apart,
    progress_bar,
    say,
    show_warnings,
)
from kpireport.cli.environment import asked_moment
from kpireport.cli.help import HelpOption
from kpireport.errors import Problem

_ARCHIVE_HELP = """確定した年度を保存します。

報告書の Word と PDF、作るのに使った全てのファイル、それぞれの照合値の目録を、
一つのフォルダー（または ZIP ファイル）にまとめます。PDF には、使ったファイルを添付します。
保存したものから同じ報告書を作り直せることを、書き込む前に確かめます。
同じ名前のものがもうあれば、上書きせずに知らせます。"""

_ARCHIVE_EXAMPLES = """例:
  kpireport archive reports/2021
  kpireport archive reports/2021 --zip
  kpireport archive reports/2021 --output 保存/令和３年度.zip"""

_VERIFY_HELP = """保存したものが、元のままかを確かめます。

全てのファイルを照合値と比べ、PDF の添付を確かめ、保存したものから報告書を作り直して、
１バイトまで同じかを知らせます。違うときは、違うファイルと、最初に違うページを知らせます。
元のままなら終了の状態は 0、違いがあれば 1、調べられないものなら 2 です。"""

_VERIFY_EXAMPLES = """例:
  kpireport verify reports/2021/archive
  kpireport verify 保存/令和３年度.zip --no-rebuild"""


def add_archive_and_verify(app: typer.Typer) -> None:
    """Make the commands some of the application's."""
    app.command("archive", add_help_option=False, help=_ARCHIVE_HELP, epilog=_ARCHIVE_EXAMPLES)(
        _archive
    )
    app.command("verify", add_help_option=False, help=_VERIFY_HELP, epilog=_VERIFY_EXAMPLES)(
        _verify
    )


def _archive(
    folder: ReportFolder,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="保存先",
            help="新しく作るフォルダーか、.zip で終わるファイルです。"
            "省くと、報告書のフォルダーの archive です。",
        ),
    ] = None,
    as_zip: Annotated[bool, typer.Option("--zip", help="ZIP ファイルにまとめます。")] = False,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Keep the finished report and name where it is, with its seal."""
    from kpireport.archiving import archive as archive_report

    warnings: list[Problem] = []
    with progress_bar(hidden=quiet) as progress:
        kept = archive_report(
            folder,
            output=output,
            as_zip=as_zip,
            moment=asked_moment(os.environ),
            progress=progress,
            warn=warnings.append,
        )
    show_warnings(warnings, "報告書は保存しました。")
    if not quiet:
        say(f"保存しました: {kept.path}（{len(kept.files)}ファイル）")
        say(f"封印: {kept.seal}")
        say("封印を決裁文書などに控えておくと、後で全体が元のままかを確かめられます。")


def _verify(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="保存したもの", help="kpireport archive で作ったフォルダーか ZIP ファイルです。"
        ),
    ],
    *,
    no_rebuild: Annotated[
        bool, typer.Option("--no-rebuild", help="報告書を作り直さず、照合値だけを確かめます。")
    ] = False,
    _help: HelpOption = False,
) -> None:
    """Check an archive and say what was found."""
    from kpireport.archiving import verify as verify_archive
    from kpireport.archiving.telling import verification_text

    with findings_apart(), progress_bar(hidden=False) as progress:
        verification = verify_archive(path, rebuild=not no_rebuild, progress=progress)
    say(verification_text(verification))
    if not verification.is_sound:
        raise typer.Exit(DIFFERENT)
