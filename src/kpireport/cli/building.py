"""``kpireport build``: a report's Word and PDF files, or its digest's or sheets', and its data.

Comes in: a report folder, a template. Goes out: the names of what was written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from kpireport.cli.common import (
    TO_BE_CORRECTED,
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

設定ファイル report.toml に書かれた計画を読み、Word と PDF などを書き込みます。
入力に誤りがあれば全部まとめて知らせ、前に作ったファイルには触れません。"""

_EXAMPLES = """例:
  kpireport build reports/plan
  kpireport build reports/2021 --template 様式.docx
  kpireport build reports/2021 --digest
  kpireport build reports/2021 --sheets
  kpireport build reports/2021 --final
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
    digest: Annotated[
        bool,
        typer.Option(
            "--digest",
            help="実績版の代わりに、その概要版（１、２ページの Word と PDF）を作ります。"
            "名前の終わりに -digest が付きます。",
        ),
    ] = False,
    sheets: Annotated[
        bool,
        typer.Option(
            "--sheets",
            help="実績版の代わりに、評価シート（指標か戦略計画ごとに１枚）を作ります。"
            "名前の終わりに -sheets が付きます。",
        ),
    ] = False,
    final: Annotated[
        bool,
        typer.Option(
            "--final",
            help="確定版を作ります。作れたら、設定の draft も false にします。"
            "未報告があれば、何も書き込まずに知らせます。",
        ),
    ] = False,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help="作成中の版（案）を作ります。作れたら、設定の draft も true にします。"
        ),
    ] = False,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Build the report and name the files that were written."""
    _refuse_both({"--final": final, "--draft": draft})
    _refuse_both({"--digest": digest, "--sheets": sheets})
    warnings: list[Problem] = []
    with progress_bar(hidden=quiet) as progress:
        written = build_report(
            folder,
            template=template,
            digest=digest,
            sheets=sheets,
            draft=draft if final or draft else None,
            moment=asked_moment(os.environ),
            progress=progress,
            warn=warnings.append,
        )
    show_warnings(warnings, "報告書は作りました。")
    if not quiet:
        for path in written:
            is_settings = path.suffix == ".toml"
            say(f"{'draft を書き換えました' if is_settings else '作成しました'}: {path}")


def _refuse_both(given: Mapping[str, bool]) -> None:
    """Refuse two options of which there can only be one."""
    if all(given.values()):
        say(f"{' と '.join(given)} は、どちらか一方だけを付けてください。", err=True)
        raise typer.Exit(TO_BE_CORRECTED)
