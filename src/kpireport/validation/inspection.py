"""A look into a PDF, before its validation and after.

Comes in: a file, and veraPDF's paths to what fails in it. Goes out: why it cannot be
validated, the flavour of PDF/A that it claims to be, the pages of what fails.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf
from lxml import etree

from kpireport.errors import CellError, Problem
from kpireport.messages import unreadable
from kpireport.ordinary_files import read_bounded
from kpireport.validation.streams import is_small, is_within

_FLAVOURS = ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")
_DEFAULT_FLAVOUR = "2a"
_LARGEST_METADATA = 2**20
_PAGE = re.compile(r"/pages\[(\d+)\]")
_ELEMENT = re.compile(r"\((\d+) (\d+) obj SE\w+ [^()]*\)")  # a structure element, by its object


def find_flaw(path: Path) -> Problem | None:
    """Return why the file cannot be validated, or ``None`` if it can."""
    try:
        data = read_bounded(path, _LARGEST_FILE)
        if data is None or not is_within(data, each=_LARGEST_STREAM, together=_LARGEST_CONTENT):
            return _problem(path, *_TOO_LARGE)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return _problem(path, *_PROTECTED)
            return None if all(map(_is_light, pdf.objects)) else _problem(path, *_TOO_HEAVY)
    except CellError as error:
        return _problem(path, error.what, error.remedy)
    except pikepdf.PasswordError:
        return _problem(path, *_PROTECTED)
    except pikepdf.PdfError:
        return no_pdf(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        what, remedy = unreadable(error)
        return _problem(path, what, remedy.replace("Excelなど", "PDFの閲覧ソフトなど"))


_MEGABYTE = 2**20
_LARGEST_FILE = 256 * _MEGABYTE
_LARGEST_STREAM = 64 * _MEGABYTE
_LARGEST_CONTENT = 512 * _MEGABYTE
_LIMITS = (
    f"ファイルは {_LARGEST_FILE // _MEGABYTE} MB、圧縮を解いた中身は、一つが "
    f"{_LARGEST_STREAM // _MEGABYTE} MB、全部で {_LARGEST_CONTENT // _MEGABYTE} MB まで"
)
_TOO_LARGE = (
    f"PDF が大きすぎます（{_LIMITS}）。",
    "正しいファイルかどうかを確かめてください。",
)
_LARGEST_DRAWING = 4 * _MEGABYTE  # of a page there are some ten thousands; it takes a minute
_NO_DRAWINGS = {"/Image", "/EmbeddedFile", "/CIDFontType0C", "/OpenType", "/Type1C"}
_TOO_HEAVY = (
    f"ページなどの中身が大きすぎます（一つが {_LARGEST_DRAWING // _MEGABYTE} MB まで）。",
    "PDF が壊れていないかを確かめてください。",
)


def _is_light(each: object) -> bool:
    """Whether a stream that is read for what it draws or says is one that can be read."""
    if not isinstance(each, pikepdf.Stream):
        return True
    if "/Length1" in each or {str(each.get("/Type")), str(each.get("/Subtype"))} & _NO_DRAWINGS:
        return True  # a font, a picture, an attachment
    return is_small(each.read_raw_bytes(), _LARGEST_DRAWING)


_PROTECTED = (
    "パスワードなどで保護されています。長期保存と読み上げのための PDF は、保護できません。",
    "保護を外した PDF を指定してください。",
)


def no_pdf(path: Path) -> Problem:
    """Return the problem of a file that is no PDF, or damaged."""
    return _problem(
        path, "PDF として読めません。", "PDF のファイルか、壊れていないかを確かめてください。"
    )


def _problem(path: Path, what: str, remedy: str) -> Problem:
    return Problem(str(path), "", what, remedy)


def claimed_flavour(path: Path) -> str:
    """Return the flavour of PDF/A that the XMP metadata name (ISO 19005-2, 6.6.4).

    That is ``2a`` for a report, ``3a`` for one with attachments; ``2a`` too where
    nothing is claimed, which the validator then finds fault with.
    """
    with pikepdf.open(path) as pdf:
        claimed = _claimed(pdf)
    return claimed if claimed in _FLAVOURS else _DEFAULT_FLAVOUR


def _claimed(pdf: pikepdf.Pdf) -> str:
    """Return what the metadata name; empty where there are none that can be read."""
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return ""
    try:
        described = metadata.read_bytes()
        if len(described) > _LARGEST_METADATA:
            return ""
        with pdf.open_metadata(strict=True) as read:
            return read.pdfa_status.lower()
    except (pikepdf.PdfError, etree.LxmlError, ValueError, TypeError, AttributeError, KeyError):
        return ""  # the validator finds fault with them


def pages_of(path: Path, places: Iterable[Iterable[str]]) -> Iterator[tuple[int, ...]]:
    """Yield for each group of veraPDF's paths its pages in order, counted from 1."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        for group in places:
            found = {_page_of(place, pdf, numbers) for place in group}
            yield tuple(sorted(page for page in found if page))


def _page_of(place: str, pdf: pikepdf.Pdf, numbers: dict[tuple[int, int], int]) -> int:
    """Return the page that a path goes through, or its element begins on; 0 for none."""
    if on_page := _PAGE.search(place):
        return int(on_page[1]) + 1
    elements = _ELEMENT.findall(place)
    if not elements:
        return 0
    number, generation = map(int, elements[-1])
    return _first_page(pdf.get_object(number, generation), numbers)


def _first_page(element: pikepdf.Object, numbers: dict[tuple[int, int], int]) -> int:
    """Return the page of an element's first content (ISO 32000-1, 14.7.4)."""
    waiting: list[object] = [element]
    while waiting:
        each = waiting.pop()
        if not isinstance(each, pikepdf.Dictionary):
            continue
        if "/Pg" in each:
            return numbers.get(each.Pg.objgen, 0)
        kids = each.get("/K")
        waiting.extend(reversed(list(kids)) if isinstance(kids, pikepdf.Array) else [kids])
    return 0
