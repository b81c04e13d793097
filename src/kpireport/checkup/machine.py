"""The computer: its console, its clock, its folder for working files."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kpireport import __released__
from kpireport.checkup.points import Point
from kpireport.files import why_unwritable
from kpireport.findings import Findings

_WRITTEN = "実績版 令和３年度 ①～⑳ ㎡ ―"
"""What every result tells has such characters; those beyond are told by their code."""

_NEEDED = 100 * 2**20  # bytes: what one large report takes while it is made, several times over
_ROOMY = 10 * _NEEDED
_LATER = dt.timedelta(days=1)  # what clocks of servers and time zones may differ by


def look_at_console(encoding: str, language: str) -> Point:
    """Look whether the console shows Japanese.

    Args:
        encoding: that of what is printed.
        language: the locale, as the system calls it; empty for none.
    """
    findings = Findings("画面の文字")
    try:
        _WRITTEN.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        how = (
            "コマンドの画面で chcp 932 と打ってから、もう一度実行してください。"
            if sys.platform == "win32"
            else "環境変数 LANG を ja_JP.UTF-8 か C.UTF-8 にして、画面を開き直してください。"
        )
        findings.add("", f"文字コード {encoding} では、日本語を表示できません。", how)
    return Point("画面の文字", "、".join(filter(None, (encoding, language))), findings.problems)


def look_at_clock(now: dt.datetime, newest: float | None = None) -> Point:
    """Look whether the clock can be right.

    Args:
        now: what it says.
        newest: when the newest file was written, in seconds since 1970; ``None`` for no file.
    """
    findings = Findings("時計")
    remedy = "パソコンの日付と時刻の設定を確かめてください。"
    if now.date() < dt.date.fromisoformat(__released__):
        what = f"この版の kpireport が出た日（{__released__}）より前になっています。"
        findings.add("", what, remedy)
    elif newest is not None and newest > (now + _LATER).timestamp():
        what = "フォルダーに、いまより後の日時のファイルがあります。"
        findings.warn("", what, f"{remedy}正しければ、書いたパソコンの時計が進んでいます。")
    return Point("時計", f"{now:%Y-%m-%d %H:%M %z}", findings.problems)


def look_at_working_folder(folder: Path) -> Point:
    """Look at where the system has files put that are not to last."""
    subject = "一時フォルダー"
    findings = Findings(subject)
    told = look_at_writing(findings, folder)
    return Point(subject, told, findings.problems)


def look_at_writing(findings: Findings, folder: Path) -> str:
    """Note what keeps files from being made in a folder; return whether they can be, in words.

    A disk that soon will be full is noted too, unless there is another reason already.
    """
    why = why_unwritable(folder)
    if why:
        findings.add("", *why)
    free = _free(folder)
    if free is None:
        return "書けません" if why else "書けます"
    if not why and free < _ROOMY:
        what = f"ディスクの空きが {free // 2**20:,} MB しかありません。"
        note = findings.add if free < _NEEDED else findings.warn
        note("", what, "不要なファイルを片付けて、空きを増やしてください。")
    return f"{'書けません' if why else '書けます'}、空き {free / 2**30:,.1f} GB"


def _free(folder: Path) -> int | None:
    """How many bytes of a folder's disk are free; ``None`` where nobody says."""
    with suppress(OSError):
        return shutil.disk_usage(folder).free
    return None


def newest_of(files: Iterable[Path]) -> float | None:
    """Return when the newest of some files was written; ``None`` where none can be asked."""
    times = []
    for each in files:
        with suppress(OSError):
            times.append(each.stat().st_mtime)
    return max(times, default=None)
