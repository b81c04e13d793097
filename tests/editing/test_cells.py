"""Cells and rows put into a sheet: in their places, in the look of the others, nothing else."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest

from kpireport.editing.cells import CellValue, with_cells
from kpireport.editing.quoting import QuotedFormats
from kpireport.errors import CellError

HEAD = '<row r="1"><c r="A1" s="9" t="s"><v>0</v></c><c r="B1" s="9"/></row>'


def book(sheet: str, styles: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("s.xml", sheet)
        package.writestr("styles.xml", styles)
    return made.getvalue()


def changed(rows: str, values: dict[tuple[int, int], CellValue], below: int | None = 1) -> str:
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return (
        part(with_cells(book(sheet), "s.xml", values, below=below))
        .removeprefix("<worksheet><sheetData>")
        .removesuffix("</sheetData></worksheet>")
    )


def part(data: bytes, name: str = "s.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def text(words: str) -> str:
    return f'<is><t xml:space="preserve">{words}</t></is>'


def test_a_number_and_an_empty_cell_keep_their_look():
    row = '<row r="2"><c r="A2" s="3" t="s"><v>7</v></c><c r="B2" s="4" t="str"><v>x</v></c></row>'
    assert changed(HEAD + row, {(2, 1): Decimal("0.5"), (2, 2): None}) == (
        HEAD + '<row r="2"><c r="A2" s="3"><v>0.5</v></c><c r="B2" s="4"/></row>'
    )


def test_a_cell_that_is_not_there_stands_in_its_column_and_looks_like_the_last_of_it():
    rows = (
        '<row r="2" spans="1:3"><c r="A2" s="3"/><c r="B2" s="5"/></row>'
        '<row r="3" spans="1:1"><c r="A3"/><c r="D3"/></row>'
    )
    assert changed(HEAD + rows, {(3, 2): "新", (3, 5): Decimal(1), (3, 3): None}) == (
        f'{HEAD}<row r="2" spans="1:3"><c r="A2" s="3"/><c r="B2" s="5"/></row>'
        f'<row r="3"><c r="A3"/><c r="B3" s="5" t="inlineStr">{text("新")}</c><c r="D3"/>'
        '<c r="E3"><v>1</v></c></row>'
    )


def test_the_titles_look_is_nobody_elses():
    assert changed(HEAD, {(2, 1): "新"}) == (
        f'{HEAD}<row r="2"><c r="A2" t="inlineStr">{text("新")}</c></row>'
    )


def test_a_row_that_gets_a_text_grows_with_it_and_others_stay_as_high_as_they_are():
    rows = (
        '<row r="2" spans="1:2" s="1" ht="30" customHeight="1"><c r="A2"/></row>'
        '<row r="3" ht="30" customHeight="1"><c r="A3"/></row>'
    )
    assert changed(HEAD + rows, {(2, 1): "文", (3, 1): Decimal(1)}) == (
        f'{HEAD}<row r="2" s="1"><c r="A2" t="inlineStr">{text("文")}</c></row>'
        '<row r="3" ht="30" customHeight="1"><c r="A3"><v>1</v></c></row>'
    )


def test_rows_stand_by_their_numbers():
    rows = '<row r="2"/><row r="5"><c r="A5"/></row>'
    assert changed(HEAD + rows, {(6, 1): Decimal(6), (3, 1): Decimal(3), (4, 2): Decimal(4)}) == (
        f'{HEAD}<row r="2"/><row r="3"><c r="A3"><v>3</v></c></row>'
        '<row r="4"><c r="B4"><v>4</v></c></row><row r="5"><c r="A5"/></row>'
        '<row r="6"><c r="A6"><v>6</v></c></row>'
    )


def test_an_empty_row_and_an_empty_sheet_are_opened():
    assert changed(f'{HEAD}<row r="2" ht="9"/>', {(2, 1): Decimal(1)}) == (
        f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row>'
    )
    made = with_cells(
        book("<worksheet><sheetData/></worksheet>"), "s.xml", {(1, 1): Decimal(1)}, below=0
    )
    assert part(made) == (
        '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
    )


def test_prefixes_and_numbers_that_are_left_out():
    sheet = (
        "<x:worksheet xmlns:x='u'><x:sheetData><x:row><x:c/></x:row><x:row><x:c/><x:c/></x:row>"
        "</x:sheetData></x:worksheet>"
    )
    made = part(with_cells(book(sheet), "s.xml", {(2, 2): "新", (3, 1): Decimal(1)}, below=1))
    assert made.count("<x:is>") == 1
    assert '<x:row r="3"><x:c r="A3"><x:v>1</x:v></x:c></x:row></x:sheetData>' in made


def test_the_area_that_the_sheet_says_it_uses_grows():
    sheet = '<worksheet><dimension ref="A1:H9"/><sheetData></sheetData></worksheet>'
    assert 'ref="A1:H12"' in part(with_cells(book(sheet), "s.xml", {(12, 1): Decimal(1)}, below=1))
    assert 'ref="A1:H9"' in part(with_cells(book(sheet), "s.xml", {(3, 1): Decimal(1)}, below=1))


def test_nothing_is_added_unless_it_may_be():
    with pytest.raises(CellError, match="セルA2がありません"):
        changed(HEAD, {(2, 1): "新"}, below=None)


def test_what_looks_like_a_row_in_a_comment_is_none():
    rows = f'{HEAD}<!-- <row r="2"><c r="A2"/></row> --><row r="2"><c r="A2" s="1"/></row>'
    assert changed(rows, {(2, 1): Decimal(1)}) == rows.replace(
        '<c r="A2" s="1"/>', '<c r="A2" s="1"><v>1</v></c>'
    )


STYLES = (
    '<styleSheet><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="9" quotePrefix="0"><alignment/></xf></cellXfs></styleSheet>'
)


def test_a_text_like_a_formula_gets_a_twin_of_its_look():
    rows = f'{HEAD}<row r="2"><c r="A2" s="1"/><c r="B2"/><c r="C2" s="1"/></row>'
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    values: dict[tuple[int, int], CellValue] = {(2, 1): "=1", (2, 2): "-1人", (2, 3): "文"}
    made = with_cells(book(sheet, STYLES), "s.xml", values, below=1, styles="styles.xml")
    assert '<c r="A2" s="2" t="inlineStr">' in part(made)
    assert '<c r="B2" s="3" t="inlineStr">' in part(made)
    assert '<c r="C2" s="1" t="inlineStr">' in part(made)
    assert part(made, "styles.xml") == STYLES.replace('count="2"', 'count="4"').replace(
        "</cellXfs>",
        '<xf numFmtId="9" quotePrefix="1"><alignment/></xf>'
        '<xf quotePrefix="1" numFmtId="0"/></cellXfs>',
    )
    again = with_cells(made, "s.xml", values, below=1, styles="styles.xml")
    assert part(again, "styles.xml") == part(made, "styles.xml")


@pytest.mark.parametrize("styles", [b"", b"<styleSheet/>", b"<cellXfs count='1'><xf/></cellXfs>"])
def test_a_look_that_is_not_there_has_no_twin(styles: bytes):
    formats = QuotedFormats(styles)
    assert formats.twin("7") == "7"
    assert formats.styles == styles
