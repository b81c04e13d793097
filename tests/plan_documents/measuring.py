"""How well a document is read: the workbook made of it, held against the rows that it means.

``python -m tests.plan_documents.measuring [key …]`` prints a table of all documents and formats.
"""

from __future__ import annotations

import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from kpireport.cli import main
from kpireport.findings import Findings
from kpireport.plan_books import columns as of
from kpireport.plan_books.importing import read_plan_book
from kpireport.plan_books.rows import Object, item_at
from tests.plan_documents.documents import write_all
from tests.plan_documents.municipalities import ORIGINALS
from tests.plan_documents.originals import Expected, Grid, Original, Text

_DASHES = re.compile("[‐‑‒–—―－-]")


@dataclass(slots=True)
class Measured:
    """How a document was read.

    Attributes:
        expected: how many rows it has.
        found: so many were found.
        extra: names of rows that it does not have.
        missed: names of rows that were not found.
        wrong: cells that say something else than the document does there.
        empty: cells that should say something.
        lost: texts of the document that are nowhere in the workbook.
        marked: how many rows are marked to be looked at.
    """

    expected: int
    found: int = 0
    extra: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    marked: int = 0

    @property
    def is_good(self) -> bool:
        """Whether all is there, and nothing wrong."""
        return not (self.extra or self.missed or self.wrong or self.empty or self.lost)

    def problems(self) -> str:
        """What is not as it should be."""
        items = ("missed", "extra", "wrong", "empty", "lost")
        return "\n".join(f"{each}: {text}" for each in items for text in getattr(self, each))


@dataclass(frozen=True, slots=True)
class ReadRow:
    """An indicator of a workbook, with the names of what it stands in."""

    above: tuple[str, ...]
    plan: str
    group: str
    entry: Object
    doubt: str

    def text(self, *path: str) -> str:
        """An item's text."""
        value = item_at(self.entry, path)
        return "" if value is None else str(value)

    def details(self) -> dict[str, str]:
        """The texts of further columns, by their titles."""
        details = self.entry.get("details")
        return (
            {key: str(each) for key, each in details.items()} if isinstance(details, dict) else {}
        )


def folded(text: str) -> str:
    """A text for comparing: widths, dashes, white space and marks of notes do not count."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"※[0-9]*", "", _DASHES.sub("-", plain))


# --- reading ---------------------------------------------------------------------


def read_rows(workbook: Path) -> list[ReadRow]:
    """The indicators of a plan's workbook."""
    book = read_plan_book(workbook, Findings(workbook))
    doubts = {key: origin.row.text(of.DOUBT) for key, origin in book.grown.origins.items()}
    goals = book.grown.raw.get("goals")
    return [
        ReadRow(above, plan, group, entry, doubts.get(id(entry), ""))
        for above, plan, group, entry in _indicators(goals if isinstance(goals, list) else [])
    ]


def _indicators(goals: object) -> Iterator[tuple[tuple[str, ...], str, str, Object]]:
    waiting: list[tuple[tuple[str, ...], Object]] = [((), each) for each in _objects(goals)]
    while waiting:
        above, node = waiting.pop(0)
        inside = (*above, _name(node))
        yield from ((inside, "", "", each) for each in _objects(node.get("numeric_targets")))
        waiting[:0] = [(inside, each) for each in _objects(node.get("sections"))]
        for plan in _objects(node.get("plans")):
            for row in _objects(plan.get("indicators")):
                if "indicators" in row:
                    for each in _objects(row["indicators"]):
                        yield inside, _name(plan), str(row.get("name", "")), each
                else:
                    yield inside, _name(plan), "", row


def _objects(value: object) -> list[Object]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _name(node: Object) -> str:
    return str(node.get("title") or node.get("name") or "")


def all_texts(workbook: Path) -> str:
    """All texts of a workbook, folded."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    texts = "\n".join(folded(str(cell)) for cell in cells if cell is not None)
    book.close()
    return texts


# --- comparing -------------------------------------------------------------------


def measure(original: Original, kind: str, workbook: Path) -> Measured:
    """Hold the workbook that was made of a document of a format against the document."""
    return hold_against(original, kind, read_rows(workbook), all_texts(workbook))


def hold_against(original: Original, kind: str, rows: list[ReadRow], texts: str) -> Measured:
    """Hold rows that were read, and all texts of the workbook, against the document."""
    measured = Measured(len(original.expected))
    left = list(rows)
    for expected in original.expected:
        row = next((each for each in left if _is_named(each, expected)), None)
        if row is None:
            measured.missed.append(expected.name)
            continue
        left.remove(row)
        measured.found += 1
        _compare(expected, row, measured)
    hidden = {folded(each.name) for each in original.hidden}
    measured.extra = [each.text("name") for each in left if folded(each.text("name")) not in hidden]
    measured.marked = sum(bool(each.doubt) for each in rows)
    measured.lost = [each for each in _kept(original, kind) if not _stands_in(each, texts)]
    return measured


def _is_named(row: ReadRow, expected: Expected) -> bool:
    return folded(row.text("name")) == folded(expected.name)


def _kept(original: Original, kind: str) -> Iterator[str]:
    """Yield the texts that must stand somewhere, whatever is made of them."""
    for part in original.parts:
        if isinstance(part, Text):
            yield part.text
        elif part.header_lines and not _has_indicators(part, original):
            yield from filter(None, (cell.text for line in part.lines for cell in line))
    if not kind.endswith("pdf"):  # what is hidden is not printed
        yield from (each.name for each in original.hidden)
    for expected in original.expected:
        yield from filter(None, expected.other.values())


def _has_indicators(grid: Grid, original: Original) -> bool:
    names = {each.name for each in original.expected}
    return any(cell.text in names for line in grid.lines for cell in line)


def _stands_in(text: str, texts: str) -> bool:
    behind_number = text.partition("　")[2] or text
    return folded(text) in texts or folded(behind_number) in texts


def _compare(expected: Expected, row: ReadRow, measured: Measured) -> None:
    def note(title: str, wanted: str, found: str) -> None:
        said = f"{expected.name} / {title}: 「{wanted}」→「{found}」"
        (measured.wrong if found else measured.empty).append(said)

    if expected.above and not _same_path(expected.above, row.above):
        note("上の階層", " > ".join(expected.above), " > ".join(row.above))
    if not _same_name(expected.plan, row.plan):
        note("計画", expected.plan, row.plan)
    for title, wanted, found in (*_values(expected, row), *_texts(expected, row)):
        if folded(wanted) != folded(found):
            note(title, wanted, found)
    for year, wanted in expected.yearly.items():
        found = _yearly(row).get(year, "")
        is_final = year == max(expected.yearly) and wanted == expected.target
        if folded(wanted) != folded(found) and not (is_final and not found):
            note(str(year), wanted, found)
    for year in set(_yearly(row)) - set(expected.yearly):
        note(str(year), "", _yearly(row)[year])


def _values(expected: Expected, row: ReadRow) -> Iterator[tuple[str, str, str]]:
    """Yield what the row's values should be and are, the unit where it may stand."""
    unit, before, after = row.text("unit"), row.text("baseline", "text"), row.text("target", "text")
    wanted = folded(expected.unit)
    if wanted and not unit and all(wanted in folded(each) for each in (before, after)):
        before, after = (folded(each).replace(wanted, "", 1) for each in (before, after))
        unit = wanted
    yield "単位", expected.unit, unit
    yield "現状値", expected.baseline, before
    yield "目標値", expected.target, after


def _texts(expected: Expected, row: ReadRow) -> Iterator[tuple[str, str, str]]:
    departments = row.entry.get("departments")
    given = [str(each) for each in departments] if isinstance(departments, list) else []
    yield "所管課", "、".join(expected.departments), "、".join(given)
    yield "番号", expected.number, row.text("number")
    elsewhere = {folded(each) for each in row.details().values()}
    for item in ("direction", "definition", "basis", "source", "remarks"):
        wanted, found = getattr(expected, item), row.text(item)
        is_beside = not found and folded(wanted) in elsewhere
        yield item, wanted, wanted if is_beside else found


def _yearly(row: ReadRow) -> dict[int, str]:
    return {
        year: str(each.get("text", ""))
        for each in _objects(row.entry.get("yearly_targets"))
        if isinstance(year := each.get("fiscal_year"), int)
    }


def _same_path(expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    return len(expected) == len(found) and all(map(_same_name, expected, found))


def _same_name(expected: str, found: str) -> bool:
    """Whether a name is the printed one; its number may stand before it, or apart."""
    printed, name = folded(expected), folded(found)
    if not printed:
        return not name
    return bool(name) and (printed.endswith(name) or name.endswith(printed))


# --- the table -------------------------------------------------------------------


def read_into(document: Path, workbook: Path, *options: str) -> int:
    """Have a document read as a person would, and return the exit status."""
    return main(["plan", "read", str(document), str(workbook), *options])


def _print_table(keys: list[str]) -> None:
    originals = [each for each in ORIGINALS if not keys or each.key in keys]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = write_all(originals, folder)
        lines, details = [], []
        for original in originals:
            for kind in original.formats:
                workbook = folder / f"{original.key}.{kind}.read.xlsx"
                status = read_into(made[original.key, kind], workbook)
                where = f"{original.key} {kind}"
                if not workbook.exists():
                    lines.append(f"{where:24} not read: exit status {status}")
                    continue
                found = measure(original, kind, workbook)
                lines.append(
                    f"{where:24} {found.found:3}/{found.expected:<3} extra {len(found.extra)} "
                    f"wrong {len(found.wrong)} empty {len(found.empty)} "
                    f"lost {len(found.lost)} marked {found.marked}"
                )
                if not found.is_good:
                    details.append(f"--- {where}\n{found.problems()}")
        sys.stdout.write("\n".join((*details, *lines, "")))


if __name__ == "__main__":
    _print_table(sys.argv[1:])
