"""``kpireport plan proof``: what was read of a plan, set beside its original to be ticked.

Comes in: the plan's workbook, the plan's file. Goes out: a workbook, a page, how far it is.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import say, show_warnings
from kpireport.cli.environment import this_morning
from kpireport.cli.help import HelpOption
from kpireport.findings import refuse

if TYPE_CHECKING:
    from kpireport.plan_proofs.proofs import Proof

_HELP = """読み取った計画を原本と並べ、二人で読み合わせるブックを作ります。

行ごとに、左に原本の場所と言葉、右に読み取った名称、現状値、目標値と、その意味を述べた文を並べ、
読み手と聞き手の印の欄を設けます。もう一度作ると、変わっていない行の印と、全ての気付きが残り、変わった
行だけ印が外れます。印のそろわない行は、kpireport check が知らせます。"""

_EXAMPLES = """例:
  kpireport plan proof 計画.xlsx
  kpireport plan proof 計画.xlsx catalogue.json --html 読み合わせ.html
  kpireport plan proof catalogue.json"""


def add_proof(group: typer.Typer) -> None:
    """Make the command one of the group's."""
    group.command("proof", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_proof)


def _proof(
    plan: Annotated[
        Path,
        typer.Argument(
            metavar="計画",
            help="計画のブック（.xlsx）か、手で書いたときは計画のファイル（catalogue.json）です。",
        ),
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="計画のファイル",
            help="ブックから作った計画のファイルです。なければ、ブックの隣の catalogue.json です。",
        ),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="ファイル",
            help="作るブックです。なければ、計画のファイルと同じ所の 読み合わせ.xlsx です。"
            "check が見るのは、その名前のものだけです。",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="ファイル",
            help="印刷して読み合わせるページ（.html）も、この名前で作ります。",
        ),
    ] = None,
    _help: HelpOption = False,
) -> None:
    """Set a plan beside its original."""
    from kpireport.plan_proofs.proving import prove_plan

    book, catalogue = _inputs(plan, file)
    proved = prove_plan(catalogue, book, output=output, page=html, moment=this_morning(os.environ))
    show_warnings(proved.warnings)
    say("\n".join((_counts(proved.proof), *(f"作成しました: {path}" for path in proved.files))))


def _inputs(plan: Path, file: Path | None) -> tuple[Path | None, Path]:
    """The plan's workbook, if there is one, and the plan's file."""
    if plan.suffix.lower() != ".json":
        return plan, file or plan.parent / "catalogue.json"
    if file is not None:
        refuse(
            plan,
            "計画のファイルが、先に書かれています。",
            f"kpireport plan proof {file} {plan} のように、計画のブックを先に書いてください。",
        )
    return None, plan


def _counts(proof: Proof) -> str:
    lines = [
        f"読み合わせる行: {len(proof.lines):,}",
        f"二人の印がそろった行: {proof.done:,}",
        f"印の後に変わった行: {proof.changed:,}",
    ]
    if proof.has_original:
        lines += [
            f"原本の言葉と違う行: {proof.differing:,}",
            f"行のない原本の場所: {len(proof.unread):,}",
        ]
    else:
        lines.append("原本の場所: 分かりません（紙の頁などを書く欄を空けました）")
    return "\n".join(lines)
