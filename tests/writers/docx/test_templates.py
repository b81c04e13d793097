"""A municipality's own template: its looks are honoured, its text is not, faults are told."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kpireport.document.blocks import Document, Heading, Section
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.errors import InputError
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.base import BASE_FILE
from kpireport.writers.docx.package import Base
from kpireport.writers.docx.template_looks import theme_of
from kpireport.writers.docx.template_styles import needed_styles
from kpireport.writers.theme import DEFAULT_THEME
from tests.documents import METADATA, document, real_plan
from tests.review_reports import small_document
from tests.tools import convert_with_libreoffice, run_tool
from tests.writers.docx import letterheads
from tests.writers.docx.reader import files, parts, text
from tests.writers.docx.reviews import review
from tests.writers.docx.test_tools import problems

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SMALL = document(paragraph("文", TextStyle.BODY))


def edited(folder: Path, made: Document = SMALL) -> bytes:
    return letterheads.made_with(letterheads.saved(letterheads.edited()), made, folder)


def refusal(folder: Path, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        letterheads.base_of(data, folder)
    return str(caught.value)


def sections(data: bytes) -> list[Any]:
    return list(parts(data)["word/document.xml"].iter(f"{W}sectPr"))


def edges(data: bytes) -> list[dict[tuple[str, str], str]]:
    """Return the text of each section's headers and footers, fields by their instruction."""
    found = parts(data)
    targets = {
        relation.get("Id"): f"word/{relation.get('Target')}"
        for relation in found["word/_rels/document.xml.rels"]
    }
    result: list[dict[tuple[str, str], str]] = []
    for section in sections(data):
        result.append({})
        for kind in ("header", "footer"):
            for reference in section.findall(f"{W}{kind}Reference"):
                root = found[targets[reference.get(f"{R}id")]]
                words = [text(line) for line in root.iter(f"{W}p")]
                fields = [field.get(f"{W}instr").strip() for field in root.iter(f"{W}fldSimple")]
                result[-1][kind, reference.get(f"{W}type")] = "".join((*words, *fields))
    return result


def test_the_untouched_template_makes_the_document_that_no_template_makes(tmp_path: Path):
    found = parts(letterheads.made_with(BASE_FILE.read_bytes(), real_plan(), tmp_path))
    usual = parts(write_docx(real_plan()))
    assert found.keys() == usual.keys()
    bodies = [
        re.sub(r' (r:id|w:id)="\w+"', "", text_of(root["word/document.xml"]))
        for root in (found, usual)
    ]
    mark = re.compile(r'<w:bookmarkStart w:name="kpitemplate_\w{16}"></w:bookmarkStart>')
    # lines end where the PDF's do in our fonts alone
    lines = re.compile(r'</w:t><w:br w:clear="all"[^>]*></w:br><w:t xml:space="preserve">')
    bodies[1] = lines.sub("", bodies[1])
    bodies[0] = mark.sub("", bodies[0]).replace("<w:bookmarkEnd></w:bookmarkEnd>", "", 1)
    assert bodies[0] == bodies[1]
    assert text_of(found["word/styles.xml"]) == text_of(usual["word/styles.xml"])


def text_of(root: Any) -> str:
    """Return an element as text, without the order in which namespaces were declared."""
    from lxml import etree

    return str(etree.tostring(root, method="c14n2", strip_text=True).decode())


def test_edited_styles_and_margins_are_honoured_in_every_section(tmp_path: Path):
    data = edited(tmp_path, review())
    styles = parts(data)["word/styles.xml"]
    heading, body = (
        next(each for each in styles if each.get(f"{W}styleId") == style_id)
        for style_id in ("Heading1", "BodyText")
    )
    assert heading.find(f"{W}rPr/{W}color").get(f"{W}val") == letterheads.COLOUR
    assert body.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == letterheads.FONT
    found = sections(data)
    assert {"landscape", None} == {each.find(f"{W}pgSz").get(f"{W}orient") for each in found}
    for section in found:
        margins = section.find(f"{W}pgMar")
        assert (margins.get(f"{W}left"), margins.get(f"{W}right")) == ("1417", "1417")


def test_tables_are_as_wide_as_the_template_leaves_room(tmp_path: Path):
    body = parts(edited(tmp_path, real_plan()))["word/document.xml"]
    widths = {each.get(f"{W}w") for each in body.findall(f"{W}body/{W}tbl/{W}tblPr/{W}tblW")}
    assert str(11906 - 2 * 1417) in widths
    assert max(int(width) for width in widths) == 11906 - 2 * 1417


def test_the_letterhead_stands_on_every_page_with_its_picture(tmp_path: Path):
    data = edited(tmp_path, review())
    assert all(letterheads.LETTERHEAD in section["header", "default"] for section in edges(data))
    opened = files(data)
    pictures = [name for name in opened if name.startswith("word/media/image")]
    assert pictures
    for name in opened:
        if re.fullmatch(r"word/_rels/(header|notices)\d+\.xml\.rels", name):
            assert b'Target="media/image' in opened[name]


def test_the_templates_own_text_and_its_author_are_left_behind(tmp_path: Path):
    opened = letterheads.edited()
    opened.core_properties.author = opened.core_properties.comments = "様式を作った人"
    data = letterheads.made_with(letterheads.saved(opened), SMALL, tmp_path)
    everything = b"".join(files(data).values()).decode("utf-8", "ignore")
    assert letterheads.BODY_TEXT not in everything
    assert "様式を作った人" not in everything


def test_pages_without_a_number_have_none_and_numbered_pages_have_one(tmp_path: Path):
    """A letterhead of one section, its footer without a page number."""
    data = letterheads.made_with(
        letterheads.saved(letterheads.plain_letterhead()), real_plan(), tmp_path
    )
    first, *others = edges(data)
    assert first["footer", "default"] == letterheads.LETTERHEAD
    for section in others:
        assert section["footer", "default"].startswith(letterheads.LETTERHEAD)
        assert section["footer", "default"].endswith("PAGE")


def test_a_single_section_with_a_number_gives_the_cover_none(tmp_path: Path):
    opened = letterheads.plain_letterhead()
    line = opened.sections[0].footer.add_paragraph("－")
    field = copy.deepcopy(line._element)
    simple = field.makeelement(qn("w:fldSimple"), {qn("w:instr"): " PAGE  \\* MERGEFORMAT "})
    line._element.append(simple)
    data = letterheads.made_with(letterheads.saved(opened), real_plan(), tmp_path)
    first, *others = edges(data)
    assert "PAGE" not in first["footer", "default"]
    assert "－" not in first["footer", "default"]
    for section in others:
        assert section["footer", "default"].count("PAGE") == 1


def test_a_continuous_or_landscape_section_is_a_page_of_its_own_turned_as_needed(tmp_path: Path):
    opened = letterheads.with_continuous_section(letterheads.edited())
    last = opened.sections[-1]
    last.orientation = WD_ORIENT.LANDSCAPE
    last.page_width, last.page_height = last.page_height, last.page_width
    made = Document(
        METADATA,
        tuple(
            Section((paragraph("文", TextStyle.BODY),), landscape=landscape)
            for landscape in (False, True)
        ),
    )
    data = letterheads.made_with(letterheads.saved(opened), made, tmp_path)
    sizes = [section.find(f"{W}pgSz") for section in sections(data)]
    assert [size.get(f"{W}orient") for size in sizes] == [None, "landscape"]
    assert [int(size.get(f"{W}w")) > int(size.get(f"{W}h")) for size in sizes] == [False, True]
    assert {section.find(f"{W}type").get(f"{W}val") for section in sections(data)} == {"nextPage"}


def test_lengths_with_units_and_fixed_margins_are_understood(tmp_path: Path):
    opened = letterheads.template_document()
    for margins in opened.element.body.iter(qn("w:pgMar")):
        margins.set(qn("w:left"), "30mm")
        margins.set(qn("w:top"), "-1700")
    data = letterheads.made_with(letterheads.saved(opened), SMALL, tmp_path)
    margins = sections(data)[0].find(f"{W}pgMar")
    assert (margins.get(f"{W}left"), margins.get(f"{W}top")) == ("1701", "-1700")
    section = Base.read(data).numbered
    bottom = section.margin("bottom")
    assert section.text_height(landscape=False) == 16838 - 1700 - bottom
    assert 0 < bottom < 1700


def test_a_section_without_a_size_is_a4_with_our_margins(tmp_path: Path):
    opened = letterheads.template_document()
    for section in opened.element.body.iter(qn("w:sectPr")):
        for name in ("w:pgSz", "w:pgMar"):
            section.remove(section.find(qn(name)))
    base = Base.read(letterheads.base_of(letterheads.saved(opened), tmp_path))
    assert base.numbered.size(landscape=False) == (11906, 16838)
    assert base.numbered.margin("left") == 1134


def test_a_grid_of_characters_spreads_no_letters(tmp_path: Path):
    opened = letterheads.template_document()
    for section in opened.sections:
        grid = section._sectPr.makeelement(qn("w:docGrid"))
        grid.set(qn("w:type"), "linesAndChars")
        grid.set(qn("w:charSpace"), "4000")
        section._sectPr.append(grid)
    data = letterheads.made_with(letterheads.saved(opened), SMALL, tmp_path)
    assert not list(parts(data)["word/document.xml"].iter(f"{W}docGrid"))


def test_first_pages_and_even_pages_keep_their_own_headers(tmp_path: Path):
    opened = letterheads.edited()
    opened.settings.odd_and_even_pages_header_footer = True
    for section in opened.sections:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "一枚目"
        section.even_page_header.paragraphs[0].text = "偶数"
    data = letterheads.made_with(letterheads.saved(opened), real_plan(), tmp_path)
    assert parts(data)["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    for section, words in zip(sections(data), edges(data), strict=True):
        assert section.find(f"{W}titlePg") is not None
        assert words["header", "first"] == "一枚目"
        assert words["header", "even"] == "偶数"
    first, *others = edges(data)
    assert "PAGE" not in first["footer", "even"]
    assert all(words["footer", "even"].count("PAGE") == 1 for words in others)


def test_parts_have_the_names_that_word_for_the_web_gives_them(tmp_path: Path):
    data = letterheads.saved(letterheads.edited())
    old = files(data)
    relations = old["word/_rels/document.xml.rels"].replace(
        b'Target="styles.xml"', b'Target="/word/styles.xml"'
    )
    renamed: dict[str, bytes | None] = {
        "word__document.xml": None,
        "word___rels__document.xml.rels": None,
        "word__document2.xml": old["word/document.xml"],
        "word___rels__document2.xml.rels": relations,
    }
    for name in ("[Content_Types].xml", "_rels/.rels"):
        changed = old[name].replace(b"word/document.xml", b"word/document2.xml")
        renamed[name.replace("/", "__")] = changed
    base = files(letterheads.base_of(letterheads.repacked(data, **renamed), tmp_path))
    usual = files(letterheads.base_of(data, tmp_path))
    assert base.keys() == usual.keys()
    assert {name for name in base if base[name] != usual[name]} == {"word/document.xml"}


def test_a_style_based_on_itself_does_not_hang_the_writer(tmp_path: Path):
    opened = letterheads.template_document()
    element = letterheads.style(opened, "Body Text").element
    element.find(qn("w:basedOn")).set(qn("w:val"), "BodyText")
    for size in list(element.iter(qn("w:sz"))):
        size.getparent().remove(size)
    base = letterheads.base_of(letterheads.saved(opened), tmp_path)
    assert parts(write_docx(SMALL, base=base))


def test_a_gutter_takes_room_from_the_text(tmp_path: Path):
    opened = letterheads.template_document()
    for section in opened.sections:
        section.gutter = Mm(10)
    base = Base.read(letterheads.base_of(letterheads.saved(opened), tmp_path))
    usual = Base.read(BASE_FILE.read_bytes())
    assert usual.numbered.text_width(landscape=False) - 567 == base.numbered.text_width(
        landscape=False
    )


def test_missing_styles_are_ours_and_named_as_word_shows_them(tmp_path: Path):
    opened = letterheads.template_document()
    for name in ("heading 2", "Body Text", "表本文", "指標表", "注番号", "toc 1"):
        element = letterheads.style(opened, name).element
        element.getparent().remove(element)
    data = letterheads.saved(opened)
    message = letterheads.notices_of(data, tmp_path)
    shown = (
        "見出し 2",
        "本文",
        "表本文",
        "指標表（表スタイル）",
        "注番号（文字スタイル）",
        "目次 1",
    )
    assert "スタイルのうち6個がない" in message
    for name in shown:
        assert f"「{name}」" in message
    assert "様式の雛形" in message
    assert "様式.docx" in message
    styles = parts(letterheads.made_with(data, real_plan(), tmp_path))["word/styles.xml"]
    usual = parts(write_docx(real_plan()))["word/styles.xml"]
    names = [
        {each.find(f"{W}name").get(f"{W}val") for each in root.iter(f"{W}style")}
        for root in (styles, usual)
    ]
    assert names[0] == names[1]
    body = next(each for each in styles if each.get(f"{W}styleId") == "BodyText")
    assert body.find(f"{W}rPr/{W}sz") is not None  # ours has it from the document's defaults


def test_a_template_of_an_earlier_version_lacks_what_came_later(tmp_path: Path):
    opened = letterheads.template_document()
    later = ("表紙の年度", "概要版の題と日付")
    for name in later:
        element = letterheads.style(opened, name).element
        element.getparent().remove(element)
    data = letterheads.saved(opened)
    message = letterheads.notices_of(data, tmp_path)
    assert all(f"「{name}」" in message for name in later)
    made = parts(letterheads.made_with(data, small_document(), tmp_path))
    names = {
        each.get(f"{W}styleId"): each.find(f"{W}name").get(f"{W}val")
        for each in made["word/styles.xml"].iter(f"{W}style")
    }
    styles = {each.get(f"{W}val") for each in made["word/document.xml"].iter(f"{W}pStyle")}
    assert "表紙の年度" in {names[style] for style in styles}


def test_a_document_that_knows_nothing_of_ours_will_do(tmp_path: Path):
    """An office's own letter, with styles of the same ids for something else."""
    opened = docx.Document()
    letterheads.set_font(opened.styles["Normal"], letterheads.FONT)
    opened.styles.add_style("Note", WD_STYLE_TYPE.CHARACTER)
    data = letterheads.made_with(letterheads.saved(opened), review(), tmp_path)
    found = parts(data)
    ids = [each.get(f"{W}styleId") for each in found["word/styles.xml"].iter(f"{W}style")]
    assert len(ids) == len(set(ids))
    based = {each.get(f"{W}val") for each in found["word/styles.xml"].iter(f"{W}basedOn")}
    used = {each.get(f"{W}val") for each in found["word/document.xml"].iter(f"{W}pStyle")}
    assert based | used <= set(ids)
    assert "Note2" in ids
    assert "スタイルのうち" in letterheads.notices_of(letterheads.saved(opened), tmp_path)


@pytest.mark.parametrize(
    ("name", "rename"),
    [
        ("Body Text", {"name": "本文"}),  # as a program writes it that knows no English names
        ("heading 1", {"name": "見出し1"}),
        ("heading 1", {"name": "Heading 1"}),
        ("表本文", {"name": "表の文字", "aliases": "表本文"}),
        ("表本文", {"name": "表の文字"}),  # found by its id
        ("表本文", {"styleId": "a17"}),  # as Word names it anew
    ],
)
def test_a_style_is_found_under_other_names(name: str, rename: dict[str, str], tmp_path: Path):
    opened = letterheads.template_document()
    element = letterheads.style(opened, name).element
    element.get_or_add_rPr()
    letterheads.style(opened, name).font.size = Pt(7)
    if "name" in rename:
        element.find(qn("w:name")).set(qn("w:val"), rename["name"])
    if "aliases" in rename:
        aliases = element.makeelement(qn("w:aliases"), {qn("w:val"): rename["aliases"]})
        element.insert(1, aliases)
    if "styleId" in rename:
        element.set(qn("w:styleId"), rename["styleId"])
    base = Base.read(letterheads.base_of(letterheads.saved(opened), tmp_path))
    needed = next(each.style for each in needed_styles() if each.style.name == name)
    style_id = base.style_id(needed)
    found = next(each for each in base.styles if each.get(f"{W}styleId") == style_id)
    assert found.find(f"{W}rPr/{W}sz").get(f"{W}val") == "14"


def test_text_is_japanese_whatever_the_template_says(tmp_path: Path):
    opened = letterheads.template_document()
    for lang in opened.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-US")
        lang.set(qn("w:eastAsia"), "zh-CN")
    found = parts(letterheads.made_with(letterheads.saved(opened), SMALL, tmp_path))
    languages = {
        value for lang in found["word/styles.xml"].iter(f"{W}lang") for value in lang.values()
    }
    assert languages == {"ja-JP", "ar-SA"}


def test_lengths_that_word_counts_in_characters_do_not_win_over_the_writers(tmp_path: Path):
    """Word in Japanese notes 一字下げ as firstLineChars, which would outdo a list's indent."""
    opened = letterheads.template_document()
    indent = letterheads.style(opened, "Body Text").element.pPr.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "420")
    base = Base.read(letterheads.base_of(letterheads.saved(opened), tmp_path))
    style = next(each for each in base.styles if each.get(f"{W}styleId") == "BodyText")
    indent = style.find(f"{W}pPr/{W}ind")
    assert indent.get(f"{W}firstLineChars") is None
    assert indent.get(f"{W}firstLine") == "420"


def test_the_writer_reckons_with_the_templates_sizes(tmp_path: Path):
    opened = letterheads.template_document()
    letterheads.style(opened, "表本文").font.size = Pt(12)
    letterheads.style(opened, "表の値").paragraph_format.line_spacing = Pt(20)
    theme = theme_of(
        Base.read(letterheads.base_of(letterheads.saved(opened), tmp_path)), DEFAULT_THEME
    )
    usual = DEFAULT_THEME.text
    text_look, value_look = (
        theme.text[style] for style in (TextStyle.TABLE_TEXT, TextStyle.TABLE_VALUE)
    )
    assert (text_look.size, value_look.leading) == (12, 20)
    # nobody changed its lines: they grow with the letters, which would be cut otherwise
    assert text_look.leading == pytest.approx(usual[TextStyle.TABLE_TEXT].leading * 1.2)
    assert theme.text[TextStyle.BODY] == usual[TextStyle.BODY]


def test_what_follows_from_page_and_size_follows_unless_someone_changed_it(tmp_path: Path):
    opened = letterheads.edited()
    letterheads.style(opened, "表紙の資料番号").paragraph_format.left_indent = Mm(50)
    styles = parts(letterheads.made_with(letterheads.saved(opened), SMALL, tmp_path))[
        "word/styles.xml"
    ]

    def own(style_id: str, path: str, attribute: str) -> str:
        style = next(each for each in styles if each.get(f"{W}styleId") == style_id)
        return str(style.find(path.replace("w:", W)).get(f"{W}{attribute}"))

    narrower = 2 * (1417 - 1134)
    assert int(own("TOC1", "w:pPr/w:tabs/w:tab", "pos")) == 9638 - narrower
    assert own("CoverLabel", "w:pPr/w:ind", "left") == "2835"
    box = next(each for each in parts(write_docx(SMALL))["word/styles.xml"] if is_box(each))
    assert int(own("Heading1Boxed", "w:pPr/w:ind", "right")) == (
        int(box.find(f"{W}pPr/{W}ind").get(f"{W}right")) - narrower
    )


def is_box(style: Any) -> bool:
    return bool(style.get(f"{W}styleId") == "Heading1Boxed")


def test_the_shade_of_header_rows_is_the_table_styles_and_other_headers_follow(tmp_path: Path):
    opened = letterheads.template_document()
    for shade in opened.styles.element.iter(qn("w:shd")):
        shade.set(qn("w:fill"), "DDEEFF")
    found = parts(letterheads.made_with(letterheads.saved(opened), review(), tmp_path))
    shades = {each.get(f"{W}fill") for each in found["word/document.xml"].iter(f"{W}shd")}
    assert shades <= {"DDEEFF"}
    for row in found["word/document.xml"].iter(f"{W}tr"):
        if row.find(f"{W}trPr/{W}tblHeader") is not None:
            assert row.find(f"{W}tc/{W}tcPr/{W}shd") is None


def test_a_crest_in_the_header_is_not_cut_off(tmp_path: Path):
    styles = parts(edited(tmp_path))["word/styles.xml"]
    header = next(each for each in styles if each.get(f"{W}styleId") == "Header")
    assert header.find(f"{W}pPr/{W}spacing").get(f"{W}lineRule") == "atLeast"


def test_word_asks_nothing_when_it_opens_a_document_in_a_template(tmp_path: Path):
    """A field that is marked as stale, or a setting, would have it ask each time."""
    base = letterheads.base_of(letterheads.saved(letterheads.edited()), tmp_path)
    numbers = {each.id: "7" for each in review().blocks() if isinstance(each, Heading)}
    body = parts(write_docx(review(), base=base, page_numbers=numbers))["word/document.xml"]
    assert [field for field in body.iter(f"{W}instrText") if "PAGEREF" in (field.text or "")]
    assert not [mark for mark in body.iter(f"{W}fldChar") if mark.get(f"{W}dirty")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"word__styles.xml": b"<w:styles/"}, "壊れています（word/styles.xml）"),
        ({"word__document.xml": None}, "壊れています"),
        ({"_rels__.rels": None}, "Wordの文書（.docx）ではありません"),
    ],
)
def test_damage_is_told(change: dict[str, bytes | None], words: str, tmp_path: Path):
    assert words in refusal(tmp_path, letterheads.repacked(BASE_FILE.read_bytes(), **change))


def test_a_page_without_room_for_tables_is_refused(tmp_path: Path):
    opened = letterheads.template_document()
    for section in opened.sections:
        section.left_margin = section.right_margin = Mm(70)
    message = refusal(tmp_path, letterheads.saved(opened))
    assert "幅や高さが足りません" in message
    assert "100 mm" in message


@pytest.mark.tools
@pytest.mark.parametrize("make", [letterheads.edited, letterheads.plain_letterhead])
def test_the_open_xml_sdk_finds_nothing_wrong_with_documents_in_templates(
    make: Any, tmp_path: Path
):
    data = letterheads.made_with(letterheads.saved(make()), review(), tmp_path)
    assert problems(letterheads.write(tmp_path, data, "made.docx")) == []


@pytest.mark.tools
def test_libreoffice_prints_the_letterhead_and_the_colour_of_headings(tmp_path: Path):
    path = letterheads.write(tmp_path, edited(tmp_path, real_plan()), "made.docx")
    pdf = convert_with_libreoffice(path, tmp_path)
    pages = run_tool("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    assert all(letterheads.LETTERHEAD.split("　")[0] in page for page in pages)
    assert not any(letterheads.BODY_TEXT in page for page in pages)
    images = run_tool("pdfimages", "-list", pdf).splitlines()[2:]
    assert {int(line.split()[0]) for line in images} == set(range(1, len(pages) + 1))
