"""``kpireport build`` of many reports: progress and problems of each, a table at the end.

Comes in: report folders, named or listed in a file. Goes out: what came of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kpireport.batches import Outcome, build_many
from kpireport.batches.orders import Wish
from kpireport.cli.common import (
    DONE,
    NOT_WRITTEN,
    TO_BE_CORRECTED,
    problems_text,
    progress_bar,
    say,
)
from kpireport.cli.tables import grid_text
from kpireport.findings import refuse
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_ordinary
from kpireport.sources.settings import SETTINGS_FILE
from kpireport.status.grids import Column, Grid, Line

_COLUMNS = (
    Column("報告書", 40),
    Column("結果", 18),
    Column("ファイル", 8, is_number=True),
    Column("確かめる所", 10, is_number=True),
    Column("秒", 6, is_number=True),
)


def listed_folders(file: Path) -> tuple[Path, ...]:
    """Return the folders that a file lists, one in a line; blank lines and ``#`` say nothing.

    Raises:
        InputError: it cannot be read, or lists none.
    """
    try:
        text = read_ordinary(file).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = unreadable(error) if isinstance(error, OSError) else _NOT_UTF8
        refuse(file, *why)
    lines = (line.strip() for line in text.splitlines())
    # as the list has them: a list beside its reports may be moved with them
    found = tuple(file.parent / line for line in lines if line and not line.startswith("#"))
    if not found:
        refuse(file, "フォルダーが一つも書かれていません。", "一行に一つずつ書いてください。")
    return found


_NOT_UTF8 = (
    "文字コードが UTF-8 ではありません。",
    "メモ帳で「名前を付けて保存」を選び、文字コードを UTF-8 にしてください。",
)


def build_all(
    folders: Sequence[Path],
    wish: Wish,
    *,
    workers: int,
    scheduler: str,
    shared: bool,
    quiet: bool,
) -> int:
    """Build reports, tell what is wrong with each as it comes, and return the exit status.

    Raises:
        InputError: not one of the folders is a report's.
    """
    if not any((folder / SETTINGS_FILE).exists() for folder in folders):
        refuse(
            "、".join(map(str, folders)),
            "報告書のフォルダーが一つもありません。",
            f'{SETTINGS_FILE} のあるフォルダーを書いてください。空白を含む名前は "…" で囲みます。',
        )
    folders = tuple(dict.fromkeys(folders))  # each is built once
    outcomes: list[Outcome] = []
    with progress_bar(hidden=quiet) as progress:
        work = build_many(folders, workers=workers, scheduler=scheduler, shared=shared, wish=wish)
        if progress:
            progress(0, len(folders), "作っています")
        for outcome in work:
            outcomes.append(outcome)
            if told := _told(outcome):
                say(f"{told}\n", err=True)
            if progress:
                progress(len(outcomes), len(folders), outcome.folder.name)
    if not quiet:
        order = {folder: at for at, folder in enumerate(folders)}
        say(grid_text(_grid(sorted(outcomes, key=lambda each: order[each.folder]))))
    if any(each.problems for each in outcomes):
        return TO_BE_CORRECTED
    return DONE if all(each.is_done for each in outcomes) else NOT_WRITTEN


def _told(outcome: Outcome) -> str:
    """Return what is wrong with a report, under its name; empty for nothing."""
    parts = (problems_text(outcome.problems, outcome.warnings), outcome.fault)
    told = "\n\n".join(part for part in parts if part)
    return f"■ {outcome.folder}\n\n{told}" if told else ""


def _grid(outcomes: Sequence[Outcome]) -> Grid:
    done = sum(each.is_done for each in outcomes)
    total = Line((f"{len(outcomes)}件のうち{done}件を作りました", "", "", "", ""))
    return Grid("", _COLUMNS, tuple(_lines(outcomes)), total=total)


def _lines(outcomes: Sequence[Outcome]) -> Iterator[Line]:
    for each in outcomes:
        result = (
            f"直すところ{len(each.problems)}か所"
            if each.problems
            else "できませんでした"
            if each.fault
            else "作りました"
        )
        seconds = f"{each.seconds:.1f}" if each.is_done else ""
        yield Line(
            (str(each.folder), result, len(each.written), len(each.warnings), seconds),
            is_open=not each.is_done,
        )
