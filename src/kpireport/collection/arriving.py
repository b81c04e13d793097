"""Workbooks put into the inbox by the workbench, under names that every system can bear.

Comes in: files as a browser sends them: a name that anybody may have written, and bytes. Goes
out: new files in the inbox; what was refused, and why. What is in the inbox stays as it is: a
name that is taken is numbered. What such a workbook says is not looked at here: taking in
tells what is wrong with it, and who sent it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kpireport.collection.inbox import ask_about_place, look_through, not_an_answer
from kpireport.errors import Problem
from kpireport.files import NewFile, is_same_file, write_files
from kpireport.messages import printable
from kpireport.quickly import dataclass
from kpireport.reports import Report
from kpireport.sources.file_names import file_name
from kpireport.sources.package_kinds import WORKBOOK

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of files that came in.

    Attributes:
        saved: the new files in the inbox.
        known: files that are there already, byte for byte.
        refused: what is no answer, named as it was sent.
    """

    saved: tuple[Path, ...]
    known: tuple[Path, ...]
    refused: tuple[Problem, ...]


def put_into_inbox(report_dir: Path | str, files: Sequence[tuple[str, bytes]]) -> Arrived:
    """Save workbooks that came back into the inbox of a report.

    Args:
        report_dir: the folder of ``report.toml``.
        files: names as they were sent, and bytes.

    Raises:
        InputError: the settings cannot be used, the inbox is outside the report's folder, or
            it cannot take what comes in.
        OutputError: a file cannot be written; none is.
    """
    report = Report.open(report_dir)
    settings = report.collection_settings
    ask_about_place(settings.inbox, report.folder, report.settings_file)
    inbox = settings.inbox.resolve()
    there = _there(inbox, (report.review_settings.actuals, settings.received))
    refused: list[Problem] = []
    known: dict[Path, bytes] = {}
    new: dict[Path, bytes] = {}
    taken = [each.name for each in inbox.iterdir()] if inbox.is_dir() else []
    for sent, data in files:
        name = _last_part(sent)
        if problem := _refusal(name, data):
            refused.append(problem)
            continue
        same = next(_same(data, there, new), None)
        if same is not None:
            known[same] = data
            continue
        path = inbox / _free_name(name, taken)
        taken.append(path.name)
        new[path] = data
    write_files([NewFile(path, data) for path, data in new.items()])
    return Arrived(tuple(new), tuple(known), tuple(refused))


def _there(inbox: Path, besides: Sequence[Path]) -> list[Path]:
    if not inbox.is_dir():
        return []
    return look_through(inbox, besides=besides).workbooks


def _same(data: bytes, there: Sequence[Path], new: dict[Path, bytes]) -> Iterator[Path]:
    yield from (path for path in there if is_same_file(path, data))
    yield from (path for path, other in new.items() if other == data)


def _last_part(sent: str) -> str:
    """The file's own name: some browsers send the folders, with either slash."""
    return sent.replace("\\", "/").rpartition("/")[2]


def _refusal(name: str, data: bytes) -> Problem | None:
    """Return why a file is not taken; ``None`` for one that is."""
    shown = printable(name[:200]) or "名前のないファイル"
    if reason := not_an_answer(name):
        return Problem(shown, "", *reason)
    if not data:
        what, remedy = "中身がありません（0バイト）。", "もう一度送ってもらってください。"
        return Problem(shown, "", what, remedy)
    if len(data) > WORKBOOK.largest_file:
        most = WORKBOOK.largest_file // _MEGABYTE
        what = f"ファイルが大きすぎます（{len(data) // _MEGABYTE}MB。{most}MBまでです）。"
        return Problem(shown, "", what, WORKBOOK.shrink)
    return None


def _free_name(name: str, taken: Sequence[str]) -> str:
    stem, _, ending = name.rpartition(".")
    suffix = f".{ending.lower()}"
    stems = [each[: -len(suffix)] for each in taken if each.lower().endswith(suffix)]
    return f"{file_name(stem, stems)}{suffix}"
