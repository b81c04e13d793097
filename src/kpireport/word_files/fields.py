"""Fields of a Word file (17.16): which results are words, and what the others are called.

Comes in: instructions. Goes out: the name of what a program works out anew: such a result
is no text, for it may be another one in every program; that there is one can be seen.
"""

from __future__ import annotations

import re

from kpireport.document.blocks import TO_PAGE
from kpireport.quickly import dataclass
from kpireport.word_files.signs import named_sign

_NUMBER, _PAGE = "番号", "ページ番号"
_PAGE_SIGN = named_sign(_PAGE)
_PAGES = f"{_PAGE_SIGN}{TO_PAGE}{_PAGE_SIGN}"  # from one page to another
_CAPTION_NUMBER = "SEQ"
_COUNTED = {
    _CAPTION_NUMBER: _NUMBER,
    "PAGE": _PAGE,
    "PAGEREF": _PAGE,
    "NUMPAGES": _PAGE,
    "SECTIONPAGES": _PAGE,
    "TOC": "",  # made by Word from the headings
    "TC": "",  # shows nothing where it stands
}
_CAPTION = re.compile(r"\s*REF (?:figure|table)_")  # a reference to a number that is counted


def with_pages_as_one(text: str) -> str:
    """Return a text in which pages from one to another are told as one page is.

    How many pages something stands on is worked out anew, as the numbers are.
    """
    return text.replace(_PAGES, _PAGE_SIGN)


@dataclass(slots=True)
class Field:
    """A field that is being read.

    Attributes:
        instruction: what it is to show.
        has_result: whether what follows is its result.
        label: the words of its paragraph before it.
        result: what a result that is no text was when it was last worked out.
    """

    instruction: str = ""
    has_result: bool = False
    label: str = ""
    result: str = ""

    @property
    def numbered(self) -> str:
        """What a caption's number (17.16.5.56) makes with the words before it: 表４."""
        is_caption = self.instruction.strip().partition(" ")[0].upper() == _CAPTION_NUMBER
        return f"{self.label}{self.result}" if is_caption else ""

    @property
    def hides(self) -> bool:
        """Whether its result is no text."""
        return counted_name(self.instruction) is not None


def counted_name(instruction: str) -> str | None:
    """Return what a result that is worked out anew is called; ``None`` of words.

    The name is empty where there is nothing to be seen.

    >>> counted_name(" SEQ 図 "), counted_name(" DATE ")
    ('番号', None)
    """
    if _CAPTION.match(instruction):
        return _NUMBER
    return _COUNTED.get(instruction.strip().partition(" ")[0].upper())
