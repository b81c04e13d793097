"""Changing one style changes the document: what is based on what, and who else says it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx.shared import Pt, RGBColor

from kpireport.document.styles import TextStyle
from kpireport.writers.docx import names, write_docx
from kpireport.writers.docx.base import BASE_FILE
from tests.documents import real_plan
from tests.writers.docx import letterheads
from tests.writers.docx.reader import W, has, parts, text, value
from tests.writers.docx.reviews import review
from tests.writers.docx.styles import Styles

GREEN = "008000"
GROUPS = ("表本文", "表見出し", "Body Text", "heading 1", "heading 2", "heading 3")


@pytest.fixture(scope="module")
def shipped() -> Styles:
    return Styles.of(parts(BASE_FILE.read_bytes()))


@pytest.fixture(scope="module", params=["plan", "review"])
def made(request: Any) -> dict[str, Any]:
    return parts(write_docx(real_plan() if request.param == "plan" else review()))


def green_in_template(name: str, folder: Path) -> set[str]:
    """Return the names of the styles of all green text where the style ``name`` is made green.

    The text is a plan's and a review's.
    """
    opened = letterheads.template_document()
    letterheads.style(opened, name).font.color.rgb = RGBColor.from_string(GREEN)
    base = letterheads.base_of(letterheads.saved(opened), folder)
    return {
        green
        for each in (real_plan(), review())
        for green in _green(parts(write_docx(each, base=base)))
    }


def _green(found: dict[str, Any]) -> set[str]:
    styles = Styles.of(found)
    lines = (each for each in found["word/document.xml"].iter(f"{W}p") if text(each))
    used = {value(line, "pPr/pStyle") for line in lines}
    return styles.names({each for each in used if styles.has(each, "rPr/color") == GREEN})


def is_goal(table: Any) -> bool:
    """Whether it is a 目標表, whose first row looks like the others."""
    return value(table, "tblPr/tblStyle").endswith("BandTable")


def in_cells(found: dict[str, Any], *, header: bool) -> set[str]:
    """Return the ids of the styles of text in header rows, or in the others."""
    return {
        value(each, "pPr/pStyle")
        for row in found["word/document.xml"].iter(f"{W}tr")
        if (has(row, "trPr/tblHeader") and not is_goal(row.getparent())) is header
        for each in row.iterfind(f"{W}tc//{W}p")
        if text(each)
    }


def test_all_text_in_tables_follows_the_style_of_table_text_or_of_table_headers(
    made: dict[str, Any],
):
    styles = Styles.of(made)
    body, headers = in_cells(made, header=False), in_cells(made, header=True)
    apart = styles.names({each for each in body if "TableText" not in styles.chain(each)})
    # labels of rows, header rows in the middle of a table, and the reduced page's frame
    own = styles.followers("表見出し") | {"見本・見出し（枠付き）", "見本・符号"}
    assert apart <= own
    assert len(body - {names.text_style(TextStyle.TABLE_TEXT).id}) > len(apart)
    assert all("TableHeader" in styles.chain(each) for each in headers)


def test_recoloured_table_text_is_green_and_its_headers_are_not(tmp_path: Path):
    green = green_in_template("表本文", tmp_path)
    assert {"多列表本文", "多列表の値", "所管課の記述", "目標表の本文"} <= green
    assert not green & {"表見出し", "多列表見出し", "Body Text", "heading 1", "caption"}


def test_recoloured_table_headers_are_green_and_table_text_is_not(tmp_path: Path):
    green = green_in_template("表見出し", tmp_path)
    assert {"多列表見出し", "多列表見出しの注", "目標表の項目名"} <= green
    assert not any("本文" in name or "の値" in name for name in green)


def test_recoloured_prose_is_green_with_its_lists_and_explanations(tmp_path: Path):
    green = green_in_template("Body Text", tmp_path)
    assert green == {"Body Text", "符号の説明", "注記", "番号付きの項目"}


def test_a_recoloured_heading_is_green_wherever_it_stands(tmp_path: Path):
    green = green_in_template("heading 1", tmp_path)
    assert {"heading 1", "見出し 1（枠付き）", "TOC Heading"} <= green
    assert not any(name.startswith("heading 2") for name in green)


def test_a_style_says_nothing_that_the_one_below_it_says(shipped: Styles):
    """A font, a colour, bold: whoever repeats it does not follow a change."""
    for style_id, style in shipped.by_id.items():
        _, *below = shipped.chain(style_id)
        properties = style.find(f"{W}rPr")
        if style.get(f"{W}type") != "paragraph" or properties is None:
            continue
        for child in properties:
            name = f"rPr/{child.tag.removeprefix(W)}"
            attributes = [each.removeprefix(W) for each in child.attrib]
            assert any(
                value(style, name, each) != shipped.has(below[0], name, each) for each in attributes
            ), (style_id, name)


def test_families_are_of_one_font(shipped: Styles):
    for group in GROUPS:
        fonts = {
            shipped.has(each, "rPr/rFonts", "eastAsia")
            for each in shipped.by_id
            if group in shipped.names(set(shipped.chain(each)))
        }
        assert len(fonts) == 1


def test_lines_have_a_height_with_its_rule(shipped: Styles):
    """A style that says a height alone would get a multiple of single spacing."""
    for style in shipped.by_id.values():
        spacing = style.find(f"{W}pPr/{W}spacing")
        if spacing is not None:
            assert (f"{W}line" in spacing.attrib) == (f"{W}lineRule" in spacing.attrib)


def test_headings_that_the_contents_do_not_list_have_no_level(shipped: Styles):
    for style_id in shipped.by_id:
        if style_id.startswith("TOCHeading") or style_id == "SampleNumeral":
            assert shipped.has(style_id, "pPr/outlineLvl") == "9"


def test_an_enlarged_style_enlarges_the_lines_of_all_that_inherit_its_size(tmp_path: Path):
    opened = letterheads.template_document()
    letterheads.style(opened, "表本文").font.size = Pt(15)
    letterheads.style(opened, "表の計画番号").font.size = Pt(20)
    styles = Styles.of(parts(letterheads.base_of(letterheads.saved(opened), tmp_path)))
    lines = {
        style_id: (styles.has(style_id, "pPr/spacing", "line"), styles.has(style_id, "rPr/sz"))
        for style_id in ("TableText", "TableValue", "TableLabel", "DenseText")
    }
    assert lines == {
        "TableText": ("390", "30"),
        "TableValue": ("390", "30"),  # inherits both
        "TableLabel": ("520", "40"),
        "DenseText": ("240", "18"),
    }
    assert not has(styles.by_id["TableValue"], "pPr/spacing")
    assert styles.has("TableLabel", "pPr/spacing", "lineRule") == "exact"
    label = styles.by_id["TableLabel"]
    assert [each.tag.removeprefix(W) for each in label][-2:] == ["pPr", "rPr"]


def test_a_length_that_somebody_changed_carries_to_what_inherits_it(tmp_path: Path):
    opened = letterheads.template_document()
    letterheads.style(opened, "表本文").paragraph_format.line_spacing = Pt(18)
    styles = Styles.of(parts(letterheads.base_of(letterheads.saved(opened), tmp_path)))
    assert styles.has("TableValue", "pPr/spacing", "line") == "360"


def raises_of_marks(found: dict[str, Any]) -> set[str]:
    """Return what the runs of note marks say of their raise."""
    runs = [
        run
        for run in found["word/document.xml"].iter(f"{W}r")
        if value(run, "rPr/rStyle") == names.NOTE_MARK.id
    ]
    assert runs
    assert all({child.tag for child in run.find(f"{W}rPr")} <= MARKED for run in runs)
    return {value(run, "rPr/position") for run in runs}


MARKED = {f"{W}rStyle", f"{W}position"}


def test_note_marks_are_raised_as_their_style_says(tmp_path: Path, shipped: Styles):
    """They repeat it for LibreOffice alone; a template's own raise is the one repeated."""
    usual = shipped.has(names.NOTE_MARK.id, "rPr/position")
    assert raises_of_marks(parts(write_docx(real_plan()))) == {usual}
    opened = letterheads.template_document()
    position = letterheads.style(opened, "注番号").element.rPr.find(f"{W}position")
    position.set(f"{W}val", "10")
    raised = letterheads.made_with(letterheads.saved(opened), real_plan(), tmp_path)
    assert raises_of_marks(parts(raised)) == {"10"}
    position.getparent().remove(position)
    level = letterheads.made_with(letterheads.saved(opened), real_plan(), tmp_path)
    assert raises_of_marks(parts(level)) == {""}


def style_named(shipped: Styles, name: str) -> Any:
    return next(each for each in shipped.by_id.values() if value(each, "name") == name)


def test_who_goes_on_after_a_heading_writes_text(shipped: Styles):
    headings = [
        each
        for each in shipped.by_id.values()
        if "見出し " in value(each, "name") or value(each, "name").startswith("heading ")
    ]
    assert len(headings) >= 15
    assert {value(each, "next") for each in headings} == {"BodyText"}


def test_samples_styles_and_words_own_are_not_in_the_gallery(shipped: Styles):
    for each in shipped.by_id.values():
        is_sample = value(each, "name").startswith("見本")
        assert has(each, "semiHidden") == (is_sample or not has(each, "qFormat"))
        assert has(each, "uiPriority")
    latent = parts(BASE_FILE.read_bytes())["word/styles.xml"].find(f"{W}latentStyles")
    assert latent.get(f"{W}defSemiHidden") == "1"


def test_fonts_and_colours_are_the_themes_and_the_same_as_those_named(shipped: Styles):
    found = parts(BASE_FILE.read_bytes())
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    theme = found["word/theme/theme1.xml"]
    fonts = {
        kind: theme.find(f".//{a}{kind}Font/{a}ea").get("typeface") for kind in ("major", "minor")
    }
    named = list(found["word/styles.xml"].iter(f"{W}rFonts"))
    assert named
    for each in named:
        kind = each.get(f"{W}eastAsiaTheme").removesuffix("EastAsia")
        assert each.get(f"{W}eastAsia") == fonts[kind]
        assert each.get(f"{W}asciiTheme") == f"{kind}HAnsi"
    names_of_theme = {"accent1": "accent1", "text2": "dk2", "background2": "lt2"}
    for each in found["word/styles.xml"].iter():
        for colour, themed in (("color", "themeColor"), ("fill", "themeFill")):
            if each.get(f"{W}{themed}"):
                entry = theme.find(f".//{a}{names_of_theme[each.get(W + themed)]}/{a}srgbClr")
                assert each.get(f"{W}{colour}") == entry.get("val")


def test_the_specimen_shows_every_style_by_the_name_that_word_shows(shipped: Styles):
    body = parts(BASE_FILE.read_bytes())["word/document.xml"]
    shown = {
        each.get(f"{W}val")
        for kind in ("pStyle", "rStyle", "tblStyle")
        for each in body.iter(W + kind)
    }
    own = {key for key, each in shipped.by_id.items() if each.get(f"{W}default") is None}
    assert shown == own
    said = {text(each) for each in body.iter(f"{W}p")}
    assert {"見出し 1", "本文", "表題", "指標表", "見本・指標表（多列）"} <= said


def test_boxes_that_look_alike_do_not_follow_each_other():
    """Word would draw one box around them."""
    body = parts(BASE_FILE.read_bytes())["word/document.xml"].find(f"{W}body")
    lines = [value(each, "pPr/pStyle") for each in body.iterchildren(f"{W}p")]
    assert not any(
        one.endswith("Boxed") and other.endswith("Boxed") for one, other in pairwise(lines)
    )


def test_cells_end_their_lines_where_the_pdf_does(made: dict[str, Any]):
    body = made["word/document.xml"]
    ends = [each for each in body.iter(f"{W}br") if each.get(f"{W}clear") == "all"]
    assert ends
    for each in ends:
        assert next(each.iterancestors(f"{W}tc"), None) is not None
        controls = each.iterancestors(f"{W}sdt")
        assert not any(has(control, "sdtPr/tag") for control in controls)


def test_the_list_of_headings_tells_a_goals_title():
    body = parts(write_docx(real_plan()))["word/document.xml"]
    goals = [
        text(each) for each in body.iter(f"{W}p") if value(each, "pPr/pStyle") == "Heading1Boxed"
    ]
    assert goals
    assert all(len(each) > 3 for each in goals)


def test_the_table_of_a_goal_has_its_header_flagged():
    body = parts(write_docx(real_plan()))["word/document.xml"]
    tables = [each for each in body.iter(f"{W}tbl") if value(each, "tblPr/tblStyle") == "BandTable"]
    assert tables
    assert all(has(table.find(f"{W}tr"), "trPr/tblHeader") for table in tables)
