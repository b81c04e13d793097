"""Tables cut into what has one header, and put together again over pages.

Comes in: the parts of a document. Goes out: its texts, and stretches: a header with the lines
below it. A table that goes on over a page, with its header repeated or without one, is the
same stretch's; one that changes its header midway is two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from kpireport.plan_documents.captions import (
    Caption,
    has_role,
    is_header_text,
    is_of_figures,
    words_in,
)
from kpireport.plan_documents.tables import SourceCell, SourceDocument, SourceTable, SourceText
from kpireport.plan_documents.times import years_in
from kpireport.plan_documents.vocabulary import Role, role_of_whole, squeezed
from kpireport.quickly import dataclass

_LARGEST_FORM = 400  # cells: forms are small, and their labels are held against each other
_MOST_LABELS = 60  # rows of a table whose headers stand to the left: they are its columns
_HEADER_ROWS = 4  # a header has at most so many rows
_APART = 0.02  # columns that begin within so much of the page's width stand below one another


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, with what stands at each of its columns.

    Attributes:
        place: where it stands, in words.
        cells: at each column; a cell that reaches over several is at each.
        number: the row, from 0.
        is_header: it is one of a header.
        doubts: what a person should look at, of what was read into it.
        why_left: why its figures are none of a plan; empty for others.
    """

    place: str
    cells: tuple[SourceCell | None, ...]
    number: int
    is_header: bool = False
    doubts: tuple[str, ...] = ()
    why_left: str = ""

    def text(self, column: int) -> str:
        """What stands at a column."""
        cell = self.cells[column] if column < len(self.cells) else None
        return cell.text if cell else ""

    def filled(self) -> tuple[SourceCell, ...]:
        """Its cells that say something, each once."""
        return tuple(dict.fromkeys(each for each in self.cells if each and each.text.strip()))

    def own(self) -> tuple[SourceCell, ...]:
        """Those of them that begin in it."""
        return tuple(each for each in self.filled() if each.row == self.number)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines below a header.

    Attributes:
        table: that they are of.
        order: of the table in the document, from 1.
        captions: the header of each column; none where the table has no header.
        lines: below it.
        header: the lines of the header.
        continues: it goes on where the stretch before it ended.
    """

    table: SourceTable
    order: int
    captions: tuple[Caption, ...]
    lines: tuple[Line, ...]
    header: tuple[Line, ...] = ()
    continues: bool = False

    @property
    def has_header(self) -> bool:
        """Whether it is known what its columns are called."""
        return bool(self.captions)

    @property
    def signature(self) -> tuple[tuple[str, ...], ...]:
        """What tells its header from others."""
        return tuple(tuple(map(squeezed, each.texts)) for each in self.captions)


Piece: TypeAlias = SourceText | Stretch


def pieces_of(document: SourceDocument, told: frozenset[int] = frozenset()) -> list[Piece]:
    """The document's texts and stretches, in order.

    Args:
        document: it.
        told: tables whose columns somebody tells, by their order from 1: they need no header.
    """
    pieces: list[Piece] = []
    order = 0
    for part in document.parts:
        if isinstance(part, SourceText):
            pieces.append(part)
            continue
        order += 1
        for stretch in _stretches(part, order, is_told=order in told):
            pieces.append(_put_on(stretch, pieces))
    return pieces


def _put_on(stretch: Stretch, pieces: Sequence[Piece]) -> Stretch:
    """The stretch as the going on of the one before it, if it is that."""
    before = next((each for each in pieces[::-1] if isinstance(each, Stretch)), None)
    if before is None or not before.has_header:
        return stretch
    between = pieces[len(pieces) - pieces[::-1].index(before) :]
    is_next = not any(isinstance(each, SourceText) and _is_words(each.text) for each in between)
    if stretch.has_header:
        return replace(stretch, continues=is_next and stretch.signature == before.signature)
    if stretch.table.columns != before.table.columns or not _below(stretch.table, before.table):
        return stretch
    if len(stretch.captions) == 0 and (is_next or stretch.table.columns > 2):
        return replace(stretch, captions=before.captions, continues=is_next)
    return stretch


def _is_words(text: str) -> bool:
    """Whether a text is more than the number of a page."""
    plain = squeezed(text)
    return bool(plain.strip("-−‐–0123456789/ページp."))


def _below(after: SourceTable, before: SourceTable) -> bool:
    if not after.lefts or not before.lefts or len(after.lefts) != len(before.lefts):
        return True
    return all(
        abs(one - other) <= _APART for one, other in zip(after.lefts, before.lefts, strict=True)
    )


# --- one table -------------------------------------------------------------------------


def _stretches(table: SourceTable, order: int, *, is_told: bool) -> Iterator[Stretch]:
    lines = lines_of_table(table)
    if cards := _cards(table, order, lines):
        yield from cards
        return
    blocks = list(_header_blocks(lines))
    if not blocks and (turned := _turned(table)) is not None:
        lines = tuple(
            replace(each, place=f"{table.place(0)[: -len('1行目')]}{each.number + 1}列目")
            for each in lines_of_table(turned)
        )
        blocks = list(_header_blocks(lines))
    if not blocks and is_told:
        captions = tuple(Caption(()) for _ in range(table.columns))
        yield Stretch(table, order, captions, lines)
        return
    first = blocks[0][0] if blocks else len(lines)
    if first:
        yield Stretch(table, order, (), lines[:first])
    for index, (start, end) in enumerate(blocks):
        until = blocks[index + 1][0] if index + 1 < len(blocks) else len(lines)
        header = tuple(replace(each, is_header=True) for each in lines[start:end])
        captions = tuple(_caption(header, column) for column in range(len(header[0].cells)))
        yield Stretch(table, order, captions, lines[end:until], header)


def lines_of_table(table: SourceTable) -> tuple[Line, ...]:
    """The lines of a table."""
    return tuple(
        Line(table.place(row), tuple(cells), row) for row, cells in enumerate(table.grid())
    )


def _caption(header: Sequence[Line], column: int) -> Caption:
    """The texts above a column; without those that reach on beside what is below."""
    end = header[-1].number + 1
    cells = dict.fromkeys(
        cell for line in header if (cell := line.cells[column]) and cell.text.strip()
    )
    return Caption(tuple(each.text for each in cells if each.row + each.rows <= end))


def _header_blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    row = 0
    while row < len(lines):
        if _is_header(lines, row):
            end = _end_of_header(lines, row)
            yield row, end
            row = end
        else:
            row += 1


def _is_header(lines: Sequence[Line], row: int) -> bool:
    own = lines[row].own()
    if len(own) < 2:
        return False
    alike = _alike(own)
    roles = sum(has_role(each.text) for each in own) if alike else 0
    if not roles:
        return False
    below = lines[row + 1].own() if row + 1 < len(lines) else ()
    has_figures = any(is_of_figures(each.text) for each in own) or (
        any(is_of_figures(each.text) or _is_year(each.text) for each in below)
        and sum(is_header_text(each.text) for each in below) * 2 >= len(below)
    )
    if roles == 1:
        return len(alike) == len(own) and any(years_in(each.text) for each in own)
    return has_figures or any(_is_year(each.text) for each in own)


def _alike(own: Sequence[SourceCell]) -> list[SourceCell]:
    """The cells of a row that can be a header's; none where they are less than two fifths."""
    alike: list[SourceCell] = []
    for seen, cell in enumerate(own, start=1):
        if is_header_text(cell.text):
            alike.append(cell)
        elif (seen - len(alike)) * 5 > len(own) * 3:
            return []
    return alike


def _is_year(text: str) -> bool:
    return bool(years_in(text)) and not words_in(text)


def _end_of_header(lines: Sequence[Line], row: int) -> int:
    end = row + 1
    while end < min(len(lines), row + _HEADER_ROWS):
        reaching = [
            each
            for each in lines[end].filled()
            if row <= each.row < end and each.row + each.rows <= row + _HEADER_ROWS
        ]
        own = lines[end].own()
        if not own and reaching:
            end += 1
            continue
        is_alike = bool(own) and all(is_header_text(each.text) for each in own)
        if sum(has_role(each.text) for each in reaching) > 1:
            end += 1
            continue
        if not (own and (reaching or is_alike) and _may_be_header(own, is_alike=is_alike)):
            break
        if not reaching and not _adds(lines[end - 1], lines[end]):
            break
        end += 1
    return end


def _may_be_header(own: Sequence[SourceCell], *, is_alike: bool) -> bool:
    return is_alike or sum(is_header_text(each.text) for each in own) * 2 >= len(own)


def _adds(above: Line, line: Line) -> bool:
    """Whether a row below a header parts its columns: it stands under wide or empty cells."""
    return any(
        cell is not None
        and cell.row == line.number
        and cell.text.strip()
        and ((over := above.cells[column]) is None or over.columns > 1 or not over.text.strip())
        for column, cell in enumerate(line.cells)
    ) or not _names_roles_twice(above, line)


def _names_roles_twice(above: Line, line: Line) -> bool:
    """A second row with the same words is no part of the first: it begins a header of its own."""
    return any(
        (cell := line.cells[column]) is not None
        and cell.row == line.number
        and above.cells[column] is not None
        and role_of_whole(words_in(cell.text)) is not None
        for column in range(len(line.cells))
    )


def _cards(table: SourceTable, order: int, lines: Sequence[Line]) -> list[Stretch]:
    """Forms for one indicator each, labels beside their values, as stretches of one line."""
    if len(table.cells) > _LARGEST_FORM:
        return []
    forms: list[list[tuple[SourceCell, SourceCell, str]]] = [[]]
    for line in lines:
        own = tuple(cell for cell in dict.fromkeys(line.cells) if cell and cell.row == line.number)
        if len(own) % 2 or any(has_role(each.text) for each in own[1::2]):
            return []
        for label, value in zip(own[::2], own[1::2], strict=True):
            if any(squeezed(label.text) == squeezed(known.text) for known, _, _ in forms[-1]):
                forms.append([])
            forms[-1].append((label, value, line.place))
    labels = {label.column for form in forms for label, _, _ in form}
    if len(labels) < 2 or not all(map(_is_form, forms)):
        return []
    return [_as_stretch(table, order, form) for form in forms]


_Form: TypeAlias = Sequence[tuple[SourceCell, SourceCell, str]]


def _is_form(form: _Form) -> bool:
    roles = {role_of_whole(words_in(label.text)) for label, _, _ in form} - {None}
    return (
        len(roles) >= 3 and Role.INDICATOR in roles and bool({Role.TARGET, Role.BASELINE} & roles)
    )


def _as_stretch(table: SourceTable, order: int, form: _Form) -> Stretch:
    place = next(
        place for label, _, place in form if role_of_whole(words_in(label.text)) is Role.INDICATOR
    )
    cells = tuple(
        replace(value, row=1, column=at, rows=1, columns=1) for at, (_, value, _) in enumerate(form)
    )
    captions = tuple(Caption((label.text,)) for label, _, _ in form)
    return Stretch(table, order, captions, (Line(place, cells, 1),))


def _turned(table: SourceTable) -> SourceTable | None:
    """A table whose headers stand to the left, turned about; ``None`` for others."""
    if table.rows > _MOST_LABELS:
        return None
    labels = [line.text(0) for line in lines_of_table(table)]
    roles = {role_of_whole(words_in(each)) for each in labels if has_role(each)}
    has_figures = bool(roles & {Role.TARGET, Role.BASELINE})
    if table.columns < 2 or len(roles) < 3 or Role.INDICATOR not in roles or not has_figures:
        return None
    cells = tuple(
        sorted(
            (
                replace(
                    each, row=each.column, column=each.row, rows=each.columns, columns=each.rows
                )
                for each in table.cells
            ),
            key=lambda each: (each.row, each.column),
        )
    )
    return replace(table, cells=cells, rows=table.columns, columns=table.rows)
