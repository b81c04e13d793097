"""Charts in a PDF: text that can be found, vectors, one figure each, valid."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO

import numpy as np
import pdfplumber
import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics

from kpireport.document.blocks import DocumentMetadata
from kpireport.document.charts import describe_chart
from kpireport.writers.charts.boxes import Spot
from kpireport.writers.charts.drawing import Cap, Drawing, DrawnPath, Go, Join, Stroke, curved
from kpireport.writers.fonts import load_font
from kpireport.writers.pdf.archive import finish_pdf
from kpireport.writers.pdf.charts import ChartItem, lay_chart, picture_of
from kpireport.writers.pdf.painter import Painter, make_canvas
from kpireport.writers.pdf.structure import Element, Structure
from kpireport.writers.theme import MILLIMETRE, Typeface
from tests.verapdf import assert_compliant
from tests.writers.charts.samples import BARS, BARS_SIZE, LINE_CHARTS, SMALL

A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
METADATA = DocumentMetadata("図", "企画課", "図の見本", ("図",), dt.date(2021, 8, 1))


def lay_all(section: Element) -> list[ChartItem]:
    lines = [
        lay_chart(chart, SMALL, describe_chart(chart), section) for chart in LINE_CHARTS.values()
    ]
    return [*lines, lay_chart(BARS, BARS_SIZE, describe_chart(BARS), section)]


def chart_pdf() -> bytes:
    """Return a document of all sample charts, six rows of three on a page."""
    root = Element("Document", None)
    font = load_font(Typeface.GOTHIC)
    pdfmetrics.registerFont(font)
    painter = Painter(make_canvas(font, METADATA.title), Structure(root))
    *lines, bars = lay_all(Element("Sect", root))
    for start in range(0, len(lines), 18):
        for number, item in enumerate(lines[start : start + 18]):
            row, column = divmod(number, 3)
            item.paint(painter, (20 + 58 * column) * MILLIMETRE, (280 - 44 * row) * MILLIMETRE)
        painter.end_page(A4)
    bars.paint(painter, 20 * MILLIMETRE, 280 * MILLIMETRE)
    painter.end_page(A4)
    return finish_pdf(painter, {}, METADATA)


def bare_painter() -> Painter:
    canvas = make_canvas(load_font(Typeface.GOTHIC), "図")
    return Painter(canvas, Structure(Element("Document", None)))


def content(painter: Painter) -> str:
    return "\n".join(part for part in painter._parts if isinstance(part, str))


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return chart_pdf()


def test_text_can_be_found_and_is_never_small(drawn):
    with pdfplumber.open(BytesIO(drawn)) as pdf:
        words = [word["text"] for page in pdf.pages for word in page.extract_words()]
        sizes = {round(char["size"], 2) for page in pdf.pages for char in page.chars}
    assert {"ねりっこクラブの実施", "13校", "35校", "目標", "現状値", "H30", "1,147,154人"} <= set(
        words
    )
    assert {"達成", "やや遅れ", "全体", "12"} <= set(words)
    assert sizes == {8.0, 8.5}


def test_charts_are_vectors_in_the_documents_fonts(drawn):
    with pikepdf.open(BytesIO(drawn)) as pdf:
        fonts = set()
        for page in pdf.pages:
            assert not page.get_images()
            content = page.Contents.read_bytes()
            assert b" Do" not in content
            assert b" gs" not in content  # no transparency, no soft masks
            fonts |= {str(font.BaseFont) for font in page.Resources.Font.values()}
    assert {name.split("+")[-1] for name in fonts} == {
        "BIZUDGothic-Regular",
        "BIZUDGothic-Bold",
    }


def test_every_chart_is_a_figure_with_alternative_text_and_box(drawn):
    with pikepdf.open(BytesIO(drawn)) as pdf:
        figures = list(pdf.Root.StructTreeRoot.K.K[0].K)
        assert [str(figure.Alt) for figure in figures] == [
            *(describe_chart(chart) for chart in LINE_CHARTS.values()),
            describe_chart(BARS),
        ]
        for figure in figures:
            assert figure.S == "/Figure"
            left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
            assert (right - left, top - bottom) in (
                pytest.approx(SMALL, abs=0.02),
                pytest.approx(BARS_SIZE, abs=0.02),
            )


def test_the_same_charts_give_the_same_bytes(drawn):
    assert chart_pdf() == drawn


def test_validators_accept_the_charts(drawn, tmp_path):
    path = tmp_path / "charts.pdf"
    path.write_bytes(drawn)
    assert_compliant([path])


def test_a_picture_is_recorded_once_and_painted_anywhere():
    item = lay_all(Element("Sect", None))[0]
    painter = bare_painter()
    item.picture.paint(painter, 10, 20)
    item.picture.paint(painter, 100, 200)
    text = content(painter)
    assert text.count("1 0 0 1 10.000 20.000 cm") == 1
    assert text.count("1 0 0 1 100.000 200.000 cm") == 1
    assert text.count("\nQ") == 2


def test_white_text_leaves_black_behind():
    item = lay_all(Element("Sect", None))[-1]
    painter = bare_painter()
    item.picture.paint(painter, 0, 0)
    outside = re.sub(r"q 1 0 0 1.*?\nQ", "", content(painter), flags=re.DOTALL)
    colors = re.findall(r"^(.* rg)$", outside, flags=re.MULTILINE)
    assert "1 1 1 rg" in colors
    assert colors[-1] == "0 0 0 rg"


def test_curves_and_strokes_are_operators():
    drawing = Drawing((100, 100))
    stroke = Stroke(0.5, "#0000FF", (4.0, 2.0), Cap.SQUARE, Join.ROUND)
    wave = curved(Spot(0, 0), Spot(20, 40), Spot(40, 40), Spot(60, 0))
    drawing.path(wave, fill="#FF0000", stroke=stroke)
    drawing.line((Spot(1, 2), Spot(3, 4)), stroke)
    assert picture_of(drawing.recording).shapes.splitlines()[2:] == [
        "1 0 0 rg",
        "0 0 1 RG",
        "0.5 w",
        "[4 2] 0 d",
        "2 J",
        "1 j",
        "0 0 m 20 40 40 40 60 0 c B",
        "1 2 m 3 4 l S",
    ]


def test_a_marker_is_round():
    drawing = Drawing((100, 100))
    drawing.circles([Spot(50, 40)], 10, fill="#FF0000", stroke=Stroke(1))
    circle = drawing.recording.drawn[-1]
    assert isinstance(circle, DrawnPath)
    start = circle.steps[0].values
    for go, values in circle.steps[1:-1]:
        assert go is Go.CURVE
        corners = np.array((*start, *values)).reshape(4, 2)
        for t in np.linspace(0, 1, 9):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            assert np.hypot(*(weights @ corners - (50, 40))) == pytest.approx(5, abs=0.002)
        start = values[-2:]
    assert start == pytest.approx(circle.steps[0].values)
