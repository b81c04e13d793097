"""The peers' charts, drawn as matplotlib's examples do: a figure, an axes, savefig."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any

from tables import Chart

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FONT = "BIZUDGothic-Regular"
FAMILY = "BIZ UDGothic"
SIZE_INCHES = (2.2, 1.6)

_DPI = 300


def draw(chart: Chart, kind: str) -> bytes:
    """Return ``chart`` as an image: ``svg`` or ``png``."""
    plt = _pyplot()
    figure, axes = plt.subplots(figsize=SIZE_INCHES)
    values = [float("nan") if value is None else value for value in chart.values]
    axes.plot(chart.years, values, marker="o")
    if chart.limit is not None:
        axes.axhline(chart.limit, linestyle="--")
    axes.set_title(chart.title, fontsize=7)
    axes.set_ylabel(chart.unit)
    stream = io.BytesIO()
    figure.savefig(stream, format=kind, dpi=_DPI)
    plt.close(figure)
    return stream.getvalue()


@cache
def _pyplot() -> Any:  # noqa: ANN401 - a module
    """Load matplotlib with a Japanese font, when the first chart is drawn."""
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("Agg")
    from matplotlib import font_manager  # noqa: PLC0415
    from matplotlib import pyplot as plt  # noqa: PLC0415

    font_manager.fontManager.addfont(str(FONTS / f"{FONT}.ttf"))
    plt.rcParams["font.family"] = FAMILY
    plt.rcParams["font.size"] = 7
    return plt
