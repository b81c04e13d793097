"""``kpireport init`` and ``new``: one's own folder, and that of the next year.

Comes in: a folder; a year, the folder of the years' folders. Goes out: what was made, and what to
look at next.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import say, show_warnings
from kpireport.cli.environment import asked_moment, this_morning
from kpireport.cli.help import HelpOption
from kpireport.cli.next_steps import edition_steps, in_reports, steps_text, typed
from kpireport.cli.plan_readings import Columns, read_text

if TYPE_CHECKING:
    from kpireport.collection import StartedYear
    from kpireport.collection.first_folder import StartedFolder


_HELP = """次の年度のフォルダーを作ります。

前の年度の設定（report.toml）を引き継ぎ、年度・日付・ファイル名などを新しい年度に改めて、
作成中の版（draft = true）にします。実績のブック（actuals.xlsx）には、その年度に報告する指標と
戦略計画の行が並びます。実績版が初めての年度なら、計画版（reports/plan）の計画のファイルから
始めます。ほかの計画のファイルから始めるときは、--catalogue で指定します。
もうある年度のフォルダーには、何も書き込みません。"""

_EXAMPLES = """例:
  kpireport new 2022
  kpireport new 令和４年度 --from 2021
  kpireport new 2022 --folder "C:\\企画課\\報告書"
  kpireport new 2019 --catalogue catalogue.json"""


_Year = Annotated[
    str,
    typer.Argument(
        metavar="年度", help="報告する年度です。「2022」とも「令和４年度」とも書けます。"
    ),
]
_FromYear = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="年度",
        help="設定を引き継ぐ年度です。省くと、一番近い前の年度です。",
    ),
]
_YearsFolder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="フォルダー",
        help="年度のフォルダーが並んでいるフォルダーです。省くと、reports があれば reports、"
        "なければ今いるフォルダーです（初めての年度なら、reports を作ります）。",
    ),
]
_Catalogue = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        metavar="ファイル",
        help="初めての年度を、この計画のファイル（catalogue.json）から始めます。省くと、"
        "計画版（plan のフォルダー）の計画のファイルです。",
    ),
]


_INIT_HELP = """自分の自治体のフォルダーを作ります。

計画を書き入れるブック（計画.xlsx）と、計画版の設定（reports/plan/report.toml）ができます。見本は
入りません。ブックを書いたら、kpireport plan import で計画のファイル（catalogue.json）にします。
--from で計画の文書（Word、Excel、PDF）を指定すると、それを読み取ったブックができます。
実績版の設定は、計画のファイルができてから、kpireport new 年度 で作ります。
--json なら、ブックの代わりに計画のファイルの例ができ、すぐ作って出来上がりを確かめられます。
もうあるフォルダーには、何も書き込みません。"""

_INIT_EXAMPLES = """例:
  kpireport init みどり市
  kpireport init みどり市 --from 総合戦略.docx
  kpireport init "C:\\企画課\\みどり市の報告"
  kpireport init みどり市 --json
"""


def add_init_and_new(app: typer.Typer) -> None:
    """Make the commands some of the application's."""
    app.command("init", add_help_option=False, help=_INIT_HELP, epilog=_INIT_EXAMPLES)(_init)
    app.command("new", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_new)


def _init(
    folder: Annotated[
        Path, typer.Argument(metavar="フォルダー", help="新しく作るフォルダーです。")
    ],
    *,
    document: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="文書",
            help="今ある計画の文書（.docx、.xlsx、.pdf）を読み取って、ブックにします。",
        ),
    ] = None,
    columns: Columns = None,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="ブックの代わりに、計画のファイル（JSON）の例を作ります。"),
    ] = False,
    _help: HelpOption = False,
) -> None:
    """Make a folder of one's own and say what to do next."""
    from kpireport.collection.first_folder import start_folder

    started = start_folder(
        folder,
        document=document,
        columns=columns or (),
        as_json=as_json,
        moment=this_morning(os.environ),
    )
    if started.read is not None:
        say(read_text(started.read))
        show_warnings(started.read.findings.warnings)
    lines = [f"作成しました: {path}" for path in started.files]
    say("\n".join((*lines, "", steps_text(list(_first_steps(started, as_json=as_json))))))


def _first_steps(started: StartedFolder, *, as_json: bool) -> Iterator[str]:
    from kpireport.collection.first_folder import PLAN_FOLDER
    from kpireport.plan_books.conducting import CATALOGUE

    first, catalogue = started.files[0], started.folder / CATALOGUE
    if as_json:
        yield f"{first} の例を、自分の計画に書き換えます。"
    else:
        yield f"{first} を Excel で開き、{_FILLED[started.read is not None]}、保存して閉じます。"
        yield f"kpireport plan import {typed(first)} {typed(catalogue)}    取り込みます"
    plan_folder = started.folder / PLAN_FOLDER
    yield from edition_steps(plan_folder)
    yield f"kpireport new 年度{in_reports(plan_folder.parent)}    実績版を始めます"


_FILLED = {
    False: "計画を書いて",
    True: "要確認のところと、シート「置けなかったもの」を見て直し",
}
"""What is done to a workbook, by whether it was read from a document."""


def _new(
    year: _Year,
    *,
    from_year: _FromYear = None,
    folder: _YearsFolder = None,
    catalogue: _Catalogue = None,
    _help: HelpOption = False,
) -> None:
    """Make the year's folder and say what to do next."""
    from kpireport.collection import start_year, usual_folder

    started = start_year(
        year,
        folder or usual_folder(Path(), is_first=catalogue is not None),
        from_year=from_year,
        catalogue=catalogue,
        moment=asked_moment(os.environ),
    )
    say(_told(started))


def _told(started: StartedYear) -> str:
    lines = [f"引き継いだもの: {started.source}"]
    lines += [f"作成しました: {path}" for path in started.files]
    lines += [f"確かめてください: {note}" for note in started.notes]
    steps = (
        f"{started.files[0]} を開いて、設定を確かめます。",
        f"kpireport check {typed(started.folder)}    誤りがないかを調べます",
        f"kpireport sheets {typed(started.folder)}    各課に配るブックを作ります",
    )
    return "\n".join((*lines, "", steps_text(steps)))
