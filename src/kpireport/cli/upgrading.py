"""``kpireport upgrade``: files of an older kpireport brought to today's formats.

Comes in: a folder. Goes out: what would be written otherwise; the files, once that is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.cli.common import TO_BE_CORRECTED, is_wanted, problems_text, say
from kpireport.cli.help import HelpOption
from kpireport.cli.next_steps import typed

if TYPE_CHECKING:
    from kpireport.upgrading import FileUpgrade, Upgrade

_HELP = """前の版の kpireport で作ったフォルダーを、いまの書式にします。

設定などのファイルの書式の版を調べ、書き換えるところを全部示します。意味は変えません。評価と、
出来上がりのファイルの名前が同じになることを、書き込む前に確かめます。書き込むと、書き換える
前のファイルを、フォルダーの「新しい形にする前.zip」に残します。確定して保存したもの
（archive）は、書き換えません。"""

_EXAMPLES = """例:
  kpireport upgrade reports/2021
  kpireport upgrade reports
  kpireport upgrade reports --apply

終わったときの値:
  0  全ていまの書式である、示した、または書き込んだ
  1  書き込めなかった
  2  読めないファイルがある（何も書き込みません）"""


def add_upgrade(app: typer.Typer) -> None:
    """Make the command one of the application's."""
    app.command("upgrade", add_help_option=False, help=_HELP, epilog=_EXAMPLES)(_upgrade)


def _upgrade(
    folder: Annotated[
        Path,
        typer.Argument(metavar="フォルダー", help="報告書のフォルダーか、その上のフォルダーです。"),
    ],
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="確かめずに、示したとおりに書き込みます。")
    ] = False,
    _help: HelpOption = False,
) -> None:
    """Show what would change, and write it if that is wanted."""
    from kpireport.upgrading import planned
    from kpireport.upgrading.writing import written

    found = planned(folder)
    if told := _text(found):
        say(told)
    if found.problems:
        say(f"{problems_text(found.problems)}\n\n{_NOTHING_WRITTEN}", err=True)
        raise typer.Exit(TO_BE_CORRECTED)
    if found.files and (apply or is_wanted("このとおりに書き込みますか。")):
        done = written(found)
        say(f"{len(done.files)}ファイルを書き換えました。")
        say(f"書き換える前のファイル: {done.copy}")


_NOTHING_WRITTEN = """何も書き込んでいません。
  → 直してから、もう一度実行してください。ほかの報告書を先に新しい形にするときは、そのフォルダーを
    一つずつ指定してください。"""


def _text(found: Upgrade) -> str:
    if not found.files:
        if found.problems:
            return ""
        return f"{found.looked_at}ファイルを調べました。全て、いまの書式です。"
    heading = f"{found.looked_at}ファイルのうち、{len(found.files)}ファイルが前の書式です。"
    return "\n\n".join((heading, *("\n".join(_lines(each)) for each in found.files)))


def _lines(file: FileUpgrade) -> Iterator[str]:
    yield f"{file.path}（版 {file.version} → {file.to}、kpireport {file.since} から）"
    yield from (f"  {each.place}: {each.what}" for each in file.changes)


def tell_deprecated(folders: Sequence[Path]) -> None:
    """Say once what reports have that should not stay as it is, and how to change it."""
    for text in deprecated_texts(folders):
        say(text, err=True)


def deprecated_texts(folders: Sequence[Path]) -> Iterator[str]:
    """Yield what is told of each report that has something that should not stay as it is.

    Reports that cannot be read have been told of.
    """
    from kpireport.upgrading import former_settings

    for folder in folders:
        file = former_settings(folder)
        if file is not None and file.deprecated:
            since = f"（kpireport {file.since} から、新しい書き方があります）"
            lines = (f"  {each.place}: {each.deprecates}" for each in file.deprecated)
            remedy = f"  → kpireport upgrade {typed(folder)} で、意味を変えずに書き直せます。"
            yield "\n".join((f"{file.path}: 前の書き方{since}", *lines, remedy))
