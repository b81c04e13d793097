"""Fields (ECMA-376-1, 17.16): what Word works out anew, with the result of today.

Comes in: instructions and results. Goes out: the runs between ``w:fldChar``.
"""

from __future__ import annotations

from kpireport.writers.docx.markup import NOTHING, Xml, element, join, text, w


def _mark(kind: str, **more: str) -> Xml:
    """``w:fldChar`` (17.16.18)."""
    return w("r", w("fldChar", fldCharType=kind, **more))


FIELD_ENDS = _mark("end")


def field_begins(instruction: str, *, is_stale: bool = False) -> Xml:
    """Return a field up to its result; one that is stale is worked out when opened."""
    mark = _mark("begin", dirty="true") if is_stale else _mark("begin")
    return join((mark, _instruction(instruction), _mark("separate")))


def _instruction(instruction: str) -> Xml:
    """``w:instrText`` (17.16.23)."""
    return w("r", _text(instruction))


def _text(instruction: str) -> Xml:
    space = {"xml:space": "preserve"}
    return element("w:instrText", text(f" {instruction} "), attributes=space)


def page_of(bookmark: str, printed: str) -> Xml:
    """``PAGEREF`` (17.16.5.45): the page that ``bookmark`` is on, ``printed`` for now.

    Where nothing is, Word asks whether to work it out when it opens the file.
    """
    result = w("r", w("t", text(printed))) if printed else NOTHING
    begins = field_begins(f"PAGEREF {bookmark} \\h", is_stale=not printed)
    return join((begins, result, FIELD_ENDS))


def reference(bookmark: str, runs: Xml) -> Xml:
    """``REF`` (17.16.5.51): the text at ``bookmark``, and a link to it; ``runs`` for now.

    It keeps the look that it has here, not that of the text it repeats.
    """
    return join((field_begins(f"REF {bookmark} \\h \\* MERGEFORMAT"), runs, FIELD_ENDS))


def sequence(name: str, number: str, runs: Xml) -> Xml:
    """``SEQ`` (17.16.5.56): the next number of the sequence ``name``; ``runs`` for now.

    Public documents set single digits full-width and others half-width. The switch says
    which width this number has, so that it stays as it is when Word counts anew.
    """
    width = "ARABIC" if number.isascii() else "DBCHAR"
    return join((field_begins(f"SEQ {name} \\* {width}"), runs, FIELD_ENDS))


def contents_entry(title: str, level: int) -> Xml:
    """``TC`` (17.16.5.62): a title for the contents, which the page does not show.

    Level 1 is what the field means anyway; LibreOffice takes a level that is said for
    the next lower one.
    """
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    below = f" \\l {level}" if level > 1 else ""
    return join((_mark("begin"), _instruction(f'TC "{quoted}" \\f C{below}'), FIELD_ENDS))
