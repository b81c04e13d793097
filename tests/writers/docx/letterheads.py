"""Templates for tests: the base document as a municipality's office would restyle it.

It is edited with python-docx, a program that knows nothing of ours.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from kpireport.document.blocks import Document
from kpireport.sources.word_file import read_word_file
from kpireport.writers.docx import write_docx
from kpireport.writers.docx.base import BASE_FILE
from kpireport.writers.docx.templates import base_from_template

COLOUR = "B00020"
FONT = "游明朝"
LETTERHEAD = "架空市　企画課"
BODY_TEXT = "この文は様式の本文であり、報告書には出ない。"


def template_document() -> Any:
    """Return the shipped base, opened."""
    return docx.Document(str(BASE_FILE))


def style(opened: Any, name: str) -> Any:
    """Return a style by the name that the file has for it."""
    return next(each for each in opened.styles if each.element.name_val == name)


def set_font(each: Any, name: str) -> None:
    fonts = each.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(attribute), name)
        fonts.attrib.pop(qn(f"{attribute}Theme"), None)  # as Word does


def logo() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (120, 40), (0, 70, 140)).save(stream, "PNG")
    stream.seek(0)
    return stream


def edited() -> Any:
    """Return the base with other colours, fonts, margins and a letterhead with a logo."""
    opened = template_document()
    opened.add_paragraph(BODY_TEXT)
    style(opened, "heading 1").font.color.rgb = RGBColor.from_string(COLOUR)
    style(opened, "heading 1").font.size = Pt(20)
    set_font(style(opened, "Body Text"), FONT)
    for section in opened.sections:
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin = Mm(30)
        section.header.is_linked_to_previous = False
        line = section.header.paragraphs[0]
        line.add_run().add_picture(logo(), width=Mm(30))
        line.add_run(LETTERHEAD)
    return opened


def plain_letterhead() -> Any:
    """Return the styles with one section alone, whose footer has words and no number."""
    opened = template_document()
    body = opened.element.body
    for paragraph in list(body.iterchildren(qn("w:p"))):
        body.remove(paragraph)
    footer = opened.sections[0].footer
    footer.is_linked_to_previous = False
    for element in list(footer._element):
        footer._element.remove(element)
    footer.add_paragraph(LETTERHEAD)
    return opened


def with_continuous_section(opened: Any) -> Any:
    opened.add_section(WD_SECTION.CONTINUOUS)
    return opened


def saved(opened: Any) -> bytes:
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def write(folder: Path, data: bytes, name: str = "様式.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def base_of(data: bytes, folder: Path) -> bytes:
    """Return the base document that a build makes of a template."""
    path = write(folder, data)
    return base_from_template(read_word_file(path), str(path)).data


def made_with(data: bytes, document: Document, folder: Path) -> bytes:
    """Return a document in a template."""
    return write_docx(document, base=base_of(data, folder))


def notices_of(data: bytes, folder: Path) -> str:
    """Return what a build tells of a template that it can use."""
    path = write(folder, data)
    made = base_from_template(read_word_file(path), str(path))
    return "\n".join(map(str, made.notices))


def repacked(data: bytes, **changes: bytes | None) -> bytes:
    """Return a package with parts replaced, added, or (``None``) removed; ``__`` is ``/``."""
    stream = io.BytesIO()
    named = {name.replace("__", "/"): content for name, content in changes.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        contents = {name: old.read(name) for name in old.namelist()} | named
        for name, content in contents.items():
            if content is not None:
                new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
