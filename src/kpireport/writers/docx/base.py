"""The base document: an A4 page, our styles, nothing left over from anyone's template.

Comes in: the theme. Goes out: ``base.docx``, which the writer fills and a
designer may restyle in Word. Opened in Word it is a specimen sheet: every
style's name, set in that style. Its first section is the model of pages
without a number, its last of numbered ones.

Run ``python -m kpireport.writers.docx`` after a change of the theme or of
a style; a test holds the shipped file to what this module makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kpireport.document.blocks import HeadingStyle, TextStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.fonts import font_entry
from kpireport.writers.docx.markup import (
    DECLARATION,
    RELATIONSHIPS,
    Xml,
    join,
    paragraph_properties,
    part,
    text,
    w,
)
from kpireport.writers.docx.names import WordStyle
from kpireport.writers.docx.package import NUMBERING, NUMBERING_TYPE, write_package
from kpireport.writers.docx.styles import styles_part
from kpireport.writers.docx.units import PAGE_SLACK, twips
from kpireport.writers.theme import DEFAULT_THEME, PageLook, Theme, Typeface

BASE_FILE = Path(__file__).with_name("base.docx")

_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DESCENT = 0.2  # share of a footer line below its baseline

_CONTENT_TYPES = {
    "docProps/app.xml": f"{_OFFICE}.extended-properties+xml",
    "docProps/core.xml": f"{_PACKAGE}.core-properties+xml",
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "word/footer2.xml": f"{_WORD}.footer+xml",
    NUMBERING: NUMBERING_TYPE,
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/theme/theme1.xml": f"{_OFFICE}.theme+xml",
}
_PACKAGE_RELATIONS = {
    "docProps/app.xml": f"{RELATIONSHIPS}/extended-properties",
    "docProps/core.xml": "http://schemas.openxmlformats.org/package/2006/relationships"
    "/metadata/core-properties",
    "word/document.xml": f"{RELATIONSHIPS}/officeDocument",
}
_DOCUMENT_RELATIONS = {
    "styles.xml": f"{RELATIONSHIPS}/styles",
    "settings.xml": f"{RELATIONSHIPS}/settings",
    "numbering.xml": f"{RELATIONSHIPS}/numbering",
    "fontTable.xml": f"{RELATIONSHIPS}/fontTable",
    "theme/theme1.xml": f"{RELATIONSHIPS}/theme",
    "footer1.xml": f"{RELATIONSHIPS}/footer",
    "footer2.xml": f"{RELATIONSHIPS}/footer",
}
_UNNUMBERED_FOOTER = "footer1.xml"
_NUMBERED_FOOTER = "footer2.xml"


def make_base(theme: Theme = DEFAULT_THEME) -> bytes:
    """Return the base document for ``theme``; the same theme gives the same bytes."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(_PACKAGE_RELATIONS),
        "docProps/app.xml": _application(),
        "docProps/core.xml": _core_properties(),
        "word/document.xml": _specimen(theme),
        "word/_rels/document.xml.rels": _relations(_DOCUMENT_RELATIONS),
        "word/styles.xml": styles_part(theme),
        "word/settings.xml": _settings(),
        NUMBERING: part("numbering"),
        "word/fontTable.xml": _font_table(),
        "word/theme/theme1.xml": _colours_and_fonts(theme),
        "word/footer1.xml": _footer(Xml("")),
        "word/footer2.xml": _footer(page_number()),
    }
    return write_package((name, (content,)) for name, content in parts.items())


def _content_types() -> Xml:
    """``[Content_Types].xml`` (ECMA-376-2, 10.1.2)."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in _CONTENT_TYPES.items()
    )
    relations = f"{_PACKAGE}.relationships+xml"
    return Xml(
        f"{DECLARATION}"
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relation_id(target: str, relations: Mapping[str, str]) -> str:
    return f"rId{list(relations).index(target) + 1}"


def _relations(relations: Mapping[str, str]) -> Xml:
    """A part's relationships (ECMA-376-2, 9.3), numbered in their order."""
    content = "".join(
        f'<Relationship Id="{_relation_id(target, relations)}" Type="{kind}" Target="{target}"/>'
        for target, kind in relations.items()
    )
    return Xml(
        f"{DECLARATION}"
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{content}</Relationships>"
    )


def _application() -> Xml:
    return Xml(
        f"{DECLARATION}<Properties "
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>kpireport</Application></Properties>"
    )


def _core_properties() -> Xml:
    """``docProps/core.xml`` of the base itself: no author, no date; the writer fills them in."""
    return Xml(
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>様式</dc:title><dc:language>ja-JP</dc:language></cp:coreProperties>"
    )


def _specimen(theme: Theme) -> Xml:
    """Return the body: the cover's styles in the first section, all others in the last."""
    styles = (names.text_style(style) for style in TextStyle)
    cover = [style for style in styles if style.id.startswith(("Cover", "Title"))]
    unnumbered = section_model(theme, _UNNUMBERED_FOOTER)
    first = (
        *(_specimen_line(style) for style in cover[:-1]),
        _specimen_line(cover[-1], unnumbered),
    )
    rest = (_specimen_line(style) for style in _body_styles(theme) if style not in cover)
    return part("document", w("body", *first, *rest, section_model(theme, _NUMBERED_FOOTER)))


def _body_styles(theme: Theme) -> Iterator[WordStyle]:
    for level in names.HEADING_LEVELS:
        yield from (names.heading_style(style, level) for style in HeadingStyle)
    yield from (names.heading_style(style, 1, is_listed=False) for style in HeadingStyle)
    yield from (names.contents_style(level) for level in theme.contents)
    yield from (names.text_style(style) for style in TextStyle)
    yield from (names.text_style(style, sample=True) for style in names.IN_TABLES)
    yield from (names.SAMPLE_NUMERAL, names.SAMPLE_MARKS)


def _specimen_line(style: WordStyle, *more: Xml) -> Xml:
    properties = paragraph_properties(w("pStyle", val=style.id), *more)
    return w("p", properties, w("r", w("t", text(style.name))))


def section_model(theme: Theme, footer: str) -> Xml:
    """``w:sectPr`` (17.6.17): portrait A4, the theme's margins, a footer."""
    page, number = theme.page, theme.page_number
    relation = _relation_id(footer, _DOCUMENT_RELATIONS)
    return w(
        "sectPr",
        Xml(f'<w:footerReference w:type="default" r:id="{relation}"/>'),
        w("type", val="nextPage"),
        w("pgSz", w=twips(page.width), h=twips(page.height)),
        w(
            "pgMar",
            **_margins(page),
            header=twips(page.margin_top / 2 - theme.notice.leading),
            footer=twips(page.page_number_baseline - _DESCENT * number.leading),
            gutter=0,
        ),
    )


def _margins(page: PageLook) -> dict[str, int]:
    side = twips(page.margin_x)
    top, bottom = twips(page.margin_top), twips(page.margin_bottom - PAGE_SLACK)
    return {"top": top, "right": side, "bottom": bottom, "left": side}


def _footer(content: Xml) -> Xml:
    style = paragraph_properties(w("pStyle", val=names.FOOTER.id))
    return part("ftr", w("p", style, content))


def page_number() -> Xml:
    """``PAGE`` (17.16.5.44): the field that prints the page's number."""
    return w("fldSimple", w("r", w("t", text("1"))), instr=" PAGE ")


def _settings() -> Xml:
    """``word/settings.xml`` (17.15.1): Japanese setting, Word 2013's layout rules and later."""
    return part(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=840),
        w("characterSpacingControl", val="doNotCompress"),  # widths as in the PDF
        w("strictFirstAndLastChars"),  # 禁則処理を厳しく: no small kana or ー at a line's start
        w("footnotePr"),
        w("endnotePr"),
        w(
            "compat",
            w("balanceSingleByteDoubleByteWidth"),
            w("useFELayout"),
            *(
                w(
                    "compatSetting",
                    name=name,
                    uri="http://schemas.microsoft.com/office/word",
                    val=value,
                )
                for name, value in _COMPATIBILITY.items()
            ),
        ),
        w("themeFontLang", val="ja-JP", eastAsia="ja-JP"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


_COMPATIBILITY = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "0",  # every header row looks as its table's style says
    "useWord2013TrackBottomHyphenation": "0",
}


def _font_table() -> Xml:
    """``word/fontTable.xml`` (17.8): what to take where the bundled fonts are not installed."""
    return part("fonts", *map(font_entry, Typeface))


def _colours_and_fonts(theme: Theme) -> Xml:
    """``word/theme/theme1.xml`` (DrawingML, 20.1.6.9): Gothic headings, Mincho text, one accent."""
    fonts = (_font_scheme("majorFont", Typeface.GOTHIC), _font_scheme("minorFont", Typeface.MINCHO))
    return Xml(
        f'{DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="kpireport"><a:themeElements>'
        f'<a:clrScheme name="kpireport">{_colours(theme.accent)}</a:clrScheme>'
        f'<a:fontScheme name="kpireport">{join(fonts)}</a:fontScheme>'
        f'<a:fmtScheme name="kpireport">{_PLAIN_EFFECTS}</a:fmtScheme>'
        "</a:themeElements></a:theme>"
    )


def _font_scheme(name: str, typeface: Typeface) -> Xml:
    family = typeface.value
    return Xml(
        f'<a:{name}><a:latin typeface="{family}"/><a:ea typeface="{family}"/>'
        f'<a:cs typeface=""/><a:font script="Jpan" typeface="{family}"/></a:{name}>'
    )


def _colours(accent: str) -> Xml:
    colours = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "404040", "lt2": "EEEEEE"}
    colours |= {f"accent{number}": accent for number in range(1, 7)}
    colours |= {"hlink": "000000", "folHlink": "000000"}  # a link on paper is plain text
    return Xml(
        "".join(
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items()
        )
    )


_SOLID = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
# DrawingML asks for three of each, even where they are all alike
_PLAIN_EFFECTS = (
    f"<a:fillStyleLst>{_SOLID * 3}</a:fillStyleLst>"
    f"<a:lnStyleLst>{f'<a:ln>{_SOLID}</a:ln>' * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_SOLID * 3}</a:bgFillStyleLst>"
)
