"""``kpireport check-pdf``: finished PDFs held against their standards.

Comes in: PDFs. Goes out: the rules that they break, in words for staff.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpireport.cli.common import (
    NOT_CONFORMING,
    say,
)
from kpireport.cli.help import HelpOption

_HELP = """できた PDF が、長期保存と読み上げの規格に適合するかを検査します。

長期保存の PDF/A（普通は PDF/A-2a）と、読み上げの PDF/UA-1 の決まりを満たすかを、
veraPDF という検査プログラムで調べます。満たしていなければ、決まりごとに、何が、
どのページで、何か所違うかを知らせます。PDF は書き換えません。

検査プログラムと Java が必要です。ないときは、入れ方を知らせます。"""

_EXAMPLES = """例:
  kpireport check-pdf reports/plan/out/plan.pdf
  kpireport check-pdf 計画.pdf 実績.pdf

終わったときの値:
  0  全て適合している
  1  適合していないものがある
  2  検査できないファイルがある
  3  検査プログラムか Java がない"""


def add_check_pdf(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("check-pdf", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_check_pdf)


def _check_pdf(
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
    say("\n\n".join(map(str, reports)))
    if not all(report.conforms for report in reports):
        say(f"\n{_PDF_ADVICE}", err=True)
        raise typer.Exit(NOT_CONFORMING)


_PDF_ADVICE = """\
適合していない PDF があります。
  → kpireport が作った PDF を別のソフトで開いて保存し直すと、適合しなくなることがあります。
    kpireport build で作り直し、できた PDF をそのまま使ってください。"""
