"""``kpireport schema`` and ``kpireport template``: what a plan or a template begins from.

Comes in: a file's name. Goes out: the catalogue's JSON Schema, the Word base document.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpireport.cli.common import say
from kpireport.cli.help import HelpOption

_SCHEMA_HELP = """計画ファイルの書式（JSON Schema）を出力します。

計画ファイル（catalogue.json）を新しく書くとき、対応したエディターに読み込ませると、
項目名の候補と誤りがその場で分かります。"""

_SCHEMA_EXAMPLES = """例:
  kpireport schema --output catalogue.schema.json"""

_TEMPLATE_HELP = """Word の様式の雛形を作ります。

Word で開くと、使っているスタイルの名前が、そのスタイルの見た目で並んでいます。
スタイルの書体・大きさ・色・間隔、余白、ヘッダー・フッターを直して保存し、
kpireport build の --template か、設定ファイル report.toml の [docx] の template に
指定してください。雛形の本文の文字は、報告書には出ません。
同じ名前のファイルがあれば、上書きせずに知らせます。"""

_TEMPLATE_EXAMPLES = """例:
  kpireport template 様式.docx
  kpireport build reports/2021 --template 様式.docx"""


def add_schema_and_template(app: typer.Typer) -> None:
    """Make the commands some of the application's."""
    app.command("schema", add_help_option=False, help=_SCHEMA_HELP, epilog=_SCHEMA_EXAMPLES)(
        _schema
    )
    app.command("template", add_help_option=False, help=_TEMPLATE_HELP, epilog=_TEMPLATE_EXAMPLES)(
        _template
    )


def _schema(
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
        say(text, nl=False)
        return
    from kpireport.files import NewFile, write_files

    write_files([NewFile(output, text.encode())])
    say(f"作成しました: {output}")


def _template(
    output: Annotated[
        Path, typer.Argument(metavar="ファイル", help="新しく作る Word ファイル（.docx）です。")
    ],
    *,
    _help: HelpOption = False,
) -> None:
    """Write the base document to start a template from."""
    from kpireport.conductor import begin_template

    begin_template(output)
    say(f"作成しました: {output}")
