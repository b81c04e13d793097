"""``kpireport handbook``: the handbook, in the browser.

Comes in: nothing. Goes out: where the handbook's first page is; a browser that shows it.
"""

from __future__ import annotations

from typing import Annotated

import typer

from kpireport.cli.common import TOOL_MISSING, say, show_in_browser
from kpireport.cli.help import HelpOption

_HELP = """手引を、ブラウザーで開きます。

手引は kpireport と一緒に入っていて、インターネットにつながっていなくても読めます。"""

_EXAMPLES = """例:
  kpireport handbook
  kpireport handbook --no-browser

終わったときの値:
  0  開いた、または場所を表示した
  3  開けるブラウザーか、手引のページがない"""


def add_handbook(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("handbook", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_handbook)


def _handbook(
    *,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="ブラウザーを開かず、場所だけを表示します。")
    ] = False,
    _help: HelpOption = False,
) -> None:
    """Open the first page, and say where it is."""
    from kpireport.handbook import handbook_page

    page = handbook_page()
    say(f"手引: {page}")
    if not no_browser and not show_in_browser(page.as_uri()):
        raise typer.Exit(TOOL_MISSING)
