"""The fonts: named with what may stand for them, and in the file where that is asked for."""

from __future__ import annotations

import io
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont

from kpireport.conductor import make
from kpireport.domain.settings import OutputFormat, WordSettings
from kpireport.reports import Report
from kpireport.sources.settings import load_settings
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.fonts import font_key, obfuscated
from kpireport.writers.fonts import font_file
from kpireport.writers.theme import Typeface
from tests.documents import real_plan
from tests.reports import write_report
from tests.tools import FONTS, convert_with_libreoffice, run_tool
from tests.writers.docx import letterheads
from tests.writers.docx.reader import files, parts
from tests.writers.docx.test_tools import problems

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TABLE = "word/fontTable.xml"


def embedded(data: bytes) -> dict[tuple[str, str], bytes]:
    """Return the fonts in a file, read as the standard says, by family and kind."""
    opened, found = files(data), parts(data)
    targets = {
        relation.get("Id"): f"word/{relation.get('Target')}"
        for relation in found.get("word/_rels/fontTable.xml.rels", ())
    }
    fonts = {}
    for font in found[TABLE]:
        for reference in font.iterfind("*"):
            identifier = reference.get(f"{R}id")
            if identifier:
                # 17.8.1: the key's digits from the last byte to the first, over 32 bytes
                key = bytes.fromhex(reference.get(f"{W}fontKey").strip("{}").replace("-", ""))[::-1]
                mixed = opened[targets[identifier]]
                plain = bytes(byte ^ key[at % 16] for at, byte in enumerate(mixed[:32]))
                kind = reference.tag.removeprefix(W)
                fonts[font.get(f"{W}name"), kind] = plain + mixed[32:]
    return fonts


@pytest.mark.parametrize("typeface", Typeface)
def test_the_font_table_says_what_the_fonts_own_tables_say(typeface: Typeface):
    file = font_file(typeface)
    assert file
    font = TTFont(file)
    entry = next(
        each
        for each in parts(write_docx(real_plan()))[TABLE]
        if each.get(f"{W}name") == typeface.value
    )
    metrics = font["OS/2"]
    panose = "".join(f"{value:02X}" for value in vars(metrics.panose).values())
    assert entry.find(f"{W}panose1").get(f"{W}val") == panose
    signature = entry.find(f"{W}sig")
    for name, value in (
        *((f"usb{n - 1}", getattr(metrics, f"ulUnicodeRange{n}")) for n in range(1, 5)),
        *((f"csb{n - 1}", getattr(metrics, f"ulCodePageRange{n}")) for n in range(1, 3)),
    ):
        assert signature.get(f"{W}{name}") == f"{value:08X}"
    alternatives = entry.find(f"{W}altName").get(f"{W}val").split(",")
    names = {str(name) for name in font["name"].names if name.nameID == 1}
    assert alternatives[0] in names
    assert alternatives[1].startswith("游")
    assert alternatives[2].startswith("ＭＳ ")


def test_the_fonts_of_the_styles_go_into_the_file_and_come_out_as_they_were():
    fonts = embedded(write_docx(real_plan(), embed_fonts=True))
    assert fonts == {
        ("BIZ UDGothic", "embedRegular"): (FONTS / "BIZUDGothic-Regular.ttf").read_bytes(),
        ("BIZ UDGothic", "embedBold"): (FONTS / "BIZUDGothic-Bold.ttf").read_bytes(),
        ("BIZ UDMincho", "embedRegular"): (FONTS / "BIZUDMincho-Regular.ttf").read_bytes(),
    }
    assert not embedded(write_docx(real_plan()))


def test_the_same_font_has_the_same_key_and_is_hidden_by_it():
    font = bytes(range(256))
    key = font_key(font)
    assert key == font_key(font) != font_key(font[1:])
    assert obfuscated(font, key)[:32] != font[:32]
    assert obfuscated(obfuscated(font, key), key) == font


def test_obfuscation_is_that_of_the_standard():
    """The key's last byte is mixed with the font's first (17.8.1)."""
    key = uuid.UUID("{00112233-4455-6677-8899-AABBCCDDEEFF}")
    mixed = obfuscated(bytes(40), key)
    assert mixed == bytes.fromhex("ffeeddccbbaa99887766554433221100") * 2 + bytes(8)


def test_a_template_that_names_other_fonts_gets_none_of_ours(tmp_path: Path):
    opened = letterheads.template_document()
    for each in opened.styles.element.iter(qn("w:rFonts")):
        for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            each.set(qn(attribute), letterheads.FONT)
    data = letterheads.repacked(
        letterheads.saved(opened), **{"word__theme__theme1.xml": OTHER_THEME}
    )
    base = letterheads.base_of(data, tmp_path)
    assert not embedded(write_docx(real_plan(), base=base, embed_fonts=True))


OTHER_THEME = b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="t"/>'


def test_fonts_that_a_template_carries_stay(tmp_path: Path):
    data = write_docx(real_plan(), embed_fonts=True)
    again = letterheads.made_with(data, real_plan(), tmp_path)
    assert embedded(again) == embedded(data)


def test_the_setting_is_honoured(tmp_path: Path):
    report = write_report(tmp_path)
    settings = replace(load_settings(report), formats=(OutputFormat.DOCX,))
    with_fonts = replace(settings, word=WordSettings(embed_fonts=True))
    (plain,), (full,) = (make(Report(each, report)).files for each in (settings, with_fonts))
    assert not embedded(plain.content)
    assert embedded(full.content)


@pytest.mark.tools
def test_the_open_xml_sdk_and_libreoffice_accept_embedded_fonts(tmp_path: Path):
    path = tmp_path / "made.docx"
    path.write_bytes(write_docx(real_plan(), embed_fonts=True))
    assert problems(path) == []
    pdf = convert_with_libreoffice(path, tmp_path)
    assert "BIZUDMincho" in run_tool("pdffonts", pdf).replace("-", "")


@pytest.mark.tools
def test_libreoffice_reads_an_embedded_font_that_the_machine_has_not_got(tmp_path: Path):
    """The control that the fonts can be used at all: a family of another name is embedded."""
    renamed = TTFont(FONTS / "BIZUDMincho-Regular.ttf")
    for record in renamed["name"].names:
        if record.nameID in (1, 3, 4, 6):
            renamed["name"].setName(
                "KpiTestMincho", record.nameID, record.platformID, record.platEncID, record.langID
            )
    stream = io.BytesIO()
    renamed.save(stream)
    font = stream.getvalue()
    key = font_key(font)
    changes: dict[str, bytes | None] = {
        "word__fonts__BIZUDMincho-Regular.odttf": obfuscated(font, key)
    }
    data = write_docx(real_plan(), embed_fonts=True)
    old = files(data)
    for name in ("word/styles.xml", "word/theme/theme1.xml", TABLE):
        text = old[name].decode().replace("BIZ UDMincho", "KpiTestMincho")
        if name == TABLE:
            usual = font_key((FONTS / "BIZUDMincho-Regular.ttf").read_bytes())
            text = text.replace(str(usual).upper(), str(key).upper())
        changes[name.replace("/", "__")] = text.encode()
    path = tmp_path / "made.docx"
    path.write_bytes(letterheads.repacked(data, **changes))
    assert "KpiTestMincho" in run_tool("pdffonts", convert_with_libreoffice(path, tmp_path))
