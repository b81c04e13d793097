"""What was read of a row, held against the original's words: what differs, in words.

Comes in: a row, and the cells of the original at its place. Goes out: what the original has
otherwise, what it lacks, what was not read; both texts marked where they differ. White space
and the ends of lines are no difference: a page has them where a line is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kpireport.domain.names import in_one_line
from kpireport.domain.surveys import says_nothing_here
from kpireport.messages import shortened
from kpireport.plan_books import columns as of
from kpireport.plan_proofs.originals import JOINT, Original, plain
from kpireport.plan_proofs.rows import ProofRow
from kpireport.word_differences.highlights import highlighted

_ALIKE = 0.5
_LONGEST = 400  # characters by which a likeness is judged
_MOST_CELLS = 100  # of a place: a row of a table has no more
_MOST_TOLD = 5
_BULLETS = "・･●○■□◆◇※：:、-‐－"
_OF_NUMBER = "[0-9０-９.,．，△▲−-]"
_NUMBERS = (of.INDICATORS.name, of.TARGETS.name)


def differences(row: ProofRow, original: Original, beside: str = "") -> str:
    """What differs between a row and the original at its place; empty for nothing.

    Args:
        row: what was read.
        original: what stands there; nothing is said where that is not known.
        beside: what else was read of the same place, and the plan's headings, as they are
            looked for.
    """
    cells = original.cells[:_MOST_CELLS]
    told = [*_of_texts(row, cells), *_not_read(row, cells, beside)] if cells else []
    if len(original.cells) > len(cells):
        told.append(
            f"原本のこの場所には欄が{len(original.cells):,}あり、初めの{_MOST_CELLS}だけを比べました。"
        )
    return "\n".join(told)


def left_over(original: Original, said: str) -> bool:
    """Whether the original says something at a place that was not read anywhere.

    Args:
        original: what stands there.
        said: all that was read, as it is looked for.
    """
    return any(not _all_said(cell, said) for cell in original.cells)


def _of_texts(row: ProofRow, cells: tuple[str, ...]) -> Iterator[str]:
    texts: tuple[tuple[str, str], ...]  # a goal's number may stand elsewhere
    texts = (("名称", row.own_name), ("現状値", row.baseline), ("目標値", row.target))
    if not row.own_name:  # a paragraph, with its number and its title: they may stand elsewhere
        texts = (("文", max(row.texts, key=len, default="")),)
    known = [plain(cell) for cell in cells]
    whole = "".join(known)
    taken = {plain(text) for _, text in texts}
    free = tuple(cell for cell, text in zip(cells, known, strict=True) if text not in taken)
    for title, text in texts:
        if not text or _is_said(plain(text), known, whole):
            continue
        if title == "現状値" and (row.shares_baseline or says_nothing_here(text)):
            continue  # an original without the column has no dash in it either
        near = _nearest(text, free)
        if near is None:
            yield f"{title}：原本のこの場所に「{shortened(in_one_line(text))}」がありません。"
            continue
        marked = highlighted(plain(near), plain(text), shortest=1)
        yield f"{title}：原本は「{marked.old}」、読み取りは「{marked.new}」"


def _is_said(text: str, cells: list[str], whole: str) -> bool:
    """Whether the original says a text: in one cell, or over several, as a name with its number."""
    return text in cells or any(_is_in(text, each) for each in (*cells, whole))


def _is_in(text: str, other: str) -> bool:
    """Whether a text stands in another: not as a part of a number, as 8か所 does in 18か所."""
    if text not in other:
        return False
    before = rf"(?<!{_OF_NUMBER})" if re.match(_OF_NUMBER, text) else ""
    after = rf"(?!{_OF_NUMBER})" if re.match(_OF_NUMBER, text[-1:]) else ""
    return re.search(f"{before}{re.escape(text)}{after}", other) is not None


def _nearest(text: str, cells: tuple[str, ...]) -> str | None:
    best, most = None, _ALIKE
    wanted = plain(text)[:_LONGEST]
    for cell in cells:
        matcher = SequenceMatcher(None, wanted, plain(cell)[:_LONGEST], autojunk=False)
        if matcher.real_quick_ratio() > most and (ratio := matcher.ratio()) > most:
            best, most = cell, ratio
    return best


def _not_read(row: ProofRow, cells: tuple[str, ...], beside: str) -> Iterator[str]:
    """Yield what the original says at a measure's place that is nowhere in what was read."""
    if row.kind not in _NUMBERS:
        return
    said = [plain(text) for text in row.texts]
    whole = JOINT.join((*said, beside))
    left = [
        cell
        for cell in dict.fromkeys(cells)
        if plain(cell)
        and not says_nothing_here(cell)
        and not _all_said(cell, whole)
        and not _holds(plain(cell), said)
    ]
    for cell in left[:_MOST_TOLD]:
        if _nearest(cell, (row.name, row.baseline, row.target)) is None:
            yield f"原本の「{shortened(plain(cell))}」は、読み取りにありません。"
    if len(left) > _MOST_TOLD:
        yield f"ほかに{len(left) - _MOST_TOLD}つの欄が、読み取りにありません。"


def _all_said(cell: str, said: str) -> bool:
    """Whether a cell was read, as a whole or each of its lines; bullets do not matter."""
    if _is_in(plain(cell), said):
        return True
    lines = (plain(line).lstrip(_BULLETS) for line in cell.split("\n"))
    return all(_is_in(line, said) for line in lines if line)


def _holds(cell: str, said: list[str]) -> bool:
    """Whether a cell is made of texts that were read, put together."""
    for text in sorted(filter(None, said), key=len, reverse=True):
        cell = cell.replace(text, "", 1)
    return not cell.strip("()（）：:、，,・／/　")
