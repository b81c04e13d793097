"""What makes the Word file behave: headers that repeat, rows that stay together, real styles."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import pytest

from kpireport.document.blocks import (
    Cell,
    Figure,
    FigureGrid,
    Heading,
    ItemList,
    ListItem,
    Note,
    Row,
    Table,
)
from kpireport.document.columns import kept_together
from kpireport.document.ems import natural_width
from kpireport.document.styles import CellStyle, HeadingStyle, TableStyle, TextStyle
from kpireport.document.texts import bullets, paragraph
from kpireport.writers.docx import names, write_docx
from kpireport.writers.docx.units import split_width, spread_margin
from kpireport.writers.theme import DEFAULT_THEME, MINIMUM_SIZE
from tests.documents import document, heading, kpi_table, real_plan
from tests.writers.charts.samples import line_chart
from tests.writers.docx.expected import is_gap
from tests.writers.docx.reader import ReadParagraph, has, parts, read_docx, text, value
from tests.writers.docx.styles import Styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def real_parts():
    return parts(write_docx(real_plan()))


@pytest.fixture(scope="module")
def body(real_parts):
    return real_parts["word/document.xml"].find(f"{W}body")


@pytest.fixture(scope="module")
def styles(real_parts):
    return {
        value(style, "name"): style for style in real_parts["word/styles.xml"].iter(f"{W}style")
    }


def kept(row) -> bool:
    flags = {has(paragraph, "pPr/keepNext") for paragraph in row.iter(f"{W}p")}
    assert len(flags) == 1, "all paragraphs of a row say the same"
    return flags.pop()


def kept_rows(*plans: tuple[str, int]) -> list[bool]:
    root = parts(write_docx(document(kpi_table(*plans))))["word/document.xml"]
    return [kept(row) for row in root.iter(f"{W}tr")]


def test_a_plan_stays_together_with_its_header():
    assert kept_rows(("甲", 3), ("乙", 1), ("丙", 2)) == [
        True,
        True,
        True,
        False,
        False,
        True,
        False,
    ]


def test_a_single_last_row_stays_with_the_plan_above_it():
    assert kept_rows(("甲", 40), ("乙", 2), ("丙", 1))[-3:] == [True, True, False]


def test_a_table_is_kept_with_the_next_table():
    """The paragraph that Word needs between them is kept too."""
    first = kpi_table(("甲", 2))
    last = replace(first.rows[-1], keep_with_next=True)
    first = replace(first, rows=(*first.rows[:-1], last))
    written = write_docx(document(first, kpi_table(("乙", 1))))
    body = parts(written)["word/document.xml"].find(f"{W}body")
    before, between, after = [each for each in body if each.tag in (f"{W}tbl", f"{W}p")][1:4]
    assert [kept(row) for row in before.iter(f"{W}tr")] == [True, True, True]
    assert has(between, "pPr/keepNext")
    assert [kept(row) for row in after.iter(f"{W}tr")] == [True, False]


def test_a_table_is_kept_with_its_notes():
    notes = [
        Note(f"n{number}", f"注{number}", (paragraph("変更", TextStyle.TABLE_NOTE),))
        for number in (1, 2, 3)
    ]
    written = write_docx(document(kpi_table(("甲", 40)), *notes, heading("h", "次")))
    body = parts(written)["word/document.xml"].find(f"{W}body")
    rows = [kept(row) for row in body.iter(f"{W}tr")]
    assert rows == [True, True, *[False] * 37, True, True]
    below = [each for each in body if each.tag == f"{W}p" and text(each).startswith("注")]
    assert [has(each, "pPr/keepNext") for each in below] == [True, True, False]


def test_a_table_that_is_to_begin_a_page_begins_with_many_rows():
    """More than the page before has room for."""
    written = write_docx(document(kpi_table(("甲", 40))), row_breaks=({0: inf},))
    rows = [kept(row) for row in parts(written)["word/document.xml"].iter(f"{W}tr")]
    assert all(rows[:12])
    assert not any(rows[25:-2])


def test_a_heading_that_is_to_begin_a_page_does():
    """Without the space above it, which Word leaves out where a page ends by itself."""
    blocks = [Heading(name, 2, name, HeadingStyle.SECTION) for name in "甲乙丙"]
    body = parts(write_docx(document(*blocks), page_begins={"乙"}))["word/document.xml"]
    found = {text(each): each for each in body.iter(f"{W}p")}
    breaks = [has(found[name], "pPr/pageBreakBefore") for name in "甲乙丙"]
    assert breaks == [False, True, False]
    assert value(found["乙"], "pPr/spacing", "before") == "0"


def test_a_list_that_stays_together_does_not_wait_for_what_follows():
    style = TextStyle.CALLOUT
    items = tuple(ListItem(mark, (paragraph(f"欄{mark}", style),)) for mark in "①②③")
    written = write_docx(document(ItemList(items, style), heading("h", "次")))
    body = parts(written)["word/document.xml"].find(f"{W}body")
    found = [each for each in body.iter(f"{W}p") if text(each).startswith("欄")]
    assert not has(found[0], "pPr/keepNext")  # its style says it
    assert value(found[-1], "pPr/keepNext") == "0"


def test_the_last_two_items_of_a_list_stand_on_one_page():
    written = write_docx(document(bullets("・", ["項一", "項二", "項三"], TextStyle.BAND_ITEM)))
    body = parts(written)["word/document.xml"].find(f"{W}body")
    found = [each for each in body.iter(f"{W}p") if text(each).startswith("項")]
    assert [has(each, "pPr/keepNext") for each in found] == [False, True, False]


def test_charts_are_kept_with_the_table_below_them():
    chart = Figure(line_chart("1 2 3"), "推移")
    grid = FigureGrid((chart,) * 5, columns=3, keep_with_next=True)
    written = write_docx(document(grid, kpi_table(("乙", 1))))
    body = parts(written)["word/document.xml"].find(f"{W}body")
    _, first, last, *_ = body.iter(f"{W}p")
    assert has(first, "pPr/keepNext")  # no row of charts alone on a page
    assert has(last, "pPr/keepNext")


def test_a_plan_that_would_leave_half_a_page_empty_may_break_but_not_at_its_ends():
    assert kept_rows(("甲", 40)) == [True, True, *[False] * 37, True, False]


def test_rows_are_never_cut_and_headers_repeat(body):
    for table in body.findall(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert all(has(row, "trPr/cantSplit") for row in rows)
        style = value(table, "tblPr/tblStyle")
        repeated = [has(row, "trPr/tblHeader") for row in rows]
        # the first row of 目標表 names the goal on each further page
        assert sum(repeated) == {"KpiTable": 2, "BandTable": 1}.get(style, 0)


def comment_rows(*lengths: int, in_columns: bool) -> list[Any]:
    """Return the rows of a table of comments, one below the other or side by side."""
    cells = [Cell((paragraph("あ" * each, TextStyle.COMMENT),), CellStyle.TEXT) for each in lengths]
    rows = [Row(tuple(cells))] if in_columns else [Row((cell,)) for cell in cells]
    kept_rows = kept_together(rows, keep_with_next=True)
    columns = (1,) * len(rows[0].cells)
    made = Table(TableStyle.BAND, columns, (), kept_rows, "所管課のコメント", "コメント")
    root = parts(write_docx(document(made, kpi_table(("乙", 1)))))["word/document.xml"]
    return list(root.find(f"{W}body/{W}tbl").iter(f"{W}tr"))


@pytest.mark.parametrize("lengths", [(2000, 20, 20), (20, 2000, 20), (2000, 2000, 2000)])
@pytest.mark.parametrize("in_columns", [True, False])
def test_a_row_that_may_be_higher_than_a_page_is_cut_at_its_end(lengths, in_columns):
    """Word would print no more of it than a page; a row that is kept with it would push it on."""
    rows = comment_rows(*lengths, in_columns=in_columns)
    are_long = [True] if in_columns else [each == 2000 for each in lengths]
    assert [not has(row, "trPr/cantSplit") for row in rows] == are_long
    assert [not kept(row) for row in rows] == are_long


def test_an_ordinary_row_is_not_cut():
    for rows in (comment_rows(200, 200, 200, in_columns=each) for each in (True, False)):
        assert all(has(row, "trPr/cantSplit") and kept(row) for row in rows)


def test_tables_say_what_they_are_and_where_their_headers_stand(body):
    for table in body.iter(f"{W}tbl"):
        assert value(table, "tblPr/tblLayout", "type") == "fixed"
        assert value(table, "tblPr/tblDescription")
        if value(table, "tblPr/tblStyle") in ("BandTable", "KpiTable"):
            assert value(table, "tblPr/tblCaption")
            assert value(table, "tblPr/tblLook", "firstColumn") == "1"
            assert any(has(row, "trPr/tblHeader") for row in table.iter(f"{W}tr"))
            # the first row of 目標表 looks like its others
            looks = "1" if value(table, "tblPr/tblStyle") == "KpiTable" else "0"
            assert value(table, "tblPr/tblLook", "firstRow") == looks


def test_no_empty_paragraph_makes_space(body):
    gaps = {names.TABLE_GAP.id, names.SAMPLE_GAP.id, names.SAMPLE_END.id}
    for element in body.iter(f"{W}p"):
        cell = element.getparent()
        continued = cell.tag == f"{W}tc" and value(cell, "tcPr/vMerge", default="-") == "-"
        if not text(element):
            assert value(element, "pPr/pStyle") in gaps or (continued and has(cell, "tcPr/vMerge"))


def test_two_tables_never_touch(body):
    for first, second in pairwise(body):
        assert (first.tag, second.tag) != (f"{W}tbl", f"{W}tbl")


def test_headings_are_real_and_the_sample_has_none():
    read = read_docx(write_docx(real_plan()))
    headings = [
        (part.level, part.text) for part in read if isinstance(part, ReadParagraph) and part.level
    ]
    chapters = [text.partition("　")[0] for level, text in headings if level == 1]
    assert chapters == ["はじめに", "【表の見方】", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ"]


def test_every_paragraph_names_a_style_and_formats_little_else(body):
    """Direct formatting is for what a style cannot know."""
    allowed = {"pStyle", "keepNext", "pageBreakBefore", "numPr", "tabs", "spacing", "ind", "sectPr"}
    for element in body.iter(f"{W}p"):
        properties = {child.tag.removeprefix(W) for child in element.find(f"{W}pPr")}
        assert "pStyle" in properties
        assert properties <= allowed
    assert {child.tag for run in body.iter(f"{W}rPr") for child in run} <= {
        f"{W}rStyle",
        f"{W}position",
    }


def test_every_semantic_style_is_a_word_style(styles):
    for style in TextStyle:
        assert names.text_style(style).name in styles
    for style in names.IN_TABLES:
        assert names.text_style(style, sample=True).name in styles
    for table in TableStyle:
        assert names.table_style(table).name in styles
    for level in names.HEADING_LEVELS:
        for look in DEFAULT_THEME.heading:
            assert names.heading_style(look, level).name in styles
        assert value(styles[f"heading {level}"], "pPr/outlineLvl") == str(level - 1)


def test_styles_name_japanese_fonts_and_stay_legible(real_parts, styles):
    sheet = Styles.of(real_parts)
    figure = names.FIGURE.name
    textless = (names.TABLE_GAP.name, names.SAMPLE_GAP.name, names.SAMPLE_END.name, figure)
    for name, style in styles.items():
        if style.get(f"{W}type") != "paragraph" or name == "Normal":
            continue
        style_id = style.get(f"{W}styleId")
        assert sheet.has(style_id, "rPr/rFonts", "eastAsia").startswith("BIZ UD")
        # a line of exact height would cut a chart, or a crest in a letterhead
        rules = {figure: "auto", "header": "atLeast", "footer": "atLeast"}
        assert sheet.has(style_id, "pPr/spacing", "lineRule") == rules.get(name, "exact")
        assert int(sheet.has(style_id, "rPr/sz")) >= 2 * MINIMUM_SIZE or name in textless


def test_a_distributed_word_spreads_no_further_than_it_stays_a_word(body):
    wide = [
        element
        for element in body.iter(f"{W}p")
        if text(element) == "重要業績評価指標（ＫＰＩ）"
        and value(element, "pPr/pStyle") == "TableHeader"
    ]
    assert wide
    for element in wide:
        width = int(value(element.getparent(), "tcPr/tcW", "w"))
        left, right = (int(value(element, "pPr/ind", side)) for side in ("left", "right"))
        assert left == right > 0
        assert width - left - right < 13 * 200 * 2


def test_spread_margin_is_nothing_where_the_room_is_small():
    assert spread_margin(["基本目標"], 10, 4 * 200) == 0
    assert spread_margin(["指標"], 10, 2000) == (2000 - 720) // 2
    assert spread_margin(["短", "長い方"], 10, 2000) == (2000 - 1080) // 2


def test_natural_width_counts_half_width_characters_as_half():
    assert natural_width("KPI（１）") == 4.5


def test_columns_share_the_width_to_the_last_twip():
    assert sum(split_width(9638, (21, 35, 22, 22))) == 9638


def test_gaps_are_recognized_by_the_tests_themselves():
    read = read_docx(write_docx(document(kpi_table(("甲", 1)), kpi_table(("乙", 1)))))
    assert [is_gap(part) for part in read] == [False, False, True, False, True]
