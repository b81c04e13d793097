"""The bundled fonts: where they are, and which characters they have.

A character that the font lacks is never drawn as a blank box: the build is
refused with the character, the text and the place (``missing_glyphs``).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase.ttfonts import TTFont

from kpireport.document.blocks import Document
from kpireport.document.walk import visible_texts
from kpireport.errors import Problem, undrawable_text
from kpireport.writers.font_tables import Font
from kpireport.writers.theme import Typeface

_FILES = {
    (Typeface.GOTHIC, False): "BIZUDGothic-Regular.ttf",
    (Typeface.GOTHIC, True): "BIZUDGothic-Bold.ttf",
    (Typeface.MINCHO, False): "BIZUDMincho-Regular.ttf",
    (Typeface.MINCHO, True): "BIZUDGothic-Bold.ttf",  # BIZ UDMincho has no bold
}


def font_directory() -> Path:
    """Return the folder of the fonts: inside the installed package, or beside its source."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "fonts"
    return installed if installed.is_dir() else package.parents[1] / "fonts"


def font_file(typeface: Typeface, *, bold: bool = False) -> Path | None:
    """Return the file of a family's font; ``None`` where the family has no bold of its own."""
    name = _FILES[typeface, bold]
    is_own = name.startswith(typeface.value.replace(" ", ""))
    return font_directory() / name if is_own else None


def load_font(typeface: Typeface, *, bold: bool = False) -> TTFont:
    """Return the parsed font; each is parsed once a process.

    Not twice by two threads either: of two objects a PDF would embed the same font twice.
    """
    with _PARSING:
        return _parsed(_FILES[typeface, bold])


_PARSING = Lock()


@cache
def _parsed(name: str) -> TTFont:
    return Font(Path(name).stem, str(font_directory() / name))


def missing_glyphs(
    document: Document, file: str, besides: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Return a problem for every text of ``document`` with a character that no font draws.

    Args:
        document: what is to be drawn.
        file: the input that the problems are reported against; the place is the chapter.
        besides: characters that have been told of already.
    """
    drawable = _drawable().union(besides)
    found: dict[str, tuple[str, list[str]]] = {}
    for place, text in visible_texts(document):
        if absent := sorted(set(text) - drawable):
            found.setdefault(text, (place, absent))  # a text is reported once
    return tuple(
        undrawable_text(file, place, text, absent) for text, (place, absent) in found.items()
    )


def missing_in(text: str) -> list[str]:
    """Return the characters of a text that no font draws, in the order of their codes."""
    return sorted(set(text) - _drawable())


def missing_characters(document: Document) -> frozenset[str]:
    """Return the characters of ``document`` that no font draws."""
    return frozenset("".join(text for _, text in visible_texts(document))) - _drawable()


@cache
def _drawable() -> frozenset[str]:
    """Return what the fonts draw; all bundled ones cover the same characters."""
    known = load_font(Typeface.GOTHIC).face.charToGlyph
    return frozenset(map(chr, known)) | {"\n"}
