"""Plans stand on one page in Word as in the PDF, as far as marks in the file tell."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import pytest

from kpireport.document.blocks import Block, Cell, Row, Table
from kpireport.document.styles import CellStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx import write_docx
from kpireport.writers.pdf.writer import lay_out
from tests.documents import document, kpi_table
from tests.kept_plans import band, kept_plans
from tests.writers.docx.reader import has, parts, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def rows(*blocks: Block) -> list[tuple[str, bool]]:
    """Return every row's last text, and whether it stays with what follows."""
    made = document(*blocks)
    breaks = lay_out(made).table_breaks
    root = parts(write_docx(made, row_breaks=breaks))["word/document.xml"]
    return [(_text(row), _keeps(row)) for row in root.iter(f"{W}tr")]


def _text(row: Any) -> str:
    return text(list(row.iter(f"{W}p"))[-1])


def _keeps(row: Any) -> bool:
    return all(has(paragraph, "pPr/keepNext") for paragraph in row.iter(f"{W}p"))


def test_all_rows_of_a_plan_stay_with_its_notes_and_plans_do_not() -> None:
    found = rows(kept_plans(12, 3, 12))
    notes = [number for number, (words, _) in enumerate(found) if words.startswith("課題")]
    assert [keeps for _, keeps in found].count(False) == 3
    assert not any(found[number][1] for number in notes)


def test_a_plan_taller_than_a_page_is_kept_at_its_ends_alone() -> None:
    found = [keeps for words, keeps in rows(kept_plans(60)) if "計画0" in words or "課題" in words]
    assert found[0]
    assert found[-2:] == [True, False]  # the last row stays with the notes
    assert found.count(False) > 30


def test_a_band_stays_with_the_table_below_and_that_with_two_rows() -> None:
    found = rows(band(4), kept_plans(3))
    assert all(keeps for words, keeps in found if "目標" in words)
    header = next(number for number, (words, _) in enumerate(found) if words == "指標")
    assert [keeps for _, keeps in found[header : header + 3]] == [True] * 3


def test_where_the_pdf_breaks_a_plan_below_its_band_word_may_too() -> None:
    made = document(band(8), kept_plans(34))
    breaks = lay_out(made).table_breaks
    (at,) = breaks[1]
    root = parts(write_docx(made, row_breaks=breaks))["word/document.xml"]
    keeps = [_keeps(row) for row in root.iter(f"{W}tr")]
    before = 8 + 1 + at - 1  # the band's rows, the header
    assert not keeps[before]
    assert keeps[before - 1]
    assert keeps[: 8 + 1 + 1] == [True] * 10  # as far as the table's first two rows
    assert keeps.count(False) > 20


LABEL = "障害者が地域で暮らし続けられる基盤の整備"


def test_a_label_over_a_pages_end_has_room_before_it() -> None:
    """LibreOffice prints nothing of it below, and what has no room above not at all."""
    table = kpi_table((LABEL, 6))
    narrow = replace(table, columns=(14, 86))
    heights = {at: _least_heights(narrow, at) for at in (2, 5, 0)}
    lines = -(-len(LABEL) // 5)  # of five letters each at most
    leading, padding = 13, 7
    lacking = lines * leading + padding - 2 * (leading + padding)
    assert heights[2][0] >= leading + padding + lacking
    assert heights[2][1:] == [0] * 5
    assert heights[5] == heights[0] == [0] * 6  # there is room; no page ends


def test_the_name_above_such_a_label_is_no_higher_for_it() -> None:
    table = replace(kpi_table((LABEL, 6)), columns=(14, 86))
    name = Cell((paragraph("基本施策", TextStyle.TABLE_TEXT),), CellStyle.TEXT, colspan=2)
    named = replace(table, rows=(Row((name,), keep_with_next=True), *table.rows))
    heights = _least_heights(named, 2)
    assert heights[0] == 0
    assert heights[1] > 0


@pytest.mark.parametrize(
    ("lacking", "more"),
    [(60.0, 0), (18.0, 0), (17.0, 1), (0.5, 17.5), (-7.5, 25.5), (-12.0, 30), (-12.5, 0)],
)
def test_rows_that_all_but_fit_above_their_page_are_higher_by_what_word_could_spare(
    lacking: float, more: float
) -> None:
    """Else Word would set them on the page before, and a figure below on one of its own."""
    usual = 13 + 7  # a line and the padding
    heights = _least_heights(kpi_table(("甲", 6), ("乙", 3)), 6, lacking)
    assert heights[6] == pytest.approx(usual + more if more else 0)
    assert sum(heights) == heights[6]


def test_neither_a_row_alone_nor_many_are_higher_where_they_all_but_fit() -> None:
    for begins, counts in ((6, (6, 1)), (6, (6, 30))):
        table = kpi_table(*zip("甲乙", counts, strict=True))
        assert not any(_least_heights(table, begins, 1.0)[:-1])


def _least_heights(table: Table, page_begins: int, lacking: float = inf) -> list[float]:
    """Return each row's least height in points, where a page begins with the row."""
    made = write_docx(document(table), row_breaks=[{page_begins: lacking}])
    _, *body = parts(made)["word/document.xml"].iter(f"{W}tr")
    heights = [row.find(f"{W}trPr/{W}trHeight") for row in body]
    return [0 if each is None else int(each.get(f"{W}val")) / 20 for each in heights]
