"""A look into a PDF, before its validation and after.

Comes in: a file, and veraPDF's paths to what fails in it. Goes out: why it cannot be
validated, the flavour of PDF/A that it claims to be, the pages of what fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf

from kpireport.errors import Problem

_FLAVOURS = ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")
_DEFAULT_FLAVOUR = "2a"
_PAGE = re.compile(r"/pages\[(\d+)\]")
_ELEMENT = re.compile(r"\((\d+) (\d+) obj SE\w+ [^()]*\)")  # a structure element, by its object


def find_flaw(path: Path) -> Problem | None:
    """Return why the file cannot be validated, or ``None`` if it can."""
    try:
        with pikepdf.open(path) as pdf:
            return _problem(path, *_PROTECTED) if pdf.is_encrypted else None
    except pikepdf.PasswordError:
        return _problem(path, *_PROTECTED)
    except pikepdf.PdfError:
        return unreadable(path)
    except FileNotFoundError:
        return _problem(
            path, "ファイルがありません。", "フォルダーとファイル名のつづりを確かめてください。"
        )
    except (OSError, ValueError):  # ValueError: a NUL character in the path
        if path.is_dir():  # the error differs from system to system
            return _problem(path, "フォルダーです。", "中の PDF ファイルを指定してください。")
        return _problem(path, "ファイルを読めません。", "保存場所と権限を確かめてください。")


_PROTECTED = (
    "パスワードなどで保護されています。長期保存と読み上げのための PDF は、保護できません。",
    "保護を外した PDF を指定してください。",
)


def unreadable(path: Path) -> Problem:
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
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        claimed = metadata.pdfa_status.lower()
    return claimed if claimed in _FLAVOURS else _DEFAULT_FLAVOUR


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
