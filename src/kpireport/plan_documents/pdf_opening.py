"""Opening a PDF with care.

Comes in: the path of what should be a PDF. Goes out: what is drawn on its pages, or why it is
not read. Files come by mail and from websites: one that is protected, damaged or made to fill
the memory is refused with the reason.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf

from kpireport.errors import CellError
from kpireport.findings import Findings
from kpireport.plan_documents.pdf_bounds import bearable_pages
from kpireport.plan_documents.pdf_shapes import (
    NoCharactersError,
    PageInk,
    TooMuchInkError,
    UnreadPageError,
    empty_page,
)
from kpireport.sources.whole_file import read_whole
from kpireport.validation.streams import is_within

# what it finds odd in a file it would say on the console, in English
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

_MEGABYTE = 2**20
_LARGEST_FILE = 128 * _MEGABYTE
_LARGEST_STREAM = 64 * _MEGABYTE
_LARGEST_CONTENT = 512 * _MEGABYTE
_MOST_PAGES = 1_000
_MOST_GLYPHS = 1_000_000  # of all pages; a plan of 200 pages has some 200,000
_MOST_RULES = 250_000

_SHORTER = "計画の表のあるページだけの PDF にして、指定してください。"
_DAMAGED = ("PDF として読めません。", "PDF のファイルか、壊れていないかを確かめてください。")
_PROTECTED = (
    "パスワードなどで保護されています。",
    "保護を外した PDF か、元の Word や Excel のファイルを指定してください。",
)
_TOO_MUCH = (
    "線や文字が多すぎるので（地図など）、このページは読んでいません。",
    "表があれば、元の Word や Excel のファイルから読むか、手で入力してください。",
)
_NO_CHARACTERS = (
    "フォントに文字の対応表がないので、文字を読み取れません。",
    "元の Word や Excel のファイルか、文字認識（OCR）をかけた PDF を指定してください。",
)


def open_pages(path: Path, log: Findings) -> Iterator[PageInk]:
    """Yield what is drawn on each page of a PDF.

    A page that draws too much, as a map does, is left out, with a warning.

    Raises:
        CellError: there is no such file, it cannot be read, is protected or too large.
    """
    data = read_whole(path, _LARGEST_FILE, shrink=_SHORTER, program="PDF")
    if not is_within(data, each=_LARGEST_STREAM, together=_LARGEST_CONTENT):
        raise CellError("PDF の中身が大きすぎます。", _SHORTER)
    wanted = _inspected(data)
    yield from _bounded(_read(data, wanted, log))


def _inspected(data: bytes) -> list[bool]:
    """Return which pages of a PDF are read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _refuse_other_files(pdf)
            return list(bearable_pages(pdf))
    except CellError:
        raise
    except pikepdf.PasswordError:
        raise CellError(*_PROTECTED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
        raise CellError(*_DAMAGED) from None  # its pages are not what pages are


def _refuse_other_files(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise CellError(*_PROTECTED)
    if len(pdf.pages) > _MOST_PAGES:
        raise CellError(f"ページが多すぎます（{_MOST_PAGES:,}ページまで）。", _SHORTER)


def _read(data: bytes, wanted: Sequence[bool], log: Findings) -> Iterator[PageInk]:
    # imported when a PDF is read: it is large
    import pypdfium2  # noqa: PLC0415

    from kpireport.plan_documents.pdf_ink import page_ink  # noqa: PLC0415

    try:
        unknown = 0
        with pypdfium2.PdfDocument(data) as document:
            for index, is_wanted in enumerate(wanted[: len(document)]):
                try:
                    if not is_wanted:
                        raise TooMuchInkError
                    yield page_ink(document, index)
                except UnreadPageError as error:
                    is_unknown = isinstance(error, NoCharactersError)
                    unknown += is_unknown
                    told = _NO_CHARACTERS if is_unknown else _TOO_MUCH
                    log.warn(f"{index + 1}ページ", *told)
                    yield empty_page(index + 1)
    except pypdfium2.PdfiumError:
        raise CellError(*_DAMAGED) from None
    if unknown and unknown == len(wanted):
        raise CellError(*_NO_CHARACTERS)


def _bounded(pages: Iterator[PageInk]) -> Iterator[PageInk]:
    glyphs, rules = _MOST_GLYPHS, _MOST_RULES
    for page in pages:
        glyphs -= len(page.glyphs)
        rules -= len(page.across) + len(page.upright) + len(page.fills)
        if min(glyphs, rules) < 0:
            raise CellError("文字や線が多すぎて、読み取れません。", _SHORTER)
        yield page
