"""A proof as a workbook: what is ticked in it is read back (:mod:`.ticks`).

Comes in: a proof. Goes out: the workbook as data. All but the ticks, the remarks, the names
and the places on paper is locked: what is ticked has to be what was read.
"""

from __future__ import annotations

from collections.abc import Iterator

from kpireport.plan_proofs.proofs import Proof, ProofLine
from kpireport.plan_proofs.ticks import (
    ID,
    KIND,
    LEFT,
    LONGEST_PLACE,
    LONGEST_REMARK,
    NAMES,
    ORIGINAL,
    PLACE,
    PROOF,
    PROOF_PROPERTY,
    REMARK,
    SAID,
    SIGNS,
)
from kpireport.plan_proofs.words import (
    COLUMNS,
    DIFFERENCE,
    HEADING,
    HOW,
    HOW_TO_MEND,
    LEFT_HOW,
    UNREAD,
    UNREAD_HOW,
    WORDS,
    facts,
    texts_of,
    told_of,
)
from kpireport.writers.xlsx.book import (
    AS_TEXT,
    Book,
    Cell,
    CellLook,
    Choice,
    Row,
    Sheet,
    TextLength,
)

_TICKED = Choice(SIGNS, "○（合っている）か ×（違う）を選んでください。まだなら空けます。")
_REMARKED = TextLength(LONGEST_REMARK, f"この欄は{LONGEST_REMARK}字までです。")
_HIDDEN = (SAID, ORIGINAL)
_PLACED = TextLength(LONGEST_PLACE, f"この欄は{LONGEST_PLACE}字までです。")


def proof_book(proof: Proof) -> Book:
    """Return a proof as a workbook."""
    sheets = [_lines(proof)]
    if proof.unread:
        rows = tuple((each.place, each.text) for each in proof.unread)
        sheets.append(_list(UNREAD, UNREAD_HOW, ((PLACE, 24), (WORDS, 110)), rows))
    if proof.left:
        left = tuple((each.kind, each.id, each.remark) for each in proof.left)
        sheets.append(_list(LEFT, LEFT_HOW, ((KIND, 16), (ID, 16), (REMARK, 100)), left))
    return Book(f"{HEADING}：{proof.title}", proof.issuer, tuple(sheets), ((PROOF_PROPERTY, "1"),))


def _lines(proof: Proof) -> Sheet:
    titles = tuple(each.title for each in COLUMNS) + _HIDDEN
    above = tuple(_above(proof))
    return Sheet(
        name=PROOF,
        widths=(*(each.width for each in COLUMNS), *(18.0 for _ in _HIDDEN)),
        rows=(
            *above,
            Row(tuple(Cell(each, CellLook.HEADER) for each in titles)),
            *(_row(number, each) for number, each in enumerate(proof.lines, 1)),
        ),
        title_rows=len(above) + 1,
        title_columns=3,
        is_locked=True,
        hidden_columns=tuple(range(len(COLUMNS), len(titles))),
        header=proof.title,
        filter_row=len(above),
    )


def _above(proof: Proof) -> Iterator[Row]:
    """Few rows: they stay in sight, and are printed on each page."""
    width = len(COLUMNS)
    yield Row((Cell(f"{HEADING}　{'　'.join(facts(proof))}", CellLook.TITLE, span=width),))
    yield Row((Cell(f"{HOW}{HOW_TO_MEND}", CellLook.NOTE, span=width),))
    names = zip(NAMES, proof.names, strict=True)
    cells = [Cell(), Cell()]
    for word, name in names:
        written = Cell(name or None, CellLook.INPUT, number_format=AS_TEXT)
        cells += (Cell(word, CellLook.LABEL), written)
    yield Row(tuple(cells))


def _row(number: int, line: ProofLine) -> Row:
    given = line.standing.given
    texts = texts_of(number, line)
    cells = [
        _place(line) if column.title == PLACE else Cell(text or None, _look(column.title, line))
        for column, text in zip(COLUMNS, texts, strict=False)
    ]
    return Row(
        (
            *cells,
            _input(given.reader, _TICKED),
            _input(given.listener, _TICKED),
            _input(given.remark, _REMARKED),
            Cell(line.standing.row.digest, CellLook.MUTED),
            Cell(line.said_of_original or None, CellLook.MUTED),
        )
    )


def _look(title: str, line: ProofLine) -> CellLook:
    if title == DIFFERENCE and told_of(line):
        return CellLook.ALERT
    return CellLook.MUTED if title in ("番号", KIND, ID) else CellLook.TEXT


def _place(line: ProofLine) -> Cell:
    """The place in the original; where it is not known, room for that on paper."""
    if line.original.place:
        return Cell(line.original.place)
    return _input(line.place, _PLACED)


def _input(text: str, validation: Choice | TextLength) -> Cell:
    return Cell(text or None, CellLook.INPUT, validation, number_format=AS_TEXT)


def _list(
    name: str,
    explains: str,
    columns: tuple[tuple[str, float], ...],
    rows: tuple[tuple[str, ...], ...],
) -> Sheet:
    return Sheet(
        name=name,
        widths=tuple(width for _, width in columns),
        rows=(
            Row((Cell(explains, CellLook.NOTE, span=len(columns)),)),
            Row(tuple(Cell(title, CellLook.HEADER) for title, _ in columns)),
            *(Row(tuple(Cell(text or None) for text in row)) for row in rows),
        ),
        title_rows=2,
        is_locked=True,
    )
