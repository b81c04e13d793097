"""The staff's commands, from ``build`` to ``schema``.

Exit statuses are in :mod:`kpireport.cli.common`. Results go to the standard output,
progress and problems to the standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from kpireport import __version__
from kpireport.build import build as build_report
from kpireport.cli.checking import add_check
from kpireport.cli.collect import add_collect
from kpireport.cli.common import (
    DIFFERENT,
    DONE,
    INTERRUPTED,
    NOT_CONFORMING,
    NOT_WRITTEN,
    TO_BE_CORRECTED,
    TOOL_MISSING,
    Quiet,
    ReportFolder,
    problems_text,
    progress_bar,
    show_warnings,
)
from kpireport.cli.diff import add_diff
from kpireport.cli.environment import asked_moment
from kpireport.cli.help import HelpOption, complaint, help_text
from kpireport.cli.sheets import add_sheets
from kpireport.cli.starting import add_new
from kpireport.errors import InputError, MissingToolError, OutputError, Problem
from kpireport.files import NewFile, check_absent, write_files

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; ``None`` takes the process's own."""
    _accept_every_character()
    try:
        status = app(args=arguments, prog_name="kpireport", standalone_mode=False)
    except typer.TyperException as error:
        return _report(complaint(error), TO_BE_CORRECTED)
    except InputError as error:
        return _report(problems_text(error.problems, error.warnings), TO_BE_CORRECTED)
    except OutputError as error:
        return _report(
            f"書き込めませんでした。以前のファイルは元のままです。\n\n{error}", NOT_WRITTEN
        )
    except MissingToolError as error:
        return _report(str(error), TOOL_MISSING)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    if status == INTERRUPTED:
        return _report("中止しました。以前のファイルは元のままです。", INTERRUPTED)
    return status or DONE


@app.callback(
    invoke_without_command=True,
    add_help_option=False,
    help="自治体の計画（KPI）から、報告書を Word と PDF で作ります。",
    epilog="""例:
  kpireport check reports/2021    入力と、各課の報告の状況を調べます
  kpireport build reports/plan    計画版を作ります
  kpireport new 2022              次の年度のフォルダーを作ります
  kpireport sheets reports/2021   各課に配る記入用のブックを作ります
  kpireport build reports/2021    令和３年度の実績版を作ります
  kpireport check-pdf reports/2021/out/review-2021.pdf    できた PDF を検査します
  kpireport pull reports/2021/out/review-2021.docx    Word で直した文を入力に書き戻します
  kpireport diff reports/2020 reports/2021    二つの年度の違いを示します
  kpireport archive reports/2021  確定した年度を保存します""",
)
def _kpireport(
    ctx: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="版を表示します。")
    ] = False,
    _help: HelpOption = False,
) -> None:
    if version:
        typer.echo(f"kpireport {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(help_text(ctx), err=True)
        raise typer.Exit(TO_BE_CORRECTED)


@app.command(
    add_help_option=False,
    help="""報告書を作ります。

設定ファイル report.toml に書かれた計画を読み、Word と PDF を書き込みます。
入力に誤りがあれば全部まとめて知らせ、前に作ったファイルには触れません。""",
    epilog="""例:
  kpireport build reports/plan
  kpireport build reports/2021 --template 様式.docx
  kpireport build "C:\\企画課\\令和７年度 報告書" --quiet""",
)
def build(
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
            typer.echo(f"作成しました: {path}")


add_check(app)


@app.command(
    add_help_option=False,
    help="""Word で直した文を、入力に書き戻します。

報告書の Word の、枠の中の文（所管課のコメント、実績の説明、報告できない理由、評価の修正の
理由、はじめに、調査の概要）を直して保存したものを読み、実績のブックやCSV、設定に書き戻します。
まず、直された文と、入力のどこに書くかを示します。--apply を付けるか、画面の問いに y と
答えると書き込み、元のファイルの控えを残します。
枠の外の数や文が直されているなど、書き戻せないところが一つでもあれば、全部の場所を知らせ、
何も書き込みません。""",
    epilog="""例:
  kpireport pull reports/2021/out/review-2021.docx
  kpireport pull 直した案.docx reports/2021 --apply

終わったときの値:
  0  書き戻した、書き戻せる、または書き戻すものがない
  1  書き込めなかった
  2  書き戻せないところがある、または読めないファイル""",
)
def pull(
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
    apply: Annotated[
        bool, typer.Option("--apply", help="確かめずに、入力に書き込みます。")
    ] = False,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Show what was edited in a Word file, and write it into the inputs where asked to."""
    from kpireport.cli.pulled import conclusion_text, pulled_text
    from kpireport.pulling import find_changes, write_changes

    with progress_bar(hidden=quiet) as progress:
        pulled = find_changes(file, folder or _report_folder(file), progress=progress)
    typer.echo(pulled_text(pulled))
    if not pulled.is_placed:
        typer.echo("何も書き込んでいません。")
        raise typer.Exit(TO_BE_CORRECTED)
    if not pulled.changes:
        typer.echo("書き戻すものはありません。")
    elif apply or _is_wanted():
        typer.echo(conclusion_text(write_changes(pulled)))


_YES = ("y", "yes", "ｙ", "はい")


def _is_wanted() -> bool:
    """Ask whether to write, where somebody can answer; else tell how to."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        typer.echo("まだ書き込んでいません。書き込むには、--apply を付けて実行してください。")
        return False
    try:
        answer = input("この内容で入力を書き換えますか。y（はい）か n（いいえ）: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() in _YES:
        return True
    typer.echo("書き込みませんでした。")
    return False


def _report_folder(file: Path) -> Path:
    """Return the report's folder that a built file lies in."""
    from kpireport.sources.settings import SETTINGS_FILE

    for folder in (*file.parents, *file.absolute().parents):
        if (folder / SETTINGS_FILE).exists():
            return folder
    raise InputError(
        (
            Problem(
                str(file),
                "",
                f"このファイルのあるフォルダーと、その上に、{SETTINGS_FILE} がありません。",
                "ファイルの名前の後に、報告書のフォルダーを書いてください。",
            ),
        )
    )


@app.command(
    "check-pdf",
    add_help_option=False,
    help="""できた PDF が、長期保存と読み上げの規格に適合するかを検査します。

長期保存の PDF/A（普通は PDF/A-2a）と、読み上げの PDF/UA-1 の決まりを満たすかを、
veraPDF という検査プログラムで調べます。満たしていなければ、決まりごとに、何が、
どのページで、何か所違うかを知らせます。PDF は書き換えません。

検査プログラムと Java が必要です。ないときは、入れ方を知らせます。""",
    epilog="""例:
  kpireport check-pdf reports/plan/out/plan.pdf
  kpireport check-pdf 計画.pdf 実績.pdf

終わったときの値:
  0  全て適合している
  1  適合していないものがある
  2  検査できないファイルがある
  3  検査プログラムか Java がない""",
)
def check_pdf(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="ファイル…", help="検査する PDF です。並べて書けば、まとめて検査します。"
        ),
    ],
    *,
    _help: HelpOption = False,
) -> None:
    """Validate finished PDFs and say which rules they break."""
    from kpireport.validation import check_pdfs

    reports = check_pdfs(files)
    typer.echo("\n\n".join(map(str, reports)))
    if not all(report.conforms for report in reports):
        typer.echo(f"\n{_PDF_ADVICE}", err=True)
        raise typer.Exit(NOT_CONFORMING)


_PDF_ADVICE = """\
適合していない PDF があります。
  → kpireport が作った PDF を別のソフトで開いて保存し直すと、適合しなくなることがあります。
    kpireport build で作り直し、できた PDF をそのまま使ってください。"""


@app.command(
    add_help_option=False,
    help="""確定した年度を保存します。

報告書の Word と PDF、作るのに使った全てのファイル、それぞれの照合値の目録を、
一つのフォルダー（または ZIP ファイル）にまとめます。PDF には、使ったファイルを添付します。
保存したものから同じ報告書を作り直せることを、書き込む前に確かめます。
同じ名前のものがもうあれば、上書きせずに知らせます。""",
    epilog="""例:
  kpireport archive reports/2021
  kpireport archive reports/2021 --zip
  kpireport archive reports/2021 --output 保存/令和３年度.zip""",
)
def archive(
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
        typer.echo(f"保存しました: {kept.path}（{len(kept.files)}ファイル）")
        typer.echo(f"封印: {kept.seal}")
        typer.echo("封印を決裁文書などに控えておくと、後で全体が元のままかを確かめられます。")


@app.command(
    add_help_option=False,
    help="""保存したものが、元のままかを確かめます。

全てのファイルを照合値と比べ、PDF の添付を確かめ、保存したものから報告書を作り直して、
１バイトまで同じかを知らせます。違うときは、違うファイルと、最初に違うページを知らせます。
元のままなら終了の状態は 0、違いがあれば 1、調べられないものなら 2 です。""",
    epilog="""例:
  kpireport verify reports/2021/archive
  kpireport verify 保存/令和３年度.zip --no-rebuild""",
)
def verify(
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
    from kpireport.cli.verification import verification_text

    with progress_bar(hidden=False) as progress:
        verification = verify_archive(path, rebuild=not no_rebuild, progress=progress)
    typer.echo(verification_text(verification))
    if not verification.is_sound:
        raise typer.Exit(DIFFERENT)


@app.command(
    add_help_option=False,
    help="""計画ファイルの書式（JSON Schema）を出力します。

計画ファイル（catalogue.json）を新しく書くとき、対応したエディターに読み込ませると、
項目名の候補と誤りがその場で分かります。""",
    epilog="""例:
  kpireport schema --output catalogue.schema.json""",
)
def schema(
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="ファイル",
            help="書き込むファイルです。省くと画面に表示します。",
        ),
    ] = None,
    _help: HelpOption = False,
) -> None:
    """Print the catalogue's JSON Schema, or write it to a file."""
    from kpireport.sources.catalogue_file import catalogue_schema

    text = catalogue_schema()
    if output is None:
        typer.echo(text, nl=False)
        return
    write_files([NewFile(output, text.encode())])
    typer.echo(f"作成しました: {output}")


@app.command(
    add_help_option=False,
    help="""Word の様式の雛形を作ります。

Word で開くと、使っているスタイルの名前が、そのスタイルの見た目で並んでいます。
スタイルの書体・大きさ・色・間隔、余白、ヘッダー・フッターを直して保存し、
kpireport build の --template か、設定ファイル report.toml の [docx] の template に
指定してください。雛形の本文の文字は、報告書には出ません。
同じ名前のファイルがあれば、上書きせずに知らせます。""",
    epilog="""例:
  kpireport template 様式.docx
  kpireport build reports/2021 --template 様式.docx""",
)
def template(
    output: Annotated[
        Path, typer.Argument(metavar="ファイル", help="新しく作る Word ファイル（.docx）です。")
    ],
    *,
    _help: HelpOption = False,
) -> None:
    """Write the base document to start a template from."""
    from kpireport.writers.docx.base import BASE_FILE

    if output.suffix.lower() != ".docx":
        problem = Problem(
            str(output),
            "",
            "Word のファイル（.docx）の名前ではありません。",
            "「様式.docx」のように、.docx で終わる名前を指定してください。",
        )
        raise InputError((problem,))
    check_absent(output, "別の名前を指定するか、前のものを別の場所に移してください。")
    write_files([NewFile(output, BASE_FILE.read_bytes())])
    typer.echo(f"作成しました: {output}")


add_new(app)
add_sheets(app)
add_collect(app)
add_diff(app)


def _report(message: str, status: int) -> int:
    typer.echo(message, err=True)
    return status


def _accept_every_character() -> None:
    r"""Print what the console's encoding lacks as ``\uXXXX`` instead of failing.

    A Windows console or pipe in code page 932 lacks 𠮷 and many others.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
