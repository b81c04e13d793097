"""What a comparison found, in words for staff, laid out for a console of 80 columns.

Comes in: a :class:`~kpireport.comparing.Comparison`. Goes out: plain text: by place, then by
what it is about; short texts as ``前 → 後``, long ones below each other with 【 】 around
what is another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kpireport.comparing import Comparison, Difference, DifferenceKind, highlighted
from kpireport.comparing.workbook import meaning_of
from kpireport.document.ems import natural_width

_WIDTH = 78
_NOTHING = "（なし）"
_ARROW = " → "
_CONTEXT = 24  # unchanged characters that are kept beside a mark
_LONGEST_CUT = 60  # of an unchanged stretch that is not cut
_NOT_FIRST = "、。，．・：；！？）」』】〕］ーぁぃぅぇぉっゃゅょァィゥェォッャュョ％"
_WHOLE = (DifferenceKind.ADDED, DifferenceKind.REMOVED)


def comparison_text(comparison: Comparison) -> str:
    """Return all differences by place, and how many there are."""
    lines = [
        f"前: {comparison.old.path}（{comparison.old.title}）",
        f"後: {comparison.new.path}（{comparison.new.title}）",
        f"比べたもの: {comparison.basis}",
        "",
    ]
    for place, found in groupby(comparison.differences, key=lambda each: each.place):
        lines += _place(place, found)
    lines += _conclusion(comparison)
    return "\n".join(lines)


def _place(place: tuple[str, ...], found: Iterable[Difference]) -> Iterator[str]:
    yield from _wrapped("■ ", _line("　＞　".join(place)))
    for (name, id_), differences in groupby(found, key=lambda each: (each.name, each.id)):
        head = _line(name) + (f"（{id_}）" if id_ else "")
        if name:
            yield from _wrapped("  ● ", head)
        for each in differences:
            yield from _difference(each, "     " if name else "  ")
    yield ""


def _difference(difference: Difference, indent: str) -> Iterator[str]:
    head = f"［{difference.kind}］{_line(difference.item)}"
    if difference.kind in _WHOLE and not (difference.old or difference.new):
        yield from _wrapped(indent, head)
        return
    old, new = (text or _NOTHING for text in (difference.old, difference.new))
    if difference.kind in _WHOLE or difference.old == difference.new:
        yield from _wrapped(indent, head)
        yield from _text(f"{indent}    ", difference.new or difference.old or "")
        return
    short = f"{head}: {old}{_ARROW}{new}"
    if "\n" not in short and _width(short) + len(indent) <= _WIDTH:
        yield indent + short
        return
    told = highlighted(old, new)
    yield from _wrapped(indent, head)
    for label, text in (("前: ", told.old), ("後: ", told.new)):
        yield from _text(f"{indent}  {label}", _cut(text) if told.is_marked else text)


def _conclusion(comparison: Comparison) -> Iterator[str]:
    if comparison.is_same:
        yield "違いはありません。"
    else:
        yield f"違いは{len(comparison.differences)}件です。"
        for kind, count in comparison.counts():
            yield f"  {kind} {count:>5}件  {meaning_of(kind, comparison.words)}"
    if comparison.marks and not comparison.is_same:
        yield f"{comparison.words.indicator}の評価の数（前 → 後）"
        for each in comparison.marks:
            is_same = each.old == each.new
            yield f"  {each.mark}: " + (
                f"{each.new}（同じ）" if is_same else f"{each.old}{_ARROW}{each.new}"
            )
    for note in comparison.notes:
        yield from _wrapped("※ ", note)


# --- layout ----------------------------------------------------------------------


def _cut(text: str) -> str:
    """Leave out what is far from every mark of a long text."""
    parts, at = [], 0
    while at < len(text):
        mark = text.find("【", at)
        stretch = text[at:] if mark < 0 else text[at:mark]
        parts.append(_shortened(stretch, is_first=at == 0, is_last=mark < 0))
        if mark < 0:
            break
        end = text.find("】", mark) + 1 or len(text)
        parts.append(text[mark:end])
        at = end
    return "".join(parts)


def _shortened(stretch: str, *, is_first: bool, is_last: bool) -> str:
    if len(stretch) <= _LONGEST_CUT:
        return stretch
    before = "" if is_first else stretch[:_CONTEXT]
    after = "" if is_last else stretch[-_CONTEXT:]
    return f"{before}…{after}"


def _text(head: str, text: str) -> Iterator[str]:
    """Yield a text's lines, those after the first below its beginning."""
    for line in text.split("\n"):
        yield from _wrapped(head, line)
        head = " " * _width(head)


def _wrapped(head: str, text: str) -> Iterator[str]:
    """Yield ``text`` in lines of the console's width; ``head`` begins the first."""
    line = head
    for char in text:
        if _width(line) + _width(char) > _WIDTH and char not in _NOT_FIRST:
            yield line
            line = " " * _width(head)
        line += char
    yield line


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _width(text: str) -> int:
    """Return how many columns a text takes; what has an ambiguous width takes two."""
    return round(2 * natural_width(text))
