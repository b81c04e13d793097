"""Charts as files: the same bytes always, the report's font, nothing of the machine."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from PIL import Image

from kpireport.writers.charts import (
    MissingGlyphError,
    chart_images,
    draw_chart,
)
from kpireport.writers.charts.drawing import DrawnText
from kpireport.writers.charts.texts import break_title, shorten, text_width
from tests.writers.charts.samples import BARS, BARS_SIZE, LINE_CHARTS, LONGER, SMALL, line_chart

CHART = LINE_CHARTS["at most"]
XLINK = "{http://www.w3.org/1999/xlink}href"


@pytest.mark.parametrize("chart", [CHART, LINE_CHARTS["above"], LINE_CHARTS["gaps"], BARS])
def test_the_same_chart_gives_the_same_bytes(chart):
    assert chart_images(chart, BARS_SIZE) == chart_images(chart, BARS_SIZE)


def test_another_process_with_other_settings_gives_the_same_bytes(tmp_path):
    (tmp_path / "matplotlibrc").write_text("path.snap: False\nfont.size: 20\n")
    code = (
        "import sys; from hashlib import sha256; from kpireport.writers.charts import *\n"
        "from tests.writers.charts.samples import *\n"
        "images = chart_images(LINE_CHARTS['at most'], SMALL)\n"
        "print(sha256(images.svg + images.png).hexdigest())\n"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"],
            cwd=folder,
            env={"PYTHONHASHSEED": seed, "MPLCONFIGDIR": str(tmp_path), "TZ": zone},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for folder, seed, zone in ((".", "1", "UTC"), (tmp_path, "2", "Asia/Tokyo"))
    }
    assert len(prints) == 1


def test_settings_of_the_process_neither_matter_nor_change():
    expected = chart_images(CHART, SMALL)
    with mpl.rc_context({"agg.path.chunksize": 9, "path.snap": False, "font.size": 30}):
        before = dict(mpl.rcParams)
        assert chart_images(CHART, SMALL) == expected
        assert dict(mpl.rcParams) == before


def test_only_who_makes_images_loads_matplotlib():
    code = (
        "import sys, kpireport.writers.html, kpireport.writers.pdf\n"
        "from kpireport.writers import html, pdf\n"
        "from tests.documents import document\n"
        "from tests.writers.charts.samples import BARS, LINE_CHARTS\n"
        "from tests.writers.docx.reviews import grid\n"
        "shown = document(grid((BARS, *LINE_CHARTS.values()), 2))\n"
        "html.write_html(shown), pdf.write_pdf(shown)\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'matplotlib'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"


def test_svg_has_the_charts_size_and_outlined_letters():
    root = ET.fromstring(chart_images(CHART, SMALL).svg)
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(SMALL[0], abs=0.01)
    assert float(root.attrib["height"].removesuffix("pt")) == pytest.approx(SMALL[1], abs=0.01)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "path" in tags
    assert not tags & {"text", "image", "metadata", "date"}


def test_png_has_300_dots_per_inch_on_white():
    image = Image.open(BytesIO(chart_images(CHART, SMALL).png))
    assert image.size == (int(SMALL[0] / 72 * 300), int(SMALL[1] / 72 * 300))
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    grey = image.convert("L")
    assert grey.getpixel((0, grey.height - 1)) == 255
    assert min(grey.tobytes()) < 30


def test_marks_differ_in_grey():
    """The parts' mean greys, or their patterns, are told apart on a copier."""
    image = Image.open(BytesIO(chart_images(BARS, BARS_SIZE, 72).png)).convert("L")
    greys = sorted({round(value / 32) for value in image.tobytes()})
    assert len(greys) >= 5


@pytest.mark.parametrize("char", ["𠮷", "😀", "\u2011"])
def test_a_missing_glyph_is_an_error(char):
    with pytest.raises(MissingGlyphError, match=f"U\\+{ord(char):04X}"):
        draw_chart(replace(CHART, title=f"{char}野家"), SMALL)
    bars = replace(BARS, bars=(*BARS.bars[:-1], char))
    with pytest.raises(MissingGlyphError, match="書体にない"):
        draw_chart(bars, BARS_SIZE)


def test_a_letter_is_outlined_once_and_each_stands_where_the_font_says():
    root = ET.fromstring(chart_images(CHART, SMALL).svg)
    outlines = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    used = [each.attrib[XLINK] for each in root.iter() if XLINK in each.attrib]
    assert len(outlines) == len(set(outlines))
    assert {f"#{each}" for each in outlines} == set(used)
    texts = [each for each in draw_chart(CHART, SMALL).drawn if isinstance(each, DrawnText)]
    groups = [each for each in root.iter() if each.tag.endswith("}g")]
    for text, group in zip(texts, groups, strict=True):
        letters = [char for char in text.text if not char.isspace()]
        assert [each.attrib[XLINK] for each in group] == [
            f"#{'b' if text.bold else 'g'}{ord(char):X}" for char in letters
        ]
        before = text.text[: text.text.rindex(letters[-1])]
        at = float(group[-1].attrib["x"]) * text.size / 1000
        assert at == pytest.approx(text_width(before, text.size, bold=text.bold), abs=0.01)


def test_a_line_break_in_a_name_is_no_letter():
    bars = replace(BARS, bars=("子どもたちの\n笑顔", *BARS.bars[1:]))
    texts = [each for each in draw_chart(bars, BARS_SIZE).drawn if isinstance(each, DrawnText)]
    assert not any("\n" in each.text for each in texts)
    said = "".join(each.text for each in texts)
    assert "子どもたちの笑顔" in said
    joined = replace(bars, bars=("子どもたちの笑顔", *BARS.bars[1:]))
    assert draw_chart(bars, BARS_SIZE) == draw_chart(joined, BARS_SIZE)


def test_a_dollar_sign_is_a_letter():
    chart = replace(CHART, title="費用$x^2$と\\alpha$")
    texts = [each for each in draw_chart(chart, SMALL).drawn if isinstance(each, DrawnText)]
    assert "費用$x^2$と\\alpha$" in [text.text for text in texts]
    letters = chart_images(chart, SMALL).svg
    assert all(f'id="b{ord(char):X}"'.encode() in letters for char in "$^\\")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("ねりっこクラブの実施", ("ねりっこクラブの実施",)),
        (
            "地域で活動する団体が参加するイベントの年間延べ参加者数",
            ("地域で活動する団体が参加する", "イベントの年間延べ参加者数"),
        ),
        (
            "練馬区医師会による\n（仮称）医療連携・在宅医療サポートセンターの開設",
            ("練馬区医師会による", "（仮称）医療連携・在宅医療", "サポートセンターの開設"),
        ),
        (
            "リニューアル後のパワーアップカレッジねりまの卒業生が地域活動団体へ加入した割合",
            (
                "リニューアル後の",
                "パワーアップカレッジねりまの",
                "卒業生が地域活動団体へ加入した割合",
            ),
        ),
        (
            LONGER,
            (
                "ICTを活用して指導できる教員の割合",
                "（文部科学省「学校における教育の情報",
                "化の実態等に関する調査」により測定）",
            ),
        ),
        (
            f"{LONGER}、{LONGER}",
            (
                "ICTを活用して指導できる教員の割合",
                "（文部科学省「学校における教育の",
                "情報化の実態等に関する調査」により…",
            ),
        ),
    ],
)
def test_titles_break_between_phrases(title, lines):
    assert break_title(title, SMALL[0]) == lines


def test_a_number_keeps_its_counter():
    for width in range(40, 150):
        lines = break_title("対象となる事業所100か所および250団体の合計", width)
        assert not any(line.endswith(("100", "250", "1", "10", "2", "25")) for line in lines)


def test_shortened_text_fits():
    for width in range(10, 60):
        text = shorten("目標（1,300,000人）以下", width)
        assert text_width(text) <= width
        assert not text.endswith("（…")


def test_charts_without_title_or_unit():
    chart = replace(line_chart("1 2 3", unit=""), title="")
    assert chart_images(chart, SMALL).svg != chart_images(CHART, SMALL).svg
