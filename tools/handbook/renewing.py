"""Today's output in place of yesterday's, with what the author left out still left out.

Comes in: an output as a page shows it, and what is printed now. Goes out: the lines for
the page. Where a change meets a gap, all is shown, for the author to shorten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tools.handbook.pages import LEFT_OUT, matches


def renew(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Return the printed lines, but for those that stand in a gap of the shown ones.

    >>> renew(["甲", "（略）", "丁 …月"], ["甲", "乙", "丙", "丁 ２月", "戊"])
    ['甲', '（略）', '丁 …月', '戊']
    """
    masked = [_masked(line, shown) for line in printed]
    return [*_lines(shown, masked)]


def _masked(line: str, shown: Sequence[str]) -> str:
    """A printed line as the page shows it, where the page hides a part of it."""
    hiding = (each for each in shown if "…" in each and each.strip("… "))
    return next((each for each in hiding if matches((each,), line)), line)


def _lines(shown: Sequence[str], printed: Sequence[str]) -> Iterator[str]:
    for what, start, stop, first, last in SequenceMatcher(
        None, shown, printed, autojunk=False
    ).get_opcodes():
        old = [line.strip() for line in shown[start:stop]]
        if what != "equal" and old == [LEFT_OUT]:
            yield LEFT_OUT
        else:
            yield from printed[first:last]
