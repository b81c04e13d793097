"""How SVG says what is drawn: in files for Word, and inside pages for the web.

Source: SVG 1.1 (Second Edition), 8.3 and 11.
"""

from __future__ import annotations

from kpireport.writers.charts.drawing import Cap, DrawnPath, Join, Steps, number


def points(*values: float) -> str:
    """Write coordinates."""
    return " ".join(map(number, values))


def commands(steps: Steps, height: float) -> str:
    """Write a path, which counts upwards, for a picture of ``height``, which counts downwards."""
    return "".join(
        go + points(*(height - value if at % 2 else value for at, value in enumerate(values)))
        for go, values in steps
    )


def pen(drawn: DrawnPath) -> dict[str, str]:
    """Return how a path is filled and stroked, as attributes, but for what SVG assumes.

    Who shows it has ``fill="none"`` around it.
    """
    stroke, said = drawn.stroke, {"fill": drawn.fill} if drawn.fill else {}
    if stroke is not None:
        said |= {"stroke": stroke.color, "stroke-width": number(stroke.width)}
        if stroke.dashes:
            said["stroke-dasharray"] = points(*stroke.dashes)
        if stroke.cap is not Cap.BUTT:
            said["stroke-linecap"] = stroke.cap
        if stroke.join is not Join.MITER:
            said["stroke-linejoin"] = stroke.join
    return said
