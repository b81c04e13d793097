"""``kpireport open``: the workbench, in the browser.

Comes in: a folder. Goes out: the address of its workbench; the process serves it until it is
told to stop.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
import platform
import signal
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kpireport.cli.common import say, show_in_browser
from kpireport.cli.environment import asked_moment, today
from kpireport.cli.help import HelpOption

_HELP = """ブラウザーで、フォルダーの計画と年度を開きます。

計画を作り、実績を集め、調べ、報告書を作って保存するまでを、画面で進められます。書き込むのは、
ほかのコマンドと同じファイルです。開けるのは、このパソコンのブラウザーだけです。
画面の「終了する」を押すか、画面を閉じてしばらくすると終わります。"""

_EXAMPLES = """例:
  kpireport open
  kpireport open "C:\\企画課\\みどり市"
  kpireport open みどり市 --no-browser"""


def add_open(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("open", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_open)


def _open(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="フォルダー",
            help="計画と年度のあるフォルダーです。省くと、今いるフォルダーです。",
        ),
    ] = Path(),
    *,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="ブラウザーを開かず、住所だけを表示します。")
    ] = False,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            metavar="番号",
            help="使うポートです。省くと、空いているもの。",
        ),
    ] = 0,
    _help: HelpOption = False,
) -> None:
    """Serve the workbench until it is told to stop."""
    from kpireport.workbench.desk import Clock
    from kpireport.workbench.serving import serve

    def tell(address: str) -> None:
        say(f"画面の住所: {address}")
        say("終えるときは、画面の「終了する」を押すか、ここで Ctrl+C を押してください。")
        if not no_browser:
            show_in_browser(address)

    clock = Clock(
        today=lambda: today(os.environ),
        now=lambda: dt.datetime.now(dt.UTC),
        moment=lambda: asked_moment(os.environ),
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl+C does: tidily
    with suppress(KeyboardInterrupt):
        serve(folder, clock, f"{getpass.getuser()}（{platform.node()}）", tell=tell, port=port)
    say("終了しました。")
