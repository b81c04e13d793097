"""The words of a PDF: lines, directions, what is joined and what is told apart."""

from __future__ import annotations

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from kpireport.findings import Findings
from kpireport.plan_documents.pdf_characters import plain
from kpireport.plan_documents.pdf_tables import read_pdf_tables
from kpireport.plan_documents.tables import SourceText
from tests.plan_documents.pages import HEIGHT, WIDTH, Pages, only_table, rows, texts

LEFTS = (50.0, 200.0, 300.0)
TOPS = (100.0, 150.0, 200.0)


def framed(first: str = "") -> Pages:
    """A table of two columns and rows, with words in the others than the first cell."""
    pages = Pages()
    pages.grid(LEFTS, TOPS)
    pages.cells(LEFTS, TOPS, [[first, "乙"], ["丙", "丁"]])
    return pages


def cell(pages: Pages, folder):
    return only_table(pages.read(folder)).cells[0]


def test_lines_of_a_cell(tmp_path):
    found = cell(framed("165所\n（定員14,760人）"), tmp_path)

    assert found.text == "165所\n（定員14,760人）"


def test_full_line_of_a_wide_cell_goes_on(tmp_path):
    found = cell(framed("子育てのかたちを選択できる社会\nを実現します。"), tmp_path)

    assert found.text == "子育てのかたちを選択できる社会を実現します。"


def test_line_with_room_does_not_go_on(tmp_path):
    found = cell(framed("対象年齢の拡大\n定員の拡大"), tmp_path)

    assert found.text == "対象年齢の拡大\n定員の拡大"


def test_open_bracket_goes_on(tmp_path):
    pages = Pages()
    pages.grid((50, 106, 200), TOPS)
    pages.cells((50, 106), TOPS, [["（平成33\n年９月）", "乙"], ["丙", "丁"]])

    assert cell(pages, tmp_path).text == "（平成33年９月）"


def test_items_do_not_go_on(tmp_path):
    full = "・保育所待機児童を解消し続ける\n・放課後の居場所"

    assert cell(framed(full), tmp_path).text == full


def test_written_spaces_are_kept(tmp_path):
    assert cell(framed("練　馬　区"), tmp_path).text == "練　馬　区"


def test_spread_label_has_no_spaces(tmp_path):
    pages = framed()
    for number, char in enumerate("所管課"):
        pages.text(60 + 50 * number, 110, char)

    assert cell(pages, tmp_path).text == "所管課"


def test_words_that_are_set_apart_have_a_space(tmp_path):
    pages = framed()
    pages.text(53, 110, "常設型")
    pages.text(100, 110, "出張所での開設")

    assert cell(pages, tmp_path).text == "常設型　出張所での開設"


def test_latin_words_have_spaces(tmp_path):
    pages = framed()
    pages.text(53, 110, "Key")
    pages.text(72, 110, "Performance")

    assert cell(pages, tmp_path).text == "Key Performance"


def test_note_above_the_line_stays_in_it(tmp_path):
    pages = framed()
    pages.text(53, 110, "受入率")
    pages.text(83, 107, "※１", size=5)
    pages.text(93, 110, "の向上")

    assert cell(pages, tmp_path).text == "受入率※１の向上"


def test_characters_one_below_the_other(tmp_path):
    pages = framed()
    for number, char in enumerate("基本目標"):
        pages.text(110, 101 + 12 * number, char)

    found = cell(pages, tmp_path)

    assert found.text == "基本目標"


def test_upright_lines_from_the_right(tmp_path):
    pages = framed()
    for x, word in ((130, "子育て"), (110, "の支援")):
        for number, char in enumerate(word):
            pages.text(x, 103 + 11 * number, char)

    assert cell(pages, tmp_path).text == "子育て\nの支援"


def test_figures_in_a_narrow_column_are_lines(tmp_path):
    pages = framed()
    for number, char in enumerate("358"):
        pages.text(110, 103 + 12 * number, char)

    found = cell(pages, tmp_path)

    assert found.text == "3\n5\n8"


@pytest.mark.parametrize("angle", [90, 270])
def test_turned_label(tmp_path, angle):
    pages = framed()
    canvas = pages.canvas
    canvas.saveState()
    canvas.translate(100, pages.height - 125)
    canvas.rotate(angle)
    canvas.setFont("Regular", 10)
    canvas.drawCentredString(0, 0, "基本目標")
    canvas.restoreState()

    found = cell(pages, tmp_path)

    assert found.text == "基本目標"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_page_that_is_turned_for_viewing(tmp_path, turn):
    """A page whose content is drawn turned, and which says how it is to be shown."""
    pages = Pages(842, 595)
    pages.canvas.setPageRotation(turn)
    match turn:
        case 90:
            pages.canvas.translate(842, 0)
        case 180:
            pages.canvas.translate(842, 595)
        case 270:
            pages.canvas.translate(0, 595)
    pages.canvas.rotate(turn)
    pages.height = 595
    pages.grid(LEFTS, TOPS)
    pages.cells(LEFTS, TOPS, [["甲", "乙"], ["丙", "丁"]])

    assert rows(only_table(pages.read(tmp_path))) == [["甲", "乙"], ["丙", "丁"]]


def test_page_that_lies_on_its_side(tmp_path):
    pages = Pages()
    pages.canvas.translate(0, pages.height)
    pages.canvas.rotate(-90)
    pages.height = 595
    pages.grid(LEFTS, TOPS)
    pages.cells(LEFTS, TOPS, [["甲の指標", "乙"], ["丙の指標", "丁"]])

    table = only_table(pages.read(tmp_path))

    assert rows(table) == [["甲の指標", "乙"], ["丙の指標", "丁"]]


def test_what_is_cropped_is_not_read(tmp_path):
    pages = framed("甲")
    pages.text(53, 700, "切り取られた文")
    pages.canvas.setCropBox((0, 400, 595, 842))

    document = pages.read(tmp_path)

    assert rows(only_table(document)) == [["甲", "乙"], ["丙", "丁"]]
    assert len(document.parts) == 1


def test_font_that_is_not_in_the_file(tmp_path):
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiKakuGo-W5"))
    pages = framed()
    pages.text(53, 110, "待機児童", font="HeiseiKakuGo-W5")

    assert cell(pages, tmp_path).text == "待機児童"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (0x2F45, "方"),
        (0x2EA0, "⺠"),
        (0xFB01, "fi"),
        (0xFE35, "（"),
        (0xFE12, "。"),
        (0x3000, "\u3000"),
        (0x337F, "㍿"),
        (0xFA11, "﨑"),
        (0x20BB7, "𠮷"),
        (0xAD, ""),
        (0xD842, ""),
        (0xFFFE, ""),
        (0x200B, ""),
    ],
)
def test_characters_as_they_are_meant(code, text):
    assert plain(code) == text


# --- without any rules --------------------------------------------------------------------

TEXTS = [
    ["指標", "現状値", "目標値"],
    ["保育所の整備", "165所", "181所"],
    ["練馬こども園の認定", "16園", "25園"],
    ["受入率の向上", "99.9％", "100％"],
]


def test_table_without_rules_is_guessed(tmp_path):
    pages = Pages()
    pages.cells((50, 200, 300), (100, 125, 150, 175), TEXTS)

    table = only_table(pages.read(tmp_path))

    assert rows(table) == TEXTS
    assert "罫線のない表" in table.doubts[0]


def test_characters_over_a_picture_of_a_page_are_marked(tmp_path):
    pages = Pages()
    pages.canvas.drawInlineImage(Image.new("L", (59, 84), 255), 0, 0, WIDTH, HEIGHT)
    for top, said in zip((100, 125, 150, 175), TEXTS, strict=True):
        for left, word in zip((50, 200, 300), said, strict=True):
            text = pages.canvas.beginText(left, HEIGHT - top)
            text.setFont("Regular", 10)
            text.setTextRenderMode(3)
            text.textOut(word)
            pages.canvas.drawText(text)
    path = tmp_path / "計画.pdf"
    path.write_bytes(pages.data())
    log = Findings(path)

    document = read_pdf_tables(path, log)

    table = only_table(document)
    assert rows(table) == TEXTS
    assert any("文字認識" in each for each in table.doubts)
    assert not document.has_pictures_of_pages
    (warning,) = log.warnings
    assert (warning.place, "文字認識" in warning.what) == ("1ページ", True)


def test_what_a_cell_cuts_off_stays_in_it(tmp_path):
    """A spreadsheet draws a cell's whole text on each of its pages, and cuts off what is beyond."""
    pages = Pages()
    pages.grid((50, 150, 300), (100, 120, 140))
    for top, left, said in (
        (100, 50, "基本目標\n子育て"),
        (120, 50, "次の行"),
        (100, 150, "あ" * 20),
    ):
        pages.canvas.saveState()
        path = pages.canvas.beginPath()
        path.rect(left, HEIGHT - top - 20, 100, 20)
        pages.canvas.clipPath(path, stroke=0)
        pages.lines(left + 2, top + 6, said)
        pages.canvas.restoreState()

    assert rows(only_table(pages.read(tmp_path))) == [
        ["基本目標\n子育て", "あ" * 20],
        ["次の行", ""],
    ]


def test_cells_of_several_lines_without_rules(tmp_path):
    said = [["指標名", "現状値"], ["保育所の\n整備", "165所"], ["園の増と\n認定", "16園"]]
    pages = Pages()
    pages.cells((50, 200), (100, 125, 160), said)

    assert rows(only_table(pages.read(tmp_path))) == said


def test_headings_part_tables_without_rules(tmp_path):
    pages = Pages()
    for top, word in ((100, "産業の振興"), (200, "教育と文化")):
        pages.text(50, top - 22, word, size=14)
        pages.cells((50, 200, 300), (top, top + 17, top + 34), TEXTS[:3])

    document = pages.read(tmp_path)

    assert [rows(each) for each in document.tables()] == [TEXTS[:3], TEXTS[:3]]
    assert texts(document) == ["産業の振興", "教育と文化"]


def test_band_is_a_row_without_rules(tmp_path):
    said = [["指標の名", "現状値", "目標値"], *TEXTS[1:3], ["２　教育", "", ""], *TEXTS[1:3]]
    pages = Pages()
    pages.cells((50, 200, 300), [100 + 13 * number for number in range(6)], said)

    assert rows(only_table(pages.read(tmp_path))) == said


def test_two_columns_of_prose_are_no_table(tmp_path):
    line = "子育てのかたちを選択できる社会の実現に"
    pages = Pages()
    for number in range(6):
        pages.text(50, 100 + 14 * number, f"{line}{number}甲")
        pages.text(320, 100 + 14 * number, f"{line}{number}乙")

    document = pages.read(tmp_path)

    assert list(document.tables()) == []
    assert "".join(texts(document)) == "".join(
        f"{line}{n}{side}" for side in "甲乙" for n in range(6)
    )


# --- between tables -----------------------------------------------------------------------


def test_headings_and_paragraphs(tmp_path):
    pages = Pages()
    pages.text(50, 60, "第１章　子育て", size=18)
    pages.text(50, 100, "あ" * 47)
    pages.text(50, 114, "い" * 10 + "。")
    pages.text(50, 142, "太い文", font="Bold")

    parts = pages.read(tmp_path).parts

    assert parts == (
        SourceText("第１章　子育て", 1, level=1, is_large=True),
        SourceText("あ" * 47 + "い" * 10 + "。", 1),
        SourceText("太い文", 1, is_large=True),
    )


def test_texts_and_tables_in_order(tmp_path):
    pages = framed("甲")
    pages.text(50, 60, "前の文")
    pages.text(50, 250, "後の文")

    parts = pages.read(tmp_path).parts

    assert [getattr(each, "text", "表") for each in parts] == ["前の文", "表", "後の文"]


def test_running_heads_and_page_numbers_stand_apart(tmp_path):
    pages = Pages()
    for number in range(1, 6):
        pages.text(50, 30, "みどり市総合計画")
        pages.text(50 if number % 2 else 520, 810, f"{number}")
        pages.text(50, 200, f"本文の{'一二三四五'[number - 1]}ページ")
        pages.next_page()

    document = pages.read(tmp_path)

    assert texts(document) == [f"本文の{n}ページ" for n in "一二三四五"]
    assert [each.text for each in document.running][:3] == [
        "みどり市総合計画",
        "1",
        "みどり市総合計画",
    ]
    assert document.pages == 5


def test_page_that_is_a_picture(tmp_path):
    from PIL import Image

    pages = Pages()
    pages.text(50, 100, "表紙")
    pages.next_page()
    pages.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)

    document = pages.read(tmp_path)

    assert (document.pages, document.has_pictures_of_pages) == (2, True)


def test_picture_beside_text_is_no_scan(tmp_path):
    from PIL import Image

    pages = Pages()
    pages.canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
    pages.text(50, 100, "文字のあるページ")

    assert not pages.read(tmp_path).has_pictures_of_pages


# --- words that are none of the plan's ------------------------------------------------------


def test_struck_characters_are_left_out_and_told(tmp_path):
    pages = framed("1,900人\n2,000人")
    pages.across(108, 53, 91)
    pages.across(126, 53, 91)  # it underlines the second line
    path = tmp_path / "計画.pdf"
    path.write_bytes(pages.data())
    log = Findings(path)

    document = read_pdf_tables(path, log)

    assert rows(only_table(document))[0] == ["2,000人", "乙"]
    (warning,) = log.warnings
    assert warning.place == "1ページ"
    assert warning.what == "取り消し線の付いた文字は、読みません（「1,900人」）。"


def test_readings_above_characters_are_left_out(tmp_path):
    pages = framed()
    pages.text(53, 103, "しょうぼう", size=5)
    pages.text(53, 108, "消防団員の充足率")

    assert rows(only_table(pages.read(tmp_path)))[0] == ["消防団員の充足率", "乙"]


# --- tables beside each other ---------------------------------------------------------------


def test_what_stands_above_tables_beside_each_other_is_their_own(tmp_path):
    pages = Pages(842, 595)
    pages.text(40, 30, "第２章　この章では、成果指標とその目標値を施策ごとに掲げます。", size=12)
    for left, number in ((40, "１"), (440, "２")):
        pages.text(left, 70, f"施策{number}", size=12)
        lefts, tops = (left, left + 200, left + 300), (90, 120, 150)
        pages.grid(lefts, tops)
        pages.cells(lefts, tops, [["指標", "目標値"], [f"指標{number}", f"{number}件"]])

    parts = pages.read(tmp_path).parts

    said = [each.text if isinstance(each, SourceText) else rows(each)[1][0] for each in parts]
    assert said[1:] == ["施策１", "指標１", "施策２", "指標２"]
