"""How the time to read a text grows with its length, for texts made to take for ever.

A text of sixteen times the length takes about sixteen times as long where work is linear,
and 256 times where it is quadratic::

    python benchmarks/patterns.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from kpireport.collection.locked import is_ours
from kpireport.domain.names import composed, in_one_line
from kpireport.domain.numerals import fold_width, write_numerals
from kpireport.domain.units import plain_text
from kpireport.domain.values import parse_value
from kpireport.domain.wording import USUAL_WORDS
from kpireport.domain.years import parse_period
from kpireport.sources.file_names import file_name

SHORT, LONG = 1_000, 16_000
PIECES: tuple[str, ...] = (
    *("（", "(a", "(", "日(", " ", "　", "\n ", "※", "前", "年", "元", "1", "１，", "0 ", "1年"),
    *(
        "令和",
        "▲ ",
        "±",
        "か",
        "から",
        "~",
        "年度の(",
        "あ（い）",
        "カ\u3099",
        "\u0301\u0327",
        "_x",
    ),
    *("[", '"', "\\", "#,", "あたり", "人口1人"),
)


def _period(text: str) -> None:
    with suppress(ValueError):
        parse_period(text)


READERS: dict[str, Callable[[str], object]] = {
    "one line": in_one_line,
    "composed": composed,
    "folded": fold_width,
    "numerals": write_numerals,
    "plain": plain_text,
    "value": parse_value,
    "period": _period,
    "locked": lambda text: is_ours(text, USUAL_WORDS),
    "file": file_name,
}


def seconds(read: Callable[[str], object], piece: str, length: int) -> float:
    """Return the least processor time of three readings."""
    text = "x" + (piece * length)[:length] + "x"
    taken = []
    for turn in range(3):
        begin = time.process_time()
        read(f"{text}{turn}")  # not the same twice: some are remembered
        taken.append(time.process_time() - begin)
    return min(taken)


def main() -> None:
    """Print each reader's worst growth."""
    print("| reader | piece | ms | growth |\n|---|---|---:|---:|")
    for name, read in READERS.items():
        found = ((seconds(read, piece, LONG), piece) for piece in PIECES)
        long, piece = max(found)
        growth = long / max(seconds(read, piece, SHORT), 1e-6)
        print(f"| {name} | {piece!r} | {1000 * long:.1f} | {growth:.0f} |")


if __name__ == "__main__":
    main()
