"""Bars and sparklines in cells: where their parts stand, in both writers."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from kpireport.document.blocks import Bar, Cell, CellBlock, Clip, Document, Row, Sparkline, Table
from kpireport.document.styles import CellStyle, TableStyle
from kpireport.writers.cell_pictures import Spot, lay_bar, lay_spark
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.cell_images import draw_bar, draw_spark
from kpireport.writers.pdf.writer import write_pdf
from kpireport.writers.theme import BarLook, SparkLook
from tests.documents import document
from tests.writers.docx.reader import files, parts

LOOK = BarLook(
    height=5, width=0.8, space_after=4, rule=0.5, overhang=1.5, tick=1, arrow=3
)  # 80 points in a cell of 100
SPARK = SparkLook(height=12, width=1, dot=2)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def numbers(*texts: str) -> tuple[Decimal | None, ...]:
    return tuple(Decimal(text) if text else None for text in texts)


def in_cell(*content: CellBlock) -> Document:
    row = Row((Cell(content, CellStyle.DENSE),))
    return document(Table(TableStyle.KPI, (1,), (), (row,), "表", "説明"))


@pytest.mark.parametrize(
    ("tick", "place"), [("0", 3.0), ("0.6", 51.0), ("1", 83.0), ("1.3", 83.0), ("-1", 3.0)]
)
def test_a_tick_stands_along_the_bar(tick: str, place: float) -> None:
    found = lay_bar(Bar(Decimal("0.5"), Decimal(tick)), 100, LOOK)
    assert found.tick == pytest.approx(place)
    assert (found.left, found.length, found.filled) == pytest.approx((3, 80, 40))
    assert found.height == 8  # the tick is longer than the bar at both ends


def test_arrows_point_out_of_the_bar_at_the_end_that_the_number_lies_past() -> None:
    below = lay_bar(Bar(Decimal(0), clipped=Clip.BELOW), 100, LOOK)
    beyond = lay_bar(Bar(Decimal(1), clipped=Clip.BEYOND), 100, LOOK)
    assert below.arrow == (Spot(3, 8), Spot(0, 4), Spot(3, 0))
    assert beyond.arrow == (Spot(83, 8), Spot(86, 4), Spot(83, 0))


def test_a_plain_bar_begins_and_ends_where_one_with_an_arrow_does() -> None:
    found = lay_bar(Bar(Decimal("0.25")), 100, LOOK)
    other = lay_bar(Bar(Decimal(1), clipped=Clip.BEYOND), 100, LOOK)
    assert (found.left, found.length, found.width) == (other.left, other.length, other.width)
    assert (found.height, found.arrow) == (5, ())
    assert found.height + found.space_after == 9


def test_what_is_nearly_full_is_seen_not_to_be() -> None:
    assert lay_bar(Bar(Decimal("0.9996")), 100, LOOK).filled == 78.5
    assert lay_bar(Bar(Decimal("0.5")), 100, LOOK).filled == 40
    assert lay_bar(Bar(Decimal(1)), 100, LOOK).filled == 80


def test_a_sparkline_goes_from_its_lowest_to_its_highest_value() -> None:
    found = lay_spark(Sparkline(numbers("10", "30", "20")), 102, SPARK)
    assert found.lines == ((Spot(1, 1), Spot(51, 11), Spot(101, 6)),)
    assert found.dots == (Spot(101, 6),)
    assert found.limit is None


def test_the_limit_is_in_the_range() -> None:
    found = lay_spark(Sparkline(numbers("10", "20"), Decimal(30)), 102, SPARK)
    assert found.limit == 11
    assert found.lines == ((Spot(1, 1), Spot(101, 6)),)


def test_what_does_not_change_is_a_line_in_the_middle() -> None:
    found = lay_spark(Sparkline(numbers("5", "5"), Decimal(5)), 102, SPARK)
    assert (found.lines, found.limit) == (((Spot(1, 6), Spot(101, 6)),), 6)


def test_a_year_without_a_number_is_a_gap_and_one_between_two_a_dot() -> None:
    found = lay_spark(Sparkline(numbers("0", "", "10", "", "5", "10", "")), 122, SPARK)
    assert found.lines == ((Spot(81, 6), Spot(101, 11)),)
    assert found.dots == (Spot(1, 1), Spot(41, 11), Spot(101, 11))


@pytest.mark.parametrize("values", [(), ("",), ("7",)])
def test_a_course_of_less_than_two_numbers_has_no_line(values: tuple[str, ...]) -> None:
    found = lay_spark(Sparkline(numbers(*values)), 100, SPARK)
    assert not found.lines
    assert found.dots == ((Spot(50, 6),) if values == ("7",) else ())


def content(made: Document) -> str:
    with pikepdf.open(BytesIO(write_pdf(made))) as pdf:
        return pdf.pages[0].Contents.read_bytes().decode("latin-1")


def test_in_the_pdf_they_are_vectors_and_artifacts() -> None:
    course = Sparkline(numbers("1", "", "2", "3"), Decimal(2))
    drawn = content(in_cell(Bar(Decimal("0.5"), Decimal("0.7"), Clip.BEYOND), course))
    assert " Do" not in drawn
    dashed = drawn.index("] 0 d")
    assert drawn.rindex("BDC", 0, dashed) < drawn.rindex("/Artifact BMC", 0, dashed)
    plain = content(in_cell(Bar(Decimal("0.5"))))
    assert len(re.findall(r" re f\b", drawn)) == len(re.findall(r" re f\b", plain)) + 2  # the tick
    assert re.search(r" l h f Q", drawn)  # the arrow
    assert not re.search(r" l h f Q", plain)


def images(made: Document) -> list[Image.Image]:
    data = files(write_docx(made))
    names = sorted(name for name in data if name.startswith("word/media/"))
    return [Image.open(BytesIO(data[name])).convert("RGB") for name in names]


def test_in_word_they_are_images_of_their_size_as_fine_as_print() -> None:
    course = Sparkline(numbers("1", "2", "3"))
    made = in_cell(Bar(Decimal("0.5"), Decimal("0.7")), course)
    bar, spark = images(made)
    assert round(bar.height * 72 / 600, 1) == 8
    assert round(spark.height * 72 / 600, 1) == 11
    assert len(bar.getcolors() or ()) == 3  # ink, paper, the tick
    assert len(spark.getcolors() or ()) == 2


def test_in_word_an_arrow_reaches_out_of_the_frame() -> None:
    (beyond,) = images(in_cell(Bar(Decimal(1), clipped=Clip.BEYOND)))
    (below,) = images(in_cell(Bar(Decimal(0), clipped=Clip.BELOW)))
    middle = beyond.height // 2
    white = (255, 255, 255)
    assert beyond.getpixel((beyond.width - 5, middle)) != white
    assert beyond.getpixel((5, middle)) == white
    assert below.getpixel((5, middle)) != white
    assert below.getpixel((below.width - 5, middle)) == white


def test_equal_ones_are_one_image_and_the_line_is_as_high_as_it() -> None:
    course = Sparkline(numbers("1", "2", "3"))
    data = write_docx(in_cell(course, course, Bar(Decimal("0.5")), Bar(Decimal("0.501"))))
    assert len([name for name in files(data) if name.startswith("word/media/")]) == 2
    root = parts(data)["word/document.xml"]
    lines = [
        spacing.get(f"{W}line")
        for line in root.iter(f"{W}tc")
        for spacing in line.iter(f"{W}spacing")
    ]
    assert lines == ["260", "260"]  # 13 points; a plain bar's line is its style's


def test_what_is_less_than_a_dot_is_left_out_of_an_image() -> None:
    bar = lay_bar(Bar(Decimal("0.00001")), 100, LOOK)
    image = Image.open(BytesIO(draw_bar(bar, LOOK, "2F5D46"))).convert("L")
    assert image.getpixel((image.width // 4, image.height // 2)) == 255
    course = lay_spark(Sparkline(numbers("1", "2"), Decimal("1.5")), 34.001, SPARK)
    image = Image.open(BytesIO(draw_spark(course, SPARK, "2F5D46"))).convert("L")
    assert image.getpixel((0, image.height // 2)) != 255  # the dashes before the last
