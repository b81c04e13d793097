"""The base document: an A4 page, our styles, nothing left over from anyone's template.

Comes in: the theme. Goes out: ``base.docx``, which the writer fills and a
designer may restyle in Word. Opened in Word it is a specimen sheet: every
style's name, set in that style. Its first section is the model of pages
without a number, its last of numbered ones.

Run ``python -m kpireport.writers.docx`` after a change of the theme or of
a style; a test holds the shipped file to what this module makes.
"""

from __future__ import annotations

from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from kpireport.document.styles import CellStyle, TableStyle
from kpireport.writers.docx import names
from kpireport.writers.docx.fonts import font_entry
from kpireport.writers.docx.markup import (
    DECLARATION,
    NOTHING,
    Xml,
    join,
    paragraph_properties,
    part,
    text,
    w,
)
from kpireport.writers.docx.package import load_part, write_package
from kpireport.writers.docx.specimen import body_pieces, cover_lines, line
from kpireport.writers.docx.styles import styles_part
from kpireport.writers.docx.units import PAGE_SLACK, twips
from kpireport.writers.theme import DEFAULT_THEME, PageLook, Theme, Typeface

BASE_FILE = Path(__file__).with_name("base.docx")

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DESCENT = 0.2  # share of a footer line below its baseline

_UNNUMBERED_FOOTER, _NUMBERED_FOOTER = "footer1", "footer2"


def make_base(theme: Theme = DEFAULT_THEME) -> bytes:
    """Return the base document for ``theme``; the same theme gives the same bytes.

    It is made, not kept as somebody restyled it in Word: the PDF has the same theme, and
    nothing but a generator keeps two files alike in every size and colour.
    """
    package = Package()

    def add(source: OpcPackage | Part, name: str, content_type: str, kind: str, xml: Xml) -> Part:
        made = load_part(package, name, content_type, kind, xml.encode())
        source.load_rel(kind, made, PackURI(name).filename.partition(".")[0])
        return made

    add(package, "/docProps/app.xml", TYPE.OFC_EXTENDED_PROPERTIES, REL.EXTENDED_PROPERTIES, _APP)
    add(package, "/docProps/core.xml", TYPE.OPC_CORE_PROPERTIES, REL.CORE_PROPERTIES, _CORE)
    main = add(
        package,
        "/word/document.xml",
        TYPE.WML_DOCUMENT_MAIN,
        REL.OFFICE_DOCUMENT,
        _specimen(theme),
    )
    for name, content_type, kind, xml in (
        ("styles", TYPE.WML_STYLES, REL.STYLES, styles_part(theme)),
        ("settings", TYPE.WML_SETTINGS, REL.SETTINGS, _settings()),
        ("numbering", TYPE.WML_NUMBERING, REL.NUMBERING, part("numbering")),
        ("fontTable", TYPE.WML_FONT_TABLE, REL.FONT_TABLE, _font_table()),
        ("theme/theme1", TYPE.OFC_THEME, REL.THEME, _colours_and_fonts(theme)),
        (_UNNUMBERED_FOOTER, TYPE.WML_FOOTER, REL.FOOTER, _footer(NOTHING)),
        (_NUMBERED_FOOTER, TYPE.WML_FOOTER, REL.FOOTER, _footer(page_number())),
    ):
        add(main, f"/word/{name}.xml", content_type, kind, xml)
    return write_package(package)


_APP = Xml(
    f"{DECLARATION}<Properties "
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>kpireport</Application></Properties>"
)
# the base itself has no author and no date; the writer fills them in
_CORE = Xml(
    f"{DECLARATION}<cp:coreProperties "
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>様式</dc:title><dc:language>ja-JP</dc:language></cp:coreProperties>"
)


def _specimen(theme: Theme) -> Xml:
    """Return the body: the cover's styles in the first section, all others in the last."""
    *cover, last = cover_lines()
    ends = line(last, None, section_model(theme, _UNNUMBERED_FOOTER))
    numbered = section_model(theme, _NUMBERED_FOOTER)
    return part("document", w("body", *map(line, cover), ends, *body_pieces(theme), numbered))


def section_model(theme: Theme, footer: str) -> Xml:
    """``w:sectPr`` (17.6.17): portrait A4, the theme's margins, a footer."""
    page, number = theme.page, theme.page_number
    return w(
        "sectPr",
        Xml(f'<w:footerReference w:type="default" r:id="{footer}"/>'),
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
        f'<a:clrScheme name="kpireport">{_colours(theme)}</a:clrScheme>'
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


def _colours(theme: Theme) -> Xml:
    """Return the colours that the styles name: text2 is of rules, background2 of shades."""
    rules, shades = theme.table[TableStyle.KPI].rule_color, theme.cell[CellStyle.HEADER].fill
    colours = {"dk1": "000000", "lt1": "FFFFFF", "dk2": rules, "lt2": shades or "EEEEEE"}
    colours |= {f"accent{number}": theme.accent for number in range(1, 7)}
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
