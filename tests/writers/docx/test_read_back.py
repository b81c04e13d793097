"""The Word file, read back from its XML, says what the blocks say, in their order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpireport.document.blocks import (
    Bar,
    Cell,
    Contents,
    Document,
    FigureGrid,
    Heading,
    ItemList,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Row,
    SamplePage,
    Section,
    Span,
    Table,
)
from kpireport.document.styles import CellStyle, HeadingStyle, SpanStyle, TableStyle, TextStyle
from kpireport.document.texts import paragraph
from kpireport.errors import OutputError
from kpireport.writers.docx import write_docx
from tests.documents import METADATA, document, documents, heading, kpi_table, real_plan
from tests.writers.docx.expected import comparable, expected_content
from tests.writers.docx.reader import ReadParagraph, ReadTable, parts, read_docx, text, value
from tests.writers.docx.reviews import review, review_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check(made: Document) -> None:
    assert comparable(read_docx(write_docx(made))) == expected_content(made)


def cell(text: str, *, colspan: int = 1, rowspan: int = 1) -> Cell:
    content = (paragraph(text, TextStyle.TABLE_TEXT),)
    return Cell(content, CellStyle.TEXT, colspan=colspan, rowspan=rowspan)


def table(columns: int, *rows: Row) -> Table:
    return Table(TableStyle.KPI, (1,) * columns, (), rows, "表", "説明")


def test_the_real_plan():
    check(real_plan())


@settings(max_examples=30, deadline=None)
@given(documents())
def test_random_documents(made: Document):
    check(made)


def test_spans_in_every_place():
    check(
        document(
            table(
                3,
                Row((cell("上", colspan=2), cell("右", rowspan=3))),
                Row((cell("左", rowspan=2), cell("中"))),
                Row((cell("下"),)),
                Row((cell("全", colspan=3),)),
            )
        )
    )


@pytest.mark.parametrize(
    "rows",
    [
        (Row((cell("狭い"),)),),
        (Row((cell("広い", colspan=3),)),),
        (Row((cell("長い", rowspan=2), cell("短い"))),),
        (Row((cell("上"), cell("上", rowspan=2))), Row((cell("重なる", colspan=2),))),
    ],
    ids=["gap", "too wide", "below the last row", "overlap"],
)
def test_cells_that_do_not_fill_the_grid_are_refused(rows: tuple[Row, ...]):
    with pytest.raises(OutputError, match="セル"):
        write_docx(document(table(2, *rows)))


def test_an_empty_cell_has_its_paragraph():
    empty = Cell((), CellStyle.VALUE)
    [_, read, _] = read_docx(write_docx(document(table(1, Row((empty,))))))
    assert isinstance(read, ReadTable)
    assert read.rows[0][0].content == (ReadParagraph("表本文", ""),)


def test_line_breaks_and_markup_characters_survive():
    check(document(paragraph('一行目\n<二>&"三"　 行目\tあと', TextStyle.BODY)))


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\r", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_carry_is_refused_by_name(bad: str):
    with pytest.raises(OutputError, match=f"U\\+{ord(bad):04X}"):
        write_docx(document(paragraph(f"文字{bad}", TextStyle.BODY)))


@pytest.mark.parametrize(
    "labels",
    ["・・", "●", "⑴⑵⑶", "①②③", "②", "③④", "①③", "②①", "⑳", "⑳①", ["(1)", "(2)"], ["", "あ"]],
)
def test_labels_are_printed_as_composed(labels: list[str]):
    items = (ListItem(label, (paragraph("項目", TextStyle.CALLOUT),)) for label in labels)
    check(document(ItemList(tuple(items), TextStyle.CALLOUT)))


def test_every_list_of_circled_numbers_counts_from_its_own_start():
    items = (ListItem("①", (paragraph("項目", TextStyle.CALLOUT),)),)
    check(document(*(ItemList(items, TextStyle.CALLOUT) for _ in range(3))))


def test_a_list_in_a_list_and_a_label_without_text():
    inner = ItemList(
        (ListItem("・", (paragraph("内", TextStyle.BAND_ITEM),)),), TextStyle.BAND_ITEM
    )
    outer = ListItem("①", (paragraph("外", TextStyle.BAND_PART), inner))
    bare = ListItem("②", (inner,))
    read = read_docx(write_docx(document(ItemList((outer, bare), TextStyle.BAND_PART))))
    labels = [part.label for part in read if isinstance(part, ReadParagraph)]
    assert labels == ["", "①", "・", "②", "・"]


def test_a_reference_in_a_headings_words_is_a_field_that_follows_the_heading():
    chapter = Heading("appendix", 1, "資料編", HeadingStyle.CHAPTER)
    spans = (
        Span("「"),
        Span("資料編", target="appendix"),
        Span("」の"),
        Span("一覧", target="appendix"),
    )
    root = parts(write_docx(document(chapter, Paragraph(spans, TextStyle.BODY))))[
        "word/document.xml"
    ]
    line = next(each for each in root.iter(f"{W}p") if "一覧" in text(each))
    assert text(line) == "「資料編」の一覧"
    (instruction,) = line.iter(f"{W}instrText")
    assert instruction.text == " REF appendix \\h \\* MERGEFORMAT "
    (link,) = line.iter(f"{W}hyperlink")
    assert (link.get(f"{W}anchor"), text(link)) == ("appendix", "一覧")
    assert "appendix" in [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]


def test_marks_lead_to_their_notes():
    root = parts(write_docx(real_plan()))["word/document.xml"]
    bookmarks = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    anchors = [link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")]
    assert len(bookmarks) == len(set(bookmarks))
    assert anchors
    assert set(anchors) <= set(bookmarks)


def test_bookmarks_of_awkward_ids_are_valid_and_distinct():
    ids = ["1st", "a b", "a-b", "見" * 50, "見" * 51]
    root = parts(write_docx(document(*(heading(name, "章") for name in ids))))["word/document.xml"]
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names) == len(ids) + 2  # the first chapter's, the document's
    assert all(name[0].isalpha() and name.isidentifier() and len(name) <= 40 for name in names)


def test_spans_carry_their_character_styles():
    spans = (Span("強い", SpanStyle.STRONG), Span("※１", SpanStyle.NOTE_MARK), Span("", target="x"))
    root = parts(write_docx(document(Paragraph(spans, TextStyle.BODY))))["word/document.xml"]
    styles = [style.get(f"{W}val") for style in root.iter(f"{W}rStyle")]
    assert styles == ["Strong", "NoteMark"]


def breaks(*blocks) -> list[bool]:
    made = Document(METADATA, (Section(blocks),))
    read = read_docx(write_docx(made))
    return [part.breaks_page for part in read if isinstance(part, ReadParagraph)]


def test_a_page_break_is_a_property_of_what_follows():
    text = paragraph("文", TextStyle.BODY)
    assert breaks(PageBreak(), text, PageBreak(), PageBreak(), text, PageBreak()) == [False, True]


def test_a_table_after_a_page_break_begins_below_a_tiny_paragraph():
    text, first = paragraph("文", TextStyle.BODY), kpi_table(("甲", 1))
    assert breaks(text, PageBreak(), first, first) == [False, True, False, False]


def sections(made: Document) -> list[tuple[str, str, str]]:
    root = parts(write_docx(made))["word/document.xml"]
    return [
        (
            value(section, "pgSz", "orient"),
            value(section, "pgNumType", "start"),
            value(section, "pgSz", "w"),
        )
        for section in root.iter(f"{W}sectPr")
    ]


def test_sections_carry_orientation_and_count_from_the_first_numbered():
    text = (paragraph("文", TextStyle.BODY),)
    made = Document(
        METADATA,
        (
            Section(text, numbered=False),
            Section(text, landscape=True),
            Section(()),
            Section((kpi_table(("甲", 1)),), numbered=False),
        ),
    )
    assert sections(made) == [
        ("", "", "11906"),
        ("landscape", "1", "16838"),
        ("", "", "11906"),
        ("", "", "11906"),
    ]


def test_a_table_is_as_wide_as_the_text_of_its_section():
    wide = replace(
        real_plan(),
        sections=tuple(replace(section, landscape=True) for section in real_plan().sections),
    )
    for made, width in ((real_plan(), 9638), (wide, 14570)):
        root = parts(write_docx(made))["word/document.xml"]
        tables = root.findall(f"{W}body/{W}tbl")
        bands = [table for table in tables if value(table, "tblPr/tblStyle") != "SampleFrame"]
        assert bands
        for band in bands:
            columns = [int(column.get(f"{W}w")) for column in band.iter(f"{W}gridCol")]
            assert int(value(band, "tblPr/tblW", "w")) == sum(columns) == width


@settings(max_examples=15, deadline=None)
@given(documents(), st.lists(st.decimals(-1, 2, places=3), max_size=5), st.integers(1, 3))
def test_random_documents_with_contents_bars_and_notices(
    made: Document, shares: list[Decimal], depth: int
):
    rows = tuple(Row((Cell((Bar(share),), CellStyle.DENSE),)) for share in shares)
    blocks = (Contents(depth), Table(TableStyle.SUMMARY, (1,), (), rows, "棒", "説明"))
    front = Section(blocks, landscape=True, notices=("見本", "<&>"))
    check(replace(made, sections=(front, *made.sections)))


PAGES = {
    heading_id: str(number)
    for number, heading_id in enumerate(
        ("summary", "marks", "goal-1", "charts-1", "goal-2", "charts-2", "appendix", "all"), start=1
    )
}


def test_a_review():
    made = review()
    read = comparable(read_docx(write_docx(made, page_numbers=PAGES)))
    assert read == expected_content(made, PAGES)


def test_pages_that_are_not_known_are_worked_out_by_word():
    data = review_docx()
    assert comparable(read_docx(data)) == expected_content(review())
    marks = [*parts(data)["word/document.xml"].iter(f"{W}fldChar")]
    assert [mark.get(f"{W}dirty") for mark in marks].count("true") == 9


def test_empty_blocks_leave_nothing_behind():
    check(
        document(
            ItemList((), TextStyle.LIST_ITEM),
            Note("n", "※１", ()),
            table(2),
            FigureGrid((), 3),
            Table(TableStyle.KPI, (), (), (), "表", "説明"),
            Table(TableStyle.KPI, (1,), (Row((cell("見出し"),)),), (), "表", "説明"),
            SamplePage("Ⅰ", (), (), "説明"),
            Contents(0),
            Paragraph((), TextStyle.BODY),
        )
    )
    check(Document(METADATA, (Section((Contents(2),)), Section((FigureGrid((), 1),)))))
