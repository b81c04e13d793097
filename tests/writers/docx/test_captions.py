"""Captions and what refers to them, as fields; plans' names where pages are to begin."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from kpireport.document.blocks import (
    Block,
    Caption,
    CaptionKind,
    Figure,
    FigureGrid,
    Paragraph,
    Span,
)
from kpireport.document.styles import TextStyle
from kpireport.writers.docx import write_docx
from tests.documents import document, heading, kpi_table
from tests.writers.charts.samples import line_chart
from tests.writers.docx.reader import ReadTable, W, has, parts, read_docx, value


def captioned(kind: CaptionKind, number: str) -> Block:
    caption = Caption(f"{kind.name.lower()}-x", kind, "題", number)
    if kind is CaptionKind.TABLE:
        return replace(kpi_table(("甲", 2)), caption=caption)
    return FigureGrid((Figure(line_chart("1 2 3"), "推移"),), 1, caption=caption)


def body_of(*blocks: Block):
    return parts(write_docx(document(*blocks)))["word/document.xml"].find(f"{W}body")


def instructions(element) -> list[str]:
    return [(each.text or "").strip() for each in element.iter(f"{W}instrText")]


@pytest.mark.parametrize("kind", CaptionKind)
@pytest.mark.parametrize(("number", "width"), [("３", "DBCHAR"), ("10", "ARABIC"), ("3", "ARABIC")])
def test_a_captions_number_is_counted_by_word_and_looks_as_it_is_printed(kind, number, width):
    body = body_of(captioned(kind, number))
    caption = next(p for p in body.iter(f"{W}p") if value(p, "pPr/pStyle") == "Caption")
    assert instructions(caption) == [f"SEQ {kind} \\* {width}"]
    assert "".join(t.text for t in caption.iter(f"{W}t")) == f"{kind}{number}　題"
    # above what it captions, and its style keeps it there
    below = caption.getnext()
    assert below.tag == f"{W}tbl" or below.find(f".//{W}drawing") is not None


def test_a_reference_repeats_label_and_number_from_the_bookmark_around_them():
    span = Span("表３", target="table-x")
    body = body_of(Paragraph((span,), TextStyle.BODY), captioned(CaptionKind.TABLE, "３"))
    assert [each for each in instructions(body) if each.startswith("REF")] == [
        "REF table_x \\h \\* MERGEFORMAT"
    ]
    start = next(e for e in body.iter(f"{W}bookmarkStart") if e.get(f"{W}name") == "table_x")
    said, each = "", start.getnext()
    while each.tag != f"{W}bookmarkEnd":
        said += "".join(t.text for t in each.iter(f"{W}t"))
        each = each.getnext()
    assert said == "表３"


def test_a_reference_to_a_heading_is_a_field_too():
    span = Span("表の見方", target="how")
    body = body_of(Paragraph((span,), TextStyle.BODY), heading("how", "表の見方"))
    assert "REF how \\h \\* MERGEFORMAT" in instructions(body)


def names_of(breaks: tuple[int, ...]) -> list[tuple[str, int]]:
    """The plans' names in the first column, each with the rows that it covers."""
    table = kpi_table(("甲", 4), ("乙", 2))
    (read,) = (
        part
        for part in read_docx(write_docx(document(table), row_breaks=(dict.fromkeys(breaks, inf),)))
        if isinstance(part, ReadTable)
    )
    cells = (cell for row in read.rows[1:] for cell in row if cell.column == 0)
    return [(cell.text, cell.rowspan) for cell in cells]


@pytest.mark.parametrize("breaks", [(), (2,), (1, 3), (4,), (5,)])
def test_a_plans_name_stands_once_wherever_pages_are_to_begin(breaks):
    """Word alone knows where its pages begin: a name said again could stand in mid-page."""
    assert names_of(breaks) == [("甲", 4), ("乙", 2)]


def test_the_rows_that_are_to_begin_a_page_stay_together_so_that_they_do():
    """Enough of them that the page before has no room, but no more than that."""
    table = kpi_table(("甲", 60))
    written = write_docx(document(table), row_breaks=({20: inf},))
    rows = parts(written)["word/document.xml"].findall(f".//{W}tr")[1:]
    kept = [all(has(p, "pPr/keepNext") for p in row.iter(f"{W}p")) for row in rows]
    assert not any(kept[2:18])
    assert all(kept[20:30])
    assert not all(kept[20:58])
