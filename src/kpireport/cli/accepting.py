"""``kpireport accept``: what was confirmed, so that nobody is asked again.

Comes in: a report folder; ids, or a board's workbook with ticks. Goes out: the ids in the
settings; without any, what is to be confirmed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import TO_BE_CORRECTED, ReportFolder, say
from kpireport.cli.help import HelpOption
from kpireport.messages import printable

if TYPE_CHECKING:
    from kpireport.status.accepting import Accepted

_HELP = """確かめていただきたいところを、確認済みにします。

所管課に確かめて正しかったものの記号を、設定（report.toml の [review]）の accept に加えます。
次からは知らせません。ほかの行と注釈は、そのまま残します。
記号を書くか、kpireport check --xlsx で作ったブックのシート「確かめるところ」で「確認済」に○を
付けて保存し、--board で指定します。どちらもなければ、報告書のフォルダーと今いるフォルダーから
ブックを探し、それもなければ、確かめるところの一覧を示します。
一つでも加えられないものがあれば、何も書き込まずに、全部知らせます。"""

_EXAMPLES = """例:
  kpireport accept reports/2021
  kpireport accept reports/2021 p02-05 p21-05 --note "保育課に電話で確認（6月3日 佐藤）"
  kpireport accept reports/2021 --board 状況.xlsx

終わったときの値:
  0  加えた、または加えるものがない
  1  書き込めなかった
  2  加えられないものがある"""


def add_accept(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("accept", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_accept)


def _accept(
    folder: ReportFolder,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="記号…", help="確かめた指標、数値目標、戦略計画の記号です。"),
    ] = None,
    *,
    board: Annotated[
        Path | None,
        typer.Option(
            "--board", metavar="ファイル", help="「確認済」に○を付けた、報告の状況のブックです。"
        ),
    ] = None,
    note: Annotated[
        str,
        typer.Option(
            "--note",
            metavar="メモ",
            help="誰にどう確かめたかです。設定の、加えた記号の後に注釈として残します。",
        ),
    ] = "",
    _help: HelpOption = False,
) -> None:
    """Accept what was confirmed, or show what is to be."""
    from kpireport.status.accepting import accept

    if board is None and not ids:
        board = _only_board(folder)
    accepted = accept(folder, ids or (), board=board, note=note)
    if board is not None:
        say(f"読んだブック: {printable(str(board))}")
    say(_text(accepted, is_asked=bool(ids) or board is not None))


def _only_board(folder: Path) -> Path | None:
    """Find the one board that there is; several are asked about."""
    from kpireport.status.accepting import find_boards

    boards = find_boards(folder, Path.cwd())
    if len(boards) > 1:
        listed = "".join(f"\n  {printable(str(each))}" for each in boards)
        say(
            f"報告の状況のブックが{len(boards)}つあります。--board で指定してください。{listed}",
            err=True,
        )
        raise typer.Exit(TO_BE_CORRECTED)
    return boards[0] if boards else None


def _text(accepted: Accepted, *, is_asked: bool) -> str:
    lines = []
    for id_, questions in accepted.added.items():
        lines.append(f"確認済みにしました: {id_}")
        lines += [f"  {each.about}　{each.what}" for each in questions]
        if not questions:
            lines.append("  いまは、確かめるところがありません（これから出るものも知らせません）。")
    lines += [f"もう確認済みです: {id_}" for id_ in accepted.before]
    for tick in accepted.passed:
        lines.append(f"もう確かめるところではないので、加えません: {tick.id}　{tick.what}")
    if accepted.added:
        lines.append(f"{accepted.settings_file} の accept に書き込みました。")
    elif is_asked:
        lines.append("新しく加えるものはありません。何も書き込んでいません。")
    if accepted.open:
        lines.append(f"まだ確かめていないところが{len(accepted.open)}件あります。")
        lines += [f"  {each.settled_by}　{each.about}　{each.what}" for each in accepted.open]
        if not accepted.added:
            first = accepted.open[0].settled_by
            lines.append(
                f"  → 確かめたら、記号（{first} など）を付けて、もう一度実行してください。"
            )
    elif not is_asked:
        lines.append("確かめるところはありません。")
    return "\n".join(map(printable, lines))
