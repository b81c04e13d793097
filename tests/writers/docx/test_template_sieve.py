"""What acts or leads elsewhere in a template stays behind, and is told; the rest is kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from kpireport.document.blocks import Document, Section
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.writers.docx.base import BASE_FILE
from tests.documents import METADATA
from tests.writers.docx import letterheads
from tests.writers.docx.reader import files

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# the footer on numbered pages alone
NUMBERED = Document(METADATA, (Section((paragraph("文", TextStyle.BODY),), numbered=True),))


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    return stream.getvalue()


def relation(id_: str, kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id_}" Type="{TYPE}/{kind}" Target="{target}"{mode}/>'


def template(
    content: str = "",
    relations: str = "",
    *,
    part: str = "footer2",
    added: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the shipped template with something in its footer, and parts added."""
    footer = f"<w:ftr {NAMESPACES}>{content}</w:ftr>"
    types = files(BASE_FILE.read_bytes())["[Content_Types].xml"].decode()
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in (
            ("bin", "application/vnd.openxmlformats-officedocument.oleObject"),
            ("html", "text/html"),
            ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
        )
    )
    changes = {
        "[Content_Types].xml": types.replace("</Types>", f"{defaults}</Types>").encode(),
        f"word/_rels/{part}.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relations}</Relationships>"
        ).encode(),
    }
    if content:
        changes["word/footer2.xml"] = footer.encode()
    return letterheads.repacked(BASE_FILE.read_bytes(), **(changes | dict(added or {})))


def made(data: bytes, folder: Path) -> tuple[str, str]:
    """Return a footer of numbered pages with its relationships, and the notices."""
    opened = files(letterheads.made_with(data, NUMBERED, folder))
    footers = [name for name in opened if re.fullmatch(r"word/(_rels/)?footer\d+\.xml.*", name)]
    return "\n".join(opened[name].decode() for name in footers), letterheads.notices_of(
        data, folder
    )


def line(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def field(instruction: str, result: str = "結果") -> str:
    """Return a complex field, its instruction in two pieces as Word may have it."""
    half = len(instruction) // 2
    return "".join(
        (
            run('<w:fldChar w:fldCharType="begin" w:dirty="true"/>'),
            run(f"<w:instrText>{instruction[:half]}</w:instrText>"),
            run(f"<w:instrText>{instruction[half:]}</w:instrText>"),
            run('<w:fldChar w:fldCharType="separate"/>'),
            run(f"<w:t>{result}</w:t>"),
            run('<w:fldChar w:fldCharType="end"/>'),
        )
    )


def picture(blip: str, click: str = "") -> str:
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return run(
        '<w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
        f'<wp:docPr id="1" name="p">{click}</wp:docPr>'
        f'<a:graphic><a:graphicData uri="{uri}"><pic:pic><pic:blipFill>{blip}</pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
BOX = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


@pytest.mark.parametrize(
    ("content", "relations", "left", "words"),
    [
        (line(picture('<a:blip r:link="x"/>')), relation("x", "image", "http://e/a.png"),
         "blip", "外部か不明な形式の画像"),
        (line('<w:hyperlink r:id="x"><w:r><w:t>残る</w:t></w:r></w:hyperlink>'),
         relation("x", "hyperlink", "http://e/"), "hyperlink", "リンク"),
        (line('<w:fldSimple w:instr=" DDEAUTO cmd /k calc "/>'), "", "DDE", "フィールド DDEAUTO"),
        (line(field("DDE Excel book r1c1")), "", "DDE", "フィールド DDE"),
        (line(field('INCLUDETEXT "//e/a.docx"')), "", "INCLUDETEXT", "フィールド INCLUDETEXT"),
        (line(field('includepicture "//e/a" \\d')), "", "include", "フィールド INCLUDEPICTURE"),
        (line(field("DATE")), "", "結果", "フィールド DATE"),
        (line(field("IF 1 = 1", "</w:t></w:r>" + field("DDEAUTO cmd") + "<w:r><w:t>")), "",
         "DDE", "フィールド DDEAUTO"),
        (line(run('<w:fldChar w:fldCharType="begin"/><w:instrText>DDE x</w:instrText>')), "",
         "DDE", "フィールド DDE"),
        (line(run('<w:object><o:OLEObject r:id="x"/></w:object>')),
         relation("x", "oleObject", "embeddings/o.bin", external=False), "OLE", "オブジェクト"),
        (line(run('<w:object><w:control r:id="x"/></w:object>')), "", "control", "オブジェクト"),
        ('<w:altChunk r:id="x"/>', relation("x", "aFChunk", "c.html", external=False),
         "altChunk", "ほかのファイルの差し込み"),
        (line(run('<w:pict><v:shape href="http://e/" o:href="//e/" id="s"/></w:pict>')), "",
         "href", "リンク"),
        (line(run('<w:pict><v:shape><v:imagedata src="//e/a.png"/></v:shape></w:pict>')), "",
         "imagedata", "画像"),
        (line(run('<w:pict><v:rect><v:fill r:id="x" type="frame"/></v:rect></w:pict>')),
         relation("x", "image", "//e/a.png"), "fill", "画像"),
        (line(run(f'<w:drawing><wp:inline><a:graphic><a:graphicData uri="{CHART}">'
                  '<c:chart r:id="x"/></a:graphicData></a:graphic></wp:inline></w:drawing>')),
         "", "chart", "グラフや図表"),
        (line(run("<w:t>文</w:t>")), relation("x", "font", "http://e/f"), "http://e", "フォント"),
        (line(run("<w:t>文</w:t>")), relation("x", "attachedTemplate", "//e/t.dotm"), "//e",
         "ほかの様式へのつながり"),
    ],
)  # fmt: skip
def test_what_acts_or_leads_elsewhere_is_dropped_and_told(
    content: str, relations: str, left: str, words: str, tmp_path: Path
):
    added = {"word/embeddings/o.bin": b"\xd0\xcf\x11\xe0", "word/c.html": b"<p>"}
    data = template(content + line(field("PAGE", "1")), relations, added=added)
    footer, notices = made(data, tmp_path)
    shown = re.sub(r'xmlns:\w+="[^"]*"', "", footer)
    assert left not in shown
    assert "TargetMode" not in shown
    assert "w:dirty" not in shown
    assert "<w:instrText>PA</w:instrText>" in shown
    assert "word/footer2.xml" in notices
    assert words in notices


def test_text_and_shapes_stay_when_their_links_go(tmp_path: Path):
    content = line(
        '<w:hyperlink r:id="x"><w:r><w:t>市のサイト</w:t></w:r></w:hyperlink>'
        + field('HYPERLINK "http://e/"', "市の窓口")
        + run('<w:pict><v:rect style="width:9pt" href="http://e/"><v:textbox><w:txbxContent>'
              "<w:p><w:r><w:t>透かし</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect>"
              "</w:pict>")
        + picture('<a:blip r:embed="p"/>', '<a:hlinkClick r:id="x"/>')
    )  # fmt: skip
    relations = relation("x", "hyperlink", "http://e/") + relation(
        "p", "image", "media/logo.png", external=False
    )
    sent = template(content, relations, added={"word/media/logo.png": png()})
    footer, _ = made(sent, tmp_path)
    for word in ("市のサイト", "市の窓口", "透かし", 'style="width:9pt"', 'r:embed="p"'):
        assert word in footer
    assert "http://e/" not in footer


ALLOWED = [
    line(field("PAGE  \\* MERGEFORMAT", "1")),
    line(field("NUMPAGES", "1") + field("SECTIONPAGES", "1")),
    line(field('STYLEREF "見出し 1"', "章")),
    line(run('<w:fldChar w:fldCharType="begin"/>') + run("<w:instrText> = </w:instrText>")
         + field("PAGE", "1") + run("<w:instrText> - 1</w:instrText>")
         + run('<w:fldChar w:fldCharType="separate"/>') + run("<w:t>1</w:t>")
         + run('<w:fldChar w:fldCharType="end"/>')),
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
    + line(run("<w:rPr><w:b/></w:rPr><w:t>表の中</w:t>")) + "</w:tc></w:tr></w:tbl>",
    line(run('<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
             f'<a:graphic><a:graphicData uri="{BOX}"><wps:wsp><wps:txbx><w:txbxContent>'
             "<w:p><w:r><w:t>枠の文</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
             "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>")),
]  # fmt: skip


@pytest.mark.parametrize("content", ALLOWED)
def test_what_is_allowed_is_taken_over_as_it_is(content: str, tmp_path: Path):
    footer, notices = made(template(content), tmp_path)
    assert notices == ""
    elements = re.compile(r"</?\w+:\w+")
    assert " ".join(elements.findall(content)) in " ".join(elements.findall(footer))


def test_a_control_around_the_page_number_is_opened(tmp_path: Path):
    """Word puts the numbers that it offers into one."""
    content = (
        "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/x'/></w:sdtPr><w:sdtContent>"
        + line(field("PAGE", "1"))
        + "</w:sdtContent></w:sdt>"
    )
    footer, notices = made(template(content), tmp_path)
    assert "sdt" not in footer
    assert footer.count("<w:instrText>PA</w:instrText>") == 1
    assert notices == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", b"MZ\x90\0 no picture"),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://e/a"/></svg>'),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><g onload="x()"/></svg>'),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><g style="fill:url(//e)"/></svg>'),
    ],
)
def test_a_picture_that_is_none_or_reaches_out_is_left(name: str, data: bytes, tmp_path: Path):
    content = line(picture('<a:blip r:embed="p"/>'))
    relations = relation("p", "image", f"media/{name}", external=False)
    sent = template(content, relations, added={f"word/media/{name}": data})
    footer, notices = made(sent, tmp_path)
    assert "blip" not in footer
    assert "外部か不明な形式の画像" in notices


def settings(content: str) -> bytes:
    root = files(BASE_FILE.read_bytes())["word/settings.xml"].decode()
    return root.replace("<w:zoom", f"{content}<w:zoom").encode()


def test_settings_that_lead_elsewhere_or_make_word_ask_are_left(tmp_path: Path):
    content = (
        '<w:attachedTemplate r:id="t"/><w:updateFields w:val="true"/><w:mailMerge/>'
        '<w:saveThroughXslt r:id="t"/><w:rsids/><w:evenAndOddHeaders/>'
    )
    data = template(
        relations=relation("t", "attachedTemplate", "http://e/t.dotm"),
        part="settings",
        added={"word/settings.xml": settings(content)},
    )
    opened = files(letterheads.made_with(data, NUMBERED, tmp_path))
    kept = opened["word/settings.xml"].decode()
    for name in ("attachedTemplate", "updateFields", "mailMerge", "saveThroughXslt", "rsids"):
        assert name not in kept
    assert "evenAndOddHeaders" in kept
    assert "word/_rels/settings.xml.rels" not in opened
    notices = letterheads.notices_of(data, tmp_path)
    assert "word/settings.xml" in notices
    for words in ("ほかの様式へのつながり", "開くたびにフィールドを更新する設定", "差し込み印刷"):
        assert words in notices


def changed(name: str, *pairs: tuple[str, str]) -> bytes:
    content = files(BASE_FILE.read_bytes())[name].decode()
    for old, new in pairs:
        content = content.replace(old, new, 1)
    return content.encode()


def test_junk_under_the_name_of_a_font_is_left(tmp_path: Path):
    entry = '<w:embedRegular xmlns:r="{}" r:id="f" w:fontKey="{{{}}}"/></w:font>'.format(
        TYPE, "00000000-0000-0000-0000-000000000001"
    )
    data = template(
        relations=relation("f", "font", "fonts/f.odttf", external=False),
        part="fontTable",
        added={
            "word/fontTable.xml": changed("word/fontTable.xml", ("</w:font>", entry)),
            "word/fonts/f.odttf": b"MZ" + bytes(200),
        },
    )
    opened = files(letterheads.made_with(data, NUMBERED, tmp_path))
    assert b"embedRegular" not in opened["word/fontTable.xml"]
    assert not [name for name in opened if "odttf" in name]
    assert "フォント" in letterheads.notices_of(data, tmp_path)


def test_what_is_no_formatting_is_left_out_of_styles_and_lists(tmp_path: Path):
    data = template(
        relations=relation("x", "hyperlink", "http://e/"),
        part="styles",
        added={
            "word/styles.xml": changed(
                "word/styles.xml", ("</w:rPr>", '<w:object/><w:altChunk w:id="x"/></w:rPr>')
            ),
            "word/numbering.xml": (
                f"<w:numbering {NAMESPACES}><w:numPicBullet><w:pict><v:shape>"
                '<v:imagedata src="//e/a"/></v:shape></w:pict></w:numPicBullet></w:numbering>'
            ).encode(),
        },
    )
    opened = files(letterheads.made_with(data, NUMBERED, tmp_path))
    assert b"<w:object" not in opened["word/styles.xml"]
    assert b"altChunk" not in opened["word/styles.xml"]
    assert "word/_rels/styles.xml.rels" not in opened
    assert b"imagedata" not in opened["word/numbering.xml"]
    notices = letterheads.notices_of(data, tmp_path)
    for words in ("word/styles.xml", "オブジェクト", "word/numbering.xml", "画像の行頭記号"):
        assert words in notices


def test_a_header_that_is_another_kind_of_part_is_none(tmp_path: Path):
    data = letterheads.repacked(
        template(), **{"word/footer2.xml": f"<w:document {NAMESPACES}/>".encode()}
    )
    footer, notices = made(data, tmp_path)
    assert "w:document" not in footer
    assert 'w:instr=" PAGE "' in footer
    assert "word/footer2.xml" in notices


def test_no_relationship_to_elsewhere_is_in_any_part(tmp_path: Path):
    data = template(
        line(picture('<a:blip r:embed="p" r:link="q"/>')),
        relation("p", "image", "media/logo.png", external=False)
        + relation("q", "image", "http://e/a.png"),
        added={
            "word/media/logo.png": png(),
            "word/media/_rels/logo.png.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships">{relation("x", "image", "http://e/")}</Relationships>'
            ).encode(),
        },
    )
    package = letterheads.made_with(data, NUMBERED, tmp_path)
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        everything = {name: opened.read(name) for name in opened.namelist()}
    assert any(name.endswith("logo.png") for name in everything)
    assert not [name for name in everything if b"External" in everything[name]]


@pytest.mark.parametrize("now", [-1.0, 4_354_819_200.0])  # 1969, 2108: no zip file tells them
def test_the_clock_is_no_matter(now: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = template()
    monkeypatch.setattr("zipfile.time.time", lambda: now)
    assert letterheads.base_of(data, tmp_path)


DIGITS = "9" * 10_000


@pytest.mark.parametrize("number", ["0", DIGITS, "99999999", "-7", "x", "1e29", ""])
@pytest.mark.parametrize(
    ("part", "attribute"),
    [
        ("styles", '<w:sz w:val="'),
        ("styles", 'w:line="'),
        ("styles", 'w:before="'),
        ("styles", 'w:left="'),
        ("document", '<w:pgSz w:w="'),
        ("document", 'w:left="'),
        ("document", 'w:footer="'),
    ],
)
def test_numbers_beyond_bounds_are_as_if_never_said(
    number: str, part: str, attribute: str, tmp_path: Path
):
    name = f"word/{part}.xml"
    content = files(BASE_FILE.read_bytes())[name].decode()
    spoilt = re.sub(f'{attribute}[^"]*"', f'{attribute}{number}"', content)
    assert spoilt != content
    data = template(added={name: spoilt.encode()})
    made_of_it = letterheads.made_with(data, NUMBERED, tmp_path)
    assert DIGITS.encode() not in b"".join(files(made_of_it).values())
    if number not in ("0", "-7"):
        assert "ありえない大きさや番号" in letterheads.notices_of(data, tmp_path)


def test_lists_and_styles_without_what_they_must_have_do_no_harm(tmp_path: Path):
    styles = files(BASE_FILE.read_bytes())["word/styles.xml"].decode()
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="{DIGITS}"/>'
        '<w:num w:numId="x"/><w:num/></w:numbering>'
    )
    for spoilt in (
        re.sub(' w:styleId="[^"]*"', "", styles),
        re.sub("<w:name [^>]*/>", "", styles),
        re.sub("<w:name [^>]*/>", "<w:name/>", styles),
        re.sub(' w:firstLine="[^"]*"', f' w:firstLineChars="{DIGITS}"', styles),
    ):
        assert spoilt != styles
        added = {"word/styles.xml": spoilt.encode(), "word/numbering.xml": numbering.encode()}
        assert files(letterheads.made_with(template(added=added), NUMBERED, tmp_path))
