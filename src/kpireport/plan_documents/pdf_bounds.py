"""How much the pages of a PDF draw: told before any of it is drawn.

Comes in: an opened PDF. Goes out: which pages draw more than is read. A form may be drawn by
many others, each many times (ISO 32000-1, 8.10): a small file draws millions of lines so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from kpireport.quickly import dataclass

_OPERATORS = re.compile(rb"(?<![\w/])(?:T[jJ]|[SsFfBb]\*?|sh|EI|['\"])(?![\w*])")
_FORM = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+Do\b")
_MOST_BYTES = 4 * 2**20  # of what a page draws; maps have more, and no tables
_MOST_OPERATORS = 150_000
_MOST_FORMS = 20_000
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class _Weight:
    """What is drawn, with all forms in it."""

    bytes: int = 0
    operators: int = 0
    forms: int = 0

    def __add__(self, other: _Weight) -> _Weight:
        return _Weight(
            self.bytes + other.bytes,
            self.operators + other.operators,
            self.forms + other.forms,
        )

    @property
    def is_bearable(self) -> bool:
        return (
            self.bytes <= _MOST_BYTES
            and self.operators <= _MOST_OPERATORS
            and self.forms <= _MOST_FORMS
        )


_TOO_HEAVY = _Weight(_MOST_BYTES + 1)


def bearable_pages(pdf: pikepdf.Pdf) -> Iterator[bool]:
    """Yield for each page whether it draws so little that it is read."""
    scales = _Scales()
    for page in pdf.pages:
        yield scales.page(page).is_bearable


class _Scales:
    """Weighs pages; a form is weighed once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[int, int], _Weight] = {}

    def page(self, page: pikepdf.Page) -> _Weight:
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        data, size = [], 0
        for each in streams:
            if isinstance(each, pikepdf.Stream):
                data.append(_read(each))
                size += len(data[-1])
                if size > _MOST_BYTES:
                    return _TOO_HEAVY
        return self._weight(b"\n".join(data), page.obj.get("/Resources", page.resources), 0)

    def _weight(self, data: bytes, resources: object, depth: int) -> _Weight:
        if len(data) > _MOST_BYTES or depth > _DEEPEST:
            return _TOO_HEAVY
        weight = _Weight(len(data), sum(1 for _ in _OPERATORS.finditer(data)))
        known: dict[bytes, _Weight] = {}
        forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(forms, pikepdf.Dictionary):
            return weight
        for found in _FORM.finditer(data):
            name = found[1]
            if name not in known:
                known[name] = self._form(forms, name, resources, depth)
            weight += known[name]
            if not weight.is_bearable:
                break
        return weight

    def _form(self, forms: pikepdf.Dictionary, name: bytes, outer: object, depth: int) -> _Weight:
        form = forms.get("/" + name.decode("latin-1"))
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            return _Weight(forms=1)
        key = form.objgen
        if key not in self._forms:
            self._forms[key] = _TOO_HEAVY  # as long as it is being weighed: it draws itself
            resources = form.get("/Resources", outer)
            self._forms[key] = self._weight(_read(form), resources, depth + 1) + _Weight(forms=1)
        return self._forms[key]


def _read(stream: pikepdf.Stream) -> bytes:
    """What a stream holds; what cannot be unpacked draws nothing."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""
