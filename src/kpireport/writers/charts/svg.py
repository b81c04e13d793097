"""A recording as an SVG file whose letters are outlines, each outlined once.

Word would set text in the fonts of the reader's machine, in which the labels may not fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import assert_never

from kpireport.writers.charts.drawing import DrawnPath, DrawnText, Recording, number
from kpireport.writers.charts.outlines import EM, Code, outline_of
from kpireport.writers.charts.svg_words import commands, pen, points

_LETTERS = {Code.MOVE: "M", Code.LINE: "L"}


def svg_of(recording: Recording) -> bytes:
    """Return a recording as an SVG 1.1 file of its size in points."""
    width, height = map(number, recording.size)
    glyphs: dict[str, str] = {}
    body = "".join(_drawn(recording, glyphs))
    outlines = "".join(f'<path id="{id_}" d="{outline}"/>' for id_, outline in glyphs.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' version="1.1" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
        ' fill="none">'
        f"<defs>{outlines}</defs>{body}</svg>\n"
    ).encode()


def _drawn(recording: Recording, glyphs: dict[str, str]) -> Iterator[str]:
    """Yield what is drawn; the outlines of its letters are put into ``glyphs``."""
    height = recording.size[1]
    for each in recording.drawn:
        match each:
            case DrawnPath():
                look = "".join(f' {name}="{value}"' for name, value in pen(each).items())
                yield f'<path d="{commands(each.steps, height)}"{look}/>'
            case DrawnText():
                yield from _text(each, height, glyphs)
            case _:
                assert_never(each)


def _text(drawn: DrawnText, height: float, glyphs: dict[str, str]) -> Iterator[str]:
    """Yield a line of text: its letters side by side, as wide as the font says."""
    place = points(drawn.x, height - drawn.baseline)
    scale = f"{drawn.size / EM:.4f}".rstrip("0")
    yield f'<g transform="translate({place}) scale({scale})" fill="{drawn.color}">'
    x = 0.0
    for char in drawn.text:
        commands = _outlined(char, bold=drawn.bold)
        if commands:  # else it is a space
            id_ = f"{'b' if drawn.bold else 'g'}{ord(char):X}"
            glyphs[id_] = commands
            yield f'<use xlink:href="#{id_}" x="{number(x)}"/>'
        x += outline_of(char, bold=drawn.bold).width
    yield "</g>"


@cache
def _outlined(char: str, *, bold: bool) -> str:
    """Return a letter's outline as the commands of a path."""
    letter = outline_of(char, bold=bold)
    downwards = (letter.vertices * (1, -1)).round()
    vertices = zip(letter.codes.tolist(), downwards.tolist(), strict=True)
    said = []
    for code, place in vertices:
        match code:
            case Code.CLOSE:
                said.append("z")
            case Code.CONIC:
                _, end = next(vertices)
                said.append("Q" + points(*place, *end))
            case _:
                said.append(_LETTERS[code] + points(*place))
    return "".join(said)
