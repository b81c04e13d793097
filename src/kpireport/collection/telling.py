"""What became of files and cells, in words for staff.

Comes in: facts of a collection. Goes out: sentences that the console and the workbench say
alike.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from kpireport.collection.outcomes import Change, ChangeKind, FileResult
from kpireport.collection.register import ReturnOutcome


def fate(file: FileResult) -> str:
    """Return what became of a file, in a sentence."""
    if file.same_as:
        return f"{file.same_as} と同じ内容です（{file.outcome}）。"
    match file.outcome:
        case ReturnOutcome.SUPERSEDED:
            return "使わないと決めた版です。"
        case ReturnOutcome.UNDECIDED:
            return "ほかの版があるので、まだ取り込んでいません。"
        case ReturnOutcome.REFUSED:
            return f"取り込めません（直すところ{_errors(file)}か所）。"
        case ReturnOutcome.BLANK:
            return f"まだ何も記入されていません（未記入{file.blank}行）。"
    parts = [f"取り込み{file.taken}行", f"変わりなし{file.unchanged}行"]
    if file.blank:
        parts.append(f"未記入{file.blank}行")
    if errors := _errors(file):
        parts.append(f"直すところ{errors}か所")
    return "、".join(parts)


def _errors(file: FileResult) -> int:
    return sum(each.severity == "エラー" for each in file.problems)


def moment_words(modified: str) -> str:
    """Return a file's time as people write it: ``2022年5月10日 9:30``."""
    try:
        moment = dt.datetime.fromisoformat(modified)
    except ValueError:
        return "日時不明"
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02}"


def counted(changes: Sequence[Change]) -> str:
    """Return how much is taken: ``3行の取り込み2か所、訂正1か所``; empty for nothing."""
    counts = Counter(each.kind for each in changes)
    said = "、".join(f"{kind}{counts[kind]}か所" for kind in ChangeKind if counts[kind])
    rows = {(each.sha256, each.sheet, each.id) for each in changes}
    return said and f"{len(rows)}行の{said}"
