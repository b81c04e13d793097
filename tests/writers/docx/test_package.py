"""The package: the same bytes every time, honest properties, a base that can be restyled."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from kpireport.document.blocks import Document, Section
from kpireport.document.styles import TextStyle
from kpireport.document.texts import paragraph
from kpireport.errors import OutputError
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.base import BASE_FILE, make_base
from kpireport.writers.docx.package import Base
from kpireport.writers.theme import DEFAULT_THEME
from tests.documents import METADATA, document, real_plan
from tests.writers.docx import letterheads
from tests.writers.docx.reader import files, parts, value
from tests.writers.docx.reviews import review_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALL = document(paragraph("文", TextStyle.BODY))


def test_the_shipped_base_is_what_its_generator_makes():
    """After a change of the theme or a style: python -m kpireport.writers.docx."""
    assert BASE_FILE.read_bytes() == make_base()


def test_the_same_document_gives_the_same_bytes_in_another_process():
    script = (
        "import sys; from tests.writers.docx.reviews import review_docx;"
        "sys.stdout.buffer.write(review_docx())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == review_docx()


def test_the_package_has_no_times_of_its_own():
    with zipfile.ZipFile(io.BytesIO(write_docx(SMALL))) as package:
        assert package.testzip() is None
        assert package.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_core_properties_are_the_documents():
    properties = docx.Document(io.BytesIO(write_docx(SMALL))).core_properties
    assert properties.title == METADATA.title
    assert properties.author == properties.last_modified_by == METADATA.author
    assert properties.subject == METADATA.subject
    assert properties.keywords == "鍵１, 鍵２"
    assert properties.language == "ja-JP"
    assert properties.created == properties.modified
    assert properties.created.isoformat() == "2019-07-01T00:00:00+00:00"


def test_nothing_is_left_of_a_foreign_template():
    with zipfile.ZipFile(io.BytesIO(write_docx(SMALL))) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).lower()
    for trace in (b"python-docx", b"en-us", b"2013-12", b"cambria", b"calibri"):
        assert trace not in everything


def test_the_language_is_japanese_and_no_other():
    """For Latin letters none is said: with ja-JP LibreOffice cuts 14,760 in two."""
    found = parts(write_docx(SMALL))
    languages = list(found["word/styles.xml"].iter(f"{W}lang"))
    assert [(item.get(f"{W}val"), item.get(f"{W}eastAsia")) for item in languages] == [
        (None, "ja-JP")
    ]
    assert value(found["word/settings.xml"], "themeFontLang", "eastAsia") == "ja-JP"


def test_settings_ask_for_word_2013_layout_and_strict_line_breaking():
    settings = parts(write_docx(SMALL))["word/settings.xml"]
    modes = {
        item.get(f"{W}name"): item.get(f"{W}val") for item in settings.iter(f"{W}compatSetting")
    }
    assert modes["compatibilityMode"] == "15"
    assert settings.find(f"{W}strictFirstAndLastChars") is not None


def test_only_numbered_pages_have_a_number():
    found = parts(write_docx(real_plan()))
    fields = [
        name for name, root in found.items() if "footer" in name and root.iter(f"{W}fldSimple")
    ]
    sections = list(found["word/document.xml"].iter(f"{W}sectPr"))
    footers = [section.find(f"{W}footerReference").values() for section in sections]
    assert len(fields) == 2
    assert footers[0] != footers[1]
    instructions = [
        item.get(f"{W}instr") for name in fields for item in found[name].iter(f"{W}fldSimple")
    ]
    assert instructions == [" PAGE "]


def changed_base(part: str, old: str, new: str) -> bytes:
    """The base after someone changed a part of it."""
    content = files(make_base())[part].decode()
    assert old in content
    return letterheads.repacked(
        make_base(), **{part.replace("/", "__"): content.replace(old, new).encode()}
    )


def test_styles_are_found_by_name_where_word_gave_them_other_ids():
    base = changed_base("word/styles.xml", 'w:styleId="BodyText"', 'w:styleId="a3"')
    root = parts(write_docx(SMALL, base=base))["word/document.xml"]
    assert "a3" in [style.get(f"{W}val") for style in root.iter(f"{W}pStyle")]


def test_a_missing_style_is_named():
    base = changed_base("word/styles.xml", 'w:val="Body Text"', 'w:val="私の本文"')
    with pytest.raises(OutputError, match="Body Text"):
        write_docx(SMALL, base=base)


def test_a_template_without_lists_gets_the_part_for_them(tmp_path: Path):
    """Word leaves it out where it saves none."""
    changes: dict[str, bytes | None] = {"word__numbering.xml": None}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        items = files(make_base())[name].decode().split("<")
        kept = "<".join(item for item in items if "numbering" not in item)
        changes[name.replace("/", "__")] = kept.encode()
    base = letterheads.base_of(letterheads.repacked(make_base(), **changes), tmp_path)
    assert "word/numbering.xml" in parts(write_docx(real_plan(), base=base))


def test_lists_of_the_base_keep_their_numbers():
    own = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    opening = files(make_base())["word/numbering.xml"].decode().removesuffix("/>")
    data = changed_base("word/numbering.xml", f"{opening}/>", f"{opening}>{own}")
    numbering = parts(write_docx(real_plan(), base=data))["word/numbering.xml"]
    assert [child.tag for child in numbering] == sorted(child.tag for child in numbering)
    ids = [int(num.get(f"{W}numId")) for num in numbering.iter(f"{W}num")]
    assert ids == list(range(9, 9 + len(ids)))
    assert len(ids) > 1


@pytest.mark.parametrize("data", [b"", b"PK", b"not a package"])
def test_a_base_that_is_no_word_file_is_refused(data: bytes):
    with pytest.raises(OutputError, match="様式"):
        Base.read(data)


def test_another_theme_makes_another_base():
    page = replace(DEFAULT_THEME.page, margin_x=DEFAULT_THEME.page.margin_x / 2)
    narrow = parts(write_docx(SMALL, theme=replace(DEFAULT_THEME, page=page)))
    margins = narrow["word/document.xml"].find(f".//{W}pgMar")
    assert margins.get(f"{W}left") == "567"


def test_a_document_without_sections_is_still_a_word_file():
    docx.Document(io.BytesIO(write_docx(Document(METADATA, (Section(()),)))))
