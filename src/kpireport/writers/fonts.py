"""The bundled fonts: where they are, and which characters they have.

A character that the font lacks is never drawn as a blank box: the build is
refused with the character, the text and the place (``missing_glyphs``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont

from kpireport.document.blocks import Document
from kpireport.document.walk import visible_texts
from kpireport.errors import Problem
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


@cache
def load_font(typeface: Typeface, *, bold: bool = False) -> TTFont:
    """Return the parsed font; parsing takes some 50 ms, so each is parsed once a process."""
    name = _FILES[typeface, bold]
    return TTFont(Path(name).stem, str(font_directory() / name))


def missing_glyphs(document: Document, file: str) -> tuple[Problem, ...]:
    """Return a problem for every text of ``document`` with a character that no font draws.

    ``file`` is the input that the problems are reported against. All bundled
    fonts cover the same characters, so one character map stands for all.
    """
    known = load_font(Typeface.GOTHIC).face.charToGlyph
    drawable = {chr(code) for code in known} | {"\n"}
    found = {
        (place, text): absent  # a text that stands twice in a chapter is reported once
        for place, text in visible_texts(document)
        if (absent := sorted(set(text) - drawable))
    }
    return tuple(_missing_glyph(file, *key, absent) for key, absent in found.items())


def _missing_glyph(file: str, place: str, text: str, absent: list[str]) -> Problem:
    names = "、".join(f"「{char}」（U+{ord(char):04X}）" for char in absent)
    return Problem(
        file=file,
        place=place,
        what=f"書体にない文字があります: {names} — 「{_excerpt(text, absent[0])}」",
        remedy="書体にある字体に書き換えてください（例: 𠮷→吉、絵文字は削除）",
    )


def _excerpt(text: str, char: str) -> str:
    """Return the 20 characters or so around ``char``."""
    at = text.index(char)
    start, end = max(0, at - 10), at + 11
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
