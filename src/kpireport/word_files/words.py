"""The words of a Word file, as a reader of the page has them, and the marked texts in it.

Comes in: the parts of a .docx, as we wrote it or as Word or LibreOffice saved it. Goes
out: paragraphs and tables of plain text, in which every marked text (the inputs' own
words, see :mod:`kpireport.word_files.frames`) is one sign; and those texts apart.

What a reader sees without its being plain text is a sign: pictures, symbols, equations,
hidden words, tables among marked words (see :mod:`kpireport.word_files.signs`). What a
program works out anew is no text but a sign: results of fields such as page numbers; the
contents are passed over. Elements of no account (proofing, revision ids, smart tags,
custom XML) are looked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element as Element

from kpireport.quickly import dataclass
from kpireport.word_files.appearance import Styles
from kpireport.word_files.body import BodyReader
from kpireport.word_files.frames import Marked, bookmarks
from kpireport.word_files.items import Item, Line
from kpireport.word_files.opening import W, WordFile
from kpireport.word_files.signs import PICTURE, SIGN

_ORIGIN = re.compile(r"kpireport_([0-9a-f]{8})_([0-9a-f]{16})")
_TEMPLATE = re.compile(r"kpitemplate_([0-9a-f]{16})")
_TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


@dataclass(frozen=True, slots=True)
class Remark:
    """A reviewer's comment, and the paragraph that it is on."""

    author: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Words:
    """All that a Word file says.

    Attributes:
        title, fixed: what tells which document it is; empty where that was lost.
        template: what tells the template (様式) that it was made in; empty without one.
        items: the body.
        marked: the marked texts, in reading order.
        margins: the texts of headers and footers, each once.
        remarks: the reviewers' comments.
        tracked: how many tracked changes there are.
    """

    title: str
    fixed: str
    template: str
    items: tuple[Item, ...]
    marked: tuple[Marked, ...]
    margins: tuple[str, ...]
    remarks: tuple[Remark, ...]
    tracked: int


def read_words(file: WordFile) -> Words:
    """Return the words of a Word file."""
    body = file.document.find(f"{W}body")
    reader = BodyReader(Styles.of(file.styles))
    items = tuple(reader.items(body))
    origin = next(filter(None, (_ORIGIN.fullmatch(name) for name in bookmarks(body))), None)
    template = next(filter(None, (_TEMPLATE.fullmatch(name) for name in bookmarks(body))), None)
    margins = dict.fromkeys(
        text for root in file.headers if (text := _plain_text(root).replace(PICTURE, ""))
    )
    return Words(
        title=origin[1] if origin else "",
        fixed=origin[2] if origin else "",
        template=template[1] if template else "",
        items=items,
        marked=reader.marked,
        margins=tuple(sorted(margins)),
        remarks=tuple(_remarks(file)),
        tracked=sum(1 for each in body.iter(*_TRACKED) if not _is_of_no_account(each)),
    )


def with_marked(words: Words) -> tuple[Item, ...]:
    """Return the body with the marked texts where their signs are."""
    texts: dict[str, list[str]] = {}
    for each in reversed(words.marked):
        texts.setdefault(each.source, []).append(each.text)

    def spelled(text: str) -> str:
        return SIGN.sub(lambda sign: texts[sign[1]].pop() if texts.get(sign[1]) else "", text)

    items: list[Item] = []
    for item in words.items:
        if isinstance(item, Line):
            items.append(replace(item, text=spelled(item.text)))
        else:
            rows = tuple(tuple(map(spelled, row)) for row in item.rows)
            items.append(replace(item, rows=rows))
    return tuple(items)


def _is_of_no_account(change: Element) -> bool:
    """Tell whether a tracked change has no content: Word leaves such behind."""
    return len(change) == 0 and change.getparent().tag not in (f"{W}rPr", f"{W}trPr")


def _plain_text(root: Element) -> str:
    return "\n".join(
        item.text if isinstance(item, Line) else item.shown() for item in BodyReader().items(root)
    )


# --- beside the body -------------------------------------------------------------


def _remarks(file: WordFile) -> Iterator[Remark]:
    """Yield the reviewers' comments (17.13.4) with the paragraphs that they are on."""
    if file.comments is None:
        return
    about = {
        each.get(f"{W}id"): next(each.iterancestors(f"{W}p"), None)
        for each in file.document.iter(f"{W}commentReference")
    }
    texts: dict[Element | None, str] = {None: ""}  # there may be many comments on one paragraph
    for comment in file.comments.iter(f"{W}comment"):
        paragraph = about.get(comment.get(f"{W}id"))
        if paragraph not in texts:
            texts[paragraph] = _reader_text(paragraph)
        yield Remark(comment.get(f"{W}author", ""), _plain_text(comment), texts[paragraph])


def _reader_text(paragraph: Element) -> str:
    parent = etree.Element(f"{W}body")
    parent.append(deepcopy(paragraph))
    reader = BodyReader()
    text = "\n".join(item.text for item in reader.items(parent) if isinstance(item, Line))
    marked = iter(reader.marked)
    return SIGN.sub(lambda _: next(marked).text, text)
