"""``kpireport plan``: the plan's file from a workbook, and as one.

Comes in: a plan's file, a workbook. Goes out: the other of the two, and what was read, asked
and changed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import TO_BE_CORRECTED, is_wanted, say, show_warnings
from kpireport.cli.environment import this_morning
from kpireport.cli.help import HelpOption, help_text
from kpireport.cli.next_steps import steps_of_plan, steps_text
from kpireport.cli.plan_readings import Columns, read_text
from kpireport.cli.proving import add_proof
from kpireport.messages import about, quoted

if TYPE_CHECKING:
    from kpireport.plan_books.decided import DecidedChange
    from kpireport.plan_books.taking import TakenPlan

_MOST_LISTED = 20
_PLAN_HELP = """計画のファイル（catalogue.json）を、Excel のブックで作り、直します。

JSON を書かずに、計画を Excel の表として入力できます。"""

_PLAN_EXAMPLES = """例:
  kpireport plan export catalogue.json 計画.xlsx
  kpireport plan import 計画.xlsx catalogue.json"""

_EXPORT_HELP = """計画のファイルを、Excel のブックに書き出します。

基本情報、基本目標、戦略計画、指標、数値目標、課、改定などのシートができます。直したブックは、
kpireport plan import で計画のファイルに戻します。何も直さなければ、元と同じファイルになります。
同じ名前のファイルがあれば、上書きせずに知らせます。"""

_EXPORT_EXAMPLES = """例:
  kpireport plan export catalogue.json 計画.xlsx"""

_IMPORT_HELP = """Excel のブックから、計画のファイルを作ります。

空いている「記号」には記号を付け、空いている「目標の種類」「数量」などには、印刷の文字が一通りにだけ
読めるときに、その読みを入れます。二通りに読めるところは、要確認として、選んでいただきます。
計画のファイルがもうあれば、違いを示してから、確かめて書き込みます。年度の報告を始めた後に、決定した
目標値などが違うときは、改定か写し間違いの訂正かを尋ねます。直すところがあれば、何も書き込みません。"""

_IMPORT_EXAMPLES = """例:
  kpireport plan import 計画.xlsx catalogue.json
  kpireport plan import 計画.xlsx catalogue.json --mark 計画（指摘）.xlsx
  kpireport plan import 計画.xlsx catalogue.json --apply"""

_READ_HELP = """計画の文書（Word、Excel、PDF）から、計画のブックを作ります。

指標の表を探し、見出しと中身から、どの列が指標・現状値・目標値などかを読み取ります。行ごとに、原本での
場所を添えます。決まらないところは、要確認として「確認」の列に書きます。読み取り方は「読み取りの報告」、
置けなかったものは「置けなかったもの」、原本の文字は「原本」のシートにあります。
確かめて直したブックは、kpireport plan import で計画のファイルにします。"""

_READ_EXAMPLES = """例:
  kpireport plan read 総合戦略.docx 計画.xlsx
  kpireport plan read 総合戦略.pdf 計画.xlsx --columns 列1=指標,列3=現状値
  kpireport plan read 総合戦略.pdf 計画.xlsx --columns 表2:めざす値=目標値"""

_Book = Annotated[Path, typer.Argument(metavar="ブック", help="計画のブック（.xlsx）です。")]
_File = Annotated[Path, typer.Argument(metavar="計画のファイル", help="catalogue.json です。")]


def add_plan(app: typer.Typer) -> None:
    """Make the group of commands one of the application's."""
    group = typer.Typer(add_completion=False, rich_markup_mode=None)
    group.callback(
        invoke_without_command=True,
        add_help_option=False,
        help=_PLAN_HELP,
        epilog=_PLAN_EXAMPLES,
    )(_plan)
    group.command("export", add_help_option=False, help=_EXPORT_HELP, epilog=_EXPORT_EXAMPLES)(
        _export
    )
    group.command("import", add_help_option=False, help=_IMPORT_HELP, epilog=_IMPORT_EXAMPLES)(
        _import
    )
    group.command("read", add_help_option=False, help=_READ_HELP, epilog=_READ_EXAMPLES)(_read)
    add_proof(group)
    app.add_typer(group, name="plan")


def _plan(ctx: typer.Context, *, _help: HelpOption = False) -> None:
    if ctx.invoked_subcommand is None:
        say(help_text(ctx), err=True)
        raise typer.Exit(TO_BE_CORRECTED)


def _export(
    file: _File,
    book: Annotated[Path, typer.Argument(metavar="ブック", help="新しく作るブック（.xlsx）です。")],
    *,
    _help: HelpOption = False,
) -> None:
    """Write the workbook of a plan's file."""
    from kpireport.plan_books.conducting import export_plan

    export_plan(file, book, this_morning(os.environ))
    say(f"作成しました: {book}")


def _import(
    book: _Book,
    file: _File,
    *,
    mark: Annotated[
        Path | None,
        typer.Option(
            "--mark",
            metavar="ファイル",
            help="直すところと要確認を、当のセルに示したブックの写しを、この名前で作ります。",
        ),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="確かめずに、計画のファイルに書き込みます。")
    ] = False,
    correct: Annotated[
        bool,
        typer.Option(
            "--correct",
            help="決定した目標値などの違いを、改定ではなく、写し間違いの訂正として書き込みます。",
        ),
    ] = False,
    _help: HelpOption = False,
) -> None:
    """Take a plan's workbook for the plan's file."""
    from kpireport.files import check_ending, check_new
    from kpireport.plan_books.conducting import CATALOGUE, MARKED, write_marked
    from kpireport.plan_books.taking import take_plan

    check_ending(file, like=CATALOGUE)
    if mark is not None:
        check_new(mark, like=MARKED)
    taken = take_plan(book, file)
    if mark is not None and taken.findings.problems:
        write_marked(taken, mark, this_morning(os.environ))
        say(f"作成しました: {mark}\n")
    say(_counts(taken))
    taken.findings.settle()
    show_warnings(taken.findings.warnings)
    if taken.is_same:
        say(f"{file} は、ブックのとおりです。書き込むものはありません。")
        return
    if _is_to_be_written(taken, file, apply=apply, correct=correct):
        _write(taken, file)


def _read(
    document: Annotated[
        Path, typer.Argument(metavar="文書", help="計画の文書（.docx、.xlsx、.pdf）です。")
    ],
    book: Annotated[Path, typer.Argument(metavar="ブック", help="新しく作るブック（.xlsx）です。")],
    *,
    columns: Columns = None,
    _help: HelpOption = False,
) -> None:
    """Read a document into a plan's workbook."""
    from kpireport.plan_documents.reading import read_plan_document

    read = read_plan_document(
        document, columns or (), workbook=book, moment=this_morning(os.environ)
    )
    say(read_text(read))
    show_warnings(read.findings.warnings)
    say(f"作成しました: {book}")


def _counts(taken: TakenPlan) -> str:
    counts = taken.counts
    return "\n".join(
        (
            f"印刷の文字から意味を読み取った行: {counts.read}",
            f"選んでいただくところ（要確認）: {counts.asked}",
            f"目標が文字（状態）の行: {counts.texts}",
            f"記号を付けた行: {counts.given}",
        )
    )


def _is_to_be_written(taken: TakenPlan, file: Path, *, apply: bool, correct: bool) -> bool:
    """Whether to write: at once where nothing is there, else as somebody says."""
    from kpireport.plan_books.decided import is_reported

    if taken.before is None:
        return True
    say("\n" + _differences(taken, file))
    decided = taken.decided_changes() if is_reported(file) else ()
    if decided and not correct:
        say("\n" + _decided_words(decided))
        raise typer.Exit(TO_BE_CORRECTED)
    return apply or is_wanted("この内容で計画のファイルを書き換えますか。")


def _decided_words(decided: tuple[DecidedChange, ...]) -> str:
    lines = [f"決定した計画の{len(decided)}か所が、ブックでは違います。年度の報告を始めた後です。"]
    for each in decided[:_MOST_LISTED]:
        change = f"{each.item} {quoted(each.before)} → {quoted(each.after)}"
        lines.append(f"  {about(each.name, each.id)}: {change}")
    if len(decided) > _MOST_LISTED:
        lines.append(f"  ほかに{len(decided) - _MOST_LISTED}か所")
    lines += [
        "計画を改めたのなら、その行は元に戻し、シート「改定」に理由と決定日を書いてください。",
        "写し間違いを直したのなら、--correct を付けて実行してください。",
        "まだ書き込んでいません。",
    ]
    return "\n".join(lines)


def _differences(taken: TakenPlan, file: Path) -> str:
    from kpireport.cli.differences import comparison_text
    from kpireport.comparing import Side, compare_plans

    before, after = taken.plans()
    assert before is not None  # noqa: S101 - there is one
    return comparison_text(
        compare_plans(
            Side(file, "計画のファイル"), before, Side(taken.workbook, "計画のブック"), after
        )
    )


def _write(taken: TakenPlan, file: Path) -> None:
    from kpireport.plan_books.conducting import write_taken

    is_first = taken.before is None
    written = write_taken(taken, file)
    say(f"{'作成しました' if is_first else '書き換えました'}: {file}")
    if len(written) > 1:
        say(f"記号と読みを書き入れました: {taken.workbook}")
    if is_first:
        first = taken.plans()[1].years.baseline.next
        say("\n" + steps_text(list(steps_of_plan(file, taken.workbook, first))))
