"""The staff's year as it is measured: one command, in a process of its own.

::

    python benchmarks/year.py prepare FOLDER 96     a city of so many indicators
    python benchmarks/year.py collect FOLDER 96     one of its commands, timed from outside

The city has the real plan, repeated under further ids; last year's actuals are the
sample's, and every department has sent back what it was handed, filled in with them.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from zipfile import ZipFile

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Json: TypeAlias = Any  # what a JSON file holds

ROOT = Path(__file__).resolve().parents[1]
LAST_YEAR, YEAR = 2021, 2022
_HEADER_ROW = "記号"
_EDITED = "直した案.docx"
_SAID = "年度の途中から始めた。"
_SETTINGS = """\
edition = "review"
catalogue = "../../catalogue.json"
date = 2022-09-01
[review]
fiscal_year = 2021
actuals = "actuals.csv"
charts = "none"
[output]
name = "review-2021"
formats = ["docx"]
"""


def main() -> None:
    """Prepare a city, or run the command that the command line names, and print a size."""
    step, folder, indicators = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    city = folder / str(indicators)
    if step == "prepare":
        prepare(city, indicators)
        return
    print(STEPS[step](city / "reports"))


# --- the commands ----------------------------------------------------------------


def _sheets(reports: Path) -> int:
    from kpireport import hand_out  # noqa: PLC0415 -- a step loads what its command does

    return len(hand_out(reports / str(YEAR)))


def _collect(reports: Path) -> int:
    from kpireport import collect  # noqa: PLC0415

    return len(collect(reports / str(YEAR), dry_run=True).changes)


def _check(reports: Path) -> int:
    from kpireport import board  # noqa: PLC0415

    return len(board(reports / str(LAST_YEAR)).measures)


def _diff(reports: Path) -> int:
    from kpireport import compare  # noqa: PLC0415

    return len(compare(reports / str(LAST_YEAR), reports / str(YEAR)).differences)


def _pull(reports: Path) -> int:
    from kpireport import pull  # noqa: PLC0415

    last = reports / str(LAST_YEAR)
    return len(pull(last / _EDITED, last).changes)


STEPS: Mapping[str, Callable[[Path], int]] = {
    "sheets": _sheets,
    "collect": _collect,
    "check": _check,
    "diff": _diff,
    "pull": _pull,
}


# --- the city --------------------------------------------------------------------


def prepare(city: Path, indicators: int) -> None:
    """Write the city's plan, last year's report, this year's sheets, and the answers."""
    from openpyxl import load_workbook  # noqa: PLC0415 -- not part of what is measured

    from kpireport import build, hand_out, start_year  # noqa: PLC0415

    catalogue = json.loads((ROOT / "catalogue.json").read_text(encoding="utf-8"))
    catalogue.pop("$schema")
    goals = catalogue["goals"]
    times, rest = divmod(indicators, sum(1 for _ in _measures(goals)))
    if rest or not times:
        raise ValueError(f"{indicators} is not a multiple of the plan's number of indicators")
    suffixes = [f"-{copy}" if copy else "" for copy in range(times)]
    catalogue["goals"] = [_copy(goal, suffix) for suffix in suffixes for goal in goals]
    last = city / "reports" / str(LAST_YEAR)
    last.mkdir(parents=True)
    (city / "catalogue.json").write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    (last / "report.toml").write_text(_SETTINGS, encoding="utf-8")
    book = load_workbook(ROOT / "reports" / str(LAST_YEAR) / "actuals.xlsx")
    titles, rows = _table(book["実績"])
    with (last / "actuals.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(titles)
        at, comment = titles.index(_HEADER_ROW), titles.index("コメント")
        for suffix in suffixes:
            for row in rows:
                row[comment] = row[comment] or _SAID
                writer.writerow([*row[:at], f"{row[at]}{suffix}", *row[at + 1 :]])
    (built,) = build(last)
    _edit(built, last / _EDITED)
    start_year(YEAR, city / "reports")
    answers = {str(row[at]): dict(zip(titles, row, strict=True)) for row in rows}
    for handed in hand_out(city / "reports" / str(YEAR)):
        _answer(handed.path, answers)


def _edit(built: Path, edited: Path) -> None:
    """Write the Word file with one more sentence in one comment."""
    with ZipFile(built) as parts, ZipFile(edited, "w") as new:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(_SAID.encode(), f"{_SAID}予定通り進んだ。".encode(), 1)
            new.writestr(part, content)


def _answer(file: Path, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Fill in a department's workbook with what was reported last year."""
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(file)
    sheet = book["実績"]
    header = next(row for row in sheet.iter_rows() if row[0].value == _HEADER_ROW)
    titles = {str(cell.value).split("\n")[0]: cell.column for cell in header}
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        answer = answers.get("-".join(str(row[0].value).split("-")[:2]))
        for title in ("実績", "進捗状況"):
            cell = sheet.cell(row[0].row, titles[title])
            if answer and not cell.protection.locked:
                cell.value = answer[title]
    inbox = file.parents[1] / "inbox"
    inbox.mkdir(exist_ok=True)
    book.save(inbox / file.name)


def _table(sheet: Worksheet) -> tuple[list[str], list[list[str]]]:
    """Return the titles and rows of a sheet as they are shown."""
    shown = [[_shown(cell) for cell in row] for row in sheet.iter_rows()]
    at = next(number for number, row in enumerate(shown) if _HEADER_ROW in row)
    return shown[at], [row for row in shown[at + 1 :] if row[0]]


def _shown(cell: Cell) -> str:
    if isinstance(cell.value, float) and "%" in cell.number_format:
        return f"{cell.value * 100:.{cell.number_format.count('0') - 1}f}%"
    return "" if cell.value is None else str(cell.value)


def _measures(goals: Json) -> Iterator[Json]:
    for goal in goals:
        for plan in goal["plans"]:
            for row in plan["indicators"]:
                yield from row.get("indicators", (row,))


def _copy(value: Json, suffix: str) -> Json:
    """Return a part of the plan with another id in each of its parts."""
    if isinstance(value, list):
        return [_copy(each, suffix) for each in value]
    if isinstance(value, dict):
        return {
            key: f"{each}{suffix}" if key in ("id", "shared_with") else _copy(each, suffix)
            for key, each in value.items()
        }
    return value


if __name__ == "__main__":
    main()
