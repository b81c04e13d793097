"""What the commands share: exit statuses, arguments, how problems are listed, progress.

Exit statuses: 0 done; 1 a result could not be written, a PDF does not conform, an
archive is not what it was, something is not reported yet, or the computer needs
mending; 2 an input or the command line has to be corrected; 3 a program that the
command needs is absent; 130 interrupted. Where 1 tells what a command found, what could
not be written is 2.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpireport.errors import OutputError, Problem
from kpireport.messages import in_plain_lines

if TYPE_CHECKING:
    from kpireport.conductor import Progress

DONE = 0
NOT_WRITTEN = 1
NOT_CONFORMING = 1
DIFFERENT = 1
UNREPORTED = 1
TO_BE_MENDED = 1
TO_BE_CORRECTED = 2
TOOL_MISSING = 3
INTERRUPTED = 130  # 128 + SIGINT, as shells have it

Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="進み具合と作ったファイルの名前を表示しません。")
]
ReportFolder = Annotated[
    Path,
    typer.Argument(
        metavar="フォルダー", help="報告書の設定ファイル report.toml があるフォルダーです。"
    ),
]


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print on the console; all that the commands say goes through here.

    Names and cells from anywhere may have control sequences for the console in them, or
    what turns the words around about: those come out as their code.
    """
    typer.echo(in_plain_lines(text), err=err, nl=nl)


def unwritten_text(error: OutputError) -> str:
    """Return what is said where something could not be written."""
    return f"書き込めませんでした。以前のファイルは元のままです。\n\n{error}"


@contextmanager
def findings_apart() -> Iterator[None]:
    """Keep what cannot be written apart from what the command found, whose status is 1 too."""
    try:
        yield
    except OutputError as error:
        say(unwritten_text(error), err=True)
        raise typer.Exit(TO_BE_CORRECTED) from error


def problems_text(errors: Sequence[Problem], warnings: Sequence[Problem] = ()) -> str:
    """Return all errors and warnings, each kind under its heading; empty for none."""
    parts = []
    if errors:
        parts.append(listed(f"入力に直すところが{len(errors)}か所あります。", errors))
    if warnings:
        parts.append(listed(_to_look_at(warnings), warnings))
    return "\n\n".join(parts)


def show_warnings(warnings: Sequence[Problem], besides: str = "") -> None:
    """Print what deserves a second look; it stopped nothing."""
    if warnings:
        say(listed(_to_look_at(warnings) + besides, warnings) + "\n", err=True)


def _to_look_at(warnings: Sequence[Problem]) -> str:
    return f"確かめていただきたいところが{len(warnings)}か所あります。"


def listed(
    heading: str, problems: Sequence[Problem], options: Mapping[Problem, str] | None = None
) -> str:
    """Return problems below their heading, and how those that are none are accepted.

    Args:
        heading: what they are.
        problems: the problems.
        options: what to type to have one settled, for those that a command settles.
    """
    typed = options or {}
    blocks = [f"{each}\n    {typed[each]}" if each in typed else str(each) for each in problems]
    if ids := [*dict.fromkeys(each.settled_by for each in problems if each.settled_by)]:
        blocks.append(
            "このままでよいものは、kpireport accept に記号を書いて実行すると、次からは知らせません"
            f"（{'、'.join(ids[:_MOST_IDS])}{'など' if ids[_MOST_IDS:] else ''}）。"
        )
    return "\n\n".join([heading, *blocks])


_MOST_IDS = 10


_YES = ("y", "yes", "ｙ", "はい")


def is_wanted(question: str) -> bool:
    """Ask whether to write, where somebody can answer; else tell how to."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("まだ書き込んでいません。書き込むには、--apply を付けて実行してください。")
        return False
    try:
        answer = input(f"{question}y（はい）か n（いいえ）: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() in _YES:
        return True
    say("書き込みませんでした。")
    return False


def show_in_browser(address: str) -> bool:
    """Have a browser show an address that has been said already, and say how that went.

    A browser that was started may still fail, and nobody tells: so what to do then is said, too.

    Returns:
        Whether a browser was started.
    """
    import webbrowser

    by_hand = "上に示したところを、ブラウザーの住所の欄に貼り付けてください。"
    try:
        is_started = webbrowser.open(address)
    except webbrowser.Error:
        is_started = False
    if is_started:
        say(f"ブラウザーを開いています。出てこないときは、{by_hand}")
    else:
        say(f"ブラウザーを開けませんでした。\n  → {by_hand}")
    return is_started


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Progress | None]:
    """Show a bar on the standard error while the body runs, where somebody can see it."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, what: str) -> None:
            # drawn at once: a step may be over before the next tick
            bar.update(task, completed=done, total=total, description=what, refresh=True)

        yield show
