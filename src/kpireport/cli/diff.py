"""``kpireport diff``: what differs between two years, two versions or two plans.

Exit statuses are those of ``diff``: 0 nothing differs, 1 something does, 2 trouble, be it
that an input cannot be read or that the workbook cannot be written.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import DIFFERENT, Quiet, findings_apart, progress_bar, say
from kpireport.cli.environment import asked_moment
from kpireport.cli.help import HelpOption

if TYPE_CHECKING:
    from kpireport.comparing import Comparison

_WHAT = "報告書のフォルダー、保存したもの（フォルダーか .zip）、計画の .json、Word の .docx です。"


_HELP = """二つを比べて、違いを示します。

二つの年度の報告書、同じ年度の前の版と後の版、保存したものといまのもの、二つの計画のファイル、
二つの Word などを比べ、違うところを一つずつ、場所と前後の文で示します。
二つの年度を比べると、指標ごとの実績・率・評価の推移と、前に報告した年度の値の訂正を、
区別して示します。Word では、ページ番号と表の続きの見出しは比べません。
何も書き換えません。"""

_EXAMPLES = """例:
  kpireport diff reports/2020 reports/2021
  kpireport diff reports/2021/archive reports/2021
  kpireport diff 前の案.docx reports/2021/out/review-2021.docx
  kpireport diff 前のcatalogue.json catalogue.json --xlsx 違い.xlsx

終わったときの値:
  0  違いがない
  1  違いがある
  2  比べられない、または書き込めなかった"""


def add_diff(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("diff", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_diff)


def _diff(
    old: Annotated[Path, typer.Argument(metavar="前", help=_WHAT)],
    new: Annotated[Path, typer.Argument(metavar="後", help="前と同じ種類のものです。")],
    *,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            metavar="ファイル",
            help="違いの一覧を、新しい Excel のブックにも書き込みます。",
        ),
    ] = None,
    quiet: Quiet = False,
    _help: HelpOption = False,
) -> None:
    """Compare two reports, plans or Word files and say what differs."""
    from kpireport.cli.differences import comparison_text
    from kpireport.comparing import compare
    from kpireport.files import check_new

    with findings_apart():
        if xlsx is not None:
            check_new(xlsx, like="違い.xlsx")
        with progress_bar(hidden=quiet) as progress:
            comparison = compare(old, new, progress=progress)
        say(comparison_text(comparison))
        if xlsx is not None:
            _write(xlsx, comparison)
            if not quiet:
                say(f"作成しました: {xlsx}")
    if not comparison.is_same:
        raise typer.Exit(DIFFERENT)


def _write(path: Path, comparison: Comparison) -> None:
    from kpireport.comparing import differences_xlsx
    from kpireport.files import NewFile, write_files

    content = differences_xlsx(comparison, moment=asked_moment(os.environ))
    write_files([NewFile(path, content)])
