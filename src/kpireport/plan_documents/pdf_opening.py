"""Opening a PDF with care.

Comes in: the path of what should be a PDF. Goes out: what is drawn on its pages, or why it is
not read. Files come by mail and from websites: one that is protected, damaged or made to fill
the memory is refused with the reason.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from kpireport.errors import CellError
from kpireport.plan_documents.pdf_shapes import PageInk, TooMuchInkError
from kpireport.sources.whole_file import read_whole
from kpireport.validation.streams import is_within

_MEGABYTE = 2**20
_LARGEST_FILE = 128 * _MEGABYTE
_LARGEST_STREAM = 64 * _MEGABYTE
_LARGEST_CONTENT = 512 * _MEGABYTE
_MOST_PAGES = 2_000
_MOST_GLYPHS = 3_000_000

_SHORTER = "計画の表のあるページだけの PDF にして、指定してください。"
_DAMAGED = ("PDF として読めません。", "PDF のファイルか、壊れていないかを確かめてください。")


def open_pages(path: Path) -> Iterator[PageInk]:
    """Yield what is drawn on each page of a PDF.

    Raises:
        CellError: there is no such file, it cannot be read, is protected or too large.
    """
    data = read_whole(path, _LARGEST_FILE, shrink=_SHORTER, program="PDF")
    if not is_within(data, each=_LARGEST_STREAM, together=_LARGEST_CONTENT):
        raise CellError("PDF の中身が大きすぎます。", _SHORTER)
    yield from _read(_inspected(data))


def _inspected(data: bytes) -> bytes:
    """Return the bytes of a PDF that can be read, without its protection if it has one.

    A file that opens without a password but forbids to copy from it is left alone.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise CellError(f"ページが多すぎます（{_MOST_PAGES:,}ページまで）。", _SHORTER)
            if pdf.is_encrypted and not pdf.allow.extract:
                raise CellError(
                    "文字のコピーが許可されていない PDF です。",
                    "作った人に、保護のない PDF か、元の Word や Excel をもらってください。",
                )
    except pikepdf.PasswordError:
        raise CellError(
            "パスワードで保護されています。",
            "パスワードを外した PDF を指定してください。",
        ) from None
    except pikepdf.PdfError:
        raise CellError(*_DAMAGED) from None
    return data


def _read(data: bytes) -> Iterator[PageInk]:
    # imported when a PDF is read: it is large
    import pypdfium2  # noqa: PLC0415

    from kpireport.plan_documents.pdf_ink import pages_ink  # noqa: PLC0415

    left = _MOST_GLYPHS
    try:
        with pypdfium2.PdfDocument(data) as document:
            for page in pages_ink(document):
                left -= len(page.glyphs)
                _refuse_if(left < 0)
                yield page
    except TooMuchInkError:
        raise CellError("文字や線が多すぎて、読み取れません。", _SHORTER) from None
    except pypdfium2.PdfiumError:
        raise CellError(*_DAMAGED) from None


def _refuse_if(is_too_much: bool) -> None:  # noqa: FBT001
    if is_too_much:
        raise TooMuchInkError
