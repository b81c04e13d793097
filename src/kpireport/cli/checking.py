"""``kpireport check``: what is wrong with the inputs, and who has reported what.

Comes in: a report folder, names of files. Goes out: a board on the standard output,
problems on the standard error, files where asked for, and a status for scripts.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import (
    DONE,
    TO_BE_CORRECTED,
    UNREPORTED,
    ReportFolder,
    findings_apart,
    problems_text,
    say,
    show_warnings,
)
from kpireport.cli.environment import today
from kpireport.cli.help import HelpOption
from kpireport.cli.upgrading import tell_deprecated

if TYPE_CHECKING:
    from kpireport.reports import Report
    from kpireport.status import Board
    from kpireport.status.saving import Targets

_HELP = """入力を調べ、報告の状況を示します。

報告書を作るときと同じように全ての入力を読み、誤りを全部まとめて知らせます。
実績版では、どの課が報告したか、していないか、直すところと確かめるところ、評価の見込みを示します。
報告書は作りません。--html などを付けなければ、何も書き込みません。"""

_EXAMPLES = """例:
  kpireport check reports/plan
  kpireport check reports/2021
  kpireport check reports/2021 --html 状況.html --xlsx 状況.xlsx
  kpireport check reports/2021 --reminders

終わったときの値:
  0  全て報告され、直すところがない（確かめるところがあっても 0）
  1  まだ報告されていないものがある（返ってきたが、取り込めなかったものを含む）
  2  入力に直すところがある、または書き込めなかった"""


def add_check(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("check", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_check)


def _file(option: str, help_text: str) -> object:
    return typer.Option(option, metavar="ファイル", help=help_text)


def _check(
    folder: ReportFolder,
    *,
    html: Annotated[
        Path | None,
        _file("--html", "報告の状況を、ブラウザーで見るファイル（.html）に書き込みます。"),
    ] = None,
    xlsx: Annotated[
        Path | None, _file("--xlsx", "報告の状況を、Excel のブック（.xlsx）に書き込みます。")
    ] = None,
    txt: Annotated[
        Path | None, _file("--txt", "課ごとの催促文を、テキストファイル（.txt）に書き込みます。")
    ] = None,
    reminders: Annotated[
        bool,
        typer.Option("--reminders", help="報告の状況の代わりに、課ごとの催促文を表示します。"),
    ] = False,
    _help: HelpOption = False,
) -> None:
    """Read all inputs of the report and say what was found."""
    from kpireport.reports import Report
    from kpireport.status import board_of
    from kpireport.status.saving import Targets

    targets = Targets(page=html, workbook=xlsx, reminders=txt)
    targets.check()
    report = Report.open(folder, with_notices=True).inspected()
    if report.settings.review is None and not (targets.are_any or reminders):
        _show_plan(report)
        return
    board = board_of(report, today=today(os.environ))
    if reminders:
        _show_reminders(board)
    else:
        _show_board(board, report)
    tell_deprecated([folder])
    _write(targets, board)
    raise typer.Exit(_status(board))


def _status(board: Board) -> int:
    if board.errors:
        return TO_BE_CORRECTED
    return DONE if board.is_complete else UNREPORTED


def _show_plan(report: Report) -> None:
    from kpireport.cli.checked import verdict_text

    report.findings.settle()
    warnings = report.findings.warnings
    show_warnings(warnings)
    say(verdict_text(report.plan, has_warnings=bool(warnings)))


def _show_board(board: Board, report: Report) -> None:
    from kpireport.cli.checked import board_text, outlook_text

    say(board_text(board))
    if problems := problems_text((*board.errors, *board.refusals), board.warnings):
        say(f"{problems}\n", err=True)
    say(outlook_text(board, report))


def _show_reminders(board: Board) -> None:
    from kpireport.status.reminders import reminders_text

    say(reminders_text(board), nl=False)


def _write(targets: Targets, board: Board) -> None:
    from kpireport.files import write_files

    files = targets.files(board)
    with findings_apart():
        write_files(files)
    for file in files:
        say(f"作成しました: {file.path}", err=True)
