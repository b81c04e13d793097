"""Captions are numbered through the document, and what refers to them says their numbers."""

from __future__ import annotations

import pytest

from kpireport.document.blocks import (
    Caption,
    CaptionKind,
    Cell,
    FigureGrid,
    ItemList,
    ListItem,
    Note,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from kpireport.document.captions import captions_of, number_captions, refer_to
from kpireport.document.styles import CellStyle, TableStyle, TextStyle
from kpireport.document.walk import block_texts
from kpireport.domain.numerals import NumeralStyle


def table(identifier: str) -> Table:
    caption = Caption(identifier, CaptionKind.TABLE, "表題")
    return Table(TableStyle.SUMMARY, (1,), (), (), "表", "説明", caption)


def grid(identifier: str) -> FigureGrid:
    return FigureGrid((), 1, caption=Caption(identifier, CaptionKind.FIGURE, "図題"))


def test_figures_and_tables_are_counted_apart_through_all_sections():
    sections = (Section((table("a"), grid("b"))), Section((grid("c"), table("d"))))
    found = [
        caption.printed
        for section in number_captions(sections)
        for block in section.blocks
        for caption in captions_of(block)
    ]
    assert found == ["表１　表題", "図１　図題", "図２　図題", "表２　表題"]


@pytest.mark.parametrize(
    ("style", "first", "tenth"),
    [(NumeralStyle.MIXED, "表１", "表10"), (NumeralStyle.HALF, "表1", "表10")],
)
def test_numbers_are_written_as_the_report_writes_numbers(style, first, tenth):
    (section,) = number_captions([Section(tuple(table(f"t{n}") for n in range(10)))], style)
    found = [caption.reference for block in section.blocks for caption in captions_of(block)]
    assert (found[0], found[-1]) == (first, tenth)


def test_a_text_may_refer_to_what_stands_further_on():
    said = Paragraph((refer_to("late"), Span("のとおり"), Span("目次", target="h")), TextStyle.BODY)
    (section,) = number_captions([Section((said, table("early"), table("late")))])
    first = section.blocks[0]
    assert isinstance(first, Paragraph)
    assert [(span.text, span.target) for span in first.spans] == [
        ("表２", "late"),
        ("のとおり", None),
        ("目次", "h"),
    ]


def test_what_refers_to_nothing_is_found_at_once():
    with pytest.raises(KeyError):
        number_captions([Section((Paragraph((refer_to("gone"),), TextStyle.BODY),))])


def test_references_in_cells_lists_and_notes_say_their_numbers_too():
    said = Paragraph((refer_to("t"), Span("", target="h", is_page=True)), TextStyle.TABLE_TEXT)
    listed = ItemList((ListItem("・", (said,)),), TextStyle.BAND_ITEM)
    row = Row((Cell((said, listed), CellStyle.TEXT),))
    holder = Table(TableStyle.SUMMARY, (1,), (), (row,), "表", "説明")
    note = Note("n", "※", (said,))
    (section,) = number_captions([Section((listed, holder, note, table("t")))])
    found = [text for block in section.blocks[:3] for text in block_texts(block) if "表" in text]
    assert found == ["表１"] * 4
