"""``kpireport build``: a report's Word and PDF files, or its digest's or sheets', and its data.

Comes in: a report folder, a template. Goes out: the names of what was written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kpireport.cli.common import (
    TO_BE_CORRECTED,
    Quiet,
    progress_bar,
    say,
    show_warnings,
)
from kpireport.cli.environment import asked_moment, cores
from kpireport.cli.help import HelpOption
from kpireport.cli.upgrading import tell_deprecated
from kpireport.errors import Problem

if TYPE_CHECKING:
    from kpireport.domain.settings import DocumentKind

_HELP = """報告書を作ります。

設定ファイル report.toml に書かれた計画を読み、Word と PDF などを書き込みます。
入力に誤りがあれば全部まとめて知らせ、前に作ったファイルには触れません。
フォルダーをいくつか書けば、コアの数ずつ同時に作り、終わりに表で知らせます。一つに誤りがあっても、
ほかは作ります。"""

_EXAMPLES = """例:
  kpireport build reports/plan
  kpireport build reports/2021 --template 様式.docx
  kpireport build reports/2021 --digest
  kpireport build reports/2021 --sheets
  kpireport build reports/2021 --final
  kpireport build "C:\\企画課\\令和７年度 報告書" --quiet
  kpireport build reports/2019 reports/2020 reports/2021
  kpireport build --list 市町村.txt --jobs 4"""


def add_build(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("build", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_build)


_Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="ファイル",
        help="Word の書式・余白・ヘッダーを、この様式（.docx）に合わせます。"
        "雛形は kpireport template で作れます。",
    ),
]
_Digest = Annotated[
    bool,
    typer.Option(
        "--digest",
        help="実績版の代わりに、その概要版（１、２ページの Word と PDF）を作ります。"
        "名前の終わりに -digest が付きます。",
    ),
]
_Sheets = Annotated[
    bool,
    typer.Option(
        "--sheets",
        help="実績版の代わりに、評価シート（指標か戦略計画ごとに１枚）を作ります。"
        "名前の終わりに -sheets が付きます。",
    ),
]
_Final = Annotated[
    bool,
    typer.Option(
        "--final",
        help="確定版を作ります。作れたら、設定の draft も false にします。"
        "未報告があれば、何も書き込まずに知らせます。",
    ),
]
_Draft = Annotated[
    bool,
    typer.Option(
        "--draft", help="作成中の版（案）を作ります。作れたら、設定の draft も true にします。"
    ),
]
_Folders = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="フォルダー…",
        help="報告書の設定ファイル report.toml があるフォルダーです。いくつでも書けます。",
    ),
]
_Listed = Annotated[
    Path | None,
    typer.Option(
        "--list",
        metavar="ファイル",
        help="作る報告書のフォルダーを、一行に一つずつ書いたファイルです。",
    ),
]
_Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="数",
        min=0,
        help="いくつかの報告書を、一度にいくつずつ作るか。0 は、パソコンのコアの数です。",
    ),
]
_Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="住所",
        help="報告書を、この Dask のクラスターで作ります（tcp://…）。",
    ),
]
_Shared = Annotated[
    bool,
    typer.Option(
        "--shared",
        help="クラスターからも同じフォルダーが見えるとき、クラスターがそこに書き込みます。",
    ),
]


def _build(
    folders: _Folders = None,
    *,
    template: _Template = None,
    digest: _Digest = False,
    sheets: _Sheets = False,
    final: _Final = False,
    draft: _Draft = False,
    listed: _Listed = None,
    jobs: _Jobs = 0,
    scheduler: _Scheduler = "",
    shared: _Shared = False,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Build the report, or each of several, and name what was written."""
    _refuse_both({"--final": final, "--draft": draft})
    document = _document(digest=digest, sheets=sheets)
    wanted = (*(folders or ()), *(_listed(listed) if listed else ()))
    if not wanted:
        _refuse("「フォルダー」が指定されていません。")
    if len(wanted) > 1 or scheduler:
        _refuse_of_many({"--template": template, "--final": final, "--draft": draft})
        from kpireport.batches.orders import Wish
        from kpireport.cli.many import build_all

        status = build_all(
            wanted,
            Wish(document, asked_moment(os.environ)),
            workers=jobs or cores(),
            scheduler=scheduler,
            shared=shared,
            quiet=quiet,
        )
        raise typer.Exit(status)
    from kpireport.conductor import build as build_report

    (folder,) = wanted
    warnings: list[Problem] = []
    with progress_bar(hidden=quiet) as progress:
        written = build_report(
            folder,
            template=template,
            document=document,
            draft=draft if final or draft else None,
            cores=cores(),
            moment=asked_moment(os.environ),
            progress=progress,
            warn=warnings.append,
        )
    show_warnings(warnings, "報告書は作りました。")
    tell_deprecated(wanted)
    if not quiet:
        for path in written:
            is_settings = path.suffix == ".toml"
            say(f"{'draft を書き換えました' if is_settings else '作成しました'}: {path}")


def _listed(file: Path) -> tuple[Path, ...]:
    from kpireport.cli.many import listed_folders

    return listed_folders(file)


def _document(*, digest: bool, sheets: bool) -> DocumentKind:
    """Return which document the options ask for."""
    from kpireport.domain.settings import DocumentKind

    _refuse_both({"--digest": digest, "--sheets": sheets})
    if digest:
        return DocumentKind.DIGEST
    return DocumentKind.SHEETS if sheets else DocumentKind.WHOLE


def _refuse_both(given: Mapping[str, bool]) -> None:
    """Refuse two options of which there can only be one."""
    if all(given.values()):
        _refuse(f"{' と '.join(given)} は、どちらか一方だけを付けてください。")


def _refuse_of_many(given: Mapping[str, object]) -> None:
    """Refuse options that are for one report alone."""
    if named := [option for option, value in given.items() if value]:
        _refuse(f"{'、'.join(named)} は、報告書を一つだけ作るときに付けてください。")


def _refuse(what: str) -> NoReturn:
    say(f"{what}\n詳しくは: kpireport build --help", err=True)
    raise typer.Exit(TO_BE_CORRECTED)
