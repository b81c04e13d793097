"""Plans stand on one page with the notes below them; a band never ends a page alone."""

from __future__ import annotations

import re

import pytest

from kpireport.document.blocks import Block
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.pdf.items import PieceItem
from kpireport.writers.pdf.writer import lay_out
from tests.documents import document, kpi_table
from tests.kept_plans import band, kept_plans

LINE = paragraph("文", TextStyle.BODY)


def pages(*blocks: Block, before: int = 0) -> list[list[list[str]]]:
    """Return page by page the pieces of tables, each as the texts of its rows' last cells."""
    laid = lay_out(document(*[LINE] * before, *blocks))
    return [
        [_rows(item.item) for item in page.items if isinstance(item.item, PieceItem)]
        for page in laid.pages
    ]


def _rows(item: PieceItem) -> list[str]:
    found: dict[float, str] = {}
    for placed in item.piece.cells:
        if placed.cell.cell.scope is None and placed.strips:
            found[placed.top] = "".join(r.run.text for r in placed.strips[0].runs)
    return list(found.values())


def plans_of(rows: list[str]) -> list[str]:
    """Return the number of each row's plan; the band's rows have none."""
    found = (re.search(r"(?:計画|課題)([0-9]+)", row) for row in rows)
    return [match[1] for match in found if match]


@pytest.mark.parametrize("before", range(0, 36, 3))
@pytest.mark.parametrize("lines", [1, 2])
def test_a_plan_with_its_notes_stands_on_one_page(before: int, lines: int) -> None:
    counts = (3, 12, 5, 1, 9, 12, 2)
    found = [
        plans_of(rows)
        for page in pages(kept_plans(*counts, lines=lines), before=before)
        for rows in page
    ]
    for number, count in enumerate(counts):
        holding = [rows.count(str(number)) for rows in found if str(number) in rows]
        assert holding == [count + 1]


def test_a_plan_taller_than_a_page_is_broken_with_two_rows_on_either_side() -> None:
    for before in range(0, 36, 2):
        found = [rows for page in pages(kept_plans(40, 3, lines=2), before=before) for rows in page]
        parts = [plans_of(rows).count("0") for rows in found]
        assert sum(parts) == 41
        assert all(part >= 2 for part in parts if part)


@pytest.mark.parametrize("before", range(36))
@pytest.mark.parametrize("first", [4, 20, 30, 34])
def test_a_band_is_not_alone_at_a_pages_end(before: int, first: int) -> None:
    """Whatever the first plan needs, even where it has no room on a page with the band."""
    found = pages(band(8), kept_plans(first, 4), before=before)
    assert any("目標" in row for page in found for rows in page for row in rows)
    for page in found:
        for number, rows in enumerate(page):
            if any("目標" in row for row in rows):
                below = page[number + 1 :]
                assert below
                assert len(below[0]) >= 2


def test_a_plan_that_has_room_on_a_page_with_its_band_takes_the_band_along() -> None:
    found = pages(band(4), kept_plans(24), before=20)
    (page,) = [page for page in found if page]
    assert [len(rows) for rows in page] == [4, 25]


def test_a_tall_bands_last_row_stays_with_the_table_below() -> None:
    for before in range(0, 36, 2):
        found = pages(band(28), kept_plans(4), before=before)
        (last,) = (page for page in found if any("目標-27" in row for rows in page for row in rows))
        assert plans_of(last[1]) == ["0"] * 5


def test_a_table_may_break_between_plans() -> None:
    found = pages(kept_plans(*[8] * 8))
    assert len([page for page in found if page]) > 1
    assert all(rows[-1].startswith("課題") for page in found for rows in page)


@pytest.mark.parametrize("before", range(36))
def test_no_table_begins_with_a_single_row_at_a_pages_end(before: int) -> None:
    found = pages(kpi_table(*((f"計画{number}", 1) for number in range(12))), before=before)
    first, *_ = (rows for page in found for rows in page)
    assert len(first) >= 2
