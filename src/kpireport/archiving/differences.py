"""Where two files that should be equal first differ, in words for staff.

Comes in: the bytes of two PDF, two Word files, two pages or two workbooks. Goes
out: the first page, part or line that is not the same; for files that say the same in other
bytes, just that.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import zip_longest

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream

from kpireport.archiving.streams import package_parts, stream_content
from kpireport.errors import CellError
from kpireport.quickly import dataclass
from kpireport.sources.package_kinds import EDITED_WORD, WORKBOOK, PackageKind

SAME_CONTENT = "中身は全て同じで、圧縮か並べ方だけが違います。"
_UNREADABLE = "壊れていて、中身を比べられません。"

# what a page says of its place among the others, and how streams are packed
_NOT_COMPARED = frozenset(("/Parent", "/Length", "/Filter", "/DecodeParms"))

_LINKS = "/Annots"
_PDF_PARTS = (
    ("/Names", "添付ファイル"),
    ("/Metadata", "ファイルの情報"),
    ("/Outlines", "しおり"),
    ("/PageLabels", "ページ番号の付け方"),
    ("/StructTreeRoot", "読み上げのための構造"),
    ("/OutputIntents", "色の定義"),
)
_WORD_PARTS = (
    ("word/document.xml", "本文"),
    ("word/media/", "グラフの画像"),
    ("word/header", "ページの上の表示"),
    ("word/footer", "ページの下の表示"),
    ("word/styles.xml", "書式"),
    ("word/numbering.xml", "箇条書きの書式"),
    ("docProps/", "ファイルの情報"),
)
_BOOK_PARTS = (
    ("xl/worksheets/", "シートの中身"),
    ("xl/sharedStrings.xml", "シートの文字"),
    ("xl/styles.xml", "書式"),
    ("docProps/", "ファイルの情報"),
)


def pdf_difference(kept: bytes, made: bytes) -> str:
    """Return where two different PDF files first differ."""
    try:
        with pikepdf.open(io.BytesIO(kept)) as one, pikepdf.open(io.BytesIO(made)) as other:
            return _pdf_difference(one, other)
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        return _UNREADABLE


def _pdf_difference(kept: pikepdf.Pdf, made: pikepdf.Pdf) -> str:
    """Compare what is seen first: a line that moved moves the links of the contents too."""
    one, other = _Digest(kept), _Digest(made)
    pages = list(zip(kept.pages, made.pages, strict=False))
    for number, (first, second) in enumerate(pages, start=1):
        if one.of_page(first) != other.of_page(second):
            return f"最初に違うのは、PDFの{number}ページ目です{_printed(made, number)}。"
    if len(kept.pages) != len(made.pages):
        numbers = f"保存したものは{len(kept.pages)}、作り直したものは{len(made.pages)}"
        return f"ページの数が違います（{numbers}）。"
    for number, (first, second) in enumerate(pages, start=1):
        if one.of(first.obj.get(_LINKS)) != other.of(second.obj.get(_LINKS)):
            return f"ページの見た目はどれも同じで、PDFの{number}ページ目のリンクが違います。"
    for key, name in _PDF_PARTS:
        if one.of(kept.Root.get(key)) != other.of(made.Root.get(key)):
            return f"ページはどれも同じで、{name}が違います。"
    if one.of(kept.trailer.get("/Info")) != other.of(made.trailer.get("/Info")):
        return "ページはどれも同じで、ファイルの情報が違います。"
    return SAME_CONTENT


def _printed(pdf: pikepdf.Pdf, number: int) -> str:
    label = str(pdf.pages[number - 1].label)
    return f"（印刷されたページ番号は「{label}」）" if label != str(number) else ""


@dataclass(slots=True)
class _Digest:
    """Sums of what objects of one file hold, wherever in the file they stand."""

    pdf: pikepdf.Pdf
    _pages: dict[tuple[int, int], int] = field(init=False)

    def __post_init__(self) -> None:
        self._pages = {page.obj.objgen: at for at, page in enumerate(self.pdf.pages)}

    def of_page(self, page: pikepdf.Page) -> dict[str, str]:
        """Return the sums of what is seen on a page: its content, fonts, images, size."""
        return {key: self.of(page.obj[key]) for key in _keys(page.obj) if key != _LINKS}

    def of(self, value: object) -> str:
        """Return the sum of an object and all that it refers to but pages."""
        digest = hashlib.sha256()
        for piece in self._pieces(value):
            digest.update(len(piece).to_bytes(8, "big") + piece)
        return digest.hexdigest()

    def _pieces(self, value: object) -> Iterator[bytes]:
        """Yield what stands for ``value``; an object met before stands by its number."""
        seen: dict[tuple[int, int], int] = {}
        stack = [value]
        while stack:
            each = stack.pop()
            if isinstance(each, Object) and each.is_indirect:
                if each.objgen in self._pages:
                    yield b"page %d" % self._pages[each.objgen]
                    continue
                if each.objgen in seen:
                    yield b"seen %d" % seen[each.objgen]
                    continue
                seen[each.objgen] = len(seen)
            yield _label(each)
            stack.extend(reversed(_children(each)))


def _label(value: object) -> bytes:
    """Return what ``value`` is without what it holds."""
    if isinstance(value, Stream):
        content = stream_content(value)
        return b"stream " + (bytes(value.get_raw_stream_buffer()) if content is None else content)
    if isinstance(value, Dictionary):
        return b"dictionary " + " ".join(_keys(value)).encode()
    if isinstance(value, Array):
        return b"array %d" % len(value)
    return repr(value).encode() if not isinstance(value, Object) else value.unparse()


def _children(value: object) -> list[object]:
    if isinstance(value, Stream | Dictionary):
        return [value[key] for key in _keys(value)]
    return list(value) if isinstance(value, Array) else []


def _keys(value: Object) -> list[str]:
    return sorted(key for key in value.keys() if key not in _NOT_COMPARED)  # noqa: SIM118


def word_difference(kept: bytes, made: bytes) -> str:
    """Return where two different Word files first differ."""
    return _package_difference(kept, made, EDITED_WORD, _WORD_PARTS)


def page_difference(kept: bytes, made: bytes) -> str:
    """Return the line in which two different pages for the web first differ."""
    lines = zip_longest(kept.splitlines(), made.splitlines())
    number = next((at for at, (one, other) in enumerate(lines, start=1) if one != other), 0)
    return f"最初に違うのは、{number}行目です。" if number else SAME_CONTENT


def book_difference(kept: bytes, made: bytes) -> str:
    """Return where two different workbooks first differ."""
    return _package_difference(kept, made, WORKBOOK, _BOOK_PARTS)


def _package_difference(
    kept: bytes, made: bytes, kind: PackageKind, named: Sequence[tuple[str, str]]
) -> str:
    """Return the first part that differs; ``named`` are those with a name for people."""
    try:
        one, other = package_parts(kept, kind), package_parts(made, kind)
    except CellError:
        return _UNREADABLE
    if one == other:
        return SAME_CONTENT
    for prefix, name in named:
        for part in sorted({*one, *other}):
            if part.startswith(prefix) and one.get(part) != other.get(part):
                return f"違うのは、{name}です（ファイルの中の {part}）。"
    part = min(part for part in {*one, *other} if one.get(part) != other.get(part))
    return f"違うのは、ファイルの中の {part} です。"
