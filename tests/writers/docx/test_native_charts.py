"""Charts that Word draws: the same data, words and size as the images, and a true workbook."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpireport.document.blocks import Document, FigureGrid, Section
from kpireport.document.charts import (
    BarSeries,
    Chart,
    LimitKind,
    LineChart,
    StackedBarChart,
    describe_chart,
)
from kpireport.document.numbers import format_number
from kpireport.domain.numerals import NumeralStyle
from kpireport.errors import OutputError
from kpireport.writers.charts.plots import lay_plot
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.native_charts import native_chart
from kpireport.writers.docx.native_charts.numbers import printed_format
from tests.documents import METADATA, document, real_plan
from tests.writers.charts.samples import BARS, LINE_CHARTS, SHARES, SMALL, line_chart
from tests.writers.docx.charts import NS, ReadChart, cells, read_charts, sheet_xml
from tests.writers.docx.reader import files, read_docx
from tests.writers.docx.reviews import grid, review, review_docx
from tests.writers.docx.test_pictures import pictures

CHARTS: dict[str, Chart] = {**LINE_CHARTS, "bars": BARS, "shares": SHARES}
_MARKS = ("<&>\"'", "=1+1", "+1", "-1", "@SUM(A1)")


def written(chart: Chart, columns: int = 3) -> ReadChart:
    [read] = read_charts(write_docx(document(grid((chart,), columns)), native_charts=True))
    return read


def columns_of(chart: Chart) -> list[list[Decimal | None]]:
    """Return the values that the chart's series must have."""
    if isinstance(chart, StackedBarChart):
        return [list(map(Decimal, series.counts)) for series in chart.series]
    values = [[point.value for point in chart.points]]
    steps = chart.limit.steps(len(chart.points)) if chart.limit else ()
    return [
        *values,
        *(
            [step.value if step.first <= at <= step.last else None for at in range(len(values[0]))]
            for step in steps
        ),
        *([list(chart.aims)] if chart.aims else []),
    ]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_the_series_are_the_charts_data(chart: Chart):
    found = written(chart)
    assert [list(series.values) for series in found.series] == columns_of(chart)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_the_workbook_has_what_the_chart_has_cached(chart: Chart):
    for series in written(chart).series:
        book = written(chart).workbook
        name, categories, values = (cells(book, reference) for reference in series.references)
        assert name == [series.name]
        assert categories == list(series.categories)
        assert [None if value is None else Decimal(str(value)) for value in values] == list(
            series.values
        )


def test_the_axis_of_years_has_their_labels_and_what_stands_in_a_gap():
    found = written(line_chart("226 未報告 ― 210", "200", unit="人"))
    assert found.series[0].categories == ("H30", "R1\n未報告", "R2\n―", "R3")


def test_a_year_without_a_number_is_a_gap_and_not_zero():
    found = written(LINE_CHARTS["a gap"])
    points = found.series[0].element.xpath("c:val//c:pt/@idx", namespaces=NS)
    assert points == ["0", "2", "3"]
    assert found.value("//c:dispBlanksAs") == "gap"
    assert cells(found.workbook, "Sheet1!$B$3") == [None]


@pytest.mark.parametrize(
    "chart", [each for each in LINE_CHARTS.values() if each.title], ids=list(LINE_CHARTS)
)
def test_the_axis_of_values_is_that_of_the_drawn_chart(chart: LineChart):
    found = written(chart)
    [image] = pictures(read_docx(write_docx(document(grid((chart,), 3)))))
    scale = lay_plot(chart, image.size).scale
    assert Decimal(found.value("//c:valAx/c:scaling/c:min")) == scale.low
    assert Decimal(found.value("//c:valAx/c:scaling/c:max")) == scale.high
    assert Decimal(found.value("//c:valAx/c:majorUnit")) == scale.ticks[1] - scale.ticks[0]
    assert not found.root.xpath("//c:majorGridlines", namespaces=NS)


def test_an_axis_that_does_not_begin_at_zero_says_so():
    assert "（％）縦軸は途中から" in written(LINE_CHARTS["near 100 %"]).texts
    assert "（校）" in written(LINE_CHARTS["three years"]).texts


@pytest.mark.parametrize(
    ("kind", "dash", "name"),
    [
        (LimitKind.AT_LEAST, "dash", "目標 20校"),
        (LimitKind.AT_MOST, "dash", "目標 20校以下"),
        (LimitKind.ABOVE, "sysDot", "現状値 ↑"),
        (LimitKind.BELOW, "sysDot", "現状値 ↓"),
    ],
)
def test_a_limit_is_a_series_with_its_words(kind: LimitKind, dash: str, name: str):
    _, limit = written(line_chart("13 18 22", "20", kind)).series
    assert limit.name == name
    assert limit.element.xpath("c:spPr/a:ln/a:prstDash/@val", namespaces=NS) == [dash]
    assert limit.element.xpath("c:marker/c:symbol/@val", namespaces=NS) == ["none"]
    shown = limit.element.xpath("c:dLbls/c:dLbl/c:showSerName/@val", namespaces=NS)
    assert shown == ["1"], "its label stands at one year and follows its cell"


def test_years_targets_are_diamonds_without_a_line():
    *_, aims = written(LINE_CHARTS["aims"]).series
    assert aims.name == "年度ごとの目標"
    assert aims.element.xpath("c:marker/c:symbol/@val", namespaces=NS) == ["diamond"]
    assert aims.element.xpath("c:spPr/a:ln/a:noFill", namespaces=NS)
    assert aims.element.xpath("c:marker/c:spPr/a:solidFill/*/@val", namespaces=NS) == ["FFFFFF"]


def test_the_baselines_marker_is_hollow_and_the_others_are_filled():
    element = written(LINE_CHARTS["three years"]).series[0].element
    [baseline] = element.xpath("c:dPt", namespaces=NS)
    assert baseline.xpath("c:idx/@val", namespaces=NS) == ["0"]
    fill = "c:marker/c:spPr/a:solidFill/*/@val"
    assert baseline.xpath(fill, namespaces=NS) == ["FFFFFF"]
    assert element.xpath(fill, namespaces=NS) == ["accent1"]


def test_texts_are_in_the_themes_fonts():
    root = written(LINE_CHARTS["three years"]).root
    assert set(root.xpath("//a:latin/@typeface", namespaces=NS)) == {"+mj-lt"}
    assert set(root.xpath("//a:ea/@typeface", namespaces=NS)) == {"+mj-ea"}
    assert len(root.xpath("/c:chartSpace/c:txPr//a:ea", namespaces=NS)) == 1


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_the_title_is_the_drawn_charts(chart: Chart):
    title = written(chart).root.xpath("c:chart/c:title//a:t/text()", namespaces=NS)
    whole = chart.title.replace("\n", "")
    assert whole.startswith("".join(title).removesuffix("…"))
    assert len("".join(title)) > 20 or "".join(title) == whole


# --- labels -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("61.0", "63.4"), '#,##0.0;"−"#,##0.0'),
        (("99.9", "99.96"), '#,##0.0#;"−"#,##0.0#'),
        (("1,147,154", "13"), '#,##0;"−"#,##0'),
        (("６", "16"), "[<10][DBNum3][$-411]0;#,##0"),
        (("6", "16"), '#,##0;"−"#,##0'),
        (("−5", "3"), '#,##0;"−"#,##0'),
        (("6校", "16校"), '#,##0"校";"−"#,##0"校"'),
    ],
)
def test_a_format_writes_values_as_they_are_printed(texts: tuple[str, ...], code: str):
    printed = [(_number(text.removesuffix("校")), text) for text in texts]
    form = printed_format(printed, "校")
    assert form.code == code
    assert [form.write(value) for value, _ in printed] == list(texts)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6), st.integers(0, 3))
def test_a_format_writes_generated_numbers(numbers: list[int], places: int):
    values = [Decimal(number).scaleb(-places) for number in numbers]
    printed = [(value, format_number(value, NumeralStyle.HALF)) for value in values]
    form = printed_format(printed, "")
    assert [form.write(value) for value in values] == [text for _, text in printed]


def test_a_label_that_no_format_writes_is_a_text():
    chart = line_chart("13 20 28", unit="校")
    odd = replace(chart.points[1], text="約20校")
    found = written(replace(chart, points=(chart.points[0], odd, chart.points[2])))
    assert found.series[0].element.xpath(".//c:dLbl//a:t/text()", namespaces=NS) == ["約20校"]


@pytest.mark.parametrize("chart", LINE_CHARTS.values(), ids=LINE_CHARTS)
def test_every_value_has_a_label(chart: LineChart):
    labels = written(chart).series[0].element.xpath("c:dLbls/c:dLbl", namespaces=NS)
    known = [str(number) for number, point in enumerate(chart.points) if point.value is not None]
    assert [label.xpath("c:idx/@val", namespaces=NS)[0] for label in labels] == known
    assert all(label.xpath("c:showVal/@val", namespaces=NS) == ["1"] for label in labels)


# --- stacked bars --------------------------------------------------------------------


def test_bars_are_stacked_from_the_top_down():
    found = written(BARS, 1)
    assert found.value("//c:barDir") == "bar"
    assert found.value("//c:grouping") == "stacked"
    assert found.value("//c:overlap") == "100"
    assert found.value("//c:catAx/c:scaling/c:orientation") == "maxMin"
    assert found.value("//c:valAx/c:crosses") == "max"
    assert found.series[0].categories == BARS.bars
    assert [series.name for series in found.series] == [series.label for series in BARS.series]
    assert found.root.xpath("c:chart/c:legend", namespaces=NS)


def test_shares_are_counts_that_word_stacks_to_a_whole():
    found = written(SHARES, 1)
    assert found.value("//c:grouping") == "percentStacked"
    assert float(found.value("//c:valAx/c:scaling/c:max")) == 1
    assert found.root.xpath("//c:valAx/c:numFmt/@formatCode", namespaces=NS) == ["0%"]
    assert found.series[0].categories[2] == "令和３年度\n達成 63.5％"
    values = found.series[0].element.xpath("c:val//c:v/text()", namespaces=NS)
    assert [float(value) for value in values] == [10, 19, 61]


def test_marks_differ_without_colour():
    """As on the drawn chart: the accent, its tint, three hatchings, white."""
    found = written(BARS, 1)
    fills = [series.element.xpath("c:spPr/*[1]", namespaces=NS)[0] for series in found.series]
    patterns = [fill.get("prst") for fill in fills]
    assert patterns == [None, None, "wdUpDiag", "diagCross", "wdDnDiag", None]
    colors = [fill.xpath(".//@val", namespaces=NS) for fill in fills]
    assert colors[0] == ["accent1"]
    assert colors[1] == ["accent1", "32000", "68000"]
    looks = {(pattern, *color) for pattern, color in zip(patterns, colors, strict=True)}
    assert len(looks) == len(BARS.series)


def test_none_has_no_label():
    counts = (5, 0, 1)
    chart = replace(BARS, bars=("一", "二", "三"), series=(BarSeries("◎ 達成", counts),))
    [series] = written(chart, 1).series
    codes = series.element.xpath("c:dLbls/c:numFmt/@formatCode", namespaces=NS)
    assert codes == ["#,##0;;"], "nothing is written for zero"


# --- the file ------------------------------------------------------------------------


def test_size_alternative_text_and_order_are_those_of_the_images():
    drawn = read_charts(write_docx(review(), native_charts=True))
    images = [each for each in pictures(read_docx(review_docx())) if not each.is_decorative]
    assert [chart.alternative_text for chart in drawn] == [each.alternative_text for each in images]
    sizes = [tuple(length / 12700 for length in chart.size) for chart in drawn]
    assert sizes == [each.size for each in images]
    assert describe_chart(BARS) == written(BARS).alternative_text


def test_there_is_no_image_of_a_chart_beside_it():
    names = files(write_docx(document(grid((BARS,), 1)), native_charts=True))
    assert not [name for name in names if name.startswith("word/media/")]
    assert not [name for name in files(review_docx()) if "charts/" in name]


def test_the_same_document_gives_the_same_bytes():
    made = document(grid((BARS, LINE_CHARTS["gaps"]), 2))
    assert write_docx(made, native_charts=True) == write_docx(made, native_charts=True)


def test_a_workbook_has_no_time_of_its_own():
    book = written(BARS).workbook
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = package.read("docProps/core.xml").decode()
    assert properties.count("1980-01-01T00:00:00Z") == 2
    assert "dcterms:created" in properties


@pytest.mark.parametrize("mark", _MARKS)
def test_texts_that_look_like_formulas_stay_texts(mark: str):
    line = replace(LINE_CHARTS["three years"], title=mark, unit=mark)
    bars = StackedBarChart(mark, mark, (mark, "二"), (BarSeries(mark, (1, 2)),))
    for chart in (line, bars):
        found = written(chart)
        assert not list(sheet_xml(found.workbook).iter("{*}f"))
        page = openpyxl.load_workbook(io.BytesIO(found.workbook)).active
        assert page is not None
        looked = [cell for row in page.iter_rows() for cell in row if cell.value == mark]
        assert looked
        assert all(cell.data_type == "s" for cell in looked)
        assert all(cell.quotePrefix == (mark[0] in "=+-@") for cell in looked)


def test_a_character_that_no_file_carries_is_refused():
    with pytest.raises(OutputError, match=r"U\+0001"):
        written(replace(BARS, title="図\x01"))


def test_a_chart_needs_something_to_show():
    with pytest.raises(ValueError, match="a chart needs a number"):
        native_chart(line_chart("未報告 未報告"), SMALL)
    with pytest.raises(ValueError, match="a chart needs a bar"):
        native_chart(replace(BARS, bars=(), series=()), SMALL)


def test_a_base_with_charts_of_its_own_keeps_them():
    """A finished report may be the next one's base."""
    earlier = write_docx(document(grid((BARS,), 1)), native_charts=True)
    empty = FigureGrid((), 1)
    later = write_docx(document(empty, grid((BARS,), 1)), base=earlier, native_charts=True)
    names = list(files(later))
    assert len(names) == len(set(names))
    assert [chart.alternative_text for chart in read_charts(later)] == [describe_chart(BARS)]
    assert sum(name.startswith("word/embeddings/") for name in names) == 2


def test_a_document_without_charts_is_the_same_either_way():
    assert write_docx(real_plan(), native_charts=True) == write_docx(real_plan())
    nothing = Document(METADATA, (Section((FigureGrid((), 2),)),))
    assert write_docx(nothing, native_charts=True) == write_docx(nothing)


def test_what_draws_images_is_not_loaded():
    program = (
        "import sys; from kpireport.writers.docx import write_docx\n"
        "from tests.documents import document\n"
        "from tests.writers.charts.samples import BARS, LINE_CHARTS\n"
        "from tests.writers.docx.reviews import grid\n"
        "write_docx(document(grid((BARS, *LINE_CHARTS.values()), 2)), native_charts=True)\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'matplotlib'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
