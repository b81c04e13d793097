"""What stands in the plain words of a Word file for what has none: single signs, and their names.

Comes in: what a reader of the page sees that is no text (a picture, a symbol, an equation,
a pasted table), and marked texts. Goes out: signs of the private use area, by which two
files can be compared, and what people are shown for them.
"""

from __future__ import annotations

import re

PICTURE = "\ufffc"  # OBJECT REPLACEMENT CHARACTER
NOTE = "\ue002"  # a footnote's mark

_BEGIN, _END = "\ue000", "\ue001"  # around a marked text's source: no text of a document has them
_OPEN, _CLOSE = "\ue003", "\ue004"  # around the name of a thing
SIGN = re.compile(f"{_BEGIN}([0-9a-f]*){_END}")

_THING = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_ANY = re.compile(f"[{_BEGIN}{_END}{NOTE}{_OPEN}{_CLOSE}{PICTURE}]")


def marked_sign(source: str) -> str:
    """Return the sign of the marked text with the sum ``source``."""
    return f"{_BEGIN}{source}{_END}"


def named_sign(name: str, words: str = "") -> str:
    """Return the sign of what is no text: what it is, and the words that it shows."""
    shown = _ANY.sub("", for_people(words)).strip()
    return f"{_OPEN}{name}{f'「{shown}」' if shown else ''}{_CLOSE}"


def without_signs(text: str) -> str:
    """Return typed text without characters that would be taken for signs."""
    return _ANY.sub("", text)


def is_only_text(text: str) -> bool:
    """Tell whether there is no sign in a text."""
    return _ANY.search(text) is None


def for_people(text: str) -> str:
    """Return a text as it is shown: what is no text as what it is, tabs as spaces."""
    text = SIGN.sub("〔直せる文〕", text)
    text = _THING.sub(lambda found: f"［{found[1]}］", text)
    return text.replace(PICTURE, "［図］").replace(NOTE, "［脚注］").replace("\t", " ")
