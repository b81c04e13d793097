"""``kpireport build``: a report's Word and PDF files.

Comes in: a report folder, a template. Goes out: the names of what was written.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kpireport.cli.common import (
    Quiet,
    ReportFolder,
    progress_bar,
    say,
    show_warnings,
)
from kpireport.cli.environment import asked_moment
from kpireport.cli.help import HelpOption
from kpireport.conductor import build as build_report
from kpireport.errors import Problem

_HELP = """報告書を作ります。

設定ファイル report.toml に書かれた計画を読み、Word と PDF を書き込みます。
入力に誤りがあれば全部まとめて知らせ、前に作ったファイルには触れません。"""

_EXAMPLES = """例:
  kpireport build reports/plan
  kpireport build reports/2021 --template 様式.docx
  kpireport build "C:\\企画課\\令和７年度 報告書" --quiet"""


def add_build(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("build", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_build)


def _build(
    folder: ReportFolder,
    *,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="ファイル",
            help="Word の書式・余白・ヘッダーを、この様式（.docx）に合わせます。"
            "雛形は kpireport template で作れます。",
        ),
    ] = None,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Build the report and name the files that were written."""
    warnings: list[Problem] = []
    with progress_bar(hidden=quiet) as progress:
        written = build_report(
            folder,
            template=template,
            moment=asked_moment(os.environ),
            progress=progress,
            warn=warnings.append,
        )
    show_warnings(warnings, "報告書は作りました。")
    if not quiet:
        for path in written:
            say(f"作成しました: {path}")
