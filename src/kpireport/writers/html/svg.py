"""Pictures inside the page: SVG elements in points, from the lower left as they are laid out.

Text is text, in the fonts of the page: each line is as wide as the layout knows it
(``textLength``), whichever font the reader has. There are no ids and no styles in a picture,
so that any number of them stand in one page.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html

from kpireport.writers.charts.drawing import number
from kpireport.writers.html.elements import make


def picture(
    size: tuple[float, float], shapes: Iterable[html.HtmlElement], *, text_size: float, **more: str
) -> html.HtmlElement:
    """Return a picture of ``size`` points, as wide as in print beside text of ``text_size``."""
    width, height = size
    return make(
        "svg",
        *shapes,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=f"{number(width / text_size)}em",
        fill="none",
        **more,
    )


def path(commands: str, *, fill: str = "", stroke: str = "", **more: str) -> html.HtmlElement:
    """Return a path; its colours are RGB in hex."""
    colors = {"fill": fill and f"#{fill}", "stroke": stroke and f"#{stroke}"}
    return make("path", d=commands, **colors, **more)
