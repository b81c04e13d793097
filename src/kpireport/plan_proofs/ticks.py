"""A proof's workbook on its way back: what the two people ticked and remarked in it.

Comes in: the workbook. Goes out: for each of its rows the ticks, the remark, and the digest
of what the row said when they were made.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpireport.findings import Findings
from kpireport.quickly import dataclass
from kpireport.sources.cells import SheetCells, usable_text
from kpireport.sources.titled_tables import Column, Form, Record, find_table
from kpireport.sources.workbook import Workbook, read_workbook

PROOF_PROPERTY = "kpireport-proof"
"""The custom property that tells that a workbook is a proof, whatever its name."""

PROOF, LEFT = "読み合わせ", "前の気付き"
KIND, ID, READER, LISTENER, REMARK = "種類", "記号", "読み手", "聞き手", "気付き"
SAID, ORIGINAL, PLACE = "照合", "原本の照合", "原本の場所"
READER_NAME, LISTENER_NAME, DAY = "読み手の名前", "聞き手の名前", "読み合わせた日"
NAMES = (READER_NAME, LISTENER_NAME, DAY)
SIGNS = ("○", "×")
LONGEST_REMARK, LONGEST_PLACE = 300, 100  # characters

_FORM = Form(
    PROOF,
    tuple(Column(each) for each in (KIND, ID, READER, LISTENER, REMARK, SAID, ORIGINAL, PLACE)),
)
_LEFT_FORM = Form(LEFT, (Column(KIND), Column(ID), Column(REMARK)))
_HEAD = 12  # rows in which the names stand


@dataclass(frozen=True, slots=True)
class Given:
    """What people wrote beside a row of a proof.

    Attributes:
        kind: of the row.
        id: likewise.
        reader: the tick of who read aloud, as it is written.
        listener: likewise of who listened.
        remark: what they noticed.
        said: the digest of what the row said.
        original: likewise of the original's words; empty where they were not known.
        paper: the row's place in the original, which may be a page of paper.
        place: where the row stands in the workbook.
    """

    kind: str
    id: str
    reader: str = ""
    listener: str = ""
    remark: str = ""
    said: str = ""
    original: str = ""
    paper: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class GivenProof:
    """What people wrote in a proof: beside its rows, and who they are."""

    rows: tuple[Given, ...] = ()
    names: tuple[str, ...] = ("",) * len(NAMES)
    left: tuple[Given, ...] = ()


def read_proof(data: bytes | Path) -> GivenProof | None:
    """Read what people wrote in a proof.

    Args:
        data: the workbook, or its path.

    Returns:
        It; ``None`` for a workbook that is no proof, or whose table is gone.

    Raises:
        CellError: it cannot be used as a workbook at all.
    """
    book: Workbook = read_workbook(data, (PROOF, LEFT))
    sheets = {each.name: each for each in book.sheets}
    if PROOF_PROPERTY not in book.properties or PROOF not in sheets:
        return None
    table = find_table(_FORM, sheets[PROOF], Findings())
    if table is None:
        return None
    rows = tuple(map(_given, table.records()))
    left = tuple(_left(sheets[LEFT])) if LEFT in sheets else ()
    return GivenProof(rows, _names(sheets[PROOF]), left)


def _given(record: Record) -> Given:
    return Given(
        record.shown(KIND),
        record.shown(ID),
        record.shown(READER),
        record.shown(LISTENER),
        record.shown(REMARK),
        record.shown(SAID),
        record.shown(ORIGINAL),
        record.shown(PLACE),
        record.place(READER),
    )


def _left(sheet: SheetCells) -> Iterator[Given]:
    table = find_table(_LEFT_FORM, sheet, Findings())
    for record in table.records() if table else ():
        kind, id_, remark = (record.shown(each) for each in (KIND, ID, REMARK))
        if remark:
            yield Given(kind, id_, remark=remark)


def _names(sheet: SheetCells) -> tuple[str, ...]:
    """Who they are: what stands in the cell after each of the words above the table."""
    found = dict.fromkeys(NAMES, "")
    for number in sorted(sheet.rows)[:_HEAD]:
        cells = [(column, usable_text(each)) for column, each in sheet.rows[number].items()]
        for column, text in cells:
            if text in found:
                after = [said for other, said in cells if other > column and said not in found]
                found[text] = after[0] if after else ""
    return tuple(found.values())
